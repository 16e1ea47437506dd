"""A script in every free text: titles, labels, caveats, statements, reasons, names of files.

It may be shown, as what it is: text. What a browser would run of it stands in no HTML.
"""

from dataclasses import replace

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from uploads import HACKNEY, answers, described, package_of, rows

from loti_dash import config, releases, submissions
from loti_dash.access import Viewer
from loti_dash.submissions import Draft
from loti_dash.ui import review
from loti_dash.upload.description import indicator_id

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
PLANTED = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>'
TAGS = ("<img src=x", "<script>window")
PAGES = {
    "housing": {"indicator": "social_renting"},
    "borough": {"area": HACKNEY},
    "group": {},
    "stages": {},
    "data": {},
}
ANALYST = Viewer("analyst@hackney.example", frozenset({"analyst"}), (HACKNEY,))
APPROVER = Viewer("approver@hackney.example", frozenset({"approver"}), (HACKNEY,))


@pytest.fixture(autouse=True)
def own_home(home, tmp_path, monkeypatch):
    (tmp_path / "releases").symlink_to(home / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def planted():
    """Plant the script in every text of the definitions that somebody once wrote."""
    store = releases.open_()
    before = store.catalogue
    store.__dict__["catalogue"] = replace(
        before,
        indicators={
            id_: replace(each, title=each.title + PLANTED, question=each.question + PLANTED)
            for id_, each in before.indicators.items()
        },
        sources={
            id_: replace(
                each,
                title=each.title + PLANTED,
                publisher=each.publisher + PLANTED,
                attribution=each.attribution + PLANTED,
                note=each.note + PLANTED,
            )
            for id_, each in before.sources.items()
        },
        caveats={
            id_: replace(each, text=each.text + PLANTED, effect=each.effect + PLANTED)
            for id_, each in before.caveats.items()
        },
        areas={
            code: replace(each, name=each.name + PLANTED) for code, each in before.areas.items()
        },
        groups=tuple(
            replace(each, short_label=each.short_label + PLANTED) for each in before.groups
        ),
    )
    # What is remembered is remembered by the release, whose words are others now.
    st.cache_data.clear()
    yield
    store.__dict__["catalogue"] = before
    st.cache_data.clear()


def drawn(page, query=()):
    app = AppTest.from_file(str(ROUTER), default_timeout=120)
    for name, value in dict(query).items():
        app.query_params[name] = value
    app.switch_page(str(config.ROOT / "pages" / f"{page}.py")).run()
    assert not app.exception
    return app


def run_by_a_browser(app):
    """Return what stands in HTML of what was planted: Markdown is not read as HTML here."""
    assert not any(each.proto.allow_html for each in app.markdown)
    bodies = [each.proto.body for each in app.get("html")]
    return [tag for body in bodies for tag in TAGS if tag in body]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_definition_says_is_text(planted, page):
    app = drawn(page, PAGES[page])

    assert run_by_a_browser(app) == []


def test_a_planted_title_is_really_drawn(planted):
    """Or the test above would show nothing."""
    app = drawn("housing", PAGES["housing"])

    shown = " ".join(str(each.value) for each in [*app.markdown, *app.text, *app.header])
    assert "window.hit" in shown
    assert any("&lt;img src=x" in each.proto.body for each in app.get("html"))


def test_what_an_analyst_writes_is_text_to_whoever_decides(monkeypatch):
    choices = ("next_update", *(name for name in answers() if name.endswith("_severity")))
    said = answers(**{name: PLANTED for name in answers() if name not in choices})
    of = described(owner=f"Hackney {PLANTED}", title=f"Warnings {PLANTED}")
    id_ = indicator_id(of)
    groups = ("asian", "black", "mixed", "white", "other")
    counts = [
        rows(series, "2023", HACKNEY, dict.fromkeys(groups, many))
        for series, many in ((id_, 40), (f"{id_}_of", 400))
    ]
    package = package_of(pd.concat(counts, ignore_index=True), of)
    submissions.submit(
        ANALYST,
        Draft(
            package=package.to_json(),
            indicators=(id_,),
            areas=(HACKNEY,),
            file_name=f"{PLANTED}.csv",
            sha256="0" * 64,
            statement=said,
        ),
    )
    monkeypatch.setattr(review, "viewer", lambda: APPROVER)

    app = drawn("review")

    assert run_by_a_browser(app) == []
    assert any(PLANTED in str(each.value) for each in app.text)
