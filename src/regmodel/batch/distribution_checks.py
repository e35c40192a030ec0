"""What a distribution of a design may not be: of two kinds, at odds with itself, or outside its bounds."""

from __future__ import annotations

from regmodel.batch.design import Vary
from regmodel.batch.distributions import POSITIVE, Distribution
from regmodel.batch.ranges import Range
from regmodel.vocabulary.problems import Problems
from regmodel.vocabulary.texts import Text, same

_SHAPES = {"mode": ("triangular",), "mean": ("normal", "lognormal"), "sd": ("normal", "lognormal")}
_ROUNDING = 1e-9
_LEAVE = Text("leave it out", "请省略")


def check_shape(where: str, name: str, vary: Vary, problems: Problems) -> None:
    """Numbers that belong to another distribution, or stand beside a list of values, say something else than meant."""
    for field, owners in _SHAPES.items():
        if getattr(vary, field) is not None and name not in owners:
            expected = Text(f"{field} with {' or '.join(owners)} only", f"{field} 仅用于 {'、'.join(owners)}")
            problems.add(
                "B-07",
                f"{where}   {field}",
                Text(f"{field} of a {name} distribution", f"{name} 分布的 {field}"),
                expected,
                _LEAVE,
            )
    for field in ("low", "high", "distribution"):
        if vary.values and getattr(vary, field) is not None:
            expected = Text("either values, or a distribution with low and high", "values 与分布（low、high）二者择一")
            problems.add(
                "B-07",
                f"{where}   {field}",
                Text(f"{field} beside values", f"values 之外又有 {field}"),
                expected,
                _LEAVE,
            )


def check_numbers(where: str, what: Distribution, problems: Problems) -> None:
    """Its own numbers agree: low below high, a mode or a mean between them, a spread above zero."""
    faults: list[tuple[Text, Text]] = []
    if what.values and what.low == what.high:
        faults.append((same(f"values [{what.low:g}]"), Text("two different values or more", "至少两个不同的值")))
    elif not what.values and what.low >= what.high:
        faults.append(
            (
                Text(f"low {what.low:g}, high {what.high:g}", f"low {what.low:g}，high {what.high:g}"),
                Text("low below high", "low 小于 high"),
            )
        )
    elif what.name in POSITIVE and not what.values and what.low <= 0:
        faults.append(
            (same(f"low {what.low:g}"), Text(f"numbers above 0 for {what.name}", f"{what.name} 分布要求大于 0"))
        )
    else:
        for field, owners in _SHAPES.items():
            number = getattr(what, field)
            if what.name not in owners or what.values:
                continue
            if field == "sd" and number <= 0:
                faults.append((same(f"sd {number:g}"), Text("a standard deviation above 0", "大于 0 的标准差")))
            elif field != "sd" and not what.low <= number <= what.high:
                expected = Text(
                    f"{field} between {what.low:g} and {what.high:g}",
                    f"{field} 介于 {what.low:g} 与 {what.high:g} 之间",
                )
                faults.append((same(f"{field} {number:g}"), expected))
    for found, expected in faults:
        problems.add("B-07", where, found, expected, Text("look at the numbers again", "请核对这些数"))


def check_bounds(where: str, what: Distribution, within: Range, reason: str | None, problems: Problems) -> None:
    """Beyond the record's own range only with a reason, beyond what is possible never."""
    slack = _ROUNDING * max(abs(what.low), abs(what.high))
    firm_low, firm_high = within.floor, within.ceiling
    own_low, own_high = within.low, within.high
    found = same(f"{what.low:g} – {what.high:g} {within.unit}".rstrip())
    if (firm_low is not None and what.low < firm_low - slack) or (
        firm_high is not None and what.high > firm_high + slack
    ):
        low = "…" if firm_low is None else f"{firm_low:g}"
        high = "…" if firm_high is None else f"{firm_high:g}"
        expected = Text(f"within {low} – {high}: nothing else is possible", f"在 {low} – {high} 之内：其外不可能")
        problems.add("B-08", where, found, expected, Text("narrow low and high", "请收窄 low 与 high"))
    elif reason is None and own_low is not None and own_high is not None:
        if own_low - slack <= what.low and what.high <= own_high + slack:
            return
        expected = Text(
            f"within the record's own range, {own_low:g} – {own_high:g}",
            f"在该记录自身的范围 {own_low:g} – {own_high:g} 之内",
        )
        to_do = Text('narrow it, or write reason = "…" beside it', '请收窄，或在旁边写明 reason = "…"')
        problems.add("B-08", where, found, expected, to_do)
