# Two commands: `make demo` and `make test`. Both may be repeated, and work offline once they have run.
.PHONY: demo test slow lint clean
.SUFFIXES:

VENV   := .venv
BIN    := $(VENV)/bin
PYTHON ?= python3
PIP    := $(BIN)/python -m pip --disable-pip-version-check

# A stamp for each set of extras, made anew when pyproject.toml changes.
.make/%: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "evalkit needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	@test -x $(BIN)/python || { echo "making the virtual environment $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "installing evalkit with the extra '$*' (a minute or two the first time)"
	@$(PIP) install --editable '.[$*]'
	@mkdir -p .make && touch $@

demo: .make/local
	@$(BIN)/evalkit gate reports/quickstart.json; code=$$?; \
	echo; echo "exit code $$code: 0 parity or superior, 1 inferior, 3 inconclusive, 4 invalid"; \
	echo "the report: reports/runs/gates/quickstart/report.md"; \
	test $$code -eq 0 -o $$code -eq 3

test: .make/test
	$(BIN)/python -m pytest

slow: .make/test .make/local
	$(BIN)/python -m pytest -m slow

lint: .make/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) .make
