"""Sources of the National Health Service, traced from the publishers' files by hand."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import SourceFileError
from loti_dash.ingest import mental_health_act, talking_therapies
from loti_dash.observation import check

LABELS = catalogue.labels(config.CATALOGUE)


@pytest.mark.publishers
def test_detentions_in_south_east_london_as_the_sheet_has_them(publishers):
    files = list((publishers / "health" / "mental_health_act").glob("*.xlsx"))
    reading = mental_health_act.read(files, LABELS)
    rows = check(reading.observations, "mental_health_act").set_index(["series_id", "area_code"])
    counts = rows.loc[("mental_health_detentions", "QKK")].set_index("group_code")["value"]
    assert counts.to_dict() == {
        "asian_excl_chinese": 130,
        "black": 1030,
        "mixed": 105,
        "other_incl_chinese": 175,
        "unknown": 155,
        "white": 945,
    }
    rates = rows.loc[("mental_health_detentions_rate", "QKK")].set_index("group_code")["value"]
    assert rates["black"] == 294.5
    assert rates["white"] == 87.6
    england = next(t for t in reading.totals if "E92000001" in t.what)
    assert (england.ours, england.published) == (45525, 45525)


@pytest.mark.publishers
def test_referrals_of_england_and_london_as_the_file_has_them(publishers):
    file = publishers / "health" / "talking_therapies" / "nhstt_measures_annual.parquet"
    reading = talking_therapies.read([file], LABELS)
    assert reading.files[0].rows_read == 4_529_756
    rows = check(reading.observations, "talking_therapies")
    referrals = rows[rows["series_id"] == "talking_therapies_referrals"]
    england = referrals[(referrals["area_code"] == "E92000001")]
    latest = england[england["period_id"] == "2024-25"].set_index("group_code")["value"]
    assert latest["asian_bangladeshi"] == 17_662
    assert latest["asian_chinese"] == 8_528
    assert latest["unknown"] == 161_014
    assert latest.sum() == 1_813_432
    london = referrals[referrals["area_code"].isin(talking_therapies.LONDON)]
    areas = london.groupby("period_id")["area_code"].nunique()
    # 32 groups and the region until 2019-20; five boards and the region from 2022-23.
    assert areas["2017-18"] == areas["2019-20"] == 33
    assert areas["2022-23"] == areas["2024-25"] == 6
    assert not reading.refusals


UNKNOWN = talking_therapies.UNKNOWN
LABELLED = {
    "White": ["British", "Irish", "Any other White background"],
    "Mixed": ["White and Black Caribbean", "White and Black African", "White and Asian"],
    "Asian or Asian British": ["Indian", "Pakistani", "Bangladeshi", "Any other Asian background"],
    "Black or Black British": ["Caribbean", "African", "Any other Black background"],
    "Other Ethnic Groups": ["Chinese", "Any Other Ethnic Group"],
}
LABELLED["Mixed"].append("Any other Mixed background")
BOARDS = {"ICB": ("QKK", "QMF", "QMJ", "QRV", "QWE"), "Commissioning Region": ("Y56",)}
Row = tuple[str, ...]


def year(period: str = "2024-25", **changed: str) -> list[Row]:
    """Return a whole year: 10 in each group and unknown, so 170 in all, in every area.

    `changed` are other counts in South East London, by the last label or "total".
    """
    areas = [(kind, code) for kind, codes in BOARDS.items() for code in codes]
    groups = [(five, each) for five, labels in LABELLED.items() for each in labels]
    rows = []
    for kind, code in [*areas, ("England", "All")]:
        change = changed if code == "QKK" else {}
        for measure in talking_therapies.SERIES:
            of = (period, kind, code)
            for five, label in [*groups, (UNKNOWN, "All")]:
                value = change.get(label, "10")
                rows.append((*of, "Ethnic Group", five, label, measure, "count", value))
            value = change.get("total", "170")
            rows.append((*of, "Total", "NULL", "NULL", measure, "count", value))
            rows.append((*of, "Ethnic Group", "White", "All", measure, "count", "30"))
    return rows


def measures(path: Path, rows: list[Row]) -> Path:
    columns = talking_therapies.WANTED
    pq.write_table(
        pa.table({name: [row[n] for row in rows] for n, name in enumerate(columns)}), path
    )
    return path


def test_symbols_are_states_and_totals_are_left_out(tmp_path):
    rows = year(British="15", Irish="*", Indian="NULL", total="155")
    reading = talking_therapies.read([measures(tmp_path / "measures.parquet", rows)], LABELS)
    found = check(reading.observations, "measures").set_index(["area_code", "group_code"])
    of_board = found[found["series_id"] == "talking_therapies_referrals"].loc["QKK"]
    assert of_board["status"].value_counts().to_dict() == {
        **{"ok": 15, "suppressed": 1, "not_available": 1}
    }
    assert of_board.loc["white_irish", "status"] == "suppressed"
    assert of_board.loc["asian_indian", "status"] == "not_available"
    assert of_board.loc["white_british", "value"] == 15
    assert "White, All" in reading.labels
    assert not reading.refusals


def test_groups_above_the_published_total_are_refused(tmp_path):
    path = measures(tmp_path / "measures.parquet", year(British="500", total="30"))
    assert talking_therapies.read([path], LABELS).refusals


def test_a_label_nobody_knows_is_refused_by_name(tmp_path):
    rows = [tuple("Martian" if cell == "Irish" else cell for cell in row) for row in year()]
    path = measures(tmp_path / "measures.parquet", rows)
    with pytest.raises(SourceFileError, match=r"measures\.parquet: .*'Martian'"):
        talking_therapies.read([path], LABELS)


def _is(name, text):
    place = talking_therapies.WANTED.index(name)
    return lambda row: row[place] == text


@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        (_is("org_code", "QKK"), "no rows of QKK for talking_therapies_finished, 2024-25"),
        (_is("variable_b", "Irish"), "no rows of white_irish"),
        (_is("variable_type", "Total"), "no rows of total"),
        (_is("measure_name", "finished_course_treatment"), "talking_therapies_finished"),
    ],
    ids=["area", "group", "totals", "measure"],
)
def test_a_year_without_an_area_group_total_or_measure_is_refused(tmp_path, lacks, says):
    rows = [row for row in year() if not lacks(row)] + year("2023-24")
    with pytest.raises(SourceFileError, match=says):
        talking_therapies.read([measures(tmp_path / "measures.parquet", rows)], LABELS)


def test_a_later_year_has_the_boards_of_today(tmp_path):
    path = measures(tmp_path / "measures.parquet", year("2027-28"))
    reading = talking_therapies.read([path], LABELS)
    assert set(reading.observations["area_code"]) == {
        *("QKK", "QMF", "QMJ", "QRV", "QWE", "Y56", "E92000001")
    }


@pytest.mark.publishers
@pytest.mark.parametrize(
    ("lacks", "says"),
    [
        (lambda row: row["OrgID"] == "QKK", "no rows of QKK for 2023-24"),
        (
            lambda row: (row["OrgID"], row["DemographicBreakdown"]) == ("QKK", "White"),
            "no rows of White for 2023-24, QKK",
        ),
        (
            lambda row: (row["DemographicBreakdown"], row["Demographic"]) == ("All", "Ethnicity"),
            "no rows of All for 2023-24, E92000001",
        ),
    ],
    ids=["board", "group", "total"],
)
def test_detentions_without_a_board_group_or_total_are_refused(
    publishers, monkeypatch, lacks, says
):
    [file] = (publishers / "health" / "mental_health_act").glob("*.xlsx")
    whole = mental_health_act._table(file)
    cut = whole[~whole.apply(lacks, axis=1)]
    monkeypatch.setattr(mental_health_act, "_table", lambda path: cut)
    with pytest.raises(SourceFileError, match=says):
        mental_health_act.read([file], LABELS)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 not a table", b"PAR1 cut in half"])
@pytest.mark.parametrize(
    ("source", "name"),
    [(mental_health_act, "mha.xlsx"), (talking_therapies, "measures.parquet")],
)
def test_a_damaged_file_is_named(tmp_path, source, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceFileError, match=name):
        source.read([path], LABELS)
