"""What a second person decides: to publish, to send back, or to take out of public again."""

from datetime import date
from typing import Any

from loti_dash import config, notices, retention
from loti_dash.access import Action, Viewer, person, require
from loti_dash.errors import AccessDenied, StateError
from loti_dash.state import Connection, audit, mappings, transaction
from loti_dash.state import decisions as verdicts
from loti_dash.state import submissions as rows
from loti_dash.state.decisions import Verdict
from loti_dash.state.submissions import Standing, Submission
from loti_dash.submissions.releasing import Say, build_standing, building, released
from loti_dash.submissions.sending import STANDING, raise_unless_room, seen
from loti_dash.submissions.telling import entered
from loti_dash.upload.description import slug


def publish(viewer: Viewer, id_: str, note: str, say: Say = print) -> str:
    """Accept a submission, build the release that has it, and return the release's name.

    Raises AccessDenied to the submitter and to whoever is not an approver of all the areas;
    StateError if somebody else has decided already, or the release cannot be built. What was
    accepted then stays so, and is in the next release.
    """
    note = _words(note, "what is new, as a note on the release")
    retention.purge(date.today())
    with transaction() as db:
        found = _to_decide(db, viewer, id_)
        by = person(viewer.name)
        if by == person(found.submitted_by):
            raise AccessDenied(
                "You submitted these figures, so somebody else has to publish them: any other "
                "approver of their areas."
            )
        _raise_unless(db, found, Standing.WAITING)
        _raise_if_of_another_mode(db, found)
        standing = rows.standing_at(db, *STANDING)
        raise_unless_room(standing, found.indicators, found.areas, found.replaces)
        _raise_if_published_since(db, found)
        number = verdicts.add(db, id_, Verdict.PUBLISH, by, note)
        rows.stand(db, [id_], Standing.ACCEPTED)
        owner = slug(found.statement.get("owner", ""))
        mappings.keep(db, id_, found.indicators, owner, found.mapping)
        audit.append(db, by, Verdict.PUBLISH.value, id_, _detail(found, note))
    say(f"accepted {id_}")
    release = released(number, say)
    if not release:
        raise StateError(f"{id_} was accepted, and withdrawn before it was in any release.")
    return release


def send_back(viewer: Viewer, id_: str, reason: str) -> None:
    """Send a submission back with a reason. Its figures and its statement are deleted.

    Raises AccessDenied and StateError as `publish` does.
    """
    reason = _words(reason, "what is to be put right, as a reason")
    with transaction() as db:
        found = _to_decide(db, viewer, id_)
        _raise_unless(db, found, Standing.WAITING)
        by = person(viewer.name)
        verdicts.add(db, id_, Verdict.SEND_BACK, by, reason)
        rows.stand(db, [id_], Standing.SENT_BACK)
        rows.forget(db, id_)
        audit.append(db, by, Verdict.SEND_BACK.value, id_, _detail(found, reason))


def withdraw(viewer: Viewer, id_: str, because: str, say: Say = print) -> str:
    """Take published figures out of public, and return the name of the release without them.

    The reason is public, in a notice that stands in their place from the first moment; in the
    place of figures that others have replaced, in the releases before that. For figures that
    were accepted and in no release yet there is none to take out of: "".
    Raises AccessDenied and StateError as `publish` does.
    """
    because = notices.reason(_words(because, "why, as a reason that readers will see"))
    with building(say):
        with transaction() as db:
            found = _to_decide(db, viewer, id_)
            _raise_unless(db, found, *STANDING, Standing.REPLACED)
            by = person(viewer.name)
            for one in verdicts.of(db, id_):
                if one.release is None:
                    verdicts.close(db, one.number, "")
            number = verdicts.add(db, id_, Verdict.WITHDRAW, by, because)
            public = bool(entered(db, id_))
            if not public:
                verdicts.close(db, number, "")
            rows.stand(db, [id_], Standing.WITHDRAWN)
            audit.append(db, by, Verdict.WITHDRAW.value, id_, _detail(found, because))
        say(f"withdrew {id_}")
        return build_standing(say) if public else ""


def _to_decide(db: Connection, viewer: Viewer, id_: str) -> Submission:
    found = seen(viewer, rows.of(db, id_), id_)
    require(viewer, Action.APPROVE, found.areas)
    return found


def _raise_if_published_since(db: Connection, found: Submission) -> None:
    """Raise StateError if figures of the same indicators came out after these were sent in.

    What is withheld here was worked out beside what was public then: beside the others, a small
    count could be worked out.
    """
    for one in rows.standing_at(db, *STANDING, Standing.REPLACED, Standing.WITHDRAWN):
        if one.id == found.id or not set(one.indicators) & set(found.indicators):
            continue
        out = [each for each in verdicts.of(db, one.id) if each.what == Verdict.PUBLISH]
        if any(each.decided_at > found.submitted_at for each in out):
            raise StateError(
                f"Other figures of {', '.join(found.indicators)} were published after these were "
                "sent in, and what is withheld has to be worked out beside them. Send these back, "
                "and have them sent in anew."
            )


def _raise_if_of_another_mode(db: Connection, found: Submission) -> None:
    """Raise AccessDenied if figures were sent in while people had other names and roles here.

    At a workbench whoever sits there has every role: the person who sent figures in on a public
    server could else publish them alone.
    """
    mode = audit.first(db, "submit", found.id).get("mode")
    if mode != config.mode():
        raise AccessDenied(
            f"These figures were sent in with LOTI_MODE {mode or 'not known'}, and it is "
            f"{config.mode()} now. Publish them in the mode in which they were sent in."
        )


def _raise_unless(db: Connection, found: Submission, *standings: Standing) -> None:
    """Raise StateError, saying who decided what and when, if a submission stands elsewhere."""
    if found.standing in standings:
        return
    made = verdicts.of(db, found.id)
    if not made:
        raise StateError(f"The submission {found.id} is {found.standing}: publish it first.")
    last = made[-1]
    when = f"{date.fromisoformat(last.decided_at[:10]):%-d %B %Y} at {last.decided_at[11:16]} UTC"
    by = f" by {last.decided_by}" if last.decided_by else ""
    now = f", and is {found.standing} now" if found.standing == Standing.REPLACED else ""
    raise StateError(
        f"The submission {found.id} was {verdicts.SAID[last.what]}{by} on {when}{now}. "
        f"Look at it again. The words given then: {last.because}"
    )


def _words(text: str, what: str) -> str:
    """Return a text on one line. Raises StateError if it is blank."""
    if not text.strip():
        raise StateError(f"Nothing was done: say {what}.")
    return " ".join(text.split())


def _detail(found: Submission, words: str) -> dict[str, Any]:
    return {
        "sha256": found.sha256,
        "submitted_by": found.submitted_by,
        "areas": list(found.areas),
        "because": words,
    }
