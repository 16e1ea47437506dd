"""What is remembered of the part on areas is what is worked out anew, for every choice."""

from dataclasses import replace

import pytest

from loti_dash.page_figures import areas
from loti_dash.selection import Selection
from loti_dash.ui import where_words
from loti_dash.ui.view import view

BASE = Selection("homelessness_duty_owed", "E09000012", "2025-Q3", "black", "white", "5")


@pytest.mark.parametrize(
    "choice",
    [
        {"area": "E09000022"},
        {"area": "E12000007"},
        {"group": "asian"},
        {"reference": "rest"},
        {"reference": "all"},
        {"period": "2025-Q2"},
        {"indicator": "social_renting", "period": "2021"},
        {"indicator": "social_renting", "period": "2021", "classification": "19"},
    ],
    ids=repr,
)
def test_every_choice_has_its_own_dots_whatever_was_looked_at_before(release, choice):
    before = replace(BASE, release=release.release)
    where_words.drawn(release, before, "dots", "ratio")
    chosen = replace(before, **choice)

    found = where_words.drawn(release, chosen, "dots", "ratio")

    anew = areas.drawing(release, chosen, view(release, chosen), "dots", "ratio")
    assert found.chart == anew.chart
    said = (found.title, found.what, found.alt, found.how_to_read)
    assert said == (anew.title, anew.caption, anew.alt, anew.how_to_read)
    assert found != where_words.drawn(release, before, "dots", "ratio")
