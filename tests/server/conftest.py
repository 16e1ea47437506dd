"""The real server, where people sign in at a real provider and agents may drive the pages."""

import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser.signing_in import provider, secrets
from server import people
from serving import served


@dataclass(frozen=True)
class Dashboard:
    """A server that runs: its address, home folder, log, and what its cookies are signed with."""

    address: str
    home: Path
    log: Path
    secret: str


@pytest.fixture(scope="session")
def dashboard(home, tmp_path_factory):
    """Return a dashboard that is one for all tests of this folder."""
    folder = tmp_path_factory.mktemp("server")
    own = folder / "home"
    shutil.copytree(home / "releases", own / "releases")
    (own / "roles.toml").write_text(people.roles())
    with provider(folder) as identities, ExitStack() as running:
        file = secrets(folder, identities)
        # The settings are for the server alone: other tests have their own.
        with pytest.MonkeyPatch.context() as patch:
            for name in ("LOTI_MODE", "LOTI_DATABASE_URL", "LOTI_RELEASES"):
                patch.delenv(name, raising=False)
            patch.setenv("STREAMLIT_SECRETS_FILES", str(file))
            patch.setenv("STREAMLIT_SERVER_ENABLE_AGENT_API", "true")
            patch.setenv("LOTI_HOSTS", "127.0.0.1 localhost")
            address = running.enter_context(served(own, folder))
        yield Dashboard(address, own, folder / "log.txt", people.cookie_secret(file))
