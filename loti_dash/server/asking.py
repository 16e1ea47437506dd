"""Who asks, and over what: behind proxies, only what a trusted one says counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from starlette.datastructures import Headers
from starlette.types import Scope

from loti_dash.config import Network

# By these a proxy says for whom it asks.
_FORWARDED = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-real-ip", "forwarded")


@dataclass(frozen=True)
class Asking:
    """One request's origin: its address, whether the line is encrypted, and without a proxy."""

    address: str
    secure: bool
    direct: bool


def asking(scope: Scope, proxies: Sequence[Network]) -> Asking:
    """Return who asks.

    uvicorn has already taken the word of a proxy on this machine. For that to count as an
    encrypted line, a proxy must be named in the settings.
    """
    headers = Headers(scope=scope)
    address = str((scope.get("client") or ("", 0))[0])
    scheme = str(scope.get("scheme", "http"))
    direct = not any(name in headers for name in _FORWARDED)
    if within(address, proxies):
        # A header may come in several lines, which are one list.
        chain = ",".join(headers.getlist("x-forwarded-for")).split(",")
        bare = [_without_port(each.strip()) for each in chain if each.strip()]
        others = [each for each in bare if not within(each, proxies)]
        # What is no address is nobody's: then it is the proxy that asks.
        address = (others[-1] if others else "") or address
        schemes = ",".join(headers.getlist("x-forwarded-proto")) or scheme
        scheme = schemes.split(",")[-1].strip().lower()
    encrypted = scheme in ("https", "wss") and (direct or bool(proxies))
    return Asking(address, encrypted, direct)


def _without_port(text: str) -> str:
    """Return the address in a text such as 192.0.2.1:5 or [::1]:5, or "" where there is none."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


def within(address: str, networks: Sequence[Network]) -> bool:
    """Return whether an address is in one of some networks; what is no address is in none."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return any(found in network for network in networks)
