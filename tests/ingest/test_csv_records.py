"""Records counted while a file is read, beside a plain count row by row."""

import csv
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loti_dash.errors import SourceFileError
from loti_dash.ingest import csv_records

READER = csv_records.open_reader()
COLUMNS = {"One": "first", "Two": "second"}
TEXTS = st.sampled_from(["", " a", "b,c", 'said "d"', "é", "two\nlines", "NULL"])
ROWS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=30)


def written(folder, rows, header=("One", "Two", "Three"), ends="\r\n"):
    path = folder / "records.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator=ends).writerows([header, *rows])
    return path


def counts(path):
    found = csv_records.counted(READER, path, COLUMNS).to_pylist()
    return {(r["first"], r["second"]): (r["searches"], r["repeats"]) for r in found}


@settings(max_examples=25, deadline=None)
@given(rows=ROWS, ends=st.sampled_from(["\n", "\r\n"]))
def test_records_are_counted_as_one_by_one(tmp_path_factory, rows, ends):
    path = written(tmp_path_factory.mktemp("rows"), rows, ends=ends)

    found = counts(path)

    every = Counter((one, two) for one, two, _ in rows)
    different = Counter((one, two) for one, two, _ in set(rows))
    assert found == {pair: (n, n - different[pair]) for pair, n in every.items()}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("One,Two\na,b\nc\n", "row 3, has 1 of 2 fields"),
        ("One,Two\na,b,c\n", "row 2, has 3 of 2 fields"),
        ("One,Two\na,b,\nc,d\n", "row 2, has 3 of 2 fields"),
        ("One,Two\na,b,,\n", "row 2, has 4 of 2 fields"),
        ('One,Two\n"a" ,b\n', "is not a CSV file"),
        ("One,Two,One\na,b,c\n", "has a column twice"),
        ("One,Two\na,b\n \n", "row 3, has 1 of 2 fields"),
        ('One,Two\na,"b\n', "is not a CSV file"),
        ('One,Two\na,"b"c\n', "is not a CSV file"),
        ("One,Two\n", "has no rows"),
        ("One,Other\na,b\n", "has no column 'Two'"),
        ("", "has no rows"),
    ],
)
def test_a_damaged_file_is_refused_as_ever(tmp_path, content, said):
    path = tmp_path / "records.csv"
    path.write_text(content)

    with pytest.raises(SourceFileError, match=f"records.csv.* {said}"):
        counts(path)


def test_what_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "records.csv"
    path.write_bytes(b"One,Two\n\xff\xfe,b\n")

    with pytest.raises(SourceFileError, match=r"records.csv is not a CSV file"):
        counts(path)


def test_headings_may_have_spaces_and_a_byte_order_mark(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text("\ufeffOne, Two \na,b\n", encoding="utf-8")

    assert counts(path) == {("a", "b"): (1, 0)}


def test_an_empty_line_is_no_record(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text("One,Two\na,b\n\na,b\n\n")

    assert counts(path) == {("a", "b"): (2, 1)}


def test_ends_of_lines_may_differ(tmp_path):
    path = tmp_path / "records.csv"
    path.write_bytes(b"One,Two\r\na,b\na,b\r\nc,d")

    assert counts(path) == {("a", "b"): (2, 1), ("c", "d"): (1, 0)}


def test_a_whole_file_is_not_read_row_by_row(tmp_path, monkeypatch):
    path = written(tmp_path, [("a,b", "", "é"), ("b,c", " ", "NULL")])
    monkeypatch.delattr(csv_records, "text_table")

    assert counts(path) == {("a,b", ""): (1, 0), ("b,c", " "): (1, 0)}


def test_a_file_is_read_by_its_own_name_and_nothing_else_of_its_path(tmp_path, monkeypatch):
    monkeypatch.delattr(csv_records, "text_table")
    folder = tmp_path / "One=another's"
    folder.mkdir()
    (folder / "search1.csv").write_text("One,Two\nwrong,file\n")
    path = folder / "search[1].csv"
    path.write_text("One,Two\na,b\n")

    assert counts(path) == {("a", "b"): (1, 0)}


@pytest.mark.parametrize("heading", ["times", "searches", "", "one"])
def test_headings_that_are_not_read_may_be_anything(tmp_path, heading):
    path = tmp_path / "records.csv"
    path.write_text(f"One,Two,{heading},{heading}\na,b,c,d\n")

    assert counts(path) == {("a", "b"): (1, 0)}
