"""The figures of several indicators as one CSV: one below the other, in the same columns."""

from collections.abc import Mapping, Sequence

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.evidence_order import by_indicator
from loti_dash.export.csv import csv


def csv_of_several(
    rows: pd.DataFrame,
    catalogue: Catalogue,
    cautions: Mapping[str, Mapping[str, Sequence[Found]]],
    link: str,
) -> str:
    """Return rows of several indicators as CSV, each with its caveats, source and licence.

    `cautions` are by indicator and area.
    """
    parts = [csv(of, catalogue, cautions[id_], link) for id_, of in by_indicator(rows)]
    return "".join([*parts[:1], *(part.split("\r\n", 1)[1] for part in parts[1:])])
