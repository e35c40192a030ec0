"""What the run stands on: assumptions with their ranges and who set them, the base year and its adjustments."""

from __future__ import annotations

from itertools import groupby

from regmodel.params import Record
from regmodel.report.changes import ANNEX, set_by
from regmodel.report.content import Block, Column, Line, Paragraph, Row, Section, Span, Table, Words, plain, say
from regmodel.report.figures import Figures
from regmodel.report.labels import ASSUMED as ASSUMED_WORD
from regmodel.report.labels import spoken, variable_label
from regmodel.report.units import printed_label, unit_label
from regmodel.vocabulary.texts import Language, Text

ASSUMED = ("D", "E")
LARGEST_SHOWN = 12
_ASSUMPTIONS = Text("Assumptions, with range and confidence", "假设及其范围和可信度")
_ASSUMED_WHAT = Text(
    "{count} of the {whole} coefficients are assumed: no document gives them. Each has a range, the direction that "
    "makes life harder, and a reason; figures stand as written in the records, in the unit of the row. "
    "{figures} published figures of the base and of history stand beside them.",
    "{whole}项系数中有{count}项为假设：没有文件给出其数值。每项都注明范围、趋严方向和理由；数字按记录原样列出，单位见各行。"
    "此外另有{figures}条已公布的基期和历史数据。",
)
_SUBJECTS = {
    "population": Text("Population", "人口"),
    "output": Text("Output", "产出"),
    "water": Text("Water", "水"),
    "land": Text("Land", "土地"),
    "environment": Text("Environment", "环境"),
    "lever": Text("Levers", "措施"),
    "programme": Text("Preferences of the programme", "优化程序的偏好"),
}
_SET_HERE = Text("What this run sets itself stands in {annex}.", "本次运行自行设定的内容见{annex}。")
_ANNEX_NAME = Text("the annex of changes", "附录“改动清单”")
_HARDER = {
    "up": Text("higher", "越高越严"),
    "down": Text("lower", "越低越严"),
    "mixed": Text("either way", "方向不定"),
}
_FIVE = Text("range of five per cent taken for want of a better one", "无更好依据，取上下百分之五")
_TRANSFERRED = Text("describes another place or time", "借用其他地区或时期")
_BASE = Text("The base year and what was adjusted", "基年及其调整")
_ADJUSTED = Text("Adjustments, the largest first", "各项调整，由大到小")
_REST = Text("The other adjustments", "其余调整")
_UNSEEDED = Text(
    "Cells without a seed, filled by a marked assumption and not by the fitting: {cells}",
    "无初值、以标明的假设而非拟合填补的单元：{cells}",
)
_CORRECTIONS = Text("Slips of the stored texts, as found and as read", "存档文本的讹误：原样与更正")
_HEADS = {
    "record": Text("Assumption", "假设"),
    "value": Text("Value", "取值"),
    "low": Text("Low", "下限"),
    "high": Text("High", "上限"),
    "unit": Text("Unit", "单位"),
    "harder": Text("Harder", "趋严方向"),
    "confidence": Text("Confidence", "可信度"),
    "source": Text("Source and reason", "来源与理由"),
    "quantity": Text("Quantity", "项目"),
    "region": Text("Region", "地区"),
    "part": Text("Part", "分项"),
    "seed": Text("Seed", "初值"),
    "adjusted": Text("Taken", "采用值"),
    "relative": Text("Change, %", "变动，%"),
    "found": Text("As found", "原样"),
    "read": Text("Read as", "更正为"),
    "evidence": Text("Evidence", "依据"),
    "entry": Text("Entry", "项"),
}
_NUMERIC = ("value", "low", "high", "seed", "adjusted", "relative", "found", "read")


def _heads(language: Language, *names: str) -> tuple[Column, ...]:
    return tuple(Column(_HEADS[name].read(language), name in _NUMERIC) for name in names)


def assumptions_section(figures: Figures, language: Language) -> Section:
    """What the scenario sets, then every record by subject; those that no document gives are marked assumed."""
    book = figures.run.scenario.book
    records = book.records
    assumed = [record for record in records.values() if record.confidence in ASSUMED]
    intro = say(
        _ASSUMED_WHAT,
        language,
        count=figures.count("assumed records", assumed),
        whole=figures.count("records", list(records)),
        figures=figures.count("published figures", [f for f in book.figures if f.confidence not in ASSUMED]),
    )
    annex = Words(_ANNEX_NAME.read(language), "", ANNEX)
    blocks: list[Block] = [Paragraph(intro, "lead"), Paragraph(say(_SET_HERE, language, annex=annex), "note")]
    ordered = sorted(
        records.values(),
        key=lambda record: list(_SUBJECTS).index(record.subject) if record.subject in _SUBJECTS else 99,
    )
    for subject, group in groupby(ordered, key=lambda record: record.subject):
        own = sorted(group, key=lambda record: record.confidence not in ASSUMED)
        title = _SUBJECTS.get(subject)
        rows = tuple(_record_row(figures, record, language) for record in own)
        heads = _heads(language, "record", "value", "low", "high", "unit", "harder", "confidence", "source")
        caption: Line = (subject if title is None else title.read(language),)
        blocks.append(Table(f"assumptions-{subject}", caption, heads, rows))
    return Section("assumptions", _ASSUMPTIONS.read(language), tuple(blocks))


def _record_row(figures: Figures, record: Record, language: Language) -> Row:
    key = f"record/{record.key}"
    shown = {
        name: (figures.printed(f"{key}/{name}"),) if getattr(record, name) else ("–",)
        for name in ("printed", "low", "high")
    }
    harder = _HARDER.get(record.harder or "")
    letter: list[Span] = [record.confidence]
    setter = set_by(figures, record, language)
    if setter:
        letter += [" ", Words(plain(setter[:1]), "assumed")]
    elif record.confidence in ASSUMED:
        letter += [" ", Words(ASSUMED_WORD.read(language), "assumed")]
    source = figures.run.scenario.book.sources.get(record.source)
    why: list[Span] = [*setter[1:]] if setter else [record.source if source is None else source.title.read(language)]
    for flag, words in ((record.assumed_range, _FIVE), (record.transferred, _TRANSFERRED)):
        if flag:
            why.append(Words(words.read(language), "id"))
    note = record.note if language == "en" and not setter else ""
    if note:
        why.append(Words(note, "id"))
    return Row(
        (
            (record.title.read(language), Words(record.key, "id")),
            shown["printed"],
            shown["low"],
            shown["high"],
            (printed_label(record.printed_unit, language),),
            ("–" if harder is None else harder.read(language),),
            tuple(letter),
            tuple(why),
        ),
        anchor=f"record-{record.key}",
        status="assumed" if record.confidence in ASSUMED else "",
    )


def base_year_section(figures: Figures, language: Language) -> Section:
    """How the base year was reconciled and by how much each cell moved; corrections of the stored texts."""
    base = figures.run.base
    blocks: list[Block] = [Paragraph((_as_sentence(base.method.read(language), language),), "lead")]
    order = sorted(range(len(base.adjustments)), key=lambda n: -abs(base.adjustments[n].relative))
    for name, caption, own, folded in (
        ("adjustments", _ADJUSTED, order[:LARGEST_SHOWN], False),
        ("adjustments-rest", _REST, order[LARGEST_SHOWN:], True),
    ):
        if own:
            rows = tuple(_adjustment_row(figures, position, language) for position in own)
            heads = _heads(language, "quantity", "region", "part", "seed", "adjusted", "unit", "relative")
            blocks.append(Table(name, (caption.read(language),), heads, rows, folded=folded))
    if base.unseeded:
        blocks.append(Paragraph(say(_UNSEEDED, language, cells=", ".join(base.unseeded)), "note"))
    corrections = figures.run.scenario.book.corrections
    if corrections:
        rows = tuple(
            Row(
                (
                    (Words(correction.row, "code"),),
                    (correction.found,),
                    (correction.read_as,),
                    (printed_label(correction.unit, language),),
                    (spoken(correction.evidence, language),),
                )
            )
            for correction in corrections
        )
        heads = _heads(language, "entry", "found", "read", "unit", "evidence")
        blocks.append(Table("corrections", (_CORRECTIONS.read(language),), heads, rows, folded=True))
    return Section("base-year", _BASE.read(language), tuple(blocks))


def _as_sentence(words: str, language: Language) -> str:
    """A phrase of the model as a sentence of its own."""
    words = words[:1].upper() + words[1:]
    stop = "。" if language == "zh" else "."
    return words if words.endswith(stop) else words + stop


def _adjustment_row(figures: Figures, position: int, language: Language) -> Row:
    adjustment, key = figures.run.base.adjustments[position], f"adjustment/{position}"
    names = figures.run.scenario.book.regions
    region = names.name(adjustment.region).read(language) if adjustment.region else "–"
    return Row(
        (
            (variable_label(adjustment.quantity, language),),
            (region,),
            (variable_label(adjustment.part, language),),
            (figures.number(f"{key}/seed", unit=adjustment.unit),),
            (figures.number(f"{key}/value", unit=adjustment.unit),),
            (unit_label(adjustment.unit, language),),
            (figures.number(f"{key}/relative", unit="dimensionless", decimals=1, signed=True),),
        )
    )
