"""The fold below every figure: its files are the figure, and made when it is opened."""

import json
import re
from dataclasses import fields, replace
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pandas as pd
import pytest
import streamlit as st
from copy_lint import offences
from python_calamine import CalamineWorkbook
from shown import tables
from streamlit.testing.v1 import AppTest

from loti_dash import config
from loti_dash.errors import SeriesWithdrawn
from loti_dash.page_figures import since
from loti_dash.store import Store
from loti_dash.ui import fold
from loti_dash.views import View, figure_of

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
HACKNEY, CITY, NATION = "E09000012", "E09000001", "K04000001"
DUTIES = {"indicator": "homelessness_duty_owed", "area": HACKNEY, "period": "2025-Q3"}
PAGES = {
    "since": ("housing", DUTIES, "since", 2),
    "where": ("housing", DUTIES, "where", 2),
    "compared": ("housing", DUTIES, "compared", 5),
    "borough": ("borough", {"area": HACKNEY}, "", 1),
    "all groups of a borough": ("borough", {"area": HACKNEY, "group": "all_five"}, "", 1),
    "group": ("group", {"group": "black"}, "", 4),
    "stages": ("stages", {"process": "homelessness", "area": HACKNEY}, "", 2),
    "withheld over time": ("justice", {"indicator": "stop_and_search", "area": CITY}, "since", 2),
    "withheld stages": ("stages", {"process": "searches", "area": CITY}, "", 2),
}


@pytest.fixture
def app(home, monkeypatch):
    monkeypatch.setenv("LOTI_HOME", str(home))
    return AppTest.from_file(str(ROUTER), default_timeout=60).run()


@pytest.fixture
def views():
    """Return the views of the folds of the page opened last, by the names of their files."""
    return {}


@pytest.fixture
def folds(app, views, monkeypatch):
    """Return a function that opens a page, and returns its folds by name and its tables."""
    found = {}

    def kept(store, name, what, of, make, at, numbers=False):
        assert name not in found, "two files of one name"
        found[name] = (make(), at() if callable(at) else at)

    def open_(page, address, further, _):
        app.switch_page(f"../../pages/{page}.py")
        app.query_params.clear()
        app.query_params.update(address)
        app.session_state["further"] = further or "where"
        monkeypatch.setattr(fold, "fold", kept)
        app.run()
        assert not app.exception
        views.clear()
        views.update({name: at for name, (_, at) in found.items()})
        return {name: figure for name, (figure, _) in found.items()}, tables(app)

    return open_


def read(cell):
    """Return a cell of a page as words: a link is its words, and all spaces are alike."""
    return re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", str(cell)).replace("\N{NO-BREAK SPACE}", " ")


def as_read(table):
    whole = table.reset_index() if table.index.name else table
    return [[read(head) for head in whole]] + [[read(c) for c in row] for row in whole.to_numpy()]


def sheet(file, name, head):
    lines = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_name(name).to_python()
    start = next(n for n, line in enumerate(lines) if line[0] == head)
    return lines[start:]


@pytest.fixture(params=PAGES)
def drawn(request, folds):
    figures, on_page = folds(*PAGES[request.param])
    assert len(figures) == PAGES[request.param][3]
    return figures, on_page


def test_every_file_is_the_figure_with_all_that_must_go_with_it(drawn, views, release):
    figures, on_page = drawn
    shown = [as_read(table) for table in on_page]
    for name, figure in figures.items():
        # The four tables of a group are made alike, and take a second each.
        if views[name].page != "group" or views[name].figure == "housing":
            _view_names(release, views[name], figure)
        table = as_read(figure.table)
        assert table in shown, "what is taken away is what the page shows"
        _csv_is(figure, table)
        _workbook_is(figure, table)
        if figure.chart is not None:
            _picture_is(figure)
        for text in (figure.title, figure.what, figure.said, *figure.papers.values()):
            assert text
            assert "**" not in text
            assert not offences(text)
        assert release.release in figure.papers["Release"]
        assert figure.papers["Address"] in figure.citation("The product", pd.Timestamp(2026, 3, 1))


def _view_names(release, view, figure):
    """See that a view makes the very figure of the page, without the page."""
    again = figure_of(release, View.from_dict(json.loads(json.dumps(view.to_dict()))))
    assert view.release == release.release
    assert again.papers["Address"] == view.address("/")
    for field in fields(figure):
        one, other = (getattr(each, field.name) for each in (figure, again))
        if field.name == "papers":
            assert {**one, "Address": ""} == {**other, "Address": ""}
        elif isinstance(one, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other)
        else:
            assert one == other


def _csv_is(figure, table):
    back = pd.read_csv(StringIO(figure.csv()), dtype=str, keep_default_na=False)
    own = back.iloc[:, : len(table[0])]
    unquoted = [[cell.removeprefix("'") for cell in row] for row in own.to_numpy()]
    assert [[*own.columns], *unquoted] == table
    for name, text in figure.papers.items():
        assert set(back[name.lower()]) == {text}
    assert figure.what in back["shown"].iloc[0]
    for each in figure.cautions:
        assert (each.text in back["caveats"].iloc[0]) == (each.severity > 1)


def _workbook_is(figure, table):
    file = figure.workbook("The product")
    names = CalamineWorkbook.from_filelike(BytesIO(file)).sheet_names
    numbers = ["Numbers"] if figure.rows is not None else []
    assert names == ["Cover", "Contents", "Notes", "Table", *numbers]
    back = sheet(file, "Table", table[0][0])
    # A dash alone is nothing to a screen reader.
    table = [["no figure" if cell == "\N{EN DASH}" else cell for cell in row] for row in table]
    assert [[str(cell).removeprefix("'") for cell in row] for row in back] == table
    book = CalamineWorkbook.from_filelike(BytesIO(file))
    cover = "\n".join(str(line[0]) for line in book.get_sheet_by_name("Cover").to_python())
    notes = {str(line[1]) for line in book.get_sheet_by_name("Notes").to_python()}
    for text in (figure.said, figure.what, *figure.papers.values()):
        assert text in cover
    for each in figure.cautions:
        assert each.severity == 1 or each.text in cover
        assert any(note.startswith(each.text) for note in notes)
    signs = set(re.findall(r"\[[a-z0-9]\]", str(table)))
    about = {str(line[0]) for line in book.get_sheet_by_name("Notes").to_python()}
    assert signs <= about | {"[b]"}
    if numbers:
        _numbers_are(figure, file)


def _numbers_are(figure, file):
    first = "Step" if "label" in figure.rows else "Indicator (code)"
    head, *lines = sheet(file, "Numbers", first)
    ratios = [line[head.index("Ratio")] for line in lines]
    assert len(ratios) == len(figure.rows)
    for cell, value in zip(ratios, figure.rows["ratio"], strict=True):
        assert cell in ("[c]", "[x]", "[z]") if pd.isna(value) else cell == value
    assert all(cell != "" for line in lines for cell in line)


def _picture_is(figure):
    root = ElementTree.fromstring(figure.svg())
    title, description = root[0], root[1]
    assert title.text == figure.title
    assert description.text == figure.alt
    # Words are broken into lines, and long addresses anywhere.
    drawn = re.sub(r"\s", "", "".join(root.itertext()))
    for text in (*figure.papers.values(), *(c.text for c in figure.cautions if c.severity == 3)):
        assert re.sub(r"\s", "", text) in drawn
    assert figure.png().startswith(b"\x89PNG")


def test_what_a_page_withholds_no_file_of_it_has(folds):
    figures, _ = folds(*PAGES["withheld over time"])

    figure = next(each for name, each in figures.items() if name.endswith("over_time"))
    assert figure.rows["ratio"].isna().all()
    assert figure.rows["numerator"].notna().any()
    assert set(figure.words["Black"]) == {"[x]"}
    assert figure.chart is None


def test_nothing_is_made_before_a_fold_is_opened_and_then_all_of_it_can_be_had(app, monkeypatch):
    made, offered = [], []
    of_view = since.of_view
    monkeypatch.setattr(since, "of_view", lambda *a, **k: made.append(a) or of_view(*a, **k))
    monkeypatch.setattr(
        st, "download_button", lambda label, data, name, *_, **__: offered.append((name, data))
    )
    app.switch_page("../../pages/housing.py")
    app.query_params.update(DUTIES)
    app.session_state["further"] = "since"
    app.run()

    assert [each.label for each in app.expander if each.label.startswith(fold.NAME)] == [
        "Take, share or report this figure: ethnic groups",
        "Take, share or report this figure: ratios over time",
    ]
    assert not made
    assert all(name.startswith("homelessness_duty_owed_E09000012_2025-Q3") for name, _ in offered)

    offered.clear()
    app.session_state["take-homelessness_duty_owed_E09000012_black_white_over_time"] = True
    app.run()

    assert not app.exception
    assert len(made) == 1
    files = [(name.rpartition(".")[2], data()) for name, data in offered if "over_time" in name]
    assert [ending for ending, _ in files] == ["csv", "xlsx", "csv", "png", "svg"]
    numbers = pd.read_csv(StringIO(files[2][1]))
    assert set(numbers["area_code"]) == {HACKNEY}
    assert numbers["ratio"].notna().sum() > 50
    cited = [each.value for each in app.text if each.value.startswith("Between July to")]
    assert "Ministry of Housing, Communities and Local Government" in cited[0]


def test_once_figures_are_withdrawn_an_open_fold_gives_no_file(app, monkeypatch):
    offered = []
    monkeypatch.setattr(
        st, "download_button", lambda label, data, name, *_, **__: offered.append((name, data))
    )
    app.switch_page("../../pages/stages.py")
    app.query_params.update({"process": "homelessness", "area": HACKNEY, "period": "2025-Q3"})
    app.session_state["take-homelessness_E09000012_2025-Q3_black"] = True
    app.run()
    files = [data for name, data in offered if name.startswith("homelessness_E09000012_2025-Q3_b")]
    assert len(files) == 4

    def gone(self, *series):
        raise SeriesWithdrawn("These figures were withdrawn.")

    monkeypatch.setattr(Store, "raise_if_withdrawn", gone)
    for data in files:
        with pytest.raises(SeriesWithdrawn):
            data()


def part(folder, name, indicator, area, period):
    """Draw how complete figures are, or the single periods behind several, as a page does."""
    from pathlib import Path

    import streamlit as st

    from loti_dash import releases
    from loti_dash.selection import Selection
    from loti_dash.store import Store
    from loti_dash.ui import coverage, pooling
    from loti_dash.ui.view import view

    store = Store(Path(folder) / f"{releases.current_name(Path(folder))}.duckdb")
    selection = Selection(indicator, area, period, "black", "white", "5", store.release)
    st.session_state["selection"] = selection
    if name == "coverage":
        coverage.draw(store, selection)
    else:
        pooling.singles(store, selection, view(store, selection))


@pytest.mark.parametrize(
    ("name", "view", "count"),
    [
        ("coverage", ("homelessness_duty_owed", HACKNEY, "2025-Q3"), 3),
        ("coverage", ("stop_and_search_all_forces", "E12000007", "2021-12--2022-10"), 3),
        ("pooling", ("child_custody", NATION, "2022-04--2025-03"), 1),
    ],
)
def test_how_complete_figures_are_and_single_periods_can_be_taken_away_too(
    home, monkeypatch, name, view, count
):
    figures = []
    monkeypatch.setattr(fold, "fold", lambda *args, **_: figures.append(args[4]()))
    args = (str(home / "releases"), name, *view)
    app = AppTest.from_function(part, default_timeout=60, args=args).run()

    assert not app.exception
    assert len(figures) == count
    for figure, table in zip(figures, tables(app), strict=True):
        _csv_is(figure, as_read(table))
        _workbook_is(figure, as_read(table))
        if figure.chart is not None:
            _picture_is(figure)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_a_figure_is_taken_for_a_formula(folds, sign):
    figure = next(iter(folds(*PAGES["since"])[0].values()))
    table = pd.DataFrame({"Ratio": [f"{sign}1+1"]}, index=pd.Index([f"{sign}2"], name="Period"))
    figure = replace(figure, table=table, rows=figure.rows.assign(area=f"{sign}1+1"))

    back = pd.read_csv(StringIO(figure.csv()))
    book = figure.workbook("The product")

    assert back.loc[0, "Period"].startswith("'")
    assert back.loc[0, "Ratio"].startswith("'")
    for name, head in (("Table", "Period"), ("Numbers", "Indicator (code)")):
        heads, *lines = sheet(book, name, head)
        assert all(
            line[heads.index("Ratio" if name == "Table" else "Area")][0] == "'" for line in lines
        )
    with ZipFile(BytesIO(book)) as parts:
        assert not any(b"<f>" in parts.read(each) for each in parts.namelist() if "sheets" in each)
