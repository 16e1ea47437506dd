"""What an upload is measured beside: a bare read by DuckDB, and pandas with pandera's checks."""

import re
from pathlib import Path

import duckdb
import pandas as pd
import pandera.pandas as pandera

from loti_dash.catalogue import Catalogue
from loti_dash.upload import people

LIST = "census_2021_19"


def bare(path: Path) -> None:
    """Read a file into a table by DuckDB, and do nothing with it."""
    with duckdb.connect() as db:
        db.execute("CREATE TABLE read AS SELECT * FROM read_csv($1)", [str(path)])


def with_pandera(
    path: Path, definitions: Catalogue, residents: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Read a file by pandas, and check columns, codes, periods, counts and keys by pandera.

    With the residents of the Census also what ours checks besides: that no text looks like
    something of a single person, that denominators are near the Census, and that no count is
    five times that of the period before.
    """
    nobody = [] if residents is None else [_no_person(rule) for rule in people.PATTERNS.values()]
    alike = [] if residents is None else [_near(residents), _steady()]
    schema = pandera.DataFrameSchema(
        {
            "indicator": pandera.Column(
                str, [pandera.Check.str_matches(r"^[a-z0-9_]+$"), *nobody]
            ),
            "area": pandera.Column(str, [pandera.Check.isin(areas(definitions)), *nobody]),
            "period": pandera.Column(
                str, [pandera.Check.str_matches(r"^20\d\d-(0[1-9]|1[0-2])$"), *nobody]
            ),
            "ethnic_group": pandera.Column(
                str, [pandera.Check.isin(groups(definitions)), *nobody]
            ),
            "numerator": pandera.Column(int, pandera.Check.ge(0)),
            "denominator": pandera.Column(int, pandera.Check.ge(0)),
        },
        checks=[pandera.Check(lambda table: table["numerator"] <= table["denominator"]), *alike],
        unique=["indicator", "area", "period", "ethnic_group"],
        strict=True,
    )
    return schema.validate(pd.read_csv(path, dtype={"period": str}), lazy=True)


def _no_person(pattern: str) -> pandera.Check:
    # Compiled: the patterns look ahead, which the engine behind pandas' text does not know.
    rule = re.compile(pattern)
    return pandera.Check(lambda column: ~column.str.upper().str.contains(rule))


def _near(residents: pd.DataFrame) -> pandera.Check:
    there = residents.set_index(["area_code", "group_code"])["value"].rename("residents")

    def near(table: pd.DataFrame) -> pd.Series:
        of = table.join(there, on=["area", "ethnic_group"])["residents"]
        return of.isna() | (table["denominator"] - of).abs().le(0.2 * of)

    return pandera.Check(near)


def _steady() -> pandera.Check:
    def steady(table: pd.DataFrame) -> pd.Series:
        in_order = table.sort_values(["indicator", "area", "ethnic_group", "period"])
        before = in_order.groupby(["indicator", "area", "ethnic_group"])["numerator"].shift()
        times = in_order["numerator"] / before
        small = in_order["numerator"].lt(20) & before.lt(20)
        found: pd.Series = before.isna() | small | times.between(0.2, 5)
        return found.sort_index()

    return pandera.Check(steady)


def areas(definitions: Catalogue) -> list[str]:
    """Return the codes of the boroughs."""
    return [each.area_code for each in definitions.areas.values() if each.level == "borough"]


def groups(definitions: Catalogue) -> list[str]:
    """Return the codes of the detailed list of the Census."""
    return [each.code for each in definitions.groups if each.classification == LIST]
