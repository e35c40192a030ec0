# Each task is written in tasks.py, so that Windows without make does the same: py tasks.py run
PYTHON ?= python3

.PHONY: run test bench docs lock clean
run test bench docs lock clean:
	@$(PYTHON) tasks.py $@
