# Gongkai's commands. `make run` and `make test` need nothing but Python 3.11 and, the first time, a package index.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONUNBUFFERED := 1

.PHONY: help run night serve test bench fuzz lock browser clean
.NOTPARALLEL:

help:
	@echo "make run    one night over the bundled sample portals, then the site on http://127.0.0.1:8001"
	@echo "make night  the night alone            make serve  the site alone"
	@echo "make test   every check and test       make bench  how fast we read and crawl"
	@echo "make fuzz   damaged documents for every reader, ten minutes each"
	@echo "make browser  let nights use Chromium for portals that only scripts fill in"
	@echo "make lock   pin the requirements anew  make clean  remove what setting up and testing left"

run: .venv/.runtime
	@$(BIN)/python -m samples.first_night --serve

night: .venv/.runtime
	@$(BIN)/python -m samples.first_night

serve: .venv/.runtime
	@$(BIN)/python -m publish serve

test: .venv/.dev
	@bin/browser
	@bin/office
	@echo "Lint and format (ruff)"; $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "Types (mypy)"; $(BIN)/mypy
	@echo "Who imports whom (import-linter)"; $(BIN)/lint-imports --no-logo
	@echo "Tests (pytest)"; $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder
	@echo "All checks and tests passed. Next: 'make run' shows one night and its site."

bench: .venv/.dev
	@$(BIN)/python -m benchmarks.reading
	@$(BIN)/python -m benchmarks.pdf
	@$(BIN)/python -m benchmarks.memory
	@$(BIN)/python -m benchmarks.crawl
	@echo "Next: if these differ from docs/benchmarks.md for a reason you know, write it there."

fuzz: .venv/.dev
	@bin/office
	@$(BIN)/python -m fuzz all
	@echo "Next: what was run and found is written in docs/fuzzing.md."

# The pinned files carry hashes and no addresses: pip takes them from whichever index the machine is set to.
UV_COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"
lock:
	@echo "Pinning the three requirements files from pyproject.toml (needs uv)"
	@$(UV_COMPILE) pyproject.toml -o requirements.txt
	@$(UV_COMPILE) pyproject.toml --extra browser -c requirements.txt -o requirements-browser.txt
	@$(UV_COMPILE) pyproject.toml --all-extras --group dev -c requirements-browser.txt -o requirements-dev.txt
	@echo "Pinned. Next: 'make test', then commit the three files with pyproject.toml."

browser:
	@bin/browser
	@PYTHON="$(PYTHON)" bin/setup requirements-browser.txt
	@echo "From the next night on, pages that only scripts fill in are shown by Chromium."

clean:
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Removed the environment and the caches; archive.db and captures.db stay. Next: 'make run' or 'make test'."

.venv/.runtime: requirements.txt
	@PYTHON="$(PYTHON)" bin/setup requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt
	@PYTHON="$(PYTHON)" bin/setup requirements-dev.txt
	@touch .venv/.runtime $@
