"""How are these figures made, what do the words mean, and what can no measure say?"""

from loti_dash.bench import coverage
from loti_dash.ui import methods
from loti_dash.ui.page import open_page

TRIED = (
    "How well the limits of a ratio hold was tried on simulated counts, with "
    f"{min(coverage.EXPECTED)} to {max(coverage.EXPECTED)} expected in a group: wherever an "
    f"interval is shown, it holds the true ratio at least {coverage.LEAST:.0%} of the time, in "
    f"each of {len(list(coverage.scenarios()))} simulated scenarios. The choices follow Public "
    "Health England (2018), Commonly used public health statistics and their confidence intervals."
)
page = open_page("Methods", "How are these figures made, and what do the words mean?")
methods.draw(page.store, TRIED)
