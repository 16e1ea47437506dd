"""From checked figures and what an analyst says of them to a package that can be drawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from secrets import token_hex

import pandas as pd
from pandas.api.types import union_categoricals

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import File
from loti_dash.errors import UploadRefused
from loti_dash.observation import COLUMNS
from loti_dash.upload import statement
from loti_dash.upload.defining import indicator, series
from loti_dash.upload.description import (
    OF_THE_FILE,
    Described,
    indicator_id,
    raise_unless_whole,
    slug,
)
from loti_dash.upload.package import Package
from loti_dash.upload.period_words import KINDS
from loti_dash.upload.sheet import Checked, Sheet

# What a year means has to be said where the file says it, and nowhere else.
_CALENDAR_OF = {"financial_year": "financial", "academic_year": "academic"}
_SPLIT = tuple(_CALENDAR_OF.values())


# In the place of the name of the file, which may say more than it should.
UPLOADED = "uploaded figures"


def package(
    sheet: Sheet,
    checked: Checked,
    described: Sequence[Described],
    answers: Mapping[str, str],
    catalogue: Catalogue,
    today: date,
) -> Package:
    """Return figures with all their papers, nothing withheld yet.

    Raises UploadRefused where the checks stop the figures, an id is not described, or what is
    said of it does not fit the file; UnknownCode for a code there is not.
    """
    if not checked.usable:
        raise UploadRefused("These figures have problems that stop them. Correct the file first.")
    said = {one.id: one for one in described}
    _raise_unless_the_same(set(checked.figures["indicator"].unique()), said.keys())
    used = [_fitting(one, checked, catalogue) for one in said.values()]
    # By chance, not by the file: from a hash of small counts anybody could find them by trying.
    id_ = f"upload_{token_hex(8)}_{slug(used[0].owner)}"
    title = "; ".join(dict.fromkeys(one.title for one in used))
    file = File(UPLOADED, "", len(sheet.cells))
    return Package(
        tuple(indicator(one, catalogue, today) for one in used),
        tuple(each for one in used for each in series(one, checked.classification[one.id], id_)),
        statement.source(id_, title, answers, file, today),
        statement.factors(id_, title, answers),
        observations(checked.figures, used),
    )


def _raise_unless_the_same(there: Collection[str], said: Collection[str]) -> None:
    """Raise UploadRefused unless each id of the file is described, and nothing else."""
    lacking = sorted(set(there) - set(said))
    if lacking:
        raise UploadRefused(f"Nothing is said yet of {', '.join(lacking)}: describe it first.")
    strange = sorted(set(said) - set(there))
    if strange:
        raise UploadRefused(
            f"{', '.join(strange)} is described and has no figures in the file, which has "
            f"{', '.join(sorted(there))}. Leave the description out, or write the same id."
        )


def _fitting(one: Described, checked: Checked, catalogue: Catalogue) -> Described:
    """Return a description with its calendar as the file has it. Raises if they do not fit."""
    raise_unless_whole(one, catalogue)
    if one.denominator == OF_THE_FILE and (checked.figures["denominator_status"] == "").all():
        raise UploadRefused(
            f"{one.id} is to be divided by the column denominator, which the file does not have. "
            "Add the column, or choose a series to divide by."
        )
    if (
        checked.classification[one.id].startswith("police_officer")
        and one.recorded_by != "officer"
    ):
        raise UploadRefused(
            f"Without Mixed the groups of {one.id} are those that police officers record by what "
            "they see, and another recorded them here. Add rows for Mixed, with 0 where nobody "
            "was counted and [x] where nobody looked."
        )
    kind = checked.kinds.get(one.id, "")
    if kind == "split_year" and one.calendar not in _SPLIT:
        raise UploadRefused(
            f"{one.id} has years such as 2023-24, and its calendar is {one.calendar!r}. Such a "
            f"year begins in April (financial) or in September (academic): say which."
        )
    if kind in _CALENDAR_OF and one.calendar != _CALENDAR_OF[kind]:
        raise UploadRefused(
            f"The periods of {one.id} are {KINDS[kind]}, and its calendar is {one.calendar!r}. "
            f"Say {_CALENDAR_OF[kind]!r}, or correct the file."
        )
    if kind == "year" and one.calendar in _SPLIT:
        raise UploadRefused(
            f"{one.id} has years such as 2023, which begin in January, and its calendar is "
            f"{one.calendar!r}. Say 'calendar', or write the years as 2023-24 in the file."
        )
    if kind not in ("split_year", *_CALENDAR_OF) and one.calendar in _SPLIT:
        # Of months, quarters and days it does not matter, and 2009-10 must stay an October.
        return replace(one, calendar="calendar")
    return one


def only(checked: Checked, id_: str) -> Checked:
    """Return what was found of one id of a file: of a large one, what is looked at."""
    figures = checked.figures[checked.figures["indicator"] == id_]
    one = figures["indicator"].cat.remove_unused_categories()
    return replace(checked, figures=figures.assign(indicator=one))


def observations(figures: pd.DataFrame, described: Sequence[Described]) -> pd.DataFrame:
    """Return figures in the one shape: a row for each count, denominators of the file included.

    Codes and statuses are categories: there may be a million rows.
    """
    used = {one.id: indicator_id(one) for one in described}
    divided = [one.id for one in described if one.denominator == OF_THE_FILE]
    counted = figures[figures["indicator"].isin(used)]
    parts = [_side(counted, "numerator", used)]
    if divided:
        of = {id_: f"{used[id_]}_of" for id_ in divided}
        parts.append(_side(figures[figures["indicator"].isin(of)], "denominator", of))
    together = {}
    for name in COLUMNS:
        columns = [part[name] for part in parts]
        if name == "value":
            together[name] = pd.concat(columns, ignore_index=True)
        else:
            codes = union_categoricals([column.array for column in columns])
            together[name] = pd.Series(codes)
    return pd.DataFrame(together)


def _side(rows: pd.DataFrame, side: str, series: dict[str, str]) -> pd.DataFrame:
    """Return the observations of one side, of the series that each id is given."""
    return pd.DataFrame(
        {
            "series_id": rows["indicator"]
            .cat.remove_unused_categories()
            .cat.rename_categories(series),
            "period_id": rows["period_id"],
            "area_code": rows["area_code"],
            "group_code": rows["group_code"],
            "value": rows[side],
            "status": rows[f"{side}_status"],
        }
    )
