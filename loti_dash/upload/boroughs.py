"""Boroughs as analysts write them: by code or by name, and no other place."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from loti_dash.catalogue import Catalogue
from loti_dash.groups import normalised
from loti_dash.upload.values import Refused, quoted


@dataclass(frozen=True)
class Places:
    """The spellings of all places: code of a borough, or what another place is."""

    boroughs: Mapping[str, str]
    others: Mapping[str, str]
    names: Collection[str]


def places(catalogue: Catalogue) -> Places:
    """Return the spellings of the boroughs, and of all that is a place and no borough."""
    boroughs = {a.area_code: a for a in catalogue.areas.values() if a.level == "borough"}
    others = [a for a in catalogue.areas.values() if a.level != "borough"]
    spellings = {_place(word): c for c, a in boroughs.items() for word in (c, a.name)}
    return Places(
        spellings | {f"city of {_place('Westminster')}": spellings[_place("Westminster")]},
        {_place(word): a.name for a in others for word in (a.area_code, a.name)}
        | {"greater london": "London"},
        tuple(a.name for a in boroughs.values()),
    )


def area(text: str, known: Places) -> str | Refused:
    """Return the code of a borough, by its code or name."""
    spelling = _place(text)
    short = re.sub(r"^(the )?(london borough|royal borough|lb)( of)? ", "", spelling)
    for one in (spelling, short):
        if one in known.boroughs:
            return known.boroughs[one]
    if spelling in known.others:
        return Refused(
            f"{quoted(text)} is {known.others[spelling]}, not a borough. An upload is of "
            "boroughs: take these rows out of the sheet."
        )
    found = f"{quoted(text)} is no London borough" if text else "There is no borough"
    return Refused(
        f"{found}. Write its name or its code, such as Hackney or E09000012.", text, known.names
    )


def _place(text: str) -> str:
    return normalised(text).replace("-", " ")
