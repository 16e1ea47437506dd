"""Records are counted alike by DuckDB and by Spark: the same figures, cell for cell."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from loti_dash import catalogue, config
from loti_dash.errors import LotiError
from loti_dash.ingest import police_uk, police_uk_all_forces

LABELS = catalogue.labels(config.CATALOGUE)
AFRICAN = "Black/African/Caribbean/Black British - African"
NOT_STATED = " Other ethnic group - Not stated"
NOTHING = "A no further action disposal"
HACKNEY, OXFORD = ("51.5451", "-0.0571"), ("51.7520", "-1.2577")
# Ethnicity as people said and as officers saw it, place, time in UTC, kind, outcome.
SEARCHES = [
    (AFRICAN, "Black", HACKNEY, "2018-04-15T12:00:00+00:00", "Person search", "Arrest"),
    (AFRICAN, "Black", HACKNEY, "2018-04-15T12:00:00+00:00", "Person search", "Arrest"),
    ("", "White", ("", ""), "2018-04-16T12:00:00+00:00", "Person and Vehicle search", ""),
    (AFRICAN, "", OXFORD, "2018-04-30T22:59:59+00:00", "Person search", "Local resolution"),
    # In London it is May already.
    (AFRICAN, "White", HACKNEY, "2018-04-30T23:00:00+00:00", "Person search", ""),
    ("", "", HACKNEY, "2018-05-02T12:00:00+00:00", "Vehicle search", "Arrest"),
    (NOT_STATED, "Asian", HACKNEY, "2018-05-02T12:00:00+00:00", "Person search", NOTHING),
]
IN_SPARK = """
import json, sys
from pathlib import Path
import test_engines
print("answer:" + json.dumps(test_engines.answers(Path(sys.argv[1]))))
"""


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """Return a folder of the same searches in both forms that sources have."""
    folder = tmp_path_factory.mktemp("records")
    columns = ["Self-defined ethnicity", "Officer-defined ethnicity", "place", "Date", "Type"]
    table = pd.DataFrame(SEARCHES, columns=[*columns, "Outcome"])
    table["Latitude"], table["Longitude"] = table["place"].str[0], table["place"].str[1]
    table["Object of search"] = ["knife", "knife", *"abcde"]
    table = table.drop(columns="place")
    month = table["Date"].str.slice(0, 19).map(pd.Timestamp) + pd.Timedelta(hours=1)
    for name, rows in table.groupby(month.dt.strftime("%Y-%m")):
        for force in ("metropolitan", "city-of-london"):
            rows.to_csv(folder / f"{name}-{force}-stop-and-search.csv", index=False)
    pd.DataFrame(
        {
            "date": table["Date"].str.slice(0, 10),
            "time": table["Date"].str.slice(11, 19),
            "type": table["Type"],
            "self_defined_ethnicity": table["Self-defined ethnicity"].replace("", None),
            "officer_defined_ethnicity": table["Officer-defined ethnicity"].replace("", None),
            "location.latitude": table["Latitude"].replace("", None),
            "location.longitude": table["Longitude"].replace("", None),
            "la_code": "E09000030",
            "object": table["Object of search"],
        }
    ).to_parquet(folder / "all.parquet")
    return folder


def answers(folder):
    """Return all that both sources read, as text."""
    found = []
    for source, pattern in ((police_uk, "*.csv"), (police_uk_all_forces, "*.parquet")):
        reading = source.read(sorted(folder.glob(pattern)), LABELS)
        observations = reading.observations.sort_values(list(reading.observations.columns))
        found += [
            observations.to_csv(index=False),
            reading.facts,
            sorted(reading.labels.items()),
            [str(refusal) for refusal in reading.refusals],
            [str(file) for file in reading.files],
        ]
    return json.loads(json.dumps(found))


def test_the_searches_are_counted_as_drawn(records):
    reading = police_uk.read(sorted(records.glob("*.csv")), LABELS)
    rows = reading.observations.query("value > 0 and series_id == 'searches_self_defined'")
    found = rows.set_index(["period_id", "area_code", "group_code"])["value"].to_dict()
    # Each is there twice, once for each force; six of seven are of people.
    assert found == {
        ("2018-04", "E09000012", "black_african"): 4,
        ("2018-04", "E12000007", "black_african"): 6,
        ("2018-04", "E12000007", "unknown_blank"): 2,
        ("2018-05", "E09000012", "black_african"): 2,
        ("2018-05", "E09000012", "unknown_not_stated"): 2,
        ("2018-05", "E12000007", "black_african"): 2,
        ("2018-05", "E12000007", "unknown_not_stated"): 2,
    }
    city = next(fact for fact in reading.facts if fact.startswith("City of London Police: 7"))
    assert "7 searches in 2 months, 6 of them of people and 1 of a vehicle alone" in city
    assert "1 searches of people repeat another record exactly" in city


def test_spark_gives_the_same_figures_and_the_same_report(records, tmp_path):
    if shutil.which("java") is None or importlib.util.find_spec("pyspark") is None:
        pytest.skip(
            "Spark is not installed: requirements-scale.txt, and apt-get install "
            "default-jre-headless"
        )
    (tmp_path / "spark-defaults.conf").write_text(
        "spark.master local[2]\nspark.sql.shuffle.partitions 1\nspark.ui.enabled false\n"
        "spark.ui.showConsoleProgress false\nspark.driver.bindAddress 127.0.0.1\n"
        "spark.driver.host 127.0.0.1\nspark.sql.adaptive.enabled false\n"
        # So little is to be counted that making it fast takes longest.
        "spark.sql.codegen.wholeStage false\n"
        "spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1\n"
    )
    path = os.pathsep.join([str(config.ROOT), str(config.ROOT / "tests" / "scale")])
    spark = {
        "LOTI_ENGINE": "spark",
        "SPARK_CONF_DIR": str(tmp_path),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYTHONPATH": path,
    }
    said = subprocess.run(
        [sys.executable, "-c", IN_SPARK, str(records)],
        env=os.environ | spark,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in said.stdout.splitlines() if line.startswith("answer:")]
    assert lines, said.stderr[-3_000:]
    assert json.loads(lines[0].removeprefix("answer:")) == answers(records)


def test_another_engine_is_refused(monkeypatch):
    monkeypatch.setenv("LOTI_ENGINE", "abacus")
    with pytest.raises(LotiError, match="it may be duckdb or spark"):
        config.engine()
