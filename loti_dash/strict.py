"""Reading a definition strictly: from a TOML table to a frozen dataclass, or an error.

A key that is missing or unknown, and a value of the wrong type or out of range, are errors that
name the file and the key. There are no defaults.
"""

import types
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from loti_dash.errors import CatalogueError

T = TypeVar("T")


def from_table(cls: type[T], table: dict[str, Any], where: str) -> T:
    """Return a definition read from a TOML table whose keys are exactly the fields of `cls`.

    `where` names the file, and the place in it, for the message of a CatalogueError.
    """
    wanted = {field.name for field in fields(cls)}  # type: ignore[arg-type]
    both = {"lacks": wanted - table.keys(), "has unknown": table.keys() - wanted}
    wrong = [f"{what} {', '.join(sorted(keys))}" for what, keys in both.items() if keys]
    if wrong:
        raise CatalogueError(f"{where}: {' and '.join(wrong)}")
    hints = _hints(cls)  # type: ignore[arg-type]
    return cls(**{key: _typed(hints[key], table[key], f"{where}: {key}") for key in wanted})


# Worked out once for each kind of definition, of which a catalogue has thousands.
@cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    return get_type_hints(cls)


def _typed(wanted: Any, value: Any, where: str) -> Any:
    """Return the value as the wanted type, tables and lists included, or say what it should be."""
    origin, inside = get_origin(wanted), get_args(wanted)
    if is_dataclass(wanted) and isinstance(wanted, type):
        return from_table(wanted, _of_type(dict, value, where), where)
    if origin is tuple:
        parts = _of_type(list, value, where)
        return tuple(_typed(inside[0], part, f"{where}[{i}]") for i, part in enumerate(parts))
    if origin is dict:
        table = _of_type(dict, value, where)
        return {key: _typed(inside[1], part, f"{where}.{key}") for key, part in table.items()}
    if origin is Literal:
        if value not in inside or type(value) not in {type(each) for each in inside}:
            raise CatalogueError(f"{where} is {value!r}; it may be {', '.join(map(str, inside))}")
        return value
    assert origin not in (Union, types.UnionType), f"{where}: definitions have no optional keys"
    return _of_type(wanted, value, where)


def _of_type(wanted: type, value: Any, where: str) -> Any:
    # A bool is an int, and a datetime a date, to Python; neither is meant here.
    meant = wanted is bool or not isinstance(value, (bool, datetime))
    if not (isinstance(value, wanted) and meant):
        raise CatalogueError(
            f"{where} is {value!r}, of type {type(value).__name__}; it must be a {wanted.__name__}"
        )
    return value
