"""What a benchmark ran on: processor, memory, system, and the versions that matter."""

import os
import platform
import resource
import sys
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_PACKAGES = "streamlit duckdb pandas numpy plotly pandera statsmodels fairlearn".split()


def described() -> dict[str, str]:
    """Return the machine, the versions and the day, by what each is called."""
    return {
        "Day": f"{datetime.now(UTC):%Y-%m-%d}",
        "Processors": f"{cores()} × {_processor()}",
        "Memory": f"{_memory() / 1e9:.0f} GB",
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
    } | {name: version(name) for name in _PACKAGES}


def cores() -> int:
    """Return on how many processors this process may run."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def most_memory() -> int:
    """Return the most bytes of memory that this process has had."""
    # Not what the system counts for it, which begins with what the process had that started it.
    with suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    # In kilobytes, except on a Mac.
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _processor() -> str:
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if "model name" in line)
    return platform.processor() or platform.machine()


def _memory() -> int:
    if sys.platform == "win32":
        return 0
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
