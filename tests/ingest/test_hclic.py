"""Homelessness tables: found wherever they stand, checked against their own totals."""

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
from loti_dash.ingest import hclic
from loti_dash.ingest.hclic_sheet import AREAS, ENGLAND
from loti_dash.ingest.ons_custom import AUTHORITIES, LONDON
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)
DUTIES, TEMPORARY = "homelessness_duties_owed", "temporary_accommodation_households"
BLACK = "Black / African / Caribbean / Black British"
MIXED = "Mixed / Multiple ethnic groups"
GROUPS = {
    "White": ["White: English / Welsh / Scottish / Northern Irish / British", "White: Irish"],
    BLACK: [f"{BLACK}: African", f"{BLACK}: Caribbean"],
    "Asian / Asian British": [
        f"Asian / Asian British: {each}"
        for each in ("Pakistani", "Indian", "Bangladeshi", "Chinese")
    ],
    MIXED: [
        f"{MIXED}: White and {each}" for each in ("Black Caribbean", "Black African", "Asian")
    ],
    "Other ethnic group": ["Other ethnic group: Arab", "Any other ethnic group"],
}
GROUPS["White"] += ["White: Gypsy or Irish Traveller", "Any other White ethnic group"]
GROUPS[BLACK] += ["Any other Black / African / Caribbean background"]
GROUPS["Asian / Asian British"] += ["Any other Asian background"]
GROUPS[MIXED] += ["Any other Mixed / Multiple ethnic background"]

A8 = "Table A8 - Ethnicity of main applicants owed a prevention or relief duty\nEngland, "
TA6 = "Table TA6 - Ethnicity of main applicants in TA by local authority\nEngland, "
DUTY_TOTAL, TA_TOTAL = (
    "Total owed a prevention or relief duty1",
    "Total number of households in TA1,2,3",
)

Figures = dict[tuple[str, str], Any]
Rows = list[list[Any]]


def figures(changes: Mapping[tuple[str, str], Any] | None = None) -> Figures:
    """Return cells: the nth group has n households in a borough, 30n in London, 60n in England."""
    cells: Figures = {}
    for area in AREAS:
        times = {LONDON: 30, ENGLAND: 60}.get(area, 1)
        number = 0
        for five, parts in GROUPS.items():
            cells[area, f"Total {five}"] = 0
            for part in parts:
                number += 1
                cells[area, part] = number * times
                cells[area, f"Total {five}"] += number * times
        cells[area, "Not known"] = 19 * times
        cells[area, "Total"] = 190 * times
    # 33 boroughs are 6,270: London's parts are rounded in another way than its total.
    cells[LONDON, "Total"] = cells[LONDON, "Total"] + 570
    cells[LONDON, "Not known"] = cells[LONDON, "Not known"] + 560
    return cells | dict(changes or {})


def silent(area: str, symbol: str = "..", total: Any = "..") -> Figures:
    return {key: symbol for key in figures() if key[0] == area} | {(area, "Total"): total}


def sheet(
    title: str, cells: Figures, *, style: str = "2025", total: str = DUTY_TOTAL, indent: int = 0
) -> Rows:
    """Lay out a table as in 2018, with the total and Not known one row above the groups, or as in
    2025, with headings left over from other tables; `indent` puts columns and rows before it."""
    columns = ["Total"]
    for five, parts in GROUPS.items():
        columns += ["", f"Total {five}", *parts]
    columns += ["", "Not known"]
    over, groups, junk, unit = ["", ""], ["", ""], ["", ""], ["", ""]
    for name in columns:
        five = name.removeprefix("Total ")
        is_sum = name.startswith("Total ")
        above = {"Total": total, "Not known": "Not known2"}.get(name, "")
        late = style == "2025"
        leftover = {"Total": "Total owed duty", "": "Armed Forces - owed duty"}.get(name, "")
        over += [five if is_sum else leftover if late else above, ""]
        groups += ["Total" if is_sum else above if above and late else "" if above else name, ""]
        junk += [five if is_sum else "Not known8" if name == "Not known" else "", ""]
        unit += ["", "Number and % of households" if name == "Not known" else ""]
    rows: Rows = [[title], junk if style == "2025" else [], unit, over, groups, []]
    for area in (ENGLAND, LONDON, "-", *AUTHORITIES, "E06000001", LONDON):
        of = LONDON if area in ("-", "E06000001") else area
        row: list[Any] = [area, f"Name of {area}"]
        for name in columns:
            value = cells.get((of, name), "")
            row += [value, "..00%" if value == ".." else 0.07 if name else ""]
        rows.append(row)
    rows += [[], ["Notes:"], [1, "Totals include estimates"], ["Latest update: 26 May 2028"]]
    return [[]] * indent + [[""] * indent + row for row in rows]


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a small .ods file, as an office program would."""

    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(value).split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            f"<table:table-row>{''.join(map(cell, row or ['']))}</table:table-row>" for row in rows
        )
        + "</table:table>"
        for name, rows in sheets.items()
    )
    names = "".join(
        f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "table", "text")
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", content)
    return path


Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return a function that writes a workbook with table A8 of a quarter, and others."""

    def written(
        title: str = "January to March 2025",
        cells: Figures | None = None,
        *,
        name: str = "Detailed_LA.ods",
        sheet_name: str = "A8",
        others: Mapping[str, Rows] | None = None,
        **layout: Any,
    ) -> Path:
        rows = sheet(f"{A8}{title}", cells or figures(), **layout)
        sheets = {"Contents": [["Statutory homelessness"]], sheet_name: rows, **(others or {})}
        return workbook(tmp_path / name, sheets)

    return written


def values(observations: pd.DataFrame) -> "pd.Series[float]":
    seen = check(observations, "hclic")
    return seen.set_index(["series_id", "period_id", "area_code", "group_code"])["value"]


@pytest.mark.parametrize("style", ["2018", "2025"])
@pytest.mark.parametrize("indent", [0, 3])
@pytest.mark.parametrize("sheet_name", ["A8", "A8_", "A8 - Jul-Sep 25"])
def test_groups_are_found_wherever_they_stand(
    make: Make, style: str, indent: int, sheet_name: str
) -> None:
    path = make(style=style, indent=indent, sheet_name=sheet_name)
    reading = hclic.read([path], LABELS)
    seen = values(reading.observations)
    assert len(seen) == 35 * 19
    # The second, twelfth and eighteenth group and Not known of the publisher's table.
    hackney = seen[DUTIES, "2025-Q1", "E09000012"]
    assert (hackney["white_irish"], hackney["asian_other"]) == (2, 12)
    assert (hackney["other_any"], hackney["unknown_not_known"]) == (18, 19)
    assert seen[DUTIES, "2025-Q1", LONDON, "white_irish"] == 60
    assert not reading.refusals
    assert reading.labels["Not known2"] == "unknown_not_known"
    assert reading.labels["Number and % of households"].startswith("left out")


def test_a_newer_quarter_loads_without_a_change_of_code(make: Make) -> None:
    path = make(
        "October to December 2027",
        name="Statutory_Homelessness_202712.ods",
        total="Total owed a prevention or relief duty1,4",
        others={
            "TA6": sheet(
                f"{TA6}31 December 2027", figures(), total="Total number of households in TA2,3"
            )
        },
    )
    seen = hclic.read([path], LABELS).observations
    assert set(seen["series_id"]) == {DUTIES, TEMPORARY}
    assert set(seen["period_id"]) == {"2027-Q4"}


def test_each_symbol_has_its_status_and_london_may_be_more_than_those_who_sent(make: Make) -> None:
    cells = figures(silent("E09000005") | silent("E09000001", "-", 4))
    reading = hclic.read([make(cells=cells)], LABELS)
    seen = check(reading.observations, "hclic").set_index("area_code")
    assert set(seen.loc["E09000005", "status"]) == {"not_available"}
    assert set(seen.loc["E09000001", "status"]) == {"suppressed"}
    assert set(seen.loc["E09000002", "status"]) == {"ok"}
    [london] = [each for each in reading.totals if each.what.endswith("boroughs and London")]
    assert (london.ours, london.published) == (31 * 190 + 4, 6270)
    assert london.expected_short == "did not submit: Name of E09000005"
    assert not reading.refusals


def test_boroughs_that_all_sent_must_make_london(make: Make) -> None:
    [refusal] = hclic.read([make(cells=figures(silent("E09000001", "-", 4)))], LABELS).refusals
    assert refusal.problem == "total"
    assert "6,084" in refusal.message
    assert "6,270" in refusal.message


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({("E09000012", "White: Irish"): 3}, "groups of Name of E09000012"),
        ({(LONDON, "White: Irish"): 460}, f"groups of Name of {LONDON}"),
        # Two columns exchanged: the total is right, the sums of five are not.
        (
            {("E09000012", "White: Irish"): 18, ("E09000012", "Any other ethnic group"): 2},
            "published sum 'white'",
        ),
        ({("E09000012", "Total"): 250, ("E09000012", "Not known"): 79}, "boroughs and London"),
    ],
)
def test_figures_that_contradict_a_published_total_are_refused(
    make: Make, changes: Figures, says: str
) -> None:
    refusals = hclic.read([make(cells=figures(changes))], LABELS).refusals
    assert any(says in each.message for each in refusals)


def test_a_published_sum_that_contradicts_the_published_total_is_said_and_not_used(
    make: Make,
) -> None:
    """So it is for White in July to September 2020."""
    reading = hclic.read([make(cells=figures({("E09000012", "Total White"): 8}))], LABELS)
    assert any(
        "'white': differs from its groups in 1 areas, by up to 2" in f for f in reading.facts
    )
    assert not reading.refusals


@pytest.mark.parametrize(
    ("old", "new", "error", "says"),
    [
        ("White: Irish", "White: Irsih", LotiError, "White: Irsih"),
        ("White: Irish", "", SourceFileError, "no column for white_irish"),
        ("White: Irish", "Any other ethnic group", SourceFileError, "more than one column"),
        ("E09000033", "E06000033", SourceFileError, "no row for E09000033"),
        (17, "many", SourceFileError, "'many' is neither a count"),
        (17, 17.5, SourceFileError, "17.5 is neither a count"),
        (17, "", SourceFileError, "'' is neither a count"),
        (A8 + "January to March 2025", "Table A8", SourceFileError, "of which quarter"),
    ],
)
def test_a_spoiled_table_is_refused_and_the_reason_said(
    tmp_path: Path, old: object, new: object, error: type[LotiError], says: str
) -> None:
    rows = sheet(f"{A8}January to March 2025", figures())
    spoiled = [[new if cell == old else cell for cell in row] for row in rows]
    with pytest.raises(error, match=says):
        hclic.read([workbook(tmp_path / "la.ods", {"A8": spoiled})], LABELS)


def test_a_quarter_named_otherwise_by_the_file_or_by_the_other_table_is_refused(
    make: Make,
) -> None:
    path = make(name="Detailed_LA_202506.ods")
    [refusal] = hclic.read([path], LABELS).refusals
    assert refusal.problem == "period"
    assert "2025-Q2" in refusal.message
    assert "2025-Q1" in refusal.message
    path = make(others={"TA6": sheet(f"{TA6}30 June 2025", figures(), total=TA_TOTAL)})
    assert [each.problem for each in hclic.read([path], LABELS).refusals] == ["period"]


def test_two_editions_of_a_quarter_are_refused(make: Make) -> None:
    files = [make(name="one.ods"), make(name="one_revised.ods")]
    with pytest.raises(
        SourceFileError, match=r"one\.ods and one_revised\.ods are both of 2025-Q1"
    ):
        hclic.read(files, LABELS)


def test_a_workbook_without_these_tables_is_a_missing_quarter(make: Make, tmp_path: Path) -> None:
    title = [["Table A1 - Households assessed\nEngland, January to March 2020"]]
    without = workbook(tmp_path / "DetailedLA_202003.ods", {"Contents": [["x"]], "A1": title})
    with pytest.raises(SourceFileError, match="no sheet A8 or TA6"):
        hclic.read([without], LABELS)
    files = [make("October to December 2019", name="1.ods"), without]
    files.append(make("July to September 2020", name="2.ods"))
    assert hclic.read(files, LABELS).missing == {
        "2020-Q1": "its workbook has no table A8",
        "2020-Q2": "no workbook among the files",
    }


@pytest.mark.parametrize(
    "sheet_name", ["Table_A8", "A8revised", "Table A8", "a8 (rev)", "Ethnicity", "Sheet 12"]
)
def test_a_table_is_found_by_what_its_sheet_is_called_or_says(make: Make, sheet_name: str) -> None:
    others = {
        "A80": sheet("Table A80 - Something else\nEngland, January to March 2025", figures()),
        "A8P": sheet("Table A8P - Prevention\nEngland, January to March 2025", figures()),
    }
    reading = hclic.read([make(sheet_name=sheet_name, others=others)], LABELS)
    assert len(values(reading.observations)) == 35 * 19
    assert not reading.refusals


def test_two_sheets_of_one_table_are_refused(make: Make) -> None:
    again = {"A8 revised": sheet(f"{A8}January to March 2025", figures())}
    with pytest.raises(SourceFileError, match="'A8' and 'A8 revised' are both table A8"):
        hclic.read([make(others=again)], LABELS)


def test_a_table_that_the_publisher_has_in_a_quarter_must_be_there(
    make: Make, tmp_path: Path
) -> None:
    rows = sheet(f"{TA6}30 September 2025", figures(), total=TA_TOTAL)
    without = workbook(tmp_path / "LA_202509.ods", {"Contents": [["x"]], "TA6": rows})
    [refusal] = hclic.read([without], LABELS).refusals
    assert refusal.message == (
        "LA_202509.ods (2025-Q3) has no table A8; its sheets are Contents, TA6"
    )
    [refusal] = hclic.read([make("July to September 2025")], LABELS).refusals
    assert "(2025-Q3) has no table TA6; its sheets are Contents, A8" in refusal.message
    title = [["Table A1 - Households assessed\nEngland, July to September 2025"]]
    neither = workbook(tmp_path / "neither.ods", {"A1": title, "P1": title})
    with pytest.raises(SourceFileError, match=r"A8; its sheets are A1, P1.* no table TA6") as said:
        hclic.read([neither], LABELS)
    assert "2019" not in str(said.value)
    assert "2020" not in str(said.value)


def test_a_code_with_a_space_after_it_is_that_area(tmp_path: Path) -> None:
    rows = sheet(f"{A8}January to March 2025", figures())
    spaced = [[f"{row[0]} ", *row[1:]] if row and row[0] in AREAS else row for row in rows]
    reading = hclic.read([workbook(tmp_path / "la.ods", {"A8": spaced})], LABELS)
    assert set(reading.observations["area_code"]) == set(AREAS)


def test_a_heading_that_nobody_knows_is_named_with_its_file_and_sheet(tmp_path: Path) -> None:
    rows = sheet(f"{A8}January to March 2025", figures())
    spoiled = [
        ["White: Irsih" if cell == "White: Irish" else cell for cell in row] for row in rows
    ]
    with pytest.raises(SourceFileError, match=r"la\.ods, sheet A8: .*'White: Irsih'"):
        hclic.read([workbook(tmp_path / "la.ods", {"A8": spoiled})], LABELS)


def test_what_is_no_workbook_of_homelessness_is_refused(make: Make, tmp_path: Path) -> None:
    whole = make().read_bytes()
    spoiled = {
        "half.ods": (whole[: len(whole) // 2], "not a whole workbook"),
        "last.ods": (whole[:-40], "not a whole workbook"),
        "paper.ods": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not a whole workbook"),
        "nothing.xlsx": (b"", "not a whole workbook"),
    }
    for name, (content, says) in spoiled.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceFileError, match=says):
            hclic.read([tmp_path / name], LABELS)
    other = workbook(tmp_path / "other.ods", {"Sheet1": [["Something else"]]})
    with pytest.raises(SourceFileError, match="its sheets are Sheet1"):
        hclic.read([other], LABELS)
    empty = workbook(tmp_path / "empty.ods", {"A8": [[f"{A8}January to March 2025"]]})
    with pytest.raises(SourceFileError, match="no rows of areas"):
        hclic.read([empty], LABELS)


def test_one_area_with_two_different_rows_is_refused(tmp_path: Path) -> None:
    rows = sheet(f"{A8}January to March 2025", figures())
    rows[-5][2] = 6280  # London stands a second time among the authorities
    assert rows[-5][0] == LONDON
    with pytest.raises(SourceFileError, match="stands there twice"):
        hclic.read([workbook(tmp_path / "la.ods", {"A8": rows})], LABELS)


@pytest.fixture(scope="module")
def workbooks(publishers: Path) -> Sequence[Path]:
    return sorted((publishers / "housing" / "hclic").iterdir())


@pytest.mark.publishers
def test_the_publishers_workbooks(workbooks: Sequence[Path]) -> None:
    reading = hclic.read(workbooks, LABELS)
    assert not reading.refusals
    seen = values(reading.observations)
    missing = ["2019-Q2", "2019-Q3", "2019-Q4", "2020-Q1", "2020-Q2"]
    assert sorted(reading.missing) == missing
    every = [f"{year}-Q{number}" for year in range(2018, 2026) for number in (1, 2, 3, 4)]
    periods = {level: set(seen[level].index.get_level_values(0)) for level in (DUTIES, TEMPORARY)}
    assert periods[DUTIES] == set(every[1:-1]) - set(missing)
    assert periods[TEMPORARY] == {"2025-Q2", "2025-Q3"}

    # Read off the publisher's sheets, by row and column.
    assert seen[DUTIES, "2018-Q2", LONDON, "white_gypsy_irish_traveller"] == 30
    assert seen[DUTIES, "2025-Q3", LONDON, "white_british"] == 2_970
    assert seen[TEMPORARY, "2025-Q3", LONDON, "white_british"] == 8_930
    assert seen[TEMPORARY, "2025-Q2", ENGLAND, "white_irish"] == 750

    status = reading.observations.groupby(["series_id", "period_id", "area_code"])[
        "status"
    ].first()
    silent_now = status[DUTIES, "2025-Q3"]
    assert set(silent_now.index[silent_now == "not_available"]) == {"E09000023", "E09000031"}
    assert sum(status[TEMPORARY, "2025-Q3"] == "not_available") == 5
    assert status[DUTIES, "2018-Q4", "E09000001"] == "suppressed"

    # Groups of the boroughs that sent make the published total, to the household.
    totals = {total.what: total for total in reading.totals}
    quarters = [each for each in every[:-1] if each >= "2021-Q3"]
    assert len(quarters) == 17
    for quarter in quarters:
        [made] = [
            total
            for what, total in totals.items()
            if re.fullmatch(rf"A8 {quarter}, groups of \d+ boroughs", what)
        ]
        assert made.ours == made.published > 11_000


@pytest.mark.publishers
@pytest.mark.parametrize(
    ("series", "period", "area", "percent"),
    [
        (DUTIES, "2025-Q3", LONDON, 7),
        (DUTIES, "2025-Q3", "E09000029", 43),
        (DUTIES, "2023-Q1", LONDON, 17),
        (TEMPORARY, "2025-Q3", LONDON, 20),
        (TEMPORARY, "2025-Q3", "E09000010", 42),
    ],
)
def test_shares_of_unknown_are_those_of_the_standards(
    workbooks: Sequence[Path], series: str, period: str, area: str, percent: int
) -> None:
    stamp = f"{period[:4]}{int(period[-1]) * 3:02}"
    [path] = [each for each in workbooks if re.search(stamp, each.name)]
    of_area = values(hclic.read([path], LABELS).observations)[series, period, area]
    assert round(100 * of_area["unknown_not_known"] / of_area.sum()) == percent


@pytest.mark.publishers
def test_every_share_published_beside_a_count_is_that_count_over_the_total(
    workbooks: Sequence[Path],
) -> None:
    """In April to June 2018 shares are not rounded: a second way to see which column is which."""
    [path] = [each for each in workbooks if "201806" in each.name]
    rows = pd.read_excel(path, sheet_name="A8 - Apr-Jun 18", header=None, engine="calamine")
    camden = rows[rows[0] == "E09000007"].iloc[0]
    of_camden = values(hclic.read([path], LABELS).observations)[DUTIES, "2018-Q2", "E09000007"]
    shares = {round(value, 9) for value in camden if isinstance(value, int | float)}
    assert {round(count / of_camden.sum(), 9) for count in of_camden} <= shares
