"""The only door to a release: the queries in sql/, by name, on a read-only file."""

from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from loti_dash import catalogue
from loti_dash.errors import ReleaseError

SQL = Path(__file__).parent / "sql"


class Store:
    """A release: its figures by `query`, its definitions as `catalogue`."""

    def __init__(self, path: Path) -> None:
        """Open the release in a file. Raises ReleaseError if it is not one."""
        self.release = path.stem
        # Attached to a database in memory, rather than opened: DuckDB opens a file once per
        # process, so opening it anew after it was replaced would give the old file again.
        self._connection = duckdb.connect()
        quoted = str(path).replace("'", "''")
        try:
            self._connection.execute(f"ATTACH '{quoted}' AS loti (READ_ONLY)")
            self._connection.execute("SET enable_external_access = false")
        except duckdb.Error as error:
            raise _unreadable(self.release, error) from error

    def query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """Run sql/<name>.sql with its $parameters and return the rows it selects.

        May be called from several threads at once: each call has its own cursor. Raises
        ReleaseError if the file turns out to be damaged.
        """
        # A cursor does not inherit USE.
        with self._connection.cursor() as cursor:
            try:
                cursor.execute("USE loti")
                return cursor.execute(_sql(name), parameters).df()
            except duckdb.Error as error:
                raise _unreadable(self.release, error) from error

    @cached_property
    def catalogue(self) -> catalogue.Catalogue:
        """The definitions as they were when the release was built."""
        return catalogue.from_json(str(self.query("catalogue")["definition"].item()))

    @cached_property
    def choices(self) -> pd.DataFrame:
        """What there is to look at: indicator_id, period_id, area_code, level (5 or 19)."""
        return self.query("choices", viewer_areas=[])


def _unreadable(release: str, error: Exception) -> ReleaseError:
    return ReleaseError(
        f"The release {release} cannot be read: {error}. Build a new one with "
        "`python -m loti_dash build`."
    )


@cache
def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
