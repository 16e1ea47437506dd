"""Caveats find the figures they apply to: each rule raised by one table, and not by another."""

import pandas as pd
import pytest

from loti_dash import catalogue, caveats, config
from loti_dash.analysis import COLUMNS
from loti_dash.caveat_rules import RULES, UNRELIABLE_COUNT, WIDE
from loti_dash.definitions import FACTORS, Accepted
from loti_dash.findings import UNRELIABLE
from loti_dash.findings import WIDE as WIDE_IN_TABLES

CATALOGUE = catalogue.read(config.CATALOGUE)
HACKNEY, CITY = "E09000012", "E09000001"
PLAIN = {
    "area_code": HACKNEY,
    "area": "Hackney",
    "group_code": "black",
    "group": "Black",
    "reference_code": "white",
    "reference": "White",
    "numerator": 300.0,
    "denominator": 20_000.0,
    "ratio": 2.0,
    "ratio_low": 1.7,
    "ratio_high": 2.4,
    "evidence": "higher",
    "unknown_share": 0.02,
    "robust_to_unknown": "true",
    "status": "ok",
}


def table(*rows):
    """Return a comparison table: a white row that is large enough, and the rows given."""
    share = rows[0].get("unknown_share", PLAIN["unknown_share"])
    white = PLAIN | {"group_code": "white", "group": "White", "evidence": "none"}
    white |= {"unknown_share": share}
    return pd.DataFrame([PLAIN | row for row in rows] + [white], columns=COLUMNS)


def found(rows, indicator="homelessness_duty_owed", period="2025-Q3", area=HACKNEY):
    definition = CATALOGUE.indicators[indicator]
    return caveats.applying_to(CATALOGUE, definition, period, rows, area)


def ids(*rows, **view):
    return {each.id for each in found(table(*rows), **view)}


SEARCHES = {"indicator": "stop_and_search", "period": "2018-04--2019-02"}
OFFICERS = {"indicator": "stop_and_search_officer", "period": "2018-04"}
TENURE = {"indicator": "social_renting", "period": "2021"}
COURTS = {"indicator": "prosecution_to_conviction", "period": "2017"}
CHILDREN = {"indicator": "looked_after_children", "period": "2021-03-31"}
MISSING = {"numerator": float("nan"), "status": "not_available"}

CASES = {
    "unknown_ethnicity_is_large": (({"unknown_share": 0.2}, {}), ({"unknown_share": 0.05}, {})),
    "unknown_ethnicity_above_floor": (({"unknown_share": 0.31}, {}), ({"unknown_share": 0.3}, {})),
    "unknown_not_published": (
        ({"unknown_share": float("nan")}, COURTS),
        ({"unknown_share": float("nan")}, TENURE),
    ),
    "small_numbers": (({"numerator": 19.0}, {}), ({"numerator": 20.0}, {})),
    "suppressed": (({"status": "suppressed"}, {}), ({}, {})),
    "denominator_from_another_period": (({}, {}), ({}, TENURE)),
    "events_not_people": (({}, SEARCHES), ({}, CHILDREN)),
    "place_of_event_not_residence": (({}, SEARCHES), ({}, CHILDREN)),
    "events_exceed_residents": (
        ({"numerator": 222.0, "denominator": 232.0}, SEARCHES),
        ({"numerator": 22.0, "denominator": 232.0}, SEARCHES),
    ),
    # The Census counts no households of the Black African group on their own.
    "groups_without_rate": (({"group_code": "black_african"}, {}), ({}, {})),
    "lead_applicant_only": (({}, {}), ({}, CHILDREN)),
    "officer_defined": (({}, OFFICERS), ({}, SEARCHES)),
    "area_did_not_submit": (
        (MISSING | {"area_code": "E09000029", "area": "Sutton"}, {}),
        (MISSING, {}),
    ),
    "not_adjusted_for_age": (({}, SEARCHES), ({}, CHILDREN)),
    "wide_interval": (
        ({"ratio_low": 0.5, "ratio_high": 1.6}, {}),
        ({"ratio_low": 0.5, "ratio_high": 1.4}, {}),
    ),
    "direction_depends_on_unknown": (
        ({"robust_to_unknown": "false"}, {}),
        ({"robust_to_unknown": "false", "evidence": "uncertain"}, {}),
    ),
    "pooled_periods": (({}, SEARCHES), ({}, SEARCHES | {"period": "2018-04"})),
}


@pytest.mark.parametrize("id_", CASES)
def test_a_rule_is_raised_by_what_it_is_about_and_by_nothing_else(id_):
    (row, view), (other_row, other_view) = CASES[id_]
    assert id_ in ids(row, **view)
    assert id_ not in ids(other_row, **other_view)


@pytest.mark.parametrize(
    ("count", "expected"),
    [(4, {"reference_group_under_five"}), (5, {"reference_group_too_small"}), (20, set())],
)
def test_a_small_reference_group(count, expected):
    rows = table({})
    rows.loc[rows["group_code"] == "white", "numerator"] = float(count)
    about = {each.id for each in found(rows) if each.id.startswith("reference_group")}
    assert about == expected


def test_the_city_has_its_own_caveat():
    rows = table({}).assign(area_code=CITY, area="City of London")
    assert "city_of_london" in {each.id for each in found(rows, area=CITY)}
    assert "city_of_london" not in ids({})


def test_what_is_small_or_withheld_is_said_only_where_it_is():
    rows = table({}).assign(area_code=CITY, area="City of London")
    assert not [each for each in found(rows, area=CITY) if "withheld" in each.text]
    assert {"suppressed", "small_numbers"} <= {
        *ids({"status": "suppressed", "numerator": 7.0}, area=HACKNEY)
    }


def test_where_no_ratio_is_shown_no_ratio_is_warned_of():
    wide = {"ratio_low": 0.5, "ratio_high": 1.6, "robust_to_unknown": "false"}
    rows = table(wide).assign(area_code=CITY, area="City of London")
    about_ratios = {"wide_interval", "direction_depends_on_unknown"}

    assert about_ratios <= ids(wide)
    assert not about_ratios & {each.id for each in found(rows, area=CITY)}


def test_people_are_named_as_people_and_names_with_and_are_told_apart():
    mixed = {"group": "Mixed White and Asian", "robust_to_unknown": "false"}
    said = found(table(mixed, {"robust_to_unknown": "false"}), **SEARCHES)
    text = next(each.text for each in said if each.id == "direction_depends_on_unknown")

    assert "than for White people" in text
    assert text.endswith("Mixed White and Asian; Black.")


def test_many_groups_are_counted_and_not_named():
    depends = {"robust_to_unknown": "false"}
    texts = [each.text for each in found(table(*[depends] * 6), **SEARCHES)]

    assert any(text.endswith("for these groups: 6 of the 7 shown.") for text in texts)


def test_what_is_small_and_what_is_wide_are_the_same_everywhere():
    assert (UNRELIABLE_COUNT, WIDE) == (UNRELIABLE, WIDE_IN_TABLES)


LIMITS_USE = {
    **{id_: each.text for id_, each in CATALOGUE.caveats.items() if each.severity == 3},
    **{
        f"{statement.id}.{factor}": getattr(statement, factor).text
        for statement in CATALOGUE.statements.values()
        for factor in FACTORS
        if getattr(statement, factor).severity == 3
    },
}


@pytest.mark.parametrize("id_", LIMITS_USE)
def test_what_stands_in_full_above_a_figure_is_short(id_):
    assert len(LIMITS_USE[id_]) <= 200


@pytest.mark.parametrize("id_", CATALOGUE.caveats)
def test_an_effect_is_a_sentence_for_readers_or_nothing(id_):
    effect = CATALOGUE.caveats[id_].effect
    assert effect == "" or effect.endswith(".")
    assert not effect.startswith("None")


def test_figures_accepted_despite_a_check_say_so():
    source = CATALOGUE.sources["hclic"]
    reason = Accepted(source.published, "The publisher confirmed it.", ("a total",))
    changed = catalogue.from_json(catalogue.to_json(CATALOGUE))
    sources = dict(changed.sources) | {
        "hclic": type(source)(**{**source.__dict__, "accepted": (reason,)})
    }
    object.__setattr__(changed, "sources", sources)
    definition = changed.indicators["homelessness_duty_owed"]
    after = caveats.applying_to(changed, definition, "2025-Q3", table({}), HACKNEY)
    assert any("The publisher confirmed it." in each.text for each in after)
    assert "accepted_despite_check" not in ids({})


def test_every_rule_has_a_case_here():
    own_tests = {
        "reference_group_too_small",
        "reference_group_under_five",
        "city_of_london",
        "accepted_despite_check",
        "direction_depends_on_reference",
    }
    planted = {
        *("provisional", "unknown_share_changed", "unknown_state_emptied", "gap_before"),
        *("groups_not_comparable_over_time", "break_in_series", "recorded_by_others"),
        *("newer_figures_due", "one_area_dominates"),
    }
    assert set(CASES) | own_tests | planted == set(RULES)


def test_the_worst_stands_first_and_no_placeholder_is_left():
    for indicator in CATALOGUE.indicators.values():
        if indicator.empty:
            continue
        series = CATALOGUE.series[indicator.numerator.series]
        period = {
            "financial": "2023-24",
            "academic": "2023-24",
            "calendar": "2025-Q3",
        }.get(series.calendar, "2021")
        applying = found(table({"unknown_share": 0.2}), indicator.id, period)
        severities = [each.severity for each in applying]
        assert severities == sorted(severities, reverse=True)
        assert not [each.text for each in applying if "{" in each.text or "}" in each.text]


@pytest.mark.parametrize(
    ("row", "forbidden"),
    [
        ({"unknown_share": 0.4}, "unknown_ethnicity_above_floor"),
        ({"numerator": 222.0, "denominator": 232.0}, "events_exceed_residents"),
        ({}, None),
    ],
)
def test_some_caveats_stand_in_the_place_of_a_headline(row, forbidden):
    applying = found(table(row), **SEARCHES)
    first = caveats.headline_forbidden(applying)
    assert (first.id if first else None) == forbidden


def test_a_set_of_which_too_much_is_unknown_forbids_a_ratio_as_well():
    arrests = CATALOGUE.indicators["search_to_arrest"]
    rows = table({"unknown_share": 0.15})
    for share, forbidden in ((0.31, True), (0.3, False), (float("nan"), False)):
        all_ = caveats.applying_to(CATALOGUE, arrests, "2018-04", rows, HACKNEY, share)
        found_ = caveats.headline_forbidden(all_)
        assert (found_ is not None) == forbidden
        if found_:
            assert f"31% of {arrests.denominator.label} in Hackney" in found_.text
