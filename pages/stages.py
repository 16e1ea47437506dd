"""At which step of a process does a difference arise?"""

from loti_dash.ui import stages

stages.show_stages("Steps", "At which step of a process does a difference arise?")
