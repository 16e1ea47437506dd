"""What the server writes down: one line of JSON for each event, without personal data.

No address, name, id of a visit or of a shared view, and of an address of the web API only codes
that it knows.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from loti_dash.errors import LotiError, in_full

_logger = logging.getLogger("loti_dash.server")


class _AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        } | getattr(record, "known", {})
        if record.exc_info:
            # Where it happened, but not the message: that may hold what somebody typed.
            line["error"] = getattr(record.exc_info[0], "__name__", "")
            line["where"] = _where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def start() -> None:
    """Write lines to the standard error output from now on."""
    if not _logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(_AsJson())
        _logger.addHandler(handler)
    _logger.setLevel(logging.INFO)
    _logger.propagate = False
    # It writes the address of everybody who opens a page, and which.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def write(event: str, **known: Any) -> None:
    """Write one event down, with what is known of it."""
    _logger.info(event, extra={"known": known})


def write_failure(event: str, **known: Any) -> None:
    """Write down that something went wrong that must not: the exception now handled."""
    _logger.error(event, exc_info=True, extra={"known": known})


def write_cause(event: str, error: LotiError) -> None:
    """Write down why something cannot be read, where a server writes: a command says it itself."""
    if _logger.handlers:
        _logger.error(event, extra={"known": {"cause": in_full(error)}})


def _where(trace: Any) -> list[str]:
    """Return the file and line of the last calls, the innermost last."""
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return found[-6:]
