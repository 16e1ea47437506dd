"""What an address of the web API asks for: its parameters, checked against what there is.

Nothing is guessed and nothing ignored: a wrong or unknown parameter is an error that says which
values there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from starlette.datastructures import QueryParams

from loti_dash import options, releases
from loti_dash.analysis import REFERENCES
from loti_dash.definitions import Indicator
from loti_dash.errors import LotiError, UnknownCode
from loti_dash.selection import LEVELS, Selection
from loti_dash.store import Store

FORMATS = ("json", "csv")
OF_COMPARE = (
    *("indicator", "area", "period", "group", "reference", "classification", "release"),
    "format",
)
_LONGEST = 200


class WrongParameter(LotiError):
    """A parameter that cannot be honoured; `known` are the values that can."""

    def __init__(self, message: str, known: Iterable[str]) -> None:
        self.known = list(known)
        super().__init__(message)


@dataclass(frozen=True)
class Asked:
    """A comparison that was asked for, of a release that has it.

    Every field of the selection has a value, except `area` and `group` where all are asked for.
    """

    store: Store
    indicator: Indicator
    selection: Selection


def parameters(given: QueryParams, known: Iterable[str]) -> dict[str, str]:
    """Return the parameters given. Raises WrongParameter for unknown, double and empty ones."""
    known = list(known)
    found: dict[str, str] = {}
    for name, value in given.multi_items():
        if name not in known:
            raise WrongParameter(f"There is no parameter {name[:_LONGEST]!r}.", known)
        if name in found:
            raise WrongParameter(f"The parameter {name} is there twice.", known)
        if not value or len(value) > _LONGEST:
            raise WrongParameter(f"The parameter {name} is empty or too long.", known)
        found[name] = value
    if "format" in found:
        one_of("format", found["format"], FORMATS)
    return found


def opened(given: Mapping[str, str]) -> Store:
    """Return the release asked for, or the current one.

    Raises UnknownCode, or ReleaseWithdrawn with its notice.
    """
    return releases.open_(given.get("release"))


def comparison(given: Mapping[str, str], store: Store) -> Asked:
    """Return what is compared. What is left out is as the command `compare` has it.

    Without a period it is the newest. Raises WrongParameter for what there is not, and
    SeriesWithdrawn for figures that were taken back.
    """
    catalogue, choices = store.catalogue, store.choices
    ids = with_figures(store)
    if "indicator" not in given:
        raise WrongParameter("The parameter indicator is missing.", ids)
    if given["indicator"] not in catalogue.indicators:
        raise UnknownCode("indicator", given["indicator"], ids)
    indicator = catalogue.indicators[given["indicator"]]
    store.raise_if_withdrawn(indicator.numerator.series, indicator.denominator.series)
    if indicator.id not in ids:
        raise WrongParameter(f"There are no figures of {indicator.id} yet.", ids)

    there = options.of_indicator(choices, indicator)
    if "area" in given:
        one_of("area", given["area"], set(there["area_code"].astype(str)))
        there = there[there["area_code"] == given["area"]]
    level = one_of("classification", given.get("classification", "5"), LEVELS)
    there = there[there["level"] == level]
    if there.empty:
        raise WrongParameter(f"There are no {level} groups here.", set(LEVELS) - {level})
    periods = [each.id for each in options.periods(there, indicator, catalogue)]
    period = one_of("period", given.get("period", periods[0]), periods)
    reference = one_of("reference", given.get("reference", "white"), REFERENCES)
    selection = Selection(indicator.id, period=period, reference=reference, classification=level)
    if "group" in given:
        groups = options.groups(indicator, level, "", catalogue)
        one_of("group", given["group"], groups)
    return Asked(
        store,
        indicator,
        replace(
            selection,
            area=given.get("area", ""),
            group=given.get("group", ""),
            release=store.release,
        ),
    )


def with_figures(store: Store) -> list[str]:
    """Return the ids of the indicators that a release has figures of."""
    return sorted(set(store.choices["indicator_id"].astype(str)))


def one_of(name: str, value: str, known: Iterable[str]) -> str:
    """Return a value that is known. Raises WrongParameter."""
    known = list(known)
    if value not in known:
        raise WrongParameter(f"The parameter {name} may not be {value!r} here.", sorted(known))
    return value
