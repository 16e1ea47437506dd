"""Worked examples: each on real counts, with the answer that the comparison table has."""

import math

import pytest

from loti_dash import analysis, catalogue, caveats, config, figures, ingredients, worked_examples
from loti_dash.analysis import compare
from loti_dash.measures import max_min

EXPLAINED = catalogue.measures(config.CATALOGUE)
SENTENCED = """
    series                    | period  | area      | group | value | status
    child_custodial_sentences | 2024-25 | K04000001 | asian |   20 | ok
    child_custodial_sentences | 2024-25 | K04000001 | white |   10 | ok
    children_sentenced        | 2024-25 | K04000001 | asian |  100 | ok
    children_sentenced        | 2024-25 | K04000001 | white |  200 | ok
"""


@pytest.fixture(scope="session")
def examples(release):
    return worked_examples.of_release(release)


@pytest.mark.parametrize("id_", EXPLAINED)
def test_a_release_of_our_own_figures_has_every_example(examples, release, id_):
    example = examples[id_]
    assert release.release in example.where
    assert EXPLAINED[id_].example.indicator in example.link
    heads = " ".join([*example.answers, *example.table.columns])
    assert all(name in heads for name in EXPLAINED[id_].example.gives)
    everything = " ".join([*example.given, *example.answers, *example.table.to_numpy().ravel()])
    assert worked_examples.MISSING not in everything
    assert "nan" not in everything
    assert "" not in set(example.table.to_numpy().ravel())
    assert example.table.index.is_unique


@pytest.mark.parametrize("id_", EXPLAINED)
def test_no_example_shows_a_rate_that_its_own_page_does_not_show(release, id_):
    example = EXPLAINED[id_].example
    indicator = release.catalogue.indicators[example.indicator]
    for period in example.periods:
        table = compare(release, example.indicator, period, classification=example.level)
        for area in example.areas:
            found = caveats.applying_to(release.catalogue, indicator, period, table, area)
            assert caveats.headline_forbidden(found) is None, (period, area)


def row_of(release, measure):
    """Return the row of the comparison table with the same counts as an example of one row."""
    example = EXPLAINED[measure].example
    table = analysis.compare(
        release,
        example.indicator,
        example.periods[0],
        classification=example.level,
        reference=example.reference,
        areas=example.areas[:1],
    )
    return table.set_index("group_code").loc[example.groups[0]]


@pytest.mark.parametrize(
    ("measure", "column", "answer", "digits"),
    [
        ("disproportionality_ratio", "ratio", "Ratio", 2),
        ("ratio_interval", "ratio_low", "Lower limit", 2),
        ("ratio_interval", "ratio_high", "Upper limit", 2),
        ("unknown_bounds", "ratio_if_unknown_low", "All unknown in the group compared with", 2),
        ("unknown_bounds", "ratio_if_unknown_high", "All unknown in the group", 2),
        ("representation_ratio", "representation_ratio", "Representation ratio", 2),
        ("to_all", "representation_ratio", "Ratio to everybody", 2),
        ("ratio_p_value", "p_value", "p-value", 3),
    ],
)
def test_an_example_has_the_answer_of_the_comparison_table(
    examples, release, measure, column, answer, digits
):
    expected = figures.ratio(row_of(release, measure)[column], digits)
    assert f"{answer}: {expected}" in examples[measure].answers


def test_rates_and_excess_are_those_of_the_comparison_table(examples, release):
    row = row_of(release, "per")
    assert examples["per"].answers == (f"Rate: {figures.rate(row['rate'])} for every 1,000",)
    assert examples["rate_difference"].answers == (
        f"Difference: {figures.rate(row['rate_difference'])} for every 1,000",
    )
    assert examples["excess_count"].answers == (f"Excess: {figures.count(row['excess'])}",)


def test_evidence_and_size_are_those_of_the_comparison_table(examples, release):
    row = row_of(release, "evidence")
    assert examples["evidence"].answers == (f"Evidence: {row['evidence']}",)
    assert examples["size_band"].answers == (f"Size: {row['size_band']}",)


def test_the_two_parts_of_a_decomposition_add_up_to_the_difference(release):
    counts = release.query(
        *["counts"], indicators=[], periods=["2025-Q3"], level="5", viewer_areas=[]
    )
    of = ingredients.drawn(release.catalogue, counts, EXPLAINED["kitagawa"].example)
    rows = of.rows
    of_group = rows["numerator"].sum() / rows["denominator"].sum()
    of_reference = rows["white_numerator"].sum() / rows["white_denominator"].sum()
    given = {k: ingredients.taken(v, of) for k, v in of.example.arguments.items()}
    assert math.isclose(
        sum(worked_examples.measures.kitagawa(**given)), 1_000 * (of_group - of_reference)
    )


def test_the_reference_group_has_no_p_value_of_its_own(examples):
    table = examples["adjust_p_values"].table
    assert list(table.loc["White", ["p-value", "q-value"]]) == ["compared with"] * 2
    assert table.loc["White", "Count"] != "compared with"


def test_an_example_is_worked_out_from_the_counts_of_its_release(make_store):
    size = worked_examples.of_release(make_store(SENTENCED))["size_band"]
    assert size.given == ("Ratio: 4.00",)
    assert size.answers == ("Size: triple",)
    assert list(size.table.loc["Asian"]) == ["20", "100", "20.0"]
    assert list(size.table.loc["White"]) == ["10", "200", "5.0"]


def test_a_release_without_the_counts_has_no_example(make_store):
    worked = worked_examples.of_release(make_store(SENTENCED))
    of_custody = {id_ for id_, each in EXPLAINED.items() if each.example.areas == ("K04000001",)}
    assert set(worked) == of_custody
    assert worked["proportion_interval"].answers[0] == "Lower limit: cannot be calculated"


def test_what_is_withheld_cannot_be_calculated(make_store):
    hidden = SENTENCED.replace("asian |   20 | ok", "asian | - | suppressed")
    worked = worked_examples.of_release(make_store(hidden))
    assert worked["size_band"].given == ("Ratio: cannot be calculated",)
    assert worked["size_band"].answers == ("Size: none",)
    assert worked["evidence"].answers == ("Evidence: none",)
    assert worked["size_band"].table.loc["Asian", "Count"] == "not available"


def test_examples_are_worked_out_once_for_a_release(release):
    assert worked_examples.of_release(release) is worked_examples.of_release(release)


def test_the_counts_of_an_example_can_be_checked_by_hand(examples):
    table = examples["max_min"].table
    counts = table[["Count", "Out of"]].map(lambda text: float(text.replace(",", "")))
    rates = 1_000 * counts["Count"] / counts["Out of"]
    _, ratio = max_min(rates.to_numpy())
    assert f"Ratio: {figures.ratio(ratio, 2)}" in examples["max_min"].answers
