"""Where results go when the file is a link, belongs to somebody else, or stands where nothing can be written."""

import os
import shutil
from pathlib import Path

import pytest

from regmodel.cli import main
from regmodel.workbook.read import read_with_counts
from regmodel.workbook.results import write_results


def test_a_link_stays_a_link_and_the_file_it_leads_to_is_filled(pair_book, pair_run, tmp_path):
    """As a desktop that links to a shared folder: the shared file holds the results, its old self stays beside it."""
    shared = tmp_path / "shared" / "pair.xlsx"
    shared.parent.mkdir()
    before = pair_book.read_bytes()
    pair_book.rename(shared)
    link = tmp_path / "desk.xlsx"
    link.symlink_to(shared)
    assert write_results(link, pair_run, reading=read_with_counts(link)) == link
    assert link.is_symlink()
    assert shared.read_bytes() != before
    assert shared.with_name("pair.xlsx.bak").read_bytes() == before
    assert sorted(path.name for path in shared.parent.iterdir()) == ["pair.xlsx", "pair.xlsx.bak"]


def test_a_mark_beside_the_file_that_a_link_leads_to_counts(pair_book, pair_run, tmp_path):
    """Somebody else has the shared file open: it is left alone."""
    before = pair_book.read_bytes()
    link = tmp_path / "desk" / "mine.xlsx"
    link.parent.mkdir()
    link.symlink_to(pair_book)
    pair_book.with_name("~$pair.xlsx").write_bytes(b"")
    heard = []
    other = write_results(link, pair_run, reading=read_with_counts(link), say=heard.append)
    assert (other.parent, pair_book.read_bytes()) == (link.parent, before)
    assert len(heard) == 1
    assert "mine.xlsx is open in another program" in heard[0].en


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can own a file of another's")
def test_a_file_keeps_its_owner_where_root_fills_it(pair_book, pair_run):
    """So that its owner can still save it."""
    os.chown(pair_book, 65534, 65534)
    pair_book.chmod(0o640)
    write_results(pair_book, pair_run, reading=read_with_counts(pair_book))
    for path in (pair_book, pair_book.with_name("pair.xlsx.bak")):
        state = path.stat()
        assert (state.st_uid, state.st_gid, state.st_mode & 0o777) == (65534, 65534, 0o640)


def test_a_run_is_not_lost_with_the_place_of_its_workbook(
    pair_book, pair_run, pair_folders, tmp_path, monkeypatch, capsys
):
    """The folder of the workbook takes nothing: the verdict is said all the same, and where its results are."""
    folder = Path(shutil.copytree(pair_folders["pair"], tmp_path / "runs" / "one"))

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("regmodel.workbook.results.write_results", full)
    monkeypatch.setattr("regmodel.commands.run.run_with_report", lambda *_: (_in(pair_run, folder), folder))
    before = pair_book.read_bytes()
    assert main(["run", str(pair_book), "--out", str(tmp_path / "runs"), "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "Feasible" in said.out
    other = folder / "one.xlsx"
    assert f"pair.xlsx could not be written (No space left on device) and is as it was; the results are in {other}" in (
        said.err
    )
    assert other.exists()
    assert pair_book.read_bytes() == before


def _in(run, folder):
    from dataclasses import replace

    return replace(run, folder=folder)
