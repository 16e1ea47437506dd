"""Statistical neighbours: the same answer from a slow, plain calculation, in a fixed order."""

import math

import numpy as np
import pandas as pd
import pytest

from loti_dash import alike, neighbours

HACKNEY, CITY = "E09000012", "E09000001"


def plain(shares, scores, area):
    """Return codes and distances, one pair after the other, from the definition."""

    def hellinger(one, other):
        return math.sqrt(
            math.fsum((math.sqrt(one[g]) - math.sqrt(other[g])) ** 2 for g in one) / 2
        )

    pairs = [(a, b) for a in shares for b in shares if a < b]
    mean_groups = math.fsum(hellinger(shares[a], shares[b]) for a, b in pairs) / len(pairs)
    mean_scores = math.fsum(abs(scores[a] - scores[b]) for a, b in pairs) / len(pairs)
    found = []
    for other in shares:
        if other != area:
            in_groups = hellinger(shares[area], shares[other]) / mean_groups
            in_deprivation = abs(scores[area] - scores[other]) / mean_scores
            found.append(((in_groups + in_deprivation) / 2, other, in_groups, in_deprivation))
    return sorted(found)


def made_up(seed, many=12):
    random = np.random.default_rng(seed)
    codes = [f"E{n:02}" for n in range(many)]
    shares = pd.DataFrame(random.dirichlet([0.5] * 6, many), index=codes)
    return shares, pd.Series(random.uniform(9, 32, many), codes)


@pytest.mark.parametrize("seed", range(5))
def test_distances_are_those_of_a_plain_calculation(seed):
    shares, scores = made_up(seed)
    for area in shares.index:
        found = neighbours.distances(shares, scores, area)
        expected = plain(shares.T.to_dict(), scores.to_dict(), area)
        assert found.index.to_list() == [other for _, other, *_ in expected]
        assert found["distance"].to_numpy() == pytest.approx([each[0] for each in expected])
        assert found["in_groups"].to_numpy() == pytest.approx([each[2] for each in expected])
        assert found["in_deprivation"].to_numpy() == pytest.approx([each[3] for each in expected])


def test_the_order_does_not_depend_on_that_of_the_rows_or_groups():
    shares, scores = made_up(7)
    shuffled = shares.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    one = neighbours.distances(shares, scores, "E03")
    other = neighbours.distances(shuffled, scores[shuffled.index], "E03")
    assert one.index.to_list() == other.index.to_list()


def test_of_areas_equally_far_the_lower_code_comes_first():
    shares = pd.DataFrame({"a": [0.5] * 4, "b": [0.5] * 4}, index=["E3", "E1", "E2", "E0"])
    scores = pd.Series([20.0, 22.0, 18.0, 20.0], shares.index)
    assert neighbours.distances(shares, scores, "E0").index.to_list() == ["E3", "E1", "E2"]


def test_the_boroughs_of_the_release_give_what_a_plain_calculation_gives(release):
    counts = release.query(
        "composition",
        series="census_2021_residents",
        period="2021",
        groups=[g.code for g in release.catalogue.groups if g.classification == "census_2021_19"],
        viewer_areas=[],
    )
    shares, scores = {}, {}
    for code, rows in counts.groupby("area_code"):
        if code.startswith("E09") and code != CITY:
            # 19 groups, each counted once: none that rolls up from others.
            assert len(rows) == 19
            total = rows["value"].sum()
            of = zip(rows["group_code"], rows["value"], strict=True)
            shares[code] = {g: v / total for g, v in of}
            scores[code] = float(release.catalogue.deprivation[code].score_2025)
    assert len(shares) == 32
    found = alike.near(release, HACKNEY)
    expected = plain(shares, scores, HACKNEY)
    assert found.index.to_list() == [code for _, code, *_ in expected]
    assert found["distance"].to_numpy() == pytest.approx([each[0] for each in expected])


def test_the_city_and_what_is_no_borough_have_no_neighbours(release):
    assert alike.near(release, CITY).empty
    assert alike.near(release, "E12000007").empty
    assert CITY not in alike.near(release, HACKNEY).index


def test_the_five_groups_of_hackney_are_those_of_the_census(release):
    five = alike.in_five(release.catalogue, alike.residents(release))
    assert five.columns.to_list() == ["asian", "black", "mixed", "white", "other"]
    assert five.sum(axis=1).to_numpy() == pytest.approx([1] * len(five))
    # Census 2021, TS021, Hackney: 10.4%, 21.1%, 6.7%, 53.1%, 8.7%.
    assert (100 * five.loc[HACKNEY]).round(1).to_list() == [10.4, 21.1, 6.7, 53.1, 8.7]
