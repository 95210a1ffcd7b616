# Quietline. `make try` and `make test` set up everything they need on a bare machine.
# Without make: see "Without make" in README.md.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: help try test coverage check static fmt bench fuzz lock
help:
	@echo "make try    talk to the bot in this terminal"
	@echo "make test   run every check and test"
	@echo "make coverage  which lines no test runs"
	@echo "make check  ruff, mypy, messages and their words, architecture"
	@echo "make fmt    format the code"
	@echo "make bench  measure"
	@echo "make fuzz   try made-up input for ten minutes"

try: $(VENV)/.installed
	@$(PY) -m bot try

test: static
	@$(PY) -m pytest -q -n auto --dist loadfile --no-loadscope-reorder

# Much slower, so apart from the tests.
coverage: $(VENV)/.installed-dev
	@$(PY) -m coverage erase
	@$(PY) -m coverage run -m pytest -q -n auto --dist loadfile --no-loadscope-reorder
	@$(PY) -m coverage combine -q
	@$(PY) -m coverage report

check: static
	@$(PY) -m pytest -q -n auto tests/test_architecture.py tests/content tests/guide tests/golden

static: $(VENV)/.installed-dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m mypy
	@$(PY) -m bot check

fmt: $(VENV)/.installed-dev
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

# CORPUS=file measures on JSON lines of real chat.
bench: $(VENV)/.installed-dev
	@$(PY) -m benchmarks $(CORPUS)

# One core; MINUTES=0.1 for a glance.
fuzz: $(VENV)/.installed-dev
	@$(PY) -m tests.fuzz --minutes $(or $(MINUTES),10)

# Needs uv. The lock files carry hashes and no addresses, so plain pip can install them from anywhere.
lock:
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --group dev pyproject.toml -o requirements-dev.lock

$(VENV)/.installed: requirements.lock | $(PY)
	@echo "Setting up; this takes a minute, once." >&2
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock | $(PY)
	@echo "Setting up; this takes a minute, once." >&2
	@$(PIP) -r requirements-dev.lock
	@touch $@

# Debian ships Python without venv: install that part, or say how.
$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Quietline needs Python 3.11 or newer; name it with: make PYTHON=python3.11 try" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { rm -rf $(VENV); $(MAKE) --no-print-directory venv-package && \
		$(PYTHON) -m venv $(VENV); }

.PHONY: venv-package
venv-package:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; \
	else \
		echo "Python's venv is missing; run: sudo apt install python3-venv" >&2; exit 2; \
	fi
