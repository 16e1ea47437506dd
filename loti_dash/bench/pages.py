"""How long the first view of a page takes in a new browser, beside a bare Streamlit page.

The bare page has one heading and one plotly chart. Both servers run on this machine with the same
settings, and are visited in turn by a Chromium without a window, each time in a context of its
own: no cookies, an empty cache. Seconds are counted in the page, from the start of navigation.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from loti_dash import config, releases, visits
from loti_dash.visits import Visit

PATH = "/housing"
AIM = 1.5
ROUNDS = 7
# A view that nobody has opened before: another borough each time.
AREAS = [f"E090000{n:02}" for n in range(2, 34)]
INDICATOR = "homelessness_duty_owed"
BARE = """import plotly.graph_objects as go
import streamlit as st

st.header("A bare page")
st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[1, 3, 2])))
"""


def measure(rounds: int = ROUNDS) -> dict[str, float | int | str]:
    """Return the medians of visits to both pages, and how many times longer ours takes.

    The first visit to each after its start is told apart. Then each round opens in turn, in new
    browsers, the bare page, ours, and ours at a borough that nobody has opened before; and each
    once more in the browser that has been there.
    """
    release = releases.open_().release
    with TemporaryDirectory() as folder:
        script = Path(folder) / "bare.py"
        script.write_text(BARE, encoding="utf-8")
        shutil.copytree(config.ROOT / ".streamlit", script.parent / ".streamlit")
        with (
            visits.served(script) as bare,
            visits.served(config.ROOT / "app.py") as app,
            visits.chromium() as browser,
        ):
            first = [visits.twice(browser, address)[0] for address in (bare, app + PATH)]
            new, again = [], []
            for turn in range(rounds):
                other = f"?indicator={INDICATOR}&area={AREAS[turn % len(AREAS)]}"
                addresses = [bare, app + PATH, app + PATH + other]
                both = [visits.twice(browser, address) for address in addresses]
                new.append([visit for visit, _ in both])
                again.append([visit for _, visit in both])
    return {"release": release, "rounds": rounds, **figures(first, new, again)}


def figures(
    first: Sequence[Visit], new: Sequence[Sequence[Visit]], again: Sequence[Sequence[Visit]]
) -> dict[str, float | int | str]:
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
    found: dict[str, float | int | str] = {}
    for name, of in sets.items():
        found[f"{name}: headline, s"] = median(each.headline for each in of)
        found[f"{name}: last chart, s"] = median(each.drawn for each in of)
        found[f"{name}: received, kB"] = median(each.received for each in of) / 1000
    for what, words in (("headline", "headline"), ("drawn", "last chart")):
        found |= {
            f"ours / bare, {words} (aim: at most {AIM})": _times(what, 1, new),
            f"ours / bare, {words}, not opened before": _times(what, 2, new),
            f"ours / bare, {words}, browser was there": _times(what, 1, again),
        }
    return found


def _times(what: str, place: int, of: Sequence[Sequence[Visit]]) -> float:
    return float(median(getattr(each[place], what) / getattr(each[0], what) for each in of))
