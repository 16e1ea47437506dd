"""The papers of figures, as every export names them: source, licence, credit, release, address."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.definitions import Indicator, Source
from loti_dash.export.csv import credit

SILENT = "The source does not say for how many ethnicity is not known."


def papers(
    catalogue: Catalogue, indicators: Iterable[Indicator], release: str, address: str
) -> dict[str, str]:
    """Return what must be said of figures beside their caveats, under short headings."""
    return of_sources(sources(catalogue, indicators), release, address)


def of_sources(of: Sequence[Source], release: str, address: str) -> dict[str, str]:
    """Return the same of figures that are of no indicator, by their sources."""
    return {
        "Source": f"{'; '.join(map(credit, of))}.",
        "Licence": f"{', '.join(dict.fromkeys(each.licence for each in of))}.",
        "Credit": _credits(of),
        "Release": f"{release}.",
        "Address": address,
    }


def sources(catalogue: Catalogue, indicators: Iterable[Indicator]) -> list[Source]:
    """Return the sources of some indicators, each once."""
    found = [source for each in indicators for source in catalogue.sources_of(each)]
    return list({each.id: each for each in found}.values())


def in_lines(of: Mapping[str, str]) -> list[str]:
    """Return papers as lines below a picture."""
    return [
        f"Source: {of['Source']} {of['Licence']}",
        of["Credit"],
        f"Release: {of['Release']} {of['Address']}",
    ]


def below(
    how_to_read: str, signs: str, cautions: Iterable[Found], of: Mapping[str, str]
) -> list[str]:
    """Return what stands below a picture: how to read it, what to beware of, its papers.

    Cautions that limit use are there in full, and how many more there are. `of` are papers, with
    what is `Unknown`.
    """
    found: Sequence[Found] = list(cautions)
    worst = [f"{each.text} {each.effect}".strip() for each in found if each.severity == 3]
    more = sum(each.severity == 2 for each in found)
    there = f"More cautions stand with the figures, at the address below: {more}."
    lines = [how_to_read, signs, *worst, of["Unknown"], there if more else ""]
    return [line for line in lines if line] + in_lines(of)


def day(of: date) -> str:
    """Return a day in words.

    >>> day(date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{of.day} {of:%B %Y}"


def _credits(of: Iterable[Source]) -> str:
    """Return what the licences ask to be said of sources, no sentence twice."""
    said = [sentence for each in of for sentence in re.split(r"(?<=\.) ", each.attribution)]
    # Each where it stands last: what all sources share comes after what is their own.
    return " ".join(reversed(dict.fromkeys(reversed(said))))
