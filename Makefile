.PHONY: setup demo test lint format bench bench-extraction bench-enrichment bench-stories bench-index bench-quiet bench-crawl elasticsearch clean
.DEFAULT_GOAL := setup

VENV := .venv
RUN := $(VENV)/bin/
PEERS ?= newspaper4k news-please

setup: $(VENV)/.ready ## a .venv with everything

$(VENV)/.ready: pyproject.toml uv.lock
	@if command -v uv >/dev/null 2>&1; then uv sync --frozen --quiet; \
	else python3 -m venv $(VENV) && $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv && \
	  VIRTUAL_ENV=$(VENV) $(VENV)/bin/uv sync --frozen --quiet --inexact; fi
	@touch $@

demo: setup ## the whole job on three sample outlets, on this machine alone
	@$(RUN)dragoman demo

test: setup ## all tests; those that need Elasticsearch or ../shared skip without them, and say so
	@tools/test

lint: setup ## style, types, and who may import whom
	$(RUN)ruff check .
	$(RUN)ruff format --check .
	$(RUN)mypy
	$(RUN)lint-imports

format: setup
	$(RUN)ruff check --fix .
	$(RUN)ruff format .

bench: setup ## ratios against a peer or a limit, measured in one run
	$(RUN)python -m bench

bench-extraction: setup $(if $(strip $(PEERS)),$(VENV)-peers/.ready) ## quality and speed beside other extractors, on ../shared/corpus; PEERS= leaves peers out
	@$(RUN)python -m bench.extraction $(PEERS)

bench-enrichment: setup ## what articles are about, against annotated pages of ../shared/corpus
	@$(RUN)python -m bench.enrichment
	@echo && $(RUN)python -m bench.kinds

bench-stories: setup ## near-duplicates found among all others, and what finding them costs, on ../shared/corpus
	@$(RUN)python -m bench.stories

bench-index: setup ## what searches find and how soon, writing and re-indexing, on a real Elasticsearch and embedded; some 20 minutes
	@$(RUN)python -m bench.searching
	@echo && $(RUN)python -m bench.indexing

bench-quiet: setup ## a day with nothing new at 150 outlets: requests, memory; what is due among a million links
	@$(RUN)python -m bench.quiet

bench-crawl: setup $(if $(strip $(PEERS)),$(VENV)-peers/.ready) ## a simulated year of 50 outlets, with pages of ../shared/corpus; BENCH_DAYS=30 for a month of it
	@$(RUN)python -m bench.year $(PEERS)

$(VENV)-peers/.ready: bench/peers.txt | setup
	@$(RUN)python -m venv $(VENV)-peers
	@$(VENV)-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -r bench/peers.txt
	@touch $@

elasticsearch: ## a real Elasticsearch without Docker, for development and tests
	@tools/elasticsearch start

clean:
	rm -rf $(VENV) $(VENV)-peers .mypy_cache .ruff_cache .pytest_cache .hypothesis
