"""A borough beside other places: the same ratios once more, from the published counts alone."""

import math
from itertools import product

import pandas as pd
import pytest
from plain import agree, ratio_interval
from plain_tables import change_in_ratio

from loti_dash import alike, analysis, beside, places
from loti_dash.codes import coded
from loti_dash.comparators import sides
from loti_dash.selection import Selection

HACKNEY, CITY, LEWISHAM, LONDON = "E09000012", "E09000001", "E09000023", "E12000007"
EVENTS, SUBSET = "events_over_population", "subset_over_set"
VIEWS = [
    ("stop_and_search", "2018-04--2019-02", "black", "white"),
    ("stop_and_search", "2018-04--2019-02", "mixed", "rest"),
    ("stop_and_search", "2018-04--2019-02", "asian", "all"),
    ("social_renting", "2021", "black", "white_british"),
    ("suspensions", "2024-25", "other", "white"),
    ("search_to_arrest", "2018-04--2019-02", "black", "white"),
    ("looked_after_children", "2024-03-31", "black", "white"),
]


def seen(release, indicator, period, group="black", reference="white", area=HACKNEY, level="5"):
    return beside.of_view(
        release, Selection(indicator, area, period, group, reference, level, release.release)
    )


def four(release, indicator, period, group, reference, areas):
    """Return x, n of the group and y, m of those it is compared with, areas added up."""
    rows = release.query(
        "counts", indicators=[indicator], periods=[period], level="5", viewer_areas=[]
    )
    rows = rows[rows["area_code"].isin(areas) & (rows["group_code"] == group)]
    assert len(rows) == len(areas)
    x, n = math.fsum(rows["numerator"]), math.fsum(rows["denominator"])
    whom = "all" if reference in ("rest", "all") else reference
    y, m = math.fsum(rows[f"{whom}_numerator"]), math.fsum(rows[f"{whom}_denominator"])
    return (x, n, y - x, m - n) if whom == "all" else (x, n, y, m)


@pytest.mark.parametrize(("indicator", "period", "group", "reference"), VIEWS)
def test_both_ratios_and_limits_are_those_of_a_plain_calculation(
    release, indicator, period, group, reference
):
    kind = release.catalogue.indicators[indicator].denominator_type
    found = seen(release, indicator, period, group, reference)
    here = four(release, indicator, period, group, reference, [HACKNEY])
    tried = 0
    for n, each in enumerate(found.places):
        if each.less or pd.isna(found.rates["ratio"].iloc[n]):
            continue
        there = four(release, indicator, period, group, reference, each.areas)
        rates, ratios = found.rates.iloc[n], found.ratios.iloc[n]
        plain = ratio_interval(here[0], here[1], there[0], there[1], kind, "score", 0.95)
        assert rates["ratio"] == pytest.approx(here[0] / here[1] / (there[0] / there[1]))
        assert agree((rates["ratio_low"], rates["ratio_high"]), plain, rel=1e-6)
        change = change_in_ratio(there, here, 0.95)
        three = tuple(ratios[name] for name in ("ratio", "ratio_low", "ratio_high"))
        assert agree(three, change, rel=1e-9)
        tried += 1
    assert tried >= (1 if indicator == "looked_after_children" else 3)


def test_london_less_a_borough_is_what_is_published_of_both(release):
    # July to September 2025: two boroughs sent no figures, and London has an estimate of them.
    found = seen(release, "homelessness_duty_owed", "2025-Q3")
    table = analysis.compare(release, "homelessness_duty_owed", "2025-Q3", areas=[LONDON, HACKNEY])
    black = table[table["group_code"] == "black"].set_index("area_code")["numerator"]
    [rest] = [n for n, each in enumerate(found.places) if each.code == "london"]
    assert found.places[rest].less
    assert found.there["numerator"].iloc[rest] == black[LONDON] - black[HACKNEY]
    assert found.missing[rest]["not_available"] == [LEWISHAM, "E09000031"]
    inner = found.rates[found.rates["area_code"] == "part"].iloc[0]
    assert inner[["ratio", "ratio_low", "ratio_high"]].isna().all()
    assert inner["status"] == "not_available"


def test_the_rate_and_ratio_here_are_those_of_the_page(release):
    found = seen(release, "stop_and_search", "2018-04--2019-02")
    page = analysis.compare(release, "stop_and_search", "2018-04--2019-02", areas=[HACKNEY])
    row = page[page["group_code"] == "black"].iloc[0]
    columns = "numerator rate rate_low rate_high ratio ratio_low ratio_high evidence".split()
    assert found.here[columns].to_list() == row[columns].to_list()


def rows_of(kind, numbers):
    """Return the two sides of a drawn view: x, n, y, m, u and v, here and there."""
    table = pd.DataFrame(
        [
            dict.fromkeys(places.SUMS, 0.0)
            | {"group_code": "black", "numerator": x, "denominator": n}
            | {"white_numerator": y, "white_denominator": m}
            | {"all_numerator": x + y, "all_denominator": n + m, "unknown": u, "unknown_of": v}
            for x, n, y, m, u, v in numbers
        ]
    )
    parts = {"black": frozenset("b"), "white": frozenset("w")}
    return sides(table, coded(pd.Series([kind] * len(table))), "white", parts)


def allocations(kind, x, n, y, m, u, v):
    """Yield x, n, y, m for every way in which the unknown may belong to the two groups."""
    if kind == EVENTS:
        for k in range(u + 1):
            for j in range(u - k + 1):
                yield x + k, n, y + j, m
        return
    without = v - u
    for k, j in product(range(u + 1), range(without + 1)):
        for k_white, j_white in product(range(u - k + 1), range(without - j + 1)):
            yield x + k, n + k + j, y + k_white, m + k_white + j_white


@pytest.mark.parametrize("kind", [EVENTS, SUBSET])
def test_limits_for_the_unknowns_hold_every_way_in_which_they_may_belong(kind):
    here, there = (6, 120, 9, 250, 3, 5), (8, 300, 7, 210, 2, 4)
    of = rows_of(kind, [here, there])
    ways = list(product(allocations(kind, *here), allocations(kind, *there)))
    for function, value in (
        (beside._rates, lambda a, b: (a[0] / a[1]) / (b[0] / b[1])),
        (
            beside._ratios,
            lambda a, b: (a[0] / a[1] / (a[2] / a[3])) / (b[0] / b[1] / (b[2] / b[3])),
        ),
    ):
        _, (low, high) = function(of, kind)
        tried = [value(*way) for way in ways]
        assert low[0] == pytest.approx(min(tried))
        assert high[0] == pytest.approx(max(tried))


def test_a_finding_that_the_unknown_could_turn_round_is_not_robust(release):
    found = seen(release, "stop_and_search", "2018-04--2019-02")
    for rows in (found.rates, found.ratios):
        for _, row in rows.iterrows():
            three = [row[f"ratio{name}"] for name in ("", "_if_unknown_low", "_if_unknown_high")]
            one_side = all(each > 1 for each in three) or all(each < 1 for each in three)
            assert row["robust_to_unknown"] == ("true" if one_side else "false")


def test_where_the_page_shows_no_ratio_no_place_is_compared(release):
    # More than 30% of unknown ethnicity, and a place where nobody lives.
    table = analysis.compare(release, "stop_and_search_all_forces", "2021-12--2022-10")
    over = table[(table["unknown_share"] > 0.3) & table["area_code"].str.startswith("E09")]
    assert len(over)
    for area in [*over["area_code"].unique()[:3], CITY]:
        found = seen(release, "stop_and_search_all_forces", "2021-12--2022-10", area=area)
        assert found.rates["ratio"].isna().all()
        assert found.ratios["ratio"].isna().all()
        assert pd.isna(found.here["rate"])


def test_few_on_either_side_make_a_comparison_unreliable(release):
    found = seen(release, "permanent_exclusions", "2024-25", "mixed")
    assert found.here["numerator"] < 20 < found.there["numerator"].iloc[0]
    assert set(found.rates["status"]) == {"low_counts"}


def test_neighbours_are_the_five_nearest_that_the_indicator_has(release):
    found = seen(release, "social_renting", "2021")
    [mine] = [each for each in found.places if each.code == "neighbours"]
    assert list(mine.areas) == alike.near(release, HACKNEY).index[:5].to_list()


def test_where_the_reference_contains_the_group_it_is_left_out_of_it(release):
    assert seen(release, "social_renting", "2021", "black", "all").contains
    assert not seen(release, "social_renting", "2021", "black", "rest").contains
    irish = seen(
        release, "stop_and_search", "2018-04--2019-02", "white_irish", "white", level="19"
    )
    assert irish.contains


@pytest.mark.parametrize(
    ("indicator", "area", "period"),
    [
        ("stop_and_search", LONDON, "2018-04--2019-02"),
        ("child_custody", "K04000001", "2024-25"),
        ("mental_health_detentions", "E92000001", "2023-24"),
    ],
)
def test_only_boroughs_have_other_places(release, indicator, area, period):
    assert seen(release, indicator, period, area=area) is None
