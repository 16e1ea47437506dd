"""Records of one month are alike whatever their time, and months are those of London."""

import re
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
    # Around the end by the minute, and far into the month by the day.
    st.integers(-150, 150) | st.integers(-31, 31).map(lambda days: 24 * 60 * days),
)


@pytest.fixture(autouse=True, scope="module")
def _engine():
    engine()


def stands_for(times):
    """Return what stands for times once records are counted, and for how many each."""
    table = table_of(pd.DataFrame({"time": times, "what": [str(n) for n, _ in enumerate(times)]}))
    found = alike(table, ["time"]).to_pyarrow().to_pydict()
    return dict(zip(found["time"], found["searches"], strict=True))


@settings(max_examples=100)
@given(moments=st.lists(MOMENTS, min_size=1, max_size=8), how=st.sampled_from(WRITTEN))
def test_what_stands_for_times_is_of_the_same_months(moments, how):
    times = pd.Series([moment.strftime(how) for moment in moments])

    found = stands_for(times.to_list())

    months = local_months(pd.Series(list(found)), "a")
    counted = pd.Series(list(found.values())).groupby(months).sum()
    assert counted.to_dict() == local_months(times, "a").value_counts().to_dict()


def test_inside_a_month_all_times_are_one_and_at_its_ends_each_is_its_own():
    inside = [f"2018-04-{day:02}T{hour:02}:59:59+00:00" for day in (2, 15, 27) for hour in (0, 23)]
    ends = [f"2018-04-{day:02}T12:00:0{second}Z" for day in (1, 28, 30) for second in (1, 2)]

    assert stands_for(inside + ends) == {"2018-04-02T00:00:00+00:00": 6} | dict.fromkeys(ends, 1)


@pytest.mark.parametrize(
    "time",
    [
        "2018-04-15T22:60:00+00:00",
        "2018-04-15T24:10:00+00:00",
        "2018-13-15T22:10:00+00:00",
        "2018-04-00T22:10:00+00:00",
        "2018-02-30T22:10:00+00:00",
        "2018-04-15T22:10:00.1234567890123456789+00:00",
        "15/04/2018 22:10",
        "soon",
        "",
    ],
)
def test_what_is_no_time_stays_as_it_is_and_is_refused(time):
    assert stands_for([time]) == {time: 1}
    with pytest.raises(SourceFileError, match=f"a: {re.escape(repr(time))} is not a date"):
        local_months(pd.Series([time]), "a")


@pytest.mark.parametrize(
    ("time", "month"),
    [
        ("0218-04-15T22:10:00.123456789+00:00", None),
        ("2018-04-15T22:10:00+00:00\n", "2018-04"),
        # In Kathmandu May begins at a quarter past six in the evening of UTC.
        ("2018-05-01T04:30:00+05:45", "2018-04"),
        ("2018-05-01T04:50:00+05:45", "2018-05"),
        ("2018-04-15T04:50:00+05:45", "2018-04"),
    ],
)
def test_what_is_written_otherwise_stays_as_it_is(time, month):
    assert stands_for([time]) == {time: 1}
    if month:
        assert local_months(pd.Series([time.strip()]), "a").to_list() == [month]
    else:
        with pytest.raises(SourceFileError, match="is not a date with a time"):
            local_months(pd.Series([time]), "a")
