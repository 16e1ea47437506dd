"""The papers of figures: true, and said once."""

import pytest

from loti_dash import catalogue, config
from loti_dash.ui import papers

CATALOGUE = catalogue.read(config.CATALOGUE)


@pytest.mark.parametrize("id_", CATALOGUE.indicators)
def test_nothing_is_said_twice_of_a_licence(id_):
    papers_ = papers.of_figures(CATALOGUE, CATALOGUE.indicators[id_], "a release")
    licence = next(line for line in papers_ if line.startswith("**Licence:**"))

    assert licence.count("Contains public sector information") == 1
    for source in CATALOGUE.sources_of(CATALOGUE.indicators[id_]):
        assert source.attribution.split(". ")[0] in licence


def test_a_published_rate_is_not_said_to_be_divided_here():
    detentions = papers.of_figures(
        CATALOGUE, CATALOGUE.indicators["mental_health_detentions"], "a release"
    )[-1]
    duties = papers.of_figures(
        CATALOGUE, CATALOGUE.indicators["homelessness_duty_owed"], "a release"
    )[-1]

    assert "as published" in detentions
    assert "not rounded" not in detentions
    assert "divided by households, from counts that are not rounded" in duties


def test_sources_that_are_no_file_of_a_publisher_are_named():
    said = papers.obtained(CATALOGUE)

    for source in CATALOGUE.sources.values():
        assert (source.title in said) == (source.obtained != "publisher's file")


def test_words_are_in_the_order_of_the_alphabet_whatever_their_case():
    listed = papers.words(CATALOGUE).index.to_list()

    assert listed == sorted(listed, key=str.casefold)
    assert not {"canvas", "board pack", "bridge group"} & set(listed)
