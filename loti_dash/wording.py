"""The words for ethnic groups, for places and for titles inside a sentence.

After the style guide of Ethnicity facts and figures: groups by name, people before their group
where a group is named after a country, and no word for everybody else.
"""

from dataclasses import replace

import pandas as pd

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Indicator

# What a figure's place is the place of.
PLACES = {
    "residence": "where people live",
    "event": "where it happened",
    "school": "where the school is",
    "employer": "where people work",
    "force": "police force area",
    "health_area": "health area",
    "nation": "nation",
}
# What these are called is a common noun with a name in front of it.
_WITH_ARTICLE = ("region", "Board", "Group")
# People are called by the name of these groups.
_NAMED = ("asian", "black", "white", "white_british")


def people(catalogue: Catalogue, indicator: Indicator, code: str, label: str) -> str:
    """Return the people an indicator is about, of one ethnic group or reference, in words.

    Where officers recorded ethnicity, these are the people whom officers saw as of that group.
    """
    events, of, plural = indicator.people.rpartition(" of ")
    if events:
        # Searches of Black people, not Black people searched: one person may be searched often.
        once = replace(indicator, people=plural)
        return f"{events}{of}{people(catalogue, once, code, label)}"
    if as_officers_saw(catalogue, indicator):
        seen = f"{plural} whom officers saw as"
        return {
            "other": f"{seen} being from other ethnic groups",
            "rest": f"{seen} being from all other ethnic groups combined",
            "all": f"all {plural} whose ethnic group officers recorded",
        }.get(code, f"{seen} {label}")
    if code in _NAMED:
        return f"{label} {plural}"
    if label.startswith("Any other"):
        return f"{plural} from {lower_first(label)}"
    return {
        "mixed": f"{plural} with a Mixed ethnic background",
        "other": f"{plural} from other ethnic groups",
        "rest": f"{plural} from all other ethnic groups combined",
        "all": f"all {plural} of known ethnicity",
    }.get(code, f"{plural} from the {label} ethnic group")


def being(code: str, label: str) -> str:
    """Return a group as what somebody is, after "were".

    >>> being("white", "White"), being("asian_indian", "Indian")
    ('White', 'from the Indian ethnic group')
    """
    if code in _NAMED:
        return label
    if label.startswith("Any other"):
        return f"from {lower_first(label)}"
    mixed = "from a Mixed ethnic background"
    return mixed if code == "mixed" else f"from the {label} ethnic group"


def reference_people(catalogue: Catalogue, indicator: Indicator, row: pd.Series) -> str:
    """Return the people whom a row of the comparison table is compared with, in words."""
    return people(catalogue, indicator, str(row["reference_code"]), str(row["reference"]))


def as_officers_saw(catalogue: Catalogue, indicator: Indicator) -> bool:
    """Return whether ethnicity is what officers saw: such a rate is an approximation."""
    return catalogue.series[indicator.numerator.series].recorded_by == "officer"


def place(area: str) -> str:
    """Return the name of an area inside a sentence, with its article if it has one.

    >>> place("Hackney"), place("City of London"), place("London commissioning region")
    ('Hackney', 'the City of London', 'the London commissioning region')
    >>> place("Metropolitan Police"), place("Westminster with City of London")
    ('the Metropolitan Police area', 'Westminster with the City of London')
    """
    return " with ".join(_with_article(name) for name in area.split(" with "))


def lower_first(sentence: str) -> str:
    """Return a sentence or title inside another: its first word in lower case, but for NHS."""
    return sentence if sentence[:2].isupper() else sentence[0].lower() + sentence[1:]


def _with_article(name: str) -> str:
    if name.endswith("Police"):
        return f"the {name} area"
    return f"the {name}" if name.startswith("City of") or name.endswith(_WITH_ARTICLE) else name
