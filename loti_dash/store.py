"""The only door to a release: the queries in sql/, by name, on a read-only file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from loti_dash import catalogue, notices
from loti_dash.answers import Answers
from loti_dash.attaching import attach
from loti_dash.errors import ReleaseError, SeriesWithdrawn, with_cause
from loti_dash.notices import Notice

if TYPE_CHECKING:
    import pandas as pd

# In the place of the id of a release, in the address and on every export, of a visit's own.
NOT_PUBLISHED = "not-published"
SQL = Path(__file__).parent / "sql"


class Store:
    """A release: its figures by `query`, its definitions as `catalogue`.

    `private` says that it is no release but one visit's own figures, which nothing that is
    shared between visits may keep.
    """

    # Where the notices are on what was withdrawn from it; of figures in memory there are none.
    _folder: Path | None = None
    # What was withdrawn when it was opened: its definitions may be of then.
    taken_back_before: tuple[tuple[str, str], ...] = ()

    def __init__(self, path: Path) -> None:
        """Open the release in a file. Raises ReleaseError if it is not one."""
        self.release = path.stem
        self.private = False
        self._folder = path.parent
        self.taken_back_before = self.taken_back()
        # Attached to a database in memory, rather than opened: DuckDB opens a file once per
        # process, so opening it anew after it was replaced would give the old file again.
        self._connection = duckdb.connect()
        self._answers = Answers()
        try:
            attach(self._connection, path, "loti")
            self._connection.execute("SET enable_external_access = false")
        except duckdb.Error as error:
            raise _unreadable(self.release, error) from error

    @classmethod
    def in_memory(
        cls, connection: duckdb.DuckDBPyConnection, release: str, definitions: catalogue.Catalogue
    ) -> Store:
        """Return the store of figures that are in memory only, attached as loti."""
        store = cls.__new__(cls)
        store.release, store.private, store._connection = release, True, connection
        store._answers = Answers()
        # As they are: to write and read them takes longer than most uploads.
        vars(store)["catalogue"] = definitions
        return store

    def close(self) -> None:
        """Let go of the figures, which is the end of those that were in memory only."""
        self._answers.clear()
        self._connection.close()

    def query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """Run sql/<name>.sql with its $parameters and return the rows it selects.

        What was withdrawn since the release was opened is in no answer. May be called from
        several threads at once: each call has its own cursor. Raises ReleaseError if the file
        turns out to be damaged, ReleaseWithdrawn if the whole release was withdrawn.
        """
        withdrawn = tuple(sorted(self.withdrawn))
        # When a release was built may be asked of a withdrawn one: the list of releases does.
        if name != "build":
            self.raise_if_withdrawn()
        # What was withdrawn is a part of the question: no answer of before is found after it.
        question = name, repr(sorted(parameters.items())), withdrawn
        return self._answers.answer(question, lambda: self._ask(name, parameters, withdrawn))

    def _ask(
        self, name: str, parameters: Mapping[str, Any], withdrawn: Sequence[str]
    ) -> pd.DataFrame:
        with self._cursor() as cursor:
            if withdrawn:
                cursor.execute(_sql("without_withdrawn"), {"series": list(withdrawn)})
            return cursor.execute(_sql(name), dict(parameters)).df()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor on the release. Raises ReleaseError if the file is damaged."""
        try:
            with self._connection.cursor() as cursor:
                # A cursor does not inherit USE.
                cursor.execute("USE loti")
                yield cursor
        except duckdb.Error as error:
            raise _unreadable(self.release, error) from error

    @property
    def withdrawn(self) -> Mapping[str, Notice]:
        """The series that are withdrawn from this release at this moment, with their notices."""
        return notices.withdrawn_series(self._folder, self.release) if self._folder else {}

    def taken_back(self) -> tuple[tuple[str, str], ...]:
        """Return the series that are withdrawn now, with what is said in their place."""
        found = self.withdrawn.items()
        return tuple(sorted((series, notices.words(notice)) for series, notice in found))

    def raise_if_withdrawn(self, *series: str) -> None:
        """Raise ReleaseWithdrawn or SeriesWithdrawn if the release, or one of some series, is."""
        if self._folder:
            notices.raise_if_withdrawn(self._folder, self.release)
        withdrawn = self.withdrawn if series else {}
        for each in series:
            if each in withdrawn:
                raise SeriesWithdrawn(notices.words(withdrawn[each]))

    @cached_property
    def catalogue(self) -> catalogue.Catalogue:
        """The definitions as they were when the release was built.

        An indicator whose figures are withdrawn has none, and the notice says why.
        """
        self.raise_if_withdrawn()
        # Not by `query`: the first page of a server needs these alone, and no data frame.
        with self._cursor() as cursor:
            [[definitions]] = cursor.execute(_sql("catalogue")).fetchall()
        found = catalogue.from_json(definitions)
        indicators = dict(found.indicators)
        for id_, each in found.indicators.items():
            for series in (each.denominator.series, each.numerator.series):
                if series in self.withdrawn:
                    instead = notices.words(self.withdrawn[series])
                    indicators[id_] = replace(each, empty=notices.as_it_is(instead))
        return replace(found, indicators=indicators)

    @cached_property
    def choices(self) -> pd.DataFrame:
        """What there is to look at: indicator_id, period_id, area_code, level (5 or 19)."""
        return self.query("choices", indicators=[], viewer_areas=[])

    def choices_of(self, domain: str) -> pd.DataFrame:
        """Return the rows of `choices` that are about the indicators of a domain."""
        ids = [each.id for each in self.catalogue.indicators.values() if each.domain == domain]
        return self.query("choices", indicators=ids or [""], viewer_areas=[])


def _unreadable(release: str, error: Exception) -> ReleaseError:
    return with_cause(
        ReleaseError(
            f"The release {release} cannot be read. Build a new one with "
            "`python -m loti_dash build`."
        ),
        f"What it said: {error}",
    )


@cache
def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")
