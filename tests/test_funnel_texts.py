"""The words of a funnel agree with its figures, and say what being outside does not."""

from copy_lint import offences
from scipy.optimize import brentq
from scipy.stats import gamma
from tables import CATALOGUE, comparison

from loti_dash import funnel_texts
from loti_dash.funnels import funnel

HOMELESS = CATALOGUE.indicators["homelessness_duty_owed"]
CALM = [(11, 1_000), (9, 1_000), (10, 1_000), (40, 1_000), (12, 1_000), (8, 1_000)]
WILD = [(2, 1_000), (40, 1_000), (90, 1_000), (1, 1_000), (10, 1_000), (30, 1_000)]


def rows(counts):
    lines = [
        f"E090000{at:02} | black | 0.03 | {n} | {d} | {n / d * 1_000}"
        for at, (n, d) in enumerate(counts, 2)
    ]
    head = "area_code | group_code | unknown_share | numerator | denominator | rate"
    return comparison("\n".join([head, *lines]))


def made(counts=CALM, london=10.0):
    return funnel(rows(counts), HOMELESS, london)


def test_the_message_counts_those_outside():
    assert funnel_texts.title(made(), "Black") == (
        "Black: in 1 of 6 boroughs the rate lies further from London's than chance alone explains"
    )
    inside = [(10, 1_000)] * 6
    assert funnel_texts.title(made(inside), "Black") == (
        "Black: chance alone could explain how the rates of 6 boroughs differ"
    )


def test_the_benchmark_is_said_with_the_rate_of_the_boroughs_together():
    said = funnel_texts.how_to_read(made())
    assert "London's as published, with every borough in it, 10.0 for every 1,000." in said
    assert "The 6 boroughs drawn have 15.0 together" in said
    alone = funnel_texts.how_to_read(made(london=float("nan")))
    assert "that of them all, 15.0 for every 1,000." in alone
    assert "London" not in alone


def test_where_most_lie_outside_that_is_said_and_no_borough_is_blamed():
    remark = "no sign that one borough stands apart"
    assert remark in funnel_texts.how_to_read(made(WILD))
    assert remark not in funnel_texts.how_to_read(made())


def test_the_table_has_each_borough_by_name_with_its_limits():
    table = funnel_texts.table(made())
    assert list(table.index) == sorted(table.index)
    assert table.loc["Bromley"].isna().sum() == 0
    assert table.loc["Brent", "Where it lies"] == "above the 99.8% limits"  # 40 of 10 expected
    # The counts whose exact limits are the 10 expected, looked for with the gamma distribution.
    low = brentq(lambda x: gamma.ppf(0.975, x + 1) - 10, 0.1, 10)
    high = brentq(lambda x: gamma.ppf(0.025, x) - 10, 10, 40)
    assert set(table["95% limits"]) == {f"{low:.1f} to {high:.1f}"}
    assert table["Count"].to_list().count("40") == 1


def test_the_text_in_its_stead_has_the_numbers_of_the_table():
    of = made()
    said = funnel_texts.alt(of, HOMELESS, rows(CALM))
    outside = (funnel_texts.table(of)["Where it lies"] != "within the limits").sum()
    assert f"{outside} of {len(of.areas)} boroughs lie outside the 95% limits" in said
    assert "around 10.0 for every 1,000" in said
    assert "Ethnicity not known: 3.0%." in said
    assert said.endswith("The same figures are in the table below.")


def test_every_text_obeys_the_rules_on_words():
    for of in (made(), made(WILD), made(london=float("nan"))):
        texts = [
            funnel_texts.title(of, "Black"),
            funnel_texts.how_to_read(of),
            funnel_texts.alt(of, HOMELESS, rows(CALM)),
            *funnel_texts.table(of)["Where it lies"],
        ]
        assert not [offence for text in texts for offence in offences(text)]
