"""From what one person submits to what a second one publishes, and back out of public again.

Every step is a transaction with its row in the audit. Whatever is killed in between is taken up
again by `resume`: nothing that was accepted is lost, and nothing is published twice.
"""

from loti_dash.state.decisions import Decision, Verdict
from loti_dash.state.submissions import Draft, Standing, Submission
from loti_dash.submissions.deciding import publish, send_back, withdraw
from loti_dash.submissions.releasing import building, rebuild, resume
from loti_dash.submissions.sending import decisions, in_place_of, listing, of, submit, waiting

__all__ = [
    "Decision",
    "Draft",
    "Standing",
    "Submission",
    "Verdict",
    "building",
    "decisions",
    "in_place_of",
    "listing",
    "of",
    "publish",
    "rebuild",
    "resume",
    "send_back",
    "submit",
    "waiting",
    "withdraw",
]
