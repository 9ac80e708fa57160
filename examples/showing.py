"""What a run shows while it goes: what it does, how far it is, and how long it still takes."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from processes import how_many, is_first
from settings import Settings  # noqa: TC002

# What a row costs, in the time that one takes to be answered: measured on two cores, SmolLM2.
WARM_UP_ROW = 2.8  # read, and learned from
HELD_OUT_ROW = 2.0  # answered greedily and sampled
GRPO_ROW = 2.7  # answered, read again, and learned from

SECONDS = {"smollm2": 0.18, "tiny": 0.015}
"""What one answer takes on two quiet cores, by the model."""
BETWEEN_LINES = 20.0
"""Seconds, where there is no terminal to redraw a bar on."""


def work(settings: Settings, done: int = 0) -> float:
    """The work of a run, in answers; of one that goes on, what is left after so many steps."""
    first = settings.warmup_steps * settings.warmup_batch * WARM_UP_ROW
    answers = settings.held_out * HELD_OUT_ROW
    rows = settings.prompts_per_step * settings.num_generations
    steps = (settings.max_steps - done) * rows * GRPO_ROW
    return answers + steps if done else first + 2 * answers + steps


def announcement(settings: Settings, done: int = 0) -> str:
    """What a run is going to do, and about how long that takes where it is known."""
    rows = settings.prompts_per_step * settings.num_generations
    grpo = f"{settings.max_steps - done} steps of GRPO with {rows} completions each"
    if done:
        doing = f"Going on after step {done}: {grpo}, then {settings.held_out} held-out problems."
    else:
        warm_up = f"{settings.warmup_steps} steps of warm-up, " * bool(settings.warmup_steps)
        doing = f"{warm_up}{grpo}, and {settings.held_out} held-out problems before and after."
    if settings.model not in SECONDS:
        return doing
    minutes = work(settings, done) * SECONDS[settings.model] / 60 + 0.5
    return f"{doing} On two quiet cores that takes about {max(1, round(minutes))} minutes."


class Display:
    """One display over a whole run: a bar on a terminal, a line now and then anywhere else.

    Args:
        total: The work of the run, in the unit that `add` counts.
    """

    def __init__(self, total: float) -> None:
        self.total, self.done, self.doing = total, 0.0, ""
        self.started = self.printed = time.monotonic()
        self.bar: Any = None
        if is_first() and sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(
                total=total,
                bar_format="{percentage:3.0f} %|{bar:24}| {elapsed}, {remaining} left: {desc}",
                dynamic_ncols=True,
            )

    def now(self, doing: str) -> None:
        """Say what begins."""
        self.doing = doing
        self._show(at_once=True)

    def add(self, work: float, note: str = "") -> None:
        """Count work that is done, and say how it went."""
        self.done += work
        if self.bar is not None:
            self.bar.update(work)
        self._show(note)

    def close(self) -> None:
        """Leave the line to what comes next."""
        if self.bar is not None:
            self.bar.close()

    def _show(self, note: str = "", *, at_once: bool = False) -> None:
        text = f"{self.doing}, {note}" if note else self.doing
        now = time.monotonic()
        if self.bar is not None:
            self.bar.set_description_str(text)
        elif is_first() and (at_once or now - self.printed >= BETWEEN_LINES):
            self.printed = now
            passed = now - self.started
            left = passed * max(0.0, self.total / self.done - 1) if self.done else 0.0
            how_long = f", {clock(left)} left" if self.done else ""
            print(f"[{clock(passed)}{how_long}] {text}", flush=True)


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def show_steps(trainer: Any, display: Display, row: float, metrics: Path | None = None) -> None:
    """Let a trainer's steps move the display, and write what it logs to a file, not the screen.

    Args:
        trainer: One of transformers' trainers.
        display: The display of the run.
        row: The work that a row of a step is.
        metrics: Where a line of JSON a step goes.
    """
    from transformers import PrinterCallback, ProgressCallback, TrainerCallback

    class Shown(TrainerCallback):  # type: ignore[misc]
        def on_log(self, args: Any, state: Any, _control: Any, logs: Any = None, **_: Any) -> None:
            if metrics is not None and state.is_world_process_zero:
                with metrics.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"step": state.global_step, **logs}) + "\n")
            if "loss" in logs:
                rows = args.train_batch_size * args.gradient_accumulation_steps * how_many()
                name = "reward" if "reward" in logs else "loss"
                note = f"step {state.global_step} of {state.max_steps}, {name} {logs[name]:.2f}"
                display.add(rows * row, note)

    for printing in (ProgressCallback, PrinterCallback):
        trainer.remove_callback(printing)
    trainer.add_callback(Shown)


@contextmanager
def hushed() -> Iterator[None]:
    """Keep what libraries print of themselves, and show it only where something fails."""
    printed = io.StringIO()
    try:
        with redirect_stdout(printed), redirect_stderr(printed):
            yield
    except BaseException:
        print(printed.getvalue(), file=sys.stderr, end="")
        raise


def hush_libraries() -> None:
    """Turn off bars and notes of transformers and datasets that a reader can do nothing about."""
    import datasets
    from transformers.utils import logging

    datasets.disable_progress_bars()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
