"""Whole responses as models write them, hedge and deny: each read as its line says.

`responses.txt` holds them: ``@+ gold`` before a response that gives it, ``@- gold`` before one
that does not; ``@+BOXED gold`` where the response is of that layout. `named.txt` holds what names
an option or a truth value, `languages.txt` what does so in languages other than English.
`reasonings.txt` holds what stands before an answer and says nothing
of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, CheckChoice, CheckLogic
from grpo_rewards.responses.layouts import PRESETS

HERE = Path(__file__).parent
CITIES = ["Rome", "Paris", "Oslo", "Bern"]
_GOLD = re.compile(r"@(?P<sign>[+-])(?P<layout>[A-Z_]*) (?P<gold>.*)")

Case = tuple[str, str, str, bool]


def cases(file: str) -> list[Case]:
    """Each layout and gold with its response, and whether that gives it."""
    found: list[Case] = []
    golds: list[tuple[str, str, bool]] = []
    body: list[str] = []
    for line in [*(HERE / file).read_text(encoding="utf-8").splitlines(), "@+ end"]:
        match = _GOLD.fullmatch(line)
        if match is None:
            body.append(line)
            continue
        if body:
            found += [(layout, gold, "\n".join(body), is_right) for layout, gold, is_right in golds]
            golds, body = [], []
        golds.append((match["layout"] or "FREEFORM", match["gold"], match["sign"] == "+"))
    return found


def paid(name: str, golds: Sequence[str], responses: Sequence[str]) -> list[bool]:
    """Which responses the reward pays that a case names."""
    columns: dict[str, list[list[str]]] = {}
    if name == "CHOICE":
        reward: CheckAnswer | CheckChoice | CheckLogic = CheckChoice(format=FREEFORM)
        columns = {"options": [CITIES] * len(responses)}
    else:
        reward = (
            CheckLogic(format=FREEFORM) if name == "LOGIC" else CheckAnswer(format=PRESETS[name])
        )
    scores = reward(list(responses), answer=list(golds), **columns)
    return [score == reward.correct for score in scores]


def misread(rows: Sequence[Case]) -> list[Case]:
    found = []
    for name in sorted({row[0] for row in rows}):
        mine = [row for row in rows if row[0] == name]
        _, golds, responses, _ = zip(*mine, strict=True)
        verdicts = zip(mine, paid(name, golds, responses), strict=True)
        found += [row for row, is_paid in verdicts if is_paid is not row[3]]
    return found


@pytest.mark.parametrize("file", ["responses.txt", "named.txt", "languages.txt"])
@pytest.mark.parametrize("is_right", [True, False], ids=["right", "wrong"])
def test_responses_are_read_as_they_are_meant(file, is_right):
    rows = [case for case in cases(file) if case[3] is is_right]
    assert len(rows) > 150
    assert misread(rows) == []


# Layouts of an answer behind some reasoning, by the format that reads it.
BEHIND = {
    "BOXED": (
        "{r}\n\\boxed{{x}}",
        "{r}\n\nThe answer is $\\boxed{{x}}$.",
        "{r}\n\\[\\boxed{{x}}\\]",
        "{r}\n\n**Answer:** \\boxed{{x}}",
        "{r} So it is \\boxed{{x}}.",
    ),
    "THINK_BOXED": ("<think>{r}</think>\n\\boxed{{x}}", "<think>Hm.</think>\n{r}\n\\boxed{{x}}"),
    "WORKING_OUT": ("{r}<end_working_out><SOLUTION>{x}</SOLUTION>",),
    "THINK_ANSWER": ("<think>{r}</think><answer>{x}</answer>",),
    "HASHES": ("{r}\n#### {x}",),
    "FREEFORM": (
        "{r}\n\\boxed{{x}}",
        "{r} The answer is {x}.",
        "{r}\n\n**Answer:** {x}",
        "{r}\n### Final Answer\n{x}",
        "{r} So the answer is {x}.",
        "{r}\nTherefore, the correct answer is {x}.",
        "{r}\n<answer>{x}</answer>",
        "{r}\n\n**{x}**",
    ),
}


@pytest.mark.parametrize("name", BEHIND)
@pytest.mark.parametrize("gold", ["42", "B"])
def test_what_the_reasoning_says_is_not_held_against_the_answer(name, gold):
    reasonings = (HERE / "reasonings.txt").read_text(encoding="utf-8").splitlines()
    texts = [
        layout.replace("{r}", reasoning).replace("{x}", gold)
        for layout in BEHIND[name]
        for reasoning in reasonings
    ]
    verdicts = zip(texts, paid(name, [gold] * len(texts), texts), strict=True)
    assert [text for text, is_paid in verdicts if not is_paid] == []
