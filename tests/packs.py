"""A board pack drawn by hand. All its numbers are invented; none is a figure of any council."""

from dataclasses import replace
from datetime import date

from tables import CATALOGUE, comparison

from loti_dash import chart_texts, tables
from loti_dash.charts import forest
from loti_dash.export.pack import Action, Answer, Caution, Figure, Item, Pack, Statement

INDICATOR = CATALOGUE.indicators["homelessness_duty_owed"]
ROWS = comparison(
    """
    group_code | numerator | denominator | rate | rate_low | rate_high | reference_rate | ratio | ratio_low | ratio_high | p_value | q_value | rate_difference | difference_low | difference_high | excess | excess_low | excess_high | ratio_if_unknown_low | ratio_if_unknown_high
    asian      |        64 |        9000 |  7.1 |      5.5 |       9.1 |            2.0 |  3.56 |      2.62 |       4.82 |   0.001 |   0.002 |             5.1 |            3.4 |             7.1 |     46 |         31 |          64 |                 2.90 |                  4.10
    black      |       240 |       22000 | 10.9 |      9.6 |      12.4 |            2.0 |  5.45 |      4.38 |       6.78 |   0.001 |   0.002 |             8.9 |            7.5 |            10.4 |    196 |        165 |         229 |                 4.60 |                  6.10
    mixed      |        12 |        5500 |  2.2 |      1.1 |       3.8 |            2.0 |  1.09 |      0.60 |       1.98 |   0.780 |   0.780 |             0.2 |           -0.9 |             1.8 |      1 |         -5 |          10 |                 0.90 |                  1.70
    white      |       120 |       60000 |  2.0 |      1.7 |       2.4 |              - |     - |         - |          - |       - |       - |               - |              - |               - |      - |          - |           - |                    - |                     -
    other      |        31 |        4100 |  7.6 |      5.1 |      10.7 |            2.0 |  3.78 |      2.55 |       5.61 |   0.001 |   0.002 |             5.6 |            3.1 |             8.7 |     23 |         13 |          36 |                 3.00 |                  4.60
    """,  # noqa: E501 (a drawn table)
    unknown_share=0.04,
)
TABLE = tables.by_group(ROWS, INDICATOR)
RELEASE, ADDRESS = "2026-02-27.1-invented", "https://figures.example/board?share=4f9c2d71"
FLOOR = Caution(
    3,
    "Ethnicity is unknown for 41% of searches in Hackney, April 2018 to February 2019. With so "
    "many unknown, a ratio could be far from the truth in either direction.",
    "The counts, the unknown share and the limits for the unknowns are shown instead.",
)
POWER = Caution(
    3,
    "The council that records the household also decides whether it owes a duty. Who is sent "
    "away before an assessment is not in the figures.",
)


def figure(**other):
    """Return the chart of groups, with its words."""
    of = Figure(
        chart_texts.groups_title(ROWS),
        "Invented numbers. Households owed a homelessness duty. Hackney, July to September 2025.",
        forest.forest(ROWS),
        chart_texts.forest_alt(CATALOGUE, INDICATOR, ROWS, "black"),
        forest.how_to_read(ROWS),
    )
    return replace(of, **other)


def item(charts=1, **other):
    """Return an item with some charts."""
    of = Item(
        "In Hackney, Black households were owed a homelessness duty at 5.4 times the rate of "
        "White households (4.4 to 6.8), July to September 2025.",
        "This shows a difference. It does not show why.",
        (
            POWER,
            Caution(2, "Households are counted in 2021, and duties in 2025."),
            Caution(1, "Ethnicity is that of the main applicant, for the whole household."),
        ),
        (figure(),) * charts,
        TABLE,
        "Households owed a homelessness duty by ethnic group, Hackney, July to September 2025. "
        "Invented numbers",
        tables.legend(TABLE),
        "https://figures.example/housing?indicator=homelessness_duty_owed&area=E09000012",
        (
            "Source: Ministry of Housing, Communities and Local Government, Statutory "
            "homelessness, table A8. Open Government Licence v3.0. The numbers here are invented.",
        ),
        decision="Offer an assessment in the first week to every household that asks.",
    )
    return replace(of, **other)


def unsure(charts=1, **other):
    """Return an item whose evidence is not enough to act."""
    of = item(
        charts,
        sentence="In Hackney, searches cannot be compared: ethnicity is unknown for 41% of them, "
        "April 2018 to February 2019.",
        cautions=(FLOOR, Caution(2, "Searches are counted where they happened.")),
        decision="",
        being_done="The police have been asked for the share by reason. An answer is due on "
        "1 June 2026.",
    )
    return replace(of, **other)


def pack(**other):
    """Return a pack of two items."""
    of = Pack(
        "Homelessness and searches in Hackney: pack for the board, spring 2026",
        date(2026, 3, 1),
        RELEASE,
        ADDRESS,
        "All numbers in this pack are invented.\n\nHouseholds in temporary accommodation wait "
        "longer than a year ago. This pack asks for one decision.",
        (
            Answer(
                "What's our desired outcome? What would we like to be different in the world?",
                "Black households in Hackney are housed before they become homeless.",
            ),
            Answer(
                "WHO could do WHAT differently if they had better information?",
                "Housing officers could offer an assessment in the first week.",
            ),
        ),
        (
            Action(
                "Record ethnicity at first contact", "Head of housing", "31 January 2026", "Done"
            ),
            Action("Publish waiting times by ethnic group", "Data team", "30 April 2026", "Begun"),
        ),
        (
            "Black households: 5.1 became 5.4 times the rate of White households.",
            "A caution was added: who is sent away before an assessment is not in the figures.",
        ),
        (item(),),
        (unsure(),),
        "Agree that every household that asks is assessed within a week, from 1 May 2026.",
        (
            Statement(
                "Households owed a homelessness duty",
                ("What one row counts: a household.", "Next update: 30 April 2026."),
            ),
        ),
    )
    return replace(of, **other)


def worst():
    """Return a pack of five items, each with three charts."""
    return pack(sure=(item(3),) * 3, unsure=(unsure(3),) * 2)


def crowded(**other):
    """Return a pack of two items with more cautions that limit use than a page has room for."""
    of = [
        tuple(
            Caution(
                3, f"{letter}{n}: what limits the use of these figures, in so many words, {n}."
            )
            for n in range(15)
        )
        for letter in "AB"
    ]
    items = {"sure": (item(cautions=of[0]),), "unsure": (unsure(cautions=of[1]),)}
    return pack(**(items | other))
