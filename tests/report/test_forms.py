"""The report in its three forms: the same content, so the same numbers, headings, tables and pictures."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from regmodel.report import FORMS, assemble
from regmodel.report.content import Chart, Number, Table, plain
from regmodel.report.forms import write_forms
from regmodel.report.numbering import label, numbered

LANGUAGES = ("en", "zh")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def told(problem: Any) -> None:
    raise AssertionError(problem)


@pytest.fixture(scope="session")
def written(runs: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], dict[str, Path]]:
    """A report of a verdict in a language in all forms, written once."""
    found: dict[tuple[str, str], dict[str, Path]] = {}

    def forms(word: str, language: Any) -> dict[str, Path]:
        if (word, language) not in found:
            folder = tmp_path_factory.mktemp(f"forms-{word}-{language}")
            found[word, language] = write_forms(short(assemble(runs[word], language)), folder, FORMS, told)
        return found[word, language]

    return forms


SECTIONS = ("rests-on", "conflicts", "ways-out", "stages", "clauses", "binding", "paths", "method")
CHARTS = ("chart-people", "chart-water-by-use", "chart-binding")


def short(report):
    """Some chapters, with few rows and charts: what holds of them holds of all, and is sooner set."""

    def cut(block):
        return replace(block, rows=block.rows[:6]) if isinstance(block, Table) else block

    kept = [section for section in report.sections if section.id in SECTIONS]
    blocks = [
        [cut(block) for block in section.blocks if not isinstance(block, Chart) or block.id in CHARTS]
        for section in kept
    ]
    sections = (replace(section, blocks=tuple(own[:14])) for section, own in zip(kept, blocks, strict=True))
    return replace(report, sections=tuple(sections))


def numbers_of(report) -> list[str]:
    """Every number of a report as it is shown, in order."""
    found: list[str] = []

    def visit(thing) -> None:
        if isinstance(thing, Number):
            found.append(thing.text)
        elif isinstance(thing, tuple | list):
            for part in thing:
                visit(part)
        elif hasattr(thing, "__dataclass_fields__") and not isinstance(thing, Number):
            for name in thing.__dataclass_fields__:
                visit(getattr(thing, name))

    visit(report.sections)
    return found


def squeezed(text: str) -> str:
    """Text without what setting adds to it: spaces, breaks, zero-width joints."""
    return re.sub(r"[\s\u200b\xad]+", "", text)


def word_text(path: Path) -> str:
    import docx

    document = docx.Document(str(path))
    return "\n".join("".join(node.text or "" for node in p.iter(f"{W}t")) for p in document.element.body.iter(f"{W}p"))


def pdf_text(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()


def page_text(path: Path) -> str:
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"<[^>]+>", "", page).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.slow
@pytest.mark.parametrize(("word", "language"), [("feasible", "en"), ("infeasible", "zh")])
def test_all_three_forms_state_the_numbers_of_the_verdict(runs, written, need_program, word, language):
    """Text taken out of HTML, Word and PDF holds every number of the content, and those of verdict.json with it."""
    need_program("pdftoppm")
    files = written(word, language)
    report = short(assemble(runs[word], language))
    wanted = set(numbers_of(report))
    texts = {"html": page_text(files["html"]), "docx": word_text(files["docx"]), "pdf": pdf_text(files["pdf"])}
    for form, text in texts.items():
        held = squeezed(text)
        assert {number for number in wanted if squeezed(number) not in held} == set(), form
    verdict = runs[word].verdict
    attainability = f"{verdict['attainability']:.2f}"
    worst = next(b for s in report.sections for b in s.blocks if isinstance(b, Table) and b.id == "worst-margins")
    for form, text in texts.items():
        held = squeezed(text)
        assert attainability in held, form
        for row in worst.rows:
            cells = [squeezed(plain(cell)) for cell in row.cells[1:4]]
            assert all(cell in held for cell in cells), (form, cells)


@pytest.mark.slow
@pytest.mark.parametrize(("word", "language"), [("feasible", "en"), ("infeasible", "zh")])
def test_the_word_file_has_real_headings_tables_captions_contents_and_page_numbers(runs, written, word, language):
    """What an office needs to go on working with it: styles, fields, alternative texts, links that lead somewhere."""
    import docx

    report = short(assemble(runs[word], language))
    document = docx.Document(str(written(word, language)["docx"]))
    body = document.element.body
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert titles == [section.title for section in report.sections]
    blocks = [block for section in report.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    charts = [block for block in blocks if isinstance(block, Chart)]
    heads = [table for table in body.iter(f"{W}tbl") if table.find(f".//{W}tblHeader") is not None]
    assert len(heads) == len(tables)
    captions = ["".join(node.text or "" for node in p._p.iter(f"{W}t")) for p in document.paragraphs
                if p.style.name == "Caption"]  # fmt: skip
    numbers = numbered(report)
    assert len(captions) == len(tables) + len(charts)
    for block in (*tables, *charts):
        assert any(text.startswith(label(block, numbers[block.id], report.language)) for text in captions), block.id
    fields = "".join(node.text or "" for node in body.iter(f"{W}instrText"))
    assert "TOC" in fields
    assert "SEQ Table" in fields
    assert "PAGE" in "".join(node.text or "" for node in document.sections[0].footer._element.iter(f"{W}instrText"))
    assert len(document.inline_shapes) == len(charts)
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described == [chart.described for chart in charts]
    set_ = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    led_to = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    assert led_to
    assert led_to <= set_
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(f"{W}eastAsia") == ("SimSun" if language == "zh" else "Microsoft YaHei")


@pytest.mark.slow
def test_the_pdf_has_bookmarks_page_numbers_and_the_chinese_font(runs, written, need_program):
    """A reader can leap to a chapter; the contents name pages; Chinese is set in a font that has it."""
    need_program("pdftoppm")
    path = written("infeasible", "zh")["pdf"]
    report = short(assemble(runs["infeasible"], "zh"))
    text = squeezed(pdf_text(path))
    for section in report.sections:
        assert re.search(re.escape(squeezed(section.title)) + r"\.+\d+", text), section.title
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True).stdout.decode()
    assert "CJK" in fonts
    assert b"/Outlines" in path.read_bytes() or b"/ObjStm" in path.read_bytes()


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize(("word", "language"), [("feasible", "en"), ("infeasible", "zh")])
def test_libreoffice_opens_the_word_file(written, need_program, artefacts, tmp_path, word, language):
    """LibreOffice sets the pages; pictures of Word file and PDF are kept for people to look at."""
    office, draw = need_program("libreoffice"), need_program("pdftoppm")
    files = written(word, language)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(files["docx"])]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    rendered = tmp_path / "report.pdf"
    held = squeezed(pdf_text(rendered))
    assert squeezed("Attainability" if language == "en" else "可达度") in held
    folder = artefacts / "report"
    folder.mkdir(exist_ok=True)
    for name, path in (("word", rendered), ("pdf", files["pdf"])):
        target = folder / f"{word}-{language}-{name}"
        subprocess.run([draw, "-r", "60", "-l", "4", "-png", str(path), str(target)], check=True)
    for form, path in files.items():
        shutil.copy(path, folder / f"{word}-{language}.{form}")
    assert len(list(folder.glob(f"{word}-{language}-word-*.png"))) >= 3


def test_without_the_libraries_of_type_the_rest_is_written(runs, tmp_path, monkeypatch):
    """A machine without Pango is told what to install, in both languages; page and Word file are there."""

    class NoPango:
        def find_spec(self, name, path=None, target=None):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    problems = []
    expected = tomllib.loads((Path(__file__).parent / "problems.toml").read_text(encoding="utf-8"))
    report = replace(assemble(runs["undecided"], "en"), sections=())
    files = write_forms(report, tmp_path, FORMS, problems.append)
    assert list(files) == ["html", "docx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.docx", "report.html"]
    assert [problem.render(language) for problem in problems for language in LANGUAGES] == list(
        expected["K-01"].values()
    )


def test_a_form_that_there_is_not_is_refused(capsys):
    """The option names the three forms, in both languages."""
    from regmodel.cli import PROBLEM, main

    assert main(["run", "plan", "--report", "html,odt"]) == PROBLEM
    assert '"odt": must be of html, docx, pdf / 须为 html, docx, pdf 之一' in capsys.readouterr().err
