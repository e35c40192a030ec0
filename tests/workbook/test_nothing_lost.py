"""Whatever happens during a run in file mode, nothing of the analyst's is lost: own sheets, open files, crashes."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from tests.workbook.own_sheets import ELSEWHERE, NOTES, ODD_PART, PLAIN, add_odd_part, add_own_sheets, parts_of

from regmodel.vocabulary.texts import Text
from regmodel.workbook.blocks import BLOCK_SHEETS
from regmodel.workbook.read import read_with_counts, read_workbook
from regmodel.workbook.results import write_results

VALUE = re.compile(rb"<v>[^<]*</v>|<v\s*/>")
CALC = re.compile(rb"<calcPr[^>]*/>")
WRITER = """
import sys, time
from pathlib import Path
from regmodel.workbook import replace
path, moment = Path(sys.argv[1]), sys.argv[2]

def stop(*_):
    print("here", flush=True)
    time.sleep(60)

if moment == "half written":
    replace.zipfile.ZipFile.writestr = stop
elif moment == "written":
    replace.open_mark = stop
elif moment == "half kept":
    replace.shutil.copy2 = lambda old, new: (Path(new).write_bytes(b"half"), stop())
elif moment == "kept":
    keep = replace._keep_old
    replace._keep_old = lambda old: (keep(old), stop())
replace.put_parts(path, {"xl/workbook.xml": b"new"}, replace.digest_of(path), None)
"""


@pytest.fixture
def own_book(open_desk, book):
    """The plan's workbook with sheets of the analyst, as a spreadsheet program saved it."""
    desk = open_desk(book)
    add_own_sheets(desk.book, "SUM('Data 结果数据'!F6:F20)")
    path = desk.save()
    add_odd_part(path)
    return path


def part_of(path: Path, title: str) -> str:
    """The part of a sheet in a workbook that openpyxl saved."""
    return f"xl/worksheets/sheet{openpyxl.load_workbook(path, read_only=True).sheetnames.index(title) + 1}.xml"


def test_every_part_of_the_analysts_stays_byte_for_byte(own_book, feasible_run, plan):
    """All parts are compared: result sheets change, readers of results lose stored values only, nothing else moves."""
    before = parts_of(own_book)
    assert write_results(own_book, feasible_run) == own_book
    after = parts_of(own_book)
    assert list(before) == list(after)
    ours = {part_of(own_book, feasible_title) for feasible_title in result_titles(own_book)}
    readers = {part_of(own_book, title) for title in (NOTES, ELSEWHERE)}
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= ours | readers
    assert part_of(own_book, PLAIN) not in changed
    assert after[ODD_PART] == before[ODD_PART]
    for name in readers:
        assert VALUE.sub(b"", before[name]) == VALUE.sub(b"", after[name])
        assert b"<v>" not in after[name].split(b"<f>", 1)[1].split(b"</c>", 1)[0]
    assert read_workbook(own_book) == plan


def result_titles(path: Path) -> list[str]:
    """Titles of the result sheets of a workbook."""
    names = openpyxl.load_workbook(path, read_only=True).defined_names
    return [names[f"rm_sheet_{code}"].attr_text.rsplit("!", 1)[0].strip("'") for code in (*BLOCK_SHEETS, "charts")]


def test_of_the_workbook_part_only_the_order_to_calculate_changes(own_book, feasible_run):
    with_order = parts_of(own_book)["xl/workbook.xml"]
    without = with_order.replace(b' fullCalcOnLoad="1"', b"")
    assert without != with_order
    rewrite(own_book, "xl/workbook.xml", without)
    write_results(own_book, feasible_run)
    after = parts_of(own_book)["xl/workbook.xml"]
    assert CALC.sub(b"", after) == CALC.sub(b"", without)
    assert b'fullCalcOnLoad="1"' in CALC.search(after).group()


def rewrite(path: Path, part: str, content: bytes) -> None:
    """The same package with another content in one part."""
    from regmodel.workbook.replace import digest_of, put_parts

    put_parts(path, {part: content}, digest_of(path), None)


@pytest.mark.parametrize("mark", ["~$plan.xlsx", ".~lock.plan.xlsx#", ".~plan.xlsx"])
def test_a_workbook_that_is_open_gets_a_new_name_and_a_word(book, feasible_run, mark):
    """The marks are those of Excel, LibreOffice and WPS."""
    (book.parent / mark).write_text("somebody")
    before, heard = book.read_bytes(), []
    path = write_results(book, feasible_run, say=heard.append)
    assert path != book
    assert book.read_bytes() == before
    assert heard == [
        Text(
            f"plan.xlsx is open in another program; the results are in {path.name}. "
            f"(If it is not open, delete {mark} beside it.)",
            f"plan.xlsx 正在其他程序中打开；结果已写入 {path.name}。（如并未打开，请删除其旁的 {mark}。）",
        )
    ]
    assert not path.with_name("plan.xlsx.bak").exists()
    read_workbook(path)


def test_a_workbook_that_windows_holds_gets_a_new_name_and_a_word(book, feasible_run, monkeypatch):
    """Windows refuses to replace a file that a program holds, mark or no mark."""
    replace, heard, before = Path.replace, [], book.read_bytes()

    def held(self, target):
        if Path(target) == book:
            raise PermissionError(13, "in use", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    path = write_results(book, feasible_run, say=heard.append)
    assert book.read_bytes() == before
    assert heard == [
        Text(
            f"plan.xlsx cannot be written over (it is open in another program, or protected); "
            f"the results are in {path.name}.",
            f"plan.xlsx 无法覆盖（正在其他程序中打开，或受保护）；结果已写入 {path.name}。",
        )
    ]
    assert not [each for each in book.parent.iterdir() if each.name.startswith(".regmodel-")]


def test_a_name_with_braces_is_a_name(book, feasible_run):
    odd = book.rename(book.with_name("plan {0}.xlsx"))
    (book.parent / "~$plan {0}.xlsx").write_text("")
    heard = []
    write_results(odd, feasible_run, say=heard.append)
    assert heard[0].en.startswith("plan {0}.xlsx is open")


def test_inputs_changed_during_a_run_are_not_given_its_results(light_book, open_desk, feasible_run, tmp_path):
    """The new inputs stay, the results of the old ones stand beside, and a word says so."""
    book = Path(shutil.copy(light_book, tmp_path / "plan.xlsx"))
    reading = read_with_counts(book)
    desk = open_desk(book)
    desk.put("water.records", "water.use_base.ORDOS", "value", 14.8)
    before, heard = desk.save().read_bytes(), []
    path = write_results(book, feasible_run, reading=reading, say=heard.append)
    assert path != book
    assert book.read_bytes() == before
    assert heard == [
        Text(
            f"plan.xlsx was changed while it ran; the results of what was read before are in {path.name}. "
            "Run it again.",
            f"plan.xlsx 在运行期间被改动；按改动前内容得到的结果已写入 {path.name}。请重新运行。",
        )
    ]


def test_a_save_in_the_very_moment_of_writing_is_not_lost(book, feasible_run, monkeypatch):
    """The workbook is read again, so that what was saved in between is in the file with the results."""
    from regmodel.workbook import replace

    saved = []

    def save_once(path):
        if not saved:
            saved.append(path)
            add_odd_part(path)

    monkeypatch.setattr(replace, "open_mark", save_once)
    assert write_results(book, feasible_run) == book
    assert saved == [book]
    assert ODD_PART in parts_of(book)


def test_rows_of_the_analysts_inside_a_result_block_are_not_overwritten(book, feasible_run):
    """A block with another size than it was written with is in doubt: the results get a workbook of their own."""
    part = parts_of(book)["xl/workbook.xml"].decode()
    (area,) = re.findall(r'name="rm_block_verdict">([^<]*)<', part)
    last = int(area.rsplit("$", 1)[1])
    longer = area.rsplit("$", 1)[0] + f"${last + 1}"
    rewrite(book, "xl/workbook.xml", part.replace(area, longer).encode())
    before, heard = book.read_bytes(), []
    path = write_results(book, feasible_run, say=heard.append)
    assert path.name.startswith("plan-results-")
    assert book.read_bytes() == before
    assert "has no result sheets of regmodel that can be filled" in heard[0].en


def test_lost_result_sheets_are_not_guessed(open_desk, book, feasible_run):
    desk = open_desk(book)
    del desk.book["Data 结果数据"]
    path = write_results(desk.save(), feasible_run)
    assert path != book


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are not Windows's")
@pytest.mark.parametrize("moment", ["half written", "written", "half kept", "kept"])
def test_a_kill_in_the_middle_leaves_the_old_file(moment, tmp_path, light_book, root):
    """Killed at any moment, the workbook is whole, and so is the ``.bak`` of the run before."""
    book, kept = tmp_path / "plan.xlsx", tmp_path / "plan.xlsx.bak"
    shutil.copy(light_book, book)
    kept.write_bytes(b"the run before")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(book), moment],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
    )
    with writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"here\n"
        writer.kill()
        assert writer.wait() == -signal.SIGKILL
    assert book.read_bytes() == light_book.read_bytes()
    assert kept.read_bytes() == (light_book.read_bytes() if moment == "kept" else b"the run before")


def test_a_full_disc_leaves_the_old_file_and_nothing_else(book, feasible_run, monkeypatch):
    before = book.read_bytes()

    def broken(self, target):
        raise OSError("the disc is full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="disc is full"):
        write_results(book, feasible_run)
    monkeypatch.undo()
    assert book.read_bytes() == before
    assert [path.name for path in book.parent.iterdir()] == ["plan.xlsx"]
