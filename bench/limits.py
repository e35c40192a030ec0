"""What a process may spend and has used, as far as the system says."""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time
from typing import Any

OUT_OF_TIME = 75
BETWEEN_LOOKS = 0.2


def _resource() -> Any:
    return importlib.import_module("resource") if sys.platform != "win32" else None


def spend_at_most(seconds: float) -> None:
    """End this process, with a status of its own, once it has used so many CPU seconds."""

    # The system's own limit would do, but while it is set Linux counts CPU time in ticks of some milliseconds.
    def watch() -> None:
        while time.process_time() < seconds:
            time.sleep(BETWEEN_LOOKS)
        os._exit(OUT_OF_TIME)

    threading.Thread(target=watch, daemon=True).start()


def most_memory() -> float | None:
    """The most memory that this process has held, in MB; None where the system does not say."""
    resource = _resource()
    if resource is None:
        return None
    used: float = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used * (1 if sys.platform == "darwin" else 1024) / 1e6


def of_children() -> float:
    """CPU seconds of all programs that this process has started and waited for; the clock where none are counted."""
    resource = _resource()
    if resource is None:
        return time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return float(used.ru_utime + used.ru_stime)
