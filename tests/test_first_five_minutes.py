"""A new user's first five minutes: what would fail in silence gives a signal, with a remedy.

Of each class of mistake several are tried, and beside them what looks like one and is none.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import operator
import os
import pickle
import subprocess
import sys
import warnings
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from first_calls import PUBLIC, RIGHT, STATE, THOUGHT, WRONG, call, per_completion, said
from grpo_rewards import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    AnswerLeak,
    ApproximateFormat,
    Batch,
    CheckAnswer,
    CheckChoice,
    CheckCode,
    CheckLogic,
    CheckNumbers,
    CheckPuzzle,
    ColumnError,
    OptionError,
    approximate_format,
    check_answer,
    check_choice,
    check_logic,
    check_numbers,
    exact_format,
    math_rewards,
    repetition_penalty,
    reward,
)
from grpo_rewards.rewards.golds import solution_answer

ROOT = Path(__file__).resolve().parent.parent


# The first snippet ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def first_snippets(tmp_path_factory):
    """What `first_snippet_run.py` wrote of both pages, and what it had on standard error."""
    folder = tmp_path_factory.mktemp("first")
    pages = [ROOT / "README.md", ROOT / "docs" / "getting-started.md"]
    script = Path(__file__).with_name("first_snippet_run.py")
    run = subprocess.run(
        [sys.executable, str(script), "report.json", *map(str, pages)],
        cwd=folder,
        env=os.environ
        | {
            "CUDA_VISIBLE_DEVICES": "",
            "HF_HUB_OFFLINE": "1",
            "TOKENIZERS_PARALLELISM": "false",
        },
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert run.returncode == 0, f"{run.stdout}\n{run.stderr}"
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert len(report) == len(pages)
    return {"pages": list(report.values()), "errors": run.stderr}


@pytest.mark.train
@pytest.mark.skipif(
    importlib.util.find_spec("trl") is None,
    reason="TRL is not installed: pip install 'grpo-rewards[train]'",
)
class TestFirstSnippet:
    """The first code that a reader copies, on a real trainer, a real template, a random Qwen3."""

    def test_a_right_response_totals_more_than_a_wrong_one(self, first_snippets):
        for page in first_snippets["pages"]:
            right, wrong = page["totals"]
            assert right > wrong

    def test_it_prints_what_its_comments_say(self, first_snippets):
        for page in first_snippets["pages"]:
            assert page["printed"].startswith("6.0\n1.0\n")

    def test_it_trains(self, first_snippets):
        for page in first_snippets["pages"]:
            assert len(page["logged"]) == 1
            assert {"rewards/exact_format/mean", "rewards/check_answer/mean"} <= set(
                page["logged"][0]
            )

    def test_the_prompt_asks_for_the_format(self, first_snippets):
        for page in first_snippets["pages"]:
            assert THINK_BOXED.system_prompt() in page["prompt"]

    def test_a_model_that_does_not_answer_is_told_of(self, first_snippets):
        assert "found no answer in any of the last" in first_snippets["errors"]


# Golds that are worked solutions --------------------------------------------------------------

GSM8K = "He sells 6 * 7 = <<6*7=42>>42 apples.\nSo he has none left.\n#### 42"
MATH = r"We have $6\cdot 7 = \boxed{42}$ apples, so the answer follows."


class TestWorkedSolutions:
    @pytest.mark.parametrize("gold", [GSM8K, MATH, f"{GSM8K}\n", [GSM8K, "41"]])
    def test_they_are_read_and_it_is_said_once(self, gold):
        check = CheckAnswer(name="mine")
        with said("mine: the golds of column 'answer' are worked", "'42'", "gold_format="):
            assert check([RIGHT, WRONG], answer=[GSM8K, gold]) == [5.0, -2.5]
        assert check([RIGHT, WRONG], answer=[gold] * 2) == [5.0, -2.5]

    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            (GSM8K, "42"),
            (MATH, "42"),
            ("#### 42", "42"),
            ("Add them.\n\n####   1,234  \n\n", "1,234"),
            ("#### Step 1\nWe add.\n#### 7", "7"),
            (r"Adding, we get \boxed{\frac{1}{2}} metres.", r"\frac{1}{2}"),
            (r"First \boxed{3} rows, and then we find that the total is \boxed{21}.", "21"),
            # Not plainly a solution: the whole is the gold.
            ("42", "42"),
            (r"\boxed{42}", r"\boxed{42}"),
            (r"\boxed{5} cm", r"\boxed{5} cm"),
            (r"x = \boxed{5}", r"x = \boxed{5}"),
            (r"\boxed{5} square metres", r"\boxed{5} square metres"),
            ("C#", "C#"),
            ("a box of chocolates", "a box of chocolates"),
            ("#### Heading\nText after it", "#### Heading\nText after it"),
            # Boxes side by side are one list, and what a gold's box says is not doubted.
            (r"We find its two roots, \boxed{2} and \boxed{3}.", r"\boxed{2} and \boxed{3}"),
            (r"We simplify it all to \boxed{q or p}.", "q or p"),
            ("It is not so.\n#### not p", "not p"),
        ],
    )
    def test_what_is_plainly_one(self, text, answer):
        assert solution_answer(text) == answer

    def test_a_format_says_how_they_are_read_and_then_nothing_is_said(self):
        assert CheckAnswer(gold_format=HASHES)([RIGHT, WRONG], answer=[GSM8K] * 2) == [5.0, -2.5]
        assert CheckNumbers(gold_format=BOXED)([RIGHT, WRONG], solution=[MATH] * 2) == [3.5, -1.5]
        assert math_rewards(gold_format=HASHES)[2]([RIGHT], answer=[GSM8K]) == [5.0]

    def test_a_gold_that_is_not_in_that_format_is_none(self):
        assert CheckAnswer(gold_format=HASHES)([RIGHT], answer=["42"]) == [None]
        assert CheckAnswer(gold_format=HASHES)([RIGHT], answer=[42]) == [5.0]

    def test_none_takes_the_whole_text(self):
        assert CheckAnswer(gold_format=None)([RIGHT], answer=["#### 42 is a heading\nnot"]) == [
            -2.5
        ]

    def test_choices_and_formulas_are_read_the_same(self):
        text = "So.<end_working_out><SOLUTION>B</SOLUTION>"
        with said("worked solutions"):
            assert check_choice([text], answer=["It has to be B.\n#### B"]) == [5.0]
        formula = "So.<end_working_out><SOLUTION>p or q</SOLUTION>"
        with said("worked solutions"):
            assert check_logic([formula], answer=[r"We simplify it all to \boxed{q or p}."]) == [
                5.0
            ]

    def test_prose_that_has_no_mark_is_said(self):
        prose = "Let us count the apples one after another until there are none left. " * 5
        with said("prose", "gold_format=FREEFORM"):
            check_answer([RIGHT], answer=[prose])
        assert CheckAnswer(gold_format=FREEFORM)(
            [RIGHT], answer=[prose + "\nThe answer is 42."]
        ) == [5.0]


def half_of(row):
    """A user's own function of the row."""
    return str(int(row["double"]) // 2)


def of_prompt(row):
    return row["prompt"].split()[0]


class TestWhereGoldsAre:
    def test_a_path_leads_into_dicts(self):
        check = CheckAnswer(gold="reward_model.ground_truth")
        rows = [{"ground_truth": "42", "style": "rule"}, None]
        assert check([RIGHT, RIGHT], reward_model=rows) == [5.0, None]
        assert CheckAnswer(gold="a.b.c")([RIGHT], a=[{"b": {"c": "42"}}]) == [5.0]
        assert CheckAnswer(gold="a.b")([RIGHT], a=['{"b": "42"}']) == [5.0]
        assert CheckAnswer(gold="answers.text.0")([RIGHT], answers=[{"text": ["42"]}]) == [5.0]
        assert CheckAnswer(gold="a.b")([RIGHT], **{"a.b": ["42"]}) == [5.0]

    def test_a_path_that_leads_nowhere_says_what_there_is(self):
        with pytest.raises(ColumnError, match=r"has no field 'truth': it has the fields 'ground"):
            CheckAnswer(gold="reward_model.truth")([RIGHT], reward_model=[{"ground_truth": "42"}])
        with pytest.raises(ColumnError, match=r"no column 'rm\.truth'"):
            CheckAnswer(gold="rm.truth")([RIGHT], answer=["42"])

    def test_a_function_gets_the_row(self):
        assert CheckAnswer(gold=half_of)([RIGHT, WRONG], double=[84, 84]) == [5.0, -2.5]
        assert CheckAnswer(gold=of_prompt)([RIGHT], prompts=["42 it is"]) == [5.0]
        with pytest.raises(ColumnError, match="asks for the column 'double', and there are: 'x'"):
            CheckAnswer(gold=half_of)([RIGHT], x=["84"])

    def test_a_reward_with_a_function_is_a_value_as_any_other(self):
        check = CheckAnswer(gold=half_of)
        assert pickle.loads(pickle.dumps(check)) == check
        assert repr(check) == "CheckAnswer(gold=half_of)"
        assert eval(repr(check), PUBLIC | {"half_of": half_of}) == check  # noqa: S307
        assert hash(check) == hash(CheckAnswer(gold=half_of))

    @pytest.mark.parametrize(
        "function",
        [lambda row: row["x"], partial(half_of), operator.itemgetter("x"), str],
        ids=["a lambda", "a partial", "an object", "a class"],
    )
    def test_a_function_without_a_name_is_refused(self, function):
        with pytest.raises(OptionError, match="a function with a name of its own"):
            CheckAnswer(gold=function)

    @pytest.mark.parametrize(
        "make", [CheckAnswer, CheckNumbers, CheckChoice, CheckLogic, AnswerLeak, math_rewards]
    )
    def test_every_reward_with_a_gold_has_it(self, make):
        made = make(gold="reward_model.ground_truth")
        check = made[-1] if isinstance(made, list) else made
        check([RIGHT], reward_model=[{"ground_truth": "42"}])

    def test_two_columns_that_disagree(self):
        with said("'answer' and 'solution' disagree", "'41' and '42'", "'answer' is used", "gold="):
            check_answer([WRONG], answer=["41"], solution=[GSM8K])

    @pytest.mark.parametrize(
        ("answer", "solution"),
        [("42", GSM8K), ("42", "42.0"), ("42", "Prose, and no answer."), ("42", None), ("", "42")],
    )
    def test_two_columns_that_do_not(self, answer, solution):
        check_answer([RIGHT], answer=[answer], solution=[solution])

    @pytest.mark.parametrize(
        ("columns", "meant"),
        [
            ({"target": ["42"]}, "gold='target'"),
            ({"final_answer": ["42"], "question": ["?"]}, "gold='final_answer'"),
            ({"Answer": ["42"]}, "gold='Answer'"),
            ({"anwser": ["42"]}, "gold='anwser'"),
            ({"reward_model": [{"ground_truth": "42"}]}, "gold='reward_model.ground_truth'"),
            ({"extra_info": [{"answer": "42"}]}, "gold='extra_info.answer'"),
        ],
    )
    def test_a_missing_column_is_answered_with_the_one_there_is(self, columns, meant):
        with pytest.raises(ColumnError, match=meant):
            check_answer([RIGHT], **columns)


# Batches that cannot earn ---------------------------------------------------------------------


class TestNoAnswers:
    @pytest.mark.parametrize(
        ("reward_", "text", "words"),
        [
            (check_answer, THOUGHT, ("8 lack <end_working_out>", "contain </think>", "THINK_B")),
            (check_answer, "<think>x</think><answer>42</answer>", ("format=THINK_ANSWER",)),
            (check_answer, r"It is \boxed{42}.", (r"8 contain \\boxed", "format=BOXED")),
            (check_numbers, "It is so.\n#### 42", ("contain ####", "format=HASHES")),
            (check_answer, "I think so.\n\nThe answer is 42.", ("format=FREEFORM",)),
            (CheckAnswer(format=THINK_BOXED), r"So \boxed{42}.", ("BOXED", "never writes")),
            (CheckNumbers(format=THINK_BOXED), RIGHT, ("format=WORKING_OUT",)),
            (check_answer, "a text that was cut off, and", ("max_completion_length",)),
            (check_answer, f"{RIGHT} So it is.", ("text after the answer", "strict=False")),
        ],
    )  # fmt: skip
    def test_it_is_said_with_what_was_seen(self, reward_, text, words):
        with said("found no answer in any of the last 8", *words):
            reward_([text] * 8, answer=["42"] * 8)

    def test_it_is_said_once(self):
        with said("no answer"):
            call(check_answer, [THOUGHT] * 64, answer=["42"] * 64)
        call(check_answer, [THOUGHT] * 64, answer=["42"] * 64)

    def test_it_adds_up_over_the_small_batches_of_a_trainer(self):
        call(check_answer, [THOUGHT] * 4, answer=["42"] * 4)
        with said("last 8 completions; of the last 4"):
            call(check_answer, [THOUGHT] * 4, answer=["42"] * 4)

    def test_an_answer_in_between_is_enough(self):
        for _ in range(5):
            call(check_answer, [THOUGHT] * 4, answer=["42"] * 4)
            call(check_answer, [WRONG, RIGHT], answer=["42"] * 2)

    def test_a_part_of_a_composition_says_it_too(self):
        with said("check_answer found no answer"):
            (check_answer / 2).clip(-1, 1)([THOUGHT] * 8, answer=["42"] * 8)

    def test_a_reward_for_the_layout_says_which_one_it_is(self):
        with said("exact_format found no tag", "8 contain </think>", "format=THINK_BOXED"):
            exact_format([THOUGHT] * 8)
        with said("approximate_format found no tag", "format=BOXED"):
            ApproximateFormat(format=THINK_ANSWER)([r"So \boxed{42}"] * 8)

    def test_of_several_rewards_of_one_format_the_first_says_it(self):
        with said("exact_format found no tag"):
            for each in math_rewards():
                call(each, [THOUGHT] * 8, answer=["42"] * 8)

    def test_what_takes_time_is_looked_for_less_and_less(self, monkeypatch):
        from grpo_rewards.rewards import format as module

        surveys = []
        monkeypatch.setattr(
            module, "likeliest_format", lambda texts: surveys.append(len(texts)) or (None, 0)
        )
        for _ in range(9):
            call(exact_format, ["I do not know", "nor do I"] * 4)
        assert len(surveys) == 4

    def test_responses_that_have_no_layout_at_all_are_not_said_of_a_layout(self):
        exact_format(["I do not know"] * 8)

    def test_neither_explain_nor_a_kit_says_it(self):
        for _ in range(20):
            check_answer.explain(THOUGHT, answer="42")
        from grpo_rewards.testing import assert_reward_contract

        assert_reward_contract(check_answer, answer=["42", "1/2"])

    def test_only_the_main_process_says_it(self, monkeypatch):
        other = SimpleNamespace(global_step=0, is_world_process_zero=False)
        check_answer([THOUGHT] * 8, prompts=["?"] * 8, trainer_state=other, answer=["42"] * 8)
        monkeypatch.setenv("RANK", "3")
        check_answer([THOUGHT] * 8, answer=["42"] * 8)
        monkeypatch.setenv("RANK", "0")
        with said("no answer"):
            check_answer([THOUGHT] * 8, answer=["42"] * 8)

    @given(
        st.lists(st.sampled_from([THOUGHT, RIGHT, WRONG, "", "cut off"]), max_size=12),
        st.lists(
            st.sampled_from(["42", None, GSM8K, MATH, 42, float("nan")]), min_size=12, max_size=12
        ),
        st.booleans(),
    )
    def test_what_is_said_changes_no_score(self, texts, golds, by_trainer):
        columns = {"answer": golds[: len(texts)]}
        if by_trainer:
            columns |= {"prompts": ["?"] * len(texts), "trainer_state": STATE}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for reward_ in math_rewards():
                judged = [outcome.score for outcome in reward_.judge(Batch(texts, **columns))]
                assert reward_(texts, **columns) == judged

    def test_it_does_not_change_a_score_where_warnings_are_ignored(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert check_answer([THOUGHT] * 8, answer=["42"] * 8) == [-4.5] * 8


class TestNoGolds:
    @pytest.mark.parametrize("gold", [None, "", float("nan"), []])
    def test_a_column_of_which_nothing_can_be_read(self, gold):
        with said(
            "no opinion on any of the last 16", "row has no gold", "answer=", "gold='solution'"
        ):
            check_answer([RIGHT] * 16, answer=[gold] * 16, other=["42"] * 16)

    def test_other_rewards_name_their_own_option(self):
        with said("row has no tests", r"CheckCode\(tests="):
            CheckCode()(["x"] * 16, tests=[None] * 16)
        with said("row has no puzzle", r"CheckPuzzle\(column="):
            CheckPuzzle()([RIGHT] * 16, puzzle=[None] * 16)

    def test_golds_that_are_no_numbers_are_no_mistake_at_once(self):
        check_numbers([RIGHT] * 16, answer=["Paris"] * 16)
        with said("the gold is no number"):
            check_numbers([RIGHT] * 128, answer=["Paris"] * 128)

    def test_a_share_without_an_opinion_is_said_of_the_first_batch(self):
        with said("no opinion on 1 of the 2", "the gold is no number"):
            call(check_numbers, [RIGHT, RIGHT], answer=["42", "Paris"])
        call(check_numbers, [RIGHT, RIGHT], answer=["42", "Paris"])


class TestGroupsThatNeverDiffer:
    def run(self, reward_, texts, batches):
        for _ in range(batches):
            reward_(
                prompts=["one"] * 4 + ["two"] * 4,
                completions=texts,
                answer=["42"] * 8,
                trainer_state=STATE,
            )

    @pytest.mark.parametrize(
        "reward_",
        [exact_format, approximate_format, 2 * exact_format, reward(per_completion)],
        ids=repr,
    )
    def test_it_is_said_after_several_batches(self, reward_):
        self.run(reward_, [WRONG] * 8, 4)
        with said("same score in each of the 10 groups of the first 5 batches", "explain"):
            self.run(reward_, [WRONG] * 8, 1)
        self.run(reward_, [WRONG] * 8, 9)

    def test_a_group_that_differed_once_is_enough(self):
        self.run(exact_format, [WRONG] * 7 + ["no layout"], 1)
        self.run(exact_format, [WRONG] * 8, 20)

    def test_differences_between_groups_are_none_within(self):
        with said("never|same score"):
            self.run(exact_format, [WRONG] * 4 + ["no layout"] * 4, 10)

    @pytest.mark.parametrize(
        "guard",
        [repetition_penalty, AnswerLeak(), 0 * exact_format, repetition_penalty.clip(-1, 0)],
        ids=repr,
    )
    def test_a_guard_may_say_the_same_of_all(self, guard):
        self.run(guard, [WRONG] * 8, 20)
