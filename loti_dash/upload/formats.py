"""Files that are no CSV, told by what is in them and not by their name, and what to do instead."""

import re
import zipfile
from io import BytesIO

from loti_dash.errors import UploadRefused

SAVE_AS_CSV = (
    "Open it, choose File, Save As and the type 'CSV UTF-8 (Comma delimited)', "
    "and upload that file"
)
_UNPACK = "Unpack it and upload the CSV file inside"
_EXPORT = "Write the table as CSV with the program that made it, and upload that file"

# How files begin that people take for a table of figures.
_BEGINNINGS = (
    (b"%PDF", "a PDF document", "Ask whoever made it for the table as CSV"),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an older Excel workbook, or one with a password",
        SAVE_AS_CSV,
    ),
    (b"\x1f\x8b", "packed with gzip", _UNPACK),
    (b"BZh", "packed with bzip2", _UNPACK),
    (b"\xfd7zXZ\x00", "packed with xz", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "packed with 7-Zip", _UNPACK),
    (b"Rar!\x1a\x07", "packed with RAR", _UNPACK),
    (b"PAR1", "a Parquet file", _EXPORT),
    (b"ARROW1", "an Arrow file", _EXPORT),
    (
        b"$FL2",
        "an SPSS file",
        "In SPSS choose File, Save As and the type CSV, and upload that file",
    ),
    (
        b"$FL3",
        "an SPSS file",
        "In SPSS choose File, Save As and the type CSV, and upload that file",
    ),
    (b"<stata_dta>", "a Stata file", "In Stata use export delimited, and upload that file"),
    (b"SQLite format 3\x00", "a SQLite database", _EXPORT),
    (b"\x89PNG", "a picture", "Ask whoever made it for the table as CSV"),
    (b"\xff\xd8\xff", "a picture", "Ask whoever made it for the table as CSV"),
    (b"{\\rtf", "a text document", "Copy its table into a spreadsheet and save that as CSV UTF-8"),
)
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|\?xml)[\s>]", re.IGNORECASE)
# A title line may begin with a bracket ("[c] means withheld"): JSON goes on as text does not.
_JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{]")


def refuse_other_formats(content: bytes) -> None:
    """Raise UploadRefused if the content is of a kind that is no CSV, or if there is none."""
    start = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start and not content.removeprefix(b"\xef\xbb\xbf").strip():
        raise UploadRefused("The file is empty. Save the table again and upload that file.")
    for beginning, what, instead in _BEGINNINGS:
        if content.startswith(beginning):
            raise UploadRefused(f"The file is {what}, not CSV. {instead}.")
    if content.startswith(b"PK\x03\x04"):
        raise UploadRefused("The file is {}, not CSV. {}.".format(*_in_zip(content)))
    if _WEB_PAGE.match(start):
        raise UploadRefused(f"The file is a web page, not CSV. {_EXPORT}.")
    if _JSON.match(start):
        raise UploadRefused(f"The file is JSON, not CSV. {_EXPORT}.")


def _in_zip(content: bytes) -> tuple[str, str]:
    """Return what a zip file is, and what to do: workbooks are zip files too."""
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return "a zip file or a workbook, and cut short", "Save it again as CSV UTF-8"
    if any(name.startswith("xl/") for name in names):
        return "an Excel workbook", SAVE_AS_CSV
    if "content.xml" in names:
        return "an OpenDocument file", SAVE_AS_CSV
    if any(name.startswith("word/") for name in names):
        return "a Word document", "Copy its table into a spreadsheet and save that as CSV UTF-8"
    if any(name.startswith("Index/") for name in names):
        return "a Numbers document", "In Numbers choose File, Export To, CSV, and upload that file"
    return "packed with zip", _UNPACK
