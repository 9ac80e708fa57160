"""A last line that is only the answer, with an arrow or a label; never one that stops short."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, CheckChoice

BEFORE = "First, 12 + 5 = 17, since x cannot be negative.\nThen we go on with 6 times 7.\n\n"
CITIES = {"options": [["Rome", "Paris", "Oslo", "Bern"]]}

NUMBERS = (
    "=> 42",
    "→ 42",
    "-> 42",
    "⇒ 42",
    "Final: 42",
    "[42]",
    "(42)",
    "Result = 42",
    "Result: 42",
    "x = 42",
    "x = 42.",
    "The remainder is 42",
    "The remainder is 42.",
    "**42**",
    "*42*",
    "`42`",
    "$42$",
    "$$42$$",
    r"\(42\)",
    r"\[42\]",
    r"\[ x = 42 \]",
    "$x = 42$",
    "**x = 42**",
    "= 42",
    "∴ 42",
    "∴ x = 42",
    r"\therefore 42",
    "Total: 42",
    "Total = 42",
    "Sum: 42",
    "Value: 42",
    "Output: 42",
    "Solution: 42",
    "Final result: 42",
    "Final value: 42",
    "Total cost: $42",
    "42 apples",
    "42.",
    "* 42",
    "Thus 42",
    "So, 42",
    "Hence: 42",
    "Therefore 42.",
    "So it's 42.",
    "Hence x = 42",
    "Therefore the result is 42",
    "So the final result is 42.",
    "The result is 42",
    "The total is 42",
    "The sum is **42**",
    "The value of x is 42.",
    "6 * 7 = **42**",
    r"$6 \times 7 = 42$",
    "= **42**",
    "## 42",
    "### Result: 42",
    "### Result\n42",
    "**Result:** 42",
    "Conclusion: 42",
    "Final Answer = 42",
    "FINAL ANSWER: 42",
    "answer = 42",
    "ANSWER 42",
    "Ans. 42",
    "Ans = 42",
    "A. 42",
    "A) 42",
    "a: 42",
    "[Answer: 42]",
    "(Answer: 42)",
    '"42"',
    "The number is 42",
    "The number of tiles is 42.",
    "n = 42",
    "I get 42.",
    "This gives 42.",
    "That makes 42.",
    "It is 42.",
    "It's 42.",
    "That's 42 apples in total.",
)
NO_NUMBERS = (
    "but 42",
    "not 42",
    "~42",
    "about 42",
    "42?",
    "maybe 42",
    "or 42",
    "x > 42",
    "x ≠ 42",
    "x ≥ 42",
    "So we need 42",
    "We need 42",
    "First, 42",
    "Step 3: 42",
    "Step 3: 6 * 7 = 42",
    "Let x = 42",
    "Assume x = 42",
    "Suppose x = 42.",
    "If x = 42",
    "Check: 42",
    "Try 42",
    "The remainder is 42 and",
    "The total is 42 plus",
    "x = 42 or x = 3",
    "x = 42, y = 3",
    "42 or 43",
    "42 and 43",
    "at least 42",
    "Guess: 42",
    "Not: 42",
    "Wrong: 42",
    "Wrong answer: 42",
    "Incorrect: 42",
    "Previous result: 42",
    "Total so far: 42",
    "Page 42",
    "Case 42",
    "Note: 42",
    "Hint: 42",
    "Upper bound: 42",
    "Example: 42",
    "e.g. 42",
    "Given: 42",
    "Maximum possible: not 42",
    "The remainder is not 42",
    "The remainder is at least 42",
    "= 42 +",
    "42 +",
    "42,",
    "42 * 2 =",
    "Question 42:",
    "(42",
    "6 * 7 + 42",
    "so far 42",
    "Initial guess: 42",
    "Approximately 42",
    "42 -> 43",
    "→ not 42",
    "Next: 42",
    "We have 42",
    # A sign or a bullet, a comparison or a quotation, one more step or the last: who knows.
    "- 42",
    "> 42",
    "6 * 7 = 42",
    "We get 42",
)
LETTERS = (
    "=> B",
    "→ B",
    "Final: B",
    "[B]",
    "(B)",
    "Option B",
    "Option (B)",
    "option B.",
    "Choice B",
    "**B**",
    "B.",
    "B)",
    "B) 17",
    "(B) Paris",
    "**(B) Paris**",
    "B. Paris",
    "B: Paris",
    "Answer B",
    "So B",
    "Therefore B.",
    "Thus, (B).",
    "Hence, option B is correct.",
    "So the correct option is (B).",
    "**Option B**",
    "Option B: Paris",
    "Option B is correct.",
    "B is correct.",
    "B is the answer.",
    "Letter: B",
    "Choice: B",
    "Correct option: B",
    "Correct answer: B",
    "Final choice: B",
    "Selected: B",
    "My choice: B",
    "I choose B.",
    "I pick (B).",
    "The choice is B",
    "Result: B",
    r"$\text{B}$",
    r"\text{(B)}",
    r"\textbf{(B)}",
    "✅ B",
    "B ✓",
    "`B`",
    '"B"',
    "Thus the best option is B",
    "It's B.",
    "It is (B).",
)
NO_LETTERS = (
    "not B",
    "Option B is wrong",
    "Option B?",
    "B or C",
    "A, B",
    "Options A and B",
    "Step B",
    "Case B",
    "Case B:",
    "Wrong: B",
    "Eliminate B",
    "Not (B)",
    "B is not correct",
    "Maybe B",
    "Guess: B",
    "Point B",
    "Let us check B",
    "Option A or option B",
    "Next, option B",
    "Consider option B",
    "Plan B",
    "Vitamin B",
    "B is eliminated.",
    "B and",
    "Let us check option B.",
)


def pays(reward, text, gold, **columns):
    return reward([BEFORE + text], answer=[gold], **columns)[0] == reward.correct


@pytest.mark.parametrize("line", NUMBERS)
def test_a_last_line_gives_its_number(line):
    reward = CheckAnswer(format=FREEFORM)
    assert pays(reward, line, "42")
    assert not pays(reward, line, "43")


@pytest.mark.parametrize("line", NO_NUMBERS)
def test_a_last_line_gives_no_number(line):
    assert not pays(CheckAnswer(format=FREEFORM), line, "42")


@pytest.mark.parametrize("line", LETTERS)
def test_a_last_line_gives_its_letter(line):
    assert pays(CheckAnswer(format=FREEFORM), line, "B")
    assert not pays(CheckAnswer(format=FREEFORM), line, "C")
    if "17" not in line:  # which is no city
        assert pays(CheckChoice(format=FREEFORM), line, "B", **CITIES)


@pytest.mark.parametrize("line", NO_LETTERS)
def test_a_last_line_gives_no_letter(line):
    assert not pays(CheckAnswer(format=FREEFORM), line, "B")
    assert not pays(CheckChoice(format=FREEFORM), line, "B", **CITIES)


@pytest.mark.parametrize(
    "above",
    [
        "The answer is easy to see: we double 21 and are done.",
        "Tom's answer: she drives 6 hours at 7 miles an hour.",
        "Answer: it is what we need in the end.",
    ],
)
def test_a_label_below_an_announced_sentence_gives_its_number(above):
    reward = CheckAnswer(format=FREEFORM)
    assert pays(reward, f"{above}\nA: 42", "42")
    assert not pays(reward, f"{above}\nA: 43", "42")
    assert not pays(reward, f"{above}\nA: not 42", "42")


@pytest.mark.parametrize(
    "above", ["The answer is 41.", "The answer is 41 apples, as we have seen.", "\\boxed{41}"]
)
def test_a_label_below_another_number_gives_none(above):
    assert not pays(CheckAnswer(format=FREEFORM), f"{above}\nA: 42", "42")
