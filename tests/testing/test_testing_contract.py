"""The contract catches what it is for: for each clause, rewards that break it alone."""

from __future__ import annotations

import asyncio
import math
import pickle
import random
from pathlib import Path

import broken
import pytest

from grpo_rewards import OptionError
from grpo_rewards.testing import ContractError, assert_reward_contract
from grpo_rewards.testing.calls import CALLS, Unusable, read_scores
from grpo_rewards.testing.contract import CLAUSES
from grpo_rewards.testing.texts import hostile_texts

COLUMNS = {"answer": ["42", "7"]}

# The reward, the clause that it breaks, and what the message has to show.
BROKEN = [
    (broken.Nameless(), "named", "TRL before 1.9"),
    (broken.Blank(), "named", "metric's key"),
    (broken.partial, "named", "functools.partial"),
    (broken.anonymous, "named", "'<lambda>'"),
    (broken.only_text, "shapes", "TRL sends chat messages where prompts are chats"),
    (broken.only_messages, "shapes", "TRL sends strings where prompts are plain text"),
    (broken.first_message, "shapes", "what an empty text earns"),
    (broken.number_of_messages, "shapes", "for the same text as a string"),
    (broken.needs_a_column, "scores", "answer=\\['42'\\]"),
    (broken.takes_no_more, "scores", "end the signature with \\*\\*columns"),
    (broken.too_few, "scores", "0 scores for 1 completions"),
    (broken.one_for_all, "scores", "before 1.10 a single score went to all"),
    (broken.bare_number, "scores", "float 1.0 instead of a list"),
    (broken.nothing, "scores", "NoneType None instead of a list"),
    (broken.strings, "scores", "str '1.0' at place 0"),
    (broken.by_name, "scores", "dict"),
    (broken.nested, "scores", "list \\[1.0\\] at place 0"),
    (broken.nans, "scores", "None for no opinion"),
    (broken.infinite, "scores", "advantages are nan"),
    (broken.beyond_32_bits, "scores", "1e\\+39, which is infinite as a 32-bit float"),
    (broken.huge_integers, "scores", "int beyond the largest float"),
    (broken.needs_the_state, "calls", "TRL before 0.20, and the asynchronous trainer"),
    (broken.needs_the_logs, "calls", "log_metric"),
    (broken.by_chance, "deterministic", "called again"),
    (broken.by_the_clock, "deterministic", "called again"),
    (broken.by_the_count, "deterministic", "called again"),
    (broken.changes_completions, "inputs", "completions were changed"),
    (broken.changes_a_column, "inputs", "answer were changed"),
    (broken.by_place, "order", "in another order"),
    (broken.by_rank, "order", "without=\\['order'\\]"),
    (broken.by_novelty, "order", "in a batch"),
    (broken.first_gold, "order", "in another order"),
    (broken.first_prompt_and_ids, "order", "in another order"),
    (broken.reads_digits, "total", "invalid literal for int"),
    (broken.reads_a_number, "total", "nan"),
    (broken.encodes, "total", "surrogates not allowed"),
    (broken.unpicklable(), "picklable", "asynchronous trainer"),
    (broken.Holding(), "picklable", "cannot pickle"),
    (broken.Forgetful(), "picklable", "from its pickled copy"),
    (broken.Renamed("first"), "picklable", "the name 'another'"),
    (broken.Shared(), "threads", "in several threads|in one of several threads|scores for"),
    (broken.only_once_at_a_time, "threads", "another call is running"),
    (broken.on_the_main_thread, "threads", "off the main thread"),
]


def name(value):
    return getattr(value, "__name__", type(value).__name__).strip() if callable(value) else None


class TestClauses:
    @pytest.mark.parametrize(("reward", "clause", "shown"), BROKEN, ids=name)
    def test_it_catches_what_breaks_a_clause(self, reward, clause, shown):
        columns = COLUMNS if reward is not broken.needs_a_column else {}
        with pytest.raises(ContractError, match=shown) as caught:
            assert_reward_contract(reward, **columns)
        assert caught.value.clause == clause

    @pytest.mark.parametrize(
        ("reward", "clause"),
        [
            (reward, clause)
            for reward, clause, _ in BROKEN
            if clause != "scores" and reward is not broken.anonymous  # nor does that one pickle
        ],
        ids=name,
    )
    def test_that_clause_alone_is_broken(self, reward, clause):
        """So that each of these shows that its clause is checked."""
        assert_reward_contract(reward, without=[clause], **COLUMNS)

    def test_there_is_a_broken_reward_for_every_clause(self):
        assert {clause for _, clause, _ in BROKEN} == set(CLAUSES)

    @pytest.mark.parametrize("reward", broken.SOUND, ids=name)
    def test_sound_rewards_pass(self, reward):
        assert_reward_contract(reward, **COLUMNS)


class TestShapes:
    def test_a_reward_may_be_for_some_shapes_only(self):
        assert_reward_contract(broken.only_text, shapes=["text"])
        assert_reward_contract(broken.only_messages, shapes=["messages"])
        assert_reward_contract(broken.first_message, shapes=["text", "messages"])

    def test_what_raises_in_every_shape_is_no_matter_of_shapes(self):
        with pytest.raises(ContractError, match="every trainer: an exception"):
            assert_reward_contract(broken.needs_a_column)

    def test_a_shape_can_be_wrong_by_itself(self):
        with pytest.raises(ContractError, match="completion_text"):
            assert_reward_contract(broken.only_text, shapes=["messages", "text"])


class TestMessages:
    def test_it_says_what_was_given_what_came_back_who_breaks_and_what_to_do(self):
        with pytest.raises(ContractError) as caught:
            assert_reward_contract(broken.encodes)
        message = str(caught.value)
        for label in ("encodes breaks the contract: total", "given:", "came back:", "breaks:"):
            assert label in message
        assert "remedy:" in message
        assert "'\\ud800'" in message  # the one text of hundreds that it is about

    def test_long_values_are_cut(self):
        with pytest.raises(ContractError) as caught:
            assert_reward_contract(broken.only_text, answer=["42" * 5_000])
        assert all(len(line) < 500 for line in str(caught.value).splitlines())

    def test_it_is_an_assertion(self):
        assert issubclass(ContractError, AssertionError)

    def test_it_pickles(self):
        error = ContractError("order", "what was found")
        copy = pickle.loads(pickle.dumps(error))
        assert (copy.clause, str(copy)) == ("order", "what was found")


class TestOptions:
    def test_the_given_completions_are_tried(self):
        def trapped(completions, **columns):
            if "trap" in broken.texts_of(completions):
                raise ZeroDivisionError
            return broken.sound(completions)

        assert_reward_contract(trapped, without=["picklable"])
        with pytest.raises(ContractError, match="ZeroDivisionError"):
            assert_reward_contract(trapped, completions=["trap"], without=["picklable"])

    def test_the_columns_texts_are_tried_as_answers(self):
        def trapped(completions, answer, **columns):
            if any("1/137" in text for text in broken.texts_of(completions)):
                raise ZeroDivisionError
            return broken.sound(completions)

        with pytest.raises(ContractError, match="1/137"):
            assert_reward_contract(trapped, answer=["1/137"], without=["picklable"])

    def test_rows_stay_together(self):
        """A completion is judged with the columns of its own row, in every batch."""

        def paired(completions, answer, solution, prompts, completion_ids, **columns):
            rows = zip(completions, answer, solution, prompts, completion_ids, strict=True)
            for completion, one, other, prompt, ids in rows:
                assert other == one * 2
                assert prompt
                assert len(ids) == -(-len(broken.texts_of([completion])[0]) // 4)
            return broken.sound(completions)

        assert_reward_contract(
            paired, answer=["a", "b"], solution=["aa", "bb"], without=["picklable"]
        )

    @pytest.mark.parametrize("shapes", [(), ("audio",), "text", ("text", 3)])
    def test_unknown_shapes(self, shapes):
        with pytest.raises(OptionError, match="'messages'"):
            assert_reward_contract(broken.sound, shapes=shapes)

    @pytest.mark.parametrize("without", ["order", ["ordr"], ["scores"]])
    def test_clauses_that_cannot_be_left_out(self, without):
        with pytest.raises(OptionError, match="'threads'"):
            assert_reward_contract(broken.sound, without=without)

    @pytest.mark.parametrize("column", ["42", 42, [], None])
    def test_columns_that_are_none(self, column):
        with pytest.raises(OptionError, match="answer="):
            assert_reward_contract(broken.sound, answer=column)

    def test_columns_of_different_lengths(self):
        with pytest.raises(OptionError, match="'answer': 1, 'level': 2"):
            assert_reward_contract(broken.sound, answer=["42"], level=[1, 2])

    def test_completions_are_texts(self):
        with pytest.raises(OptionError, match="shapes="):
            assert_reward_contract(broken.sound, completions=[[{"content": "42"}]])


class TestSideEffects:
    def test_the_state_of_chance_is_left_as_it_was(self):
        random.seed(5)
        state = random.getstate()
        assert_reward_contract(broken.sound)
        assert random.getstate() == state

    def test_it_works_inside_a_running_loop(self):
        """As in a notebook."""

        async def cell():
            assert_reward_contract(broken.asynchronous)

        asyncio.run(cell())


class TestScores:
    """What counts as a score is what TRL's tensor takes."""

    @pytest.mark.parametrize("returned", [[1.0, None], (1, True), iter([0.5, -0.0])])
    def test_what_can_be_read(self, returned):
        assert not isinstance(read_scores(returned, 2), Unusable)

    @pytest.mark.parametrize(
        ("returned", "fault"),
        [
            ([1.0], "count"),
            ("ab", "kind"),
            (b"ab", "kind"),
            ({1.0: 2.0, 3.0: 4.0}, "kind"),
            ([1.0, "2.0"], "kind"),
            ([1.0, 1j], "kind"),
            ([1.0, math.nan], "nan"),
            ([1.0, -math.inf], "infinite"),
            ([1.0, -1e39], "infinite"),
        ],
    )
    def test_what_cannot(self, returned, fault):
        assert read_scores(returned, 2).fault == fault

    def test_numpy_and_torch_scalars(self):
        numpy = pytest.importorskip("numpy")
        scores = [numpy.float32(1), numpy.int64(2), numpy.bool_(True)]
        assert read_scores(scores, 3) == [1.0, 2.0, 1.0]
        assert read_scores(numpy.array([1.0, 2.0]), 2) == [1.0, 2.0]
        assert read_scores([numpy.array(1.0)], 1).fault == "kind"
        assert read_scores([numpy.array([1.0])], 1).fault == "kind"


def test_every_version_passes_more_than_the_one_before():
    passed = list(CALLS.values())
    assert passed[0] == ()
    assert set(passed[-1]) == {"trainer_state", "log_extra", "log_metric", "environments"}


def test_the_hostile_texts_are_the_same_everywhere():
    assert hostile_texts() == hostile_texts.__wrapped__()


def test_the_docstring_and_the_guide_say_every_clause_in_order():
    guide = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")
    for text, mark in ((assert_reward_contract.__doc__, "- ``{}``:"), (guide, "| `{}` |")):
        places = [text.index(mark.format(clause)) for clause in CLAUSES]
        assert places == sorted(places)
