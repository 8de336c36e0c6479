# Every target sets up what it needs in .venv, from pinned and hashed requirements, without root.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: help run test check format api drills bench bench-actors bench-cache bench-desk bench-faults bench-operations bench-pairings lock clean

help:
	@echo "make run           the bot in its sandbox: a Discord on your own machine"
	@echo "make test          the tests"
	@echo "make check         format, lint, types, import contracts"
	@echo "make api           the page of the actor kit's public names, from its docstrings"
	@echo "make drills        slow tests that break things on purpose, and laws on many examples"
	@echo "make bench         speed and memory of the bot under load"
	@echo "make bench-actors  the actor kit beside plain Pykka, and its goals"
	@echo "make bench-cache   what the cache serves, and what it costs"
	@echo "make bench-desk      the desk at a large event alone: 2,000 players, 20,000 reports"
	@echo "make bench-faults  what people get while parts of the house are broken"
	@echo "make bench-operations  what operators are promised: /ping in any state, /metrics, start and stop"
	@echo "make bench-pairings  a round of 2,000 pairings alone: its import, and how well names are matched"
	@echo "make lock          pin the requirements anew (needs uv)"

run: $(VENV)/runtime.done
	@$(BIN)/scooty run --sandbox

# Half of the tests' time is waiting. One file stays in one process, with the servers it shares. The
# many processes that they start are not to compile everything anew, whatever the shell has set.
test: $(VENV)/dev.done
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n logical --maxprocesses 4 --dist loadfile \
	  --no-loadscope-reorder $(ARGS)

check: $(VENV)/dev.done
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/dev.done
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

api: $(VENV)/dev.done
	@$(BIN)/python -m tests.docs.actors_api

drills: $(VENV)/dev.done
	@$(BIN)/pytest -m "chaos or hypothesis" --hypothesis-profile=full --timeout 900 $(ARGS)

bench: $(VENV)/dev.done
	@$(BIN)/python -m bench $(ARGS)
	@$(BIN)/python -m bench.desk
	@$(BIN)/python -m bench.pairings

bench-actors: $(VENV)/dev.done
	@$(BIN)/python -m bench.actors $(ARGS)

bench-cache: $(VENV)/dev.done
	@$(BIN)/python -m bench.cache $(ARGS)

bench-desk: $(VENV)/dev.done
	@$(BIN)/python -m bench.desk $(ARGS)

bench-faults: $(VENV)/dev.done
	@$(BIN)/python -m bench.faults $(ARGS)

bench-operations: $(VENV)/dev.done
	@$(BIN)/python -m bench.operations $(ARGS)

bench-pairings: $(VENV)/dev.done
	@$(BIN)/python -m bench.pairings $(ARGS)

lock:
	@for set in build runtime dev; do \
	  uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-header -q requirements/$$set.in -o requirements/$$set.txt; \
	done

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Scooty needs Python 3.11 or newer. Name one: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python could not make a virtual environment; on Debian, install python3-venv."; exit 1; }

$(VENV)/runtime.done: $(BIN)/python requirements/build.txt requirements/runtime.txt pyproject.toml
	@echo "Installing what the bot needs (once, about a minute) ..."
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.done: $(VENV)/runtime.done requirements/dev.txt
	@echo "Installing what the tests need (once) ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
