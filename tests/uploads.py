"""Uploaded packages to test with: figures drawn by a seed, with all their papers."""

from datetime import date

import numpy as np
import pandas as pd

from loti_dash import catalogue, config
from loti_dash.definitions import File
from loti_dash.upload import statement
from loti_dash.upload.defining import indicator, series
from loti_dash.upload.description import OF_THE_FILE, Described
from loti_dash.upload.package import Package

DEFINITIONS = catalogue.read(config.CATALOGUE)
TODAY = date(2026, 3, 2)
OWNER = "Hackney Council"
HACKNEY, HARINGEY, CAMDEN = "E09000012", "E09000014", "E09000007"
QUARTERS = [f"{n // 4}-Q{n % 4 + 1}" for n in range(2022 * 4 + 3, 2025 * 4 + 3)]


def described(id_="warnings", **changes):
    """Return what an analyst says of the counts of one id."""
    given = {
        "id": id_,
        "owner": OWNER,
        "like": "",
        "title": id_.capitalize(),
        "counted": f"{id_} given",
        "domain": "justice",
        "counts": "people",
        "denominator": OF_THE_FILE,
        "denominator_label": "young people known to the service",
        "among": True,
        "per": 100,
        "higher_is": "worse",
        "stock_or_flow": "flow",
        "calendar": "calendar",
        "recorded_by": "self",
        "ages": "all",
        "sensitive": False,
    }
    return Described(**(given | changes))


def answers(**changes):
    """Return a whole data statement."""
    said = {question.key: f"As {question.key} should be." for question in statement.QUESTIONS}
    for factor in statement.FACTOR_QUESTIONS:
        said |= {factor: f"What {factor} means here.", f"{factor}_severity": "2"}
    return said | {"owner": OWNER, "next_update": "2027-04-30"} | changes


def package_of(observations, *of, classification="harmonised_5", id_="upload_0123456789abcdef"):
    """Return a package of observations, with the papers of what is said of each id."""
    file = File("warnings.csv", "0" * 64, len(observations))
    said = answers()
    return Package(
        tuple(indicator(one, DEFINITIONS, TODAY) for one in of),
        tuple(each for one in of for each in series(one, classification, id_)),
        statement.source(id_, "Warnings", said, file, TODAY),
        statement.factors(id_, "Warnings", said),
        observations,
    )


def rows(series_id, period, area, counts):
    """Return observations of one period and area; a count may be a word, such as suppressed."""
    lines = [
        (series_id, period, area, group, np.nan, count)
        if isinstance(count, str)
        else (series_id, period, area, group, float(count), "ok")
        for group, count in counts.items()
    ]
    columns = ["series_id", "period_id", "area_code", "group_code", "value", "status"]
    return pd.DataFrame(lines, columns=columns)


def groups_of(classification):
    """Return the codes of a list, its states of unknown included."""
    return [g.code for g in DEFINITIONS.groups if g.classification == classification]
