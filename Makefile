# Two commands matter: `make demo` and `make test`. Each sets up what it needs by itself.
# Needed beforehand: Python 3.11 or newer, make and git. Nothing else.

SHELL := /bin/sh
.SUFFIXES:
.DEFAULT_GOAL := help

# Else every process that a test or the demonstration starts compiles the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
ARGS ?=
SEEDS ?= 0:20000
LOWER_FLOORS := record charter institution peer
TYPED_FLOORS := $(LOWER_FLOORS) desks

# Quiet pip (it still prints errors): names, versions and hashes come from the lock, never from a resolver.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-input --no-deps

.PHONY: help setup demo test test-browser sim fuzz lint bench verify-clean lock hello-demo hello-test

help:
	@echo "make demo          show the institution at work on this machine (ARGS=... is passed on)"
	@echo "make test          run every test but those in a browser"
	@echo "make test-browser  look at every page in a real browser (needs Chromium)"
	@echo "make sim           try the record in 20,000 seeded histories (SEEDS=0:2000 for fewer)"
	@echo "make fuzz          give every parser altered bytes, for some minutes"
	@echo "make lint          style, types and floors"
	@echo "make bench         measure, and write bench/results/latest.json"
	@echo "make setup         install everything that a contributor needs"
	@echo "make verify-clean  run lint and test in a fresh copy of the last commit"

demo: hello-demo $(VENV)/.stamp-core
	@$(BIN)/architrave demo $(ARGS)

test: hello-test $(VENV)/.stamp-test
	@$(BIN)/python -m pytest -q -n 3 --dist loadscope --ignore=tests/browser $(ARGS)

# One process: three nodes and one browser serve all of them. Without Chromium they are skipped.
test-browser: $(VENV)/.stamp-test
	@$(BIN)/python -c "from tests.browser.chromium import missing; \
	  print('Skipped: there is ' + missing() + '.' if missing() else \
	  'Architrave: three nodes, every page, in a browser.')"
	@$(BIN)/python -m pytest -q tests/browser $(ARGS)

# About two hours on two cores; SEEDS=0:2000 takes ten minutes.
sim: $(VENV)/.stamp-core
	@$(BIN)/architrave sim --seeds $(SEEDS) $(ARGS)

# Every parser against altered bytes, drawn anew; some minutes.
fuzz: $(VENV)/.stamp-test
	@HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -q -n 2 tests/record/test_record_parsers.py \
	  tests/node/test_every_parser.py tests/node/test_hostile_messages.py \
	  tests/node/test_peer_requests.py tests/node/test_witness_door.py $(ARGS)

lint: $(VENV)/.stamp-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict $(addprefix src/architrave/,$(TYPED_FLOORS))
	@$(BIN)/lint-imports --no-logo

bench: $(VENV)/.stamp-test
	@$(BIN)/python -m bench.run $(ARGS)

setup: $(VENV)/.stamp-test
	@echo "Ready. Try: make demo"

# A separate clone, so that files which were never committed cannot help it pass.
verify-clean:
	@fresh=$$(mktemp -d) && trap 'rm -rf "$$fresh"' EXIT INT TERM && \
	  git clone --quiet --no-hardlinks . "$$fresh/clone" && \
	  cd "$$fresh/clone" && ./.ci/run

# For maintainers: writes the locks anew from pyproject.toml, without any index address.
lock: $(VENV)/.stamp-test
	@$(BIN)/python requirements/lock.py

# Said before anything slow begins.
hello-demo:
	@test -e $(VENV)/.stamp-core || \
	  echo "Architrave: three capitals, three minute books, no master copy (a demonstration)."

hello-test:
	@echo "Architrave: running every test but those in a browser (make test-browser)."

$(VENV)/.stamp-python: requirements/choose-python.sh
	@python=$$(sh requirements/choose-python.sh "$(PYTHON)") || exit $$?; \
	  "$$python" -m venv $(VENV) && touch $@

$(VENV)/.stamp-core: requirements/core.txt pyproject.toml $(VENV)/.stamp-python
	@echo "Setting up in $(VENV) from requirements/core.txt (once, about a minute) ..."
	@$(INSTALL) --require-hashes -r requirements/core.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

$(VENV)/.stamp-test: requirements/test.txt $(VENV)/.stamp-core
	@echo "Adding the tools for tests from requirements/test.txt (once) ..."
	@$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@
