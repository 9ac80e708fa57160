"""Reading tests of programs, and evaluating what they assert, within bounds."""

from __future__ import annotations

import ast
import contextlib
import inspect
import math
import sys
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from code_cases import BAD, GOOD, TESTS, fenced
from grpo_rewards import ColumnError
from grpo_rewards.programs.asserts import assertion
from grpo_rewards.programs.expressions import evaluated
from grpo_rewards.programs.suite_reading import read_tests
from grpo_rewards.rewards.code import CheckCode, check_code
from grpo_rewards.sandboxes import Reply, Result

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


class TestReadingTests:
    """The shapes that a column of tests may have."""

    @pytest.mark.parametrize(
        ("tests", "function", "calls"),
        [
            (["assert f(2) == 4"], None, ("f(2)",)),
            ("assert f(2) == 4\nassert f(3) == 9", None, ("f(2)", "f(3)")),
            ('["assert f(2) == 4"]', None, ("f(2)",)),
            (["import math\nassert math.isclose(f(2), 4)"], None, ("f(2)",)),
            (["assert abs(f(2) - 4) < 1e-6"], None, ("f(2)",)),
            (["assert set(f(2)) == {4}", "assert f(1)"], None, ("[*f(2)]", "f(1)")),
            (["x = 2\nassert sorted(f(x)) == [x]"], None, ("[*f(2)]",)),
            (["assert f(2) == 1 or sorted(f(2)) == [1]"], None, ("f(2)", "f(2)")),
            (["assert not f(0)"], None, ("f(0)",)),
            (["assert f(f(2)) == f(4)"], None, ("f(f(2))", "f(4)")),
            (["assert f([0] * 3, list(range(2)))"], None, ("f([0, 0, 0], [0, 1])",)),
            (["assert f(float('inf'), x=(math.pi,))"], None, (f"f(1e999, x=({math.pi},))",)),
            (["x = [1, 2]\nassert f(x) == x"], None, ("f([1, 2])",)),
            (["assert f(2)[0].real == 4"], None, ("f(2)[0].real",)),
            (["assert f(key=lambda x: len(x)) == 4"], None, ("f(key=lambda x: len(x))",)),
            (["assert Solution().add(1, 2) == 3"], None, ("Solution().add(1, 2)",)),
            (["assert sorted(3) == 1"], "sorted", ("sorted(3)",)),
            ("def check(c):\n  '''Doc.'''\n  assert True\n  assert c(2) == 4, 'm'", "f", ("f(2)",)),
            ("def check(c):\n  assert c(2) == 4\ncheck(f)", "S().f", ("S().f(2)",)),
            ([{"input": [2, "a"], "output": 4}], "f", ("f(2, 'a')",)),
            ([{"input": {"x": 2}, "output": 4}], "f", ("f(x=2)",)),
            ({"input": [[2], [3]], "output": [4, 9]}, "f", ("f(2)", "f(3)")),
            ('[{"input": [2], "output": 4}]', "f", ("f(2)",)),
            ('"assert f(2) == 4"', None, ("f(2)",)),
            (["assert f(2) == 4", None], None, ("f(2)",)),
            (SimpleNamespace(tolist=lambda: ["assert f(2) == 4"]), None, ("f(2)",)),
            ("for x in range(2, 4):\n  assert f(x) == x * x", None, ("f(2)", "f(3)")),
            ("for x, y in [(2, 4)]:\n  z = y\n  assert f(x) == z", None, ("f(2)",)),
            ("for i, (x, y) in enumerate([([2], 4)]):\n  assert f(*x) == y", None, ("f(*[2])",)),
            ("def test_a():\n  assert f(2) == 4\ndef test_b():\n  assert f(3)", None,
             ("f(2)", "f(3)")),
            ("x = 2\ny = f(x)\nx = 3\nassert y == 4", None, ("f(2)",)),
            ("y = f(f(2))\nassert y == 4", None, ("f(f(2))",)),
            ({"inputs": [[2], [3]], "outputs": [4, 9]}, "f", ("f(2)", "f(3)")),
            ('{"fn_name": "f", "inputs": [[2]], "outputs": [[4]]}', None, ("f(2)",)),
            ([{"type": "function_call", "fn_name": "f", "input": [2], "output": [4]}], None,
             ("f(2)",)),
            ([{"input": '[1]\n"a"', "output": "4", "testtype": "functional"}], "f",
             ("f([1], 'a')",)),
        ],
    )  # fmt: skip
    def test_calls(self, tests, function, calls):
        (job,) = read_tests(tests, function=function).jobs("")
        assert tuple(map(normal, job.calls)) == tuple(map(normal, calls))

    def test_scripts(self):
        suite = read_tests([{"input": "1", "output": "2"}, {"input": "", "output": "3"}])
        assert [job.stdin for job in suite.jobs("x")] == ["1", ""]
        assert {job.calls for job in suite.jobs("x")} == {None}

    @pytest.mark.parametrize(
        "tests",
        [
            {"fn_name": None, "inputs": ["1\n2"], "outputs": ["3"]},
            {"inputs": [["1", "2\n"]], "outputs": [["3"]]},
            [{"input": "1\n2", "output": "3", "testtype": "stdin", "fn_name": None}],
            [{"type": "stdin_stdout", "input": "1\n2", "output": "3"}],
            '{"input": ["1\\n2"], "output": ["3"]}',
        ],
    )
    def test_scripts_in_the_layouts_of_datasets(self, tests):
        suite = read_tests(tests)
        assert suite.rule == "script"
        assert [(test.stdin, test.expected) for test in suite.tests] == [("1\n2", "3")]

    @pytest.mark.parametrize(
        ("output", "program", "passes"),
        [
            (4, "def f(x): return 4", True),
            ([4], "def f(x): return 4", True),
            ([4], "def f(x): return [4]", True),
            ([4, 5], "def f(x): return [4, 5]", True),
            ([4, 5], "def f(x): return 4", False),
            ([[4]], "def f(x): return 4", False),
            (4, "def f(x): return [4]", False),
            (4, "class Solution:\n    def f(self, x): return 4", True),
            (4, "def f(x): return 4\nclass Solution: pass", True),
        ],
    )
    def test_tests_that_name_their_function(self, output, program, passes):
        """Their outputs may each be in a list, and their programs in a class."""
        tests = {"fn_name": "f", "inputs": [[2]], "outputs": [output]}
        assert check_code([fenced(program)], tests=[tests]) == [5.0 if passes else -2.5]

    def test_an_output_is_in_a_list_only_where_the_tests_name_their_function(self):
        tests = [{"input": [2], "output": [4]}]
        reward = check_code.explain(fenced("def f(x): return 4"), tests=tests, entry_point="f")
        assert reward.score == -2.5

    @pytest.mark.parametrize(
        ("tests", "function", "found"),
        [
            pytest.param(3, None, "3", id="a number"),
            pytest.param([3], None, "3", id="a list of numbers"),
            pytest.param(["assert f("], None, "no Python", id="a syntax error"),
            pytest.param("[{", None, "JSON", id="half of some JSON"),
            pytest.param(["assert sorted([2]) == [2]"], None, "entry_point", id="no call"),
            pytest.param(
                ["assert f(2) == 4", "assert g(2) == 4"], None, "f, g", id="two functions"
            ),
            pytest.param(["assert equal(f(2), 4)"], None, "equal, f", id="a helper that compares"),
            pytest.param(["assert equal(f(2), 4)"], "f", "equal", id="the same, with a name"),
            pytest.param(["assert np.sum(f(2)) == 4"], None, "f, np", id="numpy"),
            pytest.param(
                ["assert all(f(x) for x in f(1))"], None, "outside", id="a comprehension over calls"
            ),
            pytest.param(["assert isinstance(f(2), A)"], "f", "A", id="a class of the program's"),
            pytest.param(["assert sorted(f(2), key=len) == 2"], None, "outside", id="a key"),
            pytest.param(["for x in f(1):\n  assert x"], None, "outside", id="a loop"),
            pytest.param(
                ["for x in range(10**6):\n  assert f(x)"], None, "turns", id="a long loop"
            ),
            pytest.param(["for x, y in [1]:\n  assert f(x)"], None, "fit", id="an unequal loop"),
            pytest.param(["for x in 1 / 0:\n  assert f(x)"], None, "zero", id="a broken loop"),
            pytest.param(
                ["s = Stack()\nassert s.pop() == 1"], None, "outside", id="an object that changes"
            ),
            pytest.param(["s = f(1)\nt = s.x()\nassert t"], None, "outside", id="the same, later"),
            pytest.param(
                [{"input": "{", "output": "4", "testtype": "functional"}], "f", "JSON", id="no JSON"
            ),
            pytest.param(
                [{"input": "1", "output": "4", "testtype": "functional"}],
                None,
                "entry_point",
                id="a function without a name",
            ),
            pytest.param(
                [{"fn_name": name, "input": [1], "output": 4} for name in "fg"],
                None,
                "one function",
                id="names of two functions",
            ),
            pytest.param({"inputs": [1], "output": [1]}, None, "equal lengths", id="a mixture"),
            pytest.param(["x += f(2)"], None, "outside", id="no assertion"),
            pytest.param(
                "def check(candidate):\n  assert candidate(2)", None, "entry_point", id="check"
            ),
            pytest.param([{"input": [2]}], "f", "pairs", id="no output"),
            pytest.param([{"input": 2, "output": 4}], "f", "arguments", id="no list of arguments"),
            pytest.param([{"input": "2", "output": 4}], "f", "arguments", id="a string"),
            pytest.param([{"input": [2], "output": 4}], None, "entry_point", id="no function"),
            pytest.param([{"input": {"a b": 2}, "output": 4}], "f", "argument", id="no name"),
            pytest.param([{"input": [len], "output": 4}], "f", "plain data", id="no data"),
            pytest.param(["assert f(2) == 4", {"input": [2], "output": 4}], "f", "all", id="both"),
            pytest.param(["assert f(2)"], "f; import os", "named", id="no function's name"),
            pytest.param(["assert f(2)"], 3, "named", id="a number for a name"),
            pytest.param({"input": [1], "output": []}, "f", "equal lengths", id="unequal columns"),
        ],
    )
    def test_what_cannot_be_judged_raises(self, tests, function, found):
        with pytest.raises(ColumnError, match=found):
            read_tests(tests, function=function)

    @pytest.mark.parametrize("name", ["", " ", None, float("nan")])
    def test_a_row_that_names_no_function(self, name):
        assert read_tests(["assert f(2) == 4"], function=name).function == "f"
        pairs = [{"input": "2", "output": "4"}]
        assert read_tests(pairs, function=name).rule == "script"
        assert check_code(["print(4)"], tests=[pairs], entry_point=[name]) == [5.0]

    def test_a_missing_column(self):
        with pytest.raises(ColumnError, match="'tests'"):
            check_code([fenced(GOOD)], answer=["4"])

    def test_other_columns(self):
        reward = CheckCode(tests="checks", function="fn")
        pairs = [{"input": [2], "output": 4}]
        assert reward([fenced(GOOD)], checks=[pairs], fn=["double"]) == [5.0]


def normal(call):
    return ast.unparse(ast.parse(call, mode="eval"))


EXPRESSIONS = st.recursive(
    st.sampled_from(
        "f(1) f(2.5) f('ab') f([1,2]) f(True) 0 1 -2 3.5 'b' [1] (1,2) {1} None".split()
    ),
    lambda inner: (
        st.tuples(
            inner, st.sampled_from("+ - * / // % ** == != < <= in and or".split()), inner
        ).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})")
        | st.tuples(
            st.sampled_from("abs len sorted set list tuple sum max not type str int".split()), inner
        ).map(lambda parts: f"({parts[0]}({parts[1]}))")
        | st.tuples(inner, inner).map(lambda parts: f"[{parts[0]}, {parts[1]}]")
    ),
    max_leaves=5,
)


def holds_in_python(text, f):
    try:
        return bool(eval(text, {"f": f}))  # noqa: S307 (our own)
    except Exception:  # noqa: BLE001 (whatever Python raises, the assertion does not hold)
        return False


class TestAssertions:
    """Assertions are computed outside the sandbox, as Python computes them."""

    @pytest.mark.filterwarnings("ignore::SyntaxWarning")
    @given(EXPRESSIONS)
    def test_as_python_does(self, text):
        def f(x):
            return x

        try:
            judged = assertion(ast.parse(text, mode="eval").body, {}, {}, "f")
        except ColumnError:
            assume(False)  # no call, or a type among the operands of one
        try:
            values = [eval(call, {"f": f}) for call in judged.calls]  # noqa: S307 (ours)
        except TypeError:  # it is no iterable
            assert not holds_in_python(text, f)
            return
        failure = judged.failure(values)
        assume("too large" not in failure and "format" not in failure and "sum()" not in failure)
        assert bool(failure) is not holds_in_python(text, f)

    @pytest.mark.parametrize(
        "text",
        [
            "f(1) * 10**7 == 1",
            "f(1) ** 10**9 == 1",
            "[0] * f(2) == 1",
            "len(range(f(2))) == 1",
            "'%' % f(1) == 1",
            "int(f(3)) == 1",
            "round(1.5, f(2)) == 1",
            "sum(f(1), []) == 1",
            "f(4) == f(4)",
            "f(2) ** f(2) == 1",
            "f(1) / 0",
            "f(2) + 1.5",
            "math.sqrt(f(2)) > 0",
        ],
    )
    def test_no_value_hangs_or_fills_the_memory(self, text):
        deep = []
        for _ in range(90):
            deep = [deep]
        values = {"f(1)": [1] * 1000, "f(2)": 10**4000, "f(3)": "9" * 10**6, "f(4)": deep}
        judged = assertion(ast.parse(text, mode="eval").body, {}, {}, "f")
        assert isinstance(judged.failure([values[call] for call in judged.calls]), str)

    def test_tests_are_read_while_other_threads_parse(self):
        """Parsers of two threads disturb each other in CPython 3.11."""
        deep = "[" * 40 + "f(1)" + "]" * 40

        def read(number):
            for each in range(40):
                if number % 2:
                    with contextlib.suppress(SystemError):  # that one is a stranger's
                        ast.parse(f"x == {deep}, {each}")
                else:
                    assert read_tests([f"assert f({number}) == {deep}[{each}]"], function="f")

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(read, range(16)))

    def test_the_evaluator_takes_nothing_else(self):
        for text in ("__import__('os')", "open('x')", "().__class__", "[x for x in [1]]"):
            with pytest.raises((TypeError, LookupError, AttributeError)):
                evaluated(ast.parse(text, mode="eval").body, {})

    @pytest.mark.parametrize(
        ("asserted", "program", "holds"),
        [
            ("f(2) == 4", "def f(x): return x * x", True),
            ("f(2) == 4", "def f(x): return [4]", False),
            ("abs(f(2) - 4) < 1e-6", "def f(x): return 4.0000000001", True),
            ("f([1, 1]) == {1}", "def f(x): return set(x)", True),
            ("set(f(2)) == {1, 2}", "def f(x): return [2, 1]", True),
            ("f(2)", "def f(x): return []", False),
            ("not f(2)", "def f(x): return []", True),
            ("f(2) is None", "def f(x): pass", True),
            ("f(2) == 4 and f(3) == 9", "def f(x): return x * x", True),
            ("f(x=2) in [3, 4]", "def f(x): return x + 2", True),
            ("f(2) == (1, 2)", "def f(x): return [1, 2]", False),
            ("math.isclose(f(2), 2 ** 0.5, rel_tol=1e-9)", "def f(x): return x ** 0.5", True),
            ("f('a')[::-1] == 'cba'", "def f(x): return x + 'bc'", True),
            ("type(f(2)) == int", "def f(x): return x", True),
            ("isinstance(f(2), (int, str))", "def f(x): return 2.0", False),
            ("list(f([1, 2])) == [2, 3]", "def f(x): return map(lambda n: n + 1, x)", True),
            ("tuple(f([1, 2])) == (2, 1)", "def f(x): return reversed(x)", True),
            ("sum(f(3)) == 3", "def f(x): return (n for n in range(x))", True),
            ("sum(f(3)) == 3", "def f(x): return 3", False),
            ("list(f(3)) == 3", "def list(x): return 3\ndef f(x): return [x]", False),
            ("sorted(f({'b': 1, 'a': 2})) == ['a', 'b']", "def f(x): return x.keys()", True),
            ("f(len) == 3", "def f(x): return x([1, 2, 3])", True),
        ],
    )
    def test_the_forms_that_datasets_have(self, asserted, program, holds):
        (score,) = check_code([fenced(program)], tests=[[f"assert {asserted}"]])
        assert score == (5.0 if holds else -2.5)


def loops(depth, turns):
    heads = [f"{'    ' * n}for a{n} in range({turns}):" for n in range(depth)]
    return "\n".join([*heads, f"{'    ' * depth}assert f(a0) == 1"])


DOUBLED = "y0 = f(1)\n" + "".join(f"y{n + 1} = y{n} + y{n}\n" for n in range(40))
NESTED = "c = [1]\n" + "c = [c, c]\n" * 40
TOO_MUCH = {
    "two loops": loops(2, 1000),
    "four loops": loops(4, 100),
    "loops in functions": "def test_a():\n" + "\n".join(
        f"    {line}" for line in loops(3, 500).split("\n")
    ),
    "a sum of two thousand": "assert f(1)" + "+0" * 2000,
    "a product of two hundred": "assert f(1)" + "*1" * 200,
    "two thousand signs": "assert " + "-" * 2000 + "f(1)",
    "deep lists": "assert f(1) == " + "[" * 150 + "]" * 150,
    "deep calls": "assert " + "abs(" * 150 + "f(1)" + ")" * 150,
    "deep brackets": "assert " + "(" * 1000 + "f(1)" + ")" * 1000,
    "deep functions": "".join(f"{' ' * n}def a{n}():\n" for n in range(120)) + " " * 120 + "1",
    "a name that doubles": DOUBLED + "assert y40 == 1",
    "a constant that doubles": NESTED + "assert f(c) == 1",
    "a large constant in every turn": (
        "d = list(range(100000))\nfor x in range(1000):\n    assert f(d, x) == 1"
    ),
    "many large constants": "\n".join(f"d{n} = [0] * 10**6" for n in range(50)) + "\nassert f(d1)",
    "one assertion many times": "assert f(1) == 1\n" * 50_000,
}  # fmt: skip


class TestWork:
    """What tests take is bounded: all of a row's together, and by what they do with a result."""

    @pytest.mark.parametrize("name", TOO_MUCH)
    def test_tests_that_are_too_much_raise(self, name):
        with pytest.raises(ColumnError, match=r"more than can be judged|is no Python|too large"):
            read_tests([TOO_MUCH[name]], function="f")

    def test_all_of_a_row_s_tests_count(self):
        test = "assert f(1) == 1\n" * 1_000
        assert read_tests([test], function="f")
        with pytest.raises(ColumnError, match="more than can be judged"):
            read_tests([test] * 20, function="f")

    @pytest.mark.parametrize(
        ("asserted", "value"),
        [
            ("set(f(1)) == {1}", [n * (2**61 - 1) for n in range(45_000)]),
            ("frozenset(f(1)) == {1}", [n * (2**61 - 1) for n in range(45_000)]),
            ("dict(f(1)) == {1: 1}", [(n * (2**61 - 1), 0) for n in range(45_000)]),
            ("dict(zip(f(1), f(1))) == {1: 1}", [n * (2**61 - 1) for n in range(45_000)]),
            ("set(f(1)) == {1}", [(0,) * 500 + (n * (2**61 - 1),) for n in range(400)]),
            ("set(f(1)) == {1}", [complex(n * -1000003, n) for n in range(20_000)]),
            ("[[f(1)] * 1000] * 1000 == [[f(2)] * 1000] * 1000", list(range(1000))),
            ("sorted([f(1)] * 10000) == [[f(1)] * 9999]", list(range(1000))),
            ("f(1) in [f(2)] * 100000", list(range(1000))),
            ("(f(1) ** 20) % 7 == (f(1) ** 20) % 8", 10**4000),
            ("str(f(1)) * 10 == ''", list(range(200_000))),
            ("f(1) == f(2)[::-1]", "a" * 900_000),
        ],
    )
    def test_no_result_makes_comparing_long(self, asserted, value):
        suite = read_tests([f"assert {asserted}"], function="f")
        calls = suite.tests[0].calls
        result = Result(status="ran", replies=tuple(Reply(value=value) for _ in calls))
        assert suite.judge(0, result).total == 1

    def test_many_equal_members_are_no_collision(self):
        for value, holds in (([1] * 45_000, True), ([-1, -2] * 20_000, False)):
            suite = read_tests(["assert set(f(1)) == {1}"], function="f")
            result = Result(status="ran", replies=(Reply(value=value),))
            assert bool(suite.judge(0, result).passed) is holds

    def test_a_name_may_get_another_value(self):
        tests = "c = [1]\nc = c + [2]\ny = f(c)\ny = y + [3]\nassert y == [1, 2, 3]"
        assert check_code(["def f(x): return x"], tests=[tests], entry_point=["f"]) == [5.0]

    def test_a_result_in_a_loop_is_the_turn_s_own(self):
        tests = "for x in [1, 2, 3]:\n    y = f(x)\n    assert y == x * x"
        scores = check_code(
            ["def f(x): return x * x", "def f(x): return x"],
            tests=[tests] * 2,
            entry_point=["f"] * 2,
        )
        assert scores == [5.0, pytest.approx(5 / 3)]

    def test_from_a_deep_stack(self):
        def deep(depth):
            return deep(depth - 1) if depth else check_code(texts, tests=[TESTS] * len(texts))

        texts = [fenced(GOOD), fenced(BAD), "x", "(" * 10_000, "-" * 10_000 + "1"]
        at = len(inspect.stack(0))
        assert deep(sys.getrecursionlimit() - at - 60) == check_code(texts, tests=[TESTS] * 5)

    def test_what_is_returned_is_not_kept(self):
        """Only what it says of the tests is, for as long as the batch takes."""
        suite = read_tests(["assert len(f(1)) == 900000"], function="f")
        result = Result(status="ran", replies=(Reply(value="a" * 900_000),))
        assert len(repr(suite.judge(0, result))) < 500
        failing = read_tests(["assert f(1) == 'b'"] * 100, function="f")
        result = Result(status="ran", replies=(Reply(value="a" * 900_000),) * 100)
        assert len(repr(failing.judge(0, result))) < 1_500
