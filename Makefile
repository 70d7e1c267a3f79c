# Needs git, make and Python 3.11 or newer (on the BSDs the command is gmake). Another interpreter:
# make PYTHON=/path/to/python3
PY := .venv/bin/python
UV := .venv/bin/uv
# Extras stay in the lock: without them pip would look for what they name, and find newer versions than are pinned.
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-annotate --no-header
# What JupyterLab calls its default workspace; ours opens the table of contents.
LAYOUT := default-37a8.jupyterlab-workspace
# A user's settings of Python (PYTHONPATH, PYTHONOPTIMIZE ...) are not those of the project.
unexport $(filter PYTHON%,$(.VARIABLES))
ifneq ($(filter-out 0,$(DRAFT)),)
export AICITIES_DRAFT := 1
endif

.DEFAULT_GOAL := help
.PHONY: help run lab test lint check coverage audit format bench bench-record fuzz site lite browser diff data readme \
	seal lock environment clean

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

run: environment  ## re-execute every notebook in place; NOTEBOOKS="03 07" only these, DRAFT=1 lists findings that changed
	@$(PY) -m tools.run $(NOTEBOOKS)

lab: environment  ## open the collection in JupyterLab; DRAFT=1 tells findings that changed, and goes on
	@mkdir -p build/lab && test -e build/lab/$(LAYOUT) || cp tools/lab/workspaces/$(LAYOUT) build/lab/
	@JUPYTER_PREFER_ENV_PATH=1 JUPYTER_CONFIG_PATH="$$PWD/tools/lab" JUPYTERLAB_WORKSPACES_DIR="$$PWD/build/lab" \
		$(PY) -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks/00-start-here.ipynb

test: lint  ## every check: style, types, tests, house rules, all notebooks compared; NOTEBOOKS=03 what concerns this one
ifdef NOTEBOOKS
	$(PY) -m tools.rules $(NOTEBOOKS)
	$(PY) -m tools.seal
	$(PY) -m pytest --quiet --nbval --nbval-current-env $(foreach name,$(NOTEBOOKS),$(wildcard notebooks/$(name)*.ipynb))
else
	$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --nbval --nbval-current-env tests notebooks
endif

lint: environment  ## style and types only
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check --exclude notebooks .  # those have a house rule
	@$(PY) -m mypy

check: environment  ## re-execute every notebook and compare each byte, pictures too; writes nothing
	@$(PY) -m tools.run --check $(NOTEBOOKS)

coverage: environment  ## how much of src/ the tests reach, lines and branches; at least 95 %
	@$(PY) -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/notebooks --ignore tests/tools \
		--cov --cov-fail-under=95 tests

audit: environment  ## known vulnerabilities of the pins, and licences; fails if nobody has answered for a month
	@$(PY) -m tools.audit

format: environment  ## put the code into the house format
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: environment  ## measure the package against its peers; results go to build/
	@$(PY) -m benchmarks

bench-record: environment  ## the same, and put the results into benchmarks/results
	@$(PY) -m benchmarks --record

fuzz: environment  ## look for new examples of each property, and new spoilt inputs for all that reads
	@HYPOTHESIS_PROFILE=search $(PY) -m pytest -q -n 2 -m hypothesis tests

site: environment  ## build the static site, offline, into build/site
	@$(PY) -m tools.site

lite: environment  ## build the collection for the reader's browser into build/lite; WHEELS=folder of compiled packages
	@$(PY) -m tools.lite $(WHEELS)

browser: site  ## open JupyterLab and the site in Chromium and try them; needs Node 20 and chromium (or CHROMIUM=path)
	@cd browser && npm ci --silent
	@cd browser && node lab.mjs $(NOTEBOOKS) && node site.mjs

diff: environment  ## what changed in the notebooks, cell by cell; make diff BASE=main compares with a branch
	@git rev-parse --quiet --verify HEAD >/dev/null 2>&1 || { echo "make diff needs git and a clone with commits" >&2; exit 1; }
	@.venv/bin/nbdiff $(or $(BASE),HEAD) notebooks

data: environment  ## after a change in data/: name the rows that changed, seal them, write the dictionary anew
	@$(PY) -m aicities check
	@$(PY) -m tools.seal --data
	@$(PY) -m tools.pages.dictionary

readme: environment  ## write navigation and the READMEs' generated parts; make readme REPO=owner/name fills links and badges
	@$(PY) -m tools.pages.navigation
	@$(PY) -m tools.pages.findings
	@$(PY) -m tests.notebooks.falsifications
	@$(PY) -m tools.pages.readme $(if $(REPO),--repository '$(REPO)')

seal: environment  ## show what changed in any file since it was sealed, and seal it: the last step before a commit
	@$(PY) -m tools.seal --renew

lock: environment  ## resolve the pins anew; make lock UPGRADE=--upgrade takes the newest
	@$(LOCK) $(UPGRADE) --all-extras pyproject.toml --output-file requirements.lock
	@echo uv | $(LOCK) $(UPGRADE) - --output-file requirements-uv.lock
	@echo pip-audit | $(LOCK) $(UPGRADE) - --output-file tools/audit.lock

environment:  ## make .venv as the lock says, if it is not so already
	@sh tools/environment.sh "$(PYTHON)"

clean:  ## remove the environment and all that was built
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
