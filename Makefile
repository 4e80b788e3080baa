# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run test check bench install lock screenshots clean

PYTHON := .venv/bin/python
# uv does not read pip's settings; hand on the ones that matter (a folder that keeps a CPU build of torch, say).
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)

help:  ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install:  ## Make both environments from the locked requirements
	@scripts/install

run: install  ## Build what is stale, start the four processes, and print where to go
	@exec $(PYTHON) -m scripts.run

test: install node_modules  ## Run every test, the end-to-end ones included (TESTS="tests/handoff -k queue" for some)
	@$(PYTHON) -m pytest $(TESTS)

check: install node_modules  ## Lint, formatting, types
	@scripts/check

bench: install  ## Print the measures (BENCH="replies footprint" for some; DATA=DIR for those that need data)
	@scripts/bench $(BENCH)

lock: install  ## Resolve both lists of requirements anew
	@scripts/lock

screenshots: install  ## Take the pictures under docs/images anew
	@$(PYTHON) -m scripts.screenshots

# For checking the screens only (types, accessibility); without Node those tests are skipped and say so.
node_modules: package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund && touch node_modules; fi

clean:  ## Remove the environments and all run state, conversations included
	rm -rf .venv bot/.venv .uv var node_modules
