r"""The commonest ends of a response: a last line that announces one value, and nothing else.

Below a line that is over, nothing governs what such a line says: no denial, condition or rival
reaches over the end of a sentence into the next line, and behind it stands nothing. So it is read
without asking all that `grpo_rewards.responses.marks` asks, to the same answer.
"""

from __future__ import annotations

import re

__all__ = ["plain_ending"]

_VALUE = r"-?\$?\d[\d,]*(?:\.\d+)?%?"
_LEAD = r"(?:(?:So|Thus|Hence|Therefore),? the|The) (?:final |correct )?answer is:? "
_LAST_LINE = re.compile(
    rf"(?:{_LEAD}|Answer: |#### ?)(?P<value>{_VALUE})\.?"
    rf"|(?:{_LEAD}|(?:So|Thus|Hence|Therefore),? (?:it is |we get )?)?\$?\\boxed\{{"
    r"(?P<boxed>(?=[^\n]*[^\s{}])(?:[^{}\n]|\{[^{}\n]*\})+)\}\$?\.?"
)
_OPENS = frozenset("STHA#$\\")
"""What a last line of these begins with."""
_OVER = tuple(".!)]}$%0123456789")
"""What a line ends with that is over."""
LONGEST_LINE = 200
"""How many characters of the line above are looked at, as elsewhere."""


def plain_ending(text: str) -> str | None:
    r"""The value of a last line that announces it and nothing else; ``None`` for other texts.

    Example:
        >>> plain_ending("There are 6 rows of 7.\nThe answer is 42.")
        '42'
        >>> plain_ending("There are 6 rows of 7.\n$\\boxed{42}$")
        '42'
        >>> plain_ending("If they are full,\nthe answer is 42.")
        >>> plain_ending("The answer is 41.\nThe answer is 42.")
    """
    text = text.rstrip()
    start = text.rfind("\n") + 1
    if not start or text[start] not in _OPENS:
        return None
    last = _LAST_LINE.fullmatch(text, start)
    if last is None:
        return None
    above = text[max(0, start - LONGEST_LINE) : start].rstrip()
    above = above[above.rfind("\n") + 1 :]
    if not above.endswith(_OVER) or above.endswith("g.") or "nswer" in above or "I " in above:
        return None
    boxed = last["boxed"]
    if boxed is None:
        first = "####" if text[start] == "#" else "box"
        return last["value"] if text.find(first, 0, start) < 0 else None
    return boxed.strip() if text.find("box", 0, last.start("boxed") - 6) < 0 else None
