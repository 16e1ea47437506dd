"""What must not be uploaded, or is not published, is in no file, log, cache or other visit."""

import gc
import sys
import tempfile
import time
from types import SimpleNamespace

import pytest
from streamlit.runtime.caching.storage.in_memory_cache_storage_wrapper import (
    InMemoryCacheStorageWrapper,
)
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.testing.v1 import AppTest

from loti_dash import config
from loti_dash.ui.kept import Kept
from loti_dash.ui.uploaded import Own
from loti_dash.upload import template

ROUTER = config.ROOT / "loti_dash" / "ui" / "router.py"
PAGES = sorted(path.stem for path in (config.ROOT / "pages").glob("*.py"))
HEADER = "indicator,area,period,ethnic_group,numerator"
ROW = "fines,Camden,2023-24,Asian,12"

# Numbers that the authorities keep for examples, or that were made for this test.
RECORDS = {
    "a first name": ("Forename", "Quillon"),
    "a surname": ("Surname", "Quillon"),
    "a client": ("client_name", "Quillon"),
    "initials": ("Initials", "Q.Z."),
    "a birth date in a heading": ("D.O.B.", "31 Mar 1987"),
    "an address": ("Home Address", "Quillon House"),
    "a case": ("Case ID", "HX-77-4"),
    "a pupil": ("Pupil-Ref", "HX-77-4"),
    "a property": ("UPRN", "100070007"),
    "a custody record": ("custody_no", "HX-77-4"),
    "a mobile": ("Mobile", "seven seven"),
    "an e-mail address": ("note", "q.quillon@example.org"),
    "a telephone number": ("note", "call 020 7946 0958"),
    "an international number": ("note", "+44 7700 900123"),
    "a postcode": ("note", "lives at nw1 4ns"),
    "a National Insurance number": ("note", "AB 12 34 56 C"),
    "a unique pupil number": ("note", "A123456789012"),
    "an NHS number": ("note", "943 476 5919"),
    "a birth date in a cell": ("note", "born 1.4.1987"),
    "an area below a borough": ("note", "E01000907"),
}


@pytest.fixture
def place(home, tmp_path, monkeypatch):
    """Return the folder that all this process may write in: home and temporary files."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "releases").symlink_to(home / "releases")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("LOTI_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOTI_MODE", "workbench")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path


@pytest.fixture
def kept_by_streamlit(monkeypatch):
    """Return every place that Streamlit has to keep uploads in, as soon as it makes one."""
    made = []
    begin = MemoryUploadedFileManager.__init__

    def begin_and_tell(self, *args, **kwargs):
        begin(self, *args, **kwargs)
        made.append(self)

    monkeypatch.setattr(MemoryUploadedFileManager, "__init__", begin_and_tell)
    return made


def opened(page, **params):
    app = AppTest.from_file(str(ROUTER), default_timeout=60)
    app.switch_page(str(config.ROOT / "pages" / f"{page}.py"))
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def uploaded(content, name="figures.csv"):
    app = opened("upload")
    app.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not app.exception
    return app


def said(app):
    """Return everything a page says."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "info", "error")
    kinds += ("warning", "success", "button", "selectbox", "radio")
    found = [
        f"{each.value} {getattr(each, 'label', '')} {getattr(each, 'options', '')}"
        for kind in kinds
        for each in getattr(app, kind)
    ]
    return " ".join([*found, *(str(each.proto) for each in app.get("html"))])


def where(planted, folder, out):
    """Return where a text stands: files, what was printed and logged, what visits share."""
    texts = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    printed = out.readouterr()
    texts |= {"stdout": printed.out.encode(), "stderr": printed.err.encode()}
    # What a page has settled would else be passed over.
    gc.unfreeze()
    shared = [each for each in gc.get_objects() if isinstance(each, InMemoryCacheStorageWrapper)]
    for place, cache in enumerate(shared):
        for number, kept in enumerate(list(cache._mem_cache.values())):
            texts[f"entry {number} of cache {place}"] = kept
    forms = [planted.encode(), planted.encode("utf-16-le")]
    return [name for name, text in texts.items() if any(form in text for form in forms)]


@pytest.mark.parametrize("kind", RECORDS)
def test_records_of_people_are_refused_and_stay_nowhere(place, kept_by_streamlit, capfd, kind):
    heading, planted = RECORDS[kind]

    app = uploaded(f"{HEADER},{heading}\n{ROW},{planted}\n".encode())

    assert [each.value for each in app.error] == [
        "The file was not taken, and nothing of it was kept."
    ]
    assert "single people" in app.text[0].value
    assert planted not in said(app)
    assert planted not in repr(app.session_state)
    assert [
        each.file_storage for each in kept_by_streamlit if any(each.file_storage.values())
    ] == []
    assert where(planted, place, capfd) == []


def test_a_scan_finds_what_is_left_behind(place, capfd):
    (place / "temporary" / "left").write_bytes(b"a Quillon of old")
    sys.stdout.write("Quillon")

    assert where("Quillon", place, capfd) == [str(place / "temporary" / "left"), "stdout"]


def test_a_scan_finds_what_visits_share(place, capfd):
    opened("justice", indicator="stop_and_search_officer")

    found = where("stop_and_search_officer", place, capfd)
    assert [name for name in found if name.startswith("entry")]


def test_the_audit_has_the_rule_the_size_and_the_checksum_of_what_was_refused(place):
    from loti_dash.state import audit

    uploaded(f"{HEADER},note\n{ROW},943 476 5919\n".encode())

    (entry,) = audit.entries()
    assert entry.action == "refuse records of people"
    assert entry.detail == {"rule": "NHS number", "rows": 1, "columns": ["F"]}


PLANTED = "Quillon"
OWN = template.filled().replace(b",12,1020,", f",12,1020,{PLANTED}".encode())


def described(app):
    """Fill in what the figures are, and draw the charts."""
    app.text_input(key="described_owner").set_value(f"{PLANTED} Council")
    of = "described_young_people_cautioned"
    app.text_input(key=f"{of}_title").set_value(f"{PLANTED}s cautioned")
    app.text_input(key=f"{of}_counted").set_value("young people cautioned")
    app.text_input(key=f"{of}_denominator_label").set_value("young people")
    button = next(each for each in app.button if each.label == "Draw the charts")
    button.click().run()
    assert not app.exception
    return app


@pytest.fixture
def visit(place):
    """Return a visit that has uploaded figures and looked at their charts."""
    app = described(uploaded(OWN))
    next(each for each in app.button if each.label.startswith("See ")).click().run()
    assert PLANTED in said(app)
    assert "Your figures, not published" in app.warning[0].value
    return app


def test_no_other_visit_finds_figures_on_any_page_or_at_their_address(visit):
    address = dict(visit.query_params)
    assert address["release"] == "not-published"
    assert len(PAGES) > 10

    for page in PAGES:
        for params in ({}, address):
            other = opened(page, **params)
            assert not other.exception, page
            assert PLANTED not in said(other), page
            assert PLANTED not in repr(other.session_state), page


def test_figures_that_were_drawn_are_in_no_file_log_or_cache(
    visit, place, kept_by_streamlit, capfd
):
    visit.switch_page(str(config.ROOT / "pages" / "upload.py")).run()
    assert where(PLANTED, place, capfd) == []

    next(each for each in visit.button if each.label == "Forget this file").click().run()

    assert len(visit.file_uploader) == 1
    assert "own" not in visit.session_state
    assert where(PLANTED, place, capfd) == []


def test_pages_that_do_not_draw_own_figures_show_what_is_published(visit):
    for page in ("home", "borough", "group", "stages", "data", "methods"):
        visit.switch_page(str(config.ROOT / "pages" / f"{page}.py")).run()

        assert not visit.exception, page
        assert PLANTED not in said(visit), page
        assert [each.value for each in [*visit.error, *visit.info]] == [], page


@pytest.mark.parametrize(
    ("seconds", "here", "forgotten"),
    [(29 * 60, True, False), (31 * 60, True, True), (60, False, False), (180, False, True)],
    ids=["a while", "half an hour", "a connection that breaks", "a closed tab"],
)
def test_figures_are_forgotten_when_left_alone_and_when_the_tab_is_closed(
    place, monkeypatch, seconds, here, forgotten
):
    app = described(uploaded(OWN))
    kept = app.session_state["own"]
    store = kept.own.store
    later = time.monotonic() + seconds
    session = SimpleNamespace(is_active_session=lambda _: here)
    with monkeypatch.context() as patch:
        patch.setattr("loti_dash.ui.kept.time.monotonic", lambda: later)
        patch.setattr("loti_dash.ui.kept.runtime.exists", lambda: True)
        patch.setattr("loti_dash.ui.kept.runtime.get_instance", lambda: session)
        kept.look()

    assert (kept.own is None) is forgotten
    if forgotten:
        with pytest.raises(Exception, match="closed"):
            store.query("observations_of", series=["any"], viewer_areas=[])
        app.run()
        assert "30 minutes" in app.info[0].value
        assert PLANTED not in said(app)
    else:
        kept.drop()


def test_somebody_looks_by_themselves(monkeypatch):
    monkeypatch.setattr("loti_dash.ui.kept._LOOK_SECONDS", 0.01)
    monkeypatch.setattr("loti_dash.ui.kept._IDLE_SECONDS", 0.1)
    kept = Kept(Own(None, None, {}))

    until = time.monotonic() + 60
    while kept.own is not None and time.monotonic() < until:
        time.sleep(0.05)

    assert kept.own is None


def test_a_visit_that_ends_takes_its_figures_with_it():
    class Closing:
        closed = 0

        def close(self):
            self.closed += 1

    store = Closing()
    kept = Kept(Own(None, None, {}, store=store))
    timer = kept._timer

    del kept
    gc.collect()

    assert store.closed == 1
    assert timer.finished.is_set()
