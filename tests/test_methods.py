"""The words on measures: one entry for each, complete, and what docstrings hold."""

import re

import pytest
from copy_lint import offences

from loti_dash import catalogue, config, documents, measures, methods
from loti_dash.bench import coverage
from loti_dash.disclosure import POLICIES

EXPLAINED = catalogue.measures(config.CATALOGUE)
FUNCTIONS = methods.public()


def test_every_public_measure_is_explained_and_nothing_else_is():
    assert set(EXPLAINED) == set(FUNCTIONS)
    assert set(FUNCTIONS) == set(measures.__all__) - {"Kind", "Rate"}


@pytest.mark.parametrize("id_", EXPLAINED)
def test_an_explanation_is_complete_and_short(id_):
    measure = EXPLAINED[id_]
    assert measure.formula.strip()
    assert measure.cannot_say
    assert 1 <= len(re.findall(r"[.](?:\s|$)", measure.says)) <= 4
    assert all(len(line) <= 110 for line in measure.formula.splitlines())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_has_a_summary_an_example_and_a_source(name):
    found = methods.docstring(FUNCTIONS[name])
    assert found.summary.startswith("Return")
    assert found.doctest.startswith(">>>")
    assert found.source.endswith((".", "`."))
    assert not any("Source:" in part or ">>>" in part for part in (found.summary, *found.body))


def test_a_docstring_is_taken_apart_without_a_loss():
    def measure():
        """Return one thing.

        What it is,
        in two lines.

        >>> 1 + 1
        2
        >>> 2 + 2
        4

        Source: Somebody (1900), somewhere
        else.
        """

    assert methods.docstring(measure) == methods.Docstring(
        "Return one thing.",
        ("What it is, in two lines.",),
        ">>> 1 + 1\n2\n>>> 2 + 2\n4",
        "Somebody (1900), somewhere else.",
    )


def test_a_docstring_without_parts_has_none():
    def measure():
        """Return one thing."""

    assert methods.docstring(measure) == methods.Docstring("Return one thing.", (), "", "")


def test_every_measure_stands_in_one_section_and_no_section_is_empty():
    sections = list(methods.by_section(EXPLAINED))
    assert sorted(each.id for _, of in sections for each in of) == sorted(EXPLAINED)
    assert all(of for _, of in sections)


def test_the_thresholds_are_those_of_the_policy():
    table = methods.thresholds()
    assert list(table.index) == [mode.capitalize() for mode in POLICIES]
    assert table.loc["Public", "Withheld"] == "counts from 1 to 4"
    assert table.loc["Public", "Withheld, sensitive subjects"] == "counts from 1 to 5"
    assert table.loc["Internal", "Withheld"] == "none"


def test_hiding_a_small_count_alone_gives_it_away_and_protection_does_not():
    table = methods.protected()
    assert table.loc["Group 1", "Counted"] == "2"
    assert table.loc["Group 1", "Only the small count hidden"] == "[c], must be 2"
    # 41 less 30 is 11, for two groups of which nothing else is known.
    assert table.loc["Group 1", "As protected"] == "[c], could be 0 to 11"
    assert table.loc["Group 3", "As protected"] == "[c], could be 0 to 11"
    assert list(table.loc["All"]) == ["41", "41", "41"]


def test_the_notes_say_what_has_to_be_said_once():
    said = " ".join(methods.NOTES.values())
    assert "the variability of the process that produced them" in said
    for flag in ("Evidence", "Size", "Robustness", "Reliability"):
        assert f"**{flag}**" in said
    assert "Official figures stay as their publishers show them" in methods.DISCLOSURE


def test_what_the_page_says_of_the_coverage_of_intervals_is_so():
    found = coverage.measure()
    for kind in ("events", "subset"):
        assert found[f"{kind}, score: below {coverage.LEAST}"] == 0
    assert found["events: scenarios"] + found["subset: scenarios"] == 168


def test_the_document_obeys_the_rules_on_words_and_has_every_measure():
    definitions = catalogue.read(config.CATALOGUE)
    text = documents.texts(definitions, EXPLAINED)["methods.md"]
    assert not offences(text)
    for id_, measure in EXPLAINED.items():
        assert f"### {measure.title}: `{id_}`" in text
        assert methods.docstring(FUNCTIONS[id_]).source in text
