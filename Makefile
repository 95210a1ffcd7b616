# Quietline. `make try` and `make test` set up everything they need on a bare machine.
# Without make: see "Without make" in README.md.

PYTHON ?= python3
VENV := .venv
# One more than there are cores: the tests wait as much as they reckon.
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: help try test coverage check static fmt bench fuzz soak audit secrets lock
help:
	@echo "make try    talk to the bot in this terminal"
	@echo "make test   run every check and test"
	@echo "make coverage  which lines no test runs"
	@echo "make check  ruff, mypy, messages and their words, architecture"
	@echo "make fmt    format the code"
	@echo "make bench  measure"
	@echo "make fuzz   try made-up input for ten minutes"
	@echo "make soak   kill the bot while thousands are to be helped"
	@echo "make audit    known weaknesses of the locked packages; needs the network"
	@echo "make secrets  tokens or keys in the files or in their history"

try: $(VENV)/.installed
	@$(PY) -m bot try

test: static
	@$(PY) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# Much slower, so apart from the tests.
coverage: $(VENV)/.installed-dev
	@$(PY) -m coverage erase
	@$(PY) -m coverage run -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder
	@$(PY) -m coverage combine -q
	@$(PY) -m coverage report

check: static
	@$(PY) -m pytest -q -n $(WORKERS) tests/test_architecture.py tests/content tests/guide tests/golden

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

# In an environment of its own, because the lock files hold what the bot needs and no more. The lists of
# weaknesses are asked for by name and version; nothing is installed from the lock file.
audit: | $(PY)
	@$(PY) -m venv .venv-audit >/dev/null && .venv-audit/bin/python -m pip install --quiet \
		--disable-pip-version-check "pip-audit>=2.9,<3" || \
		{ echo "Nothing was checked: pip-audit cannot be installed from here." >&2; exit 2; }
	@.venv-audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict \
		--progress-spinner off --timeout 15 2> .venv-audit/said; code=$$?; \
		if [ $$code = 0 ] || grep -q "^Found " .venv-audit/said; then cat .venv-audit/said >&2; exit $$code; fi; \
		tail -n 1 .venv-audit/said >&2; \
		echo "Not checked: the list of known weaknesses cannot be reached or read from here." >&2; exit 2

secrets: | $(PY)
	@$(PY) -m tests.secretscan

# Both platforms' local servers, both databases, the bot killed a dozen times on each; OFFERS=200 for a glance.
soak: $(VENV)/.installed-dev
	@$(PY) -m tests.soak --offers $(or $(OFFERS),2000)

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
