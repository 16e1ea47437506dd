"""The examples of docs/api.md, run as they stand there against a server that answers."""

import re
import subprocess
import sys

import pytest

from loti_dash import config
from loti_dash.api.asked import OF_COMPARE
from loti_dash.api.handlers import HANDLERS

TEXT = (config.ROOT / "docs" / "api.md").read_text(encoding="utf-8")
WRITTEN = "https://dashboard.example"


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def run(command, text, address):
    # pandas says that pyarrow will be needed, once it is not there; nothing else may be said.
    found = subprocess.run(
        [*command, text.replace(WRITTEN, address)], capture_output=True, text=True, timeout=120
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


def test_examples_for_the_shell(dashboard):
    [figures, tag] = [run(["bash", "-c"], each, dashboard.address) for each in blocks("bash")]

    assert figures.startswith("release,indicator,area_code")
    assert "Hackney" in figures
    assert tag.strip() == "304"


def test_examples_in_python(dashboard):
    # In one process: to load pandas takes longer than all else.
    examples = blocks("python")
    assert len(examples) == 2

    said = run([sys.executable, "-c"], "\n".join(examples), dashboard.address)

    assert "Barking and Dagenham" in said
    assert "unknown_share" in said


def test_every_address_and_parameter_is_in_the_document():
    for path in set(HANDLERS) - {"/metrics"}:
        assert f"| `{path}` |" in TEXT
    for name in OF_COMPARE:
        assert f"| `{name}` |" in TEXT


@pytest.mark.parametrize("language", ["r", "powerquery"])
def test_other_examples_ask_for_what_there_is(language):
    """They cannot be run here, so at least their codes are those of a request that is tried."""
    [example] = blocks(language)

    for code in ("homelessness_duty_owed", "2025-Q3", "csv"):
        assert code in example
