"""From a report that a figure is wrong to an answer in public: who may do what, and what is kept.

The words of a report are for those who decide alone: no answer, list or audit repeats them, and
they are deleted with the decision.
"""

from dataclasses import dataclass
from datetime import date

from loti_dash import releases
from loti_dash.access import Action, Viewer, may, person, require
from loti_dash.errors import AccessDenied, StateError
from loti_dash.state import Connection, audit, reading, transaction
from loti_dash.state import reports as rows
from loti_dash.state.reports import Report, Standing
from loti_dash.upload import people
from loti_dash.views import View, figure_of

MOST_CHARACTERS = 2_000
# Of one person at a time, so that nobody buries the reports of others.
MOST_OPEN = 20
# An area below a borough is of no single person.
_OF_PEOPLE = [rule for rule in people.RULES if rule != "area below borough"]


@dataclass(frozen=True)
class Answer:
    """What everybody may read of a report: the view, its release, the answer and its day."""

    number: int
    view: View
    answer: str
    on: date


def report(viewer: Viewer, view: View, words: str) -> int:
    """Keep a report of a problem with a figure for those who decide, and return its number.

    To send the same words once more is to send them once. Raises AccessDenied to whoever has not
    signed in, StateError for words that cannot be kept, ReleaseWithdrawn or UnknownCode where the
    release is no longer served, and LotiError where it has no such figure.
    """
    _require_may_report(viewer)
    view = View.from_dict(view.to_dict())
    words = _checked(words, "what is wrong with the figure", "\n")
    figure_of(releases.open_(view.release), view)
    by = person(viewer.name)
    with transaction() as db:
        own = [one for one in rows.made_by(db, by) if one.standing == Standing.OPEN]
        for one in own:
            if one.view == view.to_dict() and one.words == words:
                return one.number
        if len(own) >= MOST_OPEN:
            raise StateError(
                f"{MOST_OPEN} of your reports are waiting for an answer. Wait for some of them, "
                "or speak to whoever decides on figures here."
            )
        number = rows.add(db, by, view.to_dict(), view.release, words)
        audit.append(db, by, "report a problem", _name(number), {"view": view.to_dict()})
    return number


def may_report(viewer: Viewer) -> bool:
    """Return whether somebody may report a problem."""
    return may(viewer, Action.KEEP)


def of_view(viewer: Viewer, view: View) -> list[Report]:
    """Return somebody's own reports of a view, the oldest first."""
    if not may_report(viewer):
        return []
    with reading() as db:
        found = rows.made_by(db, person(viewer.name))
    return [one for one in found if one.view == view.to_dict()]


def waiting(viewer: Viewer) -> list[Report]:
    """Return the reports that nobody has decided on, the oldest first.

    Raises AccessDenied to whoever is not an approver.
    """
    require(viewer, Action.APPROVE)
    with reading() as db:
        return rows.standing_at(db, Standing.OPEN)


def may_decide(viewer: Viewer, of: Report) -> bool:
    """Return whether somebody may decide on a report: an approver, of its borough if any."""
    return may(viewer, Action.APPROVE, _boroughs(of))


def answer(viewer: Viewer, number: int, text: str) -> None:
    """Answer a report, for everybody to read under Corrections. Its words are deleted.

    Raises AccessDenied, and StateError for a text that cannot be shown or where somebody else has
    decided already.
    """
    _decide(viewer, number, Standing.ANSWERED, _checked(text, "what the answer is"))


def close(viewer: Viewer, number: int, because: str) -> None:
    """Close a report without an answer in public; the reason is for who sent it.

    Its words are deleted. Raises as `answer` does.
    """
    _decide(viewer, number, Standing.CLOSED, _checked(because, "why it is closed"))


def answers() -> list[Answer]:
    """Return what was answered in public, the newest first."""
    with reading() as db:
        found = rows.standing_at(db, Standing.ANSWERED)
    return [
        Answer(
            one.number,
            View.from_dict(one.view),
            one.answer,
            date.fromisoformat(one.answered_at[:10]),
        )
        for one in sorted(found, key=lambda one: one.answered_at, reverse=True)
    ]


def _decide(viewer: Viewer, number: int, standing: Standing, text: str) -> None:
    require(viewer, Action.APPROVE)
    by = person(viewer.name)
    with transaction() as db:
        found = _open(db, number)
        require(viewer, Action.APPROVE, _boroughs(found))
        rows.decide(db, number, standing, by, text)
        detail = {"view": dict(found.view), "reported_by": found.made_by}
        audit.append(db, by, f"{standing.value} a report", _name(number), detail)


def _open(db: Connection, number: int) -> Report:
    found = rows.number(db, number)
    if found is None:
        raise StateError(f"There is no report {number}.")
    if found.standing != Standing.OPEN:
        when = f"{date.fromisoformat(found.answered_at[:10]):%-d %B %Y}"
        raise StateError(
            f"Report {number} was {found.standing} by {found.answered_by} on {when}. "
            "Nothing was changed."
        )
    return found


def _boroughs(of: Report) -> list[str]:
    """Return the borough that a report is about; none where its view is wider."""
    area = str(of.view["params"].get("area", ""))
    known = releases.open_().catalogue.areas
    return [area] if area in known and known[area].level == "borough" else []


def _require_may_report(viewer: Viewer) -> None:
    if may_report(viewer):
        return
    if not viewer.name:
        raise AccessDenied("To report a problem here, sign in first.")
    raise AccessDenied(
        "To report a problem here you need a role. Ask whoever keeps the roles here for one."
    )


def _checked(text: str, what: str, keep: str = "") -> str:
    """Return a text as it is kept: of a report with its lines, of others on one line.

    Raises StateError if it is blank, too long, or has what belongs to a single person.
    """
    # Signs that are not printed, as some programs leave them, cannot be kept in every database.
    printed = "".join(c if c.isprintable() or c in keep else " " for c in text)
    said = "\n".join(" ".join(line.split()) for line in printed.split("\n")).strip()
    if not said:
        raise StateError(f"Nothing was sent: say {what}.")
    if len(said) > MOST_CHARACTERS:
        raise StateError(
            f"Nothing was sent: {len(said):,} characters are too many. Say it in "
            f"{MOST_CHARACTERS:,}."
        )
    found = [rule for rule in _OF_PEOPLE if people.holds(rule, said)]
    if found:
        raise StateError(
            f"Nothing was sent: there seems to be a {' and a '.join(found)} in these words. Leave "
            "out whatever belongs to a single person, and contacts; write days as 31 March 2024."
        )
    return said


def _name(number: int) -> str:
    return f"report {number}"
