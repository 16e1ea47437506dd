"""One area, or one ethnic group, in every indicator: the words of those two pages.

In how many indicators a rate is higher is counted, never added to a score: several of them count
the same people.
"""

from collections.abc import Mapping

import pandas as pd

from loti_dash.analysis import REFERENCES
from loti_dash.catalogue import Catalogue
from loti_dash.caveat_view import listed
from loti_dash.evidence_order import by_indicator
from loti_dash.figures import ratio
from loti_dash.findings import findings
from loti_dash.profile_choices import ALL_FIVE, authorities, five, name_of
from loti_dash.selection import Selection
from loti_dash.sentences import NOT_WHY
from loti_dash.wording import being, place

CLOSING = (
    "Higher or lower is neither good nor bad by itself: of owning a home a higher rate is wanted, "
    f"of exclusions from school a lower one. {NOT_WHY} Each comparison has a 95% interval, so "
    "where there are no differences at all about 1 in 20 would still look clear by chance."
)


def selection_of_area(catalogue: Catalogue, asked: Selection) -> str:
    """Repeat what the page of an area shows."""
    return (
        f"Shown for {place(catalogue.areas[asked.area].name)}: every indicator that is published "
        f"for it, at its newest period with figures. {_whom(asked, catalogue)}."
    )


def selection_of_group(catalogue: Catalogue, asked: Selection) -> str:
    """Repeat what the page of a group shows."""
    return (
        "Shown for London and its 33 authorities (32 boroughs and the City of London): every "
        "indicator that counts the group, at its newest period with figures for boroughs. "
        f"{_whom(asked, catalogue)}. In each "
        "domain those indicators come first for which London's difference is most certain."
    )


def headline_of_area(catalogue: Catalogue, rows: pd.DataFrame, area: str) -> str:
    """Return in how many indicators the rate of each group is clearly higher, and lower."""
    if rows.empty:
        return f"There are no figures for {place(area)} here."
    whole = [rows[rows["group_code"] == code] for code in five(catalogue)]
    groups = [of for of in whole if len(of)]
    if len(groups) == 1:
        said = _counted(rows)
        return (
            f"In {place(area)}, the rate for {_people(rows)} is clearly above {rate_of(rows)} in "
            f"{said['higher']} of {_of(len(rows), 'indicator')} and clearly below it in "
            f"{said['lower']}{_others(said)}."
        )
    parts = [
        f"{of['group'].iloc[0]} clearly higher in {said['higher']} and clearly lower in "
        f"{said['lower']} of {_of(len(of), 'indicator')}"
        for of, said in ((of, _counted(of)) for of in groups)
    ]
    return f"In {place(area)}, compared with {rate_of(rows)}: {'; '.join(parts)}."


def headline_of_group(catalogue: Catalogue, rows: pd.DataFrame) -> str:
    """Return in how many indicators a rate is clearly higher, or lower, in most boroughs."""
    if rows.empty:
        return "There is no ratio for this group in any borough."
    counts = [_counted(_of_authorities(catalogue, of)) for _, of in by_indicator(rows)]
    half = len(authorities(catalogue)) / 2
    higher, lower = (sum(said[which] > half for said in counts) for which in ("higher", "lower"))
    return (
        f"For {_people(rows)}, the rate is clearly above {rate_of(rows)} in more than half of "
        f"London's boroughs in {higher} of {_of(len(counts), 'indicator')}, and clearly below it "
        f"in more than half of them in {lower}."
    )


def summary(catalogue: Catalogue, rows: pd.DataFrame) -> str:
    """Return in how many of the 33 authorities a rate is higher, for the rows of an indicator."""
    of = _of_authorities(catalogue, rows)
    said = _counted(of)
    total = len(authorities(catalogue))
    said["no_ratio"] += total - len(of)
    messages = {
        "higher": f"higher than {rate_of(rows)}",
        "lower": f"lower than {rate_of(rows)}",
        "cannot_tell": "cannot tell",
        "no_ratio": "no ratio",
    }
    parts = [f"{message} in {said[which]}" for which, message in messages.items() if said[which]]
    first = f"{parts[0][0].upper()}{parts[0][1:]} of {total} boroughs"
    return ", ".join([first, *parts[1:]]) + "."


def together(catalogue: Catalogue, rows: pd.DataFrame) -> str:
    """Say which areas are published together with another one, and in which indicators."""
    joined = rows[rows["area"].astype(str).str.contains(" with ")]
    parts = [
        f"{area} together in {listed(titles)}."
        for area, titles in (
            (area, [catalogue.indicators[id_].title for id_, _ in by_indicator(of)])
            for area, of in joined.groupby(joined["area"].astype(str))
        )
    ]
    return " ".join(parts)


def alt_of_area(rows: pd.DataFrame) -> str:
    """Return the text that stands for the chart of an area."""
    first = rows.iloc[0]
    text = (
        f"Chart of ratios by indicator in {place(str(first['area']).split(' with ')[0])}. "
        f"{listed(rows['group'].astype(str).unique())} compared with {first['reference']}. "
    )
    drawn = rows[rows["ratio"].notna()]
    if len(drawn):
        low, high = ratio(drawn["ratio"].min(), 2), ratio(drawn["ratio"].max(), 2)
        text += f"{len(drawn)} ratios, from {low} to {high}. "
    return f"{text}The same figures are in the table below."


def rate_of(rows: pd.DataFrame) -> str:
    """Return the rate that rows are compared with, in words."""
    code, label = str(rows["reference_code"].iloc[0]), str(rows["reference"].iloc[0])
    return f"the rate of {label}" if code in ("rest", "all") else f"the {label} rate"


def _whom(asked: Selection, catalogue: Catalogue) -> str:
    """Return who is compared with whom."""
    each = "The five groups, each"
    whom = each if asked.group == ALL_FIVE else name_of(asked.group, catalogue)
    return f"{whom} compared with {REFERENCES[asked.reference]}"


def _people(rows: pd.DataFrame) -> str:
    """Return the people of a group, whatever an indicator calls them."""
    code, label = str(rows["group_code"].iloc[0]), str(rows["group"].iloc[0])
    own = being(code, label)
    named = f"{label} people" if own == label else f"people {own}"
    return {
        "mixed": "people with a Mixed ethnic background",
        "other": "people from other ethnic groups",
    }.get(code, named)


def _counted(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many rows say what."""
    found = findings(rows)
    said = {which: found.count(which) for which in ("higher", "lower", "no_ratio")}
    return said | {"cannot_tell": len(found) - sum(said.values())}


def _others(said: Mapping[str, int]) -> str:
    """Return in how many rows neither is so, and why."""
    parts = [
        f"in {said[which]} {words}"
        for which, words in (("cannot_tell", "we cannot tell"), ("no_ratio", "there is no ratio"))
        if said[which]
    ]
    return f"; {' and '.join(parts)}" if parts else ""


def _of(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")


def _of_authorities(catalogue: Catalogue, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["area_code"].isin(authorities(catalogue))]
