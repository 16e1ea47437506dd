"""The real server: headers on every route of it, and what somebody who means harm would try."""

import asyncio
import json
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import looping
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from loti_dash import config
from loti_dash.api.handlers import HANDLERS
from loti_dash.visitor import visit

# Not followed, because they would start something: where they lead is what is looked at.
ROUTES = """
import json
from app import app

def paths(routes):
    for each in routes:
        yield each.path, sorted(getattr(each, "methods", None) or ["GET"])

print(json.dumps(list(paths(app._build_starlette_app().routes))))
"""
PLANTED = "<script>window.hit=1</script>"
SECRETS = ("root:x:0", "cookie_secret", "[people.", "import streamlit")
TRAVERSALS = [
    "/../../../../etc/passwd",
    "/..%2f..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/static/../../../etc/passwd",
    "/static/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/media/../roles.toml",
    "/media/..%2f..%2froles.toml",
    "/component/x/../../app.py",
    "/app/static/../app.py",
    "/_stcore/bidi-components/x/../../../app.py",
    "//etc/passwd",
    "/%00",
    "/\\\\host\\share",
    "/api/v1/../../app.py",
    "/api/v1/compare?indicator=stop_and_search&release=../../roles",
    "/api/v1/compare?indicator=../../app",
]


@pytest.fixture(scope="module")
def ask(dashboard):
    """Return a function that asks exactly as it is told to: no path is put right on the way."""
    where = urlsplit(dashboard.address)

    def asked(path, method="GET", body=None, **headers):
        line = HTTPConnection(where.hostname, where.port, timeout=30)
        line.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        for name, value in headers.items():
            line.putheader(name.replace("_", "-"), value)
        if body is not None:
            line.putheader("Content-Length", str(len(body)))
        line.endheaders(body)
        found = line.getresponse()
        content = found.read()
        line.close()
        return found.status, {n.lower(): v for n, v in found.getheaders()}, content.decode()

    return asked


def test_every_answer_of_every_route_has_the_headers(ask):
    listed = subprocess.run(
        [sys.executable, "-c", ROUTES], cwd=config.ROOT, capture_output=True, text=True, check=True
    )
    routes = json.loads(listed.stdout.splitlines()[-1])
    assert len(routes) > 15
    asked = {
        (path.split("{")[0] + "x" * ("{" in path), method) for path, m in routes for method in m
    }
    asked |= {(path, method) for path in HANDLERS for method in ("GET", "POST")}
    asked |= {
        (path, "GET") for path in ("/housing", "/nowhere", "/static/nothing.js", "//x", "/a/")
    }
    asked |= {("/_stcore/agent/nothing", "POST"), ("/housing", "POST"), ("/housing", "BREW")}

    lacking = []
    for path, method in sorted(asked):
        if path == "/_stcore/stream":
            continue
        status, headers, _ = ask(path or "/", method)
        if not (
            headers.get("x-content-type-options") == "nosniff"
            and "frame-ancestors" in headers.get("content-security-policy", "")
            and headers.get("referrer-policy")
            and headers.get("permissions-policy")
            and status != 500
        ):
            lacking.append((method, path, status))
    assert lacking == []


def test_no_path_leads_out_of_what_is_served(ask):
    for path in TRAVERSALS:
        status, _, said = ask(path)
        assert status in (200, 301, 307, 400, 404), path
        assert not any(secret in said for secret in SECRETS), path


def test_another_host_is_refused_and_not_repeated(ask):
    for host in ("theirs.example", "127.0.0.1.theirs.example", "theirs.example:8501", ""):
        for path in ("/housing", "/api/v1/releases", "/auth/login", "/_stcore/health"):
            status, headers, said = ask(path, Host=host)
            assert status == 400
            assert "theirs" not in said
            assert "location" not in headers


def test_another_sites_page_changes_nothing(ask, dashboard):
    theirs = "https://theirs.example"
    for path, method in (
        ("/_stcore/agent/interact", "POST"),
        ("/_stcore/agent/mcp", "POST"),
        ("/_stcore/upload_file/a/b", "PUT"),
        ("/_stcore/upload_file/a/b", "DELETE"),
        ("/housing", "POST"),
    ):
        status, _, _ = ask(path, method, b"{}", Origin=theirs, Content_Type="text/plain")
        assert status == 403, path

    async def from_there():
        line = f"{dashboard.address.replace('http', 'ws')}/_stcore/stream"
        async with connect(line, origin=theirs, proxy=None):
            pass

    with pytest.raises(InvalidStatus) as refused:
        looping.run(from_there())
    assert refused.value.response.status_code == 403


def test_without_the_token_of_the_page_nothing_is_uploaded(ask, dashboard):
    async def session():
        async with visit(dashboard.address) as tab:
            await tab.open("upload")
            return await asyncio.to_thread(
                ask, f"/_stcore/upload_file/{tab.session}/file", "PUT", b"x"
            )

    assert looping.run(session())[0] == 403


def test_a_script_in_an_address_is_repeated_nowhere(ask, dashboard):
    async def pages():
        async with visit(dashboard.address) as tab:
            for page in ("housing", "borough", "group", "stages"):
                names = "indicator area period group reference release share".split()
                drawn = await tab.open(page, "&".join(f"{name}={PLANTED}" for name in names))
                assert not drawn.failed
                assert PLANTED not in drawn.words, page

    looping.run(pages())
    for path in (f"/{PLANTED}", f"/api/v1/{PLANTED}", f"/media/{PLANTED}"):
        _, headers, said = ask(path.replace("<", "%3C").replace(">", "%3E"))
        assert PLANTED not in said or "json" in headers["content-type"]


def test_the_log_has_no_address_and_no_id_of_a_visit(dashboard):
    async def session():
        async with visit(dashboard.address) as tab:
            await tab.open("housing", f"share={PLANTED}")
            return tab.session

    id_ = looping.run(session())
    log = dashboard.log.read_text()
    assert '"event": "drawn", "page": "housing"' in log
    assert id_ not in log
    assert "127.0.0.1" not in log
    assert "council.example" not in log
    assert PLANTED not in log
    assert "Traceback" not in log
