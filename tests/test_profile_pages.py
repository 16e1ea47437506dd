"""The pages of one area and of one group, opened through the router as readers open them."""

import pytest
from copy_lint import offences
from shown import tables
from streamlit.testing.v1 import AppTest
from whole import WHOLE, some

from loti_dash import catalogue, config
from loti_dash.profile_choices import areas, detailed, five

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
CATALOGUE = catalogue.read(config.CATALOGUE)
LONDON, CITY, HACKNEY, RICHMOND = "E12000007", "E09000001", "E09000012", "E09000027"
GYPSY = "white_gypsy_irish_traveller"


@pytest.fixture
def app(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    return AppTest.from_file(str(ROUTER), default_timeout=60).run()


def opened(app, page, **address):
    app.switch_page(f"../../pages/{page}.py")
    app.query_params.clear()
    app.query_params.update(address)
    return app.run()


def words(app):
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "text", "error")
    return "\n".join(each.value for kind in kinds for each in getattr(app, kind))


def test_every_area_opens_for_one_group_or_for_all_five(app):
    for number, area in enumerate(some(areas(CATALOGUE))):
        for group in [("other", "all_five")[number % 2]]:
            opened(app, "borough", area=area, group=group)

            assert not app.exception, (area, group)
            assert not app.error, (area, group)
            assert not app.info, (area, group)
            name = CATALOGUE.areas[area].name
            assert name in app.header[0].value
            assert len(tables(app)) == 1
            assert app.selectbox(key="area").value == area
            assert not offences(words(app))


def test_every_group_five_and_detailed_opens(app, release):
    groups = five(CATALOGUE) + detailed(CATALOGUE, release.choices)
    assert len(groups) > 25
    without = 0
    for group in some(groups):
        opened(app, "group", group=group)

        assert not app.exception, group
        assert not app.error, group
        # Who is nowhere counted on both sides of a rate has no table, and is told why.
        ratios = len(tables(app)) > 0
        assert ratios != ("There is no ratio for this group" in app.header[0].value), group
        assert ratios or "No ratio in any borough: " in words(app), group
        assert all(len(table) == 34 for table in tables(app)), group
        without += not ratios
        assert app.selectbox(key="group").value == group
        assert not offences(words(app))
    # All groups together have some without; of every third there may be none.
    assert (0 if WHOLE else -1) < without < 6


@pytest.mark.parametrize("reference", ["white", "white_british", "rest", "all"])
def test_every_reference_opens(app, reference):
    for page, group in (("borough", "all_five"), ("group", GYPSY)):
        opened(app, page, area=HACKNEY, group=group, reference=reference)

        assert not app.exception
        assert not app.info
        assert app.query_params["reference"] == reference


@pytest.mark.parametrize(
    ("page", "fields"),
    [("borough", ("area", "group", "reference")), ("group", ("group", "reference"))],
)
def test_unknown_codes_open_the_usual_view_and_are_named(app, page, fields):
    opened(app, page, **dict.fromkeys((*fields, "release"), "nonsense"))

    assert not app.exception
    assert not app.error
    named = [info.value for info in app.info if "“nonsense”" in info.value]
    assert len(named) == len(fields)
    assert app.query_params["group"] == "black"
    assert app.query_params.keys() == {*fields, "release"}


def test_the_address_holds_every_choice_and_choices_act_on_show(app):
    opened(app, "borough", area=HACKNEY)
    assert dict(app.query_params).keys() == {"area", "group", "reference", "release"}

    app.selectbox(key="group").select("all_five")
    app.run()
    assert app.query_params["group"] == "black"

    app.selectbox(key="group").select("all_five")
    app.button[0].click().run()
    assert app.query_params["group"] == "all_five"
    assert "The five groups, each compared with White" in words(app)


def test_a_place_is_kept_on_other_pages_and_a_choice_they_do_not_have_is_not(app):
    opened(app, "borough", area=HACKNEY, group="all_five", reference="rest")

    opened(app, "housing")

    assert not app.info
    assert app.query_params["area"] == HACKNEY
    assert app.query_params["group"] == "black"
    assert app.query_params["reference"] == "rest"

    opened(app, "group", group=GYPSY)
    opened(app, "borough")

    assert not app.info
    assert app.query_params["area"] == HACKNEY


def test_what_a_domain_page_withholds_is_withheld_and_the_reason_given(app):
    opened(app, "borough", area=CITY)

    table = tables(app)[0]
    searches = next(head for head in table.index if "indicator=stop_and_search&" in head)
    assert table.loc[searches, "Ratio"] == "[x]"
    assert table.loc[searches, "Rate"] == "[x]"
    assert "about 8,600 residents" in words(app)
    assert "Published only for Westminster with the City of London together." in words(app)

    opened(app, "group")

    assert tables(app)[0].loc["City of London"].str.contains("no ratio").sum() >= 3


def test_the_sentence_of_an_indicator_counts_the_cells_of_its_column(app):
    opened(app, "group")

    lists = [each.value for each in app.markdown if each.value.startswith("- **")]
    sentences = [line for of in lists for line in of.splitlines() if " of 33 boroughs" in line]
    columns = [(head, table[head].drop("London")) for table in tables(app) for head in table]
    assert len(sentences) == len(columns) == 19
    for sentence, (head, cells) in zip(sentences, columns, strict=True):
        title = head[1 : head.index("]")]
        assert title in sentence
        higher = int(cells.str.contains("▲").sum())
        tell = int(cells.str.contains("?", regex=False).sum())
        assert (f"igher than the White rate in {higher}" in sentence) == (higher > 0)
        assert (f"annot tell in {tell}" in sentence) == (tell > 0)


def test_different_indicators_are_said_not_to_be_added_up(app):
    for page in ("borough", "group"):
        opened(app, page)

        box = next(each.value for each in app.markdown if "Before you use this" in each.value)
        assert "not to be added up or averaged" in box.splitlines()[2]
        assert "It does not show why." in words(app)


def test_where_two_councils_publish_together_the_one_without_figures_says_so(app):
    opened(app, "borough", area=RICHMOND)

    together = "Published only for Kingston upon Thames with Richmond upon Thames together."
    assert words(app).count(together) == 3
