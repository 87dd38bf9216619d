# What people do with this repository. `make start ARGS=--no-browser` passes ARGS on to `coursekit start`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# uv works in the environment that VENV names, whatever its name.
export UV_PROJECT_ENVIRONMENT := $(VENV)

# What is compiled once is kept, whatever the environment says: the tests start hundreds of processes, and a server two.
unexport PYTHONDONTWRITEBYTECODE

TESTS := $(BIN)/python -m pytest --quiet --numprocesses 2 --durations 10 --durations-min 2

# An editable install copies what JupyterLab and Voilà load and makes the catalogues, so a change there asks for a new install.
SHIPPED := $(shell find coursekit/serve/labextension coursekit/serve/voila coursekit/text -type f) \
  $(wildcard coursekit/languages/*.po) hatch_build.py coursekit/authoring/translation.py

.PHONY: start teach test test-without-browser test-pythons soak notebooks clean
.DEFAULT_GOAL := start

start: $(VENV)/ready
	@$(BIN)/coursekit start $(ARGS)

teach: $(VENV)/ready-to-teach

test: $(VENV)/ready-to-test
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@.ci/types
	@$(BIN)/coursekit lint
	@$(MAKE) --no-print-directory test-without-browser
	@CHROMIUM="$$(.ci/chromium)" && export CHROMIUM && $(TESTS) --dist loadfile tests/browser
	@$(BIN)/python -m pytest --quiet --nbval notebooks

test-without-browser: $(VENV)/ready-to-test
	@$(TESTS) --dist worksteal --ignore tests/browser

# The same on the oldest and the newest Python that this machine has and `make test` did not use.
test-pythons: $(VENV)/ready-to-test
	@.ci/other-pythons $(BIN)/python | while read -r version python; do \
	  $(MAKE) --no-print-directory PYTHON="$$python" VENV="$(VENV)-$$version" test-without-browser </dev/null || exit 1; \
	done

# What `make test` does in small: hundreds of kills, a hundred thousand files.
soak: $(VENV)/ready-to-test
	@$(TESTS) --dist worksteal -m soak --ignore tests/browser

notebooks: $(VENV)/ready
	@$(BIN)/coursekit refresh

clean:
	rm -rf $(VENV) $(VENV)-3.* dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The course needs Python 3.11 or newer, and $(PYTHON) is not. Install one, then: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check uv

$(VENV)/ready: $(BIN)/uv pyproject.toml uv.lock $(SHIPPED)
	@$(BIN)/uv sync --locked --quiet --inexact --no-dev --reinstall-package coursekit
	@touch $@

$(VENV)/ready-to-teach: $(VENV)/ready
	@$(BIN)/uv sync --locked --quiet --inexact --no-dev --extra teach
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready
	@$(BIN)/uv sync --locked --quiet --all-extras
	@touch $@
