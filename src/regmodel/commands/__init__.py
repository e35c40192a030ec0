"""One file a verb: what it takes (``declare``) and its one call; heavy rooms are imported when it is called."""

from __future__ import annotations

from regmodel.commands import (
    answers,
    backcast,
    batch,
    compare,
    diagnose,
    doctor,
    explain,
    export,
    export_records,
    frontier,
    new,
    run,
    validate,
    warning,
    watch,
)

# In the order of `regmodel --help`, after the verbs that the command line declares itself.
VERBS = (watch, compare, backcast, warning, diagnose, frontier, explain, export, export_records, batch, answers, doctor)

__all__ = ["VERBS", "new", "run", "validate"]
