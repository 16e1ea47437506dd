"""What stands on every page: release, date, address, and the cautions that limit use.

Those of all items where there is room for them in full. Else each item has pages of its own, with
its cautions in full, and other pages say which items have any: half a caution warns nobody.
"""

from loti_dash.export.pack.model import LIMITS_USE, Caution, Pack
from loti_dash.export.pack.texts import plain
from loti_dash.export.papers import day

# Letters of nine lines of small print, which every page has room for, and of half a page.
_ROOM, _HALF = 1_000, 4_500
# Letters in a line of small print, at the least, and the height of a line, in millimetres.
_LINE, _HIGH = 105, 3.7


def footing(pack: Pack) -> str:
    """Return the release, the date and the address of a pack."""
    return f"Release {plain(pack.release)} · {day(pack.made_on)} · {plain(pack.address)}"


def limits(pack: Pack) -> str:
    """Return what pages say of cautions of severity 3, if not of one item; "" if there are none.

    Each caution once, with the items it is about; or those items, where items have own pages.
    """
    numbers = [n for n, item in enumerate(pack.items, 1) if item.of_severity(LIMITS_USE)]
    if not numbers or not apart(pack):
        return _all(pack)
    have, their = ("have", "their") if len(numbers) > 1 else ("has", "its")
    return (
        f"Limits on use: {_items(numbers)} {have} cautions that stand in full on {their} own "
        "pages. Read them before you use a figure of this pack."
    )


def limits_of(pack: Pack, number: int) -> str:
    """Return what the pages of an item say, where it has pages of its own; "" for nothing."""
    found = pack.items[number - 1].of_severity(LIMITS_USE)
    said = " ".join(map(_words, found))
    if len(said) > _HALF:
        return (
            f"Limits on use: item {number} has {len(found)} cautions, in full before its figures. "
            "Read them before you use any of these."
        )
    return f"Limits on use. Item {number}: {said}" if said else ""


def apart(pack: Pack) -> bool:
    """Return whether items have pages of their own: no page has room for the cautions of all."""
    return len(_all(pack)) > _ROOM


def height(said: str) -> float:
    """Return how high words are that stand on every page, in millimetres, at the most."""
    return -(-len(said) // _LINE) * _HIGH


def _all(pack: Pack) -> str:
    about: dict[str, list[int]] = {}
    for number, item in enumerate(pack.items, 1):
        for each in item.of_severity(LIMITS_USE):
            numbers = about.setdefault(_words(each), [])
            if number not in numbers:
                numbers.append(number)
    if not about:
        return ""
    named = [f"{_items(numbers).capitalize()}: {text}" for text, numbers in about.items()]
    return f"Limits on use. {' '.join(named)}"


def _words(of: Caution) -> str:
    return " ".join(plain(f"{of.text} {of.effect}").split())


def _items(numbers: list[int]) -> str:
    """Return the items that a caution is about.

    >>> _items([1]), _items([1, 2, 4])
    ('item 1', 'items 1, 2 and 4')
    """
    if len(numbers) == 1:
        return f"item {numbers[0]}"
    return f"items {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
