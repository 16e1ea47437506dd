"""The counts behind a comparison: as they stand in the release, each once, sums told apart."""

from io import StringIO

import pandas as pd
from taken_views import taken

from loti_dash.export.observations import COLUMNS, observations_behind

HACKNEY, CITY, WESTMINSTER = "E09000012", "E09000001", "E09000033"

DUTIES = """
    series | period | area | group | value | status
    homelessness_duties_owed | 2025-Q3 | E09000012 | black_african | 40 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | black_caribbean | - | suppressed
    homelessness_duties_owed | 2025-Q3 | E09000012 | black_other | 7 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | white_british | 90 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | unknown_not_known | 3 | ok
    census_2021_households | 2021 | E09000012 | black | 22192 | ok
    census_2021_households | 2021 | E09000012 | white_british | 61183 | ok
"""

CUSTODY = "\n".join(
    [
        "series | period | area | group | value | status",
        *(
            f"{series} | {year} | K04000001 | {group} | {value} | ok"
            for year, black, white in (
                ("2022-23", 78, 210),
                ("2023-24", 86, 218),
                ("2024-25", 38, 217),
            )
            for series, times in (("child_custodial_sentences", 1), ("children_sentenced", 10))
            for group, value in (("black", black * times), ("white", white * times))
        ),
    ]
)

LOOKED_AFTER = """
    series | period | area | group | value | status
    looked_after_children | 2025-03-31 | E09000001 | black | 2 | ok
    looked_after_children | 2025-03-31 | E09000033 | black | 50 | ok
    census_2021_residents_0_17 | 2021 | E09000001 | black | 30 | ok
    census_2021_residents_0_17 | 2021 | E09000033 | black | 4000 | ok
"""


def behind(store, id_, period, areas):
    return observations_behind(store, store.catalogue.indicators[id_], period, areas)


def counts(rows, *columns):
    return list(rows[[*columns]].itertuples(index=False, name=None))


def test_numerator_and_denominator_stand_one_after_the_other_with_what_was_withheld(make_store):
    rows = behind(make_store(DUTIES), "homelessness_duty_owed", "2025-Q3", [HACKNEY])

    assert rows.columns.to_list() == COLUMNS
    own = rows[rows["side"] == "numerator"].set_index("group_code")
    assert own["value"].dropna().to_dict() == {
        "black_african": 40,
        "black_other": 7,
        "white_british": 90,
        "white": 90,
        "unknown_not_known": 3,
        "unknown": 3,
    }
    # A sum with a withheld part is withheld, and says so.
    assert own.loc[["black", "black_caribbean"], "status"].to_list() == ["suppressed"] * 2
    others = rows[rows["side"] == "denominator"].set_index("group_code")["value"]
    assert others[["black", "white_british"]].to_list() == [22192, 61183]
    assert rows["side"].to_list() == sorted(rows["side"], reverse=True)


def test_sums_of_groups_are_told_from_what_was_published(make_store):
    rows = behind(make_store(DUTIES), "homelessness_duty_owed", "2025-Q3", [HACKNEY])

    own = rows[rows["side"] == "numerator"]
    parts = own[own["sum_of"] == "none"]
    assert set(own.loc[own["sum_of"] == "groups", "group_code"]) == {"black", "white", "unknown"}
    # Counting only those, nobody is counted twice.
    assert parts["value"].sum() == 40 + 7 + 90 + 3


def test_groups_come_in_the_standard_order_a_sum_before_its_parts_and_unknown_last(make_store):
    rows = behind(make_store(DUTIES), "homelessness_duty_owed", "2025-Q3", [HACKNEY])

    own = rows.loc[rows["side"] == "numerator", "group_code"].to_list()
    assert own[:4] == ["black", "black_african", "black_caribbean", "black_other"]
    assert own[-2:] == ["unknown", "unknown_not_known"]


def test_a_period_of_several_years_is_followed_by_its_years(make_store):
    rows = behind(make_store(CUSTODY), "child_custody", "2022-04--2025-03", ["K04000001"])

    black = rows[(rows["side"] == "numerator") & (rows["group_code"] == "black")]
    assert counts(black, "period", "value", "sum_of") == [
        ("2022-04--2025-03", 78 + 86 + 38, "periods"),
        ("2022-23", 78, "none"),
        ("2023-24", 86, "none"),
        ("2024-25", 38, "none"),
    ]
    of = rows[(rows["side"] == "denominator") & (rows["group_code"] == "white")]
    assert of["value"].to_list() == [10 * (210 + 218 + 217), 2100, 2180, 2170]


def test_an_area_brings_those_that_are_joined_to_it(make_store):
    rows = behind(make_store(LOOKED_AFTER), "looked_after_children", "2025-03-31", [WESTMINSTER])

    assert counts(rows, "side", "area_code", "value") == [
        ("numerator", WESTMINSTER, 50),
        ("numerator", CITY, 2),
        ("denominator", WESTMINSTER, 4000),
        ("denominator", CITY, 30),
    ]


def test_the_counts_of_every_view_add_up_to_those_compared(release):
    for id_, period in (("looked_after_children", "2025-03-31"), ("suspensions", "2024-25")):
        view = taken(release, indicator=id_, period=period)
        rows = behind(release, id_, period, view.areas)
        joined = view.indicator.joined_areas
        rows = rows.assign(into=rows["area_code"].replace(joined))
        for side in ("numerator", "denominator"):
            own = rows[(rows["side"] == side) & rows["group_code"].eq("black")]
            sums = own.groupby("into")["value"].agg(lambda v: v.sum(skipna=False))
            shown = view.everywhere[view.everywhere["group_code"] == "black"]
            shown = shown.set_index(shown["area_code"].astype(str))[side]
            pd.testing.assert_series_equal(
                sums.reindex(shown.index), shown, check_names=False, check_exact=True
            )


def test_the_file_has_every_count_with_its_cautions_source_and_address(release):
    view = taken(release, indicator="homelessness_duty_owed", area=HACKNEY, period="2025-Q3")
    rows = behind(release, "homelessness_duty_owed", "2025-Q3", view.areas)

    table = pd.read_csv(StringIO(view.observations_csv(rows)))

    assert table["value"].equals(rows["value"].reset_index(drop=True))
    assert (table["link"] == view.address).all()
    assert (table["reference"] == "White").all()
    here = table[table["area_code"] == HACKNEY].iloc[0]
    assert here["unknown_share"] == view.here["unknown_share"].iloc[0]
    assert here["caveats"].split(" | ") == [e.text for e in view.found if e.severity > 1]
    assert set(table["licence"]) == {"Open Government Licence v3.0"}


def test_parts_of_a_period_do_not_repeat_its_cautions(release):
    view = taken(release, indicator="child_custody", period="2022-04--2025-03")
    rows = behind(release, "child_custody", "2022-04--2025-03", view.areas)

    table = pd.read_csv(StringIO(view.observations_csv(rows)), keep_default_na=False)

    whole = table["period"] == "2022-04--2025-03"
    assert (table.loc[~whole, "caveats"] == "As in the rows of the whole period.").all()
    assert (table.loc[whole, "caveats"].str.len() > 100).all()
