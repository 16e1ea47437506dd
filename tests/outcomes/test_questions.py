"""The method's questions stand there word for word, and nothing of ours is passed off as its."""

from loti_dash import catalogue, config
from loti_dash.outcomes.questions import CLOSING, DRAFTS, FIGURES_AND_DATES, QUESTIONS, STEPS, keys

# As the mission deck has them.
DECK = {
    "Outcome": [
        "What's our desired outcome? What would we like to be different in the world?",
        "What specific person (or cohort) is better off in what specific ways because we acted?",
    ],
    "Action": [
        "WHO could do WHAT differently if they had better information?",
        "What's the intervention?",
    ],
    "Insight": [
        "What would someone need to see on a screen (the data product) to enable the action?",
    ],
    "Data": [
        "What data would be needed, can we access it and use it legally and ethically?",
        "New data sets",
        "Combined data sets",
        "Required data sharing",
        "Required data analysis",
        "How can we ensure the data is used in a way which does not reproduce existing societal "
        "biases?",
    ],
    "Enablers": [
        "Beyond the data product, what else is needed to achieve our desired outcome?",
        "What else needs to change?",
        "Policy",
        "Processes",
        "Organisational culture",
        "Funding",
    ],
    "Caveat": [
        "Consider the following factors",
        "Trust",
        "Consent",
        "Power",
        "Transparency",
        "Inclusivity",
    ],
}


def test_every_question_of_the_deck_is_there_word_for_word_and_in_its_order():
    for step, expected in DECK.items():
        own = [each for each in QUESTIONS if each.step == step and not each.ours]
        said = [words for each in own for words in (each.lead, each.words) if words]
        assert list(dict.fromkeys(said)) == expected


def test_what_the_deck_does_not_ask_is_marked_as_ours():
    asked = {words for step in DECK.values() for words in step}

    assert all(each.ours for each in QUESTIONS if each.words not in asked)
    assert all(each.ours for each in QUESTIONS if each.step not in DECK)
    assert (*DECK, "Added by this project") == STEPS


def test_an_answer_has_one_place():
    assert len(set(keys())) == len(keys()) == len([*QUESTIONS, *FIGURES_AND_DATES, *DRAFTS])
    assert len(CLOSING) == 4


def test_the_enablers_of_the_deck_are_those_of_the_presets():
    outcome = next(iter(catalogue.read(config.CATALOGUE).outcomes.values()))
    asked = {each.key for each in QUESTIONS if each.step == "Enablers"}
    assert set(vars(outcome.enablers)) <= asked
