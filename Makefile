# One command per habit. `make demo` and `make test` need nothing but Python 3.11 or newer.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
DEMO ?= demo

.PHONY: help setup extras demo test fuzz servers check format gate golden bench docs site-docs screenshots package clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(BIN)/narrator: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python -m compileall -q narrator
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	$(BIN)/python -m compileall -q narrator
	@touch $@

.PHONY: locked lock lowest audit
locked: | $(BIN)/python ## the development environment with the very versions of requirements-dev.lock
	$(BIN)/python -m pip install --quiet --constraint requirements-dev.lock --editable ".[dev,all,docs]"
	@touch $(VENV)/.dev $(VENV)/.all $(VENV)/.docs

lock: ## write requirements-dev.lock anew: the newest versions that fit together
	$(PYTHON) -m venv --clear build/lock
	build/lock/bin/python -m pip install --quiet ".[dev,all,docs]"
	(grep '^#' requirements-dev.lock; build/lock/bin/python -m pip freeze --exclude narrator-podcast) > build/lock/new
	mv build/lock/new requirements-dev.lock

lowest: ## the tests with the lowest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear build/lowest
	build/lowest/bin/python -m pip install --quiet uv
	build/lowest/bin/uv pip install --quiet --python build/lowest/bin/python --resolution lowest-direct --editable ".[dev,all,docs]"
	build/lowest/bin/python -m pytest -n auto -m "not net"

audit: ## faults that are known of the locked versions (asks pypi.org)
	$(PYTHON) -m venv build/audit
	build/audit/bin/python -m pip install --quiet pip-audit
	build/audit/bin/pip-audit --disable-pip --no-deps --requirement requirements-dev.lock

$(VENV)/.all: $(VENV)/.dev pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[all]"
	@touch $@

$(VENV)/.docs: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable ".[docs]"
	@touch $@

setup: $(VENV)/.dev ## make the development environment

extras: $(VENV)/.all ## and every optional part, so that no test skips for want of a package

demo: $(BIN)/narrator ## an example post → episode, feed and site, with the embedded voice
	@$(BIN)/narrator make examples/harbour-lights.txt --show $(DEMO) --engine espeak
	@echo
	@echo "Open $(DEMO)/index.html in a browser, or run:  $(BIN)/narrator serve --show $(DEMO)"
	@echo "and add http://127.0.0.1:8000/feed.xml to a podcast app on this machine."
	@echo "Better voices: $(BIN)/narrator voices"

test: $(VENV)/.dev ## all tests that need no server and no browser, offline
	$(BIN)/python -m pytest -n auto -m "not net"

FUZZ ?=
fuzz: $(VENV)/.dev ## feed the readers what no person writes, guided by coverage (FUZZ="--seconds 60 page")
	$(BIN)/python -m pip install --quiet "atheris>=3"
	$(BIN)/python tests/fuzz/run.py $(FUZZ)

servers: $(VENV)/.all ## tests with real browsers, servers and podcast clients (.ci/install brings them)
	$(BIN)/python -m pytest -n auto -m net --dist loadgroup

check: $(VENV)/.dev ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev ## put the source in shape
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

gate: $(VENV)/.dev ## scores of the reader against their floors
	$(BIN)/python -m pytest tests/quality -s

bench: $(VENV)/.dev ## speed and memory as ratios, appended to tests/bench/results.csv
	$(BIN)/python tests/bench/run.py

docs: $(VENV)/.dev ## write docs/reference/ from the program
	$(BIN)/python docs/reference.py

site-docs: $(VENV)/.docs ## the documents as a site in build/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

screenshots: $(VENV)/.all ## take the pictures of docs/images anew (needs Chromium)
	$(BIN)/python docs/screenshots.py

package: $(VENV)/.dev ## wheel and sdist
	$(BIN)/python -m pip install --quiet build
	$(BIN)/python -m build

clean: ## remove what the other commands made
	rm -rf dist build $(DEMO) .mypy_cache .ruff_cache .pytest_cache
