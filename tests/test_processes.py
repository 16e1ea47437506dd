"""Processes as data: every mistake is an error that names the file, the process and the step."""

import json

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import CatalogueError

DEFINITIONS = catalogue.read(config.CATALOGUE)


def test_the_processes_others_rely_on_are_there_in_order():
    in_order = sorted(DEFINITIONS.processes.values(), key=lambda each: each.position)

    assert [each.id for each in in_order] == (
        "children adults searches social_workers homelessness".split()
    )
    steps = [step.id for step in DEFINITIONS.processes["children"].steps]
    assert steps == "search arrest remand_decision remand sentence custody".split()


@pytest.mark.parametrize("id_", DEFINITIONS.processes)
def test_a_process_asks_a_question_and_says_why_its_ratios_are_not_multiplied(id_):
    process = DEFINITIONS.processes[id_]

    assert process.question.endswith("?")
    assert process.apart.endswith(".")
    assert process.reviewed < process.next_review
    for step in process.steps[1:]:
        assert step.note.endswith("."), step.id


@pytest.mark.parametrize("id_", DEFINITIONS.processes)
def test_areas_are_joined_as_the_indicators_of_the_same_counts_join_them(id_):
    process = DEFINITIONS.processes[id_]
    counted = {series for step in process.steps for series in step.series}

    for indicator in DEFINITIONS.indicators.values():
        if indicator.numerator.series in counted:
            assert indicator.joined_areas == process.joined_areas, indicator.id


def test_processes_are_kept_in_a_release_and_an_older_one_has_none(release):
    assert release.catalogue.processes == DEFINITIONS.processes
    older = json.loads(catalogue.to_json(DEFINITIONS))
    del older["processes"]
    assert catalogue.from_json(json.dumps(older)).processes == {}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('before = "search"', 'before = "serach"', "before is 'serach', which is no step before"),
        ('before = "arrest"', 'before = "custody"', "before is 'custody', which is no step"),
        ('before = "search"', 'before = ""', "before is '', which is no step before it"),
        ('id = "arrest"', 'id = "search"', "children, search: a step has an id of its own"),
        ('series = ["child_searches"]', "series = []", "and a series"),
        ('series = ["child_searches"]', 'series = ["searches"]', "series names 'searches'"),
        ('caveats = ["transcribed"]', 'caveats = ["typed"]', "caveats names 'typed'"),
        ("nests = false", 'nests = "no"', "it must be a bool"),
        ("nests = false", "nests = 0", "it must be a bool"),
        ("position = 1", "position = true", "it must be a int"),
        (
            'before = "arrest"\nnests = false',
            'before = "arrest"\nnests = true',
            "it cannot nest, because recorded_by differ",
        ),
        (
            "These remands are a part of the remand decisions of the same year.",
            "",
            "note must say",
        ),
        ('none = ""', 'none = "Why not."', "population needs series, or else none to say why"),
        ('"child_population", ', '"people", ', "population names 'people'"),
        ("joined_areas = {}", 'joined_areas = { E09 = "E09000033" }', "joined_areas names 'E09'"),
        ('levels = ["country", "region"]', 'levels = ["town"]', "it may be borough"),
        ('people = "children"', "", "lacks people"),
    ],
)
def test_a_mistake_is_an_error_that_says_where(data, old, new, says):
    path = data / "catalogue" / "stages.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(CatalogueError, match=r"stages\.toml") as error:
        catalogue.read(data / "catalogue")
    assert says in str(error.value)
