"""What must be right before the server starts: it refuses rather than open a door."""

import base64
import hashlib
import re
from collections.abc import Mapping
from ipaddress import ip_network

from loti_dash import config
from loti_dash.errors import LotiError
from loti_dash.server.asking import within

_LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))


def raise_unless_safe(address: str | None, trusted_headers: Mapping[str, str] | str) -> None:
    """Raise LotiError unless the server may start at an address, with the settings as they are.

    A workbench gives every role to whoever reaches it, so only its own machine may.
    `trusted_headers` are Streamlit's server.trustedUserHeaders, by which anybody could say who
    they are.
    """
    # Else each feed and answer would say so, and the server would not.
    config.address()
    at = address or "0.0.0.0"
    if config.mode() == "workbench" and at != "localhost" and not within(at, _LOOPBACK):
        raise LotiError(
            f"LOTI_MODE is workbench and the server would listen at {at}. Whoever reaches a "
            "workbench may do everything: set server.address to 127.0.0.1, or LOTI_MODE to public."
        )
    if trusted_headers:
        raise LotiError(
            "server.trustedUserHeaders is set: anybody could say who they are. Take it out; "
            "people sign in with OpenID Connect."
        )


def hashes(page: str) -> tuple[str, ...]:
    """Return the hashes of the scripts that stand in a page, for its content security policy.

    >>> hashes("<script>a</script><script src='x.js'></script>")
    ("'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='",)
    """
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [hashlib.sha256(script.encode()).digest() for script in scripts]
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
