"""Every file as analysts save it is read as it is, or refused with what to do about it."""

import csv
import gzip
import io
import os
import re
import traceback
import zipfile

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from upload import files

from loti_dash.errors import UploadRefused
from loti_dash.upload import reading
from loti_dash.upload.reading import read
from loti_dash.upload.sheet import COLUMNS

CAMDEN = ("fines", "Camden", "2023-24")


def rows_of(sheet):
    return [tuple(row) for row in sheet.cells.astype(str).itertuples(index=False)]


def refusal(content):
    with pytest.raises(UploadRefused) as error:
        read("figures.csv", content)
    return str(error.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (files.PLAIN.encode(), "Read as UTF-8, separator ',', header in row 1."),
        (files.of_excel_english(), "Read as UTF-8 with BOM, separator ',', header in row 1."),
        (files.of_excel_with_sep(), "Read as UTF-8, separator ';', header in row 1."),
        (files.of_excel_unicode_text(), "Read as UTF-16, separator tab, header in row 1."),
        (files.of_power_shell(), "Read as UTF-16, separator ',', header in row 1."),
        (files.of_sql_server(), "Read as UTF-16 without a mark, separator ',', header in row 1."),
        (files.of_old_mac(), "Read as UTF-8, separator ',', header in row 1."),
        (files.of_spss(), "Read as UTF-8 with BOM, separator tab, header in row 1."),
        (files.of_power_bi(), "Read as UTF-8 with BOM, separator ',', header in row 1."),
        (files.with_notes(), "Read as UTF-8, separator ',', header in row 1."),
        (files.with_title(), "Read as UTF-8, separator ',', header in row 3."),
        (files.with_short_title(), "Read as UTF-8, separator ',', header in row 3."),
        (files.with_blank_columns(), "Read as UTF-8, separator ',', header in row 1."),
    ],
)
def test_the_same_table_is_read_whatever_it_was_saved_with(content, said):
    sheet = read("figures.csv", content)
    assert sheet.read_as[0] == said
    assert list(sheet.cells) == list(COLUMNS[:6])
    assert rows_of(sheet) == files.READ
    assert not sheet.decimal_comma


def test_the_index_is_the_row_in_the_spreadsheet():
    assert list(read("a.csv", files.PLAIN.encode()).cells.index) == [2, 3, 4]
    assert list(read("a.csv", files.with_title()).cells.index) == [4, 5, 6]
    assert list(read("a.csv", files.with_short_title()).cells.index) == [4, 5, 6]
    # A blank row between, and a line of Excel's own that it does not show.
    assert list(read("a.csv", files.with_blank_columns()).cells.index) == [2, 4, 5]
    assert list(read("a.csv", files.of_excel_with_sep()).cells.index) == [2, 3, 4]


def test_excel_in_german_settings_has_semicolons_and_decimal_commas():
    sheet = read("a.csv", files.of_excel_german())
    assert sheet.decimal_comma
    assert sheet.read_as == (
        "Read as UTF-8, separator ';', header in row 1.",
        "Counts are written with a decimal comma.",
    )
    assert rows_of(sheet) == [
        ("fines", "Camden", "2023/24", "Asian", "12,0", "30.100"),
        ("fines", "Camden", "2023/24", "Black", "31,0", "18.200"),
        ("fines", "Camden", "2023/24", "White", "57,5", "114.300"),
    ]
    assert sheet.headings["numerator"] == "Count"
    assert sheet.letters == dict(zip(COLUMNS, "ABCDEF", strict=False))


def test_decimal_commas_and_points_in_one_file_are_said():
    mixed = files.with_separator(files.PLAIN, ";").replace(";12;", ";12,5;").replace("57", "57.5")
    sheet = read("a.csv", mixed.encode())
    assert not sheet.decimal_comma
    assert sheet.read_as[1] == "Some counts have a decimal comma and some a decimal point."


def test_a_comma_before_three_digits_is_not_taken_for_a_decimal_comma():
    thousands = files.with_separator(files.PLAIN, ";").replace("30100", "30,100")
    assert not read("a.csv", thousands.encode()).decimal_comma


def test_a_dash_of_windows_1252_is_a_dash():
    sheet = read("a.csv", files.of_excel_ansi())
    assert sheet.read_as == ("Read as Windows-1252, separator ',', header in row 1.",)
    assert set(sheet.cells["period"]) == {"Apr 23 – Mar 24"}


def test_numbers_in_thousands_and_symbols_stay_as_they_are_written():
    sheet = read("a.csv", files.of_google_sheets())
    assert rows_of(sheet) == [
        (*CAMDEN, "Asian", "<5", "30,100"),
        (*CAMDEN, "Black", "31", "18,200"),
        (*CAMDEN, "White", "57", "114300"),
    ]
    assert rows_of(read("a.csv", files.with_symbols())) == [
        ("fines", "E09000007", "Q1 2024/25", "Asian", "[c]"),
        ("fines", "E09000007", "Q1 2024/25", "Black", "<5"),
        ("fines", "E09000007", "Q1 2024/25", "Total", "1,234"),
    ]


def test_quotation_marks_and_na_of_r_are_text():
    assert rows_of(read("a.csv", files.of_r())) == [
        (*CAMDEN, "Asian", "12", "30100"),
        (*CAMDEN, "Black", "NA", "18200"),
        (*CAMDEN, 'White: English, Welsh or "British"', "57", "114300"),
    ]


def test_a_line_break_in_quotation_marks_does_not_end_a_row():
    sheet = read("a.csv", files.with_line_break())
    assert rows_of(sheet) == [
        (*CAMDEN, "Asian or\r\nAsian British", "12", "30100"),
        (*CAMDEN, "Black", "31", "18200"),
    ]
    assert list(sheet.cells.index) == [2, 3]
    assert sheet.read_as[1:] == ("Has a line break in a cell: row 2.",)


def test_what_is_left_out_is_said_with_its_place():
    assert read("a.csv", files.with_title()).read_as[1:] == ("Left out above the header: row 1.",)
    assert read("a.csv", files.with_short_title()).read_as[1:] == (
        "Left out above the header: rows 1 and 2.",
    )
    assert read("a.csv", files.with_notes()).read_as[1:] == (
        "Left out as blank: row 5.",
        "Left out as notes under the table: rows 6 and 7.",
    )
    assert read("a.csv", files.of_power_bi()).read_as[1:] == (
        "Left out as blank: row 5.",
        "Left out as notes under the table: rows 6 and 7.",
    )
    assert read("a.csv", files.with_blank_columns()).read_as[1:] == (
        "Left out as empty: columns G and H.",
        "Left out as blank: rows 3 and 6.",
    )
    assert read("a.csv", files.of_excel_with_sep()).read_as[1:] == (
        "The first line names the separator and, as in spreadsheets, is not a row.",
    )


def test_rows_that_end_early_are_filled_up_and_said():
    sheet = read("a.csv", files.with_short_rows())
    assert list(sheet.cells["note"]) == ["", "revised", ""]
    assert [row[:6] for row in rows_of(sheet)] == files.READ
    assert sheet.read_as[1:] == ("Ends early, missing cells read as empty: rows 2 and 4.",)


def test_a_first_cell_alone_in_the_middle_is_a_row_and_no_note():
    sheet = read("a.csv", files.PLAIN.replace("fines,Camden,2023-24,Black", "fines").encode())
    assert rows_of(sheet)[1] == ("fines", "31", "18200", "", "", "")
    alone = files.PLAIN.replace("fines,Camden,2023-24,Black,31,18200", "fines")
    assert rows_of(read("a.csv", alone.encode()))[1] == ("fines", "", "", "", "", "")


def test_no_text_of_notes_is_left_in_the_categories():
    sheet = read("a.csv", files.with_notes())
    assert list(sheet.cells["indicator"].cat.categories) == ["fines"]


def test_columns_may_stand_in_any_order_and_not_at_the_left():
    sheet = read(
        "a.csv",
        b",Number,Ethnicity,Financial year,Borough,Measure\n"
        b",12,Asian,2023/24,Camden,fines\n,31,Black,2023/24,Camden,fines\n",
    )
    assert sheet.letters == {
        "indicator": "F", "area": "E", "period": "D", "ethnic_group": "C", "numerator": "B",
    }  # fmt: skip
    assert rows_of(sheet)[0] == ("fines", "Camden", "2023/24", "Asian", "12")
    assert sheet.read_as[1:] == ("Left out as empty: column A.",)


def test_row_numbers_and_merged_headings_are_refused():
    assert "cells without a heading in column A" in refusal(files.of_r_with_row_names())
    message = refusal(files.of_pandas_merged())
    assert "cells without a heading in column F" in message
    assert "Give each column one heading" in message


def test_all_that_is_wrong_with_headings_is_said_at_once():
    message = refusal(
        b"indicator,Borough,ONS code,period,ethnic_group,numeratr,denominator,\n"
        b"fines,Camden,E09000007,2023-24,Asian,12,30100,0.4\n"
    )
    assert "Of columns B and C ('Borough' and 'ONS code') each means area" in message
    assert "'numeratr' of column F is not known; closest are 'numerator' (numerator)" in message
    assert "cells without a heading in column H" in message


def test_a_heading_that_may_mean_a_rate_is_not_taken_for_a_count():
    message = refusal(files.PLAIN.replace("numerator", "Value").encode())
    assert "The heading 'Value' of column E is not known" in message


def test_a_number_in_thousands_without_quotation_marks_is_refused():
    both = files.PLAIN.replace("18200", "18,200").replace("114300", "114,300")
    message = refusal(both.encode())
    assert "In rows 3 and 4 there are more cells than the 6 columns" in message
    assert "must stand in quotation marks" in message


@pytest.mark.parametrize("row", [1, 2, 3])
def test_a_quotation_mark_that_is_not_closed_is_refused(row):
    lines = files.PLAIN.splitlines(keepends=True)
    lines[row] = lines[row].replace("Camden", '"Camden')
    assert "not closed" in refusal("".join(lines).encode())


def test_an_open_quotation_mark_in_the_last_cell_does_not_swallow_rows():
    message = refusal(files.PLAIN.replace("30100", '"30100').encode())
    assert "opened in row 2 and not closed" in message


def a_zip(name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "text")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "what", "instead"),
    [
        (a_zip("xl/workbook.xml"), "an Excel workbook", "CSV UTF-8"),
        (a_zip("content.xml"), "an OpenDocument file", "CSV UTF-8"),
        (a_zip("word/document.xml"), "a Word document", "CSV UTF-8"),
        (a_zip("figures.csv"), "packed with zip", "Unpack it"),
        (a_zip("xl/workbook.xml")[:40], "a workbook, and cut short", "Save it again"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "an older Excel workbook", "CSV UTF-8"),
        (b"%PDF-1.7\n1 0 obj\n", "a PDF document", "Ask whoever made it"),
        (gzip.compress(files.PLAIN.encode()), "packed with gzip", "Unpack it"),
        (b"PAR1\x15\x04", "a Parquet file", "as CSV"),
        (b"$FL2@(#) SPSS DATA FILE", "an SPSS file", "Save As"),
        (b"<!DOCTYPE html>\n<html></html>", "a web page", "as CSV"),
        (b'\n<?xml version="1.0"?><a/>', "a web page", "as CSV"),
        (b'{"area": "Camden"}', "JSON", "as CSV"),
        (b'[\n  {"area": "Camden"}\n]', "JSON", "as CSV"),
    ],
    # A packed file has the time in it: of the content itself no two runs would have one name.
    ids=range(14),
)
def test_a_file_that_is_no_csv_is_refused_by_what_is_in_it(content, what, instead):
    message = refusal(content)
    assert what in message
    assert instead in message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is empty"),
        (b" \r\n \r\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (files.HEADER.encode(), "no rows under it"),
        (f"{files.HEADER}\n,,,,,\n".encode(), "no rows under it"),
        (files.ROWS.encode(), "is a header"),
        (files.PLAIN.replace(",", "|").encode(), "is a header"),
        (f"sep=|\n{files.PLAIN}".encode(), "separated by '|'"),
        (files.PLAIN.replace("Asian", "A\0").encode(), "no text"),
        (files.PLAIN.encode("utf-32"), "no text"),
        (files.of_excel_english() * 2, "files that were joined"),
        (files.of_excel_unicode_text()[:-1], "looks like UTF-16 and is not"),
        (files.of_excel_english().replace(b"Asian", b"Asi\xe4n"), "says that it is UTF-8"),
        (files.PLAIN.replace("Asian", "\x81").encode("latin-1"), "Windows-1252 and is not"),
        (files.PLAIN.replace("Asian", "Ä").encode() + b"fines,\xe4", "partly UTF-8"),
        ((",".join(["period", "area", *["x"] * 99]) + "\n").encode(), "101 columns"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_reason(content, what):
    assert what in refusal(content)


def test_a_file_above_the_limit_is_refused_unread(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 3 * 1024 * 1024)
    assert "has 4.0 MB; the most is 3 MB" in refusal(b"a" * 4 * 1024 * 1024)


def test_a_refusal_holds_nothing_of_the_file():
    with pytest.raises(UploadRefused) as error:
        read("figures.csv", files.PLAIN.replace("Camden", '"Camden').encode())
    assert error.value.__context__ is None
    assert error.value.__cause__ is None
    frames = [frame for frame, _ in traceback.walk_tb(error.value.__traceback__)]
    of_reading = [frame for frame in frames if frame.f_code.co_filename == reading.__file__]
    assert [frame.f_code.co_name for frame in of_reading] == ["read"]
    assert "content" not in of_reading[0].f_locals


VALID = [
    files.PLAIN.encode(),
    files.of_excel_english(),
    files.of_excel_ansi(),
    files.of_excel_german(),
    files.of_excel_with_sep(),
    files.of_excel_unicode_text(),
    files.of_google_sheets(),
    files.of_r(),
    files.of_spss(),
    files.of_power_bi(),
    files.with_notes(),
    files.with_blank_columns(),
    files.with_line_break(),
    files.with_short_rows(),
]
CODECS = {
    "UTF-8": "utf-8",
    "UTF-8 with BOM": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16 without a mark": "utf-16-le",
    "Windows-1252": "cp1252",
}


def plainly(content, sheet):
    """Return the sheet's cells by row and letter, read with nothing but the csv module."""
    encoding, separator, header = re.fullmatch(
        r"Read as (.+), separator (.+), header in row (\d+)\.", sheet.read_as[0]
    ).groups()
    text = content.decode(CODECS[encoding])
    if any("names the separator" in said for said in sheet.read_as):
        text = re.sub(r"^.*?(\r\n|\r|\n)", "", text, count=1)
    source = io.StringIO(text, newline="")
    rows = list(csv.reader(source, delimiter="\t" if separator == "tab" else separator[1]))
    left_out = set()
    for said in sheet.read_as:
        if said.startswith("Left out") and "row" in said:
            numbers = said.rpartition("row")[2].strip("s .")
            for part in re.split(r", | and ", numbers):
                first, _, last = part.partition(" to ")
                left_out |= set(range(int(first), int(last or first) + 1))
    return {
        (number, letter): (row[at].strip() if at < len(row) else "")
        for number, row in enumerate(rows, 1)
        if number > int(header) and number not in left_out
        for letter in sheet.letters.values()
        for at in [ord(letter) - ord("A")]
    }


@st.composite
def damaged(draw):
    content = bytearray(draw(st.sampled_from(VALID)))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(content) - 1))
        new = draw(
            st.one_of(
                st.sampled_from([b'"', b",", b";", b"\t", b"\n", b"\r", b" ", b'""', b"\0"]),
                st.binary(min_size=0, max_size=3),
            )
        )
        content[at : at + draw(st.integers(0, 4))] = new
    return bytes(content)


# More of them with LOTI_MUTATIONS=10000.
MUTATIONS = int(os.environ.get("LOTI_MUTATIONS", "500"))


@settings(
    max_examples=MUTATIONS,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(damaged())
@example(files.with_short_rows())
@example(files.with_line_break())
def test_a_damaged_file_is_refused_or_read_as_the_csv_module_reads_it(content):
    try:
        sheet = read("figures.csv", content)
    except UploadRefused:
        return
    cells = {
        (number, sheet.letters[column]): value
        for column in sheet.cells
        for number, value in sheet.cells[column].astype(str).items()
    }
    assert cells == plainly(content, sheet)
