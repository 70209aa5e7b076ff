# `make` lists what there is. Everything sets itself up: Python 3.11+ and make are all a machine needs.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help run test check bench shots assets browser format messages clean

help: ## List the commands
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/ready assets ## Start everything with the demo; Ctrl-C stops it (PORT=8000)
	@exec nok serve --demo

test: .venv/dev assets browser ## Run every test: both databases, a real broker, a real browser
	pytest -n 2 $(ARGS)
	npm test --silent

check: .venv/dev ## Lint, types, contracts
	ruff check .
	ruff format --check .
	djlint --quiet --lint templates
	mypy
	lint-imports

bench: .venv/dev assets browser node_modules/bench ## Measure what the README claims
	python -m bench $(ARGS)

shots: .venv/dev assets browser ## Photograph every page into var/shots
	python -m bench.shots var/shots $(ARGS)

assets: static/build/manifest.json ## Build the front end

format: .venv/dev ## Put the code into the house style
	ruff check --fix .
	ruff format .

messages: .venv/dev ## Collect what is to be translated
	pybabel -q extract -F nok/translations/babel.cfg --no-location --omit-header -o nok/translations/messages.pot .

clean: ## Remove what was built (not var/, which holds your data)
	rm -rf .venv node_modules static/build

.venv/ready: uv.lock pyproject.toml deploy/setup.sh
	@deploy/setup.sh python "$(PYTHON)"
	@touch $@

.venv/dev: .venv/ready
	@deploy/setup.sh tools
	@touch $@

node_modules/ready: package.json package-lock.json .venv/ready
	@deploy/setup.sh node
	@touch $@

node_modules/bench: node_modules/ready
	@deploy/setup.sh bench
	@touch $@

static/build/manifest.json: node_modules/ready $(shell find static -path static/build -prune -o -type f -print)
	@npm run --silent build

browser: .venv/dev
	@deploy/setup.sh browser
