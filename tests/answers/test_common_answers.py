"""Bare answers as models write them, right ones and near misses, from `common_answers.txt`.

A line is ``gold ¦ right ¦ right ¦¦ wrong ¦ wrong``.
"""

from __future__ import annotations

from pathlib import Path

from grpo_rewards import compare_many

LINES = Path(__file__).with_name("common_answers.txt").read_text(encoding="utf-8").splitlines()


def misjudged(*, right: bool) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for line in LINES:
        before, _, after = line.partition(" ¦¦ ")
        gold, *rights = before.split(" ¦ ")
        pairs += [(gold, text) for text in (rights if right else after.split(" ¦ ")) if text]
    assert len(pairs) > 500
    verdicts = compare_many([gold for gold, _ in pairs], [text for _, text in pairs])
    return [
        pair
        for pair, verdict in zip(pairs, verdicts, strict=True)
        if (verdict.equal is True) is not right
    ]


def test_no_right_answer_is_refused():
    assert misjudged(right=True) == []


def test_no_near_miss_is_taken():
    assert misjudged(right=False) == []
