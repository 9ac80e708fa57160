"""Rows of reasoning-gym as they come, and the reward over them."""

from __future__ import annotations

import pickle
import sys

import pytest

from grpo_rewards import THINK_ANSWER, ColumnError, OptionError
from grpo_rewards.integrations import gym_judges
from grpo_rewards.integrations.antiderivatives import is_antiderivative
from grpo_rewards.integrations.gym_judges import THEIRS, Task, judge_task
from grpo_rewards.integrations.reasoning_gym import (
    CheckReasoningGym,
    check_reasoning_gym,
    dataset_rows,
)
from grpo_rewards.testing import assert_reward_contract
from reasoning_gym_cases import columns_of, laid_out, one_row

# What reasoning-gym's own code does, which is not ours to mend.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:loadtxt:UserWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
]

pytest.importorskip("reasoning_gym")

# Rows and options -----------------------------------------------------------------------------


class TestRows:
    """What `dataset_rows` makes."""

    def test_a_seed_decides_the_rows(self):
        rows = dataset_rows("countdown", size=5, seed=1, max_numbers=4)
        assert rows == dataset_rows("countdown", size=5, seed=1, max_numbers=4)
        assert rows != dataset_rows("countdown", size=5, seed=2, max_numbers=4)
        assert {row["config"] for row in rows} == {'{"max_numbers": 4}'}
        assert all(isinstance(value, str) for row in rows for value in row.values())

    def test_families_make_one_dataset(self):
        datasets = pytest.importorskip("datasets")
        rows = [one_row(family) for family in ("sudoku", "jugs", "chain_sum", "graph_color")]
        table = datasets.Dataset.from_list(rows)
        columns = {name: list(table[name]) for name in table.column_names}
        texts = [laid_out(answer) for answer in columns["answer"]]
        assert check_reasoning_gym(texts, **columns) == [5.0] * 4

    def test_the_configuration_reaches_the_scorer(self):
        """A scorer may work by it: decimal_arithmetic's tolerance is its number of places."""
        rough = Task("decimal_arithmetic", "1.25", {}, '{"precision": 3}')
        assert judge_task(rough, "1.2549").found == "correct"
        assert judge_task(Task("decimal_arithmetic", "1.25", {}), "1.2549").found == "wrong"

    @pytest.mark.parametrize(
        ("family", "gold", "right", "wrong"),
        [
            ("decimal_arithmetic", "3.66666666667",
             ["3.66666666667", "3.666666666666666", "11/3", "$3.66666666667$"],
             ["3.66667", "3.66666766667", "3.6666666667", "3.7", "-3.66666666667"]),
            ("decimal_arithmetic", "0.5", ["0.5", "0.50", "1/2", ".5"], ["0.500001", "0.4999999"]),
            ("coin_flip", "0.2734375", ["0.2734375", "35/128", "0.27343750"],
             ["0.273438", "0.2734365", "0.27", "0.2734", "1e999999999"]),
            ("ab", "", ["empty", "nothing", "ε", "(empty)", "The empty program.", "∅", "[]", '""'],
             ["A#", "not empty", "empty or A#", "nothing happens to A#", "B"]),
            ("ab", "A# #B", ["A# #B", "A#, #B", "`A# #B`", r"A\# \#B"],
             ["A#", "#B A#", "A# #B B#", "empty", "A# #B or #B A#", ""]),
        ],
    )  # fmt: skip
    def test_what_is_off_by_little_or_empty(self, family, gold, right, wrong):
        task = Task(family, gold, {}, '{"max_num_decimal_places": 3}' if "deci" in family else "{}")
        assert [text for text in right if judge_task(task, text).found != "correct"] == []
        assert [text for text in wrong if judge_task(task, text).found != "wrong"] == []

    def test_an_option_may_be_a_number_of_numpy(self):
        numpy = pytest.importorskip("numpy")
        (row,) = dataset_rows("countdown", size=1, seed=1, max_numbers=numpy.int64(4))
        assert row["config"] == '{"max_numbers": 4}'

    def test_metadata_may_hold_fractions(self):
        rows = dataset_rows("gsm_symbolic", size=60, seed=99)
        fractions = [row for row in rows if '"1/4"' in row["metadata"]]
        assert fractions
        for row in fractions:
            assert check_reasoning_gym([laid_out(row["answer"])], **columns_of([row])) == [5.0]

    @pytest.mark.parametrize(
        ("family", "options", "message"),
        [
            ("chess", {}, "family='chess': write one of ab, acre"),
            ("composite", {}, "family='composite': write one of"),
            ("countdown", {"size": -1}, "size=-1: write a whole number"),
            ("countdown", {"seed": "1"}, "seed='1': write a whole number"),
            ("countdown", {"numbers": 3}, "{'numbers': 3} does not configure countdown"),
            ("countdown", {"min_numbers": 1}, "{'min_numbers': 1} does not configure countdown"),
            ("countdown", {"operators": {"+"}}, "{'operators': {'+'}} cannot be a column"),
        ],
    )
    def test_an_option_that_cannot_work_raises(self, family, options, message):
        with pytest.raises(OptionError) as raised:
            dataset_rows(family, **{"size": 1, "seed": 1, **options})
        assert str(raised.value).startswith(message)

    def test_a_missing_package_says_how_to_install_it(self, monkeypatch):
        row = one_row("jugs")
        gym_judges._scorer.cache_clear()
        monkeypatch.setitem(sys.modules, "reasoning_gym", None)
        remedy = r"pip install 'grpo-rewards\[reasoning-gym\]'"
        with pytest.raises(OptionError, match=remedy):
            dataset_rows("jugs", size=1, seed=1)
        with pytest.raises(OptionError, match=remedy):
            check_reasoning_gym([laid_out("[]")], **columns_of([row]))
        ours = {"family": "gcd", "answer": "6", "metadata": "{}"}
        assert check_reasoning_gym.explain(laid_out("6"), **ours).score == 5.0


class TestTheReward:
    """Tiers as of check_answer; partial credit is off."""

    def test_the_tiers(self):
        row = one_row("mini_sudoku")
        texts = [laid_out(row["answer"]), laid_out("1 2 3 4"), row["answer"]]
        assert check_reasoning_gym(texts, **columns_of([row] * 3)) == [5.0, -2.5, -4.5]
        outcome = check_reasoning_gym.explain(texts[1], **row)
        assert outcome.reason == "the grid has 1 row, not 4"
        assert outcome.details["rule"] == "mini_sudoku"

    def test_partial_credit_is_an_option(self):
        row = one_row("sentence_reordering")
        words = row["answer"].split()
        text = laid_out(" ".join([words[0], *reversed(words[1:])]))
        assert check_reasoning_gym([text], **columns_of([row])) == [-2.5]
        (score,) = CheckReasoningGym(partial=True)([text], **columns_of([row]))
        assert -2.5 < score < 5.0

    def test_no_substring_pays(self):
        """Its default pays for the gold in a longer text: 0.5 for '1 12'."""
        row = {"family": "gcd", "answer": "12", "metadata": "{}"}
        for text in ("12 or 13", "112", "1 12"):
            assert CheckReasoningGym(partial=True).explain(laid_out(text), **row).score == -2.5

    def test_a_row_without_a_task_has_no_score(self):
        row = dict.fromkeys(("family", "answer", "metadata", "config"))
        assert check_reasoning_gym([laid_out("1")], **columns_of([row])) == [None]

    def test_a_scorer_that_was_not_read_is_not_run(self, monkeypatch):
        monkeypatch.setattr(gym_judges, "THEIRS", THEIRS - {"jugs"})
        row = one_row("jugs")
        with pytest.raises(OptionError, match="its scorer was not read, and may run what a model"):
            check_reasoning_gym([laid_out(row["answer"])], **columns_of([row]))
        trusting = CheckReasoningGym(trusted=["jugs"])
        assert trusting([laid_out(row["answer"])], **columns_of([row])) == [5.0]
        assert trusting.trusted == ("jugs",)

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ({"family": "gcd", "answer": "6"}, "there is no column 'metadata'"),
            (
                {"family": "gcd", "answer": "6", "metadata": "{"},
                "the column 'metadata' or 'config'",
            ),
            ({"family": "gcd", "answer": "6", "metadata": "[]"}, "the row of family 'gcd' has met"),
            ({"family": 3, "answer": "6", "metadata": "{}"}, "the row of family 3 has metadata"),
        ],
    )
    def test_what_the_user_gets_wrong_raises(self, row, message):
        with pytest.raises(ColumnError) as raised:
            check_reasoning_gym([laid_out("6")], **columns_of([row]))
        assert str(raised.value).startswith(message)

    @pytest.mark.parametrize("options", [{"partial": 1}, {"trusted": "jugs"}, {"correct": -9.0}])
    def test_an_option_that_cannot_work_raises(self, options):
        with pytest.raises(OptionError):
            CheckReasoningGym(**options)

    def test_repr_and_pickle_rebuild_it(self):
        reward = CheckReasoningGym(format=THINK_ANSWER, partial=True, trusted=("x",))
        names = {"CheckReasoningGym": CheckReasoningGym, "THINK_ANSWER": THINK_ANSWER}
        assert eval(repr(reward), names) == reward  # noqa: S307 (a repr of ours)
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert repr(check_reasoning_gym) == "check_reasoning_gym"

    def test_it_keeps_the_contract(self):
        rows = [one_row(family) for family in ("sudoku", "chain_sum", "word_sorting", "n_queens")]
        texts = [laid_out(row["answer"]) for row in rows]
        assert_reward_contract(check_reasoning_gym, completions=texts, **columns_of(rows))


ANTIDERIVATIVES = [
    ("x**3/3 + C", "x**2", True),
    ("x^3/3", "x**2", True),
    (r"\frac{x^3}{3} + 7", "x**2", True),
    ("(x + 1)**2/2", "x + 1", True),
    ("x*asin(3*x) + sqrt(1 - 9*x**2)/3 + C", "asin(3*x)", True),
    ("exp(x)*sin(x) + C", "exp(x)*sin(x) + exp(x)*cos(x)", True),
    ("E**(2*x)/2", "exp(2*x)", True),
    ("2**x/log(2)", "2**x", True),
    ("x*log(x) - x", "log(x)", True),
    ("tan(x)", "1/cos(x)**2", True),
    ("pi*x + alpha*C", "pi", True),
    ("((x))^2/(2)", "x", True),
    ("abs(x)", "1", False),
    ("x * sin(y!)", "sin(y!)", False),
    (
        "atan(x) + cosh(x) + sinh(x) - acos(x)",
        "1/(1+x**2) + sinh(x) + cosh(x) + 1/sqrt(1-x**2)",
        True,
    ),
    ("1/x", "-1/x**2", True),
    ("x**3", "x**2", False),
    ("-cos(x)", "cos(x)", False),
    ("Integral(x**2, x)", "x**2", False),
    ("x**x", "x**x", False),
    ("", "x", False),
    ("x**2/2 or x", "x", False),
    ("x**2/2 = x", "x", False),
    ("(" * 99 + "x", "x", False),
    ("x" * 500, "x", False),
]


class TestAntiderivatives:
    """The derivative of an answer is compared with the integrand."""

    @pytest.mark.parametrize(("answer", "integrand", "right"), ANTIDERIVATIVES)
    def test_antiderivatives(self, answer, integrand, right):
        assert bool(is_antiderivative(answer, integrand, "x")) is right

    def test_a_derivative_that_grows_too_long_is_undecided(self):
        assert is_antiderivative("*".join(["sin(x)"] * 57), "x", "x").equal is None
