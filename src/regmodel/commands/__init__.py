"""One file a verb: what it takes (``declare``) and its one call; heavy rooms are imported when it is called."""

from __future__ import annotations

# In the order of `regmodel --help`, which imports none of the files: that takes as long as all the rest.
VERBS = {
    "new": "write a fresh workbook",
    "run": "run a workbook, a scenario file or a shipped scenario",
    "validate": "list every problem of a workbook, a scenario, a design or params; solve nothing",
    "verify": "check a run's verdict again, exactly and without a solver",
    "watch": "run a workbook again each time it is saved",
    "compare": "runs side by side and what differs is due to; or two workbooks, cell by cell",
    "backcast": "score the projection against observed values",
    "warning": "load of water and land by region and year, in the standard's classes",
    "diagnose": "find the conflicts of a linear model in a file, and the ways out",
    "frontier": "what two clauses cost each other; --max, the best value of one; --alternatives",
    "explain": "from a number to its equation, its inputs and their sources",
    "export": "write a run, or a batch, for other programs: CSV, IAMC or parquet",
    "export-records": "an analyst's better numbers as records that others can take over",
    "batch": "judge every scenario of a design, on this machine or on a cluster",
    "answers": "what a finished batch answers; --break-even, from which value on plans hold",
    "doctor": "what is installed, what works here, what to do about the rest",
}
