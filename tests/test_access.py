"""Who may do what, and where that is written."""

import os
import sys

import pytest

from loti_dash import access
from loti_dash.access import ALL, ROLES, Action, Viewer, may, require
from loti_dash.errors import AccessDenied, LotiError

HACKNEY, HARINGEY = "E09000012", "E09000014"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    monkeypatch.delenv("LOTI_MODE", raising=False)
    return tmp_path


@pytest.fixture
def roles(home):
    """Return a function that writes the file of roles."""

    def write(text):
        (home / "roles.toml").write_text(text, encoding="utf-8")

    write(PEOPLE)
    return write


PEOPLE = """# who may do what
[people."Ann@council.example"]
roles = ["analyst"]
areas = ["E09000012"]
account = "ann"

[people."bob@council.example"]
roles = ["analyst", "approver"]
areas = ["E09000012", "E09000014"]

[people."cay@council.example"]
roles = ["approver"]
areas = ["all"]

[people."dee@council.example"]
roles = ["administrator"]

[people."eli@council.example"]
roles = ["viewer"]
"""

MAY = {
    "": set(),
    "somebody@else.example": set(),
    "ann@council.example": {Action.UPLOAD, Action.KEEP},
    "bob@council.example": set(Action) - {Action.MANAGE},
    "cay@council.example": set(Action) - {Action.MANAGE, Action.UPLOAD},
    "dee@council.example": {Action.MANAGE, Action.AUDIT},
    "eli@council.example": {Action.KEEP},
}


@pytest.mark.parametrize("email", MAY)
def test_a_person_may_do_what_the_roles_in_the_file_allow_and_nothing_else(roles, email):
    viewer = access.viewer_of(email)

    assert {action for action in Action if may(viewer, action)} == MAY[email]


@pytest.mark.parametrize(
    ("email", "areas", "allowed"),
    [
        ("ann@council.example", [HACKNEY], True),
        ("ann@council.example", [HARINGEY], False),
        ("ann@council.example", [HACKNEY, HARINGEY], False),
        ("bob@council.example", [HACKNEY, HARINGEY], True),
        ("cay@council.example", [HACKNEY], False),
        ("dee@council.example", [], False),
    ],
)
def test_figures_are_submitted_for_own_areas_only(roles, email, areas, allowed):
    assert may(access.viewer_of(email), Action.UPLOAD, areas) is allowed


def test_an_approver_of_all_areas_decides_everywhere(roles):
    cay = access.viewer_of("cay@council.example")

    require(cay, Action.APPROVE, [HACKNEY, HARINGEY])
    assert may(cay, Action.APPROVE, [HACKNEY, HARINGEY])


@pytest.mark.parametrize(
    ("email", "areas", "message"),
    [
        ("", [], "To submit figures, sign in first, with an account that has the role analyst."),
        ("cay@council.example", [], "To submit figures you need the role analyst. Ask whoever"),
        (
            "ann@council.example",
            [HACKNEY, HARINGEY],
            "You may submit figures for Hackney, not for Haringey. Ask a colleague there",
        ),
    ],
)
def test_the_refusal_says_how_to_go_on(roles, email, areas, message):
    with pytest.raises(AccessDenied) as raised:
        require(access.viewer_of(email), Action.UPLOAD, areas)
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    "email", ["ANN@council.example", "  ann@Council.Example ", "\tann@council.example\n"]
)
def test_an_address_is_the_same_in_other_case_and_with_blanks(roles, email):
    assert access.viewer_of(email) == access.viewer_of_account("ann")


def test_letters_that_only_look_the_same_open_no_door(roles):
    assert access.viewer_of("bob@council.example".replace("o", "ｏ")).roles == frozenset()


def test_an_account_is_the_person_it_belongs_to_and_nobody_else(roles):
    assert access.viewer_of_account("ann").name == "ann@council.example"
    assert access.viewer_of_account("bob").roles == frozenset()
    # An account that is called like somebody's address is not that somebody.
    assert access.viewer_of_account("bob@council.example").roles == frozenset()


def test_without_a_file_everybody_is_a_visitor():
    assert access.viewer_of("ann@council.example") == Viewer("ann@council.example")
    assert access.viewer_of_account("ann").roles == frozenset()


def test_a_change_of_the_file_counts_at_once(roles):
    assert may(access.viewer_of("ann@council.example"), Action.UPLOAD)

    roles(PEOPLE.replace('"Ann@council.example"', '"eve@council.example"'))

    assert not may(access.viewer_of("ann@council.example"), Action.UPLOAD)
    assert may(access.viewer_of("eve@council.example"), Action.UPLOAD)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"administrator"', '"admin"', "line 16: roles has 'admin'; a list of administrator"),
        ('["all"]', '["E09000099"]', "line 13: areas has 'E09000099'; a list of all, "),
        ('["all"]', '"all"', "line 13: areas has 'all'; a list of all, "),
        ('account = "ann"', "account = 7", "line 5: account must be"),
        ('account = "ann"', 'acount = "ann"', "line 5: 'acount' is not known; give roles"),
        (
            "cay@",
            "BOB@",
            "line 11: 'BOB@council.example', or the account, is here twice",
        ),
        ('roles = ["approver"]', 'roles = ["approver"]\naccount = "ann"', "is here twice"),
        ('[people."dee@council.example"]', "[persons]", "line 15: 'persons' is not known"),
        ('["analyst"]', '["analyst"', "(at line 4, column 1)"),
    ],
)
def test_a_wrong_file_is_said_with_its_line_and_gives_nobody_a_role(roles, old, new, message):
    roles(PEOPLE.replace(old, new, 1))

    with pytest.raises(AccessDenied) as raised:
        access.viewer_of("ann@council.example")
    assert message in str(raised.value)


def test_a_visitor_reads_on_while_the_file_is_wrong(roles):
    roles("[people")

    assert access.viewer_of("") == Viewer()


def test_on_a_workbench_every_account_has_every_role(monkeypatch):
    monkeypatch.setenv("LOTI_MODE", "workbench")

    assert access.viewer_of_account("ann") == Viewer("ann", frozenset(ROLES), (ALL,))


def test_on_a_workbench_nobody_becomes_a_second_person_by_signing_in(roles, monkeypatch):
    monkeypatch.setenv("LOTI_MODE", "workbench")
    monkeypatch.setattr(access, "account", lambda: "ann")

    assert access.viewer_of("other@council.example").name == "ann@council.example"


def test_another_mode_is_refused_with_the_known_ones(monkeypatch):
    monkeypatch.setenv("LOTI_MODE", "open")

    with pytest.raises(LotiError, match="LOTI_MODE is 'open'; it may be public or workbench"):
        access.viewer_of("ann@council.example")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no user ids")
def test_the_account_of_a_process_does_not_come_from_its_environment(monkeypatch):
    import pwd

    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(name, "somebody-else")

    assert access.account() == pwd.getpwuid(os.getuid()).pw_name
