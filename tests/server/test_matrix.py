"""Who may do what, in one table: every page, address, command and endpoint, and every role.

Roles are looked up for people who signed in at a real OpenID Connect provider. "expired" is an
approver who signed in longer than a day's work ago. Commands are run by accounts of the operating
system, which have nothing that could expire.
"""

from contextlib import redirect_stdout
from datetime import date, timedelta
from functools import partial
from io import StringIO
from types import SimpleNamespace

import httpx
import looping
import pytest
from server.people import PEOPLE, account, cookies, email
from submitting import draft
from test_publishing_commands import PAPERS

from loti_dash import access, reports, submissions
from loti_dash.__main__ import _parser, main
from loti_dash.errors import AccessDenied, LotiError
from loti_dash.outcomes import keeping
from loti_dash.outcomes.canvas import Canvas
from loti_dash.shares import making
from loti_dash.submissions import deciding, sending
from loti_dash.upload import template
from loti_dash.views import View
from loti_dash.visitor import visit

# y: it is done or shown; -: it is not; blank: there is no such case.
MATRIX = """
what                              |vis|nob|ana|els|app|oth|adm|exp
----------------------------------|---|---|---|---|---|---|---|---
page /                            | y | y | y | y | y | y | y | y
page /justice                     | y | y | y | y | y | y | y | y
page /care                        | y | y | y | y | y | y | y | y
page /housing                     | y | y | y | y | y | y | y | y
page /employment                  | y | y | y | y | y | y | y | y
page /borough                     | y | y | y | y | y | y | y | y
page /group                       | y | y | y | y | y | y | y | y
page /stages                      | y | y | y | y | y | y | y | y
page /outcomes                    | y | y | y | y | y | y | y | y
page /changed                     | y | y | y | y | y | y | y | y
page /board                       | y | y | y | y | y | y | y | y
page /data                        | y | y | y | y | y | y | y | y
page /methods                     | y | y | y | y | y | y | y | y
page /accessibility               | y | y | y | y | y | y | y | y
page /upload                      | y | y | y | y | y | y | y | y
page /review                      | y | y | y | y | y | y | y | y
/upload takes a file              | - | - | y | y | - | - | - | -
/upload is sent 2 MB              | - | - | y | y | - | - | - | -
/review shows what waits there    | - | - | y | - | y | - | - | -
/review offers to publish it      | - | - | - | - | y | - | - | -
api /api/v1/indicators            | y | y | y | y | y | y | y | y
api /api/v1/compare               | y | y | y | y | y | y | y | y
api /api/v1/compare-metadata.json | y | y | y | y | y | y | y | y
api /api/v1/releases              | y | y | y | y | y | y | y | y
api /api/v1/openapi.json          | y | y | y | y | y | y | y | y
api /healthz                      | y | y | y | y | y | y | y | y
api writes                        | - | - | - | - | - | - | - | -
agent reads /housing              | y | y | y | y | y | y | y | y
agent is offered a file on /upload| - | - | - | - | - | - | - | -
agent sees what waits on /review  | - | - | - | - | - | - | - | -
submit for Hackney                | - | - | y | - | - | - | - | -
publish what waits in Hackney     | - | - | - | - | y | - | - | -
send back what waits in Hackney   | - | - | - | - | y | - | - | -
withdraw what waits in Hackney    | - | - | - | - | y | - | - | -
keep an outcome                   | - | - | y | y | y | y | - | -
share a view                      | - | - | y | y | y | y | - | -
report a problem                  | - | - | y | y | y | y | - | -
answer a report on Hackney        | - | - | - | - | y | - | - | -
command changed                   | y | y | y | y | y | y | y |
command reports                   | - | - | - | - | y | y | - |
command validate                  | y | y | y | y | y | y | y |
command compare                   | y | y | y | y | y | y | y |
command releases                  | y | y | y | y | y | y | y |
command submit                    | - | - | y | y | - | - | - |
command publish (the list)        | - | - | y | - | y | - | - |
command publish --resume          | - | - | - | - | y | y | - |
command rollback                  | - | - | - | - | y | y | - |
command withdraw a release        | - | - | - | - | y | y | - |
command audit verify              | y | y | y | y | y | y | y |
"""

CASES = [
    (cells[0].strip(), who, cells[place].strip())
    for line in MATRIX.strip().splitlines()[2:]
    for cells in [line.split("|")]
    for place, who in enumerate(PEOPLE, start=1)
    if cells[place].strip()
]
OF_HACKNEY = SimpleNamespace(view={"params": {"area": "E09000012"}}, made_by="")
DUTIES = {"indicator": "homelessness_duty_owed", "area": "E09000012"}


@pytest.fixture(scope="module")
def waiting(dashboard, tmp_path_factory):
    """Return the id of figures of Hackney that its analyst has sent in."""
    folder = tmp_path_factory.mktemp("waiting")
    (folder / "example.csv").write_bytes(template.filled())
    (folder / "papers.toml").write_text(PAPERS)
    said = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        patch.setenv("LOTI_HOME", str(dashboard.home))
        patch.setattr(access, "account", lambda: account("analyst"))
        status = main(
            ["submit", str(folder / "example.csv"), "--papers", str(folder / "papers.toml")]
        )
    assert status == 0, said.getvalue()
    return said.getvalue().split("sent in as ")[1].strip()


@pytest.fixture(scope="module")
def seen(dashboard, waiting):
    """Return a function: what somebody sees of the server, looked up once for each."""
    found = {}

    def of(who):
        if who not in found:
            with pytest.MonkeyPatch.context() as patch:
                # The provider's tokens are signed with the secret of this server.
                patch.setattr("streamlit.auth_util.get_signing_secret", lambda: dashboard.secret)
                held = cookies(dashboard.address, who, dashboard.secret)
            found[who] = looping.run(_pages(dashboard.address, held)) | _over_http(
                dashboard.address, held
            )
        return found[who]

    return of


async def _pages(base, held):
    found = {}
    async with visit(base, held) as tab:
        for what in dict.fromkeys(what for what, _, _ in CASES if what.startswith("page ")):
            page = what.removeprefix("page /")
            drawn = await tab.open(page)
            found[what] = drawn.ended and not drawn.failed and "heading" in drawn.parts
            if page == "upload":
                found["/upload takes a file"] = "file_uploader" in drawn.parts
            if page == "review":
                found["/review shows what waits there"] = "Young people cautioned" in drawn.words
                found["/review offers to publish it"] = "Publish" in drawn.words
        async with httpx.AsyncClient(cookies=held, timeout=60) as client:
            sent = await client.put(
                f"{base}/_stcore/upload_file/{tab.session}/a-file",
                files={"file": ("large.csv", b"x" * 2_000_000)},
                headers={"X-Xsrftoken": held.get("_streamlit_xsrf", "")},
            )
        assert sent.status_code in (204, 403), sent.text
        found["/upload is sent 2 MB"] = sent.status_code == 204
    return found


def _over_http(base, held):
    found = {}
    with httpx.Client(base_url=base, cookies=held, timeout=60) as client:
        for what in dict.fromkeys(what for what, _, _ in CASES if what.startswith("api /")):
            path = what.removeprefix("api ")
            params = DUTIES if "compare" in path else {}
            found[what] = client.get(path, params=params).status_code == 200
        writes = [client.request(m, "/api/v1/compare", params=DUTIES) for m in ("POST", "DELETE")]
        found["api writes"] = any(each.status_code < 400 for each in writes)
        for page, what in (
            ("housing", "agent reads /housing"),
            ("upload", "agent is offered a file on /upload"),
            ("review", "agent sees what waits on /review"),
        ):
            answer = client.post("/_stcore/agent/interact", json={"page": page})
            assert answer.status_code == 200, answer.text
            mark = {
                "housing": "homelessness duty",
                "upload": "file_uploader",
                "review": "Young people cautioned",
            }[page]
            found[what] = mark in answer.text
    return found


_KEPT = ("keep an outcome", "share a view", "report a problem")


class Allowed(Exception):
    """Raised in the place of what would be done."""


def allowed(call):
    """Return whether something was about to be done, or was done, rather than denied."""
    try:
        call()
    except AccessDenied:
        return False
    except (Allowed, LotiError):
        # A wrong name, say: the role was not what was missing.
        return True
    return True


def by_function(what, who, waiting, patch):
    """Return whether somebody may do something below the pages, with the roles of a sign-in."""
    person = access.viewer_of("" if who in ("visitor", "expired") else email(who))

    def instead(*_, **__):
        raise Allowed

    patch.setattr(deciding.verdicts, "add", instead)
    patch.setattr(sending, "transaction", instead)
    patch.setattr(keeping, "transaction", instead)
    patch.setattr(making, "sent", instead)
    patch.setattr(reports, "_open", lambda *_: OF_HACKNEY)
    patch.setattr(reports.rows, "add", instead)
    patch.setattr(reports.rows, "decide", instead)
    view = View.at("housing", DUTIES | {"release": _release()})
    shared = making.Draft("A board", (view,)), date.today() + timedelta(2), "/"
    act = {
        "keep an outcome": partial(keeping.begin, person, Canvas("An outcome")),
        "share a view": partial(making.share, person, *shared),
        "report a problem": partial(reports.report, person, view, "two rows are swapped"),
        "answer a report on Hackney": partial(reports.answer, person, 1, "they are not"),
        "submit for Hackney": partial(submissions.submit, person, draft("cautioned")),
        "publish what waits in Hackney": partial(submissions.publish, person, waiting, "new"),
        "send back what waits in Hackney": partial(submissions.send_back, person, waiting, "no"),
        "withdraw what waits in Hackney": partial(submissions.withdraw, person, waiting, "no"),
    }[what]
    return allowed(act)


def by_command(what, who, patch, capsys):
    """Return whether an account may run a command. Names are wrong where it would be done."""
    patch.setattr(access, "account", lambda: account(who))
    arguments = {
        "command validate": ["validate", "not-there.csv"],
        "command compare": ["compare", *_options(DUTIES | {"period": "2025-Q3"})],
        "command releases": ["releases"],
        "command submit": ["submit", "not-there.csv", "--papers", "not-there.toml"],
        "command publish (the list)": ["publish"],
        "command publish --resume": ["publish", "--resume"],
        "command rollback": ["rollback", "1999-01-01.1-none", "--because", "a test"],
        "command withdraw a release": ["withdraw", "RELEASE", "--because", "a test"],
        "command audit verify": ["audit", "verify"],
        "command changed": ["changed", "--area", DUTIES["area"]],
        "command reports": ["reports"],
    }[what]
    arguments = [_release() if each == "RELEASE" else each for each in arguments]
    options = _parser().parse_args(arguments)
    done = allowed(partial(options.run, options))
    if what == "command publish (the list)":
        return "young_people_cautioned" in capsys.readouterr().out
    return done


def _options(named):
    return [part for name, value in named.items() for part in (f"--{name}", value)]


def _release():
    from loti_dash import config, releases

    return releases.current_name(config.releases())


def test_nobody_may_do_more_or_less_than_the_table_says(dashboard, seen, waiting, capsys):
    """One test, because one server answers all of it."""
    wrong = []
    for what, who, expected in CASES:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LOTI_HOME", str(dashboard.home))
            if what.startswith("command "):
                found = by_command(what, who, patch, capsys)
            elif " Hackney" in what or what in _KEPT:
                found = by_function(what, who, waiting, patch)
            else:
                found = seen(who)[what]
        if found is not (expected == "y"):
            wrong.append((what, who, f"{found} instead of {expected}"))

    assert wrong == []
    assert len(CASES) > 300


def test_the_table_has_every_page_and_every_address():
    from loti_dash.api.handlers import HANDLERS
    from loti_dash.server.places import _PAGES

    rows = {case[0] for case in CASES}
    assert {f"page /{'' if name == 'home' else name}" for name in _PAGES} <= rows
    assert {f"api {path}" for path in HANDLERS} - {"api /metrics"} <= rows
