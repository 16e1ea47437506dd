"""H-CLIC tables beside their own totals: groups to areas, boroughs to London.

Boroughs are published unrounded, so their 18 groups and Not known must make their total to the
household. London and England are rounded to 10, part by part. London includes estimates for
boroughs that sent nothing, so what the others sent may fall short, by as much as it likes.
"""

from collections.abc import Iterator

from loti_dash.ingest.hclic_headings import NOT_KNOWN, TOTAL
from loti_dash.ingest.hclic_sheet import Table
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.ingest.reading import Total

HALF = 5  # what rounding to 10 moves a figure by at most

Figures = dict[str, float]


def compare(table: Table, where: str) -> tuple[list[Total], list[str]]:
    """Return sums beside published totals, and a line for each published sum not to be trusted.

    In July to September 2020 the four White groups are up to four households more than the
    published sum "White" of a borough. They make the borough's total, and the sums of the five
    do not: so that sum is wrong and its groups are right.
    """
    wide = table.cells.pivot(index="area_code", columns="group_code", values="value")
    whole: dict[str, Figures] = wide.dropna().to_dict("index")  # type: ignore[assignment]
    by_area = [_groups(figures, area, table, where) for area, figures in whole.items()]
    boroughs = [total for area, total in zip(whole, by_area, strict=True) if area in AUTHORITIES]
    totals = [
        Total(
            f"{where}, groups of {len(boroughs)} boroughs",
            sum(each.ours for each in boroughs),
            sum(each.published for each in boroughs),
        ),
        _london(table, wide[TOTAL].to_dict(), where),  # type: ignore[arg-type]
        *(each for each in by_area if each not in boroughs or not each.reconciles),
    ]
    untrue: dict[str, list[float]] = {}
    for area, figures in whole.items():
        five = [group for group in figures if "_" not in group and group != TOTAL]
        for total in _sums(figures, five, area, table, where):
            sums = sum(figures[group] for group in (*five, NOT_KNOWN))
            contradictory = abs(sums - figures[TOTAL]) > _slack(area, len(five) + 1)
            if contradictory and _groups(figures, area, table, where).reconciles:
                untrue.setdefault(total.what, []).append(abs(total.ours - total.published))
            else:
                totals.append(total)
    return totals, [
        f"{what}: differs from its groups in {len(by)} areas, by up to {max(by):,.0f}; the "
        "groups make the published totals and the sums do not, so the groups are used"
        for what, by in untrue.items()
    ]


def _groups(figures: Figures, area: str, table: Table, where: str) -> Total:
    """Return the 18 groups and Not known of an area beside its total."""
    parts = [value for group, value in figures.items() if "_" in group]
    what = f"{where}, groups of {table.names[area]}"
    return Total(what, sum(parts), figures[TOTAL], _slack(area, len(parts)))


def _sums(
    figures: Figures, five: list[str], area: str, table: Table, where: str
) -> Iterator[Total]:
    """Yield those published sums of an area that are not the sums of their groups."""
    for group in five:
        parts = [value for name, value in figures.items() if name.startswith(f"{group}_")]
        total = Total(
            f"{where}, published sum {group!r}",
            sum(parts),
            figures[group],
            _slack(area, len(parts)),
        )
        if not total.reconciles:
            yield total


def _london(table: Table, of_area: dict[str, float], where: str) -> Total:
    sent = [of_area[area] for area in AUTHORITIES if of_area[area] == of_area[area]]
    silent = [table.names[area] for area in AUTHORITIES if of_area[area] != of_area[area]]
    return Total(
        f"{where}, boroughs and London",
        sum(sent),
        of_area[LONDON],
        HALF,
        expected_short=f"did not submit: {', '.join(silent)}" if silent else "",
    )


def _slack(area: str, figures: int) -> float:
    """Return how far apart rounding can bring the sum of so many figures and its total."""
    return 0 if area in AUTHORITIES else HALF * (figures + 1)
