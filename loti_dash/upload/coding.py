"""Putting a sheet into numbers: each column is read, and each label settled in its list."""

from collections.abc import Collection
from datetime import date
from functools import partial

import pandas as pd

from loti_dash.groups import normalised
from loti_dash.upload import boroughs, labels, period_words, values
from loti_dash.upload.coded import Coded, present
from loti_dash.upload.columns import Column, column, counts, texts
from loti_dash.upload.labels import Known, Meaning
from loti_dash.upload.lists import Settled, groups_of, settled
from loti_dash.upload.period_words import Meant
from loti_dash.upload.sheet import Sheet
from loti_dash.upload.values import Refused

# More ids than this are no indicators but something counted one by one.
_MOST_INDICATORS = 1_000


def coded(
    sheet: Sheet,
    known: Known,
    published: Collection[str],
    residents: pd.DataFrame | None,
    today: date,
) -> Coded:
    """Return a sheet in numbers."""
    indicator = column(texts(sheet, "indicator"), values.indicator, most=_MOST_INDICATORS)
    places = boroughs.places(known.catalogue)
    area = column(texts(sheet, "area"), partial(boroughs.area, known=places))
    period, meant = _periods(sheet, today)
    label, unsure = _labels(sheet, known)
    return Coded(
        *(sheet, known, indicator, area, period, meant, label),
        counts(texts(sheet, "numerator"), sheet.decimal_comma),
        counts(texts(sheet, "denominator"), sheet.decimal_comma),
        unsure,
        _lists(indicator, label, known),
        *(published, residents, today),
    )


def _labels(sheet: Sheet, known: Known) -> tuple[Column, dict[int, str]]:
    """Return the column of labels, and which of its texts could be another state of unknown."""
    of = texts(sheet, "ethnic_group")
    first = column(of, partial(labels.meaning, known=known), order=sorted)
    read = [first.meanings[m] if m >= 0 else frozenset() for m in first.meaning]
    spellings = {normalised(text) for text, each in zip(of.texts, read, strict=True) if each}
    states, unsure = labels.states_settled(first.meanings, spellings, known)
    again = {
        text: frozenset({states[m]}) for text, m in zip(of.texts, read, strict=True) if m in states
    }
    if not again:
        return first, {}
    label = column(of, lambda text: again.get(text) or labels.meaning(text, known), order=sorted)
    return label, {place: unsure[m] for place, m in enumerate(read) if m in unsure}


def _periods(sheet: Sheet, today: date) -> tuple[Column, dict[int, Meant]]:
    """Return the column of periods, in order of time, and what each text means."""
    of = texts(sheet, "period")
    read = [period_words.meant(text, today) for text in of.texts] if of.place else []
    meant = {place: each for place, each in enumerate(read) if isinstance(each, Meant)}
    starts = {each.period_id: each.starts for each in meant.values()}
    by_text = dict(zip(of.texts, read, strict=False))

    def id_of(text: str) -> str | Refused:
        found = by_text[text]
        return found.period_id if isinstance(found, Meant) else found

    return column(of, id_of, order=lambda id_: (starts[id_], id_)), meant


def _lists(indicator: Column, label: Column, known: Known) -> list[Settled]:
    """Return what the labels of each indicator mean together."""
    groups = groups_of(known.catalogue)
    found: dict[frozenset[Meaning], Settled] = {}
    lists = []
    for line in present(indicator, label.rows, len(label.meanings)):
        meanings = frozenset(m for m, used in zip(label.meanings, line, strict=True) if used)
        if meanings not in found:
            found[meanings] = settled(meanings, groups)
        lists.append(found[meanings])
    return lists
