"""The page of a shared view, and the one on which links are made."""

import shutil

import pytest
import streamlit as st
from sharing import BASE, TITLE, colleague, link, two_releases, view
from streamlit.testing.v1 import AppTest

from loti_dash import config, notices, releases
from loti_dash.own_figures import NOT_PUBLISHED
from loti_dash.selection import Selection
from loti_dash.server.buckets import Buckets
from loti_dash.shares import making, opening
from loti_dash.state import shares
from loti_dash.ui import board, share, viewer

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    return two_releases(tmp_path_factory.mktemp("two_releases"))


@pytest.fixture(autouse=True)
def folder(built_once, tmp_path, monkeypatch):
    shutil.copytree(built_once, tmp_path / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "releases"


@pytest.fixture
def signed_in(monkeypatch):
    """Sign in a colleague who may share."""
    for module in (share, viewer):
        monkeypatch.setattr(module, "viewer", colleague)
    monkeypatch.setattr("loti_dash.ui.board_make.viewer", colleague)
    monkeypatch.setattr("loti_dash.ui.board_links.viewer", colleague)
    monkeypatch.setattr("loti_dash.ui.canvas_open.viewer", colleague)


def opened(session=None, **params):
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    for key, value in (session or {}).items():
        app.session_state[key] = value
    app.run()
    app.switch_page("../../pages/board.py")
    app.query_params.update(params)
    app.run()
    assert not app.exception
    return app


def html(app):
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def test_whoever_has_the_address_sees_what_was_sent_and_what_changed_without_signing_in():
    app = opened(share=link(view(), commentary="Wait <img src=x onerror=alert(1)>"))

    assert [each.value for each in app.title] == [notices.as_it_is(TITLE)]
    said = html(app)
    assert "As sent on " in said
    assert "<td>450</td>" in said
    assert '<th scope="row">Black, Count</th><td>450</td><td>510</td>' in said
    assert "Hackney has counted again" in said
    assert said.index("Ask at first contact") < said.index('<h2 id="item-1">1. In Hackney, Black')
    assert 'alt="' in said
    assert "<caption>" in said
    # In the words of their maker, and nothing of them is code.
    assert "<script" not in said
    assert "<img src=x" not in said
    assert "Wait &lt;img src=x onerror=alert(1)&gt;" in said


def test_there_is_nothing_to_choose_and_only_packs_to_take(monkeypatch):
    offered = []
    monkeypatch.setattr(
        st, "download_button", lambda label, data, name, *_, **__: offered.append((name, data))
    )
    app = opened(share=link())

    for kind in ("button", "selectbox", "text_input", "text_area", "radio", "checkbox"):
        assert not app.get(kind), kind
    assert [name.rpartition(".")[2] for name, _ in offered] == ["docx", "pdf", "html"]
    assert "450" in offered[2][1]()


def test_a_pack_is_not_made_of_a_link_that_was_closed_meanwhile(monkeypatch):
    offered = []
    monkeypatch.setattr(
        st, "download_button", lambda label, data, name, *_, **__: offered.append(data)
    )
    id_ = link()
    opened(share=id_)
    making.revoke(colleague(), shares.hash_of(id_))

    for data in offered:
        with pytest.raises(opening.LinkClosed):
            data()


@pytest.mark.parametrize("id_", ["A" * 22, "x", "<b>", "A" * 500])
def test_an_address_that_opens_nothing_says_one_same_sentence(id_):
    app = opened(share=id_)

    assert [each.value for each in app.title] == ["This link opens nothing"]
    assert [each.value for each in app.text] == [opening.UNKNOWN]
    assert "450" not in html(app)


def test_links_that_are_over_lock_nobody_out_and_guesses_lock_out_guesses_alone(monkeypatch):
    tried = Buckets(2, clock=lambda: 0.0)
    monkeypatch.setattr(board, "limited", lambda _: tried.wait("198.51.100.1") > 0)
    closed, live = link(), link()
    making.revoke(colleague(), shares.hash_of(closed))

    said = [opened(share=closed).text[0].value for _ in range(4)]
    assert all(each.startswith("This link was closed on ") for each in said)
    guesses = [opened(share="A" * 22).text[0].value for _ in range(4)]
    assert guesses[0] == opening.UNKNOWN
    assert guesses[-1].startswith("Too many addresses")
    assert "<td>450</td>" in html(opened(share=live))
    assert opened(share=closed).text[0].value == said[0]


def test_withdrawn_figures_are_not_on_the_page():
    id_ = link()
    releases.withdraw_series("homelessness_duties_owed", "two boroughs were swapped")

    said = html(opened(share=id_))

    assert "because two boroughs were swapped." in said
    assert "450" not in said
    assert "510" not in said


def test_who_has_not_signed_in_is_told_how_and_can_make_nothing():
    app = opened(session={"to_share": (view(),)})

    assert any("sign in first" in each.value for each in app.info)
    assert not app.get("form")
    assert making.own(colleague()) == []


def test_a_link_is_made_of_the_views_that_were_collected_and_closed_again(signed_in):
    app = opened(session={"to_share": (view(), view("over_time"))})
    next(b for b in app.button if b.label == "Move 2 up").click().run()
    app.text_input[0].set_value(TITLE)
    next(b for b in app.button if b.label == "Make the link").click().run()

    assert not app.exception
    address = next(each.value for each in app.text if "board?share=" in each.value)
    of = opening.opened(address.rpartition("=")[2])
    assert [each.figure for each in of.sent.items] == ["over_time", ""]
    assert TITLE in [each.value for each in app.text]

    next(b for b in app.button if b.label == "Close this link for good").click().run()

    assert not app.exception
    with pytest.raises(opening.LinkClosed, match="closed"):
        opening.opened(address.rpartition("=")[2])
    assert not any("board?share=" in each.value for each in app.text)


def test_without_a_title_no_link_is_made_and_nothing_is_lost(signed_in):
    app = opened(session={"to_share": (view(),)})
    app.text_area[0].set_value("Households wait longer.")
    next(b for b in app.button if b.label == "Make the link").click().run()

    assert any("Give it a title" in each.value for each in app.text)
    assert app.text_area[0].value == "Households wait longer."
    assert making.own(colleague()) == []


@pytest.mark.parametrize(
    "held",
    [
        "text",
        {"page": "housing"},
        ({"page": "housing", "params": {"release": NOT_PUBLISHED}, "figure": ""},),
        (object(),),
        # A store of one's own, as a page of own figures has it.
        (view(release=NOT_PUBLISHED),),
    ],
)
def test_whatever_is_put_in_the_place_of_views_nothing_unpublished_is_shared(signed_in, held):
    app = opened(session={"to_share": held})

    for each in [b for b in app.button if b.label == "Make the link"]:
        app.text_input[0].set_value("A title")
        each.click().run()
        assert not app.exception
        assert any("not published cannot be shared" in each.value for each in app.text)
    assert making.own(colleague()) == []


def test_in_a_fold_a_figure_is_added_to_what_is_shared(signed_in, home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    app = AppTest.from_file(str(ROUTER), default_timeout=60).run()
    app.switch_page("../../pages/housing.py")
    app.query_params.update({"indicator": "homelessness_duty_owed", "area": "E09000012"})
    app.session_state["take-homelessness_duty_owed_E09000012_2025-Q3_groups"] = True
    app.run()

    next(b for b in app.button if b.label == "Add to what you share").click().run()

    assert not app.exception
    [added] = app.session_state["to_share"]
    assert dict(added.params)["area"] == "E09000012"
    assert added.figure == ""
    assert BASE not in added.address()


def test_what_is_to_be_shared_is_shown_from_its_own_release_whichever_one_is_looked_at(signed_in):
    """Nor is what is remembered for all visits of one release the figures of another."""
    st.cache_data.clear()
    first, second = releases.names(config.releases())
    held = (view(release=second),)

    opened(session={"to_share": held, "selection": Selection(release=first)})
    app = opened(session={"to_share": held})

    said = [each.value for each in app.text]
    assert any("at 3.4 times" in each for each in said)
    assert not any("at 3.0 times" in each for each in said)
    assert f"Figures of release {second}." in said


def test_a_view_of_an_earlier_release_says_so_and_is_sent_as_it_was_looked_at(signed_in):
    first, second = releases.names(config.releases())
    app = opened(session={"to_share": (view(), view("over_time", release=second))})
    said = [each.value for each in app.text]
    assert any("at 3.0 times" in each for each in said)
    assert any(each.startswith(f"Figures of release {first}. Those of {second} ") for each in said)

    app.text_input[0].set_value(TITLE)
    next(b for b in app.button if b.label == "Make the link").click().run()

    address = next(each.value for each in app.text if "board?share=" in each.value)
    page = html(opened(share=address.rpartition("=")[2]))
    assert f"from releases {first} and {second}: each figure says from which." in page
    assert f"Figures of release {first}." in page
    assert f"Figures of release {second}." in page
    assert "<td>450</td>" in page


def test_what_can_no_longer_be_sent_says_so_where_it_is_collected(signed_in):
    first, _ = releases.names(config.releases())
    releases.withdraw(first, "two boroughs were swapped")

    app = opened(session={"to_share": (view(release=first),)})

    assert any("because two boroughs were swapped." in each.value for each in app.text)
    assert not any("at 3." in each.value for each in app.text)


def test_of_one_view_in_two_releases_only_the_one_added_last_is_shared(signed_in):
    first, second = releases.names(config.releases())
    one, other = view(release=first), view(release=second)

    app = opened(session={"to_share": (one, view("over_time"), other)})

    said = [each.value for each in app.text]
    assert f"Figures of release {second}." in said
    assert any("at 3.4 times" in each for each in said)
    assert not any("at 3.0 times" in each for each in said)
    assert [each for each in said if each.startswith("3. ")] == []
