"""Tables with one fault each, which one caveat must find, and as many without, just short of it.

The two tables at the top have no fault at all. A fault is planted in them, or in what is known
about them; its near miss is the same change, a little smaller or beside the point.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd
import pytest
from tables import CATALOGUE, comparison

from loti_dash import caveats, sentences
from loti_dash.catalogue import Break, Catalogue
from loti_dash.caveat_rules import RULES
from loti_dash.caveat_view import Before
from loti_dash.definitions import Accepted, Indicator
from loti_dash.periods import period

HACKNEY, CITY, WESTMINSTER, LONDON = "E09000012", "E09000001", "E09000033", "E12000007"
NAN = float("nan")

CHILDREN = comparison(
    """
    area_code | group_code | numerator | denominator | ratio | ratio_low | ratio_high
    E09000012 | asian      |        45 |       10000 |   0.9 |       0.7 |        1.2
    E09000012 | black      |       200 |       20000 |   2.0 |       1.7 |        2.4
    E09000012 | mixed      |        80 |       10000 |   1.6 |       1.3 |        2.0
    E09000012 | white      |       200 |       40000 |     - |         - |          -
    E09000012 | other      |        40 |        5000 |   1.6 |       1.2 |        2.2
    E09000022 | asian      |        46 |       10000 |   0.9 |       0.7 |        1.2
    E09000022 | black      |       210 |       20000 |   2.1 |       1.8 |        2.5
    E09000022 | mixed      |        81 |       10000 |   1.6 |       1.3 |        2.0
    E09000022 | white      |       201 |       40000 |     - |         - |          -
    E09000022 | other      |        41 |        5000 |   1.6 |       1.2 |        2.2
    """,
    release="2021-12-01.1-test",
    indicator="looked_after_children",
    period="2021-03-31",
    unknown_share=0.02,
    robust_to_unknown="true",
)
BOROUGHS = sorted(code for code in CATALOGUE.areas if code.startswith("E09"))
ALL_LONDON = comparison(
    "\n".join(
        [
            "area_code | group_code | numerator | denominator",
            *(f"{code} | white | 100 | 20000" for code in BOROUGHS),
            f"{LONDON} | white | {100 * len(BOROUGHS)} | {20000 * len(BOROUGHS)}",
        ]
    ),
    release="2021-12-01.1-test",
    indicator="looked_after_children",
    period="2021-03-31",
    unknown_share=0.02,
)
YEAR_BEFORE = Before(period("2020-03-31"), 0.02, 500.0, frozenset(CHILDREN["group_code"]))


@dataclass(frozen=True)
class Look:
    """All that the rules may look at."""

    catalogue: Catalogue
    indicator: Indicator
    period: str = "2021-03-31"
    table: pd.DataFrame = field(default_factory=CHILDREN.copy)
    area: str = HACKNEY
    set_unknown: float = NAN
    before: Before | None = YEAR_BEFORE

    def found(self) -> list[caveats.Found]:
        return caveats.applying_to(
            self.catalogue,
            self.indicator,
            self.period,
            self.table,
            self.area,
            self.set_unknown,
            self.before,
        )

    def computed(self) -> set[str]:
        return {each.id for each in self.found()} & set(RULES)


def series(catalogue: Catalogue, id_: str, **changes: Any) -> Catalogue:
    changed = replace(catalogue.series[id_], **changes)
    return replace(catalogue, series={**catalogue.series, id_: changed})


# Children whom nobody but themselves described: without that, one rule would always apply.
INDICATOR = CATALOGUE.indicators["looked_after_children"]
CLEAN = Look(series(CATALOGUE, INDICATOR.numerator.series, recorded_by="self"), INDICATOR)


def cells(column: str, value: object, groups: str = "", area: str = HACKNEY, **also: Any) -> Look:
    """Return the clean look with some cells changed: of some groups of an area, or of all."""
    table, of = CHILDREN.copy(), CHILDREN["area_code"] == area
    of &= table["group_code"].isin(groups.split()) if groups else True
    for name, new in {column: value, **also}.items():
        table.loc[of, name] = new
    return replace(CLEAN, table=table)


def defined(**changes: Any) -> Look:
    return replace(CLEAN, indicator=replace(INDICATOR, **changes))


def counted(side: str, **changes: Any) -> Look:
    id_ = getattr(INDICATOR, side).series
    return replace(CLEAN, catalogue=series(CLEAN.catalogue, id_, **changes))


def source(**changes: Any) -> Look:
    id_ = CATALOGUE.series[INDICATOR.numerator.series].source_id
    changed = replace(CATALOGUE.sources[id_], **changes)
    sources = {**CATALOGUE.sources, id_: changed}
    return replace(CLEAN, catalogue=replace(CLEAN.catalogue, sources=sources))


def before(**changes: Any) -> Look:
    return replace(CLEAN, before=replace(YEAR_BEFORE, **changes))


def broken_at(period_id: str) -> Look:
    broken = Break(INDICATOR.numerator.series, period_id, "Counted by other rules.")
    return replace(CLEAN, catalogue=replace(CLEAN.catalogue, breaks=(broken,)))


def in_area(code: str) -> Look:
    table = CHILDREN.assign(area_code=CHILDREN["area_code"].replace(HACKNEY, code))
    return replace(CLEAN, table=table, area=code)


def one_borough_has(count: int) -> Look:
    table = ALL_LONDON.copy()
    table.loc[table["area_code"] == WESTMINSTER, "numerator"] = float(count)
    total = 100.0 * (len(BOROUGHS) - 1) + count
    table.loc[table["area_code"] == LONDON, "numerator"] = total
    return replace(CLEAN, table=table, area=LONDON, before=None)


def events(count: int) -> Look:
    many = cells("numerator", float(count), "other", denominator=100.0)
    return replace(many, indicator=replace(INDICATOR, denominator_type="events_over_population"))


GONE = {
    "numerator": NAN,
    "ratio": NAN,
    "ratio_low": NAN,
    "ratio_high": NAN,
    "status": "suppressed",
}
SILENT = GONE | {"status": "not_available"}
WITH_UNKNOWN = {"ratio_if_unknown_low": 0.8, "ratio_if_unknown_high": 2.9}
FORCED = (Accepted(date(2021, 11, 1), "The publisher confirmed it.", ("a total",)),)

# By caveat: the look with the fault, and the look that falls just short of it.
FAULTS = {
    "unknown_ethnicity_is_large": (
        replace(cells("unknown_share", 0.11), before=None),
        replace(cells("unknown_share", 0.10), before=None),
    ),
    "unknown_ethnicity_above_floor": (
        replace(cells("unknown_share", 0.31), before=None),
        replace(CLEAN, set_unknown=0.30),
    ),
    "unknown_not_published": (cells("unknown_share", NAN), cells("unknown_share", 0.0)),
    "small_numbers": (cells("numerator", 19.0, "other"), cells("numerator", 20.0, "other")),
    "suppressed": (
        cells("status", "suppressed", "other", **GONE),
        cells("status", "suppressed", "other", area="E09000022", **GONE),
    ),
    "provisional": (cells("status", "provisional"), cells("status", "ok")),
    # Census Day was 21 March 2021.
    "denominator_from_another_period": (
        replace(CLEAN, period="2022-03-31"),
        replace(CLEAN, period="2021-03-31"),
    ),
    "events_not_people": (defined(counts="events"), defined(counts="people")),
    "place_of_event_not_residence": (
        defined(place_basis="event"),
        defined(place_basis="event", denominator_type="subset_over_set"),
    ),
    "events_exceed_residents": (events(51), events(50)),
    # The denominator counts five groups.
    "groups_without_rate": (
        replace(cells("group_code", "black_african", "black mixed"), before=None),
        replace(cells("group_code", "black_african", "black"), before=None),
    ),
    "lead_applicant_only": (
        counted("numerator", recorded_by="main_applicant"),
        counted("denominator", recorded_by="household_reference_person"),
    ),
    "officer_defined": (
        counted("numerator", recorded_by="officer"),
        counted("denominator", recorded_by="officer"),
    ),
    "area_did_not_submit": (
        cells("status", "not_available", area="E09000022", **SILENT),
        cells("status", "not_available", "black mixed white other", area="E09000022", **SILENT),
    ),
    "reference_group_too_small": (
        cells("numerator", 19.0, "white", denominator=4000.0),
        cells("numerator", 20.0, "white", denominator=4000.0),
    ),
    "reference_group_under_five": (
        cells("numerator", 4.0, "white", denominator=4000.0),
        cells("numerator", 20.0, "white", denominator=4000.0),
    ),
    "direction_depends_on_unknown": (
        cells("robust_to_unknown", "false", "black", **WITH_UNKNOWN),
        cells("robust_to_unknown", "false", "asian", **WITH_UNKNOWN),  # not clear anyhow
    ),
    "unknown_share_changed": (before(unknown=0.12), before(unknown=0.119)),
    "unknown_state_emptied": (before(states_gone=("Not stated",)), before(states_gone=())),
    "groups_not_comparable_over_time": (
        before(groups=YEAR_BEFORE.groups - {"other"} | {"asian_chinese"}),
        before(groups=frozenset()),  # no figures at all: nothing is known of the list
    ),
    "break_in_series": (broken_at("2021-03-31"), broken_at("2020-03-31")),
    "gap_before": (before(after_gap=True), before(after_gap=False)),
    "not_adjusted_for_age": (counted("numerator", ages="all"), counted("numerator", ages="0-17")),
    "city_of_london": (in_area(CITY), in_area(WESTMINSTER)),
    "wide_interval": (
        cells("ratio_high", 3.7, "other", ratio_low=1.2),
        cells("ratio_high", 3.6, "other", ratio_low=1.2),
    ),
    "pooled_periods": (
        replace(CLEAN, period="2021-02--2021-03"),
        replace(CLEAN, period="2021-Q1"),
    ),
    "accepted_despite_check": (source(accepted=FORCED), source(accepted=())),
    "recorded_by_others": (
        counted("numerator", recorded_by="practitioner"),
        counted("denominator", recorded_by="practitioner"),
    ),
    "newer_figures_due": (
        source(next_due=date(2021, 11, 30)),
        source(next_due=date(2021, 12, 1)),
    ),
    # 5 / 33 of all: 571 of 3,771 is 15.14%, 570 of 3,770 is 15.12%, and 5 / 33 is 15.15%.
    "one_area_dominates": (one_borough_has(572), one_borough_has(571)),
}
# A count of a reference group from 5 to 19, or under 5, is a small number too.
ALSO = {
    "reference_group_too_small": {"small_numbers"},
    "reference_group_under_five": {"small_numbers"},
}
every_fault = pytest.mark.parametrize("id_", FAULTS)


def test_there_are_enough_faults_and_each_is_of_another_rule():
    assert len(FAULTS) >= 20
    assert set(FAULTS) <= set(RULES)
    assert CLEAN.computed() == set()


@every_fault
def test_the_fault_is_found_and_nothing_else(id_):
    faulty, _ = FAULTS[id_]

    assert faulty.computed() == {id_} | ALSO.get(id_, set())


@every_fault
def test_nothing_is_found_where_there_is_none(id_):
    _, clean = FAULTS[id_]

    assert clean.computed() == set()


@every_fault
def test_what_is_said_is_whole_and_names_no_placeholder(id_):
    faulty, _ = FAULTS[id_]
    said = next(each for each in faulty.found() if each.id == id_)

    assert said.text.endswith(".")
    assert "nan" not in said.text.lower().split()
    assert not set("{}") & set(said.text)


@every_fault
def test_only_what_makes_a_ratio_misleading_stands_in_the_place_of_the_headline(id_):
    faulty, clean = FAULTS[id_]
    here = faulty.table[faulty.table["area_code"] == faulty.area]
    forbidden = caveats.headline_forbidden(faulty.found())
    headline = sentences.headline(faulty.catalogue, faulty.indicator, here, "black", forbidden)

    assert (forbidden is not None) == (id_ in caveats.FORBIDS_HEADLINE)
    assert (forbidden is not None) == ("times the rate" not in headline and "mislead" in headline)
    assert caveats.headline_forbidden(clean.found()) is None


@every_fault
def test_areas_are_not_ranked_with_a_caveat_that_limits_use(id_):
    faulty, _ = FAULTS[id_]
    listed_already = {each.id for each in caveats.ranking_forbidden(CLEAN.found())}
    added = {each.id for each in caveats.ranking_forbidden(faulty.found())} - listed_already

    assert added == ({id_} if CATALOGUE.caveats[id_].severity == 3 else set())
