"""What may be shown of counts that nobody has published yet, so that no small one is found out.

Official figures stay as their publishers show them. What boroughs upload passes through
`protect` once, before anything is calculated: whatever is derived from a count goes with it.
"""

from loti_dash.disclosure.attack import recoverable
from loti_dash.disclosure.coarser import Offer, offers
from loti_dash.disclosure.policy import POLICIES, PUBLIC, Policy, rounded
from loti_dash.disclosure.protect import protect

__all__ = [
    "POLICIES",
    "PUBLIC",
    "Offer",
    "Policy",
    "offers",
    "protect",
    "recoverable",
    "rounded",
]
