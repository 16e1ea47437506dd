"""What stands in a board pack, and in which order: the same for every kind of file.

Last time's actions; what changed; where the evidence is enough to act; where it is not, and what
is done about the data; the decision asked for; tables and statements (standards, section 11).
What is missing is said, because a gap is a finding too.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from loti_dash.export.pack.blocks import (
    Block,
    Bullets,
    Heading,
    Labelled,
    Link,
    Paragraph,
    Picture,
    Turn,
    grid,
    paragraphs,
)
from loti_dash.export.pack.drawings import HIGHEST, chart
from loti_dash.export.pack.model import LIMITS_USE, Action, Caution, Figure, Item, Pack
from loti_dash.export.pack.running import apart, height, limits, limits_of
from loti_dash.export.pack.texts import plain
from loti_dash.export.papers import day

BEFORE_USE = "Before you use this"
NOT_DRAWN = "This chart cannot be drawn in this file. Its figures are in the table of this item."
# Millimetres: the words above a page that a chart of full height leaves room for, and its width.
_USUAL, _WIDE = 15.0, 170.0
_NOTHING_DONE = "Nothing has been written down yet."


def contents(pack: Pack) -> list[Block]:
    """Return what stands in a pack under its title, from the first line to the last."""
    return [
        Paragraph(f"{day(pack.made_on)}. Release {plain(pack.release)}.", "note"),
        Link(f"This pack on the web: {plain(pack.address)}", plain(pack.address)),
        *paragraphs(pack.commentary),
        *_outcome(pack),
        Heading(1, "Actions from last time"),
        *_actions(pack.actions),
        Heading(1, "What changed"),
        *_listed(pack.changed, "No changes have been recorded."),
        *_items(pack, "Where the evidence is enough to act", sure=True),
        *_items(
            pack,
            "Where the evidence is not enough, and what is being done about the data",
            sure=False,
        ),
        *([Turn(False, limits(pack))] if apart(pack) else []),
        Heading(1, "The decision asked for"),
        *(paragraphs(pack.decision) or [Paragraph("No decision is asked for.")]),
        *_asked(pack.items),
        Turn(True, limits_of(pack, 1) if apart(pack) else limits(pack)),
        Heading(1, "Tables"),
        *_tables(pack),
        Turn(False, limits(pack)),
        Heading(1, "About the data"),
        *_statements(pack),
    ]


def mark(number: int, what: str = "item") -> str:
    """Return what an item of a pack, or its table, is called where links lead to it."""
    return f"{what}-{number}"


def _outcome(pack: Pack) -> Iterable[Block]:
    if pack.outcome:
        yield Heading(1, "The outcome we want")
    for each in pack.outcome:
        yield Paragraph(plain(each.question), "label")
        yield from paragraphs(each.answer) or [Paragraph("Not answered yet.")]


def _actions(actions: Sequence[Action]) -> Iterable[Block]:
    if not actions:
        return [Paragraph("No actions have been recorded.")]
    table = pd.DataFrame(
        {
            "Who does it": [each.owner for each in actions],
            "By when": [each.due for each in actions],
            "How far it is": [each.status for each in actions],
        },
        index=pd.Index([each.what for each in actions], name="What was agreed"),
    )
    return [grid(table, "What was agreed last time, and how far it is")]


def _listed(lines: Sequence[str], if_none: str) -> Iterable[Block]:
    return [Bullets([plain(each) for each in lines]) if lines else Paragraph(if_none)]


def _items(pack: Pack, heading: str, sure: bool) -> Iterable[Block]:
    items, first = (pack.sure, 1) if sure else (pack.unsure, len(pack.sure) + 1)
    own = apart(pack)
    if own and items:
        yield Turn(False, limits_of(pack, first))
    yield Heading(1, heading)
    if not pack.items:
        yield Paragraph("This pack has no items.")
    elif not items:
        yield Paragraph(f"{'No' if sure else 'Every'} item of this pack has enough evidence.")
    for number, item in enumerate(items, first):
        if own and number > first:
            yield Turn(False, limits_of(pack, number))
        yield Heading(2, f"{number}. {plain(item.sentence)}", mark(number))
        yield from paragraphs(item.closing, "lead")
        worst = [whole(each) for each in item.of_severity(LIMITS_USE)]
        if worst:
            yield Bullets(worst, boxed=BEFORE_USE)
        if item.being_done.strip() or not sure:
            done = plain(item.being_done) if item.being_done.strip() else _NOTHING_DONE
            yield Labelled("What is being done about the data:", done)
        above = limits_of(pack, number) if own else limits(pack)
        yield from _pictures(item, number, _highest(above))
        beside = [whole(each) for each in item.of_severity(2)]
        if beside:
            yield Paragraph("Cautions", "label")
            yield Bullets(beside)
        if item.decision.strip():
            yield Labelled("Asked for because of this:", plain(item.decision))
        yield Link(f"All figures of item {number}: table {number}", mark(number, "table"), True)
        yield from [Paragraph(plain(each), "note") for each in item.sources]
        yield Link(f"These figures on the web: {plain(item.address)}", plain(item.address))


def _highest(above: str) -> float:
    """Return how high a chart may be under words that stand on each page, in widths of a page."""
    return max(0.4, HIGHEST - max(0.0, height(above) - _USUAL) / _WIDE)


def _pictures(item: Item, number: int, highest: float) -> Iterable[Block]:
    all_drawn = True
    for place, figure in enumerate(item.figures, 1):
        shown = _picture(figure, f"chart-{number}-{place}", highest)
        all_drawn &= isinstance(shown[-1], Picture)
        yield from shown
    if not all_drawn:
        yield grid(item.table, item.table_alt)


def _picture(figure: Figure, name: str, highest: float) -> Sequence[Block]:
    title, subtitle = plain(figure.title), figure.subtitle
    drawn = chart(figure.chart, name, highest)
    if drawn is None:
        return [Paragraph(title, "label"), *paragraphs(subtitle), Paragraph(NOT_DRAWN)]
    read = plain(figure.how_to_read) if figure.how_to_read.strip() else ""
    return [Picture(title, plain(subtitle), drawn, plain(figure.alt), read)]


def _asked(items: Sequence[Item]) -> Iterable[Block]:
    asked = [
        f"Item {number}: {plain(item.decision)}"
        for number, item in enumerate(items, 1)
        if item.decision.strip()
    ]
    return [Bullets(asked)] if asked else []


def _tables(pack: Pack) -> Iterable[Block]:
    if not pack.items:
        yield Paragraph("No item of this pack has a table.")
    for number, item in enumerate(pack.items, 1):
        if number > 1 and apart(pack):
            yield Turn(True, limits_of(pack, number))
        yield Heading(2, f"Table {number}: the figures of item {number}", mark(number, "table"))
        yield Link(f"Item {number}: {plain(item.sentence)}", mark(number), True)
        yield grid(item.table, f"Table {number}. {item.table_alt}")
        yield from paragraphs(item.signs, "note")
        context = [whole(each) for each in item.of_severity(1)]
        if context:
            yield Paragraph("About these figures", "label")
            yield Bullets(context)


def _statements(pack: Pack) -> Iterable[Block]:
    if not pack.statements:
        yield Paragraph("No statement about the data goes with this pack.")
    for each in pack.statements:
        yield Heading(2, plain(each.heading))
        yield from _listed(each.lines, "Nothing is stated.")


def whole(caution: Caution) -> str:
    """Return a caution with its effect."""
    return plain(f"{caution.text} {caution.effect}")
