"""What a series means by a label, kept for its next upload."""

import pytest
from submitting import draft

from loti_dash.state import mappings, transaction
from loti_dash.state import submissions as rows


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, each_database):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))


def keep(indicators, mapping):
    with transaction() as db:
        id_ = rows.add(db, draft("s"), "ann@council.example")
        mappings.keep(db, id_, indicators, mapping)


def test_a_mapping_is_kept_with_its_series_alone():
    keep(["evictions"], {"Blk Carib": "black_caribbean"})

    assert mappings.of(["evictions"]) == {"Blk Carib": "black_caribbean"}
    assert mappings.of(["arrests"]) == {}


def test_the_later_word_on_a_label_counts_and_other_labels_stay():
    keep(["evictions"], {"Blk": "black", "Chin": "asian_chinese"})
    keep(["evictions"], {"Blk": "black_other"})

    assert mappings.of(["evictions"]) == {"Blk": "black_other", "Chin": "asian_chinese"}


def test_a_label_that_two_series_use_for_different_groups_is_left_out():
    keep(["evictions"], {"Other": "other", "Blk": "black"})
    keep(["arrests"], {"Other": "other_any", "Blk": "black"})

    assert mappings.of(["evictions", "arrests"]) == {"Blk": "black"}
