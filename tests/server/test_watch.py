"""What the server writes down and counts: enough to run it, and nothing about a person."""

import gc
import io
import json
import logging
import sys
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from loti_dash import api, server
from loti_dash.errors import ReleaseError
from loti_dash.server import logs, metrics
from loti_dash.server.buckets import Buckets, limited
from loti_dash.server.places import place
from loti_dash.server.running import settle

SECRET = "Quillon"


async def _page(request):
    return PlainTextResponse("a page")


async def _broken(request):
    raise ValueError(SECRET)


@pytest.fixture
def lines(monkeypatch):
    """Return a function: the lines of the log so far."""
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    logger = logging.getLogger("loti_dash.server")
    monkeypatch.setattr(logger, "handlers", [])
    logs.start()
    yield lambda: [json.loads(line) for line in said.getvalue().splitlines()]
    logger.propagate = True


@pytest.fixture
def client(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    routes = [*api.routes(), Route("/housing", _page), Route("/stages", _broken)]
    routes.append(Route("/_stcore/upload_file/{rest:path}", _page, methods=["PUT"]))
    app = Starlette(routes=routes, middleware=server.middleware())
    return TestClient(app, client=("127.0.0.1", 1), raise_server_exceptions=False)


def test_of_an_address_only_known_codes_are_written_down(client, lines):
    known = {"indicator": "stop_and_search", "area": "E12000007"}
    client.get("/api/v1/compare", params=known)
    client.get("/api/v1/compare", params=known | {"area": SECRET})
    client.get("/api/v1/compare", params={SECRET: SECRET})
    client.get(f"/housing?share={SECRET}&indicator=stop_and_search")
    client.get(f"/{SECRET}")
    client.get(f"/_stcore/upload_file/{SECRET}/{SECRET}")

    found = lines()
    assert [each["status"] for each in found] == [200, 400, 400, 200, 404, 405]
    assert found[0]["asked"]["indicator"] == "stop_and_search"
    assert [each["place"] for each in found[3:]] == ["/housing", "other", "/_stcore/upload_file"]
    assert SECRET not in json.dumps(found)
    assert "127.0.0.1" not in json.dumps(found)


def test_of_what_went_wrong_the_place_is_written_down_and_not_what_was_typed(client, lines):
    assert client.get("/stages").status_code == 500

    failed = lines()[0]
    assert (failed["event"], failed["error"], failed["place"]) == (
        "failed",
        "ValueError",
        "/stages",
    )
    assert "_broken" in failed["where"][-1]
    assert SECRET not in json.dumps(lines())


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_whatever_is_asked_for_is_one_of_few_places(path):
    assert place("/" + path).count("/") <= 3
    assert place(f"/_stcore/{path}x") in {"other", *map("/_stcore/{}".format, ("health",))} | {
        f"/_stcore/{name}"
        for name in "stream metrics host-config upload_file agent bidi-components "
        "script-health-check".split()
    }


def test_what_is_counted_can_be_read_by_prometheus(client):
    with metrics.rendering("housing"):
        pass
    with pytest.raises(ReleaseError), metrics.rendering("housing"):
        raise ReleaseError("none")
    client.get("/housing")
    client.put(f"/_stcore/upload_file/{SECRET}/file", content=b"x")

    found = client.get("/metrics").text
    for line in (
        'loti_renders_total{ended="drawn",page="housing"}',
        'loti_renders_total{ended="refused",page="housing"}',
        'loti_requests_total{method="GET",place="/housing",status="200"}',
        'loti_uploads_total{status="200"}',
        "loti_releases 1.0",
        "loti_release_current{release=",
        "process_resident_memory_bytes",
        'loti_request_seconds_bucket{le="0.1",place="/housing"}',
    ):
        assert line in found
    assert SECRET not in found


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=60))
def test_nobody_gets_more_than_a_full_bucket_and_what_flows_in(asked):
    now, got, began = 0.0, {}, {}
    buckets = Buckets(4, clock=lambda: now)
    for who, later in asked:
        now += later
        began.setdefault(who, now)
        if buckets.wait(who) == 0:
            got[who] = got.get(who, 0) + 1
    for who, many in got.items():
        assert many <= 4 + (now - began[who]) * 4 / 60 + 1e-6


def test_buckets_take_no_more_room_however_many_ask():
    buckets = Buckets(4, most=100)
    for n in range(1000):
        buckets.wait(f"2001:db8:{n:x}::1")

    assert len(buckets) == 100


def test_who_has_many_addresses_of_one_network_has_one_bucket():
    buckets = Buckets(2, clock=lambda: 0.0)

    found = [buckets.wait(f"2001:db8::{n}") for n in range(1, 4)]
    assert found[:2] == [0, 0]
    assert found[2] > 0
    assert buckets.wait("2001:db8:1::1") == 0


def test_addresses_of_version_4_have_a_bucket_each_also_where_both_versions_are_heard():
    buckets = Buckets(1, clock=lambda: 0.0)

    assert [buckets.wait(f"::ffff:198.51.100.{n}") for n in (1, 2)] == [0, 0]
    assert buckets.wait("198.51.100.1") > 0


def test_ids_of_shared_views_cannot_be_tried_one_after_the_other():
    assert not any(limited("198.51.100.1") for _ in range(30))
    assert limited("198.51.100.1")
    assert not limited("198.51.100.2")


def test_what_died_among_what_was_settled_is_found_the_next_time():
    class Visit:
        pass

    visit = Visit()
    visit.itself, seen = visit, weakref.ref(visit)
    try:
        settle()
        del visit
        gc.collect()
        # Not looked at in between: that is what makes it fast.
        assert seen() is not None
        settle()
        assert seen() is None
    finally:
        gc.unfreeze()
