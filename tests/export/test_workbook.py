"""The workbook: opens, holds the numbers of the page, and explains itself."""

import re
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from taken_views import ADDRESS, taken

from loti_dash import tables
from loti_dash.export.observations import observations_behind
from loti_dash.export.sheets import columns
from loti_dash.export.workbook import workbook

HACKNEY, CITY = "E09000012", "E09000001"
DUTY = {"indicator": "homelessness_duty_owed", "area": HACKNEY, "period": "2025-Q3"}
SHEETS = ["Cover", "Contents", "Notes", "Groups", "Areas", "Observations"]


def made(view, store):
    """Return the workbook of a view, and the observations in it."""
    id_, period = view.indicator, view.selection.period
    rows = observations_behind(store, id_, period, view.areas)
    return workbook(view, rows, "The product"), rows


def table(file, sheet, head):
    """Return the table of a sheet, as a spreadsheet reads it: it begins at a head."""
    lines = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_name(sheet).to_python()
    start = next(n for n, line in enumerate(lines) if line[0] == head)
    return pd.DataFrame(lines[start + 1 :], columns=lines[start])


@pytest.fixture(scope="module")
def duties(release):
    view = taken(release, **DUTY)
    return view, *made(view, release)


def test_it_has_a_cover_contents_notes_and_a_sheet_for_each_table(duties):
    _, file, _ = duties
    book = CalamineWorkbook.from_filelike(BytesIO(file))

    assert book.sheet_names == SHEETS
    assert table(file, "Contents", "Sheet")["Sheet"].to_list() == SHEETS[2:]


@pytest.mark.parametrize(("sheet", "head"), [("Groups", "Ethnicity"), ("Areas", "Area")])
def test_its_numbers_are_those_of_the_page_to_the_last_digit(duties, sheet, head):
    view, file, _ = duties
    shown = view.here if sheet == "Groups" else view.of_group

    back = table(file, sheet, head)

    for column in columns(view.indicator):
        for cell, value in zip(back[column.head], shown[column.name], strict=False):
            if pd.isna(value):
                assert re.fullmatch(r"\[[cxz]\]", cell)
            else:
                assert cell == value


def test_what_cannot_be_known_has_the_sign_that_the_page_has(duties):
    view, file, _ = duties
    page = tables.by_area(view.of_group, view.indicator)

    back = table(file, "Areas", "Area").set_index("Area")

    for area, cell in page["Ratio"].items():
        if cell.startswith("["):
            assert back.loc[area, "Ratio"] == cell
    assert "[x]" in set(page["Ratio"])


def test_how_sure_and_the_signs_beside_numbers_are_in_columns_of_their_own(duties):
    view, file, _ = duties
    page = tables.by_area(view.of_group, view.indicator)

    back = table(file, "Areas", "Area").set_index("Area")

    unreliable = [area for area, cell in page["Ratio"].items() if cell.endswith("[u]")]
    assert unreliable
    assert set(back.index[back["Signs"].str.contains("[u]", regex=False)]) == set(unreliable)
    plain = page["How sure"].str.replace("\N{NO-BREAK SPACE}", " ")
    assert back["How sure"].to_list() == plain.to_list()


def test_those_of_unknown_ethnicity_have_a_row(duties):
    view, file, _ = duties

    last = table(file, "Groups", "Ethnicity").iloc[-1]

    assert last["Ethnicity"] == "Unknown"
    known = view.here["numerator"].sum()
    share = view.here["unknown_share"].iloc[0]
    assert last["Count"] / (last["Count"] + known) == pytest.approx(share, rel=1e-12)


def test_every_observation_is_there_and_what_is_withheld_says_so(release):
    view = taken(release, **(DUTY | {"period": "2022-10--2025-09"}))
    file, rows = made(view, release)

    back = table(file, "Observations", "Side")

    assert len(back) == len(rows)
    for cell, value, status in zip(back["Value"], rows["value"], rows["status"], strict=True):
        gone = "[c]" if status == "suppressed" else "[x]"
        assert cell == gone if pd.isna(value) else cell == value
    assert "[c]" in set(back["Value"])


def test_no_cell_of_a_table_is_empty_and_every_sign_is_explained(duties):
    _, file, _ = duties
    notes = table(file, "Notes", "About")
    signs = set()

    for sheet, head in (("Groups", "Ethnicity"), ("Areas", "Area"), ("Observations", "Side")):
        cells = table(file, sheet, head).to_numpy().ravel()
        assert all(cell != "" for cell in cells)
        signs |= {s for c in cells if isinstance(c, str) for s in re.findall(r"\[[a-z0-9]+\]", c)}
    assert signs <= set(notes["About"])


def test_what_rounds_to_zero_and_is_not_zero_says_so(release):
    view = taken(release, **DUTY)
    tiny = view.of_group.assign(rate=view.of_group["rate"].mask(view.of_group["rate"] > 5, 0.004))
    view = type(view)(**(vars(view) | {"of_group": tiny}))
    file, _ = made(view, release)

    back = table(file, "Areas", "Area")

    low = back["Signs"].str.contains("[low]", regex=False)
    assert (back.loc[low, "Rate for every 1,000"] == 0.004).all()
    assert low.any()
    assert not low.all()
    assert "[low]" in set(table(file, "Notes", "About")["About"])


def test_the_cautions_of_every_area_stand_in_the_notes(duties):
    view, file, _ = duties
    notes = table(file, "Notes", "About")

    for area in view.areas:
        for each in view.cautions[area]:
            assert notes["Note"].str.startswith(each.text).any()
    assert notes["About"].str.startswith("Caution that limits use").any()


def test_the_cover_says_the_finding_what_is_shown_and_where_it_is_from(duties):
    view, file, _ = duties
    cover = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_name("Cover").to_python()
    said = "\n".join(line[0] for line in cover)

    assert view.finding in said
    for paper in view.papers().values():
        assert paper in said
    assert ADDRESS in said
    for each in view.found:
        assert each.severity == 1 or each.text in said


def test_what_would_mislead_is_in_no_cell(release):
    view = taken(release, indicator="stop_and_search", area=CITY)
    file, _ = made(view, release)

    back = table(file, "Groups", "Ethnicity").iloc[:-1]

    assert set(back["Ratio"]) <= {"[x]", "[z]"}
    assert set(back["Rate for every 1,000"]) == {"[x]"}
    assert pd.to_numeric(back["Count"]).notna().all()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_taken_for_a_formula(release, sign):
    view = taken(release, **DUTY)
    named = view.of_group.assign(area=f"{sign}1+1")
    view = type(view)(**(vars(view) | {"of_group": named}))

    file, _ = made(view, release)

    back = table(file, "Areas", "Area")
    assert back["Area"].str.startswith("'").all()
    with ZipFile(BytesIO(file)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(SHEETS)
        assert not any(b"<f>" in parts.read(name) for name in sheets)


def test_it_is_a_sound_archive_of_well_formed_parts(duties):
    _, file, _ = duties

    with ZipFile(BytesIO(file)) as parts:
        assert parts.testzip() is None
        names = parts.namelist()
        for name in names:
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
        types = parts.read("[Content_Types].xml").decode()
    assert all(f'PartName="/{name}"' in types for name in names if "worksheets/sheet" in name)
