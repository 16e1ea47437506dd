"""docs/performance.md, written from one run of all benchmarks."""

from typing import Any


def document(of: dict[str, Any]) -> str:
    """Return the document of a run, as Markdown."""
    return f"{of}"
