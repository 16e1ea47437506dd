"""What was asked for, as it may be written down: the part of the server, never the whole path.

A path may hold the id of a visit, of an upload or of a shared view.
"""

from loti_dash import config

API = "/api/v1/"
_OURS = (
    "healthz",
    "metrics",
    "auth",
    "oauth2callback",
    "media",
    "static",
    "component",
    "app",
    "feeds",
)
_STREAMLIT = (
    "health",
    "stream",
    "metrics",
    "host-config",
    "upload_file",
    "agent",
    "bidi-components",
    "script-health-check",
)
_API = ("indicators", "compare", "releases", "openapi.json", "compare-metadata.json")
_PAGES = frozenset(path.stem for path in (config.ROOT / "pages").glob("*.py"))


def place(path: str) -> str:
    """Return the part of the server that a path leads to: one of a short list.

    >>> place("/_stcore/upload_file/somebody/something"), place("/housing"), place("/x.php")
    ('/_stcore/upload_file', '/housing', 'other')
    """
    parts = path.strip("/").split("/")
    if path.startswith(API):
        name = path.removeprefix(API)
        return path if name in _API else API + "other"
    if parts[0] == "_stcore":
        return f"/_stcore/{parts[1]}" if parts[1:] and parts[1] in _STREAMLIT else "other"
    if parts == [""]:
        return "/"
    known = parts[0] in _OURS or (parts[0] in _PAGES and len(parts) == 1)
    return f"/{parts[0]}" if known else "other"


def machine_readable(path: str) -> bool:
    """Return whether a path leads to something that programs read, not to a page."""
    return path.startswith(("/api/", "/feeds/")) or path in ("/healthz", "/metrics")
