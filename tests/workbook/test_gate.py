"""Files that no parser may see: each is refused by the zip alone, with a reason, quickly and in little memory."""

import os
import tracemalloc
import warnings
import zipfile
from pathlib import Path

import pytest

from regmodel.vocabulary.problems import InputProblems
from regmodel.workbook.gate import check_package
from regmodel.workbook.limits import LIMITS, MEBIBYTE, Limits

SMALL = b'<?xml version="1.0" encoding="UTF-8"?><workbook/>'


def package(path: Path, parts: dict[str, bytes], *, book: bytes = SMALL) -> Path:
    """A zip with a workbook part and others."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", book)
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def codes(path: Path) -> list[str]:
    """Codes of the problems for which a file is refused."""
    with pytest.raises(InputProblems) as raised:
        check_package(path)
    return [problem.code for problem in raised.value.problems]


def test_the_shipped_workbook_passes_with_room_to_spare(book):
    check_package(book)
    assert book.stat().st_size < LIMITS.file_bytes / 20


def test_a_missing_file(tmp_path):
    assert codes(tmp_path / "none.xlsx") == ["W-08"]


def test_a_file_that_is_too_large(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as stream:
        stream.truncate(LIMITS.file_bytes + 1)
    assert codes(path) == ["W-01"]


def test_an_encrypted_or_old_workbook(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with pytest.raises(InputProblems) as raised:
        check_package(path)
    assert raised.value.problems.render("en") == (
        "old.xls  [W-02]\n"
        "  found      an encrypted workbook or an old .xls file\n"
        "  expected   an .xlsx or .xlsm workbook without a password\n"
        "  to do      open it in Excel, WPS or LibreOffice and save it as .xlsx (without a password)."
    )


def test_a_binary_workbook(tmp_path):
    path = tmp_path / "a.xlsb"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("xl/workbook.bin", b"x")
    assert codes(path) == ["W-02"]


@pytest.mark.parametrize("content", [b"", b"hello", b"<html/>"])
def test_no_zip_at_all(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(content)
    assert codes(tmp_path / "a.xlsx") == ["W-02"]


def test_a_zip_that_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as target:
        target.writestr("readme.txt", b"x")
    assert codes(tmp_path / "a.xlsx") == ["W-02"]


def test_a_part_with_a_password(book):
    raw = bytearray(book.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    book.write_bytes(raw)
    assert codes(book)[0] == "W-02"


def test_too_many_parts(tmp_path):
    parts = {f"xl/p{number}.xml": b"" for number in range(LIMITS.entries)}
    assert codes(package(tmp_path / "a.xlsx", parts)) == ["W-03"]


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.xml", "xl/../../up.xml", "C:/x.xml", "xl\\..\\x.xml"])
def test_a_name_that_leads_elsewhere(tmp_path, name):
    assert codes(package(tmp_path / "a.xlsx", {name: b"x"})) == ["W-04"]


def test_a_part_twice(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as target:
            for name in ("xl/workbook.xml", "xl/sheet.xml", "XL/sheet.XML"):
                target.writestr(name, SMALL)
    assert codes(path) == ["W-04"]


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path):
    """600 MB of blanks in a small zip: refused after the first fifty, whatever the zip says of its size."""
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        target.writestr("xl/workbook.xml", SMALL)
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            blank = b" " * MEBIBYTE
            for _ in range(600):
                part.write(blank)
    tracemalloc.start()
    try:
        assert codes(path) == ["W-05"]
        assert tracemalloc.get_traced_memory()[1] < 20 * MEBIBYTE
    finally:
        tracemalloc.stop()


def test_a_small_bomb_is_known_by_its_ratio(tmp_path):
    assert codes(package(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": b" " * 5 * MEBIBYTE})) == ["W-06"]


def test_a_part_that_unpacks_past_the_limit(tmp_path):
    noise = os.urandom(64 * 1024)
    content = (noise + bytes(900 * 1024)) * 60
    assert codes(package(tmp_path / "a.xlsx", {"xl/media/a.bin": content})) == ["W-05"]


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">]><x/>',
        b"<x>" + b" " * 700_000 + b"<!ENTITY a 'b'></x>",
        b"<x>" + b" " * (256 * 1024 - 6) + b"<!DOCTYPE y></x>",
        '<?xml version="1.0" encoding="UTF-16"?><x/>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-7"?><x/>',
    ],
    ids=["external entity", "billion laughs", "late entity", "across two chunks", "UTF-16", "UTF-7"],
)
def test_xml_that_could_do_something(tmp_path, content):
    assert codes(package(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": content})) == ["W-07"]


def test_a_damaged_file(book):
    raw = bytearray(book.read_bytes())
    raw[2000:2400] = bytes(400)
    book.write_bytes(raw)
    assert codes(book) == ["W-08"]


def test_a_file_cut_short(book):
    raw = book.read_bytes()
    book.write_bytes(raw[: len(raw) // 2])
    assert codes(book) == ["W-02"]


def test_names_of_parts_are_made_harmless_in_messages(tmp_path):
    path = package(tmp_path / "a.xlsx", {"../{0}\x1b[31m" + "x" * 300: b"x"})
    with pytest.raises(InputProblems) as raised:
        check_package(path)
    (problem,) = raised.value.problems
    assert "\x1b" not in problem.found.en
    assert len(problem.found.en) < 200


def test_a_million_styled_blank_rows_are_counted(tmp_path, book):
    """They are counted while they unpack: no parser sees them."""
    row = b'<row r="1"><c r="A1" s="1"/></row>'
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", row * 1_048_000 + b"</sheetData>")
            target.writestr(entry.filename, content)
    assert codes(tmp_path / "a.xlsx") == ["W-09"]


@pytest.mark.parametrize("joint", range(1, 6))
def test_rows_are_counted_across_chunks(tmp_path, joint, monkeypatch):
    """Wherever a chunk ends inside a tag, each row counts once."""
    monkeypatch.setattr("regmodel.workbook.gate.CHUNK", joint + 7)
    parts = {"xl/worksheets/sheet1.xml": b"<sheetData>" + b'<row r="1"/><x:row/><row>' * 40 + b"</sheetData>"}
    path = package(tmp_path / "a.xlsx", parts)
    check_package(path, Limits(rows=120))
    with pytest.raises(InputProblems) as raised:
        check_package(path, Limits(rows=119))
    assert "more than 119 rows" in raised.value.problems.render("en")
