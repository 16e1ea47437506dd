"""A canvas as somebody fills it in: answers, a named group, a place, a baseline, pinned insights."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from loti_dash.canvases import Outcome
from loti_dash.catalogue import Catalogue
from loti_dash.errors import LotiError
from loti_dash.outcomes.questions import keys
from loti_dash.selection import Selection

FORMAT = "outcome canvas, version 1"


@dataclass(frozen=True)
class Baseline:
    """A figure as it was when it was taken: the view it is of, its ratio and 95% limits."""

    view: Selection
    ratio: float | None
    low: float | None
    high: float | None
    rate: float | None
    release: str
    taken: str


@dataclass(frozen=True)
class Action:
    """Something somebody is to do: what, who, by when, and how far it is."""

    what: str
    owner: str
    due: str
    status: str


@dataclass(frozen=True)
class Canvas:
    """An outcome from the change wanted to the figures that show whether it came.

    `groups` are codes of ethnic groups, never a catch-all. `insights` are views pinned from any
    page. `decisions` is the log of what was decided, the oldest first.
    """

    title: str
    answers: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    area: str = ""
    baseline: Baseline | None = None
    insights: tuple[Selection, ...] = ()
    actions: tuple[Action, ...] = ()
    decisions: tuple[str, ...] = ()
    preset: str = ""


def of_preset(outcome: Outcome) -> Canvas:
    """Return a canvas with the draft answers of a preset."""
    said = {
        "desired": outcome.title,
        "better_off": f"{outcome.outcome.who}: {outcome.outcome.better_off}. "
        f"{outcome.outcome.statement}",
        "who_what": f"{outcome.action.who}: {outcome.action.what}",
        "intervention": outcome.action.intervention,
        "see": "\n".join(outcome.insight.see),
        "needed": " ".join(
            [
                outcome.data.needed,
                outcome.data.available,
                outcome.data.legal,
                outcome.data.ethical,
            ]
        ),
        "new": outcome.data.new,
        "combined": outcome.data.combined,
        "sharing": outcome.data.sharing,
        "analysis": outcome.data.analysis,
        "no_bias": outcome.data.avoid_reproducing_bias,
        "policy": outcome.enablers.policy,
        "processes": outcome.enablers.processes,
        "organisational_culture": outcome.enablers.organisational_culture,
        "funding": outcome.enablers.funding,
        "trust": outcome.caveats.trust,
        "consent": outcome.caveats.consent,
        "power": outcome.caveats.power,
        "transparency": outcome.caveats.transparency,
        "inclusivity": outcome.caveats.inclusivity,
        "harm": outcome.added.harm_check,
        "least_quality": outcome.added.least_data_quality,
        "stop": outcome.added.stop_condition,
    }
    return Canvas(outcome.title, said, outcome.groups, preset=outcome.id)


def lacking(canvas: Canvas, catalogue: Catalogue) -> list[str]:
    """Return in words what a canvas needs before it can be called complete."""
    known = set(catalogue.short_labels) & set(catalogue.parts)
    needs = {
        "a specific ethnic group": bool(set(canvas.groups) & known),
        "a place": canvas.area in catalogue.areas,
        "an owner": bool(canvas.answers.get("owner", "").strip()),
        "a baseline": canvas.baseline is not None,
        "a review date": _is_date(canvas.answers.get("review_date", "")),
        "an insight": bool(canvas.insights),
        "who is better off, and in what ways": bool(canvas.answers.get("better_off", "").strip()),
    }
    return [words for words, there in needs.items() if not there]


def to_json(canvas: Canvas) -> str:
    """Return a canvas as text, as it is kept and exported."""
    whole = {"format": FORMAT} | {
        one.name: _plain(getattr(canvas, one.name)) for one in fields(Canvas)
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def from_json(text: str) -> Canvas:
    """Return the canvas that `to_json` wrote. Raises LotiError for any other text."""
    try:
        found = json.loads(text)
        assert found.pop("format") == FORMAT
        canvas = Canvas(
            title=str(found["title"]),
            answers={key: str(found["answers"].get(key, "")) for key in keys()},
            groups=tuple(map(str, found["groups"])),
            area=str(found["area"]),
            baseline=_baseline(found["baseline"]),
            insights=tuple(Selection(**one) for one in found["insights"]),
            actions=tuple(Action(**one) for one in found["actions"]),
            decisions=tuple(map(str, found["decisions"])),
            preset=str(found["preset"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        raise LotiError(
            f"This is no {FORMAT}: {error!r}. Choose a file that was exported from this page."
        ) from None
    return canvas


def copied(canvas: Canvas) -> Canvas:
    """Return a canvas to begin a new one with: the answers, without baseline, log and actions."""
    return replace(canvas, title=f"{canvas.title} (copy)", baseline=None, actions=(), decisions=())


def _baseline(found: Any) -> Baseline | None:
    if found is None:
        return None
    return Baseline(**(found | {"view": Selection(**found["view"])}))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return dict(value)
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
