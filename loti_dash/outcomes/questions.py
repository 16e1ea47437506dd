"""The questions of a canvas: the method's own, word for word, and what this project adds."""

from dataclasses import dataclass

STEPS = ("Outcome", "Action", "Insight", "Data", "Enablers", "Caveat", "Added by this project")
CLOSING = (
    "Data is an enabler.",
    "Start with outcomes.",
    "Understand the actions to see where data has a role.",
    "Data is not inherently neutral.",
)


@dataclass(frozen=True)
class Question:
    """A question of a step. `key` is the field of a canvas; `ours` are additions to the method."""

    key: str
    step: str
    words: str
    ours: bool = False


def _of(step: str, *asked: tuple[str, str], ours: bool = False) -> tuple[Question, ...]:
    return tuple(Question(key, step, words, ours) for key, words in asked)


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
    *_of(
        "Insight",
        (
            "see",
            "What would someone need to see on a screen (the data product) to enable the action?",
        ),
    ),
    *_of(
        "Data",
        (
            "needed",
            "What data would be needed, can we access it and use it legally and ethically?",
        ),
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
    *_of(
        "Enablers",
        (
            "else",
            "Beyond the data product, what else is needed to achieve our desired outcome?",
        ),
        ("change", "What else needs to change?"),
        ("policy", "Policy"),
        ("processes", "Processes"),
        ("organisational_culture", "Organisational culture"),
        ("funding", "Funding"),
    ),
    *_of(
        "Caveat",
        ("trust", "Trust"),
        ("consent", "Consent"),
        ("power", "Power"),
        ("transparency", "Transparency"),
        ("inclusivity", "Inclusivity"),
    ),
    *_of(
        "Added by this project",
        ("owner", "Who owns this outcome?"),
        ("target", "What is the target, and by when?"),
        ("review_date", "When is it looked at again?"),
        ("evidence", "What shows that the action can move the figure?"),
        ("least_quality", "How good must the data be, at least, to act on?"),
        ("harm", "Who could be worse off? Could this reproduce existing bias?"),
        ("stop", "When do we stop?"),
        ("voice", "What did affected people say, how and when were they asked?"),
        ours=True,
    ),
)
CAVEAT_LEAD = "Consider the following factors"
_KEYS = tuple(question.key for question in QUESTIONS)


def keys() -> tuple[str, ...]:
    """Return the keys of all answers, in the order of the questions."""
    return _KEYS


def of_step(step: str) -> list[Question]:
    """Return the questions of a step, in order."""
    return [question for question in QUESTIONS if question.step == step]
