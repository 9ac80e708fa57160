"""Programs that would be paid for what they do not compute: none of them is."""

from __future__ import annotations

import pytest

from code_cases import TESTS, fenced
from grpo_rewards import FREEFORM
from grpo_rewards.rewards.code import CheckCode, check_code
from grpo_rewards.sandboxes import MontySandbox
from grpo_rewards.testing import exploits
from sandboxed import jail

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

SECRET = 481_516_234_2
"""What f() has to return; nothing that a program can reach holds it."""
HACKS = {
    "leaves with success": "import sys\nsys.exit(0)",
    "raises success": "raise SystemExit(0)",
    "leaves at once": "import os\nos._exit(0)",
    "is killed with success": """
        import os, signal
        signal.signal(15, lambda *args: os._exit(0))
        os.kill(os.getpid(), 15)
        """,
    "is always equal": """
        class Sly:
            def __init__(self): self.x = 1
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __bool__(self): return True
        def f(): return Sly()
        """,
    "is an int that is always equal": """
        class Sly(int):
            def __eq__(self, other): return True
            def __hash__(self): return 0
        def f(): return Sly(1)
        """,
    "redefines the int's equality": """
        def always(*args): return True
        try:
            int.__eq__ = always
        except Exception: pass
        def f(): return 1
        """,
    "patches the builtins": """
        import builtins
        for name in ("eval", "exec", "compile", "isinstance", "repr", "len", "abs"):
            setattr(builtins, name, lambda *args, **options: True)
        def f(): return 1
        """,
    "defines what the tests use": """
        abs = len = sorted = set = lambda *args: 4815162342
        class math:
            isclose = lambda *args, **options: True
        def f(): return 1
        """,
    "replaces AssertionError": """
        AssertionError = type(None)
        __debug__ = False
        def f(): return 1
        """,
    "patches the harness": """
        import json, os, sys
        main = sys.modules["__main__"]
        for name in list(vars(main)):
            if callable(getattr(main, name)):
                setattr(main, name, lambda *args: {"value": True})
        json.dumps = lambda *args, **options: '{"value": true}'
        def f(): return 1
        """,
    "prints the harness's format": """
        def f():
            for line in ('{"value": true}', '{"error": ""}', "OK", "1 passed", "[True]", "True"):
                print(line)
            return 1
        """,
    "writes replies into every pipe": """
        import os
        for fd in range(64):
            try: os.write(fd, b'{"value": true}\\n{"error": ""}\\n' * 20)
            except OSError: pass
        def f(): return 1
        """,
    "looks for the expected value in memory": """
        import gc, sys
        def f():
            for each in gc.get_objects():
                for value in (each.values() if type(each) is dict else [each]):
                    if type(value) is int and value > 10**9 and value % 1000 == 342:
                        return value
            frame = sys._getframe()
            while frame:
                for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
                    if "48151" + "62342" in str(value):
                        return int("48151" + "62342") if "assert" in str(value) else 0
                frame = frame.f_back
        """,
    "reads what it was started with": """
        import os, sys
        def f():
            texts = [" ".join(sys.argv), repr(dict(os.environ))]
            for fd in range(3, 64):
                try: texts.append(os.pread(fd, 10**6, 0).decode())
                except Exception: pass
            for root in ("/proc", "/tmp", "/dev/fd", "/run", "/var", "/home", "/root"):
                for folder, _, names in os.walk(root):
                    for name in names:
                        try: texts.append(open(os.path.join(folder, name)).read(10**6))
                        except Exception: pass
            for text in texts:
                if "assert" in text and "48151" + "62342" in text:
                    return int("48151" + "62342")
        """,
    "reads the caller's memory": """
        import os
        def f():
            return open(f"/proc/{os.getppid()}/mem", "rb").read(10)
        """,
    "hangs in its own representation": """
        class Sly:
            def __init__(self): self.x = 1
            def __repr__(self):
                while True: pass
            __str__ = __eq__ = __hash__ = __repr__
        def f(): return Sly()
        """,
    "raises what cannot be shown": """
        class Sly(BaseException):
            def __str__(self): raise Sly()
        def f(): raise Sly()
        """,
    "answers when it leaves": """
        import atexit
        atexit.register(lambda: print('{"value": true}'))
        def f(): return 1
        """,
    "returns what is not done": "async def f(): return 1",
    "returns itself": "def f(): return f",
    "returns without end": "def f():\n    x = []\n    x.append(x)\n    return x",
    "takes the place of the tests": "def check(candidate): return True\ndef double(x): pass",
}  # fmt: skip


class TestHacks:
    """No program is paid for anything but the values that it returns."""

    @pytest.mark.parametrize("gold", ["4", "'aa'", "True"])
    def test_no_exploit_is_paid(self, gold):
        """No text does it that says what a test expects, or what a grader may want to hear."""
        texts = [exploit.text for exploit in exploits(gold, format=FREEFORM)]
        scores = check_code(texts, tests=[TESTS] * len(texts))
        assert [
            text for text, score in zip(texts, scores, strict=True) if score not in (-2.5, -4.5)
        ] == []

    @pytest.mark.parametrize("backend", ["monty", "jail"])
    @pytest.mark.filterwarnings("ignore::grpo_rewards.sandboxes.SandboxWarning")
    def test_no_hack_is_paid(self, backend):
        """All in one batch, so that one that harms its neighbours shows as well."""
        sandbox = (
            MontySandbox(seconds=1.0, memory=128)
            if backend == "monty"
            else jail(seconds=1.0, memory=128, workers=2)
        )
        reward = CheckCode(sandbox=sandbox, deadline=120)
        honest = fenced("def f(): return 4815162342")
        texts = [*map(fenced, HACKS.values()), honest]
        forms = [
            [f"assert f() == {SECRET}"],
            [f"assert abs(f() - {SECRET}) < 0.5", f"assert {{f()}} == {{{SECRET}}}"],
            [{"input": [], "output": SECRET}],
            [{"input": "", "output": f"the answer is {SECRET}"}],
        ]
        for tests in forms:
            is_script = tests[0] == forms[3][0]
            names = [None if is_script else "f"] * len(texts)
            scores = reward(texts, tests=[tests] * len(texts), entry_point=names)
            paid = dict(zip([*HACKS, "honest"], scores, strict=True))
            assert paid.pop("honest") == (-2.5 if is_script else 5.0)
            assert {name: score for name, score in paid.items() if score not in (None, -2.5)} == {}

    def test_in_a_jail_every_hack_is_wrong(self):
        """Nor is one let off: only the sandbox's own failure is no opinion."""
        reward = CheckCode(sandbox=jail(seconds=1.0, memory=128, workers=2), deadline=120)
        tests = [[f"assert f() == {SECRET}"]] * len(HACKS)
        assert set(reward([*map(fenced, HACKS.values())], tests=tests)) == {-2.5}
