"""Census 2021, residents by 19 ethnic groups (TS021), from the publisher's custom data sets.

Wants a file of local authorities, of regions, or both. Refuses one with the five groups only.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.groups import Labels
from loti_dash.ingest.ons_custom import london_added_up, london_tables
from loti_dash.ingest.reading import Reading
from loti_dash.observation import COLUMNS

SERIES = "census_2021_residents"
VARIABLE = "Ethnic group"
NOBODY = "does_not_apply"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return residents of London and its authorities on Census Day."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    table = london_tables(files, {VARIABLE}, reading)
    table["group_code"] = detailed_codes(table[VARIABLE], labels, reading)
    counts = people(table)
    counts = counts.assign(series_id=SERIES, period_id="2021", status="ok")[COLUMNS]
    reading.observations = london_added_up(counts, reading)
    reading.refuse_unreconciled()
    return reading


def detailed_codes(column: pd.Series, labels: Labels, reading: Reading) -> pd.Series:
    """Return the codes of a column of labels, which must be the 19 groups of the census.

    Raises SourceFileError if they are not.
    """
    codes = labels.codes("census_2021", column)
    known = labels.table.loc[labels.table["source"] == "census_2021", "code"]
    # The five groups, whose codes have one word, are sums of the 19.
    detailed = {code for code in known if "_" in code} - {NOBODY}
    if set(codes.values()) - {NOBODY} != detailed:
        raise SourceFileError(
            f"{', '.join(path.name for path in (each.path for each in reading.files))}: "
            f"the groups are {', '.join(sorted(codes))}; choose 'Ethnic group (20 categories)' "
            "when downloading."
        )
    reading.labels |= {
        label: code if code != NOBODY else "left out: holds the place of nobody"
        for label, code in codes.items()
    }
    return column.map(codes)


def people(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of people. Raises SourceFileError if "Does not apply" is not 0."""
    nobody = table["group_code"] == NOBODY
    if table.loc[nobody, "value"].any():
        raise SourceFileError(
            "'Does not apply' has people in it; these are not residents by ethnic group (TS021)."
        )
    return table[~nobody]
