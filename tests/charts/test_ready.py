"""Charts go to the browser unchecked: here plotly checks them, and finds nothing to change."""

import json

import plotly.graph_objects as go
import plotly.io
import pytest
from taken_views import seen

from loti_dash.charts import compared, coverage, profile
from loti_dash.charts.ready import Ready
from loti_dash.over_time import in_order
from loti_dash.profile import profile as profile_of
from loti_dash.ui.since import since
from loti_dash.ui.stage_words import seen_by
from loti_dash.ui.where_words import drawing

HACKNEY, LONDON = "E09000012", "E12000007"


def without_empty(chart):
    """Return a chart without parts that say nothing, which plotly leaves out."""
    if isinstance(chart, dict):
        said = {key: without_empty(value) for key, value in chart.items()}
        return {key: value for key, value in said.items() if value not in ({}, None)}
    return [without_empty(each) for each in chart] if isinstance(chart, list) else chart


def sent(chart):
    """Return a chart as it goes to the browser; as text, in which a missing value is itself."""
    read = json.loads(plotly.io.to_json(chart, validate=False))
    return json.dumps(without_empty(read), sort_keys=True)


def the_same_to_plotly(chart):
    """Return whether plotly, which raises for a field it does not know, changes nothing."""
    return sent(go.Figure(**chart).to_dict()) == sent(chart) == sent(Ready(chart))


@pytest.mark.parametrize("shape", ["dots", "map", "tiles", "funnel"])
@pytest.mark.parametrize("measure", ["ratio", "rate", "excess", "sure"])
def test_charts_of_areas(release, shape, measure):
    selection, _ = seen(release, indicator="homelessness_duty_owed", area=HACKNEY)
    drawn = drawing(release, selection, shape, measure)

    assert the_same_to_plotly(drawn.chart)


@pytest.mark.parametrize("classification", ["5", "19"])
def test_charts_of_groups_and_of_how_complete_they_are(release, classification):
    indicator = "stop_and_search"
    selection, shown = seen(
        release, indicator=indicator, area=LONDON, classification=classification
    )
    of, definition = shown.coverage, release.catalogue.indicators[indicator]
    periods = in_order(release.catalogue, definition, of.over_time["period"])

    assert the_same_to_plotly(shown.groups)
    assert the_same_to_plotly(coverage.by_state(of.states))
    assert the_same_to_plotly(coverage.by_area(of.by_area, LONDON))
    assert the_same_to_plotly(coverage.over_time(of.over_time, periods, selection.period))


def test_charts_over_time_of_an_area_and_of_comparisons(release):
    selection, shown = seen(release, indicator="homelessness_duty_owed", area=HACKNEY)
    rows = profile_of(release, HACKNEY, "white").rows
    names = [f"place {n}" for n in range(len(shown.here))]

    assert the_same_to_plotly(since(release, selection).chart)
    assert the_same_to_plotly(profile.profile(release.catalogue, rows[rows["ratio"].notna()]))
    assert the_same_to_plotly(compared.compared(shown.here, names, "times", "same rate"))


def test_the_chart_of_steps(release):
    from loti_dash.charts import stages
    from loti_dash.stage_choices import StageSelection, honoured

    of, _, _ = honoured(release, StageSelection(), "", "")
    found = seen_by(release, of)
    rows = found.table[found.table["group_code"] == of.group]

    assert the_same_to_plotly(stages.steps(rows))
