"""Each phrase that governs an answer from beside it, and each that only looks so."""

from __future__ import annotations

import pytest

from grpo_rewards import FREEFORM, CheckAnswer, compare
from grpo_rewards.wording.asides import denied_option
from grpo_rewards.wording.doubts import about_answer, denied_before, taken_back_before
from grpo_rewards.wording.retractions import taken_back


@pytest.mark.parametrize(
    "start",
    [
        "",
        "So ",
        "Thus ",
        "Hence ",
        "There is ",
        "There are ",
        "It is ",
        "It's ",
        "We have ",
        "And ",
    ],
)
@pytest.mark.parametrize(
    "only",
    [
        "not 41 but",
        "no value other than",
        "nothing except",
        "none besides",
        "never 41 but rather",
        "nobody except for",
    ],
)
def test_what_excludes_all_else_denies_nothing(start, only):
    assert taken_back_before(f"{start}{only} ") == ""


@pytest.mark.parametrize(
    "text", ["It is anything but ", "not anything but ", "It is not ", "not 41, but not "]
)
def test_what_excludes_the_answer_denies_it(text):
    assert denied_before(text)


@pytest.mark.parametrize("cannot", ["cannot", "can not", "can't", "can’t", "could not", "couldn't"])
@pytest.mark.parametrize(
    "better",
    [
        "be larger",
        "be any smaller",
        "be more",
        "be less",
        "be improved",
        "be reduced further",
        "be simplified",
        "be exceeded",
        "be avoided",
        "go any higher",
    ],
)
def test_a_bound_that_is_reached_is_no_denial(cannot, better):
    said = better.replace("go any ", "be any ")
    assert taken_back(f", and it {cannot} {said}.") == ""


@pytest.mark.parametrize(
    "right",
    [
        "right",
        "correct",
        "true",
        "valid",
        "accurate",
        "possible",
        "good",
        "it",
        "what we want",
        "the answer",
        "our answer",
        "my answer",
        "an answer",
        "a solution",
        "an option",
        "quite right",
        "really correct",
        "actually true",
        "entirely right",
        "so",
    ],
)
def test_that_is_not_right_takes_back_what_was_said(right):
    assert taken_back(f". That is not {right}.")


@pytest.mark.parametrize("other", ["prime", "even", "a multiple of 5", "hard to see", "surprising"])
def test_that_is_not_prime_takes_nothing_back(other):
    assert taken_back(f". That is not {other}.") == ""


@pytest.mark.parametrize(
    "operation",
    [
        "plus 3",
        "minus an eighth",
        "times two",
        "over three",
        "less than half",
        "more than 3",
        "fewer than one",
        "divided by 2",
        "multiplied by 5",
        "+ 3",
        "* 2",
        "× 2",
        "· 2",
        "÷ 2",
        "^2",
        r"\times 2",
        r"\cdot \alpha",
        r"\div 2",
        "+ (3)",
        "thousand",
        "doubled",
        "and a half",
        "万",
    ],
)
def test_an_operation_behind_it_makes_another_answer(operation):
    assert taken_back(f" {operation}") == "changed"


CANNOT = "determined known found calculated computed answered inferred concluded said told proven"
NOT = "enough sufficient given applicable mentioned stated determined listed"
NO = (
    "solution solutions change effect such information one answer difference real relationship "
    "conclusion correct"
)
OPTION_TEXTS = (
    *(f"cannot be {verb}" for verb in CANNOT.split()),
    *(f"not {word}" for word in NOT.split()),
    *(f"no {word}" for word in NO.split()),
    "it can't be determined", "this cannot be known", "they can not be found",
    "there is not enough information", "none of the above", "neither of them",
    "neither Rome nor Oslo", "there is no solution", "there are no solutions",
)  # fmt: skip


@pytest.mark.parametrize("mark", ["", ",", "(", ")", ".", ":", "-"])
@pytest.mark.parametrize("text", OPTION_TEXTS)
def test_an_options_text_may_deny(text, mark):
    assert not denied_option(mark, text)


@pytest.mark.parametrize("mark", [")", ".", ":"])
@pytest.mark.parametrize("text", ["Maybe", "Perhaps", "Possibly", "Probably"])
def test_one_word_behind_a_label_is_its_text(text, mark):
    assert not denied_option(mark, text)
    assert denied_option(",", text.lower())


@pytest.mark.parametrize(
    "text",
    ["cannot be right", "not sure", "no way", "no idea", "is wrong", "I guess", "wait", "or C"],
)
def test_what_speaks_of_the_answer_is_no_text(text):
    assert denied_option(",", text)


@pytest.mark.parametrize(
    "text", ["The answer has to be ", "The answer must be ", "The value of the answer is "]
)
def test_the_answer_itself(text):
    assert not about_answer(text)


@pytest.mark.parametrize(
    "text", ["The answer has ", "The answer ends in ", "Half of the answer is "]
)
def test_a_property_of_the_answer(text):
    assert about_answer(text)


@pytest.mark.parametrize(
    "said",
    [
        "It should have been ",
        "It should've been ",
        "That should have been ",
        "So it should have been ",
        "The answer should have been ",
        "Thus the answer should have been ",
        "The correct result ought to have been ",
        "Therefore, it could have been ",
        "They expected ",
        "Everybody guessed ",
        "I had ",
    ],
)
def test_what_it_should_have_been_is_no_answer(said):
    assert denied_before(said)


@pytest.mark.parametrize(
    "said",
    [
        "It should be ",
        "So the answer should be ",
        "It must have been ",
        "So the original price must have been ",
        "The correct total should have been ",
        "So she has ",
        "Tom had ",
    ],
)
def test_what_it_has_to_be_is_one(said):
    assert not denied_before(said)


@pytest.mark.parametrize(
    "denied",
    [
        "n\u043et 42",  # a Cyrillic o
        "n\u03bft 42",  # a Greek one
        "h\u0430rdly 42",
        "The answer is n\u043et 42.",
        "The answer is 42. Th\u0430t is wrong.",
    ],
)
def test_letters_of_another_script_hide_no_denial(denied):
    reward = CheckAnswer(format=FREEFORM)
    assert reward([denied, "42"], answer=["42"] * 2)[0] < reward.correct


@pytest.mark.parametrize("said", ["Ответ: 42", "Th\u0435 answer is 42.", "42 м", "Απάντηση: 42"])
def test_words_of_one_script_stay_what_they_are(said):
    reward = CheckAnswer(format=FREEFORM)
    assert reward([said], answer=["42"]) == [reward.correct]


@pytest.mark.parametrize(
    "behind",
    [
        "However, upon reviewing the step, I recognize the need for correction.",
        "Upon closer inspection, I realize that I overlooked one case.",
        "On reviewing this, I noticed an error in step 2.",
        "Let's recalculate.",
        "However, I realize the calculation above is incorrect.",
        "It appears there was a mistake in my calculation.",
        "There appears to be a discrepancy, so let's re-evaluate.",
        "Let me re-examine the problem.",
        "Let's address this by accurately calculating the areas.",
        "We need to revise this.",
        "I overlooked that no case is empty.",
        "This requires further correction.",
        "However, this does not match any of the options.",
        "Let me recalculate: 2 * 4 = 8.",
    ],
)
def test_a_second_look_that_finds_a_fault_takes_an_answer_back(behind):
    assert taken_back(f". {behind}", value="6")


@pytest.mark.parametrize(
    "behind",
    [
        "Upon reviewing my work, I found no errors.",
        "Upon reviewing each step, I confirm that it is correct.",
        "I recognize that this problem is a classic one.",
        "Note that a common mistake is to forget the second case.",
        "We realize the maximum at x = 2.",
        "If you notice any mistake, let me know.",
        "Let me know if any step needs clarification.",
        "Let me recalculate: 2 * 3 = 6.",
        "Let me recalculate to be sure: 2 * 3 = 6.",
        "We will revisit the topic in chapter 3.",
        "I found that the student forgot the sign.",
        "Let's fix the leak with tape.",
        "There is a mistake in the passage.",
    ],
)
def test_a_second_look_that_finds_none_leaves_it(behind):
    assert taken_back(f". {behind}", value="6") == ""


@pytest.mark.parametrize("value", ["42", "$42$"])
@pytest.mark.parametrize(
    "lead",
    [
        "It is not true that the remainder when N is divided by 7 is",
        "The wrong remainder when N is divided by 7 is",
        "A common mistake when dividing by 7 is",
        "The answer if n is even is",
    ],
)
def test_a_denial_before_the_first_verb_reaches_behind_the_second(lead, value):
    assert not compare("42", f"{lead} {value}")
    assert compare("42", f"The remainder when N is divided by 7 is {value}")
