"""A borough beside other places, in words and as tables.

Titles are messages. Two places are never compared by their intervals, but by the ratio of the
one to the other.
"""

from collections.abc import Sequence
from math import isnan

import pandas as pd

from loti_dash import tables
from loti_dash.alike import in_five, scores
from loti_dash.beside import Beside
from loti_dash.catalogue import Catalogue
from loti_dash.caveat_view import listed
from loti_dash.definitions import Indicator
from loti_dash.figures import SIGNS, between, percent, ratio
from loti_dash.neighbours import FIVE
from loti_dash.reference_texts import by_message
from loti_dash.wording import lower_first, place

_FAR = {
    "How far": "distance",
    "In ethnic groups": "in_groups",
    "In deprivation": "in_deprivation",
}
ALIKE = (
    "Nearness is half who lives there, half deprivation. Who lives there: how different the "
    "shares of the detailed ethnic groups of Census 2021 are (Hellinger's distance). Deprivation: "
    "how far apart the average scores of the Index of Multiple Deprivation 2025 are; a higher "
    "score is more deprived. Each is a multiple of its mean over all pairs of boroughs, so 1 is "
    "as far apart as two boroughs are on average; how far is the mean of the two. The City of "
    "London is near to none, because so few live there. Being alike in these two explains "
    "nothing: it is context beside a figure, never a cause."
)
_SAME = "The same figures are in the table below."
_ALL_LIMITS = "Ratio, lowest to highest with the unknown"
_LIMITS = "Lowest to highest with the unknown"


def title_of_rates(of: Beside) -> str:
    """Return the message of the chart of rates: in which places the group's rate is lower."""
    return f"{of.here['group']}: {_beside(of.rates, 'rate', of)}"


def title_of_ratios(of: Beside) -> str:
    """Return the message of the chart of ratios: in which places the disparity is another."""
    return f"{of.here['group']} compared with {of.here['reference']}: " + _beside(
        of.ratios, "ratio", of
    )


def alt(catalogue: Catalogue, indicator: Indicator, rows: pd.DataFrame, title: str) -> str:
    """Return the text that stands for a chart of places."""
    when = catalogue.period(indicator, str(rows["period"].iloc[0])).label
    numbers = [
        f"{row['area']} {ratio(row['ratio'], 2)}"
        + (f" ({limits})" if (limits := between(row["ratio_low"], row["ratio_high"], 2)) else "")
        for _, row in rows.iterrows()
        if not isnan(row["ratio"])
    ]
    told = f" How many times as large here as there: {'; '.join(numbers)}." if numbers else ""
    return f"Chart of places beside one another, {when}. {indicator.title}. {title}.{told} {_SAME}"


def table_of_rates(of: Beside, indicator: Indicator) -> pd.DataFrame:
    """Return the rate of the group here and in each place as a table for readers."""
    table = _table(of, of.rates, indicator)
    each = f"Rate for every {indicator.per:,}"
    shares = [percent(share) if not isnan(share) else "[x]" for share in _shares(of)]
    return table[["Times the rate there", "How sure", each, "Count", "Out of", _LIMITS]].assign(
        **{"Ethnicity not known": shares}
    )


def table_of_ratios(of: Beside, indicator: Indicator) -> pd.DataFrame:
    """Return the ratio of the group here and in each place as a table for readers."""
    table = _table(of, of.ratios, indicator).rename(
        columns={"Times the rate there": "Times the ratio there"}
    )
    both = pd.concat([of.here.to_frame().T, of.there], ignore_index=True)
    own = tables.named(both, indicator, "Place", _names(of))["Ratio"]
    reference = f"Ratio to {of.here['reference']}"
    table[reference] = own.to_list()
    return table[["Times the ratio there", "How sure", reference, _LIMITS]]


def of_two_ratios(of: Beside) -> str:
    """Return what to know of a ratio of two ratios: who is left out, and what higher means."""
    lines = []
    if of.contains:
        lines.append(
            "For this, the group itself is left out of those it is compared with, so that nobody "
            "is counted on both sides."
        )
    if of.here["ratio"] < 1 or (of.there["ratio"] < 1).any():
        lines.append("Of two ratios below 1, the higher is nearer to the same rate.")
    return " ".join(lines)


def table_of_neighbours(
    catalogue: Catalogue, area: str, near: pd.DataFrame, shares: pd.DataFrame
) -> pd.DataFrame:
    """Return an area and its five nearest: how far they are, who lives there, deprivation."""
    if near.empty:
        return pd.DataFrame()
    codes = [area, *near.index[:FIVE]]
    far = near.reindex(codes)
    table = pd.DataFrame(index=pd.Index([catalogue.areas[c].name for c in codes], name="Borough"))
    for head, column in _FAR.items():
        table[head] = ["[z]" if isnan(v) else ratio(v, 2) for v in far[column]]
    for group, of in in_five(catalogue, shares).loc[codes].items():
        table[f"% {catalogue.short_labels[str(group)]}"] = [ratio(100 * share) for share in of]
    table["Deprivation score"] = [ratio(score) for score in scores(catalogue, codes)]
    return table


def alike_sources(catalogue: Catalogue) -> str:
    """Return where the figures come from that neighbours are found with, and the one sign."""
    of = [catalogue.sources[id_] for id_ in ("census_2021", "deprivation")]
    named = "; ".join(f"{each.title}, {each.publisher}" for each in of)
    return f"[z] {SIGNS['[z]']}. Source: {named}. {of[0].licence}."


def notes(catalogue: Catalogue, indicator: Indicator, of: Beside) -> list[str]:
    """Return what has to be known of the places: who is in them, and whose figures are missing."""
    here = place(str(of.here["area"]))
    lines = [f"No place includes {here}. A place's counts are those of its boroughs added up."]
    for each, gone in zip(of.places, of.missing, strict=True):

        def names(codes: Sequence[str]) -> str:
            found = [place(catalogue.area_name(indicator, code)) for code in codes]
            return f"{len(found)} boroughs" if len(found) > 5 else listed(found)

        if each.code == "neighbours":
            lines.append(f"{each.name} are {names(each.areas)}.")
        why = [
            *(
                [f"there are none for {names(gone['not_available'])}"]
                if gone["not_available"]
                else []
            ),
            *(
                [f"some are withheld for {names(gone['suppressed'])}"]
                if gone["suppressed"]
                else []
            ),
        ]
        because = ", and ".join(why)
        if each.less:
            lines.append(
                f"{each.name} is London as published less {here}, because not all figures of "
                f"boroughs are there: {because}. London may hold the publisher's estimate of them."
            )
        elif why:
            lines.append(f"Figures of {lower_first(each.name)} are missing: {because}.")
    return [*lines, "Each comparison stands on its own, without allowing for the others."]


def _beside(rows: pd.DataFrame, what: str, of: Beside) -> str:
    here = place(str(of.here["area"]))
    texts = {
        "higher": f"higher {what} in {here} than in {{}}",
        "lower": f"lower {what} in {here} than in {{}}",
        "cannot tell": f"cannot tell whether the {what} in {here} is higher or lower than in {{}}",
        "no ratio": "no comparison with {}",
    }
    said = by_message(rows, rows["area"])
    # Between two places there are counts, or nothing: no figure without an interval is drawn.
    parts = [
        texts.get(way, texts["cannot tell"]).format(listed(map(lower_first, names)))
        for way, names in said.items()
    ]
    return "; ".join(parts)


def _names(of: Beside) -> list[str]:
    return [str(of.here["area"]), *(str(name) for name in of.there["area"])]


def _shares(of: Beside) -> list[float]:
    return [float(of.here["unknown_share"]), *of.there["unknown_share"].astype(float)]


def _table(of: Beside, rows: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Return the cells of the place looked at and of the others; nothing is its own multiple."""
    nothing = dict.fromkeys(
        ["ratio", "ratio_low", "ratio_high", "ratio_if_unknown_low", "ratio_if_unknown_high"],
        float("nan"),
    )
    status = of.here["status"] if isnan(of.here["rate"]) else "not_applicable"
    own = pd.Series({**of.here, **nothing, "status": status})
    both = pd.concat([own.to_frame().T, rows], ignore_index=True)
    table = tables.named(both, indicator, "Place", _names(of))
    return table.rename(columns={"Ratio": "Times the rate there", _ALL_LIMITS: _LIMITS})
