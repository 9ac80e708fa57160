"""What a user's code raised, in a sentence, and the frames of it that are the user's."""

from __future__ import annotations

import sysconfig
import traceback
from pathlib import Path

import grpo_rewards

__all__ = ["Raised", "raised_by", "sentence_of"]

LONGEST = 200
_FOLDERS = [
    str(Path(grpo_rewards.__file__ or "").parent),
    *(sysconfig.get_paths()[name] for name in ("stdlib", "purelib", "platlib")),
]
_OURS = tuple(str(Path(folder).resolve()) for folder in _FOLDERS)


class Raised(Exception):  # noqa: N818 (it is the cause of an error, and never raised alone)
    """Why a run stopped: frames of the user's code, as a traceback shows them."""


def sentence_of(error: BaseException) -> str:
    """Such as ``KeyError: 'missing' (my_rewards.py, line 6, in broken)``.

    Example:
        >>> sentence_of(KeyError("missing"))
        "KeyError: 'missing'"
    """
    (last,) = traceback.format_exception_only(type(error), error)[-1:]
    said = f"{last.strip():.{LONGEST}}"
    if not (frames := _frames(error)):
        return said
    # Where the user's own code was at last: what it called may be a library's.
    at = [each for each in frames if not _is_ours(each)][-1]
    return f"{said} ({Path(at.filename).name}, line {at.lineno}, in {at.name})"


def raised_by(error: BaseException) -> Raised:
    """The frames from the first on that is neither this package's nor a library's; else all."""
    frames = _frames(error) or list(traceback.extract_tb(error.__traceback__))
    shown = "".join(traceback.format_list(frames) + traceback.format_exception_only(error))
    return Raised(f"Traceback (most recent call last):\n{shown}".rstrip())


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    frames = list(traceback.extract_tb(error.__traceback__))
    first = next((n for n, each in enumerate(frames) if not _is_ours(each)), len(frames))
    return frames[first:]


def _is_ours(frame: traceback.FrameSummary) -> bool:
    """Whether a frame is of this package, of Python's, or of what is installed."""
    name = str(Path(frame.filename).resolve())
    return frame.filename.startswith("<frozen") or name.startswith(_OURS)
