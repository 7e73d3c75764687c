# One short task file for people, hooks and CI. On a new machine `make demo` and `make test` are enough.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
RUN := $(VENV)/bin
UV := $(RUN)/uv
VECTORS ?= ../shared/vectors
export UV_PYTHON_DOWNLOADS = never
export PYTHONPATH = src

.PHONY: demo prepare words test test-postgresql browser pictures lint conformance bench messages lock clean

## demo: prepare everything and serve the demo on 127.0.0.1 (PORT=8000); SERVE=0 prepares and exits
demo: prepare
	@$(RUN)/lumbung demo
	@if [ "$(SERVE)" != "0" ]; then exec $(RUN)/lumbung serve --port $(PORT); fi

prepare: $(VENV)/.run words
	@$(RUN)/lumbung migrate --verbosity 0
	@$(RUN)/lumbung collectstatic --noinput --verbosity 0

$(RUN)/uv: lock/uv.txt
	@$(PYTHON) -m venv $(VENV)
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/uv.txt
	@touch $(RUN)/uv

$(VENV)/.run: $(RUN)/uv lock/run.txt pyproject.toml
	@$(UV) pip install --quiet --python $(RUN)/python --require-hashes -r lock/run.txt
	@$(UV) pip install --quiet --python $(RUN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run lock/dev.txt
	@$(UV) pip install --quiet --python $(RUN)/python --require-hashes -r lock/dev.txt
	@touch $@

words: $(VENV)/.run
	@$(RUN)/lumbung words --compile

## test: every test but the browser's; TEST_DATABASE_URL=postgresql://… runs them on PostgreSQL
test: $(VENV)/.dev words
	@$(RUN)/pytest -n auto --cov --cov-report=
	@$(RUN)/python tests/coverage_floor.py

test-postgresql: $(VENV)/.dev words
	@$(RUN)/pytest -n auto

## browser: the paths that matter and every address, in a real Chromium (CHROMIUM=/usr/bin/chromium)
browser: $(VENV)/.dev words
	@$(RUN)/lumbung collectstatic --noinput --verbosity 0
	@$(RUN)/pytest -m browser tests/browser

## pictures: draw the pictures of README and walkthrough from a real walk
pictures: $(VENV)/.dev words
	@$(RUN)/pytest -m browser tests/browser/draw_pictures.py

## lint: format, lint, types, walls, templates
lint: $(VENV)/.dev
	@$(RUN)/ruff check src tests benchmarks
	@$(RUN)/ruff format --check src tests benchmarks
	@$(RUN)/mypy
	@$(RUN)/lint-imports
	@git ls-files '*.html' | xargs $(RUN)/djade --target-version 5.2 --check

## conformance: the test data of others (VECTORS=../shared/vectors)
conformance: $(VENV)/.dev
	@VECTORS=$(VECTORS) $(RUN)/pytest -m conformance tests

## bench: speed against peers, in the same run; every page with 100,000 makers (ten minutes to build them, once)
bench: $(VENV)/.dev
	@$(RUN)/python benchmarks/split.py
	@$(RUN)/python benchmarks/resplit.py
	@$(RUN)/python benchmarks/imports.py
	@$(RUN)/python benchmarks/at_size.py

## messages: collect the words of the screen, fail when an Indonesian word is missing
messages: $(VENV)/.dev
	@$(RUN)/lumbung words --check

## lock: remake the hashed lock files
lock: $(RUN)/uv
	@$(UV) pip compile -q --no-header --no-emit-find-links --generate-hashes --upgrade --python-version 3.11 --universal --group pyproject.toml:build pyproject.toml -o lock/run.txt
	@$(UV) pip compile -q --no-header --no-emit-find-links --generate-hashes --upgrade --python-version 3.11 --universal --group pyproject.toml:build --group pyproject.toml:dev -c lock/run.txt pyproject.toml -o lock/dev.txt

clean:
	rm -rf $(VENV) var
