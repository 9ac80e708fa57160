"""A new user's first five minutes: what would fail in silence gives a signal, with a remedy.

Of each class of mistake several are tried, and beside them what looks like one and is none.
"""

from __future__ import annotations

import decimal
import importlib
import importlib.util
import inspect
import json
import operator
import os
import pickle
import pydoc
import subprocess
import sys
import warnings
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards
from grpo_rewards import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
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
    CompletionError,
    CosineLength,
    ExactFormat,
    LengthTarget,
    OptionError,
    Policy,
    RepetitionPenalty,
    ResponseFormat,
    RewardWarning,
    SoftOverlongPunishment,
    all_of,
    any_of,
    approximate_format,
    as_reward,
    by_column,
    check_answer,
    check_choice,
    check_logic,
    check_numbers,
    compare,
    completion_text,
    exact_format,
    math_rewards,
    repetition_penalty,
    reward,
)
from grpo_rewards.rewards.golds import solution_answer

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
WRONG = "6 * 7<end_working_out><SOLUTION>43</SOLUTION>"
THOUGHT = r"<think>6 * 7 is 42.</think> \boxed{42}"
STATE = SimpleNamespace(global_step=0, max_steps=10, is_world_process_zero=True)


def said(*parts):
    """What expects one `RewardWarning` with all of these words, in this order."""
    return pytest.warns(RewardWarning, match="(?s)" + ".*".join(parts))


def call(reward_, texts, **columns):
    """A call as a trainer makes it."""
    return reward_(
        prompts=["6 * 7?"] * len(texts), completions=texts, trainer_state=STATE, **columns
    )


def trl_style(completions, **kwargs):
    """As TRL has them."""
    return [0.0 for _ in completions]


def per_completion(text):
    """As `reward` has them."""
    return float(len(text))


# 1: the first snippet -------------------------------------------------------------------------


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


# 2: golds that are worked solutions -----------------------------------------------------------

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


# 3: batches that cannot earn ------------------------------------------------------------------


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


# 4 and 7: formats, names ----------------------------------------------------------------------


class TestFormats:
    @pytest.mark.parametrize(
        "make", [partial(CosineLength, max_length=100), partial(LengthTarget, target=100)]
    )
    def test_rewards_for_length_take_a_format(self, make):
        ids = [[7] * 10] * 2
        thought_wrong = THOUGHT.replace("{42}", "{43}")
        right, wrong = make(format=THINK_BOXED)(
            [THOUGHT, thought_wrong], completion_ids=ids, answer=["42"] * 2
        )
        assert right > 0.5
        assert wrong < 0
        reward_ = make(format=THINK_BOXED)
        assert eval(repr(reward_), PUBLIC) == reward_  # noqa: S307
        assert pickle.loads(pickle.dumps(reward_)) == reward_
        assert reward_ + CheckAnswer(format=THINK_BOXED) + ExactFormat(format=THINK_BOXED)

    def test_not_beside_a_reward_that_has_its_own(self):
        with pytest.raises(OptionError, match="one of the two"):
            CosineLength(max_length=9, format=BOXED, correctness=check_answer)
        with pytest.raises(OptionError, match="THINK_BOXED"):
            CosineLength(max_length=9, format="THINK_BOXED")

    @pytest.mark.parametrize(
        "mix",
        [
            lambda: exact_format + CheckAnswer(format=THINK_BOXED),
            lambda: CheckAnswer(format=THINK_BOXED) - exact_format,
            lambda: sum([ExactFormat(format=BOXED), exact_format]),
            lambda: CheckAnswer(format=THINK_ANSWER).when(exact_format),
            lambda: all_of(exact_format, CheckAnswer(format=HASHES)),
            lambda: CosineLength(max_length=9) + CheckAnswer(format=THINK_BOXED),
            lambda: 0.5 * exact_format.clip(0, 1) + CheckAnswer(format=THINK_BOXED).named("right"),
        ],
    )
    def test_a_composition_of_two_formats_is_said(self, mix):
        with said("reads", "and", "reads", "same format="):
            mix()

    @pytest.mark.parametrize(
        "alike",
        [
            lambda: exact_format + check_answer,
            lambda: any_of(check_answer, CheckAnswer(format=BOXED)),
            lambda: exact_format + any_of(check_answer, CheckAnswer(format=BOXED, name="boxed")),
            lambda: exact_format + CheckAnswer(format=FREEFORM),
            lambda: ExactFormat(format=THINK_BOXED) + CheckAnswer(format=BOXED),
            lambda: exact_format + repetition_penalty,
        ],
    )
    def test_formats_that_go_together_are_not(self, alike):
        alike()

    def test_two_formats_in_one_trainer(self):
        completions = [THOUGHT, RIGHT]
        columns = {"completions": completions, "prompts": ["?"] * 2, "trainer_state": STATE}
        exact_format(**columns)
        with said("exact_format reads WORKING_OUT", "reads THINK_BOXED"):
            CheckAnswer(format=THINK_BOXED)(answer=["42"] * 2, **columns)

    def test_two_names_in_one_trainer(self):
        columns = {"completions": [RIGHT, WRONG], "prompts": ["?"] * 2, "trainer_state": STATE}
        check_answer(answer=["42"] * 2, **columns)
        with said("two rewards", "'check_answer'", r"named\("):
            CheckAnswer(correct=1.0, wrong=0.0, missing=0.0)(answer=["42"] * 2, **columns)
        check_answer(answer=["42"] * 2, **columns)  # as in the next step

    def test_other_trainers_may_have_the_same_names(self):
        for check in (check_answer, CheckAnswer(correct=1.0, wrong=0.0, missing=0.0)):
            call(check, [RIGHT, WRONG], answer=["42"] * 2)


# 5: the call and the constructor --------------------------------------------------------------


class TestOptionsInTheCall:
    @pytest.mark.parametrize(
        ("option", "value"),
        [("format", THINK_BOXED), ("format", "THINK_BOXED"), ("policy", Policy(digits=3)),
         ("strict", False), ("correct", 1.0), ("gold", "target"), ("log", True), ("wrong", 0)],
    )  # fmt: skip
    def test_an_option_is_no_column(self, option, value):
        with pytest.raises(OptionError, match=rf"{option} is an option: CheckAnswer\({option}="):
            check_answer([RIGHT], answer=["42"], **{option: value})

    def test_nor_is_one_of_a_part(self):
        with pytest.raises(OptionError, match=r"strict is an option: CheckAnswer\("):
            (exact_format + check_answer)([RIGHT], answer=["42"], strict=False)
        with pytest.raises(OptionError, match="format is an option"):
            check_answer.explain(RIGHT, answer="42", format=THINK_BOXED)
        with pytest.raises(OptionError, match="format is an option"):
            check_answer([RIGHT], answer=["42"], format=[THINK_BOXED][0])

    def test_columns_may_be_named_as_options(self):
        columns = {"format": ["pdf"], "name": ["Ann"], "policy": ["x"], "gold": ("a",), "log": [1]}
        assert check_answer([RIGHT], answer=["42"], **columns) == [5.0]
        assert check_answer.explain(RIGHT, answer="42", format="pdf", name="Ann").score == 5.0

    def test_what_a_trainer_brings_beside_columns_is_not_taken_for_options(self):
        assert check_answer([RIGHT], answer=["42"], epoch=1, run="a", log_metric=None) == [5.0]

    def test_help_shows_the_options(self):
        text = pydoc.render_doc(check_answer, renderer=pydoc.plaintext)
        for option in ("format", "gold_format", "strict", "policy"):
            assert f"{option}:" in text
        assert "format: 'ResponseFormat' = WORKING_OUT" in text
        signature = inspect.signature(CheckAnswer)
        assert list(signature.parameters)[:2] == ["name", "log"]
        assert "self" not in signature.parameters
        assert "completions" in inspect.signature(check_answer).parameters


# 6: chat templates ----------------------------------------------------------------------------

# Stand-ins, with the tags that the templates of these models write, and nothing else of theirs.
TURNS = (
    "{% for message in messages %}<|{{ message.role }}|>{{ message.content }}{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>"
)
QWEN3 = (
    TURNS + "{% if enable_thinking is defined and enable_thinking is false %}"
    "{{ '<think>\n\n</think>\n\n' }}{% endif %}{% endif %}"
)
DEEPSEEK = TURNS + b"<think>\\n{% endif %}".decode("unicode_escape")
NOT_THINKING = TURNS + "<think>\n\n</think>\n\n{% endif %}"
PLAIN = TURNS + "{% endif %}"
MISTRAL = TURNS + "[THINK]{% endif %}"
BROKEN = "{{ raise_exception('no system turn, please') }}"


def rendered(template, **variables):
    jinja2 = pytest.importorskip("jinja2")
    return (
        jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
        .from_string(template)
        .render(
            messages=[{"role": "user", "content": "6 * 7?"}],
            add_generation_prompt=True,
            **variables,
        )
    )


class TestChatTemplates:
    @pytest.mark.parametrize("format", [THINK_BOXED, THINK_ANSWER])
    def test_a_tag_is_written_once(self, format):
        assert format.chat_template(DEEPSEEK) == DEEPSEEK
        for base in (QWEN3, PLAIN, DEEPSEEK):
            assert rendered(format.chat_template(base)).count("<think>") == 1

    def test_qwen3_without_thinking_gets_none(self):
        template = THINK_BOXED.chat_template(QWEN3)
        assert rendered(template, enable_thinking=False).endswith("<think>\n\n</think>\n\n")
        assert rendered(template, enable_thinking=True).endswith("<|assistant|><think>")
        other = WORKING_OUT.chat_template(QWEN3)
        for thinking in (True, False):
            assert rendered(other, enable_thinking=thinking).endswith("<start_working_out>")

    def test_a_template_that_closes_the_reasoning_is_said(self):
        with said("closes the reasoning", "</think>", "format=BOXED", "enable_thinking=True"):
            assert THINK_BOXED.chat_template(NOT_THINKING) == NOT_THINKING

    @pytest.mark.parametrize("base", [DEEPSEEK, MISTRAL])
    def test_a_template_that_opens_another_reasoning_is_said(self, base):
        with said("opens the reasoning with", "WORKING_OUT with <start_working_out>"):
            WORKING_OUT.chat_template(base)

    @pytest.mark.parametrize("base", [BROKEN, "{% if %}", "{{ messages }}", "", "{{ nothing.at }}"])
    def test_what_cannot_be_rendered_is_built_upon_as_it_is(self, base):
        assert THINK_BOXED.chat_template(base).startswith(base)
        assert THINK_BOXED.chat_template(base).endswith("{{ '<think>' }}{% endif %}")

    @pytest.mark.skipif(importlib.util.find_spec("trl") is None, reason="it has real templates")
    @pytest.mark.parametrize(
        ("name", "writes"),
        [
            ("qwen3", False), ("deepseekv3", True), ("deepseek_r1_distill", True),
            ("qwen3_5_think", True), ("qwen2_5", False), ("llama3_2", False), ("gemma3", False),
            ("qwen3_instruct_2507", False), ("glm4moe", False),
        ],
    )  # fmt: skip
    def test_real_templates(self, name, writes):
        found = importlib.util.find_spec("trl")
        folder = Path(found.submodule_search_locations[0]) / "chat_templates"
        if not (folder / f"{name}.jinja").is_file():
            pytest.skip("this TRL does not ship it")
        base = (folder / f"{name}.jinja").read_text(encoding="utf-8")
        assert (THINK_BOXED.chat_template(base) == base) == writes


# 8: messages ----------------------------------------------------------------------------------


class TestMessages:
    @pytest.mark.parametrize(
        "completion",
        [
            [{"from": "gpt", "value": RIGHT}],
            [{"from": "human", "value": "?"}, {"from": "GPT", "value": RIGHT}],
            [{"from": "gpt", "value": RIGHT}, {"from": "human", "value": WRONG}],
            [{"role": "model", "parts": [{"text": RIGHT}]}],
            [{"role": "assistant", "value": RIGHT}],
            [{"role": "gpt", "content": RIGHT}],
            [{"role": "assistant", "text": RIGHT}],
            [{"from": "gpt", "value": RIGHT, "role": None, "content": None}],
        ],
    )
    def test_they_are_read(self, completion):
        assert completion_text(completion) == RIGHT
        assert check_answer([completion], answer=["42"]) == [5.0]

    @pytest.mark.parametrize(
        "completion",
        [
            [{"from": "human", "value": RIGHT}],
            [{"from": "system", "value": RIGHT}],
            [{"role": "tool", "content": RIGHT}],
            [{"from": "observation", "value": RIGHT}],
            [{"role": 3, "content": RIGHT}],
        ],
    )
    def test_what_others_say_is_not_the_models(self, completion):
        assert completion_text(completion) == ""

    def test_a_message_without_a_known_key_raises(self):
        with pytest.raises(CompletionError, match=r"'content'.*has 'assistant'"):
            completion_text([{"assistant": RIGHT}])

    def test_prompts_are_read_the_same(self):
        """A prefilled turn that has the gold, in either kind of messages."""
        rest = "42.<end_working_out><SOLUTION>42</SOLUTION>"
        prompts = [
            [{"from": "human", "value": "6 * 7?"}, {"from": "gpt", "value": "The answer is 42"}],
            [
                {"role": "user", "content": "?"},
                {"role": "assistant", "content": "The answer is 42"},
            ],
        ]
        assert AnswerLeak()([rest] * 2, prompts=prompts, answer=["42"] * 2) == [-1.0, -1.0]


# 9: columns of libraries ----------------------------------------------------------------------


def numpy_array(values):
    return pytest.importorskip("numpy").array(values)


def pandas_series(values):
    pandas = pytest.importorskip("pandas")
    return pandas.Series(values, index=range(10, 10 + len(values)))


def arrow_array(values):
    return pytest.importorskip("pyarrow").array(values)


def arrow_chunks(values):
    return pytest.importorskip("pyarrow").chunked_array([values[:1], values[1:]])


def datasets_column(values):
    return pytest.importorskip("datasets").Dataset.from_dict({"x": values})["x"]


CONTAINERS = [numpy_array, pandas_series, arrow_array, arrow_chunks, datasets_column, tuple]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
class TestColumns:
    @pytest.mark.parametrize("container", CONTAINERS)
    @pytest.mark.parametrize("golds", [["42", "41"], [42, 41], [42.0, 41.0]], ids=str)
    def test_any_container_is_a_column(self, container, golds):
        assert check_answer([RIGHT, RIGHT], answer=container(golds)) == [5.0, -2.5]

    @pytest.mark.parametrize("container", CONTAINERS)
    def test_completions_and_prompts_may_be_in_one(self, container):
        scores = check_answer(
            container([RIGHT, WRONG]), prompts=container(["?", "?"]), answer=["42", "42"]
        )
        assert scores == [5.0, -2.5]

    @pytest.mark.parametrize(
        "gold",
        [
            lambda: numpy_array(["42", "43"]),
            lambda: numpy_array([42.0]),
            lambda: numpy_array(42),
            lambda: numpy_array([42])[0],
            lambda: numpy_array(["42"])[0],
            lambda: pandas_series(["42"]),
            lambda: arrow_array(["42"]),
            lambda: ("41", "42"),
            lambda: decimal.Decimal(42),
        ],
    )
    def test_a_gold_may_be_an_array_of_acceptable_ones(self, gold):
        assert check_answer([RIGHT], answer=[gold()]) == [5.0]

    def test_numbers_of_single_precision_are_what_they_were(self):
        numpy = pytest.importorskip("numpy")
        values = numpy.array([0.1, 1 / 3, 16777216.0, 3.4e38, 1e-45], dtype=numpy.float32)
        expected = ["0.1", "0.33333334", "16777216", "3.4e38", "1e-45"]
        columns = [values, pandas_series(values), arrow_array(values), list(values)]
        texts = [f"So.<end_working_out><SOLUTION>{each}</SOLUTION>" for each in expected]
        for column in columns:
            assert check_answer(texts, answer=column) == [5.0] * 5
        assert Batch(texts, x=values).column("x")[0] == 0.1

    @given(st.floats(width=32, allow_nan=False, allow_infinity=False))
    def test_the_shortest_decimal_is_the_same_number(self, number):
        numpy = pytest.importorskip("numpy")
        (short,) = Batch(["x"], x=numpy.array([number], dtype=numpy.float32)).column("x")
        assert numpy.float32(short) == numpy.float32(number)

    def test_a_value_that_is_missing_is_no_gold(self):
        pandas = pytest.importorskip("pandas")
        golds = pandas.Series(["42", None, pandas.NA])
        assert check_answer([RIGHT] * 3, answer=golds) == [5.0, None, None]

    @pytest.mark.parametrize(
        "column", ["42", 42, None, {"a": "42"}, {"42"}, iter(["42"]), lambda: numpy_array("42")]
    )
    def test_what_is_no_column_raises(self, column):
        value = column() if callable(column) else column
        with pytest.raises(ColumnError, match="answer"):
            check_answer([RIGHT], answer=value)


# 10: samples ----------------------------------------------------------------------------------


class TestPrintedWithoutATrainer:
    def test_calls_are_counted(self, capsys):
        sampled = check_answer.printed(every=2)
        for _ in range(4):
            sampled([RIGHT], answer=["42"])
        printed = capsys.readouterr().err
        assert [f"in call {call}," in printed for call in (1, 2, 3, 4)] == [
            True,
            False,
            True,
            False,
        ]

    def test_explain_is_no_call(self, capsys):
        check_answer.printed(every=1).explain(RIGHT, answer="42")
        assert capsys.readouterr().err == ""

    def test_it_is_one_of_a_sums_parts(self, capsys):
        (exact_format + 0 * check_answer.printed(every=1))([RIGHT], answer=["42"])
        assert "check_answer in call 1, 1 completions" in capsys.readouterr().err


# Guesses --------------------------------------------------------------------------------------


def from_import(name):
    exec(f"from grpo_rewards import {name}")  # noqa: S102 (a name of the table below)


GUESSES = [
    # Options by other names.
    (lambda: CheckAnswer(column="x"), ["no option 'column'", "write gold="]),
    (lambda: CheckAnswer(gold_column="x"), ["write gold="]),
    (lambda: CheckAnswer(answer_column="x"), ["write gold="]),
    (lambda: CheckAnswer(solution="x"), ["write gold="]),
    (lambda: CheckAnswer(tags=("<a>", "</a>")), ["write format="]),
    (lambda: CheckAnswer(formt=BOXED), ["did you mean format="]),
    (lambda: CheckAnswer(tolerance=0.1), ["policy=Policy(relative_tolerance="]),
    (lambda: CheckAnswer(timeout=1), ["policy=Policy(deadline="]),
    (lambda: CheckAnswer(weight=2), ["multiply", "reward_weights"]),
    (lambda: CheckAnswer(digits=3), ["policy=Policy(digits=...)"]),
    (lambda: CheckNumbers(ordered_lists=True), ["policy=Policy(ordered_lists=...)"]),
    (lambda: compare("1", "1.0", tolerance=0.1), ["policy=Policy(relative_tolerance="]),
    (lambda: compare("1", "1.0", digits=4), ["policy=Policy(digits="]),
    (lambda: compare("1", "1.0", Policy(digits=4)), ["compare(policy="]),
    (lambda: CheckAnswer(correct_reward=2), ["write correct="]),
    (lambda: CheckAnswer(zzz=2), ["its options are", "gold_format"]),
    (lambda: ExactFormat(score=2), ["write exact="]),
    (lambda: SoftOverlongPunishment(max_completion_len=9, cache=2), ["write max_length="]),
    (lambda: SoftOverlongPunishment(max_length=9, soft_punish_cache=2), ["write cache="]),
    (SoftOverlongPunishment, ["needs max_length, cache", "max_length=..., cache=..."]),
    (lambda: RepetitionPenalty(ngram_size=3), ["write n="]),
    (lambda: RepetitionPenalty(max_penalty=-1.0), ["write worst="]),
    (lambda: CosineLength(max_len=9), ["write max_length="]),
    (lambda: CosineLength(max_length=9, min_value_wrong=0), ["write wrong_short="]),
    (lambda: CosineLength(max_length=9, gold="x"), ["correctness=CheckAnswer(gold="]),
    (lambda: ResponseFormat(tags=("<a>", "</a>")), ["no option 'tags'", "its options are"]),
    (lambda: ResponseFormat(reasoning_start="<a>"), ["write reasoning="]),
    (lambda: ResponseFormat(solution_start="<a>"), ["write answer="]),
    (lambda: Policy(float_rounding=4), ["write digits="]),
    (lambda: Policy(tolerance=0.1), ["write relative_tolerance="]),
    (lambda: Policy(atol=0.1), ["write absolute_tolerance="]),
    (lambda: Policy(timeout_seconds=4), ["write deadline="]),
    (lambda: math_rewards(fmt=BOXED), ["write format="]),
    (lambda: math_rewards(column="x"), ["write gold="]),
    (lambda: math_rewards(BOXED), ["math_rewards(format=BOXED)"]),
    (lambda: check_answer.clip(min=0, max=1), ["clip has no option 'min'", "write low="]),
    (lambda: check_answer.when(exact_format, threshold=1), ["write above="]),
    (lambda: check_answer.printed(n=5), ["write every="]),
    (lambda: check_answer.printed(5), ["printed(every=5)"]),
    (lambda: check_answer.scheduled(1, 0, total_steps=5), ["write steps="]),
    (lambda: as_reward(trl_style, format=BOXED), ["as_reward has no option 'format'"]),
    # Presets.
    (lambda: CheckAnswer(format="THINK_BOXED"), ["from grpo_rewards import THINK_BOXED"]),
    (lambda: CheckAnswer(format="think_boxed"), ["THINK_BOXED without quotes"]),
    (lambda: ExactFormat(format="thinkboxed"), ["THINK_BOXED"]),
    (lambda: CheckAnswer(format="qwen3"), ["THINK_BOXED"]),
    (lambda: CheckAnswer(format="gsm8k"), ["HASHES"]),
    (lambda: CheckAnswer(format="xyz"), ["write a ResponseFormat", "THINK_ANSWER"]),
    (lambda: CheckAnswer(format=("<think>", "</think>")), ["ResponseFormat(reasoning="]),
    (lambda: CheckAnswer(format=None), ["write a ResponseFormat"]),
    (lambda: CheckAnswer(gold_format="hashes"), ["HASHES or BOXED"]),
    # Names.
    (lambda: from_import("accuracy_reward"), ["write check_answer"]),
    (lambda: from_import("format_reward"), ["write exact_format"]),
    (lambda: from_import("think_format_reward"), ["write exact_format"]),
    (lambda: from_import("match_format_exactly"), ["write exact_format"]),
    (lambda: from_import("get_soft_overlong_punishment"), ["write SoftOverlongPunishment"]),
    (lambda: from_import("math_verify"), ["write compare"]),
    (lambda: from_import("compute_score"), ["write compare"]),
    (lambda: from_import("audit"), ["from grpo_rewards.testing"]),
    (lambda: from_import("checkanswer"), ["write CheckAnswer"]),
    (lambda: from_import("chek_numbers"), ["did you mean", "check_numbers"]),
    (lambda: from_import("THINKBOXED"), ["did you mean", "THINK_BOXED"]),
    (lambda: grpo_rewards.accuracy_reward, ["write check_answer"]),
    (lambda: from_import("zzzzzz"), ["has no 'zzzzzz'"]),
    # By place.
    (lambda: CheckAnswer("solution"), ["by name", "CheckAnswer(gold='solution')"]),
    (lambda: CheckAnswer(THINK_BOXED), ["CheckAnswer(format=THINK_BOXED)"]),
    (lambda: CheckAnswer(5.0), ["CheckAnswer(correct=5.0)"]),
    (lambda: ExactFormat(BOXED), ["ExactFormat(format=BOXED)"]),
    (lambda: LengthTarget(100), ["LengthTarget(target=100)"]),
    (lambda: ResponseFormat(("<a>", "</a>")), ["ResponseFormat(reasoning=('<a>', '</a>'))"]),
    (lambda: Policy(4), ["Policy(digits=4)"]),
    (lambda: check_answer([RIGHT], "42"), ["'42'", "check_answer(completions, answer=[...])"]),
    (lambda: check_answer([RIGHT], ["42"]), ["check_answer(completions, answer=[...])"]),
    (lambda: check_answer(["?"], [RIGHT], answer=["42"]), ["answer=[...]"]),
    (lambda: check_answer.explain(RIGHT, "42"), ["check_answer.explain(completion, answer=...)"]),
    (lambda: (exact_format + check_answer)([RIGHT], ["42"]), ["reward(completions, answer"]),
    (lambda: check_answer([RIGHT], answer="42"), ["list", "reward.explain(completion, answer="]),
    (lambda: check_answer(RIGHT, answer="42"), ["reward.explain(completion"]),
    (lambda: check_answer.explain([RIGHT], answer="42"), ["is a batch", "one by one"]),
    (lambda: check_answer([{"content": RIGHT}], answer=["42"]), ["the one message into a list"]),
    (lambda: check_answer([RIGHT]), ["and no other", "reward(completions, answer=[...])"]),
    (lambda: check_answer([RIGHT], answer=[{"text": "42"}]), ["gold='column.field'"]),
    (lambda: check_answer([RIGHT], gold="42"), ["gold is an option", "answer=[...]"]),
    # Golds.
    (lambda: CheckAnswer(gold="42"), ["gold names the column", "answer=[...]"]),
    (lambda: CheckAnswer(gold="3.5"), ["gold names the column"]),
    (lambda: CheckAnswer(gold=r"\frac{1}{2}"), ["gold names the column"]),
    (lambda: CheckAnswer(gold=42), ["write the name of the column"]),
    (lambda: CheckAnswer(gold=["42"]), ["write the name of the column"]),
    (lambda: CheckAnswer(gold="Paris")([RIGHT], answer=["42"]), ["gold= names a column"]),
    # Classes and lists where a reward belongs.
    (lambda: CheckAnswer(completions=[RIGHT], prompts=["?"]), ["an instance", "CheckAnswer(...)"]),
    (
        lambda: CheckAnswer([RIGHT], answer=["42"]),
        ["CheckAnswer has no option 'answer'", "a class was called like a reward"],
    ),
    (lambda: math_rewards([RIGHT], answer=["42"]), ["reward_funcs=math_rewards(...)"]),
    (lambda: CheckAnswer + ExactFormat, ["CheckAnswer is a class", "CheckAnswer(...)"]),
    (lambda: 0.2 * ExactFormat, ["ExactFormat is a class", "ExactFormat(...)"]),
    (lambda: sum([CheckAnswer, ExactFormat]), ["CheckAnswer is a class"]),
    (lambda: by_column("task", {"math": math_rewards()}), ["list of rewards", "sum(rewards)"]),
    (lambda: math_rewards()(completions=[RIGHT]), ["reward_funcs=math_rewards(...)", "sum("]),
    (lambda: math_rewards().__name__, ["is a list of rewards"]),
    (lambda: math_rewards().explain(RIGHT), ["is a list of rewards"]),
    (lambda: any_of([check_answer, exact_format]), ["unpack", "any_of(*rewards)"]),
    (lambda: all_of((check_answer, exact_format)), ["unpack"]),
    (lambda: any_of(CheckAnswer), ["it is a class", "CheckAnswer(...)"]),
    (lambda: any_of(trl_style), ["as_reward"]),
    (lambda: as_reward(CheckAnswer), ["is a class of rewards", "CheckAnswer(...)"]),
    (lambda: as_reward([trl_style]), ["each of the list", "sum(rewards)"]),
    # Operators.
    (lambda: check_answer + trl_style, ["unsupported operand", "as_reward(trl_style)"]),
    (lambda: trl_style + check_answer, ["as_reward(trl_style)"]),
    (lambda: check_answer - trl_style, ["as_reward(trl_style)"]),
    (lambda: trl_style - check_answer, ["as_reward(trl_style)"]),
    (lambda: check_answer * trl_style, ["as_reward(trl_style)"]),
    (lambda: check_answer + CheckNumbers, ["a class", "CheckNumbers(...)"]),
    (lambda: check_answer - [exact_format], ["sum(rewards)"]),
    (lambda: check_answer + math_rewards(), ["sum(rewards)"]),
    (lambda: check_answer + 1, ["a constant changes no advantage"]),
    (lambda: check_answer * exact_format, ["a.when(b)"]),
    (lambda: check_answer.when(trl_style), ["as_reward"]),
    # Functions of the other kind.
    (lambda: reward(trl_style), ["as_reward(trl_style)", "@reward"]),
    (lambda: as_reward(per_completion)([RIGHT]), ["@reward"]),
    # compare.
    (lambda: compare("42", None), ["prediction=None", "a text or a number", "format.parse"]),
    (lambda: compare(None, "42"), ["gold=None"]),
    (lambda: compare(["42"], "42"), ["gold=['42']", "compare each"]),
]  # fmt: skip


class TestGuesses:
    """Each guess, and the words that its answer must have."""

    @pytest.mark.parametrize(("guess", "words"), GUESSES)
    def test_it_is_answered(self, guess, words):
        with pytest.raises(
            (OptionError, ColumnError, CompletionError, ImportError, AttributeError)
        ) as error:
            guess()
        for word in words:
            assert word in str(error.value)

    @pytest.mark.parametrize(
        "fine",
        [
            lambda: compare(42, "42"),
            lambda: compare("0.5", 0.5),
            lambda: compare(decimal.Decimal("0.5"), "1/2"),
            lambda: check_answer + as_reward(trl_style),
            lambda: check_answer + reward(per_completion),
            lambda: sum(math_rewards()),
            lambda: any_of(*math_rewards()),
            lambda: CheckAnswer(gold="gold 2"),
            lambda: as_reward(check_answer),
        ],
    )
    def test_what_is_none_is_not(self, fine):
        assert fine()

    def test_a_list_of_rewards_is_a_list(self):
        rewards = math_rewards(lean=True)
        assert isinstance(rewards, list)
        assert rewards == list(rewards)
        assert pickle.loads(pickle.dumps(rewards)) == rewards
        assert [*rewards, repetition_penalty]

    def test_attributes_that_are_not_there_are_not_there(self):
        assert not hasattr(grpo_rewards, "accuracy_reward")
        assert not hasattr(grpo_rewards, "__nothing__")
        assert getattr(grpo_rewards, "chek_answer", 3) == 3

    def test_an_error_within_a_constructor_is_passed_on(self):
        """What a class itself raises is not taken for a wrong option."""
        with pytest.raises(OptionError, match="would pay more"):
            CheckAnswer(wrong=6.0)

    @pytest.mark.parametrize(
        "name", sorted({*PUBLIC} & {*dir(importlib.import_module("grpo_rewards.rewards"))})
    )
    def test_rewards_can_be_had_from_their_folder(self, name):
        assert getattr(importlib.import_module("grpo_rewards.rewards"), name) is PUBLIC[name]

    def test_all_of_them(self):
        from grpo_rewards.rewards import __all__ as names

        assert {
            name
            for name, value in PUBLIC.items()
            if "rewards.rewards." in getattr(value, "__module__", type(value).__module__)
        } == set(names)

    def test_the_version(self):
        from grpo_rewards.cli.commands import main

        assert grpo_rewards.__version__.count(".") == 2
        with pytest.raises(SystemExit) as exit_:
            main(["--version"])
        assert exit_.value.code == 0
