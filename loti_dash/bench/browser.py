"""How long the first view of a page takes in a new browser, beside a bare Streamlit page.

The bare page has one heading and one plotly chart, as Streamlit ships it. Both servers run on this
machine, and are visited in turn by a Chromium without a window, each time in a context of its
own: no cookies, an empty cache. Seconds are counted in the page, from the start of navigation.
"""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from loti_dash import config, releases, serving, visits
from loti_dash.bench_lines import Figures, Line
from loti_dash.serving import BARE
from loti_dash.visits import Visit

PATH = "/housing"
AIM, AIM_SENT = 1.5, 1.3
ROUNDS = 7
# A view that nobody has opened before: another borough each time.
AREAS = [f"E090000{n:02}" for n in range(2, 34)]
INDICATOR = "homelessness_duty_owed"
QUICK = {"rounds": 1}


def measure(rounds: int = ROUNDS) -> Figures:
    """Return the medians of visits to both pages, and how many times longer ours takes.

    The first visit to each, as soon as it listens, is told apart. Then each round opens in turn,
    in new browsers, the bare page, ours, and ours at a borough that nobody has opened before; and
    each once more in the browser that has been there.
    """
    release = releases.open_().release
    with TemporaryDirectory() as folder, visits.chromium() as browser:
        script = serving.script(Path(folder), BARE)
        first = [_first(browser, script, ""), _first(browser, config.ROOT / "app.py", PATH)]
        new, again = _rounds(browser, script, rounds)
    return {"release": release, "rounds": rounds, **figures(first, new, again)}


def _first(browser: Browser, page: Path, path: str) -> Visit:
    """Return the first visit to a server, as soon as it listens."""
    with serving.served(page) as (address, _):
        return visits.twice(browser, address + path)[0]


def _rounds(
    browser: Browser, script: Path, rounds: int
) -> tuple[list[list[Visit]], list[list[Visit]]]:
    """Return visits in new browsers, and in browsers that were there, to both pages in turn."""
    new, again = [], []
    with (
        serving.served(script) as (bare, _),
        serving.served(config.ROOT / "app.py") as (app, _),
    ):
        for address in (bare, app + PATH):
            visits.twice(browser, address)
        for turn in range(rounds):
            other = f"?indicator={INDICATOR}&area={AREAS[turn % len(AREAS)]}"
            addresses = [bare, app + PATH, app + PATH + other]
            both = [visits.twice(browser, address) for address in addresses]
            new.append([visit for visit, _ in both])
            again.append([visit for _, visit in both])
    return new, again


def figures(
    first: Sequence[Visit], new: Sequence[Sequence[Visit]], again: Sequence[Sequence[Visit]]
) -> Figures:
    """Return medians by name, and the medians of ratios of visits in the same round.

    In each round of `new` and `again` are visits to the bare page, ours, and another borough.
    """
    sets = {
        "new browser, bare": [each[0] for each in new],
        "new browser, ours": [each[1] for each in new],
        "new browser, not opened before": [each[2] for each in new],
        "browser was there, bare": [each[0] for each in again],
        "browser was there, ours": [each[1] for each in again],
        "first after start, bare": [first[0]],
        "first after start, ours": [first[1]],
    }
    found: Figures = {}
    for name, of in sets.items():
        found[f"{name}: headline, s"] = median(each.headline for each in of)
        found[f"{name}: last chart, s"] = median(each.drawn for each in of)
        found[f"{name}: received, kB"] = median(each.received for each in of) / 1000
    for what, words in (("headline", "headline"), ("drawn", "last chart")):
        found |= {
            f"ours / bare, {words}": _times(what, 1, new),
            f"ours / bare, {words}, not opened before": _times(what, 2, new),
            f"ours / bare, {words}, browser was there": _times(what, 1, again),
        }
    found["ours / bare, first after start, last chart"] = first[1].drawn / first[0].drawn
    found["ours / bare, received"] = _times("received", 1, new)
    return found


def lines(of: Figures) -> list[Line]:
    """Return how near the aims are: cold is a new browser, warm one that was there before."""

    def line(what: str, set_: str, name: str, ratio: str) -> Line:
        ours, bare = (float(of[f"{set_}, {side}: {name}, s"]) for side in ("ours", "bare"))
        return Line(what, ours, bare, float(of[ratio]), AIM, beside="bare page")

    new, warm, first = "new browser", "browser was there", "first after start"
    sent = float(of[f"{new}, ours: received, kB"]), float(of[f"{new}, bare: received, kB"])
    ratio_sent = float(of["ours / bare, received"])
    return [
        line("cold, headline", new, "headline", "ours / bare, headline"),
        line("cold, last chart", new, "last chart", "ours / bare, last chart"),
        line("warm, headline", warm, "headline", "ours / bare, headline, browser was there"),
        line("warm, last chart", warm, "last chart", "ours / bare, last chart, browser was there"),
        line(
            "first visit after a start, last chart",
            first,
            "last chart",
            "ours / bare, first after start, last chart",
        ),
        Line("sent for /housing", *sent, ratio_sent, AIM_SENT, "kB", "bare page"),
    ]


def _times(what: str, place: int, of: Sequence[Sequence[Visit]]) -> float:
    return float(median(getattr(each[place], what) / getattr(each[0], what) for each in of))
