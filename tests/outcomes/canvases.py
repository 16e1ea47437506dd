"""A canvas with something everywhere, for tests."""

from loti_dash.outcomes.canvas import Action, Baseline, Canvas, Decision
from loti_dash.selection import Selection
from loti_dash.views import View

HACKNEY, RELEASE = "E09000012", "2026-11-25.1-0123abcd"
VIEW = Selection(
    "homelessness_duty_owed", HACKNEY, "2025-Q3", "black", "white", "5", release=RELEASE
)
PINNED = View.at("housing", VIEW.to_params())
BASELINE = Baseline(VIEW, 7.92, 6.42, 9.77, 15.1, "a / b of 2021, events, list", "2026-11-25")
WHOLE = Canvas(
    title="Homes kept",
    answers={
        "better_off": "Black families in Hackney keep their homes",
        "owner": "Housing needs",
        "review_date": "2027-04-30",
    },
    groups=("black_african",),
    area=HACKNEY,
    baseline=BASELINE,
    insights=(PINNED,),
    actions=(Action("Visit early", "Prevention team", "2027-01-31", "under way"),),
    decisions=(Decision("2026-11-25", "ann@council.example", "Visits begin in January."),),
    preset="housing_rough_sleeping",
)
