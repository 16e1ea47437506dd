"""Two releases beside one another, and links made on the first, for tests of shared views."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from conftest import drawn

from loti_dash import build, config, releases
from loti_dash.access import ALL, Viewer
from loti_dash.outcomes.canvas import Action
from loti_dash.outcomes.summary import Summary
from loti_dash.shares import making
from loti_dash.shares.making import Draft
from loti_dash.views import View

HACKNEY = "E09000012"
DUTY, DUTIES = "homelessness_duty_owed", "homelessness_duties_owed"
OLD_WORDS = "Who is sent away before an assessment is not in the figures."
NEW_WORDS = "Nobody counts who is sent away before an assessment."
FIGURES = f"""
    series                       | period  | area      | group         | value | status
    homelessness_duties_owed     | 2025-Q3 | {HACKNEY} | white_british |   200 | ok
    homelessness_duties_owed     | 2025-Q3 | {HACKNEY} | black_african |   {{}}  | ok
    census_2021_households       | 2021    | {HACKNEY} | white_british | 30000 | ok
    census_2021_households       | 2021    | {HACKNEY} | white_irish   |  3000 | ok
    census_2021_households       | 2021    | {HACKNEY} | white_other_incl_traveller_roma |7000 | ok
    census_2021_households       | 2021    | {HACKNEY} | black         | 30000 | ok
    census_2021_households_owned | 2021    | {HACKNEY} | white_british | 12300 | ok
    census_2021_households_owned | 2021    | {HACKNEY} | black         |  6100 | ok
"""
OUTCOME = Summary(
    title="Black households are housed before they lose a home",
    better_off="Black households in Hackney",
    last_actions=(Action("Ask at first contact", "Head of housing", "2026-01-31", "done"),),
    decision_asked="Assess every household within a week.",
    voice="Letters come too late.",
    owner="Director of housing",
    review_date="2027-04-30",
    target="",
    decided=("2026-01-10: begin in two wards",),
)
# Signs that would be Markdown, HTML or a command, if anything read them so.
TITLE = "For the *board* <script>alert(1)</script> :smile: $x$"
BASE = "https://figures.example/"


def two_releases(place: Path) -> Path:
    """Return a folder of two releases: a count is 450, then 510, and a caveat has other words."""
    data = place / "data"
    shutil.copytree(config.CATALOGUE, data / "catalogue")
    (data / "observations").mkdir()
    for count, note in ((450, "the first"), (510, "Hackney has counted again")):
        for series, rows in drawn(FIGURES.format(count)).groupby("series_id"):
            rows.to_csv(data / "observations" / f"{series}.csv", index=False)
        build.build(data, place / "releases", note=note, say=lambda _: None)
        caveats = data / "catalogue" / "caveats.toml"
        caveats.write_text(caveats.read_text().replace(OLD_WORDS, NEW_WORDS))
    return place / "releases"


def view(figure: str = "", **other: str) -> View:
    """Return a view of the first release, or of another one."""
    first = other.get("release") or releases.names(config.releases())[0]
    params = {
        "indicator": DUTY,
        "area": HACKNEY,
        "period": "2025-Q3",
        "group": "black",
        "reference": "white",
        "classification": "5",
        "release": first,
    }
    return View.at("housing", {**params, **other}, figure)


def colleague(name: str = "ann", role: str = "viewer") -> Viewer:
    """Return somebody who has signed in."""
    return Viewer(f"{name}@council.example", frozenset({role}), (ALL,))


def link(*views: View, days: int = 30, who: Viewer | None = None, **other) -> str:
    """Return the id of a link made today."""
    words = {"commentary": "Households wait longer.", "outcome": OUTCOME} | other
    draft = Draft(TITLE, views or (view(),), **words)
    expires = datetime.now(UTC).date() + timedelta(days)
    return making.share(who or colleague(), draft, expires, BASE)
