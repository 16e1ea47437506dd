# make run     everything on a fresh machine: environment, packages, first release, dashboard
# make test    everything on a fresh machine: environment, packages, the whole test suite
# make coverage  the same, and which lines no test reaches
# make check   lint, types, import contracts, definitions and data in order

PYTHON ?= python3
BIN := .venv/bin
# Tests in a browser mostly wait for it, so there are more workers than processors; who is done
# first takes over from the others.
WORKERS ?= 4

.PHONY: run test coverage check docs

run: .venv/ready
	@$(BIN)/python -m loti_dash releases | grep -q '^\*' || $(BIN)/python -m loti_dash build --note "First release"
	$(BIN)/python -m streamlit run app.py

test: .venv/ready-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

coverage: .venv/ready-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term:skip-covered

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m loti_dash check

docs: .venv/ready
	$(BIN)/python -m loti_dash docs

.venv/bin/python:
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or newer is needed"'
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/ready-dev: .venv/bin/python requirements.txt requirements-dev.txt
	$(BIN)/python -m pip install --disable-pip-version-check -r requirements-dev.txt
	@touch $@ .venv/ready
