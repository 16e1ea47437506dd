"""Homes and homelessness: how unequal is it, for whom, and where?"""

from loti_dash.ui import domain

domain.show_domain("housing", "Housing", "How unequal are homes and homelessness, and where?")
