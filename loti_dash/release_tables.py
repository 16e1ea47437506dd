"""The tables of a release that follow from definitions alone, as data frames."""

from dataclasses import asdict

import pandas as pd

from loti_dash import catalogue
from loti_dash.catalogue import Catalogue
from loti_dash.groups import UNKNOWN, made_of
from loti_dash.periods import parts_of, period


def of_definitions(definitions: Catalogue) -> dict[str, pd.DataFrame]:
    """Return the tables of a release that hold definitions, by name."""

    def whole(id_column: str, all_: dict[str, object]) -> pd.DataFrame:
        lines = [(id_, catalogue.one_to_json(each)) for id_, each in all_.items()]
        return pd.DataFrame(lines, columns=[id_column, "definition"])

    sources = [
        (
            *(s.id, s.title, s.publisher, s.url, s.licence, s.published, s.next_due),
            "; ".join(f.name for f in s.files),
            "; ".join(f.sha256 for f in s.files),
        )
        for s in definitions.sources.values()
    ]
    groups = [
        (
            g.classification,
            g.code,
            g.label,
            g.short_label,
            g.parent_code,
            int(g.display_position or 0),
        )
        for g in definitions.groups
    ]
    return {
        "series": pd.DataFrame([asdict(each) for each in definitions.series.values()]),
        "source": pd.DataFrame(sources),
        "area": pd.DataFrame([asdict(each) for each in definitions.areas.values()]),
        "ethnic_group": pd.DataFrame(groups),
        "indicator": whole("indicator_id", dict(definitions.indicators)),
        "caveat": whole("caveat_id", dict(definitions.caveats)),
        "outcome": whole("outcome_id", dict(definitions.outcomes)),
        "catalogue": pd.DataFrame({"definition": [catalogue.to_json(definitions)]}),
    }


def of_periods(used: list[tuple[str, str]], definitions: Catalogue) -> pd.DataFrame:
    """Return a row for each period and calendar in use, from (series_id, period_id) pairs."""
    pairs = {(id_, definitions.series[series].calendar) for series, id_ in used}
    pairs |= {(id_, "calendar") for id_ in definitions.spans if not _in_years(id_, definitions)}
    rows = []
    for id_, calendar in sorted(pairs):
        one = period(id_, calendar)
        label = definitions.spans[id_].label if id_ in definitions.spans else ""
        rows.append((id_, calendar, label or one.label, one.starts, one.ends, one.kind))
    return pd.DataFrame(rows)


def _in_years(span_id: str, definitions: Catalogue) -> bool:
    return definitions.spans[span_id].made_of == "financial_years"


def for_adding_up(definitions: Catalogue) -> dict[str, pd.DataFrame]:
    """Return the temporary tables that roll_up.sql and lay_side_by_side.sql read."""
    spans = []
    for span in definitions.spans.values():
        parts = [
            part
            for part in parts_of(span.period_id, span.made_of)
            if part not in span.without.split(";")
        ]
        calendar = "financial" if _in_years(span.period_id, definitions) else "calendar"
        spans += [(span.period_id, calendar, part, len(parts)) for part in parts]
    rates = [
        (i.id, i.numerator.series, i.denominator.series, i.denominator.period)
        for i in definitions.indicators.values()
    ]
    joined = [
        (i.id, a, into)
        for i in definitions.indicators.values()
        for a, into in i.joined_areas.items()
    ]
    levels = catalogue.shown_groups(definitions.groups)
    leaves = {
        (g.classification, g.code)
        for g in definitions.groups
        if g.parent_code != UNKNOWN and g.code != UNKNOWN
    }
    return {
        "span_part": pd.DataFrame(spans, columns=["period_id", "calendar", "part", "parts"]),
        "rate": pd.DataFrame(
            rates, columns=["indicator_id", "numerator", "denominator", "denominator_period"]
        ),
        "joined": pd.DataFrame(joined, columns=["indicator_id", "area_code", "into_area"]).astype(
            str
        ),
        "shown": levels,
        "leaf": pd.DataFrame(sorted(leaves), columns=["classification", "group_code"]),
        "made_of": _made_of(definitions, levels, leaves),
    }


def _made_of(
    definitions: Catalogue, levels: pd.DataFrame, leaves: set[tuple[str, str]]
) -> pd.DataFrame:
    """Return which groups of a denominator's list are exactly each group of a numerator's."""
    lists = {
        (
            definitions.series[i.numerator.series].classification,
            definitions.series[i.denominator.series].classification,
        )
        for i in definitions.indicators.values()
    }
    rows = []
    for numerator_list, denominator_list in sorted(lists):
        codes = levels.loc[levels["classification"] == numerator_list, "group_code"].unique()
        groups = sorted(code for list_, code in leaves if list_ == denominator_list)
        for code in dict.fromkeys([*codes, "white", "white_british"]):
            parts = made_of(code, groups, definitions.parts) or []
            rows += [(numerator_list, denominator_list, code, part, len(parts)) for part in parts]
    columns = ["numerator_list", "denominator_list", "group_code", "part", "parts"]
    return pd.DataFrame(rows, columns=columns)
