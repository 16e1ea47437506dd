"""A sheet of survey answers becomes drafts, one a row, with what could not be understood."""

import pytest

from loti_dash import catalogue, config
from loti_dash.errors import UploadRefused
from loti_dash.outcomes import mentions, sheet

CATALOGUE = catalogue.read(config.CATALOGUE)
NAMES = mentions.names(CATALOGUE)
GYPSY_AND_ROMA = ["white_gypsy_irish_traveller", "white_roma"]
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
    assert mentions.named(text, NAMES).codes == tuple(groups)


@pytest.mark.parametrize(
    ("text", "groups", "doubt"),
    [
        (
            "White and Black Caribbean",
            ["mixed_white_black_caribbean"],
            "one group, which is Mixed",
        ),
        ("White & Black African boys", ["mixed_white_black_african"], "one group, which is Mixed"),
        ("White/Asian", ["mixed_white_asian"], "one group, which is Mixed"),
        ("not White", [], "“not” leaves somebody out"),
        ("everyone except Black African", [], "“except” leaves somebody out"),
        ("All except Black Caribbean children", [], "“except” leaves somebody out"),
        ("groups other than White British", [], "“other than” leaves somebody out"),
        ("anyone but White people", [], "“anyone but” leaves somebody out"),
        ("non-Black residents", [], "“non-” leaves somebody out"),
        ("Excluding Arab families", [], "“excluding” leaves somebody out"),
        ("White City estate residents", [], "“white city” is read as no group"),
        ("White Hart Lane", [], "“white hart” is read as no group"),
        ("mixed tenure estates", [], "“mixed tenure” is read as no group"),
        ("South Asian women", [], "“south asian” is read as no group"),
        ("South-East Asian women", [], "“south-east asian” is read as no group"),
        ("West Indian elders", [], "“west indian” is read as no group"),
        ("Black and East African", ["black"], "“east african” is read as no group"),
        ("Gypsy, Roma and Traveller pupils", GYPSY_AND_ROMA, ""),
        ("GRT families", GYPSY_AND_ROMA, ""),
        ("Gypsy, Roma and Irish Travellers", GYPSY_AND_ROMA, ""),
        ("Gypsy or Irish Traveller", ["white_gypsy_irish_traveller"], ""),
        ("Irish elders", ["white_irish"], ""),
        ("Irish Travellers", [], "“irish” is read as no group"),
        ("Travellers", [], "“traveller” is read as no group"),
        ("Northern Irish", [], "“northern irish” is read as no group"),
        ("Roma children", ["white_roma"], ""),
        ("Other Asian families", ["asian_other"], ""),
        ("Bangladeshis and Pakistanis", ["asian_bangladeshi", "asian_pakistani"], ""),
        ("Black African and Caribbean", ["black_african"], "“caribbean” is read as no group"),
        ("African-Caribbean men", [], "“caribbean” is read as no group"),
        (
            "Mixed Black Caribbean and White",
            ["black_caribbean", "mixed", "white"],
            "one group may",
        ),
        ("Black-owned businesses", [], "“black” is read as no group"),
    ],
)
def test_what_only_looks_like_a_group_is_read_as_none_and_said(text, groups, doubt):
    found = mentions.named(text, NAMES)

    assert set(found.codes) == set(groups)
    assert doubt in " ".join(found.doubts)
    assert bool(doubt) == bool(found.doubts)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "Hackney,Housing,Visit, before notices,Black,Team,done",
            "It has 7 cells and the header 6",
        ),
        ("Hackney,Housing,Visit", "It has 3 cells and the header 6: the last are empty."),
        (
            f"Hackney,Housing,{'x' * 9_000},Black,Team,done",
            "The action has 9,000 letters: what comes after 4,000 is left out.",
        ),
        (
            "Hackney,Housing,Visit,South Asian,Team,done",
            "Cohort: “south asian” is read as no group",
        ),
    ],
)
def test_a_row_that_does_not_fit_is_said_before_anything_is_made_of_it(row, said):
    (draft,) = drafts(f"borough,theme,action,cohort,owner,status\n{row}\n").drafts

    assert any(each.startswith(said) for each in draft.problems)


@pytest.mark.parametrize(
    "row", ["Hackney,Housing,Visit,Black,Team,done,,", "Hackney,a,b,Black,T,done"]
)
def test_empty_cells_at_the_end_of_a_row_are_no_problem(row):
    (draft,) = drafts(f"borough,theme,action,cohort,owner,status\n{row}\n").drafts

    assert draft.problems == ()
