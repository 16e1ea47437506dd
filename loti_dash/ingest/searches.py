"""Searches by the police, counted in cells: which are of people, and of which group.

Shared by the sources of such records. Exact duplicates are kept, because two people may be
searched at the same place in the same minute; places are never guessed.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.ingest.reading import Reading, codes_of
from loti_dash.observation import COLUMNS

# The two views of a person's ethnicity, and where the spellings of each are.
KINDS = {
    "self_defined": "police_uk_self_defined",
    "officer_defined": "police_uk_officer_defined",
}
OF_PEOPLE = {"Person search", "Person and Vehicle search"}
OF_VEHICLES = {"Vehicle search"}

# In London Gypsy or Irish Traveller and Arab were hardly used before 2024, whatever the form
# offered: who would be there is among White Other and Any other. So the wording of 18 groups
# is counted in the 16 that mean the same in every month. Officers' list has no Mixed: the five
# searches recorded so, in 150,152, are of unknown ethnicity.
COUNTED_AS = {
    "white_gypsy_irish_traveller": "white_other_incl_traveller_roma",
    "white_other_incl_roma": "white_other_incl_traveller_roma",
    "other_arab": "other_incl_arab",
    "other_any": "other_incl_arab",
    "unknown": "unknown_blank",
}
BLANK = "unknown_blank"


def of_people(cells: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the cells that count searches of people: those of a vehicle alone are none.

    Raises SourceFileError for a type of search that is neither.
    """
    other = set(cells["type"]) - OF_PEOPLE - OF_VEHICLES
    if other:
        raise SourceFileError(
            f"{where} has searches of type {', '.join(map(repr, sorted(other)))}; known are "
            f"{', '.join(sorted(OF_PEOPLE | OF_VEHICLES))}. Use the publisher's file."
        )
    return cells[cells["type"].isin(OF_PEOPLE)]


def coded(cells: pd.DataFrame, labels: Labels, reading: Reading) -> pd.DataFrame:
    """Return the cells with a code for each of the KINDS; `file` is for messages."""
    made = cells.copy()
    for kind, source in KINDS.items():
        as_published = cells[kind].fillna("").str.strip()
        codes: dict[str, str] = {}
        for file, texts in as_published.groupby(cells["file"]):
            codes |= codes_of(labels, source, set(texts) - {""}, Path(str(file)).name)
        codes = {label: COUNTED_AS.get(code, code) for label, code in codes.items()} | {"": BLANK}
        made[kind] = as_published.map(codes)
        reading.labels |= {
            f"{label or '(empty cell)'} [{kind.replace('_', '-')}]": codes[label]
            for label in as_published.unique()
        }
    return made


def by_month(cells: pd.DataFrame) -> pd.DataFrame:
    """Return a row per month and a column per category, as `completeness.incomplete` wants."""
    counts = {
        kind: cells.groupby(["month", kind])["searches"].sum().unstack(fill_value=0)
        for kind in KINDS
    }
    return pd.concat(counts, axis=1)


def counted(
    cells: pd.DataFrame, series_id: str, kind: str, months: Iterable[str], labels: Labels
) -> pd.DataFrame:
    """Return observations of one series: a row for each month, area and group.

    The police publish every search, so that a combination without any is a 0. London has all
    searches, with a place or without; a borough those with one in it.
    """
    london = cells.assign(area_code=LONDON)
    by = ["month", "area_code", kind]
    counts = pd.concat([cells, london], ignore_index=True).groupby(by)["searches"].sum()
    every = pd.MultiIndex.from_product(
        [sorted(months), [*AUTHORITIES, LONDON], _codes(kind, labels)]
    )
    table = counts.reindex(every, fill_value=0).rename("value").astype(float).reset_index()
    table.columns = pd.Index(["period_id", "area_code", "group_code", "value"])
    return table.assign(series_id=series_id, status="ok")[COLUMNS]


def _codes(kind: str, labels: Labels) -> list[str]:
    spelt = labels.table.loc[labels.table["source"] == KINDS[kind], "code"]
    return sorted({COUNTED_AS.get(code, code) for code in spelt} | {BLANK})


def places_fact(cells: pd.DataFrame, of: str) -> str:
    """Return in words how many searches of people have a place, and one in a borough."""
    every = total(cells)
    located, in_borough = total(cells[cells["located"]]), total(cells[cells["area_code"].notna()])
    share = 1 - located / every if every else 0
    return (
        f"{of}: {located:,} of {every:,} searches of people have coordinates "
        f"({share:.1%} have none); {located - in_borough:,} of these lie outside the 33 boroughs. "
        "London counts all of them, boroughs those in them"
    )


def total(cells: pd.DataFrame) -> int:
    """Return how many searches cells count."""
    return int(cells["searches"].sum())
