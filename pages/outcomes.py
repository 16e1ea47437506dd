"""Outcome, action, insight, data, enablers: what should be different, and for whom?"""

from loti_dash.ui.outcomes import show_outcomes

show_outcomes("Outcomes", "What should be different, and for whom?")
