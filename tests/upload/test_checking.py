"""What the checks say of an upload, and which figures they let through."""

import csv
import os
from datetime import date
from io import StringIO

import pandas as pd
import pytest
from copy_lint import offences
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loti_dash import catalogue, config
from loti_dash.upload.checking import check, rules_as_text, written
from loti_dash.upload.problems import as_csv
from loti_dash.upload.sheet import Problem, Sheet

DEFINITIONS = catalogue.read(config.CATALOGUE)
LABELS = catalogue.labels(config.CATALOGUE)
TODAY = date(2026, 3, 1)
FIVE = ("Asian", "Black", "Mixed", "White", "Other")
HEADINGS = ("indicator", "area", "period", "ethnic_group", "numerator", "denominator")


def sheet_of(rows, columns=HEADINGS, decimal_comma=False):
    """Return a sheet of rows of texts; the first is row 2 of the sheet."""
    table = pd.DataFrame(rows, columns=list(columns), dtype=object)
    table.index = range(2, len(table) + 2)
    headings = {name: name.replace("_", " ").capitalize() for name in columns}
    letters = dict(zip(columns, "ABCDEFG", strict=False))
    return Sheet("a.csv", "", table.astype("category"), letters, headings, (), decimal_comma)


def five(
    area="Hackney", period="2023/24", counts=(10, 20, 30, 40, 50), of=1000, id_="library_loans"
):
    return [
        (id_, area, period, group, str(count), str(of))
        for group, count in zip(FIVE, counts, strict=True)
    ]


def checked(rows, *args, **kwargs):
    columns = kwargs.pop("columns", HEADINGS)
    sheet = sheet_of(rows, columns, kwargs.pop("decimal_comma", False))
    return check(sheet, DEFINITIONS, LABELS, *args, today=TODAY, **kwargs)


def about(found, rule, stops=True):
    return [one for one in found.problems if one.rule == rule and one.stops is stops]


def stopping(found):
    return [one for one in found.problems if one.stops]


def test_a_good_sheet_becomes_figures_with_the_rows_of_the_sheet():
    found = checked(five())
    assert found.usable
    assert list(found.figures.index) == [2, 3, 4, 5, 6]
    first = found.figures.loc[2].to_dict()
    assert first == {
        "indicator": "library_loans",
        "area_code": "E09000012",
        "period_id": "2023-24",
        "group_code": "asian",
        "numerator": 10,
        "numerator_status": "ok",
        "denominator": 1000,
        "denominator_status": "ok",
    }
    assert found.classification == {"library_loans": "harmonised_5"}
    assert found.kinds == {"library_loans": "split_year"}
    [note] = found.problems
    assert "also fit police_officer_5 and yjb_5" in note.message
    assert not note.stops


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_rows_that_stand_twice_are_found_in_any_order_and_with_any_left_out(data):
    rest = [row for area in ("Barnet", "Brent", "Camden") for row in five(area)]
    # Of an indicator with all five, every label is understood.
    kept = five() + data.draw(st.lists(st.sampled_from(rest), unique=True))
    again = data.draw(st.lists(st.sampled_from(kept), max_size=3, unique=True))
    rows = data.draw(st.permutations(kept + again))

    found = about(checked(rows), "duplicates")

    places = [n + 2 for n, row in enumerate(rows) if rows.count(row) > 1]
    assert [list(problem.rows) for problem in found] == ([places] if places else [])


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_jump_between_two_years_is_found_in_any_order_and_with_any_left_out(data):
    jump = ("library_loans", "Hackney", "2023/24", "Black", "900", "1000")
    before = ("library_loans", "Hackney", "2022/23", "Black", "20", "1000")
    rest = [row for when in ("2022/23", "2023/24") for row in five("Barnet", when)]
    kept = data.draw(st.lists(st.sampled_from(rest), unique=True))
    rows = data.draw(st.permutations([jump, before, *kept]))

    [said] = about(checked(rows), "neighbouring_periods", stops=False)

    assert list(said.rows) == sorted((rows.index(jump) + 2, rows.index(before) + 2))


def test_all_problems_are_found_at_once_each_with_its_rows_and_column():
    rows = five()
    rows[0] = ("library_loans", "Hackny", "2023/24", "Asian", "10", "1000")
    rows[1] = ("library_loans", "Hackney", "Q1 2024", "Black", "12.5", "1000")
    rows[2] = ("library_loans", "Hackny", "2023/24", "Mixedd", "", "1000")
    found = checked(rows)
    said = [(one.rule, one.rows, one.column) for one in stopping(found)]
    assert ("areas", (2, 4), "B, Area") in said
    assert ("periods", (3,), "C, Period") in said
    assert ("ethnic_groups", (4,), "D, Ethnic group") in said
    assert ("counts", (3,), "E, Numerator") in said
    assert ("counts", (4,), "E, Numerator") in said
    assert list(found.figures.index) == [5, 6]
    assert not found.usable


def test_a_missing_column_is_named_and_the_others_are_still_checked():
    rows = [(id_, period, group, number) for id_, _, period, group, number, _ in five()]
    rows[0] = ("library_loans", "soon", "Asian", "10")
    found = checked(rows, columns=("indicator", "period", "ethnic_group", "numerator"))
    [missing] = about(found, "needed_columns")
    assert "no column area" in missing.message
    assert about(found, "periods")[0].rows == (2,)
    assert found.figures.empty


def test_a_sheet_without_rows_is_a_problem_and_not_an_error():
    found = checked([])
    assert "no rows" in about(found, "needed_columns")[0].message
    assert found.figures.empty


def test_without_a_column_of_denominators_there_is_no_status_of_one():
    found = checked([row[:5] for row in five()], columns=HEADINGS[:5])
    assert found.usable
    assert set(found.figures["denominator_status"]) == {""}
    assert found.figures["denominator"].isna().all()


def test_symbols_are_statuses_and_have_no_count():
    rows = five()
    for n, symbol in enumerate(("<5", "[x]", "[z]")):
        rows[n] = (*rows[n][:4], symbol, "1000")
    found = checked(rows)
    assert found.usable
    assert list(found.figures["numerator_status"]) == [
        *("suppressed", "not_available", "not_applicable"),
        *("ok", "ok"),
    ]
    assert found.figures["numerator"].isna().tolist() == [True, True, True, False, False]


def test_unmatched_labels_are_listed_with_the_closest_and_can_be_mapped():
    rows = [*five(), ("library_loans", "Hackney", "2023/24", "Unknwn", "7", "9")]
    found = checked(rows)
    assert ("Unknown", "unknown") in found.unmatched["Unknwn"]
    mapped = checked(rows, {"Unknwn": "unknown"})
    assert mapped.usable
    assert mapped.mapped == {"Unknwn": "unknown"}
    assert mapped.figures.loc[7, "group_code"] == "unknown"
    assert not mapped.unmatched


def test_a_label_that_stays_uncertain_stops_and_names_its_codes():
    rows = [
        ("meals", "Hackney", "2023/24", group, "9", "10")
        for group in (
            *("Asian or Asian British", "Black or Black British", "Mixed", "White"),
            "Other ethnic groups",
        )
    ]
    first, second = about(checked(rows), "ethnic_groups")
    assert (first.rows, second.rows) == ((2,), (6,))
    assert "asian (Asian) or asian_excl_chinese (Asian excluding Chinese)" in first.message


def test_an_empty_label_is_unknown_and_said():
    rows = [*five(), ("library_loans", "Hackney", "2023/24", "", "7", "9")]
    found = checked(rows)
    assert found.usable
    assert found.figures.loc[7, "group_code"] == "unknown_blank"
    assert "read as Unknown" in about(found, "ethnic_groups", stops=False)[0].message


@pytest.mark.parametrize(("count", "words"), [("10", "the same counts"), ("11", "different")])
def test_a_row_that_stands_there_twice_stops(count, words):
    rows = [*five(), ("library_loans", "E09000012", "2023-24", "asian", count, "1000")]
    [problem] = about(checked(rows), "duplicates")
    assert problem.rows == (2, 7)
    assert words in problem.message
    assert "row 2 and in row 7" in problem.message


def test_a_total_that_adds_up_is_left_out_and_said():
    rows = [*five(), ("library_loans", "Hackney", "2023/24", "Total", "150", "5000")]
    found = checked(rows)
    assert found.usable
    [said] = about(found, "totals", stops=False)
    assert said.rows == (7,)
    assert list(found.figures.index) == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("total", "of", "column"),
    [("149", "5000", "E, Numerator"), ("150", "5001", "F, Denominator")],
)
def test_a_total_that_does_not_add_up_stops(total, of, column):
    rows = [*five(), ("library_loans", "Hackney", "2023/24", "All", total, of)]
    [problem] = about(checked(rows), "totals")
    assert (problem.rows, problem.column) == ((7,), column)
    assert "the groups add up to 150" in problem.message or "add up to 5,000" in problem.message


def test_a_total_may_exceed_its_groups_only_where_one_of_them_is_withheld():
    rows = five()
    rows[0] = (*rows[0][:4], "[c]", "1000")
    total = ("library_loans", "Hackney", "2023/24", "Total")
    assert checked([*rows, (*total, "150", "5000")]).usable
    [problem] = about(checked([*rows, (*total, "139", "5000")]), "totals")
    assert "at least 140" in problem.message


def test_a_total_that_leaves_out_the_unknown_is_told_what_it_is():
    unknown = ("library_loans", "Hackney", "2023/24", "Not stated", "5", "0")
    total = ("library_loans", "Hackney", "2023/24", "Total", "150", "5000")
    [problem] = about(checked([*five(), unknown, total]), "totals")
    assert "Total with known ethnicity" in problem.message
    known = (*total[:3], "Total with known ethnicity", *total[4:])
    assert checked([*five(), unknown, known]).usable


def test_a_total_beside_a_label_that_is_not_settled_is_named_and_not_compared():
    other = [
        *five()[:4],
        ("library_loans", "Hackney", "2023/24", "Any other ethnic group", "5", "9"),
    ]
    total = ("library_loans", "Hackney", "2023/24", "Total", "1", "1")
    found = checked([*other, total])
    assert not about(found, "totals")
    [said] = about(found, "totals", stops=False)
    assert said.rows == (7,)


def nineteen(period="2023/24"):
    groups = [g for g in DEFINITIONS.groups if g.classification == "census_2021_19"]
    return [("meals", "Brent", period, g.label, "10", "100") for g in groups]


def test_five_groups_beside_19_are_checked_as_sums_and_left_out():
    asian = ("meals", "Brent", "2023/24", "Asian")
    found = checked([*nineteen(), (*asian, "50", "500")])
    assert found.usable
    assert found.classification == {"meals": "census_2021_19"}
    assert len(found.figures) == 19
    assert about(checked([*nineteen(), (*asian, "51", "500")]), "totals")


def test_groups_of_two_lists_in_one_indicator_stop():
    found = checked([*nineteen(), ("meals", "Brent", "2023/24", "White Gypsy or Roma", "1", "9")])
    [problem] = about(found, "lists_of_groups")
    assert "people in common" in problem.message
    assert found.classification == {}


def test_groups_of_the_list_without_rows_are_named():
    found = checked(nineteen()[:-1])
    assert found.usable
    [said] = about(found, "lists_of_groups", stops=False)
    assert "Any other ethnic group (other_any)" in said.message


def test_two_kinds_of_periods_in_one_indicator_stop():
    found = checked([*five(period="2024"), *five(period="Mar 2024")])
    [problem] = about(found, "kinds_of_periods")
    assert "months and calendar years" in problem.message
    same = checked([*five(period="2022/23"), *five(period="Apr 2023 - Mar 2024")])
    assert same.kinds == {"library_loans": "financial_year"}
    assert not about(same, "kinds_of_periods")
    assert about(checked([*five(period="2022/23"), *five(period="2023")]), "kinds_of_periods")


def test_the_same_year_written_in_two_ways_is_the_same_year():
    found = checked([*five(period="2023/24"), *five(period="Apr 2023 - Mar 2024")])
    assert about(found, "duplicates")[0].rows == tuple(range(2, 12))


def test_a_period_that_is_not_over_is_said():
    found = checked(five(period="2025/26"))
    assert found.usable
    assert "not over yet" in about(found, "periods", stops=False)[0].message


@pytest.mark.parametrize(
    ("id_", "stops"),
    [("free_school_meals", True), ("looked_after_children", True), ("new", False)],
)
def test_more_people_than_there_are_stop_where_it_is_known_that_people_are_counted(id_, stops):
    found = checked(five(counts=(1001, 20, 30, 40, 50), id_=id_))
    [problem] = about(found, "numerators_above_denominators", stops)
    assert problem.rows == (2,)
    assert "1,001 of 1,000" in problem.message


def test_more_events_than_people_are_nothing_to_say():
    found = checked(five(counts=(1001, 20, 30, 40, 50), id_="stop_and_search"))
    assert not [one for one in found.problems if one.rule == "numerators_above_denominators"]


def test_a_denominator_far_from_the_census_is_looked_at():
    groups = ("asian", "black", "mixed", "white", "other")
    residents = pd.DataFrame(
        [("E09000012", group, 1000 if group != "black" else 1300) for group in groups],
        columns=["area_code", "group_code", "value"],
    )
    found = checked(five(), residents=residents)
    [said] = about(found, "denominators_beside_the_census", stops=False)
    assert said.rows == (3,)
    assert "1,000 beside 1,300" in said.message


def test_a_denominator_is_compared_with_the_sum_of_the_residents_of_its_parts():
    parts = (
        "asian_bangladeshi",
        "asian_indian",
        "asian_pakistani",
        "asian_other",
        "asian_chinese",
    )
    residents = pd.DataFrame(
        [("E09000012", group, 100) for group in parts] + [("E09000012", "asian", 500)],
        columns=["area_code", "group_code", "value"],
    )
    rows = [("meals", "Hackney", "2023/24", "asian_excl_chinese", "1", "500")]
    [said] = about(checked(rows, residents=residents), "denominators_beside_the_census", False)
    assert "500 beside 400" in said.message


def test_a_count_five_times_that_of_its_neighbour_is_looked_at():
    rows = [*five(), *five(period="2024/25", counts=(10, 100, 30, 40, 50))]
    [said] = about(checked(rows), "neighbouring_periods", stops=False)
    assert said.rows == (3, 8)
    few = [*five(counts=(3, 20, 30, 40, 50)), *five(period="2024/25", counts=(19, 20, 30, 40, 50))]
    assert not about(checked(few), "neighbouring_periods", stops=False)


def test_rows_that_are_not_there_are_counted():
    rows = [*five(), *five(period="2024/25")[1:]]
    [said] = about(checked(rows), "missing_rows", stops=False)
    assert "1 of 10 rows are missing" in said.message


def test_an_id_close_to_one_of_the_catalogue_is_said_and_nothing_is_changed():
    found = checked(five(id_="free_school_meal"))
    assert "free_school_meals" in about(found, "indicators", stops=False)[0].message
    assert set(found.figures["indicator"]) == {"free_school_meal"}
    assert not about(checked(five(id_="free_school_meals")), "indicators", stops=False)
    assert not about(
        checked(five(id_="free_school_meal"), published=["free_school_meal"]), "indicators", False
    )


def test_a_hundred_texts_are_said_and_the_others_are_one_problem():
    rows = [("meals", f"Place {n}", "2023/24", "Asian", "1", "2") for n in range(250)]
    found = about(checked(rows), "areas")
    assert len(found) == 101
    assert "150 more texts" in found[-1].message
    assert sum(len(one.rows) for one in found) == 250


def test_every_rule_has_a_text_that_obeys_the_rules_on_words():
    rules = rules_as_text()
    assert [name for name, _ in rules][:2] == ["needed_columns", "indicators"]
    assert all(text.endswith(".") and not offences(text) for _, text in rules)


def test_problems_are_written_a_line_for_each_row_and_without_formulas():
    text = as_csv(
        [Problem("areas", (2, 9), "B, =x", "-1 is no borough."), Problem("totals", (), "", "@")]
    )
    assert list(csv.reader(StringIO(text))) == [
        ["row", "column", "rule", "stops", "problem"],
        ["2", "B, =x", "areas", "yes", "'-1 is no borough."],
        ["9", "B, =x", "areas", "yes", "'-1 is no borough."],
        ["", "", "totals", "yes", "'@"],
    ]


AREAS = ("Hackney", "E09000033", "Kensington & Chelsea", "city of london")
PERIODS = (
    ("2021/22", "2022/23"),
    ("Oct 2009", "November 2010"),
    ("Apr 2009 - Mar 2010", "FY2023-24"),
    ("2021-12--2022-10", "Sep 2023 - Aug 2024"),
    ("Q1 2024/25", "2024-Q1"),
)
LISTS = ("harmonised_5", "dfe_18", "nhs_16", "census_2021_19", "dfe_6")
COUNTS = st.one_of(st.integers(0, 99999).map(str), st.sampled_from(["1,234", "12.0", "<5", "[x]"]))


@st.composite
def good_rows(draw):
    list_ = draw(st.sampled_from(LISTS))
    groups = [g.short_label for g in DEFINITIONS.groups if g.classification == list_]
    areas = draw(st.lists(st.sampled_from(AREAS), min_size=1, max_size=2, unique=True))
    periods = draw(st.sampled_from(PERIODS))
    return [
        ("searches_2", area, period, group, draw(COUNTS), draw(COUNTS))
        for area in areas
        for period in periods
        for group in groups
    ]


@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(good_rows())
def test_what_is_accepted_and_written_out_is_read_back_as_the_same(rows):
    found = checked(rows)
    assert found.usable, stopping(found)
    assert len(found.figures) == len(rows)
    lines = list(csv.reader(StringIO(written(found))))
    again = checked([tuple(line) for line in lines[1:]], columns=lines[0])
    assert again.usable
    assert again.classification == found.classification
    assert again.kinds == found.kinds
    pd.testing.assert_frame_equal(
        again.figures.astype(object).reset_index(drop=True),
        found.figures.astype(object).reset_index(drop=True),
    )


ODD = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            *("", "-", "c", "A", "3", "IC4", "Total", "Asian", "Chinese", "white", "[c]", "1e9"),
            *("1,234", "1.234", "12.0", "0012", "٣", "2009-10", "2023", "01/02/2023", "London"),
            *("Other", "Not known", "does_not_apply", "total_known", "\x00", "=1+1", "9" * 400),
        ]
    ),
)
CHANGES = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 5), ODD), min_size=1, max_size=4)


# More of them with LOTI_MUTATIONS=10000.
MUTATIONS = int(os.environ.get("LOTI_MUTATIONS", "150"))


def plainly(text):
    """Return what a count says to somebody who reads it: the second reading."""
    return float(text.removesuffix(".0").replace(",", ""))


@settings(
    max_examples=MUTATIONS,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(good_rows(), CHANGES)
def test_no_change_of_cells_raises_or_alters_a_count_or_loses_a_row_silently(rows, changes):
    for row, column, text in changes:
        changed = list(rows[row % len(rows)])
        changed[column] = text.strip()
        rows[row % len(rows)] = tuple(changed)
    found = checked(rows)
    for row, figures in found.figures.iterrows():
        cells = dict(zip(HEADINGS, rows[row - 2], strict=True))
        for side in ("numerator", "denominator"):
            if figures[f"{side}_status"] == "ok":
                assert figures[side] == plainly(cells[side])
            else:
                assert not cells[side].isdigit()
        assert figures["indicator"] == cells["indicator"]
    named = {row for one in found.problems for row in one.rows}
    assert set(range(2, len(rows) + 2)) - set(found.figures.index) <= named


def test_nobody_but_those_of_unknown_ethnicity_is_nobody_to_compare():
    row = ("library_loans", "Hackney", "2023-24", "Unknown", "6", "60")

    found = checked([row])

    assert not found.usable
    assert "nobody here but those of unknown" in about(found, "lists_of_groups")[0].message
    both = checked([*five(), ("visits", *row[1:])])
    assert [one.message[:7] for one in about(both, "lists_of_groups")] == ["visits:"]
