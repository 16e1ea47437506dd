"""What changed in the evidence on a place between two releases?"""

from loti_dash.ui import changed

changed.show_changed("What to look at", "What changed in the evidence between two releases?")
