"""What counts, boroughs and periods in an upload mean, and what is refused."""

from datetime import date

import pytest

from loti_dash import catalogue, config
from loti_dash.upload.boroughs import area, places
from loti_dash.upload.period_words import meant, spelt
from loti_dash.upload.values import Refused, count, indicator, quoted

PLACES = places(catalogue.read(config.CATALOGUE))
TODAY = date(2026, 3, 1)


def refusal(found):
    assert isinstance(found, Refused), found
    return found.sentence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("007", 7),
        ("12.0", 12),
        ("1,234", 1234),
        ("1,234,567", 1234567),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234", 1234),
        ("1,234.00", 1234),
    ],
)
def test_a_whole_number_is_read_with_and_without_marks_for_thousands(text, value):
    assert count(text, decimal_comma=False) == value


@pytest.mark.parametrize(
    ("text", "value"), [("1.234", 1234), ("12,0", 12), ("1.234,00", 1234), ("1 234", 1234)]
)
def test_where_decimals_follow_a_comma_points_part_thousands(text, value):
    assert count(text, decimal_comma=True) == value


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("[c]", "suppressed"),
        ("[C]", "suppressed"),
        ("c", "suppressed"),
        ("*", "suppressed"),
        ("<5", "suppressed"),
        ("< 10", "suppressed"),
        ("[x]", "not_available"),
        ("..", "not_available"),
        (":", "not_available"),
        ("[z]", "not_applicable"),
    ],
)
def test_a_symbol_says_why_there_is_no_count(text, status):
    assert count(text, decimal_comma=False) == status


@pytest.mark.parametrize(
    ("text", "decimal_comma", "words"),
    [
        ("", False, "The cell is empty"),
        ("-", False, "means 0 in some files and withheld in others"),
        ("–", False, "means 0 in some files and withheld in others"),
        ("12%", False, "is a share, not a count"),
        ("-3", False, "is below 0"),
        ("(3)", False, "is below 0"),
        ("1e3", False, "digits may be lost"),
        ("1.2E+05", False, "digits may be lost"),
        ("12.5", False, "is not a whole number"),
        ("12,5", True, "is not a whole number"),
        ("12.000", False, "as 12 and decimals, or as 12000"),
        ("1.234", False, "as 1 and decimals, or as 1234"),
        ("1,234", True, "as 1 and decimals, or as 1234"),
        ("12,34", False, "is not a count"),
        ("1,2345", False, "is not a count"),
        ("1.234.567", False, "is not a count"),
        ("+5", False, "is not a count"),
        ("twelve", False, "is not a count"),
        ("n/a", False, "is not a count"),
        ("<5 people", False, "is not a count"),
        ("٣", False, "is not a count"),
        ("²", False, "is not a count"),
        ("12²", False, "is not a count"),
        ("１２", False, "is not a count"),
        ("999999999999", False, "more than a borough can count"),
        ("9" * 5000, False, "more than a borough can count"),
    ],
)
def test_what_can_be_read_in_two_ways_or_in_none_is_no_count(text, decimal_comma, words):
    assert words in refusal(count(text, decimal_comma))


def test_a_message_quotes_no_more_than_a_line_of_a_cell():
    assert len(quoted("a" * 5000)) == 60


def test_an_id_of_an_indicator_is_read_as_it_stands_and_never_changed():
    assert indicator("search_to_arrest") == "search_to_arrest"
    assert "search_to_arrest" in refusal(indicator("Search to arrest"))
    for wrong in ("", "2020_searches", "_a", "a" * 61, "naïve"):
        assert isinstance(indicator(wrong), Refused)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E09000012", "E09000012"),
        ("e09000012", "E09000012"),
        ("Hackney", "E09000012"),
        ("HACKNEY", "E09000012"),
        ("London Borough of Hackney", "E09000012"),
        ("LB Hackney", "E09000012"),
        ("Kensington & Chelsea", "E09000020"),
        ("Royal Borough of Kensington and Chelsea", "E09000020"),
        ("Kingston-upon-Thames", "E09000021"),
        ("City of London", "E09000001"),
        ("City of Westminster", "E09000033"),
        ("Westminster", "E09000033"),
    ],
)
def test_a_borough_is_read_by_code_or_name(text, code):
    assert area(text, PLACES) == code


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("London", "is London, not a borough"),
        ("Greater London", "is London, not a borough"),
        ("E92000001", "is England, not a borough"),
        ("E23000001", "is Metropolitan Police, not a borough"),
        ("Hackny", "The closest known: Hackney."),
        ("Kingston", "no London borough"),
        ("E09000034", "no London borough"),
        ("Leeds", "no London borough"),
        ("", "There is no borough"),
    ],
)
def test_no_other_place_is_a_borough_and_none_is_guessed(text, words):
    assert words in refusal(area(text, PLACES))


@pytest.mark.parametrize(
    ("text", "id_", "kind"),
    [
        ("2021", "2021", "year"),
        ("2023-24", "2023-24", "split_year"),
        ("2023/24", "2023-24", "split_year"),
        ("2023/2024", "2023-24", "split_year"),
        ("2009-2010", "2009-10", "split_year"),
        ("FY2023/24", "2023-24", "financial_year"),
        ("FY 2009-10", "2009-10", "financial_year"),
        ("AY2023/24", "2023-24", "academic_year"),
        ("Apr 2023 - Mar 2024", "2023-24", "financial_year"),
        ("Apr 23 - Mar 24", "2023-24", "financial_year"),
        ("Apr-23 – Mar-24", "2023-24", "financial_year"),
        ("April 2023 to March 2024", "2023-24", "financial_year"),
        ("1 April 2023 to 31 March 2024", "2023-24", "financial_year"),
        ("Year ending March 2024", "2023-24", "financial_year"),
        ("year ending December 2024", "2024", "year"),
        ("year ending 31 March 2024", "2023-24", "financial_year"),
        ("Jan 2024 - Dec 2024", "2024", "year"),
        ("Sep 2023 - Aug 2024", "2023-09--2024-08", "span"),
        ("2021-12--2022-11", "2021-12--2022-11", "span"),
        ("2023-Q3", "2023-Q3", "quarter"),
        ("Jan-Mar 2024", "2024-Q1", "quarter"),
        ("January to March 2024", "2024-Q1", "quarter"),
        ("Oct 2023 - Dec 2023", "2023-Q4", "quarter"),
        ("Q1 2024/25", "2024-Q2", "quarter"),
        ("Q4 2024/25", "2025-Q1", "quarter"),
        ("2024-25 Q3", "2024-Q4", "quarter"),
        ("2024-03", "2024-03", "month"),
        ("March 2024", "2024-03", "month"),
        ("Mar-24", "2024-03", "month"),
        ("SEPT 2024", "2024-09", "month"),
        ("October 2009", "2009-10", "month"),
        ("2019-03-31", "2019-03-31", "day"),
        ("31 March 2019", "2019-03-31", "day"),
        ("31st Mar 2019", "2019-03-31", "day"),
        ("2019-03-31 00:00:00", "2019-03-31", "day"),
    ],
)
def test_a_period_is_read_as_analysts_write_it_and_read_back_as_we_write_it(text, id_, kind):
    found = meant(text, TODAY)
    assert (found.period_id, found.kind) == (id_, kind)
    again = meant(spelt(id_, kind), TODAY)
    assert (again.period_id, again.kind) == (id_, kind)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2009-10", "Write October 2009, or Apr 2009 - Mar 2010, or 2009-2010"),
        ("year ending 05 April 2024", "does not end with a month"),
        ("Q1 2024", "Write Jan-Mar 2024 or Apr-Jun 2024"),
        ("2024 Q1", "Write Jan-Mar 2024 or Apr-Jun 2024"),
        ("2024Q4", "Write Oct-Dec 2024 or Jan-Mar 2025"),
        ("Q4 2024", "Write Oct-Dec 2024 or Jan-Mar 2025"),
        ("01/04/2023", "can be read as two days"),
        ("1.4.23", "can be read as two days"),
        ("45017", "a date as a number of days"),
        ("Oct-Mar 2024", "needs two years"),
        ("Mar 2024 - Apr 2023", "ends before it begins"),
        ("15 April 2023 to 31 March 2024", "not made of whole months"),
        ("1999", "before 2000"),
        ("1998-99", "before 2000"),
        ("2027", "still to come"),
        ("Mar-99", "still to come"),
        ("9999", "still to come"),
        ("2021-25", "is not understood"),
        ("2024-13", "is not understood"),
        ("2024-02-30", "is not understood"),
        ("0000-00-00", "before 2000"),
        ("Jan 0000 - Dec 0000", "is not understood"),
        ("24-Mar", "is not understood"),
        ("last year", "is not understood"),
        ("{found}", "is not understood"),
        ("", "There is no period"),
    ],
)
def test_a_period_that_can_be_two_or_none_is_refused_with_how_to_write_it(text, words):
    assert words in refusal(meant(text, TODAY))
