"""Census 2021, households by tenure and ethnic group of the reference person (RM134).

A household owns its home outright, with a mortgage or in shared ownership; rents from a social
landlord; or rents privately or lives rent free. Every total in the table must be the sum of
its seven groups.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.ons_custom import (
    AUTHORITIES,
    every_combination,
    london_added_up,
    text_table,
    whole_numbers,
)
from loti_dash.ingest.reading import FileRead, Reading, Total, codes_of
from loti_dash.observation import COLUMNS

AREA, GROUP, TENURE, HOUSEHOLDS = "ltla22cd", "ethnic_group_hrp", "tenure", "households"
ALL = "census_2021_households"
SERIES = {
    "Owned: Owns outright": f"{ALL}_owned",
    "Owned: Owns with a mortgage or loan or shared ownership": f"{ALL}_owned",
    "Rented: Social rented": f"{ALL}_social_rented",
    "Rented: Private rented or lives rent free": f"{ALL}_private_rented",
}


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return households of London and its authorities, in all and by tenure."""
    if len(files) != 1:
        raise SourceFileError("households by tenure are one table; give one file")
    path = files[0]
    table = text_table(path, [AREA, GROUP, TENURE, HOUSEHOLDS])
    _check(table, path)
    codes = codes_of(labels, "census_2021_tenure", table[GROUP], path.name)
    rows = pd.DataFrame(
        {
            "area_code": table[AREA],
            "group_code": table[GROUP].map(codes),
            "tenure": table[TENURE],
            "value": whole_numbers(table[HOUSEHOLDS], path),
        }
    )
    total = rows["group_code"] == "total"
    kept = rows[~total & rows["area_code"].isin(AUTHORITIES)]
    reading = Reading(
        pd.DataFrame(columns=COLUMNS),
        files=[FileRead(path, len(table), len(kept))],
        labels=codes | {each: "left out: a sum" for each in codes if codes[each] == "total"},
        totals=_totals(rows[~total], rows[total]),
        facts=[f"tenure {each!r} became {SERIES[each]}" for each in SERIES],
    )
    by_tenure = kept.assign(series_id=kept["tenure"].map(SERIES))
    every = pd.concat([by_tenure, kept.assign(series_id=ALL)])
    counts = every.groupby(["series_id", "area_code", "group_code"], as_index=False)["value"].sum()
    counts = counts.assign(period_id="2021", status="ok")[COLUMNS]
    reading.observations = london_added_up(counts, reading)
    reading.refuse_unreconciled()
    return reading


def _check(table: pd.DataFrame, path: Path) -> None:
    """Raise SourceFileError unless every authority has every group and the four tenures."""
    every_combination(table, [AREA, GROUP, TENURE], path)
    missing = sorted(set(AUTHORITIES) - set(table[AREA]))
    if missing:
        raise SourceFileError(f"{path.name} has no rows for {', '.join(missing)}; download again")
    if set(table[TENURE]) != set(SERIES):
        raise SourceFileError(
            f"{path.name}: the tenures are {', '.join(sorted(set(table[TENURE])))}; "
            f"they must be {', '.join(SERIES)}"
        )


def _totals(parts: pd.DataFrame, sums: pd.DataFrame) -> list[Total]:
    """Return London's sums by tenure, and every authority's that differs from its parts."""
    ours = parts.groupby(["area_code", "tenure"])["value"].sum()
    published = sums.set_index(["area_code", "tenure"])["value"]
    wrong = [key for key in published.index if ours[key] != published[key]]
    of_london = [
        Total(f"{tenure}, 33 authorities", ours[:, tenure].sum(), published[:, tenure].sum())
        for tenure in SERIES
    ]
    return of_london + [
        Total(f"{tenure}, {area}", ours[area, tenure], published[area, tenure])
        for area, tenure in wrong
    ]
