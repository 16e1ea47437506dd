"""Textbook tables of secondary suppression: what others found can be inferred, and what is safe.

Patterns are not unique, so `protect` is held to the property; `recoverable` to the numbers.
"""

import json

import numpy as np
import pandas as pd
import pytest
from attackers import assert_nobody_is_the_wiser, hidden_rows
from oracles import ORACLES
from oracles import cases as oracle_cases

from loti_dash.disclosure import protect, recoverable

pytestmark = pytest.mark.skipif(not ORACLES.is_dir(), reason="the oracles are not at hand")
TWO = ["row", "column"]


def cases(*needed):
    """Return the cases of the file whose inputs have some keys."""
    if not ORACLES.is_dir():
        return []
    all_ = json.loads((ORACLES / "suppression.json").read_text())["cases"]
    found = [case for case in all_ if set(needed) <= case["inputs"].keys()]
    assert found, needed
    return [pytest.param(case, id=case["id"]) for case in found]


def two_way(given):
    """Return a table by row and column with its margins, and the totals."""
    inner = pd.DataFrame(given["table"], given["rows"], given["cols"]).astype(float)
    inner["tot"] = inner.sum(axis=1)
    inner.loc["tot"] = inner.sum()
    table = inner.stack().rename("value").rename_axis(TWO).reset_index()
    return table, {"row": {"tot": given["rows"]}, "column": {"tot": given["cols"]}}


def without(table, names):
    cell = table["row"] + "|" + table["column"]
    return table.assign(value=table["value"].mask(cell.isin(names)))


def ranges(found):
    """Return {cell: [least, greatest]}, as the file writes them."""
    names = found["row"] + "|" + found["column"]
    return dict(zip(names, found[["least", "greatest"]].to_numpy().tolist(), strict=True))


@pytest.mark.parametrize("case", cases("table", "rows", "cols"))
def test_what_can_be_inferred_of_a_published_pattern(case):
    given, expected = case["inputs"], case["expected"]
    table, totals = two_way(given)
    compared = 0
    for hidden_key, ranges_key in (
        ("suppressed", "intervals"),
        ("published_suppressed", "intervals"),
        ("gauss_suppressed", "gauss_primary_intervals"),
    ):
        hidden = given.get(hidden_key) or expected.get(hidden_key)
        if not hidden or ranges_key not in expected:
            continue
        found = ranges(recoverable(without(table, hidden), by=TWO, totals=totals))
        for cell, limits in expected[ranges_key].items():
            assert found[cell] == limits, cell
            compared += 1
    if "suppressed_before" in given:
        for cell, limits in expected["intervals"].items():
            shown = without(table, [*given["suppressed_before"], cell])
            assert ranges(recoverable(shown, by=TWO, totals=totals))["w|b"] == limits, cell
            compared += 1
    assert compared


@pytest.mark.parametrize("case", cases("table", "rows", "cols"))
def test_a_two_way_table_is_protected(case):
    given, expected = case["inputs"], case["expected"]
    table, totals = two_way(given)
    threshold = given.get("primary_max", 4) + 1

    safe = protect(table, threshold, by=TWO, totals=totals)

    if threshold > 2:
        assert_nobody_is_the_wiser(table, safe, TWO, totals, threshold)
    if "minimum_secondary" in expected:
        secondary = len(hidden_rows(safe)) - len(expected["primary"])
        assert secondary <= 1.5 * expected["minimum_secondary"]


@pytest.mark.parametrize("case", cases("counts", "total_published"))
def test_what_is_known_of_small_counts_narrows_them(case):
    counts, expected = case["inputs"]["counts"], case["expected"]
    places = expected["primary_positions"]
    names = [str(place) for place in range(len(counts))]
    values = [None if place in places else count for place, count in enumerate(counts)]
    table = pd.DataFrame({"row": [*names, "tot"], "value": [*values, sum(counts)]})

    found = recoverable(
        table, by=["row"], totals={"row": {"tot": names}}, least=1, greatest=4
    ).set_index("row")

    for place, limits in expected["intervals_with_range_knowledge"].items():
        assert found.loc[place, ["least", "greatest"]].tolist() == limits
    assert not found["exact"].any()


@pytest.mark.parametrize("case", cases("group_counts"))
def test_one_group_with_a_rule_of_1_to_5(case):
    counts, states = case["inputs"]["group_counts"], case["expected"]["status"]
    names = [str(place) for place in range(len(counts))]
    total = sum(count or 0 for count in counts) + 3 * counts.count(None)
    table = pd.DataFrame({"row": [*names, "tot"], "value": [*counts, total]}).astype(
        {"value": float}
    )

    safe = protect(table, 6, by=["row"], totals={"row": {"tot": names}})

    found = ["I" if count is None else "." for count in counts]
    for row in set(hidden_rows(safe)) - {len(counts)}:
        found[row] = {"primary": "P", "secondary": "S"}[safe["status_reason"][row]]
    assert sorted(found) == sorted(states)
    assert [state in "PI" for state in found] == [state in "PI" for state in states]
    assert pd.notna(safe["value"].iloc[-1])


@pytest.mark.parametrize("case", cases("suppressed_count"))
def test_a_rate_beside_its_denominator_is_the_count(case):
    given = case["inputs"]
    per, digits = given["multiplier"], given["rate_dp"]
    possible = [
        count
        for count in range(20)
        if round(count * per / given["published_denominator"], digits) == given["published_rate"]
    ]
    assert possible == case["expected"]["possible_counts"]

    # So the rate is calculated from what is shown, and goes with the count.
    names = ["hidden", "other"]
    table = pd.DataFrame({"row": names, "value": [given["suppressed_count"], 900.0]})
    safe = protect(table, given["suppressed_count"] + 1, by=["row"])
    rate = safe["value"] * per / given["published_denominator"]
    assert rate.isna().tolist() == [True, False]


def test_two_ones_and_a_third_cell_for_those_who_know_one_of_them():
    # The person in one cell of 1 knows the other from the sum, where nothing else is hidden.
    [case] = [each.values[0] for each in cases("primary_max", "total")]
    counts = case["inputs"]["counts"]
    table = pd.DataFrame(
        {"row": [*counts, "tot"], "value": [*counts.values(), case["inputs"]["total"]]}
    ).astype({"value": float})
    totals = {"row": {"tot": list(counts)}}

    safe = protect(table, 5, by=["row"], totals=totals)

    primary = set(table["row"][np.array(hidden_rows(safe))])
    assert set(case["expected"]["primary"]) <= primary
    assert_nobody_is_the_wiser(table, safe, ["row"], totals)


def test_the_trap_of_two_in_a_line():
    [case] = [
        each for each in oracle_cases("traps") if each["id"] == "traps-04_suppression_recoverable"
    ]
    given, expected = case["inputs"], case["expected"]
    table, totals = two_way(given["table"])
    shown = without(table, given["table"]["suppressed"])

    found = recoverable(shown, by=TWO, totals=totals)

    [known] = found[found["exact"]].to_dict("records")
    assert f"{known['row']}|{known['column']}" == expected["recovered_cell"]
    assert known["least"] == expected["recovered_value"]
    assert bool(found["exact"].any()) != expected["safe"]
    derived = given["derived"]
    count = derived["published_rate_per_1000"] * derived["population"] / 1_000
    assert round(count) == expected["derived_recovered_count"]
