"""What visits share, asked by many at once: no figures of another visit, none that are withdrawn.

Two visits have figures of their own under one and the same id; others look at what is published,
while a series or the release is taken
back.
"""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from uploads import HACKNEY, described, package_of, rows

from loti_dash import config, notices, releases
from loti_dash.api import asked, compared
from loti_dash.errors import LotiError
from loti_dash.own_figures import store_of
from loti_dash.selection import Selection
from loti_dash.ui import (
    borough_words,
    domain_words,
    filters,
    group_words,
    page,
    where_words,
)
from loti_dash.upload.description import OF_THE_FILE

ID, ID_OF = "warnings_hackney_council", "warnings_hackney_council_of"
ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
PUBLISHED = "homelessness_duty_owed"
SERIES = "homelessness_duties_owed"
GROUPS = ("asian", "black", "mixed", "white", "other")
OF = dict(zip(GROUPS, (3000, 3200, 3600, 3500, 3500), strict=True))
# Counts that stand nowhere else, as a page writes them.
OWN = {"Ada": 1117, "Bob": 1163}


def own(release, who):
    """Return the store of a visit whose figures and words are its own."""
    counts = {group: OWN[who] if group == "black" else 111 for group in GROUPS}
    one = described(
        title=f"Warnings that {who} counted",
        among=True,
        denominator=OF_THE_FILE,
        calendar="financial",
    )
    parts = [rows(ID, year, HACKNEY, counts) for year in ("2022-23", "2023-24")]
    parts += [rows(ID_OF, year, HACKNEY, OF) for year in ("2022-23", "2023-24")]
    return store_of(release, package_of(pd.concat(parts, ignore_index=True), one))


def looked_at(store, domain, **wanted):
    """Return all that the page of a domain draws, as text."""
    choices = Selection(release=store.release, area=HACKNEY, **wanted)
    selection, _ = filters.nearest(store, choices, domain)
    names = filters._names(store, selection, domain)
    places = where_words.places(store, selection)
    drawn = [
        where_words.drawn(store, selection, shape, "ratio")
        for shape in ("dots", "map")
        if places.boroughs or (shape == "dots" and not places.why_not)
    ]
    said = domain_words.words(store, selection)
    return repr([selection, names, places, drawn, said])


def test_nobody_is_given_the_figures_of_another(release):
    stores = {who: own(release, who) for who in OWN}
    marks = {who: (f"that {who} counted", f"{count:,}") for who, count in OWN.items()}
    begin = threading.Barrier(6)

    def visit(who):
        begin.wait()
        for _ in range(6):
            text = looked_at(stores[who], "justice", indicator=ID)
            assert all(mark in text for mark in marks[who])
            assert not any(mark in text for of in marks if of != who for mark in marks[of])

    def read(_):
        begin.wait()
        for _ in range(6):
            # Also by the address that the others have.
            for domain, id_ in (("housing", PUBLISHED), ("justice", ID)):
                text = looked_at(release, domain, indicator=id_)
                assert not any(mark in text for of in marks.values() for mark in of)

    with ThreadPoolExecutor(6) as visits:
        found = [visits.submit(visit, who) for who in ("Ada", "Bob") * 2]
        found += [visits.submit(read, n) for n in range(2)]
        for each in found:
            each.result()


@pytest.fixture
def two_releases(home, tmp_path, monkeypatch):
    """Make a home with two releases, so that the second one can be withdrawn; return its name."""
    shutil.copytree(home / "releases", tmp_path / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    first = releases.current_name(tmp_path / "releases")
    second = first.replace(".1-", ".2-")
    shutil.copy(
        tmp_path / "releases" / f"{first}.duckdb", tmp_path / "releases" / f"{second}.duckdb"
    )
    releases.point_to(tmp_path / "releases", second)
    return second


WAYS = {
    "the page of a domain": lambda store: looked_at(store, "housing", indicator=PUBLISHED),
    "the page of an area": lambda store: repr(
        borough_words.words(store, Selection("", HACKNEY, "", "black", "white"))
    ),
    "the web API": lambda store: compared.as_csv(
        asked.comparison({"indicator": PUBLISHED}, store), "http://here/"
    ),
}


BECAUSE = "A table was counted twice."
TAKEN_BACK = {
    "a release": lambda release: releases.withdraw(release, BECAUSE),
    "a series": lambda _: releases.withdraw_series(SERIES, BECAUSE),
}


@pytest.mark.parametrize(
    ("what", "way"),
    [("a release", way) for way in WAYS]
    + [("a series", way) for way in WAYS if way != "the page of an area"],
)
def test_what_is_withdrawn_is_given_to_nobody_who_asks_afterwards(two_releases, what, way):
    ask, gone, begin = WAYS[way], threading.Event(), threading.Barrier(5)

    def read(_):
        # As a page that is open has it.
        store = releases.open_(two_releases)
        assert ask(store)
        begin.wait()
        while not gone.is_set():
            with suppress(LotiError):
                ask(store)
        with pytest.raises(LotiError):
            ask(store)

    with ThreadPoolExecutor(4) as visits:
        found = [visits.submit(read, n) for n in range(4)]
        begin.wait()
        try:
            TAKEN_BACK[what](two_releases)
        finally:
            gone.set()
        for each in found:
            each.result()


WORDS = {
    "an area": lambda store: borough_words.words(
        store, Selection("", HACKNEY, "", "black", "white")
    ),
    "a group": lambda store: group_words.words(store, Selection("", "", "", "black", "white")),
}


@pytest.mark.parametrize("of", WORDS)
def test_what_an_open_page_says_of_withdrawn_figures_is_not_told_to_others(two_releases, of):
    words, again = WORDS[of], "A second table was counted twice."
    before = releases.open_(two_releases)
    # As a page has them that is being drawn.
    assert before.catalogue.indicators[PUBLISHED].title
    releases.withdraw_series(SERIES, BECAUSE)
    with suppress(LotiError):
        words(before)

    assert notices.as_it_is(BECAUSE.rstrip(".")) in repr(words(releases.open_(two_releases)))
    releases.withdraw_series(SERIES, again)
    assert notices.as_it_is(again.rstrip(".")) in repr(words(releases.open_(two_releases)))


def test_a_page_that_was_open_says_that_figures_were_withdrawn(two_releases, monkeypatch):
    before = releases.open_(two_releases)
    assert before.catalogue.indicators[PUBLISHED].title
    releases.withdraw_series(SERIES, BECAUSE)
    monkeypatch.setattr(page, "_release", lambda _: before)

    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    app.switch_page(str(config.ROOT / "pages" / "housing.py"))
    app.query_params["indicator"] = PUBLISHED
    app.run()

    assert not app.exception
    assert BECAUSE.rstrip(".") in "".join(each.value for each in app.text)
