"""Children's care, mental health and social work: how unequal is it, for whom, and where?"""

from loti_dash.ui import domain

domain.show_domain(
    "care", "Care", "How unequal are care, mental health and social work, and where?"
)
