"""Which plan clauses can hold together, the proof, the repairs, the trade-offs."""
