"""A trainer's script, with no guard around its main code: it compares, and says what it found.

`test_workers_launch.py` has `accelerate launch` start this file in two processes. Each writes what
it found into the folder that the first argument names, and waits then, for as many seconds as the
second says, for a pair that takes minutes.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from test_workers import pids, stuck_pair

from grpo_rewards import CheckAnswer, Policy, compare
from grpo_rewards.answers.symbolic.pool import decide

folder, seconds = Path(sys.argv[1]), float(sys.argv[2])
report = {"pid": os.getpid(), "rank": os.environ["RANK"]}
if not seconds:  # torch takes its time, and a process that waits to be killed needs no group
    from accelerate import PartialState

    state = PartialState(cpu=True)
    report["processes"], report["backend"] = state.num_processes, state.backend

patient = Policy(deadline=60)  # the machine may be busy
golds, answers = ["2^{2^{10^9}+1}"] * 2, ["2*2^{2^{10^9}}", "4*2^{2^{10^9}}"]
verdicts = [compare(*pair, policy=patient) for pair in zip(golds, answers, strict=True)]
report["verdicts"] = [[verdict.rule, verdict.equal] for verdict in verdicts]
check = CheckAnswer(policy=patient)
report["scores"] = check(
    [f"think<end_working_out><SOLUTION>{answer}</SOLUTION>" for answer in answers],
    answer=golds,
)
report["workers"] = pids()
if not seconds:
    state.wait_for_everyone()

# Renamed when it is whole, for a reader who looks at any time.
part = folder / f"{os.getpid()}.part"
part.write_text(json.dumps(report), encoding="utf-8")
part.rename(part.with_suffix(".json"))
if seconds:
    decide([stuck_pair()], deadline=seconds, memory=512)
