"""The words for ethnic groups and for titles inside a sentence.

After the style guide of Ethnicity facts and figures: groups by name, people before their group
where a group is named after a country, and no word for everybody else.
"""

import pandas as pd

from loti_dash.definitions import Indicator


def people(indicator: Indicator, code: str, label: str) -> str:
    """Return the people an indicator is about, of one ethnic group or reference, in words."""
    plural = indicator.people
    if code in ("asian", "black", "white", "white_british"):
        return f"{label} {plural}"
    if label.startswith("Any other"):
        return f"{plural} from {lower_first(label)}"
    return {
        "mixed": f"{plural} with a Mixed ethnic background",
        "other": f"{plural} from other ethnic groups",
        "rest": f"{plural} from all other ethnic groups combined",
        "all": f"all {plural} of known ethnicity",
    }.get(code, f"{plural} from the {label} ethnic group")


def reference_people(indicator: Indicator, row: pd.Series) -> str:
    """Return the people whom a row of the comparison table is compared with, in words."""
    return people(indicator, str(row["reference_code"]), str(row["reference"]))


def lower_first(sentence: str) -> str:
    """Return a sentence or title inside another: its first word in lower case, but for NHS."""
    return sentence if sentence[:2].isupper() else sentence[0].lower() + sentence[1:]
