"""What is derived from a count goes with it: whoever sees all that is shown learns nothing more.

Two releases are built from counts that differ only where `protect` hides them. If anything that
a reader meets differed, too, it would give a hidden count away.
"""

import json

import numpy as np
import pandas as pd
import pytest
import tables as drawn_tables
from whole import some

from loti_dash import (
    analysis,
    chart_texts,
    config,
    coverage_texts,
    release_tables,
    sentences,
    tables,
)
from loti_dash.charts import areas as chart_of_areas
from loti_dash.charts import coverage as charts_of_coverage
from loti_dash.disclosure import protect, recoverable
from loti_dash.export.csv import csv
from loti_dash.findings import clearest
from loti_dash.page_figures.seen import seen_at
from loti_dash.selection import Selection

LONDON, HACKNEY, LAMBETH, CAMDEN = "E12000007", "E09000012", "E09000022", "E09000007"
BOROUGHS = [HACKNEY, LAMBETH, CAMDEN]
BY = ["series_id", "period_id", "area_code", "group_code"]
TOTALS = {"area_code": {LONDON: BOROUGHS}}
INDICATORS = ("stop_and_search", "search_to_arrest")
STATES = "unknown_states"
LIST = "police_self_16p1"

# Everything that is calculated with a group's own count (interfaces.md, section 5).
NUMBERS = (
    "rate rate_low rate_high ratio ratio_low ratio_high p_value q_value "
    "rate_difference difference_low difference_high excess excess_low excess_high "
    "representation_ratio ratio_if_unknown_low ratio_if_unknown_high"
).split()
WORDS = ("ratio_method", "evidence", "size_band", "robust_to_unknown")
OF_REFERENCE = ["reference_rate", *NUMBERS[3:14], *NUMBERS[15:]]

# Small counts, and beside them others that may be any of several: (series, group): by borough.
ONE = {
    ("searches_self_defined", "black_african"): (3, 2, 60),
    ("searches_self_defined", "white_british"): (4, 31, 90),
    ("searches_self_defined", "unknown_not_stated"): (44, 80, 2),
    ("searches_self_defined", "asian_chinese"): (0, 1, 4),
    ("searches_to_arrest", "black_caribbean"): (1, 20, 4),
    ("searches_to_arrest", "mixed_other"): (2, 12, 15),
}
OTHER = {
    ("searches_self_defined", "black_african"): (1, 4, 60),
    ("searches_self_defined", "white_british"): (2, 33, 90),
    ("searches_self_defined", "unknown_not_stated"): (43, 80, 3),
    ("searches_self_defined", "asian_chinese"): (0, 3, 2),
    ("searches_to_arrest", "black_caribbean"): (4, 20, 1),
    ("searches_to_arrest", "mixed_other"): (3, 11, 15),
}


def groups(catalogue):
    return [
        each.code
        for each in catalogue.groups
        if each.classification == LIST and each.code != "unknown"
    ]


def searches(catalogue, small):
    """Return true counts of two months: large but for the small ones, and London their sum."""
    rows = []
    for series, least in (("searches_self_defined", 40), ("searches_to_arrest", 11)):
        for month in ("2018-04", "2018-05"):
            for place, group in enumerate(groups(catalogue)):
                usual = [least + 7 * place % 23 + 5 * n for n in range(3)]
                of = small.get((series, group), usual) if month == "2018-04" else usual
                counts = dict(zip(BOROUGHS, of, strict=True)) | {LONDON: sum(of)}
                rows += [(series, month, area, group, value) for area, value in counts.items()]
    return pd.DataFrame(rows, columns=[*BY, "value"])


def residents(catalogue):
    codes = [each.code for each in catalogue.groups if each.classification == "census_2021_19"]
    return [
        f"census_2021_residents | 2021 | {area} | {code} | {2000 + 311 * place + 1000 * n} | ok"
        for n, area in enumerate([*BOROUGHS, LONDON])
        for place, code in enumerate(codes)
    ]


def as_drawn(table, catalogue):
    """Return counts as a table drawn in a test, with the residents they are divided by."""
    status = table.get("status", pd.Series("ok", index=table.index))
    lines = [
        " | ".join([*map(str, row[:4]), "-" if np.isnan(row[4]) else str(int(row[4])), state])
        for row, state in zip(table[[*BY, "value"]].to_numpy(object), status, strict=True)
    ]
    head = "series | period | area | group | value | status"
    return "\n".join([head, *lines, *residents(catalogue)])


@pytest.fixture(scope="module")
def catalogue():
    return drawn_tables.CATALOGUE


@pytest.fixture(scope="module")
def hidden(catalogue):
    """Return the counts as protected, which those of the other release are, too."""
    return protect(searches(catalogue, ONE), by=BY, totals=TOTALS)


@pytest.fixture(scope="module")
def store(hidden, catalogue, make_shared_store):
    return make_shared_store(as_drawn(hidden, catalogue))


def views(store):
    """Yield the views of the two indicators as a page asks for them: with a group, the rest."""
    for choice in store.choices.itertuples():
        for reference in ("white", "rest"):
            if choice.indicator_id in INDICATORS:
                yield Selection(
                    choice.indicator_id,
                    choice.area_code,
                    choice.period_id,
                    "black" if choice.level == "5" else "black_african",
                    reference,
                    choice.level,
                    store.release,
                )


def shown(store, selection):
    """Return all that a reader meets of a view, by name: figures, charts, words, orders."""
    catalogue = store.catalogue
    indicator = catalogue.indicators[selection.indicator]
    seen = seen_at(store, selection)
    row, of = clearest(seen.here, selection.group), seen.coverage
    said = {
        "table": seen.everywhere.to_csv(),
        "charts": json.dumps([seen.groups, chart_of_areas.alike(seen.of_group)]),
        "cautions": [[each.text for each in found] for found in seen.cautions.values()],
        "alternative texts": [
            chart_texts.groups_title(seen.here),
            chart_texts.areas_title(catalogue, seen.of_group),
            chart_texts.forest_alt(catalogue, indicator, seen.here, selection.group),
            chart_texts.areas_alt(catalogue, indicator, seen.of_group),
        ],
        "sentences": [
            sentences.headline(catalogue, indicator, seen.here, selection.group, seen.forbidden),
            sentences.robustness(catalogue, indicator, row, seen.here),
            sentences.excess(catalogue, indicator, row),
            sentences.closing(row),
            sentences.unknown(indicator, seen.here),
            sentences.selection(catalogue, indicator, seen.here),
        ],
        "reader's tables": [
            tables.by_group(seen.here, indicator).to_csv(),
            tables.by_area(seen.of_group, indicator).to_csv(),
        ],
        "download": csv(seen.everywhere, catalogue, seen.cautions, "/justice"),
        "order": seen.of_group["area_code"].to_list(),
        "clearest": [str(clearest(seen.here)), str(row)],
    }
    if of is not None:
        periods = [catalogue.period(indicator, id_) for id_ in of.over_time["period"]]
        rows = chart_of_areas.in_order(of.by_area)
        said["coverage"] = [
            of.by_area.to_csv(),
            of.over_time.to_csv(),
            of.states.to_csv(),
            json.dumps(charts_of_coverage.by_state(of.states)),
            coverage_texts.title_of_states(of),
            json.dumps(charts_of_coverage.by_area(rows, selection.area)),
            json.dumps(charts_of_coverage.over_time(of.over_time, periods, selection.period)),
            coverage_texts.sentence(catalogue, indicator, of, row),
            coverage_texts.alt_of_states(catalogue, indicator, of),
            coverage_texts.alt_of_areas(catalogue, indicator, of),
            coverage_texts.alt_of_time(catalogue, indicator, of),
            coverage_texts.table_of_states(indicator, of).to_csv(),
        ]
    return said


def test_the_counts_differ_where_they_are_hidden_and_nowhere_else(catalogue, hidden):
    other = searches(catalogue, OTHER)
    differ = searches(catalogue, ONE)["value"] != other["value"]

    assert differ.sum() == 12
    assert hidden.loc[differ, "value"].isna().all()
    pd.testing.assert_frame_equal(hidden, protect(other, by=BY, totals=TOTALS))


def test_nothing_that_is_shown_depends_on_a_hidden_count(catalogue, store, hidden, make_store):
    other = protect(searches(catalogue, OTHER), by=BY, totals=TOTALS)
    another = make_store(as_drawn(other, catalogue))

    assert store.release == another.release
    checked = 0
    for selection in views(store):
        one, two = shown(store, selection), shown(another, selection)
        for what, value in one.items():
            assert value == two[what], f"{what} of {selection}"
        checked += 1
    assert checked == 64


def test_without_protection_it_would_be_noticed(catalogue, make_store):
    one, two = (
        make_store(as_drawn(searches(catalogue, small), catalogue)) for small in (ONE, OTHER)
    )
    selection = next(each for each in views(one) if each.area == HACKNEY)

    first, second = shown(one, selection), shown(two, selection)

    for what in ("table", "charts", "reader's tables", "download", "clearest"):
        assert first[what] != second[what], what


def compared(store, reference):
    every = [
        analysis.compare(store, id_, period, classification=level, reference=reference).assign(
            level=level
        )
        for id_ in INDICATORS
        for period in ("2018-04", "2018-05")
        for level in ("5", "19")
    ]
    return pd.concat(every, ignore_index=True).astype({"area_code": str, "group_code": str})


@pytest.mark.parametrize("reference", analysis.REFERENCES)
def test_with_a_withheld_count_everything_calculated_from_it_is_missing(store, reference):
    table = compared(store, reference)
    gone = table[table["status"] == "suppressed"]

    assert len(gone) > 20
    own = gone["status_reason"].str.startswith("The count is withheld")
    assert gone.loc[own, "numerator"].isna().all()
    # The others are searches that led to an arrest, where the searches are withheld.
    assert set(gone.loc[~own, "indicator"]) == {"search_to_arrest"}
    assert gone.loc[~own, "denominator"].isna().all()
    assert gone[NUMBERS].isna().all(axis=None)
    assert (gone[list(WORDS)] == "none").all(axis=None)


@pytest.mark.parametrize("reference", ["white", "white_british"])
def test_where_the_reference_group_is_hidden_nothing_is_compared_with_it(store, reference):
    table = compared(store, reference)
    for indicator, areas in (("stop_and_search", [HACKNEY, LAMBETH]),):
        rows = table[
            (table["indicator"] == indicator)
            & (table["period"] == "2018-04")
            & table["area_code"].isin(areas)
        ]
        assert len(rows) == 2 * (5 + 16)
        assert rows[OF_REFERENCE].isna().all(axis=None)
        assert (rows[list(WORDS)] == "none").all(axis=None)
        assert rows["rate"].notna().any(), "a rate of its own is compared with nobody"


@pytest.mark.parametrize("reference", ["all", "rest"])
def test_a_sum_with_a_hidden_part_is_missing_with_all_that_needs_it(store, hidden, reference):
    table = compared(store, reference)
    missing = hidden[hidden["value"].isna()]
    series = {"stop_and_search": "searches_self_defined", "search_to_arrest": "searches_to_arrest"}
    for (id_, period, area), rows in table.groupby(["indicator", "period", "area_code"]):
        of = missing[(missing["period_id"] == period) & (missing["area_code"] == area)]
        counted = of[of["series_id"] == series[id_]]
        known = counted[~counted["group_code"].str.startswith("unknown")]
        assert rows["unknown_share"].isna().all() == bool(len(counted)), (id_, period, area)
        if len(known):
            assert (
                rows[["reference_rate", "representation_ratio", *OF_REFERENCE]]
                .isna()
                .all(axis=None)
            )
        elif id_ == "stop_and_search":
            assert rows["reference_rate"].notna().any()


def test_whoever_adds_up_finds_out_no_hidden_count(store, hidden, catalogue):
    rows = visible(store)
    rows = rows[rows["series_id"].str.startswith("searches")].reset_index(drop=True)
    parents = {}
    for each in catalogue.groups:
        if each.classification == LIST and each.parent_code:
            parents.setdefault(each.parent_code, []).append(each.code)
    # Who adds up knows which counts are small, and by how much at most.
    small = hidden.set_index(BY)["status_reason"].eq("primary")
    primary = small.reindex(pd.MultiIndex.from_frame(rows[BY]), fill_value=False).to_numpy(bool)

    known = recoverable(
        rows,
        by=BY,
        totals={**TOTALS, "group_code": parents},
        least=pd.Series(np.where(primary, 1, 0), rows.index),
        greatest=pd.Series(np.where(primary, 4, np.nan), rows.index),
    )

    assert primary.sum() > 5
    assert not known["exact"].any(), known[known["exact"]]


def visible(store):
    """Return every count of a release that anybody may see, with the sums that are ours."""
    cursor = store._connection.cursor()
    cursor.execute("USE loti")
    return cursor.execute("SELECT * FROM visible([])").df()


def read(folder):
    return pd.concat(
        pd.read_csv(path, dtype=dict.fromkeys(BY, str) | {"value": float})
        for path in sorted(folder.glob("*.csv"))
    )


# London is no row of these sources but a sum that reading them makes.
OUR_LONDON = (
    "census_2011 census_2021 census_2021_age census_2021_tenure police_uk police_uk_all_forces "
    "suspensions_and_exclusions"
).split()


def totals_of(catalogue, series):
    """Return which groups, areas and periods of a series add up to which others."""
    parts = release_tables.for_adding_up(catalogue)["span_part"]
    own = parts[
        parts["calendar"] == ("financial" if series.calendar == "financial" else "calendar")
    ]
    groups, areas = {}, {}
    for each in catalogue.groups:
        if each.parent_code and each.classification in (series.classification, STATES):
            groups.setdefault(each.parent_code, []).append(each.code)
    for each in catalogue.areas.values():
        if each.parent_code:
            areas.setdefault(each.parent_code, []).append(each.area_code)
    spans = own.groupby("period_id")["part"].apply(list).to_dict()
    return {"group_code": groups, "area_code": areas, "period_id": spans}


def attacked(rows, totals):
    """Return by period, area and group which withheld counts can be worked out."""
    found = recoverable(rows.reset_index(drop=True), by=BY[1:], totals=totals)
    return found.set_index(BY[1:])["exact"].astype(bool)


# With a London that is rounded, sums over areas contradict themselves and tell nothing: an
# attacker would leave them out.
@pytest.mark.parametrize("columns", some([BY[1:], ["group_code", "period_id"]]))
def test_our_sums_give_away_nothing_that_its_source_withheld(release, columns):
    """Five groups, spans and sums of boroughs are ours: what more do attackers find with them?"""
    ours, theirs = visible(release), read(config.DATA / "observations")
    withheld = theirs[theirs["status"] == "suppressed"]
    assert withheld["series_id"].nunique() >= 5
    for series_id, hidden in withheld.groupby("series_id"):
        series = release.catalogue.series[series_id]
        of = totals_of(release.catalogue, series)
        totals = {column: of[column] for column in columns}
        before = theirs[theirs["series_id"] == series_id]
        if series.source_id in OUR_LONDON:
            before = before[before["area_code"] != LONDON]

        known = attacked(before, totals)
        more = attacked(ours[ours["series_id"] == series_id], totals)

        keys = pd.MultiIndex.from_frame(hidden[BY[1:]])
        gained = more.loc[keys] & ~known.reindex(keys, fill_value=False)
        assert not gained.any(), f"{series_id}: {list(gained[gained].index)}"


def test_a_sum_that_left_a_withheld_count_out_would_be_noticed(release):
    ours = visible(release)
    rows = ours[ours["series_id"] == "key_stage_4_english_and_maths_9_to_5"].reset_index(drop=True)
    gone = rows[rows["value"].isna() & rows["group_code"].eq("asian_chinese")].iloc[0]
    place = gone["period_id"], gone["area_code"]
    at = rows["group_code"].eq("asian")
    at &= rows["period_id"].eq(place[0]) & rows["area_code"].eq(place[1])
    series = release.catalogue.series[rows["series_id"].iloc[0]]
    totals = {"group_code": totals_of(release.catalogue, series)["group_code"]}

    found = attacked(rows.assign(value=rows["value"].mask(at, 500)), totals)

    assert at.sum() == 1
    assert found[(*place, "asian_chinese")]


def test_areas_laid_together_leave_no_withheld_count_out(release):
    """City of London joins Westminster, groups join all: with a part withheld there is no sum."""
    counts = release.query("counts", indicators=[], periods=[], level="", viewer_areas=[])
    counts = counts.astype(dict.fromkeys(("indicator_id", "period_id", "area_code"), str))
    theirs = visible(release)
    checked = 0
    for id_, rows in counts.groupby("indicator_id"):
        indicator = release.catalogue.indicators[id_]
        gone = theirs[
            (theirs["series_id"] == indicator.numerator.series) & theirs["status"].eq("suppressed")
        ].replace({"area_code": indicator.joined_areas})
        places = pd.MultiIndex.from_frame(gone[["period_id", "area_code"]])
        known = ~gone["group_code"].str.startswith("unknown").to_numpy()
        at = pd.MultiIndex.from_frame(rows[["period_id", "area_code"]])
        assert rows.loc[at.isin(places[known]), "all_numerator"].isna().all()
        assert rows.loc[at.isin(places[~known]), "unknown"].isna().all()
        cells = pd.MultiIndex.from_frame(gone[["period_id", "area_code", "group_code"]])
        own = pd.MultiIndex.from_frame(rows[["period_id", "area_code", "group_code"]].astype(str))
        assert rows.loc[own.isin(cells), "numerator"].isna().all()
        checked += int(own.isin(cells).sum())
    assert checked > 100
