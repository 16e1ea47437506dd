"""The template of an upload, and the filled example."""

import pytest
from uploads import DEFINITIONS

from loti_dash import catalogue, config
from loti_dash.errors import UploadRefused
from loti_dash.upload import checking, reading, template
from loti_dash.upload.sheet import COLUMNS, NEEDED


def test_the_filled_example_passes_every_check():
    sheet = reading.read("example.csv", template.filled())
    checked = checking.check(sheet, DEFINITIONS, catalogue.labels(config.CATALOGUE))

    assert checked.usable
    assert checked.figures["numerator"].tolist() == [12, 41, 17, 38, 9, 6]
    assert checked.figures["denominator"].tolist() == [1020, 1810, 830, 3120, 540, 210]
    assert checked.classification == {"young_people_cautioned": "harmonised_5"}


def test_a_spreadsheet_opens_both_as_utf8():
    assert template.empty().startswith(b"\xef\xbb\xbfindicator,area,period,")
    assert template.filled().startswith(template.empty())


def test_the_empty_template_is_a_header_and_no_figures():
    assert template.empty().decode("utf-8-sig").split("\r\n") == [",".join(COLUMNS), ""]
    with pytest.raises(UploadRefused, match="no rows under it"):
        reading.read("template.csv", template.empty())


def test_every_column_is_explained():
    table = template.columns()

    assert table.index.tolist() == list(COLUMNS)
    assert table.index[table["Needed"] == "yes"].tolist() == list(NEEDED)
    assert table["What stands there"].str.len().min() > 5
