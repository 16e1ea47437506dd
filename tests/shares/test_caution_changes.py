"""Cautions that changed are named of the indicators whose they are, and no others."""

from loti_dash.shares.caution_changes import Changed, changes
from loti_dash.shares.sent import Caution

DUTY = {"duty": "Households owed a duty"}
RENT = {"rent": "Households renting"}
OWN = {"own": "Households owning"}


def caution(text, *of, id_="age", severity=2, effect=""):
    titles = {key: title for each in of for key, title in each.items()}
    named = "; ".join(titles.values())
    return Caution(id_, severity, f"{named}: {text}" if named else text, effect, titles, named)


def test_another_order_of_evidence_is_no_change():
    duty, rent = caution("Duties by age.", DUTY), caution("Rents by age.", RENT)
    assert changes([duty, rent], [rent, duty]) == []


def test_another_order_of_the_names_in_a_caution_is_no_change():
    assert changes([caution("Of one.", DUTY, RENT)], [caution("Of one.", RENT, DUTY)]) == []


def test_a_caution_said_of_more_indicators_at_once_is_added_to_the_new_one_only():
    old, new = [caution("Same.", DUTY)], [caution("Same.", DUTY, RENT)]
    assert changes(old, new) == [Changed("added", "", "Households renting: Same.")]


def test_one_that_is_gone_among_others_of_its_kind_is_the_one_removed():
    old = [caution("By whom: A.", DUTY), caution("By whom: B.", RENT), caution("C.", OWN)]
    assert changes(old, [old[2], old[0]]) == [
        Changed("removed", "Households renting: By whom: B.", "")
    ]


def test_what_is_reworded_alike_is_told_once_with_all_its_indicators():
    old = [caution("Old words.", DUTY, RENT)]
    new = [caution("New words.", RENT), caution("New words.", DUTY)]
    assert changes(old, new) == [
        Changed(
            "reworded",
            "Households owed a duty; Households renting: Old words.",
            "Households owed a duty; Households renting: New words.",
        )
    ]


def test_of_a_view_of_one_indicator_equal_words_belong_together():
    old = [caution("One."), caution("Two.")]
    new = [caution("Two."), caution("Three.")]
    assert changes(old, new) == [Changed("reworded", "One.", "Three.")]


def test_the_weight_is_that_of_the_same_words():
    [found] = changes([caution("A.", DUTY)], [caution("A.", DUTY, severity=3)])
    assert found == Changed(
        "weighed anew",
        "Households owed a duty: Beside the figures: A.",
        "Households owed a duty: Limits their use: A.",
    )
