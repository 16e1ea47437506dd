"""The turn of whoever loads libraries after the start: one thread at a time.

Threads that import the same libraries from several ends come to wait for each other. Python then
hands one of them a library that is half loaded, and its import fails.
"""

from threading import Lock

one_at_a_time = Lock()
