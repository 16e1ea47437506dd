"""The data statement: what must be said of figures before they are sent, and papers made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from loti_dash.definitions import FACTORS, File, Source, SourceCaveats, Statement
from loti_dash.errors import LotiError
from loti_dash.upload.description import signs


@dataclass(frozen=True)
class Question:
    """A question of the statement; `help` says what an answer should tell."""

    key: str
    words: str
    help: str


QUESTIONS = (
    Question("owner", "Who owns these figures?", "The organisation, as readers know it."),
    Question(
        "contact", "Who answers questions about them?", "A team and its address, not a person."
    ),
    Question(
        "purpose",
        "What are they for?",
        "The aim under the equality duty that they serve: eliminating discrimination, advancing "
        "equality of opportunity, or fostering good relations.",
    ),
    Question(
        "basis",
        "On what lawful basis are they used?",
        "The basis, and the reference of the impact assessment.",
    ),
    Question(
        "row", "What does one count count?", "People, events or households; when, and where."
    ),
    Question(
        "recorded",
        "Who recorded ethnicity, and how?",
        "The person's own answer, somebody else's, or what somebody saw.",
    ),
    Question(
        "unknown",
        "How are unknown answers treated?",
        "Refused, not asked, not recorded; and where they are counted.",
    ),
    Question("denominator", "What are they divided by?", "Of what date, and from where."),
    Question(
        "missing", "Who is missing?", "Who is not counted, merged with others, or has no box."
    ),
    Question(
        "breaks",
        "What changed over time?",
        "Breaks and revisions; write “none” if there are none.",
    ),
    Question(
        "not_for",
        "What must they not be used for?",
        "Such as decisions about a particular person, or ranking.",
    ),
    Question(
        "correct",
        "How can somebody challenge or correct them?",
        "Where to write, and what happens.",
    ),
    Question(
        "licence", "Under which licence may they be used?", "Such as Open Government Licence v3.0."
    ),
)

FACTOR_QUESTIONS = {
    "trust": "Trust: would people expect harm from answering? Who asked?",
    "consent": "Consent: was the answer free, informed, and the person's own?",
    "power": "Power: whose decisions are counted? Who can correct a record?",
    "transparency": "Transparency: can an outsider do the sum again?",
    "inclusivity": "Inclusivity: who is missing, merged or has no box?",
}
SEVERITIES = {
    "1": "context",
    "2": "to be said beside the figure",
    "3": "limits use: to be said above the figure, and nothing is ranked",
}
_LEAST_WORDS = 2


def fields() -> list[str]:
    """Return the keys of a statement: answers, factors and their severity, the next update."""
    factors = [key for factor in FACTORS for key in (factor, f"{factor}_severity")]
    return [*(question.key for question in QUESTIONS), *factors, "next_update"]


def unanswered(answers: Mapping[str, str]) -> list[str]:
    """Return in words what a statement still lacks; none if it is whole."""
    lacking = [q.words for q in QUESTIONS if not answers.get(q.key, "").strip()]
    for factor, words in FACTOR_QUESTIONS.items():
        if len(answers.get(factor, "").split()) < _LEAST_WORDS:
            lacking.append(words)
        if answers.get(f"{factor}_severity", "") not in SEVERITIES:
            lacking.append(f"{factor.capitalize()}: how much it limits use (1, 2 or 3)")
    try:
        date.fromisoformat(answers.get("next_update", ""))
    except ValueError:
        lacking.append("When is the next update due? (a date, such as 2027-04-30)")
    return lacking


def checked(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return answers as text, unless something is missing or unknown. Raises LotiError."""
    strange = sorted(answers.keys() - set(fields()))
    if strange:
        raise LotiError(
            f"The statement has what is not asked: {', '.join(strange)}. It may have: "
            f"{', '.join(fields())}."
        )
    words = {key: " ".join(str(answer).split()) for key, answer in answers.items()}
    odd = " ".join(sorted({sign for answer in words.values() for sign in signs(answer)}))
    if odd:
        raise LotiError(f"The statement has signs that are no plain words: {odd}. Leave them out.")
    lacking = unanswered(words)
    if lacking:
        raise LotiError("The statement lacks an answer: " + " ".join(lacking))
    return words


def source(id_: str, title: str, answers: Mapping[str, str], file: File, today: date) -> Source:
    """Return the papers of uploaded figures, as those of any other source."""
    owner = answers["owner"]
    said = [f"{q.words} {answers[q.key]}" for q in QUESTIONS if q.key not in ("owner", "licence")]
    return Source(
        id=id_,
        title=f"{title} ({owner})",
        publisher=owner,
        release=f"Uploaded on {today.isoformat()}",
        url="",
        licence=answers["licence"],
        attribution=f"Source: {owner}.",
        obtained="uploaded",
        published=today,
        next_due=date.fromisoformat(answers["next_update"]),
        note=" ".join(said),
        files=(file,),
        accepted=(),
    )


def factors(id_: str, title: str, answers: Mapping[str, str]) -> SourceCaveats:
    """Return the five factors, as the owner of the figures describes them."""
    said = {
        factor: Statement(
            _severity(answers[f"{factor}_severity"]), answers[factor], answers["owner"]
        )
        for factor in FACTORS
    }
    return SourceCaveats(id=id_, title=title, **said)


def _severity(given: str) -> Any:
    known: Sequence[int] = get_args(Statement.__annotations__["severity"])
    assert int(given) in known, f"severity {given!r} was not checked"
    return int(given)


def nothing_yet(owner: str) -> dict[str, str]:
    """Return the statement of figures that nobody has described: what a private view says."""
    unsaid = "Not said yet by who uploaded the figures."
    answers = {question.key: unsaid for question in QUESTIONS}
    for factor in FACTORS:
        answers |= {factor: unsaid, f"{factor}_severity": "2"}
    return answers | {"owner": owner, "next_update": date.max.isoformat()}
