"""Ethnic groups: spellings, and which groups may be divided by which."""

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError
from loti_dash.groups import Labels, made_of, normalised

DEFINITIONS = catalogue.read(config.CATALOGUE)
LABELS = catalogue.labels(config.CATALOGUE)
PARTS = DEFINITIONS.parts
CENSUS = [g.code for g in DEFINITIONS.groups if g.classification == "census_2021_19"]


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("police_uk_self_defined", "Other ethnic group - Not stated"),
        ("hclic", "Not known2"),
        ("nhs_codes", "Z"),
        ("nhs_codes", "99"),
        ("dfe_codes", "REFU"),
        ("dfe_codes", "NOBT"),
        ("police_16p1_codes", "NS"),
    ],
)
def test_what_is_not_stated_never_lands_in_a_group(source, label):
    assert LABELS.codes(source, [label])[label].startswith("unknown")


def test_no_label_that_says_refused_or_unknown_is_a_group():
    table = LABELS.table
    words = table["label_as_published"].str.contains(
        r"not stated|refused|not known|don't know|unknown|not obtained", case=False
    )
    # "Total with known ethnicity" is a total.
    codes = table.loc[words, "code"]
    assert codes.str.match("unknown|total_known").all(), table[words]


def test_a_label_is_forgiven_case_dashes_and_footnotes_and_nothing_else():
    assert normalised("White – Irish") == normalised("white - irish")
    assert normalised("Not known2") == normalised("Not  known")
    assert normalised("AOTH") != normalised("BOTH")
    with pytest.raises(LotiError, match="'Wite'"):
        LABELS.codes("hclic", ["Wite"])


@pytest.mark.parametrize("code", ["white_gypsy_roma", "white_irish_traveller"])
def test_half_of_gypsy_roma_and_traveller_has_no_census_denominator(code):
    assert made_of(code, CENSUS, PARTS) is None


def test_gypsy_roma_and_traveller_together_have_one():
    both = made_of("white_gypsy_roma_traveller", CENSUS, PARTS)
    assert both == ["white_gypsy_irish_traveller", "white_roma"]


def test_white_other_of_2011_is_white_other_and_roma_of_2021():
    assert made_of("white_other_incl_roma", CENSUS, PARTS) == ["white_roma", "white_other"]


@pytest.mark.parametrize("code", ["asian_excl_chinese", "other_incl_chinese"])
def test_asian_and_other_of_2001_cannot_be_divided_by_five_groups_of_2021(code):
    assert made_of(code, ["asian", "black", "mixed", "white", "other"], PARTS) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("asian", "asian_excl_chinese"),
        ("other", "other_incl_chinese"),
        ("other_any", "other_incl_arab"),
        ("white_other", "white_other_incl_roma"),
        ("white_other", "white_other_incl_traveller_roma"),
    ],
)
def test_pairs_that_must_never_be_joined(one, other):
    assert made_of(one, [other], PARTS) is None
    assert made_of(other, [one], PARTS) is None


def test_the_standard_order_is_alphabetical_with_other_last():
    shown = catalogue.shown_groups(DEFINITIONS.groups)
    for list_ in ("census_2021_19", "hclic_18", "police_self_16p1", "dfe_18", "nhs_16"):
        five = shown[(shown["classification"] == list_) & (shown["level"] == "5")]
        order = five.sort_values("position")["group_code"].to_list()
        assert order == ["asian", "black", "mixed", "white", "other"], list_


def test_unknown_is_never_shown_as_a_group():
    shown = catalogue.shown_groups(DEFINITIONS.groups)
    assert not shown["group_code"].str.startswith("unknown").any()


def test_officers_lists_have_no_mixed():
    assert "mixed" not in {
        group.code for group in DEFINITIONS.groups if group.classification == "police_officer_4"
    }


def test_a_list_of_21_groups_needs_data_only():
    groups = tuple(
        catalogue.Group(
            "dummy_21", f"group_{n}", "", "", "asian" if n < 20 else "", str(n), "", ""
        )
        for n in range(21)
    )
    shown = catalogue.shown_groups(groups)
    assert (shown["level"] == "19").sum() == 21
    assert (shown["level"] == "5").sum() == 2


def test_two_sources_may_mean_different_people_by_one_word():
    table = pd.DataFrame(
        [("one", "Asian", "asian"), ("two", "Asian", "asian_excl_chinese")],
        columns=["source", "label_as_published", "code"],
    )
    labels = Labels(table)
    assert labels.codes("one", ["Asian"]) != labels.codes("two", ["asian"])
