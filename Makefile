# `make run` and `make test` do all of their own set-up; `make help` lists everything.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
CATALOGUES := $(wildcard quiz/translations/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)
# Further words for pytest, e.g. make test ARGS="-k limits"
ARGS ?=

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

.PHONY: run
run: port .venv/.installed $(COMPILED) ## set everything up, load the demo, serve it (PORT=8000 HOST=127.0.0.1 DATABASE_URL=...)
	@HOST="$(HOST)" PORT="$(PORT)" scripts/run.sh

.PHONY: test
test: .venv/.installed-dev $(COMPILED) ## every check and test; PostgreSQL and Chromium are found or installed
	@scripts/test.sh $(ARGS)

.PHONY: bench
bench: .venv/.installed-dev $(COMPILED) ## measure; a table, and exit 1 where a stated bound is missed (BENCH="draws" for one part)
	@$(BIN)/python -m benches $(BENCH)

.PHONY: lighthouse
lighthouse: .venv/.installed-dev $(COMPILED) ## pages under Lighthouse and on weak networks (LIGHTHOUSE="--runs 1 attempt" for less)
	@$(BIN)/python -m benches.page_speed $(LIGHTHOUSE)

.PHONY: walk
walk: .venv/.installed-dev $(COMPILED) ## every page in a browser, in all looks; pictures in var/pictures (WALK="--who owner", "--ways")
	@$(BIN)/python -m benches.page_walk $(WALK)

.PHONY: faults
faults: .venv/.installed-dev $(COMPILED) ## fault drills against the real server on both databases (FAULTS="R01 --scale 0.2" for less)
	@$(BIN)/python -m drills $(FAULTS)

# For the night: 10,000 damaged files of each format take about an hour.
.PHONY: fuzz
fuzz: .venv/.installed-dev ## damaged question files of every format, by seed (FUZZ="--files 500 docx" for less)
	@$(BIN)/python -m benches.fuzzing $(FUZZ)

.PHONY: lint code format-check types imports catalogues templates
lint: code format-check types imports catalogues templates ## ruff, mypy, import-linter, catalogues, templates

code: .venv/.installed-dev
	$(BIN)/ruff check

format-check: .venv/.installed-dev
	$(BIN)/ruff format --check

types: .venv/.installed-dev
	$(BIN)/mypy

imports: .venv/.installed-dev
	@$(BIN)/lint-imports --no-cache | sed -n '/^Contracts$$/,$$p'; exit $${PIPESTATUS[0]}

catalogues: .venv/.installed-dev
	@$(BIN)/python -m tests.support.catalogues

templates: .venv/.installed-dev
	$(BIN)/djlint --quiet --lint templates

.PHONY: format
format: .venv/.installed-dev ## put the code into the shape that lint asks for
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: messages
messages: .venv/.installed-dev ## bring the catalogues up to date with the sources; then translate what is empty
	$(BIN)/python -m tests.support.catalogues --update

.PHONY: lock
lock: .venv/.installed-dev ## choose the newest versions that fit requirements*.in and write them down with hashes
	$(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements.in -o requirements.txt
	$(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements-dev.in -c requirements.txt -o requirements-dev.txt
	$(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --no-header --quiet requirements-postgresql.in -o requirements-postgresql.txt

.PHONY: clean
clean: ## remove what make made here: .venv, var (with the embedded database), caches
	rm -rf .venv var .lighthouse .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache htmlcov .coverage .coverage.*
	find quiz -name '*.mo' -delete
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

.PHONY: port
port:
	@scripts/check-port.sh "$(HOST)" "$(PORT)"

# A stamp per requirements file: pip runs again only when the file is newer.
.venv/.installed: requirements.txt
	@scripts/install.sh $<
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@scripts/install.sh $<
	@touch $@

# A .venv whose Python has gone (the system got a newer one) is made again.
ifneq ($(wildcard .venv),)
ifneq ($(shell $(BIN)/python -c 'print("works")' 2>/dev/null),works)
.venv/.installed: again
endif
endif
.PHONY: again
again:

%.mo: %.po | .venv/.installed
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@
