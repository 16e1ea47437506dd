"""What files of the Department for Education have in common: symbols, years, area codes."""

import csv
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Literal

import pandas as pd

from loti_dash.errors import SourceFileError

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
    except (OSError, EOFError, ValueError, zipfile.BadZipFile, csv.Error) as error:
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


def _read(file: "Path | IO[bytes]", compression: Literal["gzip"] | None = None) -> pd.DataFrame:
    found = pd.read_csv(
        file, dtype=str, keep_default_na=False, encoding="utf-8-sig", compression=compression
    )
    return found.rename(columns=str.strip)
