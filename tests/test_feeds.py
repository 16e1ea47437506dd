"""The feed of a place: well-formed, with all that Atom asks for, and the same from any server."""

import re
import shutil
from datetime import date, datetime
from types import SimpleNamespace
from urllib.parse import parse_qs, urlparse
from xml.etree import ElementTree

import looping
import pytest
from looked import HACKNEY, releases_in
from starlette.applications import Starlette

from loti_dash import config, feeds, notices, releases
from loti_dash.feeds import atom
from loti_dash.looking import beware, pairs, texts
from loti_dash.looking.answer import answer
from loti_dash.notices import Notice

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return releases_in(tmp_path_factory.mktemp("fed"))


@pytest.fixture
def folder(built, tmp_path, monkeypatch):
    shutil.copytree(built / "releases", tmp_path / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    monkeypatch.setenv("LOTI_ADDRESS", "https://council.example")
    monkeypatch.delenv("LOTI_RELEASES", raising=False)
    return tmp_path / "releases"


@pytest.fixture
def ask():
    """Return a function that asks for the feed of an area, as a server does for a browser."""
    app = Starlette(routes=feeds.ROUTES)

    def asked(area, host=b"inside:8501"):
        path = f"/feeds/{area}.atom"
        headers = [(b"host", host)]
        scope = {"type": "http", "method": "GET", "path": path, "headers": headers}
        scope |= {"query_string": b"", "scheme": "http", "server": ("inside", 8501)}
        scope |= {"root_path": ""}
        sent = []

        async def receive():
            return {"type": "http.request"}

        async def send(message):
            sent.append(message)

        looping.run(app(scope, receive, send))
        kind = dict(sent[0]["headers"])[b"content-type"].decode()
        content = b"".join(each.get("body", b"") for each in sent[1:])
        return SimpleNamespace(status=sent[0]["status"], kind=kind, content=content)

    return asked


def raise_unless_valid(text):
    """Raise unless a text has what RFC 4287 asks of a feed, and return its entries."""
    root = ElementTree.fromstring(text)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    ids = []
    for each in (root, *entries):
        for name in ("id", "title", "updated"):
            [one] = each.findall(f"{ATOM}{name}")
            assert one.text
        ids.append(each.findtext(f"{ATOM}id"))
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", ids[-1])
        moment = each.findtext(f"{ATOM}updated")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)
        assert datetime.fromisoformat(moment).tzinfo
        links = each.findall(f"{ATOM}link")
        kinds = [(link.get("rel"), link.get("type")) for link in links]
        assert len(set(kinds)) == len(kinds)
        assert ("alternate", "text/html") in kinds
        for link in links:
            assert urlparse(link.get("href")).scheme == "https"
    assert len(set(ids)) == len(ids)
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") == 1
    for entry in entries:
        content = entry.find(f"{ATOM}content")
        assert content.get("type") == "xhtml"
        assert [child.tag for child in content] == [f"{XHTML}div"]
        assert all(part.tag.startswith(XHTML) for part in content.iter() if part is not content)
    return entries


def test_a_feed_is_valid_and_says_what_the_page_says_with_links_to_the_exact_views(folder, ask):
    got = ask(HACKNEY)

    assert got.status == 200
    assert got.kind.startswith("application/atom+xml")
    [entry] = raise_unless_valid(got.content)
    before, after = pairs.pair(folder)
    found = answer(releases.open_(before), releases.open_(after), HACKNEY)
    said = "".join(entry.find(f"{ATOM}content").itertext())
    for each, moved in zip(found.looked.changes, found.moves, strict=True):
        assert texts.sentence(*found.catalogues, each, moved) in said
    for line in beware.in_words(found.catalogues[1], found.looked, found.cautions):
        assert line in said
    assert entry.findtext(f"{ATOM}title") == (
        "Hackney: 1 turned round, 3 became clear, 3 no longer clear, 4 corrected, 1 new and "
        "1 no longer there"
    )
    links = [urlparse(link.get("href")) for link in entry.iter(f"{XHTML}a")]
    assert len(links) == len(found.looked.changes)
    assert {link.netloc for link in links} == {"council.example"}
    asked = [parse_qs(link.query) for link in links]
    assert {params["release"][0] for params in asked} == {before, after}
    page = urlparse(entry.find(f"{ATOM}link").get("href"))
    assert (page.path, page.query) == (
        "/changed",
        f"area={HACKNEY}&since={before}&release={after}",
    )


@pytest.mark.parametrize(
    ("host", "base"),
    [
        (b"localhost:8501", "http://localhost:8501/"),
        (b"127.0.0.1", "http://127.0.0.1/"),
        (b"[::1]:8501", "http://[::1]:8501/"),
        (b"evil.example", "../"),
        (b"localhost.evil.example", "../"),
        (b"localhost@evil.example", "../"),
        (b"[::1", "../"),
        (b'evil"><x>&', "../"),
        (b"", "../"),
        (b"\xff", "../"),
    ],
)
def test_the_name_that_is_asked_for_is_in_no_link_unless_it_is_this_machine(
    folder, monkeypatch, ask, host, base
):
    first, last = pairs.pair(folder)
    (folder / f"{first}.duckdb").unlink()
    releases.point_to(folder, last)
    monkeypatch.delenv("LOTI_ADDRESS")

    root = ElementTree.fromstring(ask(HACKNEY, host).content)

    addresses = [link.get("href") for link in root.findall(f"{ATOM}link")]
    assert addresses == [f"{base}feeds/{HACKNEY}.atom", f"{base}changed?area={HACKNEY}"]


def test_an_address_that_is_none_is_said_and_no_feed_has_it(folder, monkeypatch, ask):
    monkeypatch.setenv("LOTI_ADDRESS", "council.example")

    got = ask(HACKNEY)

    assert got.status == 503
    assert "LOTI_ADDRESS is 'council.example'" in got.content.decode()


def test_what_an_entry_is_called_does_not_depend_on_the_server(folder):
    here, there = (
        ElementTree.fromstring(atom.feed(HACKNEY, base))
        for base in ("https://council.example/", "https://other.example/figures/")
    )

    for path in (f"{ATOM}id", f"{ATOM}entry/{ATOM}id"):
        assert here.findtext(path) == there.findtext(path)
    assert (
        there.find(f"{ATOM}entry/{ATOM}link")
        .get("href")
        .startswith("https://other.example/figures/changed?")
    )


def test_a_withdrawal_makes_an_entry_newer_and_takes_its_figures_out(folder, ask):
    last = releases.current_name(folder)
    notice = Notice(
        "withdrawn_series", date(2099, 1, 5), "social_workers", "x", "rows were swapped", last, ""
    )
    [before] = raise_unless_valid(ask(HACKNEY).content)
    notices.add(folder, notice)

    [after] = raise_unless_valid(ask(HACKNEY).content)

    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated") == "2099-01-05T23:59:59Z"
    said = "".join(after.find(f"{ATOM}content").itertext())
    assert "withdrawn on 5 January 2099 because rows were swapped" in said
    assert "30 September 2025: 200.0" not in said


def test_a_withdrawal_on_the_day_of_the_build_makes_an_entry_newer_too(folder, ask):
    [before] = raise_unless_valid(ask(HACKNEY).content)
    moment = before.findtext(f"{ATOM}updated")
    last, built_on = releases.current_name(folder), date.fromisoformat(moment[:10])
    notice = Notice("withdrawn_series", built_on, "social_workers", "x", "swapped", last, "")
    notices.add(folder, notice)

    [after] = raise_unless_valid(ask(HACKNEY).content)

    assert after.findtext(f"{ATOM}updated") > moment


def test_a_feed_of_one_release_is_valid_and_empty(folder, ask):
    first, last = pairs.pair(folder)
    releases.point_to(folder, first)

    assert raise_unless_valid(ask(HACKNEY).content) == []
    (folder / f"{first}.duckdb").unlink()
    releases.point_to(folder, last)
    assert raise_unless_valid(ask(HACKNEY).content) == []


@pytest.mark.parametrize("area", ["E09000099", "london", "<b>", "..\\current"])
def test_a_place_there_is_not_is_not_found(folder, ask, area):
    got = ask(area)

    assert got.status == 404
    assert got.kind.startswith("text/plain")


def test_without_a_release_a_feed_says_so_and_is_no_feed(tmp_path, monkeypatch, ask):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))

    got = ask(HACKNEY)

    assert got.status == 503
    assert "There is no release" in got.content.decode()
    assert str(tmp_path) not in got.content.decode()


def test_signs_that_xml_cannot_write_are_left_out(folder, monkeypatch):
    monkeypatch.setattr(texts, "summary", lambda *_: "a\x00b <b>&amp;</b> \ud800c\ufffe")

    [entry] = raise_unless_valid(atom.feed(HACKNEY, "https://council.example/"))

    assert "ab <b>&amp;</b> c" in "".join(entry.itertext())


def test_the_server_serves_the_feeds_beside_its_pages():
    source = (config.ROOT / "app.py").read_text(encoding="utf-8")

    assert "*feeds.ROUTES" in source
