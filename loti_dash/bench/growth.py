"""How pages and builds bear a release of ten and a hundred times the real size.

The real figures are in it once more and again, as indicators of another domain, so the pages that
are asked for show the same as before. The pages of one area and of one group show every indicator
there is: they grow with what they show, and are not a part of this.
"""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from loti_dash import config, grown, serving
from loti_dash.agents import OPTIONS, Ask, visitor
from loti_dash.bench_lines import Figures, Line
from loti_dash.serving import Served

TIMES = (1, 10, 100)
PAGE, INDICATOR = "housing", "homelessness_duty_owed"
AIM = 1.3
QUICK = {"times": (1, 2), "views": 3}


def measure(times: tuple[int, ...] = TIMES, views: int = 31) -> Figures:
    """Return seconds of building, and of views that were and were not opened before.

    The servers of all sizes run at once and are asked in turn for the same views.
    """
    with TemporaryDirectory() as folder:
        found: Figures = {"figures": "the real ones, once more under other names: synthetic"}
        for many in times:
            home = Path(folder) / f"{many}"
            started = perf_counter()
            path = grown.release(home / "releases", many)
            found[f"{many} times: build, s"] = perf_counter() - started
            found[f"{many} times: file, MB"] = path.stat().st_size / 1e6
        found |= _pages(Path(folder), times, views)
    least, most = times[0], times[-1]
    by_size = float(found[f"{most} times: build, s"]) / float(found[f"{least} times: build, s"])
    return found | {"build, for each time the size": by_size / (most / least)}


def lines(of: Figures) -> list[Line]:
    """Return how near the aims are."""
    sizes = [int(name.split()[0]) for name in of if name.endswith("times: build, s")]
    least, most = min(sizes), max(sizes)

    def pair(what: str) -> tuple[float, float]:
        return float(of[f"{most} times: {what}"]), float(of[f"{least} times: {what}"])

    beside = f"{least} time" if least == 1 else f"{least} times"
    ratios = {what: float(of[f"{what}, {most} / {least}"]) for what in ("new view", "repeated")}
    return [
        *(
            Line(f"{what}, {most} times", *pair(f"{what}, s"), ratio, AIM, beside=beside)
            for what, ratio in ratios.items()
        ),
        Line(
            f"build, {most} times, for each time the size",
            *pair("build, s"),
            float(of["build, for each time the size"]),
            1.0,
            beside=beside,
        ),
    ]


def _pages(folder: Path, times: tuple[int, ...], views: int) -> Figures:
    """Return the seconds of views by size of release, and the ratios of most to least."""
    new: dict[int, list[float]] = {many: [] for many in times}
    again: dict[int, list[float]] = {many: [] for many in times}
    app = config.ROOT / "app.py"
    with serving.several([(app, OPTIONS, folder / f"{many}") for many in times]) as servers:
        asking = {many: _opened(served) for many, served in zip(times, servers, strict=True)}
        for n in range(views):
            view = {"indicator": INDICATOR, "area": f"E090000{2 + n % 32:02}"}
            for many, ask in asking.items():
                new[many].append(ask(PAGE, view).seconds)
            for many, ask in asking.items():
                again[many].append(ask().seconds)
    found: Figures = {}
    for many in times:
        found[f"{many} times: new view, s"] = median(new[many])
        found[f"{many} times: repeated, s"] = median(again[many])
    least, most = times[0], times[-1]
    for what, of in (("new view", new), ("repeated", again)):
        found[f"{what}, {most} / {least}"] = median(
            m / one for m, one in zip(of[most], of[least], strict=True)
        )
    return found


def _opened(served: Served) -> Ask:
    """Return a visitor who has opened the page, which takes longest the first time."""
    ask = visitor(served.address)
    ask(PAGE)
    ask()
    return ask
