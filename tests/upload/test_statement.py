"""What must be said of figures before they are sent."""

from datetime import date

import pytest
from copy_lint import offences
from uploads import answers

from loti_dash.definitions import FACTORS, File
from loti_dash.errors import LotiError
from loti_dash.upload import statement

FILE = File("warnings.csv", "0" * 64, 6)


def test_a_whole_statement_lacks_nothing():
    assert statement.unanswered(answers()) == []
    assert statement.checked(answers()) == answers()


@pytest.mark.parametrize("question", statement.QUESTIONS, ids=lambda question: question.key)
@pytest.mark.parametrize("empty", ["", "  "])
def test_each_question_without_an_answer_is_named(question, empty):
    given = answers(**{question.key: empty})

    assert statement.unanswered(given) == [question.words]
    with pytest.raises(LotiError, match="lacks an answer") as raised:
        statement.checked(given)
    assert question.words in str(raised.value)


@pytest.mark.parametrize("factor", FACTORS)
def test_each_factor_without_words_or_severity_is_named(factor):
    of_one_word = statement.unanswered(answers(**{factor: "None"}))
    no_severity = statement.unanswered(answers(**{f"{factor}_severity": "4"}))

    assert of_one_word == [statement.FACTOR_QUESTIONS[factor]]
    assert no_severity == [f"{factor.capitalize()}: how much it limits use (1, 2 or 3)"]


@pytest.mark.parametrize("given", ["", "soon", "30/04/2027", "2027-13-01"])
def test_the_next_update_is_a_date(given):
    [lacking] = statement.unanswered(answers(next_update=given))

    assert lacking.startswith("When is the next update due?")


def test_everything_that_lacks_is_named_at_once():
    lacking = statement.unanswered({})

    assert len(lacking) == len(statement.QUESTIONS) + 2 * len(FACTORS) + 1


def test_what_is_not_asked_is_refused_by_name():
    with pytest.raises(LotiError, match="what is not asked: colour, owners") as raised:
        statement.checked(answers(owners="x", colour="y"))
    assert "severity" in str(raised.value)


@pytest.mark.parametrize("sign", "[]<>*`|\\#$~")
def test_signs_that_a_page_would_read_as_something_else_are_refused(sign):
    with pytest.raises(LotiError, match="no plain words") as raised:
        statement.checked(answers(purpose=f"Eliminating {sign}discrimination"))
    assert sign in str(raised.value)


def test_answers_are_text_without_outer_blanks_whatever_a_file_has():
    found = statement.checked(
        answers(trust_severity=2, purpose=" Fairness \n", next_update=date(2027, 4, 30))
    )

    assert found["trust_severity"] == "2"
    assert found["purpose"] == "Fairness"
    assert found["next_update"] == "2027-04-30"


def test_the_papers_say_what_was_answered():
    given = answers(purpose="Fostering good relations", licence="Open Government Licence v3.0")
    papers = statement.source("upload_x", "Warnings", given, FILE, date(2026, 3, 2))

    assert papers.publisher == "Hackney Council"
    assert papers.title == "Warnings (Hackney Council)"
    assert papers.licence == "Open Government Licence v3.0"
    assert papers.next_due == date(2027, 4, 30)
    assert papers.files == (FILE,)
    assert "What are they for? Fostering good relations" in papers.note
    for question in statement.QUESTIONS:
        if question.key not in ("owner", "licence"):
            assert question.words in papers.note


def test_the_five_factors_are_those_of_the_owner():
    found = statement.factors(
        "upload_x", "Warnings", answers(power_severity="3", power="Police decide")
    )

    assert found.power.severity == 3
    assert found.power.text == "Police decide"
    assert {getattr(found, factor).reference for factor in FACTORS} == {"Hackney Council"}


def test_before_anything_is_said_the_papers_say_so():
    given = statement.nothing_yet("Hackney Council")

    assert statement.unanswered(given) == []
    assert statement.factors("x", "Warnings", given).trust.text.startswith("Not said yet")
    assert given.keys() == set(statement.fields())


def test_the_questions_are_in_words_for_readers():
    words = [*(q.words for q in statement.QUESTIONS), *statement.FACTOR_QUESTIONS.values()]
    words += [q.help for q in statement.QUESTIONS]

    assert [each for each in words if offences(each)] == []
