"""``regmodel doctor``: what is installed, what works here, what to do about the rest."""

from __future__ import annotations

import argparse
import json

from regmodel.commands.exits import DONE, PROBLEM
from regmodel.vocabulary.texts import Language, Text

_HERE = Text("ok", "正常")
_OPTIONAL = Text("not here", "没有")
_NEEDED = Text("MISSING", "缺少")
_LINE = Text("{mark:<9} {name}: {found}", "{mark}  {name}：{found}")
_FOR = Text("          for {purpose}", "      用于：{purpose}")
_MEND = Text("          to do: {mend}", "      请处理：{mend}")
_WELL = Text("Everything that is needed is here.", "所需的一切均已就绪。")
_ILL = Text("regmodel cannot work before what is missing is there.", "在补齐缺少的内容之前，regmodel 无法工作。")


def declare(verb: argparse.ArgumentParser) -> None:
    """What the verb takes."""
    verb.add_argument("--lang", choices=("en", "zh"), default="en")
    verb.add_argument("--json", action="store_true")
    verb.set_defaults(call=call)


def call(options: argparse.Namespace, language: Language) -> int:
    """Look at everything and tell it; 1 where something is missing that nothing works without."""
    from regmodel.commands.doctor_checks import findings

    found = list(findings())
    ill = [one for one in found if one.needed and not one.here]
    if options.json:
        told = [
            {
                "name": one.name.read(language),
                "here": one.here,
                "needed": one.needed,
                "found": one.found.read(language),
                "purpose": one.purpose.read(language),
                "to_do": None if one.here or one.mend is None else one.mend.read(language),
            }
            for one in found
        ]
        print(json.dumps({"well": not ill, "checks": told}, ensure_ascii=False, indent=1))
        return PROBLEM if ill else DONE
    for one in found:
        mark = _HERE if one.here else (_NEEDED if one.needed else _OPTIONAL)
        words = {"mark": mark.read(language), "name": one.name.read(language), "found": one.found.read(language)}
        print(_LINE.read(language).format(**words))
        if not one.here:
            print(_FOR.read(language).format(purpose=one.purpose.read(language)))
            if one.mend is not None:
                print(_MEND.read(language).format(mend=one.mend.read(language)))
    print((_ILL if ill else _WELL).read(language))
    return PROBLEM if ill else DONE
