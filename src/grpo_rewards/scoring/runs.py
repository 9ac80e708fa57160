"""A whole file scored: chunk by chunk, here or in processes, and on where a run was stopped."""

from __future__ import annotations

import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict, replace
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import grpo_rewards
from grpo_rewards.core.base import Reward
from grpo_rewards.errors import ColumnError, OptionError, StoppedRunError, TableError
from grpo_rewards.requirements import require_whole
from grpo_rewards.scoring.chunks import Judge, Scored, cause_of
from grpo_rewards.scoring.headings import find_headings
from grpo_rewards.scoring.judging import PREFIX, as_one_reward
from grpo_rewards.scoring.readers import LocatedRow
from grpo_rewards.scoring.rows import CHUNK
from grpo_rewards.scoring.sinks import Digest, Unfinished, require_writable, row_digest
from grpo_rewards.scoring.sources import located_rows, paths_of
from grpo_rewards.scoring.summaries import Summary

__all__ = ["Judging", "judging_here", "opened", "score_file", "scored_rows", "write_scores"]


Judging = Callable[[Judge, Iterator[LocatedRow], int], Iterator[Scored]]
"""What runs a judge over the rows that are left, in their order; the number is the first one's."""
_Chunk = tuple[int, list[LocatedRow]]


def score_file(
    reward: Any,
    names: Sequence[str],
    output: str,
    *,
    completion: str | None = None,
    gold: str | None = None,
    prompt: str | None = None,
    problem: str | None = None,
    workers: int = 1,
    chunk: int = CHUNK,
    fresh: bool = False,
    above: float | None = None,
    on_rows: Callable[[int], None] | None = None,
) -> Summary:
    r"""Score files of completions into a file; a run that was stopped goes on where it was.

    Args:
        reward: As in `grpo_rewards.scoring.score_one`.
        names: Paths, patterns, folders, or ``-`` for standard input.
        output: The file to write; its ending says the format.
        completion: The column with the completions, and so on, as in `score_rows`.
        gold: The column with the golds.
        prompt: The column with the prompts.
        problem: The column that tells problems apart.
        workers: How many processes judge; scores do not depend on it.
        chunk: How many rows are judged together; scores do not depend on it, either.
        fresh: Whether to begin anew where a run was stopped.
        above: The score above which a completion is right, of rewards without a verdict.
        on_rows: Told how many completions were scored, after each chunk.

    Raises:
        TableError: A row cannot be read or judged; the rows before it are kept, and a second
            call goes on behind them.
        OptionError: An option cannot be.
        ColumnError: There is no column with completions.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from grpo_rewards import BOXED, CheckAnswer
        >>> row = r'{"completion": "It is \\boxed{42}.", "answer": "42"}'
        >>> with TemporaryDirectory() as folder:
        ...     Path(folder, "given.jsonl").write_text(row) > 0
        ...     summary = score_file(
        ...         CheckAnswer(format=BOXED), [f"{folder}/given.jsonl"], f"{folder}/scored.jsonl"
        ...     )
        True
        >>> dict(summary.verdicts)
        {'correct': 1}
    """
    require_writable(output, paths_of(names))
    judging = judging_here(workers, chunk)
    judge, rows = opened(
        as_one_reward(reward),
        located_rows(names),
        completion=completion,
        gold=gold,
        prompt=prompt,
        problem=problem,
    )
    return write_scores(
        judge, rows, output, judging=judging, fresh=fresh, above=above, on_rows=on_rows
    )


def write_scores(
    judge: Judge,
    rows: Iterator[LocatedRow],
    output: str,
    *,
    judging: Judging,
    fresh: bool = False,
    above: float | None = None,
    on_rows: Callable[[int], None] | None = None,
) -> Summary:
    """Score rows into a file, behind what a run that was stopped has left of it.

    Args:
        judge: What scores a chunk.
        rows: The rows of the source, from the first.
        output: The file to write.
        judging: What runs the judge; scores do not depend on it.
        fresh: Whether to begin anew.
        above: As in `score_file`.
        on_rows: As in `score_file`.

    Raises:
        TableError: A row cannot be read or judged.
        OptionError: The unfinished run is one of other rows or another reward.
    """
    settings = {
        "reward": repr(judge.reward),
        "headings": asdict(judge.headings),
        "gold": judge.gold,
        "version": grpo_rewards.__version__,
    }
    summary = Summary(judge.headings, above=above)
    with Unfinished(Path(output), settings, fresh=fresh) as unfinished:
        digest = Digest()
        if unfinished.resumed:
            _skip(rows, unfinished, digest)
            for row in unfinished.rows():
                summary.add(row)
            if on_rows:
                on_rows(summary.completions)
        read = unfinished.resumed
        for scored in judging(judge, rows, read):
            for each in scored.digests:
                digest.add(each)
            read += scored.read
            unfinished.append(scored.rows, read=read, digest=str(digest))
            for row in scored.rows:
                summary.add(row)
            if on_rows:
                on_rows(len(scored.rows))
            if scored.error:
                raise _stopped(scored.error, unfinished) from cause_of(scored)
        unfinished.finish()
    return summary


def judging_here(workers: int = 1, chunk: int = CHUNK) -> Judging:
    """Judging in this process, or in as many others.

    Raises:
        OptionError: It is no number of them, or of rows.
    """
    for option, value in (("workers", workers), ("chunk", chunk)):
        require_whole(option, value)

    def judged(judge: Judge, rows: Iterator[LocatedRow], first: int) -> Iterator[Scored]:
        for scored, located in _judged(judge, _numbered(rows, chunk, first), workers):
            known = [row_digest(each.row) for each in located[: scored.read]]
            yield replace(scored, digests=known)

    return judged


def opened(
    reward: Reward, rows: Iterator[LocatedRow], **columns: str | None
) -> tuple[Judge, Iterator[LocatedRow]]:
    """The judge of a source's rows, by the columns of the first; and the rows."""
    first = next(rows)
    gold = columns.pop("gold", None)
    try:
        headings = find_headings(
            [name for name in first.row if not name.startswith(PREFIX)], **columns
        )
    except ColumnError as error:
        raise ColumnError(f"{first.where}: {error}") from error
    return Judge(reward=reward, headings=headings, gold=gold), chain([first], rows)


def scored_rows(
    judge: Judge, rows: Iterable[LocatedRow], *, workers: int = 1
) -> Iterator[dict[str, Any]]:
    """The rows of a source, scored, one at a time; nothing is written.

    Raises:
        TableError: A row cannot be read or judged.
    """
    for scored, _ in _judged(judge, _numbered(rows, CHUNK, 0), workers):
        yield from scored.rows
        if scored.error:
            raise TableError(scored.error) from cause_of(scored)


def _stopped(error: str, unfinished: Unfinished) -> TableError:
    if not unfinished.rows_read:
        return TableError(error)
    return StoppedRunError(
        f"{error}. The scores of the {unfinished.rows_read:,} rows before it are kept: run the "
        "same command again, and it goes on behind them"
    )


def _skip(rows: Iterator[LocatedRow], unfinished: Unfinished, digest: Digest) -> None:
    """Pass over the rows that are scored, if they are the ones that were."""
    for _ in range(unfinished.resumed):
        row = next(rows, None)
        if row is None:
            break
        digest.add(row_digest(row.row))
    if str(digest) != unfinished.digest:
        raise OptionError(
            f"{unfinished.path} is an unfinished run over other rows: the first "
            f"{unfinished.resumed:,} rows of the input have changed since. Begin anew with --fresh"
        )


def _numbered(rows: Iterable[LocatedRow], size: int, first: int) -> Iterator[_Chunk]:
    """Chunks of rows, each with the place of its first; what was read before an error counts."""
    piece: list[LocatedRow] = []
    waiting = iter(rows)
    while True:
        try:
            row = next(waiting, None)
        except TableError:
            if piece:
                yield first, piece
            raise
        if row is not None:
            piece.append(row)
        if piece and (row is None or len(piece) >= size):
            yield first, piece
            first += len(piece)
            piece = []
        if row is None:
            return


def _judged(
    judge: Judge, chunks: Iterator[_Chunk], workers: int
) -> Iterator[tuple[Scored, list[LocatedRow]]]:
    """What becomes of each chunk, in their order; an error of the source comes last."""
    source = _Source(chunks)
    if workers == 1:
        for first, piece in source:
            yield judge(piece, first), piece
    else:
        with _processes(judge, workers) as submit:
            waiting: deque[tuple[Any, list[LocatedRow]]] = deque()
            for first, piece in source:
                waiting.append((submit(piece, first), piece))
                if len(waiting) > 2 * workers:
                    future, done = waiting.popleft()
                    yield future.result(), done
            while waiting:
                future, done = waiting.popleft()
                yield future.result(), done
    if source.error:
        yield Scored([], 0, source.error), []


class _Source:
    """Chunks up to the first that cannot be read, and why."""

    def __init__(self, chunks: Iterator[_Chunk]) -> None:
        self.chunks = chunks
        self.error = ""

    def __iter__(self) -> Iterator[_Chunk]:
        try:
            yield from self.chunks
        except TableError as error:
            self.error = str(error)


# Processes ----------------------------------------------------------------------------------------

POSIX = hasattr(signal, "pthread_sigmask")
_judge_here: Judge | None = None


def _begin(pickled: bytes) -> None:
    global _judge_here  # noqa: PLW0603 (a process has one judge)
    _judge_here = pickle.loads(pickled)  # noqa: S301 (the parent wrote it)


def _judge_chunk(rows: Sequence[LocatedRow], first: int) -> Scored:
    assert _judge_here is not None
    return _judge_here(rows, first)


@contextmanager
def _processes(judge: Judge, workers: int) -> Iterator[Callable[..., Any]]:
    """Fresh interpreters that judge, each with the reward; they are gone at the end."""
    try:
        pickled = pickle.dumps(judge)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        raise OptionError(
            f"the reward cannot be sent to another process ({error}): give it a name at the top of "
            "a module, or use one process"
        ) from error
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(pickled,)
    )

    def submit(rows: Sequence[LocatedRow], first: int) -> Any:
        # Ctrl-C is for this process, which stops the others once they have judged what they have.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if POSIX else ()
        try:
            return pool.submit(_judge_chunk, rows, first)
        finally:
            if POSIX:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

    try:
        yield submit
    except BrokenProcessPool as error:
        raise StoppedRunError(
            "a process that judged has ended (was it out of memory?). What was finished is kept: "
            "run the same command again, with fewer workers"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
