"""Benchmarks: what is waited for, beside a yardstick measured in the same run.

Each module of this package is one benchmark with `measure() -> dict`: names and figures.
"""

import json
import pkgutil
from importlib import import_module

from loti_dash.errors import UnknownCode


def run(name: str | None, format_: str) -> None:
    """Run one benchmark, or all, and print the figures."""
    known = [module.name for module in pkgutil.iter_modules(__path__)]
    if name is not None and name not in known:
        raise UnknownCode("benchmark", name, known)
    for each in [name] if name else known:
        figures = import_module(f"loti_dash.bench.{each}").measure()
        if format_ == "json":
            print(json.dumps({"benchmark": each} | figures))  # noqa: T201
            continue
        print(each)  # noqa: T201
        for what, figure in figures.items():
            print(
                f"  {what:<45} {figure:>14,.4g}"
                if isinstance(figure, float)
                else f"  {what:<45} {figure:>14,}"
            )  # noqa: E501, T201
