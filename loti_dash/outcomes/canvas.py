"""A canvas as somebody fills it in: answers, a named group, a place, a baseline, pinned views."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from loti_dash.canvases import Outcome
from loti_dash.catalogue import Catalogue
from loti_dash.outcomes import cohorts
from loti_dash.selection import Selection
from loti_dash.views import View

STATUSES = ("to do", "under way", "done", "stopped")
# Of how many actions, views and decisions a canvas may have: it is one page.
MOST = 100


@dataclass(frozen=True)
class Baseline:
    """A figure as it was when it was taken: the view it is of, its ratio and 95% limits.

    `rate` is that of the group, for every so many. `definition` tells what was divided by what,
    so that a figure that is counted in another way later is not compared with it. `taken` is the
    day.
    """

    view: Selection
    ratio: float
    low: float | None
    high: float | None
    rate: float | None
    definition: str
    taken: str

    @property
    def release(self) -> str:
        """The release it is from."""
        return self.view.release


@dataclass(frozen=True)
class Action:
    """Something somebody is to do: what, who, by when (a date or ""), and how far it is."""

    what: str
    owner: str = ""
    due: str = ""
    status: str = STATUSES[0]


@dataclass(frozen=True)
class Decision:
    """What was decided, on which day and by whom it was written down. Never changed later."""

    on: str
    by: str
    said: str


@dataclass(frozen=True)
class Canvas:
    """An outcome from the change wanted to the figures that show whether it came.

    `groups` are codes of ethnic groups, never a catch-all. `insights` are views pinned from any
    page. `decisions` is the log of what was decided, the oldest first. `complete` says that its
    owner called it so; whether it still is, `is_complete` says.
    """

    title: str
    answers: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    area: str = ""
    baseline: Baseline | None = None
    insights: tuple[View, ...] = ()
    actions: tuple[Action, ...] = ()
    decisions: tuple[Decision, ...] = ()
    preset: str = ""
    complete: bool = False

    def answer(self, key: str) -> str:
        """Return an answer, "" as long as there is none."""
        return self.answers.get(key, "")

    def answered(self, key: str, said: str) -> "Canvas":
        """Return the canvas with an answer. What is not answered has no place in it."""
        others = {name: words for name, words in self.answers.items() if name != key}
        return replace(self, answers=others | ({key: said} if said else {}))


def of_preset(outcome: Outcome) -> Canvas:
    """Return a canvas with the draft answers of a preset."""
    better, act, see = outcome.outcome, outcome.action, outcome.insight
    data, caveats, added = outcome.data, outcome.caveats, outcome.added
    said = {
        "desired": outcome.title,
        "better_off": f"{better.who}. {better.better_off}. {better.statement}",
        "who_what": f"{act.who}: {act.what}",
        "intervention": act.intervention,
        "evidence": added.evidence_action_moves_figure,
        "see": "\n".join(see.see),
        "cannot_see": "\n".join(see.cannot_see),
        "silver_bullet": caveats.not_a_silver_bullet,
        "no_bias": data.avoid_reproducing_bias,
        "owner": added.owner,
        "target": added.target,
        "review_date": added.review_date,
        "harm": added.harm_check,
        "least_quality": added.least_data_quality,
        "stop": added.stop_condition,
        "voice": added.voice,
    }
    needs = "needed available legal ethical new combined sharing analysis meets_needs"
    same = {
        data: needs.split(),
        outcome.enablers: "policy processes organisational_culture funding".split(),
        caveats: "trust consent power transparency inclusivity".split(),
    }
    for part, names in same.items():
        said |= {name: str(getattr(part, name)) for name in names}
    answers = {key: words for key, words in said.items() if words}
    return Canvas(outcome.title, answers, outcome.groups, preset=outcome.id)


def copied(canvas: Canvas) -> Canvas:
    """Return a canvas to begin a new one with: what is thought, without what was done.

    The answers, groups, place and views are taken over; baseline, actions and log are not.
    """
    return replace(
        canvas,
        title=f"{canvas.title} (copy)",
        baseline=None,
        actions=(),
        decisions=(),
        complete=False,
    )


def from_elsewhere(canvas: Canvas) -> Canvas:
    """Return a canvas from a file as it may begin here: nobody here called it complete.

    Its log says that it came with the file, for anybody could have written it.
    """
    mark = " (from a file)"
    decisions = [replace(d, by=f"{d.by.removesuffix(mark)}{mark}") for d in canvas.decisions]
    return replace(canvas, decisions=tuple(decisions), complete=False)


def lacking(canvas: Canvas, catalogue: Catalogue) -> list[str]:
    """Return in words what a canvas needs before it can be called complete."""
    needs = {
        "who is better off, and in what ways": bool(canvas.answer("better_off").strip()),
        "a named ethnic group": cohorts.are_named(canvas.groups, catalogue),
        "a place": canvas.area in catalogue.areas,
        "an insight": bool(canvas.insights),
        "an owner": bool(canvas.answer("owner").strip()),
        "a baseline": canvas.baseline is not None,
        "a review date": as_date(canvas.answer("review_date")) is not None,
    }
    return [words for words, there in needs.items() if not there]


def is_complete(canvas: Canvas, catalogue: Catalogue) -> bool:
    """Return whether a canvas was called complete and lacks nothing."""
    return canvas.complete and not lacking(canvas, catalogue)


def as_date(text: str) -> date | None:
    """Return the day of a text such as 2027-04-30, or None.

    >>> as_date("2027-04-30"), as_date("in spring"), as_date("2027-W17-5")
    (datetime.date(2027, 4, 30), None, None)
    """
    try:
        found = date.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    return found if found.isoformat() == text else None
