"""Does what a page tells the reader to do, and holds what comes out against what the page shows.

`python docs/walk.py PAGE…` says where a page shows something else than what happens; with `--write` the
outputs are written into the page anew. A page is read from top to bottom:

- a block `console` holds commands after `$ ` and below each what it prints; `…` stands for what differs from run to
  run, on a line of its own for any number of lines;
- a block `python` is run, and a block `text` after it is what it prints;
- a block `toml` goes into the file that the line above it names;
- a table with the head `Sheet | Cell | Type` is typed into the workbook that the line above it names;
- a table with the head `Sheet | Cell | Shows` is what stands in it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

STEP = re.compile(
    r"^```(?P<kind>console|python|toml|text)\n(?P<body>.*?)^```$"
    r"|^(?P<head>\| Sheet \| Cell \| (?:Type|Shows) \|)\n(?P<line>\|[-| ]+\|)\n(?P<rows>(?:\|[^\n]*\n)+)",
    flags=re.MULTILINE | re.DOTALL,
)
_LINES = re.MULTILINE | re.DOTALL
NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w])")
SMALL, YEARS = 20, range(1980, 2051)
NAMED = re.compile(r"`([\w.-]+\.(?:toml|xlsx))`")
OTHER_PROCESS = ("batch",)  # its workers begin as a program of their own
Starter = Callable[[list[str]], int]


@dataclass
class Walk:
    """One reader in one empty folder; ``start`` runs a command of regmodel and gives its exit status."""

    start: Starter
    names: dict[str, Any] = field(default_factory=dict)
    status: int = 0
    printed: str = ""

    def console(self, body: str) -> str:
        """A block of commands with what each really prints below it."""
        told = []
        for command, _ in commands(body):
            out = self.command(command)
            told.append(f"$ {command}\n{out}")
        return "".join(told)

    def command(self, command: str) -> str:
        """What a command prints, as a terminal shows it: answer and remarks in the order in which they come."""
        words = [part for word in shlex.split(command) for part in _spread(word)]
        if words == ["echo", "$?"]:
            return f"{self.status}\n"
        if words[0] != "regmodel":
            raise ValueError(f"a page may tell the reader to type regmodel and echo $?, and not: {command}")
        heard = io.StringIO()
        if words[1] in OTHER_PROCESS:
            done = subprocess.run(
                [sys.executable, "-m", "regmodel.cli", *words[1:]],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                text=True, encoding="utf-8", check=False,
            )  # fmt: skip
            self.status = done.returncode
            return done.stdout
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard):
            self.status = self.start(words[1:])
        return "".join(f"{line.rstrip()}\n" for line in heard.getvalue().splitlines())

    def python(self, body: str) -> None:
        """Run a block of Python; what it prints waits for the block that shows it."""
        heard = io.StringIO()
        with contextlib.redirect_stdout(heard):
            exec(compile(body, "the page", "exec"), self.names)
        self.printed = heard.getvalue()


def commands(body: str) -> list[tuple[str, str]]:
    """The commands of a block, each with what the page shows below it."""
    found: list[tuple[str, str]] = []
    for line in body.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        else:
            command, shown = found[-1]
            found[-1] = (command, shown + line)
    return found


def agrees(shown: str, real: str) -> bool:
    """Whether what a page shows is what came out, with `…` for anything."""
    signs = []
    for line in shown.splitlines():
        if line.strip() == "…":
            signs.append(r"(?:.*\n)*?")
        else:
            signs.append(".*?".join(re.escape(part) for part in line.rstrip().split("…")) + r"\n")
    return re.fullmatch("".join(signs), real) is not None


def shortened(shown: str, real: str) -> str:
    """The new output as the page showed the old one: lines that it left out stay out, and so do parts of lines."""
    if agrees(shown, real):
        return shown
    old, new = shown.splitlines(), real.splitlines()
    if "…" not in shown:
        return real
    kept: list[str] = []
    for number, line in enumerate(old):
        if line.strip() == "…":
            kept.append("…")
            continue
        start = line.partition("…")[0][:18]
        fits = [one for one in new if one.startswith(start)] or [one for one in new if one[:6] == line[:6]]
        kept.append(line if agrees(f"{line}\n", f"{fits[0]}\n") else fits[0]) if fits else kept.append(
            f"?? {line} {number}"
        )
    return "".join(f"{line}\n" for line in kept)


def walk(page: str, start: Starter) -> tuple[str, list[str]]:
    """The page with its outputs as they came out, and where it showed something else; runs in the present folder."""
    reader, at = Walk(start), 0
    wrong: list[str] = []
    parts: list[str] = []
    for step in STEP.finditer(page):
        before = page[at : step.start()]
        parts.append(before)
        at = step.end()
        body, kind, made = step["body"], step["kind"], step[0]
        if step["rows"] is not None:
            rows = [[part.strip() for part in row.strip("| ").split("|")] for row in step["rows"].splitlines()]
            if "Type" in step["head"]:
                type_in(_named("".join(parts)), rows)
            else:
                stands = shows(_named("".join(parts)), rows, wrong)
                made = "\n".join([step["head"], step["line"], *(f"| {' | '.join(row)} |" for row in stands), ""])
        elif kind == "toml":
            Path(_named("".join(parts))).write_text(body, encoding="utf-8")
        elif kind == "python":
            reader.python(body)
        elif kind == "text" and before.strip("\n") == "":
            made = f"```text\n{_held(body, reader.printed, 'Python', wrong)}```"
        elif kind == "console":
            told = []
            for command, shown in commands(body):
                told.append(f"$ {command}\n{_held(shown, reader.command(command), command, wrong)}")
            made = f"```console\n{''.join(told)}```"
        parts.append(made)
    return "".join([*parts, page[at:]]), wrong


def loose_numbers(page: str) -> list[str]:
    """Numbers in the sentences of a page that none of its commands, files, cells and outputs shows.

    What rounds a shown number counts as shown; years and what one counts on fingers and toes are no results.
    """
    shown = {float(found.replace(",", "")) for step in STEP.finditer(page) for found in NUMBER.findall(step[0])}
    prose = re.sub(r"\]\([^)]*\)|`[^`\n]*`|^\d+\. |^#.*$|^```.*?^```$", " ", STEP.sub(" ", page), flags=_LINES)
    loose = []
    for found in NUMBER.findall(prose):
        value, places = float(found.replace(",", "")), len(found.partition(".")[2])
        small = not places and (value <= SMALL or value in YEARS)
        if not small and not any(round(one, places) == value for one in shown):
            loose.append(found)
    return loose


def type_in(book: str, rows: list[list[str]]) -> None:
    """Type values into cells and save, as a spreadsheet program does."""
    import openpyxl

    opened = openpyxl.load_workbook(book)
    for sheet, cell, value in ([part.strip("`") for part in row] for row in rows):
        try:
            opened[sheet][cell] = float(value)
        except ValueError:
            opened[sheet][cell] = value
    opened.save(book)


def shows(book: str, rows: list[list[str]], wrong: list[str]) -> list[list[str]]:
    """What really stands in the cells that a page shows; `…` stands for any part of it."""
    import openpyxl

    opened, found = openpyxl.load_workbook(book, read_only=True), []
    for sheet, cell, shown in rows:
        value = opened[sheet][cell].value
        real = "" if value is None else f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())
        if not agrees(f"{shown}\n", f"{real}\n"):
            wrong.append(f"{book}, {sheet}!{cell}: the page shows {shown}, there stands {real}")
        found.append([sheet, cell, shown if agrees(f"{shown}\n", f"{real}\n") else real])
    opened.close()
    return found


def _held(shown: str, real: str, what: str, wrong: list[str]) -> str:
    if not agrees(shown, real):
        wrong.append(f"{what}\n--- the page shows\n{shown}--- what came out\n{real}")
    return shortened(shown, real)


def _named(words: str) -> str:
    """The file that the last line before a block names."""
    names = NAMED.findall(words)
    if not names:
        raise ValueError(f"no file is named before a block: {words[-200:]}")
    return str(names[-1])


def _spread(word: str) -> list[str]:
    """A word with stars as the names that it stands for, as a shell does."""
    found = sorted(path.as_posix() for path in Path().glob(word)) if "*" in word else []
    return found or [word]


def main(arguments: list[str]) -> int:
    """Walk through pages, each in a folder of its own; 1 where one shows something else than what came out."""
    from regmodel.cli import main as regmodel

    anew = "--write" in arguments
    failed = 0
    for name in (one for one in arguments if one != "--write"):
        path = Path(name).resolve()
        here = Path.cwd()
        with tempfile.TemporaryDirectory() as folder:
            for scenario in path.parent.glob("*.toml"):
                shutil.copy(scenario, folder)
            os.chdir(folder)
            try:
                page, wrong = walk(path.read_text(encoding="utf-8"), regmodel)
            finally:
                os.chdir(here)
        if anew and wrong:
            path.write_text(page, encoding="utf-8", newline="\n")
        for one in wrong:
            print(f"{path.name}: {one}")
        failed += bool(wrong)
    return 1 if failed and not anew else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
