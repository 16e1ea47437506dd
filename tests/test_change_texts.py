"""What is said of a change, held to sentences written by hand."""

import math

import pytest
from copy_lint import offences
from tables import CATALOGUE, comparison

from loti_dash import change_notes, change_tables, change_texts, changes
from loti_dash.over_time import in_order, over_time
from loti_dash.selection import Selection, honoured

HOMELESSNESS = CATALOGUE.indicators["homelessness_duty_owed"]
CHILDREN = CATALOGUE.indicators["looked_after_children"]
RESULTS = CATALOGUE.indicators["key_stage_4_english_and_maths"]

RISE = """
    period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high | rate_difference | unknown_share
    2021-Q3 | black      |       410 |       20000 |   4.1 |       3.6 |        4.6 |            15.5 |          0.02
    2025-Q3 | black      |       540 |       20000 |   5.4 |       4.8 |        6.1 |            22.0 |          0.01
"""  # noqa: E501 (a drawn table)


def drawn(table=RISE, reference=500, **everywhere):
    """Return rows as over_time gives them: so many White households of 100,000."""
    rows = comparison(table, **everywhere)
    breaks = [each for each, _ in CATALOGUE.breaks_of(CATALOGUE.indicators[rows["indicator"][0]])]
    periods = {
        id_: CATALOGUE.period(CATALOGUE.indicators[rows["indicator"][0]], id_)
        for id_ in rows["period"]
    }
    stretch = [sum(b.starts <= periods[id_].starts for b in breaks) for id_ in rows["period"]]
    rows = rows.assign(stretch=stretch, segment=rows["ratio"].notna().astype(int))
    apart = {"apart_numerator": float(reference), "apart_denominator": 100_000.0}
    return rows.assign(**apart, share_of_reference=math.nan)


def of(rows, first, last, indicator=HOMELESSNESS, group="black"):
    return changes.change(CATALOGUE, indicator, rows, group, (first, last))


def headline(rows, first="2021-Q3", last="2025-Q3", indicator=HOMELESSNESS):
    return change_texts.headline(CATALOGUE, indicator, of(rows, first, last, indicator))


def beside(rows, first="2021-Q3", last="2025-Q3", indicator=HOMELESSNESS):
    return change_notes.beside(CATALOGUE, indicator, of(rows, first, last, indicator))


def beware(rows, first="2021-Q3", last="2025-Q3", indicator=HOMELESSNESS):
    return change_notes.beware(CATALOGUE, indicator, of(rows, first, last, indicator))


def test_a_clear_rise():
    assert headline(drawn()) == (
        "Between July to September 2021 and July to September 2025 the ratio for Black households "
        "in Hackney, compared with White households, rose from 4.1 to 5.4: 1.3 times what it was "
        "(1.1 to 1.6)."
    )
    assert beside(drawn()) == (
        "That is further from 1, the same rate. The difference between the rates went from 15.5 "
        "to 22.0 for every 1,000 households. This shows a change. It does not show why."
    )
    assert beware(drawn()) == (
        "Ethnicity was not known for 2.0% in the first period and 1.0% in the last, of households "
        "owed a duty. Both periods are divided by households of one day (Census Day, 21 March "
        "2021), so a group that has grown or shrunk since looks like one whose rate has changed."
    )


def test_a_clear_fall():
    table = """
        period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high | rate_difference
        2021-Q3 | black      |       540 |       20000 |   5.4 |       4.8 |        6.1 |            22.0
        2025-Q3 | black      |       300 |       20000 |   3.0 |       2.6 |        3.5 |            10.0
    """  # noqa: E501 (a drawn table)

    # 540 and 300 households, 500 White ones both times: exp(1.96 x 0.097) is 1.21.
    assert headline(drawn(table)) == (
        "Between July to September 2021 and July to September 2025 the ratio for Black households "
        "in Hackney, compared with White households, fell from 5.4 to 3.0: 0.6 times what it was "
        "(0.5 to 0.7)."
    )
    assert beside(drawn(table)).startswith("That is nearer to 1, the same rate. ")


def test_a_change_that_may_be_chance():
    table = """
        period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high | rate_difference
        2021-Q3 | black      |        41 |       20000 |   4.1 |       2.7 |        6.2 |             1.6
        2025-Q3 | black      |        54 |       20000 |   5.4 |       3.7 |        8.0 |             2.2
    """  # noqa: E501 (a drawn table)
    rows = drawn(table, reference=50)

    assert headline(rows) == (
        "Between July to September 2021 and July to September 2025 we cannot tell whether the "
        "ratio for Black households in Hackney, compared with White households, changed: it was "
        "4.1 and then 5.4, 1.3 times what it was (0.7 to 2.3)."
    )
    assert beside(rows) == (
        "The difference between the rates went from 1.6 to 2.2 for every 1,000 households. That "
        "is not evidence that nothing changed."
    )


def test_a_limit_that_is_nearly_1_does_not_read_as_1():
    table = """
        period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high
        2021-Q3 | black      |       400 |       20000 |   4.0 |       3.5 |        4.6
        2025-Q3 | black      |       480 |       20000 |   4.8 |       4.2 |        5.4
    """
    # 1.2 times and divided by exp(1.96 x 0.0926), of 400, 480 and twice 500.
    reach = math.exp(1.959964 * math.sqrt(1 / 400 + 1 / 480 + 2 / 500))

    assert (1.2 / reach, 1.2 * reach) == pytest.approx((1.001, 1.439), abs=5e-4)
    assert headline(drawn(table)).endswith(
        "rose from 4.0 to 4.8: 1.200 times what it was (1.001 to 1.439)."
    )


def test_where_people_of_unknown_ethnicity_could_have_made_it_go_the_other_way():
    rows = drawn().assign(ratio_if_unknown_low=3.0, ratio_if_unknown_high=9.0)

    assert headline(rows).startswith(
        "Between July to September 2021 and July to September 2025, among households whose "
        "ethnicity is known, the ratio for Black households in Hackney"
    )
    assert "Depending on who they are, the ratio could have moved the other way." in beware(rows)


def test_a_share_unknown_that_moved_far_is_said_to_be_recording():
    table = RISE.replace("0.02", "0.25")

    assert "Ethnicity was not known for 25% in the first period" in beware(drawn(table))
    assert "So part of the change may be one of recording." in beware(drawn(table))
    assert "recording" not in beware(drawn())


def test_a_ratio_that_rose_while_the_difference_fell():
    table = """
        period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high | rate_difference
        2021-Q3 | black      |       800 |       20000 |   4.0 |       3.6 |        4.5 |            30.0
        2025-Q3 | black      |       540 |       20000 |   5.4 |       4.8 |        6.1 |            22.0
    """  # noqa: E501 (a drawn table)
    rows = drawn(table).assign(apart_numerator=[1000.0, 500.0])

    assert "rose from 4.0 to 5.4: 1.4 times what it was (1.2 to 1.6)." in headline(rows)
    assert (
        "Ratio and difference moved in opposite directions: the ratio rose, while the difference "
        "between the rates went from 30.0 to 22.0 for every 1,000 households."
    ) in beside(rows)


def test_a_lower_rate_that_comes_nearer():
    table = """
        period     | group_code | numerator | denominator | ratio | ratio_low | ratio_high | rate_difference
        2021-03-31 | asian      |       100 |       50000 |   0.4 |       0.3 |        0.5 |            -3.0
        2025-03-31 | asian      |       200 |       50000 |   0.8 |       0.7 |        0.9 |            -1.0
    """  # noqa: E501 (a drawn table)
    rows = drawn(table, indicator="looked_after_children")
    found = of(rows, "2021-03-31", "2025-03-31", CHILDREN, "asian")

    assert change_texts.headline(CATALOGUE, CHILDREN, found) == (
        "Between 31 March 2021 and 31 March 2025 the ratio for Asian children in Hackney, "
        "compared with White children, rose from 0.4 to 0.8: 2.0 times what it was (1.5 to 2.6)."
    )
    assert "That is nearer to 1, the same rate." in change_notes.beside(CATALOGUE, CHILDREN, found)
    assert (
        "Some of the same children are counted in both periods; the interval takes them as "
        "different ones."
    ) in change_notes.beware(CATALOGUE, CHILDREN, found)


def test_a_first_period_that_is_withheld_has_the_nearest_in_its_stead():
    table = """
        period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high | rate_difference
        2021-Q3 | black      |         - |       20000 |     - |         - |          - |               -
        2021-Q4 | black      |       410 |       20000 |   4.1 |       3.6 |        4.6 |            15.5
        2025-Q3 | black      |       540 |       20000 |   5.4 |       4.8 |        6.1 |            22.0
    """  # noqa: E501 (a drawn table)
    rows = drawn(table)

    assert headline(rows).startswith("Between October to December 2021 and July to September 2025")
    assert beside(rows).startswith(
        "There is no ratio to show for July to September 2021, so the nearest period with one "
        "stands in. "
    )
    assert "The two are of different times of the year." in beware(rows)


def test_a_count_of_nobody():
    table = """
        period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high
        2021-Q3 | black      |         0 |       20000 |   0.0 |       0.0 |        0.2
        2025-Q3 | black      |       540 |       20000 |   5.4 |       4.8 |        6.1
    """

    assert headline(drawn(table)) == (
        "Between July to September 2021 and July to September 2025 we cannot tell whether the "
        "ratio for Black households in Hackney, compared with White households, changed: it was "
        "0.0 and then 5.4, and a count behind them is 0."
    )


def test_periods_on_both_sides_of_a_break_are_not_compared():
    table = RISE.replace("2021-Q3", "2021-Q2")
    rows = drawn(table)

    assert headline(rows, "2021-Q2") == (
        "April to June 2021 and July to September 2025 cannot be compared: there is a break "
        "between them. The ratio for Black households in Hackney, compared with White households, "
        "was 4.1 and then 5.4, and we cannot tell how much of that is a change."
    )
    assert beside(rows, "2021-Q2") == (
        "Break from July to September 2021: From November 2020 to the end of May 2021 the law of "
        "the Covid-19 pandemic stopped most evictions by bailiffs. Figures from July 2021 on are "
        "of quarters without that. The difference between the rates went from 15.5 to 22.0 for "
        "every 1,000 households."
    )
    assert changes.usual_pair(CATALOGUE, HOMELESSNESS, rows) is None


def test_years_of_results_are_never_compared_unless_a_reader_asks():
    table = """
        period  | group_code | numerator | denominator | ratio | ratio_low | ratio_high | rate_difference
        2020-21 | black      |       410 |         800 |   0.8 |       0.7 |        0.9 |           -12.0
        2021-22 | black      |       400 |         800 |   0.9 |       0.8 |        1.0 |            -6.0
    """  # noqa: E501 (a drawn table)
    rows = drawn(table, indicator="key_stage_4_english_and_maths")

    assert changes.usual_pair(CATALOGUE, RESULTS, rows) is None
    assert change_texts.no_change(CATALOGUE, RESULTS, rows, "black") == (
        "The ratio for Black pupils in Hackney, compared with White pupils, was 0.9 (0.8 to 1.0), "
        "September 2021 to August 2022. There is no other period with a ratio since the break "
        "before September 2021 to August 2022. There were exams again in 2022, graded "
        "between the results of 2019 and of 2021, so the Department for Education says that "
        "results are not comparable with earlier years."
    )
    assert "cannot be compared" in headline(rows, "2020-21", "2021-22", RESULTS)


def test_one_period_only():
    one = drawn().iloc[1:]

    assert change_texts.no_change(CATALOGUE, HOMELESSNESS, one, "black") == (
        "There are figures for one period only, July to September 2025, so there is no change to "
        "tell."
    )


def test_no_ratio_in_any_period_and_none_between_two():
    rows = drawn()
    rows.loc[:, "ratio"] = math.nan

    assert change_texts.no_change(CATALOGUE, HOMELESSNESS, rows, "black") == (
        "For Black households in Hackney there is no ratio in any period."
    )
    assert change_texts.nothing_between(
        CATALOGUE, HOMELESSNESS, rows, "black", ("2025-Q3", "2021-Q3")
    ) == (
        "From July to September 2021 to July to September 2025 there are no two periods with a "
        "ratio for Black households in Hackney, so there is no change to tell."
    )


@pytest.mark.parametrize(
    ("p_value", "rises", "says"),
    [
        (
            *(0.001, True),
            "there is a trend: Black pupils became more likely to be eligible for free school "
            "meals (20% in the first, 30% in the last).",
        ),
        (
            *(0.001, False),
            "there is a trend: Black pupils became less likely to be eligible for free school "
            "meals (20% in the first, 30% in the last).",
        ),
        (
            *(0.2, True),
            "we cannot tell whether Black pupils became more or less likely to be eligible for "
            "free school meals (20% in the first, 30% in the last).",
        ),
    ],
)
def test_a_trend_is_a_statement_about_a_percentage(p_value, rises, says):
    rows = comparison(
        """
        period  | group_code | rate
        2017-18 | black      | 20.0
        2021-22 | black      | 30.0
        """
    )
    found = changes.Trend(rows.iloc[0], rows.iloc[1], 5, p_value, rises)

    assert change_texts.trend(CATALOGUE, CATALOGUE.indicators["free_school_meals"], found) == (
        "Over the 5 periods from September 2017 to August 2018 to September 2021 to August 2022 "
        f"{says}"
    )
    assert change_texts.trend(CATALOGUE, HOMELESSNESS, None) == ""


def test_the_table_has_every_period_and_a_sign_at_a_break():
    table = """
        period  | group_code | numerator | ratio | ratio_low | ratio_high | q_value | status     | unknown_share
        2021-Q2 | black      |         - |     - |         - |          - |       - | suppressed |          0.02
        2021-Q2 | white      |       100 |     - |         - |          - |       - | ok         |          0.02
        2021-Q3 | black      |       410 |   4.1 |       3.6 |        4.6 |   0.001 | ok         |          0.02
        2021-Q3 | white      |       100 |     - |         - |          - |       - | ok         |          0.02
    """  # noqa: E501 (a drawn table)
    rows = drawn(table)
    periods = in_order(CATALOGUE, HOMELESSNESS, rows["period"])

    found = change_tables.by_period(rows, HOMELESSNESS, periods)

    assert found.index.to_list() == ["April to June 2021", "July to September 2021 [b]"]
    assert found.columns.to_list() == ["Black", "% not known"], "the reference is no column"
    cells = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in found["Black"]]
    assert cells == ["[c]", "4.10 (3.60 to 4.60) higher"]
    assert found["% not known"].to_list() == ["2.0", "2.0"]
    assert change_texts.break_notes([("July to September 2021", "Why.")]) == [
        "[b] Break in the series from July to September 2021: Why."
    ]


def test_the_numbers_of_the_alternative_text_are_in_the_table():
    rows = drawn()
    periods = in_order(CATALOGUE, HOMELESSNESS, rows["period"])

    text = change_tables.alt(CATALOGUE, HOMELESSNESS, rows, "black", periods)

    assert text == (
        "Chart of ratios over time by ethnic group in Hackney, July to September 2021 to July to "
        "September 2025. Households owed a homelessness duty. Black compared with White: 4.10 "
        "(3.60 to 4.60), July to September 2021; then 5.40 (4.80 to 6.10), July to September "
        "2025. Ethnicity not known: 1.0% to 2.0%. The same figures are in the table below."
    )
    table = " ".join(change_tables.by_period(rows, HOMELESSNESS, periods)["Black"])
    for number in ("4.10", "3.60", "5.40", "6.10"):
        assert number in table


def test_nothing_said_of_any_indicator_breaks_the_rules_on_words(release):
    with_figures = [each for each in release.catalogue.indicators.values() if not each.empty]
    for number, indicator in enumerate(with_figures):
        # In turns, because each takes its time; the words are the same ones.
        reference = ("white", "rest")[number % 2]
        asked = Selection(indicator=indicator.id, area="E12000007", reference=reference)
        selection, _ = honoured(asked, indicator.domain, release.catalogue, release.choices)
        rows = over_time(release, selection)
        usual = changes.usual_pair(release.catalogue, indicator, rows)
        for group in rows["group_code"].astype(str).unique():
            found = usual and changes.change(release.catalogue, indicator, rows, group, usual)
            over = changes.trend(indicator, rows, group)
            said = [change_texts.trend(release.catalogue, indicator, over)]
            if found:
                said += [
                    change_texts.headline(release.catalogue, indicator, found),
                    change_notes.beside(release.catalogue, indicator, found),
                    change_notes.beware(release.catalogue, indicator, found),
                ]
            else:
                said.append(change_texts.no_change(release.catalogue, indicator, rows, group))
            assert not offences(" ".join(said))
            assert "nan" not in " ".join(said).split()
