"""A program of its own for tests: the command line over the records of a given package folder.

``python driver.py HOME VERB …`` runs one command. ``python driver.py HOME kill DESIGN STORE SEED TIMES`` starts the
batch again and again, kills it each time after a random while, and ends with how often it was killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path


def main(arguments):
    import regmodel.params.folder

    # A background job of a shell begins with interrupts ignored, and tests may run in one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    regmodel.params.folder._PACKAGE = Path(arguments[0])
    if arguments[1] == "kill":
        return kill(Path(arguments[2]), Path(arguments[3]), random.Random(int(arguments[4])), int(arguments[5]))
    from regmodel import cli

    return cli.main(arguments[1:])


def kill(design, store, chance, times):
    """Children by fork, so that each begins at once with everything imported; the last one is left to end.

    Kills come later and later until some fall after a chunk, whatever the speed of the machine.
    """
    from regmodel.batch.running import batch

    killed, longest, there = 0, 0.2, 0
    for turn in range(times + 1):
        end = time.monotonic() + chance.uniform(0, longest) if turn < times else None
        child = os.fork()
        if child == 0:
            batch(design, store, resume=True)
            os._exit(0)
        status = ended(child, end)
        if status == 0:
            break
        assert status == signal.SIGKILL, f"a batch ended with {status}"
        killed += 1
        now = len(list(store.glob("results/part=*/chunk-*")))
        longest *= 1.2 if now > there else 2
        there = now
    sys.stdout.write(f"killed {killed}\n")
    return 0


def ended(child, end):
    """The status of a child that ended by itself, or was killed when its time was over."""
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        if end is not None and time.monotonic() >= end:
            os.kill(child, signal.SIGKILL)
            return os.waitpid(child, 0)[1]
        time.sleep(0.002)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
