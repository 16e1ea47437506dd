"""Whom a group is compared with: one row for each reference, and what a change of it does."""

import pandas as pd
import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import analysis, caveats, reference_texts, references
from loti_dash.selection import Selection

HACKNEY, LONDON = "E09000012", "E12000007"
DUTIES = CATALOGUE.indicators["homelessness_duty_owed"]
LIVING = ("home_ownership", LONDON, "2021")


def of_group(release, indicator, area, period, group, level="5"):
    chosen = Selection(indicator, area, period, group, "white", level, release.release)
    return references.of_group(release, chosen, references.tables(release, chosen))


def test_each_row_is_that_of_the_page_with_that_reference(release):
    rows = of_group(release, *LIVING, "asian")
    assert rows["reference_code"].to_list() == ["white", "white_british", "rest", "all"]
    for _, row in rows.iterrows():
        page = analysis.compare(
            release, "home_ownership", "2021", reference=row["reference_code"], areas=[LONDON]
        )
        expected = page[page["group_code"] == "asian"].iloc[0]
        columns = "numerator rate reference_rate ratio ratio_low ratio_high evidence".split()
        assert row[columns].to_list() == expected[columns].to_list()


def test_a_group_is_not_compared_with_itself_nor_with_a_part_of_it(release):
    assert of_group(release, *LIVING, "white")["reference_code"].to_list() == ["rest", "all"]
    searches = ("stop_and_search", LONDON, "2018-04--2019-02")
    british = of_group(release, *searches, "white_british", "19")
    assert british["reference_code"].to_list() == ["white", "rest", "all"]


def test_what_a_page_withholds_is_withheld_whomever_it_is_compared_with(release):
    city = of_group(release, "stop_and_search", "E09000001", "2018-04--2019-02", "black")
    assert city[["rate", "ratio", "ratio_low", "ratio_high"]].isna().all(axis=None)
    table = analysis.compare(release, "stop_and_search_all_forces", "2021-12--2022-10")
    over = table.loc[table["unknown_share"] > 0.3, "area_code"].iloc[0]
    hidden = of_group(release, "stop_and_search_all_forces", over, "2021-12--2022-10", "black")
    assert hidden["ratio"].isna().all()
    # In a stage it is the set of which too much is unknown.
    share = references.set_unknown(
        release.query(
            "counts",
            indicators=["neet_16_17"],
            periods=["2022"],
            level="5",
            viewer_areas=[],
        ),
        "subset_over_set",
    )
    worst = max(share, key=lambda area: -1 if pd.isna(share[area]) else share[area])
    assert share[worst] > 0.3
    assert of_group(release, "neet_16_17", worst, "2022", "black")["ratio"].isna().all()


def drawn(white, rest, robust="true"):
    """Return two rows of a group: its ratio and limits compared with White, and with the rest."""
    (one, *limits), (two, *others) = white, rest
    return comparison(
        f"""
        group_code | reference_code | ratio | ratio_low   | ratio_high
        asian      | white          | {one} | {limits[0]} | {limits[1]}
        asian      | rest           | {two} | {others[0]} | {others[1]}
        """,
        robust_to_unknown=robust,
    )


HIGHER, LOWER, UNCLEAR, NONE = (2.0, 1.6, 2.5), (0.8, 0.7, 0.9), (1.1, 0.9, 1.3), ("-", "-", "-")


@pytest.mark.parametrize(
    ("white", "rest", "title", "said"),
    [
        (
            *(HIGHER, HIGHER, "Asian: a higher rate, whoever it is compared with"),
            "The finding does not depend on whom the group is compared with.",
        ),
        (
            HIGHER,
            UNCLEAR,
            "Asian: compared with White the rate is higher; compared with all other ethnic groups "
            "combined we cannot tell",
            "How sure the finding is depends on whom the group is compared with.",
        ),
        (
            HIGHER,
            LOWER,
            "Asian: compared with White the rate is higher; compared with all other ethnic groups "
            "combined the rate is lower",
            "A change of reference turns the conclusion round, so whom the group is compared with "
            "decides what is seen. All are shown.",
        ),
        (
            UNCLEAR,
            UNCLEAR,
            "Asian: we cannot tell whether the rate is higher or lower, whoever it is compared "
            "with",
            "The finding does not depend on whom the group is compared with.",
        ),
        (
            NONE,
            LOWER,
            "Asian: compared with White there is no ratio; compared with all other ethnic groups "
            "combined the rate is lower",
            "The finding does not depend on whom the group is compared with.",
        ),
        (NONE, NONE, "Asian: no ratio, whoever it is compared with", ""),
    ],
)
def test_the_message_says_what_a_change_of_reference_does(white, rest, title, said):
    rows = drawn(white, rest)
    assert reference_texts.title(rows) == title
    assert reference_texts.turned(rows) == said
    assert not offences(f"{title} {said}")


def test_where_the_unknown_could_turn_it_round_too_that_is_said():
    rows = drawn(HIGHER, LOWER, robust="false")
    assert reference_texts.title(rows) == (
        "Asian: we cannot tell whether the rate is higher or lower, whoever it is compared with"
    )
    assert reference_texts.turned(rows) == (
        "Among those of known ethnicity the rate is higher compared with White, and lower "
        "compared with all other ethnic groups combined: a change of reference turns it round. "
        "Those of unknown ethnicity could, too."
    )


def test_the_table_has_both_rates_of_each_comparison():
    rows = drawn(HIGHER, UNCLEAR).assign(rate=15.14, reference_rate=[7.57, float("nan")])
    table = reference_texts.table(rows, DUTIES)
    assert table.index.to_list() == ["White", "All other ethnic groups combined"]
    assert table["How sure"].to_list() == ["higher", "cannot tell"]
    assert table["Rate for every 1,000"].to_list() == ["15.1", "15.1"]
    assert table["Rate of those compared with"].to_list() == ["7.6", "[x]"]


def test_the_text_in_the_place_of_the_chart_has_its_message():
    text = reference_texts.alt(CATALOGUE, DUTIES, drawn(HIGHER, UNCLEAR))
    assert "Hackney, July to September 2025" in text
    assert "compared with White the rate is higher" in text
    assert not offences(text)


def cautions(*tables):
    """Return the texts of the caveat where the first of some tables is on screen."""
    found = caveats.applying_to(
        *(CATALOGUE, DUTIES, "2025-Q3", tables[0], HACKNEY), by_reference=pd.concat(tables)
    )
    return [each.text for each in found if each.id == "direction_depends_on_reference"]


def view(reference, robust="true", status="ok", **groups):
    """Return a comparison table with one reference: ratio and limits of each group."""
    lines = [f"{group} | {ratio} | {low} | {high}" for group, (ratio, low, high) in groups.items()]
    return comparison(
        "\n".join(["group_code | ratio | ratio_low | ratio_high", *lines]),
        **{"reference_code": reference, "robust_to_unknown": robust, "status": status},
        numerator=100,
    )


def test_the_caveat_says_with_whom_it_is_higher_and_with_whom_lower():
    tables = (
        view("white", asian=HIGHER, black=HIGHER),
        view("white_british", asian=HIGHER, black=HIGHER),
        view("rest", asian=LOWER, black=HIGHER),
    )
    assert cautions(*tables) == [
        "Whom a group is compared with decides what is seen: the rate for the Asian group is "
        "higher compared with White and White British, and lower compared with all other ethnic "
        "groups combined."
    ]


def test_the_caveat_names_the_other_groups_that_it_is_true_of():
    [text] = cautions(
        view("white", asian=HIGHER, black=HIGHER, mixed=LOWER),
        view("rest", asian=LOWER, black=LOWER, mixed=HIGHER),
    )
    assert text.endswith("The direction also turns for: Black and Mixed.")
    assert not offences(text)


def test_the_caveat_says_where_it_is_so_among_the_known_only():
    [text] = cautions(view("white", "false", asian=HIGHER), view("rest", asian=LOWER))
    assert "decides what is seen: among those of known ethnicity the rate for the Asian" in text


@pytest.mark.parametrize(
    "tables",
    [
        (view("white", asian=HIGHER), view("rest", asian=UNCLEAR)),
        (view("white", asian=HIGHER), view("rest", asian=NONE)),
        (view("white", asian=HIGHER, black=LOWER), view("rest", asian=HIGHER, black=LOWER)),
        (view("white", asian=HIGHER), view("rest", status="low_counts", asian=LOWER)),
        (view("white", asian=HIGHER), view("rest", asian=LOWER).assign(area_code=LONDON)),
    ],
)
def test_the_caveat_is_not_raised_by_less(tables):
    assert not cautions(*tables)


def test_the_caveat_finds_home_ownership_and_not_homelessness_in_london(release):
    for indicator, period, expected in (
        ("home_ownership", "2021", True),
        ("homelessness_duty_owed", "2025-Q3", False),
    ):
        chosen = Selection(indicator, LONDON, period, "asian", "white", "5", release.release)
        tables = references.tables(release, chosen)
        found = caveats.applying_to(
            release.catalogue,
            release.catalogue.indicators[indicator],
            period,
            tables[tables["reference_code"] == "white"],
            LONDON,
            by_reference=tables,
        )
        assert ("direction_depends_on_reference" in {each.id for each in found}) == expected
