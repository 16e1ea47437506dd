"""The papers of the data: what the page about it says of sources, series and releases."""

import re
from collections.abc import Sequence
from datetime import date

import pandas as pd

from loti_dash import config
from loti_dash import releases as all_releases
from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator, Source
from loti_dash.notices import as_it_is
from loti_dash.wording import PLACES

WHAT_THERE_IS = (
    "Most figures are official statistics; the searches of data.police.uk are records of the "
    "police, and the publisher of the figures on young people not in education calls them "
    "management information. What boroughs uploaded is named so. Nothing is modelled. Which "
    "figures are shown is decided by those who edit the catalogue, and of uploads by a second "
    "person; every release keeps its figures, definitions and cautions for good."
)
_USUAL = "publisher's file"
_OBTAINED = {
    _USUAL: "sources are read from files of their publishers",
    "transcribed": "were typed from published pages, and their sums checked",
    "awaited": "still awaited, without figures so far",
    "uploaded": "uploaded by boroughs, and published by a second person",
}


def releases() -> pd.DataFrame:
    """Return the releases as a table for readers, the newest first."""
    listed = all_releases.listing(config.releases())
    rows = [
        (
            *(release, _day(built_at), note or "no note", changed),
            "withdrawn" if withdrawn else "yes" if current else "no",
        )
        for release, built_at, note, current, changed, withdrawn in listed.itertuples(
            index=False, name=None
        )
    ]
    table = pd.DataFrame(rows, columns=["Release", "Date", "Note", "What changed", "Current"])
    return table.set_index("Release")


def obtained(catalogue: Catalogue) -> str:
    """Return in words how the figures of all sources were obtained."""
    said = []
    for how, words in _OBTAINED.items():
        titles = sorted(each.title for each in catalogue.sources.values() if each.obtained == how)
        # Those that are not what a reader expects are named.
        names = "" if how == _USUAL else f": {'; '.join(titles)}"
        said += [f"{len(titles)} {words}{names}."] if titles else []
    return " ".join(said)


def missing(catalogue: Catalogue) -> list[str]:
    """Return a line for each indicator that has no figures yet, and where they are to be had."""
    return [
        f"**{each.title}**: {each.empty}" for each in catalogue.indicators.values() if each.empty
    ]


def source(of: Source) -> list[str]:
    """Return the papers of a source, a line for each."""
    lines = [
        f"{of.publisher}: {of.release}, published {_day(of.published)}; "
        f"next due {_day(of.next_due)}.",
        f"{of.licence}. {of.attribution}",
        f"Obtained as: {of.obtained}."
        + (f" [Where the publisher has it]({of.url})" if of.url else ""),
    ]
    used = [
        f"Used although a check had stopped it ({_day(each.on)}): {each.reason}"
        for each in of.accepted
    ]
    note = as_it_is(of.note) if of.obtained == "uploaded" else of.note
    return [*lines, *([note] if note else []), *used]


def linked(of: Source) -> str:
    """Return the title of a source, as a link to where its publisher has it, if that is public."""
    return f"[{of.title}]({of.url})" if of.url else of.title


def checksums(of: Source) -> str:
    """Return the files of a source with their checksums, as `sha256sum --check` reads them."""
    return "\n".join(f"{file.sha256}  {file.name}" for file in of.files)


def series(catalogue: Catalogue) -> pd.DataFrame:
    """Return the series of the catalogue as a table for readers."""
    rows = [
        (
            each.title,
            catalogue.sources[each.source_id].title,
            each.unit,
            each.ages,
            each.recorded_by,
            PLACES[each.place_basis],
        )
        for each in catalogue.series.values()
    ]
    columns = ["Series", "Source", "Counted", "Ages", "Ethnicity recorded by", "Place"]
    return pd.DataFrame(sorted(rows), columns=columns).set_index("Series")


def of_figures(catalogue: Catalogue, indicator: Indicator, release: str) -> list[str]:
    """Return where the figures of a page come from: source, licence, release, method."""
    sources = catalogue.sources_of(indicator)
    titles = "; ".join(f"{linked(each)}, {each.publisher}" for each in sources)
    licences = ", ".join(dict.fromkeys(each.licence for each in sources))
    return [
        f"**Source:** {titles}.",
        f"**Licence:** {licences}. {_credits(sources)}",
        f"**Release:** {release}.",
        f"**Method:** {_method(indicator)}; the page Methods says how.",
    ]


def words(catalogue: Catalogue) -> pd.DataFrame:
    """Return the words of the product and their meanings, as a table for readers."""
    rows = [(term.term, term.meaning) for term in catalogue.terms.values()]
    rows.sort(key=lambda row: row[0].casefold())
    return pd.DataFrame(rows, columns=["Word", "Meaning"]).set_index("Word")


def _credits(sources: Sequence[Source]) -> str:
    """Return what the licences ask to be said of sources, no sentence twice."""
    said = [sentence for of in sources for sentence in re.split(r"(?<=\.) ", of.attribution)]
    own = [sentence for sentence in said if said.count(sentence) == 1]
    shared = [sentence for sentence in dict.fromkeys(said) if said.count(sentence) > 1]
    return " ".join([*own, *shared])


def _method(indicator: Indicator) -> str:
    if indicator.denominator_type == "published_rate_only":
        return (
            f"rates of {indicator.numerator.label} as published, divided by one another; the "
            "people behind them are not published, so there is no interval"
        )
    counted, of = indicator.numerator.label, indicator.denominator.label
    return f"{counted}, divided by {of}, from counts that are not rounded"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
