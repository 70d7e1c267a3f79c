# Needs git, make and Python 3.11 or newer. Another interpreter: make PYTHON=/path/to/python3
PY := .venv/bin/python
UV := .venv/bin/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
# What JupyterLab calls its default workspace; ours opens the table of contents.
LAYOUT := default-37a8.jupyterlab-workspace

.DEFAULT_GOAL := help
.PHONY: help run lab test lint check coverage audit format bench fuzz site browser diff data readme lock environment clean

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: environment  ## re-execute every notebook from the data, in place; HTML copies go to build/html
	@$(PY) tools/run_notebooks.py

lab: environment  ## open the collection in JupyterLab
	@mkdir -p build/lab && test -e build/lab/$(LAYOUT) || cp tools/lab/workspaces/$(LAYOUT) build/lab/
	@JUPYTER_PREFER_ENV_PATH=1 JUPYTER_CONFIG_PATH=$(CURDIR)/tools/lab JUPYTERLAB_WORKSPACES_DIR=$(CURDIR)/build/lab \
		$(PY) -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks/00-start-here.ipynb

test: lint  ## every check: style, types, unit and data tests, house rules, all notebooks compared
	$(PY) -m pytest -n 2 --dist worksteal tests
	$(PY) -m pytest -n 2 --dist loadscope --nbval --nbval-current-env notebooks

lint: environment  ## style and types only
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check .
	@$(PY) -m mypy

check: environment  ## re-execute every notebook and compare each byte, pictures too; writes nothing
	@$(PY) tools/run_notebooks.py --check

coverage: environment  ## how much of src/ the tests reach, lines and branches; at least 95 %
	@$(PY) -m pytest -q -n 2 --dist worksteal --ignore tests/test_tampering.py -k "not time_grows" --cov --cov-fail-under=95 tests

audit: environment  ## known vulnerabilities of the pins, as far as they can be asked for, and licences
	@$(PY) tools/audit.py

format: environment  ## put the code into the house format
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: environment  ## measure the package against its peers
	@$(PY) -m benchmarks

fuzz: environment  ## try 12,000 spoilt inputs on all that reads, and new examples of each property; SEED=7 spoils others
	@$(PY) -W ignore tools/fuzz.py --seed $(or $(SEED),0)
	@HYPOTHESIS_PROFILE=search $(PY) -m pytest -q -n 2 -m hypothesis tests

site: environment  ## build the static site, offline, into build/site
	@$(PY) -m tools.site

browser: site  ## open JupyterLab and the site in Chromium and try them; needs Node 20 and chromium (or CHROMIUM=path)
	@cd browser && npm ci --silent
	@cd browser && node lab.mjs $(NOTEBOOKS) && node site.mjs

diff: environment  ## what changed in the notebooks, cell by cell; make diff BASE=main compares with a branch
	@.venv/bin/nbdiff $(or $(BASE),HEAD) notebooks

data: environment  ## write data/README.md anew from datapackage.json
	@$(PY) tools/dictionary.py

readme: environment  ## write navigation and the READMEs' generated parts; make readme REPO=owner/name fills links and badges
	@$(PY) tools/navigation.py
	@$(PY) -m tests.falsifications >docs/CHECKS.md
	@$(PY) tools/readme.py $(if $(REPO),--repository '$(REPO)')

lock: environment  ## resolve the pins anew; make lock UPGRADE=--upgrade takes the newest
	@$(LOCK) $(UPGRADE) --all-extras pyproject.toml --output-file requirements.lock
	@echo uv | $(LOCK) $(UPGRADE) - --output-file requirements-uv.lock

environment:  ## make .venv as the lock says, if it is not so already
	@sh tools/environment.sh "$(PYTHON)"

clean:  ## remove the environment and all that was built
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
