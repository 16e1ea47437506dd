"""One visit's own figures: drawn by every page as published ones are, and left nowhere."""

import gc
import os
from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from uploads import DEFINITIONS, HACKNEY, described, groups_of, package_of, rows

from loti_dash import analysis, config, own_figures, sentences
from loti_dash.caveats import FORBIDS_HEADLINE
from loti_dash.errors import LotiError, ObservationError
from loti_dash.findings import clearest
from loti_dash.own_figures import NOT_PUBLISHED, store_of
from loti_dash.ui.kept import Kept
from loti_dash.ui.uploaded import Own
from loti_dash.upload.description import OF_THE_FILE, usual

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
ID, ID_OF = "warnings_hackney_council", "warnings_hackney_council_of"
FIVE = ("asian", "black", "mixed", "white", "other")
COUNTS = dict(zip(FIVE, (40, 120, 30, 60, 20), strict=True))
OF = dict(zip(FIVE, (1000, 1200, 600, 1500, 500), strict=True))
KINDS = {
    "subset": {"among": True, "denominator": OF_THE_FILE},
    "events over residents": {"among": False, "counts": "events"},
    "persons over residents": {"among": False, "counts": "people"},
    "households": {
        "among": False,
        "counts": "households",
        "denominator": "census_2021_households",
        "denominator_label": "households",
    },
}


def said(kind, **changes):
    residents = {"denominator": "census_2021_residents", "denominator_label": "residents"}
    return described(**(residents | KINDS[kind] | {"calendar": "financial"} | changes))


def drawn(one, classification="harmonised_5", counts=None, period="2023-24"):
    """Return a package of one area and two years, the last of which is `period`."""
    counts = counts or dict.fromkeys(groups_of(classification), 40) | {"black": 120}
    before = "2022-23" if period == "2023-24" else "2020"
    parts = [rows(ID, each, HACKNEY, counts) for each in (before, period)]
    if one.denominator == OF_THE_FILE:
        of = dict.fromkeys(counts, 900)
        parts += [rows(ID_OF, each, HACKNEY, of) for each in (before, period)]
    return package_of(pd.concat(parts, ignore_index=True), one, classification=classification)


@pytest.fixture
def app(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    return AppTest.from_file(str(ROUTER), default_timeout=60).run()


def opened(app, page, store, **address):
    """Return the app at an address, in a visit that has uploaded what a store has."""
    if store is not None and "own" not in app.session_state:
        mine = Own(sheet=None, checked=None, mapping={}, package=None, store=store)
        app.session_state["own"] = Kept(mine)
    app.switch_page(f"../../pages/{page}.py")
    app.query_params.clear()
    app.query_params.update(address)
    return app.run()


def words(app):
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "text")
    return "\n".join(each.value for kind in kinds for each in getattr(app, kind))


@pytest.mark.parametrize("classification", ["harmonised_5", "census_2021_19"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_figures_is_drawn_on_its_page(app, release, kind, classification):
    store = store_of(release, drawn(said(kind), classification))

    for level in ("5", "19"):
        address = {"indicator": ID, "area": HACKNEY, "classification": level}
        opened(app, "justice", store, release=NOT_PUBLISHED, **address)

        assert not app.exception, level
        assert not app.error, level
        assert app.selectbox(key="indicator").value == ID
        assert "Your figures, not published." in words(app)
    assert "Warnings (Hackney Council)" in words(app)


@pytest.mark.parametrize("part", ["where", "since", "compared", "complete"])
def test_every_part_of_the_page_is_drawn(app, release, part):
    counts = COUNTS | {"unknown": 30}
    store = store_of(release, drawn(said("persons over residents"), counts=counts))
    opened(app, "justice", store, release=NOT_PUBLISHED, indicator=ID, area=HACKNEY)

    app.radio(key="further").set_value(part).run()

    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("domain", ["justice", "care", "housing", "employment"])
def test_figures_are_on_the_page_of_their_subject(app, release, domain):
    store = store_of(release, drawn(said("persons over residents", domain=domain)))

    opened(app, domain, store, release=NOT_PUBLISHED, indicator=ID)

    assert not app.exception
    assert app.selectbox(key="indicator").value == ID


def test_another_visit_sees_what_is_published_and_a_line_on_why(app, release):
    store_of(release, drawn(said("subset")))

    opened(app, "justice", None, release=NOT_PUBLISHED, indicator=ID)

    assert not app.exception
    assert "figures that were never published" in words(app)
    assert "Warnings" not in words(app)
    assert app.selectbox(key="indicator").value != ID


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (
            "subset",
            "Black people were 3.0 times as likely as White people to be counted among warnings",
        ),
        ("events over residents", "Black people were counted in warnings given at"),
        ("persons over residents", "as likely as White people to be counted among warnings given"),
        ("households", "as likely as White households to be counted among warnings given"),
    ],
)
def test_the_headline_is_a_sentence(release, kind, says):
    store = store_of(release, drawn(said(kind)))
    indicator = store.catalogue.indicators[ID]
    table = analysis.compare(store, ID, "2023-24")

    line = sentences.headline(store.catalogue, indicator, table, "black", None)

    assert line.startswith("In Hackney, ")
    assert says in line
    assert "April 2023 to March 2024" in line
    store.close()


@pytest.mark.parametrize("id_", sorted(DEFINITIONS.indicators))
def test_figures_like_those_of_the_catalogue_have_a_sentence_and_rates(release, id_):
    """Over what the catalogue divides by where that is of boroughs, and else over their own."""
    like = usual(DEFINITIONS, id_, "Hackney Council", False)
    census = like.denominator.startswith("census_")
    of = like if census else usual(DEFINITIONS, id_, "Hackney Council", True)
    one = replace(of, id="warnings", calendar="calendar", stock_or_flow="flow")
    store = store_of(release, drawn(one, period="2021"))

    table = analysis.compare(store, ID, "2021")

    row = clearest(table, "black")
    assert row is not None
    assert row["ratio"] > 1
    indicator = store.catalogue.indicators[ID]
    line = sentences.headline(store.catalogue, indicator, table, "black", None)
    assert line.startswith("In Hackney, ")
    assert indicator.denominator_type in (
        DEFINITIONS.indicators[id_].denominator_type,
        "events_over_population",
    )
    store.close()


def test_the_denominator_is_of_its_own_date(release):
    store = store_of(release, drawn(said("persons over residents")))

    row = analysis.compare(store, ID, "2023-24").set_index("group_code").loc["black"]

    published = release.query(
        "observations_of", series=["census_2021_residents"], viewer_areas=[]
    ).set_index(["area_code", "group_code"])
    assert row["denominator"] == published.loc[(HACKNEY, "black"), "value"]
    store.close()


def test_figures_of_other_groups_than_the_catalogues_are_divided_group_by_group(release):
    like = usual(DEFINITIONS, "homelessness_duty_owed", "Hackney Council", False)
    one = replace(like, id="warnings", calendar="calendar")
    store = store_of(release, drawn(one, "census_2021_tenure_7", period="2021"))

    table = analysis.compare(store, ID, "2021").set_index("group_code")

    assert table.loc["white", "numerator"] == 3 * 40
    assert table["rate"].notna().all()
    store.close()


def test_a_sum_of_groups_that_are_not_all_there_is_not_known(release):
    of = said("events over residents")
    counts = dict.fromkeys(groups_of("census_2021_19"), 40)
    del counts["white_irish"]
    store = store_of(release, drawn(of, "census_2021_19", counts))

    table = analysis.compare(store, ID, "2023-24", classification="5").set_index("group_code")

    assert table.loc["white", "status"] == "not_available"
    assert pd.isna(table.loc["white", "numerator"])
    assert table.loc["asian", "numerator"] == 5 * 40
    store.close()


def test_it_shows_the_same_as_a_release_would(release):
    """Every figure of the private view, beside the sums by hand."""
    store = store_of(release, drawn(said("subset"), counts=COUNTS))

    row = (
        analysis.compare(store, ID, "2023-24", reference="rest")
        .set_index("group_code")
        .loc["black"]
    )

    assert row["numerator"] == 120
    assert row["denominator"] == 900
    assert row["rate"] == pytest.approx(100 * 120 / 900)
    assert row["ratio"] == pytest.approx((120 / 900) / (150 / 3600))
    store.close()


def test_nothing_of_the_release_but_what_they_are_divided_by_is_there(release):
    store = store_of(release, drawn(said("subset")))

    assert set(store.catalogue.indicators) == {ID}
    assert set(store.choices["indicator_id"]) == {ID}
    there = store.query(
        "observations_of", series=[*DEFINITIONS.series, ID, ID_OF], viewer_areas=[]
    )
    assert set(there["series_id"]) == {ID, ID_OF, "census_2021_residents"}
    store.close()


def test_nothing_is_written_anywhere(release, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()

    store = store_of(release, drawn(said("subset")))

    settings = store._connection.execute(
        "SELECT current_setting('temp_directory'), current_setting('enable_external_access')"
    ).fetchone()
    assert settings == ("", False)
    files = store._connection.execute("SELECT path FROM duckdb_databases() WHERE NOT internal")
    assert [path for (path,) in files.fetchall() if path] == []
    assert list(tmp_path.iterdir()) == []
    if before:
        opened_files = [
            os.readlink(f"/proc/self/fd/{each}")
            for each in set(os.listdir("/proc/self/fd")) - before
            if os.path.exists(f"/proc/self/fd/{each}")
        ]
        assert [name for name in opened_files if name.startswith("/") and "duckdb" in name] == []
    store.close()


def test_two_visits_do_not_share_their_figures(release):
    one = store_of(release, drawn(said("subset"), counts=COUNTS))
    other = store_of(release, drawn(said("subset"), counts=dict.fromkeys(FIVE, 77)))

    def counted(store):
        return set(analysis.compare(store, ID, "2023-24")["numerator"])

    assert counted(one) == {40, 120, 30, 60, 20}
    assert counted(other) == {77}
    one.close()
    assert counted(other) == {77}
    other.close()


def test_after_closing_there_is_nothing_to_ask(release):
    store = store_of(release, drawn(said("subset")))
    store.close()

    with pytest.raises(Exception, match="closed"):
        store.query("observations_of", series=[ID], viewer_areas=[])


def test_it_is_private_and_no_release(release):
    store = store_of(release, drawn(said("subset")))

    assert store.private
    assert store.release == NOT_PUBLISHED
    assert not store.withdrawn
    store.close()


def test_an_id_of_the_catalogue_is_refused(release):
    made = drawn(said("subset"))
    taken = replace(made, indicators=(replace(made.indicators[0], id="stop_and_search"),))

    with pytest.raises(ObservationError, match="stop_and_search"):
        store_of(release, taken)


def test_figures_that_were_published_before_can_come_again(release):
    before = drawn(said("subset"))
    there = release.catalogue
    known = replace(
        there,
        indicators={**there.indicators, ID: before.indicators[0]},
        series={**there.series, **{one.series_id: one for one in before.series}},
        sources={**there.sources, before.source.id: before.source},
    )

    class Base:
        catalogue = known
        query = release.query

    again = store_of(Base, drawn(said("subset"), counts=dict.fromkeys(FIVE, 77)))

    assert set(analysis.compare(again, ID, "2023-24")["numerator"]) == {77}
    again.close()


def test_figures_without_anything_to_divide_them_by_say_so(release):
    one = said("persons over residents", denominator="child_population")

    with pytest.raises(ObservationError, match=r"to divide Warnings .* child_population of 2021"):
        store_of(release, drawn(one))


def test_periods_that_are_none_are_refused_and_leave_no_connection(release, monkeypatch):
    made = drawn(said("subset", calendar="calendar"))
    closed = []
    real = own_figures.duckdb.connect

    class Watched:
        def __init__(self):
            self._real = real()

        def __getattr__(self, name):
            return getattr(self._real, name)

        def close(self):
            closed.append(True)
            self._real.close()

    monkeypatch.setattr(own_figures.duckdb, "connect", Watched)

    with pytest.raises(LotiError, match="2022-23' is neither"):
        store_of(release, made)
    assert closed == [True]
    gc.collect()


def test_codes_as_categories_are_the_same_figures(release):
    made = drawn(said("subset"))
    names = ["series_id", "period_id", "area_code", "group_code", "status"]
    coded = replace(made, observations=made.observations.astype(dict.fromkeys(names, "category")))

    one, other = store_of(release, made), store_of(release, coded)

    pd.testing.assert_frame_equal(
        analysis.compare(one, ID, "2023-24"), analysis.compare(other, ID, "2023-24")
    )
    one.close()
    other.close()


def test_cautions_of_ratios_hold_for_own_figures_too(release):
    counts = COUNTS | {"unknown": 400}
    store = store_of(release, drawn(said("persons over residents"), counts=counts))
    indicator = store.catalogue.indicators[ID]
    table = analysis.compare(store, ID, "2023-24")

    from loti_dash.caveats import applying_to

    found = applying_to(store.catalogue, indicator, "2023-24", table, HACKNEY)

    assert FORBIDS_HEADLINE[0] in {each.id for each in found}
    store.close()
