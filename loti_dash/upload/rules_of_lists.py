"""Rules about which groups and periods stand together, and about rows that are sums of others."""

# The rules' docstrings say what must be so: facts, not orders.
# ruff: noqa: D401

from collections.abc import Iterator

from loti_dash.upload.added_up import Added, added_up
from loti_dash.upload.coded import Coded
from loti_dash.upload.lists import Settled
from loti_dash.upload.period_words import KINDS
from loti_dash.upload.problems import listed, rows_where
from loti_dash.upload.sheet import Problem

# Lists of what an officer saw; of these that of four groups is like no other.
_BY_OFFICERS = "police_officer_4"


def kinds_of_periods(of: Coded) -> Iterator[Problem]:
    """An indicator has periods of one kind: months, quarters, years or days."""
    column = of.period.of
    for n, kinds in enumerate(of.kinds):
        # Whoever writes 2023-24 has not said when the year begins, and another row may.
        plain = [kind for kind in kinds if kind != "split_year"] or [*kinds]
        if len(plain) + ("split_year" in kinds and not plain[0].endswith("_year")) < 2:
            continue
        yield Problem(
            "kinds_of_periods",
            rows_where(of.indicator.rows == n, of.rows),
            column.place,
            f"{of.indicator.meanings[n]} has {listed([KINDS[kind] for kind in kinds])}. Give each "
            "kind of period an id of its own, or leave all but one out.",
        )


def lists_of_groups(of: Coded) -> Iterator[Problem]:
    """The ethnic groups of an indicator are those of one list, such as five groups or 19.

    Nobody may be in two groups. Rows of a group as a whole beside rows of its parts are looked
    at as sums. Where several lists have the same groups, one is taken and named, and where a
    list has groups without rows, these are named.
    """
    by_list: dict[int, tuple[Settled, list[int]]] = {}
    for n, each in enumerate(of.lists):
        by_list.setdefault(id(each), (each, []))[1].append(n)
    for each, indicators in by_list.values():
        names = listed([of.indicator.meanings[n] for n in indicators])
        for stops, message in _about(each, of):
            rows: tuple[int, ...] = ()
            if stops:
                concerned = [of.indicator.rows == n for n in indicators]
                rows = rows_where(sum(concerned[1:], concerned[0]), of.rows)
            yield Problem("lists_of_groups", rows, of.label.of.place, f"{names}: {message}", stops)


def _about(each: Settled, of: Coded) -> Iterator[tuple[bool, str]]:
    """Yield what is to be said of the groups of an indicator, and whether it stops."""
    words = of.catalogue.short_labels

    def named(codes: tuple[str, ...]) -> str:
        return listed([f"{words[code]} ({code})" for code in codes], most=8)

    if each.overlapping:
        pairs = [f"{words[one]} with {words[other]}" for one, other in each.overlapping]
        yield (
            True,
            f"some groups have people in common: {listed(pairs, most=4)}. Keep the rows of one "
            "list.",
        )
    if each.undecided:
        return
    if each.misfits and not each.overlapping:
        yield (
            True,
            f"no list of groups has all of these together. Closest is {each.nearest}, which does "
            f"not have {named(each.misfits)}. Use the groups of one list, or give each list an id "
            "of its own.",
        )
    if each.beyond:
        yield (
            True,
            f"{named(each.beyond)} stands for several groups, of which rows are missing. Add rows "
            "for each group, or leave it out.",
        )
    if not each.classification:
        if each.codes and not (each.overlapping or each.misfits or each.beyond):
            yield (
                True,
                "there is nobody here but those of unknown ethnicity. Add rows for the groups, or "
                "leave these out.",
            )
        return
    if each.alike:
        yield (
            False,
            f"the groups were read as the list {each.classification}; they also fit "
            f"{listed(each.alike)}. This changes no figure.",
        )
    if each.classification.startswith(_BY_OFFICERS):
        yield (
            False,
            "without Mixed these are the groups that police officers record by what they see. If "
            "people said it themselves, add the rows for Mixed.",
        )
    if each.without:
        yield (
            False,
            f"there are no rows for {named(each.without)} of the list {each.classification}. If "
            "nobody was counted, add rows with 0: without them some comparisons are left out.",
        )


def totals(of: Coded) -> Iterator[Problem]:
    """A row that stands for several others, such as Total, Known or Asian beside Indian, adds up.

    It must be the sum of the rows of its groups where none of these is withheld, and never less
    than those that are not. Such rows are checked and then left out: sums are made from the rows.
    """
    found = added_up(of)
    if found.right.any():
        labels = sorted({of.label.of.texts[t] for t in of.label.of.of_row[found.right]})
        yield Problem(
            "totals",
            rows_where(found.right, of.rows),
            of.label.of.place,
            f"Rows of sums agree with the rows of their groups and were left out: "
            f"{listed(labels)}. Sums are made from the groups.",
            stops=False,
        )
    if found.unchecked.any():
        yield Problem(
            "totals",
            rows_where(found.unchecked, of.rows),
            of.label.of.place,
            "Rows of sums are compared with their groups once all labels beside them are settled.",
            stops=False,
        )
    for wrong, column, example in found.wrong:
        yield Problem("totals", rows_where(wrong, of.rows), column, _apart(example, of))


def _apart(example: Added, of: Coded) -> str:
    hint = ""
    if example.without_unknown == example.total:
        hint = " They agree without the unknown: if so, write Total with known ethnicity."
    what = "at least " if example.incomplete else ""
    return (
        f"Sums do not agree with their groups: in row {of.rows[example.place]} "
        f"({of.named(example.place)}) it is {example.total:,.0f}, and the groups add up to {what}"
        f"{example.parts:,.0f}.{hint} Correct the rows, or leave the sums out if the "
        "counts are rounded."
    )
