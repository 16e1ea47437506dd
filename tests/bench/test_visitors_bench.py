"""The benchmark of many visitors: what it makes of what was seen, and a few seconds of it."""

import pytest
from whole import by_hand

from loti_dash.bench import visitors
from loti_dash.bench.visitors import Seen


def test_growth_is_that_after_the_first_minute_and_errors_are_counted():
    seen = Seen([1.0] * 19 + [9.0], [0.1, 0.2, 0.3], ["refused"], [400.0, 420.0, 410.0])

    found = visitors.figures(seen, minutes=0.5)

    assert found["pages a second"] == pytest.approx(20 / 30)
    assert found["page, median s"] == 1
    assert found["errors (aim: 0)"] == 1
    assert found["the first error"] == "refused"
    assert found["growth after the first minute, % (aim: under 5.0)"] == pytest.approx(5)
    assert found["memory by the minute, MB"] == "400 420 410"


@by_hand
def test_a_few_visitors_find_no_error(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    monkeypatch.setattr(visitors, "READING_SECONDS", 0.3)
    monkeypatch.setattr(visitors, "_BEFORE", 4)
    monkeypatch.setattr(visitors, "_AT_ONCE", 1)
    monkeypatch.setattr(visitors, "PAGES", 3)

    found = visitors.measure(visitors=2, minutes=0.08)

    assert found["errors (aim: 0)"] == 0, found["the first error"]
    assert found["pages drawn"] >= 2
