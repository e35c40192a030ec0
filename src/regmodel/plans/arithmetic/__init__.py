"""What the clauses say about each other by arithmetic alone, before any optimisation: one file per theme."""
