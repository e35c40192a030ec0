"""From the wording of a figure to the bounds it means, by the one table in params/wording.csv."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from regmodel.params import convert
from regmodel.plans.clause import Bounds, Clause
from regmodel.plans.documents import read_rows
from regmodel.vocabulary.texts import Text

WORDING_FILE = "wording.csv"
READINGS_FILE = "readings.csv"
QUANTITIES = ("share", "growth rate per year", "growth over a period", "level")
YEARLY, PER_YEAR = "%/yr", "1/year"
_SHARE_UNITS = ("%", "percentage points", "% of land area")


@dataclass(frozen=True)
class WordingRule:
    """What one mark of wording means for one class of quantity; offsets in points or in percent of the figure."""

    wording: str
    quantity: str
    sense: str
    low_offset: float | None
    high_offset: float | None
    percent: bool
    open_end: str
    readings: tuple[str, ...]
    explanation: Text

    def low(self, value: float) -> float | None:
        """The lower end for a printed figure."""
        return _moved(value, self.low_offset, self.percent)

    def high(self, value: float) -> float | None:
        """The upper end for a printed figure."""
        return _moved(value, self.high_offset, self.percent)


@dataclass(frozen=True)
class ReadingRule:
    """How one reading takes its two ends: window, value, row, record, zero or none."""

    reading: str
    low: str
    high: str
    quantity: str | None
    unit: str | None
    name: Text
    explanation: Text


@dataclass(frozen=True)
class WordingRules:
    """The rule table: marks of wording by class of quantity, and the readings that a clause may carry."""

    wordings: Mapping[tuple[str, str], WordingRule]
    readings: Mapping[str, ReadingRule]

    def marks(self) -> tuple[str, ...]:
        """All marks that a row may name."""
        return tuple(dict.fromkeys(mark for mark, _ in self.wordings if mark))

    def rule(self, mark: str, quantity: str) -> WordingRule:
        """The rule of a mark for a class of quantity; KeyError when the table has none."""
        specific = self.wordings.get((mark, quantity))
        return specific if specific is not None else self.wordings[(mark, "any")]

    def deciding(self, wording: str, quantity: str) -> WordingRule:
        """The rule that sets the sense where several marks stand together: the first that has one."""
        rules = [self.rule(mark, quantity) for mark in wording_marks(wording)]
        for rule in rules:
            if rule.sense:
                return rule
        return self.rule("", quantity)


def _moved(value: float, offset: float | None, percent: bool) -> float | None:
    if offset is None:
        return None
    return value * (1 + offset / 100) if percent else value + offset


def wording_marks(wording: str) -> tuple[str, ...]:
    """The marks of a wording column, which are separated by semicolons."""
    return tuple(mark.strip() for mark in wording.split(";") if mark.strip())


def quantity_class(clause: Clause) -> str:
    """Share, growth rate per year, growth over a period, or level: what the tolerance depends on."""
    if clause.unit == YEARLY:
        return "growth rate per year"
    if clause.unit == "%" and clause.variable.endswith(("_growth", "_change")):
        return "growth over a period"
    return "share" if clause.unit in _SHARE_UNITS else "level"


def _number(text: str) -> float | None:
    return float(text) if text else None


def read_wording(folder: Path) -> WordingRules:
    """The rule table of a params folder."""
    wordings: dict[tuple[str, str], WordingRule] = {}
    _, rows = read_rows(folder / WORDING_FILE)
    for row in rows:
        wordings[(row["wording"], row["quantity"])] = WordingRule(
            wording=row["wording"],
            quantity=row["quantity"],
            sense=row["sense"],
            low_offset=_number(row["low_offset"]),
            high_offset=_number(row["high_offset"]),
            percent=row["offset_unit"] == "percent",
            open_end=row["open_end"],
            readings=tuple(reading for reading in row["readings"].split("|") if reading),
            explanation=Text(row["explanation_en"], row["explanation_zh"]),
        )
    _, rows = read_rows(folder / READINGS_FILE)
    readings = {
        row["reading"]: ReadingRule(
            reading=row["reading"],
            low=row["low"],
            high=row["high"],
            quantity=row["quantity"] or None,
            unit=row["unit"] or None,
            name=Text(row["name_en"], row["name_zh"]),
            explanation=Text(row["explanation_en"], row["explanation_zh"]),
        )
        for row in rows
    }
    return WordingRules(wordings, readings)


def derived_ends(clause: Clause, rules: WordingRules, quantity: str | None = None) -> tuple[float | None, float | None]:
    """Low and high of a clause by the rule table alone, whatever its low and high columns say."""
    if clause.value is None:
        return None, None
    rule = rules.deciding(clause.wording, quantity or quantity_class(clause))
    return rule.low(clause.value), rule.high(clause.value)


def _window(clause: Clause, rules: WordingRules, quantity: str | None) -> tuple[float | None, float | None]:
    """Both ends of the window: the row's own where it has them, else by the rule table."""
    own = quantity is None or quantity == quantity_class(clause)
    low, high = derived_ends(clause, rules, quantity)
    if own and clause.low is not None:
        low = clause.low
    if own and clause.high is not None:
        high = clause.high
    return low, high


def _row_bounds(clause: Clause, rules: WordingRules) -> Bounds:
    """The bounds of a row by its sense; the row wins over the table."""
    value, unit = clause.value, clause.unit
    if clause.sense == "rising":
        return Bounds(None, None, unit, not_below_base=True)
    if value is None:
        return Bounds(clause.low, clause.high, unit, record=clause.record)
    if clause.sense == "about":
        low, high = _window(clause, rules, None)
        open_end = rules.deciding(clause.wording, quantity_class(clause)).open_end
        return Bounds(low, high, unit, low_open=open_end == "low", high_open=open_end == "high")
    if clause.sense == "=":
        return Bounds(value, value, unit)
    if clause.sense == "~":
        half = 0.5 * 10.0 ** -_decimals(value)
        return Bounds(value - half, value + half, unit, high_open=True)
    low = value if clause.sense == ">=" else None
    high = value if clause.sense == "<=" else None
    return Bounds(low, high, unit)


def _decimals(value: float) -> int:
    text = f"{value:.10g}"
    return len(text.split(".")[1]) if "." in text else 0


def bounds(clause: Clause, reading: str | None = None) -> Bounds:
    """What the clause asks for under a reading (None is its default one), in its printed unit.

    Raises ValueError for a reading that the clause does not carry, or a clause read without its rule table.
    """
    if clause.rules is None:
        raise ValueError(f"{clause.id} was made without the rule table of wordings")
    chosen = reading or clause.default_reading
    row = _row_bounds(clause, clause.rules)
    if chosen is None:
        return row
    if chosen not in clause.readings:
        raise ValueError(f"{clause.id} has no reading {chosen!r}; it has {', '.join(clause.readings) or 'none'}")
    rule = clause.rules.readings[chosen]
    low, high = _window(clause, clause.rules, rule.quantity)
    ends = {"window": (low, high), "value": (clause.value,) * 2, "row": (row.low, row.high)}
    ends |= {"zero": (0.0, 0.0), "none": (None, None), "record": (None, None)}
    by_record = rule.low == "record" or (clause.value is None and rule.low != "zero")
    return Bounds(
        low=ends[rule.low][0],
        high=ends[rule.high][1],
        unit=rule.unit or clause.unit,
        low_open=row.low_open and rule.low in ("window", "row"),
        high_open=row.high_open and rule.high in ("window", "row"),
        record=clause.record if by_record else None,
    )


def bounds_in_memory(clause: Clause, reading: str | None = None) -> Bounds:
    """The same bounds in the unit of memory; raises ValueError where no variable of the model has the unit."""
    found = bounds(clause, reading)
    if clause.memory_unit is None:
        raise ValueError(f"{clause.id} is in {clause.unit!r}, which no variable of the model has")
    unit = PER_YEAR if found.unit == YEARLY and clause.unit != YEARLY else clause.memory_unit
    low = None if found.low is None else convert(found.low, found.unit, unit)
    high = None if found.high is None else convert(found.high, found.unit, unit)
    return replace(found, low=low, high=high, unit=unit)


@dataclass(frozen=True)
class RuleDifference:
    """A place where a row says something else than the rule table; the row wins."""

    clause: str
    column: str
    row: str
    rule: str


def rule_differences(clauses: Iterable[Clause]) -> tuple[RuleDifference, ...]:
    """Every bounding row whose sense, low or high differs from what the rule table derives from its wording."""
    found: list[RuleDifference] = []
    for clause in clauses:
        if not clause.bounding or clause.rules is None or clause.value is None or clause.kind == "path":
            continue
        rule = clause.rules.deciding(clause.wording or _printed_mark(clause), quantity_class(clause))
        low, high = rule.low(clause.value), rule.high(clause.value)
        if rule.sense != clause.sense:
            found.append(RuleDifference(clause.id, "sense", clause.sense, rule.sense))
        for column, own, derived in (("low", clause.low, low), ("high", clause.high, high)):
            if own is not None and (derived is None or abs(own - derived) > 1e-9 * max(1.0, abs(own))):
                found.append(RuleDifference(clause.id, column, f"{own:g}", "" if derived is None else f"{derived:g}"))
    return tuple(found)


def _printed_mark(clause: Clause) -> str:
    """A mark that stands in the printed figure although the wording column is empty."""
    if clause.rules is None:
        return ""
    return next((mark for mark in clause.rules.marks() if mark in clause.as_printed), "")
