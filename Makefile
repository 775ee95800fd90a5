# Survey Kiosk. `make` alone lists what there is to make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8080
DATA ?= .data/demo
READY := $(VENV)/.ready
JOBS ?= 3
KILLS ?= 200
CUTS ?= all
VOICES ?= en,nb,fr,ar
MINUTES ?= 10
READERS ?= bundle survey

.DEFAULT_GOAL := help
.PHONY: help run sounds test faults check fuzz audit sbom bench pictures translations lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY) sounds ## Set everything up and run the demo (PORT=8080 DATA=.data/demo)
	$(BIN)/kiosk demo --port $(PORT) --data $(DATA)

sounds: $(READY) ## Make the survey's computer voices (VOICES=en,nb,fr,ar)
	@command -v espeak-ng >/dev/null || sh .ci/need espeak-ng || echo "Without espeak-ng there are no computer voices. Everything else works."
	$(BIN)/kiosk sound make workshop --shipped --languages $(VOICES)

test: $(READY) ## Run all tests, in a real browser and in R too (JOBS=3 at once)
	$(BIN)/python -m tests.setup_browser
	$(BIN)/python -m tests.setup_r
	$(BIN)/python -m tests.setup_servers
	$(BIN)/python -m tests.setup_engines
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

faults: $(READY) ## Kill a real kiosk 200 times, and cut its power at every moment (KILLS=200 CUTS=all)
	$(BIN)/python -m tests.setup_servers
	KILLS=$(KILLS) CUTS=$(CUTS) $(BIN)/python -m pytest -s tests/faults

check: $(READY) ## Check style, types, translations and old browsers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m tests.translations check
	$(BIN)/python -m tests.oldest

fuzz: $(READY) ## Search for files that break a reader (MINUTES=10 READERS="bundle survey")
	$(BIN)/python -m tests.fuzz $(MINUTES) $(READERS)

audit: $(READY) ## Ask whether a pinned package has a known vulnerability (needs the internet)
	$(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/audit.lock
	$(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

sbom: $(READY) ## List what the kiosk is made of, in dist/sbom.cdx.json (CycloneDX)
	$(BIN)/python -m tests.sbom dist/sbom.cdx.json

bench: $(READY) ## Measure page weight, speed, memory, beside the bars
	$(BIN)/python -m tests.setup_browser
	$(BIN)/python -m tests.bench

pictures: $(READY) sounds ## Take the screenshots for the documentation
	$(BIN)/python -m tests.setup_browser
	$(BIN)/python -m tests.pictures

translations: $(READY) ## Collect the interface's texts anew and carry them into every language
	$(BIN)/python -m tests.translations update

lock: ## Pin all dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra dev --extra researcher --extra sending --extra sound --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -o requirements.lock
	echo pip-audit | uv pip compile - --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -o tests/audit.lock

clean: ## Remove the environment, caches and the demo's data
	rm -rf $(VENV) .data static/fonts static/sounds .mypy_cache .pytest_cache .ruff_cache dist test-pictures

# The version stands in the change log.
$(READY): requirements.lock tests/axe.lock tests/servers.lock pyproject.toml hatch_build.py CHANGELOG.md
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Survey Kiosk needs Python 3.11 or newer. On Debian: apt install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Installing python3-venv, which Debian keeps apart."; sh .ci/need python3-venv; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python \
		--upgrade --target $(VENV)/axe --require-hashes -r tests/axe.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--upgrade --target $(VENV)/servers --require-hashes -r tests/servers.lock
	@touch $@
