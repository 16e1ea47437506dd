"""Rules about single cells and rows. The text of each is what the page says of it."""

# The rules' docstrings say what must be so: facts, not orders.
# ruff: noqa: D401

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import islice

import numpy as np

from loti_dash.upload.coded import Coded
from loti_dash.upload.columns import Flags
from loti_dash.upload.labels import closest_groups, same_people
from loti_dash.upload.problems import SAID, listed, of_refused, of_texts, rows_where
from loti_dash.upload.sheet import NEEDED, Problem
from loti_dash.upload.structure import NOBODY
from loti_dash.upload.values import Refused, quoted


def needed_columns(of: Coded) -> Iterator[Problem]:
    """The sheet has columns for indicator, area, period, ethnic group and numerator, and rows.

    A denominator is needed where the catalogue has none for the indicator. A note is read by
    nobody.
    """
    for name in NEEDED:
        if name not in of.sheet.cells.columns:
            yield Problem(
                "needed_columns",
                (),
                "",
                f"There is no column {name}. Add it, with this heading; the template has it.",
            )
    if not len(of.rows):
        yield Problem(
            "needed_columns", (), "", "There are no rows under the headings. Add the figures."
        )


def indicators(of: Coded) -> Iterator[Problem]:
    """An indicator is an id of small letters, digits and _, known here or new."""
    column = of.indicator
    yield from of_refused("indicators", column.of, column.refused, of.rows)
    uploaded = {id_ for id_, one in of.catalogue.sources.items() if one.obtained == "uploaded"}
    series = {id_ for id_, one in of.catalogue.series.items() if one.source_id not in uploaded}
    indicators = {
        id_ for id_, one in of.catalogue.indicators.items() if one.numerator.series in series
    }
    known = {*indicators, *series, *of.published}
    new = {}
    for place, meaning in enumerate(column.meaning):
        id_ = column.meanings[meaning] if meaning >= 0 else ""
        near = get_close_matches(id_, known) if id_ and id_ not in known else []
        if near:
            new[place] = (
                f"{quoted(id_)} is new here. If it is one of {listed(near)}, write that instead."
            )
    yield from of_texts("indicators", column.of, new, of.rows, stops=False)


def areas(of: Coded) -> Iterator[Problem]:
    """An area is a London borough or the City of London, by its code or its name.

    London, England and areas of the police or the NHS are no boroughs.
    """
    yield from of_refused("areas", of.area.of, of.area.refused, of.rows)


def periods(of: Coded) -> Iterator[Problem]:
    """A period can be read in one way only, is not before 2000 and has begun.

    Figures for one that is not over yet are looked at again.
    """
    yield from of_refused("periods", of.period.of, of.period.refused, of.rows)
    running = {
        place: f"{quoted(of.period.of.texts[place])} is not over yet. Do not compare it with "
        "whole periods, or leave it out."
        for place, each in of.meant.items()
        if each.ends >= of.today
    }
    yield from of_texts("periods", of.period.of, running, of.rows, stops=False)


def ethnic_groups(of: Coded) -> Iterator[Problem]:
    """An ethnic group is a code of this product, or a label that a known source uses.

    A label that means several groups is settled by the labels beside it, or not used: "White
    Other" is all of White that the indicator has no row for. Codes of one letter and police
    codes for appearance are not used. What nobody knows, and an empty cell, is Unknown.
    """
    column = of.label
    # Comparing is slow, and only so many are said.
    first = {
        place: _with_closest(of, each) for place, each in islice(column.refused.items(), SAID)
    }
    yield from of_refused("ethnic_groups", column.of, column.refused | first, of.rows)
    words = of.catalogue.short_labels
    unsettled = (of.group < 0) & (of.indicator.rows >= 0) & (column.rows >= 0)
    for place in np.unique(column.of.of_row[unsettled]):
        possible = same_people(column.meanings[column.meaning[place]], of.known)
        yield Problem(
            "ethnic_groups",
            rows_where(unsettled & (column.of.of_row == place), of.rows),
            column.of.place,
            f"{quoted(column.of.texts[place])} means different people in different lists, and the "
            "groups beside it do not settle which. If a group is missing because nobody was "
            "counted, add its rows with 0; or write one of these codes instead: "
            + listed([f"{code} ({words[code]})" for code in possible]).replace(" and ", " or ")
            + ".",
        )
    blank = {place: _BLANK for place, text in enumerate(column.of.texts) if not text}
    if column.of.place:
        yield from of_texts("ethnic_groups", column.of, blank, of.rows, stops=False)
    unsure = {
        place: f"{quoted(column.of.texts[place])} is read as {words[code]}. In tables of the NHS "
        "it means that nobody asked: then write unknown_not_asked."
        for place, code in of.unsure.items()
    }
    yield from of_texts("ethnic_groups", column.of, unsure, of.rows, stops=False)


_BLANK = (
    "Empty cells are read as Unknown: not recorded. If a cell was merged with that above, fill it."
)


def _with_closest(of: Coded, refused: Refused) -> Refused:
    near = closest_groups(refused.like, of.known) if refused.like else ()
    if not near:
        return refused
    words = listed([f"{words} ({code})" for words, code in near])
    return Refused(f"{refused.message} The closest known: {words}.")


def counts(of: Coded) -> Iterator[Problem]:
    """A count is a whole number of 0 or more, or says why there is none.

    [c], c, * and <5 are withheld, [x], .. and : not available, and [z] does not apply. Commas
    or blanks may part thousands. An empty cell or a single dash says too little.
    """
    for column in (of.numerator, of.denominator):
        yield from of_refused("counts", column.of, column.refused, of.rows)


def nobody(of: Coded) -> Iterator[Problem]:
    """A row for whom ethnicity does not apply counts nobody, and is left out."""
    if NOBODY not in of.codes:
        return
    there = of.understood & (of.group == of.codes.index(NOBODY))
    some = there & ~(of.numerator.rows == 0)
    yield from _some(
        some,
        of,
        "Somebody is counted for whom ethnicity does not apply. Say whose rows these are.",
    )
    yield from _some(there & ~some, of, "Rows that count nobody were left out.", stops=False)


def _some(wrong: Flags, of: Coded, words: str, stops: bool = True) -> Iterator[Problem]:
    if wrong.any():
        yield Problem("nobody", rows_where(wrong, of.rows), of.label.of.place, words, stops)


def duplicates(of: Coded) -> Iterator[Problem]:
    """There is one row for an indicator, area, period and ethnic group.

    Also where two rows say the same: one of them may belong to something else.
    """
    if of.ticked_off is not None:
        return
    keys = of.key[of.order]
    again = np.flatnonzero(keys[1:] == keys[:-1])
    same = np.ones(len(again), dtype=bool)
    for column in (of.numerator, of.denominator):
        for values in (column.rows, column.statuses):
            one, other = values[of.order[again]], values[of.order[again + 1]]
            same &= (one == other) | (np.isnan(one) & np.isnan(other))
    for which, words in ((again[same], "the same counts"), (again[~same], "different counts")):
        if not len(which):
            continue
        first, second = sorted(of.order[which[0] : which[0] + 2])
        places = np.sort(of.order[np.unique(np.r_[which, which + 1])])
        yield Problem(
            "duplicates",
            tuple(of.rows[places].tolist()),
            "",
            f"Rows stand there twice, with {words}: {of.named(first)} is in row {of.rows[first]} "
            f"and in row {of.rows[second]}. Keep one row of each, or say with another id what the "
            "other counts.",
        )
