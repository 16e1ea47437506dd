"""Releases in an object store: built into it, read from it, and the same on every server."""

import shutil
import socket
import time

import pandas as pd
import pytest
from conftest import built, drawn, with_catalogue
from moto.server import ThreadedMotoServer
from pyarrow import fs

from loti_dash import (
    analysis,
    backup,
    build,
    config,
    notices,
    releases,
    remote_releases,
    restoring,
)
from loti_dash.errors import (
    LotiError,
    ReleaseError,
    ReleaseWithdrawn,
    SeriesWithdrawn,
    UnknownCode,
)

HACKNEY = "E09000012"
FIGURES = """
series_id             | period_id | area_code | group_code    | value | status
searches_self_defined | 2018-04   | E09000012 | black_african | {}    | ok
searches_self_defined | 2018-04   | E09000012 | white_british | 50    | ok
census_2021_residents | 2021      | E09000012 | black_african | 1000  | ok
census_2021_residents | 2021      | E09000012 | white_british | 2000  | ok
"""


@pytest.fixture(scope="module")
def store():
    """Start a store on this machine, and yield its address."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    files = fs.S3FileSystem(
        access_key="key",
        secret_key="secret",
        region="eu-west-2",
        scheme="http",
        endpoint_override=f"{host}:{port}",
        allow_bucket_creation=True,
    )
    files.create_dir("figures")
    yield f"http://{host}:{port}", files
    server.stop()


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Return a folder of two releases, in which one count is 30 and 31."""
    place = tmp_path_factory.mktemp("two")
    data = with_catalogue(place / "data")
    for count in (30, 31):
        built(data, FIGURES.format(count), place / "releases").close()
    return place / "releases"


@pytest.fixture
def server(store, tmp_path, monkeypatch, request):
    """Return a function that makes this process the server of a name, over one store."""
    monkeypatch.setenv("LOTI_RELEASES", f"s3://figures/{request.node.name}")
    monkeypatch.setenv("AWS_ENDPOINT_URL", store[0])
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "planted")
    monkeypatch.setattr(remote_releases, "_PAUSE", 0.3)
    monkeypatch.delenv("LOTI_DATABASE_URL", raising=False)

    def become(name):
        time.sleep(0.3)
        monkeypatch.setenv("LOTI_HOME", str(tmp_path / name))

    become("one")
    return become


def published(two, which):
    """Put the first or second release where releases are, make it current, and return its name."""
    name, folder = releases.names(two)[which], config.releases()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(two / f"{name}.duckdb", folder / ".copy")
    releases.put(folder / ".copy", folder / f"{name}.duckdb")
    releases.point_to(folder, name)
    return name


def searched(release=None):
    """Return how many searches of Black African people a release has in Hackney."""
    table = analysis.compare(
        releases.open_(release), "stop_and_search", "2018-04", classification="19", areas=[HACKNEY]
    )
    return table.set_index("group_code")["numerator"]["black_african"]


def test_what_one_server_publishes_every_server_reads_from_the_store(server, two, tmp_path):
    first = published(two, 0)
    assert searched() == 30

    server("two")
    assert searched() == 30
    second = published(two, 1)
    assert (searched(), searched(first)) == (31, 30)

    server("one")
    assert releases.current_name(config.releases()) == second
    assert (searched(), searched(first)) == (31, 30)
    listed = releases.listing(config.releases())
    assert list(listed["release"]) == [second, first]
    assert listed["changed"].iloc[0].startswith("figures: ")
    assert not list(tmp_path.rglob("*.duckdb")), "a server keeps a copy of its own"


def test_figures_from_a_store_are_those_from_a_folder(server, two, tmp_path, monkeypatch):
    release = published(two, 0)
    from_store = releases.open_().query(
        "observations_of", series=["searches_self_defined"], viewer_areas=[]
    )

    monkeypatch.setenv("LOTI_RELEASES", str(tmp_path / "folder"))
    assert published(two, 0) == release
    from_folder = releases.open_().query(
        "observations_of", series=["searches_self_defined"], viewer_areas=[]
    )
    pd.testing.assert_frame_equal(from_store, from_folder)


def test_what_one_server_takes_back_no_server_shows(server, two):
    first, second = published(two, 0), published(two, 1)
    server("two")
    opened = releases.open_(second)
    assert searched(second) == 31

    server("one")
    releases.withdraw(second, "rows were swapped")
    releases.withdraw_series("searches_self_defined", "a column was wrong")

    server("two")
    assert releases.current_name(config.releases()) == first
    with pytest.raises(ReleaseWithdrawn, match="rows were swapped"):
        opened.query("choices", viewer_areas=[])
    with pytest.raises(SeriesWithdrawn, match="a column was wrong"):
        searched()
    assert len(notices.all_(config.releases())) == 2


def test_a_release_is_built_into_the_store(server, tmp_path):
    data = with_catalogue(tmp_path / "data")
    for series, rows in drawn(FIGURES.format(7)).groupby("series_id"):
        rows.to_csv(data / "observations" / f"{series}.csv", index=False)

    release = build.build(data, config.releases(), say=lambda _: None).stem

    assert releases.current_name(config.releases()) == release
    assert searched() == 7
    assert not list(config.home().rglob("*.duckdb"))


def test_a_release_is_never_written_over(server, two, tmp_path):
    release = published(two, 0)
    other = tmp_path / "other"
    other.write_bytes(b"other figures")
    with pytest.raises(ReleaseError, match="is never changed"):
        remote_releases.send(config.releases(), f"{release}.duckdb", other)
    assert searched() == 30


def test_a_back_up_is_of_what_is_in_the_store_and_goes_into_another(
    server, two, tmp_path, monkeypatch
):
    first, second = published(two, 0), published(two, 1)
    releases.withdraw(second, "rows were swapped")
    backup.make(tmp_path / "backup.zip", lambda _: None)

    monkeypatch.setenv("LOTI_RELEASES", "s3://figures/restored")
    server("new")
    restoring.restore(tmp_path / "backup.zip", lambda _: None)

    assert searched() == 30
    assert releases.names(config.releases()) == [first, second]
    with pytest.raises(ReleaseWithdrawn, match="rows were swapped"):
        releases.open_(second)
    assert not list(tmp_path.rglob("*.duckdb"))


def test_files_of_other_names_are_no_releases(server, store, two):
    release = published(two, 0)
    place = config.object_store().place
    with store[1].open_output_stream(f"{place}/my back-up.duckdb") as out:
        out.write(b"something else")
    assert releases.names(config.releases()) == [release]
    with pytest.raises(UnknownCode):
        releases.open_("my back-up")


def test_a_store_that_is_silent_for_a_while_is_not_noticed_and_then_is_said(
    server, two, monkeypatch
):
    published(two, 0)
    assert searched() == 30
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        silent = fs.S3FileSystem(
            access_key="key",
            secret_key="secret",
            region="eu-west-2",
            scheme="http",
            endpoint_override=f"127.0.0.1:{nobody.getsockname()[1]}",
            connect_timeout=1,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=1),
        )
    monkeypatch.setattr(remote_releases, "_files", lambda _: silent)

    assert searched() == 30
    monkeypatch.setattr(remote_releases, "_PATIENCE", 0)
    time.sleep(0.3)
    with pytest.raises(ReleaseError, match="cannot be reached"):
        searched()


@pytest.mark.parametrize(
    ("address", "unset", "said"),
    [
        ("s3://figures/x", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY set as well"),
        ("s3://", "", "s3://bucket/prefix"),
        ("http://figures/x", "", "s3://bucket/prefix"),
    ],
)
def test_what_is_missing_is_said(server, monkeypatch, address, unset, said):
    monkeypatch.setenv("LOTI_RELEASES", address)
    if unset:
        monkeypatch.delenv(unset)
    with pytest.raises(LotiError, match=said):
        config.releases()


def test_the_secret_is_in_no_words(server):
    assert "planted" not in repr(config.object_store())
