"""A jail: what it needs of a machine, and which calls of the kernel it denies."""

from __future__ import annotations

import os
import pickle
import sys

import pytest

from grpo_rewards import OptionError
from grpo_rewards.sandboxes import JailSandbox, Reply
from grpo_rewards.sandboxes.jail import seccomp
from grpo_rewards.sandboxes.jail import setup as jail_setup
from sandboxed import LIMITS, run

pytest.importorskip("pydantic_monty", reason="pydantic-monty is not installed")

KERNEL = {
    # name: its numbers on x86-64 and arm64, and arguments
    "fork": ((57, None), ""),
    "vfork": ((58, None), ""),
    "socket": ((41, 198), "1, 1, 0"),
    "socketpair": ((53, 199), "2, 1, 0, space"),
    "ptrace": ((101, 117), "0, 0, 0, 0"),
    "mount": ((165, 40), "b'none', b'/tmp', b'tmpfs', 0, None"),
    "umount2": ((166, 39), "b'/tmp', 2"),
    "pivot_root": ((155, 41), "b'/tmp', b'/tmp'"),
    "chroot": ((161, 51), "b'/tmp'"),
    "unshare": ((272, 97), "0x10000000"),
    "setns": ((308, 268), "0, 0"),
    "personality": ((135, 92), "0xffffffff"),
    "bpf": ((321, 280), "0, None, 0"),
    "userfaultfd": ((323, 282), "1"),
    "perf_event_open": ((298, 241), "space, 0, -1, -1, 0"),
    "keyctl": ((250, 219), "0, -1, 0"),
    "add_key": ((248, 217), "b'user', b'a', b'b', 1, -1"),
    "request_key": ((249, 218), "b'user', b'a', None, 0"),
    "kexec_load": ((246, 104), "0, 0, None, 0"),
    "init_module": ((175, 105), "None, 0, b''"),
    "finit_module": ((313, 273), "0, b'', 0"),
    "delete_module": ((176, 106), "b'no_such_module', 0"),
    "open_by_handle_at": ((304, 265), "-1, None, 0"),
    "process_vm_readv": ((310, 270), "os.getpid(), None, 0, None, 0, 0"),
    "process_vm_writev": ((311, 271), "os.getpid(), None, 0, None, 0, 0"),
    "io_uring_setup": ((425, 425), "4, space"),
    "io_uring_enter": ((426, 426), "0, 0, 0, 0, None, 0"),
    "io_uring_register": ((427, 427), "0, 0, None, 0"),
    "open_tree": ((428, 428), "-100, b'/', 0"),
    "move_mount": ((429, 429), "-100, b'/', -100, b'/', 0"),
    "fsopen": ((430, 430), "b'tmpfs', 0"),
    "fsconfig": ((431, 431), "0, 0, None, None, 0"),
    "fsmount": ((432, 432), "0, 0, 0"),
    "pidfd_getfd": ((438, 438), "0, 0, 0"),
    "mount_setattr": ((442, 442), "-100, b'/', 0, None, 0"),
    "memfd_create": ((319, 279), "b'a', 0"),
    "memfd_secret": ((447, 447), "0"),
    "shmget": ((29, 194), "0, 4096, 0o1600"),
    "msgget": ((68, 186), "0, 0o1600"),
    "semget": ((64, 190), "0, 1, 0o1600"),
    "mq_open": ((240, 180), "b'a', 66, 0o600, None"),
    "setxattr": ((188, 5), "b'/tmp', b'user.a', b'b', 1, 0"),
    "lsetxattr": ((189, 6), "b'/tmp', b'user.a', b'b', 1, 0"),
    "fsetxattr": ((190, 7), "0, b'user.a', b'b', 1, 0"),
    "setxattrat": ((463, 463), "-100, b'/tmp', 0, b'user.a', None, 0"),
    "io_setup": ((206, 0), "1, space"),
    "sendmsg": ((46, 211), "0, space, 0"),
    "sendmmsg": ((307, 269), "0, space, 1, 0"),
}
SYSCALL = """
    import ctypes, os
    libc = ctypes.CDLL(None, use_errno=True)
    space = ctypes.create_string_buffer(256)
    def call(number, *arguments):
        return libc.syscall(number, *arguments), ctypes.get_errno()
    """


class TestJail:
    """A jail that cannot be had is refused, with what to do about it."""

    @pytest.fixture(autouse=True)
    def ask_anew(self):
        jail_setup.require_jail.cache_clear()
        yield
        jail_setup.require_jail.cache_clear()

    def test_without_bubblewrap(self, monkeypatch):
        monkeypatch.setenv("PATH", "/nowhere")
        with pytest.raises(OptionError, match="apt-get install bubblewrap"):
            JailSandbox()

    def test_on_another_system(self, monkeypatch):
        monkeypatch.setattr(jail_setup.platform, "machine", lambda: "riscv64")
        with pytest.raises(OptionError, match="x86_64 or aarch64"):
            JailSandbox()

    def test_without_user_namespaces(self, monkeypatch, tmp_path):
        (tmp_path / "bwrap").write_text(
            "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n"
        )
        (tmp_path / "bwrap").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        with pytest.raises(OptionError, match="Permission denied") as error:
            JailSandbox()
        assert "userns" in str(error.value)

    def test_with_a_bubblewrap_that_confines_nothing(self, monkeypatch, tmp_path):
        """It would run the programs, and that is why its filter of system calls is tried out."""
        (tmp_path / "bwrap").write_text("#!/bin/sh\necho 42\n")
        (tmp_path / "bwrap").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        with pytest.raises(OptionError, match="does not work here"):
            JailSandbox()

    def test_unpickled_where_there_is_none(self, jailed, monkeypatch):
        copy = pickle.loads(pickle.dumps(jailed))
        monkeypatch.setenv("PATH", "/nowhere")
        jail_setup.require_jail.cache_clear()
        with pytest.raises(OptionError, match="bubblewrap"):
            run(copy, "", "1")

    @pytest.mark.parametrize(
        ("options", "found"),
        [
            ({"python": "python3"}, "absolute path"),
            ({"readable": ("data",)}, "absolute paths"),
            ({"readable": "/opt"}, "absolute paths"),
        ],
    )
    def test_options_that_cannot_work(self, options, found):
        with pytest.raises(OptionError, match=found):
            JailSandbox(**options)

    def test_what_is_readable_can_be_read_and_not_written(self, jailed, tmp_path):
        (tmp_path / "words.txt").write_text("words")
        box = JailSandbox(readable=(str(tmp_path),), **LIMITS)
        path = str(tmp_path / "words.txt")
        replies = run(box, "", f"open({path!r}).read()", f"open({path!r}, 'w')").replies
        assert replies[0] == Reply(value="words")
        assert "Read-only" in replies[1].error

    def test_the_packages_of_a_virtual_environment(self, jailed):
        box = JailSandbox(python=sys.executable, readable=(sys.prefix,), **LIMITS)
        calls = ("__import__('hypothesis').__name__",)
        assert run(jailed, "", *calls).replies[0].error.startswith("ModuleNotFoundError")
        assert run(box, "", *calls).replies == (Reply(value="hypothesis"),)

    def test_one_that_does_not_start_has_failed(self, jailed, monkeypatch):
        monkeypatch.setattr(JailSandbox, "_require", lambda self: ("/bin/false", "python"))
        assert run(jailed, "", "1").status == "failed"
        monkeypatch.setattr(JailSandbox, "_require", lambda self: ("/no/such/file", "python"))
        assert run(jailed, "", "1").status == "failed"

    @pytest.mark.parametrize("name", KERNEL)
    def test_calls_of_the_kernel_that_exploits_use(self, jailed, name):
        """Each with arguments that it takes elsewhere, so that it is the filter that denies it."""
        numbers, arguments = KERNEL[name]
        number = numbers[("x86_64", "aarch64").index(os.uname().machine)]
        if number is None:
            pytest.skip("this machine has no such call")
        reply = run(jailed, SYSCALL, f"call({number}, {arguments})").replies[0]
        assert reply.value == (-1, 1)  # not permitted

    def test_every_denied_call_is_tried(self):
        tried = {name: numbers for name, (numbers, _) in KERNEL.items()}
        assert tried == {**seccomp._DENIED, "socketpair": seccomp._SOCKETPAIR}
        assert len(seccomp.program()) % 8 == 0

    def test_asyncio_works_with_the_socket_pair_that_it_needs(self, jailed):
        program = """
            import asyncio, socket
            async def f():
                await asyncio.sleep(0.001)
                return 5
            def family():
                return socket.socketpair()[0].family.name
            """
        replies = run(jailed, program, "asyncio.run(f())", "family()").replies
        assert [reply.value for reply in replies] == [5, "AF_UNIX"]

    def test_it_is_nobody_in_particular(self, jailed):
        program = "import os"
        replies = run(
            jailed, program, "os.listdir('/')", "os.getpid() < 10", "dict(os.environ)"
        ).replies
        assert "proc" not in replies[0].value
        assert "home" not in replies[0].value
        assert replies[1].value
        assert os.environ["PATH"] not in replies[2].value.values()
