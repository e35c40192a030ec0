"""A way out as a planner applies it: copied from verdict.json into a scenario file, and run."""

from __future__ import annotations

import json

import openpyxl
import pytest

from regmodel import cli


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_way_out_copied_from_the_verdict_runs_and_holds(pair_shipped, pair_folders, tmp_path, capsys, language):
    """The run is whole: its workbook has no cell for an end that gives way, says so and holds the results."""
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
    said = capsys.readouterr().err
    key = next(iter(way["changes"][0]["override"]))
    assert key in said
    assert {"en": "holds the results alone", "zh": "只含结果"}[language] in said
    (folder,) = (tmp_path / "runs").iterdir()
    assert cli.main(["verify", str(folder)]) == 0
    (book,) = folder.glob("*.xlsx")
    sheets = openpyxl.load_workbook(book, read_only=True).sheetnames
    assert len(sheets) < 10
    assert (folder / "report.html").is_file()
    assert key in (folder / "scenario.toml").read_text(encoding="utf-8")
