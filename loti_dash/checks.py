"""`check`: is everything in data/ in order, has it papers, and which reviews are due?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from loti_dash import catalogue
from loti_dash.build import observations
from loti_dash.catalogue import Catalogue
from loti_dash.errors import CatalogueError


def check(data: Path) -> Iterator[str]:
    """Yield what was checked, and what is due. Raises LotiError for the first thing wrong."""
    definitions = catalogue.read(data / "catalogue")
    yield f"the catalogue is in order: {len(definitions.indicators)} indicators"
    read = 0
    files = sorted((data / "observations").glob("*.csv"))
    for file in files:
        read += len(observations(file, definitions))
    yield f"{read:,} observations in {len(files)} files are in order, with their papers"
    _without_figures(definitions, {file.stem for file in files})
    yield "every indicator has its figures, or says where to get them"
    yield from due(definitions, datetime.now(UTC).date())


def due(definitions: Catalogue, today: date) -> Iterator[str]:
    """Yield a line for each indicator to be reviewed, and each source to be renewed, by a day."""
    for indicator in definitions.indicators.values():
        if indicator.next_review <= today:
            yield f"review due since {indicator.next_review}: indicator {indicator.id}"
    for source in definitions.sources.values():
        if source.next_due <= today:
            yield f"new figures expected since {source.next_due}: source {source.id}"


def _without_figures(definitions: Catalogue, there: set[str]) -> None:
    for indicator in definitions.indicators.values():
        lacks = {indicator.numerator.series, indicator.denominator.series} - there
        if bool(lacks) != bool(indicator.empty):
            raise CatalogueError(
                f"indicators/{indicator.id}.toml: `empty` must say where to get the figures "
                f"exactly if there are none; missing here: {', '.join(sorted(lacks)) or 'nothing'}"
            )
