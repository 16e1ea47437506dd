"""Searches by the police, a record each: which are of people, when, where and of which group.

Shared by the sources of such records. Exact duplicates are kept, because two people may be
searched at the same place in the same minute; places are never guessed.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from loti_dash.boundaries import boroughs_of
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


def of_people(records: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return the records of searches of people: those of a vehicle alone are not.

    Raises SourceFileError for a type of search that is neither.
    """
    other = set(records["type"]) - OF_PEOPLE - OF_VEHICLES
    if other:
        raise SourceFileError(
            f"{where} has searches of type {', '.join(map(repr, sorted(other)))}; known are "
            f"{', '.join(sorted(OF_PEOPLE | OF_VEHICLES))}. Use the publisher's file."
        )
    return records[records["type"].isin(OF_PEOPLE)]


def local_months(times: pd.Series, where: str) -> pd.Series:
    """Return the month in London of times in UTC, as 2018-04.

    A month begins at 23:00 UTC of the day before in summer. Raises SourceFileError for what
    is no time.
    """
    read = pd.to_datetime(times, utc=True, errors="coerce", format="ISO8601")
    if read.isna().any():
        raise SourceFileError(
            f"{where}: {times[read.isna()].iloc[0]!r} is not a date with a time. "
            "Use the publisher's file as downloaded."
        )
    return read.dt.tz_convert("Europe/London").dt.strftime("%Y-%m")


def coded(searches: pd.DataFrame, labels: Labels, reading: Reading) -> pd.DataFrame:
    """Return the searches with a code for each of the KINDS, and area_code of the borough.

    `longitude` and `latitude` may be text; `file` is for messages. The borough is missing
    without a place, or with one outside the 33 authorities.
    """
    made = searches.copy()
    for kind, source in KINDS.items():
        as_published = searches[kind].fillna("").str.strip()
        codes: dict[str, str] = {}
        for file, texts in as_published.groupby(searches["file"]):
            codes |= codes_of(labels, source, set(texts) - {""}, Path(str(file)).name)
        codes = {label: COUNTED_AS.get(code, code) for label, code in codes.items()} | {"": BLANK}
        made[kind] = as_published.map(codes)
        reading.labels |= {
            f"{label or '(empty cell)'} [{kind.replace('_', '-')}]": codes[label]
            for label in as_published.unique()
        }
    places = searches[["longitude", "latitude"]].apply(pd.to_numeric, errors="coerce")
    made[["longitude", "latitude"]] = places
    made["area_code"] = boroughs_of(places["longitude"], places["latitude"])
    return made


def by_month(searches: pd.DataFrame) -> pd.DataFrame:
    """Return a row per month and a column per category, as `completeness.incomplete` wants."""
    return pd.concat(
        {kind: pd.crosstab(searches["month"], searches[kind]) for kind in KINDS}, axis=1
    )


def counted(
    searches: pd.DataFrame, series_id: str, kind: str, months: Iterable[str], labels: Labels
) -> pd.DataFrame:
    """Return observations of one series: a row for each month, area and group.

    The police publish every search, so that a combination without any is a 0. London has all
    searches, with a place or without; a borough those with one in it.
    """
    london = searches.assign(area_code=LONDON)
    cells = ["month", "area_code", kind]
    counts = pd.concat([searches, london], ignore_index=True).groupby(cells).size()
    every = pd.MultiIndex.from_product(
        [sorted(months), [*AUTHORITIES, LONDON], _codes(kind, labels)]
    )
    table = counts.reindex(every, fill_value=0).rename("value").astype(float).reset_index()
    table.columns = pd.Index(["period_id", "area_code", "group_code", "value"])
    return table.assign(series_id=series_id, status="ok")[COLUMNS]


def _codes(kind: str, labels: Labels) -> list[str]:
    spelt = labels.table.loc[labels.table["source"] == KINDS[kind], "code"]
    return sorted({COUNTED_AS.get(code, code) for code in spelt} | {BLANK})


def places_fact(searches: pd.DataFrame, of: str) -> str:
    """Return in words how many searches of people have a place, and one in a borough."""
    located = int(searches["latitude"].notna().sum())
    in_borough = int(searches["area_code"].notna().sum())
    share = 1 - located / len(searches) if len(searches) else 0
    return (
        f"{of}: {located:,} of {len(searches):,} searches of people have coordinates "
        f"({share:.1%} have none); {located - in_borough:,} of these lie outside the 33 boroughs. "
        "London counts all of them, boroughs those in them"
    )
