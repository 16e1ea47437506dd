from datetime import date

import pytest

from loti_dash.errors import LotiError
from loti_dash.periods import on_its_last_day, parts_of, period


@pytest.mark.parametrize(
    ("id_", "calendar", "starts", "ends", "label", "kind"),
    [
        ("2021", "census_day", (2021, 3, 21), (2021, 3, 21), "Census Day, 21 March 2021", "year"),
        ("2011", "census_day", (2011, 3, 27), (2011, 3, 27), "Census Day, 27 March 2011", "year"),
        ("2013", "calendar", (2013, 1, 1), (2013, 12, 31), "2013", "year"),
        ("2025", "30_september", (2025, 9, 30), (2025, 9, 30), "30 September 2025", "year"),
        ("2023-24", "financial", (2023, 4, 1), (2024, 3, 31), "April 2023 to March 2024", "year"),
        ("2009-10", "calendar", (2009, 10, 1), (2009, 10, 31), "October 2009", "month"),
        ("2009-10", "financial", (2009, 4, 1), (2010, 3, 31), "April 2009 to March 2010", "year"),
        ("2023-Q3", "calendar", (2023, 7, 1), (2023, 9, 30), "July to September 2023", "quarter"),
        ("2020-02", "calendar", (2020, 2, 1), (2020, 2, 29), "February 2020", "month"),
        ("2019-03-31", "calendar", (2019, 3, 31), (2019, 3, 31), "31 March 2019", "day"),
        (
            *("2021-12--2022-10", "calendar", (2021, 12, 1), (2022, 10, 31)),
            *("December 2021 to October 2022", "span"),
        ),
    ],
)
def test_a_period_is_read_by_the_calendar_of_its_series(id_, calendar, starts, ends, label, kind):
    found = period(id_, calendar)
    assert (found.starts, found.ends) == (date(*starts), date(*ends))
    assert (found.label, found.kind) == (label, kind)


def test_an_academic_year_is_september_to_august():
    assert period("2023-24", "academic").label == "September 2023 to August 2024"


@pytest.mark.parametrize("wrong", ["", "2023/24", "23-24", "2023-13", "2023-Q5", "last year"])
def test_what_is_no_period_is_an_error_that_says_how_periods_are_written(wrong):
    with pytest.raises(LotiError, match=r"month|period"):
        period(wrong)


def test_a_stock_is_of_the_last_day_of_its_quarter_and_keeps_the_id():
    quarter = on_its_last_day(period("2025-Q3"))
    assert quarter.id == "2025-Q3"
    assert quarter.label == "30 September 2025"
    assert quarter.starts == quarter.ends == date(2025, 9, 30)


def test_the_months_of_a_span_cross_the_year():
    assert parts_of("2018-11--2019-02", "months") == ["2018-11", "2018-12", "2019-01", "2019-02"]
