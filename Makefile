# What people do with this repository. `make start ARGS=--no-browser` passes ARGS on to `coursekit start`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# An editable install copies what JupyterLab and Voilà load and makes the catalogues, so a change there asks for a new install.
SHIPPED := $(shell find coursekit/serve/labextension coursekit/serve/voila coursekit/text coursekit/languages hatch_build.py coursekit/authoring/translation.py -type f -not -name "*.mo" -not -path "coursekit/languages/*.json")

.PHONY: start teach test notebooks clean
.DEFAULT_GOAL := start

start: $(VENV)/ready
	@$(BIN)/coursekit start $(ARGS)

teach: $(VENV)/ready-to-teach

test: $(VENV)/ready-to-test
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/coursekit lint
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --ignore tests/browser
	@CHROMIUM="$$(.ci/chromium)" && export CHROMIUM && $(BIN)/python -m pytest --numprocesses 2 --dist loadfile tests/browser
	@$(BIN)/python -m pytest --quiet --nbval notebooks

notebooks: $(VENV)/ready
	@$(BIN)/coursekit refresh

clean:
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
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
