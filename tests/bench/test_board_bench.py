"""The benchmark of shared views: its arithmetic, and that it leaves nothing behind."""

import os

import pytest


@pytest.fixture
def board():
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    from loti_dash.bench import board

    return board


def test_medians_are_of_ratios_in_the_same_round(board):
    from loti_dash.visits import Visit

    # Bare and shared: to the headline, until all is drawn, bytes.
    rounds = [
        [Visit(1, 4, 7e6), Visit(1, 2, 3e6)],
        [Visit(2, 4, 7e6), Visit(3, 2, 3e6)],
        [Visit(1, 1, 7e6), Visit(2, 3, 3e6)],
    ]
    found = board.figures(rounds[0], rounds)

    assert found["shared view: received, kB"] == 3000
    assert found["ours / bare, headline (aim: at most 1.3)"] == 1.5  # of 1, 1.5 and 2
    assert found["ours / bare, all drawn (aim: at most 1.3)"] == 0.5  # of 0.5, 0.5 and 3


def test_what_it_shares_is_not_kept_where_people_write(board, tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_DATABASE_URL", "sqlite:///mine.sqlite")

    with board._state_in(tmp_path):
        assert os.environ["LOTI_DATABASE_URL"] == f"sqlite:///{tmp_path / 'state.sqlite'}"

    assert os.environ["LOTI_DATABASE_URL"] == "sqlite:///mine.sqlite"
