"""The heat map of a group: every cell says in signs and words what its shade repeats."""

import pandas as pd
import pytest
from copy_lint import offences
from tables import comparison

from loti_dash.charts.heatmap import cell, cells, shades, signs

AREAS = {"E12000007": "London", "E09000001": "City of London", "E09000012": "Hackney"}
DRAWN = """
    indicator       | area_code | numerator | ratio | ratio_low | ratio_high | status     | robust_to_unknown
    suspensions     | E12000007 |       200 |   2.3 |       2.0 |        2.6 | ok         | true
    suspensions     | E09000012 |        90 |   0.6 |       0.5 |        0.7 | ok         | true
    stop_and_search | E12000007 |        90 |   1.2 |       0.8 |        1.7 | ok         | none
    stop_and_search | E09000012 |         - |     - |         - |          - | suppressed | none
    stop_and_search | E09000001 |        93 |     - |         - |          - | ok         | none
"""  # noqa: E501 (a drawn table)


def drawn():
    return cells(comparison(DRAWN, group_code="black"), AREAS)


def test_every_area_is_a_row_and_every_indicator_a_column_in_the_order_given():
    assert drawn().to_dict("index") == {
        "E12000007": {"suspensions": "2.3 ▲", "stop_and_search": "1.2 ?"},
        "E09000001": {"suspensions": "–", "stop_and_search": "no ratio"},
        "E09000012": {"suspensions": "0.6 ▼", "stop_and_search": "[c]"},
    }
    assert list(drawn()) == ["suspensions", "stop_and_search"]
    assert list(drawn().index) == list(AREAS)


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("50 | 2 | 1.5 | 2.5 | ok | false", "2.0 ?"),  # the unknown could turn it round
        ("50 | 2 | 1.5 | - | ok | none", "2.0 ?"),
        ("12 | 2 | 1.5 | 2.5 | ok | true", "2.0 ▲ [u]"),
        ("50 | 2 | 1.5 | 2.5 | provisional | true", "2.0 ▲ [p]"),
        ("0 | 0 | 0 | 0.5 | low_counts | none", "0.0 ▼ [u]"),
        ("50 | 1.02 | 1.01 | 1.03 | ok | true", "1.02 ▲"),
        ("- | - | - | - | not_available | none", "[x]"),
        ("- | - | - | - | not_applicable | none", "[z]"),
        ("50 | - | - | - | not_available | none", "no ratio"),
        ("50 | - | - | - | suppressed | none", "[c]"),  # the denominator is
    ],
)
def test_a_cell_says_what_its_row_allows_and_no_more(row, text):
    head = "numerator | ratio | ratio_low | ratio_high | status | robust_to_unknown"
    rows = comparison(f"{head}\n{row}", group_code="black")
    assert cell(rows.iloc[0]) == text


def test_a_shade_says_nothing_that_the_text_does_not():
    texts = pd.DataFrame({"a": ["2.3 ▲", "1.3 ▲", "0.4 ▼", "0.9 ▼", "1.2 ?", "[c]", "–"]})
    shade = shades(texts)["a"].to_list()
    assert len(set(shade)) == 6  # [c] and – are of one grey
    assert shade[4] == ""
    assert shade[5] == shade[6]
    assert shades(pd.DataFrame({"a": ["1,234.5 ▲", "2.0 ▲ [u]"]}))["a"].to_list() == [
        shade[0],
        shade[1],
    ]


def test_text_on_every_shade_has_a_contrast_of_7_or_more():
    texts = pd.DataFrame({"a": ["2.3 ▲", "1.3 ▲", "0.4 ▼", "0.9 ▼", "[c]"]})
    for style in shades(texts)["a"]:
        back, text = (part.split(": ")[1] for part in style.split("; "))
        assert (_luminance(back) + 0.05) / (_luminance(text) + 0.05) >= 7


def test_the_legend_explains_what_is_used_and_nothing_else():
    assert signs(pd.DataFrame({"a": ["2.3 ▲", "[c]"]})) == (
        "▲ clearly higher than the rate compared with. [c] withheld by the publisher to protect "
        "people."
    )
    whole = signs(drawn())
    for sign in ("▲", "▼", "?", "no ratio", "–", "[c]"):
        assert f"{sign} " in whole
    assert "[x]" not in whole
    assert not offences(whole)


def _luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
