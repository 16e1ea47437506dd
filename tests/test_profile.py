"""One area, or one group, in every indicator: the rows that its own page shows."""

import pandas as pd
import pytest
from tables import CATALOGUE, comparison

from loti_dash import analysis, caveats, coverage, earlier, options, references
from loti_dash.evidence_order import DOMAINS, by_indicator, in_order
from loti_dash.export.profile import csv_of_several
from loti_dash.profile import cautions_everywhere, of_group, profile
from loti_dash.profile_choices import authorities, five
from loti_dash.selection import Selection
from loti_dash.shown import as_shown

LONDON, CITY, HACKNEY, WESTMINSTER = "E12000007", "E09000001", "E09000012", "E09000033"
CROYDON, LEWISHAM = "E09000008", "E09000023"
MEASURES = ["ratio", "ratio_low", "ratio_high", "q_value", "rate", "excess"]


def as_the_page_shows(store, indicator_id, period, area, level="5", reference="white"):
    """Return the rows of an area by the steps of its own page: one indicator at a time."""
    indicator = store.catalogue.indicators[indicator_id]
    table = analysis.compare(
        store, indicator_id, period, classification=level, reference=reference
    )
    complete = coverage.completeness(store, indicator, level)
    of_set = complete[complete["period"] == period].set_index("area_code")["set_share"]
    found = caveats.applying_to(
        store.catalogue,
        indicator,
        period,
        table,
        area,
        float(of_set[area]),
        earlier.before(store, indicator, complete, period, level).get(area),
        references.tables(
            store, Selection(indicator_id, area, period, "", reference, level, store.release)
        ),
    )
    shown = as_shown(table, {area: found})
    return shown[shown["area_code"] == area], found


@pytest.mark.parametrize("area", [HACKNEY, CITY, CROYDON, LONDON])
@pytest.mark.parametrize("reference", ["white", "rest"])
def test_an_area_has_the_rows_and_the_cautions_of_each_indicators_own_page(
    release, area, reference
):
    whole = profile(release, area, reference)

    assert len(whole.cautions) > 8
    for id_, rows in by_indicator(whole.rows):
        period = str(rows["period"].iloc[0])
        page, found = as_the_page_shows(release, id_, period, area, reference=reference)
        assert rows["group_code"].astype(str).to_list() == page["group_code"].to_list()
        pd.testing.assert_frame_equal(
            rows[MEASURES].reset_index(drop=True), page[MEASURES].reset_index(drop=True)
        )
        assert whole.cautions[id_] == found


@pytest.mark.parametrize(
    ("group", "level", "reference"), [("black", "5", "white"), ("black_african", "19", "rest")]
)
def test_a_group_has_the_rows_of_each_indicators_own_page(release, group, level, reference):
    whole = of_group(release, group, reference)

    for id_, rows in by_indicator(whole.rows):
        period = str(rows["period"].iloc[0])
        assert rows["period"].nunique() == 1
        for area in set(rows["area_code"]) & {LONDON, CITY, HACKNEY, CROYDON}:
            page, _ = as_the_page_shows(release, id_, period, area, level, reference)
            own = rows.loc[rows["area_code"] == area, MEASURES].reset_index(drop=True)
            theirs = page.loc[page["group_code"] == group, MEASURES].reset_index(drop=True)
            pd.testing.assert_frame_equal(own, theirs)


@pytest.mark.parametrize(
    ("group", "level", "reference"), [("asian", "5", "white"), ("mixed_other", "19", "all")]
)
def test_the_cautions_of_a_group_and_of_its_download_are_those_of_each_page(
    release, group, level, reference
):
    whole = of_group(release, group, reference)
    everywhere = cautions_everywhere(release, whole.rows)

    kinds = set()
    for id_, rows in by_indicator(whole.rows):
        period = str(rows["period"].iloc[0])
        for area in set(rows["area_code"]) & {LONDON, HACKNEY, CROYDON}:
            _, found = as_the_page_shows(release, id_, period, area, level, reference)
            assert everywhere[id_][area] == found
            kinds |= {each.id for each in found}
        if LONDON in set(rows["area_code"]):
            assert whole.cautions[id_] == everywhere[id_][LONDON]
    assert {"direction_depends_on_reference", "gap_before"} & kinds


def test_what_the_pages_withhold_is_withheld(release):
    rows = of_group(release, "black", "white").rows.set_index(["indicator", "area_code"])

    # Standards, sections 2 and 4: residents of the City, and more than 30% unknown in Croydon.
    for id_, area in (("stop_and_search", CITY), ("stop_and_search_all_forces", CROYDON)):
        row = rows.loc[(id_, area)]
        assert row["numerator"] > 0
        assert pd.isna(row["ratio"])
        assert pd.isna(row["reference_rate"])
        assert row["evidence"] == "none"
        assert row["status_reason"]
    assert rows.loc[("stop_and_search_all_forces", LONDON), "ratio"] == pytest.approx(2.83, 0.002)


def test_each_indicator_stands_at_its_newest_period_with_figures_there(release):
    rows = profile(release, LEWISHAM, "white").rows
    counts = release.query("counts", indicators=[], periods=[], level="5", viewer_areas=[])
    here = counts[(counts["area_code"] == LEWISHAM) & counts["numerator"].notna()]

    assert rows.groupby("indicator", observed=True)["period"].nunique().eq(1).all()
    older = 0
    for id_, of in by_indicator(rows):
        indicator = release.catalogue.indicators[id_]
        known = set(here.loc[here["indicator_id"] == id_, "period_id"].astype(str))
        ends = {
            period: release.catalogue.period(indicator, period).ends
            for period in known
            if "--" not in period or len(period) == 16
        }
        shown = str(of["period"].iloc[0])
        assert release.catalogue.period(indicator, shown).ends == max(ends.values())
        everywhere = options.of_indicator(release.choices, indicator)
        newest = options.periods(everywhere, indicator, release.catalogue)[0].id
        older += shown != newest
    # Lewisham submitted nothing on homelessness for the newest quarter.
    assert older == 2


def test_every_indicator_with_figures_for_boroughs_is_there_once_and_no_other(release):
    choices = release.choices
    with_boroughs = set(
        choices.loc[choices["area_code"].isin(authorities(release.catalogue)), "indicator_id"]
    )

    assert {id_ for id_, _ in by_indicator(of_group(release, "asian", "white").rows)} == (
        with_boroughs
    )
    of_hackney = set(choices.loc[choices["area_code"] == HACKNEY, "indicator_id"])
    assert {id_ for id_, _ in by_indicator(profile(release, HACKNEY, "all").rows)} == of_hackney


def test_a_group_that_no_borough_counts_has_no_rows(release):
    assert of_group(release, "other_incl_chinese", "white").rows.empty


DRAWN = """
    indicator              | group_code | ratio | ratio_low | ratio_high | robust_to_unknown
    suspensions            | black      |   1.5 |       1.2 |        1.9 | true
    homelessness_duty_owed | black      |   1.1 |       0.9 |        1.3 | none
    temporary_accommodation | black     |   0.2 |       0.1 |        0.5 | true
    social_renting         | black      |   6.0 |       1.1 |        9.0 | none
    home_ownership         | black      |   3.0 |       2.5 |        3.5 | false
    private_renting        | black      |     - |         - |          - | none
    stop_and_search        | black      |   1.0 |       0.5 |        1.9 | true
"""


def test_indicators_stand_by_domain_then_by_how_far_the_whole_interval_is_from_1():
    ids = in_order(comparison(DRAWN), CATALOGUE)["indicator"].to_list()

    # log 2 and log 1.1 away; then what the unknown could turn, what contains 1, what is missing.
    assert ids == [
        "stop_and_search",
        "temporary_accommodation",
        "social_renting",
        "home_ownership",
        "homelessness_duty_owed",
        "private_renting",
        "suspensions",
    ]
    domains = [CATALOGUE.indicators[id_].domain for id_ in ids]
    assert domains == sorted(domains, key=DOMAINS.index)


def test_of_several_groups_the_strongest_decides_and_they_keep_their_order():
    rows = comparison(
        """
        indicator       | group_code | ratio | ratio_low | ratio_high
        home_ownership  | asian      |   1.6 |       1.5 |        1.7
        home_ownership  | other      |   1.0 |       0.9 |        1.1
        social_renting  | asian      |   1.0 |       0.9 |        1.1
        social_renting  | other      |   0.2 |       0.1 |        0.4
        private_renting | asian      |   0.0 |       0.0 |        0.5
        """
    )

    ordered = in_order(rows, CATALOGUE)

    # 1 / 0.4 = 2.5, 1 / 0.5 = 2, 1.5.
    assert ordered["indicator"].to_list() == [
        *["social_renting"] * 2,
        "private_renting",
        *["home_ownership"] * 2,
    ]
    assert ordered["group_code"].to_list() == ["asian", "other", "asian", "asian", "other"]
    by_asian = in_order(rows, CATALOGUE, rows[rows["group_code"] == "asian"])
    assert by_asian["indicator"].unique().tolist() == [
        "private_renting",
        "home_ownership",
        "social_renting",
    ]


def test_in_any_order_no_clear_finding_stands_behind_an_unclear_one(release):
    for group in five(release.catalogue):
        rows = profile(release, HACKNEY, "rest").rows
        rows = in_order(rows[rows["group_code"] == group], release.catalogue)
        for domain in DOMAINS:
            of = rows[
                [release.catalogue.indicators[str(i)].domain == domain for i in rows["indicator"]]
            ]
            low, high = of["ratio_low"], of["ratio_high"]
            clear = ((low > 1) | (high < 1)) & (of["robust_to_unknown"].astype(str) != "false")
            assert clear.to_list() == sorted(clear, reverse=True)


def test_the_download_has_every_row_with_its_own_cautions_and_period(release, tmp_path):
    rows = profile(release, CITY, "white").rows
    file = tmp_path / "figures.csv"

    text = csv_of_several(
        rows, release.catalogue, cautions_everywhere(release, rows), "/borough?area=E09000001"
    )
    file.write_bytes(text.encode())
    read = pd.read_csv(file)

    assert len(read) == len(rows)
    assert read["indicator"].to_list() == rows["indicator"].astype(str).to_list()
    assert read["ratio"].to_list() == pytest.approx(rows["ratio"].to_list(), nan_ok=True)
    searches = read[read["indicator"] == "stop_and_search"]
    assert searches["ratio"].isna().all()
    assert searches["caveats"].str.contains("8,600 residents").all()
    homes = read[read["indicator"] == "home_ownership"]
    assert set(homes["period_label"]) == {"Census Day, 21 March 2021"}
    assert not homes["caveats"].str.contains("8,600 residents").any()
    assert read["licence"].notna().all()
