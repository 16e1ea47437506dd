"""Files as analysts save them, from their bytes to figures: read right, or told what to do."""

import inspect

import pytest
from upload import files

from loti_dash import catalogue, config
from loti_dash.errors import UploadRefused
from loti_dash.upload import checking, reading

# Five groups of one borough and year, whatever the file looks like.
ROWS = """\
fines,Camden,2023-24,Asian,12,30100
fines,Camden,2023-24,Black,31,18200
fines,Camden,2023-24,Mixed,14,11000
fines,Camden,2023-24,White,57,114300
fines,Camden,2023-24,Other,9,14000
"""
COUNTS = {"asian": 12, "black": 31, "mixed": 14, "white": 57, "other": 9}
WHOLE = (
    "of_excel_ansi of_excel_english of_excel_unicode_text of_excel_with_sep of_old_mac "
    "of_power_bi of_power_shell of_spss of_sql_server with_blank_columns with_notes "
    "with_short_title with_title"
).split()
TOLD = {
    "of_excel_german": "'57,5' is not a whole number",
    "of_r": "'NA' is not a count",
    "of_pandas_merged": "column F",
    "of_r_with_row_names": "column A",
}
# Google's has a count that is withheld, the last three have other rows than those above.
OTHER = ("of_google_sheets", "with_line_break", "with_short_rows", "with_symbols")


@pytest.fixture(scope="module")
def definitions():
    return catalogue.read(config.CATALOGUE), catalogue.labels(config.CATALOGUE)


@pytest.fixture
def saved(monkeypatch):
    monkeypatch.setattr(files, "ROWS", ROWS)
    monkeypatch.setattr(files, "PLAIN", f"{files.HEADER}\n{ROWS}")
    return dict(inspect.getmembers(files, inspect.isfunction))


def test_every_kind_of_file_has_an_expectation(saved):
    kinds = {name for name in saved if name.startswith(("of_", "with_"))} - {"with_separator"}

    assert kinds == {*WHOLE, *TOLD, *OTHER}
    assert len(kinds) >= 20


@pytest.mark.parametrize("kind", WHOLE)
def test_a_file_becomes_the_figures_that_stand_in_it(kind, saved, definitions):
    checked = checking.check(reading.read("file.csv", saved[kind]()), *definitions)
    figures = checked.figures.set_index("group_code")

    assert [each.message for each in checked.problems if each.stops] == []
    assert figures["numerator"].to_dict() == COUNTS
    assert set(figures["area_code"]) == {"E09000007"}
    assert set(figures["period_id"]) == {"2023-24"}
    assert figures["denominator"].sum() == 187_600


@pytest.mark.parametrize("kind", TOLD)
def test_a_file_that_cannot_be_used_says_what_to_do(kind, saved, definitions):
    try:
        checked = checking.check(reading.read("file.csv", saved[kind]()), *definitions)
        said = " ".join(each.message for each in checked.problems if each.stops)
    except UploadRefused as error:
        said = str(error)

    assert TOLD[kind] in said
