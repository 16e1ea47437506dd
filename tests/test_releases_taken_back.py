"""What was taken back, releases and series: its figures for nobody, and the why for everybody."""

import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pandas as pd
import pytest
from conftest import drawn
from shown import tables
from streamlit.testing.v1 import AppTest

from loti_dash import analysis, build, catalogue, config, notices, releases, worked_examples
from loti_dash.__main__ import main
from loti_dash.errors import ReleaseError, ReleaseWithdrawn, SeriesWithdrawn, UnknownCode
from loti_dash.export.observations import observations_behind
from loti_dash.notices import Notice
from loti_dash.profile import profile
from loti_dash.stage_choices import StageSelection, honoured
from loti_dash.store import Store
from loti_dash.ui.withdrawn import while_served

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
DUTY, DUTIES, HOUSEHOLDS = (
    "homelessness_duty_owed",
    "homelessness_duties_owed",
    "census_2021_households",
)
HACKNEY = "E09000012"
FIGURES = """
    series                            | period  | area      | group         | value | status
    homelessness_duties_owed          | 2025-Q3 | E09000012 | white_british |    40 | ok
    homelessness_duties_owed          | 2025-Q3 | E09000012 | black_african |  {}   | ok
    census_2021_households            | 2021    | E09000012 | white_british |   400 | ok
    census_2021_households            | 2021    | E09000012 | black         |   300 | ok
    census_2021_households_owned      | 2021    | E09000012 | white_british |   123 | ok
    census_2021_households_owned      | 2021    | E09000012 | black         |    61 | ok
"""


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Return a folder of three releases, in which one count is 30, 31 and 32."""
    place = tmp_path_factory.mktemp("three")
    shutil.copytree(config.CATALOGUE, place / "data" / "catalogue")
    (place / "data" / "observations").mkdir()
    for count in (30, 31, 32):
        for series, rows in drawn(FIGURES.format(count)).groupby("series_id"):
            rows.to_csv(place / "data" / "observations" / f"{series}.csv", index=False)
        note = f"with {count}"
        build.build(place / "data", place / "releases", note=note, say=lambda _: None)
    return place / "releases"


@pytest.fixture
def folder(three, tmp_path, monkeypatch):
    """Return a copy of that folder, from which releases are read."""
    shutil.copytree(three, tmp_path / "releases")
    monkeypatch.setenv("LOTI_RELEASES", str(tmp_path / "releases"))
    return tmp_path / "releases"


def day(of):
    return f"{of.day} {of:%B %Y}"


def today():
    return day(datetime.now(UTC).date())


def count(store):
    table = analysis.compare(store, DUTY, "2025-Q3")
    return table.set_index("group_code").loc["black", "numerator"]


def test_rolled_back_an_earlier_release_is_current_and_the_notice_says_why(folder):
    first, second, third = releases.names(folder)

    releases.roll_back(first, "two boroughs were swapped.")

    assert releases.current_name(folder) == first
    assert count(releases.open_()) == 30
    assert count(releases.open_(third)) == 32
    [notice] = notices.all_(folder)
    assert notices.words(notice) == (
        f"The release {first} was made the current one again, in place of {third}, on {today()} "
        "because two boroughs were swapped."
    )
    assert (notice.kind, notice.until_release) == ("rolled_back", third)
    with pytest.raises(ReleaseError, match="not earlier"):
        releases.roll_back(second, "it was right after all")
    assert releases.current_name(folder) == first


def test_what_there_is_not_and_no_reason_change_nothing(folder):
    first, _, third = releases.names(folder)
    for taken_back in (releases.roll_back, releases.withdraw):
        with pytest.raises(UnknownCode, match="2020-01-01"):
            taken_back("2020-01-01.1-00000000", "it was wrong")
        with pytest.raises(ReleaseError, match="Say why"):
            taken_back(first, "  ")
    with pytest.raises(ReleaseError, match="Say why"):
        releases.withdraw_series(DUTIES, "")
    with pytest.raises(UnknownCode, match="nonsense"):
        releases.withdraw_series("nonsense", "it was wrong")

    assert notices.all_(folder) == []
    assert releases.current_name(folder) == third


def test_a_withdrawn_release_opens_for_nobody_and_the_one_before_is_current(folder):
    first, second, third = releases.names(folder)
    kept = releases.open_(third)
    assert count(kept) == 32

    releases.withdraw(third, "two boroughs were swapped")

    said = f"The release {third} was withdrawn on {today()} because two boroughs were swapped."
    path = folder / f"{third}.duckdb"
    for opens in (lambda: releases.open_(third), lambda: count(kept), lambda: count(Store(path))):
        with pytest.raises(ReleaseWithdrawn) as raised:
            opens()
        assert str(raised.value) == said
    assert (folder / f"{third}.duckdb").exists()
    assert releases.current_name(folder) == second
    assert (folder / "current").read_text().strip() == second
    assert count(releases.open_()) == 31
    assert releases.served(folder) == [first, second]
    with pytest.raises(ReleaseWithdrawn):
        releases.point_to(folder, third)
    with pytest.raises(ReleaseWithdrawn):
        releases.roll_back(third, "it was right after all")
    with pytest.raises(UnknownCode) as unknown:
        releases.open_("2020-01-01.1-00000000")
    assert third not in unknown.value.known


def test_the_listing_has_the_notice_of_a_withdrawn_release_and_compares_with_those_served(folder):
    first, second, third = releases.names(folder)
    releases.withdraw(second, "two boroughs were swapped")

    table = releases.listing(folder).set_index("release")

    said = f"The release {second} was withdrawn on {today()} because two boroughs were swapped."
    assert table["withdrawn"].to_dict() == {third: "", second: said, first: ""}
    assert table["changed"].to_dict() == {
        # The count of a group, and of the group it is a part of.
        third: "figures: 2 changed",
        second: said,
        first: "the first release",
    }
    assert table["current"].to_dict() == {third: True, second: False, first: False}
    assert table["note"].to_dict() == {third: "with 32", second: "with 31", first: "with 30"}


def test_the_last_release_there_is_cannot_be_withdrawn(folder):
    first, second, third = releases.names(folder)
    releases.withdraw(first, "it was wrong")
    releases.withdraw(third, "it was wrong")
    assert releases.current_name(folder) == second

    with pytest.raises(ReleaseError, match="no earlier one to show"):
        releases.withdraw(second, "it was wrong")
    assert count(releases.open_()) == 31


def test_stopped_between_notice_and_pointer_the_release_before_is_served_and_may_be_finished(
    folder,
):
    _, second, third = releases.names(folder)
    day = datetime.now(UTC).date()
    notice = Notice("withdrawn_release", day, third, third, "it was wrong", third, third)
    notices.add(folder, notice)
    assert (folder / "current").read_text().strip() == third

    assert releases.current_name(folder) == second
    assert count(releases.open_()) == 31
    releases.withdraw(third, "it was wrong")
    assert (folder / "current").read_text().strip() == second
    assert len(notices.all_(folder)) == 1
    with pytest.raises(ReleaseWithdrawn, match="because it was wrong"):
        releases.withdraw(third, "for quite another reason")


def test_withdrawn_by_two_at_once_a_release_is_left_to_show(folder):
    names = releases.names(folder)
    code = (
        "import sys; from loti_dash import releases; from loti_dash.errors import LotiError\n"
        "try:\n    releases.withdraw(sys.argv[1], 'it was wrong')\n"
        "except LotiError as error:\n    print(error)\n"
    )
    environment = {"LOTI_RELEASES": str(folder), "PATH": "/usr/bin:/bin"}
    started = [
        subprocess.Popen([sys.executable, "-c", code, name], cwd=config.ROOT, env=environment)
        for name in names
    ]

    assert [each.wait(300) for each in started] == [0, 0, 0]
    left = releases.served(folder)
    assert left
    assert releases.current_name(folder) in left
    assert count(releases.open_()) in (30, 31, 32)


def instead(folder):
    """Return what stands in the place of the figures: their notice is of today."""
    notice = notices.all_(folder)[0]
    # A run of all tests may go on beyond midnight, and a withdrawal too.
    assert timedelta(0) <= datetime.now(UTC).date() - notice.on <= timedelta(days=1)
    return f"These figures were withdrawn on {day(notice.on)} because two rows were swapped."


@pytest.fixture
def withdrawn(folder):
    """Return the current release after the homelessness duties were withdrawn from all."""
    before = releases.open_()
    assert count(before) == 32
    assert DUTY in set(before.choices["indicator_id"])
    releases.withdraw_series(DUTIES, "two rows were swapped")
    return before


def test_a_withdrawn_series_has_no_figures_in_any_release_and_its_notice_in_their_place(
    withdrawn, folder
):
    for name in releases.names(folder):
        store = releases.open_(name)
        with pytest.raises(SeriesWithdrawn, match=instead(folder)):
            count(store)
        assert set(store.choices["indicator_id"]) == {"home_ownership"}
        assert set(analysis.compare_all(store)["indicator"]) == {"home_ownership"}
        assert store.catalogue.indicators[DUTY].empty == instead(folder)
        assert store.catalogue.indicators["home_ownership"].empty == ""
    [notice] = notices.all_(folder)
    assert notice.title == "Households owed a prevention or relief duty"


def test_no_query_answers_with_a_withdrawn_count(withdrawn, folder):
    # Every count of the series is one of these, and no count of another series is.
    counts = {40.0, 32.0, 72.0}
    for store in (withdrawn, releases.open_(), Store(folder / f"{withdrawn.release}.duckdb")):
        everything = store.query("bare_sum")
        assert len(everything)
        assert DUTIES not in set(everything["series_id"])
        laid = store.query("counts", indicators=[], periods=[], level="", viewer_areas=[])
        assert not counts & set(laid.select_dtypes("number").to_numpy().ravel())
        rows = store.query("observations_of", series=[DUTIES, HOUSEHOLDS], viewer_areas=[])
        assert set(rows["series_id"]) == {HOUSEHOLDS}
        indicator = store.catalogue.indicators[DUTY]
        behind = observations_behind(store, indicator, "2025-Q3", [HACKNEY])
        assert set(behind["side"]) == {"denominator"}
        of_place = profile(store, HACKNEY, "white").rows
        assert set(of_place["indicator"].astype(str)) == {"home_ownership"}
        assert (
            store.query("extent_of_series", series=DUTIES, viewer_areas=[]).isna().all(axis=None)
        )


def test_what_was_remembered_before_a_withdrawal_is_not_said_after_it(withdrawn):
    assert releases.open_() is not withdrawn
    assert "homelessness" not in str(worked_examples.of_release(releases.open_()))


def test_a_page_left_open_makes_no_more_files_of_withdrawn_figures(folder):
    store = releases.open_()
    made = while_served(store, [store.catalogue.indicators[DUTY]], lambda: "72 duties")
    other = while_served(store, [store.catalogue.indicators["home_ownership"]], lambda: "184")
    assert made() == "72 duties"

    releases.withdraw_series(DUTIES, "two rows were swapped")

    with pytest.raises(SeriesWithdrawn, match=instead(folder)):
        made()
    assert other() == "184"
    releases.withdraw(store.release, "it was wrong")
    with pytest.raises(ReleaseWithdrawn):
        other()


def test_a_withdrawn_denominator_takes_every_indicator_that_divides_by_it(folder):
    releases.withdraw_series(HOUSEHOLDS, "two rows were swapped")
    store = releases.open_()

    assert store.choices.empty
    for indicator in (DUTY, "home_ownership"):
        with pytest.raises(SeriesWithdrawn, match=instead(folder)):
            analysis.compare(store, indicator, "2021")


def test_a_series_withdrawn_up_to_a_release_is_there_in_the_next(folder):
    first, second, third = releases.names(folder)
    releases.withdraw_series(DUTIES, "two rows were swapped", until_release=second)

    for name in (first, second):
        with pytest.raises(SeriesWithdrawn, match=instead(folder)):
            count(releases.open_(name))
    assert count(releases.open_(third)) == 32


def test_a_process_of_which_all_is_withdrawn_is_not_opened_and_says_why(folder):
    store = releases.open_()
    assert honoured(store, StageSelection(process="homelessness"))[0].process == "homelessness"
    series = {
        each for step in store.catalogue.processes["homelessness"].steps for each in step.series
    }
    for each in sorted(series):
        notice = Notice("withdrawn_series", date(2026, 1, 5), each, each, "it was wrong")
        notices.add(folder, notice)

    with pytest.raises(SeriesWithdrawn, match="withdrawn on 5 January 2026 because it was wrong"):
        honoured(releases.open_(), StageSelection(process="homelessness"))


def test_the_commands_say_the_notice_and_no_figure(withdrawn, folder, capsys):
    asked = ["compare", "--indicator", DUTY, "--area", HACKNEY, "--period", "2025-Q3"]
    assert main(asked) == 1
    shown = capsys.readouterr()
    assert shown.err == f"error: {instead(folder)}\n"
    assert shown.out == ""

    releases.withdraw(withdrawn.release, "two boroughs were swapped")
    assert main([*asked, "--release", withdrawn.release]) == 1
    assert "was withdrawn on" in capsys.readouterr().err
    assert main(["releases"]) == 0
    [line] = [x for x in capsys.readouterr().out.splitlines() if withdrawn.release in x]
    assert "because two boroughs were swapped" in line


def app_of(page, monkeypatch, home, **address):
    monkeypatch.delenv("LOTI_RELEASES", raising=False)
    monkeypatch.setenv("LOTI_HOME", str(home))
    app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    return opened(app, page, **address)


def opened(app, page, **address):
    app.switch_page(f"../../pages/{page}.py")
    app.query_params.clear()
    app.query_params.update(address)
    return app.run()


def words(app):
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "text", "error")
    return "\n".join(each.value for kind in kinds for each in getattr(app, kind))


@pytest.fixture
def whole(home, tmp_path):
    """Return a home of its own, with a release of the project's figures."""
    shutil.copytree(home, tmp_path / "home")
    return tmp_path / "home"


def test_open_pages_forget_withdrawn_figures_and_say_why_in_their_place(whole, monkeypatch):
    pages = {
        "housing": {"indicator": DUTY, "area": HACKNEY},
        "borough": {"area": HACKNEY, "group": "black"},
        "group": {"group": "black"},
        "stages": {"process": "homelessness"},
        "data": {"series": DUTIES},
        "methods": {},
        "home": {},
    }
    app = app_of("home", monkeypatch, whole)
    for page, address in pages.items():
        opened(app, page, **address)
        assert not app.exception, page
        assert not app.error, page
        assert "withdrawn on" not in words(app), page

    releases.withdraw_series(DUTIES, "two rows were swapped")

    for page, address in pages.items():
        opened(app, page, **address)
        assert not app.exception, page
        assert not app.error, page
        if page == "home":
            assert "(figures withdrawn)" in words(app)
        elif page != "methods":
            assert instead(whole / "releases") in words(app), page
        # No row of any table has its figures.
        for table in tables(app):
            rows = table[table.index.astype(str).str.contains("duty")]
            assert not rows.astype(str).apply(lambda c: c.str.match(r"\d")).any(axis=None), page
    opened(app, "housing", indicator=DUTY, area=HACKNEY)
    assert not app.get("plotly_chart")
    assert not app.get("download_button")


def test_a_withdrawn_release_shows_its_notice_on_every_page(three, tmp_path, monkeypatch):
    home = tmp_path / "home"
    shutil.copytree(three, home / "releases")
    monkeypatch.setenv("LOTI_HOME", str(home))
    third = releases.names(home / "releases")[-1]
    releases.withdraw(third, "two boroughs were swapped")

    for page in ("housing", "borough", "data", "stages"):
        app = app_of(page, monkeypatch, home, release=third)
        assert not app.exception, page
        assert "was withdrawn on" in words(app), page
        assert not tables(app), page


PARTS = """
import sys
from loti_dash import releases
from loti_dash.ui import corrections, releases as shown
shown.draw(releases.open_())
corrections.draw(releases.open_())
"""


def test_without_notices_the_page_says_so_and_shows_what_differs_between_two(folder):
    first, second, third = releases.names(folder)

    app = AppTest.from_string(PARTS, default_timeout=60).run()

    assert not app.exception
    assert "No figure has been corrected or withdrawn so far." in words(app)
    listed, differing = tables(app)
    assert listed.index.to_list() == [third, second, first]
    assert listed["Current"].to_list() == ["yes", "no", "no"]
    assert differing.drop(columns=["Period", "Area"]).to_numpy().tolist() == [
        ["Black", "31", "32"],
        ["Black African", "31", "32"],
    ]
    assert "Households owed a prevention or relief duty: 2 figures changed." in words(app)

    app.query_params.update({"before": third, "after": first})
    app.run()
    assert tables(app)[1]["Before"].to_list() == ["32", "32"]
    assert tables(app)[1]["After"].to_list() == ["30", "30"]


def test_the_two_releases_are_chosen_in_a_form_and_kept_in_the_address(folder):
    first, _, third = releases.names(folder)
    app = AppTest.from_string(PARTS, default_timeout=60).run()

    app.selectbox(key="before").select(first)
    app.button[0].click().run()

    assert not app.exception
    assert app.query_params["before"] in (first, [first])
    assert app.query_params["after"] in (third, [third])
    assert tables(app)[1]["Before"].to_list() == ["30", "30"]


def test_corrections_stand_in_words_the_newest_first(folder):
    first, second, third = releases.names(folder)
    add = [
        Notice("correction", date(2026, 1, 3), DUTIES, "Duties", "a row was missing", third),
        Notice("withdrawn_series", date(2026, 1, 2), DUTIES, "Duties", "5 * 3 [sic]", "", second),
    ]
    for notice in add:
        notices.add(folder, notice)
    (folder / "notices" / "9.json").write_text("{")
    releases.withdraw(first, "it was wrong")

    app = AppTest.from_string(PARTS, default_timeout=60).run()

    assert not app.exception
    [lines] = [each.value for each in app.markdown if "Duties" in each.value]
    said = lines.replace("\\", "").splitlines()
    assert f"The release {first} was withdrawn on {today()} because it was wrong." in said[0]
    assert said[1] == "- Duties: corrected on 3 January 2026 because a row was missing."
    assert said[2] == (
        "- **Duties.** These figures were withdrawn on 2 January 2026 because 5 * 3 [sic]. "
        f"They are in no release up to {second}."
    )
    assert "5 \\* 3 \\[sic\\]" in lines
    assert "9.json cannot be read" in app.warning[0].value
    assert tables(app)[0]["Current"].to_list() == ["yes", "no", "withdrawn"]
    assert first not in app.selectbox(key="before").options


def test_the_file_of_differences_has_both_values_the_releases_and_the_source(folder):
    from loti_dash import differences
    from loti_dash.ui.releases import _csv, _sources, _Two

    first, second, _ = releases.names(folder)
    before, after = releases.open_(first), releases.open_(second)
    figures = differences.figures(before, after)

    written = pd.read_csv(StringIO(_csv(figures, _Two(first, second), _sources(after), "/data")))

    assert written[["old", "new"]].to_numpy().tolist() == [[30, 31], [30, 31]]
    assert set(written["release_before"]) == {first}
    assert set(written["release_after"]) == {second}
    sources = catalogue.read(config.CATALOGUE).sources
    assert set(written["licence"]) == {sources["hclic"].licence}
    assert written["source"].str.startswith(sources["hclic"].title).all()
