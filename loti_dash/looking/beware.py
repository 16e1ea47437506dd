"""What not to conclude from what changed between two releases."""

from collections.abc import Mapping, Sequence

import pandas as pd

from loti_dash import profile_cautions
from loti_dash.catalogue import Catalogue
from loti_dash.caveats import Found
from loti_dash.looking.evidence import Looked

NOT_A_CHANGE = (
    "A comparison that has become clear need not have become larger, and one that is no longer "
    "clear need not have become smaller: the same ratio can be clear with more people counted. "
    "Whether the ratio itself rose or fell by more than chance stands beside it where it can be "
    "told."
)
NOT_WHY = "This shows differences. It does not show why."


def cautions(
    catalogue: Catalogue, of: Looked, found: Mapping[str, Sequence[Found]]
) -> list[Found]:
    """Return what limits the use of what changed, the worst first; none where nothing is there.

    `found` are those of an answer, `catalogue` that of the later release.
    """
    rows = pd.DataFrame([each.after for each in of.changes if each.after is not None])
    return [] if rows.empty else profile_cautions.cautions(catalogue, rows, found)


def in_words(catalogue: Catalogue, of: Looked, found: Mapping[str, Sequence[Found]]) -> list[str]:
    """Return the same in plain words, with what not to conclude; for where there is no page."""
    said = [
        f"{each.text.replace('**', '')} {each.effect}" for each in cautions(catalogue, of, found)
    ]
    return [NOT_A_CHANGE, *(each.rstrip() for each in said), NOT_WHY] if of.changes else []
