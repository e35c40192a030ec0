"""A way out as a planner applies it: copied from verdict.json into a scenario file, and run."""

from __future__ import annotations

import json

import pytest

from regmodel import cli
from regmodel.workbook.read import read_workbook


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_way_out_copied_from_the_verdict_runs_and_holds(pair_shipped, pair_folders, tmp_path, capsys, language):
    """The run is whole: so is its workbook, with the end that gives way in a cell of its own."""
    told = json.loads((pair_folders["thirsty"] / "verdict.json").read_text(encoding="utf-8"))["repairs"]
    way = next(repair for repair in told if repair["kind"] == "smallest")
    lines = [
        f'"{key}" = {{ value = {value!r}, reason = "way out of the last run" }}'
        for change in way["changes"]
        for key, value in change["override"].items()
    ]
    assert lines
    path = tmp_path / "mended.toml"
    path.write_text('name = "mended"\nparent = "thirsty"\n[override]\n' + "\n".join(lines) + "\n", encoding="utf-8")
    assert cli.main(["run", str(path), "--out", str(tmp_path / "runs"), "--lang", language]) == 0
    assert capsys.readouterr().err == ""
    key = next(iter(way["changes"][0]["override"]))
    (folder,) = (tmp_path / "runs").iterdir()
    assert cli.main(["verify", str(folder)]) == 0
    (book,) = folder.glob("*.xlsx")
    again = read_workbook(book)
    assert {one.key: one.value for one in again.own} == way["changes"][0]["override"]
    assert (folder / "report.html").is_file()
    assert key in (folder / "scenario.toml").read_text(encoding="utf-8")
