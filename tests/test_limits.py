"""No text raises, hangs or is kept: limits of every room, as every ready-made reward meets them."""

from __future__ import annotations

import ast
import functools
import gc
import importlib
import math
import sys
import tracemalloc
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import (
    CheckInstructions,
    CheckQuotes,
    CheckSchema,
    CheckToolCalls,
    ColumnError,
    ModelJudge,
    Policy,
    check_answer,
    check_choice,
    check_logic,
    check_numbers,
    check_puzzle,
    compare,
)
from grpo_rewards.answers.deciding import identity
from grpo_rewards.answers.notation.grammar import MAX_HEIGHT, parse
from grpo_rewards.answers.notation.normalize import canonical
from grpo_rewards.answers.notation.tokens import NotMath
from grpo_rewards.answers.notation.trees import is_higher
from grpo_rewards.answers.symbolic import pool
from grpo_rewards.answers.values.measures import conversion_factor
from grpo_rewards.answers.values.readings import read
from grpo_rewards.caches import ANSWERS, RESPONSES, Shelf
from grpo_rewards.choices.options import _OWN_LABEL
from grpo_rewards.sandboxes.parsed_source import parsed

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
POSTFIXES = (
    "!",
    "°",
    "/y",
    "%",
    "'",
    "^\\circ",
    "_1",
    "^2",
    ":2",
    "\\cup\\{1\\}",
    " m",
    "\\%",
    "!!",
)
PREFIXES = ("-", "\\pm ", "\\sum ", "\\sin ", "2^", "\\sqrt ", "\\hat ", "\\frac1", "\\lim ", "+")
NESTED = (
    ("(", ")"),
    ("\\{1,", "\\}"),
    ("\\sqrt{1+", "}"),
    ("\\hat{1+", "}"),
    ("|", "|"),
    ("f(", ")"),
)


def deep(frames, work):
    return deep(frames - 1, work) if frames else work()


def response(answer):
    return f"So.<end_working_out><SOLUTION>{answer}</SOLUTION>"


@pytest.fixture(scope="module")
def scaling():
    """The measurement of how a pattern's time grows."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module("pattern_scaling")
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def fuzzing():
    """The modules of the search, which benchmarks run."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module("targets"), importlib.import_module("fuzz_texts")
    finally:
        sys.path.remove(str(BENCHMARKS))


class TestHeight:
    """A tree is bounded in height where it is built, whatever it is built of."""

    @pytest.mark.parametrize("mark", POSTFIXES)
    def test_of_what_follows(self, mark):
        self.is_bounded("x" + mark * 300)

    @pytest.mark.parametrize("mark", PREFIXES)
    def test_of_what_goes_before(self, mark):
        self.is_bounded(mark * 300 + "x")

    @pytest.mark.parametrize("around", NESTED)
    @pytest.mark.parametrize("depth", [15, 28, 60, 300])
    def test_of_what_is_around(self, around, depth):
        self.is_bounded(around[0] * depth + "x" + around[1] * depth)

    def is_bounded(self, text):
        try:
            tree = parse(canonical(text))
        except NotMath:
            return
        assert not is_higher(tree, MAX_HEIGHT)
        assert len(str(tree)) < 100 * (len(text) + 10)

    @pytest.mark.parametrize("mark", POSTFIXES)
    def test_few_are_read(self, mark):
        assert read("x" + mark * 2, 4_000)


class TestDepthOfTheStack:
    """A score does not depend on how deep the caller's stack is."""

    @pytest.mark.parametrize(
        "text",
        [
            *("42" + mark * count for mark in POSTFIXES for count in (45, 300)),
            *(mark * count + "x" for mark in PREFIXES for count in (28, 300)),
            *(start * 28 + "x" + end * 28 for start, end in NESTED),
        ],
    )
    def test_it_is_the_same(self, text):
        for reward in (check_answer, check_numbers, check_logic):
            for answer, gold in ((text, "x"), ("x", text)):
                scores = []
                for frames in (880, 0):
                    ANSWERS.empty()
                    RESPONSES.empty()
                    # White space that no cache has seen: what is below is worked out anew.
                    asked = [response(answer)], [gold + " " * (frames > 0)]
                    scores.append(deep(frames, lambda: reward(asked[0], answer=asked[1])))  # noqa: B023 (called at once)
                assert scores[0] == scores[1]

    def test_what_is_raised_comes_through(self):
        with pytest.raises(ValueError, match="no column"):
            deep(880, lambda: check_answer(["x"]))


class TestReadings:
    @given(
        st.lists(
            st.sampled_from(["Answer: ", "the answer is ", "So ", "= ", "Result: "]), max_size=9
        )
    )
    def test_there_is_always_one(self, labels):
        assert read("".join(labels) + "42", 4_000)

    @pytest.mark.parametrize("text", ["Answer: " * 4 + "42", "the answer is " * 5 + "7"])
    def test_labels_do_not_exhaust_them(self, text):
        (score,) = check_numbers([response(text)], answer=["42"])
        assert isinstance(score, float)


class TestUnits:
    @pytest.mark.parametrize(
        "unit", ["km^99^99/m^99^99*m", "m^2^3", "km^99", "km^9*m^9*g^9", "m^-99^-99"]
    )
    def test_exponents_are_bounded(self, unit):
        assert conversion_factor(unit, "m") is None
        assert not compare("5 m", rf"5 \text{{ {unit}}}")

    def test_ordinary_ones_are_not(self):
        assert conversion_factor("kg * m^2 / s^2", "J") == 1


class TestCollections:
    @pytest.mark.parametrize("depth", [3, 9])
    def test_sets_in_sets_are_bounded(self, depth, monkeypatch):
        asked = []
        same = identity.same_everywhere
        monkeypatch.setattr(
            identity, "same_everywhere", lambda *pair: asked.append(pair) or same(*pair)
        )

        def nest(level, first, second):
            if not level:
                return rf"\{{{first}!,{second}!\}}"
            return rf"\{{{nest(level - 1, first, second)},{nest(level - 1, second, 'k')}\}}"

        assert not compare(nest(depth - 1, "a", "b"), nest(depth - 1, "b", "c"))
        assert len(asked) < 700

    @pytest.mark.parametrize("gold", ["x", "42", "x+1"])
    def test_nothing_is_reckoned_with_sets(self, gold, monkeypatch):
        asked = []
        monkeypatch.setattr(pool, "attempt", lambda pairs, **_: asked.extend(pairs) or {})
        sets = r"\{1,t(\{eft(" * 7 + "1" + r")\}/y" * 14
        for text in (sets, r"2\{1,2\}+x", r"\{1,2\}^{\{3\}}", r"x/\{1,2\}"):
            assert not compare(gold, text)
            assert not compare(text, gold)
        assert not asked

    def test_ordinary_ones_are_compared_in_full(self):
        items = [rf"\sqrt{{{number}}}" for number in range(2, 16)]
        assert compare(rf"\{{{','.join(items)}\}}", rf"\{{{','.join(reversed(items))}\}}")


class TestDigits:
    @pytest.mark.parametrize("count", [2_001, 4_299, 4_301, 9_000])
    @pytest.mark.parametrize(
        "text",
        [
            "1 base {}",
            "{}",
            "{}.5",
            "1/{}",
            r"{}.\overline{{3}}",
            "{}.333...",
            "5^{{{}}}",
            "{} m",
            "x={}",
        ],
    )
    def test_no_number_is_too_long(self, text, count):
        policy = Policy(max_length=20_000)
        text = text.format("9" * count)
        assert not compare("42", text, policy=policy)
        assert not compare(text, "42", policy=policy)


class TestCaches:
    def test_they_hold_few_characters(self):
        shelf = Shelf(characters=1_000, longest=400)
        calls = []

        @shelf.remember(entries=100)
        def doubled(text):
            calls.append(text)
            return 2 * text

        assert doubled("a") == doubled("a") == "aa"
        assert calls == ["a"]
        assert doubled("b" * 401) == doubled("b" * 401)
        assert len(calls) == 3
        for place in range(12):
            doubled(f"{place}" + "c" * 100)
        doubled("a")
        assert calls[-1] == "a"

    def test_hostile_answers_are_not_kept(self):
        """What is left of them is a fixed number of bytes, whatever they are."""
        compare("x+1", "x+2")
        tracemalloc.start()
        for place in range(40):
            compare("x", f"{place}" + "x" * 500_000)
            compare("x", f"{place}+" + "+".join(f"x^{{{power}}}y" for power in range(300)))
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert held < 64 << 20


class TestLongFences:
    @pytest.mark.parametrize("count", [6, 7, 4_000, 64_000])
    def test_backticks_alone_are_no_answer(self, count):
        assert check_logic([response("`" * count)], answer=["p and q"]) != [5.0]


@pytest.mark.fuzz
class TestTheSearch:
    @pytest.mark.filterwarnings("ignore::grpo_rewards.RewardWarning")  # of golds that are none
    def test_its_texts_are_judged(self, fuzzing):
        """Five hundred of them, from a fixed seed, in rewards and places by chance."""
        targets, fuzz_texts = fuzzing
        texts = fuzz_texts.Texts(seed=0)
        for _ in range(500):
            text = texts.next()
            for target in texts.chance.sample(targets.TARGETS, 12):
                score = deep(850, lambda target=target, text=text: targets.judge(target, text))
                assert score is None or isinstance(score, float | int | str)


class TestWhatPythonReads:
    """Lists, options and programs that Python's and JSON's own parsers stumble over."""

    @pytest.mark.parametrize("nest", ["[" * 5_000, "[" * 5_000 + "]" * 5_000, '{"a":' * 5_000])
    def test_nested_options_and_puzzles_are_refused_or_judged(self, nest):
        def ask(reward, **row):
            try:
                (score,) = reward([response("B")], **{name: [value] for name, value in row.items()})
            except ColumnError:
                return "refused"
            return score

        for frames in (0, 850):
            asked = (
                deep(frames, lambda: ask(check_choice, answer="B", options=nest)),
                deep(frames, lambda: ask(check_choice, answer="B", options=[nest, "42"])),
                deep(frames, lambda: ask(check_puzzle, puzzle=nest)),
                deep(frames, lambda: ask(check_puzzle, puzzle={"kind": "n_queens", "size": nest})),
            )
            assert all(found == "refused" or isinstance(found, float | None) for found in asked)

    @pytest.mark.parametrize(
        "text", ["{{1}}", "{[1]}", "{{}: 1}", "[{{1}: 2}]", "1if 1else 2", "1;2"]
    )
    def test_what_python_cannot_hold_is_refused(self, text):
        for puzzle in (
            {"kind": "zebra", "attributes": {"color": text}, "clues": []},
            {"kind": "countdown", "numbers": text, "target": 4},
            {"kind": "sat", "clauses": text},
        ):
            with pytest.raises(ColumnError):
                check_puzzle([response("B")], puzzle=[puzzle])

    @pytest.mark.parametrize(
        "source", [r"x = '\d'", "assert f(1) is 1", "x = 1if 2else 3", "print(1 is 1)", "() ()"]
    )
    def test_no_warning_comes_of_a_program(self, source):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert isinstance(parsed(source), ast.Module)

    def test_options_of_many_spaces(self, scaling):
        assert not scaling.grows(_OWN_LABEL, "fullmatch", 100_000)


class TestSteps:
    def test_unequal_functions_of_two_variables_share_one_budget(self, monkeypatch):
        """Sets of sixty: what deciding them takes is bounded as a whole, not for each pair."""
        taken = []
        for size in (15, 60):
            asked = []
            same = identity.same_everywhere
            with monkeypatch.context() as patched:
                patched.setattr(
                    identity,
                    "same_everywhere",
                    lambda *pair, asked=asked, same=same: asked.append(pair) or same(*pair),
                )
                golds = ",".join(f"\\sin({n}x+y)" for n in range(1, size + 1))
                answers = ",".join(f"\\sin({n}x-y)" for n in range(1, size + 1))
                assert not compare(f"\\{{{golds}\\}}", f"\\{{{answers}\\}}")
            taken.append(len(asked))
        assert taken[1] < 16 * 60


class TestHostileRows:
    """What a dataset or a model writes into documents, calls, quotations and instructions."""

    @pytest.mark.parametrize(
        "schema",
        [
            {"properties": {"a": {"multipleOf": 10**400}}},
            {"$schema": [], "type": "object"},
            {"$schema": 5, "type": "object"},
            {"$id": "http://[", "type": "object"},
            {
                "properties": {"a": {"$id": "http://x/y", "$ref": "#/$defs/q"}},
                "$defs": {"q": {"type": "string"}},
            },
            {"properties": {"a": {"$ref": "#/required"}}, "required": ["a"]},
            {"properties": {"a": {"pattern": "((((a{100}){100}){100}){100})"}}},
            {"properties": {"a": {"pattern": "a{1000000000}"}}},
            {"properties": {"a": {"pattern": "(" * 20_000 + "a" + ")" * 20_000}}},
            functools.reduce(lambda inner, _: {"items": inner}, range(5_000), {"type": "null"}),
            {"oneOf": [{"const": number} for number in range(3_000)]},
            {"properties": {f"p{number}": {"type": "null"} for number in range(2_100)}},
        ],
        ids=range(12),
    )
    def test_a_schema_that_cannot_be_applied_is_a_column_error(self, schema):
        with pytest.raises(ColumnError, match="no schema"):
            CheckSchema()(['{"a": 1.5}'], schema=[schema])

    @pytest.mark.parametrize(
        "field",
        [{"const": {"$ref": "no"}}, {"default": {"pattern": "("}}, {"examples": [{"$ref": "#/x"}]}],
    )
    def test_data_in_a_schema_is_no_schema(self, field):
        check = CheckSchema(schema={"type": "object", "properties": {"b": field}})
        assert check(['{"a": 1}']) == [5.0]

    @pytest.mark.parametrize(
        "text", ["[f(x=0x%s)]" % ("f" * 9_000), "<|python_tag|>f(x=0x%s)" % ("f" * 9_000)]
    )
    def test_a_number_beyond_all_bounds_is_no_argument(self, text):
        wanted = [{"name": "f", "arguments": {"x": 1}}]
        assert CheckToolCalls().explain(text, expected_calls=wanted).score < 0

    @pytest.mark.parametrize(
        "value",
        [10**6_000, b"a", {1}, functools.reduce(lambda inner, _: [inner], range(3_000), 1)],
        ids=["digits", "bytes", "set", "deep"],
    )
    def test_arguments_that_json_has_not(self, value):
        call = {"name": "f", "arguments": {"x": value}}
        message = [{"role": "assistant", "content": None, "tool_calls": [{"function": call}]}]
        wanted = [{"name": "f", "arguments": {"x": 1}}]
        assert CheckToolCalls().explain(message, expected_calls=wanted).score == -2.5
        with pytest.raises(ColumnError, match="expected_calls"):
            CheckToolCalls().explain("f", expected_calls=[call])

    def test_parameters_of_a_tool_may_be_json(self):
        parameters = '{"type": "object", "properties": {"x": {"type": "string"}}}'
        tools = [{"name": "f", "parameters": parameters}]
        text = '<tool_call>{"name": "f", "arguments": {"x": %s}}</tool_call>'
        check = CheckToolCalls()
        assert check([text % 1, text % '"a"'], tools=[tools] * 2) == [-2.5, 5.0]

    @pytest.mark.parametrize(
        "quoted",
        [
            "a b c" + " " * 90_000 + "d",
            "the mill " + "... the mill " * 7_000,
            "\ufdfa" * 30_000 + " a b",
            "a\n> " * 25_000,
        ],
        ids=["spaces", "ellipses", "ligatures", "lines"],
    )
    def test_a_long_quotation_is_looked_for_in_many_sources(self, quoted):
        outcome = CheckQuotes().explain(f"> {quoted}\n\nI say so.", source=["the mill"] * 50)
        assert outcome.score == -2.5

    def test_numbers_of_an_instruction_that_tables_left_out(self):
        for number in (math.nan, math.inf):
            row = {"num_words": number, "relation": "at least"}
            with pytest.raises(ColumnError, match="num_words"):
                CheckInstructions().explain(
                    "a b c", instruction_id_list=["length_constraints:number_words"], kwargs=[row]
                )

    @pytest.mark.parametrize("question", [5, math.nan, ["a"], [None]])
    def test_what_is_no_question_is_a_column_error(self, question):
        judge = ModelJudge(endpoint="http://localhost:9/v1", model="m")
        with pytest.raises(ColumnError, match="no question"):
            judge(["x<end_working_out><SOLUTION>1</SOLUTION>"], answer=["2"], question=[question])
