"""Who may do what: roles are sets of actions, in one table that an auditor can read.

Roles are given in `roles.toml` in the home folder, which is read anew whenever it changes. Whoever
is not in it is a visitor. A workbench is one person's own machine: its accounts have every role.
"""

import getpass
import os
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from loti_dash import config
from loti_dash.catalogue.files import rows
from loti_dash.catalogue.rows import Area
from loti_dash.errors import AccessDenied

# In the place of areas: every one of them.
ALL = "all"


class Action(StrEnum):
    """Something that not everybody may do."""

    UPLOAD = "submit figures"
    APPROVE = "decide on figures that somebody else has submitted"
    ROLL_BACK = "take back a release"
    AUDIT = "read the audit"
    MANAGE = "change roles and thresholds"
    KEEP = "keep outcomes and share views"


ROLES: dict[str, frozenset[Action]] = {
    "visitor": frozenset(),
    "viewer": frozenset({Action.KEEP}),
    "analyst": frozenset({Action.UPLOAD, Action.KEEP}),
    "approver": frozenset({Action.APPROVE, Action.ROLL_BACK, Action.AUDIT, Action.KEEP}),
    # Sees no figures that are not published.
    "administrator": frozenset({Action.MANAGE, Action.AUDIT}),
}


@dataclass(frozen=True)
class Viewer:
    """The person looking. A visitor who has not signed in is Viewer()."""

    name: str = ""
    roles: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Person:
    viewer: Viewer
    account: str


def may(viewer: Viewer, action: Action, areas: Iterable[str] = ()) -> bool:
    """Return whether the viewer may do this for all of the areas."""
    acting = any(action in ROLES[role] for role in viewer.roles)
    return acting and (ALL in viewer.areas or set(areas) <= set(viewer.areas))


def require(viewer: Viewer, action: Action, areas: Iterable[str] = ()) -> None:
    """Raise AccessDenied unless the viewer may do this, for all of the areas if any are given."""
    areas = list(areas)
    if may(viewer, action, areas):
        return
    roles = " or ".join(role for role, actions in ROLES.items() if action in actions)
    if not viewer.name:
        raise AccessDenied(
            f"To {action}, sign in first, with an account that has the role {roles}."
        )
    if not may(viewer, action):
        raise AccessDenied(
            f"To {action} you need the role {roles}. Ask whoever keeps the roles here."
        )
    names = _area_names()
    own = ", ".join(names.get(area, area) for area in viewer.areas) or "no area"
    other = ", ".join(names.get(a, a) for a in areas if a not in viewer.areas)
    raise AccessDenied(
        f"You may {action} for {own}, not for {other}. Ask a colleague there, or whoever keeps "
        "the roles here."
    )


def viewer_of(email: str) -> Viewer:
    """Return the person who signed in with an e-mail address; without one, a visitor.

    On a workbench it is the person at the machine, whatever the address: nobody is two people.
    """
    if config.mode() == "workbench":
        return viewer_of_account(account())
    name = _name(email)
    # Other alphabets have letters that fold into ours: they would open somebody else's door.
    found = _people().get(name) if name and email.isascii() else None
    return found.viewer if found else Viewer(name)


def viewer_of_account(account: str) -> Viewer:
    """Return the person who has an account of the operating system; unknown, a visitor."""
    name = person(account)
    if config.mode() == "workbench":
        return Viewer(name, frozenset(ROLES), (ALL,))
    found = _people().get(name)
    return found.viewer if found and found.account == account else Viewer(name)


def person(name: str) -> str:
    """Return the one name of a person: by address in whatever spelling, or by account."""
    of_account = {one.account: email for email, one in _people().items() if one.account}
    return of_account.get(name.strip(), _name(name))


def account() -> str:
    """Return the account that this process runs under, whatever its environment says."""
    try:
        import pwd
    except ImportError:
        # Windows has no user ids.
        return getpass.getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"


def _name(email: str) -> str:
    return "".join(unicodedata.normalize("NFKC", email).split()).casefold()


@cache
def _area_names() -> dict[str, str]:
    return {row.area_code: row.name for row in rows(Area, config.CATALOGUE / "areas.csv")}


def _people() -> Mapping[str, _Person]:
    path = config.home() / "roles.toml"
    try:
        found = path.stat()
    except FileNotFoundError:
        return {}
    return _read(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> Mapping[str, _Person]:
    """Return everybody in a file of roles. Raises AccessDenied, to everybody, if it is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise AccessDenied(f"{path.name} cannot be read: {error}. Put it right first.") from error
    people: dict[str, _Person] = {}
    accounts: set[str] = set()
    for key in table.keys() - {"people"}:
        raise _wrong(
            text, f'{key!r} is not known; people are [people."name@council.example"]', key
        )
    for email, entry in table.get("people", {}).items():
        one = _person(text, email, entry)
        if one.viewer.name in people or one.account in accounts:
            raise _wrong(text, f"{email!r}, or the account, is here twice; keep one", email)
        people[one.viewer.name] = one
        accounts |= {one.account} - {""}
    return people


def _person(text: str, email: str, entry: Any) -> _Person:
    if not isinstance(entry, dict):
        raise _wrong(text, f"{email!r} needs roles = [...] and areas = [...]", email)
    for key in entry.keys() - {"roles", "areas", "account"}:
        raise _wrong(text, f"{key!r} is not known; give roles, areas, account", email, key)
    given = {"roles": sorted(ROLES), "areas": [ALL, *_area_names()]}
    for key, known in given.items():
        values = entry.get(key, [])
        for value in values if isinstance(values, list) else [values]:
            if value not in known or not isinstance(values, list):
                some = ", ".join(known[:5])
                raise _wrong(text, f"{key} has {value!r}; a list of {some} ...", email, key, value)
    if not isinstance(entry.get("account", ""), str):
        raise _wrong(text, "account must be the name of an account in quotes", email, "account")
    viewer = Viewer(_name(email), frozenset(entry.get("roles", [])), tuple(entry.get("areas", [])))
    return _Person(viewer, entry.get("account", "").strip())


def _wrong(text: str, what: str, *marks: object) -> AccessDenied:
    """Return an error that names the line where the marks stand, one after the other."""
    lines = [line.partition("#")[0] for line in text.splitlines()]
    at = 0
    for mark in marks:
        whole = re.compile(rf"(?<!\w){re.escape(str(mark))}(?!\w)")
        at = next((n for n in range(at, len(lines)) if whole.search(lines[n])), at)
    return AccessDenied(f"roles.toml, line {at + 1}: {what}. Nobody has a role until it is right.")
