"""Tables of a Word document: ruled by three lines, head repeated on each page; and the verdict."""

from __future__ import annotations

from collections.abc import Sequence

from regmodel.report.content import Card, Column, Line, Row, Steps, Table
from regmodel.report.widths import column_shares
from regmodel.report.word_parts import BLUE, INK, LINE, QUIET, RED, WASH, Anchors, paragraph, run, runs
from regmodel.report.word_styles import TEXT_TWIPS

ANSWER_COLOURS = {"feasible": BLUE, "infeasible": RED, "undecided": "5C5F66"}
_CELL_ROOM = 70


def table(block: Table, anchors: Anchors, letters: float) -> str:
    """A table as XML; its rows never break across pages and its head comes again on each."""
    widths = _twips(column_shares(block, letters))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(
        _cell(paragraph(run(column.title), "ReportHead", _side(column)), width, border=_line("bottom", 6, INK))
        for column, width in zip(block.columns, widths, strict=True)
    )
    body = "".join(_row(row, block.columns, widths, anchors) for row in block.rows)
    return (
        f"<w:tbl>{_properties(sum(widths), rules=True)}<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
    )


def _row(row: Row, columns: Sequence[Column], widths: Sequence[int], anchors: Anchors) -> str:
    shade = WASH if row.status == "sum" else ""
    cells = []
    for at, (cell, column, width) in enumerate(zip(row.cells, columns, widths, strict=True)):
        inside = runs(cell, anchors, here=row.anchor)
        if not at:
            inside = anchors.around(row.anchor, inside)
        edge = _line("bottom", 4, LINE)
        if not at and row.status == "missed":
            edge = _line("left", 18, RED) + edge
        cells.append(_cell(paragraph(inside, "ReportCell", _side(column)), width, shade=shade, border=edge))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def steps(block: Steps) -> str:
    """The steps side by side, each with the colour and the mark of its answer."""
    widths = _twips([1 / len(block.items)] * len(block.items))
    cells = []
    for number, (step, width) in enumerate(zip(block.items, widths, strict=True), start=1):
        colour = ANSWER_COLOURS.get(step.answer, QUIET)
        inside = (
            paragraph(run(f"{number} · {step.title}", "<w:b/>"), "ReportCell", "<w:keepNext/>")
            + paragraph(run(step.word, _answer(step.answer, colour)), "ReportAnswer")
            + paragraph(run(step.question, f'<w:color w:val="{QUIET}"/><w:sz w:val="14"/>'), "ReportCell")
        )
        edge = _line("top", 30 if step.main else 18, colour)
        cells.append(_cell(inside, width, shade="" if step.main else WASH, border=edge))
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl>{_properties(sum(widths), room=110)}<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr></w:tbl>"
    )


def card(block: Card, anchors: Anchors) -> str:
    """The verdict in its colour with the sentences and facts beside it."""
    widths = _twips([0.24, 0.76])
    colour = ANSWER_COLOURS.get(block.answer, INK)
    word = paragraph(run("".join(_strings(block.title)), '<w:color w:val="FFFFFF"/><w:sz w:val="16"/>'), "ReportCell")
    word += paragraph(anchors.around("verdict", run(block.word)), "ReportVerdict")
    said = "".join(paragraph(runs(line, anchors), "ReportSaid") for line in block.sentences)
    facts = "".join(
        paragraph(run(f"{name}  ", f'<w:color w:val="{QUIET}"/>') + runs(line, anchors), "ReportCell", _SPACED)
        for name, line in block.facts
    )
    cells = _cell(word, widths[0], shade=colour, middle=True) + _cell(said + facts, widths[1])
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f"<w:tbl>{_properties(sum(widths), room=150, box=INK)}<w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _answer(answer: str, colour: str) -> str:
    """A step without one of the three answers says more words, so smaller ones."""
    return f'<w:color w:val="{colour}"/>{"" if answer in ANSWER_COLOURS else _SMALLER}'


_SMALLER = '<w:sz w:val="19"/><w:szCs w:val="19"/>'
_SPACED = '<w:spacing w:before="20" w:after="20"/>'


def _strings(line: Line) -> list[str]:
    return [span if isinstance(span, str) else span.text for span in line]


def _twips(shares: Sequence[float]) -> list[int]:
    return [round(share * TEXT_TWIPS) for share in shares]


def _side(column: Column) -> str:
    return '<w:jc w:val="right"/>' if column.numeric else ""


def _line(side: str, eighths: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="{colour}"/>'


def _properties(width: int, *, rules: bool = False, room: int = _CELL_ROOM, box: str = "") -> str:
    sides = ""
    if rules:
        sides = _line("top", 12, INK) + _line("bottom", 12, INK)
    if box:
        sides = "".join(_line(side, 12, box) for side in ("top", "left", "bottom", "right"))
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if sides else ""
    margins = "".join(
        f'<w:{side} w:w="{amount}" w:type="dxa"/>'
        for side, amount in (("top", 35), ("left", room), ("bottom", 35), ("right", room))
    )
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )


def _cell(inside: str, width: int, *, shade: str = "", border: str = "", middle: bool = False) -> str:
    edges = f"<w:tcBorders>{border}</w:tcBorders>" if border else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    place = '<w:vAlign w:val="center"/>' if middle else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{edges}{fill}{place}</w:tcPr>{inside}</w:tc>'
