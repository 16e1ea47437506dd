"""The accessibility statement: gaps are marked, answers are read strictly, nothing is claimed."""

from datetime import date

import pytest
from copy_lint import offences

from loti_dash import accessibility, known_limits
from loti_dash.errors import LotiError

WHOLE = """
organisation = "London Borough of Example"
email = "access@example.gov.uk"
phone = "020 7946 0000"
response_time = "5 working days"
prepared = 2026-11-25
reviewed = 2027-11-20
tested_by = "The borough's panel of disabled residents, in May 2027"
"""


@pytest.fixture
def read(tmp_path):
    def from_(text):
        (tmp_path / "accessibility.toml").write_text(text, encoding="utf-8")
        return accessibility.answers(tmp_path)

    return from_


def statement(answers):
    said = {key: accessibility.said(answers, key) for key in accessibility.ASKED}
    return "\n".join(
        [line for part in known_limits.statement(said).values() for line in part]
        + [known_limits.COMPLIANCE, *(cell for row in known_limits.LIMITS for cell in row)]
    )


def test_without_a_file_every_answer_is_a_marked_gap(tmp_path):
    answers = accessibility.answers(tmp_path)

    assert accessibility.gaps(answers) == 7
    assert statement(answers).count("To be completed by the organisation that runs this") == 7


def test_answers_stand_in_the_statement_and_no_gap_is_left(read):
    said = statement(read(WHOLE))

    assert "To be completed" not in said
    for answer in ("London Borough of Example", "access@example.gov.uk", "5 working days"):
        assert answer in said
    assert "Prepared: 25 November 2026" in said
    assert "Last reviewed: 20 November 2027" in said


def test_some_answers_may_come_later(read):
    assert accessibility.gaps(read('email = "access@example.gov.uk"')) == 6


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('organization = "Example"', "organization, which the statement does not ask for"),
        ("organisation = ", "cannot be read"),
        ('organisation = ""', "organisation is ''"),
        ("phone = 2079460000", "phone is 2079460000"),
        ('phone = "020\\n7946"', "in one line"),
        ('prepared = "25 November 2026"', "write a day like prepared = 2026-11-25"),
        ("prepared = 2026-11-25T10:00:00", "write a day like"),
        ('email = "access at example"', "must be one e-mail address"),
        ('email = "a@b.uk, c@d.uk"', "must be one e-mail address"),
        ("prepared = 2026-11-25\nreviewed = 2026-11-24", "before the statement was prepared"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(read, text, message):
    with pytest.raises(LotiError) as error:
        read(text)

    assert message in str(error.value)
    assert "accessibility.toml" in str(error.value)


@pytest.mark.parametrize(
    ("today", "expected"), [(date(2028, 11, 20), False), (date(2028, 12, 1), True)]
)
def test_after_a_year_without_review_the_statement_is_overdue(read, today, expected):
    assert accessibility.overdue(read(WHOLE), today) == expected


def test_the_statement_claims_nothing_that_nobody_tested(read):
    said = statement(read(WHOLE))

    assert "fully compliant" not in said.lower()
    assert "is not known" in known_limits.COMPLIANCE
    assert "Equality and Human Rights Commission" in said
    assert "Equality Advisory and Support Service" in said
    assert "screen readers" in said
    assert offences(said) == []


def test_each_limit_names_a_criterion_and_a_way_round():
    table = known_limits.table()

    assert len(table) >= 5
    for what, (criterion, instead) in zip(table.index, table.to_numpy(), strict=True):
        assert what.endswith(".")
        assert criterion[0].isdigit() or criterion.startswith("None: ")
        assert instead.endswith(".")
