"""How each clause is used, and why: so that no row of a plan is silently without effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from regmodel.params import shipped_folder
from regmodel.plans.clause import Clause
from regmodel.plans.documents import read_rows
from regmodel.vocabulary.texts import Text

USES_FILE = "clause_uses.csv"
Use = Literal["programme", "arithmetic", "reported", "not_modelled", "not_decidable"]
USES: tuple[Use, ...] = ("programme", "arithmetic", "reported", "not_modelled", "not_decidable")
_MATCHED = ("id", "kind", "domain", "variable")


@dataclass(frozen=True)
class UseRule:
    """A line of the table of uses; a cell that is empty matches anything. The first line that matches decides."""

    id: str
    kind: str
    domain: str
    variable: str
    use: Use
    reason: Text

    def matches(self, clause: Clause) -> bool:
        """Whether the line speaks of this clause."""
        return all(getattr(self, name) in ("", getattr(clause, name)) for name in _MATCHED)


@dataclass(frozen=True)
class LedgerEntry:
    """What becomes of one clause: 'programme' has rows in the optimisation, 'arithmetic' is compared without it."""

    clause: str
    use: Use
    reason: Text


@cache
def read_uses(folder: Path) -> tuple[UseRule, ...]:
    """The table of uses of a params folder."""
    _, rows = read_rows(folder / USES_FILE)
    return tuple(
        UseRule(
            id=row["id"],
            kind=row["kind"],
            domain=row["domain"],
            variable=row["variable"],
            use=cast(Use, row["use"]),
            reason=Text(row["reason_en"], row["reason_zh"]),
        )
        for row in rows
    )


def ledger(clauses: Iterable[Clause], folder: Path | None = None) -> dict[str, LedgerEntry]:
    """The use of each clause with its reason, by id and in the order given.

    A clause that no line of the table speaks of is 'not_modelled', and says that it is new to the table.
    """
    rules = read_uses(folder if folder is not None else shipped_folder())
    found: dict[str, LedgerEntry] = {}
    for clause in clauses:
        rule = next((rule for rule in rules if rule.matches(clause)), None)
        if rule is None:
            reason = Text(
                f'the variable "{clause.variable}" is new to {USES_FILE}: the model does nothing with it',
                f"{USES_FILE}未列出变量“{clause.variable}”：模型未使用",
            )
            found[clause.id] = LedgerEntry(clause.id, "not_modelled", reason)
        else:
            found[clause.id] = LedgerEntry(clause.id, rule.use, rule.reason)
    return found
