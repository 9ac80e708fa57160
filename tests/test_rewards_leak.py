"""The check for leaks: every rule's cases, and ordinary right responses, which are none."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import BOXED, FREEFORM, THINK_BOXED, ColumnError, OptionError
from grpo_rewards.rewards.leak import AnswerLeak, answer_leak

START, END = "<start_working_out>", "<end_working_out>"
PIECES = [
    "The answer is ",
    "42",
    ". ",
    "the given answer is ",
    "\\boxed{",
    "}",
    "because ",
    "\n",
    END,
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
SOLUTION = (
    "Let $r$ be the number of rows, and let $c$ be the number of tiles in each row of the floor. "
    "Since the floor is six rows deep and every row has seven tiles, the total number of tiles is "
    r"the product of both, which is $6 \cdot 7 = 42$. Therefore the answer is $\boxed{42}$."
)
GSM8K = (
    "Natalia sold 48/2 = <<48/2=24>>24 clips in May.\n"
    "Natalia sold 48+24 = <<48+24=72>>72 clips altogether in April and May.\n"
    "So over the two months her friends bought 72 of the clips that she had.\n#### 72"
)

OTHER_CLIPS = (
    "In April she sold 48 clips. In May she sold half as many, so 48/2 = 24 clips. "
    "Altogether she sold 48+24 = 72 clips in April and May."
)
OTHER_TILES = (
    "The floor has six rows with seven tiles in each row. The total number of tiles is "
    r"$6 \cdot 7 = 42$. Therefore the answer is $\boxed{42}$."
)


def answered(reasoning, answer="42"):
    return f"{reasoning}{END}<SOLUTION>{answer}</SOLUTION>"


def rule(reasoning, **columns):
    outcome = answer_leak.explain(answered(reasoning), **({"answer": "42"} | columns))
    assert outcome.score == (-1.0 if outcome.details["rule"] else 0.0)
    return outcome.details["rule"]


ORDINARY = [
    "6 rows of 7 tiles are 42 tiles.",
    "6 * 7 = 42",
    "The answer is 42 because 6 * 7 = 42.",
    "The answer is 42, since six sevens are 42.",
    "We know that there are 6 rows of 7 tiles. So the answer is 42.",
    "First, 6 * 7 is 42. The final answer is 42.",
    "Given 6 rows of 7 tiles, the answer is 42.",
    "The given equation is 42 = 6x, so x = 7, and the answer is 42.",
    "We are given 42 apples in all, and asked how many there are. 42.",
    "It is stated that there are 42 tiles in 6 rows.",
    "The provided information: 6 rows, 7 tiles in each. The total is 42.",
    "Given the choices A, B and C, the correct one is 42.",
    "The correct answer is therefore 42, after checking each choice.",
    "The answer is the product of 6 and 7. That is 42.",
    "The answer is 6 * 7. That gives 42.",
    "The answer is 42/7 times 7, which is 42.",
    "The answer is 42.5 rounded down. So 42.",
    "The answer is 42x at x = 1.",
    "The answer is what we get by multiplying: 42.",
    "The expected answer is a whole number. 6 * 7 = 42. The answer is 42.",
    "The question states that the answer is positive. 6 * 7 = 42.",
    "Okay, so I need to find the total. 6 rows with 7 each: 7, 14, 21, 28, 35, 42. So it is 42.",
    "Hmm, is the answer 42? 6 * 7 = 42. Yes.",
    r"Six sevens are $\boxed{42}$.",
    "As shown above, the solution was 42, and the given numbers confirm it.",
    "",
]
OPENINGS = [
    "The answer is 42. Let me check: 6 * 7 = 42.",
    "Okay, the answer is 42.\nNow I have to show work.",
    "So, I think the correct answer must be $42$.",
    "Final answer: 42\n\nExplanation: six sevens.",
    r"\boxed{42}. Six rows of seven tiles.",
    "The answer is **42 tiles**. Six rows of seven.",
    "The answer to this question is simply 42!",
    "The answer is 42.",
]
GIVEN = [
    "The answer key says the answer is 42. So 6 * 7 has to be 42.",
    "We are given that the answer is 42, so I work back from it.",
    "I was told the answer is 42. Let me see how.",
    "6 * 7. The reference solution gives 42, so I explain that.",
    "Let me think. The ground truth is 42.",
    "The answer is 42, as given in the prompt.",
    "6 rows. The answer is 42 because it was provided.",
    "6 rows of 7. The answer was already provided as 42.",
    "According to the provided answer of 42, we multiply.",
    "Let me look at the gold answer: 42. Then 6 * 7.",
]


class TestStatements:
    """The reasoning says that it was given the gold, or opens with it."""

    @pytest.mark.parametrize("reasoning", ORDINARY)
    def test_ordinary_right_reasoning_is_no_leak(self, reasoning):
        assert rule(reasoning) is None

    @pytest.mark.parametrize("reasoning", OPENINGS)
    def test_the_gold_before_any_work_is_one(self, reasoning):
        assert rule(reasoning) == "opening"

    @pytest.mark.parametrize("reasoning", GIVEN)
    def test_saying_that_it_was_given_is_one(self, reasoning):
        assert rule(reasoning) == "given"

    @pytest.mark.parametrize("reasoning", [*OPENINGS, *GIVEN])
    def test_of_another_answer_than_the_gold_it_is_none(self, reasoning):
        assert rule(reasoning, answer="7") is None

    def test_golds_and_answers_may_be_written_differently(self):
        assert rule("The answer is $1,234$. So", answer="1234") == "opening"
        assert rule("The answer is Paris. It", answer="paris") == "opening"
        assert rule(r"The answer is $\frac{1}{2}$. So", answer=r"\frac{1}{2}") == "opening"
        assert rule("The answer is 42. So", answer=["41", 42]) == "opening"

    def test_a_letter_of_a_choice_is_no_article(self):
        assert rule("The answer is a number.", answer="A") is None
        assert rule("The answer is A number.", answer="B") is None
        assert rule("The answer is B. The others", answer="B") == "opening"

    def test_the_answer_that_a_solution_ends_with_is_a_gold(self):
        assert rule("The answer is 72. So", answer=GSM8K) == "opening"
        assert rule("The answer key says 42.", answer=None, solution=SOLUTION) == "given"

    def test_without_reasoning_tags_an_answer_may_come_first(self):
        for format in (BOXED, FREEFORM):
            reward = AnswerLeak(format=format)
            assert reward([r"The answer is 42. Six sevens are \boxed{42}."], answer=["42"]) == [0.0]
            assert reward([r"The answer key says 42. So \boxed{42}"], answer=["42"]) == [-1.0]


class TestCopies:
    """The reasoning has much of a solution, word for word."""

    @pytest.mark.parametrize("column", ["answer", "solution"])
    @pytest.mark.parametrize("solution", [SOLUTION, GSM8K], ids=["a proof", "GSM8K"])
    def test_a_solution_word_for_word_is_one(self, column, solution):
        columns = {"answer": None} | {column: solution}
        assert rule(f"Let me think. {solution} Done.", **columns) == "copied"
        assert rule(solution.upper().replace("\n", " "), **columns) == "copied"

    def test_what_gsm8k_has_for_a_calculator_is_passed_over(self):
        as_written = (
            "Natalia sold 48/2 = 24 clips in May. Natalia sold 48+24 = 72 clips altogether in April"
            " and May. So over the two months her friends bought 72 of the clips that she had."
        )
        assert rule(as_written, answer=GSM8K) == "copied"

    @pytest.mark.parametrize(
        ("reasoning", "solution"), [(OTHER_CLIPS, GSM8K), (OTHER_TILES, SOLUTION), ("42", SOLUTION)]
    )
    def test_another_writer_s_solution_is_none(self, reasoning, solution):
        assert rule(reasoning, answer=solution) is None

    def test_half_a_copy_counts_from_the_share_on(self):
        half = SOLUTION[: len(SOLUTION) // 2]
        text = answered(half)
        assert answer_leak([text], answer=[SOLUTION]) == [0.0]
        assert AnswerLeak(copied=0.3)([text], answer=[SOLUTION]) == [-1.0]

    def test_a_long_answer_that_is_no_solution_is_none(self):
        """Reasoning ends with it, as it should."""
        gold = "{1, 2, 3, 4, 6, 7, 12, 14, 21, 28, 42, 84}"
        assert rule(f"We list the divisors of 84. They are {gold}.", answer=gold) is None

    def test_scripts_without_spaces_are_read_by_character(self):
        gold = "地板有六行每行有七块瓷砖所以瓷砖的总数是六乘以七等于四十二块因此答案是四十二"
        assert rule(f"好的。{gold}。", answer=gold) == "copied"
        assert rule("每行七块，一共六行，六七四十二。", answer=gold) is None


class TestPrefills:
    """The prompt prefills reasoning that has the gold."""

    @pytest.mark.parametrize(
        "prompt",
        [
            f"6 * 7?{START}Six sevens are 42",
            f"6 * 7? Is it 42?{START}The answer is 42, because",
            f"6 * 7? {START}old{END} 6 * 7? {START} We get \\boxed{{42}}",
            [
                {"role": "user", "content": "6 * 7?"},
                {"role": "assistant", "content": f"{START}Six sevens are 42"},
            ],
            [{"role": "user", "content": "6 * 7?"}, {"role": "assistant", "content": "So 42,"}],
        ],
    )
    def test_a_prefill_with_the_gold_is_a_leak(self, prompt):
        assert rule("6 * 7 is 42.", prompts=prompt) == "prefilled"

    @pytest.mark.parametrize(
        "prompt",
        [
            None,
            "",
            f"6 * 7?{START}",
            f"6 * 7?{START}Let me think step by step.",
            f"Is 6 * 7 = 42?{START}Is 42 right?",
            f"6 * 7?{START}142, 4.42 and 42.5 are others",
            "The answer is 42. What is the question?",
            f"Write between {START} and {END}. Is it 42?",
            f"6 * 8? {START}old: the answer is 42{END} 6 * 7?",
            [{"role": "user", "content": "6 * 7? The answer is 42."}],
            [
                {"role": "system", "content": f"Write {START}, then the answer."},
                {"role": "user", "content": "Is the answer 42?"},
            ],
            [{"role": "user", "content": [{"type": "text", "text": "42?"}]}],
            [],
        ],
    )
    def test_another_prompt_is_none(self, prompt):
        assert rule("6 * 7 is 42.", prompts=prompt) is None

    def test_a_gold_of_one_character_has_to_be_stated(self):
        assert rule("so", answer="2", prompts=f"1 + 1?{START}In 2 steps:") is None
        assert rule("so", answer="2", prompts=f"1 + 1?{START}The answer is 2:") == "prefilled"

    def test_a_prefill_that_copies_the_solution_is_a_leak(self):
        columns = {"answer": None, "solution": SOLUTION, "prompts": f"q {START}{SOLUTION}"}
        assert rule("so it is", **columns) == "prefilled"

    def test_formats_without_reasoning_tags_have_a_prefill_in_chats_only(self):
        reward = AnswerLeak(format=BOXED)
        chat = [{"role": "user", "content": "6 * 7?"}, {"role": "assistant", "content": "So 42,"}]
        assert reward(["x", "x"], prompts=[chat, "6 * 7? So 42,"], answer=["42"] * 2) == [-1.0, 0.0]


class TestContract:
    """Scores, columns, logs."""

    @given(st.text(st.characters()) | SOUP, st.text(st.characters()) | SOUP)
    def test_no_text_raises_and_the_score_is_one_of_two(self, text, prompt):
        outcome = answer_leak.explain(text, answer=["42", SOLUTION], prompts=START + prompt)
        assert outcome.score in (0.0, -1.0)
        assert outcome.reason
        json.dumps(outcome.details)

    @pytest.mark.parametrize("gold", [None, "", "  ", [], float("nan")])
    def test_no_gold_is_no_opinion(self, gold):
        assert answer_leak([answered("6 * 7")], answer=[gold]) == [None]

    def test_the_gold_s_column_can_be_named(self):
        text = answered("The answer is 42. So")
        assert AnswerLeak(gold="key")([text], key=["42"], answer=["7"]) == [-1.0]
        for reward in (answer_leak, AnswerLeak(gold="key")):
            with pytest.raises(ColumnError):
                reward([text], question=["6 * 7?"])

    def test_the_scores_are_options(self):
        reward = AnswerLeak(format=THINK_BOXED, clean=0.5, leaked=-2.0)
        texts = [r"6 * 7</think>\boxed{42}", r"The answer is 42.</think>\boxed{42}"]
        assert reward(texts, answer=["42"] * 2) == [0.5, -2.0]

    def test_shares_are_logged(self):
        logged = {}
        texts = [answered(OPENINGS[0]), answered(GIVEN[0]), answered("6 * 7"), answered("6 * 7")]
        answer_leak(texts, answer=["42", "42", "42", None], log_metric=logged.__setitem__)
        assert logged == {
            "answer_leak/leaked": 0.5,
            "answer_leak/prefilled": 0.0,
            "answer_leak/copied": 0.0,
            "answer_leak/given": 0.25,
            "answer_leak/opening": 0.25,
        }

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ({"copied": 0}, "copied=0"),
            ({"copied": 1.5}, "copied=1.5"),
            ({"leaked": 0.0}, "leaked"),
            ({"gold": ""}, "gold=''"),
            ({"format": None}, "None"),
        ],
        ids=str,
    )
    def test_a_wrong_option_raises(self, options, said):
        with pytest.raises(OptionError, match=said):
            AnswerLeak(**options)

    def test_the_ready_made_one_pickles(self):
        assert answer_leak == AnswerLeak()
        assert pickle.loads(pickle.dumps(answer_leak)) == answer_leak
