"""Benchmarks: what is waited for, beside a yardstick measured in the same run.

Each module of this package is one benchmark with `measure() -> dict`: names and figures.
"""

import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module

from loti_dash.errors import LotiError, UnknownCode


def run(name: str | None, format_: str) -> Iterator[str]:
    """Run one benchmark, or all, and yield the figures as lines of text or JSON."""
    known = [module.name for module in pkgutil.iter_modules(__path__)]
    if name is not None and name not in known:
        raise UnknownCode("benchmark", name, known)
    for each in [name] if name else known:
        try:
            figures = import_module(f"loti_dash.bench.{each}").measure()
        except ModuleNotFoundError as error:
            raise LotiError(
                f"The benchmark {each} needs {error.name}: "
                "`pip install -r requirements-dev.txt` brings it."
            ) from error
        if format_ == "json":
            yield json.dumps({"benchmark": each} | figures)
        else:
            yield each
            yield from (f"  {what:<42} {_plain(figure)}" for what, figure in figures.items())


def _plain(figure: float | int | str) -> str:
    return (
        f"{figure:,.4g}"
        if isinstance(figure, float)
        else f"{figure:,}"
        if isinstance(figure, int)
        else figure
    )
