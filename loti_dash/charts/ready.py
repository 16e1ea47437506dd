"""A chart as it goes to the browser, without plotly's check of every field.

Streamlit turns a plain dictionary into plotly's objects and back, several milliseconds for each
chart, only to find out whether the dictionary is a chart. Ours are: the tests ask plotly.
"""

from typing import Any

from plotly.basedatatypes import BaseFigure


class Ready(BaseFigure):  # type: ignore[misc] # plotly has no types
    """A chart that plotly's functions take as one of its own, and hand on as it is."""

    def __init__(self, chart: dict[str, Any]) -> None:
        # Not plotly's own, which is what takes the time.
        self.__dict__["_chart"] = chart

    def to_dict(self) -> dict[str, Any]:
        """Return the chart."""
        chart: dict[str, Any] = self.__dict__["_chart"]
        return chart
