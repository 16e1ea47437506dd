"""What changed in the evidence on a place: as a plain loop finds it, and said with its limits."""

import json
import shutil
from datetime import date
from io import StringIO
from math import isnan

import pandas as pd
import pytest
from copy_lint import offences
from looked import HACKNEY, releases_in

from loti_dash import analysis, notices, options, profile, releases
from loti_dash.__main__ import main
from loti_dash.errors import LotiError, UnknownCode
from loti_dash.findings import finding
from loti_dash.looking import beware, evidence, pairs, tables, texts
from loti_dash.looking.answer import answer
from loti_dash.looking.rows import rows_of
from loti_dash.notices import Notice


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return releases_in(tmp_path_factory.mktemp("looked"))


@pytest.fixture
def folder(built, monkeypatch):
    """Return the folder of both releases."""
    monkeypatch.setenv("LOTI_HOME", str(built))
    monkeypatch.delenv("LOTI_RELEASES", raising=False)
    return built / "releases"


@pytest.fixture
def own_folder(built, tmp_path, monkeypatch):
    """Return a copy of that folder, to which a notice may be added."""
    shutil.copytree(built / "releases", tmp_path / "releases")
    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    monkeypatch.delenv("LOTI_RELEASES", raising=False)
    return tmp_path / "releases"


@pytest.fixture
def found(folder):
    before, after = map(releases.open_, pairs.pair(folder))
    return answer(before, after, HACKNEY)


def plainly(store, area):
    """Return what is clear of each comparison, in loops over the comparison table.

    The newest period in which anything is counted; nothing where more than 30% are unknown, as
    the standards ask, and nothing for the group compared with.
    """
    says = {}
    for id_, indicator in store.catalogue.indicators.items():
        for level in ("5", "19"):
            tables_ = []
            of = store.choices[
                (store.choices["indicator_id"] == id_)
                & (store.choices["level"] == level)
                & (store.choices["area_code"] == area)
            ]
            for period in of["period_id"]:
                table = analysis.compare(
                    store, id_, period, classification=level, reference="white", areas=[area]
                )
                if table["numerator"].notna().any():
                    ends = store.catalogue.period(indicator, period).ends
                    tables_.append((ends, period, table))
            if not tables_:
                continue
            _, period, table = max(tables_, key=lambda each: each[0])
            for row in table.to_dict("records"):
                key = id_, row["group_code"]
                if row["group_code"] == "white" or key in says:
                    continue
                low, high = row["ratio_low"], row["ratio_high"]
                clear = "higher" if low > 1 else "lower" if high < 1 else "not"
                if row["robust_to_unknown"] == "false":
                    clear = "not"
                if isnan(row["ratio"]) or row["unknown_share"] > 0.3:
                    clear = "none"
                says[key] = clear, period
    return says


def expected_changes(old, new):
    kinds = {}
    for key in {*old, *new}:
        then, now = old.get(key, ("", ""))[0], new.get(key, ("", ""))[0]
        clear = ("higher", "lower")
        if not {then, now} - {"", "none"}:
            continue
        if not then:
            kinds[key] = "new"
        elif not now:
            kinds[key] = "removed"
        elif then in clear and now in clear and then != now:
            kinds[key] = "reversed"
        elif now in clear and then not in clear:
            kinds[key] = "clear"
        elif then in clear and now not in clear:
            kinds[key] = "unclear"
    return kinds


# As clear as they were: twice as many were looked after, and of managers more are unknown.
CORRECTED = {
    ("looked_after_children", "black"),
    ("social_work_middle_managers", "asian"),
    ("social_work_middle_managers", "mixed"),
    ("social_work_middle_managers", "other"),
}


def kinds_of(found):
    return {
        (str(each.row["indicator"]), str(each.row["group_code"])): each.kind
        for each in found.looked.changes
    }


@pytest.mark.parametrize("turned", [False, True])
def test_every_change_is_one_that_a_plain_loop_finds_and_no_other(folder, turned):
    two = list(map(releases.open_, pairs.pair(folder)))
    before, after = two[::-1] if turned else two
    old, new = plainly(before, HACKNEY), plainly(after, HACKNEY)

    found = answer(before, after, HACKNEY)

    expected = expected_changes(old, new)
    assert len(expected) == 9
    assert kinds_of(found) == expected | dict.fromkeys(CORRECTED, "corrected")
    assert set(expected.values()) == {"reversed", "clear", "unclear", "new", "removed"}
    with_ratio = [
        key
        for key in {*old, *new}
        if {old.get(key, ("", ""))[0], new.get(key, ("", ""))[0]} - {"", "none"}
    ]
    assert found.looked.looked == len(with_ratio)
    assert sum(found.looked.stayed.values()) + len(expected) == len(with_ratio)
    for each in found.looked.changes:
        key = str(each.row["indicator"]), str(each.row["group_code"])
        for row, says in ((each.before, old), (each.after, new)):
            assert (row is None) == (key not in says)
            if row is not None:
                assert str(row["period"]) == says[key][1]


def test_a_change_says_what_the_later_figure_rests_on(found):
    bases = {
        (str(each.row["indicator"]), str(each.row["group_code"])): each.basis
        for each in found.looked.changes
    }

    assert bases == dict.fromkeys(CORRECTED, "corrected") | {
        ("social_workers", "other"): "newer",
        ("social_workers", "black"): "newer",
        ("social_workers", "asian"): "newer",
        ("looked_after_children", "asian"): "corrected",
        ("looked_after_children", "mixed"): "corrected",
        ("neet_16_17", "black"): "same",
        ("social_work_middle_managers", "black"): "corrected",
        ("child_arrest", "black"): "",
        ("social_work_senior_managers", "black"): "",
    }


def test_looked_at_backwards_a_newer_period_is_an_earlier_one(folder):
    before, after = map(releases.open_, pairs.pair(folder))
    back = answer(after, before, HACKNEY).looked.changes

    assert {e.basis for e in back if str(e.row["indicator"]) == "social_workers"} == {"earlier"}


def test_whether_the_ratio_itself_moved_is_told_of_two_periods_and_of_nothing_else(found):
    moved = {
        (str(each.row["indicator"]), str(each.row["group_code"])): said
        for each, said in zip(found.looked.changes, found.moves, strict=True)
    }

    # 4.0 to 0.2 and 3.0 to 1.1 are falls; 1.2 to 1.7 has an interval of 0.7 to 3.1.
    assert {key: said for key, said in moved.items() if said} == {
        ("social_workers", "other"): "fell",
        ("social_workers", "asian"): "fell",
        ("social_workers", "black"): "cannot tell",
    }


def test_a_release_has_no_changes_from_itself(folder):
    store = releases.open_()

    found = answer(store, store, HACKNEY)

    assert not found.looked.changes
    assert found.looked.looked == sum(found.looked.stayed.values()) == 9
    assert beware.in_words(store.catalogue, found.looked, found.cautions) == []
    assert texts.summary(store.catalogue, found.looked) == (
        "In Hackney, no comparison became clear, stopped being clear or turned round."
    )
    assert list(tables.rows(found).columns) == tables.COLUMNS


def test_the_summary_counts_what_changed_how_much_was_looked_at_and_what_chance_brings(found):
    after = found.catalogues[1]
    of = found.looked

    assert texts.summary(after, of) == (
        "In Hackney, 1 comparison turned round, 3 became clear and 3 are no longer clear."
    )
    said = " ".join(texts.looked_at(of))
    assert "14 comparisons of 6 indicators" in said
    assert "As clear as they were: 1 still higher and 4 still not clear." in said
    assert "4 of them rest on corrected figures and are below" in said
    assert "corrected" in texts.title(of)
    assert "1 new and 1 no longer there" in said
    assert "about 1 in 20 is, which would be 1 of these" in said
    # Black social workers: a p-value of 0.04 among four comparisons.
    assert "Of the 4 that became clear or turned round, 1 is so on its own" in said


def test_a_sentence_says_now_and_before_and_on_what_it_rests(found):
    said = {
        (each.kind, str(each.row["group_code"])): texts.sentence(*found.catalogues, each, moved)
        for each, moved in zip(found.looked.changes, found.moves, strict=True)
        if str(each.row["indicator"]) != "neet_16_17"
    }

    turned = said["reversed", "other"]
    assert turned.startswith("In Hackney, residents aged 16 to 64 from other ethnic groups were")
    assert "Before: higher, 4.0 (2.8 to 5.8), 30 September 2024." in turned
    assert "This rests on a newer period. The ratio itself: fell." in turned
    assert "Before: no ratio to show, 31 March 2025." in said["clear", "mixed"]
    assert "This rests on the same period, corrected." in said["clear", "mixed"]
    assert "not after allowing for all comparisons" in said["clear", "black"]
    assert "not after allowing" not in said["clear", "asian"]
    assert "ethnicity is unknown for 32%" in said["unclear", "black"]
    assert said["removed", "black"].startswith("Before: In Hackney, Black")
    for text in [*said.values(), *texts.HEADINGS.values(), *texts.BASES.values()]:
        assert not offences(text)


def test_a_ratio_that_was_corrected_is_named_with_both_and_the_one_that_moved_most_first(found):
    corrected = found.of("corrected")
    table = tables.table(*found.catalogues, corrected)
    said = [texts.sentence(*found.catalogues, each, moved) for each, moved in corrected]

    # Managers have no ratio any more; of children the ratio became twice what it was.
    assert [str(each.row["indicator"]) for each, _ in corrected] == [
        *["social_work_middle_managers"] * 3,
        "looked_after_children",
    ]
    assert table.loc["Children looked after by the council", "Ratio then"].startswith("4.00 (")
    assert table.loc["Children looked after by the council", "Ratio now"].startswith("8.00 (")
    assert all("This rests on the same period, corrected." in each for each in said)
    assert "Before: higher, 4.0" in said[-1]
    assert "not after allowing" not in " ".join(said)


def test_a_table_links_both_views_exactly(found):
    turned = tables.table(*found.catalogues, found.of("reversed"))
    before, after = found.looked.before, found.looked.after

    row = turned.iloc[0]
    view = "care?indicator=social_workers&area=E09000012&period={}&group=other&reference=white"
    for when, period, release in (("then", "2024", before), ("now", "2025", after)):
        link = f"{view.format(period)}&classification=5&release={release}"
        assert row[f"Period {when}"] == f"[30 September {period}]({link})"
    assert (row["How sure then"], row["How sure now"]) == ("higher", "lower")
    assert row["The ratio itself"] == "fell"
    marked = tables.table(*found.catalogues, found.of("clear"))
    assert marked.loc["Children's social workers", "How sure now"].split() == ["higher", "[1]"]


def test_cautions_are_those_of_the_indicators_that_changed_and_limit_use(found):
    said = beware.in_words(found.catalogues[1], found.looked, found.cautions)

    assert said[0] == beware.NOT_A_CHANGE
    assert said[-1] == "This shows differences. It does not show why."
    assert any(line.startswith("Children looked after by the council: Entry") for line in said)
    assert not any("**" in line for line in said)


def test_a_withdrawn_series_is_told_apart_from_one_that_is_gone(own_folder):
    first, last = pairs.pair(own_folder)
    open_ = answer(releases.open_(first), releases.open_(last), HACKNEY)
    assert not open_.looked.withdrawn
    notice = Notice(
        "withdrawn_series", date(2026, 1, 5), "social_workers", "x", "rows were swapped", last, ""
    )
    notices.add(own_folder, notice)

    found = answer(releases.open_(first), releases.open_(last), HACKNEY)

    gone = [str(e.row["group_code"]) for e in found.looked.of("withdrawn")]
    assert sorted(gone) == ["asian", "black", "mixed", "other"]
    assert found.looked.withdrawn == (
        (
            "Children's social workers",
            "These figures were withdrawn on 5 January 2026 because rows were swapped.",
        ),
    )
    assert [e.kind for e in found.looked.changes].count("removed") == 1
    assert "2025" not in set(tables.rows(found).query("kind == 'withdrawn'")["period_after"])


def test_a_place_or_a_release_there_is_not_is_named(folder):
    first, last = pairs.pair(folder)

    with pytest.raises(UnknownCode, match="E09000099"):
        answer(releases.open_(first), releases.open_(last), "E09000099")
    with pytest.raises(UnknownCode, match="release"):
        pairs.pair(folder, since="2020-01-01.1-00000000")
    with pytest.raises(LotiError, match="is not earlier"):
        pairs.pair(folder, first, last)
    with pytest.raises(LotiError, match="no release before"):
        pairs.pair(folder, first)


def test_the_command_says_the_same_in_text_csv_and_json(folder, found, capsys):
    assert main(["changed", "--area", HACKNEY]) == 0
    text = capsys.readouterr().out
    assert main(["changed", "--area", HACKNEY, "--format", "csv"]) == 0
    table = pd.read_csv(StringIO(capsys.readouterr().out), keep_default_na=False)
    assert main(["changed", "--area", HACKNEY, "--format", "json"]) == 0
    whole = json.loads(capsys.readouterr().out)

    for each, moved in zip(found.looked.changes, found.moves, strict=True):
        assert texts.sentence(*found.catalogues, each, moved) in text
    assert "This shows differences. It does not show why." in text
    kinds = [each.kind for each in found.looked.changes]
    assert table["kind"].to_list() == [each["kind"] for each in whole["changes"]] == kinds
    assert list(table) == list(whole["changes"][0]) == tables.COLUMNS
    turned = whole["changes"][0]
    assert (turned["numerator_before"], turned["numerator_after"]) == (40, 2)
    # 2 in 1,000 beside 100 in 10,000.
    assert turned["ratio_after"] == pytest.approx(0.2)
    assert whole["changes"][-1]["ratio_after"] is None
    assert "Entry to care is a decision" in table.query("group_code == 'mixed'")["caveats"].iloc[0]
    assert (whole["looked"], whole["release_after"]) == (14, found.looked.after)


@pytest.mark.parametrize("area", [options.LONDON, HACKNEY, "E09000001"])
def test_the_rows_of_a_place_are_those_of_its_own_page(release, area):
    pages = {}
    for level in ("19", "5"):
        for _, row in profile.profile(release, area, "white", level).rows.iterrows():
            if row["group_code"] != "white":
                pages[str(row["indicator"]), str(row["group_code"])] = row

    rows = rows_of(release, area)

    assert len(rows) == len(pages) > 100
    for _, row in rows.iterrows():
        page = pages[str(row["indicator"]), str(row["group_code"])]
        assert str(row["period"]) == str(page["period"])
        assert finding(row) == finding(page)
        same = ["ratio", "ratio_low", "ratio_high", "q_value", "status_reason"]
        pd.testing.assert_series_equal(row[same], page[same], check_names=False)


def test_figures_that_are_not_published_are_never_looked_at(folder, monkeypatch):
    store = releases.open_()
    monkeypatch.setattr(store, "private", True)

    with pytest.raises(AssertionError, match="published"):
        answer(store, store, HACKNEY)
    with pytest.raises(AssertionError, match="published"):
        rows_of(store, HACKNEY)


def test_areas_are_named_once_each(release):
    names = evidence.areas(release, release)

    assert names[options.LONDON] == "London"
    assert len(set(names.values())) == len(names) > 33
