# Short names for what ./niaga and the tools in .venv do. `make help` lists them.
PYTHON := .venv/bin/python
UV := $(or $(shell command -v uv),.venv/bin/uv)
ARGS ?=

.PHONY: help run test siege lives looks without-accounting check lint fmt types imports migrations seed bench docs requirements clean

help: ## what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## set up, start, serve the demo company
	./niaga run $(ARGS)

test: ## every check and every test; ARGS="-k invoice" for some tests alone
	./niaga test $(ARGS)

siege: ## ten thousand hostile calls through every transport
	./niaga test rpc/tests/test_bad_input.py --hypothesis-profile=siege $(ARGS)

lives: ## modules come, live, are killed and go, in living houses: ten minutes or more
	./niaga test -m lives

looks: ## every page in both languages, light and dark; pictures of them below artefacts/looks
	./niaga test -m looks --numprocesses 2 $(ARGS)

without-accounting: ## the quick tests of all the rest, in a house that never had the largest module
	./niaga test --without accounting $(ARGS)

check: test ## all that CI does

lint: ## style and mistakes
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

fmt: ## lay the code out, mend what can be mended
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

types: ## mypy
	$(PYTHON) -m mypy

imports: ## who may import whom
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

migrations: ## write the migrations that the models ask for
	./niaga manage makemigrations

seed: ## write the well-known records again
	./niaga manage seed

bench: ## the external API beside the same work in raw SQL
	$(PYTHON) -m bench $(ARGS)

docs: ## check that what the documents name exists
	./niaga test tests/test_documents.py

requirements: ## lock requirements*.in anew, with hashes, for every Python from 3.11 on
	for name in requirements requirements-dev requirements-node requirements-uv; do \
		$(UV) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
			--only-binary :all: --excludes requirements-left-out.in --upgrade \
			--custom-compile-command "make requirements" $$name.in --output-file $$name.txt || exit 1; \
	done

clean: ## remove what set-up made; the data in var/ stays
	./niaga stop
	rm -rf .venv node_modules static/vendor static/build artefacts
