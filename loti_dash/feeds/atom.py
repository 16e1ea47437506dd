"""What to look at as a feed (Atom, RFC 4287): an entry for each release that followed another.

Written with Python's own XML, which escapes what it is given: a feed is a few elements.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time
from uuid import UUID, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from loti_dash import config, profile_tables, releases
from loti_dash.errors import LotiError, UnknownCode
from loti_dash.looking import beware, evidence, pairs, texts
from loti_dash.looking.answer import Answer, answer
from loti_dash.server import logs
from loti_dash.store import Store

# The newest so many steps from one release to the next: readers of feeds keep the earlier ones.
MOST_ENTRIES = 10
# More changes of a kind than these are on the page.
MOST_CHANGES = 20
ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
# Ours for good: what an entry is called must not depend on the server that serves it.
_OURS = UUID("4d7c8a52-3f0e-5b69-9a41-6f2f5c0e8b17")
_PRODUCT = "London disproportionality dashboard"
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OWN = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?")

ElementTree.register_namespace("", ATOM)
ElementTree.register_namespace("xhtml", XHTML)


def feed(area: str, base: str) -> bytes:
    """Return the feed of an area. `base` is the address of the dashboard, with a slash at the end.

    Raises UnknownCode for an area without figures in the newest two releases, LotiError where
    releases cannot be read.
    """
    steps = [tuple(map(releases.open_, each)) for each in pairs.pairs(config.releases())]
    current = releases.open_()
    # Where there is but one release, it is set beside itself: places have names all the same.
    known = evidence.areas(*(steps[0] if steps else (current, current)))
    if area not in known:
        raise UnknownCode("area", area, known)
    root = _element(None, "feed")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en-GB")
    _element(root, "id", _id("feed", area))
    _element(root, "title", f"What changed in the evidence: {known[area]}")
    entries = [
        _entry(base, area, known[area], *step)
        for step in steps[:MOST_ENTRIES]
        if area in evidence.areas(*step)
    ]
    moments = [entry.findtext(f"{{{ATOM}}}updated", "") for entry in entries]
    _element(root, "updated", max([*moments, _changed_on(current)]))
    _element(_element(root, "author"), "name", _PRODUCT)
    _link(root, "self", f"{base}feeds/{area}.atom", "application/atom+xml")
    _link(root, "alternate", f"{base}changed?area={area}", "text/html")
    root.extend(entries)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def serve(request: Request) -> Response:
    """Return the answer to a request for the feed of an area."""
    try:
        found = feed(request.path_params["area"], _base(request))
    except UnknownCode as error:
        return PlainTextResponse(f"{error}\n", 404)
    except LotiError as error:
        logs.write_cause("feed cannot read", error)
        return PlainTextResponse(f"{error}\n", 503)
    return Response(found, media_type="application/atom+xml")


def _base(request: Request) -> str:
    """Return what stands in front of each address in a feed.

    The name that a request asks for is anybody's word, and behind a proxy so is the scheme: it
    counts on the machine itself alone. Elsewhere, without LOTI_ADDRESS, addresses are relative
    to that of the feed.
    """
    if config.address():
        return config.address()
    own = _OWN.fullmatch(request.headers.get("host", ""))
    return str(request.base_url) if own else "../"


def _entry(base: str, area: str, name: str, before: Store, after: Store) -> Element:
    found = answer(before, after, area)
    entry = _element(None, "entry")
    _element(entry, "id", _id("entry", area, before.release, after.release))
    _element(entry, "title", f"{name}: {texts.title(found.looked)}")
    _element(entry, "updated", max(_changed_on(store) for store in (before, after)))
    two = f"since={before.release}&release={after.release}"
    _link(entry, "alternate", f"{base}changed?area={area}&{two}", "text/html")
    content = _element(entry, "content")
    content.set("type", "xhtml")
    _content(SubElement(content, f"{{{XHTML}}}div"), base, found)
    return entry


def _content(div: Element, base: str, found: Answer) -> None:
    """Write what changed, with links to the figures, and what to beware of."""
    of, (before, after) = found.looked, found.catalogues
    said = [texts.between_releases(of), texts.summary(after, of), *texts.looked_at(of)]
    _paragraphs(div, [*said, *texts.notices(of)])
    for kind in evidence.KINDS:
        changes = found.of(kind)
        if changes:
            _xhtml(div, "h2", texts.HEADINGS[kind])
            items = _xhtml(div, "ul")
        for change, moved in changes[:MOST_CHANGES]:
            said_of = texts.sentence(before, after, change, moved)
            item = _xhtml(items, "li", f"{said_of} ")
            of_row = before if change.after is None else after
            address = f"{base}{profile_tables.link(of_row, change.row)}"
            _xhtml(item, "a", "See the figure").set("href", address)
        if len(changes) > MOST_CHANGES:
            _paragraphs(div, [f"The page has all {len(changes):,} of them."])
    _paragraphs(div, beware.in_words(after, of, found.cautions))


def _changed_on(store: Store) -> str:
    """Return when a release was built, or figures of it were last taken back, as Atom has it."""
    built = store.query("build")["built_at"].iloc[0]
    moments = [built.to_pydatetime().replace(tzinfo=UTC)]
    # A notice has a day only: its end is later than whatever was built on it.
    moments += [datetime.combine(n.on, time.max, UTC) for n in store.withdrawn.values()]
    return f"{max(moments):%Y-%m-%dT%H:%M:%SZ}"


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid5(_OURS, ' '.join(parts))}"


def _paragraphs(div: Element, texts: Sequence[str]) -> None:
    for text in texts:
        _xhtml(div, "p", text)


def _xhtml(parent: Element, name: str, text: str = "") -> Element:
    return _written(SubElement(parent, f"{{{XHTML}}}{name}"), text)


def _element(parent: Element | None, name: str, text: str = "") -> Element:
    tag = f"{{{ATOM}}}{name}"
    return _written(Element(tag) if parent is None else SubElement(parent, tag), text)


def _link(parent: Element, rel: str, address: str, kind: str) -> None:
    link = _element(parent, "link")
    for key, value in {"rel": rel, "href": address, "type": kind}.items():
        link.set(key, value)


def _written(element: Element, text: str) -> Element:
    element.text = _UNWRITABLE.sub("", text) or None
    return element
