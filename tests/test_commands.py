"""The commands, as somebody types them: exit status, what is printed, and no traceback."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from loti_dash import analysis, config, releases
from loti_dash.__main__ import main
from loti_dash.analysis import COLUMNS
from loti_dash.compare_command import MAIN


def run(*arguments, home=None, cwd=config.ROOT):
    environment = {"PATH": "/usr/bin:/bin", "LOTI_HOME": str(home or config.home())}
    return subprocess.run(
        [sys.executable, "-m", "loti_dash", *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(config.ROOT)},
        timeout=180,
    )


@pytest.fixture
def ended(home, monkeypatch, capsys):
    """Return a function that runs a command in this process: its exit status and what it said.

    To start a process for each takes most of a second.
    """
    monkeypatch.setenv("LOTI_HOME", str(home))

    def run_here(*arguments):
        try:
            status = main(arguments)
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_here


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    built = run("build", "--note", "for the tests", home=folder)
    assert built.returncode == 0, built.stderr
    assert "is ready" in built.stdout
    return folder


def test_help_everywhere(ended):
    assert "compare" in run("--help").stdout
    for command in "check ingest build releases compare bench docs".split():
        status, said, _ = ended(command, "--help")
        assert status == 0
        assert "usage" in said


@pytest.mark.parametrize("wrong", [[], ["nonsense"], ["compare"], ["ingest"]])
def test_wrong_usage_ends_with_2(ended, wrong):
    assert ended(*wrong)[0] == 2


def test_the_process_ends_as_the_command_does(home):
    assert run("compare").returncode == 2
    wrong = run(*ASKED, "--reference", "nobody", home=home)
    assert wrong.returncode == 1
    assert wrong.stderr.startswith("error: ")
    assert "Traceback" not in wrong.stderr


def test_compare_prints_the_same_table_in_each_format(home):
    asked = ("compare", "--indicator", "homelessness_duty_owed", "--area", "E09000012")
    asked += ("--period", "2025-Q3", "--format")
    as_json = json.loads(run(*asked, "json", home=home).stdout)
    assert [row["group_code"] for row in as_json] == ["asian", "black", "mixed", "white", "other"]
    lines = run(*asked, "csv", home=home).stdout.splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("release,indicator,area_code")
    assert "Black" in run(*asked, "table", home=home).stdout


ASKED = ("compare", "--indicator", "homelessness_duty_owed", "--area", "E12000007")
ASKED += ("--period", "2025-Q3")


def test_the_printed_table_has_counts_in_full_and_what_it_compares_with(home):
    lines = run(*ASKED, home=home).stdout.splitlines()
    assert lines[0].split() == MAIN
    # As in the publisher's sheet, rounded to 10; residents as in the Census.
    black = lines[2].split()
    assert black[:3] == ["Black", "5,150", "456,834"]
    assert {"White", "0.07358"} <= set(black)
    assert "e+" not in " ".join(lines)


def test_one_group_is_printed_with_every_column_on_a_line_of_its_own(home):
    lines = run(*ASKED, "--group", "black", home=home).stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(COLUMNS)
    assert "numerator              5,150" in lines


def test_json_has_every_digit_and_null_for_what_is_missing(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    table = analysis.compare(
        releases.open_(), "homelessness_duty_owed", "2025-Q3", areas=["E12000007"]
    )
    rows = json.loads(run(*ASKED, "--format", "json", home=home).stdout)
    assert [list(row) for row in rows] == [list(COLUMNS)] * 5
    for column in ("rate", "ratio", "p_value", "excess"):
        for row, value in zip(rows, table[column], strict=True):
            assert row[column] == value or (row[column] is None and pd.isna(value))
    assert rows[3]["group_code"] == "white"
    assert rows[3]["ratio"] is None


def test_compare_with_a_group_gives_one_row(home):
    asked = ("compare", "--indicator", "homelessness_duty_owed", "--area", "E09000012")
    found = run(*asked, "--period", "2025-Q3", "--group", "black", "--format", "json", home=home)
    assert [row["group_code"] for row in json.loads(found.stdout)] == ["black"]


@pytest.mark.parametrize(
    "asked",
    [
        ("compare", "--indicator", "no_such", "--area", "E09000012", "--period", "2021"),
        ("compare", "--indicator", "social_renting", "--area", "E09000099", "--period", "2021"),
        ("compare", "--indicator", "social_renting", "--area", "E09000012", "--period", "1999"),
        ("ingest", "hclic", "not-there.ods"),
        ("ingest", "nonsense", "README.md"),
        ("bench", "nonsense"),
        ("ingest", "boundaries", "README.md"),
    ],
)
def test_what_goes_wrong_ends_with_1_and_says_what_to_do(ended, asked):
    status, _, said = ended(*asked)
    assert status == 1
    assert said.startswith("error: ")
    assert "Traceback" not in said


def to_a_full_device(*arguments, home):
    with open("/dev/full", "w") as full:
        return subprocess.run(
            [sys.executable, "-m", "loti_dash", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=config.ROOT,
            env={"PATH": "/usr/bin:/bin", "LOTI_HOME": str(home)},
            timeout=180,
        )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("asked", [("releases",), ASKED, ("build",), ("check",)])
def test_what_cannot_be_printed_is_said_and_ends_with_1(home, asked):
    found = to_a_full_device(*asked, home=home)
    assert found.returncode == 1
    assert found.stderr.startswith("error: What there is to say cannot be written")
    assert "Traceback" not in found.stderr
    assert "Exception" not in found.stderr


def test_an_ingest_that_nobody_listens_to_is_finished(monkeypatch, tmp_path, publishers):
    """As with `... | head -1`: half a source would be worse than either."""
    data = tmp_path / "data"
    shutil.copytree(config.DATA, data)
    (data / "observations" / "social_workers.csv").unlink()
    papers = data / "catalogue" / "sources" / "social_work_workforce.toml"
    text = papers.read_text()
    papers.write_text(re.sub(r'sha256 = "\w+"', 'sha256 = "old"', text))
    [file] = (publishers / "care" / "social_work_workforce").glob("*.csv")
    script = (
        "import sys; from pathlib import Path; from loti_dash import config; "
        "from loti_dash.__main__ import main; config.DATA = Path(sys.argv[1]); "
        "sys.exit(main(['ingest', 'social_work_workforce', sys.argv[2]]))"
    )
    command = [sys.executable, "-u", "-c", script, str(data), str(file)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=config.ROOT
    ) as process:
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""
    assert process.returncode == 0
    assert (data / "observations" / "social_workers.csv").exists()
    assert papers.read_text() == text


def test_a_home_that_is_a_file_is_said(tmp_path):
    (tmp_path / "home").write_text("not a folder")
    for asked in (("build",), ASKED):
        found = run(*asked, home=tmp_path / "home")
        assert found.returncode == 1
        assert found.stderr.startswith("error: ")
        assert "Traceback" not in found.stderr


def test_releases_lists_the_release(home):
    listed = run("releases", home=home).stdout
    assert listed.startswith("*")
    assert "for the tests" in listed


def test_without_a_release_the_message_says_how_to_make_one(tmp_path):
    asked = ("compare", "--indicator", "social_renting", "--area", "E09000012", "--period", "2021")
    found = run(*asked, home=tmp_path)
    assert found.returncode == 1
    assert "python -m loti_dash build" in found.stderr
    assert "no release yet" in run("releases", home=tmp_path).stdout


def test_check_passes_on_the_project(capsys):
    assert main(["check"]) == 0
    assert "observations" in capsys.readouterr().out
