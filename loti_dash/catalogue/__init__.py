"""The catalogue: every definition in data/catalogue/, read strictly and checked as a whole.

The same object is made from the files of the project and from a release, so that a link to an
old release shows the definitions and caveats of its day.
"""

from loti_dash.catalogue.as_json import from_json, one_to_json, to_json
from loti_dash.catalogue.files import labels, measures, read
from loti_dash.catalogue.rows import Area, Break, Deprivation, Group, InLondon, Series, Span
from loti_dash.catalogue.whole import Catalogue, shown_groups

__all__ = [
    "Area",
    "Break",
    "Catalogue",
    "Deprivation",
    "Group",
    "InLondon",
    "Series",
    "Span",
    "from_json",
    "labels",
    "measures",
    "one_to_json",
    "read",
    "shown_groups",
    "to_json",
]
