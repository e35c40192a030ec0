"""``regmodel watch``: runs a workbook again each time it is saved, for WPS, LibreOffice and where macros are barred."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands.exits import PROBLEM, STATUS
from regmodel.commands.run import RUNS, run_with_report, speak
from regmodel.commands.side_by_side import BookRun, compared_again, run_book
from regmodel.commands.terminal import aside
from regmodel.vocabulary.problems import InputProblems
from regmodel.vocabulary.refused import file_problem
from regmodel.vocabulary.texts import Language, Text

if TYPE_CHECKING:
    from regmodel.scenario import Scenario
    from regmodel.workbook.read import Reading
    from regmodel.workbook.saves import Saves

_WATCHING = Text(
    "watching {name}: save it and it runs; Ctrl-C ends this", "正在监视 {name}：保存即运行；按 Ctrl-C 结束"
)
_RUNNING = Text("{name} was saved: running", "{name} 已保存：正在运行")
_SAME = Text("{name}: same inputs as before, same results", "{name}：输入未变，结果相同")
_AGAIN = Text("{name} was saved again meanwhile: running again", "{name} 在运行期间再次保存：重新运行")
_BESIDE = Text(
    "{name} is open in another program: the results are in {other}; once it is closed they go into it too",
    "{name} 正在其他程序中打开：结果在 {other} 中；关闭后也将写入该工作簿",
)
_CLOSED = Text("{name} was closed: the results are in it now", "{name} 已关闭：结果已写入其中")
_GONE = Text("{name} is gone; waiting for it to come back", "{name} 不见了；等待其恢复")
_WAITING = Text("waiting for the next save", "等待下一次保存")


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("book", type=Path, metavar="BOOK.xlsx")
    verb.add_argument(
        "--out", type=Path, default=Path(RUNS), metavar="DIR", help="where run folders are kept (default: runs)"
    )
    verb.add_argument(
        "--by", choices=("clause", "year", "region"), default="clause", help="parts of clauses that conflicts are of"
    )
    verb.add_argument("--runs", type=_count, metavar="N", help="end after so many saves (default: until Ctrl-C)")
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.set_defaults(call=call)


def _count(text: str) -> int:
    """The number of a --runs; raises ArgumentTypeError in both languages, the option --lang not being read yet."""
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f'"{text}": must be a whole number above 0 / 须为大于 0 的整数')
    return int(text)


def call(options: argparse.Namespace, language: Language) -> int:
    """Run now and after each save until interrupted; with --runs, the exit status is that of the last run."""
    from regmodel.workbook.gate import check_package
    from regmodel.workbook.saves import Saves

    check_package(options.book)
    aside(_WATCHING.fill(name=options.book.name), language)
    saves = Saves(options.book)
    watch = Watch(options, language, saves)
    count = 0
    while options.runs is None or count < options.runs:
        event = saves.next()
        if event == "saved":
            watch.saved()
            count += 1
            aside(_WAITING, language)
        elif event == "closed":
            watch.closed()
        else:
            aside(_GONE.fill(name=options.book.name), language)
    return watch.status


@dataclass
class Watch:
    """What is known of one watched workbook: its last run, and whether its results still wait for it to be closed."""

    options: argparse.Namespace
    language: Language
    saves: Saves
    wanted: list[Scenario] | None = None
    reading: Reading | None = None
    finished: BookRun | None = None
    pending: bool = False
    status: int = PROBLEM

    @property
    def path(self) -> Path:
        """The workbook."""
        book: Path = self.options.book
        return book

    def saved(self) -> None:
        """Read the workbook, run where its inputs changed and put the results; what is wrong is told, nothing ends."""
        try:
            while not self._run_once():
                self._say(_AGAIN)
        except InputProblems as found:
            self._tell(found)
        except OSError as error:
            self._tell(InputProblems([file_problem(error)]))

    def closed(self) -> None:
        """Put the results that waited into the workbook itself."""
        from regmodel.workbook.read import same_inputs
        from regmodel.workbook.results import write_results

        try:
            if self.pending and self.finished and self.reading and same_inputs(self.path, self.reading):
                done = self.finished
                book = write_results(
                    self.path, done.shown, reading=self.reading, say=self._aside, compared=done.compared
                )
                if book == self.path:
                    self._written(self.reading)
                    self._say(_CLOSED)
                self.pending = False
        except (InputProblems, OSError) as error:
            self._tell(error if isinstance(error, InputProblems) else InputProblems([file_problem(error)]))

    def _written(self, reading: Reading) -> None:
        """Our own write is no save of anybody's, unless somebody saved other inputs in the same moment."""
        from regmodel.workbook.read import same_inputs
        from regmodel.workbook.replace import digest_of

        digest = digest_of(self.path)
        if same_inputs(self.path, reading):
            self.saves.seen(digest)

    def _run_once(self) -> bool:
        """One run of the workbook as it stands; False when it was saved with other inputs meanwhile."""
        from regmodel.workbook.read import read_with_counts, same_inputs

        reading = read_with_counts(self.path)
        self.saves.seen(reading.digest)
        report: Path | None = None
        if self.finished is not None and self.reading is not None and reading.wanted == self.wanted:
            self._say(_SAME)
            if reading.scenarios != self.reading.scenarios:
                self.finished = compared_again(self.finished, reading, self.options, self.language)
        else:
            self._say(_RUNNING)
            self.finished = run_book(reading, reading.wanted, self.options, self.language, run_with_report)
            report = self.finished.report
        self.wanted, self.reading = reading.wanted, reading
        if not same_inputs(self.path, reading):
            return False
        book, shown = self._put(self.finished, reading), self.finished.shown
        if sys.stderr.isatty():
            print("\x1b[2K\r", end="", file=sys.stderr)
        if report is not None:
            assert shown.folder is not None
            speak(shown, self.language, {"report": report, "workbook": book, "folder": shown.folder})
        self.status = STATUS[str(shown.verdict["verdict"])]
        return True

    def _put(self, finished: BookRun, reading: Reading) -> Path:
        """The results into the workbook; while it is open elsewhere, into one workbook beside it, always the same."""
        from regmodel.workbook.replace import free_name, open_mark
        from regmodel.workbook.results import write_results
        from regmodel.workbook.write import write_results_book

        self.pending = open_mark(self.path) is not None
        if not self.pending:
            book = write_results(
                self.path, finished.shown, reading=reading, say=self._aside, compared=finished.compared
            )
            if book == self.path:
                self._written(reading)
            return book
        other = self.path.with_name(f"{self.path.stem}-results.xlsx")
        if open_mark(other) is not None:
            other = free_name(self.path)
        write_results_book(other, finished.shown, reading.stamp.language, reading, finished.compared)
        self._aside(_BESIDE.fill(name=self.path.name, other=other.name))
        return other

    def _say(self, said: Text) -> None:
        self._aside(said.fill(name=self.path.name))

    def _aside(self, said: Text) -> None:
        aside(said, self.language)

    def _tell(self, found: InputProblems) -> None:
        self.status = PROBLEM
        print(found.problems.render(self.language), file=sys.stderr)
