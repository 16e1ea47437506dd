"""Everything there is to say of a place between two releases: page, feed and command ask here.

Kept for each pair of releases and place, as long as nothing of either is withdrawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.looking.evidence import Change, Kind, Looked, between
from loti_dash.looking.moves import moves
from loti_dash.looking.rows import REFERENCE
from loti_dash.profile_measures import measures_of
from loti_dash.store import Store


@dataclass(frozen=True)
class Answer:
    """What changed between two releases.

    `moves` says for each change whether its ratio itself moved, `cautions` are the caveats of
    the indicators that changed, as the later release has them, and `catalogues` are those of the
    earlier release and of the later one.
    """

    looked: Looked
    moves: Sequence[str]
    cautions: Mapping[str, Sequence[Found]]
    catalogues: tuple[Catalogue, Catalogue]

    def of(self, kind: Kind) -> list[tuple[Change, str]]:
        """Return the changes of a kind, each with whether its ratio itself moved."""
        both = zip(self.looked.changes, self.moves, strict=True)
        return [(change, moved) for change, moved in both if change.kind == kind]


def answer(before: Store, after: Store, area: str) -> Answer:
    """Return what changed in an area from one release to another.

    Of published releases only. Raises UnknownCode for an area that neither has figures for.
    """
    for store in (before, after):
        assert not store.private, "only what is published is looked at"
    withdrawn = tuple(sorted(before.withdrawn)), tuple(sorted(after.withdrawn))
    return _answer(before, after, area, withdrawn)


# What was kept before a series was withdrawn is not found again: they are named.
@lru_cache(maxsize=256)
def _answer(
    before: Store, after: Store, area: str, _withdrawn: tuple[tuple[str, ...], tuple[str, ...]]
) -> Answer:
    found = between(before, after, area)
    return Answer(
        found,
        moves(after, found),
        _cautions(after, found),
        (before.catalogue, after.catalogue),
    )


def _cautions(store: Store, of: Looked) -> dict[str, list[Found]]:
    """Return the caveats of the indicators whose evidence changed, as the later release has them.

    `store` is the later release.
    """
    found: dict[str, list[Found]] = {}
    rows = [each.after for each in of.changes if each.after is not None]
    for level in sorted({str(row["level"]) for row in rows}):
        periods = {str(r["indicator"]): str(r["period"]) for r in rows if r["level"] == level}
        counts = store.query(
            "counts", indicators=sorted(periods), periods=[], level=level, viewer_areas=[]
        )
        for measure in measures_of(store, counts, periods, REFERENCE, level, [of.area]):
            own = found.setdefault(measure.indicator.id, [])
            own += [each for each in measure.found(of.area) if each not in own]
    return found
