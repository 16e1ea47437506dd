"""A baseline is the figure of the page; what became of it is told, or why that cannot be."""

from dataclasses import replace
from datetime import date
from math import exp, log, sqrt

import pytest

from loti_dash import analysis, notices
from loti_dash.errors import LotiError
from loti_dash.notices import Notice
from loti_dash.outcomes import baselines
from loti_dash.outcomes.moved import moved
from loti_dash.selection import Selection
from loti_dash.store import Store

HACKNEY, CITY = "E09000012", "E09000001"
TODAY = date(2026, 11, 25)
VIEW = Selection("homelessness_duty_owed", HACKNEY, "2023-Q3", "black", "white", "5")
GROUPS = (
    "asian_bangladeshi asian_chinese asian_indian asian_pakistani asian_other black_african "
    "black_caribbean black_other mixed_white_asian mixed_white_black_african "
    "mixed_white_black_caribbean mixed_other white_irish white_gypsy_irish_traveller "
    "white_other_incl_roma other_arab other_any"
).split()
HOUSEHOLDS = """
    series | period | area | group | value | status
    census_2021_households | 2021 | E09000012 | asian | 10000 | ok
    census_2021_households | 2021 | E09000012 | black | 20000 | ok
    census_2021_households | 2021 | E09000012 | mixed | 5000 | ok
    census_2021_households | 2021 | E09000012 | other | 5000 | ok
    census_2021_households | 2021 | E09000012 | white_british | 30000 | ok
    census_2021_households | 2021 | E09000012 | white_irish | 1000 | ok
    census_2021_households | 2021 | E09000012 | white_other_incl_traveller_roma | 10000 | ok
"""


def drawn(**black):
    """Return figures of quarters: Black households owed a duty, and 100 White ones in each."""
    lines = [HOUSEHOLDS]
    for quarter, count in black.items():
        cells = dict.fromkeys(GROUPS, 0) | {"white_british": 100, "black_african": count}
        cells["unknown_not_known"] = 0
        for group, value in cells.items():
            status = "suppressed" if value == "-" else "ok"
            where = f"homelessness_duties_owed | {quarter.replace('_', '-')[1:]} | {HACKNEY}"
            lines.append(f"{where} | {group} | {value} | {status}\n")
    return "".join(lines)


@pytest.fixture(scope="module")
def then(make_shared_store):
    return make_shared_store(drawn(q2023_Q3=150, q2024_Q3=220))


@pytest.fixture(scope="module")
def now(make_shared_store):
    """Return a release in which the first quarter was corrected and the newest is withheld."""
    return make_shared_store(drawn(q2023_Q3=160, q2024_Q3=220, q2025_Q1="-"))


@pytest.mark.parametrize("area", [HACKNEY, "E12000007"])
@pytest.mark.parametrize("group", ["black", "asian"])
def test_a_baseline_is_the_row_of_the_comparison_table(release, area, group):
    view = replace(VIEW, area=area, group=group, period="2025-Q3")

    taken = baselines.take(release, view, TODAY)

    table = analysis.compare(release, view.indicator, view.period)
    row = table[(table["area_code"] == area) & (table["group_code"] == group)].iloc[0]
    assert (taken.ratio, taken.low, taken.high, taken.rate) == (
        row["ratio"],
        row["ratio_low"],
        row["ratio_high"],
        row["rate"],
    )
    assert (taken.release, taken.taken) == (release.release, "2026-11-25")


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (replace(VIEW, group="white"), "no figure for the group 'White'"),
        (replace(VIEW, group="unknown"), "no figure for the group 'Unknown'"),
        (replace(VIEW, indicator="stop_and_search", area=CITY, period="2018-06"), "no ratio"),
        (replace(VIEW, group="black_african", classification="19"), "no ratio"),
        (replace(VIEW, period="1066"), "no period"),
        (replace(VIEW, indicator="nothing"), "no indicator"),
    ],
)
def test_where_there_is_no_ratio_none_is_taken_and_why_is_said(release, view, said):
    with pytest.raises(LotiError) as refused:
        baselines.take(release, view, TODAY)
    assert said in str(refused.value)


def test_figures_that_are_not_published_are_no_baseline(then, monkeypatch):
    monkeypatch.setattr(then, "private", True)
    with pytest.raises(LotiError, match="not published"):
        baselines.take(then, VIEW, TODAY)


def test_a_baseline_says_what_where_when_how_much_and_of_which_release(then):
    taken = baselines.take(then, VIEW, TODAY)

    said = baselines.in_words(then.catalogue, taken)

    assert said.startswith(
        "Households owed a homelessness duty: Black households in Hackney, compared with White "
        "households, July to September 2023: ratio 3.08 (2.39 to 3.96)."
    )
    assert said.endswith(f"Release {then.release}, taken on 25 November 2026.")
    gone = replace(taken, view=replace(taken.view, indicator="gone"))
    assert "gone, E09000012, 2023-Q3, black: ratio 3.08" in baselines.in_words(
        then.catalogue, gone
    )


def test_groups_without_a_figure_are_not_given_that_of_another_group(release):
    indicator = release.catalogue.indicators["homelessness_duty_owed"]
    groups = ("black_african", "black_caribbean", "white_gypsy_irish_traveller", "other_arab")

    views, lines = baselines.nearest(release, indicator, groups, HACKNEY)

    assert [(view.group, view.area, view.period) for view in views] == [
        ("black", HACKNEY, "2025-Q3")
    ]
    assert lines[0] == "Black African is not shown on its own here; it is a part of Black."
    assert lines[2:] == [
        f"There is no figure for {name} in Households owed a homelessness duty."
        for name in ("White Gypsy or Irish Traveller", "Arab")
    ]


def test_detailed_groups_have_their_own_figure_where_there_is_one(release):
    indicator = release.catalogue.indicators["free_school_meals"]

    views, lines = baselines.nearest(release, indicator, ("black_african",), HACKNEY)

    assert [(view.group, view.classification) for view in views] == [("black_african", "19")]
    assert lines == []


def test_an_indicator_without_figures_offers_none(release):
    indicator = release.catalogue.indicators["adult_employment"]
    assert baselines.nearest(release, indicator, ("black",), HACKNEY) == (
        [],
        [f"{indicator.title}: no figures yet."],
    )


def test_a_clear_rise_has_the_interval_of_the_change(then):
    taken = baselines.take(then, VIEW, TODAY)

    found = moved(then, taken, target="5")

    # Black 150 and 220, White 100 and 100, over the same households: by hand.
    times, spread = 220 / 150, 1.959964 * sqrt(1 / 150 + 1 / 100 + 1 / 220 + 1 / 100)
    assert found.low == pytest.approx(exp(log(times) - spread), rel=1e-6)
    assert found.high == pytest.approx(exp(log(times) + spread), rel=1e-6)
    assert found.verdict == "rose"
    assert "rose from 3.1 to 4.5: 1.47 times what it was (1.04 to 2.07)" in found.said
    assert "does not show why" in found.beside
    assert found.target == (
        "The newest ratio is 4.51 (3.56 to 5.71): we cannot tell it from the target of 5."
    )


@pytest.mark.parametrize(
    ("target", "said"),
    [("1.5", "clearly above the target of 1.5"), ("9", "clearly below the target of 9")],
)
def test_the_newest_figure_is_told_from_the_target_by_its_interval(then, target, said):
    assert said in moved(then, baselines.take(then, VIEW, TODAY), target).target


@pytest.mark.parametrize(
    "target", ["", "half", "-1", "0", "nan", "inf", "1_0", "1e1", "\N{ARABIC-INDIC DIGIT TWO}"]
)
def test_a_target_that_is_no_ratio_is_compared_with_nothing(then, target):
    assert moved(then, baselines.take(then, VIEW, TODAY), target).target == ""


def test_a_corrected_baseline_is_said_and_the_change_is_from_the_corrected_figure(then, now):
    taken = baselines.take(then, VIEW, TODAY)

    found = moved(now, taken)

    assert "corrected since it was taken: from 3.08 to 3.28" in found.beside
    # 160 to 220, as by hand above; the newest quarter is withheld, so the one before stands in.
    spread = 1.959964 * sqrt(1 / 160 + 1 / 100 + 1 / 220 + 1 / 100)
    assert found.low == pytest.approx(exp(log(220 / 160) - spread), rel=1e-6)
    assert found.verdict == "cannot tell"
    assert "we cannot tell whether the ratio" in found.said
    assert "There is no ratio to show for January to March 2025" in found.beside


def cannot(store, of):
    found = moved(store, of)
    assert found.verdict == "cannot tell"
    assert (found.low, found.high) == (None, None)
    return found.said


def test_why_it_cannot_be_told_is_said(then, now, release):
    taken = baselines.take(then, VIEW, TODAY)

    def at(**view):
        return replace(taken, view=replace(taken.view, **view))

    assert "no newer period than July to September 2024 yet" in cannot(then, at(period="2024-Q3"))
    assert "its definition changed" in cannot(then, replace(taken, definition="other"))
    assert "not in this release any more" in cannot(then, at(period="2020-Q3"))
    assert "its indicator is not in this release" in cannot(then, at(indicator="gone"))
    assert "no ratio for January to March 2025 any more" in cannot(now, at(period="2025-Q1"))
    assert "no ratio for any period up to January to March 2025" in cannot(
        now, at(period="2024-Q3")
    )
    span = Selection("stop_and_search", HACKNEY, "2018-04--2019-02", "black", "white", "5")
    assert "several periods together" in cannot(release, baselines.take(release, span, TODAY))


def test_across_a_break_no_change_is_told(release):
    view = replace(VIEW, period="2018-Q3")
    found = moved(release, baselines.take(release, view, TODAY))

    assert found.verdict == "cannot tell"
    assert "cannot be compared: there is a break between them" in found.said


def test_withdrawn_figures_are_no_change(then, make_shared_store):
    taken = baselines.take(then, VIEW, TODAY)
    gone = make_shared_store(drawn(q2023_Q3=150, q2024_Q3=230))
    folder = gone._folder
    why = ("homelessness_duties_owed", "Homelessness duties", "two columns were swapped")
    notice = Notice("withdrawn_series", TODAY, *why)
    notices.add(folder, notice)

    found = cannot(Store(folder / f"{gone.release}.duckdb"), taken)

    assert "its figures are withdrawn" in found
