"""A pack as a web page: one file that runs nothing, loads nothing and hides nothing."""

import itertools
from html.parser import HTMLParser

import pandas as pd
import pytest
from packs import ADDRESS, RELEASE, TABLE, crowded, figure, item, pack, unsure, worst

from loti_dash.export.pack import docx, html, pdf
from loti_dash.export.pack.page import _string

MARKUP = "<script>alert(1)</script> \" onload='x' </style> &lt; =1+1 {{x}} \x07"
VOID = ("meta", "br")


class Read(HTMLParser):
    """What a browser finds in a page: elements with their attributes, and the words in each."""

    def __init__(self, page):
        super().__init__()
        self.open, self.found = [], []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "words": "", **dict(attrs)}
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.found.append({"tag": tag, "words": "", **dict(attrs)})

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag

    def handle_data(self, data):
        for each in self.open:
            each["words"] += data

    def all(self, *tags):
        return [each for each in self.found if each["tag"] in tags]


@pytest.fixture(scope="module")
def page():
    return html(pack())


@pytest.fixture(scope="module")
def read(page):
    return Read(page)


def test_it_is_british_english_and_has_a_title(read):
    assert read.all("html")[0]["lang"] == "en-GB"
    assert read.all("title")[0]["words"].endswith("pack for the board, spring 2026")
    assert [each["words"] for each in read.all("h1")] == [read.all("title")[0]["words"]]


def test_headings_leave_no_level_out(read):
    levels = [int(each["tag"][1]) for each in read.all("h1", "h2", "h3", "h4")]
    assert len(levels) == 14
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_it_runs_nothing_and_loads_nothing(read, page):
    assert not read.all("script", "img", "link", "iframe", "object", "form")
    assert "url(http" not in page
    assert not [name for each in read.found for name in each if name.startswith("on")]
    rule = next(each for each in read.all("meta") if "http-equiv" in each)
    assert rule["content"] == "default-src 'none'; style-src 'unsafe-inline'; font-src data:"


def test_charts_are_drawn_for_paper_and_for_a_phone_with_the_text_in_their_stead(read):
    charts = read.all("svg")
    assert [each["class"] for each in charts] == ["paper", "phone"] * 2
    assert {each["role"] for each in charts} == {"img"}
    assert {each["aria-label"] for each in charts} == {figure().alt}


def test_no_two_parts_of_charts_share_a_name():
    ids = [each["id"] for each in Read(html(worst())).found if "id" in each]
    assert len(ids) > 60
    assert len(set(ids)) == len(ids)


def test_a_map_is_no_higher_on_a_phone_than_it_is_wide():
    square = {"type": "scatter", "mode": "lines", "fill": "toself", "x": [0, 1, 1], "y": [0, 0, 1]}
    axes = {"xaxis": {}, "yaxis": {"scaleanchor": "x"}}
    of = {"data": [square], "layout": {"height": 600} | axes}
    page = html(pack(sure=(item(figures=(figure(chart=of),)),), unsure=()))
    boxes = [[float(n) for n in each["viewbox"].split()] for each in Read(page).all("svg")]
    assert boxes == [[0, 0, 800, 600], [0, 0, 440, 330]]


def test_numbers_are_those_of_the_given_table(read):
    rows, tables = [], []
    for each in read.all("table", "tr", "th", "td"):
        if each["tag"] == "table":
            rows = []
            tables.append(rows)
        elif each["tag"] == "tr":
            rows.append([])
        else:
            rows[-1].append(each["words"])
    _, *given = tables
    assert len(given) == 2
    for heads, *cells in given:
        frame = pd.DataFrame(cells, columns=heads).set_index(heads[0])
        pd.testing.assert_frame_equal(frame, TABLE, check_dtype=False)


def test_heads_of_tables_say_what_they_head(read):
    assert {each.get("scope") for each in read.all("th")} == {"col", "row"}
    assert len(read.all("caption")) == len(read.all("table")) == 3


def test_it_says_release_date_address_and_what_limits_use(read):
    assert read.all("footer")[0]["words"] == f"Release {RELEASE} · 1 March 2026 · {ADDRESS}"
    first = read.all("p")[0]
    assert first["class"] == "limits"
    assert "Item 2: Ethnicity is unknown for 41% of searches" in first["words"]


def test_where_the_cautions_of_all_have_no_room_pages_of_an_item_have_all_of_its_own():
    of = crowded()
    page = html(of)

    parts = [each["class"] for each in Read(page).all("div") if "part" in each.get("class", "")]
    # The front, two items, the decision, two tables, about the data as the decision.
    assert parts == [
        "part",
        *("part head-1", "part head-2", "part head-3"),
        *("part wide head-4", "part wide head-5", "part head-3"),
    ]
    rules = page.split("<style>")[1]
    for place, item_ in ((1, 0), (2, 1), (4, 0), (5, 1)):
        rule = rules.split(f"@page head-{place} ")[1].split("@page")[0]
        assert ("landscape" in rule) == (place > 3)
        for each in of.items[item_].of_severity(3):
            assert _string(each.text)[1:-1] in rule


def test_links_lead_to_what_is_there_and_nowhere_else(read):
    marks = {each["id"] for each in read.found if "id" in each}
    to = [each["href"] for each in read.all("a")]
    assert {each[1:] for each in to if each.startswith("#")} <= marks
    assert all(each.startswith("https://figures.example/") for each in to if each[0] != "#")


def test_words_that_look_like_code_stay_words():
    of = pack(
        title=MARKUP,
        release=MARKUP,
        address="javascript:alert(1)",
        commentary=MARKUP,
        sure=(
            item(
                sentence=MARKUP,
                table_alt=MARKUP,
                table=TABLE.rename(index={"Asian": MARKUP}),
                figures=(figure(title=MARKUP, alt=MARKUP),),
            ),
        ),
        unsure=(unsure(address=MARKUP),),
    )

    read = Read(html(of))

    said = MARKUP.replace("\x07", "\ufffd")
    assert read.all("h1")[0]["words"] == said
    assert said in [each["words"] for each in read.all("th")]
    assert said in [each.get("aria-label") for each in read.all("svg")]
    assert not read.all("script")
    assert len(read.all("style")) == 1
    assert not [name for each in read.found for name in each if name.startswith("on")]
    assert all(each["href"].startswith(("#", "https://")) for each in read.all("a"))


def test_five_items_with_three_charts_each_are_made_in_all_kinds():
    # How long that takes, bench board tells.
    of = worst()
    assert docx(of).startswith(b"PK")
    assert pdf(of).startswith(b"%PDF")
    assert Read(html(of)).all("h1")
