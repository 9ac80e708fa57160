"""Hostile answers among ordinary ones: what each verifier makes of them, in seconds and memory.

    python benchmarks/hostile.py          # some twenty minutes, for the peers
    python benchmarks/hostile.py --quick  # this package only
    python benchmarks/hostile.py --each   # this package, text by text, the slowest first

`check_answer` gets one batch: every text of `hostile_texts` as the answer to each of a few ordinary
golds, and a swarm of distinct ones that no cache helps with, spread among 1,000 ordinary
completions whose truth is known. It runs in a process of its own, once in the main thread and once
in another one. Then a training batch of 4,096, in which 60 texts want the symbolic rule for ever
and 100 ordinary answers want it for a moment, twice: the second time it is known. Then math-verify (as it comes, in the main
thread) and TRL's `accuracy_reward` (in another thread, where it has no time limit) get the same
texts, one after the other, in processes that are killed when a text takes too long.

The exit status is 1 when an ordinary answer is misjudged, a hostile one is paid, or a process is
left. Memory and processes are read from /proc, so this runs on Linux only.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from batches import batch
from hostile_texts import ENDLESS, HOSTILE, SWARM

GOLDS = ("42", r"3\sqrt{2}", "x^2+5x+6")
"""Each hostile text is an answer to each of these; the peers get the last one only."""
ORDINARY = 1_000
MARK = "GRPO_REWARDS_HOSTILE"
"""An environment variable by which a measured process, and what it started, can be found."""
TRAINING_BATCH = 4_096
SYMBOLIC = 100
"""Ordinary answers of the training batch that only the symbolic rule decides."""
PROMPTLY = 2.0
"""Seconds; the deadline that this package gives a pair."""
PEER_MEMORY = 6 << 30
"""Bytes of address space a peer's process may have, so that it does not take the machine with it."""
START_LIMIT = 300.0
DIED = "the process died"


# This package ---------------------------------------------------------------------------------


def measure(seed: int) -> dict[str, Any]:
    """Seconds and verdicts of the one batch, in this process and this thread."""
    from grpo_rewards import check_answer

    samples = batch(ORDINARY // 8, 8, seed)
    rows = [(sample.gold, sample.completion, sample.is_right) for sample in samples]
    rows += [
        (gold, f"Let us see.<end_working_out><SOLUTION>{text}</SOLUTION>", None)
        for gold, text in hostile_pairs()
    ]
    random.Random(seed).shuffle(rows)
    start = time.perf_counter()
    scores = check_answer([row[1] for row in rows], answer=[row[0] for row in rows])
    seconds = time.perf_counter() - start
    paid = [score == check_answer.correct for score in scores]
    return {
        "seconds": seconds,
        "right": sum(said == truth for said, (_, _, truth) in zip(paid, rows, strict=True)),
        "paid": sum(said for said, (_, _, truth) in zip(paid, rows, strict=True) if truth is None),
    }


def training_batch(seed: int) -> list[tuple[str, str, bool | None]]:
    """Gold, completion and truth of every row; no truth where the answer is hostile."""
    rows: list[tuple[str, str, bool | None]] = [
        (GOLDS[0], f"Let us see.<end_working_out><SOLUTION>{text}</SOLUTION>", None)
        for text in ENDLESS
    ]
    for n in range(1, SYMBOLIC + 1):
        answer = rf"2^{{2^{{10^9}}+{n + n % 2}}}"
        text = f"Let us see.<end_working_out><SOLUTION>{answer}</SOLUTION>"
        rows.append((rf"{2**n} \cdot 2^{{2^{{10^9}}}}", text, n % 2 == 0))
    wanted = TRAINING_BATCH - len(rows)
    samples = batch(-(-wanted // 8), 8, seed)[:wanted]
    rows += [(sample.gold, sample.completion, sample.is_right) for sample in samples]
    random.Random(seed).shuffle(rows)
    return rows


def measure_training(seed: int) -> list[dict[str, Any]]:
    """Seconds and verdicts of the training batch, when it comes and when it comes again."""
    from grpo_rewards import Batch, check_answer, compare

    compare("2^{2^{10^8}+1}", r"2 \cdot 2^{2^{10^8}}")  # which starts a worker
    rows = training_batch(seed)
    found = []
    for _ in range(2):
        before = resident()
        start = time.perf_counter()
        columns = {"answer": [gold for gold, _, _ in rows]}
        outcomes = Batch([text for _, text, _ in rows], **columns).outcomes(check_answer)
        seconds = time.perf_counter() - start
        figures = {"seconds": seconds, "right": 0, "wrong": 0, "undecided": 0, "paid": 0}
        for outcome, (_, _, truth) in zip(outcomes, rows, strict=True):
            paid = outcome.score == check_answer.correct
            if truth is None:
                figures["paid"] += paid
            elif outcome.reason.startswith("undecided"):
                figures["undecided"] += 1
            else:
                figures["right" if paid == truth else "wrong"] += 1
        found.append(figures | {"kept": resident() - before})
    return found


def resident() -> int:
    """MiB that this process has in memory."""
    gc.collect()
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) >> 10
    return 0


def hostile_pairs() -> list[tuple[str, str]]:
    pairs = [(gold, text) for gold in GOLDS for text in HOSTILE.values()]
    return pairs + [(GOLDS[-1], text) for text in SWARM]


def measured_process(thread: str, seed: int) -> None:
    """What a measured process does: print the figures of the batch, from the thread asked for."""
    if thread == "training":
        print(json.dumps(measure_training(seed)))
        return
    if thread == "main":
        print(json.dumps(measure(seed)))
        return
    worker = threading.Thread(target=lambda: print(json.dumps(measure(seed))))
    worker.start()
    worker.join()


def in_child(thread: str, seed: int) -> tuple[Any, dict[str, int]]:
    """The figures of a measured process, its memory and its workers', and what it left behind."""
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        [sys.executable, __file__, "--measure", thread, "--seed", str(seed)],
        env={**os.environ, MARK: mark},
        stdout=subprocess.PIPE,
        text=True,
    )
    own, workers = 0, {}
    while process.poll() is None:
        own = max(own, peak_memory(process.pid))
        for pid in children(process.pid):
            workers[pid] = max(workers.get(pid, 0), peak_memory(pid))
        time.sleep(0.02)
    output = process.stdout.read() if process.stdout else ""
    if process.returncode or not output:
        raise SystemExit(f"the measured process ended with status {process.returncode}")
    return json.loads(output), {
        "own": own,
        "worker": max(workers.values(), default=0),
        "workers": len(workers),
        "left": sum(1 for _ in marked(mark)),
    }


def children(pid: int) -> list[int]:
    """The processes that a process started, and those that these did."""
    found: list[int] = []
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, read(listing).split()):
            found += [child, *children(child)]
    return found


def peak_memory(pid: int) -> int:
    """MiB that a process has had in memory at most; 0 when it is gone."""
    for line in read(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) >> 10
    return 0


def marked(mark: str) -> Iterator[int]:
    """The processes that were started with the mark in their environment, and still run."""
    for environment in Path("/proc").glob("[0-9]*/environ"):
        if f"{MARK}={mark}" in read(environment):
            yield int(environment.parent.name)


def read(path: Path) -> str:
    """A file of /proc; empty when the process is gone or somebody else's."""
    try:
        return path.read_bytes().decode(errors="replace")
    except OSError:
        return ""


def print_each() -> None:
    """Seconds of each hostile text by itself, over all golds, the slowest first."""
    from grpo_rewards import compare

    compare(r"\sqrt{-x^2-1}", r"i\sqrt{x^2+1}")  # which starts the workers
    times = []
    for name, text in HOSTILE.items():
        start = time.perf_counter()
        verdicts = [compare(gold, text) for gold in GOLDS]
        times.append((time.perf_counter() - start, name, {verdict.rule for verdict in verdicts}))
    print(f"| text | seconds, {len(GOLDS)} golds | rules |\n| --- | ---: | --- |")
    for seconds, name, rules in sorted(times, reverse=True):
        print(f"| {name} | {seconds:.3f} | {', '.join(sorted(rules))} |")


# Peers ----------------------------------------------------------------------------------------

Judge = Callable[[str, str], bool]


def math_verify(gold: str, answer: str) -> bool:
    from math_verify import parse, verify

    return bool(verify(parse(rf"\boxed{{{gold}}}"), parse(rf"\boxed{{{answer}}}")))


def trl_accuracy(gold: str, answer: str) -> bool:
    from trl.rewards import accuracy_reward

    (score,) = accuracy_reward(
        completions=[[{"content": rf"\boxed{{{answer}}}"}]], solution=[rf"\boxed{{{gold}}}"]
    )
    return score == 1.0


PEERS: dict[str, tuple[Judge, bool]] = {
    "math-verify, main thread": (math_verify, True),
    "TRL accuracy_reward, another thread": (trl_accuracy, False),
}


def serve(judge: Judge, connection: Connection, *, in_main_thread: bool) -> None:
    """A peer's process: judge the texts that come, and send back what was said or raised."""
    resource.setrlimit(resource.RLIMIT_AS, (PEER_MEMORY, PEER_MEMORY))
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 (until the process ends)

    def loop() -> None:
        judge(GOLDS[0], "1")  # which imports it
        connection.send("ready")
        while True:
            gold, answer = connection.recv()
            try:
                outcome: object = judge(gold, answer)
            except BaseException as error:  # noqa: BLE001 (math-verify's timeout is no Exception)
                outcome = type(error).__name__
            connection.send(outcome)

    if in_main_thread:
        loop()
    else:
        threading.Thread(target=loop, daemon=True).start()
        threading.Event().wait()


class Peer:
    """A peer's process, and a spare that starts meanwhile, for when it has to be killed."""

    def __init__(self, judge: Judge, *, in_main_thread: bool) -> None:
        self.judge, self.in_main_thread = judge, in_main_thread
        self.context = multiprocessing.get_context("spawn")
        self.spare = self.started()
        self.replace()

    def started(self) -> tuple[BaseProcess, Connection]:
        """A process that begins to import what it judges with."""
        ours, theirs = self.context.Pipe()
        process = self.context.Process(
            target=serve,
            args=(self.judge, theirs),
            kwargs={"in_main_thread": self.in_main_thread},
            daemon=True,
        )
        process.start()
        theirs.close()
        return process, ours

    def replace(self) -> None:
        """Go on with the spare, when it is ready."""
        (self.process, self.connection), self.spare = self.spare, self.started()
        if not self.connection.poll(START_LIMIT):
            raise SystemExit(f"{self.judge.__name__} could not be started")
        self.connection.recv()

    def ask(self, gold: str, answer: str, limit: float) -> tuple[float, object]:
        """Seconds, and what was said (a truth value), raised (its name), or ``None``: killed."""
        start = time.perf_counter()
        outcome: object = None
        self.connection.send((gold, answer))
        try:
            if self.connection.poll(limit):
                outcome = self.connection.recv()
        except EOFError:
            outcome = DIED
        seconds = time.perf_counter() - start
        if outcome is None or outcome == DIED:
            end(self.process)
            self.replace()
        return seconds, outcome

    def stop(self) -> None:
        """End both processes."""
        for process in (self.process, self.spare[0]):
            end(process)


def end(process: BaseProcess) -> None:
    process.kill()
    process.join()


def row_of_peer(name: str, limit: float) -> str:
    """The row of a peer in the table: how long the texts took it, and what it made of them."""
    judge, in_main_thread = PEERS[name]
    peer = Peer(judge, in_main_thread=in_main_thread)
    times, paid, raised, killed = [], 0, 0, []
    for text_name, text in HOSTILE.items():
        seconds, outcome = peer.ask(GOLDS[-1], text, limit)
        times.append(seconds)
        paid += outcome is True
        raised += isinstance(outcome, str)
        if outcome is None:
            killed.append(text_name)
        if seconds >= PROMPTLY:
            said = "killed" if outcome is None else outcome
            print(f"{name}: {text_name}: {seconds:.1f} s, {said}", file=sys.stderr, flush=True)
    peer.stop()
    prompt = sum(seconds < PROMPTLY for seconds in times)
    return (
        f"| {name} | {prompt} of {len(times)} | {max(times):.1f} | {len(killed)} | {raised} | {paid} "
        f"| {sum(times):.0f} | {', '.join(killed) or '-'} |"
    )


# The tables -----------------------------------------------------------------------------------


def print_ours(seed: int) -> bool:
    """Whether nothing was misjudged, paid or left behind."""
    print(
        f"{ORDINARY} ordinary pairs among {len(hostile_pairs())} hostile ones: {len(HOSTILE)} texts "
        f"for {len(GOLDS)} golds each, and {len(SWARM)} that are distinct\n"
    )
    print(
        "| check_answer in | seconds | ordinary right | hostile paid | peak MiB, own "
        "| peak MiB, a worker | processes started | processes left |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    fine = True
    for thread, where in (("main", "the main thread"), ("other", "another thread")):
        figures, about = in_child(thread, seed)
        found = figures | about
        fine &= found["right"] == ORDINARY and not found["paid"] and not found["left"]
        print(
            f"| {where} | {found['seconds']:.1f} | {found['right']} of {ORDINARY} | {found['paid']} "
            f"| {found['own']} | {found['worker']} | {found['workers']} | {found['left']} |",
            flush=True,
        )
    return fine


def print_training(seed: int) -> bool:
    """Whether every ordinary verdict was right, and nothing was paid or left behind."""
    print(
        f"\nA training batch of {TRAINING_BATCH}: {len(ENDLESS)} hostile answers, and {SYMBOLIC} "
        "ordinary ones that only the symbolic rule decides\n"
    )
    print(
        "| the batch comes | seconds | ordinary right | wrong | undecided | hostile paid "
        "| MiB kept | processes left |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    both, about = in_child("training", seed)
    ordinary = TRAINING_BATCH - len(ENDLESS)
    for when, found in zip(("first", "again"), both, strict=True):
        print(
            f"| {when} | {found['seconds']:.1f} | {found['right']} of {ordinary} | {found['wrong']} "
            f"| {found['undecided']} | {found['paid']} | {found['kept']} | {about['left']} |",
            flush=True,
        )
    return not about["left"] and all(
        found["right"] == ordinary and not found["paid"] for found in both
    )


def print_peers(limit: float) -> None:
    print(
        f"\n| one text after the other | ended within {PROMPTLY:g} s | longest, s "
        f"| killed after {limit:g} s | raised | paid | seconds in all | killed at |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |", flush=True)
    with ThreadPoolExecutor() as side_by_side:
        for row in side_by_side.map(row_of_peer, PEERS, [limit] * len(PEERS)):
            print(row, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="leave out the peers")
    parser.add_argument("--each", action="store_true", help="only seconds of each hostile text")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds a peer has for a text")
    parser.add_argument("--seed", type=int, default=2026, help="seed of the batch")
    parser.add_argument("--measure", choices=("main", "other", "training"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measured_process(arguments.measure, arguments.seed)
        return
    if arguments.each:
        print_each()
        return
    fine = print_ours(arguments.seed)
    fine &= print_training(arguments.seed)
    if not arguments.quick:
        print_peers(arguments.limit)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
