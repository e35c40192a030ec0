"""The report as PDF: the same page, set on paper with page numbers, contents and bookmarks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path

from regmodel.report.content import Report
from regmodel.report.html import render


def write_pdf(report: Report, pictures: Mapping[str, str], path: Path) -> Path:
    """Write a report as PDF; raises OSError where the libraries that set type are missing on this machine."""
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    # A report is whole: its pictures stand in it, and nothing else is fetched for it.
    fetcher = URLFetcher(allowed_protocols=("data",))
    draft = path.with_name(f".{path.name}.draft")
    HTML(string=render(report, pictures, paged=True), url_fetcher=fetcher).write_pdf(draft)
    draft.replace(path)
    return path
