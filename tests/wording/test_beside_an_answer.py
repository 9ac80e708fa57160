"""What beside the place of an answer takes it back, and what a careful teacher lets pass.

A box is a commitment: words around it that only say how it came about leave it standing, also where
the text breaks off behind it. What denies it, doubts it, disowns it, works on with it, or gives
another answer, takes it back.
"""

from __future__ import annotations

import pytest

from grpo_rewards import BOXED, FREEFORM, HASHES, THINK_ANSWER, CheckAnswer
from grpo_rewards.responses.places import beside

STANDS = (
    "{x} i.e. forty-two.",
    "{x} - a fine result.",
    "{x} < 43, as it should be.",
    "So we need {x} tiles.",
    "So we need {x}.",
    "Therefore, the total is {x} apples, and each child gets 6.",
    "The answer is {x}, not 41.",
    "{x} cm",
    "{x} is the answer.",
    "{x}.\n\nI double-checked: 6*7 = 42.",
    "{x}, because 41 is prime.",
    "{x}\n\nNote that 41 is wrong since it is odd.",
    "The total is {x}, and it cannot be larger.",
    "x cannot be negative, so {x}",
    "We get {x} (since x > 0).",
    "The final answer is {x}. I hope it is correct.",
    "Therefore, the total is {x} apples, and each",
    "The least number is {x}.",
    "The minimum value is at x=3, which gives {x}",
    "No solutions exist other than {x}.",
    "half of 84 is {x}",
    "Half of that is {x}.",
    "twice 21 is {x}",
    "The double of 21 equals {x}.",
    "The sum of 40 and 2 is {x}",
    "The remaining number is {x}",
    "If x = 3, then y = {x}.",
    "$$x = {x}$$",
    "\\[{x}\\]\nThus, Mia needs 42 pens.",
    "Not 41 but {x}.",
    "The answer is not 41, it is {x}.",
    "{x}\nThis is the final answer.",
    "It is {x} and that is it.",
    "{x} and we are done.",
    "{x}; all other cases are impossible.",
    "{x} (not 41)",
    "{x} which is what we wanted.",
    "{x} in total",
    "The answer is {x}. No other values work.",
    "{x}. That is not prime.",
    "{x} degrees.",
    "Answer: {x}!",
    "at least one of them, so {x}",
    "the number of ways to choose at most 3 is {x}",
    "The maximum is less than 50, so it is {x}",
    "{x} is even, so it is not prime.",
    "She needs {x} to be able to buy it.",
    "You need {x} cubes to fill the box.",
    "Change: {x}",
    "Double check: {x}",
    "Here is the answer in the required format: {x}",
    "This shows that {x} is the maximum.",
    "x = +{x}",
    "The area is {x}. The perimeter is 26.",
    "Case 1 gives {x}. Case 2 gives 42, too.",
    "{x}, so each of the 3 gets 14.",
    "{x} \\text{ cm}",
)
TAKEN_BACK = (
    "{x} is what I first got",
    "{x} or 43",
    "{x} is wrong; it is 41.",
    "The answer is 41 {x}",
    "{x} plus 3",
    "{x} + 3",
    "{x} is not the answer",
    "{x} is what I first got, but it is 41.",
    "{x} was my first answer.",
    "{x} was my first guess",
    "{x} seems right, but the answer is 41.",
    "{x}, but actually it is 41",
    "{x}. Wait, that's wrong.",
    "{x}. Hmm, no, 41.",
    "{x}. Correction: 41",
    "{x} - wait, it's 41",
    "{x} times two",
    "{x} divided by 2",
    "{x}? Not sure.",
    "{x} maybe",
    "Maybe {x}",
    "not {x}",
    "{x} would be the answer if x were 3.",
    "{x} is incorrect.",
    "{x} is a wrong answer",
    "{x} used to be my answer",
    "{x} is only an upper bound",
    "{x} is my guess",
    "{x}, I think",
    "{x}, though I am not sure",
    "{x} cannot be right",
    "{x} must be wrong",
    "{x}, no, 41",
    "{x}, oops, 41",
    "{x} is one option, 41 another.",
    "either {x} or 41",
    "41 or {x}",
    "{x}/41",
    "{x} thousand",
    "at least {x}",
    "{x}. The answer is 41.",
    "{x}. The final answer is 41.",
    "{x}. So the answer is 41, not 42.",
    "{x}\n\nThe correct answer is 41.",
    "{x}, which I got first, is wrong",
    "{x} is what you would get by mistake.",
    "{x} is what people usually say, wrongly",
    "I don't believe {x}",
    "It is false that {x}",
    "{x} is off by one.",
    "{x} was a mistake",
    "{x} minus 1",
    "We need {x} to divide n",
    "We need ${x}$ to divide n, so n = 84.",
    "We require {x} to be a factor of n.",
    "For {x} to divide n, n must be even.",
    "It is required that {x} divides n.",
    "It remains to show that {x} is maximal.",
    "We must check {x}.",
    "Let's test {x}.",
    "Try {x}.",
    "First try {x}",
    "Let us consider {x}.",
    "We replace {x} by 41.",
    "We change {x} to 41.",
    "{x} should be 41.",
    "{x} should read 41.",
    "{x} becomes 41 after rounding.",
    "{x} rounds to 40.",
    "{x} is replaced by 41.",
    "Case 1 gives {x}. Case 2 gives 41.",
    "Option 1: {x}. Option 2: 41.",
    "Method A: {x}\nMethod B: 41",
    "Since {x} is even, the answer is 84.",
    "There are {x} days, i.e. 6 weeks, so the answer is 6.",
    "Double the answer is {x}.",
    "e.g. {x}",
    "(e.g., {x})",
    "The format is {x}.",
    "The answer format should be {x}",
    "An example of the format: {x}",
    "Sample answer: {x}",
    "I was told the answer is {x}.",
    "{x} is my placeholder.",
    "{x} (placeholder)",
    "{x} (unverified)",
    "{x} (to be checked)",
    "{x} TODO",
)
# Only a box is an operand.
OPERANDS = (
    "1 + {x} = 43",
    "x = \\frac{{x}}{2}",
    "x = \\frac{1}{{x}}",
    "\\binom{{x}}{2}",
    "{x}\\boxed{}",
    "{x} \\implies 41",
    "{x} \\to 41",
    "{x} \\Rightarrow x = 41",
    "It is {x}/x.",
    "So we have {x} - x.",
    "The answer is {x}\\pi.",
    "The answer is {x}i.",
    "The answer is {x}% of 50.",
    "Thus ${x} < x < 43$.",
)
# What follows an answer, in a sentence or a line of its own: another one, and none.
GIVEN_ANEW = (
    *"""
Make that 41. | Or is it 41? | Or 41. | Let's say 41. | Change that to 41. | I stand
corrected: 41. | I meant 41. | Typo: 41. | Erratum: 41. | Fix: 41. | Revised: 41. | Better:
41. | Er, 41. | Um... 41. | Hold up, 41. | Ah, 41. | Oh, it's 41. | Whoops, 41. | Well, 41
actually. | Strictly, 41. | So 41. | Thus 41. | That makes 41. | Then it is 41. | But 41 is
right. | But 41 is better. | 41 is the right one. | 41 is correct. | It's really 41. | It is
41. | In truth, 41. | 41, I mean. | 41, sorry. | I choose 41. | I go with 41. | Going with 41.
| I settle on 41. | Maybe 41. | Could be 41. | Else 41. | Replace it by 41. | Use 41. | It
should be 41. | That should read 41. | Must be 41. | -> 41 | = 41 | I lied: 41 | Gotcha: 41. |
I forgot one, so 41. | Recount: 41. | Checking again gives 41. | Verified: 41. | Final answer
41. | **41** | 41. | Not so fast. | Error. | Cancel that. | Undo. | Withdrawn. | Retracted. |
I withdraw this answer. | I changed my mind. | It can't be. | That would be wrong. |
Everything above is wrong. | Ignore everything above. | Do not trust it. | They are mistaken.
| But he was wrong. | I forgot one. | I forgot to add 1. | One too few. | I miscounted. | I
misread the question.
""".replace("\n", " ")
    .strip()
    .split(" | "),
)
GOES_ON = (
    *"""
It is the only solution. | It is 6 times 7. | Check: 42 - 2 = 40. | The minimum is attained at
x = 3. | The other root is 41. | So each of the 3 gets 14. | So each gets 14. | So it is 42. |
So it's 42.0. | That is 42. | That's 6 weeks. | That is 6 weeks. | This equals 6 * 7. | Then
the remainder is 0. | Explanation: 40 + 2 = 42. | We add 2. | I added 40 and 2. | By (3). | In
2024. | Confidence: 95% | Both methods give 42. | Thus x = 42. | Verified! |
Final check: 42 / 6 = 7. | Right. | Difficulty: 5. | Answer: 42 | It is 42, not 41. | It is
not 41. | Not 41. | It can't be 41. | If I forgot one, it would be 41. | One might say 41. | I
considered 41 and rejected it. | This error is common. | Undoing the steps confirms it. | It
is one short of 43.
""".replace("\n", " ")
    .strip()
    .split(" | "),
    "Steps:\n1. 40\n2. 2",
    "Steps:\n- 40\n- 2",
    "**Why:**\n- A: 40\n- B: 2",
)
LEADS = (
    "The answer is 42.",
    "\\boxed{42}.",
    "So we get \\boxed{42}\n\n",
    "#### 42\n",
    "Answer: 42\n\n",
)

# When what was asked for is what it is.
AT_A_TIME = (
    "Thus, the remainder when $N$ is divided by $1000$ is ${x}$.",
    "Therefore, the remainder when $2^{100}$ is divided by 7 is {x}.",
    "The remainder when divided by 7 is {x}.",
    "So the remainder when dividing by 7 is {x}.",
    "The value of the function when x is 2 is {x}.",
    "The height of the ball when it lands is {x}.",
    "The number of hours until noon is {x}.",
    "The speed while climbing is {x}.",
    "$2^{100}$ leaves a remainder of {x}.",
    "We divide, with a final remainder of {x}.",
)
AT_NO_TIME = (
    "The answer when n is even is {x}.",
    "The answer until we check is {x}.",
    "The answer while we wait is {x}.",
    "The value when I guess is {x}.",
    "The remainder when N is divided by 7 is not {x}.",
    "The remainder when N is divided by 7 may be {x}.",
    "The remainder when N is divided by 7 is at least {x}.",
    "The remainder when N is divided by 7 is probably {x}.",
    "The wrong remainder when N is divided by 7 is {x}.",
    "It is not true that the remainder when N is divided by 7 is {x}.",
    "A common mistake when dividing by 7 is {x}.",
    "It is 5 more than the remainder of {x}.",
)

# "Would" and "could" of what was worked out, and of what was not so.
WOULD = (
    "It would take him {x} hours.",
    "He would need ${x}$ hours.",
    "She could buy {x} eggs.",
    "Altogether it would cost {x} dollars.",
    "So each would get {x} sweets.",
    "The time it would take both of them is {x}.",
    "The value it would have is {x}.",
    "So the angle is ${x}^\\circ$.",
    "So the angle is ${x}^{\\circ}$ in all.",
)
WOULD_NOT = (
    "If he ran, it would take {x} hours.",
    "It would have cost {x} dollars.",
    "Without the discount it would cost {x} dollars.",
    "A student would get {x}.",
    "A careless solver would get {x}.",
    "Most people would say {x}.",
    "He would never need {x} hours.",
    "He would need at least {x} hours.",
    "We would need to add {x}.",
    "It would take about {x} hours.",
    "So it is ${x}^2$.",
    "So the angle is ${x}^\\circ - 5^\\circ$.",
)
ROUNDED = (
    "It is about ${x}$ m.",
    "So $x \\approx {x}$.",
    "The area is $14.17 \\cdot 3 \\approx {x}$.",
    "To the nearest tenth, it is approximately {x}.",
)
ROUNDED_NOT = (
    "It is not about {x}.",
    "It may be about {x}.",
    "It is more than about {x}.",
    "I doubt that it is about {x}.",
    "It is perhaps roughly {x}.",
)

BOX = r"\boxed{42}"


# Where it comes to is no range.
COMES_TO = (
    "the sum is equal to {x}.",
    "the expression simplifies to {x}.",
    "x is equivalent to {x}.",
    "this reduces to {x}.",
    "it evaluates to {x}.",
    "the whole comes to {x}.",
    "it adds up to {x}.",
    "the sum amounts to {x}.",
    "this corresponds to {x}.",
    "the number in base ten converts to {x}.",
    "it is then reduced to {x}.",
    "the fraction simplifies further to {x}.",
    "it boils down to {x}.",
    "the total comes out to {x}.",
    "that leads us to {x}.",
    "the sum works out to {x}.",
    "the price rises to {x}.",
    "the price was increased to {x}.",
    "the angle is congruent to {x}.",
    "it rounds to {x}.",
    "the value is rounded to {x}.",
    "this brings the total to {x}.",
    "x is set to {x}.",
    "x must be equal to {x}.",
    "the product equals to {x}.",
    "the sum is, therefore, equal to {x}.",
    "it came to {x}.",
    "the total number of ways is equal to {x}.",
    "12 + 30 is equal to {x}.",
    "$x + y$ simplifies to {x}.",
    "$\\frac{84}{2}$ reduces to {x}.",
)
COMES_NOT_TO = (
    "it is not equal to {x}.",
    "it is nearly equal to {x}.",
    "it is approximately equal to {x}.",
    "it is less than or equal to {x}.",
    "it is greater than or equal to {x}.",
    "the range is 1 to {x}.",
    "it goes from 1 to {x}.",
    "it is close to {x}.",
    "it is up to {x}.",
    "it is next to {x}.",
    "it is at most equal to {x}.",
    "it is proportional to {x}.",
    "it is prior to {x}.",
    "it is compared to {x}.",
    "it is half equal to {x}.",
    "it adds 5 to {x}.",
    "it can never be equal to {x}.",
    "it is almost equal to {x}.",
    "the sum does not simplify to {x}.",
    "it is roughly equal to {x}.",
    "it may be equal to {x}.",
    "it is unlikely to be equal to {x}.",
    "x ranges from 40 to {x}.",
    "it is similar to {x}.",
    "we add 5 to {x}.",
    "it cannot be reduced to {x}.",
    "it would wrongly simplify to {x}.",
    "a student simplified it to {x}.",
    "it doubles to twice {x}.",
    "it is about equal to {x}.",
    "it is probably equal to {x}.",
    "it is perhaps equal to {x}.",
    "hours 40 to {x}.",
)


def paid(texts):
    """The texts that give 42."""
    reward = CheckAnswer(format=FREEFORM)
    scores = reward(texts, answer=["42"] * len(texts))
    return [text for text, score in zip(texts, scores, strict=True) if score == reward.correct]


@pytest.mark.parametrize("layout", [BOXED, FREEFORM], ids=["boxed", "freeform"])
@pytest.mark.parametrize("text", [*STANDS, *COMES_TO, *AT_A_TIME, *WOULD])
def test_a_box_stands(text, layout):
    reward = CheckAnswer(format=layout)
    assert reward([text.replace("{x}", BOX)], answer=["42"]) == [reward.correct]


@pytest.mark.parametrize("layout", [BOXED, FREEFORM], ids=["boxed", "freeform"])
@pytest.mark.parametrize("text", [*TAKEN_BACK, *COMES_NOT_TO, *AT_NO_TIME, *WOULD_NOT])
def test_a_box_is_taken_back(text, layout):
    reward = CheckAnswer(format=layout)
    assert reward([text.replace("{x}", BOX)], answer=["42"])[0] < reward.correct


@pytest.mark.parametrize("layout", [BOXED, FREEFORM], ids=["boxed", "freeform"])
def test_a_decimal_in_a_box_may_be_rounded_and_a_whole_number_is_a_guess(layout):
    reward = CheckAnswer(format=layout)

    def is_paid(text, value):
        box = f"\\boxed{{{value}}}"
        return reward([text.replace("{x}", box)], answer=[value])[0] == reward.correct

    assert [text for text in ROUNDED if not is_paid(text, "42.5")] == []
    assert [text for text in ROUNDED if is_paid(text, "42")] == []
    assert [text for text in ROUNDED_NOT if is_paid(text, "42.5")] == []


@pytest.mark.parametrize("text", OPERANDS)
def test_a_box_is_an_operand(text):
    reward = CheckAnswer(format=BOXED)
    assert reward([text.replace("{x}", BOX)], answer=["42"])[0] < reward.correct


@pytest.mark.parametrize("lead", LEADS)
def test_a_sentence_behind_it_gives_another_answer(lead):
    assert paid([lead, *(f"{lead} {more}" for more in GIVEN_ANEW)]) == [lead]


@pytest.mark.parametrize("lead", LEADS)
def test_a_sentence_behind_it_goes_on(lead):
    texts = [f"{lead} {more}" for more in GOES_ON]
    assert paid(texts) == texts


@pytest.mark.parametrize("layout", [BOXED, FREEFORM], ids=["boxed", "freeform"])
@pytest.mark.parametrize("sign", [r"\%", "%", " percent", "% of them"])
def test_a_percent_sign_behind_a_box_is_a_part_of_the_answer(sign, layout):
    reward = CheckAnswer(format=layout)
    texts = [f"It is {BOX}{sign}"] * 3
    paid = [score == reward.correct for score in reward(texts, answer=["42%", "0.42", "42"])]
    assert paid == [True, True, False]


def test_the_box_of_a_worked_solution_has_its_percent_sign():
    solution = (
        r"Half of the students are boys, and so the share that was asked for is $\boxed{42}\%$."
    )
    texts = [r"\boxed{42}\%", r"\boxed{42\%}", r"\boxed{42}", r"\boxed{41}\%"]
    reward = CheckAnswer(format=BOXED, gold_format=BOXED)
    scores = reward(texts, answer=[solution] * 4)
    assert [score == reward.correct for score in scores] == [True, True, True, False]


def test_hashes_behind_a_line_of_hashes_close_it():
    reward = CheckAnswer(format=HASHES)
    right = ["40 + 2\n#### 42 ####", "#### 42 #", "#### $42 ##", "#### 42 ####\nDone."]
    wrong = ["#### 41 ####", "#### 42 #### 41", "#### ####", "42 ####", "'#### answer'\n42"]
    texts = [*right, *wrong]
    scores = reward(texts, answer=["42"] * len(texts))
    assert [score == reward.correct for score in scores] == [True] * 4 + [False] * 5


def test_what_follows_a_line_of_hashes_takes_it_back():
    reward = CheckAnswer(format=HASHES)
    right = [
        "40 + 2\n#### 42",
        "It is not 41.\n#### 42\n\nI hope this helps.",
        "So:\n#### 42\nDone.",
    ]
    wrong = ["Wait, that's wrong.", "Actually, 41.", "So n = 84.", "or 41", "The answer is 41."]
    texts = [*right, *(f"#### 42\n{more}" for more in wrong)]
    scores = reward(texts, answer=["42"] * len(texts))
    paid = [text for text, score in zip(texts, scores, strict=True) if score == reward.correct]
    assert paid == right


@pytest.mark.parametrize("layout", [FREEFORM, THINK_ANSWER], ids=["freeform", "tagged"])
@pytest.mark.parametrize("lead", ["B) Paris.", "(B) Paris.", "\\boxed{B}."])
def test_a_sentence_behind_an_option_takes_it_back(lead, layout):
    """But what stands directly behind a label is its text, whatever its words."""

    def laid_out(text):
        return text if layout is FREEFORM else f"<think>So.</think><answer>{text}</answer>"

    texts = [laid_out(f"{lead} {more.replace('41', 'C')}") for more in GIVEN_ANEW]
    honest = laid_out("B) Paris. It has been the capital since 987.")
    reward = CheckAnswer(format=layout)
    scores = reward([honest, *texts], answer=["B"] * (len(texts) + 1))
    paid = zip(texts, scores[1:], strict=True)
    assert scores[0] == reward.correct
    assert [text for text, score in paid if score == reward.correct] == []


@pytest.mark.parametrize("text", [*STANDS, *TAKEN_BACK])
def test_tags_are_read_as_a_box_is(text):
    """Words beside the place of an answer mean the same, whatever marks the place."""
    start = text.index("{x}")
    tagged = text.replace("{x}", "<answer>42</answer>")
    place = start, start + len("<answer>42</answer>")
    assert (beside(tagged, *place, "42") == "") == (text in STANDS)


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("42", "The answer is 42."),
        ("1,250", "The answer is 1250."),
        ("0.5", "Answer: 0.50"),
        ("42", "The answer is even."),
        ("B", "The answer is B."),
        (r"\frac{1}{2}", "The answer is 0.5."),
    ],
)
def test_the_same_answer_may_be_said_again(value, after):
    text = f"{{x}}. {after}"
    assert beside(text, 0, 3, value) == ""


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ("42", "The answer is -42."),
        ("1,250", "The answer is 125."),
        ("0.5", "Answer: 5"),
        ("B", "The answer is C."),
    ],
)
def test_another_answer_may_not(value, after):
    assert beside(f"{{x}}. {after}", 0, 3, value).startswith("another answer")
