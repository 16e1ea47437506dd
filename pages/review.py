"""Which figures wait for a second person, and what was decided of others?"""

from loti_dash.ui import review

review.show_review("Review", "Which figures wait for a decision, and what was decided?")
