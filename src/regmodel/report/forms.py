"""The forms of a report: one content, drawn once, written as HTML, Word and PDF."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.report.beside import NOTHING, Beside
from regmodel.report.content import Report
from regmodel.report.outline import assemble
from regmodel.report.svg import drawn
from regmodel.vocabulary.problems import Problem
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.runs import Run
    from regmodel.runs.comparing import Comparison

FORMS = ("html", "docx", "pdf")
FILE_NAMES = {form: f"report.{form}" for form in FORMS}
_TYPESETTING = Text(
    "the libraries that set type (Pango) are missing on this machine: {what}",
    "本机缺少排版所需的程序库（Pango）：{what}",
)
_PDF_NEEDS = Text("WeasyPrint with Pango, for report.pdf only", "WeasyPrint 及 Pango，仅 report.pdf 需要")
_PDF_MEND = Text(
    "Debian: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; macOS: brew install pango; "
    "Windows: pacman -S mingw-w64-x86_64-pango in MSYS2. Everything else is written",
    "Debian：sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0；macOS：brew install pango；"
    "Windows：在 MSYS2 中执行 pacman -S mingw-w64-x86_64-pango。其余形式均已写出",
)


def write_report(run: Run, folder: Path, lang: Language) -> Path:
    """Write the page of a run into a folder and return its path; OSError where the folder cannot be written."""
    return write_forms(assemble(run, lang), folder, ("html",), lambda problem: None)["html"]


def write_reports(
    run: Run,
    folder: Path,
    lang: Language,
    forms: Sequence[str],
    tell: Callable[[Problem], None],
    beside: Beside = NOTHING,
) -> dict[str, Path]:
    """Write a run's report in the forms asked for and return where each is; ``tell`` hears of one that cannot be."""
    return write_forms(assemble(run, lang, beside), folder, forms, tell)


def write_comparison(
    found: Comparison, folder: Path, lang: Language, forms: Sequence[str], tell: Callable[[Problem], None]
) -> dict[str, Path]:
    """Write the report on several runs in the forms asked for; ``tell`` hears of one that cannot be."""
    from regmodel.report.compare_report import assemble_comparison

    return write_forms(assemble_comparison(found, lang), folder, forms, tell)


def write_forms(report: Report, folder: Path, forms: Sequence[str], tell: Callable[[Problem], None]) -> dict[str, Path]:
    """Write one report in several forms; a form that this machine cannot set is told and left out."""
    pictures = drawn(report)
    written = {}
    for form in FORMS:
        if form in forms:
            path = _write(form, report, pictures, folder / FILE_NAMES[form], tell)
            if path is not None:
                written[form] = path
    return written


def _write(
    form: str, report: Report, pictures: Mapping[str, str], path: Path, tell: Callable[[Problem], None]
) -> Path | None:
    if form == "html":
        from regmodel.report.html import write_html

        return write_html(report, pictures, path)
    if form == "docx":
        from regmodel.report.word import write_word

        return write_word(report, pictures, path)
    missing = _not_set()
    if missing is not None:
        tell(missing)
        return None
    from regmodel.report.pdf import write_pdf

    return write_pdf(report, pictures, path)


def _not_set() -> Problem | None:
    """What keeps this machine from setting type; None where nothing does."""
    try:
        import weasyprint  # noqa: F401
    except (OSError, ImportError) as error:
        what = str(error).splitlines()[0]
        return Problem("K-01", "report.pdf", _TYPESETTING.fill(what=what), _PDF_NEEDS, _PDF_MEND, severity="warning")
    return None
