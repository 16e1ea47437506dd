"""The headers of every answer: of pages, data and errors, behind a proxy and without."""

import socket
import sys

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from loti_dash import server
from loti_dash.server import sockets, starting
from loti_dash.server.headers import of_pages

PROXY = "10.0.0.9"


async def _page(request):
    response = PlainTextResponse("a page")
    response.set_cookie("a", "b", httponly=True)
    return response


async def _broken(request):
    raise ValueError("what somebody typed")


@pytest.fixture
def at(monkeypatch):
    def client(address="127.0.0.1", **settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        app = Starlette(
            routes=[Route("/housing", _page), Route("/broken", _broken), Route("/api/x", _broken)],
            middleware=server.middleware(("'sha256-abc'",)),
        )
        return TestClient(app, client=(address, 1), raise_server_exceptions=False)

    return client


@pytest.mark.parametrize("path", ["/housing", "/broken", "/nowhere", "/api/x", "/metrics"])
def test_every_answer_has_them_and_so_have_errors(at, path):
    found = at("192.0.2.1").get(path)

    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in found.headers["content-security-policy"]
    assert found.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in found.headers["permissions-policy"]
    assert "strict-transport-security" not in found.headers


def test_what_went_wrong_is_said_without_what_it_was(at):
    page, data = at().get("/broken"), at().get("/api/x")

    assert (page.status_code, data.status_code) == (500, 500)
    assert data.json()["known"] == []
    for found in (page, data):
        assert "typed" not in found.text
        assert "Traceback" not in found.text


@pytest.mark.parametrize(
    ("peer", "proto", "proxies", "secure"),
    [
        (PROXY, "https", PROXY, True),
        (PROXY, "http", PROXY, False),
        (PROXY, None, PROXY, False),
        ("192.0.2.1", "https", PROXY, False),
        (PROXY, "https", "", False),
    ],
)
def test_only_an_encrypted_line_is_asked_to_stay_one(at, peer, proto, proxies, secure):
    headers = {"X-Forwarded-Proto": proto} if proto else {}

    found = at(peer, LOTI_PROXIES=proxies).get("/housing", headers=headers)

    assert ("strict-transport-security" in found.headers) is secure
    assert ("; Secure" in found.headers["set-cookie"]) is secure


def test_a_page_may_be_shown_by_the_sites_of_the_settings_and_no_others(at):
    client = at(LOTI_FRAME_ANCESTORS="https://www.council.example, https://*.london.example")

    of_page, of_data = client.get("/housing").headers, client.get("/api/x").headers
    allowed = "frame-ancestors https://www.council.example https://*.london.example"
    assert allowed in of_page["content-security-policy"]
    assert "x-frame-options" not in of_page
    assert "frame-ancestors 'none'" in of_data["content-security-policy"]


def test_a_script_runs_only_if_it_is_ours():
    rules = dict(rule.split(" ", 1) for rule in of_pages(("'sha256-abc'",), ()).split("; "))

    assert rules["script-src"] == "'self' 'wasm-unsafe-eval' 'sha256-abc'"
    assert rules["default-src"] == "'self'"
    assert rules["object-src"] == "'none'"


@pytest.mark.parametrize(
    ("mode", "address", "refused"),
    [
        ("workbench", "127.0.0.1", False),
        ("workbench", "localhost", False),
        ("workbench", "::1", False),
        ("workbench", "0.0.0.0", True),
        ("workbench", None, True),
        ("workbench", "192.168.1.4", True),
        ("workbench", "unix:///tmp/x", True),
        ("public", "0.0.0.0", False),
    ],
)
def test_a_workbench_starts_on_its_own_machine_only(monkeypatch, mode, address, refused):
    monkeypatch.setenv("LOTI_MODE", mode)

    if refused:
        with pytest.raises(starting.LotiError, match=r"server\.address to 127\.0\.0\.1"):
            starting.raise_unless_safe(address, {})
    else:
        starting.raise_unless_safe(address, {})


@pytest.mark.parametrize(
    ("accepted", "zipped"), [("gzip", True), ("gzip;q=0.5", True), ("gzip; q=0, br", False)]
)
def test_nothing_further_in_compresses_for_who_wants_none_and_vary_is_said_once(accepted, zipped):
    async def large(request):
        return PlainTextResponse("x" * 5000, headers={"Vary": "Accept, Accept-Encoding"})

    inner = [*server.middleware(), Middleware(GZipMiddleware)]
    app = Starlette(routes=[Route("/housing", large)], middleware=inner)
    found = TestClient(app).get("/housing", headers={"Accept-Encoding": accepted})

    assert ("content-encoding" in found.headers) is zipped
    assert found.headers.get_list("vary") == ["Accept, Accept-Encoding"]


def test_an_address_that_is_none_stops_the_start(monkeypatch):
    monkeypatch.setenv("LOTI_ADDRESS", "council.example")

    with pytest.raises(starting.LotiError, match="LOTI_ADDRESS"):
        starting.raise_unless_safe("127.0.0.1", {})


def test_nobody_may_say_who_they_are_in_a_header():
    with pytest.raises(starting.LotiError, match="trustedUserHeaders"):
        starting.raise_unless_safe("127.0.0.1", {"X-User": "email"})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no /proc")
def test_what_the_server_accepts_answers_at_once():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        assert sockets.send_at_once() >= 1
        with socket.create_connection(listening.getsockname()):
            accepted, _ = listening.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
