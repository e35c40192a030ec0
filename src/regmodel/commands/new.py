"""``regmodel new``: a fresh workbook with every assumption, target and lever."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from regmodel.commands.exits import DONE
from regmodel.commands.inputs import scenario_of
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Language, Text, same

if TYPE_CHECKING:
    from regmodel.workbook.live.equipment import Equipment

SCENARIO = "plan"
_OF_THE_OLDER = Text(
    "the scenario that the older workbook has: it is carried over as it is", "旧工作簿自身的情景：升级时原样带入"
)
_WITHOUT = Text(
    "take --scenario out; change the scenario in the new workbook", "请去掉 --scenario；可在新工作簿中更改情景"
)
_STAYS = Text(
    "the new workbook speaks the language of the old one ({old}); --lang {asked} is for this list alone",
    "新工作簿沿用旧工作簿的语言（{old}）；--lang {asked} 仅用于本清单",
)
_WRITTEN = Text("written: {path}", "已写入：{path}")
_EXISTS = Text(
    "{path} is already there; give another name, or move the old file away",
    "{path} 已存在；请换一个名称，或先移走旧文件",
)


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("book", type=Path, metavar="BOOK.xlsx|.xlsm")
    verb.add_argument("--scenario", help=f"a shipped scenario's name or a scenario file (default: {SCENARIO})")
    verb.add_argument(
        "--lang", choices=("en", "zh", "both"), help="of the workbook (default: both), or of what --from lists"
    )
    live = verb.add_mutually_exclusive_group()
    live.add_argument("--macro", action="store_true", help="BOOK.xlsm with buttons Run, Validate and Report for Excel")
    live.add_argument("--addin", action="store_true", help="BOOK.xlsx without macros for the xlwings add-in's Run main")
    live.add_argument(
        "--from",
        dest="older",
        type=Path,
        metavar="OLD.xlsx",
        help="carry over the inputs and your own sheets of an older workbook (its scenario, in its language)",
    )
    verb.add_argument(
        "--libreoffice", action="store_true", help="also give LibreOffice a toolbar that runs the open document"
    )
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Write the workbook under a name that is free; nothing is written where LibreOffice does not take its toolbar."""
    path: Path = options.book
    _check_name(path, ".xlsm" if options.macro else ".xlsx", "--macro" if options.macro else "")
    if options.older is not None:
        _check_alone(options)
    scenario = scenario_of(options.scenario or SCENARIO) if options.older is None else None
    if options.libreoffice:
        from regmodel.workbook.libreoffice.install import install

        print(install().read(language))
    if scenario is None:
        return _upgrade(options, language)
    from regmodel.workbook.write import write_workbook

    equipment: Equipment | None = "macro" if options.macro else "addin" if options.addin else None
    write_workbook(path, scenario, options.lang or "both", equipment=equipment)
    print(_WRITTEN.fill(path=path).read(language))
    if equipment is not None:
        from regmodel.workbook.live.hints import hints

        for hint in hints(equipment):
            print(hint.read(language))
    return DONE


def _upgrade(options: argparse.Namespace, language: Language) -> int:
    """Carry an older workbook over into the new file and list what became of everything."""
    from regmodel.workbook.upgrade import upgrade
    from regmodel.workbook.upgrade_told import told

    done = upgrade(options.older, options.book)
    for line in told(done, options.older, options.book, language):
        print(line)
    if options.lang not in (None, done.stamp.language):
        print(_STAYS.fill(old=done.stamp.language, asked=options.lang).read(language))
    return DONE


def _check_alone(options: argparse.Namespace) -> None:
    """An older workbook has its scenario; raises InputProblems where another is asked for."""
    if options.scenario is not None:
        found = same(f"--scenario {options.scenario}")
        raise InputProblems([Problem("X-15", options.older.name, found, _OF_THE_OLDER, _WITHOUT)])


def _check_name(path: Path, ending: str, option: str) -> None:
    if path.suffix.lower() != ending:
        expected = Text(f"a name that ends in {ending}", f"以 {ending} 结尾的文件名")
        to_do = " ".join(filter(None, ("regmodel new", f"{path.stem}{ending}", option)))
        raise InputProblems([Problem("X-03", str(path), same(f'"{path.suffix}"'), expected, same(to_do))])
    if path.exists():
        found = Text("a file of that name", "同名文件已存在")
        expected = Text("a name that is free: nothing of yours is written over", "未被占用的文件名：不会覆盖您的文件")
        raise InputProblems([Problem("X-04", str(path), found, expected, _EXISTS.fill(path=path.name))])
