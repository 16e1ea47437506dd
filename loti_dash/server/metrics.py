"""What is counted while the server runs, for Prometheus: nothing of it is about a person."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from loti_dash.errors import LotiError
from loti_dash.server import logs

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

registry = CollectorRegistry()
ProcessCollector(registry=registry)
PlatformCollector(registry=registry)

requests = Counter(
    "loti_requests", "Requests answered", ["place", "method", "status"], registry=registry
)
request_seconds = Histogram(
    "loti_request_seconds", "Seconds to answer", ["place"], registry=registry, buckets=_SECONDS
)
visits = Gauge("loti_visits", "Pages that are open now", registry=registry)
uploads = Counter("loti_uploads", "Files uploaded", ["status"], registry=registry)
renders = Counter("loti_renders", "Pages drawn", ["page", "ended"], registry=registry)
render_seconds = Histogram(
    "loti_render_seconds", "Seconds to draw", ["page"], registry=registry, buckets=_SECONDS
)
asked = Counter("loti_cache_asked", "Results asked for", ["of"], registry=registry)
made = Counter("loti_cache_made", "Results not yet remembered", ["of"], registry=registry)
releases = Gauge("loti_releases", "Releases that can be opened", registry=registry)
release = Gauge("loti_release_current", "The current release", ["release"], registry=registry)


@contextmanager
def rendering(page: str) -> Iterator[None]:
    """Count a page that is drawn inside, for how long and how it ended.

    `stopped` is a page that ends early on purpose, or that the reader has left.
    """
    began, ended = time.perf_counter(), "stopped"
    try:
        yield
        ended = "drawn"
    except LotiError:
        ended = "refused"
        raise
    except Exception:
        ended = "failed"
        raise
    finally:
        seconds = time.perf_counter() - began
        renders.labels(page, ended).inc()
        render_seconds.labels(page).observe(seconds)
        logs.write("drawn", page=page, ended=ended, milliseconds=round(seconds * 1000, 1))


def text(current: str, served: int) -> bytes:
    """Return everything that was counted, in the format of Prometheus."""
    release.clear()
    if current:
        release.labels(current).set(1)
    releases.set(served)
    return generate_latest(registry)
