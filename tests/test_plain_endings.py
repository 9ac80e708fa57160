"""The last lines that are read at once: to the same answer as by all that reads other texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards.responses import extraction
from grpo_rewards.responses.plain_endings import plain_ending
from grpo_rewards.testing.cases import response_cases

ABOVE = "There are 6 rows of 7 pens.\n"
PLAIN = [
    ("The answer is 42.", "42"),
    ("The answer is: 42", "42"),
    ("The final answer is -42.", "-42"),
    ("The correct answer is $1,234.50", "$1,234.50"),
    ("So the answer is 42%.", "42%"),
    ("Thus, the answer is 42.", "42"),
    ("Hence the final answer is 42.", "42"),
    ("Therefore, the answer is 42.", "42"),
    ("Answer: 42", "42"),
    ("#### 42", "42"),
    ("####42", "42"),
    (r"\boxed{42}", "42"),
    (r"$\boxed{\frac{1}{2}}$.", r"\frac{1}{2}"),
    (r"The answer is \boxed{x + 1}.", "x + 1"),
    (r"The answer is: \boxed{42}", "42"),
    (r"So \boxed{42}.", "42"),
    (r"Thus it is \boxed{42}.", "42"),
    (r"Hence, we get $\boxed{42}$.", "42"),
    (r"Therefore, it is \boxed{\text{Monday}}.", r"\text{Monday}"),
]
LONGER = [
    ("", "The answer is 42."),
    ("If every row is full,\n", "The answer is 42."),
    ("We try\n", "The answer is 42."),
    ("Take a small number, e.g.\n", r"\boxed{42}"),
    ("I have no idea.\n", r"\boxed{42}"),
    ("The answer is 41.\n", "The answer is 42."),
    ("#### 41\n6 * 7 = 42.\n", "#### 42"),
    ("\\boxed{41} or\n6 * 7 = 42.\n", r"\boxed{42}"),
    ("\\boxed{6 * 7 =\n2 * 21 = 42.\n", "The answer is 42."),
    (ABOVE, "The answer is not 42."),
    (ABOVE, "The answer is 42 or 43."),
    (ABOVE, "The answer is about 42."),
    (ABOVE, r"Twice \boxed{42}."),
    (ABOVE, r"\boxed{42} is wrong."),
    (ABOVE, r"\boxed{ }"),
    (ABOVE, r"\boxed{42"),
    (ABOVE, "42"),
]


@pytest.mark.parametrize(("line", "value"), PLAIN, ids=[line for line, _ in PLAIN])
def test_a_line_that_announces_one_value_is_read_at_once(line, value):
    assert plain_ending(ABOVE + line) == value
    assert plain_ending(f"{ABOVE}\n{line}\n\n") == value


@pytest.mark.parametrize(
    ("above", "line"), LONGER, ids=[f"{above}{line}" for above, line in LONGER]
)
def test_where_more_is_to_be_asked_nothing_is_read_at_once(above, line):
    assert plain_ending(above + line) is None


@pytest.mark.parametrize("end", [".", "!", ")", "]", "}", "$", "%", "5"])
def test_a_line_that_is_over_ends_with_a_stop_a_bracket_or_a_figure(end):
    assert plain_ending(f"So much of it{end}\n#### 42") == "42"


@pytest.mark.parametrize("end", [",", ":", " then", "=", "+", "…", "?"])
def test_a_line_that_goes_on_governs_the_next_one(end):
    assert plain_ending(f"So much of it{end}\nThe answer is 42.") is None


ROWS = Path(__file__).parent / "wording" / "word_by_word"
TEXTS = [case.response for case in response_cases()] + [
    row.split(" ", 2)[2].replace("⏎", "\n")
    for file in sorted(ROWS.glob("*.txt"))
    for row in file.read_text().splitlines()
    if row[:1] in "+-?"
]


@given(
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=2),
    st.sampled_from(["\n", "\n\n", ".\n", ". \n"]),
    st.sampled_from([line for line, _ in PLAIN]),
)
def test_it_is_read_to_the_same_answer_below_any_text(texts, parted, line):
    text = "\n".join(texts) + parted + line
    at_once = extraction.freeform_answer(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extraction, "plain_ending", lambda text: None)
        assert extraction.freeform_answer(text) == at_once
