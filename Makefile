# Two commands do everything on a fresh machine: `make serve` and `make test`. `make help` lists the others.
# Each file under .venv/ that starts with "." is a stamp: what it stands for is done until its sources change.

HOST ?= 127.0.0.1
PORT ?= 8000
DATA ?= var
WORKERS ?= 2
ARGS ?=
# Walks are drawn from it: another one each time, unless you name one that failed.
SEED ?= $(shell date +%s)
# The first Python that is new enough, unless you name one: make serve PYTHON=/somewhere/python3
PYTHON ?= $(firstword $(foreach python,python3 python3.14 python3.13 python3.12 python3.11, \
  $(shell $(python) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(python))))

BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

.PHONY: help
help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name does; do printf '%-12s %s\n' "$$name" "$$does"; done

.PHONY: serve
serve: setup ## set up what is missing, then serve; PORT=8123 DATA=/some/dir
	@exec $(BIN)/handrail serve --host $(HOST) --port $(PORT) --data $(DATA) --guides guides

.PHONY: test
test: setup-tests ## set up what is missing, then run every test; ARGS="-k desk" picks some
ifeq ($(strip $(ARGS)),)
	@# Lines are counted of the engine, by its own tests: counting costs time, and the others would add nothing.
	$(PYTEST) tests/engine --cov=engine --cov-branch --cov-fail-under=100
	$(PYTEST) tests --ignore=tests/engine
else
	$(PYTEST) $(ARGS)
endif
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

.PHONY: check
check: setup-tests ## lint, layout, types, import contracts and links, without the other tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python hatch_build.py types
	$(BIN)/python -m pytest --quiet tests/test_contracts.py tests/test_setup.py tests/test_links.py
	$(BIN)/python -m tests.sizes

.PHONY: format
format: setup-tests ## lay out the code and mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: faults
faults: setup-tests ## kill the server at random moments in 50 walks, on both databases
	HANDRAIL_WALKS=50 $(BIN)/python -m pytest tests/web/faults $(ARGS)

.PHONY: walks
walks: setup-tests ## make 50,000 walks that nobody wrote, each also by a slow reference
	HANDRAIL_WALK_COUNT=50000 HANDRAIL_WALK_SEED=$(SEED) $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
	  tests/engine/test_walks.py $(ARGS)

.PHONY: corpora
corpora: setup-tests ## take every hostile file through the commands; HANDRAIL_CORPORA=/some/dir of <kind>.jsonl files
	HANDRAIL_CASES=100000 HANDRAIL_CHILDREN=100000 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal \
	  tests/engine/test_corpora.py tests/web/commands/test_corpora.py $(ARGS)

.PHONY: bench
bench: setup ## measure compiling and walking against a plain-dict floor
	$(BIN)/python -m bench $(ARGS)

.PHONY: bench-screen
bench-screen: setup-tests ## measure a step at the server beside a bare route, and in a browser from key to paint
	$(BIN)/python -m bench.screen $(ARGS)
	$(BIN)/python -m bench.keys

.PHONY: mutants
mutants: .venv/.mutants ## put small wrongs into the engine, and see which of them no test finds
	PYTHONHASHSEED=0 $(BIN)/python -m tests.mutants --jobs $(WORKERS) $(ARGS)

.PHONY: reading
reading: setup-tests ## tell how easily what the guides have people say is followed by ear
	@$(BIN)/python -m tests.reading

.PHONY: strings
strings: setup-tests ## bring the interface's catalogues to what the code says; names what waits for a translation
	@$(BIN)/python -m tests.strings

.PHONY: lock
lock: setup ## renew requirements/*.txt to the newest releases that pyproject.toml allows
	$(PIP) --require-hashes -r requirements/lock.txt
	$(LOCK) pyproject.toml --group setup -o requirements/serve.txt
	$(LOCK) pyproject.toml --group setup --group test -c requirements/serve.txt -o requirements/test.txt
	$(LOCK) --group mutants -c requirements/serve.txt -c requirements/test.txt -o requirements/mutants.txt
	$(LOCK) --group node -o requirements/node.txt
	$(LOCK) --group lock -o requirements/lock.txt
LOCK := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-annotate --custom-compile-command 'make lock'

.PHONY: clean
clean: ## remove everything these commands installed or built; var/ stays
	rm -rf .venv node_modules web/static/dist dist .*_cache .coverage .hypothesis

.PHONY: setup
setup: .venv/.serve web/static/dist/app.js

.PHONY: setup-tests
setup-tests: setup .venv/.test browser

.PHONY: browser
browser:
	@if command -v "$${HANDRAIL_CHROMIUM:-chromium}" >/dev/null; then exit 0; fi; \
	if [ -n "$$HANDRAIL_CHROMIUM" ]; then \
	  echo "HANDRAIL_CHROMIUM names $$HANDRAIL_CHROMIUM, which cannot be run. Name a Chromium, or unset it." >&2; exit 1; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the tests ..."; \
	  apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium >/dev/null; exit $$?; fi; \
	echo "The tests drive a real browser, and there is no chromium on PATH. Run:" >&2; \
	if command -v apt-get >/dev/null; then echo "    sudo apt-get install chromium" >&2; \
	else echo "    brew install --cask chromium" >&2; fi; \
	echo "or name the one you have: HANDRAIL_CHROMIUM=/path/to/chromium make test" >&2; exit 1

.venv/.python:
	@if [ -z "$(PYTHON)" ]; then \
	  echo "Handrail needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; \
	  echo "On macOS: brew install python. If you have it elsewhere: make PYTHON=/path/to/python3 ..." >&2; exit 1; fi
	@echo "Setting up Python in .venv ..."
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }
	@touch $@

.venv/.serve: requirements/serve.txt pyproject.toml | .venv/.python
	@echo "Installing the locked dependencies ..."
	@$(PIP) --require-hashes -r requirements/serve.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.test: requirements/test.txt .venv/.serve
	@echo "Installing the locked test tools ..."
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

.venv/.mutants: requirements/mutants.txt .venv/.test
	@echo "Installing the locked tools for mutants ..."
	@$(PIP) --require-hashes -r requirements/mutants.txt
	@touch $@

web/static/dist/app.js: $(shell find web/assets -type f) package.json package-lock.json hatch_build.py | .venv/.serve
	@echo "Building the front end ..."
	@$(BIN)/python hatch_build.py build
	@touch $@
