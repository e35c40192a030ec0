"""The conflict engine on anybody's linear model: conflicts, ways out and proofs for a file in MPS or LP format."""

from __future__ import annotations

from regmodel.diagnosis.diagnose import Diagnosis, diagnose
from regmodel.diagnosis.exchange import as_json
from regmodel.diagnosis.words import told

__all__ = ["Diagnosis", "as_json", "diagnose", "told"]
