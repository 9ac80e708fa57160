"""Composition: what the operators and methods of rewards build."""

from __future__ import annotations

import math
import pickle
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards
from grpo_rewards import (
    BOXED,
    Batch,
    CheckAnswer,
    ColumnError,
    OptionError,
    Outcome,
    Reward,
    SoftOverlongPunishment,
    all_of,
    any_of,
    check_answer,
    check_numbers,
    exact_format,
)

RIGHT = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
WRONG = "6 * 7<end_working_out><SOLUTION>43</SOLUTION>"
LOOSE = "It is 42."
TEXTS = [RIGHT, WRONG, LOOSE]
GOLDS = ["42"] * 3

PUBLIC = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}


@dataclass(frozen=True, kw_only=True, repr=False)
class Stated(Reward):
    """Says what its texts say: a number, or nothing; counts how often it judged."""

    name: str = "stated"
    factor: float = 1.0
    calls: list[int] = field(default_factory=list, compare=False)

    def judge(self, batch):
        self.calls.append(len(batch))
        return [
            Outcome(self.factor * float(text) if text else None, f"it says {text or 'nothing'}")
            for text in batch.texts
        ]


stated = Stated()
twice = Stated(name="twice", factor=2.0)


class TestArithmetic:
    """Scores follow the arithmetic of the expression."""

    @given(st.floats(-100, 100), st.floats(-100, 100).filter(bool))
    def test_operators_do_what_numbers_do(self, score, number):
        text = [repr(score)]
        assert (stated + twice)(text) == [score + 2 * score]
        assert (stated - twice)(text) == [score - 2 * score]
        assert (number * stated)(text) == (stated * number)(text) == [number * score]
        assert (stated / number)(text) == [score / number]
        assert (-stated)(text) == [-score]
        assert sum([stated, twice, stated])(text) == pytest.approx([4 * score])

    @given(st.floats(-100, 100), st.floats(-50, 0), st.floats(0.1, 50))
    def test_a_clipped_score_stays_within_its_bounds(self, score, low, high):
        assert stated.clip(low, high)([repr(score)]) == [min(max(score, low), high)]
        assert stated.clip(high=high)([repr(score)]) == [min(score, high)]
        assert stated.clip(low=low)([repr(score)]) == [max(score, low)]

    @given(st.lists(st.floats(-9, 9), min_size=1))
    def test_the_best_and_the_worst_part(self, scores):
        texts = [repr(score) for score in scores]
        assert any_of(stated, -stated)(texts) == [abs(score) for score in scores]
        assert all_of(stated, -stated)(texts) == [-abs(score) for score in scores]

    def test_scores_are_floats(self):
        for each in (2 * stated, stated + twice, stated.clip(0, 1), stated.when(stated, above=9)):
            (score,) = each(["3"])
            assert type(score) is float


class TestNoOpinion:
    """``None`` stays "no opinion"."""

    def test_a_sum_leaves_it_out(self):
        golds = ["42", "Paris", "42"]
        parts = check_answer(TEXTS, answer=golds), check_numbers(TEXTS, answer=golds)
        assert parts[1][1] is None
        assert (check_answer + check_numbers)(TEXTS, answer=golds) == [
            parts[0][0] + parts[1][0],
            parts[0][1],
            parts[0][2] + parts[1][2],
        ]

    @pytest.mark.parametrize(
        "silent",
        [
            stated + twice,
            2 * stated,
            stated / 3,
            -stated,
            stated.clip(0, 1),
            stated.when(exact_format),
            exact_format.when(stated),
            stated.named("other"),
            stated.scheduled(1, 0, steps=3, without_state=1.0),
            any_of(stated, twice),
            all_of(stated, twice),
        ],
        ids=lambda reward: reward.__name__,
    )
    def test_everything_else_passes_it_on(self, silent):
        assert silent([""]) == [None]

    def test_the_best_and_the_worst_are_taken_of_those_that_have_one(self):
        assert any_of(stated, exact_format)([""]) == [0.0]
        assert all_of(stated, exact_format)([""]) == [0.0]


class TestGate:
    """Credit only where another reward is earned."""

    def test_no_credit_without_the_gate(self):
        gated = CheckAnswer(strict=False).when(exact_format)
        assert gated(TEXTS, answer=GOLDS) == [5.0, -2.5, 0.0]

    def test_the_gate_has_to_be_exceeded(self):
        assert stated.when(stated, above=2)(["2", "2.5"]) == [0.0, 2.5]

    def test_what_is_scored_otherwise_is_an_option(self):
        assert stated.when(stated, otherwise=-7)(["-1"]) == [-7.0]

    def test_the_reason_names_the_gate(self):
        reason = check_answer.when(exact_format).explain(LOOSE, answer="42").reason
        assert "exact_format" in reason
        assert "<end_working_out> is missing" in reason


def state(step, of=100):
    return SimpleNamespace(global_step=step, max_steps=of)


class TestSchedule:
    """A weight that moves with the steps of training."""

    @pytest.mark.parametrize(("step", "weight"), [(0, 1.0), (5, 0.5), (10, 0.0), (99, 0.0)])
    def test_it_moves_in_a_line_and_then_stays(self, step, weight):
        fading = stated.scheduled(1.0, 0.0, steps=10)
        assert fading(["4"], trainer_state=state(step)) == [4 * weight]

    def test_a_fraction_is_one_of_the_whole_run(self):
        growing = stated.scheduled(0.0, 1.0, fraction=0.5)
        assert growing(["4"], trainer_state=state(25)) == [2.0]
        assert growing(["4"], trainer_state=state(25, of=50)) == [4.0]

    def test_without_a_state_it_raises(self):
        with pytest.raises(ColumnError, match=r"trainer_state.*without_state"):
            stated.scheduled(1, 0, steps=10)(["4"])

    def test_without_a_state_it_uses_the_stated_constant(self):
        assert stated.scheduled(1, 0, steps=10, without_state=0.25)(["4"]) == [1.0]

    def test_a_fraction_of_a_run_of_unknown_length_raises(self):
        with pytest.raises(ColumnError, match="max_steps is -1"):
            stated.scheduled(1, 0, fraction=0.5)(["4"], trainer_state=state(0, of=-1))

    @pytest.mark.parametrize(
        "odd", [SimpleNamespace(), SimpleNamespace(global_step=None, max_steps=9), "state"]
    )
    def test_a_state_that_does_not_say_its_step_raises(self, odd):
        for reward in (stated.scheduled(1, 0, steps=5), stated.printed(every=1)):
            with pytest.raises(ColumnError, match="has no global_step"):
                reward(["4"], trainer_state=odd)
        with pytest.raises(ColumnError, match=r"max_steps is None|has no global_step"):
            stated.scheduled(1, 0, fraction=0.5)(["4"], trainer_state=odd)

    def test_explain_takes_a_state(self):
        assert stated.scheduled(1, 0, steps=4).explain("8", trainer_state=state(1)).score == 6.0


class TestOnce:
    """A part is judged once a batch, however often it occurs."""

    def test_a_part_that_occurs_often_judges_once(self):
        part = Stated()
        total = (part + 2 * part.clip(0, 1) + any_of(part, part.named("same"))).when(part)
        total(["1", "2"])
        assert part.calls == [2]

    def test_equal_parts_are_one_part(self):
        first, second = Stated(), Stated()
        (first + second)(["1"])
        assert len(first.calls) + len(second.calls) == 1

    @pytest.fixture
    def read(self, monkeypatch):
        """What was read in the test, with the format."""
        read = []
        original = type(BOXED).parse

        def counted(layout, text):
            read.append((layout, text))
            return original(layout, text)

        monkeypatch.setattr(type(BOXED), "parse", counted)
        return read

    def test_a_response_is_read_once_a_format(self, read):
        either = any_of(check_answer, CheckAnswer(format=BOXED, name="b"))
        total = exact_format + check_numbers + either
        total([f"read once a format. {RIGHT}"], answer=["42"])
        assert len(read) == 2

    def test_the_rewards_of_a_trainer_read_it_once(self, read):
        texts = [f"read once by all. {RIGHT}", "no answer"]
        for reward in (exact_format, check_answer, check_numbers):
            reward(list(texts), answer=["42", "42"])
        assert [text for _, text in read] == texts

    def test_other_responses_are_read_anew(self, read):
        for place in range(3):
            text = RIGHT.replace("42", str(place))
            assert check_answer([text], answer=[str(place)]) == [5.0]
            assert check_answer([text], answer=["7"]) == [-2.5]
        assert len(read) == 3


def expressions():
    leaves = st.sampled_from([exact_format, check_answer, check_numbers])
    numbers = st.sampled_from([2, 0.5, -1, 3.25])

    def nested(inner):
        return st.one_of(
            st.builds(lambda a, b: a + b, inner, inner),
            st.builds(lambda a, b: a - b, inner, inner),
            st.builds(lambda a, b: a * b, inner, numbers),
            st.builds(lambda a, b: a / b, inner, numbers),
            st.builds(lambda a: -a, inner),
            st.builds(lambda a, b: a.when(b, above=0.5), inner, inner),
            st.builds(lambda a: a.clip(-1, 2.5), inner),
            st.builds(lambda a: a.named("mine"), inner),
            st.builds(lambda a: a.unlogged(), inner),
            st.builds(lambda a: a.printed(every=5), inner),
            st.builds(lambda a: a.scheduled(1.0, 0.5, steps=9, without_state=1.0), inner),
            st.builds(any_of, inner, inner),
            st.builds(all_of, inner, inner),
        )

    return st.recursive(leaves, nested, max_leaves=6)


class TestExpressions:
    """A composition is a value that prints as the expression that made it."""

    @given(expressions())
    def test_its_repr_rebuilds_it(self, reward):
        rebuilt = eval(repr(reward), PUBLIC)  # noqa: S307 (a repr of ours)
        assert rebuilt == reward
        assert repr(rebuilt) == repr(reward)
        assert rebuilt.__name__ == reward.__name__

    @given(expressions())
    def test_a_pickled_copy_scores_the_same(self, reward):
        copy = pickle.loads(pickle.dumps(reward))
        assert copy == reward
        assert hash(copy) == hash(reward)
        assert copy(TEXTS, answer=GOLDS) == reward(TEXTS, answer=GOLDS)

    @given(expressions())
    def test_one_at_a_time_is_the_same_as_together(self, reward):
        together = reward(TEXTS, answer=GOLDS)
        assert [reward([text], answer=["42"])[0] for text in TEXTS] == together
        assert all(score is None or math.isfinite(score) for score in together)

    @pytest.mark.parametrize(
        ("reward", "expression"),
        [
            (0.2 * exact_format + check_answer, "0.2 * exact_format + check_answer"),
            (exact_format - (check_answer - 2 * check_numbers) / 3,
             "exact_format - (check_answer - 2 * check_numbers) / 3"),
            (-(exact_format + check_answer), "-(exact_format + check_answer)"),
            ((exact_format + check_answer).clip(0), "(exact_format + check_answer).clip(low=0)"),
            (check_answer.when(exact_format, otherwise=-1),
             "check_answer.when(exact_format, otherwise=-1)"),
            (check_answer.named("a") + exact_format, "a + exact_format"),
        ],
    )  # fmt: skip
    def test_its_name_is_the_expression(self, reward, expression):
        assert reward.__name__ == expression

    def test_a_named_one_has_its_name(self):
        total = (exact_format + check_answer).named("total")
        assert total.__name__ == "total"
        assert repr(total) == "(exact_format + check_answer).named('total')"


class TestExplanations:
    """An outcome shows the whole tree."""

    def test_it_shows_each_part(self):
        outcome = (0.5 * exact_format + check_answer.when(exact_format)).explain(WRONG, answer="42")
        assert outcome.score == -1.0
        assert outcome.parts["0.5 * exact_format"].parts["exact_format"].score == 3.0
        gated = outcome.parts["check_answer.when(exact_format)"]
        assert gated.details["answer"] == "43"
        assert gated.details["verdict"] == "wrong"

    def test_it_prints_as_a_table(self):
        lines = str((exact_format + check_answer).explain(WRONG, answer="42")).splitlines()
        assert lines[0].split() == ["part", "score", "reason"]
        assert [line.split()[0] for line in lines[2:]] == ["total", "exact_format", "check_answer"]
        assert "the gold is 42, the answer is 43" in lines[-1]

    def test_it_is_a_dict_too(self):
        tree = (exact_format + check_answer).explain(WRONG, answer="42").as_dict()
        assert tree["score"] == 0.5
        assert tree["parts"]["check_answer"]["details"]["gold"] == "42"

    def test_parts_of_one_name_are_told_apart(self):
        outcome = (exact_format + check_answer.named("exact_format")).explain(RIGHT, answer="42")
        assert {name: part.score for name, part in outcome.parts.items()} == {
            "exact_format": 3.0,
            "exact_format 2": 5.0,
        }


class TestWrongUse:
    """What cannot be composed raises at once."""

    @pytest.mark.parametrize(
        "wrong",
        [
            lambda: exact_format + 1,
            lambda: 1 + exact_format,
            lambda: exact_format - 1,
            lambda: exact_format * check_answer,
            lambda: exact_format / check_answer,
            lambda: exact_format + len,
        ],
    )
    def test_operators_refuse_what_is_no_reward_or_no_number(self, wrong):
        with pytest.raises(TypeError, match="unsupported operand"):
            wrong()

    @pytest.mark.parametrize(
        ("wrong", "found"),
        [
            (lambda: exact_format * math.nan, "nan"),
            (lambda: exact_format * "2", "'2'"),
            (lambda: exact_format / 0, "divided by 0"),
            (lambda: exact_format.when(len), "as_reward"),
            (lambda: exact_format.when(check_answer, above=math.inf), "above=inf"),
            (exact_format.clip, "no bound"),
            (lambda: exact_format.clip(2, 1), "low=2"),
            (lambda: exact_format.named(""), "name=''"),
            (lambda: exact_format.named(3), "name=3"),
            (lambda: exact_format.scheduled(1, 0), "one of the two"),
            (lambda: exact_format.scheduled(1, 0, steps=5, fraction=0.5), "one of the two"),
            (lambda: exact_format.scheduled(1, 0, steps=0), "steps=0"),
            (lambda: exact_format.scheduled(1, 0, fraction=2), "fraction=2"),
            (lambda: exact_format.scheduled("1", 0, steps=5), "start='1'"),
            (lambda: exact_format.printed(every=0), "every=0"),
            (any_of, "no rewards"),
            (lambda: all_of(exact_format, "check_answer"), "'check_answer'"),
        ],
    )
    def test_options_that_cannot_be(self, wrong, found):
        with pytest.raises(OptionError, match=found):
            wrong()

    def test_judge_works_on_a_batch_by_itself(self):
        outcomes = (exact_format + check_answer).judge(Batch(TEXTS, answer=GOLDS))
        assert [outcome.score for outcome in outcomes] == [8.0, 0.5, -4.5]


class TestRecipes:
    """What the guide recommends (docs/composing.md) holds for every completion."""

    @given(st.integers(0, 2000), st.integers(0, 2000))
    def test_an_overlong_penalty_never_lifts_wrong_above_right(self, of_right, of_wrong):
        total = check_answer + SoftOverlongPunishment(max_length=1024, cache=256)
        right, wrong = total(
            [RIGHT, WRONG], answer=["42"] * 2, completion_ids=[[0] * of_right, [0] * of_wrong]
        )
        assert right > wrong

    @given(st.integers(0, 2000))
    def test_only_what_is_wrong_is_punished_for_its_length(self, length):
        overlong = SoftOverlongPunishment(max_length=1024, cache=256)
        lenient = check_answer + overlong.when(-check_answer)
        right, wrong = lenient([RIGHT, WRONG], answer=["42"] * 2, completion_ids=[[0] * length] * 2)
        assert right == 5.0
        assert -3.5 <= wrong <= -2.5

    @given(st.integers(0, 400))
    def test_a_fading_format_never_pays_a_wrong_answer_more_than_a_right_one(self, step):
        fading = exact_format.scheduled(1.0, 0.0, fraction=0.5) + check_answer
        scores = fading(TEXTS, answer=GOLDS, trainer_state=state(step, of=200))
        assert scores == sorted(scores, reverse=True)
        assert (scores[1] > -2.5) == (step < 100)

    def test_apart_and_weighted_or_composed_comes_to_the_same_sum(self):
        weights, parts = [0.5, 2.0], [exact_format, check_answer]
        apart = [part(TEXTS, answer=GOLDS) for part in parts]
        summed = [
            sum(w * s for w, s in zip(weights, row, strict=True))
            for row in zip(*apart, strict=True)
        ]
        assert (0.5 * exact_format + 2.0 * check_answer)(TEXTS, answer=GOLDS) == summed
