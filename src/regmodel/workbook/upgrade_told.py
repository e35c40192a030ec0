"""What an upgrade did, said on a terminal: every input carried over, every one that has no place, what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from regmodel import __version__
from regmodel.vocabulary.texts import Language, Text
from regmodel.workbook.carry import Item
from regmodel.workbook.layout import TEMPLATE_VERSION
from regmodel.workbook.rows import Cell
from regmodel.workbook.typed import shown
from regmodel.workbook.upgrade import Upgrade
from regmodel.workbook.upgrade_sheet import FATES

_FROM = Text(
    "{new}: upgraded from {old} (regmodel {version}, template {template}); {old} was not touched",
    "{new}：由 {old}（regmodel {version}，模板 {template}）升级而来；{old} 未改动",
)
_ANEW = Text(
    "{new}: written anew from {old}, which is of this version (regmodel {version}, template {template}), with what you "
    "changed in it; {old} was not touched",
    "{new}：据 {old} 重新写出，并带入您的改动；{old} 本就是当前版本（regmodel {version}，模板 {template}），且未改动",
)
_CARRIED = Text("carried over: {count}", "已带入：{count} 项")
_LEFT = Text("left out, with the reason: {count}", "未带入（附原因）：{count} 项")
_WAS = Text("was {before}, today's records say {now}", "原为 {before}，现记录为 {now}")
_SHEETS = Text("your own sheets, as they were: {titles}", "您自己的表，保持原样：{titles}")
_NO_SHEETS = Text("no sheets of your own", "没有您自己的表")
_FOLLOWED = Text("follows its cell: {where}: {before} → {after}", "随单元格移动：{where}：{before} → {after}")
_LOST = Text(
    "look at this: {where} reads {before}, which today's workbook does not have",
    "请查看：{where} 引用了 {before}，新版中没有该单元格",
)
_RECORDS = Text("changed in the records, not by you: {count} figures", "记录更新所致（并非您的改动）：{count} 个数值")
_NOTE = Text("left in the old file: {note}", "仍在旧文件中：{note}")
_LISTED = Text("all of this stands on the sheet {title}", "以上内容列于“{title}”表")


def told(found: Upgrade, old: Path, new: Path, language: Language) -> Iterator[str]:
    """The lines of an upgrade."""
    stamp = found.stamp
    of_today = (stamp.version, stamp.template) == (__version__, TEMPLATE_VERSION)
    first = _ANEW if of_today else _FROM
    yield first.fill(new=new.name, old=old.name, version=stamp.version, template=stamp.template).read(language)
    yield _CARRIED.fill(count=len(found.carried)).read(language)
    for item in found.carried:
        yield f"  {_line(item, language)}"
    yield _LEFT.fill(count=len(found.left)).read(language)
    for item in found.left:
        yield f"  {_line(item, language)}: {FATES[item.fate].read(language)}"
    yield (_SHEETS.fill(titles=", ".join(found.own_sheets)) if found.own_sheets else _NO_SHEETS).read(language)
    for each in found.followed:
        text = _LOST if each.after is None else _FOLLOWED
        yield f"  {text.fill(where=each.where, before=each.before, after=each.after).read(language)}"
    for note in found.notes_left:
        yield f"  {_NOTE.fill(note=note).read(language)}"
    yield _RECORDS.fill(count=found.records_changed).read(language)
    yield _LISTED.fill(title=found.listing).read(language)


def _line(item: Item, language: Language) -> str:
    said = f"{item.where}  {item.key}  {_cell(item.typed)}"
    if item.before is None and item.now is None:
        return said
    was = _WAS.fill(before=_cell(item.before), now=_cell(item.now)).read(language)
    return f"{said} ({was})" if language == "en" else f"{said}（{was}）"


def _cell(cell: Cell) -> str:
    return "–" if cell is None else shown(cell)
