"""Notices: whole or not there at all, whoever writes at the same time, and never a crash."""

import json
import subprocess
import sys
from datetime import date

import pytest

from loti_dash import config, notices
from loti_dash.errors import ReleaseError
from loti_dash.notices import Notice

FIRST, SECOND, THIRD = "2026-01-05.1-0000000a", "2026-01-05.2-0000000b", "2026-01-05.10-0000000c"


def withdrawn(series="pupils", because="rows were swapped", since="", until="", on=5):
    return Notice("withdrawn_series", date(2026, 1, on), series, "Pupils", because, since, until)


def corrected(series="pupils", since="", on=5):
    return Notice("correction", date(2026, 1, on), series, "Pupils", "they were put right", since)


def test_a_folder_without_notices_has_none(tmp_path):
    assert notices.all_(tmp_path) == []
    assert notices.all_(tmp_path / "nowhere") == []
    assert notices.withdrawn_series(tmp_path, FIRST) == {}
    assert not list(tmp_path.iterdir())


def test_the_newest_notice_comes_first(tmp_path):
    for series, day in (("pupils", 5), ("suspensions", 7), ("arrests", 6)):
        notices.add(tmp_path, withdrawn(series, on=day))

    assert [each.subject for each in notices.all_(tmp_path)] == [
        "suspensions",
        "arrests",
        "pupils",
    ]


def test_the_same_notice_twice_is_one_and_another_reason_or_day_is_another(tmp_path):
    notices.add(tmp_path, withdrawn())
    notices.add(tmp_path, withdrawn(because="  rows were\nswapped. "))
    assert len(notices.all_(tmp_path)) == 1

    notices.add(tmp_path, withdrawn(because="columns were swapped"))
    notices.add(tmp_path, withdrawn(on=6))
    assert len(notices.all_(tmp_path)) == 3


@pytest.mark.parametrize("because", ["", "  \n", "."])
def test_a_reason_may_not_be_blank(tmp_path, because):
    with pytest.raises(ReleaseError, match="Say why"):
        notices.add(tmp_path, withdrawn(because=because))
    assert notices.all_(tmp_path) == []


def test_what_was_withdrawn_from_other_releases_is_another_notice(tmp_path):
    for since in ("2026-01-02.1-aaaaaaaa", "2026-01-02.2-bbbbbbbb"):
        notices.add(tmp_path, withdrawn(since=since, until=since))

    assert len(notices.all_(tmp_path)) == 2


def test_processes_that_write_at_the_same_time_lose_no_notice(tmp_path):
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from loti_dash.notices import Notice, add\n"
        "for n in range(10):\n"
        "    add(Path(sys.argv[1]), Notice('correction', date(2026, 1, 5), f'{sys.argv[2]}-{n}',"
        " 'Pupils', 'a row was missing'))\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path, name], cwd=config.ROOT)
        for name in ("a", "b", "c")
    ]

    assert [process.wait(300) for process in processes] == [0, 0, 0]
    wanted = {f"{name}-{n}" for name in ("a", "b", "c") for n in range(10)}
    assert {each.subject for each in notices.all_(tmp_path)} == wanted
    names = {path.name for path in (tmp_path / "notices").glob("*.json")}
    assert names == {f"{n}.json" for n in range(1, 31)}


def test_what_another_server_wrote_is_seen_at_the_next_question(tmp_path):
    notices.add(tmp_path, withdrawn("pupils"))
    assert set(notices.withdrawn_series(tmp_path)) == {"pupils"}

    written = json.loads((tmp_path / "notices" / "1.json").read_text())
    (tmp_path / "notices" / "2.json").write_text(json.dumps(written | {"subject": "arrests"}))

    assert set(notices.withdrawn_series(tmp_path)) == {"arrests", "pupils"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"kind": "withdrawn_series"}',
        b'{"kind": "nonsense", "on": "2026-01-05", "subject": "a", "title": "A", "because": "b",'
        b' "since_release": "", "until_release": ""}',
        b'{"kind": "correction", "on": "5 January", "subject": "a", "title": "A", "because": "b",'
        b' "since_release": "", "until_release": ""}',
        b'{"kind": "correction", "on": "2026-01-05", "subject": "a", "title": "A", "because": "b",'
        b' "since_release": "the first", "until_release": ""}',
    ],
)
def test_a_damaged_notice_is_named_and_the_others_stand(tmp_path, content):
    notices.add(tmp_path, withdrawn("pupils"))
    (tmp_path / "notices" / "2.json").write_bytes(content)

    assert set(notices.withdrawn_series(tmp_path, FIRST)) == {"pupils"}
    [said] = notices.damaged(tmp_path)
    assert "2.json cannot be read" in said
    notices.add(tmp_path, withdrawn("arrests"))
    assert set(notices.withdrawn_series(tmp_path, FIRST)) == {"pupils", "arrests"}
    assert (tmp_path / "notices" / "3.json").exists()


def test_a_notice_that_was_being_written_is_none(tmp_path):
    notices.add(tmp_path, withdrawn("pupils"))
    (tmp_path / "notices" / ".writing-12345").write_text('{"kind": "withdr')

    assert len(notices.all_(tmp_path)) == 1
    assert notices.damaged(tmp_path) == []


def test_notices_that_cannot_be_written_are_a_clear_error(tmp_path):
    (tmp_path / "notices").write_text("a file")
    with pytest.raises(ReleaseError, match="Nothing was changed"):
        notices.add(tmp_path, withdrawn())


def test_a_series_is_withdrawn_from_the_releases_its_notice_names(tmp_path):
    notices.add(tmp_path, withdrawn("pupils", until=SECOND))
    notices.add(tmp_path, withdrawn("arrests", since=SECOND))
    notices.add(tmp_path, withdrawn("suspensions"))

    def of(release):
        return set(notices.withdrawn_series(tmp_path, release))

    assert of(FIRST) == {"pupils", "suspensions"}
    assert of(SECOND) == {"pupils", "arrests", "suspensions"}
    # The tenth release of a day comes after the second.
    assert of(THIRD) == {"arrests", "suspensions"}
    assert of("a copy under another name") == {"pupils", "arrests", "suspensions"}


def test_a_correction_gives_a_series_back_from_its_release_on_and_a_later_notice_takes_it(
    tmp_path,
):
    notices.add(tmp_path, withdrawn("pupils", on=5))
    notices.add(tmp_path, corrected("pupils", since=SECOND, on=6))
    assert set(notices.withdrawn_series(tmp_path, FIRST)) == {"pupils"}
    assert notices.withdrawn_series(tmp_path, SECOND) == {}
    assert notices.withdrawn_series(tmp_path, THIRD) == {}
    # Nobody knows which release such a file is a copy of.
    assert set(notices.withdrawn_series(tmp_path, "a copy under another name")) == {"pupils"}

    notices.add(tmp_path, withdrawn("pupils", "they were wrong again", since=THIRD, on=7))
    assert notices.withdrawn_series(tmp_path, SECOND) == {}
    [again] = notices.withdrawn_series(tmp_path, THIRD).values()
    assert again.because == "they were wrong again"


def test_a_correction_without_a_release_gives_nothing_back(tmp_path):
    notices.add(tmp_path, withdrawn("pupils", on=5))
    notices.add(tmp_path, corrected("pupils", on=6))
    assert set(notices.withdrawn_series(tmp_path, THIRD)) == {"pupils"}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("&lt;b&gt;", r"\&lt;b\&gt;"),
        ("at 10: x", r"at 10\: x"),
        (":material/home:", "\\:\u2060material/home\\:"),
        ("www.council.example", "www\u2060.council.example"),
        ("a -> b", "a -\u2060\\> b"),
        ("- a\n2) b", "\\- a\n2\\) b"),
        ("-2.5 or 3.", "-2.5 or 3."),
    ],
)
def test_words_that_meant_no_markdown_are_kept_from_being_read_as_some(words, shown):
    assert notices.as_it_is(words) == shown
