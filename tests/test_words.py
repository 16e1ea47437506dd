"""No string that a reader can meet breaks the rules on words."""

import ast
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from copy_lint import offences

from loti_dash import config

# Quoted as a title, from the deck; references are titles of publications.
QUOTED = {"deck_wording", "reference"}
TOML = sorted(config.CATALOGUE.rglob("*.toml"))
PROSE = [config.ROOT / name for name in ("README.md", "CHANGELOG.md", "data/README.md")]
PYTHON = sorted((config.ROOT / "pages").glob("*.py")) + sorted(
    (config.ROOT / "loti_dash").rglob("*.py")
)


def strings(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from strings(inside, name)
    elif isinstance(value, list):
        for inside in value:
            yield from strings(inside, key)
    elif isinstance(value, str) and key not in QUOTED:
        yield value


@pytest.mark.parametrize("path", TOML, ids=lambda path: path.stem)
def test_the_catalogue_obeys_the_rules_on_words(path):
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    # A glossary lists the words that are not used.
    found = [
        offence for text in strings(table) if path.stem != "glossary" for offence in offences(text)
    ]
    assert not found


def test_meanings_in_the_glossary_obey_the_rules_on_words():
    table = tomllib.loads((config.CATALOGUE / "glossary.toml").read_text(encoding="utf-8"))
    assert not [offence for term in table.values() for offence in offences(term["meaning"])]


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_documents_obey_the_rules_on_words(path):
    assert not offences(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(config.ROOT)))
def test_strings_in_the_code_obey_the_rules_on_words(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    ]
    # Labels of publishers are quoted in readers of their files.
    if "ingest" not in path.parts:
        assert not [offence for text in texts for offence in offences(text)]


@pytest.mark.parametrize(
    "wrong",
    [
        "BAME people",
        "non-White groups",
        "Asians",
        "mixed race",
        "Mixed people",
        "Mixed children",
        "Mixed households",
        "Mixed young people",
        "Indian pupils",
        "black people",
        "compared to White",
        "2.3 times more likely",
        "no difference",
        "in 2023/24",
    ],
)
def test_the_lint_finds_what_it_is_for(wrong):
    assert offences(wrong)


@pytest.mark.parametrize(
    "right",
    [
        "people with a Mixed ethnic background",
        "the two Mixed groups",
        "Black people",
        "compared with White",
        "2.3 times as likely",
        "no clear difference",
    ],
)
def test_the_lint_lets_good_words_pass(right):
    assert not offences(right)
