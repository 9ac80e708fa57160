"""Programs in other languages than Python, in a jail: compiled, run, limited, and checked."""

# ruff: noqa: E501, ISC004 (programs in one line)

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from grpo_rewards import ColumnError, OptionError
from grpo_rewards.programs.blocks import block_in
from grpo_rewards.rewards.code import CheckCode
from grpo_rewards.sandboxes import Job, MontySandbox, SandboxWarning
from grpo_rewards.sandboxes.compilers import LANGUAGES
from sandboxed import jail

TESTS = [{"input": "2 3\n", "output": "5\n"}, {"input": "-4 4", "output": "0"}]
ADDING = {
    "cpp": "#include <iostream>\nint main() { long a, b; std::cin >> a >> b; std::cout << a + b; }",
    "c": '#include <stdio.h>\nint main(void) { int a, b; scanf("%d %d", &a, &b); '
    'printf("%d\\n", a + b); return 0; }',
    "javascript": "const [a, b] = require('fs').readFileSync(0, 'utf8').split(/\\s+/).map(Number);\n"
    "console.log(a + b);",
    "java": "import java.util.*;\nclass Main { public static void main(String[] x) { Scanner s = new "
    "Scanner(System.in); System.out.println(s.nextInt() + s.nextInt()); } }",
    "go": 'package main\nimport "fmt"\nfunc main() { var a, b int; fmt.Scan(&a, &b); '
    "fmt.Println(a + b) }",
    "rust": "use std::io::*;\nfn main() { let mut s = String::new(); stdin().read_to_string(&mut s)"
    ".unwrap(); let n: Vec<i64> = s.split_whitespace().map(|x| x.parse().unwrap()).collect(); "
    'println!("{}", n[0] + n[1]); }',
}
TESTED = sorted(ADDING)
ENDLESS = {
    "cpp": "int main() { for (;;); }",
    "c": "int main(void) { for (;;); }",
    "javascript": "for (;;);",
    "java": "class Main { public static void main(String[] x) { while (true); } }",
    "go": "package main\nfunc main() { for {} }",
    "rust": "fn main() { loop {} }",
}
SWELLING = {
    "javascript": "const a = []; for (;;) a.push(new Array(1e6).fill(1));",
    "java": "import java.util.*;\nclass Main { public static void main(String[] x) { List<byte[]> a = new "
    "ArrayList<>(); for (;;) a.add(new byte[1 << 20]); } }",
    "go": "package main\nfunc main() { a := [][]byte{}; for { b := make([]byte, 1 << 20); for i := "
    "range b { b[i] = 1 }; a = append(a, b) } }",
    "rust": "fn main() { let mut a = vec![]; loop { a.push(vec![1u8; 1 << 20]); } }",
}


def needs(language):
    tool = LANGUAGES[language].tool
    if shutil.which(tool) is None:
        pytest.skip(f"there is no {tool} here")


def fenced(program, language):
    return f"So:\n```{language}\n{program}\n```\n"


class TestLanguages:
    """Each in the table compiles and runs, where its compiler is."""

    @pytest.mark.parametrize("language", TESTED)
    def test_pairs(self, language):
        needs(language)
        reward = CheckCode(language=language, sandbox=jail(seconds=10.0))
        right = ADDING[language]
        texts = [
            fenced(right, language),
            fenced(right.replace(" + ", " - "), language),
            fenced("this is no program (", language),
            fenced("print(1)", "python"),
            "I cannot.",
        ]
        assert reward(texts, tests=[TESTS] * 5) == [5.0, -2.5, -2.5, -4.5, -2.5]

    @pytest.mark.parametrize("language", TESTED)
    def test_what_does_not_end(self, language):
        needs(language)
        jobs = [
            Job(program=program[language], language=language)
            for program in (ENDLESS, SWELLING)
            if language in program
        ]
        results = jail(seconds=3.0).run(jobs, deadline=120)
        assert results[0].status == "stopped"
        assert all(result.reason for result in results)

    def test_a_compiler_that_does_not_start_is_no_opinion(self, monkeypatch):
        needs("cpp")
        broken = replace(LANGUAGES["cpp"], compile=("gcc", "--no-such-option"))
        monkeypatch.setitem(LANGUAGES, "cpp", broken)
        with pytest.warns(SandboxWarning, match="cpp does not run here"):
            scores = CheckCode(language="cpp", sandbox=jail())(
                [fenced(ADDING["cpp"], "cpp")], tests=[TESTS]
            )
        assert scores == [None]

    @pytest.mark.parametrize("fence", ["cpp", "c++", "CPP", "cc", "cpp17"])
    def test_fences(self, fence):
        found = block_in(
            f"```python\nx\n```\n```{fence}\nint x;\n```", LANGUAGES["cpp"].fences, "cpp"
        )
        assert found.answer == "int x;\n"

    def test_the_row_may_say_it(self):
        needs("cpp")
        tests = {"language": "cpp", "test_cases": TESTS}
        reward = CheckCode(language="cpp", sandbox=jail(seconds=10.0))
        assert reward([fenced(ADDING["cpp"], "cpp")], tests=[tests]) == [5.0]

    def test_a_compiler_that_is_missing_is_no_opinion(self, monkeypatch):
        monkeypatch.setattr(
            shutil, "which", lambda tool: None if tool == "g++" else f"/usr/bin/{tool}"
        )
        with pytest.warns(SandboxWarning, match=r"no g\+\+"):
            scores = CheckCode(language="cpp", sandbox=jail())(
                [fenced(ADDING["cpp"], "cpp")], tests=[TESTS]
            )
        assert scores == [None]

    def test_monty_has_python_alone(self):
        reward = CheckCode(language="cpp", sandbox=MontySandbox())
        with pytest.warns(SandboxWarning, match="Python alone"):
            assert reward([fenced(ADDING["cpp"], "cpp")], tests=[TESTS]) == [None]

    def test_what_the_user_gets_wrong(self):
        with pytest.raises(OptionError, match="write one of python, cpp"):
            CheckCode(language="fortran")
        for language in ("cpp", "javascript", "go"):
            with pytest.raises(ColumnError, match="about a function"):
                CheckCode(language=language)(["int f;"], tests=[["assert f(1) == 2"]])


# A function in each language: what goes before it, itself, what is wrong of it, and its tests.
FUNCTIONS = {
    "cpp": (
        "#include <vector>\nusing namespace std;\n/* {sum} */\nint total(vector<int> xs) {\n",
        "int total(vector<int> xs) { int t = 0; for (int x : xs) t += x; return t; }",
        "t += x",
        "#undef NDEBUG\n#include <assert.h>\nint main() {\n    assert (total({1, 2}) == 3);\n"
        "    assert (total({}) == 0);\n}",
    ),
    "c": (
        "#include <stdlib.h>\n",
        "int twice(int x) { return x + x; }",
        "x + x",
        "int main(void) { assert(twice(2) == 4); assert(twice(3) == 6); return 0; }",
    ),
    "javascript": (
        "/* The sum: {1, 2} gives 3. */\nconst total = (xs) => {\n",
        "const total = (xs) => { return xs.reduce((a, b) => a + b, 0); };",
        "a + b",
        "const testTotal = () => {\n  console.assert(total([1, 2]) === 3)\n"
        "  console.assert(total([]) === 0)\n}\n\ntestTotal()",
    ),
    "java": (
        "import java.util.*;\n\nclass Solution {\n    public int total(List<Integer> xs) {\n",
        "class Solution { public int total(List<Integer> xs) { int t = 0; for (int x : xs) t += x; "
        "return t; } }",
        "t += x",
        "public class Main {\n    public static void main(String[] args) {\n"
        "        Solution s = new Solution();\n        List<Boolean> correct = Arrays.asList(\n"
        "            s.total(Arrays.asList(1, 2)) == 3);\n        if (correct.contains(false)) {\n"
        "            throw new AssertionError();\n        }\n    }\n}",
    ),
    "rust": (
        "fn main() {}\n\n/* {} */\nfn total(xs: Vec<i32>) -> i32 {\n",
        "fn total(xs: Vec<i32>) -> i32 { xs.iter().sum() }",
        "xs.iter().sum()",
        "#[cfg(test)]\nmod tests {\n    use super::*;\n\n    #[test]\n    fn test_total() {\n"
        "        assert_eq!(total(vec![1, 2]), 3);\n    }\n}",
    ),
}
LEAVING = {
    "cpp": "#include <cstdlib>\nstatic int gone = (std::exit(0), 0);\n",
    "c": "#include <stdlib.h>\n__attribute__((constructor)) void gone(void) { exit(0); }\n",
    "javascript": "process.exit(0);\n",
    "java": "class Gone { static { System.exit(0); } }\n",
}


class TestFunctions:
    """Functions in other languages, by code that is put behind them."""

    @pytest.mark.parametrize("language", FUNCTIONS)
    def test_one(self, language):
        needs(language)
        before, right, part, tests = FUNCTIONS[language]
        main = {
            "cpp": "\nint main() { return total({}) + 1; }",
            "java": "\npublic class Main { public static void main(String[] a) { System.exit(1); } }",
            "rust": "\nfn main() { panic!() }",
        }.get(language, "")
        texts = [
            fenced(right, language),
            fenced(right + main, language),
            fenced(right.replace(part, "7" if language == "rust" else f"{part} + 1"), language),
            fenced("(", language),
            "```python\nx\n```",
        ]
        reward = CheckCode(
            language=language, tests="test", prelude="prompt", sandbox=jail(seconds=10.0)
        )
        scores = reward(texts, test=[tests] * 5, prompt=[before] * 5)
        assert scores == [5.0, 5.0, -2.5, -2.5, -4.5]

    @pytest.mark.parametrize("language", LEAVING)
    def test_one_that_leaves_before_its_tests(self, language):
        needs(language)
        before, right, part, tests = FUNCTIONS[language]
        wrong = right.replace(part, f"{part} + 1")
        if language == "java":
            wrong = wrong.replace("int t = 0;", "int t = 0; System.exit(0);")
        reward = CheckCode(language=language, prelude="prompt", sandbox=jail(seconds=10.0))
        outcome = reward.explain(
            fenced(LEAVING[language] + wrong, language), tests=tests, prompt=before
        )
        assert outcome.score == -2.5
        assert "left before its tests were through" in outcome.reason

    @pytest.mark.parametrize(
        ("language", "before"),
        [
            ("cpp", "#define NDEBUG\n"),
            ("cpp", "#include <cassert>\n#undef assert\n#define assert(x) ((void)0)\n"),
            ("javascript", "console.assert = () => {};\n"),
            ("javascript", "console.assert = () => {}; Object.freeze(console);\n"),
            ("javascript", "console.log = () => {}; process.exitCode = 0;\n"),
        ],
    )
    def test_one_that_has_assertions_mean_nothing(self, language, before):
        needs(language)
        prompt, right, part, tests = FUNCTIONS[language]
        reward = CheckCode(language=language, prelude="prompt", sandbox=jail(seconds=10.0))
        wrong = fenced(before + right.replace(part, f"{part} + 1"), language)
        assert reward([wrong], tests=[tests], prompt=[prompt]) == [-2.5]

    def test_assertions_of_a_module(self):
        needs("javascript")
        tests = "const assert = require('node:assert');\nassert.deepEqual(f(1), [1]);"
        reward = CheckCode(language="javascript", sandbox=jail(seconds=10.0))
        patched = "require('assert').deepEqual = () => {};\nconst f = x => 2;"
        texts = [fenced("const f = x => [x];", "js"), fenced(patched, "js")]
        assert reward(texts, tests=[tests] * 2) == [5.0, -2.5]

    def test_the_rest_of_a_function(self):
        needs("javascript")
        before, _, _, tests = FUNCTIONS["javascript"]
        reward = CheckCode(language="javascript", prelude="prompt", sandbox=jail(seconds=10.0))
        texts = ["  return xs.reduce((a, b) => a + b, 0);\n}", "  return 1;\n}"]
        assert reward(texts, tests=[tests] * 2, prompt=[before] * 2) == [5.0, -2.5]

    def test_what_both_have_is_there_once(self):
        needs("cpp")
        _, right, _, tests = FUNCTIONS["cpp"]
        helper = "int one(int x) { return x; }\n"
        before = f"#include <vector>\nusing namespace std;\n{helper}int total(vector<int> xs) {{\n"
        reward = CheckCode(language="cpp", prelude="prompt", sandbox=jail(seconds=10.0))
        texts = [fenced(helper + right, "cpp"), fenced(right, "cpp")]
        assert reward(texts, tests=[tests] * 2, prompt=[before] * 2) == [5.0, 5.0]

    def test_what_the_tests_need_and_nobody_has(self):
        needs("cpp")
        _, right, _, tests = FUNCTIONS["cpp"]
        tests = f"#include <no_such/header.hpp>\n{tests}"
        reward = CheckCode(language="cpp", prelude="prompt", sandbox=jail(seconds=10.0))
        before = "#include <vector>\nusing namespace std;\n"
        with pytest.warns(SandboxWarning, match="the tests need no_such/header.hpp"):
            assert reward([fenced(right, "cpp")], tests=[tests], prompt=[before]) == [None]
        # What a program asks for in vain is its own mistake.
        texts = [fenced(f"#include <no_such/header.hpp>\n{right}", "cpp")]
        assert reward(texts, tests=[FUNCTIONS["cpp"][3]], prompt=[before]) == [-2.5]
        with pytest.raises(ColumnError, match="require 'lodash'"):
            CheckCode(language="javascript")(["x"], tests=["const _ = require('lodash');"])

    def test_layouts(self):
        needs("javascript")
        _, right, _, tests = FUNCTIONS["javascript"]
        reward = CheckCode(language="javascript", sandbox=jail(seconds=10.0))
        rows = [tests, {"code": tests}, {"test": tests, "entry_point": "total"}, [tests, tests]]
        assert reward([fenced(right, "js")] * 4, tests=rows) == [5.0] * 4
        pairs = {"inputs": [[[1]]], "outputs": [1], "fn_name": "total"}
        with pytest.raises(ColumnError, match="about a function"):
            reward([fenced(right, "js")], tests=[pairs])


class TestLimits:
    """What is hostile is stopped, and nothing of it is left."""

    CPP = "#include <bits/stdc++.h>\n#include <unistd.h>\nint main() { %s }"

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("for (;;);", "longer than"),
            ("for (;;) puts(\"x\");", "bytes of output|longer than"),
            ("std::vector<char> v(3000000000UL, 'x'); puts(v.data());", "exit code"),
            ("return fork() < 0 ? 3 : 0;", "exit code 3"),
            ("return system(\"echo hi\") ? 4 : 0;", "exit code 4"),
            ("abort();", "exit code"),
            ("std::ofstream f(\"/tmp/program/main\"); return f ? 0 : 5;", "exit code 5"),
            ("std::ifstream f(\"/root/.bashrc\"); return f ? 0 : 6;", "exit code 6"),
            ("return 7;", "exit code 7"),
        ],
    )  # fmt: skip
    def test_a_program(self, body, said):
        needs("cpp")
        before = set(Path(tempfile.gettempdir()).glob("grpo-rewards-*"))
        outcome = CheckCode(
            language="cpp", sandbox=jail(seconds=2.0, output=100_000), all_or_nothing=True
        ).explain(fenced(self.CPP % body, "cpp"), tests=[{"input": "", "output": "x"}])
        assert outcome.score == -2.5
        assert any(each in outcome.reason for each in said.split("|"))
        assert set(Path(tempfile.gettempdir()).glob("grpo-rewards-*")) == before

    @pytest.mark.parametrize(
        "program",
        [
            "#include \"/dev/zero\"\nint main() {}",
            "#include \"/etc/shadow\"\nint main() {}",
            "template<int n> struct A { static const int v = A<n - 1>::v; };\nint main() { return A<9>::v; }",
            "int main() { asm(\".incbin \\\"/etc/shadow\\\"\"); }",
            "\x00\ud800",
        ],
    )  # fmt: skip
    def test_what_is_hostile_to_a_compiler(self, program):
        needs("cpp")
        job = Job(program=program, language="cpp")
        result = jail(seconds=2.0).run([job], deadline=120)[0]
        assert result.status in ("ran", "stopped")
        assert result.reason

    def test_javascript(self):
        needs("javascript")
        programs = ["for (;;);", "const a = []; for (;;) a.push(new Array(1e6).fill(1));",
                    "require('child_process').execSync('ls')", "process.exit(3)", "throw 1"]  # fmt: skip
        reward = CheckCode(language="javascript", sandbox=jail(seconds=3.0))
        texts = [fenced(program, "js") for program in programs]
        assert reward(texts, tests=[TESTS] * len(texts)) == [-2.5] * len(texts)


CHECKER = """
import sys
given, output, answer = (open(path).read().split() for path in sys.argv[1:])
ok = len(output) == 2 and int(output[0]) * int(output[1]) == int(given[0])
sys.exit(0 if ok and '1' not in output else 1)
"""
TESTLIB = """
#include <fstream>
int main(int, char** argv) {
    std::ifstream in(argv[1]), out(argv[2]), ans(argv[3]);
    long n, a, b;
    in >> n;
    if (!(out >> a >> b) || a < 2 || b < 2 || a * b != n) return 1;
    return 0;
}
"""


class TestCheckers:
    """Where many outputs are right, a program says which."""

    FACTORS = ({"input": "12\n", "output": "3 4\n"}, {"input": "35", "output": "5 7"})
    RIGHT = "n = int(input())\nfor a in range(2, n):\n    if n % a == 0:\n        print(a, n // a)\n        break"
    WRONG = "print(1, input())"
    HALF = "n = input()\nprint(3, 4)"

    @pytest.mark.parametrize(("source", "language"), [(CHECKER, "python"), (TESTLIB, "cpp")])
    def test_one(self, source, language):
        needs(language) if language != "python" else None
        reward = CheckCode(checker="checker", checker_language=language, sandbox=jail(seconds=10.0))
        texts = [self.RIGHT, self.WRONG, self.HALF, "print(1 / 0)"]
        scores = reward(texts, tests=[list(self.FACTORS)] * 4, checker=[source] * 4)
        assert scores == [5.0, -2.5, 2.5, -2.5]
        assert reward([self.RIGHT], tests=[list(self.FACTORS)], checker=[None]) == [2.5]

    def test_one_that_does_not_end_accepts_nothing(self):
        reward = CheckCode(checker="checker", sandbox=jail(seconds=1.0))
        outcome = reward.explain(self.RIGHT, tests=list(self.FACTORS), checker="while True: pass")
        assert outcome.score == -2.5
        assert "the checker does not accept it" in outcome.reason

    def test_it_is_for_scripts(self):
        with pytest.raises(ColumnError, match="about a function"):
            CheckCode(checker="checker")(["x"], tests=[["assert f(1) == 1"]], checker=["pass"])
