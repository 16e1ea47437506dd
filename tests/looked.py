"""Two small releases between which the evidence on Hackney changes in every way there is."""

import shutil
from pathlib import Path

from conftest import drawn, with_catalogue

from loti_dash import build

HACKNEY = "E09000012"

# Whom everything here is divided by.
_PEOPLE = """
    series                      | period     | area      | group   | value | status
    census_2021_residents_16_64 | 2021       | E09000012 | asian   |  1000 | ok
    census_2021_residents_16_64 | 2021       | E09000012 | black   |  1000 | ok
    census_2021_residents_16_64 | 2021       | E09000012 | mixed   |  1000 | ok
    census_2021_residents_16_64 | 2021       | E09000012 | other   |  1000 | ok
    census_2021_residents_16_64 | 2021       | E09000012 | white   | 10000 | ok
    census_2021_residents_0_17  | 2021       | E09000012 | asian   |  1000 | ok
    census_2021_residents_0_17  | 2021       | E09000012 | black   |  1000 | ok
    census_2021_residents_0_17  | 2021       | E09000012 | mixed   |  1000 | ok
    census_2021_residents_0_17  | 2021       | E09000012 | white   | 10000 | ok
    child_population            | 2021       | E09000012 | black   |  1000 | ok
    child_population            | 2021       | E09000012 | white   | 10000 | ok
    neet_16_17_cohort           | 2022       | E09000012 | black   |   300 | ok
    neet_16_17_cohort           | 2022       | E09000012 | white   |   400 | ok
    neet_16_17                  | 2022       | E09000012 | black   |    90 | ok
    neet_16_17                  | 2022       | E09000012 | white   |   150 | ok
    social_workers              | 2024       | E09000012 | asian   |    30 | ok
    social_workers              | 2024       | E09000012 | black   |    12 | ok
    social_workers              | 2024       | E09000012 | mixed   |     9 | ok
    social_workers              | 2024       | E09000012 | other   |    40 | ok
    social_workers              | 2024       | E09000012 | white   |   100 | ok
"""
BEFORE = f"""{_PEOPLE.rstrip()}
    looked_after_children       | 2025-03-31 | E09000012 | asian   |    10 | ok
    looked_after_children       | 2025-03-31 | E09000012 | black   |    40 | ok
    looked_after_children       | 2025-03-31 | E09000012 | mixed   |     - | suppressed
    looked_after_children       | 2025-03-31 | E09000012 | white   |   100 | ok
    social_work_senior_managers | 2025       | E09000012 | black   |    30 | ok
    social_work_senior_managers | 2025       | E09000012 | white   |   100 | ok
    social_work_middle_managers | 2025       | E09000012 | black   |    60 | ok
    social_work_middle_managers | 2025       | E09000012 | asian   |    10 | ok
    social_work_middle_managers | 2025       | E09000012 | mixed   |     9 | ok
    social_work_middle_managers | 2025       | E09000012 | other   |    11 | ok
    social_work_middle_managers | 2025       | E09000012 | white   |   100 | ok
"""
# Of social workers, in a newer period, Asian is no longer clear, Black becomes clear and Other
# turns round. Of children looked after, Asian and Mixed become clear as they are corrected, and
# Black, corrected to twice as many, is as clear as it was. Of middle managers too many are of
# unknown ethnicity now. Senior managers are gone, arrests new.
AFTER = f"""{_PEOPLE.rstrip()}
    social_workers              | 2025       | E09000012 | asian   |    11 | ok
    social_workers              | 2025       | E09000012 | black   |    17 | ok
    social_workers              | 2025       | E09000012 | mixed   |     8 | ok
    social_workers              | 2025       | E09000012 | other   |     2 | ok
    social_workers              | 2025       | E09000012 | white   |   100 | ok
    looked_after_children       | 2025-03-31 | E09000012 | asian   |    25 | ok
    looked_after_children       | 2025-03-31 | E09000012 | black   |    80 | ok
    looked_after_children       | 2025-03-31 | E09000012 | mixed   |    30 | ok
    looked_after_children       | 2025-03-31 | E09000012 | white   |   100 | ok
    social_work_middle_managers | 2025       | E09000012 | black   |    60 | ok
    social_work_middle_managers | 2025       | E09000012 | asian   |    10 | ok
    social_work_middle_managers | 2025       | E09000012 | mixed   |     9 | ok
    social_work_middle_managers | 2025       | E09000012 | other   |    11 | ok
    social_work_middle_managers | 2025       | E09000012 | white   |   100 | ok
    social_work_middle_managers | 2025       | E09000012 | unknown_not_known | 90 | ok
    child_arrests               | 2024-25    | E09000012 | black   |    30 | ok
    child_arrests               | 2024-25    | E09000012 | white   |   100 | ok
"""


def releases_in(folder: Path) -> Path:
    """Return a folder, made into a home with two releases.

    In the second one young people who are not in education are counted as persons of a population
    instead of a part of a set: the same counts, with a wider interval.
    """
    data = with_catalogue(folder / "data")
    neet = data / "catalogue" / "indicators" / "neet_16_17.toml"
    for table in (BEFORE, AFTER):
        for path in (data / "observations").glob("*.csv"):
            path.unlink()
        for series, rows in drawn(table).groupby("series_id"):
            rows.to_csv(data / "observations" / f"{series}.csv", index=False)
        build.build(data, folder / "releases", say=lambda _: None)
        other = neet.read_text(encoding="utf-8").replace(
            "subset_over_set", "persons_over_population"
        )
        neet.write_text(other, encoding="utf-8")
    shutil.rmtree(data)
    return folder
