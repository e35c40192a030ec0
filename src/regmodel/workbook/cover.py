"""Start, About and the hidden lists: what the workbook says about itself."""

from __future__ import annotations

from collections.abc import Sequence

from regmodel.params import ParameterBook
from regmodel.plans import Clause
from regmodel.scenario import Scenario
from regmodel.vocabulary.texts import Text
from regmodel.workbook.contents import subject_of
from regmodel.workbook.data_rows import shown_regions
from regmodel.workbook.layout import SHEETS, STAMP_NAME, SUBJECTS, word
from regmodel.workbook.live.equipment import write_limit
from regmodel.workbook.live.words import MACROS, NOTICES, SETTINGS
from regmodel.workbook.live.words import steps as live_steps
from regmodel.workbook.pen import Pen
from regmodel.workbook.rows import switch_word
from regmodel.workbook.said import kind_words
from regmodel.workbook.stamp import Stamp

_HEADLINE = Text("Can the plans' targets hold together?", "各项规划目标能否同时实现？")
_WHAT = Text(
    "This workbook holds every assumption, target and lever of the model regmodel for five plans of Inner Mongolia and "
    "the Hohhot-Baotou-Ordos-Yulin cluster. The model projects its regions from 2020 to 2035 and tests whether the "
    "plans' targets can hold together under the water and the land that there are.",
    "本工作簿列出 regmodel 模型的全部假设、目标与措施，涉及内蒙古和呼包鄂榆城市群的五部规划。"
    "模型推演各盟市 2020—2035 年的发展，检验各项规划目标在现有水土资源条件下能否同时实现。",
)
_NO_MACROS = Text(
    "There are no macros, no external links and no hidden calculations in this workbook.",
    "本工作簿不含宏、外部链接或隐藏计算。",
)
_STEPS = (
    Text("Read the verdict on the sheet Results.", "在“结果”表查看结论。"),
    Text(
        "Change yellow cells: assumptions by subject, readings of targets, levers, the parent scenario.",
        "修改黄色单元格：各专题假设、目标的读法、措施、父情景。",
    ),
    Text("Give your source and your reason at the right of what you changed.", "在修改处右侧注明来源和理由。"),
    Text("Save the workbook as .xlsx.", "将工作簿保存为 .xlsx。"),
    Text("Run:  regmodel run {name}", "运行：regmodel run {name}"),
    Text(
        "Open it again: the result sheets are new, everything else is as you left it; the file before the run is kept "
        "beside it as .bak.",
        "重新打开：结果各表已更新，其余内容保持不变；运行前的文件以 .bak 保存在旁。",
    ),
)
_BEFORE_RUNNING = 3
_LEGEND = (
    ("entry_text", Text("yellow with blue letters", "黄底蓝字"), Text("yours to change", "可由您修改")),
    ("text", Text("white", "白色"), Text("explains; protected without password", "说明内容；受保护，无密码")),
    ("result", Text("grey", "灰色"), Text("written by the model at each run", "每次运行由模型写入")),
    (
        "assumed",
        Text("D or E", "D 或 E"),
        Text("an assumption: no document gives this number", "假设值：没有文件给出该数"),
    ),
    (
        "strong",
        Text("A to C", "A 至 C"),
        Text(
            "A statutory or census; B yearbook, bulletin or mirror; C paper or model estimate",
            "A 法定或普查数据；B 年鉴、公报或转载；C 论文或模型估计",
        ),
    ),
)
_PARTS = {
    "how": Text("How to run it", "运行方法"),
    "legend": Text("Legend", "图例"),
    "sheets": Text("Sheets", "各表"),
    "scenario": Text("Scenario of this workbook", "本工作簿的情景"),
    "sources": Text("Sources", "来源"),
    "plans": Text("Plans and regulations", "规划与法规"),
    "licences": Text("Licences and notices", "许可与声明"),
    "version": Text("Version and data", "版本与数据"),
}
_LICENCES = (
    Text(
        "regmodel is free software under the MIT licence: use, change and pass it on; it comes without any warranty.",
        "regmodel 为 MIT 许可的自由软件：可使用、修改和传播；不提供任何担保。",
    ),
    Text(
        "Figures are quoted from the sources named beside them; their rights stay with their publishers.",
        "所引数据均注明来源，其权利归原发布者所有。",
    ),
    Text(
        "This file was made with XlsxWriter (BSD 2-clause licence). Notices of all libraries stand in NOTICES.",
        "本文件由 XlsxWriter（BSD 2-clause 许可）生成。各程序库的声明见 NOTICES 文件。",
    ),
)
_VERSION_WORDS = {
    "version": Text("regmodel", "regmodel 版本"),
    "template": Text("template", "模板版本"),
    "parent": Text("written from the scenario", "底稿情景"),
    "layers": Text("with the layers", "叠加层"),
    "in_order": Text("the later layer wins", "以后叠加者为准"),
    "records": Text("hash of records and clauses", "记录与条款的散列值"),
    "words": Text("hash of the explanations", "说明文字的散列值"),
    "language": Text("language", "语言"),
}
_READ_UP_TO = Text("sources read up to", "资料截至")


def write_start(pen: Pen, scenario: Scenario, file_name: str) -> None:
    """The front page: what this is, how to run it, the legend and the sheets."""
    code, sheet = "start", pen.sheets["start"]
    pen.columns(code, (6, 30, 74, 30))
    pen.put(code, 0, 0, "regmodel", "title")
    pen.put(code, 1, 0, pen.long(_HEADLINE), "subtitle")
    line = 3
    sheet.fit_to_pages(1, 1)
    macros = {"macro": MACROS, "addin": SETTINGS}.get(pen.equipment, _NO_MACROS)
    for text in (_WHAT, macros):
        pen.put_across(code, line, 1, 2, pen.lines(text), "prose")
        line += 1
    line = _part(pen, code, line + 1, "scenario")
    pen.put(code, line, 1, scenario.name, "strong")
    pen.put(code, line, 2, f"{pen.lines(scenario.title)}\n{pen.lines(scenario.description)}", "text")
    line = _part(pen, code, line + 2, "how")
    steps = (*_STEPS[:_BEFORE_RUNNING], *live_steps(pen.equipment)) if pen.equipment else _STEPS
    for number, step in enumerate(steps, start=1):
        pen.put(code, line, 1, float(number), "step")
        pen.put(code, line, 2, pen.lines(step.fill(name=file_name)), "prose")
        line += 1
    line = write_limit(pen, line) if pen.equipment else line
    line = _part(pen, code, line + 1, "legend")
    for style, sample, meaning in _LEGEND:
        pen.put(code, line, 1, pen.short(sample), style if style != "entry_text" else "entry_sample")
        pen.put(code, line, 2, pen.lines(meaning), "text")
        line += 1
    line = _part(pen, code, line + 1, "sheets")
    for known in SHEETS:
        if known.role != "hidden" and known.code != code:
            title = pen.title_of(known.code)
            sheet.write_url(line, 1, f"internal:{pen.quoted(known.code)}!A1", pen.styles["link"], title)
            pen.put(code, line, 2, pen.lines(known.purpose), "text")
            line += 1
    sheet.activate()


def _part(pen: Pen, code: str, line: int, part: str) -> int:
    for at in (1, 2):
        pen.put(code, line, at, pen.long(_PARTS[part]) if at == 1 else None, "section")
    return line + 1


def write_about(pen: Pen, scenario: Scenario, stamp: Stamp) -> None:
    """Version, data vintage, plans, sources and licences; no contact data."""
    code, book = "about", scenario.book
    pen.head(code)
    pen.columns(code, (2, 34, 62, 30, 16))
    line = _part(pen, code, 3, "version")
    dates = [source.retrieved for source in book.sources.values() if source.retrieved is not None]
    facts = [(word(_VERSION_WORDS[name], pen.language), value) for name, value in stamp.as_fields().items()]
    facts.append((word(_READ_UP_TO, pen.language), max(dates).isoformat() if dates else "-"))
    line = _pairs(pen, code, line, facts)
    line = _part(pen, code, line + 1, "licences")
    for text in (*_LICENCES, *(NOTICES if pen.equipment == "macro" else ())):
        pen.put(code, line, 1, pen.short(_PARTS["licences"]), "quiet")
        pen.put(code, line, 2, pen.lines(text), "text")
        line += 1
    line = _part(pen, code, line + 1, "plans")
    line = _pairs(pen, code, line, _documents([active.clause for active in scenario.clauses], pen))
    line = _part(pen, code, line + 1, "sources")
    for source in book.sources.values():
        cells = (source.key, _own_title(source.title, pen), source.publisher, source.best_confidence)
        for at, cell in enumerate(cells, start=1):
            pen.put(code, line, at, cell, "quiet" if at == 1 else "centre" if at == 4 else "text")
        line += 1


def _own_title(title: Text, pen: Pen) -> str:
    return pen.lines(title)


def _documents(clauses: Sequence[Clause], pen: Pen) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for clause in clauses:
        if clause.document is not None:
            issued = f"{clause.document.issuer}, {clause.document.issued}".strip(", ")
            found[clause.document.id] = f"{pen.lines(clause.document.title)}\n{issued}"
    return list(found.items())


def _pairs(pen: Pen, code: str, line: int, pairs: Sequence[tuple[str, str]]) -> int:
    for name, value in pairs:
        pen.put(code, line, 1, name, "quiet")
        pen.put(code, line, 2, value, "text")
        line += 1
    return line


def write_lists(
    pen: Pen, book: ParameterBook, scenarios: Sequence[str], clauses: Sequence[Clause], stamp: Stamp
) -> dict[str, str]:
    """The hidden sheet: the stamp and what drop-downs offer; returns the range of each list as a formula."""
    code = "lists"
    for at, (name, value) in enumerate(stamp.as_fields().items()):
        pen.put(code, at, 0, name, "plain")
        pen.put(code, at, 1, value, "plain")
    quoted = pen.quoted(code)
    pen.book.define_name(STAMP_NAME, f"={quoted}!$A$1:$B${len(stamp.as_fields())}")
    caps = sorted({clause.id.split(".")[1] for clause in clauses if clause.id.startswith("cap.")})
    places = shown_regions(book)
    columns: dict[str, list[str]] = {
        "switch": [word(switch_word(on), pen.language) for on in (True, False)],
        "regions": [word(region.name, pen.language) for region in book.regions.regions],
        "places": [word(book.regions.name(place), pen.language) for place in places],
        "place_ids": list(places),
        "scenarios": list(scenarios),
        "variables": caps,
        "kinds": kind_words(book, pen.language),
    }
    for subject in SUBJECTS:
        columns[f"records.{subject}"] = sorted(
            {record_stem(key, book) for key in book.records if subject_of(key) == subject}
        )
    return {name: _column(pen, at, choices, quoted) for at, (name, choices) in enumerate(columns.items(), start=3)}


def record_stem(key: str, book: ParameterBook) -> str:
    """A record's key without its region: what a value of another region is entered under."""
    stem, _, last = key.rpartition(".")
    return stem if last in ("other", "region") or book.regions.is_known(last) else key


def _column(pen: Pen, at: int, choices: Sequence[str], quoted: str) -> str:
    from xlsxwriter.utility import xl_col_to_name

    for row, choice in enumerate(choices):
        pen.put("lists", row, at, choice, "plain")
    name = xl_col_to_name(at)
    return f"={quoted}!${name}$1:${name}${max(1, len(choices))}"
