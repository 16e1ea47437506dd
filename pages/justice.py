"""Policing, courts and youth justice: how unequal is it, for whom, and where?"""

from loti_dash.ui import domain

domain.show_domain(
    "justice", "Justice", "How unequal are policing, courts and youth justice, and where?"
)
