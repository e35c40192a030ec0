"""The two numbers of a verdict that sensitivities are asked of, and the problems of asking in vain."""

from __future__ import annotations

from collections.abc import Mapping

from regmodel.batch.answers.whole import Finished
from regmodel.vocabulary.problems import InputProblems, Problem
from regmodel.vocabulary.texts import Text

OUTPUTS: Mapping[str, Text] = {
    "attainability": Text("attainability", "目标可达程度"),
    "worst_margin": Text("worst margin", "最紧余量"),
}
DETAILED = ("attainability",)
"""Those of which a design may ask only some of its scenarios."""
MEANT: Mapping[str, Text] = {
    "attainability": Text(
        "Attainability is the largest share of the way from the base year to its target that every clause can reach at "
        "once; 1 where all targets are met.",
        "目标可达程度：各条款能够同时达到的、由基年到目标的最大比重；全部达到时为 1。",
    ),
    "worst_margin": Text(
        "The worst margin is the room of the tightest clause on the trend, relative to the size of the clause; below 0 "
        "where the trend misses it.",
        "最紧余量：趋势推演下最紧条款的余量，相对于条款数值；趋势未达到时为负。",
    ),
}


def refused(store: Finished, found: Text, expected: Text, to_do: Text, code: str) -> InputProblems:
    """What is raised where a store cannot answer a question."""
    return InputProblems([Problem(code, str(store.store.folder), found, expected, to_do)])


def wrong_kind(store: Finished, what: Text, kinds: tuple[str, ...]) -> InputProblems:
    """What is raised where the design is of a kind that does not answer the question."""
    names = ", ".join(kinds)
    return refused(
        store,
        Text(f'a design of kind = "{store.kind}"', f'kind = "{store.kind}" 的设计'),
        Text(f"for {what.en}, a design of kind {names}", f"{what.zh}需用的设计类型：{names}"),
        Text("judge a design of such a kind", "请以上述类型的设计另行计算"),
        "B-42",
    )
