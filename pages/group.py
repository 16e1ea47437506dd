"""How does one ethnic group fare, in every borough and everything that is counted?"""

from loti_dash.ui import group

group.show_group("A group", "How does one ethnic group fare, in every borough?")
