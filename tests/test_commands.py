"""The commands, as somebody types them: exit status, what is printed, and no traceback."""

import json
import subprocess
import sys

import pytest

from loti_dash import config
from loti_dash.__main__ import main


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


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    built = run("build", "--note", "for the tests", home=folder)
    assert built.returncode == 0, built.stderr
    assert "is ready" in built.stdout
    return folder


def test_help_everywhere():
    assert "compare" in run("--help").stdout
    for command in "check ingest build releases compare bench docs".split():
        asked = run(command, "--help")
        assert asked.returncode == 0
        assert "usage" in asked.stdout


@pytest.mark.parametrize("wrong", [[], ["nonsense"], ["compare"], ["ingest"]])
def test_wrong_usage_ends_with_2(wrong):
    assert run(*wrong).returncode == 2


def test_compare_prints_the_same_table_in_each_format(home):
    asked = ("compare", "--indicator", "homelessness_duty_owed", "--area", "E09000012")
    asked += ("--period", "2025-Q3", "--format")
    as_json = json.loads(run(*asked, "json", home=home).stdout)
    assert [row["group_code"] for row in as_json] == ["asian", "black", "mixed", "white", "other"]
    lines = run(*asked, "csv", home=home).stdout.splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("release,indicator,area_code")
    assert "Black" in run(*asked, "table", home=home).stdout


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
    ],
)
def test_what_goes_wrong_ends_with_1_and_says_what_to_do(home, asked):
    found = run(*asked, home=home)
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
