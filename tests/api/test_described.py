"""What describes the web API to programs: it is valid, and it is true."""

import json

import jsonschema
import pytest
from csvw import CSVW
from openapi_spec_validator import OpenAPIV31SpecValidator

from loti_dash.analysis import COLUMNS
from loti_dash.api.columns import BESIDE
from loti_dash.api.handlers import HANDLERS

DUTIES = {"indicator": "homelessness_duty_owed", "period": "2025-Q3"}


@pytest.fixture
def document(ask):
    return ask.get("/api/v1/openapi.json").json()


def test_the_document_is_one_of_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_the_document_has_every_address_that_there_is(document):
    assert set(document["paths"]) == set(HANDLERS) - {"/api/v1/openapi.json", "/metrics"}


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/api/v1/indicators", {}),
        ("/api/v1/releases", {}),
        ("/api/v1/compare", DUTIES),
        ("/api/v1/compare", {"indicator": "stop_and_search", "classification": "19"}),
        ("/api/v1/compare", {"indicator": "mental_health_detentions"}),
        ("/api/v1/compare-metadata.json", DUTIES),
        ("/healthz", {}),
        ("/api/v1/compare", {}),
        ("/api/v1/compare", {"indicator": "no_such"}),
    ],
)
def test_an_answer_is_as_it_is_described(ask, document, path, params):
    found = ask.get(path, params=params)
    described = document["paths"][path]["get"]["responses"][str(found.status_code)]
    kind = found.headers["content-type"].partition(";")[0]

    schema = described["content"][kind]["schema"] | {"components": document["components"]}
    wrong = jsonschema.Draft202012Validator(schema).iter_errors(found.json())
    assert [each.message for each in wrong] == []


def test_health_promises_no_tag(ask, document):
    answers = document["paths"]["/healthz"]["get"]["responses"]

    assert "304" not in answers
    assert "headers" not in answers["200"]
    assert "etag" not in ask.get("/healthz").headers


def test_a_row_is_described_by_its_columns(document):
    schemas = document["components"]["schemas"]

    assert schemas["Row"]["required"] == list(COLUMNS)
    assert schemas["CsvRow"]["required"] == [*COLUMNS, *BESIDE]


@pytest.mark.parametrize(
    "asked",
    [
        DUTIES,
        {"indicator": "stop_and_search", "classification": "19", "reference": "all"},
        {"indicator": "mental_health_detentions"},
    ],
)
def test_csv_is_valid_by_its_own_metadata(ask, tmp_path, asked):
    """Read back by a library for CSV on the Web, which checks every cell."""
    found = ask.get("/api/v1/compare", params=asked, headers={"Accept": "text/csv"})
    link = next(each for each in found.headers["link"].split(", <") if "describedby" in each)
    described = ask.get(link.partition(">")[0])
    assert described.headers["content-type"] == "application/csvm+json"

    (tmp_path / "compared.csv").write_bytes(found.content)
    metadata = described.json() | {"url": "compared.csv"}
    (tmp_path / "compared.csv-metadata.json").write_text(json.dumps(metadata))
    package = CSVW(tmp_path / "compared.csv-metadata.json", validate=True)
    rows = list(package.tables[0].iterdicts())

    assert package.is_valid, [str(each.message) for each in package.warnings]
    plain = ask.get("/api/v1/compare", params=asked).json()["rows"]
    assert [row["ratio"] for row in rows] == [row["ratio"] for row in plain]


def test_the_metadata_is_of_the_very_address_that_it_names(ask):
    described = ask.get("/api/v1/compare-metadata.json", params=DUTIES).json()

    found = ask.get(described["url"])
    assert found.headers["content-type"].startswith("text/csv")
    assert found.text.splitlines()[0].split(",") == [
        each["titles"] for each in described["tableSchema"]["columns"]
    ]
