# Works on a bare machine with Python 3.11 or newer: every target makes what it needs in .venv.
# Another Python: make test PYTHON=python3.13. On Windows without make, see the README.

PYTHON ?= python3
VENV ?= .venv
PIP_FLAGS ?= --quiet --disable-pip-version-check
# With spark (300 MB) the tests of that engine run too: make test TEST_EXTRAS=test,duckdb,spark.
TEST_EXTRAS ?= test,duckdb

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

# An environment that uv made has no pip of its own.
INSTALL = $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; \
  $(BIN)/python -m pip install $(PIP_FLAGS) --editable

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench samples docs clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(firstword $(MAKEFILE_LIST)) | sed 's/:.*## /	/'

demo: $(VENV)/.installed ## install into .venv and rank the embedded synthetic region
	$(BIN)/sectorscan rank

test: $(VENV)/.installed-test ## install with the test tools and run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST_FLAGS)

lint: $(VENV)/.installed-dev ## style, formatting and types
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff check --preview --select PLW1514 . # no file is opened without an encoding
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	MYPYPATH=src:tools:benchmarks $(BIN)/python -m mypy $(wildcard tools/*.py benchmarks/*.py)

format: $(VENV)/.installed-dev ## mend what ruff can mend
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

bench: $(VENV)/.installed ## ratios to the floors: --help, the sample, national files (7 GB, made once)
	$(BIN)/python benchmarks/run.py $(BENCH_FLAGS)

samples: $(VENV)/.installed ## make the synthetic sample again (same bytes)
	$(BIN)/python tools/make_samples.py

docs: $(VENV)/.installed ## make the generated pages of docs/ again
	@set -e; for page in $(wildcard tools/make_*_page.py); do echo "$$page"; $(BIN)/python "$$page"; done

clean: ## remove what the other targets made, .venv included
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis benchmarks/.data
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.installed: pyproject.toml | $(VENV)/pyvenv.cfg
	$(INSTALL) .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(VENV)/pyvenv.cfg
	$(INSTALL) ".[$(TEST_EXTRAS)]"
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/pyvenv.cfg
	$(INSTALL) ".[dev,$(TEST_EXTRAS)]"
	@touch $@ $(VENV)/.installed $(VENV)/.installed-test

$(VENV)/pyvenv.cfg:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "$(PYTHON) was not found. Install Python 3.11 or newer (https://www.python.org/downloads/)," >&2; \
	  echo "or name yours: make PYTHON=python3.13 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is `$(PYTHON) --version 2>&1`; sectorscan needs Python 3.11 or newer." >&2; \
	  echo "Install one, or name yours: make PYTHON=python3.13 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) can't make a virtual environment: its venv or ensurepip module is missing." >&2; \
	  echo "On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
