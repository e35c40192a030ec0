"""Many scenarios: designs, compiled re-solves, executors, the store of results."""
