"""How long a shared view takes to open, beside a bare Streamlit page, and a pack of it to make.

The bare page has one heading and one plotly chart. The shared view has five items, of the release
that is current. Both are visited in turn, as in the benchmark of pages. What is shared here is
kept in a folder that is gone afterwards.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from loti_dash import config, releases, serving, visits
from loti_dash.access import Viewer
from loti_dash.export.pack import docx, html, pdf
from loti_dash.shares import board_pack, changes, making, opening
from loti_dash.shares.making import Draft
from loti_dash.views import View
from loti_dash.visits import Visit

AIM = 1.3
ROUNDS = 7
INDICATOR, PERIOD = "homelessness_duty_owed", "2025-Q3"
AREAS = ("E09000012", "E09000014", "E09000022", "E09000025", "E09000030")


def measure(rounds: int = ROUNDS) -> dict[str, float | int | str]:
    """Return the medians of visits to both pages, how many times longer ours takes, and packs."""
    store = releases.open_()
    with TemporaryDirectory() as folder, _state_in(Path(folder)):
        id_ = _link(store.release)
        packs = {
            f"pack of five items, {name}, s": _seconds(make, id_)
            for name, make in (("Word", docx), ("PDF", pdf), ("web page", html))
        }
        script = serving.script(Path(folder), serving.BARE)
        with (
            serving.served(script) as (bare, _),
            serving.served(config.ROOT / "app.py") as (app, _),
            visits.chromium() as browser,
        ):
            both = (bare, f"{app}/board?share={id_}")
            first = [visits.twice(browser, address)[0] for address in both]
            new = [[visits.twice(browser, each)[0] for each in both] for _ in range(rounds)]
    return {"release": store.release, "rounds": rounds, **packs, **figures(first, new)}


def figures(
    first: Sequence[Visit], new: Sequence[Sequence[Visit]]
) -> dict[str, float | int | str]:
    """Return medians by name, and the medians of ratios of visits in the same round.

    In each round of `new`, as in `first`, are a visit to the bare page and one to ours.
    """
    found: dict[str, float | int | str] = {}
    for place, name in enumerate(("bare", "shared view")):
        of = [each[place] for each in new]
        found[f"{name}: headline, s"] = median(each.headline for each in of)
        found[f"{name}: all drawn, s"] = median(each.drawn for each in of)
        found[f"{name}: received, kB"] = median(each.received for each in of) / 1000
        found[f"{name}, first after start: headline, s"] = first[place].headline
    for what, words in (("headline", "headline"), ("drawn", "all drawn")):
        ratios = [getattr(each[1], what) / getattr(each[0], what) for each in new]
        found[f"ours / bare, {words} (aim: at most {AIM})"] = float(median(ratios))
    return found


def _link(release: str) -> str:
    """Return the id of a link to five items."""
    views = tuple(
        View.at(
            "housing",
            {
                "indicator": INDICATOR,
                "area": area,
                "period": PERIOD,
                "group": "black",
                "reference": "white",
                "classification": "5",
                "release": release,
            },
        )
        for area in AREAS
    )
    draft = Draft("Five boroughs", views, "Sent to see how long it takes.")
    tomorrow = datetime.now(UTC).date() + timedelta(1)
    return making.share(Viewer("benchmark", frozenset({"viewer"})), draft, tomorrow, "/")


def _seconds(make: Callable[..., str | bytes], id_: str) -> float:
    """Return how long a pack takes, from the opening of the link to the whole file."""
    before = time.perf_counter()
    of = opening.opened(id_)
    since = changes.since(of.sent, releases.open_())
    make(board_pack.pack_of(of.sent, since, of.withdrawn, "/board", of.sent.day))
    return time.perf_counter() - before


@contextmanager
def _state_in(folder: Path) -> Iterator[None]:
    """Keep what people write in a folder, and not where it is kept otherwise."""
    before = os.environ.get("LOTI_DATABASE_URL")
    os.environ["LOTI_DATABASE_URL"] = f"sqlite:///{folder / 'state.sqlite'}"
    try:
        yield
    finally:
        os.environ.pop("LOTI_DATABASE_URL")
        if before is not None:
            os.environ["LOTI_DATABASE_URL"] = before
