"""Visitors without a browser: they ask a Streamlit server for pages over its agent interface.

For benchmarks only; the server must be started with OPTIONS. Each question goes over a connection
of its own: over one that is kept, every answer waits 40 milliseconds for an acknowledgement.
"""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from loti_dash.errors import LotiError

OPTIONS = ("--server.enableAgentApi=true", "--server.agentMaxSessions=1000")
_PATH = "/_stcore/agent/interact"

Ask = Callable[..., "Answer"]


class Answer(NamedTuple):
    """How long an answer took, in seconds, how many bytes it had, and what it said."""

    seconds: float
    size: int
    document: dict[str, Any]


class Load(NamedTuple):
    """What a server stood: answers of all visitors in so many seconds, and how long each took."""

    seconds: float
    answers: list[float]

    @property
    def throughput(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds

    @property
    def late(self) -> float:
        """The time within which 95 of 100 answers came."""
        return sorted(self.answers)[int(0.95 * len(self.answers))]


def visitor(address: str) -> Ask:
    """Return a function that asks as one visitor, whose visit starts with the first question.

    It takes a `page`, "" for the first one, and its `query_params`; without either it draws the
    page again.
    """
    host = urlsplit(address).netloc
    visit: dict[str, str] = {}

    def ask(page: str | None = None, query_params: Mapping[str, str] | None = None) -> Answer:
        body: dict[str, Any] = {**visit} | ({} if page is None else {"page": page})
        if query_params is not None:
            body["query_params"] = {name: [code] for name, code in query_params.items()}
        started = time.perf_counter()
        connection = HTTPConnection(host, timeout=120)
        headers = {"Content-Type": "application/json", "Connection": "close"}
        connection.request("POST", _PATH, json.dumps(body).encode(), headers)
        response = connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - started
        connection.close()
        document = json.loads(content) if response.status == 200 else {"status": "error"}
        if document.get("status") == "error":
            said = content[:500].decode(errors="replace")
            raise LotiError(f"{address}/{page} failed as a benchmark asked for it: {said}")
        visit["session_id"] = document["session_id"]
        return Answer(seconds, len(content), document)

    return ask


def load(visitors: Sequence[Ask], seconds: float) -> Load:
    """Let visitors ask again and again, all at once, for some seconds, and once at least.

    Raises LotiError if one of them was not answered.
    """
    answers: list[float] = []
    wrong: list[Exception] = []
    end = time.perf_counter() + seconds

    def visit(ask: Ask) -> None:
        try:
            answers.append(ask().seconds)
            while time.perf_counter() < end:
                answers.append(ask().seconds)
        except Exception as error:  # whatever it is, it is told below
            wrong.append(error)

    started = time.perf_counter()
    threads = [threading.Thread(target=visit, args=(each,)) for each in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise LotiError(f"{len(wrong)} of {len(visitors)} visitors got no answer: {wrong[0]}")
    return Load(time.perf_counter() - started, answers)
