"""A comparison for programs: the same figures as the command, and never without their caveats."""

import csv
import io
import json

import pandas as pd
import pytest
from api.conftest import client

from loti_dash import analysis, caveats, config, notices, releases
from loti_dash.api import version
from loti_dash.api.columns import BESIDE, TABLE
from loti_dash.api.handlers import HANDLERS

COMPARE = "/api/v1/compare"
HACKNEY, CITY = "E09000012", "E09000001"
DUTIES = {"indicator": "homelessness_duty_owed", "area": HACKNEY, "period": "2025-Q3"}
SEARCHES = {"indicator": "stop_and_search", "period": "2018-04--2019-02"}


@pytest.mark.parametrize(
    "asked",
    [
        DUTIES,
        DUTIES | {"reference": "rest"},
        DUTIES | {"classification": "19", "reference": "white_british"},
        SEARCHES,
        SEARCHES | {"reference": "all", "area": "E12000007"},
        {"indicator": "looked_after_children", "area": "E09000033", "period": "2025-03-31"},
        {"indicator": "mental_health_detentions", "period": "2023-24"},
    ],
)
def test_rows_are_those_of_the_command_in_json_and_in_csv(ask, asked):
    table = analysis.compare(
        releases.open_(),
        asked["indicator"],
        asked["period"],
        classification=asked.get("classification", "5"),
        reference=asked.get("reference", "white"),
        areas=[asked["area"]] if "area" in asked else [],
    )
    plain = [
        {name: None if pd.isna(value) else value for name, value in row.items()}
        for row in table.astype(object).to_dict("records")
    ]

    assert ask.get(COMPARE, params=asked).json()["rows"] == plain

    text = ask.get(COMPARE, params=asked | {"format": "csv"}).text
    read = list(csv.DictReader(io.StringIO(text)))
    assert list(read[0]) == [*analysis.COLUMNS, *BESIDE]
    for of_file, of_table in zip(read, plain, strict=True):
        for name, value in of_table.items():
            same = of_file[name] if isinstance(value, str) else float(of_file[name] or "nan")
            assert same == value or (value is None and same != same), name


def test_one_group_is_one_row(ask):
    rows = ask.get(COMPARE, params=DUTIES | {"group": "black"}).json()["rows"]

    assert [(row["area"], row["group"]) for row in rows] == [("Hackney", "Black")]
    # As in the publisher's sheet.
    assert rows[0]["numerator"] == 336


def test_without_a_period_it_is_the_newest_and_the_address_says_which(ask):
    found = ask.get(COMPARE, params={"indicator": "homelessness_duty_owed", "area": HACKNEY})

    assert {row["period"] for row in found.json()["rows"]} == {"2025-Q3"}
    address = found.json()["address"]
    assert "period=2025-Q3" in address
    assert f"release={releases.open_().release}" in address
    assert ask.get(address).json()["rows"] == found.json()["rows"]
    assert f'<{address}>; rel="canonical"' in found.headers["link"]


def test_every_caveat_of_an_area_goes_with_its_rows(ask):
    store = releases.open_()
    indicator = store.catalogue.indicators["homelessness_duty_owed"]
    table = analysis.compare(store, indicator.id, "2025-Q3")
    expected = caveats.applying_to(store.catalogue, indicator, "2025-Q3", table, HACKNEY)
    assert any(each.severity == 3 for each in expected)

    found = ask.get(COMPARE, params=DUTIES).json()["caveats"]
    rows = csv.DictReader(io.StringIO(ask.get(COMPARE, params=DUTIES | {"format": "csv"}).text))

    assert {each.text for each in expected} <= {each["text"] for each in found}
    assert all(each["areas"] == [HACKNEY] for each in found)
    assert [each["severity"] for each in found] == sorted(
        (each["severity"] for each in found), reverse=True
    )
    worse = [each.text for each in expected if each.severity > 1]
    for row in rows:
        assert all(text in row["caveats"] for text in worse)
        assert row["licence"]
        assert row["link"].startswith("http://dashboard.example/housing?indicator=")


def test_an_area_whose_ratio_would_mislead_is_marked_and_others_are_not(ask):
    found = ask.get(COMPARE, params=SEARCHES).json()
    text = ask.get(COMPARE, params=SEARCHES, headers={"Accept": "text/csv"}).text
    marked = {
        row["area_code"] for row in csv.DictReader(io.StringIO(text)) if row["ratio_would_mislead"]
    }

    assert CITY in marked
    assert HACKNEY not in marked
    assert set(found["ratio_would_mislead"]) == marked


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
        ("text/csv;q=0.5, */*;q=0.4", "text/csv; charset=utf-8"),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("", "application/json"),
    ],
)
def test_a_program_says_which_format_it_takes(ask, accept, kind):
    found = ask.get(COMPARE, params=DUTIES, headers={"Accept": accept})

    assert found.headers["content-type"] == kind


def test_the_parameter_overrules_the_header_and_what_there_is_not_is_said(ask):
    as_csv = ask.get(COMPARE, params=DUTIES | {"format": "csv"}, headers={"Accept": "image/png"})
    neither = ask.get(COMPARE, params=DUTIES, headers={"Accept": "image/png"})

    assert as_csv.headers["content-type"].startswith("text/csv")
    assert neither.status_code == 406
    assert neither.json()["known"] == ["application/json", "text/csv"]


@pytest.mark.parametrize(
    ("wrong", "known"),
    [
        ({"indicator": None}, "homelessness_duty_owed"),
        ({"indicator": "no_such"}, "homelessness_duty_owed"),
        ({"indicator": "../../etc/passwd"}, "homelessness_duty_owed"),
        ({"area": "E09000099"}, HACKNEY),
        ({"area": "Hackney"}, HACKNEY),
        ({"period": "1999"}, "2025-Q3"),
        ({"group": "martian"}, "black"),
        ({"reference": "nobody"}, "white"),
        ({"classification": "7"}, "19"),
        ({"format": "xlsx"}, "csv"),
        ({"release": "not-published"}, None),
        ({"release": "../current"}, None),
        ({"areas": HACKNEY}, "area"),
        ({"area": ""}, "area"),
        ({"area": "E" * 300}, "area"),
        ({"period": "=1+1"}, "2025-Q3"),
    ],
)
def test_a_wrong_parameter_is_an_error_that_says_what_there_is(ask, wrong, known):
    params = {name: value for name, value in (DUTIES | wrong).items() if value is not None}

    found = ask.get(COMPARE, params=params)

    assert found.status_code == 400
    assert set(found.json()) == {"error", "known"}
    assert (known or releases.open_().release) in found.json()["known"]


def test_a_parameter_that_is_there_twice_is_an_error(ask):
    found = ask.get(f"{COMPARE}?indicator=stop_and_search&area={HACKNEY}&area={CITY}")

    assert found.status_code == 400
    assert "twice" in found.json()["error"]


def test_figures_that_are_awaited_are_said_to_be(ask):
    empty = [i for i in releases.open_().catalogue.indicators.values() if i.empty]
    assert empty

    found = ask.get(COMPARE, params={"indicator": empty[0].id})

    assert found.status_code == 400
    assert "no figures" in found.json()["error"]


def test_what_a_program_has_already_is_not_sent_again(ask):
    first = ask.get(COMPARE, params=DUTIES)
    again = ask.get(COMPARE, params=DUTIES, headers={"If-None-Match": first.headers["etag"]})
    listed = ask.get(
        COMPARE, params=DUTIES, headers={"If-None-Match": f'"x", W/{first.headers["etag"]}'}
    )
    other = ask.get(
        COMPARE,
        params=DUTIES | {"area": "E09000007"},
        headers={"If-None-Match": first.headers["etag"]},
    )

    assert first.headers["etag"].startswith('"')
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert listed.status_code == 304
    assert other.status_code == 200


def test_a_tag_is_of_one_format_one_compression_and_one_code(ask, monkeypatch):
    plain = ask.get(COMPARE, params=DUTIES)
    zipped = ask.get(COMPARE, params=DUTIES, headers={"Accept-Encoding": "gzip"})
    as_csv = ask.get(COMPARE, params=DUTIES, headers={"Accept": "text/csv"})
    monkeypatch.setattr(version, "code", lambda: "another")
    by_other_code = ask.get(COMPARE, params=DUTIES)

    found = (plain, zipped, as_csv, by_other_code)
    assert len({each.headers["etag"] for each in found}) == 4
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.json() == plain.json()


@pytest.mark.parametrize("path", sorted(HANDLERS))
def test_every_answer_names_its_release_and_may_be_read_by_other_sites(ask, path):
    params = DUTIES if "compare" in path else {}
    found = ask.get(path, params=params)

    assert found.status_code == 200
    if path != "/metrics":
        assert releases.open_().release in found.text
    if path.startswith("/api/"):
        assert found.headers["loti-release"] == releases.open_().release
        assert found.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in found.headers


@pytest.mark.parametrize("path", sorted(HANDLERS))
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading(ask, path, method):
    found = ask.request(method, path)

    assert found.status_code == 405
    assert found.headers["allow"] == "GET, HEAD"


def test_a_script_of_another_site_may_ask_whether_there_is_anything_new(ask):
    headers = {"Origin": "https://theirs.example", "Access-Control-Request-Method": "GET"}
    headers["Access-Control-Request-Headers"] = "if-none-match"

    found = ask.options(COMPARE, headers=headers)

    assert (found.status_code, found.content) == (204, b"")
    assert found.headers["access-control-allow-origin"] == "*"
    assert found.headers["access-control-allow-headers"] == "If-None-Match"


def test_who_wants_no_gzip_gets_none(ask):
    found = ask.get(COMPARE, params=DUTIES, headers={"Accept-Encoding": "gzip;q=0, identity"})

    assert "content-encoding" not in found.headers
    assert found.headers.get_list("vary") == ["Accept, Accept-Encoding"]


def test_links_are_to_where_everybody_finds_the_dashboard(ask, monkeypatch):
    monkeypatch.setenv("LOTI_ADDRESS", "https://council.example/figures/")

    found = ask.get(COMPARE, params=DUTIES)

    assert found.json()["address"].startswith("https://council.example/figures/api/v1/compare?")
    assert "dashboard.example" not in found.text + found.headers["link"]


def test_nothing_may_be_sent(ask):
    sent = ask.request("GET", COMPARE, params=DUTIES, content=b"x")
    in_pieces = ask.request("GET", COMPARE, params=DUTIES, content=iter([b"x"]))

    assert [sent.status_code, in_pieces.status_code] == [413, 413]


def test_the_head_of_an_answer_is_that_of_the_whole(ask):
    whole, head = ask.get(COMPARE, params=DUTIES), ask.head(COMPARE, params=DUTIES)

    assert head.status_code == 200
    assert head.headers["etag"] == whole.headers["etag"]


def test_withdrawn_figures_are_gone_even_for_whoever_had_them(own_home):
    ask = client()
    had = ask.get(COMPARE, params=DUTIES).headers["etag"]
    releases.withdraw_series("homelessness_duties_owed", "two boroughs were swapped")

    found = ask.get(COMPARE, params=DUTIES, headers={"If-None-Match": had})

    assert found.status_code == 410
    assert "because two boroughs were swapped" in found.json()["error"]
    assert ask.get(COMPARE, params=SEARCHES).status_code == 200
    listed = ask.get("/api/v1/releases").json()["notices"]
    assert [each["subject"] for each in listed] == ["homelessness_duties_owed"]


def test_a_withdrawn_release_is_gone_and_the_others_are_named(own_home):
    folder = own_home / "releases"
    current = releases.current_name(folder)
    earlier = current.replace("20", "19", 1)
    (folder / f"{earlier}.duckdb").hardlink_to(folder / f"{current}.duckdb")
    ask = client()
    releases.withdraw(current, "it was built from the wrong files")

    found = ask.get(COMPARE, params=DUTIES | {"release": current})

    assert found.status_code == 410
    assert "the wrong files" in found.json()["error"]
    assert found.json()["known"] == [earlier]
    assert ask.get(COMPARE, params=DUTIES).headers["loti-release"] == earlier


def test_a_correction_stands_with_the_figures_and_makes_a_new_tag(own_home):
    ask = client()
    before = ask.get(COMPARE, params=DUTIES)
    today = pd.Timestamp("2026-11-03").date()
    notices.add(
        config.releases(),
        notices.Notice(
            "correction",
            today,
            "homelessness_duties_owed",
            "=1+1",
            "a heading was read as a figure",
        ),
    )

    after = ask.get(COMPARE, params=DUTIES, headers={"If-None-Match": before.headers["etag"]})
    rows = csv.DictReader(io.StringIO(ask.get(COMPARE, params=DUTIES | {"format": "csv"}).text))

    said = "=1+1: corrected on 3 November 2026 because a heading was read as a figure."
    assert after.status_code == 200
    assert [each["text"] for each in after.json()["notices"]] == [said]
    # In CSV with an apostrophe, so that no spreadsheet runs it.
    assert {row["notices"] for row in rows} == {"'" + said}


def test_health_is_that_of_the_current_release(ask, tmp_path, monkeypatch):
    assert ask.get("/healthz").status_code == 200

    monkeypatch.setenv("LOTI_HOME", str(tmp_path))
    gone = ask.get("/healthz")
    assert gone.status_code == 503
    refused = ask.get(COMPARE, params=DUTIES)
    assert refused.status_code == 503
    assert "There is no release" in refused.json()["error"]
    assert str(tmp_path) not in refused.text


def test_the_list_of_indicators_has_every_code_that_compare_takes(ask):
    store = releases.open_()
    listed = {each["id"]: each for each in ask.get("/api/v1/indicators").json()["indicators"]}
    assert set(listed) == set(store.catalogue.indicators)

    of = listed["homelessness_duty_owed"]
    params = {
        "indicator": of["id"],
        "area": of["areas"][-1]["code"],
        "period": of["periods"][0]["id"],
        "group": of["groups"]["19"][-1]["code"],
        "classification": "19",
        "reference": of["references"][-1],
    }
    assert ask.get(COMPARE, params=params).json()["rows"]
    assert of["reviewed"] == store.catalogue.indicators[of["id"]].reviewed.isoformat()


def test_columns_are_described_one_for_one():
    assert tuple(TABLE) == tuple(analysis.COLUMNS)


def test_an_answer_is_json_without_numbers_that_json_has_not(ask):
    raw = ask.get(COMPARE, params=SEARCHES).text

    def refuse(constant):
        raise AssertionError(constant)

    assert json.loads(raw, parse_constant=refuse)["rows"]
