"""A worker process: how one is started, the message it takes, and the loop that runs inside it.

The pool of them, and why there is a protocol of our own, is in `workers`. Only `serve`, which runs
in the worker, imports sympy.
"""

from __future__ import annotations

import contextlib
import copyreg
import io
import os
import pickle
import signal
import struct
import subprocess
import sys
from fractions import Fraction

from grpo_rewards.answers.notation.trees import Tree

__all__ = ["ANSWERS", "READY", "message", "serve", "start"]

_HEADER = struct.Struct("!IdI")
"""What precedes a pickled pair: its length, the deadline in seconds, the memory cap in MiB."""
READY = b"r"
"""What a worker writes when sympy is imported; then one of `ANSWERS` for each pair."""
ANSWERS = {b"1": True, b"0": False}
_GRACE = 1.0
"""Seconds after which a worker ends itself if the parent, which kills it at the deadline, is gone."""
_LONGEST = 1e6
_COMMAND = (
    "import sys; sys.path[:] = sys.argv[1:]; "
    "from grpo_rewards.answers.symbolic.process import serve; serve()"
)


def start() -> subprocess.Popen[bytes]:
    """A fresh interpreter that imports from where this one does, sees no GPU, and hears no Ctrl-C.

    Isolated (``-I``), so that nothing is imported before it has the path of this one.
    """
    return subprocess.Popen(
        [sys.executable or "", "-I", "-c", _COMMAND, *filter(_is_text, sys.path)],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": ""},
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _is_text(entry: object) -> bool:
    return isinstance(entry, str)


def message(pair: tuple[Tree, Tree], *, deadline: float, memory: int) -> bytes | None:
    """A pair as a worker takes it; ``None`` if it is nested too deep to be sent."""
    body = io.BytesIO()
    try:
        _Pickler(body, pickle.HIGHEST_PROTOCOL).dump(tuple(pair))
    except RecursionError:
        return None
    return _HEADER.pack(body.tell(), deadline, memory) + body.getvalue()


def _as_integers(value: Fraction) -> tuple[type[Fraction], tuple[int, int]]:
    return Fraction, (value.numerator, value.denominator)


class _Pickler(pickle.Pickler):
    """Python 3.10 pickles a fraction as its digits, of which there is a limit."""

    dispatch_table = copyreg.dispatch_table | {Fraction: _as_integers}


def serve() -> None:
    """Answer the pairs that come on standard input, one byte each, until it is closed."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)  # so that nothing printed is taken for an answer
    _prepare()
    from grpo_rewards.answers.symbolic.rule import same  # noqa: PLC0415 (the parent never imports sympy)

    os.dup2(nothing, 2)  # a failed start is shown; what sympy grumbles about a pair is not
    os.write(replies, READY)
    while len(header := requests.read(_HEADER.size)) == _HEADER.size:
        length, deadline, memory = _HEADER.unpack(header)
        body = requests.read(length)
        if len(body) < length:
            break
        _limit(deadline + _GRACE, memory)
        try:
            equal = same(*pickle.loads(body)) is True  # noqa: S301 (the parent, which owns this process, wrote it)
        except MemoryError:
            break  # what it filled may never be given back: a fresh process takes the next pair
        except Exception:  # noqa: BLE001 (sympy raises anything, and then it has not decided)
            equal = False
        _limit(0, memory)
        os.write(replies, b"1" if equal else b"0")
    os._exit(0)


def _prepare() -> None:
    """Leave no dump, die with the parent, and be the one that the system ends when memory is short."""
    sys.setrecursionlimit(5_000)
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (POSIX only)

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # An ignored or blocked alarm would be inherited, and the kernel is to end what holds the GIL.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGALRM])
    if sys.platform == "linux":
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123
            score.write("1000")
        with contextlib.suppress(ImportError, OSError, AttributeError):
            import ctypes  # noqa: PLC0415 (Linux only)

            pr_set_pdeathsig = 1
            ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def _limit(seconds: float, memory: int) -> None:
    """Set the clock that ends this process (0 stops it), and how many MiB it may have."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (POSIX only)

    signal.setitimer(signal.ITIMER_REAL, min(seconds, _LONGEST) if seconds > _GRACE else 0)
    with contextlib.suppress(ValueError, OSError):  # a lower limit of the system's own stays
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory << 20, hard))
