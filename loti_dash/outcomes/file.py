"""A canvas as text: as it is kept, and as the file that is exported and taken in again.

A file may have been written by hand. All that is wrong with it is said at once, with where, what
was found, and what to do.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from loti_dash.catalogue import Catalogue
from loti_dash.errors import LotiError
from loti_dash.outcomes import cohorts
from loti_dash.outcomes.canvas import MOST, STATUSES, Action, Baseline, Canvas, Decision, as_date
from loti_dash.outcomes.file_values import are_of_one_figure, is_text, no_number, wrong_with
from loti_dash.outcomes.questions import MOST_LETTERS, keys
from loti_dash.selection import Selection
from loti_dash.views import View

FORMAT = "outcome canvas, version 1"
MOST_BYTES = 1_000_000
_CODE = re.compile(r"[A-Za-z0-9_.-]{0,80}")
_FIELDS = tuple(
    "format title answers groups area baseline insights actions decisions preset complete".split()
)


def to_json(canvas: Canvas) -> str:
    """Return a canvas as text. The same canvas is always the same text."""
    whole = {
        "format": FORMAT,
        "title": canvas.title,
        # In the order of the questions, whichever was answered first.
        "answers": {key: canvas.answers[key] for key in keys() if canvas.answers.get(key)},
        "groups": list(canvas.groups),
        "area": canvas.area,
        "baseline": None if canvas.baseline is None else asdict(canvas.baseline),
        "insights": [view.to_dict() for view in canvas.insights],
        "actions": [asdict(each) for each in canvas.actions],
        "decisions": [asdict(each) for each in canvas.decisions],
        "preset": canvas.preset,
        "complete": canvas.complete,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def from_file(content: bytes) -> Canvas:
    """Return the canvas of an exported file. Raises LotiError, saying all that is wrong."""
    if len(content) > MOST_BYTES:
        raise wrong_with([f"it has {len(content):,} bytes; a canvas has {MOST_BYTES:,} at most"])
    try:
        return from_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise wrong_with(["it is no text in UTF-8"]) from None


def from_json(text: str) -> Canvas:
    """Return the canvas that `to_json` wrote. Raises LotiError, saying all that is wrong."""
    try:
        # A limit that is no number, as Infinity, is no JSON either.
        found = json.loads(text, parse_constant=no_number)
    except (ValueError, RecursionError) as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise wrong_with([f"it is no JSON{where}"]) from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        given = found.get("format") if isinstance(found, dict) else None
        raise wrong_with([f"its format is {given!r}; it must be {FORMAT!r}"])
    wrong = [f"{key!r} is not known" for key in found if key not in _FIELDS]
    read = _Reading(found, wrong)
    canvas = Canvas(
        title=read.text(found, "title", "title"),
        answers=read.answers(),
        groups=tuple(read.each("groups", read.code)),
        area=read.text(found, "area", "area"),
        baseline=read.baseline(),
        insights=tuple(read.each("insights", lambda one, _: View.from_dict(one))),
        actions=tuple(read.each("actions", read.action)),
        decisions=tuple(read.each("decisions", read.decision)),
        preset=read.text(found, "preset", "preset"),
        complete=found.get("complete") is True,
    )
    if wrong:
        raise wrong_with(wrong)
    return canvas


def to_look_at(canvas: Canvas, catalogue: Catalogue) -> list[str]:
    """Return what to look at in a canvas from elsewhere: what is not known here, and not ours."""
    found = [
        f"The group {code!r} is no named group here: choose one."
        for code in canvas.groups
        if not cohorts.is_named(code, catalogue)
    ]
    if canvas.area and canvas.area not in catalogue.areas:
        found.append(f"The place {canvas.area!r} is not known here: choose one.")
    if canvas.baseline and canvas.baseline.view.indicator not in catalogue.indicators:
        found.append(
            f"The indicator of the baseline, {canvas.baseline.view.indicator!r}, is not known "
            "here: take a new baseline."
        )
    if canvas.baseline:
        found.append("The baseline came with the file. Compare it with the page it is from.")
    return found


class _Reading:
    """What is read of a file, and a list that what is wrong with it is added to."""

    def __init__(self, found: dict[str, Any], wrong: list[str]) -> None:
        self.found, self.wrong = found, wrong

    def text(self, of: dict[str, Any], key: str, where: str) -> str:
        said = of.get(key, "")
        if not isinstance(said, str):
            self.wrong.append(f"{where} is {said!r}; it must be text")
            return ""
        if len(said) > MOST_LETTERS:
            self.wrong.append(f"{where} has {len(said):,} letters; the most is {MOST_LETTERS:,}")
        if not is_text(said):
            self.wrong.append(
                f"{where} has half a sign in it, which no file can hold: write it anew"
            )
            return ""
        return said

    def code(self, one: Any, _: str) -> str:
        if not isinstance(one, str) or not _CODE.fullmatch(one):
            raise LotiError(f"it is {one!r}; it must be a code")
        return one

    def answers(self) -> dict[str, str]:
        given = self.found.get("answers", {})
        if not isinstance(given, dict):
            self.wrong.append(f"answers is {given!r}; it must have an answer for each question")
            return {}
        self.wrong += [f"answers: {key!r} is no question" for key in given if key not in keys()]
        said = {key: self.text(given, key, f"answers, {key}") for key in given if key in keys()}
        return {key: words for key, words in said.items() if words}

    def each(self, name: str, read: Callable[[Any, str], Any]) -> list[Any]:
        given = self.found.get(name, [])
        if not isinstance(given, list) or len(given) > MOST:
            self.wrong.append(f"{name} must be a list of {MOST} at most")
            return []
        made = []
        for number, one in enumerate(given, 1):
            try:
                made.append(read(one, f"{name}, number {number}"))
            except LotiError as error:
                self.wrong.append(f"{name}, number {number}: {error}")
        return made

    def texts(self, one: Any, names: tuple[str, ...], where: str) -> dict[str, str]:
        if not isinstance(one, dict) or set(one) != set(names):
            raise LotiError(f"it must have {', '.join(names)} and nothing else")
        return {name: self.text(one, name, f"{where}, {name}") for name in names}

    def action(self, one: Any, where: str) -> Action:
        act = Action(**self.texts(one, ("what", "owner", "due", "status"), where))
        if act.status not in STATUSES:
            raise LotiError(f"status is {act.status!r}; it may be {', '.join(STATUSES)}")
        if act.due and not as_date(act.due):
            raise LotiError(f"due is {act.due!r}; it must be a date such as 2027-04-30")
        return act

    def decision(self, one: Any, where: str) -> Decision:
        said = Decision(**self.texts(one, ("on", "by", "said"), where))
        if not as_date(said.on):
            raise LotiError(f"on is {said.on!r}; it must be a date such as 2027-04-30")
        return said

    def baseline(self) -> Baseline | None:
        given = self.found.get("baseline")
        if given is None:
            return None
        try:
            view = Selection(**given["view"])
            rest = {name: given[name] for name in ("definition", "taken")}
            much = {name: given[name] for name in ("ratio", "low", "high", "rate")}
            right = (
                set(given) == {"view", *rest, *much}
                and all(_CODE.fullmatch(each) for each in asdict(view).values())
                and len(rest["definition"]) <= MOST_LETTERS
                and is_text(rest["definition"])
                and are_of_one_figure(**much)
                and as_date(rest["taken"]) is not None
            )
        except (KeyError, TypeError):
            right = False
        if not right:
            self.wrong.append("baseline is not as this page writes it: take it anew here")
            return None
        return Baseline(view, **much, **rest)
