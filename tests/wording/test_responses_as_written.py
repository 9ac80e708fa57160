"""Whole responses as models write them, hedge and deny: each read as its line says.

`responses.txt` holds them: ``@+ gold`` before a response that gives it, ``@- gold`` before one
that does not.
"""

from __future__ import annotations

import re
from pathlib import Path

from grpo_rewards import FREEFORM, CheckAnswer

RESPONSES = Path(__file__).with_name("responses.txt")
_GOLD = re.compile(r"@(?P<sign>[+-]) (?P<gold>.*)")


def cases() -> list[tuple[str, str, bool]]:
    """Each gold with its response, and whether that gives it."""
    found: list[tuple[str, str, bool]] = []
    golds: list[tuple[str, bool]] = []
    body: list[str] = []
    for line in [*RESPONSES.read_text(encoding="utf-8").splitlines(), "@+ end"]:
        match = _GOLD.fullmatch(line)
        if match is None:
            body.append(line)
            continue
        if body:
            found += [(gold, "\n".join(body), is_right) for gold, is_right in golds]
            golds, body = [], []
        golds.append((match["gold"], match["sign"] == "+"))
    return found


def misread(*, is_right: bool) -> list[tuple[str, str]]:
    reward = CheckAnswer(format=FREEFORM)
    rows = [(gold, response) for gold, response, right in cases() if right is is_right]
    assert len(rows) > 300
    scores = reward([response for _, response in rows], answer=[gold for gold, _ in rows])
    return [
        row
        for row, score in zip(rows, scores, strict=True)
        if (score == reward.correct) is not is_right
    ]


def test_no_right_response_is_refused():
    assert misread(is_right=True) == []


def test_no_wrong_response_is_paid():
    assert misread(is_right=False) == []
