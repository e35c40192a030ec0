"""One file a verb: what it takes (``declare``) and its one call; heavy rooms are imported when it is called."""

from __future__ import annotations

from regmodel.commands import backcast, diagnose, export, frontier, new, run, watch

# In the order of `regmodel --help`, after the verbs that the command line declares itself.
VERBS = (watch, backcast, diagnose, frontier, export)

__all__ = ["VERBS", "new", "run"]
