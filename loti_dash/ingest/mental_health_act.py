"""Mental Health Act statistics: detentions and their published rates, by ethnic group.

Only the first sheet is the publisher's table; the others of the workbook at hand are pivots
somebody made, and are not read. The publisher gives a rate and not the population behind it, so
the rate is taken as published. Areas are integrated care boards, never boroughs.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.coverage import all_there
from loti_dash.ingest.reading import FileRead, Reading, codes_of, sums_beside_totals
from loti_dash.observation import COLUMNS

COUNTS, RATES = "mental_health_detentions", "mental_health_detentions_rate"
WANTED = (
    "Year Measure measureSubcategory Demographic DemographicBreakdown OrganisationBreakdown "
    "Datasource OrgID Total_Count CrudeRate"
).split()
ENGLAND = "E92000001"
# Organisation Data Service codes of London's five integrated care boards.
LONDON = ("QKK", "QMF", "QMJ", "QRV", "QWE")
FIVE = (
    "Asian or Asian British",
    "Black or Black British",
    "Mixed",
    "White",
    "Other Ethnic Groups",
)
UNKNOWN, ALL = "Unknown", "All"
ROUNDED_TO = 5


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return detentions, and their rates as published, of London's boards and of England."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    parts = []
    for path in files:
        table = _table(path)
        of_everybody = (table["Measure"] == "All detentions") & (
            table["measureSubcategory"] == "All"
        )
        # Emergency departments record no ethnicity, so only the services' own data are used.
        of_services = (table["Demographic"] == "Ethnicity") & (table["Datasource"] == "MHSDS")
        place = table["OrgID"].isin(LONDON) & (table["OrganisationBreakdown"] == "ICB")
        place |= table["OrganisationBreakdown"] == "All submissions"
        kept = table[of_everybody & of_services & place]
        if kept.empty:
            raise SourceFileError(f"{path.name}: no row has detentions by ethnic group in London")
        reading.files.append(FileRead(path, len(table), len(kept)))
        parts.append(kept)
    rows = pd.concat(parts, ignore_index=True)
    rows["area_code"] = rows["OrgID"].where(rows["OrgID"].isin(LONDON), ENGLAND)
    rows["period_id"] = rows["Year"].str.replace("/", "-")
    names = ", ".join(path.name for path in files)
    codes = codes_of(labels, "nhs", rows["DemographicBreakdown"], names)
    used = rows["DemographicBreakdown"].isin([*FIVE, UNKNOWN])
    all_there(rows, "area_code", [ENGLAND, *LONDON], ["period_id"], names)
    of = ["period_id", "area_code"]
    all_there(rows, "DemographicBreakdown", [*FIVE, UNKNOWN], of, names)
    # A row of all ethnic groups is published of England only.
    of_england = rows[rows["area_code"] == ENGLAND]
    all_there(of_england, "DemographicBreakdown", [ALL], of, names)
    coded = rows.assign(group_code=rows["DemographicBreakdown"].map(codes))
    reading.labels = {
        label: code if label in (*FIVE, UNKNOWN) else "left out: the five groups are used"
        for label, code in codes.items()
    }
    groups = coded[used]
    known = groups[groups["DemographicBreakdown"] != UNKNOWN]
    reading.observations = pd.concat(
        [_long(groups, COUNTS, "Total_Count"), _long(known, RATES, "CrudeRate")], ignore_index=True
    )
    # The publisher's row of all ethnic groups leaves the unknown out.
    everybody = coded[coded["DemographicBreakdown"] == ALL]
    in_england = known[known["area_code"] == ENGLAND]
    reading.totals = sums_beside_totals(
        _long(in_england, COUNTS, "Total_Count"), _long(everybody, COUNTS, "Total_Count")
    )
    reading.facts.append(
        f"counts of boards are rounded to {ROUNDED_TO}, those of England are not; the population "
        "behind the rates is not published"
    )
    reading.refuse_unreconciled()
    return reading


def _table(path: Path) -> pd.DataFrame:
    """Return the publisher's table: the first sheet, found by the headings it must have."""
    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, IndexError) as error:
        raise SourceFileError(
            f"{path.name} cannot be read as a workbook ({error}). Download it again."
        ) from error
    heading = next((n for n, row in enumerate(rows) if set(WANTED) <= set(map(str, row))), None)
    if heading is None:
        raise SourceFileError(
            f"{path.name}: the first sheet has no row with the headings {', '.join(WANTED)}"
        )
    table = pd.DataFrame(rows[heading + 1 :], columns=[str(name) for name in rows[heading]])
    return table[WANTED].astype(str)


def _long(rows: pd.DataFrame, series: str, column: str) -> pd.DataFrame:
    values = pd.to_numeric(rows[column], errors="coerce")
    # An empty cell is a count that the publisher withholds.
    status = values.isna().map({True: "suppressed", False: "ok"})
    return rows.assign(series_id=series, value=values, status=status)[COLUMNS]
