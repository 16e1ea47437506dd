"""From checked figures and what an analyst says of them to a package that can be drawn."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import File
from loti_dash.errors import UploadRefused
from loti_dash.observation import COLUMNS
from loti_dash.upload import statement
from loti_dash.upload.description import OF_THE_FILE, Described, indicator, indicator_id, series
from loti_dash.upload.package import Package
from loti_dash.upload.sheet import Checked, Sheet


def package(
    sheet: Sheet,
    checked: Checked,
    described: Sequence[Described],
    answers: Mapping[str, str],
    catalogue: Catalogue,
    today: date,
) -> Package:
    """Return figures with all their papers, nothing withheld yet.

    Raises UploadRefused where the checks stop the figures, or an id is not described.
    """
    if not checked.usable:
        raise UploadRefused("These figures have problems that stop them. Correct the file first.")
    ids = set(checked.figures["indicator"].astype(str))
    lacking = sorted(ids - {one.id for one in described})
    if lacking:
        raise UploadRefused(f"Nothing is said yet of {', '.join(lacking)}: describe it first.")
    used = [one for one in described if one.id in ids]
    id_ = f"upload_{sheet.sha256[:16]}"
    title = "; ".join(dict.fromkeys(one.title for one in used))
    file = File(sheet.name, sheet.sha256, len(sheet.cells))
    return Package(
        tuple(indicator(one, catalogue, today) for one in used),
        tuple(each for one in used for each in series(one, checked.classification[one.id], id_)),
        statement.source(id_, title, answers, file, today),
        statement.factors(id_, title, answers),
        observations(checked.figures, used),
    )


def observations(figures: pd.DataFrame, described: Sequence[Described]) -> pd.DataFrame:
    """Return figures in the one shape: a row for each count, denominators of the file included."""
    parts = []
    for one in described:
        rows = figures[figures["indicator"] == one.id]
        parts.append(_side(rows, "numerator", indicator_id(one)))
        if one.denominator == OF_THE_FILE:
            parts.append(_side(rows, "denominator", f"{indicator_id(one)}_of"))
    return pd.concat(parts, ignore_index=True)


def _side(rows: pd.DataFrame, side: str, series_id: str) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "series_id": series_id,
            "period_id": rows["period_id"],
            "area_code": rows["area_code"],
            "group_code": rows["group_code"],
            "value": rows[side],
            "status": rows[f"{side}_status"],
        }
    )
    return table[COLUMNS]
