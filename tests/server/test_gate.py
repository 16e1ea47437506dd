"""Who comes in: hosts, origins, sizes, workbenches, metrics and how often."""

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from loti_dash import server
from loti_dash.errors import LotiError
from loti_dash.server.gate import from_here, named

HOME, AWAY, PROXY = "127.0.0.1", "192.0.2.7", "10.0.0.9"
UPLOAD = "/_stcore/upload_file/visit/file"


async def _read(request):
    body = await request.body()
    return PlainTextResponse(f"{request.client.host} {request.url.scheme} {len(body)}")


async def _line(websocket):
    await websocket.accept()
    await websocket.send_bytes(await websocket.receive_bytes())
    await websocket.close()


@pytest.fixture
def at(monkeypatch):
    """Return a function that makes a client at an address, of a server with some settings."""

    def client(address=HOME, **settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        routes = [
            WebSocketRoute("/_stcore/stream", _line),
            Route("/{rest:path}", _read, methods=["GET", "POST", "PUT", "DELETE"]),
        ]
        app = Starlette(routes=[Mount("/", routes=routes)], middleware=server.middleware())
        return TestClient(app, base_url="http://ours.example", client=(address, 50000))

    return client


@pytest.mark.parametrize(
    ("host", "hosts", "expected"),
    [
        ("ours.example", ["ours.example"], True),
        ("OURS.example:8501", ["ours.example"], True),
        ("ours.example.", ["ours.example"], True),
        ("a.ours.example", ["*.ours.example"], True),
        ("ours.example", ["*.ours.example"], False),
        ("theirs.example", ["ours.example"], False),
        ("ours.example.theirs.example", ["ours.example"], False),
        ("xours.example", ["*.ours.example", "ours.example"], False),
        ("[::1]:8501", ["[::1]"], True),
        ("any.example", [], True),
        ("", [], False),
        ("ours.example:port", ["ours.example"], False),
        ("somebody@ours.example", ["ours.example"], False),
        ("ours.example/path", ["ours.example"], False),
        ("[", [], False),
    ],
)
def test_a_server_answers_to_its_own_names(host, hosts, expected):
    assert named(host, hosts) is expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"host": "ours.example"}, True),
        ({"host": "ours.example", "origin": "https://ours.example"}, True),
        ({"host": "ours.example:443", "origin": "https://ours.example"}, True),
        ({"host": "ours.example:8501", "origin": "http://ours.example:8501"}, True),
        ({"host": "ours.example", "origin": "https://theirs.example"}, False),
        ({"host": "ours.example:8501", "origin": "http://ours.example:9000"}, False),
        ({"host": "ours.example", "origin": "https://ours.example.theirs.example"}, False),
        ({"host": "ours.example", "origin": "null"}, False),
        ({"host": "ours.example", "origin": ""}, False),
        ({"host": "ours.example", "sec-fetch-site": "cross-site"}, False),
        ({"host": "ours.example", "sec-fetch-site": "same-site"}, False),
        ({"host": "ours.example", "sec-fetch-site": "same-origin"}, True),
    ],
)
def test_what_changes_something_comes_from_our_own_page_or_from_no_page(headers, expected):
    assert from_here(Headers(headers)) is expected


def test_another_name_is_answered_nothing(at):
    ours = at(LOTI_HOSTS="ours.example")

    assert ours.get("/housing").status_code == 200
    found = ours.get("/housing", headers={"Host": "theirs.example"})
    assert found.status_code == 400
    assert "theirs" not in found.text
    with (
        pytest.raises(WebSocketDisconnect),
        ours.websocket_connect("/_stcore/stream", headers={"Host": "theirs.example"}),
    ):
        pass


def test_whoever_watches_over_the_server_knows_it_by_other_names(at):
    here, away = at(HOME, LOTI_HOSTS="ours.example"), at(AWAY, LOTI_HOSTS="ours.example")

    assert here.get("/metrics", headers={"Host": "127.0.0.1:8501"}).status_code == 200
    assert away.get("/healthz", headers={"Host": "10.0.0.4:8501"}).status_code == 200
    assert away.get("/housing", headers={"Host": "127.0.0.1:8501"}).status_code == 400


def test_another_site_may_read_and_nothing_else(at):
    ours, theirs = at(), {"Origin": "https://theirs.example"}

    assert ours.get("/api/v1/compare", headers=theirs).status_code == 200
    for path in ("/_stcore/agent/interact", UPLOAD, "/auth/logout"):
        assert ours.post(path, headers=theirs).status_code == 403
    with (
        pytest.raises(WebSocketDisconnect),
        ours.websocket_connect("/_stcore/stream", headers=theirs),
    ):
        pass


def test_a_websocket_goes_through_untouched(at):
    with at().websocket_connect("/_stcore/stream", subprotocols=["streamlit"]) as line:
        line.send_bytes(b"\x00\xff")
        assert line.receive_bytes() == b"\x00\xff"


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/api/v1/compare", 1, 413),
        ("/_stcore/agent/interact", 1024 * 1024, 200),
        ("/_stcore/agent/interact", 1024 * 1024 + 1, 413),
        ("/housing", 1024 * 1024 + 1, 413),
        (UPLOAD, 1024 * 1024 + 1, 200),
    ],
)
def test_only_an_upload_may_be_large(at, path, size, status):
    client, body = at(), b"x" * size

    assert client.post(path, content=body).status_code == status
    # Without saying beforehand how much is coming.
    assert client.post(path, content=iter([body])).status_code == status


def test_more_than_an_upload_may_be_is_refused_before_it_is_read(at):
    def never():
        raise AssertionError("nothing may be read")
        yield b""

    for length in ("250000000", "9" * 5000, "-1", "abc"):
        found = at().post(UPLOAD, content=never(), headers={"Content-Length": length})
        assert found.status_code == 413


def test_an_address_that_asks_too_often_is_told_when_to_ask_again(at):
    client = at(LOTI_REQUESTS_PER_MINUTE="3")

    found = [client.get("/api/v1/releases").status_code for _ in range(4)]
    assert found == [200, 200, 200, 429]
    late = client.get("/api/v1/releases")
    assert 1 <= int(late.headers["retry-after"]) <= 20
    assert set(late.json()) == {"error", "known"}
    # Pages and health are not counted.
    assert client.get("/housing").status_code == 200
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "address"),
    [
        (AWAY, None, "", AWAY),
        # Whoever comes directly may say what they like.
        (AWAY, "203.0.113.5", "", AWAY),
        (PROXY, "203.0.113.5", PROXY, "203.0.113.5"),
        (PROXY, "1.1.1.1, 203.0.113.5", "10.0.0.0/8", "203.0.113.5"),
        (PROXY, "203.0.113.5, 10.0.0.8", "10.0.0.0/8", "203.0.113.5"),
        (PROXY, None, PROXY, PROXY),
        (PROXY, "203.0.113.5:51234", PROXY, "203.0.113.5"),
        (PROXY, "203.0.113.5, [2001:db8::1]:5", PROXY, "2001:db8::1"),
        (PROXY, "203.0.113.5, 10.0.0.8:80", "10.0.0.0/8", "203.0.113.5"),
        (PROXY, "203.0.113.5, unknown", PROXY, PROXY),
    ],
)
def test_only_a_named_proxy_says_for_whom_it_asks(at, peer, forwarded, proxies, address):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    found = at(peer, LOTI_PROXIES=proxies).get("/housing", headers=headers)

    assert found.text.split()[0] == address


def test_what_a_proxy_says_in_several_lines_is_one_list(at):
    lines = [("X-Forwarded-For", "1.1.1.1"), ("X-Forwarded-For", "203.0.113.5")]
    lines += [("X-Forwarded-Proto", "http"), ("X-Forwarded-Proto", "https")]

    found = at(PROXY, LOTI_PROXIES=PROXY).get("/housing", headers=lines)

    assert found.text.split()[:2] == ["203.0.113.5", "https"]


def test_who_sends_many_files_can_still_sign_in_and_ask_for_figures(at):
    client = at(LOTI_REQUESTS_PER_MINUTE="1")

    assert [client.put(UPLOAD).status_code for _ in range(2)] == [200, 429]
    for path in ("/auth/login", "/api/v1/releases", "/feeds/E09000012.atom"):
        assert client.get(path).status_code == 200


def test_a_websocket_that_is_refused_has_the_headers_of_every_answer(at):
    theirs = {"Origin": "https://theirs.example"}
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        at().websocket_connect("/_stcore/stream", headers=theirs),
    ):
        pass
    assert refused.value.status_code == 403
    assert refused.value.headers["x-content-type-options"] == "nosniff"
    assert "Another site's page" in refused.value.text


def test_another_sites_script_may_read_why_the_web_api_refuses(at):
    client = at(LOTI_REQUESTS_PER_MINUTE="1")
    client.get("/api/v1/releases")

    found = client.get("/api/v1/releases", headers={"Origin": "https://theirs.example"})

    assert found.status_code == 429
    assert found.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.put(UPLOAD, content=b"").headers


@pytest.mark.parametrize(
    ("peer", "headers", "readers", "status"),
    [
        (HOME, {}, "", 200),
        ("::1", {}, "", 200),
        (AWAY, {}, "", 403),
        # A proxy on this machine that passes on what a visitor sent.
        (HOME, {"X-Forwarded-For": "127.0.0.1"}, "", 403),
        (AWAY, {"X-Forwarded-For": "127.0.0.1"}, "", 403),
        (AWAY, {}, "192.0.2.0/24", 200),
        (HOME, {}, "192.0.2.0/24", 403),
    ],
)
def test_metrics_are_for_this_machine_or_for_whom_the_settings_name(
    at, peer, headers, readers, status
):
    client = at(peer, LOTI_METRICS=readers)

    for path in ("/metrics", "/_stcore/metrics"):
        assert client.get(path, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        (HOME, {"Host": "localhost:8501"}, 200),
        (HOME, {"Host": "127.0.0.1"}, 200),
        (HOME, {"Host": "rebound.example"}, 400),
        (HOME, {"Host": "localhost", "X-Forwarded-For": "192.0.2.7"}, 403),
        (AWAY, {"Host": "localhost"}, 403),
    ],
)
def test_a_workbench_answers_to_its_own_machine_only(at, peer, headers, status):
    client = at(peer, LOTI_MODE="workbench")

    assert client.get("/housing", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOTI_HOSTS", "https://ours.example"),
        ("LOTI_FRAME_ANCESTORS", "*"),
        ("LOTI_FRAME_ANCESTORS", "https://a.example; script-src *"),
        ("LOTI_FRAME_ANCESTORS", "http://a.example"),
        ("LOTI_PROXIES", "somewhere"),
        ("LOTI_METRICS", "10.0.0.1/8"),
        ("LOTI_REQUESTS_PER_MINUTE", "0"),
        ("LOTI_REQUESTS_PER_MINUTE", "many"),
    ],
)
def test_a_wrong_setting_is_said_before_the_server_starts(monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    with (
        pytest.raises(LotiError, match=name),
        TestClient(Starlette(middleware=server.middleware())),
    ):
        pass
