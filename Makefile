# What a contributor types. Needs Python 3.11 or newer, git and make; `make` lists the targets.
SHELL := /bin/sh
BIN := .venv/bin
RUN := .venv/run.lock
DEV := .venv/test.lock
UV := .cache/lock/bin/uv
COMPILE := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --upgrade \
	--system-certs --no-annotate --quiet --custom-compile-command "make lock"
# Material says at every build that MkDocs has a successor; docs/development/decisions.md knows.
export NO_MKDOCS_2_WARNING := 1
# What is compiled once need not be again, by each of the many programs that tests start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
# Once the environment is made, `test` lets its parts run side by side.
ifeq ($(MAKELEVEL),0)
.NOTPARALLEL:
endif
.PHONY: help demo test fast coverage coverage-fast soak proof lint docs reference pictures bench lock clean

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r name what; do \
		printf '  make %-14s %s\n' "$$name" "$$what"; done

demo: $(RUN)  ## Build the sample company's guideline: website and PDFs under demo/
	@$(BIN)/guidegen demo demo

test: $(DEV)  ## Run lint, types, layers, manual and all tests but those of `make proof`
	@scripts/chromium.sh
	@scripts/servers.sh
	@$(MAKE) --no-print-directory -j 3 lint docs fast
	@# More workers than two cores have: many tests wait for a server, a browser, a kill.
	@$(BIN)/python -m pytest -n 5 --dist worksteal -m "slow and not proof"

fast: $(DEV)  ## Run the quick tests only: seconds, no browser
	@$(BIN)/python -m pytest -q -n 2 -m "not slow"

coverage: $(DEV)  ## Measure how much of the code all tests reach: at least 95 %
	@scripts/chromium.sh
	@scripts/servers.sh
	@$(BIN)/python -m pytest -n 3 --dist worksteal -m "not proof" --cov --cov-report=term

coverage-fast: $(DEV)  ## Measure how much of the code the quick tests reach: at least 78 %
	@# Measuring takes as long again as the tests do.
	@$(BIN)/python -m pytest -q -n 2 -m "not slow" --cov --cov-report= --cov-fail-under=78

soak: $(DEV)  ## Repeat kills, faults and random sequences as often as before a release
	@scripts/servers.sh proof
	@GUIDEGEN_SOAK=1 $(BIN)/python -m pytest -n 3 --dist worksteal -m soak -s

proof: $(DEV)  ## Run what needs fresh environments, npm packages or large servers: minutes
	@scripts/chromium.sh
	@scripts/servers.sh proof
	@$(BIN)/python -m pytest -n 2 -m proof

lint: $(DEV)  ## Check style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

docs: $(DEV)  ## Build guidegen's own manual into manual/ and check that it is up to date
	@$(BIN)/python scripts/cli_reference.py --check
	@$(BIN)/python scripts/law_page.py --check
	@$(BIN)/python scripts/module_index.py --check
	@$(BIN)/mkdocs build --strict

reference: $(DEV)  ## Write anew what the docs say of commands, laws and files
	@$(BIN)/python scripts/cli_reference.py
	@$(BIN)/python scripts/law_page.py
	@$(BIN)/python scripts/module_index.py

pictures: $(DEV)  ## Take the README's pictures anew, from the real demo
	@scripts/chromium.sh
	@$(BIN)/python scripts/pictures.py

bench: $(DEV)  ## Measure guidegen against its limits
	@$(BIN)/python benchmarks/bench.py

lock: $(UV)  ## Choose the newest versions within the bounds of pyproject.toml
	@$(COMPILE) --group build --group test --group lint --group pictures \
		--extra s3 --extra sftp --extra smb --extra webdav --output-file requirements/test.txt
	@$(COMPILE) --group build --constraints requirements/test.txt --output-file requirements/run.txt

$(UV):
	@python3 -m venv .cache/lock && .cache/lock/bin/pip install --quiet "uv>=0.13,<0.14"

clean:  ## Remove everything that can be made again
	rm -rf .venv .cache build dist demo manual .coverage .coverage.* .hypothesis \
		.import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests scripts benchmarks guideline_templates -name __pycache__ -prune -exec rm -rf {} +

$(RUN): requirements/run.txt pyproject.toml scripts/venv.sh
	@scripts/venv.sh run

$(DEV): $(RUN) requirements/test.txt
	@scripts/venv.sh test
