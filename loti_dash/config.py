"""Everything read from the environment, and where the project's own files are."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from loti_dash.errors import LotiError

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
CATALOGUE = DATA / "catalogue"
OBSERVATIONS = DATA / "observations"
BOUNDARIES = DATA / "boundaries"
MODES = ("public", "workbench")
ENGINES = ("duckdb", "spark")
_NEEDED = ("REGION", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
_OF_STORES = (*_NEEDED, "SESSION_TOKEN", "ENDPOINT_URL")
Network = IPv4Network | IPv6Network
_LOOPBACK = "127.0.0.0/8 ::1"
_HOST = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]", re.IGNORECASE)
_SITE = re.compile(
    r"https://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?|http://localhost(:\d+)?|'self'",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~-]+)*/?")


def home() -> Path:
    """Return the folder of releases and state: LOTI_HOME, or var beside the package."""
    return Path(os.environ.get("LOTI_HOME") or ROOT / "var")


def releases() -> Path:
    """Return the folder of releases: LOTI_RELEASES, or releases under the home folder.

    Where LOTI_RELEASES is an object store, it is the folder that has its small files.
    """
    store = object_store()
    if store:
        return home() / "of_object_store" / re.sub(r"\W+", "-", f"{store.endpoint} {store.place}")
    return Path(os.environ.get("LOTI_RELEASES") or home() / "releases")


@dataclass(frozen=True)
class ObjectStore:
    """Where releases are objects: `place` is bucket/prefix; the rest is as for every S3 client."""

    place: str
    endpoint: str
    region: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    token: str = field(repr=False)


def object_store() -> ObjectStore | None:
    """Return the object store that LOTI_RELEASES names as s3://bucket/prefix, or None.

    Region, address and credentials are those of AWS_REGION, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN. Raises LotiError where one of them is missing.
    """
    scheme, found, place = os.environ.get("LOTI_RELEASES", "").partition("://")
    if not found:
        return None
    given = {name: os.environ.get(f"AWS_{name}", "") for name in _OF_STORES}
    missing = [f"AWS_{name}" for name in _NEEDED if not given[name]]
    if scheme != "s3" or not place.strip("/") or missing:
        raise LotiError(
            f"LOTI_RELEASES is {scheme}://{place}; it may be a folder or s3://bucket/prefix, with "
            f"{', '.join(missing or ['a bucket'])} set as well."
        )
    endpoint = given["ENDPOINT_URL"] or f"https://s3.{given['REGION']}.amazonaws.com"
    credentials = given["ACCESS_KEY_ID"], given["SECRET_ACCESS_KEY"], given["SESSION_TOKEN"]
    return ObjectStore(place.strip("/"), endpoint.rstrip("/"), given["REGION"], *credentials)


def engine() -> str:
    """Return what counts records: LOTI_ENGINE, duckdb or spark. Raises LotiError for another."""
    found = os.environ.get("LOTI_ENGINE") or "duckdb"
    if found not in ENGINES:
        raise LotiError(f"LOTI_ENGINE is {found!r}; it may be {' or '.join(ENGINES)}")
    return found


def database_url() -> str:
    """Return the address of the database of state: LOTI_DATABASE_URL, or SQLite at home."""
    return os.environ.get("LOTI_DATABASE_URL") or f"sqlite:///{home() / 'state.sqlite'}"


def address() -> str:
    """Return where everybody finds the dashboard, with a slash at the end: LOTI_ADDRESS, or "".

    Raises LotiError for what is no address.
    """
    found = os.environ.get("LOTI_ADDRESS") or ""
    if found and not _ADDRESS.fullmatch(found):
        raise LotiError(
            f"LOTI_ADDRESS is {found!r}; it may be an address such as https://council.example/"
        )
    return f"{found.rstrip('/')}/" if found else ""


def mode() -> str:
    """Return how this runs: LOTI_MODE, public or workbench. Raises LotiError for another."""
    found = os.environ.get("LOTI_MODE") or "public"
    if found not in MODES:
        raise LotiError(f"LOTI_MODE is {found!r}; it may be {' or '.join(MODES)}")
    return found


def hosts() -> tuple[str, ...]:
    """Return the names that this server answers to: LOTI_HOSTS. Empty means any name.

    `*.council.example` stands for every name below council.example.
    """
    return _listed("LOTI_HOSTS", _HOST, "names of hosts, such as dashboard.council.example")


def frame_ancestors() -> tuple[str, ...]:
    """Return the sites that may show pages in a frame: LOTI_FRAME_ANCESTORS, or none."""
    return _listed("LOTI_FRAME_ANCESTORS", _SITE, "sites, such as https://www.council.example")


def proxies() -> tuple[Network, ...]:
    """Return the proxies whose word counts on who asks and how: LOTI_PROXIES, or none."""
    return _networks("LOTI_PROXIES", "")


def metrics_readers() -> tuple[Network, ...]:
    """Return from where /metrics may be read: LOTI_METRICS, or this machine."""
    return _networks("LOTI_METRICS", _LOOPBACK)


def requests_per_minute() -> int:
    """Return how often one address may ask the web API: LOTI_REQUESTS_PER_MINUTE, or 300."""
    found = os.environ.get("LOTI_REQUESTS_PER_MINUTE") or "300"
    if not found.isdecimal() or not int(found):
        raise LotiError(f"LOTI_REQUESTS_PER_MINUTE is {found!r}; it may be a whole number from 1")
    return int(found)


def _listed(name: str, one: re.Pattern[str], what: str) -> tuple[str, ...]:
    found = os.environ.get(name, "").replace(",", " ").split()
    for each in found:
        if not one.fullmatch(each):
            raise LotiError(f"{name} has {each!r}; it may be {what}, divided by blanks")
    return tuple(found)


def _networks(name: str, otherwise: str) -> tuple[Network, ...]:
    found: Iterable[str] = (os.environ.get(name) or otherwise).replace(",", " ").split()
    try:
        return tuple(ip_network(each) for each in found)
    except ValueError as error:
        raise LotiError(
            f"{name}: {error}. It may be addresses or networks, such as 10.0.0.0/8"
        ) from error
