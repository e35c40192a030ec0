"""One scenario from records to verdict and run folder; verify, compare, explain, back-cast."""

from regmodel.runs.model import Run
from regmodel.runs.running import run

__all__ = ["Run", "run"]
