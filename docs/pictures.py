"""Pictures of the workbook's sheets for docs/workbook.md, made by LibreOffice from a real run of the shipped plan.

`python docs/pictures.py` makes them anew into docs/pictures (some minutes; needs soffice, pdftotext and pdftoppm).
Beside them `layout.json` keeps a mark of the layout that each sheet had; a test says when a picture is older.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook import cover
from regmodel.workbook.blocks import CHECKED, RESULT_BLOCKS
from regmodel.workbook.compare_blocks import COMPARE_BLOCKS
from regmodel.workbook.layout import SHEETS, TABLES, Sheet

if TYPE_CHECKING:
    from regmodel.runs import Run

FOLDER = Path(__file__).resolve().parent / "pictures"
MARKS = FOLDER / "layout.json"
LANGUAGES: tuple[Language, ...] = ("en", "zh")
DOTS_PER_INCH = "130"
COLOURS = 32
TOP = 0.5  # of a page: what stands below goes on as it began
COVERS = ("start", "about")


def shown() -> tuple[Sheet, ...]:
    """The sheets that people see, in the order of the workbook."""
    return tuple(sheet for sheet in SHEETS if sheet.role != "hidden")


def marks() -> dict[str, str]:
    """A mark of the layout of each sheet: its titles, tables, columns and result blocks as they are declared."""
    blocks = (*RESULT_BLOCKS, *COMPARE_BLOCKS, CHECKED)
    words = {name: value for name, value in sorted(vars(cover).items()) if isinstance(value, Text | tuple | dict)}
    told = {}
    for sheet in shown():
        parts: list[object] = [sheet]
        parts += [table for table in TABLES if table.sheet == sheet.code]
        parts += [block for block in blocks if block.sheet == sheet.code]
        if sheet.code in COVERS:
            parts += [(name, value) for name, value in words.items() if "Text(" in repr(value)]
        told[sheet.code] = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
    return told


def draw(run: Run, language: Language, folder: Path) -> dict[str, Path]:
    """The first page of each sheet of the filled workbook as a picture, by the code of the sheet."""
    from regmodel.workbook.results import write_results
    from regmodel.workbook.write import write_workbook

    book = write_workbook(folder / f"plan-{language}.xlsx", run.scenario, language)
    write_results(book, run)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call("soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(book))
    pages = book.with_suffix(".pdf")
    told = call("pdftotext", "-layout", str(pages), "-").split("\f")
    found: dict[str, Path] = {}
    for sheet in shown():
        title = sheet.title.read(language)
        foot = re.compile(rf"regmodel\s+{re.escape(title)}\s+\d+ / \d+\s*$")
        number = next(at for at, words in enumerate(told, start=1) if foot.search(words.rstrip()))
        place = folder / f"{language}-{sheet.code}"
        only = ("-f", str(number), "-l", str(number), "-singlefile")
        call("pdftoppm", "-r", DOTS_PER_INCH, *only, "-png", str(pages), str(place))
        found[sheet.code] = place.with_suffix(".png")
    return found


def call(*command: str) -> str:
    """Run a program to its end; what it said."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, timeout=300)
    return done.stdout


def save_small(picture: Path, target: Path) -> None:
    """Keep the upper part without its empty margin, in few colours: a page of a spreadsheet has no more."""
    from PIL import Image, ImageChops

    with Image.open(picture) as opened:
        page = opened.convert("RGB")
    page = page.crop((0, 0, page.width, round(page.height * TOP)))
    white = Image.new("RGB", page.size, (255, 255, 255))
    left, top, right, bottom = ImageChops.difference(page, white).getbbox() or (0, 0, *page.size)
    page = page.crop((max(left - 8, 0), max(top - 8, 0), min(right + 8, page.width), min(bottom + 8, page.height)))
    target.parent.mkdir(parents=True, exist_ok=True)
    page.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def main() -> int:
    """Make every picture anew and keep the marks of the layout that they show."""
    from regmodel.runs import run
    from regmodel.scenario import load

    finished = run(load("plan"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {language: draw(finished, language, folder) for language in LANGUAGES}
        shutil.rmtree(FOLDER, ignore_errors=True)
        for language, pictures in made.items():
            for code, picture in pictures.items():
                save_small(picture, FOLDER / language / f"{code}.png")
    MARKS.write_text(json.dumps(marks(), indent=1) + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
