"""Sign-in as readers meet it: a provider of identities on this machine, and who has which role."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from serving import finished

HACKNEY, CAMDEN = "E09000012", "E09000007"
ANALYST, APPROVER = "analyst@hackney.example", "approver@hackney.example"
OF_CAMDEN, NOBODY = "analyst@camden.example", "somebody@elsewhere.example"

ROLES = f"""\
[people."{ANALYST}"]
roles = ["analyst", "approver"]
areas = ["{HACKNEY}"]

[people."{APPROVER}"]
roles = ["approver"]
areas = ["{HACKNEY}"]

[people."{OF_CAMDEN}"]
roles = ["analyst"]
areas = ["{CAMDEN}"]
"""


@contextmanager
def provider(folder: Path) -> Iterator[str]:
    """Start a provider of identities, and end it after use. Its log goes to `folder`.

    Whoever comes chooses who they are. The address of one person is not confirmed.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [{"sub": each, "email": each} for each in (ANALYST, APPROVER, OF_CAMDEN, NOBODY)]
    claims.append({"sub": "unconfirmed", "email": APPROVER, "email_verified": False})
    users = [part for each in claims for part in ("--user-claims", json.dumps(each))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *users]
    with (folder / "provider.txt").open("w") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/.well-known/openid-configuration", process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def secrets(folder: Path, provider: str) -> Path:
    """Write what the dashboard has to know of the provider, and return the file."""
    file = folder / "secrets.toml"
    file.write_text(
        '[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\n'
        f'cookie_secret = "{os.urandom(16).hex()}"\n'
        'client_id = "dashboard"\nclient_secret = "of a test"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
    )
    return file


def sign_in(page, who: str) -> None:
    """Sign in on a page that offers it, and wait for the start page."""
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=who, exact=True).click()
    page.wait_for_selector("[data-testid=stSidebarNav]")
    finished(page)


def go_to(page, name: str) -> None:
    """Go to a page by the navigation, which keeps the visit."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, level=1, exact=True).wait_for()
    finished(page)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 300
    while process.poll() is None and time.monotonic() < until:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.25)
    raise RuntimeError(f"nothing answers at {address}")
