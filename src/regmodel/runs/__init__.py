"""One scenario from records to verdict and run folder; verify, compare, explain, back-cast."""
