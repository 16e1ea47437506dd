"""Which code answers: for tags that change whenever an answer could."""

import hashlib
from functools import cache

from loti_dash import config


@cache
def code() -> str:
    """Return a hash of the package as this server runs it."""
    digest = hashlib.sha256()
    for pattern in ("*.py", "*.sql"):
        for path in sorted((config.ROOT / "loti_dash").rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
