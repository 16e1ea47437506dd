"""What a board pack says: the order of a board's meeting, nothing too much, no gap hidden."""

import itertools

import pandas as pd
import pytest
from packs import FLOOR, POWER, crowded, figure, item, pack, unsure, worst

from loti_dash.errors import PackRefused
from loti_dash.export.pack import Caution, Item
from loti_dash.export.pack.blocks import Bullets, Grid, Heading, Labelled, Paragraph, Picture, Turn
from loti_dash.export.pack.contents import NOT_DRAWN, contents
from loti_dash.export.pack.running import footing, limits


def headings(of, level):
    return [each.words for each in kinds(of, Heading) if each.level == level]


def kinds(of, kind):
    return [each for each in contents(of) if isinstance(each, kind)]


def under(of, heading):
    """Return the parts under a heading of level 1."""
    found, parts = False, []
    for each in contents(of):
        if isinstance(each, Heading) and each.level == 1:
            found = each.words == heading
        elif found:
            parts.append(each)
    return parts


def test_the_order_is_that_of_a_meeting():
    assert headings(pack(), 1) == [
        "The outcome we want",
        "Actions from last time",
        "What changed",
        "Where the evidence is enough to act",
        "Where the evidence is not enough, and what is being done about the data",
        "The decision asked for",
        "Tables",
        "About the data",
    ]


def test_the_sentence_of_an_item_is_its_heading_and_they_are_numbered_through():
    of = pack(sure=(item(), item()), unsure=(unsure(),))

    numbered = [words for words in headings(of, 2) if words[0].isdigit()]

    assert numbered[0].startswith("1. In Hackney, Black households were owed")
    assert [words[:2] for words in numbered] == ["1.", "2.", "3."]


def test_headings_leave_no_level_out():
    levels = [0, *(each.level for each in kinds(worst(), Heading))]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_six_items_are_refused_and_it_is_said_what_to_do():
    with pytest.raises(
        PackRefused, match=r"has 6 items, and a board reads at most 5 .* leave some"
    ):
        pack(sure=(item(),) * 4, unsure=(unsure(),) * 2)


def test_four_charts_with_one_item_are_refused_by_the_items_own_sentence():
    with pytest.raises(PackRefused, match=r"Black households .* has 4 charts, .* at most 3"):
        item(4)


def test_what_limits_use_stands_before_the_charts_and_context_with_the_table():
    parts = under(pack(unsure=()), "Where the evidence is enough to act")

    box = next(n for n, each in enumerate(parts) if isinstance(each, Bullets) and each.boxed)
    chart = next(n for n, each in enumerate(parts) if isinstance(each, Picture))
    beside = next(n for n, each in enumerate(parts) if each == Paragraph("Cautions", "label"))
    assert box < chart < beside
    assert parts[box].lines == [POWER.text]
    context = "Ethnicity is that of the main applicant, for the whole household."
    assert [context] in [each.lines for each in kinds(pack(), Bullets)]


def test_an_uncertain_item_says_what_is_being_done_about_its_data():
    said = [each.words for each in kinds(pack(), Labelled) if "about the data" in each.label]
    assert said == [
        "The police have been asked for the share by reason. An answer is due on 1 June 2026."
    ]


def test_that_nothing_is_being_done_about_data_is_said():
    of = pack(unsure=(unsure(being_done=" "),))
    said = [each.words for each in kinds(of, Labelled) if "about the data" in each.label]
    assert said == ["Nothing has been written down yet."]


def test_nothing_is_left_out_silently():
    of = pack(
        commentary="",
        outcome=(),
        actions=(),
        changed=(),
        sure=(),
        unsure=(),
        decision="",
        statements=(),
    )

    said = [each.words for each in kinds(of, Paragraph)]

    assert said == [
        "1 March 2026. Release 2026-02-27.1-invented.",
        "No actions have been recorded.",
        "No changes have been recorded.",
        "This pack has no items.",
        "This pack has no items.",
        "No decision is asked for.",
        "No item of this pack has a table.",
        "No statement about the data goes with this pack.",
    ]


def test_a_pack_without_certain_items_says_so():
    (said, *_) = under(pack(sure=()), "Where the evidence is enough to act")
    assert said == Paragraph("No item of this pack has enough evidence.")


@pytest.mark.parametrize(
    "chart", [None, {"data": [{"type": "pie", "values": [1]}], "layout": {"height": 99}}]
)
def test_in_the_place_of_a_chart_that_cannot_be_drawn_is_its_table_and_a_line(chart):
    of = pack(sure=(item(figures=(figure(), figure(chart=chart))),), unsure=())

    parts = under(of, "Where the evidence is enough to act")

    assert len([each for each in parts if isinstance(each, Picture)]) == 1
    assert Paragraph(NOT_DRAWN) in parts
    assert len([each for each in parts if isinstance(each, Grid)]) == 1


def test_a_table_is_as_given_and_says_where_nothing_is_given():
    table = pd.DataFrame(
        {"Count": ["12", None], "Ratio": [1.25, float("nan")]},
        index=pd.Index(["Asian", "Black"], name="Ethnicity"),
    )
    of = pack(sure=(item(table=table),), unsure=(), actions=())

    (grid,) = kinds(of, Grid)

    assert grid.heads == ["Ethnicity", "Count", "Ratio"]
    assert grid.rows == [("Asian", "12", "1.25"), ("Black", "not given", "not given")]


def test_an_index_that_only_numbers_rows_is_no_column():
    of = pack(sure=(item(table=pd.DataFrame({"Area": ["Hackney"]})),), unsure=(), actions=())
    (grid,) = kinds(of, Grid)
    assert (grid.heads, grid.rows, grid.named) == (["Area"], [("Hackney",)], False)


def test_every_page_says_release_date_and_address():
    assert footing(pack()) == (
        "Release 2026-02-27.1-invented · 1 March 2026 · https://figures.example/board?share=4f9c2d71"
    )


def test_every_page_has_the_cautions_that_limit_use_each_once_with_its_items():
    of = pack(sure=(item(), item()), unsure=(unsure(),))
    assert limits(of) == (
        f"Limits on use. Items 1 and 2: {POWER.text} Item 3: {FLOOR.text} {FLOOR.effect}"
    )


def test_without_such_cautions_no_page_has_any():
    assert limits(pack(sure=(item(cautions=(Caution(2, "A caution."),)),), unsure=())) == ""


def test_where_a_page_has_no_room_for_the_cautions_of_all_items_each_has_pages_with_its_own():
    of = crowded()

    heads = [each.limits for each in kinds(of, Turn)]

    # Two items, the decision, two tables, and about the data.
    first, second = "Limits on use. Item 1: ", "Limits on use. Item 2: "
    assert [each.startswith((first, second)) for each in heads] == [
        *(True, True, False, True, True, False)
    ]
    for number, item_ in enumerate(of.items):
        for each in item_.of_severity(3):
            assert each.text in heads[number]
            assert each.text in heads[number + 3]
    assert limits(of) == heads[2] == heads[5]
    assert limits(of) == (
        "Limits on use: items 1 and 2 have cautions that stand in full on their own pages. Read "
        "them before you use a figure of this pack."
    )


def test_no_caution_is_cut_and_none_only_counted():
    said = [limits(crowded()), *(each.limits for each in kinds(crowded(), Turn))]
    assert not any("…" in each or "more." in each for each in said)


def test_an_item_without_such_cautions_has_none_of_another_above_it():
    of = crowded(unsure=(unsure(cautions=(Caution(2, "Mild."),)),))
    heads = [each.limits for each in kinds(of, Turn)]
    assert heads[1] == heads[4] == ""
    assert limits(of).startswith("Limits on use: item 1 has cautions that stand in full on its ")


def test_cautions_longer_than_half_a_page_stand_before_the_figures_only():
    long = tuple(Caution(3, f"{n} {'so long ' * 60}") for n in range(12))
    of = pack(sure=(item(cautions=long),), unsure=())
    heads = [each.limits for each in kinds(of, Turn)]
    assert heads[0].startswith("Limits on use: item 1 has 12 cautions, in full before its ")


def test_a_chart_leaves_room_for_what_stands_above_it():
    long = item(cautions=crowded().sure[0].cautions * 2)
    few, many = (
        [p.chart.highest for p in kinds(of, Picture)] for of in (pack(), crowded(sure=(long,)))
    )
    assert max(many) < min(few)


def test_an_item_knows_its_cautions_by_severity():
    assert Item.of_severity(unsure(), 3) == [FLOOR]
