"""Shadow prices of a feasible run: what one more unit is worth, on which side, within which range, with what doubt.

Where there are none, or not of every row, the chapter says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from regmodel.report.amounts import after_number
from regmodel.report.chart_data import ChartData
from regmodel.report.content import Block, Column, Line, Paragraph, Row, Table, say
from regmodel.report.figures import Figures
from regmodel.report.places import place_name
from regmodel.report.row_labels import family_label, rows_that_bind
from regmodel.report.units import scale_of, unit_label
from regmodel.vocabulary.texts import Language, Text

PRICES_SHOWN = 20
LEAST_SHOWN = 0.0005
_PRICES = Text(
    "Shadow prices in the plan shown, the highest year of each row, with the range in which they hold",
    "所示方案中的影子价格（各约束最高年份）及其有效范围",
)
_WHAT = Text(
    "A shadow price says what one more unit of room at a limit saves in the money of levers and of output lost, added "
    "up over all years without discounting. Left is the price where the limit stands a little lower, right where it "
    "stands a little higher, a dash where no plan is left there. The range says between which values of the limit the "
    "price holds for certain; a limit is followed by about its own size and no further, so that a price may hold "
    "beyond.",
    "影子价格指约束放宽一个单位所节省的措施费用和产出损失，为各年之和，不贴现。“左”“右”分别为约束值略低、略高时的价格，"
    "“–”表示该侧已无可行方案。有效范围指可以确定该价格成立的约束值区间；约束值的变动最多考察到与其自身相当的幅度，"
    "因此价格在区间之外也可能成立。",
)
NONE: Mapping[str, Text] = {
    "infeasible": Text(
        "No shadow price is shown: no plan holds every clause, and a weight in a proof is not a price.",
        "不列影子价格：不存在满足全部条款的方案，而不可行证明中的权重不是价格。",
    ),
    "undecided": Text(
        "No shadow price is shown: whether any plan holds every clause is undecided.",
        "不列影子价格：是否存在满足全部条款的方案尚未判定。",
    ),
}
_NONE_PRICED = Text(
    "None of the rows that bind in the plan shown has a price: none was found that is certain.",
    "所示方案中起作用的约束均未得到可以确定的影子价格。",
)
_NOTHING_SAVED = Text(
    "No row has a price of any size: more room at a limit would save nothing worth mentioning.",
    "各项约束的影子价格均可忽略：放宽约束几乎不节省费用。",
)
_NOT_PRICED = Text(
    "Not priced: {count} of {all} rows by region and year that bind in the plan shown. The solution itself tells no "
    "price of theirs, and beyond what it tells only a set number of rows is looked at, clauses and those with most at "
    "stake first, each for a limited time.",
    "所示方案中起作用的约束按地区和年份共{all}项，其中{count}项未计算影子价格：解本身没有给出其价格，"
    "而除解本身给出的以外，只考察一定数目的约束（条款和影响较大者优先），每项用时有限。",
)
_LEFT_OUT = Text(
    "The highest {shown} of {count} are shown; the others are in the run's own file.",
    "仅列出{count}项中最高的{shown}项，其余见运行结果文件。",
)
_SMALL = Text(
    "Rows and years with a price that rounds to nothing are left out: {count}.",
    "另有{count}项价格四舍五入后为零，未列出。",
)
NOTES: Mapping[str, Text] = {
    "degenerate": Text("degenerate: left and right differ", "退化：左右价格不同"),
    "not_unique": Text(
        "not unique: no plan on one side, so that any higher price would do",
        "不唯一：一侧已无可行方案，更高的价格同样成立",
    ),
}
_HEADS = {
    "kind": Text("Limit", "约束"),
    "region": Text("Region", "地区"),
    "year": Text("Year", "年份"),
    "price": Text("Price", "价格"),
    "left": Text("Left", "左"),
    "right": Text("Right", "右"),
    "unit": Text("Unit", "单位"),
    "range": Text("Holds at least while the limit is", "约束值有效范围（至少）"),
    "note": Text("Note", "说明"),
}
_RANGE = Text("{low} to {high}", "{low}～{high}")
_NUMERIC = ("year", "price", "left", "right")


def priced(figures: Figures, family: Callable[[Mapping[str, Any]], str]) -> list[int]:
    """Positions of the binding rows with the highest price of each family and region; none of a run that fails."""
    if figures.run.verdict["verdict"] != "feasible":
        return []
    entries: list[dict[str, Any]] = figures.run.verdict.get("binding") or []
    found = [n for n, entry in enumerate(entries) if _is_shown(entry)]
    highest: dict[tuple[str, str], int] = {}
    for position in sorted(found, key=lambda n: -abs(float(entries[n]["shadow_price"]))):
        highest.setdefault((family(entries[position]), str(entries[position].get("region"))), position)
    return list(highest.values())


def _is_shown(entry: Mapping[str, Any]) -> bool:
    price = float(entry.get("shadow_price") or 0.0) * scale_of(str(entry.get("shadow_price_unit") or ""))
    return abs(price) >= LEAST_SHOWN


def price_blocks(figures: Figures, data: ChartData, language: Language) -> list[Block]:
    """The table of prices with what they mean, and why there are none or not of every row."""
    verdict = figures.run.verdict
    if verdict["verdict"] in NONE:
        return [Paragraph((NONE[verdict["verdict"]].read(language),), "note")]
    unpriced = _unpriced(figures, language)
    chosen = priced(figures, data.family)
    if not chosen:
        return unpriced or [Paragraph((_NOTHING_SAVED.read(language),), "note")]
    note: Line = ()
    if len(chosen) > PRICES_SHOWN:
        shown = figures.count("prices shown", chosen[:PRICES_SHOWN])
        note = say(_LEFT_OUT, language, shown=shown, count=figures.count("prices", chosen))
    small = [entry for entry in figures.run.verdict["binding"] if entry.get("shadow_price") and not _is_shown(entry)]
    if small:
        space = (" ",) if note and language == "en" else ()
        note = (*note, *space, *say(_SMALL, language, count=figures.count("prices that round to nothing", small)))
    rows = tuple(_row(figures, data, position, language) for position in chosen[:PRICES_SHOWN])
    heads = tuple(Column(title.read(language), name in _NUMERIC) for name, title in _HEADS.items())
    table = Table("shadow-prices", (_PRICES.read(language),), heads, rows, note)
    return [table, Paragraph(say(_WHAT, language), "note"), *unpriced]


def _unpriced(figures: Figures, language: Language) -> list[Block]:
    """How many of the rows that bind have no price, and why; nothing where each has one."""
    bind = rows_that_bind(figures.run.verdict)
    without = [entry for entry in bind if entry.get("shadow_price") is None]
    if not without:
        return []
    if len(without) == len(bind):
        return [Paragraph((_NONE_PRICED.read(language),), "note")]
    numbers = {"all": figures.count("rows that bind", bind), "count": figures.count("rows without a price", without)}
    return [Paragraph(say(_NOT_PRICED, language, **numbers), "note")]


def _row(figures: Figures, data: ChartData, position: int, language: Language) -> Row:
    entry, key = figures.run.verdict["binding"][position], f"verdict/binding/{position}"
    unit, price_unit = str(entry.get("unit") or ""), str(entry.get("shadow_price_unit") or "")

    def cell(name: str) -> Line:
        return (figures.number(f"{key}/{name}", unit=price_unit),) if figures.has(f"{key}/{name}") else ("–",)

    note = NOTES.get(str(entry.get("price_note")))
    return Row(
        (
            (family_label(data.family(entry), language),),
            (place_name(figures, entry.get("region"), language) or "–",),
            (figures.year(entry["year"]),) if entry.get("year") is not None else ("–",),
            cell("shadow_price"),
            cell("shadow_price_left"),
            cell("shadow_price_right"),
            (unit_label(price_unit, language),),
            price_range(figures, key, unit, language),
            ("–" if note is None else note.read(language),),
        )
    )


def price_range(figures: Figures, key: str, unit: str, language: Language) -> Line:
    """Between which values of the limit the price holds, with the unit of the limit."""
    low, high = (f"{key}/valid_{end}" for end in ("from", "to"))
    if not (figures.has(low) and figures.has(high)):
        return ("–",)
    # The unit stands once, after the last number.
    end = (figures.number(high, unit=unit), *after_number(unit, language))
    return say(_RANGE, language, low=figures.number(low, unit=unit), high=end)
