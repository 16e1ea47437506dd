"""What a series means by a label, kept for its next upload."""

import pytest
from submitting import HACKNEY, HARINGEY, draft

from loti_dash.state import mappings, transaction
from loti_dash.state import submissions as rows


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch, each_database):
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))


def keep(ids, mapping, owner="hackney_council", area=HACKNEY):
    with transaction() as db:
        id_ = rows.add(db, draft("s", areas=(area,)), "ann@council.example")
        mappings.keep(db, id_, [f"{one}_{owner}" for one in ids], owner, mapping)


def anywhere(_):
    return True


def test_a_mapping_is_kept_with_the_id_of_the_file_alone():
    keep(["evictions"], {"Blk Carib": "black_caribbean"})

    assert mappings.of(["evictions"], anywhere) == {"Blk Carib": "black_caribbean"}
    assert mappings.of(["arrests"], anywhere) == {}
    assert mappings.of(["evict"], anywhere) == {}
    assert mappings.of(["evictions_hackney"], anywhere) == {}
    assert mappings.of([], anywhere) == {}


def test_the_later_word_on_a_label_counts_and_other_labels_stay():
    keep(["evictions"], {"Blk": "black", "Chin": "asian_chinese"})
    keep(["evictions"], {"Blk": "black_other"})

    assert mappings.of(["evictions"], anywhere) == {"Blk": "black_other", "Chin": "asian_chinese"}


def test_a_label_that_two_series_use_for_different_groups_is_left_out():
    keep(["evictions"], {"Other": "other", "Blk": "black"})
    keep(["arrests"], {"Other": "other_any", "Blk": "black"})

    assert mappings.of(["evictions", "arrests"], anywhere) == {"Blk": "black"}


def test_the_words_of_one_borough_do_not_reach_another():
    keep(["evictions"], {"Blk": "black"})
    keep(["evictions"], {"Blk": "black_other", "Nigerian": "black_african"}, "haringey", HARINGEY)

    assert mappings.of(["evictions"], lambda areas: areas == [HACKNEY]) == {"Blk": "black"}
    assert mappings.of(["evictions"], lambda areas: areas == [HARINGEY]) == {
        "Blk": "black_other",
        "Nigerian": "black_african",
    }
    assert mappings.of(["evictions"], anywhere) == {"Nigerian": "black_african"}
