"""How deprived each borough is: the publisher's average scores, as the catalogue keeps them.

Context beside a figure, never a cause: the scores help to say which boroughs are alike
(neighbours.py). They are no counts by ethnic group, so `ingest` does not read them.
"""

from pathlib import Path

import pandas as pd

from loti_dash import config
from loti_dash.errors import SourceFileError

SCORES = config.CATALOGUE / "deprivation.csv"
AUTHORITIES = [f"E09{number:06}" for number in range(1, 34)]
# For each edition of the indices: the heads of the columns with the code and average score.
_HEADS = {
    "score_2019": ("ltla19_code", "Score"),
    "score_2025": ("ltla24_code", "imd_average_score"),
}


def from_publishers(of_2019: Path, of_2025: Path, to: Path = SCORES) -> None:
    """Write the average scores of London's authorities from the publisher's local summaries.

    Scores are written as they stand in the files, to the last digit. Raises SourceFileError
    unless each file has exactly one score for each of the 33 authorities.
    """
    columns = [
        _scores(path, edition) for path, edition in zip((of_2019, of_2025), _HEADS, strict=True)
    ]
    pd.concat(columns, axis=1).to_csv(to, lineterminator="\n")


def _scores(path: Path, edition: str) -> pd.Series:
    """Return the scores of one file as written there, by area code, in the order of codes."""
    code, score = _HEADS[edition]
    try:
        table = pd.read_csv(path, dtype=str, usecols=[code, score], keep_default_na=False)
    except (OSError, ValueError) as error:
        raise SourceFileError(
            f"{path} cannot be read as local authority summaries of the English indices of "
            f"deprivation, with the columns {code} and {score}: {error}"
        ) from error
    london = table[table[code].isin(AUTHORITIES)].sort_values(code).set_index(code)[score]
    numbers = pd.to_numeric(london, errors="coerce")
    wrong = numbers.index[~(numbers > 0)]
    if london.index.to_list() != AUTHORITIES or len(wrong):
        raise SourceFileError(
            f"{path} must have one score above 0 for each of the {len(AUTHORITIES)} London "
            f"authorities; found {len(london)}, without a score: {', '.join(wrong) or 'none'}"
        )
    return london.rename(edition).rename_axis("area_code")
