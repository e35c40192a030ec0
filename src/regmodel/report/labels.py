"""Names that readers know for the names that the data use; one without words of its own is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from regmodel.plans import Clause
from regmodel.vocabulary.glossary import read_glossary
from regmodel.vocabulary.texts import Language, Text

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWER = re.compile(r"10\^(\d+)")
_METRES = re.compile(r"\b(k?m)([23])\b")
_TIMES = re.compile(r"(?<=[\d)%] )x(?= [\d(])")
_MINUS = re.compile(r"(?<=[\d)%] )-(?= [\d(])|(?<![\w\d)%])-(?=\d)")

# A mark goes with each word, so that nothing rests on colour.
STATUSES: Mapping[str, tuple[str, Text]] = {
    "met": ("●", Text("met", "达到")),
    "exceeded": ("▲", Text("exceeded", "超过")),
    "missed": ("✕", Text("missed", "未达到")),
    "already_met": ("◉", Text("met in the base year already", "基年已达到")),
    "reported": ("–", Text("reported, not tested", "仅列示，不检验")),
    "not_decidable": ("?", Text("not decidable", "无法判定")),
    "not_modelled": ("·", Text("not modelled", "未建模")),
    "disabled": ("○", Text("switched off", "未启用")),
}
TESTED = ("missed", "met", "exceeded", "already_met")

ANSWERS: Mapping[str, tuple[str, Text]] = {
    "feasible": ("✓", Text("Feasible", "可行")),
    "infeasible": ("✕", Text("Not feasible", "不可行")),
    "undecided": ("?", Text("Undecided", "未能判定")),
}

ASSUMED = Text("assumed", "假设")

KINDS: Mapping[str, Text] = {
    "baseline": Text("base figure", "基期数据"),
    "history": Text("history", "历史数据"),
    "target": Text("target", "目标"),
    "cap": Text("limit", "控制上限"),
    "coefficient": Text("coefficient", "系数"),
    "lever": Text("lever", "措施"),
    "rule": Text("rule", "原则"),
    "project": Text("project", "项目"),
    "check": Text("check", "校核数据"),
    "statement": Text("statement", "表述"),
    "path": Text("scenario path", "情景路径"),
}

# No rank from 4 on is ever called binding: the plans expect those targets, they do not command them.
RANKS: Mapping[int, Text] = {
    1: Text("physical", "底线"),
    2: Text("limit of the region", "自治区控制指标"),
    3: Text("limit of a city", "盟市控制指标"),
    4: Text("expected, region", "预期性（自治区）"),
    5: Text("expected, cluster", "预期性（城市群）"),
    6: Text("expected, city", "预期性（盟市）"),
    7: Text("statement", "表述"),
}

SECTOR_NAMES = {
    "va_agriculture": Text("Agriculture", "农业"),
    "va_energy_chemicals": Text("Energy and chemicals", "能源化工"),
    "va_other_industry": Text("Other industry", "其他工业"),
    "va_construction": Text("Construction", "建筑业"),
    "va_services": Text("Services", "服务业"),
}
USE_NAMES = {
    "water_use_agriculture": Text("Agriculture", "农业"),
    "water_use_industry": Text("Industry", "工业"),
    "water_use_domestic": Text("Households and public", "生活"),
    "water_use_ecological": Text("Ecology", "生态"),
}
_PART_NAMES = {
    "water_use": Text("Water use", "用水"),
    "domestic": Text("Households and public", "生活"),
    "industry": Text("Industry", "工业"),
    "irrigation": Text("Irrigation", "灌溉"),
    "ecology": Text("Ecology", "生态"),
}
SUPPLY_NAMES = {
    "water_supply_yellow_river": Text("Yellow River", "黄河干流"),
    "water_supply_local_surface": Text("Local surface water", "本地地表水"),
    "water_supply_groundwater": Text("Groundwater", "地下水"),
    "water_supply_reclaimed": Text("Reclaimed water", "再生水"),
    "water_supply_mine_water": Text("Mine water", "矿井疏干水"),
}


def variable_label(variable: str, language: Language) -> str:
    """What readers call a variable of the data, as the glossary has it."""
    for names in (SECTOR_NAMES, USE_NAMES, SUPPLY_NAMES, _PART_NAMES):
        if variable in names:
            return names[variable].read(language)
    glossary = read_glossary()
    return glossary[variable].title.read(language) if variable in glossary else as_words(variable)


def reading_label(clause: Clause | None, reading: str | None, language: Language) -> str:
    """What a reading of an ambiguous clause means; empty for a clause with one meaning."""
    if reading is None:
        return ""
    rules = clause.rules if clause is not None else None
    if rules is not None and reading in rules.readings:
        return rules.readings[reading].name.read(language)
    return as_words(reading)


def as_words(name: str) -> str:
    """A name of the data as words, for want of better ones."""
    return name.replace("_", " ").replace(":", ", ")


def status_label(status: str, language: Language) -> str:
    """Mark and word of a status."""
    if status not in STATUSES:
        return as_words(status)
    mark, word = STATUSES[status]
    return f"{mark} {word.read(language)}"


def answer_label(answer: str, language: Language) -> str:
    """Mark and word of a verdict; what is none of the three words is shown as it is."""
    if answer not in ANSWERS:
        return as_words(answer)
    mark, word = ANSWERS[answer]
    return f"{mark} {word.read(language)}"


def spoken(sentence: object, language: Language) -> str:
    """A sentence of the run, which keeps it as a text, as a table of languages or as one string; typeset."""
    if isinstance(sentence, Text):
        return typeset(sentence.read(language))
    if isinstance(sentence, Mapping):
        return typeset(str(sentence.get(language) or sentence.get("en") or ""))
    return "" if sentence is None else typeset(str(sentence))


def typeset(words: str) -> str:
    """Powers and times as print has them, for texts of the model that were written on a keyboard."""
    words = _POWER.sub(lambda found: "10" + found[1].translate(_RAISED), words)
    words = _METRES.sub(lambda found: found[1] + found[2].translate(_RAISED), words)
    words = _MINUS.sub("\N{MINUS SIGN}", words.replace(" -> ", " → "))
    return _TIMES.sub("\N{MULTIPLICATION SIGN}", words)
