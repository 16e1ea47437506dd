"""Everything read from the environment, and where the project's own files are."""

import os
import re
from pathlib import Path

from loti_dash.errors import LotiError

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CATALOGUE = DATA / "catalogue"
OBSERVATIONS = DATA / "observations"
BOUNDARIES = DATA / "boundaries"
MODES = ("public", "workbench")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?")


def home() -> Path:
    """Return the folder of releases and state: LOTI_HOME, or var beside the package."""
    return Path(os.environ.get("LOTI_HOME") or ROOT / "var")


def releases() -> Path:
    """Return the folder of releases: LOTI_RELEASES, or releases under the home folder."""
    return Path(os.environ.get("LOTI_RELEASES") or home() / "releases")


def database_url() -> str:
    """Return the address of the database of state: LOTI_DATABASE_URL, or SQLite at home."""
    return os.environ.get("LOTI_DATABASE_URL") or f"sqlite:///{home() / 'state.sqlite'}"


def address() -> str:
    """Return where everybody finds the dashboard, with a slash at the end: LOTI_ADDRESS, or "".

    Raises LotiError for what is no address.
    """
    found = os.environ.get("LOTI_ADDRESS") or ""
    if found and not _ADDRESS.fullmatch(found):
        raise LotiError(
            f"LOTI_ADDRESS is {found!r}; it may be an address such as https://council.example/"
        )
    return f"{found.rstrip('/')}/" if found else ""


def mode() -> str:
    """Return how this runs: LOTI_MODE, public or workbench. Raises LotiError for another."""
    found = os.environ.get("LOTI_MODE") or "public"
    if found not in MODES:
        raise LotiError(f"LOTI_MODE is {found!r}; it may be {' or '.join(MODES)}")
    return found
