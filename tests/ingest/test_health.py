"""Sources of the National Health Service, traced from the publishers' files by hand."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError, SourceFileError
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


def measures(path: Path, *rows: tuple[str, ...]) -> Path:
    columns = talking_therapies.WANTED
    pq.write_table(
        pa.table({name: [row[n] for row in rows] for n, name in enumerate(columns)}), path
    )
    return path


def row(a: str, b: str, value: str, kind: str = "Ethnic Group") -> tuple[str, ...]:
    return ("2024-25", "ICB", "QKK", kind, a, b, "referrals_received", "count", value)


def test_symbols_are_states_and_totals_are_left_out(tmp_path):
    path = measures(
        tmp_path / "measures.parquet",
        row("White", "All", "20"),
        row("White", "British", "15"),
        row("White", "Irish", "*"),
        row("White", "Any other White background", "NULL"),
        row("Not stated/Not known/Invalid", "All", "5"),
        row("NULL", "NULL", "30", "Total"),
    )
    reading = talking_therapies.read([path], LABELS)
    found = check(reading.observations, "measures").set_index("group_code")
    assert found["status"].to_dict() == {
        "white_british": "ok",
        "white_irish": "suppressed",
        "white_other_incl_traveller_roma": "not_available",
        "unknown": "ok",
    }
    assert not reading.refusals


def test_groups_above_the_published_total_are_refused(tmp_path):
    path = measures(
        tmp_path / "measures.parquet",
        row("White", "British", "500"),
        row("NULL", "NULL", "30", "Total"),
    )
    assert talking_therapies.read([path], LABELS).refusals


def test_a_label_nobody_knows_is_refused_by_name(tmp_path):
    path = measures(tmp_path / "measures.parquet", row("White", "Martian", "5"))
    with pytest.raises(LotiError, match="'Martian'"):
        talking_therapies.read([path], LABELS)


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
