"""The page of what to look at: sentences, tables and links for a place and two releases."""

import re

import pytest
from looked import HACKNEY, releases_in
from shown import tables
from streamlit.testing.v1 import AppTest

from loti_dash import config, releases
from loti_dash.looking import pairs, texts
from loti_dash.looking.answer import answer

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return releases_in(tmp_path_factory.mktemp("changed"))


@pytest.fixture
def two(built, monkeypatch):
    """Return the names of both releases."""
    monkeypatch.setenv("LOTI_HOME", str(built))
    monkeypatch.delenv("LOTI_RELEASES", raising=False)
    return pairs.pair(built / "releases")


def opened(page="changed", **params):
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    app.switch_page(str(config.ROOT / "pages" / f"{page}.py"))
    app.query_params.update(params)
    app.run()
    assert not app.exception
    return app


def words(app):
    kinds = ("title", "header", "subheader", "markdown", "info", "caption")
    return "\n".join(str(each.value) for kind in kinds for each in getattr(app, kind))


def test_the_page_says_every_change_with_how_much_was_looked_at_and_cautions(two):
    app = opened(area=HACKNEY)

    found = answer(releases.open_(two[0]), releases.open_(two[1]), HACKNEY)
    said = words(app)
    assert app.header[0].value == texts.summary(found.catalogues[1], found.looked)
    for line in texts.looked_at(found.looked):
        assert line in said
    for each, moved in zip(found.looked.changes, found.moves, strict=True):
        assert texts.sentence(*found.catalogues, each, moved) in said
    assert "This shows differences. It does not show why." in said
    assert "Entry to care is a decision of the council or a court." in said
    assert [each.value for each in app.subheader][:6] == [
        "Turned round: 1",
        "Became clear: 3",
        "No longer clear: 3",
        "As clear as before, on corrected figures: 4",
        "New comparisons: 1",
        "No longer there: 1",
    ]
    assert f"(feeds/{HACKNEY}.atom)" in said
    rows = sum(len(table) for table in tables(app))
    assert rows == len(found.looked.changes)


def test_the_address_names_the_place_and_both_releases(two):
    app = opened()

    assert app.query_params == {"area": HACKNEY, "since": two[0], "release": two[1]}
    again = opened(area=HACKNEY, since=two[0], release=two[1])
    assert words(again) == words(app)


def test_every_link_of_a_table_opens_the_view_it_names(two):
    links = [
        re.fullmatch(r"\[(.+)\]\((\w+)\?(.+)\)", cell).groups()
        for table in tables(opened(area=HACKNEY))
        for head in ("Period then", "Period now")
        if head in table
        for cell in table[head]
    ]
    assert len(links) == 24

    for label, page, query in links[:2]:
        params = dict(pair.split("=") for pair in query.split("&"))
        shown = opened(page, **params)
        assert shown.query_params == params
        assert label in words(shown)
        assert not any("Shown:" in each.value for each in shown.info)


def test_what_the_address_asks_and_there_is_not_is_said_in_a_line(two):
    app = opened(area="E09000099", since="2020-01-01.1-00000000", release=two[1])

    said = [each.value for each in app.info]
    assert f"The earlier release has to be one before the later. Shown: {two[0]}." in said
    assert "There are no figures for “E09000099” here. Shown: Hackney." in said
    assert opened(area="<b>", since=two[1]).header[0].value == app.header[0].value


def test_of_the_first_release_the_page_says_that_nothing_was_before(two):
    app = opened(area=HACKNEY, release=two[0])

    assert app.header[0].value == "There is nothing to set this release against"
    assert two[0] in words(app)
    assert not tables(app)


def test_other_releases_are_chosen_in_the_form_and_kept_in_the_address(two):
    app = opened(area=HACKNEY)
    app.selectbox(key="release").set_value(two[0])
    next(each for each in app.button if each.label == "Show").click()
    app.run()

    assert not app.exception
    assert app.query_params["release"] == two[0]
    assert app.header[0].value == "There is nothing to set this release against"
