"""How the server's sockets send: at once, however little it is.

An answer is written in two parts, head and body. Without this the second waits until the other
side has confirmed the first, which on a kept-alive connection it does after 40 milliseconds.
"""

import os
import socket
import stat
from contextlib import suppress


def send_at_once() -> int:
    """Set TCP_NODELAY on the sockets on which this process listens; return how many.

    asyncio would set it itself, but not on a socket that was made without naming its protocol, as
    Streamlit's is. Sockets that are accepted have it from the one that listens, on Linux.
    """
    found = 0
    for number in _open_files():
        with suppress(OSError), socket.socket(fileno=os.dup(number)) as same:
            inet = same.family in (socket.AF_INET, socket.AF_INET6)
            if inet and same.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                same.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                found += 1
    return found


def _open_files() -> list[int]:
    """Return the numbers of the open sockets of this process; without /proc, none."""
    numbers = []
    with suppress(OSError):
        for name in os.listdir("/proc/self/fd"):
            with suppress(OSError):
                if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                    numbers.append(int(name))
    return numbers
