"""A sheet of survey answers becomes drafts, one a row, with what could not be understood."""

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import UploadRefused
from loti_dash.outcomes import mentions, sheet

CATALOGUE = catalogue.read(config.CATALOGUE)
SURVEY = """\
Survey of boroughs;;;;;;
;;;;;;
Council;Topic;What are you doing?;Target group;Lead officer;Progress;Remarks
LB Hackney;Housing;Visits before notices run out;Black African households;Housing;On track;x
Kingston upon Thames;Jobs;Job fairs;Bangladeshi women;Skills;finished;
;;;;;;
Narnia;Care;"Lines
of text";everybody;;maybe;
"""


def drafts(text):
    return sheet.read(text.encode("cp1252"), CATALOGUE)


def test_each_row_is_a_draft_with_place_group_action_owner_and_status():
    hackney, kingston, _ = drafts(SURVEY).drafts

    assert hackney.problems == ()
    assert hackney.row == 4
    canvas = hackney.canvas
    assert canvas.title == "Housing: Visits before notices run out, Hackney"
    assert (canvas.area, canvas.groups) == ("E09000012", ("black_african",))
    assert canvas.answer("owner") == "Housing"
    (action,) = canvas.actions
    assert (action.what, action.owner, action.status) == (
        "Visits before notices run out",
        "Housing",
        "under way",
    )
    assert kingston.canvas.area == "E09000021"
    assert kingston.canvas.groups == ("asian_bangladeshi",)
    assert kingston.canvas.actions[0].status == "done"


def test_what_is_not_understood_is_said_in_its_row_and_nothing_is_guessed():
    last = drafts(SURVEY).drafts[-1]

    assert last.row == 7
    assert last.canvas.answer("intervention") == "Lines of text"
    assert (last.canvas.area, last.canvas.groups) == ("", ())
    assert last.problems == (
        "'Narnia' is no London borough: choose a place in the draft.",
        "The cohort names no ethnic group: choose one in the draft.",
        "The status 'maybe' is not known: taken as “to do”.",
    )


def test_columns_that_are_left_out_or_missing_are_said():
    assert drafts(SURVEY).read_as == (
        "Read as UTF-8, 3 rows.",
        "Left out: columns G ('Remarks').",
    )
    assert drafts("theme,action\nHousing,Visits\n").read_as[1].startswith("Not in the sheet: ")


def test_people_in_answers_raise_a_warning_and_no_block():
    (draft,) = drafts("theme,action,owner\nHousing,Visits,ann@council.example\n").drafts

    assert any("e-mail address" in each for each in draft.problems)
    assert draft.canvas.answer("owner") == "ann@council.example"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty"),
        ("name,age\nAnn,3\n", "is a header"),
        ("borough,owner\nHackney,Ann\n", "no column theme and action"),
        ("theme,action\n", "0 rows of answers"),
        ("theme,action\n" + "Housing,Visits\n" * 201, "201 rows of answers"),
        ("PK\x03\x04 is a workbook", "CSV"),
    ],
)
def test_what_is_no_sheet_of_answers_is_refused_with_what_to_do(text, said):
    with pytest.raises(UploadRefused) as refused:
        drafts(text)
    assert said in str(refused.value)


def test_a_file_of_many_megabytes_is_refused():
    with pytest.raises(UploadRefused, match=r"2\.5 MB"):
        sheet.read(b"x" * 2_500_000, CATALOGUE)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Black Caribbean young people", ["black_caribbean"]),
        ("black african and Black Caribbean boys", ["black_african", "black_caribbean"]),
        ("Mixed White and Black Caribbean", ["mixed_white_black_caribbean"]),
        ("white_irish", ["white_irish"]),
        ("Asian, Asian British or Asian Welsh: Bangladeshi", ["asian_bangladeshi"]),
        ("Arab families; White people", ["white", "other_arab"]),
        ("BAME residents", []),
        ("non-White residents", []),
        ("all non white tenants", []),
        ("Other", []),
        ("Blackheath residents", []),
        ("", []),
    ],
)
def test_a_group_counts_only_by_its_name(text, groups):
    assert mentions.groups(text, mentions.names(CATALOGUE)) == groups
