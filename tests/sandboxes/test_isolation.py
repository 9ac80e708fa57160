"""What hostile programs in a sandbox cannot read, write, reach or leave behind."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grpo_rewards.sandboxes import Job, Reply
from sandboxed import run

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")


def processes():
    """Each process of the system that runs: its parent, its command, and when it began."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = stat.read_text().split(" (", 1)
        except OSError:  # it has ended meanwhile
            continue
        name, rest = rest.rsplit(") ", 1)
        parts = rest.split()
        if parts[0] not in "ZX":
            found[int(pid)] = (int(parts[1]), name, parts[19])
    return found


def descendants(ancestor):
    """The processes that descend from one, each with when it began."""
    running = processes()
    found, more = {ancestor}, True
    while more:
        more = {pid for pid, (parent, *_) in running.items() if parent in found} - found
        found |= more
    return {pid: running[pid][2] for pid in found - {ancestor}}


def alive(pids):
    """Those of some processes that still run."""
    running = processes()
    return {pid: began for pid, began in pids.items() if running.get(pid, "---")[2] == began}


def children():
    """The processes that descend from this one, but Monty's workers, which wait for programs."""
    running = processes()
    return {pid for pid in descendants(os.getpid()) if running.get(pid, ("", ""))[1] != "monty"}


class TestIsolation:
    """What a program cannot reach, and what does not stay of it."""

    def test_it_cannot_read_the_environment(self, sandbox, monkeypatch):
        monkeypatch.setenv("WANDB_API_KEY", "a secret")
        result = run(sandbox, "import os", "os.environ.get('WANDB_API_KEY')", "os.environ['PATH']")
        assert "secret" not in repr(result)
        assert result.replies[1].value in (None, "/usr/bin:/bin")

    def test_it_cannot_read_files(self, sandbox, tmp_path):
        secret = tmp_path / "tests.json"
        secret.write_text("the expected values")
        paths = [secret, Path(__file__), "/etc/passwd", "/proc/1/environ", "/proc/self/mem"]
        result = run(sandbox, "", *(f"open({str(path)!r}).read()" for path in paths))
        assert len(result.replies) == len(paths)
        for reply in result.replies:
            assert reply.error.startswith(("FileNotFoundError", "PermissionError"))

    def test_it_cannot_write_outside_its_tmp(self, sandbox, tmp_path):
        name = f"grpo_rewards_{os.getpid()}"
        places = [
            tmp_path,
            Path.cwd(),
            Path.home(),
            *map(Path, "/ /usr /etc /dev /var/tmp".split()),
        ]
        writes = [f"open({str(place / name)!r}, 'w').write('x')" for place in places]
        result = run(sandbox, "", *writes)
        assert all(reply.error for reply in result.replies)
        assert not any((place / name).exists() for place in places)

    def test_its_tmp_is_its_own_and_is_gone_afterwards(self, jailed):
        name = f"/tmp/grpo_rewards_{os.getpid()}"
        write = f"def f():\n    open({name!r}, 'w').write('x')\n    return open({name!r}).read()"
        assert run(jailed, write, "f()").replies == (Reply(value="x"),)
        assert not Path(name).exists()
        assert run(jailed, "import os", "os.listdir('/tmp')").replies == (Reply(value=[]),)

    def test_its_tmp_is_small(self, jailed):
        fill = """
            def f():
                for n in range(100):
                    with open(f"/tmp/{n}", "wb") as file:
                        file.write(b"x" * 10**6)
            """
        assert "No space left" in run(jailed, fill, "f()").replies[0].error

    def test_it_cannot_open_a_socket(self, sandbox):
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(0.2)
            port = server.getsockname()[1]
            program = f"""
                def f():
                    import socket
                    return socket.create_connection(("127.0.0.1", {port}), timeout=1).fileno()
                """
            result = run(sandbox, program, "f()")
            assert result.status == "unsupported" or result.replies[0].error
            with pytest.raises(TimeoutError):
                server.accept()

    def test_it_cannot_reach_the_network(self, jailed):
        program = "import socket\ndef f(kind): return socket.socket(*kind).fileno()"
        kinds = ["(socket.AF_INET, socket.SOCK_DGRAM)", "(socket.AF_UNIX,)", "(socket.AF_INET6,)"]
        result = run(jailed, program, *(f"f({kind})" for kind in kinds))
        assert [reply.error.split(":")[0] for reply in result.replies] == ["PermissionError"] * 3

    @pytest.mark.parametrize(
        "body",
        [
            "import os\nwhile True: os.fork()",
            "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
            "import subprocess\nwhile True: subprocess.Popen(['/bin/sleep', '1000'])",
            "import os\nos.posix_spawn('/bin/sleep', ['sleep', '1000'], {})",
            "import multiprocessing as m\nm.Process(target=print).start()",
            "import threading as t\nwhile True: t.Thread(target=t.Event().wait).start()",
        ],
    )
    def test_it_cannot_fork(self, sandbox, body):
        before = children()
        result = run(sandbox, body, "1")
        assert result.status in ("stopped", "unsupported") or result.reason
        assert children() <= before

    @pytest.mark.parametrize(
        "body",
        [
            "import os\nos.kill(os.getppid(), 9)",
            "import os\nos.kill(1, 9)",
            "import os\nos.kill(-1, 9)",
            "import os\nos.killpg(0, 9)",
            "import os\nfor n in range(9**5):\n    try: os.kill(n, 9)\n    except: pass",
            "import os\nos.abort()",
            "import os\nos._exit(0)",
            "import ctypes\nctypes.string_at(0)",
            "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()",
        ],
    )
    def test_it_can_end_only_itself(self, sandbox, body):
        before = children()
        result = run(sandbox, body, "1 + 1")
        assert result.status in ("ran", "stopped", "unsupported")
        assert result.status != "ran" or result.reason or result.replies == (Reply(value=2),)
        assert children() <= before
        assert run(sandbox, "", "1 + 1").replies == (Reply(value=2),)

    def test_nothing_is_left_behind(self, sandbox):
        before, descriptors = children(), len(list(Path("/proc/self/fd").iterdir()))
        temporary = set(Path("/tmp").iterdir())
        programs = ["while True: pass", "x = 1", "x = [0] * 10**9", "def f(:", "1 / 0"]
        sandbox.run([Job(program=program, calls=("x",)) for program in programs], deadline=30)
        sandbox.run([Job(program=program) for program in programs], deadline=30)
        assert children() <= before
        assert not {path for path in Path("/tmp").iterdir() if "grpo" in path.name} - temporary
        # Monty's pool may have started meanwhile, and holds a few for good.
        assert len(list(Path("/proc/self/fd").iterdir())) <= descriptors + 12

    def test_nothing_survives_the_parent(self, jailed):
        code = (
            "from grpo_rewards.sandboxes import JailSandbox, Job\n"
            "box = JailSandbox(seconds=60)\n"
            "box.run([Job(program='import time\\ntime.sleep(12345)')], deadline=60)\n"
        )
        with subprocess.Popen([sys.executable, "-c", code]) as parent:
            end = time.monotonic() + 30
            inside: dict = {}
            # The jails by which it is found out whether there are any end by themselves.
            while time.monotonic() < end and (len(inside) < 3 or alive(inside) != inside):
                inside = descendants(parent.pid)
                time.sleep(0.5)
            parent.kill()
        assert len(inside) >= 3  # bubblewrap outside, bubblewrap inside, and Python
        end = time.monotonic() + 10
        while alive(inside) and time.monotonic() < end:
            time.sleep(0.05)
        assert alive(inside) == {}

    def test_one_run_leaves_nothing_to_the_next(self, sandbox):
        run(sandbox, "import math\nmath.pi = 3\nx = 1", "x")
        result = run(sandbox, "import math", "math.pi > 3.1", "x")
        assert result.replies[0] == Reply(value=True)
        assert result.replies[1].error.startswith("NameError")
