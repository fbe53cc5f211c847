# `make` alone explains the targets.
.DEFAULT_GOAL := help
.PHONY: help setup run test exhaustive decade bench fuzz weights fmt lint types clean setup-test setup-peer

BIN := .venv/bin
PORT ?= 8000
SECONDS ?= 60
DATA ?= ../shared/data
# Templates, call-taker questions and translations: all that people are asked or told.
ASKED = $$(find safecall -path '*/templates/*' -type f ! -name '*.pyc'; \
	find safecall/scripts -name '*.toml'; find safecall -name '*.po')

help: ## Explain the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## Install everything; the command is then .venv/bin/safecall
	@bin/setup

run: setup ## Start a demonstration department on http://127.0.0.1:8000 (PORT=... changes it)
	@$(BIN)/safecall demo
	@$(BIN)/safecall serve --port $(PORT)

decade: setup ## A million real calls: opened, published, verified (DATA=folder with the open data)
	@$(BIN)/safecall decade --data $(DATA)

test: setup setup-test lint types ## Check and test everything, on SQLite and PostgreSQL
	$(BIN)/python -m tests.support.postgresql $(BIN)/pytest -q -n 2 --dist worksteal -m "both or postgres"
	$(BIN)/pytest -q -n 2 --dist worksteal -m "not postgres and not exhaustive"

exhaustive: setup setup-test ## What make test looks at in part, in whole: every public page in every language
	$(BIN)/pytest -q -n 2 -m exhaustive

bench: setup setup-test setup-peer ## Measure requests a second beside the raw driver, the guard and the ledger
	$(BIN)/python -m bench

fuzz: setup ## Attack the guard with texts for a minute (SECONDS=... changes it)
	@bin/setup-fuzz
	$(BIN)/python -m fuzz --seconds $(SECONDS)

weights: setup ## Learn the weights of the guard's second reading anew, from our own sentences
	$(BIN)/python -m training

fmt: setup ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup ## Hold code against its style, and questions against the guard
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	SAFECALL_ENV=test $(BIN)/safecall check
	$(BIN)/safecall lint $(ASKED)

types: setup ## Check the types
	SAFECALL_ENV=test $(BIN)/mypy

clean: ## Remove what set-up and tests made, except var/ (your data)
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find safecall -name '*.mo' -delete
	rm -rf safecall/website/static/website/fonts

setup-test:
	@bin/setup-test

setup-peer:
	@bin/setup-peer
