"""The macro project: the stock one of xlwings with our three macros, and nothing else of it touched."""

import struct
from pathlib import Path

import pytest
import xlwings
from hypothesis import given
from hypothesis import strategies as st

from regmodel.workbook.live import project
from regmodel.workbook.live.compound import Compound
from regmodel.workbook.live.vba import pack, unpack

STREAMS = ("dir", "Sheet1", "Sheet2", "Module1", "xlwings", "Dictionary", "ThisWorkbook", "_VBA_PROJECT", "PROJECT")


@pytest.fixture(scope="module")
def stock():
    return project.stock_project()


@pytest.fixture(scope="module")
def ours():
    return project.macro_project()


def test_a_packed_text_unpacks_to_itself_by_hand():
    """MS-OVBA 3.2.3: "#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa" and its container, as printed there."""
    printed = (
        "01 2F B0 00 23 61 61 61 62 63 64 65 82 66 00 70 61 67 68 69 6A 01 38 08 61 6B 6C 00 30 6D 6E 6F 70 06 71 02 "
        "70 04 10 72 73 74 75 76 10 77 78 79 7A 00 3C"
    )
    text = b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa"
    assert unpack(bytes.fromhex(printed)) == text
    assert len(pack(text)) <= len(bytes.fromhex(printed))


@given(st.text(alphabet="ab \r\nSub'", max_size=300))
def test_packing_and_unpacking_is_the_identity(text):
    assert unpack(pack(text.encode())) == text.encode()


@pytest.mark.parametrize("size", [1200, 1261, 1312])
def test_our_text_can_be_packed_to_a_wanted_size(size):
    """The stream of another release of xlwings may be a little shorter or longer: the text still fills it exactly."""
    packed = pack(project.macro_text().encode("cp1252"), size)
    assert (len(packed), unpack(packed).decode("cp1252")) == (size, project.macro_text())


def test_a_stream_that_is_too_short_is_told():
    with pytest.raises(ValueError, match="cannot be packed into 200 bytes"):
        pack(project.macro_text().encode("cp1252"), 200)


def test_the_unpacked_stock_module_is_the_text_that_xlwings_publishes(stock):
    """Our reader against the text file that stands beside the template in the same package."""
    published = Path(xlwings.__file__).with_name("xlwings.bas").read_text(encoding="utf-8")
    lines = [line.strip() for line in project.module_text(stock, "xlwings").splitlines() if line.strip()]
    expected = [line.strip() for line in published.splitlines() if line.strip()]
    assert lines[:200] == expected[:200]


def test_only_our_module_and_the_directory_of_modules_change(stock, ours):
    before, after = Compound(stock), Compound(ours)
    changed = [name for name in STREAMS if before.read(name) != after.read(name)]
    assert changed == ["dir", "Module1"]
    assert len(ours) == len(stock)


def test_the_directory_changes_by_where_our_text_begins(stock, ours):
    """Four bytes at most: the place of Module1's text, which is now the first of its stream."""
    before, after = unpack(Compound(stock).read("dir")), unpack(Compound(ours).read("dir"))
    places = [at for at in range(len(before)) if before[at] != after[at]]
    assert len(before) == len(after)
    assert {after[at] for at in places} == {0}
    assert len(places) <= struct.calcsize("<I")


@pytest.mark.parametrize(("macro", "function"), project.MACROS.items())
def test_each_macro_calls_its_function_whatever_the_file_is_called(ours, macro, function):
    text = project.module_text(ours, "Module1")
    assert f'Sub {macro}()\r\nRunPython "import regmodel.workbook.live as x;x.{function}()"\r\nEnd Sub' in text
    assert "ThisWorkbook" not in text


def test_each_function_that_a_macro_calls_is_there():
    import regmodel.workbook.live as entry

    assert [name for name in project.MACROS.values() if callable(getattr(entry, name, None))] == [
        "run",
        "validate",
        "report",
    ]
