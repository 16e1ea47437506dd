"""What a report of a problem is called, and what somebody who cannot send one may copy."""

from datetime import date

from loti_dash.catalogue import Catalogue
from loti_dash.errors import LotiError
from loti_dash.selection import said
from loti_dash.state.reports import Report, Standing
from loti_dash.views import View

# What tells one view from another, in the order in which it is said.
_SAID = ("indicator", "process", "area", "period", "group")

BEFORE = (
    "Do not write about single people: no names, addresses, dates of birth or case numbers, your "
    "own included. Whoever decides on figures here reads your words. They are never published, "
    "and are deleted once there is an answer."
)
AFTER = "The answer appears on the page Data, under Corrections."


def name(catalogue: Catalogue, view: View) -> str:
    """Return what a view shows in a few words: names of the catalogue, and no others."""
    params = dict(view.params)
    parts = [_name_of(catalogue, key, params) for key in _SAID if key in params]
    part = view.figure.replace("_", " ").replace("/", ", ")
    page = "" if "indicator" in params or "process" in params else view.page.capitalize()
    return ", ".join(filter(None, [page, *parts, part]))


def to_copy(catalogue: Catalogue, view: View, address: str) -> str:
    """Return the lines that name a view exactly, for a message to whoever runs the dashboard."""
    return "\n".join(
        [
            "A problem with a figure",
            f"Figure: {name(catalogue, view)}",
            f"Release: {view.release}",
            f"Address: {address}",
            "What is wrong: ",
        ]
    )


def became(of: Report) -> str:
    """Return what became of a report, as the person who sent it reads it. Not Markdown."""
    first = f"Report {of.number}, sent on {day(of.made_at)}"
    if of.standing == Standing.OPEN:
        return f"{first}, waits for an answer."
    if of.standing == Standing.ANSWERED:
        return f"{first}, was answered on {day(of.answered_at)}: {of.answer}"
    return f"{first}, was closed on {day(of.answered_at)}: {of.answer}"


def day(moment: str) -> str:
    """Return the day of a moment as it is kept.

    >>> day("2026-11-03T10:00:00+00:00")
    '3 November 2026'
    """
    on = date.fromisoformat(moment[:10])
    return f"{on.day} {on:%B %Y}"


def _name_of(catalogue: Catalogue, key: str, params: dict[str, str]) -> str:
    code = params[key]
    if key == "process" and code in catalogue.processes:
        return catalogue.processes[code].title
    indicator = catalogue.indicators.get(params.get("indicator", ""))
    if indicator is None:
        return said(code, catalogue)
    if key == "area" and code in catalogue.areas:
        return catalogue.area_name(indicator, code)
    if key == "period":
        try:
            return catalogue.period(indicator, code).label
        except (LotiError, ValueError):
            return said(code, catalogue)
    return said(code, catalogue)
