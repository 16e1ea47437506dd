"""How long the server takes for a page, and how many visitors it stands, beside a bare page.

Asked over Streamlit's agent interface, which draws a page as for a browser and answers when it
is done. The bare page has one heading and one plotly chart, as Streamlit ships it. Both servers
run at once and are asked in turn; of many visitors, those of one server at a time.
"""

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from loti_dash import config, releases, serving
from loti_dash.agents import OPTIONS, Ask, Load, load, visitor
from loti_dash.bench_lines import Figures, Line
from loti_dash.serving import BARE, Served
from loti_dash.store import Store

PAGES = (
    "home justice care housing employment borough group stages upload data methods accessibility"
).split()
DOMAIN = "housing"
VISITORS = (1, 10, 50)
QUICK = {"repeats": 3, "new": 3, "seconds": 1.0, "rounds": 1, "visitors": (1, 3)}
INDICATOR = "homelessness_duty_owed"


def measure(
    repeats: int = 15,
    new: int = 60,
    seconds: float = 4.0,
    rounds: int = 3,
    visitors: tuple[int, ...] = VISITORS,
) -> Figures:
    """Return seconds and bytes of each page, and what both servers stand from many visitors.

    Medians of `repeats` for each page, of `new` selections that nobody opened before, and of
    `rounds` in which visitors ask each server for some seconds.
    """
    store = releases.open_()
    with (
        TemporaryDirectory() as folder,
        serving.served(serving.script(Path(folder), BARE), *OPTIONS) as bare,
        serving.served(config.ROOT / "app.py", *OPTIONS) as ours,
    ):
        found: Figures = {"release": store.release}
        found |= _each_page(bare, ours, repeats)
        found |= _new(bare, ours, store, new)
        for many in visitors:
            found |= _many(bare, ours, many, seconds, rounds)
    return found


def lines(of: Figures) -> list[Line]:
    """Return how near the aims are."""
    most = max(int(name.split()[0]) for name in of if name.endswith("visitors, ours: a second"))
    bare = float(of["bare: repeated, s"])
    again, new = float(of[f"{DOMAIN}: repeated, s"]), float(of["new selection, s"])
    places = float(of["new area, s"])
    said = [
        Line("repeated view", again, bare, float(of["repeated / bare"]), 0.6),
        Line("new selection", new, bare, float(of["new selection / bare"]), 1.2),
        Line("new area of the same figures", places, bare, float(of["new area / bare"]), 1.2),
        Line(
            f"{most} visitors, answers a second",
            float(of[f"{most} visitors, ours: a second"]),
            float(of[f"{most} visitors, bare: a second"]),
            float(of[f"{most} visitors: throughput, ours / bare"]),
            1.5,
            unit="",
            at_least=True,
        ),
        Line(
            f"{most} visitors, 95 in 100 within",
            float(of[f"{most} visitors, ours: 95 in 100 within, s"]),
            float(of[f"{most} visitors, bare: 95 in 100 within, s"]),
            float(of[f"{most} visitors: 95 in 100 within, ours / bare"]),
            1.0,
        ),
    ]
    return [Line(**(line.__dict__ | {"beside": "bare page"})) for line in said]


def _each_page(bare: Served, ours: Served, repeats: int) -> Figures:
    """Return the first and the repeated view of each page; the bare one takes turns with each."""
    plain = visitor(bare.address)
    first = plain()
    found: Figures = {"bare: first, s": first.seconds, "bare: bytes": first.size}
    beside: list[float] = []
    for page in PAGES:
        ask = visitor(ours.address)
        first = ask("" if page == "home" else page)
        both = [(ask().seconds, plain().seconds) for _ in range(repeats)]
        beside += [seconds for _, seconds in both]
        found |= {
            f"{page}: first, s": first.seconds,
            f"{page}: repeated, s": median(seconds for seconds, _ in both),
            f"{page}: bytes": first.size,
        }
        if page == DOMAIN:
            found["repeated / bare"] = median(o / b for o, b in both)
    return found | {"bare: repeated, s": median(beside)}


def _new(bare: Served, ours: Served, store: Store, many: int) -> Figures:
    """Return the time of views that nobody opened before: of all there is, and of other areas."""
    plain, ask = visitor(bare.address), visitor(ours.address)
    plain()
    ask(DOMAIN)
    domains = {id_: each.domain for id_, each in store.catalogue.indicators.items()}
    choices = store.choices.sample(frac=1, random_state=1).to_dict("records")
    drawn = [
        (
            domains[str(choice["indicator_id"])],
            {
                "indicator": str(choice["indicator_id"]),
                "area": str(choice["area_code"]),
                "period": str(choice["period_id"]),
                "classification": str(choice["level"]),
            },
        )
        for choice in choices[:many]
    ]
    areas = sorted(store.choices.loc[store.choices["indicator_id"] == INDICATOR, "area_code"])
    areas = random.Random(1).sample(sorted(set(areas)), min(many, len(set(areas))))
    there = [(DOMAIN, {"indicator": INDICATOR, "area": area}) for area in areas]
    return _beside("new selection", drawn, ask, plain) | _beside("new area", there, ask, plain)


def _beside(
    name: str, views: Iterable[tuple[str, dict[str, str]]], ask: Ask, plain: Ask
) -> Figures:
    both = [(ask(page, choices).seconds, plain().seconds) for page, choices in views]
    return {
        f"{name}, s": median(seconds for seconds, _ in both),
        f"{name} / bare": median(seconds / beside for seconds, beside in both),
    }


def _many(bare: Served, ours: Served, many: int, seconds: float, rounds: int) -> Figures:
    """Return answers a second and how late they are, with so many visitors at once.

    Ours look at the same figures, each at a borough, again and again.
    """
    name = f"{many} visitors"
    sides: dict[str, tuple[Served, Callable[[int], Ask]]] = {
        "bare": (bare, lambda _: _arrived(bare.address)),
        "ours": (ours, lambda n: _arrived(ours.address, f"E090000{2 + n % 32:02}")),
    }
    here = {side: [arrive(n) for n in range(many)] for side, (_, arrive) in sides.items()}
    stood: dict[str, list[Load]] = {side: [] for side in sides}
    found: Figures = {}
    for side, (served, _) in sides.items():
        found[f"{name}, {side}: memory of the server, MB"] = served.memory() / 1e6
    busy = {side: served.processor_seconds() for side, (served, _) in sides.items()}
    for _ in range(rounds):
        for side in sides:
            stood[side].append(load(here[side], seconds))
    for side, (served, _) in sides.items():
        answers = sum(len(each.answers) for each in stood[side])
        found |= {
            f"{name}, {side}: a second": median(each.throughput for each in stood[side]),
            f"{name}, {side}: 95 in 100 within, s": median(each.late for each in stood[side]),
            f"{name}, {side}: processor, s an answer": (served.processor_seconds() - busy[side])
            / answers,
        }
    pairs = list(zip(stood["ours"], stood["bare"], strict=True))
    found[f"{name}: throughput, ours / bare"] = median(
        o.throughput / b.throughput for o, b in pairs
    )
    found[f"{name}: 95 in 100 within, ours / bare"] = median(o.late / b.late for o, b in pairs)
    return found


def _arrived(address: str, area: str = "") -> Ask:
    """Return a visitor who has opened the page."""
    ask = visitor(address)
    if area:
        ask(DOMAIN, {"indicator": INDICATOR, "area": area})
    else:
        ask()
    return ask
