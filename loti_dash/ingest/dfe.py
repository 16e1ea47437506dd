"""What files of the Department for Education have in common: symbols, years, areas.

A file that is cut short is refused: it is never taken for one of fewer boroughs.
"""

import csv
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Literal

import pandas as pd

from loti_dash.errors import SourceFileError
from loti_dash.ingest.coverage import all_there
from loti_dash.ingest.ons_custom import AUTHORITIES
from loti_dash.ingest.reading import Total, sums_beside_totals
from loti_dash.observation import KEY

# What libraries raise for a file that is cut short, damaged or of another kind.
UNREADABLE = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
)
LONDON, ENGLAND = "E12000007", "E92000001"
# c: withheld; k: rounds to zero and is not zero; x, : and an empty cell: not there; z: cannot be.
STATUS = {
    "c": "suppressed",
    "k": "suppressed",
    "low": "suppressed",
    "x": "not_available",
    ":": "not_available",
    "": "not_available",
    "z": "not_applicable",
}


def table(path: Path, columns: Iterable[str]) -> pd.DataFrame:
    """Return a file as text, whether CSV, gzipped CSV or the CSV of a zip with these columns."""
    wanted = set(columns)
    try:
        if path.suffix == ".zip":
            found = _from_zip(path, wanted)
        else:
            found = _read(path, "gzip" if path.suffix == ".gz" else None)
            if path.suffix == ".csv":
                _check_last_line(path)
    except UNREADABLE as error:
        raise SourceFileError(
            f"{path.name} cannot be read ({error}): it is cut short or no such file. Download it "
            "again."
        ) from error
    missing = wanted - set(found.columns)
    if missing or found.empty:
        raise SourceFileError(
            f"{path.name} has no rows with the columns {', '.join(sorted(wanted))}; missing: "
            f"{', '.join(sorted(missing)) or 'every row'}"
        )
    return found


def values(counts: "pd.Series[str]", path: Path) -> pd.DataFrame:
    """Return the columns value and status of counts as published."""
    text = counts.str.strip()
    status = text.map(STATUS)
    value = pd.to_numeric(text.where(status.isna()).str.replace(",", ""), errors="coerce")
    strange = value.isna() & status.isna()
    if strange.any():
        raise SourceFileError(
            f"{path.name}: {text[strange].iloc[0]!r} is neither a count nor a known symbol"
        )
    return pd.DataFrame({"value": value, "status": status.fillna("ok")})


def area_codes(rows: pd.DataFrame) -> pd.Series:
    """Return the code of each row's area: a London authority, London or England, else missing.

    Rows of Inner and Outer London are for neither.
    """
    level = rows["geographic_level"]
    region = rows["region_code"].where(level == "Regional")
    authority = rows["new_la_code"].where(level == "Local authority")
    # Kingston upon Thames and Richmond upon Thames publish together, under both codes.
    authority = authority.str.replace("E09000021 / E09000027", "E09000021")
    code = authority.where(authority.str.fullmatch(r"E09\d{6}"), None)
    code = code.where(region != LONDON, LONDON)
    return code.where(level != "National", ENGLAND)


def academic_year(time_period: "pd.Series[str]") -> pd.Series:
    """Return period ids: 202122 and 2021/22 are 2021-22."""
    digits = time_period.str.replace("/", "")
    return digits.str[:4] + "-" + digits.str[-2:]


def every_authority(rows: pd.DataFrame, path: Path, without: Iterable[str] = ()) -> None:
    """Raise SourceFileError unless each period has London and its authorities.

    `without` are the areas that this source never has.
    """
    wanted = {LONDON, *AUTHORITIES} - set(without)
    all_there(rows, "area_code", wanted, ["period_id"], path.name)


def one_edition(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of all files; raise SourceFileError if a figure stands there twice."""
    rows = pd.concat(parts, ignore_index=True)
    twice = rows[rows.duplicated(KEY)]
    if not twice.empty:
        raise SourceFileError(
            f"{len(twice):,} figures are given twice, such as {', '.join(twice.iloc[0][KEY])}. "
            "Give one edition of each period, the newest; it replaces what was read before."
        )
    return rows


def boroughs_beside_london(
    published: pd.DataFrame, tolerance: Callable[[str, int], float] = lambda area_code, parts: 0
) -> list[Total]:
    """Return the sum of the authorities' totals beside London's, by series and period."""
    london = published[published["area_code"] == LONDON]
    boroughs = published[published["area_code"].str.startswith("E09")]
    found = sums_beside_totals(boroughs.assign(area_code=LONDON), london, tolerance)
    return [replace(each, what=f"{each.what}, sum of authorities") for each in found]


def _from_zip(path: Path, wanted: set[str]) -> pd.DataFrame:
    """Return the member that has the columns, whatever it is called."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                with archive.open(name) as file:
                    head = pd.read_csv(file, nrows=0, encoding="utf-8-sig")
                if wanted <= set(head.columns):
                    with archive.open(name) as file:
                        return _read(file)
    raise SourceFileError(
        f"{path.name} holds no table with the columns {', '.join(sorted(wanted))}"
    )


def _check_last_line(path: Path) -> None:
    """Raise ValueError if the last line has fewer cells than the first.

    pandas fills such a line with empty cells. Of packed files the end is checked on unpacking.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    if len(lines[-1]) < len(lines[0]):
        raise ValueError("the last line is not whole")


def _read(file: "Path | IO[bytes]", compression: Literal["gzip"] | None = None) -> pd.DataFrame:
    found = pd.read_csv(
        file, dtype=str, keep_default_na=False, encoding="utf-8-sig", compression=compression
    )
    return found.rename(columns=str.strip)
