"""What answers rest on: the design, how many scenarios, what was varied, and what an error bar then means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regmodel.batch.answers.whole import Finished
from regmodel.batch.design import LATIN_HYPERCUBE, RANDOM, SOBOL
from regmodel.vocabulary.texts import Text

PROBABILITIES = (RANDOM, LATIN_HYPERCUBE, SOBOL)
"""Designs whose scenarios are a sample of what the distributions say, so that shares of them are probabilities."""
_ASSUMED = Text(
    "The probability is that of the design: each of {factors} numbers has the range and the distribution that the "
    "design gives it, and nothing else is uncertain. It is no forecast.",
    "概率以本设计为准：{factors} 个变动项各取设计所给的范围与分布，其余均视为确定。并非预测。",
)
_CORRELATED = Text(" Ranks are correlated as the design says.", "秩相关按设计设定。")
_INDEPENDENT = Text(" Numbers vary independently of one another.", "各变动项相互独立。")
_ERRORS: Mapping[str, Text] = {
    RANDOM: Text(
        "{count} scenarios drawn independently; the interval is Wilson's at {level} %.",
        "独立抽取 {count} 个情景；区间为{level}%的威尔逊区间。",
    ),
    LATIN_HYPERCUBE: Text(
        "{count} scenarios, one in each stratum of every number; the interval is Wilson's at {level} % as for "
        "independent draws, which with strata is rather too wide than too narrow.",
        "{count} 个情景，每个变动项的每一层各取一个；区间为独立抽样下{level}%的威尔逊区间，分层抽样时只会偏宽。",
    ),
    SOBOL: Text(
        "Counted over the {count} base points of Sobol's design only: the others repeat their numbers. The interval is "
        "Wilson's at {level} % as for independent draws: for so even a design rather too wide than too narrow.",
        "仅统计索博尔设计的 {count} 个基点：其余情景重复使用基点的数值。区间为独立抽样下{level}%的威尔逊区间，"
        "对如此均匀的设计只会偏宽。",
    ),
}
_DETAILED = Text(
    "Of {asked} of the scenarios, at even distances over the design, it was also asked how far the targets can be "
    "reached and which clauses hold by themselves: what rests on that rests on these alone, and its interval is that "
    "of independent draws.",
    "另对其中等距选取的 {asked} 个情景求解目标可达程度及各条款能否单独成立："
    "相关结果仅以这些情景为据，区间按独立抽样计。",
)
_NO_DETAILS = Text(
    "How far the targets can be reached and which clauses hold by themselves was not asked.",
    "未求解目标可达程度及各条款能否单独成立。",
)
_NO_SAMPLE = Text(
    "Shares of the {count} scenarios that the design lists, no probabilities: they are no sample of anything, so there "
    "is no sampling error either.",
    "为设计所列 {count} 个情景中的占比，并非概率：这些情景不是随机样本，因此也没有抽样误差。",
)
_UNDECIDED = Text(
    "{count} scenarios are undecided; they are counted as holding and as not holding, so a share has two ends.",
    "{count} 个情景未能判定；分别按成立与不成立计入，因此占比有上下两端。",
)


@dataclass(frozen=True)
class Basis:
    """What the numbers of an answer rest on.

    ``scenarios`` is how many the batch judged, ``counted`` over how many shares are taken, ``detailed`` how many were
    asked more than the verdict and ``asked_alone`` how many of these are counted. ``probability`` says that shares are
    probabilities. ``assumed``, ``error`` and ``detailed_words`` are sentences to print beside them.
    """

    run_id: str
    name: str
    scenario: str
    kind: str
    scenarios: int
    counted: int
    detailed: int
    asked_alone: int
    undecided: int
    factors: int
    seed: int | None
    version: str | None
    probability: bool
    level: float
    assumed: Text | None
    error: Text
    detailed_words: Text | None
    undecided_words: Text | None

    @property
    def sentences(self) -> tuple[Text, ...]:
        """What was assumed, and what the errors mean."""
        every = (self.assumed, self.error, self.detailed_words, self.undecided_words)
        return tuple(words for words in every if words is not None)

    def as_dict(self) -> dict[str, Any]:
        """As plain values, without the sentences."""
        return {name: value for name, value in vars(self).items() if not isinstance(value, Text) and value is not None}


def counted_rows(store: Finished) -> slice | list[int]:
    """Rows over which shares are taken: all of them, but of Sobol's design only those that repeat no number."""
    if store.kind != SOBOL:
        return slice(None)
    size = len(store.read.factors) + 2
    return [place for place in range(len(store)) if place % size in (0, size - 1)]


def detailed_rows(store: Finished) -> slice | list[int]:
    """Those of the counted rows of which more than the verdict was asked."""
    if store.read.design.details is None:
        return counted_rows(store)
    places: list[int] = store.read.detailed_places.tolist()
    return places


def basis_of(store: Finished, counted: int, undecided: int, level: float) -> Basis:
    """The basis of answers over ``counted`` rows, of which ``undecided`` are."""
    design, manifest = store.read.design, store.store.manifest
    probability = design.kind in PROBABILITIES
    factors, detailed = len(store.read.factors), len(store.read.detailed_places)
    assumed = None
    if probability:
        tied = _CORRELATED if design.correlations else _INDEPENDENT
        words = _ASSUMED.fill(factors=factors)
        assumed = Text(words.en + tied.en, words.zh + tied.zh)
    return Basis(
        run_id=store.store.run_id,
        name=design.name,
        scenario=store.read.scenario.name,
        kind=design.kind,
        scenarios=len(store),
        counted=counted,
        detailed=detailed,
        asked_alone=counted if store.read.design.details is None else detailed,
        undecided=undecided,
        factors=factors,
        seed=design.seed,
        version=manifest.get("versions", {}).get("regmodel"),
        probability=probability,
        level=level,
        assumed=assumed,
        error=_ERRORS.get(design.kind, _NO_SAMPLE).fill(count=counted, level=f"{100 * level:g}"),
        detailed_words=_detailed_words(detailed, len(store)),
        undecided_words=_UNDECIDED.fill(count=undecided) if undecided else None,
    )


def _detailed_words(detailed: int, of: int) -> Text | None:
    if detailed == of:
        return None
    return _DETAILED.fill(asked=detailed) if detailed else _NO_DETAILS
