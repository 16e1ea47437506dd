"""What stands on every page: release, date, address, and the cautions that limit use."""

from loti_dash.export.pack.model import LIMITS_USE, Pack
from loti_dash.export.pack.texts import cut, plain
from loti_dash.export.papers import day

# Three lines of small print, and the shortest part of a caution that still says what it is about.
_ROOM, _LEAST = 420, 70


def footing(pack: Pack) -> str:
    """Return the release, the date and the address of a pack."""
    return f"Release {plain(pack.release)} · {day(pack.made_on)} · {plain(pack.address)}"


def limits(pack: Pack) -> str:
    """Return the cautions of severity 3 for every page, or "" if there are none.

    Each once, with the items it is about. They are cut where they have no room, and say so; those
    for which there is none at all are counted.
    """
    about: dict[str, list[int]] = {}
    for number, item in enumerate(pack.items, 1):
        for each in item.of_severity(LIMITS_USE):
            numbers = about.setdefault(" ".join(plain(each.text).split()), [])
            if number not in numbers:
                numbers.append(number)
    if not about:
        return ""
    named = [f"{_items(numbers)}: {text}" for text, numbers in about.items()]
    share = max(_ROOM // len(named), _LEAST)
    said = named if sum(map(len, named)) <= _ROOM else [cut(each, share) for each in named]
    fit = said[: _ROOM // share] if said is not named else said
    rest = len(said) - len(fit)
    more = f" And {rest} more." if rest else ""
    return f"Limits on use, in full with the items. {' '.join(fit)}{more}"


def _items(numbers: list[int]) -> str:
    """Return the items that a caution is about.

    >>> _items([1]), _items([1, 2, 4])
    ('Item 1', 'Items 1, 2 and 4')
    """
    if len(numbers) == 1:
        return f"Item {numbers[0]}"
    return f"Items {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
