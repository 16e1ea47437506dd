"""Which group a series means by a label of its own: as analysts said, and a second person agreed.

Nothing is applied by itself: the page shows what was said before, and the analyst says it again.
Each owner has words of their own, also for the same id of a file.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, or_, select

from loti_dash.state.engine import reading
from loti_dash.state.tables import MAPPING, SUBMISSION

# Between the id of a file and its owner; neither has it.
_BY = "|"


def of(
    ids: Collection[str], may: Callable[[Sequence[str]], bool], owner: str = ""
) -> dict[str, str]:
    """Return the code of each label that was mapped before in files with some of the ids.

    Only what was said of figures of areas that the reader `may` send in, and by one `owner` if it
    is given. A label that stands for different groups is left out.
    """
    begins = [
        MAPPING.c.indicator == f"{id_}{_BY}{owner}"
        if owner
        else MAPPING.c.indicator.startswith(f"{id_}{_BY}", autoescape=True)
        for id_ in ids
    ]
    if not begins:
        return {}
    with reading() as connection:
        rows = connection.execute(
            select(MAPPING.c.label, MAPPING.c.code, SUBMISSION.c.areas)
            .join(SUBMISSION)
            .where(or_(*begins))
            .order_by(MAPPING.c.label)
        ).all()
    codes: dict[str, set[str]] = {}
    for row in rows:
        if may(row.areas):
            codes.setdefault(row.label, set()).add(row.code)
    return {label: code for label, (code, *more) in codes.items() if not more}


def keep(
    connection: Connection,
    submission_id: str,
    indicators: Collection[str],
    owner: str,
    mapping: Mapping[str, str],
) -> None:
    """Keep the mapping of a submission for its series, in place of what was said before.

    `owner` is how the ids of indicators end that have been given one.
    """
    for indicator in indicators:
        series = indicator.removesuffix(f"_{owner}") + _BY + owner
        for label, code in mapping.items():
            connection.execute(
                delete(MAPPING).where(MAPPING.c.indicator == series, MAPPING.c.label == label)
            )
            connection.execute(
                insert(MAPPING).values(
                    indicator=series, label=label, code=code, submission_id=submission_id
                )
            )
