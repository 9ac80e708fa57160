"""Rows as datasets publish them: each layout is taken as it is, and judged as it means."""

from __future__ import annotations

import base64
import json
import pickle
import zlib

import pytest

from grpo_rewards import ColumnError
from grpo_rewards.programs.published_layouts import layout_of
from grpo_rewards.programs.suite_reading import read_tests
from grpo_rewards.rewards.code import CheckCode, check_code

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

ADD = "def add(a, b):\n    return a + b"
SUB = "def add(a, b):\n    return a - b"
METHOD = "class Solution:\n    def add(self, a, b):\n        return a + b"
METHOD_WRONG = "class Solution:\n    def add(self, a, b):\n        return a - b"
SCRIPT = "print(sum(map(int, input().split())))"
SCRIPT_WRONG = "print(max(map(int, input().split())))"

CHECK = """
METADATA = {'author': 'nobody', 'dataset': 'test'}

def check(candidate):
    assert candidate(1, 2) == 3
    assert candidate(a = -1, b = 1) == 0
"""
STDIN = [{"input": "1 2\n", "output": "3\n"}, {"input": "5 -2", "output": "3"}]
CALLS = [
    {"input": "1\n2", "output": "3", "testtype": "functional"},
    {"input": "5\n-2", "output": "3", "testtype": "functional"},
]
PACKED = base64.b64encode(zlib.compress(pickle.dumps(json.dumps(STDIN)))).decode()
EVALPLUS = """
import numpy as np
from math import inf

def is_floats(x) -> bool:
    if isinstance(x, float):
        return True
    return False

def assertion(out, exp, atol):
    exact_match = out == exp
    if atol == 0 and is_floats(exp):
        atol = 1e-6
    if not exact_match and atol != 0:
        np.testing.assert_allclose(out, exp, rtol=1e-07, atol=atol)
    else:
        assert exact_match

def check(candidate):
    inputs = [[1, 2], [0.1, 0.2], [-1, 1], [inf, 1]]
    results = [3, 0.3, 0, inf]
    for i, (inp, exp) in enumerate(zip(inputs, results)):
        assertion(candidate(*inp), exp, 0)
"""
UNITTEST = """
import unittest
from collections import Counter
class TestCases(unittest.TestCase):
    def setUp(self):
        pass
    def test_case_1(self):
        result = task_func([1, 2, 2])
        self.assertEqual(result, Counter({2: 2, 1: 1}))
        self.assertIsInstance(result, dict)
    def test_case_2(self):
        self.assertDictEqual(task_func([]), {})
        self.assertTrue(len(task_func("ab")) == 2, "two letters")
        self.assertIn("a", task_func("ab"))
    def test_case_3(self):
        with self.assertRaises(TypeError):
            task_func(None)
        self.assertAlmostEqual(task_func([0.5])[0.5], 1.00000000001)
if __name__ == "__main__":
    unittest.main()
"""
COUNT = """
from collections import Counter
def task_func(x):
    return {k: v for k, v in Counter(iter(x)).items()}
"""
COUNT_WRONG = "def task_func(x):\n    return {k: 1 for k in x or ()}"
PYTEST = """
from solution import add
import pytest
from pytest import approx

@pytest.mark.parametrize("a, b, total", [(1, 2, 3), (5, -2, 3)])
def test_pairs(a, b, total):
    assert add(a, b) == total

def test_floats():
    assert add(0.1, 0.2) == pytest.approx(0.3)
    assert add(0.1, 0.2) == approx(0.3, rel=1e-3)

def test_all():
    assert all(add(x, y) == x + y for x in range(3) for y in [4, 5] if x != y)
    assert [add(n, 1) for n in (1, 2)] == [2, 3]

def test_errors():
    with pytest.raises(TypeError):
        add(1, "a")
    try:
        add(None, 1)
        assert False, "no error"
    except (TypeError, ValueError):
        pass

print(add)
add
if __name__ == "__main__":
    pytest.main([__file__])
"""
FUNCTIONAL = f"{CHECK}\n\ncheck(Solution().add)"
LISTS = """
def check(candidate):
    assert is_same_list(candidate(head = list_node([1, 2, 3])), list_node([3, 2, 1]))
    assert is_same_list(candidate(head = list_node([])), list_node([]))
    assert is_same_list(candidate(head = list_node([7])), list_node([7]))
"""
REVERSE = """
class Solution:
    def reverseList(self, head: Optional[ListNode]) -> Optional[ListNode]:
        last = None
        while head:
            head.next, last, head = last, head, head.next
        return last
"""
TREES = """
def check(candidate):
    root = [4, 2, 7, 1, None]
    inverted = tree_node([4, 7, 2, None, None, None, 1])
    assert is_same_tree(candidate(root = tree_node(root)), inverted)
    assert candidate(root = tree_node([])) is None or is_same_tree(None, None)
"""
INVERT = """
class Solution:
    def invertTree(self, root):
        if root:
            root.left, root.right = self.invertTree(root.right), self.invertTree(root.left)
        return root
"""

ROWS = {
    # name: (columns, a right program, a wrong one)
    "rLLM functional": ({"tests": {"functional": FUNCTIONAL}}, METHOD, METHOD_WRONG),
    "rLLM functional, as JSON": (
        {"tests": json.dumps({"functional": FUNCTIONAL})}, METHOD, METHOD_WRONG),
    "DeepCoder LiveCodeBench": (
        {"tests": json.dumps([{**test, "metadata": {"func_name": "add"}} for test in CALLS])},
        METHOD, METHOD_WRONG),
    "DeepCoder stdin": (
        {"tests": [{**test, "testtype": "stdin", "metadata": {"func_name": None}}
                   for test in STDIN]}, SCRIPT, SCRIPT_WRONG),
    "DeepCoder PrimeIntellect": (
        {"tests": [{"type": "stdin_stdout", "fn_name": None, **test} for test in STDIN]},
        SCRIPT, SCRIPT_WRONG),
    "open-r1 verification_info": (
        {"tests": {"language": "python", "test_cases": [
            {**test, "type": "stdin_stdout", "fn_name": None} for test in STDIN]}},
        SCRIPT, SCRIPT_WRONG),
    "SYNTHETIC-1 verification_info": (
        {"tests": json.dumps({"language": "python", "test_cases": [
            {"type": "function_call", "fn_name": "add", "input": [1, 2], "output": [3]}]})},
        ADD, SUB),
    "a row with verification_info": (
        {"tests": {"verification_info": {"language": "python", "test_cases": STDIN}}},
        SCRIPT, SCRIPT_WRONG),
    "Eurus ground_truth": (
        {"tests": {"style": "rule", "ground_truth": json.dumps(
            {"inputs": ["1 2\n", "5 -2"], "outputs": ["3\n", "3"]})}}, SCRIPT, SCRIPT_WRONG),
    "verl reward_model": (
        {"tests": {"reward_model": {"style": "rule", "ground_truth": json.dumps(
            {"fn_name": "add", "inputs": [[1, 2]], "outputs": [[3]]})}}}, ADD, SUB),
    "Skywork": (
        {"tests": {"entry_point": "Solution().add", "test_code": CHECK,
                   "import_prefix": "from typing import *\nimport math\n"}}, METHOD, METHOD_WRONG),
    "Skywork in verl": (
        {"tests": {"style": "rule", "ground_truth": json.dumps(
            {"entry_point": "add", "test_code": CHECK})}}, ADD, SUB),
    "code-r1 pytest": ({"tests": {"pytest": PYTEST}}, ADD, SUB),
    "KodCode": ({"tests": PYTEST}, ADD, SUB),
    "MBXP": ({"tests": {"code": CHECK + "\ncheck(add)\n"}}, ADD, SUB),
    "MBPP": (
        {"tests": {"test_list": ["assert add(1, 2) == 3", "assert add(5, -2) == 3"],
                   "test_setup_code": "import math"}}, ADD, SUB),
    "DeepSeek LeetCode": (
        {"tests": "my_solution = Solution()\n\nassert my_solution.add(1, 2) == 3\n"
                  "assert my_solution.add(a=5, b=-2) == 3\n"}, METHOD, METHOD_WRONG),
    "EvalPlus": ({"tests": EVALPLUS, "entry_point": "add"}, ADD, SUB),
    "EvoEval": ({"tests": EVALPLUS + "\ncheck(add)"}, ADD, SUB),
    "BigCodeBench": ({"tests": UNITTEST, "entry_point": "task_func"}, COUNT, COUNT_WRONG),
    "SandboxFusion": (
        {"tests": [{"input": {"stdin": "1 2\n"}, "output": {"stdout": "3\n"}}]},
        SCRIPT, SCRIPT_WRONG),
    "SandboxFusion with its row": (
        {"tests": {"provided_data": {}, "lang": "python", "tests": [
            {"input": {"stdin": "1 2"}, "output": {"stdout": "3"}}]}}, SCRIPT, SCRIPT_WRONG),
    "LiveCodeBench": (
        {"tests": {"public_test_cases": json.dumps(STDIN[:1]), "private_test_cases": PACKED,
                   "metadata": "{}"}}, SCRIPT, SCRIPT_WRONG),
    "LiveCodeBench, packed": ({"tests": PACKED}, SCRIPT, SCRIPT_WRONG),
    "LiveCodeBench functional": (
        {"tests": {"public_test_cases": json.dumps(CALLS),
                   "metadata": json.dumps({"func_name": "add"})}}, METHOD, METHOD_WRONG),
    "LeetCode lists": ({"tests": LISTS, "entry_point": "Solution().reverseList"}, REVERSE,
        REVERSE.replace("return last", "return head")),
    "LeetCode trees": ({"tests": TREES, "entry_point": "Solution().invertTree"}, INVERT,
        INVERT.replace("return root", "return None")),
    "TACO": (
        {"tests": json.dumps({"inputs": ["1 2\n", "5 -2\n"], "outputs": ["3\n", "3\n"]})},
        SCRIPT, SCRIPT_WRONG),
    "TACO's function": (
        {"tests": json.dumps({"fn_name": "add", "inputs": [[1, 2]], "outputs": [[3]]})}, METHOD,
        METHOD_WRONG),
    "APPS": (
        {"tests": {"input_output": json.dumps({"inputs": ["1 2"], "outputs": ["3"]})}},
        SCRIPT, SCRIPT_WRONG),
    "code_contests": (
        {"tests": {"public_tests": {"input": ["1 2\n"], "output": ["3\n"]},
                   "private_tests": {"input": [], "output": []},
                   "generated_tests": {"input": ["5 -2\n"], "output": ["3\n"]}}},
        SCRIPT, SCRIPT_WRONG),
    "Python in a string": (
        {"tests": "['assert add(1, 2) == 3', 'assert add(5, -2) == 3']"}, ADD, SUB),
    "JSON in JSON": ({"tests": json.dumps(json.dumps(STDIN))}, SCRIPT, SCRIPT_WRONG),
    "an if main": (
        {"tests": "if __name__ == '__main__':\n    assert add(1, 2) == 3\n    print('passed')"},
        ADD, SUB),
}  # fmt: skip


def arrays():
    numpy = pytest.importorskip("numpy")
    pairs = {"input": numpy.array(["1 2", "5 -2"]), "output": numpy.array(["3", "3"])}
    return [pairs, numpy.array(STDIN), {"ground_truth": pairs, "style": "rule"}]


class TestRows:
    """One row of each shape, as it is published."""

    @pytest.mark.parametrize("name", ROWS)
    def test_it_is_judged(self, name):
        columns, right, wrong = ROWS[name]
        columns = {key: [value] * 2 for key, value in columns.items()}
        scores = CheckCode(all_or_nothing=True)([right, wrong], **columns)
        assert scores == [5.0, -2.5]

    @pytest.mark.parametrize("place", range(3))
    def test_arrays(self, place):
        tests = arrays()[place]
        assert check_code([SCRIPT], tests=[tests]) == [5.0]

    def test_a_prelude(self):
        program = "def add(a, b):\n    return math.floor(plus(a, b))"
        before = "import math\ndef plus(a, b):\n    return a + b\ndef add(a, b):\n    '''Add.'''\n"
        tests = ["assert add(1, 2) == 3"]
        reward = CheckCode(prelude="prompt_code")
        assert reward([program] * 2, tests=[tests] * 2, prompt_code=[before, None]) == [5.0, -2.5]
        starter = "class Solution:\n    def add(self, a, b):"  # which is no program
        assert reward([ADD], tests=[tests], prompt_code=[starter]) == [5.0]

    def test_one_in_the_tests(self):
        tests = {"test_list": ["assert add(1, 2) == 3"], "test_setup_code": "import math"}
        assert check_code(["def add(a, b): return math.ceil(a + b)"], tests=[tests]) == [5.0]


class TestWhatCannotBeRead:
    """What is refused names the layout it was taken for; or it is left out, and counted."""

    TESTS = (
        "def check(candidate):\n    assert candidate(1, 2) == 3\n"
        "    with open('x') as file:\n        assert candidate(1, 2) == int(file.read())\n"
        "    assert helper(candidate(1, 2))\n    assert candidate(5, -2) == 3\n"
    )

    def test_it_raises(self):
        with pytest.raises(ColumnError, match="cannot be judged"):
            read_tests(self.TESTS, function="add")

    def test_it_is_left_out_and_counted(self):
        reward = CheckCode(skip_unread=True)
        outcome = reward.explain(ADD, tests=self.TESTS, entry_point="add")
        assert outcome.score == 5.0
        assert outcome.reason == "all 2 tests pass; 2 more could not be read"
        assert outcome.details["skipped"] == 2
        assert reward([SUB], tests=[self.TESTS], entry_point=["add"]) == [-2.5]

    def test_pairs_are_as_well(self):
        tests = [*STDIN, {"input": "1 2", "output": {"of": "another kind"}}, "assert add(1, 2)"]
        outcome = CheckCode(skip_unread=True).explain(SCRIPT, tests=tests)
        assert (outcome.score, outcome.details["skipped"]) == (5.0, 2)

    def test_a_row_of_which_nothing_is_left_raises(self):
        with pytest.raises(ColumnError, match="none of the 1 tests"):
            read_tests("with open('x') as file:\n    pass", function="add", skip=True)

    @pytest.mark.parametrize(
        ("tests", "said"),
        [
            ({"ground_truth": {"answer": 5}}, "verl"),
            ({"test_cases": 5}, "open-r1"),
            ({"public_test_cases": "[5]", "private_test_cases": "[]"}, "LiveCodeBench"),
            ({"language": "cpp", "test_cases": STDIN}, "cpp"),
            ({"something": "else"}, "tests are a list"),
        ],
    )
    def test_it_is_named(self, tests, said):
        with pytest.raises(ColumnError, match=said):
            read_tests(tests)

    def test_nothing_is_unpickled(self):
        class Hostile:
            def __reduce__(self):
                return exec, ("raise SystemExit('unpickled')",)

        packed = base64.b64encode(zlib.compress(pickle.dumps(Hostile()))).decode()
        with pytest.raises(ColumnError):
            read_tests(packed)

    def test_what_unpacks_to_too_much_is_refused(self):
        packed = base64.b64encode(zlib.compress(b"[" + b" " * (65 << 20))).decode()
        with pytest.raises(ColumnError, match="larger than"):
            read_tests(packed)

    def test_the_layout(self):
        assert layout_of({"style": "rule", "ground_truth": "[]"}) == (
            "a reward_model of verl (Eurus, DAPO)"
        )
        assert layout_of({"input": [], "output": []}) == layout_of([]) == ""


class TestErrorsThatAreExpected:
    """What raises an exception that a test expects passes, and nothing else does."""

    TEST = "import pytest\nwith pytest.raises(ValueError):\n    f(-1)"

    @pytest.mark.parametrize(
        ("body", "passes"),
        [
            ("raise ValueError('no')", True),
            ("int('x')", True),
            ("raise TypeError('no')", False),
            ("raise Exception('ValueError: no')", False),
            ("return 'ValueError: no'", False),
            ("return 1", False),
            ("raise UnicodeDecodeError('a', b'', 0, 1, '')", True),
        ],
    )
    def test_one(self, body, passes):
        program = f"def f(x):\n    {body}"
        assert check_code([program], tests=[self.TEST]) == [5.0 if passes else -2.5]

    @pytest.mark.parametrize(
        "test",
        [
            "try:\n    f(-1)\n    assert False\nexcept ValueError:\n    assert True",
            "try:\n    f(-1)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError('no')",
            "class TestF:\n    def test_it(self):\n        self.assertRaises(ValueError, f, -1)",
            "def test_it():\n    with raises((KeyError, ValueError)):\n        f(-1)",
            "def test_it():\n    with pytest.raises(ValueError, match='x'):\n        y = f(-1)",
        ],
    )
    def test_in_all_ways_to_say_it(self, test):
        raising = "def f(x):\n    if x < 0: raise ValueError('x')\n    return 1"
        quiet = "def f(x):\n    return 1"
        assert check_code([raising, quiet], tests=[test] * 2, entry_point=["f"] * 2) == [5.0, -2.5]

    @pytest.mark.parametrize(
        "test",
        [
            "try:\n    f(-1)\nexcept ValueError:\n    pass",
            "try:\n    assert f(1) == 2\nexcept AssertionError:\n    pass",
            "with pytest.raises(MyError):\n    f(1)",
        ],
    )
    def test_what_says_nothing_is_refused(self, test):
        with pytest.raises(ColumnError):
            read_tests(test, function="f")
