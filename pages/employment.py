"""Learning and work: how unequal is it, for whom, and where?"""

from loti_dash.ui import domain

domain.show_domain("employment", "Employment", "How unequal are learning and work, and where?")
