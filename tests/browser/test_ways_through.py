"""From a question to its answer, as somebody goes who knows only the question."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_three_choices_lead_to_which_boroughs_how_sure_and_whether_it_changed(visit):
    """Which boroughs look after Black children at a higher rate than White children, and so on."""
    page = visit("/")

    # First choice: the indicator, under the outcome that it serves.
    address = page.get_by_role("link", name="Children looked after by the council").first
    page = visit("/" + address.get_attribute("href").rpartition("/")[2])

    # Which boroughs, and how sure: said in the heading, drawn, and in the table.
    where = page.get_by_role("heading", name=re.compile(r"^Black: higher rate than White in \d+"))
    assert where.is_visible()
    assert re.search(r"cannot tell in \d+", where.inner_text())

    # Second choice: has it changed?
    page.get_by_text("Since when", exact=True).click()
    changed = page.get_by_role("heading", name=re.compile("^Between 31 March 2021 and 31 March"))
    changed.wait_for()
    assert re.search(r"(rose|fell|cannot tell whether the ratio)", changed.inner_text()), (
        changed.inner_text()
    )
