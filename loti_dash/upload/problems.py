"""Problems: made of what was refused, so that each thing is said once, and written as CSV."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

import numpy as np

from loti_dash.upload.columns import Flags, Ints, Texts
from loti_dash.upload.sheet import Problem
from loti_dash.upload.values import Refused

# So many different texts of a column get a sentence each; nobody reads more.
SAID = 100
# What a spreadsheet would take for a formula; exports do the same to all their texts.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_where(wrong: Flags, rows: Ints) -> tuple[int, ...]:
    """Return the rows of the sheet where something is so."""
    return tuple(rows[wrong].tolist())


def of_texts(
    rule: str, of: Texts, sentences: Mapping[int, str], rows: Ints, stops: bool = True
) -> Iterator[Problem]:
    """Yield a problem for each different sentence about texts, with all rows that have them.

    `sentences` is about texts by their position in the column.
    """
    concerned = np.zeros(len(of.texts), dtype=bool)
    concerned[list(sentences)] = True
    places = np.flatnonzero(concerned[of.of_row])
    in_order = places[np.argsort(of.of_row[places], kind="stable")]
    of_which = of.of_row[in_order]
    starts = np.flatnonzero(of_which[1:] != of_which[:-1]) + 1
    by_sentence: dict[str, list[Ints]] = {}
    for some in np.split(in_order, starts):
        if len(some):
            by_sentence.setdefault(sentences[int(of.of_row[some[0]])], []).append(some)
    for sentence, found in by_sentence.items():
        together = np.sort(np.concatenate(found))
        yield Problem(rule, tuple(rows[together].tolist()), of.place, sentence, stops)


def of_refused(
    rule: str, of: Texts, refused: Mapping[int, Refused], rows: Ints
) -> Iterator[Problem]:
    """Yield the problems of texts that cannot be used. Beyond a hundred, the rest is one."""
    said = {place: each.sentence for place, each in list(refused.items())[:SAID]}
    rest = (
        f"{len(refused) - SAID:,} more texts of this column cannot be used. Correct those above, "
        "and check again."
    )
    yield from of_texts(rule, of, said | dict.fromkeys(list(refused)[SAID:], rest), rows)


def listed(words: Iterable[str], most: int = 6) -> str:
    """Return words as a list in a sentence, the first few of many.

    >>> listed(["Asian", "Black", "White"]), listed("abcdefgh", most=2)
    ('Asian, Black and White', 'a, b and 6 more')
    """
    all_: Sequence[str] = list(words)
    if len(all_) > most:
        return f"{', '.join(all_[:most])} and {len(all_) - most:,} more"
    return " and ".join(filter(None, (", ".join(all_[:-1]), *all_[-1:])))


def as_csv(problems: Iterable[Problem]) -> str:
    """Return problems as CSV, a line for each row of the sheet, no text of which is a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["row", "column", "rule", "stops", "problem"])
    for problem in problems:
        words = [
            f"'{text}" if text.startswith(_FORMULA) else text
            for text in (
                problem.column,
                problem.rule.replace("_", " "),
                "yes" if problem.stops else "no",
                problem.message,
            )
        ]
        writer.writerows([row, *words] for row in problem.rows or ("",))
    return out.getvalue()
