# `make help` lists what there is. Nothing but Python 3 and make is needed before: uv is brought when it is missing.

SHELL := /bin/sh
.DEFAULT_GOAL := help
# What a caller's own environment must not decide for this project.
unexport VIRTUAL_ENV UV_PROJECT_ENVIRONMENT UV_PROJECT UV_PYTHON UV_WORKING_DIRECTORY PYTHONHOME PYTHONPATH

UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)
LIANFANG := .venv/bin/lianfang

.PHONY: help setup chat run test check bench

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.lianfang ## make both environments and the model (the other targets do it themselves)
	@.venv/bin/python -m cli.preparing

chat: .venv/.lianfang ## talk to Lianfang in the terminal; the first run sets everything up
	@$(LIANFANG) chat --up

run: .venv/.lianfang ## start everything; webhooks on port 8080
	@$(LIANFANG) up

test: .venv/.lianfang ## run all tests (set PYTEST_ARGS to choose)
	@.venv/bin/python -m cli.preparing
	.venv/bin/python -m pytest --numprocesses 2 --dist loadgroup $(PYTEST_ARGS)
	nlu/.venv/bin/python -m pytest -c nlu/pyproject.toml --rootdir . tests/nlu

check: .venv/.lianfang ## format, lint, types, import rules
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo --no-cache

bench: .venv/.lianfang ## run all benchmarks (`lianfang bench NAME` runs one)
	@$(LIANFANG) bench --all

.venv/.lianfang: pyproject.toml uv.lock | $(filter .uv/bin/uv,$(UV))
	@test -d .venv || echo "Making the environment (once; about a minute) …" >&2
	@$(UV) sync --frozen --quiet
	@touch $@

.uv/bin/uv:
	@echo "No uv here: getting it into .uv (once) …" >&2
	@for python in python3 python3.13 python3.12 python3.11 python; do \
		if $$python -m venv .uv >/dev/null 2>&1 && .uv/bin/python -m pip install --quiet uv >&2; then break; fi; \
	done
	@test -x $@ || { rm -rf .uv; echo "Could not get uv: it needs Python 3 with venv and pip (on Debian and Ubuntu:" \
		"apt install python3-venv), or install uv yourself: https://docs.astral.sh/uv/" >&2; exit 1; }
