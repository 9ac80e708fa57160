"""Whole responses as models write them, hedge and deny: each read as its line says.

`responses.txt` holds them: ``@+ gold`` before a response that gives it, ``@- gold`` before one
that does not; ``@+BOXED gold`` where the response is of that layout.
"""

from __future__ import annotations

import re
from pathlib import Path

from grpo_rewards import CheckAnswer
from grpo_rewards.responses.layouts import PRESETS

RESPONSES = Path(__file__).with_name("responses.txt")
_GOLD = re.compile(r"@(?P<sign>[+-])(?P<layout>[A-Z_]*) (?P<gold>.*)")


def cases() -> list[tuple[str, str, str, bool]]:
    """Each layout and gold with its response, and whether that gives it."""
    found: list[tuple[str, str, str, bool]] = []
    golds: list[tuple[str, str, bool]] = []
    body: list[str] = []
    for line in [*RESPONSES.read_text(encoding="utf-8").splitlines(), "@+ end"]:
        match = _GOLD.fullmatch(line)
        if match is None:
            body.append(line)
            continue
        if body:
            found += [(layout, gold, "\n".join(body), is_right) for layout, gold, is_right in golds]
            golds, body = [], []
        golds.append((match["layout"] or "FREEFORM", match["gold"], match["sign"] == "+"))
    return found


def misread(*, is_right: bool) -> list[tuple[str, str, str]]:
    rows = [case[:3] for case in cases() if case[3] is is_right]
    assert len(rows) > 500
    found = []
    for name, layout in PRESETS.items():
        mine = [row for row in rows if row[0] == name]
        reward = CheckAnswer(format=layout)
        scores = reward([response for *_, response in mine], answer=[gold for _, gold, _ in mine])
        found += [
            row
            for row, score in zip(mine, scores, strict=True)
            if (score == reward.correct) is not is_right
        ]
    return found


def test_no_right_response_is_refused():
    assert misread(is_right=True) == []


def test_no_wrong_response_is_paid():
    assert misread(is_right=False) == []
