"""Young people of 16 and 17 not in education, employment or training, or not known, by group.

Counts are averages of December, January and February, so they have decimals; they are kept as
published. Asian leaves Chinese out here, which is a group of its own.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest import dfe
from loti_dash.ingest.reading import FileRead, Reading, codes_of, sums_beside_totals
from loti_dash.observation import COLUMNS

COUNTS = {"avgcohort": "neet_16_17_cohort", "avgNEETNK": "neet_16_17"}
WANTED = (
    "time_period geographic_level region_code new_la_code Age Characteristic_grouping "
    "Characteristic avgcohort avgNEETNK"
).split()
# Averages of boroughs are not rounded: thirds, with as many decimals as fit.
ROUNDED_TO = {dfe.LONDON: 10.0, dfe.ENGLAND: 10.0}
THIRDS = 0.001
# All counts of its few young people are withheld, and no rate of theirs may be shown.
CITY_OF_LONDON = "E09000001"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return the cohort, and those out of education or lost from sight, in six groups."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    parts, wholes = [], []
    for path in files:
        table = dfe.table(path, WANTED)
        table = table.assign(area_code=dfe.area_codes(table))
        of_age = table[table["area_code"].notna() & (table["Age"] == "16-17")]
        by_group = of_age[of_age["Characteristic_grouping"] == "ethnicity"]
        total = of_age[of_age["Characteristic_grouping"] == "Total"]
        if by_group.empty:
            raise SourceFileError(
                f"{path.name} has no rows by ethnic group, ages 16-17, in London"
            )
        used = int((by_group["area_code"] != CITY_OF_LONDON).sum())
        reading.files.append(FileRead(path, len(table), used))
        codes = codes_of(labels, "dfe_neet", by_group["Characteristic"], path.name)
        reading.labels |= codes
        for column, series in COUNTS.items():
            parts.append(
                _long(by_group, series, column, path, by_group["Characteristic"].map(codes))
            )
            wholes.append(_long(total, series, column, path, pd.Series("total", total.index)))
        for rows in (parts[-1], wholes[-1]):
            dfe.every_authority(rows, path)
    every = dfe.one_edition(parts)
    reading.observations = every[every["area_code"] != CITY_OF_LONDON].reset_index(drop=True)
    reading.facts.append("City of London is left out: too few young people for a rate")
    whole = dfe.one_edition(wholes)
    reading.totals = sums_beside_totals(reading.observations, whole, _rounding)
    reading.totals += dfe.boroughs_beside_london(whole, lambda area, parts: ROUNDED_TO[area] / 2)
    withheld = int((reading.observations["status"] == "suppressed").sum())
    reading.facts.append(f"{withheld} counts are withheld by the publisher")
    reading.refuse_unreconciled()
    return reading


def _long(
    rows: pd.DataFrame, series: str, column: str, path: Path, groups: pd.Series
) -> pd.DataFrame:
    return rows.assign(
        series_id=series,
        period_id=rows["time_period"],
        group_code=groups,
        **dfe.values(rows[column], path),
    )[COLUMNS]


def _rounding(area: str, parts: int) -> float:
    return ROUNDED_TO.get(area, THIRDS) / 2 * (parts + 1)
