"""How often one address may ask: a bucket of tokens for each, and a bound on all of them."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

# Whoever has one address of version 6 has all that share its first 64 bits.
_NETWORK_BITS = 64
# Beyond these the one not seen for longest is forgotten, about 2 MB.
_MOST = 10_000
_SHARES_PER_MINUTE = 30


class Buckets:
    """Buckets that fill evenly up to what a minute allows."""

    def __init__(
        self, per_minute: int, most: int = _MOST, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._size, self._most, self._clock = float(per_minute), most, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._left)

    def wait(self, address: str) -> float:
        """Take a token for an address; return how many seconds until it gets one, or 0.

        >>> buckets = Buckets(2, clock=lambda: 0.0)
        >>> [buckets.wait("192.0.2.1") for _ in range(3)]
        [0.0, 0.0, 30.0]
        """
        caller, now = _caller(address), self._clock()
        with self._lock:
            tokens, since = self._left.pop(caller, (self._size, now))
            tokens = min(self._size, tokens + (now - since) * self._size / 60)
            enough = tokens >= 1
            self._left[caller] = (tokens - 1 if enough else tokens, now)
            if len(self._left) > self._most:
                self._left.popitem(last=False)
        return 0.0 if enough else (1 - tokens) * 60 / self._size


def _caller(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        # As a socket for both versions has every address of version 4.
        return str(found.ipv4_mapped)
    if isinstance(found, IPv6Address):
        return str(int(found) >> (128 - _NETWORK_BITS))
    return str(found)


_shares = Buckets(_SHARES_PER_MINUTE)


def limited(address: str | None) -> bool:
    """Return whether an address has tried too many ids of shared views; counts as one try."""
    return _shares.wait(address or "") > 0
