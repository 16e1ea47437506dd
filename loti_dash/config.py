"""Everything read from the environment, and where the project's own files are."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CATALOGUE = DATA / "catalogue"
OBSERVATIONS = DATA / "observations"
BOUNDARIES = DATA / "boundaries"


def home() -> Path:
    """Return the folder of releases and state: LOTI_HOME, or var beside the package."""
    return Path(os.environ.get("LOTI_HOME") or ROOT / "var")


def releases() -> Path:
    """Return the folder of releases: LOTI_RELEASES, or releases under the home folder."""
    return Path(os.environ.get("LOTI_RELEASES") or home() / "releases")
