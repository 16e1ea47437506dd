"""Files about single people are refused, and what is in them goes nowhere."""

import hashlib
import io
import logging
import pickle
import traceback

import pytest
from upload import files

from loti_dash.errors import UploadRefused
from loti_dash.upload import people
from loti_dash.upload.reading import read
from loti_dash.upload.records import RecordLevel

# Numbers and names that the authorities keep for examples, or that were made for this test.
NHS = "943 476 5919"
UPN = "A123456789012"
HEADER = f"{files.HEADER},note\n"
ROW = "fines,Camden,2023-24,Asian,12,30100"
BLACK = "fines,Camden,2023-24,Black,31,18200"


def refused(content):
    with pytest.raises(RecordLevel) as error:
        read("figures.csv", content if isinstance(content, bytes) else content.encode())
    return error.value


def with_column(heading, value):
    return f"{files.HEADER},{heading}\n{ROW},{value}\n{BLACK},\n"


def with_note(value):
    return with_column("note", value)


@pytest.mark.parametrize(
    ("content", "rule", "columns", "planted"),
    [
        (with_column("Surname", "Sharpe"), "heading about a person", "G", "Sharpe"),
        (with_column("client_name", "Sharpe"), "heading about a person", "G", "Sharpe"),
        (with_column("D.O.B.", "31 Mar 1990"), "heading about a person", "G", "31 Mar 1990"),
        (with_column("Home Address", "Flat 7"), "heading about a person", "G", "Flat 7"),
        (with_column("Case ID", "HX-77-4"), "heading about a person", "G", "HX-77-4"),
        (with_column("Pupil-Ref", "HX-77-4"), "heading about a person", "G", "HX-77-4"),
        (with_column("NI number", "none"), "heading about a person", "G", "none"),
        (with_column("UPRN", "10007"), "heading about a person", "G", "10007"),
        (with_note("ask j.sharpe@example.org"), "e-mail address", "G", "j.sharpe"),
        (with_note("call 020 7946 0958"), "telephone number", "G", "7946"),
        (with_note("call +44 7700 900123"), "telephone number", "G", "900123"),
        (with_note("lives at nw1 4ns"), "full postcode", "G", "nw1"),
        (with_note("AB 12 34 56 C"), "National Insurance number", "G", "34 56"),
        (with_note(UPN), "unique pupil number", "G", UPN),
        (with_note(NHS), "NHS number", "G", "5919"),
        (with_note("born 1.4.1987"), "date of birth", "G", "1987"),
        (
            f"{HEADER}{ROW.replace('Camden', 'E01000907')},\n",
            "area below borough",
            "B",
            "E01000907",
        ),
        (f"{HEADER}{ROW.replace('2023-24', '01/04/2023')},\n", "date of birth", "C", "01/04"),
        (f"{HEADER}{ROW.replace('fines', NHS)},\n", "NHS number", "A", "5919"),
        (f"{HEADER}{ROW.replace('Asian', 'NW14NS')},\n", "full postcode", "D", "NW14NS"),
        # Where nothing of the table stands: above it, under it, beyond it, without a header.
        (f"Client 020 7946 0958\n{HEADER}{ROW},\n", "telephone number", "A", "7946"),
        (f"{HEADER}{ROW},\nMade by j.sharpe@example.org\n", "e-mail address", "A", "sharpe"),
        (f"{HEADER}{ROW},,NW1 4NS\n", "full postcode", "H", "NW1"),
        (f"Sharpe,{NHS}\nBlunt,\n", "NHS number", "B", "5919"),
        ("Forename,Surname\nJo,Sharpe\n", "heading about a person", "AB", "Sharpe"),
        # Written so that a plain look overlooks it.
        (with_note("９４３ ４７６ ５９１９"), "NHS number", "G", "５９１９"),
        (with_note("020\u00a07946\u00a00958"), "telephone number", "G", "7946"),
        (with_note('"line one\nNW1 4NS"'), "full postcode", "G", "NW1"),
        (with_note(NHS).encode("utf-16"), "NHS number", "G", "5919"),
        (with_note(f"É {NHS}").encode("cp1252"), "NHS number", "G", "5919"),
    ],
)
def test_a_record_of_a_person_is_refused_by_rule_and_column(content, rule, columns, planted):
    error = refused(content)
    assert error.rule == rule
    assert error.columns == tuple(columns)
    assert all(f"{rule} in column {letter}" in str(error) for letter in columns)
    nowhere(planted, error)


def nowhere(planted, error):
    """Fail if a text stands in anything that is shown, logged or kept of an error."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logger = logging.getLogger("test of the detector")
    logger.addHandler(handler)
    logger.error("refused", exc_info=error)
    logger.removeHandler(handler)
    assert error.__context__ is None
    assert error.__cause__ is None
    of_reading = [
        frame for frame, _ in traceback.walk_tb(error.__traceback__) if "loti_dash" in str(frame)
    ]
    said = [
        str(error),
        repr(error),
        repr(vars(error)),
        "".join(traceback.format_exception(error)),
        written.getvalue(),
        *(repr(frame.f_locals) for frame in of_reading),
    ]
    assert not [each for each in said if planted in each]


def test_all_rules_that_hold_are_said_at_once_with_what_the_audit_keeps():
    content = f"{HEADER.replace('note', 'Email')}{ROW},j@example.org\n{BLACK},NW1 4NS\n"
    error = refused(content)
    assert error.rule == "heading about a person, e-mail address, full postcode"
    assert error.columns == ("G",)
    assert error.rows == 2
    assert error.sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert str(error).startswith(
        "The file looks like records of single people, which must not be uploaded: "
        "heading about a person in column G ('Email'); e-mail address in column G ('Email'); "
        "full postcode in column G ('Email'). Upload counts: "
    )


def test_a_heading_that_is_a_value_itself_is_not_repeated():
    error = refused(with_column("NW1 4NS", "12"))
    assert "full postcode in column G." in str(error)
    nowhere("NW1", error)


def test_a_day_as_a_period_is_refused_with_how_periods_are_written():
    error = refused(files.PLAIN.replace("2023-24", "31/03/2024"))
    assert "write periods as 2023-24, 2024-03 or April 2023 to March 2024" in str(error)


def test_a_file_without_counts_is_refused():
    error = refused("indicator,area,period,ethnic group\nfines,Camden,2023-24,Asian\n")
    assert error.rule == "no column of counts"
    assert error.columns == ()
    assert "under the heading 'numerator', 'count' or 'number'" in str(error)


def of_counts(counts):
    """Return a file of a count for each month, as many as there are."""
    months = [f"{2000 + n // 12}-{n % 12 + 1:02}" for n in range(len(counts))]
    rows = [f"fines,Camden,{month},Asian,{n}" for month, n in zip(months, counts, strict=True)]
    return "\n".join(["indicator,area,period,ethnicity,count", *rows, ""])


@pytest.mark.parametrize("one", ["1", "1.0", "1.00"])
def test_counts_that_are_nearly_all_one_are_refused(one):
    error = refused(of_counts([one] * 39 + ["2"]))
    assert error.rule == "counts nearly all 1"
    assert error.columns == ("E",)


@pytest.mark.parametrize(
    "counts",
    [
        ["1"] * 19,  # fewer than 20 rows
        ["1"] * 38 + ["2"] * 2,  # 95% and not over it
        ["1,000"] * 40,
        ["10"] * 40,
    ],
    ids=["few rows", "not over 95%", "thousands", "tens"],
)
def test_few_or_other_counts_are_not_taken_for_single_people(counts):
    quoted = [f'"{count}"' for count in counts]
    assert len(read("a.csv", of_counts(quoted).encode()).cells) == len(counts)


def test_more_rows_than_combinations_are_refused():
    error = refused(f"{files.HEADER}\n{ROW}\n{BLACK}\n{ROW}\n")
    assert error.rule == "more rows than combinations"
    assert "sex or age, add them up" in str(error)


def test_rows_that_repeat_others_throughout_are_refused():
    # 20 months twice and one group more: fewer rows than 20 x 2 = 40 combinations and 1 more.
    once = of_counts(["7"] * 20)
    again = "".join(once.splitlines(keepends=True)[1:11])
    assert refused(f"{once}{again}fines,Camden,2000-01,Black,7\n").rule == (
        "more rows than combinations"
    )


def test_a_single_row_twice_is_left_to_the_checks():
    once = of_counts(["7"] * 30)
    sheet = read("a.csv", f"{once}fines,Camden,2000-01,Asian,7\n{BLACK[:-6]}\n".encode())
    assert len(sheet.cells) == 32


def test_cells_left_empty_by_merging_are_not_taken_for_repeated_rows():
    rows = [
        f"fines,{area},2023-24,{group},7"
        for area in ("Camden", "Barnet", "Brent", "Bexley", "Ealing")
        for area, group in zip(
            (area, "", "", "", ""), "Asian Black Mixed Other White".split(), strict=True
        )
    ]
    content = "\n".join(["indicator,area,period,ethnicity,count", *rows, ""])
    assert len(read("a.csv", content.encode()).cells) == 25


@pytest.mark.parametrize(
    "cell",
    [
        "E09000007",
        "E12000007",
        "2023-24",
        "2023/24",
        "2021-12--2022-10",
        "2019-03-31",
        "2024-04-01 00:00:00",
        "Apr 2023 - Mar 2024",
        "31 March 2024",
        "Q1 2024/25",
        "1st April 2023 to 31st March 2024",
        "1234567890",  # ten digits whose last is not the check digit
        "1,234,567",
        "1.234.567,89",
        "12.0207946095",  # decimals like a telephone number
        "0.9434765919",  # decimals like an NHS number
        "White: English, Welsh, Scottish, Northern Irish or British",
        "Asian or Asian British - Any other Asian background",
        "[c]",
        "<5",
        "KS4",
        "H-CLIC table A8",
        "see table 3, revised @ March",
    ],
)
def test_counts_codes_and_periods_are_not_mistaken(cell):
    assert [rule for rule in people.RULES if people.holds(rule, cell)] == []
    sheet = read("figures.csv", with_note(f'"{cell}"').encode())
    assert list(sheet.cells["note"]) == [cell, ""]


def test_no_column_of_the_list_is_headed_like_one_about_a_person():
    for heading in ("Area name", "LA name", "Ethnic group name", "Number", "Notes", "Year ending"):
        assert not people.is_heading_of_person(heading)


def test_a_long_text_without_blanks_is_looked_through_in_no_time():
    long = "é" * 500_000
    assert list(read("a.csv", with_note(long).encode()).cells["note"]) == [long, ""]
    assert refused(with_note(f"{long}@example.org")).rule == "e-mail address"


def test_other_refusals_are_not_about_people():
    with pytest.raises(UploadRefused) as error:
        read("figures.csv", with_column("Remarks on method and rate", "12").encode())
    assert not isinstance(error.value, RecordLevel)


def test_a_refusal_can_be_sent_between_processes_without_the_file():
    assert b"Sharpe" not in pickle.dumps(vars(refused(with_column("Surname", "Sharpe"))))
