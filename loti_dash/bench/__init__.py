"""Benchmarks: what is waited for, beside a yardstick measured in the same run.

Each module of this package is one benchmark with `measure() -> dict`: names and figures. Those
with an aim also have `lines(figures)`, which says how near each is, and `QUICK`, the arguments
with which `measure` only shows that it works.
"""

import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Any

from loti_dash import bench_lines, machine, performance
from loti_dash.bench_lines import Figures
from loti_dash.errors import LotiError, UnknownCode

ALL = "all"
# Those with aims, the quiet ones first.
WITH_AIMS = "compare_all protect upload records growth start pages browser".split()


def run(
    name: str | None, format_: str, quick: bool = False, write: Path | None = None
) -> Iterator[str]:
    """Run one benchmark, or each of them, and yield the figures as lines of text or JSON.

    The name `all` stands for those with aims, in one table, which is written as a document to
    `write`. With `quick` they are small and only show that they work.
    """
    known = [module.name for module in pkgutil.iter_modules(__path__)]
    if name is not None and name not in [*known, ALL]:
        raise UnknownCode("benchmark", name, [ALL, *known])
    if name == ALL:
        yield from _together(format_, quick, write)
        return
    for each in [name] if name else known:
        figures = _measured(_module(each), quick)
        if format_ == "json":
            yield json.dumps({"benchmark": each} | figures)
        else:
            yield each
            yield from (f"  {what:<42} {_plain(figure)}" for what, figure in figures.items())


def _together(format_: str, quick: bool, write: Path | None) -> Iterator[str]:
    """Run all benchmarks with aims, and yield them as one table, or as one JSON object."""
    started = perf_counter()
    found: dict[str, Any] = {"benchmark": ALL, "quick": quick, "machine": machine.described()}
    found |= {"lines": [], "figures": {}}
    rows = []
    for each in WITH_AIMS:
        module = _module(each)
        figures = found["figures"][each] = _measured(module, quick)
        for line in module.lines(figures):
            found["lines"].append({"benchmark": each} | line.to_dict())
            rows.append(line.cells(each))
    found["seconds"] = perf_counter() - started
    if write:
        write.write_text(performance.document(found), encoding="utf-8")
    if format_ == "json":
        yield json.dumps(found)
    else:
        yield from bench_lines.table(rows)
        yield f"{found['seconds']:,.0f} seconds in all"


def _module(name: str) -> ModuleType:
    try:
        return import_module(f"loti_dash.bench.{name}")
    except ModuleNotFoundError as error:
        raise _lacking(name, error) from error


def _measured(module: ModuleType, quick: bool) -> Figures:
    try:
        found: Figures = module.measure(**(getattr(module, "QUICK", {}) if quick else {}))
    except ModuleNotFoundError as error:
        raise _lacking(module.__name__.rpartition(".")[2], error) from error
    return found


def _lacking(name: str, error: ModuleNotFoundError) -> LotiError:
    return LotiError(
        f"The benchmark {name} needs {error.name}: "
        "`pip install -r requirements-dev.txt` brings it."
    )


def _plain(figure: float | int | str) -> str:
    return (
        f"{figure:,.4g}"
        if isinstance(figure, float)
        else f"{figure:,}"
        if isinstance(figure, int)
        else figure
    )
