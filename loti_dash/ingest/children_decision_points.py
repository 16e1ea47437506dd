"""Children at each decision point of youth justice, from three tables typed from publications.

Wants any of them: decision points (searches, arrests, remand, sentences), remand types, and
arrests in London, each whole. Children of unknown ethnicity are counted where a total shows
them. A pooled span of years is checked against its years and not kept.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.children_totals import TOTAL, UNKNOWN, agreeing, unknown_from_totals
from loti_dash.ingest.coverage import all_there
from loti_dash.ingest.ons_custom import LONDON, text_table, whole_numbers
from loti_dash.ingest.reading import FileRead, Reading, Total, codes_of
from loti_dash.observation import COLUMNS, KEY

ENGLAND_AND_WALES = "K04000001"
# The publisher's territory of the Metropolitan Police, which may take in the City's.
AREAS = {
    "England and Wales": ENGLAND_AND_WALES,
    "pf-london (Metropolitan; City probably included)": LONDON,
}
WITHHELD = {"s", "c", "*"}

# Decision point: the series of its events, and of what they are counted against.
POINTS = {
    "stop_search": ("child_searches", "child_population"),
    "arrest": ("child_arrests", "child_population"),
    "remand_youth_detention_accommodation": ("child_custodial_remands", "child_remand_decisions"),
    "custodial_sentence": ("child_custodial_sentences", "children_sentenced"),
}
CENSUS = "2021"
CUSTODIAL = "youth_detention_accommodation"
REMAND_TYPES = {
    "bail",
    "community_remand",
    "remand_to_local_authority_accommodation",
    CUSTODIAL,
}
FIVE = ["asian", "black", "mixed", "other", "white"]
# The column by which a table is known: those of its areas and counts, what it tells apart, and
# the groups that each of these has.
LAYOUTS = {
    "decision_point": (["geography", "events", "denominator"], set(POINTS), FIVE),
    "remand_type": (["geography", "count"], REMAND_TYPES, [*FIVE, UNKNOWN, TOTAL]),
    "arrests": (["area", "arrests"], None, [*FIVE, TOTAL]),
}


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return counts by year to March, for England and Wales, and arrests in London."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    tables = [_observations(path, labels, reading) for path in files]
    every = pd.concat(tables, ignore_index=True)
    agreeing(every)
    reading.observations = unknown_from_totals(every.drop_duplicates(KEY), reading)
    reading.refuse_unreconciled()
    return reading


def _observations(path: Path, labels: Labels, reading: Reading) -> pd.DataFrame:
    """Return the observations of one file, told apart by its columns."""
    table = text_table(path, ["period", "ethnicity"])
    told_by = next((column for column in LAYOUTS if column in table), None)
    if told_by is None:
        raise SourceFileError(
            f"{path.name} has none of the columns {', '.join(LAYOUTS)}. Use one of the three "
            "tables of children at decision points."
        )
    (area, *counts), kinds, groups = LAYOUTS[told_by]
    missing = [name for name in (area, *counts) if name not in table]
    if missing:
        raise SourceFileError(f"{path.name} has no column {', '.join(map(repr, missing))}.")
    if kinds and set(table[told_by]) != kinds:
        raise SourceFileError(
            f"{path.name} has as {told_by} {', '.join(sorted(set(table[told_by])))}; the whole "
            f"table has {', '.join(sorted(kinds))}."
        )
    codes = codes_of(labels, "yjb", table["ethnicity"], path.name)
    reading.labels |= {
        label: "left out: a total, to check with" if code == TOTAL else code
        for label, code in codes.items()
    }
    table = table.assign(
        group_code=table["ethnicity"].map(codes),
        area_code=_area_codes(table[area], path),
        period_id=table["period"].map(_period),
    )
    of = [area, "period", *([told_by] if kinds else [])]
    all_there(table, "group_code", groups, of, path.name)
    reader = {
        "decision_point": _decision_points,
        "remand_type": _remand_types,
        "arrests": _london_arrests,
    }[told_by]
    made = reader(table, path, reading).assign(status="ok")[COLUMNS]
    reading.files.append(FileRead(path, len(table), made.index.nunique()))
    return made


def _area_codes(areas: pd.Series, path: Path) -> pd.Series:
    unknown = sorted(set(areas) - AREAS.keys())
    if unknown:
        raise SourceFileError(
            f"{path.name} has areas {', '.join(map(repr, unknown))}; known are {', '.join(AREAS)}."
        )
    return areas.map(AREAS)


def _period(text: str) -> str:
    """Return the financial year of "year to Mar 2025", or "" for a span of years.

    >>> _period("year to Mar 2025"), _period("pooled 3 years to Mar 2025")
    ('2024-25', '')
    """
    if text.startswith("pooled"):
        return ""
    found = re.fullmatch(r"year to Mar(?:ch)? (\d{4})", text.strip())
    if not found:
        raise SourceFileError(f"{text!r} is no period; write it like 'year to Mar 2025'.")
    return f"{int(found[1]) - 1}-{int(found[1]) % 100:02}"


def _decision_points(table: pd.DataFrame, path: Path, reading: Reading) -> pd.DataFrame:
    sides = [
        table.assign(
            series_id=table["decision_point"].map(
                {point: pair[side] for point, pair in POINTS.items()}
            ),
            value=whole_numbers(table[heading], path),
        )
        for side, heading in enumerate(("events", "denominator"))
    ]
    every = pd.concat(sides)
    pooled = every["period_id"] == ""
    if not pooled.any():
        raise SourceFileError(
            f"{path.name} has no pooled years, which its years are checked with: is it cut short?"
        )
    every["what"] = every["series_id"] + ", " + every["group_code"] + ", pooled years"
    for what, published in every[pooled].groupby("what")["value"].sum().items():
        ours = every.loc[(every["what"] == what) & ~pooled, "value"].sum()
        reading.totals.append(Total(str(what), ours, published))
    residents = every["series_id"] == "child_population"
    every.loc[residents, "period_id"] = CENSUS
    reading.facts.append(f"{path.name} leaves out children of unknown ethnicity")
    return every[~pooled]


def _remand_types(table: pd.DataFrame, path: Path, reading: Reading) -> pd.DataFrame:
    """Return custodial remands, and the total of all remand decisions.

    Some counts of other types are withheld, so that groups of all decisions are not added up
    here: the table of decision points has them.
    """
    withheld = table["count"].isin(WITHHELD)
    reading.facts.append(f"{path.name}: {int(withheld.sum())} counts are withheld, and not used")
    counts = table[~withheld]
    counts = counts.assign(value=whole_numbers(counts["count"], path))
    totals = counts[counts["group_code"] == TOTAL].assign(series_id="child_remand_decisions")
    decisions = totals.groupby(KEY, as_index=False)["value"].sum()
    custodial = counts[counts["remand_type"] == CUSTODIAL]
    return pd.concat([custodial.assign(series_id="child_custodial_remands"), decisions])


def _london_arrests(table: pd.DataFrame, path: Path, _: Reading) -> pd.DataFrame:
    counts = whole_numbers(table["arrests"], path)
    return table.assign(series_id="child_arrests_london", value=counts)
