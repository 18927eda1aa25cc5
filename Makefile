# make run: set up and open Fireside · make test: set up and check everything
PYTHON ?= python3
BIN := .venv/bin
PYTEST := QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest

.PHONY: run test coverage test-nightly bench check format lock starter translations setup clean

run: setup
	@$(BIN)/fireside

test: check
	$(PYTEST) -n 2 --dist worksteal -m "not nightly"

coverage: setup
	$(PYTEST) -n 2 -m "not nightly" --cov --cov-report=term:skip-covered

test-nightly: setup
	$(PYTEST) -m nightly

bench: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.benchmarks

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/basedpyright

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: setup
	$(BIN)/python -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.lock

# Trains the built-in guide anew, in an environment of its own (PyTorch), with our build of llama.cpp.
starter: setup
	$(PYTHON) -m venv .cache/starter
	.cache/starter/bin/pip install -q $$(grep -v llama resources/starter/requirements.txt | grep ==) \
	  $$(ls $${XDG_CACHE_HOME:-$$HOME/.cache}/fireside-build/*/*.whl)
	OMP_WAIT_POLICY=passive .cache/starter/bin/python -m resources.starter.build

translations: setup
	$(BIN)/python -m resources.i18n.update

setup:
	@$(PYTHON) -m installers.bootstrap

clean:
	rm -rf .venv build dist
