"""Every page, opened through the router as readers open it; and what pages may do."""

import ast
import tomllib
from itertools import product
from pathlib import Path

import pytest
from shown import tables
from streamlit.testing.v1 import AppTest

from loti_dash import catalogue, config
from loti_dash.figures import SIGNS

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
PAGES = sorted((config.ROOT / "pages").glob("*.py"))
DOMAINS = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["domain"]
    for path in sorted((config.CATALOGUE / "indicators").glob("*.toml"))
}
# These show every indicator, whichever one somebody comes from: one of each domain will do.
OF_ALL_INDICATORS = {"borough", "group"}
PARTS = {"where": "Where", "since": "Since when", "compared": "Compared with whom"}
LONDON, CITY, HACKNEY = "E12000007", "E09000001", "E09000012"


@pytest.fixture
def app(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    return AppTest.from_file(str(ROUTER), default_timeout=60).run()


def opened(app, page, **address):
    """Return the app at an address, as a link opens it."""
    app.switch_page(f"../../pages/{page}.py")
    app.query_params.clear()
    app.query_params.update(address)
    return app.run()


def words(app):
    """Return all that a page says, but for what its charts and tables say."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "text", "error")
    return "\n".join(each.value for kind in kinds for each in getattr(app, kind))


@pytest.mark.parametrize("indicator", DOMAINS)
def test_every_indicator_opens_everywhere_in_five_and_in_detailed_groups(app, indicator):
    for area, classification in product([LONDON, HACKNEY, CITY], ["5", "19"]):
        asked = {"indicator": indicator, "area": area, "classification": classification}

        opened(app, DOMAINS[indicator], **asked)

        assert not app.exception, asked
        assert not app.error, asked
        assert app.selectbox(key="indicator").value == indicator


@pytest.mark.parametrize("page", [page.stem for page in PAGES])
def test_every_page_opens_with_any_indicator_in_its_address(app, page):
    one_of_each = {domain: indicator for indicator, domain in DOMAINS.items()}.values()
    for indicator in one_of_each if page in OF_ALL_INDICATORS else DOMAINS:
        opened(app, page, indicator=indicator)

        assert not app.exception
        assert not app.error
        assert len(app.title) == 1


@pytest.mark.parametrize("page", sorted(set(DOMAINS.values())))
def test_unknown_codes_open_the_usual_view_and_are_named(app, page):
    fields = ("indicator", "area", "period", "group", "reference", "classification", "release")

    opened(app, page, **dict.fromkeys(fields, "nonsense"))

    assert not app.exception
    assert not app.error
    assert len(app.info) >= len(fields) - 1


def test_the_address_holds_every_choice(app):
    opened(app, "housing", indicator="homelessness_duty_owed", area=HACKNEY)

    kept = dict(app.query_params)
    assert kept["area"] == HACKNEY
    assert kept.keys() == {
        *("indicator", "area", "period", "group", "reference", "classification", "release")
    }
    for field in kept.keys() - {"release"}:
        assert app.selectbox(key=field).value == kept[field]


def test_choices_act_on_show_and_not_before(app):
    opened(app, "housing", indicator="homelessness_duty_owed", area=HACKNEY)

    app.selectbox(key="area").select(LONDON)
    app.run()
    assert app.query_params["area"] == HACKNEY

    app.selectbox(key="area").select(LONDON)
    app.button[0].click().run()
    assert app.query_params["area"] == LONDON
    assert "London" in words(app)


def test_the_sentence_says_what_the_address_says(app):
    opened(
        app,
        "housing",
        indicator="homelessness_duty_owed",
        area=HACKNEY,
        period="2025-Q3",
        reference="rest",
    )

    said = words(app)
    assert "Hackney" in said
    assert "July to September 2025" in said
    assert "all other ethnic groups combined" in said


def test_a_choice_is_kept_on_the_next_page(app):
    opened(app, "housing", indicator="homelessness_duty_owed", area=HACKNEY)

    opened(app, "justice")

    assert not app.info
    assert app.query_params["area"] == HACKNEY


def test_an_indicator_without_figures_says_where_to_get_them(app):
    empty = next(
        path
        for path in (config.CATALOGUE / "indicators").glob("*.toml")
        if tomllib.loads(path.read_text(encoding="utf-8"))["empty"]
    )

    opened(app, DOMAINS[empty.stem], indicator=empty.stem)

    assert "python -m loti_dash ingest" in words(app)
    assert words(app).index("Anybody can get") < words(app).index("python -m loti_dash")
    assert not app.exception


def test_all_that_limits_use_stands_in_the_open(app):
    opened(app, "justice")

    caveats = catalogue.read(config.CATALOGUE)
    box = next(each.value for each in app.markdown if "Before you use this" in each.value)
    assert caveats.statements["police_stop_and_search"].power.text in box
    assert "are counted where they happened" in box
    assert "depends on who the people of unknown ethnicity are" in box
    assert "Who is missing" in app.expander[0].label


def test_what_stands_in_the_place_of_a_finding_is_said_once_and_no_ratio_is_explained(app):
    opened(app, "justice", indicator="stop_and_search", area=CITY)

    # The words to cite repeat the headline, as they should.
    [citation] = [each.value for each in app.text if "accessed" in each.value]
    said = words(app).replace(citation, "")
    assert "about 8,600 residents" in app.header[0].value
    assert "about 8,600 residents" in citation
    assert said.count("about 8,600 residents") == 1
    assert "Counts of searches of people" in app.caption[0].value
    assert not [each.value for each in app.caption if "pale band" in each.value]
    table = tables(app)[0]
    assert set(table["Rate for every 1,000"]) == {"[x]", "[z]"}
    assert table.loc["Black", "Ratio, lowest to highest with the unknown"] == "[x]"
    assert table.loc["Black", "Count"] == "93"


def test_where_too_many_are_unknown_coverage_is_shown_instead(app):
    croydon = "E09000008"
    opened(app, "justice", indicator="stop_and_search_all_forces", area=croydon)

    assert "ethnicity is not known for 36% of searches of people" in app.header[0].value
    assert "more than the 30% above which no ratio is shown" in app.header[0].value
    assert "anywhere from 0.9 to 5.3 times" in app.header[0].value
    assert "How complete is this?" not in [each.label for each in app.expander]
    reasons, areas, periods, groups = tables(app)[:4]
    assert reasons.index.to_list() == ["Known", "Not stated", "Not recorded"]
    assert len(areas) == 34
    assert areas.loc["Croydon", "More than 30%"] == "yes"
    assert len(periods) == 11
    assert set(groups["Rate for every 1,000"]) <= {"[x]", "[z]"}
    assert "to" in groups.loc["Black", "Ratio, lowest to highest with the unknown"]
    assert "[" not in groups.loc["Black", "Count"]


def test_where_the_set_of_a_stage_is_too_little_known_there_is_no_ratio_either(app):
    hammersmith = {"area": "E09000013", "period": "2018-04"}
    opened(app, "justice", indicator="search_to_arrest", **hammersmith)

    assert "not known for" in app.header[0].value
    assert "of searches of people, more than the 30%" in app.header[0].value


def test_everywhere_else_it_can_be_asked_how_complete_figures_are(app):
    opened(app, "housing", indicator="homelessness_duty_owed", area=HACKNEY)

    further = next(each for each in app.radio if each.label == "Look further")
    further.set_value("complete").run()
    assert not app.exception
    assert "above which no ratio is shown" in words(app)

    opened(app, "housing", indicator="home_ownership", area=HACKNEY)

    further = next(each for each in app.radio if each.label == "Look further")
    assert "How complete" not in further.options


@pytest.mark.parametrize("part", ["where", "since", "compared"])
@pytest.mark.parametrize(
    "address",
    [
        {"indicator": "looked_after_children", "area": LONDON},
        {"indicator": "stop_and_search", "area": CITY},
        {"indicator": "mental_health_detentions", "area": "E92000001"},
        {"indicator": "homelessness_duty_owed", "area": HACKNEY, "classification": "19"},
        {"indicator": "child_custody", "period": "2022-04--2025-03"},
    ],
    ids=lambda address: address["indicator"],
)
def test_each_further_part_opens(app, part, address):
    opened(app, DOMAINS[address["indicator"]], **address)
    further = next(each for each in app.radio if each.label == "Look further")
    if PARTS[part] not in further.options:
        pytest.skip("this view has no ratio to compare")

    further.set_value(part).run()

    assert not app.exception
    assert not app.error


def test_detailed_groups_that_have_counts_only_are_said_to_have_them(app):
    asked = {"indicator": "homelessness_duty_owed", "classification": "19"}
    opened(app, "housing", **asked)
    usual = app.header[0].value

    opened(app, "housing", **asked, group="black_african")

    assert "White British" in usual
    assert "times" in usual
    assert "Only 2 of these 18 groups have a rate." in words(app)
    assert "No area has a ratio here, so there is no chart." in words(app)


def test_a_stock_is_dated_by_its_day_and_a_rate_says_when_people_were_counted(app):
    opened(app, "housing", indicator="temporary_accommodation")

    assert "30 September 2025" in app.header[0].value
    assert "July to September 2025" not in words(app)
    assert "households (Census Day, 21 March 2021)" in app.caption[0].value


def test_links_to_figures_are_text_that_a_narrow_screen_can_break(app):
    opened(app, "home")

    title = "Young people not in education, employment or training"
    assert f"[{title}](employment?indicator=neet_16_17)" in words(app)


def test_the_page_about_the_data_claims_no_more_than_is_so(app):
    opened(app, "data")

    assert "Most figures are official statistics" in words(app)
    assert "were typed from published pages" in words(app)


def test_the_page_about_methods_explains_signs_as_the_tables_do(app):
    opened(app, "methods")

    for meaning in SIGNS.values():
        assert meaning in words(app)


def test_the_page_about_methods_works_every_measure_out(app):
    opened(app, "methods")

    explained = catalogue.measures(config.CATALOGUE)
    assert [each.label for each in app.expander] == [each.title for each in explained.values()]
    assert words(app).count("**Worked out.**") == len(explained)
    assert "does not have the counts" not in words(app)
    assert "at least 94% of the time, in each of 168 simulated scenarios" in words(app)


def test_without_a_release_a_page_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))

    app = AppTest.from_file(str(ROUTER)).run()

    assert not app.exception
    assert "python -m loti_dash build" in words(app)


def test_a_release_that_cannot_be_read_is_said_to_be_so(tmp_path, monkeypatch):
    folder = tmp_path / "releases"
    folder.mkdir()
    (folder / "2026-01-01.1-00000000.duckdb").write_text("not a database")
    (folder / "current").write_text("2026-01-01.1-00000000")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))

    app = AppTest.from_file(str(ROUTER)).run()

    assert not app.exception
    assert "python -m loti_dash build" in words(app)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_thin(page: Path):
    assert len(page.read_text().splitlines()) <= 60, f"{page}: move work into loti_dash/"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_imports_only_the_interface(page: Path):
    tree = ast.parse(page.read_text())
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    allowed = {"streamlit", "loti_dash"}
    assert {module.split(".")[0] for module in modules} <= allowed


def test_years_together_are_offered_where_counts_are_small_and_show_the_single_ones(app):
    small = {"indicator": "homelessness_duty_owed", "area": "E09000006", "period": "2023-Q1"}
    opened(app, "housing", classification="19", **small)
    assert "October 2022 to September 2025" in words(app)

    next(button for button in app.button if "together" in button.label).click().run()

    assert not app.exception
    assert app.query_params["period"] == "2022-10--2025-09"
    assert "The single periods" in words(app)


def test_years_together_are_not_offered_where_counts_are_large(app):
    opened(app, "housing", indicator="homelessness_duty_owed", area=LONDON, period="2023-Q1")

    assert "Several years together" not in words(app)
