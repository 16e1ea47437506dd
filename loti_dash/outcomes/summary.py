"""What a board reads of a canvas, in the order it reads it."""

from dataclasses import dataclass

from loti_dash.outcomes.canvas import Action, Canvas


@dataclass(frozen=True)
class Summary:
    """A canvas for a board: words of people, to be shown as they are.

    `last_actions` come first, those that are done before those that are not. `target` has its
    date, `review_date` is one (2027-04-30) or "".
    """

    title: str
    better_off: str
    last_actions: tuple[Action, ...]
    decision_asked: str
    voice: str
    owner: str
    review_date: str
    target: str
    decided: tuple[str, ...]


def summary(canvas: Canvas) -> Summary:
    """Return what a board reads of a canvas."""
    done_first = sorted(canvas.actions, key=lambda each: each.status != "done")
    return Summary(
        title=canvas.title,
        better_off=canvas.answer("better_off"),
        last_actions=tuple(done_first),
        decision_asked=canvas.answer("decision_asked"),
        voice=canvas.answer("voice"),
        owner=canvas.answer("owner"),
        review_date=canvas.answer("review_date"),
        target=_target(canvas),
        decided=tuple(f"{each.on}: {each.said}" for each in canvas.decisions),
    )


def _target(canvas: Canvas) -> str:
    """Return the target in one line: its words, its ratio, its date."""
    said, much, when = (canvas.answer(k) for k in ("target", "target_ratio", "target_by"))
    ratio = f"a ratio of {much}" if much else ""
    by = f"by {when}" if when else ""
    return " ".join(filter(None, [said, f"({ratio})" if said and ratio else ratio, by]))
