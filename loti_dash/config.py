"""Everything read from the environment, and where the project's own files are."""

import os
from pathlib import Path

from loti_dash.errors import LotiError

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CATALOGUE = DATA / "catalogue"
OBSERVATIONS = DATA / "observations"
BOUNDARIES = DATA / "boundaries"
MODES = ("public", "workbench")


def home() -> Path:
    """Return the folder of releases and state: LOTI_HOME, or var beside the package."""
    return Path(os.environ.get("LOTI_HOME") or ROOT / "var")


def releases() -> Path:
    """Return the folder of releases: LOTI_RELEASES, or releases under the home folder."""
    return Path(os.environ.get("LOTI_RELEASES") or home() / "releases")


def database_url() -> str:
    """Return the address of the database of state: LOTI_DATABASE_URL, or SQLite at home."""
    return os.environ.get("LOTI_DATABASE_URL") or f"sqlite:///{home() / 'state.sqlite'}"


def mode() -> str:
    """Return how this runs: LOTI_MODE, public or workbench. Raises LotiError for another."""
    found = os.environ.get("LOTI_MODE") or "public"
    if found not in MODES:
        raise LotiError(f"LOTI_MODE is {found!r}; it may be {' or '.join(MODES)}")
    return found
