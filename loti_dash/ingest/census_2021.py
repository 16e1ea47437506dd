"""Census 2021, residents by 19 ethnic groups (TS021), from the publisher's custom data sets.

Wants a file of local authorities, of regions, or both. Refuses one with the five groups only.
"""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from loti_dash.groups import Labels
from loti_dash.ingest.ons_custom import ETHNIC_GROUP, london_added_up, london_tables, people
from loti_dash.ingest.reading import Reading
from loti_dash.observation import COLUMNS

SERIES = "census_2021_residents"


def read(files: Sequence[Path], labels: Labels) -> Reading:
    """Return residents of London and its authorities on Census Day."""
    reading = Reading(pd.DataFrame(columns=COLUMNS))
    table = london_tables(files, {ETHNIC_GROUP}, reading)
    counts = people(table, labels, reading)
    counts = counts.assign(series_id=SERIES, period_id="2021", status="ok")[COLUMNS]
    reading.observations = london_added_up(counts, reading)
    reading.refuse_unreconciled()
    return reading
