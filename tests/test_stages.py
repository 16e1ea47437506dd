"""Steps of a process: the counts of publications, the ratios of oracles, and what is withheld."""

import math
import re
from io import StringIO
from math import isnan

import pandas as pd
import pytest
from copy_lint import offences
from oracles import at_hand, cases, values_agreeing
from plain import koopman_test, normal_quantile, score_interval

from loti_dash import (
    analysis,
    stage_choices,
    stage_counts,
    stage_lines,
    stage_products,
    stage_ratios,
    stage_tables,
    stage_texts,
)
from loti_dash.charts import stages as chart
from loti_dash.export.stages import csv_of_stages
from loti_dash.findings import finding
from loti_dash.stage_choices import StageSelection
from loti_dash.stages import side, stages

NATION, LONDON, HACKNEY, CITY = "K04000001", "E12000007", "E09000012", "E09000001"
NESTED = """
    series                      | period | area      | group | value | status
    social_workers              | 2025   | E09000012 | white |  1000 | ok
    social_workers              | 2025   | E09000012 | black |   400 | ok
    social_workers              | 2025   | E09000012 | asian |   200 | ok
    social_workers              | 2025   | E09000012 | mixed |   100 | ok
    social_workers              | 2025   | E09000012 | other |   100 | ok
    social_work_middle_managers | 2025   | E09000012 | white |   200 | ok
    social_work_middle_managers | 2025   | E09000012 | black |    60 | ok
    social_work_middle_managers | 2025   | E09000012 | asian |    30 | ok
    social_work_middle_managers | 2025   | E09000012 | mixed |    20 | ok
    social_work_middle_managers | 2025   | E09000012 | other |    10 | ok
    social_work_senior_managers | 2025   | E09000012 | white |    50 | ok
    social_work_senior_managers | 2025   | E09000012 | black |    12 | ok
    social_work_senior_managers | 2025   | E09000012 | asian |    10 | ok
    social_work_senior_managers | 2025   | E09000012 | mixed |     6 | ok
    social_work_senior_managers | 2025   | E09000012 | other |     2 | ok
    census_2021_residents_16_64 | 2021   | E09000012 | white | 50000 | ok
    census_2021_residents_16_64 | 2021   | E09000012 | black | 10000 | ok
    census_2021_residents_16_64 | 2021   | E09000012 | asian |  9000 | ok
    census_2021_residents_16_64 | 2021   | E09000012 | mixed |  8000 | ok
    census_2021_residents_16_64 | 2021   | E09000012 | other |  7000 | ok
"""
SOCIAL = ("social_workers", HACKNEY, "2025")


def of(store, process, area, period, reference="white"):
    return stages(store, store.catalogue.processes[process], area, period, reference)


def row(table, step, against, group="black"):
    rows = side(table, against)
    return rows[(rows["step"] == step) & (rows["group_code"] == group)].iloc[0]


# What an oracle calls a step, and what it is set against there.
ORACLES = {
    "stop_search": ("search", "population"),
    "arrest": ("arrest", "population"),
    "remand": ("remand", "previous"),
    "custody": ("custody", "previous"),
}


@at_hand
def test_children_agree_with_the_published_counts_and_other_peoples_ratios(release):
    """The year to March 2025; ratios and exact rates of prismr, limits of statsmodels."""
    table = of(release, "children", NATION, "2024-25").table
    compared = 0
    for case in cases("rri"):
        found = re.fullmatch(r"rri-(\w+)_ye2025_(\w+?)_(rri|alt|score)", case["id"])
        if not found:
            continue
        step, against = ORACLES[found[1]]
        ours = row(table, step, against, found[2].lower())
        given = case["inputs"]
        assert ours["numerator"] == given["events"]
        assert ours["denominator"] == given["population"]
        koopman, plain_score = against == "previous", found[3] == "score"
        answers = {"disproportionality_ratio": ours["ratio"]}
        if plain_score and not koopman:
            answers |= {"lower": ours["ratio_low"], "upper": ours["ratio_high"]}
        if koopman and found[3] == "alt":
            answers |= {
                "score_lower": ours["ratio_low"],
                "score_upper": ours["ratio_high"],
                "evidence_score": ours["evidence"],
            }
        compared += values_agreeing(case, answers)
    assert compared == 16


def test_a_step_over_its_population_is_the_product_by_arithmetic_whatever_the_system(release):
    table = of(release, "children", NATION, "2024-25").table
    for group in ("asian", "black", "mixed", "other"):
        for step, before in (("arrest", "search"), ("remand", "remand_decision")):
            ratio = row(table, step, "previous", group)["ratio"]
            over, earlier = (row(table, s, "population", group)["ratio"] for s in (step, before))
            assert ratio == pytest.approx(over / earlier, rel=1e-12)


def test_a_step_that_is_no_part_of_the_one_before_has_the_interval_of_four_counts(release):
    """Arrests of 5,200 Black and 36,923 White children, searches of 10,326 and 53,593."""
    arrest = row(of(release, "children", NATION, "2024-25").table, "arrest", "previous")
    ratio = (5200 / 10326) / (36923 / 53593)
    reach = normal_quantile(0.975) * math.sqrt(1 / 5200 + 1 / 10326 + 1 / 36923 + 1 / 53593)

    assert arrest["ratio"] == pytest.approx(ratio, rel=1e-12)
    assert arrest["ratio_low"] == pytest.approx(ratio / math.exp(reach), rel=1e-9)
    assert arrest["ratio_high"] == pytest.approx(ratio * math.exp(reach), rel=1e-9)
    assert arrest["ratio_method"] == stage_ratios.METHOD
    assert isnan(arrest["p_value"])
    # Of a set that a step is a part of, the two set counts do not vary.
    remand = row(of(release, "children", NATION, "2024-25").table, "remand", "previous")
    low, high = score_interval(252, 1933, 444, 6526, "subset_over_set", 0.95)
    assert remand["ratio_method"] == "koopman_score"
    assert (remand["ratio_low"], remand["ratio_high"]) == pytest.approx((low, high), rel=1e-6)
    assert koopman_test(1, 252, 1933, 444, 6526) > 0


def test_the_ratio_to_everybody_is_that_to_the_rest_converted(release):
    """Searches and arrests of everybody of known ethnicity, the group included."""
    arrest = row(of(release, "children", NATION, "2024-25", "all").table, "arrest", "previous")
    rest = row(of(release, "children", NATION, "2024-25", "rest").table, "arrest", "previous")
    searches, arrests = (10326, 75008), (5200, 49682)
    assert (5125 + 10326 + 4418 + 1546 + 53593, 3045 + 5200 + 3606 + 908 + 36923) == (75008, 49682)

    assert arrest["ratio"] == pytest.approx((5200 / 10326) / (49682 / 75008), rel=1e-12)
    share = searches[0] / searches[1]
    for name in ("ratio", "ratio_low", "ratio_high"):
        converted = rest[name] / (share * rest[name] + 1 - share)
        assert arrest[name] == pytest.approx(converted, rel=1e-12)
    assert arrests[0] / arrests[1] < share


def test_the_unknown_of_both_steps_may_belong_to_anybody(release):
    """London, July to September 2025: every allocation lies between giving all to one side."""
    table = of(release, "homelessness", LONDON, "2025-Q3").table
    ours = row(table, "temporary_accommodation", "previous")
    early, late = (row(table, step, "population") for step in ("duty_owed", ours["step"]))
    unknown = [
        side(table, "population")
        .loc[lambda rows, s=step: rows["step"] == s["step"], "numerator"]
        .sum()
        * step["unknown_share"]
        / (1 - step["unknown_share"])
        for step in (early, late)
    ]
    x, n, y, m = (
        late["numerator"],
        early["numerator"],
        row(table, "temporary_accommodation", "population", "white")["numerator"],
        row(table, "duty_owed", "population", "white")["numerator"],
    )
    tenths = [k / 10 for k in range(11)]
    tried = [
        ((x + a * unknown[1]) / (n + b * unknown[0]))
        / ((y + (1 - a) * unknown[1]) / (m + (1 - b) * unknown[0]))
        for a in tenths
        for b in tenths
    ]
    assert ours["ratio_if_unknown_low"] == pytest.approx(min(tried), rel=1e-9)
    assert ours["ratio_if_unknown_high"] == pytest.approx(max(tried), rel=1e-9)
    assert finding(ours) == "depends"


@pytest.fixture
def nested(data, make_store):
    """Return a function that builds a release in which senior managers are middle managers too."""
    path = data / "catalogue" / "stages.toml"
    text = path.read_text(encoding="utf-8")
    own = text.index('id = "senior_manager"')
    path.write_text(text[:own] + text[own:].replace("nests = false", "nests = true", 1))
    return make_store


def test_ratios_of_steps_that_nest_multiply_to_the_ratio_over_all_of_them(nested):
    """60 of 400 and 200 of 1,000, then 12 of 60 and 50 of 200: 0.75 × 0.8 = 0.6."""
    store = nested(NESTED)
    over_all = {
        "white": (12 / 400) / (50 / 1000),
        "rest": (12 / 400) / (68 / 1400),
        "all": (12 / 400) / (80 / 1800),
    }
    for reference, cumulative in over_all.items():
        found = of(store, *SOCIAL, reference)
        black = found.products.set_index("group_code").loc["black"]

        assert len(found.products) == 5
        assert (black["first"], black["last"]) == ("social_worker", "senior_manager")
        assert math.prod(black["ratios"]) == pytest.approx(cumulative, rel=1e-12)
        assert black["product"] == pytest.approx(cumulative, rel=1e-12)
        assert black["cumulative"] == pytest.approx(cumulative, rel=1e-12)
        if reference == "white":
            assert black["ratios"] == pytest.approx((0.75, 0.8), rel=1e-12)
            assert "0.75 × 0.80 = 0.60" in stage_texts.multiplied(found, "black")


def test_what_is_withheld_of_one_step_is_not_given_away_by_the_product(nested):
    hidden = NESTED.replace("asian |    30 | ok", "asian |     - | suppressed")
    found = of(nested(hidden), *SOCIAL)

    asian = found.products.set_index("group_code").loc["asian"]
    assert isnan(asian["product"])
    assert isnan(asian["cumulative"])
    assert "there is no product" in stage_texts.multiplied(found, "asian")


def test_steps_that_do_not_nest_as_the_catalogue_says_are_not_multiplied(nested):
    """More senior managers than middle managers: the ratio of that step cannot be one."""
    found = of(nested(NESTED.replace("black |    12", "black |    70")), *SOCIAL)

    black = found.products.set_index("group_code").loc["black"]
    assert isnan(black["product"])


def test_as_published_no_process_has_two_steps_that_nest_one_after_the_other(release):
    for process in release.catalogue.processes.values():
        assert stage_products.chains(process) == []
    found = of(release, "children", NATION, "2024-25")
    said = stage_texts.multiplied(found, "black")
    assert said.startswith("The ratios of steps are not multiplied.")
    assert "separate records" in said


def test_counts_are_those_that_a_release_lays_side_by_side(release):
    compared = 0
    for process in release.catalogue.processes.values():
        counted = {series for step in process.steps for series in step.series}
        for indicator in release.catalogue.indicators.values():
            if indicator.numerator.series not in counted:
                continue
            rows = release.query(
                "counts", indicators=[indicator.id], periods=[], level="5", viewer_areas=[]
            )
            views = list(rows.groupby(["period_id", "area_code"], observed=True))
            for (period, area), there in views[:: max(1, len(views) // 12)]:
                ours = stage_counts.counts(release, indicator, str(period), str(area))
                assert list(ours["group_code"]) == [str(code) for code in there["group_code"]]
                for column in set(rows.columns) - {"group_code"}:
                    pd.testing.assert_series_equal(
                        ours[column].astype(object).where(ours[column].notna(), None),
                        there.reset_index(drop=True)[column]
                        .astype(object)
                        .where(lambda values: values.notna(), None),
                        check_names=False,
                    )
                compared += 1
    assert compared > 80


def test_a_ratio_that_an_indicator_has_is_the_one_its_own_page_shows(release):
    ours = of(release, "searches", HACKNEY, "2018-04--2019-02").table
    for indicator, step, against in (
        ("stop_and_search", "search", "population"),
        ("search_to_arrest", "arrest", "previous"),
    ):
        theirs = analysis.compare(release, indicator, "2018-04--2019-02", areas=[HACKNEY])
        black = theirs[theirs["group_code"] == "black"].iloc[0]
        own = row(ours, step, against)
        for name in ("numerator", "denominator", "ratio", "ratio_low", "ratio_high", "evidence"):
            assert own[name] == black[name]


def test_child_arrests_in_london_have_no_ratio_because_too_many_are_unknown(release):
    found = of(release, "children", LONDON, "2024-25")
    arrest = row(found.table, "arrest", "population")

    assert arrest["numerator"] == 1610
    assert arrest["unknown_share"] == pytest.approx(4746 / (4746 + 3995))
    assert isnan(arrest["ratio"])
    assert "unknown for 54%" in arrest["status_reason"]
    assert found.table["ratio"].isna().all()
    assert found.cautions[0].severity == 3
    search = row(found.table, "search", "population")
    assert "no figures on searches of children for London" in search["status_reason"]


def test_nothing_is_shown_per_resident_of_the_city_but_outcomes_of_searches_are(release):
    table = of(release, "searches", CITY, "2018-04--2019-02").table

    assert isnan(row(table, "search", "population")["ratio"])
    assert "8,600 residents" in row(table, "search", "population")["status_reason"]
    assert row(table, "arrest", "previous")["ratio"] > 0


def test_a_reference_group_under_five_has_no_ratio(release):
    senior = row(
        of(release, "social_workers", HACKNEY, "2025").table, "senior_manager", "population"
    )

    assert isnan(senior["ratio"])
    assert "fewer than 5 senior managers" in senior["status_reason"]


def test_courts_have_no_population_and_say_so(release):
    found = of(release, "adults", NATION, "2017")
    population = side(found.table, "population")

    assert population["ratio"].isna().all()
    assert population["status_reason"].str.contains("no figures here on residents").all()
    assert row(found.table, "conviction", "previous")["ratio"] == pytest.approx(
        (18384 / 23374) / (140701 / 165037), rel=1e-12
    )


def test_every_process_opens_for_every_group_and_every_area_in_some_process(release):
    opened, areas = 0, set()
    for number, process in enumerate(stage_choices.processes(release.catalogue)):
        _, offered, _ = stage_choices.honoured(release, StageSelection(process=process.id))
        # There are three processes with boroughs, and each has two or three of them here.
        for area in offered.areas:
            if area.startswith("E09") and int(area[-2:]) % 15 != number % 15:
                continue
            selection, here, lines = stage_choices.honoured(
                release, StageSelection(process=process.id, area=area)
            )
            assert selection.area == area
            assert lines == []
            found = of(release, process.id, area, selection.period)
            assert len(found.table) == 2 * 5 * len(process.steps)
            for group in here.groups:
                _says_what_it_shows(release, found, group)
                opened += 1
            areas.add(area)
    assert opened > 40
    assert len(areas) >= 8


def _says_what_it_shows(release, found, group):
    rows = found.table[found.table["group_code"] == group]
    said = [
        stage_texts.selection(release.catalogue, found, rows),
        stage_texts.headline(release.catalogue, found, rows),
        stage_texts.chart_title(rows),
        stage_texts.alt(found, rows),
        stage_texts.unknown(rows),
        stage_texts.multiplied(found, group),
        *stage_lines.lines(release.catalogue, found, rows),
        *(each.text for each in found.cautions),
    ]
    for text in said:
        assert not offences(text), text
        assert not re.search(r"\bnan\b|\(\)|  |\.\.|\{", text), text
    table = stage_tables.by_step(rows)
    assert len(table) == len(found.process.steps)
    assert (table.map(len) > 0).all(axis=None)
    drawn = chart.steps(rows)
    assert (drawn is not None) == bool((rows["ratio"] > 0).any())


def test_the_file_has_the_rows_of_the_page_and_no_ratio_it_does_not_show(release):
    found = of(release, "children", LONDON, "2024-25")
    read = pd.read_csv(StringIO(csv_of_stages(found, release.catalogue, "/stages?process=x")))

    assert len(read) == len(found.table)
    assert read["ratio"].isna().all()
    assert read["numerator"].sum() == found.table["numerator"].sum()
    assert read["caveats"].str.contains("54%").all()
    assert read["source"].str.contains("Children at decision points").all()
    assert set(read["link"]) == {"/stages?process=x"}


def test_what_changed_since_the_period_before_is_a_caution(release):
    after_the_gap = of(release, "homelessness", HACKNEY, "2020-Q3")
    usual = of(release, "homelessness", HACKNEY, "2025-Q2")
    texts = {each.id: each.text for each in after_the_gap.cautions}

    assert "No figures by ethnicity were published" in texts["break_in_series"]
    assert "break_in_series" not in {each.id for each in usual.cautions}


def test_that_a_finding_turns_with_whom_it_is_compared_with_is_a_caution(make_store):
    # Asian 240 of 9,000: White 1,000 of 50,000, and all but Asian 3,200 of 75,000.
    turned = NESTED.replace("black |   400", "black |  2000")
    turned = turned.replace("asian |   200", "asian |   240")
    both = of(make_store(turned), *SOCIAL).cautions, of(make_store(NESTED), *SOCIAL).cautions

    with_it, without = ({each.id: each.text for each in found} for found in both)
    assert "Asian" in with_it["direction_depends_on_reference"]
    assert "direction_depends_on_reference" not in without
