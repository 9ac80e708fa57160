"""A worker process: how one is started, the message it takes, and the loop that runs inside it.

The pool of them, and why there is a protocol of our own, is in `pool`. Only `serve`, which runs
in the worker, imports sympy, or another library that decides.
"""

from __future__ import annotations

import contextlib
import copyreg
import gc
import importlib
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from grpo_rewards.answers.notation.trees import (
    ONE,
    Constant,
    E,
    Factorial,
    Negation,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Tree,
    root,
)

__all__ = [
    "ANSWERS",
    "CLOCKED",
    "LATE",
    "LOST",
    "OVERDUE",
    "READY",
    "SECOND",
    "SPENT",
    "SYMBOLIC",
    "cancel",
    "kill",
    "message",
    "serve",
    "start",
    "wall_clock",
]

_HEADER = struct.Struct("!IdI")
"""What precedes a pickled pair: its length, its seconds of processor time, the memory cap in MiB."""
READY = b"r"
"""What a worker writes when sympy is imported; then one byte for each pair."""
ANSWERS: dict[bytes, bool | str] = {
    b"1": True,
    b"0": False,
    b"g": "no gold",
    b"a": "no answer",
}
"""What a rule may find: the last two only one that reads the texts itself."""
OVERDUE = b"t"
"""The pair took all the processor time it was given."""
SPENT = b"m"
"""The pair took all the memory it was given, or broke the interpreter: so it would again."""
LATE = b"w"
"""The machine was so busy that the pair had no time of its own for too long."""
LOST = b"l"
"""Something else ended the pair, which says nothing about it."""

CLOCKED = os.name == "posix"
"""Whether the kernel ends a pair by its processor time. Windows has no such clock, nor `fork`."""
WALL_CLOCK = 10
"""Times the processor time that a pair may take by the clock on the wall, on a machine that is busy."""
_GRACE = 3.0
"""Seconds beside that, for what is no comparison: the pair's way here, and the fork."""
_SHORTEST, _LONGEST = 1e-3, 1e6
"""Seconds that a clock can be set to."""
_PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between the attempts to fork, where the system has no room for another process."""
_COMMAND = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from grpo_rewards.answers.symbolic.process import serve; serve(sys.argv[1])"
)
SYMBOLIC, SECOND = "grpo_rewards.answers.symbolic.rule", "grpo_rewards.answers.second.math_verify"
"""The modules whose ``same`` decides in a worker: sympy, and another library that brings it."""


# The parent's side ----------------------------------------------------------------------------


def start(rule: str = SYMBOLIC) -> subprocess.Popen[bytes]:
    """A fresh interpreter that decides by a rule, imports from where this one does, sees no GPU, and hears no Ctrl-C.

    Isolated (``-I``), so that nothing is imported before it has the path of this one.
    """
    return subprocess.Popen(
        [sys.executable or "", "-I", "-c", _COMMAND, rule, *filter(_is_text, sys.path)],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": ""},
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _is_text(entry: object) -> bool:
    return isinstance(entry, str)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a worker and the pair that it has."""
    if sys.platform != "win32" and process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: of a zombie's group
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def cancel(process: subprocess.Popen[bytes]) -> None:
    """End only the pair that a worker has, where that is a process of its own."""
    if sys.platform == "win32":
        process.kill()
    elif process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGUSR1)


def wall_clock(seconds: float) -> float:
    """The seconds by the clock on the wall after which a pair's worker is given up."""
    return (WALL_CLOCK * seconds + 2 * _GRACE) if CLOCKED else seconds


def message(pair: tuple[Any, ...], *, seconds: float, memory: int) -> bytes | None:
    """A pair as a worker takes it; ``None`` if it is nested too deep to be sent."""
    body = io.BytesIO()
    try:
        _Pickler(body, pickle.HIGHEST_PROTOCOL).dump(tuple(pair))
    except RecursionError:
        return None
    return _HEADER.pack(body.tell(), seconds, memory) + body.getvalue()


def _as_integers(value: Fraction) -> tuple[type[Fraction], tuple[int, int]]:
    return Fraction, (value.numerator, value.denominator)


class _Pickler(pickle.Pickler):
    """Python 3.10 pickles a fraction as its digits, of which there is a limit."""

    dispatch_table = copyreg.dispatch_table | {Fraction: _as_integers}


# The worker's side ----------------------------------------------------------------------------

_Same = Callable[..., bool | str | None]
_EQUAL, _DIFFERENT, _NO_MEMORY, _NO_GOLD, _NO_ANSWER = range(10, 15)
"""How the process of a pair says what it found: by its exit status."""
_SAID = {
    _EQUAL: b"1",
    _DIFFERENT: b"0",
    _NO_MEMORY: SPENT,
    _NO_GOLD: b"g",
    _NO_ANSWER: b"a",
}
_FOUND = {True: _EQUAL, "no gold": _NO_GOLD, "no answer": _NO_ANSWER}


def serve(name: str = SYMBOLIC) -> None:
    """Answer the pairs that come on standard input, one byte each, until it is closed."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)  # so that nothing printed is taken for an answer
    die_with_parent = _prepare()
    # The parent never imports sympy.
    rule = importlib.import_module(name)
    _warm_up(rule.same, getattr(rule, "WARM_UP", None))
    os.dup2(nothing, 2)  # a failed start is shown; what sympy grumbles about a pair is not
    os.write(replies, READY)

    def leave_pipes() -> None:
        os.close(replies)  # lest the parent waits for us when the worker is gone
        requests.close()
        die_with_parent()

    while len(header := requests.read(_HEADER.size)) == _HEADER.size:
        length, seconds, memory = _HEADER.unpack(header)
        body = requests.read(length)
        if len(body) < length:
            break
        if CLOCKED:
            reply = _in_child(rule.same, body, seconds, memory, leave_pipes)
        else:
            reply = _SAID[_judge(rule.same, body)]
        os.write(replies, reply)
        if reply == SPENT and not CLOCKED:
            break  # what it filled may never be given back: a fresh process takes the next pair
    os._exit(0)


def _judge(same: _Same, body: bytes) -> int:
    try:
        found = same(*pickle.loads(body))  # noqa: S301 (the parent, which owns this process, wrote it)
    except MemoryError:
        return _NO_MEMORY
    except Exception:  # noqa: BLE001 (sympy raises anything, and then it has not decided)
        found = False
    return _FOUND.get(found, _DIFFERENT) if found else _DIFFERENT


def _in_child(
    same: _Same, body: bytes, seconds: float, memory: int, leave_pipes: Callable[[], None]
) -> bytes:
    """Judge a pair in a process of its own, in which sympy has seen no other pair.

    So no pair finds what another left behind, the kernel ends it by its own processor time
    whatever it does, and the next one starts at once.
    """
    for pause in (*_PAUSES, None):
        try:
            child = os.fork()
            break
        except OSError:
            if pause is None:
                return LOST
            time.sleep(pause)
    if child == 0:
        status = 1
        try:
            leave_pipes()
            _limit(seconds, memory)
            status = _judge(same, body)
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        return _SAID.get(os.WEXITSTATUS(status), LOST)
    return _ENDED.get(os.WTERMSIG(status), LOST)


def _warm_up(same: _Same, pairs: Sequence[tuple[Any, ...]] | None = None) -> None:
    """Have sympy import and cache what it needs for almost every pair."""
    for pair in _usual_pairs() if pairs is None else pairs:
        with contextlib.suppress(Exception):  # what it cannot decide it has prepared for as well
            same(*pair)
    gc.collect()
    gc.freeze()  # a child that collects garbage need not copy all this


def _usual_pairs() -> list[tuple[Tree, Tree]]:
    """Pairs that need what most pairs need."""
    x, two = Symbol("x"), Num(Fraction(2))
    large, larger = Num(Fraction(10**9)), Num(Fraction(10**9 + 1))
    square = Product((x, x))
    tower = Power(E, Num(Fraction(50)))
    shifted = Power(E, Sum((tower, two)))
    return [
        (root(Negation(Sum((square, ONE)))), Product((Constant("i"), root(Sum((square, ONE)))))),
        (shifted, Product((Power(E, two), Power(E, tower)))),
        (shifted, Product((Power(E, ONE), Power(E, tower)))),
        (Power(two, large), Quotient(Power(two, larger), two)),
        (Factorial(large), Factorial(larger)),
        (Quotient(x, Sum((x, Negation(x)))), ONE),
    ]


def _prepare() -> Callable[[], None]:
    """Leave no dump, die with the parent, and be the one that the system ends when memory is short.

    Returns:
        What a child of this process does to die with it.
    """
    sys.setrecursionlimit(5_000)
    if sys.platform == "win32":
        return lambda: None
    import resource  # noqa: PLC0415 (POSIX only)

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # An ignored or blocked signal would be inherited, and the kernel is to end what holds the GIL.
    for each in (*_CLOCKS, signal.SIGUSR1, signal.SIGCHLD):
        signal.signal(each, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _CLOCKS)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])  # it is meant for the child
    if sys.platform != "linux":
        return lambda: None
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123
        score.write("1000")
    try:
        import ctypes  # noqa: PLC0415 (Linux only)

        prctl: Any = ctypes.CDLL(None).prctl
    except (ImportError, OSError, AttributeError):
        return lambda: None
    pr_set_pdeathsig = 1
    prctl(pr_set_pdeathsig, signal.SIGKILL)
    parent = os.getpid()

    def die_with_parent() -> None:
        prctl(pr_set_pdeathsig, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)

    return die_with_parent


_CLOCKS: tuple[int, ...] = ()
_ENDED: dict[int, bytes] = {}
"""Signals that end a pair, and what that says of it."""
if sys.platform != "win32":
    _CLOCKS = (signal.SIGALRM, signal.SIGPROF)
    _ENDED.update({signal.SIGPROF: OVERDUE, signal.SIGALRM: LATE})
    for _crash in (signal.SIGSEGV, signal.SIGBUS, signal.SIGABRT, signal.SIGFPE, signal.SIGILL):
        _ENDED[_crash] = SPENT


def _limit(seconds: float, memory: int) -> None:
    """Set the clocks that end this process, and how many MiB it may have."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (POSIX only)

    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR1])
    seconds = min(max(seconds, _SHORTEST), _LONGEST)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, min(WALL_CLOCK * seconds + _GRACE, _LONGEST))
    with contextlib.suppress(ValueError, OSError):  # a lower limit of the system's own stays
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, hard))
