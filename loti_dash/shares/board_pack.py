"""A board pack of what was sent: the same words, charts and tables, in the order of a pack."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from loti_dash import notices
from loti_dash.export import pack
from loti_dash.export.papers import in_lines
from loti_dash.shares import texts
from loti_dash.shares.changes import Since
from loti_dash.shares.opening import name_of
from loti_dash.shares.sent import Item, Sent


def pack_of(
    sent: Sent,
    since: Since,
    withdrawn: Mapping[int, str],
    address: str,
    today: date,
    heading: str = "",
) -> pack.Pack:
    """Return the pack of what was sent. What was withdrawn is a notice in the place of figures.

    `address` is where it is to be seen, and `heading` says what is in it, if not what was sent.
    """
    items = [
        (each, _withdrawn(each, withdrawn[place]) if place in withdrawn else _item(each))
        for place, each in enumerate(sent.items)
    ]
    shown = [each for place, each in enumerate(sent.items) if place not in withdrawn]
    sure = [(place not in withdrawn and of.sure, made) for place, (of, made) in enumerate(items)]
    heading = heading or f"{texts.as_sent(sent)} {texts.compared(sent, since)}"
    if withdrawn:
        heading += f"\n\n{texts.BEFORE}"
    return pack.Pack(
        title=sent.title,
        made_on=today,
        release=" and ".join(sorted(sent.releases, key=notices.place)),
        address=address,
        commentary=f"{heading}\n\n{sent.commentary}".strip(),
        outcome=tuple(pack.Answer(each.question, each.answer) for each in sent.outcome),
        actions=tuple(
            pack.Action(each.what, each.owner, each.due, each.status) for each in sent.actions
        ),
        changed=tuple(changed(sent, since, withdrawn)),
        sure=tuple(each for is_sure, each in sure if is_sure),
        unsure=tuple(each for is_sure, each in sure if not is_sure),
        decision=sent.decision,
        statements=tuple(
            {
                of.heading: pack.Statement(of.heading, of.lines)
                for each in shown
                for of in each.statements
            }.values()
        ),
    )


def changed(sent: Sent, since: Since, withdrawn: Mapping[int, str]) -> list[str]:
    """Return a line for each thing that changed, each with the title of its item.

    Of what was withdrawn there is the notice, and no figure.
    """
    said = list(since.notices)
    for place, (item, each) in enumerate(zip(sent.items, since.items, strict=True)):
        if place in withdrawn:
            said += [f"{name_of(item)}: {withdrawn[place]}"]
        else:
            said += [f"{item.title}. {line}" for line in texts.lines(each)]
    return list(dict.fromkeys(said))


def _item(of: Item) -> pack.Item:
    shown = pack.Figure(of.title, of.what, of.drawn, of.alt, of.how_to_read)
    return pack.Item(
        sentence=of.sentence,
        closing=of.closing,
        cautions=tuple(pack.Caution(c.severity, c.text, c.effect) for c in of.cautions),
        figures=(shown,) if of.chart else (),
        table=of.table.frame,
        table_alt=of.table.about,
        signs=of.table.signs,
        address=of.papers["Address"],
        sources=(of.papers["Unknown"], *in_lines(of.papers)),
        being_done=of.being_done,
    )


def _withdrawn(of: Item, notice: str) -> pack.Item:
    about = f"{name_of(of)}: withdrawn"
    table = pd.DataFrame({"Notice": [notice]}, index=pd.Index([name_of(of)], name="Figures"))
    return pack.Item(
        sentence=about,
        closing=notice,
        cautions=(),
        figures=(),
        table=table,
        table_alt=about,
        signs="",
        address=of.papers["Address"],
        sources=(),
        being_done="The notice above says why the figures were withdrawn.",
    )
