"""What an analyst says of figures that no catalogue describes."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from loti_dash.catalogue import Catalogue
from loti_dash.definitions import Domain, Indicator
from loti_dash.errors import UnknownCode, UploadRefused
from loti_dash.periods import CALENDARS

Counted = Literal["people", "events", "households"]
# In the place of the id of a series: the column `denominator` of the file.
OF_THE_FILE = "file"
_RESIDENTS = "census_2021_residents"
# Icons and addresses without any of the other signs.
_SIGNS = re.compile(r":[a-z][\w/+-]*:|://|\bwww\.|\n|\r", re.IGNORECASE)
_AGES = re.compile(r"all|\d{1,3} and over|(\d{1,3})-(\d{1,3})|\d{1,3}")
# What a year is in a file that says so.
_CALENDARS = {"year": "calendar", "financial_year": "financial", "academic_year": "academic"}
_WORDS = ("id", "owner", "title", "counted", "denominator_label", "recorded_by", "ages")


@dataclass(frozen=True)
class Described:
    """What is said of the figures of one id of a file.

    `like` is the indicator of the catalogue that measures the same, or "" for a new one.
    `denominator` is the id of a series of the catalogue, or OF_THE_FILE; `among` says that
    whoever is counted is also in the denominator. `calendar` says what a year means.
    """

    id: str
    owner: str
    like: str
    title: str
    counted: str
    domain: Domain
    counts: Counted
    denominator: str
    denominator_label: str
    among: bool
    per: int
    higher_is: Literal["worse", "better", "neutral"]
    stock_or_flow: Literal["stock", "flow"]
    calendar: str
    recorded_by: str
    ages: str
    sensitive: bool


def signs(words: str) -> list[str]:
    """Return the signs in words that would be read as something else on a page.

    >>> signs("Aged 10 to 17 (at 10:30:00)"), signs("[here](address)"), signs("www.here :eyes:")
    ([], ['[', ']'], [':eyes:', 'www.'])
    """
    return sorted({*_SIGNS.findall(words), *(set(words) & set("[]<>*`|\\#$~"))})


def slug(words: str) -> str:
    """Return words as a part of an id.

    >>> slug("London Borough of Hackney!")
    'london_borough_of_hackney'
    """
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def indicator_id(described: Described) -> str:
    """Return the id that the figures get: that of the file, and who counted.

    Once only: whoever writes the id under which the figures came out means those.
    """
    owner = slug(described.owner)
    return f"{described.id.removesuffix(f'_{owner}')}_{owner}"


def usual(
    catalogue: Catalogue, id_: str, owner: str, has_denominator: bool, kind: str = ""
) -> Described:
    """Return what the catalogue says of an id, or an empty description for the analyst to fill.

    `kind` is that of its periods in the file, where they are of one (period_words.KINDS).
    """
    known = catalogue.indicators.get(id_) or next(
        (one for one in catalogue.indicators.values() if one.numerator.series == id_), None
    )
    if known is None:
        return Described(
            *(id_, owner, "", "", "", "justice", "people"),
            OF_THE_FILE if has_denominator else _RESIDENTS,
            "",
            *(has_denominator, 100 if has_denominator else 1_000, "neutral", "flow"),
            *(_CALENDARS.get(kind, "financial"), "self", "all", False),
        )
    series = catalogue.series[known.numerator.series]
    fits = kind not in _CALENDARS or (kind == "year" and series.calendar == "census_day")
    of = _of_boroughs(known, catalogue)
    return Described(
        *(id_, owner, known.id, known.title, known.numerator.label, known.domain, known.counts),
        OF_THE_FILE if has_denominator else of[0],
        of[1],
        known.denominator_type == "subset_over_set",
        *(known.per, known.higher_is, series.stock_or_flow),
        series.calendar if fits else _CALENDARS[kind],
        *(series.recorded_by, series.ages, False),
    )


def _of_boroughs(known: Indicator, catalogue: Catalogue) -> tuple[str, str]:
    """Return what an indicator divides by, with its name, or residents where that is no borough's.

    Where the publisher gives rates, what stands in the place of a denominator is none.
    """
    series = catalogue.series[known.denominator.series]
    published = known.denominator_type == "published_rate_only"
    if not published and series.place_basis not in ("nation", "force", "health_area"):
        return series.series_id, known.denominator.label
    for one in catalogue.series.values():
        same = (one.calendar, one.place_basis, one.ages) == (
            "census_day",
            "residence",
            series.ages,
        )
        if same and one.counts == "people" and one.source_id.startswith("census_2021"):
            return one.series_id, one.unit
    return _RESIDENTS, "residents"


def raise_unless_whole(described: Described, catalogue: Catalogue) -> None:
    """Raise UploadRefused for words that are missing or have signs, UnknownCode for a code."""
    for name in _WORDS:
        said = getattr(described, name)
        if not said.strip() or len(said.splitlines()) > 1:
            raise UploadRefused(f"{described.id}: {name} is {said!r}. Say it in a few words.")
        if signs(said):
            odd = " ".join(map(repr, signs(said)))
            raise UploadRefused(f"{described.id}: {name} has {odd}. Write plain words.")
    known: dict[str, tuple[str, Collection[str]]] = {
        "series to divide by": (described.denominator, {OF_THE_FILE, *catalogue.series}),
        "calendar": (described.calendar, CALENDARS),
        "indicator to be like": (described.like, {"", *catalogue.indicators}),
    }
    for kind, (code, codes) in known.items():
        if code not in codes:
            raise UnknownCode(f"{kind} of {described.id}", code, codes)
    if not slug(described.owner):
        raise UploadRefused(
            f"{described.id}: owner is {described.owner!r}. Write the name in letters from A to "
            "Z: it is a part of the address of the figures."
        )
    ages = _AGES.fullmatch(described.ages)
    if not ages or (ages[1] and int(ages[1]) > int(ages[2])):
        raise UploadRefused(
            f"{described.id}: ages are {described.ages!r}. Write all, 10-17, or 16 and over."
        )
    if described.per < 1:
        raise UploadRefused(
            f"{described.id}: per is {described.per}. A rate is for every 1 or more."
        )
