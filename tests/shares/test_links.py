"""Who may make a link, who may close it, and what an id opens: what was sent, or a sentence."""

import json
import secrets
from datetime import UTC, datetime, timedelta

import duckdb
import pytest
from sharing import BASE, TITLE, colleague, link, view

from loti_dash import config, releases
from loti_dash.access import Viewer
from loti_dash.errors import AccessDenied, LinkClosed, LotiError, UnknownCode
from loti_dash.own_figures import NOT_PUBLISHED
from loti_dash.shares import making, opening
from loti_dash.shares.making import Draft
from loti_dash.shares.sent import from_json
from loti_dash.state import audit, shares, transaction
from loti_dash.store import Store
from loti_dash.ui import board_links
from loti_dash.views import View, figure_of

GUESSES = 2_000


def refused(id_):
    with pytest.raises(LinkClosed) as raised:
        opening.opened(id_)
    return str(raised.value)


def test_guesses_find_nothing_and_every_id_that_opens_nothing_is_told_the_same(folder):
    id_ = link()

    assert len(id_) >= 22, "128 bits"
    near = [id_[:-1] + ("A" if id_[-1] != "A" else "B"), id_.swapcase(), id_ + "A", id_[1:]]
    odd = ["", "x", "' OR 1=1 --", "../../etc", "\ud800", "é" * 22, "A" * 100_000, f" {id_}"]
    hash_ = shares.hash_of(id_)
    guesses = [secrets.token_urlsafe(16) for _ in range(GUESSES)]
    said = {refused(each) for each in (*near, *odd, hash_, *guesses)}
    assert said == {opening.UNKNOWN}
    assert opening.opened(id_).sent.title == TITLE


def test_the_id_is_kept_nowhere(folder):
    id_ = link()

    for file in config.home().rglob("*"):
        if file.is_file():
            assert id_.encode() not in file.read_bytes(), file.name


def test_a_closed_link_says_so_and_opens_nothing(folder):
    id_, ann = link(), colleague()

    making.revoke(ann, shares.hash_of(id_))

    assert refused(id_).startswith("This link was closed on ")
    [mine] = making.own(ann)
    assert mine.revoked_at is not None
    # Once more is no other thing, and no second entry.
    making.revoke(ann, shares.hash_of(id_))
    assert [each.action for each in audit.entries()] == ["close share", "share"]


def test_an_expired_link_says_so_and_opens_nothing(folder):
    id_ = link(days=1)
    yesterday = datetime.now(UTC).date() - timedelta(1)
    with transaction() as db:
        db.exec_driver_sql(f"UPDATE share SET expires_on = '{yesterday.isoformat()}'")

    assert refused(id_).startswith("This link expired on ")


def test_a_link_opens_until_the_end_of_the_day_that_it_names(folder):
    id_, today = link(days=1), datetime.now(UTC).date()
    with transaction() as db:
        db.exec_driver_sql(f"UPDATE share SET expires_on = '{today.isoformat()}'")

    assert opening.opened(id_).expires_on == today
    [mine] = making.own(colleague())
    assert board_links.standing(mine).startswith("Open until ")


@pytest.mark.parametrize("days", [0, -1, 5 * 365 + 1])
def test_a_link_expires_after_today_and_within_five_years(folder, days):
    with pytest.raises(LotiError, match="The link would expire on"):
        link(days=days)


def test_a_link_is_closed_by_its_maker_only(folder):
    id_ = link(who=colleague("ann"))

    with pytest.raises(LotiError, match="You have no such link"):
        making.revoke(colleague("bob", "approver"), shares.hash_of(id_))
    assert making.own(colleague("bob")) == []
    assert opening.opened(id_)


@pytest.mark.parametrize(
    "who", [Viewer(), Viewer("eve@council.example"), colleague("dee", "administrator")]
)
def test_who_may_not_share_makes_no_link(folder, who):
    with pytest.raises(AccessDenied, match="keep outcomes and share views"):
        link(who=who)
    with pytest.raises(AccessDenied):
        making.own(who)
    assert audit.entries() == []


def test_the_audit_has_codes_and_no_words_of_people(folder):
    link()

    [entry] = audit.entries()
    assert entry.who == "ann@council.example"
    assert entry.detail["views"] == [view().address()]
    assert "board" not in json.dumps(entry.detail)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": " "}, "Give it a title"),
        ({"title": "x" * 201}, "201 letters; the most is 200"),
        ({"views": ()}, "There are 0 views"),
        ({"commentary": "x" * 5_001}, "5,001 letters"),
    ],
)
def test_what_cannot_be_read_is_not_sent(folder, change, message):
    whole = {"title": "A title", "views": (view(),)} | change
    tomorrow = datetime.now(UTC).date() + timedelta(1)

    with pytest.raises(LotiError, match=message):
        making.share(colleague(), Draft(**whole), tomorrow, BASE)


def test_figures_that_are_not_published_are_not_shared_in_any_way(folder):
    """Not by their release, not by their indicator, and not by handing over their store."""
    with pytest.raises(LotiError, match="not published cannot be shared"):
        link(view(release=NOT_PUBLISHED))
    with pytest.raises(LotiError, match="not published cannot be shared"):
        link(view(), view(release=NOT_PUBLISHED))
    with pytest.raises(LotiError, match="has no figure at"):
        link(view(indicator="upload_hackney_duties"))
    with pytest.raises(UnknownCode):
        link(view(release="2026-01-01.1-0a1b2c3d"))
    mine = Store.in_memory(duckdb.connect(), NOT_PUBLISHED, releases.open_().catalogue)
    with pytest.raises(LotiError, match="can be neither shared nor kept"):
        figure_of(mine, view(release=NOT_PUBLISHED))
    mine.close()
    assert making.own(colleague()) == []


@pytest.mark.parametrize(
    "other",
    [
        {"area": "E09000014"},
        {"group": "asian or all"},
        {"period": ""},
        {"reference": "none"},
        {"classification": "7"},
    ],
)
def test_a_view_that_a_release_does_not_have_is_refused_and_never_another_one_shown(folder, other):
    with pytest.raises(LotiError, match="has no figure at"):
        figure_of(releases.open_(), view(**other))


@pytest.mark.parametrize(
    "figure",
    ["nothing", "areas/map/ratio", "areas/dots", "over", "places", "single_periods"],
)
def test_a_figure_that_a_page_does_not_have_is_refused(folder, figure):
    with pytest.raises(LotiError, match="has no figure at"):
        figure_of(releases.open_(), view(figure))


@pytest.mark.parametrize(
    "found",
    [
        None,
        [],
        {},
        {"page": "housing", "params": {}, "figure": ""},
        {"page": "housing", "params": {"release": "a b"}, "figure": ""},
        {"page": "housing", "params": {"release": "r", "x": "[a](http://b)"}, "figure": ""},
        {"page": "../housing", "params": {"release": "r"}, "figure": ""},
        {"page": "housing", "params": {"release": "r"}, "figure": "<b>"},
        {"page": "housing", "params": "release", "figure": ""},
    ],
)
def test_a_view_is_codes_and_nothing_else(found):
    with pytest.raises(LotiError, match="This is no view of a page"):
        View.from_dict(found)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"format": "shared view, version 2"}', '{"format": 1}']
)
def test_what_is_damaged_is_said_to_be(text):
    with pytest.raises(LotiError, match="This shared view cannot be read"):
        from_json(text)


def test_signs_that_no_file_can_hold_are_replaced_in_what_is_sent(folder):
    half = "A\ud800B\x00"
    draft = Draft(half, (view(),), half, half, (half,))

    id_ = making.share(colleague(), draft, datetime.now(UTC).date() + timedelta(2), BASE)

    sent = opening.opened(id_).sent
    for said in (sent.title, sent.commentary, sent.decision, sent.items[0].being_done):
        assert said.startswith("A\N{REPLACEMENT CHARACTER}B")
        said.encode("utf-8")
