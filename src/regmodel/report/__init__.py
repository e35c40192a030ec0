"""Runs into the sentences, tables and charts that a planner reads; one content model serves every form."""

from regmodel.report.html import write_report
from regmodel.report.outline import assemble

__all__ = ["assemble", "write_report"]
