"""What would have to give in the infeasible scenarios of a batch, as lines for a terminal."""

from __future__ import annotations

from regmodel.batch.answers import WayOut, WaysOut
from regmodel.report.shares import NONE, range_words, times_words
from regmodel.report.text_table import text_table
from regmodel.report.units import printed_label
from regmodel.vocabulary.texts import Language, Text

SHOWN = 10
_HEAD = Text(
    "The smallest change of one end of a clause that lets an infeasible scenario hold, of {asked} that were asked: "
    "which clause it is, and how far its end moves (- downwards) in each year and place that the clause speaks of; "
    "half of these need the middle move or less.",
    "使不可行情景成立的最小单项调整（共求解 {asked} 个）：所涉条款，及其限值在该条款所涉各年、各地的调整幅度"
    "（负号为下调）；其中半数所需不超过中位数",
)
UNKNOWN = Text(
    "Of {unknown} of them neither a way out by one end of a clause was found nor that there is none: they are counted "
    "both ways.",
    "其中 {unknown} 个既未查得单项调整办法，也未证明不存在：分别按两种情形计入。",
)
_NONE = Text("no single clause suffices", "调整任何单项均不足")
_HEADS = (Text("Clause", "条款"), Text("Share, %", "占比，%"))
_INTERVAL = Text("{level} % interval", "{level}%区间")
_TIMES = Text("Scenarios", "情景数")
_MOVES = (Text("Middle move", "调整中位数"), Text("{level} % interval", "{level}%区间"), Text("Largest", "最大"))
_UNIT = Text("Unit", "单位")
_MORE = Text("… and {more} more", "……另有 {more} 项")


def lines(found: WaysOut, language: Language) -> list[str]:
    """The ways out, most frequent first, and how often there is none by a single clause."""
    sampled = found.none.error_low is not None
    level = f"{100 * found.none.level:g}"
    interval = [_INTERVAL] if sampled else []
    heads = [*_HEADS, *interval, _TIMES, _MOVES[0], *([_MOVES[1]] if sampled else []), _MOVES[2], _UNIT]
    rows = [_row(one, language, sampled=sampled) for one in found.clauses[:SHOWN]]
    if found.none.holds + found.unknown:
        share = [range_words(found.none.low, found.none.high)]
        share += [range_words(found.none.error_low, found.none.error_high)] if sampled else []
        blank = [NONE] * (len(heads) - len(share) - 2)
        rows.append([_NONE.read(language), *share, f"{times_words(found.none)}/{found.none.of}", *blank])
    said = [_HEAD.read(language).format(asked=found.asked)]
    said += text_table([head.read(language).format(level=level) for head in heads], rows)
    left = len(found.clauses) - SHOWN
    if left > 0:
        said.append(_MORE.read(language).format(more=left))
    return [*said, UNKNOWN.read(language).format(unknown=found.unknown)] if found.unknown else said


def _row(one: WayOut, language: Language, *, sampled: bool) -> list[str]:
    share = one.estimate
    cells = [one.clause, range_words(share.low, share.high)]
    cells += [range_words(share.error_low, share.error_high)] if sampled else []
    cells += [f"{times_words(share)}/{share.of}", f"{one.middle:+.3g}"]
    if sampled:
        ends = (one.middle_low, one.middle_high)
        cells.append(NONE if None in ends else f"{one.middle_low:+.3g} … {one.middle_high:+.3g}")
    return [*cells, f"{one.most:+.3g}", printed_label(one.unit, language)]
