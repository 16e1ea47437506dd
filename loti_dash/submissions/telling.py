"""Telling the public what was withdrawn or put right, in notices beside the releases."""

from datetime import date

from loti_dash import catalogue, config, notices, releases
from loti_dash.notices import Notice
from loti_dash.state import Connection, reading
from loti_dash.state import decisions as verdicts
from loti_dash.state import submissions as rows
from loti_dash.state.decisions import Decision, Verdict
from loti_dash.upload import package
from loti_dash.upload.in_five import in_five


def _tell(text: str, because: str, on: date, since: str, until: str) -> None:
    """Tell the public that the series of a package were withdrawn. Telling twice is once."""
    for one in package.from_json(text).series:
        notice = Notice("withdrawn_series", on, one.series_id, one.title, because, since, until)
        notices.add(config.releases(), notice)


def _correct(before: str, after: str, because: str, on: date, since: str) -> None:
    """Tell the public which series of a package have other counts than in an earlier one.

    Counts that are only added correct nothing. Telling twice is once.
    """
    old, new = package.from_json(before), package.from_json(after)
    if [one.classification for one in old.series] != [one.classification for one in new.series]:
        # Detailed groups are compared with what there was of them before: the five.
        definitions = catalogue.read(config.CATALOGUE)
        old, new = in_five(old, definitions), in_five(new, definitions)
    for one in package.put_right(old, new):
        notice = Notice("correction", on, one.series_id, one.title, because, since)
        notices.add(config.releases(), notice)


# What puts up notices; tests put others in their place.
tell = _tell
correct = _correct


def withdrawn(decision: Decision, newest: str) -> None:
    """Tell the public of a withdrawal, for all releases up to the newest that have the figures."""
    id_ = decision.submission_id
    with reading() as db:
        text = "".join(rows.packages(db, [id_]))
        since, after = entered(db, id_), _replaced_in(db, id_)
    names = releases.names(config.releases())
    until = names[names.index(after) - 1] if after in names else newest
    tell(text, decision.because, _day(decision), since, until)


def corrected(decision: Decision, release: str) -> None:
    """Tell the public what changed, where a submission takes the place of one that was public."""
    with reading() as db:
        new = rows.of(db, decision.submission_id)
        old = new and rows.of(db, new.replaces)
        # Whatever never came out is no figure that was corrected.
        while old and not entered(db, old.id):
            old = rows.of(db, old.replaces)
        if not (new and old):
            return
        texts = ["".join(rows.packages(db, [one.id])) for one in (old, new)]
    correct(texts[0], texts[1], decision.because, _day(decision), release)


def entered(db: Connection, id_: str) -> str:
    """Return the release that a submission came out in, or "" if it never did."""
    made = [one.release for one in verdicts.of(db, id_) if one.what == Verdict.PUBLISH]
    return next(filter(None, made), "")


def _replaced_in(db: Connection, id_: str) -> str:
    """Return the release in which others stood in the place of a submission, or ""."""
    while successor := rows.successor(db, id_):
        id_ = successor.id
        if release := entered(db, id_):
            return release
    return ""


def _day(decision: Decision) -> date:
    return date.fromisoformat(decision.decided_at[:10])
