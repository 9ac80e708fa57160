"""A trainer with a busy worker starts two children, one after the other, that have workers too.

`test_workers_launch.py` runs this file, and kills the first child and then the trainer, which the
second child outlives. The arguments are multiprocessing's way to start a child, and a deadline.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import threading
import time

from test_workers import DIFFERENT, EQUAL, LIMITS, pids, stuck_pair

from grpo_rewards.answers.symbolic import pool as workers

workers.WORKERS = 2  # on one core, too, so that one is free beside the one that is stuck


def say(who: str) -> None:
    """Decide, and tell who did and with which workers."""
    answers = workers.decide([EQUAL, DIFFERENT] * 2, **LIMITS)
    line = {"who": who, "pid": os.getpid(), "answers": answers, "workers": pids()}
    os.write(1, f"{json.dumps(line)}\n".encode())


def keep_one_busy(deadline: float) -> None:
    threading.Thread(
        target=workers.decide,
        args=([stuck_pair()],),
        kwargs=LIMITS | {"deadline": deadline},
        daemon=True,
    ).start()


def outlive(parent: int, deadline: float) -> None:
    """What a child does."""
    say("child")
    keep_one_busy(deadline)
    while os.getppid() == parent:
        time.sleep(0.05)
    say("child alone")
    threading.Event().wait()


if __name__ == "__main__":  # for multiprocessing; the workers need none
    context = multiprocessing.get_context(sys.argv[1])
    limit = float(sys.argv[2])
    say("parent")
    keep_one_busy(limit)
    for _ in range(2):
        child = context.Process(target=outlive, args=(os.getpid(), limit))
        child.start()
        child.join()
        say("parent alone")
