"""Taking in files: what is written, what is refused, and what stays as it was."""

import shutil
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import config, intake
from loti_dash.errors import (
    CatalogueError,
    IngestRefused,
    LotiError,
    ObservationError,
    SourceFileError,
    UnknownCode,
)
from loti_dash.ingest import census_2011
from loti_dash.ingest.reading import FileRead, Reading, Refusal, Total
from loti_dash.observation import COLUMNS


def reading(file: Path, rows: str, **more) -> Reading:
    lines = [("census_2011_residents", *line.split()) for line in rows.strip().splitlines()]
    observations = pd.DataFrame(lines, columns=COLUMNS).astype({"value": float})
    return Reading(observations, files=[FileRead(file, len(lines), len(lines))], **more)


@pytest.fixture
def take(data, tmp_path, monkeypatch):
    """Return a function that takes in what a source is made to read, and what was said."""
    (data / "catalogue" / "sources" / "census_2011.toml").write_text(_papers(data))
    file = tmp_path / "published.csv"
    file.write_text("as published")

    def taking(rows, accept="", **more):
        found = reading(file, rows, **more)
        monkeypatch.setattr(census_2011, "read", lambda files, labels: found)
        said = []
        intake.take_in("census_2011", [file], data, accept, said.append)
        return said

    return taking


def _papers(data: Path) -> str:
    path = data / "catalogue" / "sources" / "census_2011.toml"
    papers = tomllib.loads(path.read_text())
    text = path.read_text()
    for key in ("files", "accepted"):
        start = text.index(f"{key} = [")
        end = start + len(f"{key} = []") if not papers[key] else text.index("\n]", start) + 2
        text = text[:start] + f"{key} = []" + text[end:]
    return text


def stored(data):
    return pd.read_csv(
        data / "observations" / "census_2011_residents.csv", dtype={"period_id": str}
    )


def test_observations_and_papers_are_written(take, data):
    said = take("2011 E09000001 white_british 5 ok\n2011 E09000001 white_irish 3 ok")
    assert list(stored(data)["value"]) == [5, 3]
    papers = tomllib.loads((data / "catalogue" / "sources" / "census_2011.toml").read_text())
    # The sum is that of `printf 'as published' | sha256sum`.
    sha256 = "e358f48ff7b4154f3d9e4354c6229db7a89bd0af0d8d92a99b69f4e94e139d10"
    assert papers["files"] == [{"name": "published.csv", "sha256": sha256, "rows": 2}]
    assert any("2 rows read, 2 kept" in line for line in said)


def test_a_later_file_replaces_its_own_periods_and_keeps_the_others(take, data):
    take("2010 E09000001 white_british 5 ok\n2011 E09000001 white_british 6 ok")
    take("2011 E09000001 white_british 7 ok")
    assert stored(data).set_index("period_id")["value"].to_dict() == {"2010": 5, "2011": 7}


def test_what_is_refused_is_not_written_and_says_every_reason(take, data):
    refusals = [Refusal("total", "the total is off by 3"), Refusal("month", "half a month")]
    with pytest.raises(IngestRefused, match=r"off by 3\n- half a month"):
        take("2011 E09000001 white_british 5 ok", refusals=refusals)
    assert not list((data / "observations").iterdir())


def test_an_accepted_reason_is_kept_with_the_source(take, data):
    take(
        "2011 E09000001 white_british 5 ok",
        accept="The publisher confirmed it by letter.",
        refusals=[Refusal("total", "the total is off by 3")],
    )
    papers = tomllib.loads((data / "catalogue" / "sources" / "census_2011.toml").read_text())
    (accepted,) = papers["accepted"]
    assert accepted["reason"] == "The publisher confirmed it by letter."
    assert accepted["problems"] == ["the total is off by 3"]


def test_the_report_says_what_every_label_became_and_how_totals_compare(take):
    said = "\n".join(
        take(
            "2011 E09000001 white_british 5 ok\n2011 E09000002 white_british 0 ok",
            labels={"White: British": "white_british", "Total": "left out: a total"},
            totals=[
                Total("London", 5, 5),
                Total("England", 90, 100, tolerance=10),
                Total("averages", 0.1 + 0.2, 0.3),
            ],
            missing={"2001": "no file"},
            facts=["2 exact duplicates kept"],
        )
    )
    for expected in (
        "label 'White: British' became white_british",
        "label 'Total' became left out: a total",
        "London: ours 5, published 5: agrees",
        "England: ours 90, published 100: differs by -10",
        "averages: ours 0.3, published 0.3: agrees",
        "missing: 2001: no file",
        "2 exact duplicates kept",
        "census_2011_residents: 2 counts are ok",
        "census_2011_residents: periods 2011",
    ):
        assert expected in said


def test_a_failed_write_leaves_the_figures_as_they_were(take, data, monkeypatch):
    take("2011 E09000001 white_british 5 ok")
    before = (data / "observations" / "census_2011_residents.csv").read_bytes()

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(pd.DataFrame, "to_csv", full)
        with pytest.raises(LotiError, match="No space left"):
            take("2011 E09000001 white_british 6 ok")
    assert (data / "observations" / "census_2011_residents.csv").read_bytes() == before
    assert [path.name for path in (data / "observations").iterdir()] == [
        "census_2011_residents.csv"
    ]


def contents(data):
    return {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


@pytest.mark.parametrize("stuck", ["census_2011.toml", "census_2011_residents.csv"])
def test_figures_and_papers_are_replaced_together_or_not_at_all(take, data, monkeypatch, stuck):
    take("2011 E09000001 white_british 5 ok")
    before = contents(data)
    replace = Path.replace

    def held(path, target):
        if Path(target).name == stuck:
            raise PermissionError(1, "Operation not permitted", str(target))
        return replace(path, target)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", held)
        with pytest.raises(LotiError, match="not permitted"):
            take("2011 E09000001 white_british 6 ok")
    assert contents(data) == before


@pytest.mark.parametrize(
    ("damaged", "says"),
    [
        (b"", "lacks"),
        (b'title = "cut in the mid', "cannot be read"),
        (b'title = "one"\ntitle = "two"\n', "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_with_a_damaged_definition_nothing_is_written(take, data, damaged, says):
    take("2011 E09000001 white_british 5 ok")
    (data / "catalogue" / "sources" / "census_2011.toml").write_bytes(damaged)
    before = contents(data)
    with pytest.raises(CatalogueError, match=rf"census_2011\.toml.*{says}"):
        take("2011 E09000001 white_british 6 ok")
    assert contents(data) == before


@pytest.mark.parametrize("length", [0, 10, -1, -2, -4, -12])
def test_stored_figures_that_are_cut_short_are_named(take, data, length):
    take("2010 E09000001 white_british 5 ok\n2010 E09000002 white_british 7 ok")
    path = data / "observations" / "census_2011_residents.csv"
    whole = path.read_bytes()
    assert whole.endswith(b"7,ok\n")
    path.write_bytes(whole[:length] if length != -1 else whole[:-2])
    with pytest.raises(ObservationError, match=r"census_2011_residents\.csv"):
        take("2011 E09000001 white_british 6 ok")


def test_figures_that_would_be_lost_are_named_and_can_be_accepted(take, data):
    both = "2011 E09000001 white_british 5 ok\n2011 E09000002 white_british 7 ok"
    take("2010 E09000009 white_irish 1 ok\n" + both)
    before = stored(data)
    with pytest.raises(IngestRefused, match=r"2011: .* lack figures .* E09000002 white_british"):
        take("2011 E09000001 white_british 6 ok")
    pd.testing.assert_frame_equal(stored(data), before)
    take("2011 E09000001 white_british 6 ok", accept="The area was dissolved.")
    assert stored(data)["value"].to_list() == [1, 6]


def test_where_nothing_can_be_used_it_says_so_and_papers_stay(take, data):
    before = contents(data)
    for accept in ("", "use it all the same"):
        with pytest.raises(IngestRefused, match="- half a month\n- 2018-05: only one force"):
            take(
                "",
                accept=accept,
                missing={"2018-05": "only one force"},
                refusals=[Refusal("month", "half a month")],
            )
    assert contents(data) == before


def test_a_source_of_something_else_than_counts_is_not_read(data, tmp_path):
    with pytest.raises(SourceFileError, match="boundaries is not read by ingest"):
        intake.take_in("boundaries", [tmp_path / "x"], data)


@pytest.mark.publishers
@pytest.mark.parametrize("source", intake.sources())
def test_figures_and_papers_are_what_the_publishers_files_give(publishers, source, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(config.DATA, data, ignore=shutil.ignore_patterns("boundaries"))
    papers = tomllib.loads((data / "catalogue" / "sources" / f"{source}.toml").read_text())
    files = [next(publishers.rglob(each["name"])) for each in papers["files"]]
    if not files:
        pytest.skip("its files are awaited")
    before = contents(data)
    intake.take_in(source, files, data, say=lambda _: None)
    changed = [path.name for path, content in contents(data).items() if content != before[path]]
    assert not changed


def test_a_source_or_file_there_is_not_is_a_clear_error(data, tmp_path):
    with pytest.raises(UnknownCode, match="no source has the code 'nonsense'"):
        intake.take_in("nonsense", [tmp_path / "x"], data)
    with pytest.raises(SourceFileError, match="is not there"):
        intake.take_in("census_2011", [tmp_path / "x.csv"], data)


@pytest.mark.parametrize(
    ("ours", "published", "more", "reconciles"),
    [
        (5, 5, {}, True),
        (5, 6, {}, False),
        (5, 6, {"tolerance": 1}, True),
        (5, 9, {"expected_short": "a borough sent nothing"}, True),
        (9, 5, {"expected_short": "a borough sent nothing"}, False),
        (0.1 + 0.2, 0.3, {}, True),
    ],
)
def test_when_totals_reconcile(ours, published, more, reconciles):
    found = Reading(pd.DataFrame(), totals=[Total("all", ours, published, **more)])
    found.refuse_unreconciled()
    assert found.totals[0].reconciles == reconciles
    assert bool(found.refusals) != reconciles
