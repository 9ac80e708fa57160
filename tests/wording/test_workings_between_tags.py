"""What stands between answer tags may be a working of its own, where no layout is promised."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, THINK_ANSWER, CheckAnswer

REWARD = CheckAnswer(format=FREEFORM)

GIVEN = (
    ("42", "<answer>Tom has 50 apples. He eats 8. So he has 42 apples left.</answer>"),
    ("42", "<answer>First, 6 x 7 = 42. Therefore, he pays $42.</answer>"),
    ("42", "<answer>He earns 6 x 7 = 42 dollars.</answer>"),
    ("42", "<answer>She has 20 + 22 = 42 marbles in the bag.</answer>"),
    ("42", "<answer>The train needs 2 hours.\nTherefore, it arrives after 42 minutes.</answer>"),
    ("42", "<answer>42</answer>"),
    ("42", "<answer>42 apples</answer>"),
    ("42", "<answer>$42</answer>"),
    ("42", "<answer>x = 42</answer>"),
    ("42", "<answer>Tom has 42 apples.</answer>"),
    ("42", "<answer>The answer is 42.</answer>"),
    ("x = 1, y = 2", "<answer>x = 1, y = 2</answer>"),
    ("1, 2", "<answer>1\n2</answer>"),
    ("42", "<answer>6 x 7 = 42</answer>"),
    (
        "42",
        "<answer>7 boxes x 6 pens/box = 42 pens. So there are 42 pens in 7 boxes.</answer>",
    ),
    ("A cat sat.", "<answer>A cat sat.</answer>"),
    ("Paris", "<answer>Paris</answer>"),
    ("42", "<answer> Since 84 / 2 = 42, Tom has 42 apples. </answer>"),
    ("42", "<answer>Lily spends 3 * $14 = $42. Therefore, she spends $42 in total.</answer>"),
    ("42", "<answer>There are 7 days in a week, so he runs 7 * 6 = 42 miles a week.</answer>"),
    ("42", "<answer>\n42\n</answer>"),
    ("42", "<answer>Her age is 40 + 2 = 42 years.</answer>"),
    ("99", "<answer> 9 hours x $5 / hour + 6 hours x 1.5 x $6/hour = $99. </answer>"),
    (
        "18",
        r"<answer>Ida sells 9 pears. She earns $2 \times (13 - 4) = $2 \times 9 = \$18 $.</answer>",
    ),
)

NOT_GIVEN = (
    ("43", "<answer>Tom has 50 apples. So he has 42 apples left.</answer>"),
    ("42", "<answer>6 x 7 = 43. So it is not 42.</answer>"),
    ("42", "<answer>So he has at least 42 apples. More is fine.</answer>"),
    ("5", "<answer>Alice: 3 apples\nBob: 5 apples</answer>"),
    ("5", "<answer>Alice has 3 apples. Bob has 5 apples.</answer>"),
    ("2", "<answer>x = 1\ny = 2</answer>"),
    ("2", "<answer>x = 1, y = 2</answer>"),
    ("6", "<answer>2 + 3 = 6</answer>"),
    ("10", "<answer>Day one: 3 + 4 = 7\nDay two: 5 + 5 = 10</answer>"),
    ("10", "<answer>Day one: 3 + 4 = 7 and day two: 5 + 5 = 10</answer>"),
    ("10", "<answer>Tom has 3 + 4 = 7 apples and Ann has 5 + 5 = 10 apples.</answer>"),
    ("10", "<answer>Tom has 3 + 4 = 7 apples, Ann has 5 + 5 = 10 apples.</answer>"),
    ("42", "<answer>He may have 6 x 7 = 42 apples.</answer>"),
    ("42", "<answer>Maybe he earns 6 x 7 = 42 dollars.</answer>"),
    ("42", "<answer>He earns 6 x 7 = 42 or 43 dollars.</answer>"),
    ("42", "<answer>If it rains, he earns 6 x 7 = 42 dollars.</answer>"),
    ("42", "<answer>6 boxes x 7 pens = 42 pens? No.</answer>"),
    ("42", "<answer>We need to find 6 x 7 = 42 first.</answer>"),
    ("42", "<answer>First, 6 x 7 = 42. Then 42 + 1 = 43 apples are left.</answer>"),
    ("42", "<answer>Therefore, he has 42 apples. He then eats 2 of them.</answer>"),
)


def paid(cases, reward=REWARD):
    """Which of the responses the reward pays."""
    scores = reward([text for _, text in cases], answer=[gold for gold, _ in cases])
    pairs = zip(cases, scores, strict=True)
    return [case for case, score in pairs if score == reward.correct]


@pytest.mark.parametrize("before", ["", "<think>Let us see.</think>\n"])
class TestBetweenAnswerTags:
    def test_a_working_gives_what_it_comes_to(self, before):
        cases = [(gold, before + text) for gold, text in GIVEN]
        assert [case for case in cases if case not in paid(cases)] == []

    def test_and_nothing_else(self, before):
        assert paid([(gold, before + text) for gold, text in NOT_GIVEN]) == []


def test_a_format_that_promises_the_answer_alone_stays_strict():
    working = "<answer>Tom has 50 apples. He eats 8. So he has 42 apples left.</answer>"
    cases = [("42", f"<think>Let us see.</think>\n{working}")]
    assert paid(cases, CheckAnswer(format=THINK_ANSWER)) == []
    assert paid(cases) == cases
