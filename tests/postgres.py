"""A PostgreSQL cluster of the tests' own: in a temporary folder, on loopback, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

# Nobody else's account of this machine can guess its way in, as long as the tests run.
_PASSWORD = os.urandom(12).hex()
# What is lost in a power cut is lost; tests of what survives one are not for here.
_FAST = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
_FAST += ["-c", "max_connections=200"]


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def cluster(binaries: Path) -> Iterator[Callable[[str], str]]:
    """Start a cluster, and yield a function that says the address of a database in it."""
    with tempfile.TemporaryDirectory(prefix="loti-postgres-") as folder:
        there, user = Path(folder), _unprivileged()
        _belongs(there, user)
        (there / "password").write_text(_PASSWORD)
        _belongs(there / "password", user)
        options = ["--username=loti", "--auth=scram-sha-256", f"--pwfile={there / 'password'}"]
        options += ["--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [binaries / "initdb", "--pgdata", there / "data", *options],
            check=True,
            capture_output=True,
            user=user,
            cwd=there,
        )
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        where = ["-h", "127.0.0.1", "-p", str(port), "-k", ""]
        with (there / "log").open("w") as log:
            process = subprocess.Popen(
                [binaries / "postgres", "-D", there / "data", *where, *_FAST],
                stdout=log,
                stderr=subprocess.STDOUT,
                user=user,
                cwd=there,
            )
        try:
            _wait_for(process, port, there / "log")
            yield lambda name: f"postgresql+psycopg://loti:{_PASSWORD}@127.0.0.1:{port}/{name}"
        finally:
            # A fast shutdown, which cuts off whoever is still connected.
            process.send_signal(2)
            process.wait(timeout=30)


def run(address: str, *statements: str) -> None:
    """Run statements on a database, each by itself."""
    plain = address.replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[call-overload]


def _unprivileged() -> str | None:
    """Return another account to run it as, which it insists on where the tests run as root."""
    if os.geteuid():
        return None
    # Windows has neither.
    import pwd

    accounts = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


def _belongs(path: Path, user: str | None) -> None:
    if user:
        shutil.chown(path, user)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    address = f"postgresql://loti:{_PASSWORD}@127.0.0.1:{port}/postgres"
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
