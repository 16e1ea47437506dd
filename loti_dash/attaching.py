"""Opening the file of a release in DuckDB, for reading only: from a folder, or an object store."""

from importlib.resources import files
from pathlib import Path

import duckdb

from loti_dash import remote_releases
from loti_dash.config import ObjectStore

# Of a store whatever is asked for first is fetched, once; what a release is made of then stays in
# memory. So a server needs no disk, and no copy of its own to keep.


def attach(db: duckdb.DuckDBPyConnection, path: Path, alias: str) -> None:
    """Attach a release to a connection under a name. Raises duckdb.Error if it is not one."""
    store = remote_releases.of(path.parent)
    address = str(path)
    # What is just being built is not in the store yet.
    if store and not path.exists():
        _reach(db, store)
        address = f"s3://{store.place}/{path.name}"
    db.execute(f'ATTACH {_quoted(address)} AS "{alias}" (READ_ONLY)')


def _reach(db: duckdb.DuckDBPyConnection, store: ObjectStore) -> None:
    """Give a connection the means to read from a store. They come in a wheel, with ours."""
    wheel = Path(str(files("duckdb_extension_httpfs")))
    extension = wheel / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
    db.execute(f"LOAD {_quoted(str(extension))}")
    scheme, _, host = store.endpoint.partition("://")
    given = {
        "KEY_ID": store.key,
        "SECRET": store.secret,
        "REGION": store.region,
        "ENDPOINT": host,
        "SCOPE": f"s3://{store.place}",
    }
    if store.token:
        given["SESSION_TOKEN"] = store.token
    options = ", ".join(f"{name} {_quoted(value)}" for name, value in given.items())
    db.execute(
        f"CREATE OR REPLACE SECRET loti (TYPE s3, {options}, URL_STYLE 'path', "
        f"USE_SSL {scheme == 'https'})"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
