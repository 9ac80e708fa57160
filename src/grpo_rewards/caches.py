"""Caches of what models write: bounded in characters, not in entries, and emptied together.

A cache that counts entries holds whatever they weigh. Here a shelf of caches counts the characters
that they took in, and empties all of them when it has seen enough; a text that is too long is
worked out anew each time. What is there already is found at the cost of one look-up in a dict.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

__all__ = ["ANSWERS", "RESPONSES", "Shelf"]

Given = ParamSpec("Given")
Result = TypeVar("Result")

_UNKNOWN = object()
HEAVY = 500
"""Characters: what is worked out of a longer answer may grow faster than it, so it counts more."""


class Shelf:
    """Caches that are emptied together.

    Args:
        characters: How many the caches together may take in before they are emptied.
        longest: Characters; calls with longer texts are not cached.
        heavy: From how many characters on a text counts more than its length; ``None`` for never.

    Example:
        >>> shelf = Shelf(characters=100, longest=20)
        >>> @shelf.remember(entries=8)
        ... def doubled(text: str) -> str:
        ...     print("worked out")
        ...     return 2 * text
        >>> doubled("a"), doubled("a")
        worked out
        ('aa', 'aa')
    """

    def __init__(self, *, characters: int, longest: int, heavy: int | None = None) -> None:
        self.characters, self.longest, self.heavy = characters, longest, heavy
        self.taken = 0
        self.caches: list[Callable[[], None]] = []
        """How each of them is emptied."""

    def remember(
        self, *, entries: int
    ) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
        """Cache a function of texts; what else it is given is hashable and small."""

        def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
            kept: dict[Any, Result | object] = {}
            self.caches.append(kept.clear)

            @wraps(function)
            def look_up(*given: Given.args, **named: Given.kwargs) -> Result:
                found = kept.get(given, _UNKNOWN)
                if found is not _UNKNOWN and not named:
                    return found  # type: ignore[return-value]
                result = function(*given, **named)
                length = _length(given)
                self.take_in(length)  # afterwards: what it kept elsewhere goes as well
                if length <= self.longest and not named:
                    if len(kept) >= entries:
                        kept.clear()
                    kept[given] = result
                return result

            return look_up

        return decorate

    def keep(self, *, entries: int) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
        """Cache a function of what was read from texts that the shelf has taken in: of trees."""

        def decorate(function: Callable[Given, Result]) -> Callable[Given, Result]:
            cached = lru_cache(maxsize=entries)(function)
            self.caches.append(cached.cache_clear)
            return cached  # type: ignore[return-value]

        return decorate

    def take_in(self, characters: int) -> None:
        """Count characters that go into a cache, and empty all of them when it is enough."""
        weight = 1 + characters // self.heavy if self.heavy else 1
        self.taken += characters * weight
        if self.taken > self.characters:
            self.empty()

    def empty(self) -> None:
        """Forget everything."""
        self.taken = 0
        for empty in self.caches:
            empty()


def _length(given: Any) -> int:
    """The characters in what a function is given, in tuples of texts as well."""
    characters = 0
    for each in given:
        kind = type(each)
        if kind is str:
            characters += len(each)
        elif kind is tuple:
            characters += _length(each)
        elif isinstance(each, str | tuple):
            characters += len(each) if isinstance(each, str) else _length(each)
    return characters


ANSWERS = Shelf(characters=400_000, longest=20_000, heavy=HEAVY)
"""What answers and golds say: trees, values, verdicts."""
RESPONSES = Shelf(characters=2_000_000, longest=200_000)
"""Whole texts and what is cut out of them."""
