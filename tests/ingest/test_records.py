"""Records that are alike in all but the minute are one cell, and of the same month in London."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loti_dash.errors import SourceFileError
from loti_dash.ingest.records import alike, engine, local_months, table_of

WRITTEN = ["%Y-%m-%dT%H:%M:%S+00:00", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%MZ"]
# The ends of months in London, in winter, in summer, and on the days between the two.
ENDS = [datetime(2018, month, 1, tzinfo=UTC) for month in range(1, 13)]
MOMENTS = st.builds(
    lambda end, minutes: end + timedelta(minutes=minutes),
    st.sampled_from(ENDS),
    st.integers(-150, 150),
)


@pytest.fixture(autouse=True, scope="module")
def _engine():
    engine()


def hours(times):
    """Return what stands for each time once records are counted, and how many there are."""
    table = table_of(pd.DataFrame({"time": times, "what": [str(n) for n, _ in enumerate(times)]}))
    found = alike(table, ["time"]).to_pyarrow().to_pydict()
    return dict(zip(found["time"], found["searches"], strict=True))


@settings(max_examples=60, deadline=None)
@given(moments=st.lists(MOMENTS, min_size=1, max_size=8), how=st.sampled_from(WRITTEN))
def test_an_hour_is_of_the_month_of_its_times(moments, how):
    times = pd.Series([moment.strftime(how) for moment in moments])

    found = hours(times.to_list())

    in_months = pd.Series(list(found.values())).groupby(local_months(pd.Series(list(found)), "a"))
    assert in_months.sum().to_dict() == local_months(times, "a").value_counts().to_dict()
    assert len(found) == len({moment.replace(minute=0, second=0) for moment in moments})


@pytest.mark.parametrize(
    "time",
    [
        "2018-04-30T22:60:00+00:00",
        "2018-04-30T24:10:00+00:00",
        "2018-13-30T22:10:00+00:00",
        "2018-04-00T22:10:00+00:00",
        "2018-04-30T22:10:00+00:00\n",
        "30/04/2018 22:10",
        "soon",
        "",
    ],
)
def test_what_is_no_time_stays_as_it_is_and_is_refused(time):
    assert hours([time]) == {time: 1}
    if time.strip() == time:
        with pytest.raises(SourceFileError, match="is not a date with a time"):
            local_months(pd.Series([time]), "a")


def test_a_time_of_another_zone_stays_as_it_is():
    # In Kathmandu an hour begins at a quarter past one of UTC.
    assert hours(["2018-05-01T04:50:00+05:45"]) == {"2018-05-01T04:50:00+05:45": 1}
    assert local_months(pd.Series(["2018-05-01T04:50:00+05:45"]), "a").to_list() == ["2018-05"]
    assert local_months(pd.Series(["2018-05-01T04:00:00+05:45"]), "a").to_list() == ["2018-04"]


def test_a_day_that_there_is_not_is_refused_by_its_hour():
    (hour,) = hours(["2018-02-30T22:10:00+00:00"])
    with pytest.raises(SourceFileError, match=r"a: '2018-02-30T22:00:00\+00:00' is not a date"):
        local_months(pd.Series([hour]), "a")
