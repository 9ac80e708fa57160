"""What a newcomer passes in a first call: formats, options, messages, columns."""

from __future__ import annotations

import decimal
import importlib
import importlib.util
import inspect
import pickle
import pydoc
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from first_calls import PUBLIC, RIGHT, STATE, THOUGHT, WRONG, call, said
from grpo_rewards import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    AnswerLeak,
    Batch,
    CheckAnswer,
    ColumnError,
    CompletionError,
    CosineLength,
    ExactFormat,
    LengthTarget,
    OptionError,
    Policy,
    all_of,
    any_of,
    check_answer,
    completion_text,
    exact_format,
    repetition_penalty,
)

# Formats, names -------------------------------------------------------------------------------


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


# The call and the constructor -----------------------------------------------------------------


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


# Chat templates -------------------------------------------------------------------------------

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


# Messages -------------------------------------------------------------------------------------


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


# Columns of libraries -------------------------------------------------------------------------


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


# Samples --------------------------------------------------------------------------------------


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
