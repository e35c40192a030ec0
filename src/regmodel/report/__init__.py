"""Runs into the sentences, tables and charts that a planner reads; one content model serves every form."""

from regmodel.report.forms import FORMS, write_comparison, write_report, write_reports
from regmodel.report.outline import assemble

__all__ = ["FORMS", "assemble", "write_comparison", "write_report", "write_reports"]
