"""Two servers behind nginx, over one PostgreSQL and one folder of releases."""

import os
import signal
import threading
import time
from contextlib import contextmanager

import behind_nginx
import httpx
import postgres
import pytest
from conftest import built, with_catalogue
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from loti_dash import releases
from loti_dash.state import audit, engine, reading
from loti_dash.state import submissions as rows
from loti_dash.submissions import Standing

FIGURES = """
series_id             | period_id | area_code | group_code    | value | status
searches_self_defined | 2018-04   | E09000012 | black_african | {}    | ok
searches_self_defined | 2018-04   | E09000012 | white_british | 50    | ok
census_2021_residents | 2021      | E09000012 | black_african | 1000  | ok
census_2021_residents | 2021      | E09000012 | white_british | 2000  | ok
"""
COMPARE = "/api/v1/compare?indicator=stop_and_search&area=E09000012&period=2018-04"


@pytest.fixture(scope="module")
def site(cluster, tmp_path_factory):
    """Start both over two releases, the first of which is current; yield it with their names."""
    with started(cluster, tmp_path_factory.mktemp("site"), "two_servers") as found:
        yield found


@pytest.fixture
def own_site(cluster, tmp_path):
    """Start two more for one test, which may kill them."""
    with started(cluster, tmp_path, "two_servers_of_a_test") as found:
        yield found


@contextmanager
def started(cluster, folder, database):
    """Start two servers behind nginx, with a database of their own."""
    if behind_nginx.NGINX is None:
        pytest.skip("nginx is not installed: apt-get install nginx-light")
    data = with_catalogue(folder / "data")
    for count in (30, 31):
        built(data, FIGURES.format(count), folder / "releases").close()
    first, second = releases.names(folder / "releases")
    releases.point_to(folder / "releases", first)
    postgres.run(cluster("postgres"), f"CREATE DATABASE {database} TEMPLATE template")
    settings = {
        "LOTI_RELEASES": str(folder / "releases"),
        "LOTI_DATABASE_URL": cluster(database),
        "LOTI_PROXIES": "127.0.0.1",
        "LOTI_REQUESTS_PER_MINUTE": "100000",
        "LOTI_MODE": "public",
    }
    with behind_nginx.site(folder, settings) as running, pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        yield running, first, second
        engine.engine_of(cluster(database)).dispose()
    postgres.run(cluster("postgres"), f"DROP DATABASE {database} WITH (FORCE)")


def test_a_visitor_stays_with_one_server_and_visitors_are_shared_out(site):
    found = {"one": 0, "two": 0}
    for _ in range(30):
        with site[0].visitor() as visitor:
            first = visitor.get("/which")
            assert first.headers["set-cookie"].endswith("; HttpOnly; Secure; SameSite=Lax")
            again = [visitor.get("/which") for _ in range(3)]
            assert {each.text for each in again} == {first.text}
            assert not any("set-cookie" in each.headers for each in again)
            found[first.text] += 1
    assert min(found.values()) >= 5, found


def test_a_made_up_cookie_gets_a_real_one(site):
    with site[0].visitor() as visitor:
        answer = visitor.get("/which", headers={"Cookie": "loti_server=everybody"})
    assert "loti_server=" in answer.headers["set-cookie"]
    assert "everybody" not in answer.headers["set-cookie"]


def test_a_page_comes_over_a_websocket_through_nginx(site):
    address = site[0].address.replace("https", "wss") + "/_stcore/stream"
    asked = BackMsg()
    asked.rerun_script.page_name = "methods"
    asked.rerun_script.query_string = ""
    with connect(
        address,
        ssl=site[0].trusted,
        origin=site[0].address,
        subprotocols=["streamlit"],
        open_timeout=60,
    ) as line:
        line.send(asked.SerializeToString())
        kinds = set()
        until = time.monotonic() + 60
        while "script_finished" not in kinds and time.monotonic() < until:
            message = ForwardMsg()
            message.ParseFromString(line.recv(timeout=60))
            kinds.add(message.WhichOneof("type"))
    assert {"new_session", "delta", "script_finished"} <= kinds


def test_the_servers_know_who_asks_and_how(site):
    with site[0].visitor() as visitor:
        answer = visitor.get("/healthz")
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        assert visitor.get("/metrics").status_code == 404
        big = visitor.post("/which", content=b"x" * 2_000_000)
        assert big.status_code == 413
    direct = httpx.get(f"{site[0].servers['one']}/healthz", timeout=60)
    assert "strict-transport-security" not in direct.headers


def test_a_release_that_is_published_on_one_is_served_by_the_other(site):
    running, first, second = site
    assert [_release(address) for address in running.servers.values()] == [first, first]
    began = time.monotonic()

    answer = httpx.post(f"{running.servers['one']}/point?release={second}", timeout=180)
    assert answer.text == second
    while _release(running.servers["two"]) != second:
        assert time.monotonic() - began < 10
        time.sleep(0.1)
    assert _release(running.servers["one"]) == second


def _release(address):
    return httpx.get(f"{address}{COMPARE}", timeout=180).headers["loti-release"]


def test_of_a_server_that_is_killed_under_load_nothing_done_is_lost_and_the_other_goes_on(
    own_site,
):
    running, *_ = own_site
    stop, killed = threading.Event(), threading.Event()
    done, failed, reads = [], [], []

    def write(worker):
        n = 0
        while not stop.is_set():
            n += 1
            after = killed.is_set()
            try:
                with running.visitor() as visitor:
                    answer = visitor.post(f"/write?name=w{worker}-{n}")
            except httpx.TransportError as error:
                failed.append((after, repr(error)))
            else:
                (done if answer.status_code == 200 else failed).append((after, answer.text))

    def read():
        while not stop.is_set():
            after = killed.is_set()
            with running.visitor() as visitor:
                answer = visitor.get(COMPARE)
            reads.append((after, answer.status_code))

    workers = [threading.Thread(target=write, args=(n,)) for n in range(3)]
    workers += [threading.Thread(target=read) for _ in range(2)]
    for worker in workers:
        worker.start()
    _until(lambda: len(done) >= 10 and len(reads) >= 10)
    os.kill(running.processes["one"].pid, signal.SIGKILL)
    running.processes["one"].wait()
    killed.set()
    _until(lambda: all(len([one for one in what if one[0]]) >= 10 for what in (done, reads)))
    stop.set()
    for worker in workers:
        worker.join()

    with reading() as db:
        kept = {one.id for one in rows.standing_at(db, *Standing)}
    assert {id_ for _, id_ in done} <= kept, "what was reported as done is not there"
    assert [status for _, status in reads if status != 200] == []
    assert all("502" in words or "503" in words or "Error" in words for _, words in failed), failed
    assert "is as it was written" in audit.verify()
    assert len(audit.entries(100_000)) == len(kept)
    with running.visitor() as visitor:
        assert visitor.get("/which").text == "two"


def _until(enough):
    until = time.monotonic() + 180
    while not enough():
        assert time.monotonic() < until, "the servers are too slow, or nobody answers"
        time.sleep(0.05)
