"""Monty as a sandbox: where it does what Python does, and where it is known not to."""

from __future__ import annotations

import ast
import random
import subprocess
import sys
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards.rewards.code import CheckCode, check_code
from grpo_rewards.sandboxes import Job, MontySandbox, SandboxWarning, as_script, from_output
from grpo_rewards.sandboxes.monty.modules import EMULATED
from grpo_rewards.sandboxes.monty.prelude import preludes, stdin_lines
from grpo_rewards.sandboxes.monty.source import adapted
from model_programs import PROGRAMS
from sandboxed import jail

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


def run(program, *calls, stdin=None):
    job = Job(program=textwrap.dedent(program), calls=calls or None, stdin=stdin or "")
    return MontySandbox().run([job], deadline=30)[0]


def values(result):
    assert (result.status, result.reason) == ("ran", "")
    assert [reply.error for reply in result.replies] == [""] * len(result.replies)
    return [reply.value for reply in result.replies]


def in_python(program, *calls):
    """What a program of ours comes to here."""
    names = {"__name__": "program"}
    exec(textwrap.dedent(program), names)  # noqa: S102 (our own)
    return [eval(call, names) for call in calls]  # noqa: S307 (our own)


HEAPS = """
import heapq as hq
from heapq import heapify, heappop
def f(numbers, n):
    seen = []
    heap = []
    for number in numbers:
        hq.heappush(heap, number)
        seen.append(list(heap))
    other = list(numbers)
    heapify(other)
    seen.append(list(other))
    seen.append([hq.heappushpop(heap, n), hq.heapreplace(heap, -n), list(heap)])
    seen.append([hq.nlargest(n, numbers), hq.nsmallest(n, numbers, key=lambda x: -x)])
    while other:
        seen.append(heappop(other))
    return seen
"""


class TestRewritten:
    """What Monty does not know, and what stands for it, come to what they come to in Python."""

    @pytest.mark.parametrize(
        ("program", "calls"),
        [
            ("from heapq import *\ndef f(x):\n    heapify(x)\n    return x", ["f([3, 1, 2])"]),
            ("import heapq\nlen = max = sorted = None\ndef f(h): return heapq.nlargest(1, h)",
             ["f([1, 2])"]),
            ("import string, math\nfrom string import digits as d",
             ["string.ascii_lowercase + d + string.punctuation", "string.whitespace", "math.pi"]),
            ("from operator import mul, itemgetter\nimport operator",
             ["mul(3, 4)", "itemgetter(1)([5, 6])", "itemgetter(0, 2)('abc')",
              "operator.sub(7, 2)", "sorted([(1, 2), (2, 1)], key=operator.itemgetter(1))"]),
            ("from math import *\ndef f(x): return floor(sqrt(x)), gcd(6, 4), pi", ["f(10)"]),
            (("from typing import *\nfrom collections import *\n"
             "def f(x: List[int]) -> Dict: return dict(Counter(x))"), ["f([1, 1])"]),
            ("class A(object):\n    def f(self): return 1", ["A().f()"]),
            ("d, x = {'a': 1, 'b': 2}, [[1, 2, 3, 4]]\ndel d['a'], x[0][0]\ndel x[0][1:]",
             ["d", "x"]),
            ("def f(x):\n    try:\n        del x['z']\n    except KeyError:\n        return 1",
             ["f({})"]),
            ("d = {'a': 2, 'b': 1}",
             ["sorted(d, key=d.get)", "max(d, key=d.get)", "list(map('aab'.count, 'ab'))"]),
            ("out = []\nadd = out.append\nadd(1)\nout2, out = out, None\nadd(2)", ["out2"]),
            ("", ["sorted(['b', 'A'], key=str.lower)", "list(map(str.strip, [' a']))",
                  "str.join('-', 'ab')", "list(filter(str.isdigit, 'a1'))"]),
            ("class A:\n    def __init__(self): self.count = 3\nx = A().count\nindex = [x].index",
             ["x", "index(3)"]),
            ("def f(x): return next((n for n in x if n > 1), None)", ["f([1, 2, 3])", "f([])"]),
            ("def f(x, n): return round(x, n)",
             ["f(2.675, 2)", "f(-375.715, 2)", "f(5, -1)", "f(1e300, 2)", "f(2.5, 0)",
              "f(1234.5, -2)"]),
            (("import sys\nsys.setrecursionlimit(10**6)\n"
             "def f(n): return n and 1 + f(n - 1)"), ["f(5000)", "sys.maxsize"]),
            ("import sys\ndef f(x):\n    print(x, file=sys.stderr)\n    return x", ["f(1)"]),
            ("def f(x):\n    import heapq\n    heapq.heapify(x)\n    return x", ["f([2, 1])"]),
            ("import re\ndef f(s): return re.sub(r'([a-z])([A-Z])', r'\\1_\\2', s).lower()",
             ["f('camelCaseString')"]),
            ("import re\nwords = re.compile(r'(\\w+)')\ndef f(s): return words.sub(r'\\1x\\n', s)",
             ["f('a b')"]),
            ("import re\ndef f(s): return re.findall(r'a$', s), re.findall(r'a\\Z', s)",
             ["f('a\\n')", "f('a')"]),
            ("def f(x): return bytes(x), bytes(3)", ["f([65, 66])", "f(range(3))"]),
            ("import os\nfrom os import path\ndef f(p): return os.path.exists(p), path.isfile(p)",
             ["f('tmp.in')"]),
            (("def f(p):\n    try:\n        open(p)\n    except FileNotFoundError:\n"
             "        return 1"), ["f('no-such-file')"]),
            ("from operator import *\ndef f(x): return abs(x), add(x, 1), neg(x)", ["f(-3)"]),
            ("from heapq import *\nfrom math import *\ndef f(*x): return list(merge(*x)), ceil(2.)",
             ["f([1, 4], [2, 2], [])"]),
            ("def f(n): return n.bit_length(), (n + 5).bit_count(), (n / 2).is_integer()",
             ["f(0)", "f(255)", "f(-8)", "f(2**70)"]),
            (("class A:\n    def bit_length(self): return 'mine'\n"
             "def f(): return A().bit_length(), (5 .bit_length)()"), []),
            ("import cmath\ndef f(x): return cmath.sqrt(x), cmath.phase(x), cmath.polar(x)",
             ["f(-4)", "f(3 + 4j)", "f(0)", "f(-2.5 - 1e-9j)"]),
            (("from collections import Counter, defaultdict, deque\nc, d, e = Counter('aab'), "
             "defaultdict(int, {1: 2, 3: 4}), deque([1, 2, 3])\ndel c['a'], c['z'], d[1], e[-2]"),
             ["dict(c)", "dict(d)", "list(e)"]),
            ("class A:\n    def __delitem__(self, key): self.key = key\na = A()\ndel a[7]",
             ["a.key"]),
            ("def f(x):\n    y = x\n    del x\n    return y", ["f(2)"]),
            (("def f(n):\n    def up(n):\n        for i in range(n):\n            if i == 3:\n"
             "                return\n            yield i\n        yield from 'ab'\n"
             "    return list(up(n)), sum(up(2) if n == 0 else [1])"), ["f(2)", "f(9)"]),
            ("def f(s): return ''.join(sorted(set(s))), len({x for x in s})", ["f('banana')"]),
            ("def f(x): return sum(n * n for n in set(x)), max(set(x), key=x.count)",
             ["f([3, 1, 3])"]),
            ("import itertools\ndef f(): return next(n for n in itertools.count(2) if n)", ["f()"]),
            ("def f():\n    x = map(str, [1, 2])\n    return x.__next__(), list(x)", ["f()"]),
            (("from itertools import cycle\ndef f():\n"
             "    for i, x in enumerate(cycle([1])):\n        if i == 2: return i"), ["f()"]),
            ("def f(x=(8, 2)):\n    s = set(x)\n    return s.pop() % 8 + 8", ["f()"]),
        ],
    )  # fmt: skip
    def test_a_program(self, program, calls):
        # Some calls have in them what is only rewritten in programs.
        names = [f"_{place}" for place in range(len(calls))]
        lines = "\n".join(f"{n} = {call}" for n, call in zip(names, calls, strict=True))
        if "def f" not in program:
            program, calls = f"{program}\n{lines}", names
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "setrecursionlimit", lambda n: None)
            expected = in_python(program, *[c for c in calls if "5000" not in c])
        found = values(run(program, *calls))
        assert [v for v, c in zip(found, calls, strict=True) if "5000" not in c] == expected

    def test_heaps(self):
        chance = random.Random(5)
        for _ in range(5):
            numbers = [chance.randint(0, 9) for _ in range(chance.randint(2, 12))]
            call = f"f({numbers}, {chance.randint(1, 9)})"
            assert values(run(HEAPS, call)) == in_python(HEAPS, call)

    def test_rounding(self):
        chance = random.Random(6)
        pairs = [
            (chance.randint(-(10**6), 10**6) / 10 ** chance.randint(0, 5), chance.randint(0, 4))
            for _ in range(300)
        ]
        program = f"def f(): return [round(x, n) for x, n in {pairs}]"
        assert values(run(program, "f()")) == in_python(program, "f()")

    @pytest.mark.parametrize(
        "program",
        [
            "import sys\ndata = sys.stdin.read().split()\nprint(data)",
            "import sys\ninput = sys.stdin.readline\nn = int(input())\nprint(n, repr(input()))",
            "import sys\nfor line in sys.stdin:\n    print(repr(line))",
            "from sys import stdin, stdout\nstdout.write(str(len(stdin.readlines())) + '\\n')",
            "import sys\nprint(list(map(int, sys.stdin.buffer.readline().split())))",
            "import sys\nx = sys.stdin.buffer.read().decode()\nsys.stdout.buffer.write(x.encode())",
            "import sys\nprint(input())\nprint(sys.stdin.read())\nprint(sys.stdin.read() == '')",
            "import sys\nlines = iter(sys.stdin.read().splitlines())\nprint(next(lines))",
            "import sys\nlines = [x.rstrip() for x in sys.stdin]\nprint(lines, file=sys.stdout)",
            "import sys\nprint(0, file=sys.stderr)\nsys.stderr.write('x')\nprint(1, 2, sep='')",
            "print(open(0).read())",
            "with open(0) as f:\n    print(f.readline())",
            "import sys\nprint(input())\nsys.exit()\nprint(1)",
            "print(input())\nexit(0)",
            "from sys import exit\nprint(1)\nexit(3)",
            "import sys\ntry:\n    sys.exit(0)\nexcept Exception:\n    print('no')",
            "while True:\n    try:\n        print(input())\n    except EOFError:\n        break",
            "try:\n    [][1]\nexcept EOFError:\n    print('no')\nexcept IndexError:\n    print(1)",
            "import sys\nprint(sys.stdin.readline(), end='')\nsys.stdout.flush()\n[lambda: 1]",
            (
                "import sys, threading\ndef main():\n    print(input())\n"
                "threading.stack_size(1 << 27)\nsys.setrecursionlimit(1 << 20)\n"
                "thread = threading.Thread(target=main)\nthread.start()\nthread.join()\nprint(1)"
            ),
            (
                "from threading import Thread, stack_size\nstack_size(2 ** 26)\n"
                "def run(*args, end=''):\n    print(*args, end=end)\n"
                "t = Thread(target=run, args=(1, 2), kwargs={'end': '!'})\nt.start()\nt.join()"
            ),
            (
                "import os, sys\nif os.path.exists('input.txt'):\n"
                "    sys.stdin = open('input.txt')\nprint(input())"
            ),
            "import resource\nresource.setrlimit(resource.RLIMIT_STACK, (-1, -1))\nprint(input())",
        ],
    )
    @pytest.mark.parametrize("stdin", ["1\n2 3\n", "7\r\n8", "5\n\n"])
    def test_a_script(self, program, stdin):
        job = Job(program=program, stdin=stdin)
        ran = subprocess.run(
            [sys.executable, "-c", as_script(job)],
            input=stdin.encode(),
            capture_output=True,
            check=False,
        )
        expected = from_output(job, ran.stdout.decode().replace("\r\n", "\n"))
        found = run(program, stdin=stdin)
        assert (found.status, found.output.replace("\r\n", "\n")) == ("ran", expected.output)
        assert bool(found.reason) is bool(expected.reason)

    def test_what_needs_nothing_is_left_as_it_is(self):
        program = "def  f( x ):  # as it is\n    return x.get( 1 )"
        assert adapted(program).source == program
        assert "heapq" not in adapted(program).prelude

    @given(st.text() | st.text(st.sampled_from("import sys\n .=*(),_del[]:xset")))
    def test_no_text_raises(self, text):
        assert isinstance(adapted(text).source, str)

    @pytest.mark.parametrize(
        "program",
        ["-" * 50_000 + "1", "(" * 5_000, "x." * 9_000 + "y", "1+" * 9_000 + "1", "\x00", "\ud800"],
    )
    def test_no_hostile_text_raises(self, program):
        assert adapted(program).source == program

    def test_every_emulated_name_is_there(self):
        for module, names in EMULATED.items():
            calls = [f"{module}.{name} is None" for name in names]
            assert not any(values(run(f"import {module}", *calls)))
            ast.parse(preludes()[module])

    @given(st.text(st.sampled_from("ab\n")))
    def test_lines(self, text):
        assert "".join(stdin_lines(text)[::-1]) == text


class TestProgramsOfModels:
    """A right program is right, or has no verdict; it is never wrong for what a sandbox lacks."""

    def judged(self, sandbox):
        programs, tests, functions = zip(*PROGRAMS.values(), strict=True)
        texts = [f"```python\n{program.strip()}\n```" for program in programs]
        scores = CheckCode(sandbox=sandbox)(texts, tests=tests, entry_point=functions)
        return dict(zip(PROGRAMS, scores, strict=True))

    @pytest.mark.filterwarnings("ignore::grpo_rewards.sandboxes.SandboxWarning")
    def test_in_monty(self):
        found = self.judged(MontySandbox())
        assert {name: score for name, score in found.items() if score not in (5.0, None)} == {}
        unsupported = [name for name, score in found.items() if score is None]
        assert len(unsupported) < len(found) / 10

    def test_in_a_jail(self):
        assert set(self.judged(jail()).values()) == {5.0}


class TestDoubted:
    """What fails by what Monty does otherwise than Python is not held to be wrong."""

    @pytest.mark.parametrize(
        ("program", "doubt"),
        [
            (("class A:\n    def __ne__(self, other): return False\n"
             "def f(): return 3 if A() != A() else 2"), "__ne__"),
            (("class A:\n    def __format__(self, spec): return 'ab'\n"
             "def f(): return len(f'{A():>9}')"), "__format__"),
            (("class A:\n    def f(self): return 1\ndef f():\n    try: return len(A.__dict__)\n"
             "    except AttributeError: return 3"), "__dict__"),
            (("def f():\n    try: return 1 // 0\n    except Exception as error:\n"
             "        return 2 if type(error) is ZeroDivisionError else 3"), "other types"),
            (("import itertools\ndef f():\n"
             "    return next(x for y in itertools.count(1) for x in [y] if x > 1)"), "at once"),
            ("def f():\n    for n in {8, 3, 9}:\n        if n in (3, 9): return n", "order"),
            ("def f():\n    for n in {'h', 'c', 'i'}:\n        if n > 'c': return n", "order"),
            ("def f(x=('h', 'b')):\n    s = set(x)\n    return s.pop()", "order"),
            ("def g():\n    while True: yield 1\ndef f(): return sum(g())", "slower"),
            ("def f(): return hasattr(1, 'real') + 1", "attributes"),
            ("import re\ndef f(): return len(re.split('x*', 'axb')) - 3", "empty matches"),
            (("def g():\n    try:\n        while True: yield 2\n    finally: pass\n"
             "def f(): return next(g())"), "at once"),
            ("def f():\n    try: return int('٢')\n    except ValueError: return 0", "digits"),
        ],
    )  # fmt: skip
    def test_it_has_no_opinion(self, program, doubt):
        tests = ["assert f() == 2"]
        reward = CheckCode(sandbox=MontySandbox(seconds=0.5))
        with pytest.warns(SandboxWarning, match="may be why it fails"):
            outcome = reward.explain(program, tests=tests)
        assert outcome.score is None
        assert doubt in outcome.reason

    @pytest.mark.parametrize(
        "program",
        [
            "class A:\n    def __len__(self): return 9\ndef f(): return 2",
            "def f():\n    return sum(n for n in {1} | {1})  + 1",
            "def f():\n    total = 0\n    for n in {0, 2}: total += n\n    return total",
        ],
    )
    def test_what_passes_is_paid(self, program):
        assert check_code([program], tests=[["assert f() == 2"]]) == [5.0]

    @pytest.mark.parametrize(
        "program",
        [
            "def f():\n    seen = set()\n    seen.add(1)\n    return 3 if 1 in seen else 2",
            "def f(): return sorted(set([3, 1]))[0] + len({1})  * 9",
            "def f(): return sum(n for n in [1]) + len(list(zip([1], [2])))  * 9",
            (
                "class A:\n    def __init__(self): self.x = 3\n    def __repr__(self): return ''\n"
                "def f(): return A().x"
            ),
        ],
    )
    def test_what_fails_beyond_doubt_is_wrong(self, program):
        assert check_code([program], tests=[["assert f() == 2"]]) == [-2.5]

    def test_what_a_worker_crashes_of_is_unsupported(self):
        program = """
            import sys
            sys.setrecursionlimit(10**6)
            def f():
                x = ()
                for _ in range(99_000):
                    x = (x,)
                return hash(x)
            """
        assert run(program, "f()").status in ("ran", "unsupported")

    def test_what_memory_a_call_takes_is_the_program_s_fault(self):
        """Monty's worker is ended by it, which is no failure of the sandbox."""
        program = "def f(n): return [0] * n if n < 9 else 'x' * 2 * 10**8"
        result = run(program, "f(1)", "f(9)", "f(1)")
        assert result.status == "stopped"
        assert "memory" in result.reason
        assert [reply.value for reply in result.replies] == [[0]]
