"""The runs that the tests of a batch ask for: each once, however many rows it is for."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grpo_rewards.programs.suites import JobTally, Suite
from grpo_rewards.sandboxes import Job, Result, Sandbox
from grpo_rewards.sandboxes.protocol import judge_each

__all__ = ["Runs", "run_suites"]


@dataclass(frozen=True, slots=True)
class Runs:
    """What the runs of a row's program say, and what the reference's came to, if there is one."""

    tallies: Sequence[JobTally]
    expected: Result | None

    @property
    def why_none(self) -> str:
        """Why they say nothing of the program; empty if they do."""
        return _failed(self.tallies) or _no_reference(self.expected)

    @property
    def unsupported(self) -> str:
        """What the sandbox does not support; empty if it ran all."""
        return _unsupported(self.tallies)


def run_suites(
    sandbox: Sandbox,
    suites: Sequence[Suite | None],
    programs: Sequence[str | None],
    *,
    deadline: float,
) -> list[Runs]:
    """What the runs of each row say; what they returned is judged at once, and not kept.

    Args:
        sandbox: Where they run.
        suites: The tests of each row, if it has some.
        programs: The program of each row, if it has one.
        deadline: Seconds that all of it may take.
    """
    left = deadline
    references = dict.fromkeys(
        suite.reference
        for suite, program in zip(suites, programs, strict=True)
        if suite is not None and suite.reference is not None and program is not None
    )
    expected: dict[Job | None, Result] = {}
    if references:
        jobs = [job for job in references if job is not None]
        began = time.monotonic()
        kept = judge_each(sandbox, jobs, deadline=left, judge=_kept)
        left = max(left - (time.monotonic() - began), 1e-3)
        expected.update(zip(jobs, kept, strict=True))
    # Each run once, with the rows that it is for, and its place among the runs of the row.
    rows: dict[Job, list[tuple[int, int]]] = {}
    for row, (suite, program) in enumerate(zip(suites, programs, strict=True)):
        if suite is not None and program is not None:
            for place, job in enumerate(suite.jobs(program)):
                rows.setdefault(job, []).append((row, place))

    def judge(job: Job, result: Result) -> list[JobTally]:
        made: dict[tuple[int, int], JobTally] = {}
        found = []
        for row, place in rows[job]:
            suite = suites[row]
            assert suite is not None  # as of every row that runs
            key = id(suite), place
            if key not in made:
                made[key] = suite.judge(place, result, expected.get(suite.reference))
            found.append(made[key])
        return found

    judged = judge_each(sandbox, list(rows), deadline=left, judge=judge) if rows else []
    runs: list[list[JobTally]] = [[] for _ in suites]
    for places, tallies in zip(rows.values(), judged, strict=True):
        for (row, _), tally in zip(places, tallies, strict=True):
            runs[row].append(tally)
    _check(sandbox, suites, runs, deadline=left)
    return [
        Runs(
            sorted(each, key=lambda tally: tally.place),
            None if suite is None else expected.get(suite.reference),
        )
        for suite, each in zip(suites, runs, strict=True)
    ]


def _check(
    sandbox: Sandbox,
    suites: Sequence[Suite | None],
    runs: list[list[JobTally]],
    *,
    deadline: float,
) -> None:
    """Let the checkers of rows see what was printed, and put what they say in the runs' places."""
    waiting: list[tuple[int, int, Job]] = []
    for row, (suite, tallies) in enumerate(zip(suites, runs, strict=True)):
        if suite is not None and suite.checker:
            tallies.sort(key=lambda tally: tally.place)
            printed = [tally.printed for tally in tallies]
            places = [place for place, each in enumerate(printed) if each is not None]
            if len(printed) == len(suite.tests):
                jobs = suite.checks(printed)
                waiting += [(row, *each) for each in zip(places, jobs, strict=True)]
    if not waiting:
        return
    jobs = list(dict.fromkeys(job for _, _, job in waiting))
    kept = judge_each(sandbox, jobs, deadline=deadline, judge=_kept)
    results = dict(zip(jobs, kept, strict=True))
    for row, place, job in waiting:
        runs[row][place] = _by_checker(runs[row][place], results[job])


def _by_checker(tally: JobTally, said: Result) -> JobTally:
    """What a run says after its checker has."""
    if said.status in ("failed", "unsupported"):
        return replace(tally, status=said.status, reason=f"of the checker: {said.reason}")
    if said.status == "ran" and not said.reason:
        return tally
    failure = f"the checker does not accept it: {said.reason or said.status}"
    return replace(tally, passed=0, failed=tally.place, failure=failure)


def _kept(_: Job, result: Result) -> Result:
    return result


def _failed(results: Sequence[JobTally | Result]) -> str:
    """How the sandbox failed; empty if it did not."""
    found = (result.reason for result in results if result.status == "failed")
    return next((f"the sandbox failed: {reason}" for reason in found), "")


def _unsupported(results: Sequence[JobTally | Result]) -> str:
    """What the sandbox does not support; empty if it ran all."""
    found = (result.reason for result in results if result.status == "unsupported")
    return next((f"the sandbox does not support it: {reason}" for reason in found), "")


def _no_reference(expected: Result | None) -> str:
    """Why there is nothing to compare with; empty if there is, or has not to be."""
    if expected is None:
        return ""
    wrong = next((reply.error for reply in expected.replies if reply.error), "")
    if expected.status == "ran" and not wrong:
        return ""
    failed = _failed([expected]) or _unsupported([expected])
    return f"the reference does not run: {failed or wrong or expected.reason}"
