"""The questions of a canvas: the method's own, word for word, and what this project adds.

The method's are quoted as they are. Whatever is not the method's is marked as ours, and every
page that shows a question shows that, too.
"""

from dataclasses import dataclass

STEPS = ("Outcome", "Action", "Insight", "Data", "Enablers", "Caveat", "Added by this project")
CLOSING = (
    "Data is an enabler.",
    "Start with outcomes.",
    "Understand the actions to see where data has a role.",
    "Data is not inherently neutral.",
)
# The longest answer: a canvas is one page, not a report.
MOST_LETTERS = 4_000


@dataclass(frozen=True)
class Question:
    """A question of a step. `key` is the answer's name; `ours` are additions to the method.

    `lead` is the method's question above those that belong together, said once before the first.
    `short` answers are one line.
    """

    key: str
    step: str
    words: str
    ours: bool = False
    lead: str = ""
    short: bool = False


def _of(step: str, *asked: tuple[str, str], lead: str = "") -> tuple[Question, ...]:
    return tuple(Question(key, step, words, lead=lead) for key, words in asked)


def _ours(step: str, *asked: tuple[str, str], short: bool = False) -> tuple[Question, ...]:
    return tuple(Question(key, step, words, ours=True, short=short) for key, words in asked)


QUESTIONS = (
    *_of(
        "Outcome",
        (
            "desired",
            "What's our desired outcome? What would we like to be different in the world?",
        ),
        (
            "better_off",
            "What specific person (or cohort) is better off in what specific ways because we "
            "acted?",
        ),
    ),
    *_of(
        "Action",
        ("who_what", "WHO could do WHAT differently if they had better information?"),
        ("intervention", "What's the intervention?"),
    ),
    *_ours("Action", ("evidence", "What shows that the action can move the figure?")),
    *_of(
        "Insight",
        (
            "see",
            "What would someone need to see on a screen (the data product) to enable the action?",
        ),
    ),
    *_ours("Insight", ("cannot_see", "What can no figure here show? That is a finding, too.")),
    *_of(
        "Data",
        (
            "needed",
            "What data would be needed, can we access it and use it legally and ethically?",
        ),
    ),
    *_ours(
        "Data",
        ("available", "Which of it is available?"),
        ("legal", "What makes its use legal?"),
        ("ethical", "What makes its use ethical?"),
    ),
    *_of(
        "Data",
        ("new", "New data sets"),
        ("combined", "Combined data sets"),
        ("sharing", "Required data sharing"),
        ("analysis", "Required data analysis"),
        (
            "no_bias",
            "How can we ensure the data is used in a way which does not reproduce existing "
            "societal biases?",
        ),
    ),
    *_ours("Data", ("meets_needs", "Does what there is meet the need?")),
    *_of(
        "Enablers",
        (
            "else",
            "Beyond the data product, what else is needed to achieve our desired outcome?",
        ),
    ),
    *_of(
        "Enablers",
        ("policy", "Policy"),
        ("processes", "Processes"),
        ("organisational_culture", "Organisational culture"),
        ("funding", "Funding"),
        lead="What else needs to change?",
    ),
    *_of(
        "Caveat",
        ("trust", "Trust"),
        ("consent", "Consent"),
        ("power", "Power"),
        ("transparency", "Transparency"),
        ("inclusivity", "Inclusivity"),
        lead="Consider the following factors",
    ),
    *_ours("Caveat", ("silver_bullet", "Data is not a silver bullet: what can it not do here?")),
    *_ours("Added by this project", ("owner", "Who owns this outcome?"), short=True),
    *_ours(
        "Added by this project",
        ("target", "What is the target?"),
        ("harm", "Harm check: who could be worse off? Could this reproduce existing bias?"),
        ("least_quality", "How good must the data be, at least, to act on it?"),
        ("stop", "When do we stop?"),
        ("voice", "Voice: what did affected people say, and how and when were they asked?"),
        ("decision_asked", "Which decision is asked of the board?"),
    ),
)
# Answers that are no words: a ratio, and two dates as 2027-04-30.
FIGURES_AND_DATES = {
    "target_ratio": "The ratio that is the target",
    "target_by": "By when",
    "review_date": "When is it looked at again?",
}
# Written on the way to the log, and kept so that it is not lost before it gets there.
DRAFTS = {"decision_draft": "What was decided?"}
_KEYS = (*(question.key for question in QUESTIONS), *FIGURES_AND_DATES, *DRAFTS)


def keys() -> tuple[str, ...]:
    """Return the keys of all answers, in the order of the questions."""
    return _KEYS


def of_step(step: str) -> list[Question]:
    """Return the questions of a step, in order."""
    return [question for question in QUESTIONS if question.step == step]


def words_of(key: str) -> str:
    """Return the question of an answer.

    >>> words_of("policy"), words_of("review_date")
    ('Policy', 'When is it looked at again?')
    """
    asked = {question.key: question.words for question in QUESTIONS}
    return (asked | FIGURES_AND_DATES | DRAFTS)[key]
