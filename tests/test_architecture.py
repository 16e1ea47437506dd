"""What keeps the tree readable: short modules, and a README whose commands exist."""

import re

import pytest

from loti_dash import config
from loti_dash.__main__ import _parser

MODULES = sorted((config.ROOT / "loti_dash").rglob("*.py"))
README = (config.ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(config.ROOT)))
def test_a_module_is_short(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 200, f"{path.name} has {lines} lines: what second thing is in it?"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(config.ROOT)))
def test_a_module_says_what_it_is_for(path):
    assert path.read_text(encoding="utf-8").startswith('"""')


def test_the_commands_of_the_readme_exist():
    commands = re.findall(r"python -m loti_dash (.*?)(?:   .*)?$", README, re.MULTILINE)
    assert len(commands) >= 7
    for line in commands:
        words = line.replace("SOURCE FILE...", "census_2021 file.csv").strip("` ").split()
        assert _parser().parse_args(words), line


def test_the_targets_of_the_readme_exist():
    makefile = (config.ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"^make (\w+)$", README, re.MULTILINE)):
        assert f"\n{target}:" in makefile


def test_what_the_readme_links_to_is_there():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    for link in links:
        assert (config.ROOT / link).exists(), link
