"""A source text, in which quotations are looked for: exactly up to white space, or nearly."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

import regex

__all__ = ["MissingAlignerError", "Source", "require_rapidfuzz"]

LONGEST_ALIGNED = 20_000
"""Characters of a source in which a quotation is looked for that is only nearly there."""
_ELLIPSIS = regex.compile(
    r"(?<!\s)\s*+(?:\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3,}+|…)\s*+"
)
_SPACE = regex.compile(r"\s+")
_LIKE = str.maketrans("‘’‚‛“”„‟–—−\u00a0", "''''\"\"\"\"--- ")
MOST_TRIES = 1_000
"""Places within words, where a part stands and is not quoted, that are passed over."""
MOST_PARTS = 50
"""Parts between ellipses; what leaves out more quotes nothing."""
LEAST_PART = 2
"""Words of a part between ellipses that stands for something."""


class MissingAlignerError(RuntimeError):
    """rapidfuzz is not installed; it says what to install."""


def require_rapidfuzz() -> None:
    """Raise where rapidfuzz is missing."""
    if find_spec("rapidfuzz") is None:
        raise MissingAlignerError(
            "quotations that are nearly the source's need rapidfuzz, which is not installed: "
            "pip install 'grpo-rewards[text]'"
        )


class Source:
    r"""A text, prepared for looking quotations up in it.

    Example:
        >>> source = Source("The river runs\n north, past the mill, to the sea.")
        >>> source.has("river runs north"), source.has("The river ... to the sea")
        (True, True)
        >>> source.has("to the sea ... the river"), source.has("river runs south")
        (False, False)
    """

    def __init__(self, text: str) -> None:
        self.text = _unified(text)

    def has(self, quotation: str, *, alike: float = 1.0) -> bool:
        """Whether the source has a quotation: its parts between ellipses, in their order.

        Args:
            quotation: The quoted text.
            alike: How alike a part has to be, of 1.0; less than that is by rapidfuzz.
        """
        parts = _parts(quotation)
        if not 0 < len(parts) <= MOST_PARTS or (
            len(parts) > 1 and any(len(part.split()) < LEAST_PART for part in parts)
        ):
            return False
        place = 0
        for part in parts:
            found = self._place(part.strip(" .,;:!?"), place, alike)
            if found is None:
                return False
            place = found
        return True

    def _place(self, part: str, start: int, alike: float) -> int | None:
        """Where a part ends that stands behind a place, as whole words."""
        found = self.text.find(part, start)
        for _ in range(MOST_TRIES):
            if found < 0:
                break
            end = found + len(part)
            if not _is_joined(self.text, found) and not _is_joined(self.text, end):
                return end
            found = self.text.find(part, found + 1)
        if alike >= 1 or len(self.text) > LONGEST_ALIGNED or len(part) > LONGEST_ALIGNED:
            return None
        fuzz = import_module("rapidfuzz.fuzz")
        rest = self.text[start:]
        if len(rest) < alike * len(part):
            return None
        aligned = fuzz.partial_ratio_alignment(part, rest, score_cutoff=100 * alike)
        return None if aligned is None else start + aligned.dest_end


@lru_cache(maxsize=8)
def _parts(quotation: str) -> tuple[str, ...]:
    """What stands between the ellipses of a quotation."""
    # In a long run of spaces the pattern would begin at each of them.
    plain = _SPACE.sub(" ", quotation)
    parts = [_unified(part) for part in _ELLIPSIS.split(plain)]
    return tuple(part for part in parts if part.strip(" .,;:!?"))


def _is_joined(text: str, place: int) -> bool:
    """Whether a place is within a word."""
    around = text[max(place - 1, 0) : place + 1]
    return 0 < place < len(text) and all(sign.isalnum() or sign == "_" for sign in around)


def _unified(text: str) -> str:
    """A text with one form of quotation marks, dashes, spaces and cases."""
    plain = unicodedata.normalize("NFKC", text).translate(_LIKE)
    return _SPACE.sub(" ", plain).strip().casefold()
