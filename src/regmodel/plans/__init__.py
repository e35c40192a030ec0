"""The wording of a plan into a clause: region set, years, sense, tolerance, rank, readings; what clauses say alone."""

from regmodel.plans.arithmetic.base_year_targets import BaseYearStanding
from regmodel.plans.arithmetic.finding import Contradiction
from regmodel.plans.arithmetic.themes import contradictions, met_at_base
from regmodel.plans.clause import Bounds, Clause
from regmodel.plans.clause_tables import read_clauses
from regmodel.plans.corrections import Evidence, recompute_evidence
from regmodel.plans.documents import Document, read_documents
from regmodel.plans.uses import LedgerEntry, ledger
from regmodel.plans.wording import (
    WordingRules,
    bounds,
    bounds_in_memory,
    quantity_class,
    read_wording,
    rule_differences,
)

__all__ = [
    "BaseYearStanding",
    "Bounds",
    "Clause",
    "Contradiction",
    "Document",
    "Evidence",
    "LedgerEntry",
    "WordingRules",
    "bounds",
    "bounds_in_memory",
    "contradictions",
    "ledger",
    "met_at_base",
    "quantity_class",
    "read_clauses",
    "read_documents",
    "read_wording",
    "recompute_evidence",
    "rule_differences",
]
