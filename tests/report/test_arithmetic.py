"""The chapter on arithmetic, in report and workbook: what takes an assumed number is marked, and nothing else."""

from __future__ import annotations

import pytest

from regmodel.report.clashes import contradictions_section
from regmodel.report.content import Paragraph, Words, plain
from regmodel.report.figures import Figures
from regmodel.workbook.blocks import CONTRADICTIONS
from regmodel.workbook.values import result_rows

LEAD = {
    "en": "No model stands behind this chapter: only figures that the plans print, the census, and sums anybody can "
    "redo. A finding marked “assumed” also takes a number that no document prints, and does not count as found on "
    "paper.",
    "zh": "本章不用任何模型：只用规划所印数字和人口普查数据，演算任何人都可复核。标有“假设”的条目还用到"
    "没有文件印出的数值，不计入“仅看文本”的结论。",
}
KINDS = {
    "en": {False: "contradiction", True: "contradiction, takes an assumed number"},
    "zh": {False: "矛盾", True: "矛盾（用到假设数值）"},
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_chapter_marks_what_takes_an_assumed_number(invented_run, language):
    run = invented_run("feasible")
    section = contradictions_section(Figures(run), language)
    assert plain(section.blocks[0].line) == LEAD[language]
    told = [block.line for block in section.blocks if isinstance(block, Paragraph) and block.role == "finding"]
    marked = [any(isinstance(part, Words) and part.role == "assumed" for part in words) for words in told]
    order = ["contradiction", "tension", "already_met", "compatible", "check"]
    assert marked == [one.assumed for one in sorted(run.contradictions, key=lambda one: order.index(one.status))]
    assert {True, False} == set(marked)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_says_which_kind(invented_run, language):
    run = invented_run("feasible")
    rows = [row for row in result_rows(CONTRADICTIONS, run, language) if str(row[5]).startswith(KINDS[language][False])]
    found = [one.assumed for one in run.contradictions if one.status == "contradiction"]
    assert [row[5] for row in rows] == [KINDS[language][assumed] for assumed in found]
    assert {True, False} == set(found)
