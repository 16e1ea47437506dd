"""Rows of the comparison table, drawn in a test as text, with the names of the catalogue."""

from io import StringIO

import pandas as pd

from loti_dash import catalogue, config, measures
from loti_dash.analysis import COLUMNS, REFERENCES

CATALOGUE = catalogue.read(config.CATALOGUE)
_WORDS = {
    "release": "2026-01-01.1-test",
    "indicator": "homelessness_duty_owed",
    "area_code": "E09000012",
    "period": "2025-Q3",
    "reference_code": "white",
    "ratio_method": "poisson_score",
    "robust_to_unknown": "none",
    "status": "ok",
    "status_reason": "",
}
_NAMED = {
    "area": ("area_code", {code: area.name for code, area in CATALOGUE.areas.items()}),
    "group": ("group_code", CATALOGUE.short_labels),
    "reference": ("reference_code", REFERENCES),
}
_TEXT = {*_WORDS, *_NAMED, "group_code", "evidence", "size_band"}


def comparison(drawn: str, **everywhere: object) -> pd.DataFrame:
    """Return rows of the comparison table from a table drawn as text; `-` is a missing value.

    A number that is not drawn is missing, a name follows from its code, `evidence` and
    `size_band` from the ratio and its limits. `everywhere` are values of all rows.

    >>> comparison('''group_code | ratio | ratio_low | ratio_high
    ...               black      |   2.5 |       1.9 |        3.2''')[["group", "evidence"]]
       group evidence
    0  Black   higher
    """
    lines = "\n".join(line.strip() for line in drawn.strip().splitlines())
    read = pd.read_csv(
        StringIO(lines), sep=r"\s*\|\s*", engine="python", dtype=str, keep_default_na=False
    ).assign(**everywhere)
    unknown = set(read.columns) - set(COLUMNS)
    assert not unknown, f"no columns of the comparison table: {unknown}"

    table = pd.DataFrame(index=read.index)
    for name in COLUMNS:
        if name in _TEXT:
            table[name] = read.get(name, _WORDS.get(name, ""))
        else:
            cells = read.get(name, pd.Series("-", index=read.index))
            table[name] = pd.to_numeric(cells.replace("-", None)).astype(float)
    named = {name: table[code].map(names) for name, (code, names) in _NAMED.items()}
    low, high = table["ratio_low"].to_numpy(), table["ratio_high"].to_numpy()
    follows = named | {
        "evidence": measures.evidence(low, high),
        "size_band": measures.size_band(table["ratio"].to_numpy()),
    }
    return table.assign(**{name: of for name, of in follows.items() if name not in read})
