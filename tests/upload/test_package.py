"""A package is the same after it was text, and nobody's figures pass for another's."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uploads import CAMDEN, DEFINITIONS, HACKNEY, described, package_of, rows

from loti_dash.errors import CatalogueError, ObservationError
from loti_dash.upload.package import alike, extended, from_json, put_right

ID = "warnings_hackney_council"
GROUPS = ("asian", "black", "mixed", "white", "other")
COUNTS = st.one_of(
    st.integers(0, 10**9), st.sampled_from(["suppressed", "not_available", "not_applicable"])
)


def package(counts=None, **changes):
    table = rows(ID, "2023", HACKNEY, counts or dict.fromkeys(GROUPS, 40))
    said = described(denominator="census_2021_residents", **changes)
    return package_of(table, said)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["2022", "2023"]), st.sampled_from([HACKNEY, CAMDEN])),
        st.dictionaries(st.sampled_from(GROUPS), COUNTS, min_size=1),
        min_size=1,
    ),
    st.text(min_size=1),
)
def test_what_was_text_is_the_same_package(counts, words):
    table = pd.concat([rows(ID, *key, of) for key, of in counts.items()], ignore_index=True)
    made = package_of(table, described(denominator="census_2021_residents"))
    made = replace(made, source=replace(made.source, note=words))

    again = from_json(made.to_json())

    def key(table):
        columns = ["series_id", "period_id", "area_code", "group_code"]
        return table.sort_values(columns).reset_index(drop=True)

    pd.testing.assert_frame_equal(key(again.observations), key(table), check_dtype=False)
    assert replace(again, observations=None) == replace(made, observations=None)
    assert again.to_json() == made.to_json()


def test_the_text_does_not_depend_on_the_order_of_rows_or_codes():
    made = package(dict(zip(GROUPS, (1, 2, 3, 4, 5), strict=True)))
    other = made.observations.iloc[::-1].copy()
    other["group_code"] = pd.Categorical(
        other["group_code"], categories=["white", *GROUPS[:3], "other"]
    )

    assert replace(made, observations=other).to_json() == made.to_json()


@pytest.mark.parametrize(
    ("column", "wrong"),
    [("value", -1.0), ("value", np.nan), ("status", "fine"), ("group_code", "asian")],
    ids=["below zero", "missing and ok", "no such status", "a key twice"],
)
def test_figures_that_were_damaged_are_not_read(column, wrong):
    made = package()
    table = made.observations.copy()
    table.loc[4, column] = wrong

    with pytest.raises(ObservationError, match="uploaded figures"):
        from_json(replace(made, observations=table).to_json())


def test_a_definition_that_was_damaged_is_not_read():
    whole = json.loads(package().to_json())
    del whole["indicators"][0]["title"]

    with pytest.raises(CatalogueError, match="uploaded indicator: lacks title"):
        from_json(json.dumps(whole))


def test_a_catalogue_has_the_definitions_of_packages_as_well():
    one = package()
    other = replace(package(id_="visits"), source=replace(one.source, id="upload_other"))
    other = replace(other, statement=replace(one.statement, id="upload_other"))

    both = extended(DEFINITIONS, [one, other])

    assert both.indicators.keys() - DEFINITIONS.indicators.keys() == {ID, "visits_hackney_council"}
    assert both.series[ID].classification == "harmonised_5"
    assert both.sources["upload_other"].publisher == "Hackney Council"
    assert both.statements.keys() - DEFINITIONS.statements.keys() == {
        one.source.id,
        "upload_other",
    }
    assert DEFINITIONS.indicators.keys() == extended(DEFINITIONS, []).indicators.keys()


def of_catalogue(what):
    made = package()
    if what == "indicators":
        return replace(made, indicators=(replace(made.indicators[0], id="stop_and_search"),))
    if what == "series":
        return replace(made, series=(replace(made.series[0], series_id="searches_self_defined"),))
    return replace(made, source=replace(made.source, id="police_uk"))


@pytest.mark.parametrize("what", ["indicators", "series", "sources"])
def test_an_id_of_the_catalogue_is_not_taken(what):
    with pytest.raises(ObservationError, match=f"the same ids of {what}"):
        extended(DEFINITIONS, [of_catalogue(what)])


def test_two_packages_with_one_id_are_refused_by_name():
    with pytest.raises(ObservationError, match=rf"indicators: {ID}\. Withdraw one"):
        extended(DEFINITIONS, [package(), package()])


def test_packages_are_alike_whatever_their_ids_and_dates():
    one = package()
    again = package_of(
        one.observations,
        described(denominator="census_2021_residents"),
        id_="upload_fedcba9876543210",
    )
    later = replace(again, source=replace(again.source, published=date(2026, 5, 4)))
    fewer = replace(one, observations=one.observations[1:])

    assert alike(one.to_json(), later.to_json())
    assert not alike(one.to_json(), fewer.to_json())


@pytest.mark.parametrize(
    ("then", "now", "corrected"),
    [
        ({"black": 30, "white": 50}, {"black": 30, "white": 50, "asian": 9}, False),
        ({"black": 30, "white": 50}, {"black": 31, "white": 50}, True),
        ({"black": 30, "white": 50}, {"black": 30}, True),
        ({"black": "suppressed"}, {"black": "suppressed"}, False),
        ({"black": 30, "white": "not_available"}, {"black": 30, "white": 50}, False),
        ({"black": 30, "white": 50}, {"black": 30, "white": "not_available"}, True),
    ],
)
def test_only_counts_that_were_there_are_put_right(then, now, corrected):
    of = [package_of(rows(ID, "2023", HACKNEY, counts), described()) for counts in (then, now)]

    assert [one.series_id for one in put_right(*of)] == [ID] * corrected


@pytest.mark.parametrize(
    "changes",
    [{"per": 1_000}, {"denominator": "census_2021_residents"}, {"calendar": "financial"}],
    ids=["per", "denominator", "calendar"],
)
def test_the_same_counts_divided_otherwise_are_put_right(changes):
    table = rows(ID, "2023", HACKNEY, {"black": 30})
    one, other = package_of(table, described()), package_of(table, described(**changes))

    assert [each.series_id for each in put_right(one, other)] == [ID]
    assert put_right(one, one) == []
