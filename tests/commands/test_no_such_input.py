"""A command that is given the name of nothing says once which names there are, and that a workbook will do."""

from __future__ import annotations

import pytest

from regmodel import cli

NAMES = "baseline, dry_years, high_growth, infeasible, low_migration, plan, water_saving"
TOLD = {
    "en": (
        "nothing_like_it  [S-01]\n"
        '  found      "nothing_like_it"\n'
        f"  expected   a workbook (.xlsx), a scenario file (.toml) or one of the shipped scenarios: {NAMES}\n"
        "  to do      give one of these names, or the path of a file that is there\n"
    ),
    "zh": (
        "nothing_like_it  [S-01]\n"
        '  填写为        "nothing_like_it"\n'
        f"  应为         工作簿（.xlsx）、情景文件（.toml）或自带情景之一：{NAMES.replace(', ', '、')}\n"
        "  请处理        请给出上述名称之一，或现有文件的路径\n"
    ),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_of_nothing_is_told_once_which_names_there_are(language, capsys):
    assert cli.main(["validate", "nothing_like_it", "--lang", language]) == 1
    told = capsys.readouterr()
    assert told.err == TOLD[language]
    assert told.out == ""
