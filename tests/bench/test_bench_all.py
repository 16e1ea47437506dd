"""The table of all benchmarks, and the document written from it: arithmetic, words, wiring."""

import json
from types import SimpleNamespace

import pytest

from loti_dash import bench, performance
from loti_dash.__main__ import main
from loti_dash.bench import browser, compare_all, growth, pages, protect, records, start, upload
from loti_dash.bench_lines import HEADS, Line, table


@pytest.mark.parametrize(
    ("ratio", "aim", "at_least", "met"),
    [
        (1.5, 1.5, False, True),
        (1.51, 1.5, False, False),
        (5, 5, True, True),
        (4.9, 5, True, False),
    ],
)
def test_an_aim_is_met_at_its_limit(ratio, aim, at_least, met):
    line = Line("a view", 1, 2, ratio, aim, at_least=at_least)

    assert line.met is met
    assert line.to_dict()["met"] is met
    assert line.cells("pages")["met"] == ("yes" if met else "no")


def test_a_line_says_what_was_measured_beside_what():
    cells = Line("a view", 0.0123, 0.0246, 0.5, 0.6, beside="bare page").cells("pages")

    assert list(cells) == list(HEADS)
    assert cells["ours"] == "12.3 ms"
    assert cells["yardstick"] == "24.6 ms (bare page)"
    assert (cells["ratio"], cells["aim"]) == ("0.5", "≤ 0.6")
    first, second = table([cells])
    assert first.split()[0] == "benchmark"
    assert second.index("a view") == first.index("what")


@pytest.fixture
def one(monkeypatch):
    """Make a single benchmark stand for all, and return what it was asked for."""
    asked = []

    def measure(rounds=7):
        asked.append(rounds)
        return {"ours, s": 2.0, "theirs, s": 1.0}

    def lines(of):
        return [Line("a file", of["ours, s"], of["theirs, s"], 2.0, 1.5, beside="theirs")]

    module = SimpleNamespace(
        measure=measure, lines=lines, QUICK={"rounds": 1}, __name__="a.upload"
    )
    monkeypatch.setattr(bench, "WITH_AIMS", ["upload"])
    monkeypatch.setattr(bench, "import_module", lambda _: module)
    return asked


def test_all_benchmarks_are_one_table_and_one_object(one):
    _, row, seconds = bench.run("all", "table")
    assert row.split()[:3] == ["upload", "a", "file"]
    assert row.endswith("no")
    assert seconds.endswith("seconds in all")

    [found] = map(json.loads, bench.run("all", "json", quick=True))
    assert found["lines"][0] | {"met": False, "ratio": 2.0} == found["lines"][0]
    assert found["figures"]["upload"]["ours, s"] == 2.0
    assert found["machine"]["Python"]
    assert one == [7, 1]


def test_the_command_writes_the_document(one, tmp_path, capsys):
    path = tmp_path / "performance.md"

    assert main(["bench", "all", "--quick", "--write", str(path)]) == 0

    said = path.read_text("utf-8")
    assert "| upload | a file | 2 s | 1 s (theirs) | 2 | ≤ 1.5 | no |" in said
    assert "0 of 1 aims are met" in said
    assert "- Missed: upload, a file: 2, and the aim is at most 1.5." in said
    assert "Not to be quoted" in said
    assert "upload" in capsys.readouterr().out


def test_how_many_visitors_a_processor_bears_follows_from_what_was_measured():
    # One view in five is new: 0.8 * 0.02 + 0.2 * 0.07 = 0.03 s; 60% of a second are 20 views,
    # and visitors who read for 30 seconds are 600. 1 + 49 visits take 49 MB more than one.
    measured = {
        "new selection, s": 0.07,
        "bare: repeated, s": 0.05,
        "1 visitors, ours: memory of the server, MB": 400.0,
        "1 visitors, ours: a second": 40.0,
        "50 visitors, ours: a second": 50.0,
        "50 visitors, ours: processor, s an answer": 0.02,
        "50 visitors, ours: memory of the server, MB": 449.0,
    }
    of = {
        "seconds": 60,
        "quick": False,
        "machine": {},
        "lines": [],
        "figures": {"pages": measured},
    }

    said = performance.document(of)

    assert "one view: 80% × 0.0200 s + 20% × 0.0700 s = 0.0300 s" in said
    assert "20.0 a second × 30 s = 600" in said
    assert "about 1.0 MB for each open visit" in said
    assert "| 10 | 10 ÷ 30 s = 0.333 | 1 | 1 × 400 MB + 10 × 1.0 MB = 0.41 GB |" in said
    assert "| 1,000 | 1,000 ÷ 30 s = 33.3 | 2 | 2 × 400 MB + 1,000 × 1.0 MB = 1.8 GB |" in said
    # 100,000 ÷ 600 is 166.7.
    assert "| 100,000 | 100,000 ÷ 30 s = 3,330 | 167 |" in said


def test_every_benchmark_with_an_aim_says_how_near_it_is():
    for module in (browser, compare_all, growth, pages, protect, records, start, upload):
        assert callable(module.lines)
        assert module.QUICK
        assert module.__name__.rpartition(".")[2] in bench.WITH_AIMS
