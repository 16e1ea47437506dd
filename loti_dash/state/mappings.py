"""Which group a series means by a label of its own: as analysts said, and a second person agreed.

Nothing is applied by itself: the page shows what was said before, and the analyst says it again.
"""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, insert, select

from loti_dash.state.engine import reading
from loti_dash.state.tables import MAPPING


def of(indicators: Collection[str]) -> dict[str, str]:
    """Return the code of each label that was mapped for some of the indicators.

    A label that two of them use for different groups is left out.
    """
    with reading() as connection:
        rows = connection.execute(
            select(MAPPING.c.label, MAPPING.c.code)
            .where(MAPPING.c.indicator.in_(indicators))
            .order_by(MAPPING.c.label)
        ).all()
    codes: dict[str, set[str]] = {}
    for row in rows:
        codes.setdefault(row.label, set()).add(row.code)
    return {label: code for label, (code, *more) in codes.items() if not more}


def keep(
    connection: Connection,
    submission_id: str,
    indicators: Collection[str],
    mapping: Mapping[str, str],
) -> None:
    """Keep the mapping of a submission for its series, in place of what was said before."""
    for indicator in indicators:
        for label, code in mapping.items():
            connection.execute(
                delete(MAPPING).where(MAPPING.c.indicator == indicator, MAPPING.c.label == label)
            )
            connection.execute(
                insert(MAPPING).values(
                    indicator=indicator, label=label, code=code, submission_id=submission_id
                )
            )
