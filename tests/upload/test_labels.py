"""What labels of ethnic groups mean in an upload: by the list they stand in, never guessed."""

import pytest

from loti_dash import catalogue, config
from loti_dash.groups import normalised
from loti_dash.upload.labels import Known, closest_groups, meaning, states_settled
from loti_dash.upload.lists import groups_of, settled
from loti_dash.upload.values import Refused

DEFINITIONS = catalogue.read(config.CATALOGUE)
LABELS = catalogue.labels(config.CATALOGUE)
KNOWN = Known(DEFINITIONS, LABELS, {})
GROUPS = groups_of(DEFINITIONS)

WHITE = ["White British", "White Irish"]
NO_WHITE = [
    *("Bangladeshi", "Chinese", "Indian", "Pakistani", "Asian Other"),
    *("Black African", "Black Caribbean", "Black Other"),
    *("Mixed White and Asian", "Mixed White and Black African"),
    *("Mixed White and Black Caribbean", "Mixed Other"),
]
GYPSY = "White Gypsy or Irish Traveller"


def read(*labels):
    """Return the code of each label, and the list."""
    meanings = {label: meaning(label, KNOWN) for label in labels}
    found = settled(frozenset(meanings.values()), GROUPS)
    return {label: found.codes.get(each) for label, each in meanings.items()}, found


@pytest.mark.parametrize("letter", ["A", "b", "Z"])
def test_a_code_of_one_letter_is_refused_even_if_somebody_mapped_it(letter):
    known = Known(DEFINITIONS, LABELS, {letter: "white_british"})
    found = meaning(letter, known)
    assert isinstance(found, Refused)
    assert "one group to the NHS and another" in found.message


@pytest.mark.parametrize("code", ["0", "1", "6", "IC1", "ic 3", "IC-6"])
def test_a_police_code_for_appearance_is_refused(code):
    assert "how somebody looked to an officer" in meaning(code, KNOWN).message


@pytest.mark.parametrize(
    "label",
    [
        *("Other ethnic group - Not stated", "NS", "99", "REFU", "NOBT", "", "N/A"),
        *("Prefer not to say", "Not known2", "Unclassified", "Don’t know / refused"),
    ],
)
def test_what_nobody_knows_is_never_a_group(label):
    assert all(code.startswith("unknown") for code in meaning(label, KNOWN))


def test_a_code_of_ours_always_means_itself():
    for code in DEFINITIONS.parts:
        assert meaning(code, KNOWN) == {code}


def test_an_unknown_label_is_refused_with_the_closest_groups_and_not_guessed():
    assert isinstance(meaning("Bangladesi", KNOWN), Refused)
    assert closest_groups("Bangladesi", KNOWN)[0] == ("Bangladeshi", "asian_bangladeshi")
    assert isinstance(meaning("AOTG", KNOWN), Refused)


def test_the_analysts_own_mapping_comes_first_but_must_name_a_group():
    known = Known(DEFINITIONS, LABELS, {"Turkish": "white_other", "Kurdish": "no_such_group"})
    assert meaning("Turkish", known) == {"white_other"}
    assert isinstance(meaning("Kurdish", known), Refused)


@pytest.mark.parametrize(
    ("others", "code", "list_"),
    [
        ([GYPSY, "White Roma", "Arab", "Any other ethnic group"], "white_other", "census_2021_19"),
        ([GYPSY, "Arab", "Any other ethnic group"], "white_other_incl_roma", "census_2011_18"),
        (["Any other ethnic group"], "white_other_incl_traveller_roma", "police_self_16p1"),
        (
            ["Gypsy/Roma", "Traveller of Irish heritage", "Any other ethnic group"],
            "white_other",
            "dfe_18",
        ),
    ],
)
def test_white_other_is_all_of_white_that_has_no_row(others, code, list_):
    codes, found = read(*WHITE, *NO_WHITE, "Any other White background", *others)
    assert codes["Any other White background"] == code
    assert found.classification == list_


def test_who_is_left_over_is_plain_only_where_all_others_have_rows():
    # The Irish may be among White Other here, or have been nobody.
    codes, found = read("White British", "White Other", "Black African", "Indian")
    assert codes["White Other"] is None
    assert found.undecided


def test_any_other_ethnic_group_has_arab_in_it_unless_arab_has_a_row():
    with_arab, _ = read(*WHITE, *NO_WHITE, GYPSY, "White Roma", "White Other", "Arab", "Other")
    assert with_arab["Other"] == "other_any"
    without, found = read(*WHITE, *NO_WHITE, "White Other", "Any other ethnic group")
    assert without["Any other ethnic group"] == "other_incl_arab"
    assert found.classification == "police_self_16p1"


def test_asian_leaves_out_chinese_if_chinese_stands_beside_it():
    codes, found = read("Asian", "Black", "Chinese", "Mixed", "White", "Other")
    assert codes["Asian"] == "asian_excl_chinese"
    assert found.classification == "dfe_6"
    codes, found = read("Asian", "Black", "Mixed", "White", "Other")
    assert codes["Asian"] == "asian"
    assert found.classification == "harmonised_5"
    assert "police_officer_5" in found.alike


def test_asian_leaves_out_chinese_if_other_has_them():
    codes, found = read("Asian", "Black", "Mixed", "White", "Other inc Chinese")
    assert codes["Asian"] == "asian_excl_chinese"
    assert found.classification == "census_2001_5"


def test_other_ethnic_group_is_the_fifth_of_five_and_one_of_two_in_18():
    five, _ = read("Asian", "Black", "Mixed", "White", "Other ethnic group")
    assert five["Other ethnic group"] == "other"
    many, _ = read(*WHITE, *NO_WHITE, GYPSY, "White Other", "Arab", "Other ethnic group")
    assert many["Other ethnic group"] == "other_any"


def test_headings_of_a_census_table_are_sums_of_the_groups_under_them():
    codes, found = read(
        *("Asian", "Black", "Mixed", "White", "Other ethnic group", "Total"),
        *(*WHITE, *NO_WHITE, GYPSY, "White Roma", "White Other"),
        *("Arab", "Any other ethnic group"),
    )
    assert codes["Other ethnic group"] == "other"
    assert found.classification == "census_2021_19"
    assert found.sums["other"] == ("other_any", "other_arab")
    assert len(found.sums["total"]) == 19


def test_labels_that_fit_two_lists_are_left_to_the_analyst():
    # In the NHS Chinese is under Other, in the census under Asian: the same five headings.
    codes, found = read(
        *("Asian or Asian British", "Black or Black British", "Mixed", "White"),
        "Other ethnic groups",
    )
    assert codes["Asian or Asian British"] is None
    assert codes["Other ethnic groups"] is None
    assert codes["Mixed"] == "mixed"
    assert not found.classification


def test_a_list_without_its_row_for_arab_is_not_guessed():
    # Any other has Arab in it by the rule, but no list has such a group beside Roma.
    labels = [*WHITE, *NO_WHITE, GYPSY, "White Roma", "White Other", "Any other ethnic group"]
    codes, found = read(*labels)
    assert codes["Any other ethnic group"] is None
    assert codes["White Other"] == "white_other"
    assert found.classification == ""


def test_groups_of_two_lists_are_no_list():
    _, found = read("white_gypsy_roma", "white_irish_traveller", "white_roma", "white_british")
    assert ("white_gypsy_roma", "white_roma") in found.overlapping
    assert not found.classification


def test_each_list_is_recognised_by_its_own_groups():
    for name, codes in GROUPS.lists.items():
        found = settled({frozenset({code}) for code in codes}, GROUPS)
        assert GROUPS.lists[found.classification] == codes, name
        assert not found.without


def test_a_list_of_21_groups_needs_new_rows_only():
    sikh, jewish = frozenset({"asian_sikh"}), frozenset({"white_jewish"})
    lists = {"new_21": GROUPS.lists["census_2021_19"] | sikh | jewish, **GROUPS.lists}
    parts = {**GROUPS.parts, "asian_sikh": sikh, "white_jewish": jewish}
    groups = type(GROUPS)(lists, parts, GROUPS.heads)
    found = settled({frozenset({code}) for code in lists["new_21"]}, groups)
    assert found.classification == "new_21"


def test_not_known_is_nobody_asked_only_in_a_table_of_the_nhs():
    def state(*labels):
        meanings = [meaning(label, KNOWN) for label in labels]
        settled_, unsure = states_settled(meanings, [normalised(each) for each in labels], KNOWN)
        return set(settled_.values()), bool(unsure)

    nhs = LABELS.table.query("source == 'nhs'")["label_as_published"]
    assert state(*nhs) == ({"unknown_not_asked"}, False)
    assert state("Asian", "Black", "Mixed", "Other", "White", "Not known") == (
        {"unknown_not_known"},
        False,
    )
    assert state("Black African", "Arab", "AOTH", "Not known") == ({"unknown_not_known"}, True)
