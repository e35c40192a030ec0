"""The exit statuses of the program, as README.md lists them."""

from __future__ import annotations

DONE, PROBLEM, NOT_FEASIBLE, UNDECIDED, BUG, INTERRUPTED = 0, 1, 2, 3, 4, 130
STATUS = {"feasible": DONE, "infeasible": NOT_FEASIBLE, "undecided": UNDECIDED}
