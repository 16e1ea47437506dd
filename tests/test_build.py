"""Building a release: what it adds up, what it refuses, and what stays when it fails."""

import random

import duckdb
import pandas as pd
import pytest

from loti_dash import build, config, releases
from loti_dash.errors import LotiError, ObservationError, ReleaseError, UnknownCode
from loti_dash.store import Store

TWO_GROUPS = """
    series                   | period  | area      | group              | value | status
    homelessness_duties_owed | 2025-Q3 | E09000012 | white_british      |    40 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | white_irish        |     2 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | other_arab         |     - | suppressed
    homelessness_duties_owed | 2025-Q3 | E09000012 | other_any          |     5 | ok
    homelessness_duties_owed | 2025-Q3 | E09000012 | unknown_not_known  |     7 | ok
    census_2021_households   | 2021    | E09000012 | white_british      |   400 | ok
    census_2021_households   | 2021    | E09000012 | white_irish        |   100 | ok
"""


def counts(store, indicator, level="5"):
    rows = store.query("counts", indicators=[indicator], periods=[], level=level, viewer_areas=[])
    return rows.set_index("group_code")


def test_a_sum_with_a_missing_part_is_missing_and_says_why(make_store):
    rows = counts(make_store(TWO_GROUPS), "homelessness_duty_owed")
    assert rows.loc["white", "numerator"] == 42
    assert pd.isna(rows.loc["other", "numerator"])
    assert rows.loc["other", "numerator_status"] == "suppressed"
    assert rows.loc["white", "unknown"] == 7
    assert rows["all_numerator"].isna().all()


def test_a_group_without_any_row_is_not_available_and_keeps_its_place(make_store):
    rows = counts(make_store(TWO_GROUPS), "homelessness_duty_owed")
    assert list(rows.index) == ["asian", "black", "mixed", "white", "other"]
    assert rows.loc["asian", "numerator_status"] == "not_available"


def test_a_reason_that_ethnicity_is_unknown_counts_in_every_list_of_groups(make_store):
    store = make_store("""
        series                     | period | area      | group             | value | status
        social_workers             | 2025   | E09000012 | black             |    40 | ok
        social_workers             | 2025   | E09000012 | unknown_not_known |     6 | ok
        social_workers             | 2025   | E09000012 | unknown_refused   |     1 | ok
        census_2021_residents_16_64 | 2021  | E09000012 | black             |  9000 | ok
    """)
    assert counts(store, "social_workers").loc["black", "unknown"] == 7


def test_detailed_groups_are_divided_only_by_exactly_the_same_people(make_store):
    rows = counts(make_store(TWO_GROUPS), "homelessness_duty_owed", level="19")
    assert rows.loc["white_british", "denominator"] == 400
    assert rows.loc["white_irish", "denominator"] == 100
    # The Census counts Roma with Gypsy and Irish Traveller and White Other here.
    assert not rows.loc["white_gypsy_irish_traveller", "matched"]
    assert not rows.loc["asian_indian", "matched"]


def test_months_add_up_to_a_span_only_where_all_are_there(make_store):
    months = [f"2018-{month:02}" for month in range(4, 13)] + ["2019-01", "2019-02"]
    lines = ["series | period | area | group | value | status"]
    for group, short in (("white_british", None), ("asian_indian", "2018-07")):
        lines += [
            f"searches_self_defined | {month} | E12000007 | {group} | 3 | ok"
            for month in months
            if month != short
        ]
    lines.append("census_2021_residents | 2021 | E12000007 | white_british | 900 | ok")
    rows = counts(make_store("\n".join(lines)), "stop_and_search", level="19").reset_index()
    span = rows[rows["period_id"] == "2018-04--2019-02"].set_index("group_code")
    assert span.loc["white_british", "numerator"] == 33
    assert pd.isna(span.loc["asian_indian", "numerator"])


def test_the_city_goes_with_westminster_where_ages_are_published_together(make_store):
    store = make_store("""
        series                       | period     | area      | group | value | status
        looked_after_children        | 2025-03-31 | E09000001 | white |     3 | ok
        looked_after_children        | 2025-03-31 | E09000033 | white |    20 | ok
        looked_after_children        | 2025-03-31 | E09000002 | white |     9 | ok
        census_2021_residents_0_17   | 2021       | E09000033 | white |  9000 | ok
        census_2021_residents_0_17   | 2021       | E09000002 | white |  8000 | ok
    """)
    rows = counts(store, "looked_after_children").loc["white"].set_index("area_code")
    assert rows["numerator"].to_dict() == {"E09000033": 23, "E09000002": 9}
    assert rows.loc["E09000033", "denominator"] == 9000


def test_an_area_without_any_denominator_is_not_offered(make_store):
    store = make_store(
        TWO_GROUPS + "    homelessness_duties_owed | 2025-Q3 | E92000001 | white_british | 9 | ok"
    )
    assert set(store.choices["area_code"]) == {"E09000012"}


def test_the_same_inputs_give_the_same_content(data, make_store, tmp_path):
    make_store(TWO_GROUPS)
    again = build.build(data, tmp_path / "again", say=lambda _: None)
    once_more = build.build(data, tmp_path / "again", say=lambda _: None)
    assert once_more.stem.partition("-")[0] == again.stem.partition("-")[0]
    assert again.stem.rpartition("-")[2] == once_more.stem.rpartition("-")[2]
    assert again.stem != once_more.stem, "each release has its own name"
    assert releases.current_name(tmp_path / "again") == once_more.stem


def test_counts_with_decimals_give_the_same_release_every_time(data, tmp_path):
    """Sums of fractions depend on their order, and threads take the rows in any order."""
    number = random.Random(20260101)
    groups = "asian_chinese asian_excl_chinese black mixed other unknown_not_known white".split()
    for series, most in (("neet_16_17_cohort", 900), ("neet_16_17", 60)):
        lines = ["series_id,period_id,area_code,group_code,value,status"]
        for year in range(2000, 2100):
            for area in (f"E09{number_:06}" for number_ in range(1, 34)):
                lines += [
                    f"{series},{year},{area},{group},{number.uniform(0, most):.10g},ok"
                    for group in groups
                ]
        (data / "observations" / f"{series}.csv").write_text("\n".join(lines) + "\n")
    numbers = {
        build.build(data, tmp_path / "home", say=lambda _: None).stem.rpartition("-")[2]
        for _ in range(3)
    }
    assert len(numbers) == 1


def test_a_count_is_neither_rounded_nor_too_great_to_be_added_up(make_store):
    rows = counts(
        make_store("""
            series            | period | area      | group             | value        | status
            neet_16_17        | 2022   | E09000012 | asian_chinese     | 0.3333333333 | ok
            neet_16_17        | 2022   | E09000012 | asian_excl_chinese | 0.0333333333 | ok
            neet_16_17        | 2022   | E09000012 | black             | 12.66666667  | ok
            neet_16_17        | 2022   | E09000012 | white             | 9e300        | ok
            neet_16_17_cohort | 2022   | E09000012 | white             | 9e301        | ok
        """),
        "neet_16_17",
    )
    assert rows["numerator"].dropna().to_dict() == {
        **{"asian": 0.0333333333 + 0.3333333333, "black": 12.66666667, "white": 9e300}
    }


def test_a_home_that_is_a_file_is_a_clear_error(data, tmp_path):
    (data / "observations" / "census_2021_households.csv").write_text(
        "series_id,period_id,area_code,group_code,value,status\n"
        "census_2021_households,2021,E09000012,white_british,4,ok\n"
    )
    (tmp_path / "home").write_text("not a folder")
    for folder in (tmp_path / "home", tmp_path / "home" / "releases"):
        with pytest.raises(ReleaseError, match="could not be written"):
            build.build(data, folder, say=lambda _: None)


def test_a_release_is_read_only(make_store, tmp_path):
    make_store(TWO_GROUPS)
    path = next((tmp_path / "releases0").glob("*.duckdb"))
    assert path.stat().st_mode & 0o222 == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("census_2021_households,2021,E09000099,white_british,4,ok", "E09000099"),
        ("census_2021_households,2021,E09000012,martian,4,ok", "martian"),
        ("census_2021_households,2021,E09000012,white_british,-4,ok", "negative"),
        ("census_2021_households,2021,E09000012,white_british,,ok", "missing exactly"),
        ("census_2021_households,2021,E09000012,white_british,4,fine", "status"),
        ("pupils,2021,E09000012,white_british,4,ok", "series"),
    ],
)
def test_wrong_figures_are_refused_and_the_last_release_stays(data, tmp_path, line, says):
    good = "series_id,period_id,area_code,group_code,value,status\n"
    good += "census_2021_households,2021,E09000012,white_british,4,ok\n"
    file = data / "observations" / "census_2021_households.csv"
    file.write_text(good)
    first = build.build(data, tmp_path / "home", say=lambda _: None)
    file.write_text(good.splitlines()[0] + "\n" + line + "\n")
    with pytest.raises(ObservationError, match=says):
        build.build(data, tmp_path / "home", say=lambda _: None)
    assert releases.names(tmp_path / "home") == [first.stem]
    assert releases.current_name(tmp_path / "home") == first.stem
    assert not list((tmp_path / "home").glob(".building*"))


def test_a_full_disk_is_an_error_that_leaves_everything_as_it_was(data, tmp_path, monkeypatch):
    file = data / "observations" / "census_2021_households.csv"
    file.write_text(
        "series_id,period_id,area_code,group_code,value,status\n"
        "census_2021_households,2021,E09000012,white_british,4,ok\n"
    )
    first = build.build(data, tmp_path / "home", say=lambda _: None)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(releases, "put", full)
    with pytest.raises(ReleaseError, match="No space left"):
        build.build(data, tmp_path / "home", say=lambda _: None)
    assert [path.name for path in (tmp_path / "home").iterdir() if path.suffix == ".duckdb"] == [
        first.name
    ]
    assert releases.current_name(tmp_path / "home") == first.stem


def test_no_figures_is_an_error_that_says_what_to_do(data, tmp_path):
    with pytest.raises(ObservationError, match="ingest"):
        build.build(data, tmp_path / "home", say=lambda _: None)


def test_the_listing_says_what_changed(data, tmp_path):
    folder = tmp_path / "home"
    file = data / "observations" / "census_2021_households.csv"
    head = "series_id,period_id,area_code,group_code,value,status\n"
    line = "census_2021_households,2021,E09000012,{},{},ok\n"
    file.write_text(head + line.format("asian", 4))
    build.build(data, folder, note="one", say=lambda _: None)
    file.write_text(head + line.format("asian", 5) + line.format("black", 6))
    build.build(data, folder, note="two", say=lambda _: None)
    table = releases.listing(folder)
    assert list(table["note"]) == ["two", "one"]
    assert list(table["current"]) == [True, False]
    assert list(table["changed"]) == ["figures: 1 added, 1 changed", "the first release"]


def test_a_file_that_is_no_release_is_a_clear_error(tmp_path, monkeypatch):
    monkeypatch.setenv("LOTI_RELEASES", str(tmp_path))
    with pytest.raises(ReleaseError, match="python -m loti_dash build"):
        releases.open_()
    (tmp_path / "2026-01-01.1-00000000.duckdb").write_text("not a database")
    releases.point_to(tmp_path, "2026-01-01.1-00000000")
    with pytest.raises(ReleaseError, match="cannot be read"):
        releases.open_()
    with pytest.raises(UnknownCode, match="2020"):
        releases.open_("2020-01-01.1-00000000")


def test_files_with_other_names_are_no_releases(tmp_path):
    for name in ("2026-01-01.2-0000abcd", "2026-01-01.10-00000000", "backup", "2026-1", "a.1-b"):
        (tmp_path / f"{name}.duckdb").write_text("")
    assert releases.names(tmp_path) == ["2026-01-01.2-0000abcd", "2026-01-01.10-00000000"]
    assert releases.next_name(tmp_path, "12345678").endswith(".1-12345678")


def test_a_pointer_that_cannot_be_moved_is_a_clear_error(tmp_path):
    (tmp_path / "2026-01-01.1-00000000.duckdb").write_text("")
    (tmp_path / "current").mkdir()
    with pytest.raises(ReleaseError, match="could not be made the current one"):
        releases.point_to(tmp_path, "2026-01-01.1-00000000")
    assert not list(tmp_path.glob(".current*"))


def test_a_release_with_damaged_blocks_is_a_clear_error(make_store, tmp_path):
    make_store(TWO_GROUPS)
    whole = next((tmp_path / "releases0").glob("*.duckdb")).read_bytes()
    damaged = tmp_path / "2026-01-01.1-00000000.duckdb"
    # The first 12 KiB are the headers: the file opens.
    damaged.write_bytes(whole[: 3 * 4096] + bytes(len(whole) - 3 * 4096))
    with pytest.raises(ReleaseError, match="cannot be read"):
        counts(Store(damaged), "homelessness_duty_owed")
    with pytest.raises(ReleaseError, match="cannot be compared"):
        releases.changes(damaged, damaged.with_name("2026-01-01.2-00000000.duckdb"))


# Whose denominators are children, pupils or young people.
OF_CHILDREN = ("children", "pupils", "young people")


def test_the_city_of_london_has_no_rate_of_children_of_its_own(release):
    indicators = release.catalogue.indicators.values()
    of_children = {each.id for each in indicators if each.people.startswith(OF_CHILDREN)}
    assert of_children > {"free_school_meals", "suspensions", "neet_16_17", "child_arrest"}
    choices = release.choices
    of_city = set(choices.loc[choices["area_code"] == "E09000001", "indicator_id"])
    assert of_city
    assert not of_city & of_children
    # Westminster keeps its own, with the City's pupils where there are any.
    assert set(choices.loc[choices["area_code"] == "E09000033", "indicator_id"]) >= {
        *("free_school_meals", "suspensions", "permanent_exclusions", "neet_16_17")
    }


def test_westminster_has_the_pupils_of_the_city(release):
    found = release.query(
        "counts", indicators=["suspensions"], periods=["2023-24"], level="5", viewer_areas=[]
    )
    westminster = found[found["area_code"] == "E09000033"].set_index("group_code")
    published = pd.read_csv(config.OBSERVATIONS / "pupils_in_exclusion_statistics.csv")
    of_both = published[
        published["area_code"].isin(["E09000001", "E09000033"])
        & (published["period_id"] == "2023-24")
    ]
    pupils = of_both.groupby("group_code")["value"].sum()
    for group in ("asian", "black", "mixed", "white", "other"):
        assert westminster.loc[group, "denominator"] == pupils[group]
    neet = release.query(
        "counts", indicators=["neet_16_17"], periods=["2022"], level="5", viewer_areas=[]
    ).set_index(["area_code", "group_code"])
    assert neet.loc["E09000033", "numerator"].notna().all()


def test_every_query_reads_through_the_door_that_checks_who_is_looking():
    reading = list((config.ROOT / "loti_dash" / "sql").glob("*.sql"))
    makers = {"schema.sql", "roll_up.sql", "lay_side_by_side.sql", "changes.sql"}
    for path in reading:
        if path.name not in makers:
            sql = path.read_text().casefold()
            assert "from observation" not in sql, path.name
            assert "from counts" not in sql, path.name
            assert "join observation" not in sql, path.name


def test_unpublished_counts_are_seen_only_by_their_own_area(make_store, tmp_path):
    store = make_store(TWO_GROUPS)
    path = next((tmp_path / "releases0").glob("*.duckdb"))
    path.chmod(0o644)
    copy = tmp_path / "with_owner.duckdb"
    copy.write_bytes(path.read_bytes())
    with duckdb.connect(str(copy)) as db:
        db.execute("UPDATE counts SET owner_area = 'E09000012'")
        seen = "SELECT count(*) FROM visible_counts({})"
        assert db.execute(seen.format("[]")).fetchone() == (0,)
        assert db.execute(seen.format("['E09000001']")).fetchone() == (0,)
        assert db.execute(seen.format("['E09000012']")).fetchone() != (0,)
    assert isinstance(store.release, str)
    assert issubclass(ReleaseError, LotiError)
