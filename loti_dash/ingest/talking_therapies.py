"""NHS Talking Therapies: the yearly measures file, 4.5 million rows, to London's referrals.

Areas are those of clinical commissioning groups until 2021-22, of integrated care boards from
2022-23, and London's commissioning region throughout; none of them is a borough. Counts outside
England's row are rounded to 5 by the publisher.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.coverage import all_there
from loti_dash.ingest.reading import FileRead, Reading, codes_of, sums_beside_totals
from loti_dash.ingest.records import engine, parquet
from loti_dash.observation import COLUMNS, KEY

SERIES = {
    "referrals_received": "talking_therapies_referrals",
    "finished_course_treatment": "talking_therapies_finished",
}
WANTED = (
    "reporting_period org_type org_code variable_type variable_a variable_b measure_name "
    "measure_statistic value"
).split()
UNKNOWN = "Not stated/Not known/Invalid"
ENGLAND = "E92000001"
# Organisation Data Service codes of London's areas, by the first year in which they are these:
# 32 clinical commissioning groups, merged into five, which became integrated care boards.
AREAS_FROM = {
    "2017-18": (
        "07L 07M 07N 07P 07Q 07R 07T 07V 07W 07X 07Y 08A 08C 08D 08E 08F 08G 08H 08J 08K 08L 08M "
        "08N 08P 08Q 08R 08T 08V 08W 08X 08Y 09A"
    ).split(),
    "2020-21": "07L 07P 07T 07W 07Y 08C 08E 08F 08G 08M 08N 08V 08W 08Y 09A 36L 72Q 93C".split(),
    "2021-22": "36L 72Q 93C A3A8R W2U3Z".split(),
    "2022-23": "QKK QMF QMJ QRV QWE".split(),
}
REGION = "Y56"  # London's commissioning region; the file names none
LONDON = sorted({REGION}.union(*AREAS_FROM.values()))
GROUPS = (
    "asian_bangladeshi asian_chinese asian_indian asian_other asian_pakistani black_african "
    "black_caribbean black_other mixed_other mixed_white_asian mixed_white_black_african "
    "mixed_white_black_caribbean other_incl_arab unknown white_british white_irish "
    "white_other_incl_traveller_roma"
).split()
# Before 2022-23 the codes of integrated care boards were those of looser partnerships.
KINDS = ["CCG", "ICB", "Commissioning Region", "England"]
STATUS = {"*": "suppressed", "NULL": "not_available"}
ROUNDED_TO = 5


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return referrals received and finished in 16 groups, for London's areas and England."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    tables = []
    for path in files:
        table, rows = _table(path)
        reading.files.append(FileRead(path, rows, len(table)))
        tables.append(table)
    table = pd.concat(tables, ignore_index=True)
    if table.empty:
        raise SourceFileError(
            f"{files[0].name} has no counts by ethnic group for London: is it the file of yearly "
            "measures?"
        )
    totals = table[table["variable_type"] == "Total"]
    groups = table[table["variable_type"] == "Ethnic Group"]
    unknown = groups["variable_a"] == UNKNOWN
    detailed = groups[unknown | (groups["variable_b"] != "All")]
    names = ", ".join(path.name for path in files)
    label = detailed["variable_b"].where(detailed["variable_a"] != UNKNOWN, UNKNOWN)
    codes = codes_of(labels, "nhs_talking_therapies", label, names)
    reading.labels = codes | {
        f"{name}, All": "left out: a total of detailed groups"
        for name in groups.loc[~unknown, "variable_a"].unique()
    }
    reading.observations = _observations(detailed, label.map(codes))
    published = _observations(totals, pd.Series("total", totals.index))
    _check(pd.concat([reading.observations, published]), names)
    reading.totals = sums_beside_totals(reading.observations, published, _rounding)
    suppressed = reading.observations["status"].eq("suppressed").sum()
    reading.facts.append(f"{suppressed:,} counts are withheld by the publisher")
    reading.refuse_unreconciled()
    return reading


def _table(path: Path) -> tuple[pd.DataFrame, int]:
    """Return the counts by ethnic group of London's areas, and how many rows the file has."""
    try:
        with pq.ParquetFile(path) as file:
            rows, names = file.metadata.num_rows, file.schema_arrow.names
        missing = set(WANTED) - set(names)
        if missing:
            raise SourceFileError(
                f"{path.name}: these columns are missing: {', '.join(sorted(missing))}; found "
                f"{', '.join(names)}"
            )
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from error
    published = parquet(engine(), path)
    of_london = published.org_code.isin(LONDON) | (published.org_type == "England")
    wanted = published.select(WANTED).filter(
        published.measure_name.isin(list(SERIES)),
        published.measure_statistic == "count",
        published.variable_type.isin(["Ethnic Group", "Total"]),
        published.org_type.isin(KINDS),
        of_london,
    )
    try:
        table = wanted.to_pyarrow()
    except Exception as error:
        # Each engine has errors of its own.
        raise _unreadable(path, error) from error
    # Engines return rows in any order.
    return table.to_pandas().sort_values(WANTED, ignore_index=True), rows


def _unreadable(path: Path, problem: Exception) -> SourceFileError:
    return SourceFileError(
        f"{path.name} cannot be read as a parquet file ({problem}). Download it again."
    )


def _check(rows: pd.DataFrame, where: str) -> None:
    """Raise SourceFileError unless each year and series has its areas, and those all groups."""
    all_there(rows, "series_id", SERIES.values(), ["period_id"], where)
    for period, of_period in rows.groupby("period_id"):
        first = max((year for year in AREAS_FROM if year <= str(period)), default=min(AREAS_FROM))
        areas = [ENGLAND, REGION, *AREAS_FROM[first]]
        all_there(of_period, "area_code", areas, KEY[:2], where)
    all_there(rows, "group_code", [*GROUPS, "total"], KEY[:3], where)


def _observations(rows: pd.DataFrame, groups: pd.Series) -> pd.DataFrame:
    values = pd.to_numeric(rows["value"].where(~rows["value"].isin(list(STATUS))))
    observations = pd.DataFrame(
        {
            "series_id": rows["measure_name"].map(SERIES),
            "period_id": rows["reporting_period"],
            "area_code": _areas(rows),
            "group_code": groups,
            "value": values,
            "status": rows["value"].map(STATUS).fillna("ok"),
        }
    )
    return observations.reset_index(drop=True)


def _areas(rows: pd.DataFrame) -> pd.Series:
    return rows["org_code"].where(rows["org_type"] != "England", ENGLAND)


def _rounding(area: str, parts: int) -> float:
    """Return how far rounding can bring a sum from its total: England is not rounded."""
    return 0 if area == ENGLAND else ROUNDED_TO / 2 * (parts + 1)
