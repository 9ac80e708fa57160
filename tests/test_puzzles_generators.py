"""Generated puzzles, and the constraints that a row gives in words or formulas."""

from __future__ import annotations

import pytest

from grpo_rewards import OptionError
from grpo_rewards.logic.equivalence import equivalence
from grpo_rewards.puzzles import KINDS, countdown_rows, generate, verify
from grpo_rewards.puzzles.constraints import from_lists, read
from grpo_rewards.puzzles.constraints import holds as holds_in
from grpo_rewards.puzzles.solutions import Unreadable


class TestFormulas:
    """The formulas of statements and premises."""

    @pytest.mark.parametrize(
        ("text", "same"),
        [
            ("not P and Q", "(not P) and Q"),
            ("P or Q and R", "P or (Q and R)"),
            ("P and Q -> R", "(P and Q) -> R"),
            ("P -> Q <-> R", "(P -> Q) <-> R"),
            ("P -> Q -> R", "P -> (Q -> R)"),
            ("¬¬P ∨ Q", "P or Q"),
            (r"\lnot P \iff Q", "not P <-> Q"),
            ("!P && (Q || R)", "not P and (Q or R)"),
        ],
    )
    def test_how_tight_operators_bind(self, text, same):
        assert equivalence(read(text, "PQR"), read(same, "PQR")).equal

    @pytest.mark.parametrize("text", ["", "P Q", "P and", "(P", "P)", "S", "and P", "p"])
    def test_what_is_no_formula(self, text):
        with pytest.raises(Unreadable):
            read(text, "PQR")

    def test_a_formula_has_bounds(self):
        for text in ("P and " * 2_000 + "P", "not " * 3_000 + "P"):
            with pytest.raises(Unreadable):
                read(text, "P")
        deep = ["knight", "P"]
        for _ in range(100):
            deep = ["not", deep]
        with pytest.raises(Unreadable):
            from_lists(deep, "P")

    def test_a_name_may_look_like_a_constant_or_a_connective(self):
        for name in ("T", "F", "V", "then", "New Bob", "C3-PO"):
            formula = read(f"not {name} and (P or {name})", ["P", name])
            assert holds_in(formula, {"P": True, name: False})
            assert not holds_in(formula, {"P": True, name: True})

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (["and", ["knight", "A"], ["lying", 1], ["telling-truth", 0]], "A and not B and A"),
            (["->", ["knave", "A"], ["not", ["knight", "B"]]], "not A -> not B"),
            (["<=>", ["or", ["knight", "A"], ["knight", "B"]], ["lying", 0]], "(A or B) <-> not A"),
            (["xor", ["knight", "A"], ["knight", "B"]], "not (A <-> B)"),
        ],
    )
    def test_nested_lists(self, value, text):
        assert equivalence(from_lists(value, "AB"), read(text, "AB")).equal

    @pytest.mark.parametrize(
        "value",
        [3, [], ["and"], ["not", ["knight", "A"], ["knight", "B"]], ["knight", "C"], ["lying", 2]],
    )
    def test_what_lists_are_no_formula(self, value):
        with pytest.raises(Unreadable):
            from_lists(value, "AB")


class TestGenerators:
    """The same seed, the same puzzle; every one can be solved."""

    def test_a_seed_decides_the_puzzle(self):
        for kind in KINDS:
            assert generate(kind, seed=3) == generate(kind, seed=3)
            assert generate(kind, seed=3) != generate(kind, seed=4)

    @pytest.mark.parametrize(
        ("kind", "options"),
        [
            ("countdown", {"count": 6, "largest": 100, "use_all": False}),
            ("sudoku", {"size": 6, "empty": 36}),
            ("sudoku", {"size": 16}),
            ("latin_square", {"size": 12, "empty": 0}),
            ("n_queens", {"size": 10, "given": 0}),
            ("knights_knaves", {"people": 8}),
            ("zebra", {"houses": 6}),
            ("sat", {"variables": 20, "clauses": 80}),
            ("graph_coloring", {"vertices": 20, "colors": 5}),
            ("entailment", {"variables": 6}),
        ],
    )
    def test_options(self, kind, options):
        example = generate(kind, seed=1, **options)
        assert verify(example.puzzle, example.solution) is None

    @pytest.mark.parametrize(
        ("kind", "options"),
        [
            ("chess", {}),
            ("sudoku", {"colour": 1}),
            ("n_queens", {"size": 3}),
            ("knights_knaves", {"people": 1}),
            ("zebra", {"houses": 7}),
            ("graph_coloring", {"colors": 9}),
            ("countdown", {"count": 1}),
            ("countdown", {"largest": 0}),
            ("n_queens", {"size": 10**9}),
            ("n_queens", {"size": 5, "given": 6}),
            ("n_queens", {"given": -1}),
            ("sudoku", {"size": 0}),
            ("sudoku", {"size": "9"}),
            ("sudoku", {"size": 65}),
            ("latin_square", {"size": 3, "empty": 10}),
            ("sat", {"variables": 0}),
            ("sat", {"clauses": 0}),
            ("entailment", {"variables": 1}),
            ("entailment", {"variables": 20}),
            ("knights_knaves", {"people": True}),
        ],
    )
    def test_an_impossible_option_raises(self, kind, options):
        with pytest.raises(OptionError):
            generate(kind, seed=1, **options)

    @pytest.mark.parametrize("seed", [None, 1.5, True, "1"])
    def test_a_seed_is_a_whole_number(self, seed):
        with pytest.raises(OptionError):
            generate("sat", seed=seed)

    def test_countdown_rows_differ_and_are_solved(self):
        rows = countdown_rows(200, seed=1, numbers=4, largest=20)
        assert len({(*sorted(row["numbers"]), row["target"]) for row in rows}) == 200
        assert all(verify({"kind": "countdown", **row}, row["solution"]) is None for row in rows)
        assert rows == countdown_rows(200, seed=1, numbers=4, largest=20)
        assert rows != countdown_rows(200, seed=2, numbers=4, largest=20)

    @pytest.mark.parametrize(
        "options", [{"count": 0}, {"numbers": 1}, {"largest": 1}, {"count": 500, "largest": 2}]
    )
    def test_impossible_rows_raise(self, options):
        with pytest.raises(OptionError):
            countdown_rows(**{"count": 3, "seed": 1, **options})
