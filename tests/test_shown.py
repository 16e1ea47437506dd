"""Where a ratio would mislead nothing is shown that it could be read from; what is known stays."""

import pandas as pd
import pytest
from tables import CATALOGUE, comparison

from loti_dash import caveats
from loti_dash.shown import as_shown

HACKNEY, CITY = "E09000012", "E09000001"
MEASURES = "rate reference_rate ratio ratio_low ratio_high p_value q_value excess".split()
LIMITS = ["ratio_if_unknown_low", "ratio_if_unknown_high"]

SEARCHES = comparison(
    """
    area_code | group_code | numerator | denominator | rate  | reference_rate | ratio | ratio_low | ratio_high | p_value | q_value | excess | ratio_if_unknown_low | ratio_if_unknown_high
    E09000012 | black      |       400 |       20000 |  20.0 |            5.0 |   4.0 |       3.5 |        4.5 |   0.001 |   0.001 |    300 |                  3.1 |                   5.2
    E09000012 | white      |       300 |       60000 |   5.0 |              - |     - |         - |          - |       - |       - |      - |                    - |                     -
    E09000001 | black      |        93 |         232 | 400.9 |           47.4 |   8.5 |       6.7 |       10.7 |   0.001 |   0.001 |     82 |                  4.9 |                  14.2
    E09000001 | white      |       282 |        5955 |  47.4 |              - |     - |         - |          - |       - |       - |      - |                    - |                     -
    """,  # noqa: E501 (a drawn table)
    indicator="stop_and_search",
    period="2018-04--2019-02",
    unknown_share=0.27,
)


def shown(table):
    indicator = CATALOGUE.indicators["stop_and_search"]
    cautions = {
        area: caveats.applying_to(CATALOGUE, indicator, "2018-04--2019-02", table, area)
        for area in (HACKNEY, CITY)
    }
    return as_shown(table, cautions)


def rows(table, area):
    return table[table["area_code"] == area].reset_index(drop=True)


def test_in_the_city_counts_stay_and_nothing_else_that_a_ratio_could_be_read_from():
    city = rows(shown(SEARCHES), CITY)

    assert city["numerator"].to_list() == [93, 282]
    assert city["unknown_share"].to_list() == [0.27, 0.27]
    assert city[[*MEASURES, *LIMITS]].isna().all(axis=None)
    for verdict in ("evidence", "size_band", "ratio_method", "robust_to_unknown"):
        assert set(city[verdict]) == {"none"}
    assert city["status_reason"].str.contains("about 8,600 residents").all()


def test_elsewhere_all_is_as_calculated():
    before, after = rows(SEARCHES, HACKNEY), rows(shown(SEARCHES), HACKNEY)

    pd.testing.assert_frame_equal(before, after, check_dtype=False)


@pytest.mark.parametrize("share", [0.31, 0.9])
def test_where_too_many_are_unknown_the_limits_for_them_stay(share):
    hackney = rows(shown(SEARCHES.assign(unknown_share=share)), HACKNEY)

    assert hackney[MEASURES].isna().all(axis=None)
    assert hackney.loc[0, LIMITS].to_list() == [3.1, 5.2]
    assert "unknown" in hackney.loc[0, "status_reason"]


def test_a_count_that_was_withheld_keeps_its_own_reason():
    table = SEARCHES.assign(unknown_share=0.4)
    withheld = (table["area_code"] == HACKNEY) & (table["group_code"] == "black")
    table.loc[withheld, ["numerator", *MEASURES]] = float("nan")
    table.loc[withheld, "status_reason"] = "The count is withheld."

    assert rows(shown(table), HACKNEY).loc[0, "status_reason"] == "The count is withheld."
