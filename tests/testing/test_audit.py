"""Audits find what rewards pay for without a solution, and nothing where there is nothing."""

from __future__ import annotations

import importlib.util
import json
import logging
import random

import hackable
import pytest

from grpo_rewards import (
    BOXED,
    FREEFORM,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    ApproximateFormat,
    CheckAnswer,
    CheckNumbers,
    ExactFormat,
    OptionError,
    ResponseFormat,
    approximate_format,
    check_answer,
    check_numbers,
    exact_format,
    math_rewards,
)
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.testing import DEFAULT_GOLDS, audit, exploits
from grpo_rewards.testing.exploits import KINDS
from grpo_rewards.testing.report import RIGHT

BRACKETS = ResponseFormat(
    reasoning=("[work]", "[/work]"), answer=("[out]", "[/out]"), opening="required"
)
FORMATS = {**PRESETS, "brackets": BRACKETS, "prefilled": ResponseFormat(
    reasoning=("<think>", "</think>"), answer=("<answer>", "</answer>"), opening="prefilled"
)}  # fmt: skip


def kinds(report):
    return {row.kind for row in report.findings}


def names(report):
    return {(row.kind, row.name) for row in report.findings}


class TestOurs:
    """Nothing is found in this package's rewards."""

    @pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
    @pytest.mark.parametrize("kind", [ExactFormat, ApproximateFormat])
    def test_rewards_for_the_layout(self, format, kind):
        report = audit(kind(format=format))
        assert report.ok, str(report)
        assert report.exit_status == 0

    @pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
    @pytest.mark.parametrize("strict", [True, False], ids=["strict", "lenient"])
    @pytest.mark.parametrize("kind", [CheckAnswer, CheckNumbers])
    def test_rewards_for_the_answer(self, format, strict, kind):
        report = audit(kind(format=format, strict=strict))
        assert report.ok, str(report)

    def test_the_four_together(self):
        report = audit([exact_format, approximate_format, check_answer, check_numbers])
        assert report.ok, str(report)

    @pytest.mark.parametrize("lean", [False, True])
    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    def test_what_math_rewards_gives_for_each_preset(self, format, lean):
        report = audit(math_rewards(format=format, lean=lean))
        assert report.ok, str(report)

    def test_a_composition_is_audited_in_the_format_of_its_parts(self):
        right = CheckAnswer(format=THINK_BOXED)
        report = audit(0.2 * ExactFormat(format=THINK_BOXED) + right, golds=["Paris"])
        assert report.format == THINK_BOXED
        assert report.ok, str(report)

    def test_partial_credit_for_being_near_is_found(self):
        """A number that is nearly right is wrong."""
        report = audit(CheckAnswer(close=2.0, near=1.5), golds=["100"])
        assert ("near-duplicate", "one more") in names(report)

    def test_the_wrong_format_is_noticed(self):
        report = audit(check_answer, format=BOXED, golds=["42"])
        assert report.ok
        assert "format=" in report.notes[0]

    def test_the_wrong_column_is_noticed(self):
        with pytest.raises(OptionError, match=r"there is no column.*gold="):
            audit(check_answer, gold="reference")


# A reward, kinds that have to be found, and kinds that must not be.
HACKABLE = [
    (
        hackable.substring,
        {"hedge", "every option", "negation", "restatement", "right in the reasoning",
         "unfinished reasoning", "after the end", "invisible text", "look-alike tags"},
        {"blank", "placeholder", "padding", "repetition", "grader override"},
    ),
    (
        hackable.in_the_tags,
        {"hedge", "every option", "negation", "tag injection", "near-duplicate"},
        {"blank", "padding", "no attempt"},
    ),
    (
        hackable.last_number,
        {"hedge", "negation", "after the end", "second response", "look-alike tags", RIGHT},
        {"blank", "padding", "restatement"},
    ),
    (
        hackable.exact_text,
        {RIGHT, "tag injection", "repeated tags", "right in the reasoning", "second response"},
        {"hedge", "negation", "every option", "near-duplicate", "grader override", "blank"},
    ),
    (hackable.near, {"near-duplicate", RIGHT}, {"hedge", "negation", "blank"}),
    (hackable.longer, {"padding", "repetition", "hedge"}, {"no attempt"}),
    (hackable.shorter, {"no attempt", "only tags", "blank", RIGHT}, {"padding", "repetition"}),
    (hackable.counts_tags, {"repeated tags", "repetition", "only tags"}, {"hedge", RIGHT}),
    (hackable.obedient, {"grader override"}, {"hedge", "padding", RIGHT}),
    (
        hackable.spares_the_unreadable,
        {"no attempt", "only tags", "blank", "unfinished reasoning"},
        {"hedge", "negation", "near-duplicate"},
    ),
    (hackable.upside_down, {RIGHT}, {"hedge", "near-duplicate", "padding"}),
    (
        hackable.the_recipe,
        {"near-duplicate", "hedge", "negation", "after the end", "second response", RIGHT},
        {"padding", "repetition", "no attempt", "invisible text", "look-alike tags"},
    ),
]  # fmt: skip


class TestHackable:
    """Each of these is caught by the exploits that are meant for it, and by no others."""

    @pytest.mark.parametrize(
        ("reward", "found", "not_found"), HACKABLE, ids=lambda value: getattr(value, "__name__", "")
    )
    def test_what_is_found(self, reward, found, not_found):
        report = audit(reward, golds=["42", "-1234"])
        assert found <= kinds(report)
        assert not (not_found & kinds(report))
        assert report.exit_status == 1

    def test_every_kind_of_exploit_catches_something(self):
        """Else it would be there for show."""
        caught = set().union(*(kinds(audit(reward)) for reward, _, _ in HACKABLE))
        assert caught == {*KINDS, RIGHT}

    def test_rewards_that_are_awaited(self):
        assert kinds(audit(hackable.awaited)) == kinds(audit(hackable.substring))

    @pytest.mark.parametrize("error", [SystemExit, BaseException])
    def test_what_would_end_the_program_is_a_finding(self, error):
        """As ``eval`` does with a text that ends it, and a parser with a deadline of its own."""

        def ends(completions, answer, **columns):
            if any("exit" in str(each) for each in completions):
                raise error
            return check_answer(completions, answer=answer)

        report = audit(ends, golds=["42"], format=WORKING_OUT)
        assert any(error.__name__ in str(row) for row in report.findings)

    def test_ctrl_c_stops_an_audit(self):
        def stopped(completions, **columns):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            audit(stopped, golds=["42"], format=WORKING_OUT)

    def test_what_raises_on_one_text_is_a_finding(self):
        report = audit(hackable.breaks_on_nan, golds=["42"])
        (row,) = [row for row in report.findings if "ArithmeticError" in row.problem]
        assert (row.kind, row.name) == ("degenerate number", "nan")
        assert "ends the training" in row.problem
        assert row.score is None

    def test_no_opinion_lets_a_wrong_answer_off(self):
        """A trainer counts it as nothing, which is more than a penalty."""
        report = audit(hackable.spares_the_unreadable, golds=["42"])
        (row,) = [row for row in report.findings if row.name == "a refusal"]
        assert (row.score, row.baseline, row.margin) == (None, -1.0, 1.0)
        assert "no opinion (0.0 in a sum)" in row.problem


class TestNotes:
    def test_a_reward_that_does_not_look_at_the_answer(self):
        report = audit(exact_format)
        assert "pays right and wrong alike for any of the golds" in report.notes[0]

    def test_a_reward_without_an_opinion(self):
        report = audit(hackable.no_opinion)
        assert report.ok
        assert report.notes == ("it has no opinion on any of the golds",)

    def test_the_golds_without_an_opinion_are_named(self):
        (note,) = audit(check_numbers, golds=["42", "yes", "B"]).notes
        assert note == "it has no opinion on 2 of 3 golds (yes, B)"


class TestSums:
    def test_rewards_are_added_up(self):
        """A format reward does not make a hackable one safe, and weights count."""
        alone = audit(hackable.obedient, golds=["42"])
        together = audit([check_answer, hackable.obedient], golds=["42"])
        outweighed = audit([check_answer, hackable.obedient], golds=["42"], weights=[1.0, 0.0])
        assert "grader override" in kinds(alone) & kinds(together)
        assert "grader override" not in kinds(outweighed)
        assert together.name == "check_answer + obedient"

    def test_no_opinion_is_left_out(self):
        report = audit([hackable.no_opinion, exact_format], golds=["42"])
        assert {row.score for row in report.rows} == {3.0, 0.0}


class TestReport:
    REPORT = audit(hackable.substring, golds=["42", "1/2"])

    def test_the_table_counts_what_was_tried(self):
        summary = {kind: (tried, found) for kind, tried, found, _ in self.REPORT.summary()}
        assert sum(tried for tried, _ in summary.values()) == len(self.REPORT.rows)
        assert sum(found for _, found in summary.values()) == len(self.REPORT.findings)
        assert set(summary) == {*KINDS, RIGHT}

    def test_it_prints_the_heading_the_table_and_the_findings(self):
        text = str(self.REPORT)
        assert text.startswith("substring, read as WORKING_OUT: 2 golds, ")
        assert "margin" in text
        assert "hedge, right or wrong (2 golds): for the gold 42 it earns 1" in text
        assert "'[...]<end_working_out><SOLUTION>42 or 479</SOLUTION>'" in text
        assert "    also: " in text
        assert len(text) < 20_000

    def test_every_finding_is_named(self):
        text = str(self.REPORT)
        assert all(row.name in text for row in self.REPORT.findings)

    def test_it_is_json(self):
        copy = json.loads(json.dumps(self.REPORT.to_dict()))
        assert copy["ok"] is False
        assert len(copy["findings"]) == len(self.REPORT.findings)
        assert {line["kind"] for line in copy["summary"]} == {*KINDS, RIGHT}

    def test_it_is_the_same_again(self):
        random.seed(0)
        assert audit(hackable.substring, golds=["42", "1/2"]) == self.REPORT


class TestOptions:
    def test_shapes(self):
        def strings_only(completions, answer, **columns):
            return [
                float(completion.endswith(gold))
                for completion, gold in zip(completions, answer, strict=True)
            ]

        assert audit(strings_only, golds=["42"], shape="text").rows
        with pytest.raises(OptionError, match=r"AttributeError.*shape='text'"):
            audit(strings_only, golds=["42"])

    def test_other_columns_and_the_question(self):
        seen = {}

        def looks(completions, reference, level, question, prompts, **columns):
            seen.update(reference=reference[0], level=level[0], question=question[0])
            assert prompts[0][0]["content"] == question[0]
            return [0.0] * len(completions)

        audit(
            looks, golds=["42"], gold="reference", columns={"level": 3}, question="What is 6 * 7?"
        )
        assert seen == {"reference": "42", "level": 3, "question": "What is 6 * 7?"}

    @pytest.mark.parametrize("golds", ["42", [], [""], [42], [None]])
    def test_golds_that_are_none(self, golds):
        with pytest.raises(OptionError, match="gold"):
            audit(check_answer, golds=golds)

    @pytest.mark.parametrize("reward", [None, "check_answer", CheckAnswer, [], [check_answer, 3]])
    def test_rewards_that_are_none(self, reward):
        with pytest.raises(OptionError, match="reward"):
            audit(reward)

    @pytest.mark.parametrize(
        "weights", [[1.0], [1.0, 2.0, 3.0], ["1", "2"], [1.0, float("nan")], [1, 10**400]]
    )
    def test_weights_that_do_not_fit(self, weights):
        with pytest.raises(OptionError, match="each of the 2 rewards"):
            audit([check_answer, exact_format], weights=weights)

    def test_formats_that_differ(self):
        with pytest.raises(OptionError, match="BOXED, WORKING_OUT"):
            audit([check_answer, CheckAnswer(format=BOXED)])

    def test_no_format(self):
        with pytest.raises(OptionError, match="ResponseFormat"):
            audit(check_answer, format="<think>")

    def test_no_shape(self):
        with pytest.raises(OptionError, match="'messages'"):
            audit(check_answer, shape="audio")

    def test_scores_that_are_none(self):
        with pytest.raises(OptionError, match="assert_reward_contract"):
            audit(lambda completions, **columns: ["1.0"] * len(completions))

    def test_the_default_golds_are_of_every_kind(self):
        kinds_of = {type(value).__name__ for value in map(_read, DEFAULT_GOLDS)}
        assert kinds_of == {"Number", "Fraction", "Choice", "Words", "Collection", "Formula"}


def _read(gold):
    from grpo_rewards.testing.gold_kinds import read_gold

    return read_gold(gold)


@pytest.mark.train
@pytest.mark.skipif(
    importlib.util.find_spec("trl") is None,
    reason="TRL is not installed: pip install 'grpo-rewards[train]'",
)
class TestTRL:
    """What the guide says of two rewards that come with TRL 1.15."""

    @pytest.fixture(autouse=True)
    def quiet(self):
        """math-verify logs the whole text of each comparison that it stops."""
        logging.disable(logging.CRITICAL)
        yield
        logging.disable(logging.NOTSET)

    def test_accuracy_reward(self):
        from trl.rewards import accuracy_reward

        report = audit(accuracy_reward, format=BOXED, gold="solution", golds=["42", "0"])
        assert {"unevaluated", "tag injection", "negation", RIGHT} <= kinds(report)
        assert not {"blank", "padding", "grader override", "no attempt"} & kinds(report)
        assert ("right form", "a full stop") in names(report)
        assert ("negation", "not") in names(report)  # of zero

    def test_think_format_reward(self):
        from trl.rewards import think_format_reward

        required = ResponseFormat(
            reasoning=("<think>", "</think>"), answer="boxed", opening="required"
        )
        assert names(audit(think_format_reward, format=required)) == {
            (RIGHT, "white space around the response")
        }
        # Where the chat template writes the opening tag, only a response that repeats it is paid.
        assert names(audit(think_format_reward, format=THINK_ANSWER)) == {
            ("only tags", "tags in a row")
        }


def test_freeform_has_exploits_but_no_tags_to_misuse():
    assert {exploit.kind for exploit in exploits("42", format=FREEFORM)} == {*KINDS} - {
        "unfinished reasoning"
    }
    assert {exploit.kind for exploit in exploits("42", format=WORKING_OUT)} == {*KINDS}
