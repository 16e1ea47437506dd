"""What the reading of records is measured beside: a bare scan by DuckDB, and pandas.

Each reads the columns that ours reads, every value of them, and adds nothing up that ours gives.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd


def scan(paths: Sequence[Path], columns: Sequence[str]) -> None:
    """Look at every value of some columns of CSV or Parquet files, by DuckDB."""
    names = ", ".join(f'"{name}"' for name in columns)
    files = [str(path) for path in paths]
    parquet = paths[0].suffix == ".parquet"
    source = "read_parquet($1)" if parquet else "read_csv($1, all_varchar = true)"
    with duckdb.connect() as db:
        # A count alone would be answered from what the file says of itself.
        db.execute(f"SELECT bit_xor(hash({names})) FROM {source}", [files]).fetchall()  # noqa: S608


def counted_by_pandas(paths: Sequence[Path], columns: Sequence[str], by: Sequence[str]) -> int:
    """Count the records of each combination of some columns by pandas, and return how many."""
    found: list[pd.Series] = []
    for path in paths:
        if path.suffix == ".parquet":
            table = pd.read_parquet(path, columns=list(columns))
        else:
            table = pd.read_csv(path, usecols=list(columns), dtype=str)
        found.append(table.groupby(list(by), dropna=False, observed=True).size())
    return len(pd.concat(found))
