"""Puzzles that several tests use."""

from __future__ import annotations

from hypothesis import strategies as st

SEEDS = st.integers(0, 10**6)


COUNTDOWN = {"kind": "countdown", "numbers": [3, 4, 5, 2], "target": 25}
QUEENS = {"kind": "n_queens", "size": 4}
KNIGHTS = {
    "kind": "knights_knaves",
    "statements": {"Alice": "not Bob", "Bob": "not Alice and not Bob"},
}
COLORING = {"kind": "graph_coloring", "edges": [[0, 1], [1, 2]], "colors": [1, 2]}
ZEBRA = {
    "kind": "zebra",
    "attributes": {"color": ["red", "blue"], "drink": ["tea", "milk"]},
    "clues": [["same", "red", "milk"], ["directly left of", "tea", "milk"]],
}
ENTAILMENT = {"kind": "entailment", "premises": ["P -> Q", "not Q"], "variables": ["P", "Q"]}
