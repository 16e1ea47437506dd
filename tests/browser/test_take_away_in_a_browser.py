"""What a reader takes away from a page: files and words that say what the page says."""

from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook
from serving import opened

HACKNEY, CITY = "E09000012", "E09000001"
DUTIES = f"/housing?indicator=homelessness_duty_owed&area={HACKNEY}&period=2025-Q3"


@pytest.fixture(scope="module")
def duties(browser, server):
    """Return the page of duties owed in Hackney, once for all who take something away from it."""
    page = browser.new_page()
    opened(page, server + DUTIES)
    yield page
    page.close()


def downloaded(page, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def ratios_on(page) -> dict[str, str]:
    """Return the ratios of the page's table of groups, as they are written there."""
    rows = page.get_by_role("table").first.get_by_role("row").all()[1:]
    cells = [[cell.inner_text() for cell in row.locator("th, td").all()] for row in rows]
    return {cell[0]: cell[1].split("\N{NO-BREAK SPACE}")[0].split(" ")[0] for cell in cells}


def written(value: float) -> str:
    return str(Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def test_the_figures_are_those_of_the_table_on_the_page(duties):
    table = pd.read_csv(BytesIO(downloaded(duties, "Download the figures")))
    own = table[table["area_code"] == HACKNEY].set_index("group")["ratio"].dropna()

    shown = ratios_on(duties)
    assert len(own) == 4
    assert {group: written(ratio) for group, ratio in own.items()} == {
        group: shown[group] for group in own.index
    }


def test_the_workbook_says_what_the_page_says(duties):
    book = CalamineWorkbook.from_filelike(BytesIO(downloaded(duties, "Download a workbook")))
    cover = "\n".join(str(line[0]) for line in book.get_sheet_by_name("Cover").to_python())
    groups = book.get_sheet_by_name("Groups").to_python()

    assert duties.get_by_role("heading", level=2).first.inner_text() in cover
    assert duties.url.split("?")[0] in cover
    head = next(line for line in groups if line[0] == "Ethnicity")
    found = {line[0]: line[head.index("Ratio")] for line in groups}
    shown = ratios_on(duties)
    assert written(found["Black"]) == shown["Black"]
    assert written(found["Asian"]) == shown["Asian"]


def test_the_counts_are_those_that_the_figures_divide(duties):
    figures = pd.read_csv(BytesIO(downloaded(duties, "Download the figures")))
    counts = pd.read_csv(BytesIO(downloaded(duties, "Download the counts")))

    own = figures.set_index(["area_code", "group_code"]).loc[(HACKNEY, "black")]
    behind = counts[counts["area_code"].eq(HACKNEY) & counts["group_code"].eq("black")]
    behind = behind.set_index("side")["value"]
    assert behind.to_dict() == {k: own[k] for k in ("numerator", "denominator")}


@pytest.mark.parametrize("which", ["groups", "areas"])
def test_a_chart_is_a_picture_with_the_words_of_the_page(duties, which):
    svg = ElementTree.fromstring(downloaded(duties, f"chart of {which} (SVG)"))
    png = downloaded(duties, f"chart of {which} (PNG)")

    said = " ".join("".join(each.itertext()) for each in svg.iter())
    assert png.startswith(b"\x89PNG")
    for words in ("Open Government Licence", "Ethnicity is not known for", "7.9 (6.4 to 9.8)"):
        assert words in said


def test_the_citation_is_the_headline_and_the_address_opens_the_same_view(duties, visit):
    headline = duties.get_by_role("heading", level=2).first.inner_text()

    words = duties.get_by_test_id("stText").all()[-2:]
    cited, address = (each.inner_text() for each in words)
    base = duties.url.split("/housing")[0]
    again = visit(address.strip().removeprefix(base))

    assert headline in cited
    assert address.strip() in cited
    assert again.get_by_role("heading", level=2).first.inner_text() == headline


def test_where_no_ratio_is_shown_no_file_has_one_and_there_is_no_chart_of_groups(visit):
    page = visit(f"/justice?indicator=stop_and_search&area={CITY}")

    table = pd.read_csv(BytesIO(downloaded(page, "Download the figures")))

    assert table.loc[table["area_code"] == CITY, "ratio"].isna().all()
    assert page.get_by_role("button", name="chart of groups").count() == 0
