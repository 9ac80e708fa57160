"""The reward for multiple choice: what names an option, and what names none or several."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import grpo_rewards.rewards.choice
from choice_cases import CITIES, laid_out, scored
from grpo_rewards import FREEFORM, OptionError
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.rewards.choice import CheckChoice, check_choice
from grpo_rewards.testing import assert_reward_contract, audit

ALL = CheckChoice(select="all")


# The right option is B, Paris -------------------------------------------------------------------

BY_LABEL = [
    *("B", "b", "(B)", "(b)", "B.", "b.", "B)", "B:", "[B]", "<B>", "{B}", "Ｂ", "（Ｂ）", "B\n"),
    *("**B**", "*B*", "`B`", '"B"', "“B”", "# B", "### B", "- B", "> B", "B is correct"),
    *(r"\boxed{B}", r"\text{B}", r"$\text{B}$", r"\textbf{(B)}", r"\mathbf{B}", r"\mathrm{(B)}"),
    *(r"\boxed{\text{B}}", "option B", "Option B.", "choice B", "Answer B", "answer: B"),
    *("Answer: B", "Final answer: **B**", "The answer is B", "The answer is: (B).", "answer is B"),
    *("the correct answer is option B", "The correct option is B.", "My answer is B.", "It's B"),
    *("So the answer is B", "Therefore, the answer is B.", "I choose B", "I would pick (B)"),
    *(
        "B is the correct answer",
        "Option B is correct.",
        "The best answer is B.",
        "B is the answer",
    ),
    *("**Answer:** B", "### Final Answer\n\n**B**", "# Answer\nB", "Selected option: B"),
    *("```\nB\n```", "<b>B</b>", "✅ B", "B ✓", "Ⓑ", "𝐁", "B!", "B option", "I think B"),
    *("The most likely answer is B", "The correct answer to the question is option B.", "Ans. B"),
    *("答案是B", "正确答案是B。", "故选：B", "选项B", "The answer is therefore B"),
    *(r"The final answer is $\boxed{B}$. I hope it is correct.", "B\n\nExplanation: it is so."),
]
DISMISSING = [
    *("B, not A", "B (not A)", "B and not A", "B rather than A", "B instead of C", "Not A but B"),
    *("(A) is wrong, so (B)", "A is wrong. The answer is B.", "A, C and D are wrong, so B."),
    *("B. A, C and D are incorrect.", "B (A is wrong)", "C isn't right; the answer is B"),
]
BY_TEXT = [
    *("Paris", "paris", "PARIS.", " Paris ", "'Paris'", "**Paris**", r"\text{Paris}", "(Paris)"),
    *("The answer is Paris.", "the correct answer is Paris", "Paris is correct", "It is Paris"),
    *("The capital of France is Paris.", "Paris is the capital of France.", r"\boxed{Paris}"),
    *("Paris. It is the capital of France.", "Paris, because it is the capital", "That is Paris"),
    *("Paris, not Rome", "not Rome but Paris", "Paris rather than Rome", "Rome is wrong. Paris"),
    *("the second option", "The second choice", "2nd option", "option 2", "Option #2"),
]
BY_BOTH = [
    *("B: Paris", "B. Paris", "B) Paris", "(B) Paris", "B - Paris", "B – Paris", "B Paris"),
    *("B.Paris", "B)Paris", "**B**: Paris", "**B. Paris**", "b) paris", "Option (B) - Paris"),
    *("B, Paris", "B\nParis", "Paris (B)", "Paris, option B", r"\boxed{B. Paris}", "B; B"),
    *(r"\boxed{\text{(B) Paris}}", r"\textbf{(B) } \text{Paris}", "The answer is (B) Paris."),
    *("B, because it is the capital of France.", "B because Rome is in Italy"),
    *("B = Paris", "B → Paris", "Paris - B", "Paris, which is option B", "Paris (answer B)"),
    *("The capital of France is Paris (B).", "The capital of France is (B) Paris."),
    *("It is the capital of France, so the answer is B.", "The answer is:\n\n**B. Paris**"),
    *(
        "Since Paris is the capital, the answer is (B).",
        "B. Paris, not Rome",
        "B: Paris. The other options are incorrect.",
        "B. Paris is the capital of France, while Rome is the capital of Italy.",
        "B. Paris\n\nRome is the capital of Italy, Oslo is the capital of Norway.",
        "B\n\nExplanation: Rome is the capital of Italy.",
        "B. That is where the government of France sits.",
    ),
    *("B. Paris. It is the capital.", "B. Paris, since Rome is in Italy", "Choice (B): Paris"),
]
BY_UNKNOWN_TEXT = [
    *("B. Paris", "B) 17", r"\textbf{(B) }17", "B. No change", "B) None of the above", "B. False"),
    *("B. Not enough information", "(B) The defendant is not liable.", "B: cats or dogs"),
    *("B. It may increase.", "The answer is B. The others do not apply.", "**B. No**", "B. Maybe"),
]
NOT_PAID = [
    *("A", "C", "(a)", "E", "Z", "2", "7", "Rome", "London", "Parisian", "the fifth option"),
    *("A or B", "B or A", "A, B", "B, A", "A and B", "both A and B", "either B or C", "A/B"),
    *("B/C", "B | C", "AB", "A B", "(A)(B)", "ABCD", "A, B, C, D", "A-D", "A to D", "A\nB"),
    *("B or maybe C", "B, maybe C", "B (or C)", "B, no, C", "A... no B", "A, no wait, B"),
    *(r"\{B, C\}", r"B \text{ or } C", r"\boxed{A} or \boxed{B}", "the second or third option"),
    *("Paris or Rome", "Paris, Rome", "Paris and Rome", "Paris / Rome", "Rome, not Paris"),
    *("A. Rome B. Paris", "A: Rome, B: Paris", "B. Paris; C. Oslo", "B. Paris and Rome"),
    *("all of the above", "any of the above", "all of them", "neither A nor B"),
    *("not B", "B is wrong", "never B", "isn't B", "anything but B", r"\neq B", "B != B"),
    *("not Paris", "It is not Paris", "Paris is wrong", "Paris is not the capital", "B. not Paris"),
    *("B. Paris is wrong", "Paris is the capital, but the answer is Rome", "except B"),
    *("B. Rome", "A. Paris", "(A) Paris", "B: London", "B Rome", "Rome (B)", "Paris (A)"),
    *("C <!-- B -->", "C % B", "C\u200bB", "Paris\u200bRome", "B = C", "B?C", "I don't know"),
    *(
        "A (Paris)",
        "Paris (A) or so",
        "A = Paris",
        "Rome is B",
        "A is B",
        "B. Paris, Rome and Oslo",
    ),
    *("A, not B", "A rather than B", "not B but A", "(B) is wrong, so (A)", "B, not B"),
    *("not A", "not A, not C", "A is wrong or B", "not A or B", "If A is wrong, the answer is B"),
    *("It is Rome, so the answer is B", "Maybe A, so the answer is B", "❌ B", "B ✗", "B nor A"),
    *("B. Paris. Rome is also correct.", "B. Paris. Rome works too"),
    *("B. Paris. The capital is Rome.", "B because it is A", "B. Paris. Actually, no.", "不是B"),
    *("Paris is in France and Rome in Italy", "Paris. Rome. Oslo. Bern.", "B, I guess", "B?"),
    *("First I thought B, but the answer is A.", "The answer is B. The answer is A.", "not just B"),
    *("B if the first reading is right, else C", "The answer is B. Or the answer is C.", "A dog"),
    *(
        "B. A.",
        "B, then A",
        "B. A",
        "B: I mean A",
        "the right option",
        "let b be the right one; then b or a",
        "B, or else Rome",
        "B. Or C.",
    ),
]
# Who can tell, where the options are not known.
MAY_BE_RIGHT = ("B. Rome", "B: London", "B. Paris and Rome", "B. Paris, Rome and Oslo")
MAY_BE_RIGHT += ("B. Paris. Rome is also correct.", "B. Paris. Rome works too")
MAY_BE_RIGHT += ("B. Paris. The capital is Rome.", "It is Rome, so the answer is B", "Rome is B")
MAY_BE_RIGHT += ("Rome (B)",)


class TestNaming:
    """By letter, by text, by place, by both; nothing else."""

    @pytest.mark.parametrize("answer", BY_LABEL + DISMISSING + BY_TEXT + BY_BOTH)
    def test_what_names_the_option(self, answer):
        assert scored(answer) == 5.0

    @pytest.mark.parametrize("answer", NOT_PAID)
    def test_what_does_not(self, answer):
        assert scored(answer) == -2.5

    @pytest.mark.parametrize("answer", BY_LABEL + DISMISSING + BY_UNKNOWN_TEXT)
    def test_a_letter_alone_where_there_are_no_options(self, answer):
        assert scored(answer, options=None) == 5.0

    @pytest.mark.parametrize(
        "answer",
        [answer for answer in NOT_PAID if answer not in MAY_BE_RIGHT],
    )
    def test_nothing_else_where_there_are_no_options(self, answer):
        assert scored(answer, options=None) == -2.5

    @given(
        st.permutations("ABCD"),
        st.sampled_from([" or ", ", ", " and ", "/", "; ", " ", "", "\n", " or maybe ", "; no, "]),
        st.sampled_from(["{}", "({})", "{}.", "option {}", r"\boxed{{{}}}", "**{}**"]),
        st.sampled_from(["{}", "The answer is {}.", "both {}", "either {}", "I think {}"]),
    )
    def test_two_letters_never_pay(self, letters, between, mark, frame):
        gold, other = letters[:2]
        answer = frame.format(between.join(mark.format(each) for each in (gold, other)))
        for options in (CITIES, None):
            assert scored(answer, gold, options) == -2.5

    @given(
        st.sampled_from("ABCD"),
        st.sampled_from("ABCD"),
        st.sampled_from([". ", ") ", ": ", " - ", " "]),
    )
    def test_letter_and_text_have_to_agree(self, letter, gold, between):
        assume(between != " " or letter != "A")  # "A Paris" has an article
        for place, city in enumerate(CITIES):
            agrees = "ABCD"[place] == letter == gold
            assert scored(f"{letter}{between}{city}", gold) == (5.0 if agrees else -2.5)

    @given(st.sampled_from(BY_LABEL), st.sampled_from("ACD"))
    def test_a_label_is_only_its_own(self, answer, gold):
        assert scored(answer, gold) == -2.5

    def test_the_reason_says_what_was_named(self):
        for answer, reason in [
            ("(b)", "correct: the gold is B, the answer names B"),
            ("Rome", "wrong: the gold is B, the answer names A"),
            ("A and B", "wrong: the gold is B, the answer names several options: A, B"),
            ("A or B", "wrong: the gold is B, the answer offers several options"),
            ("B. Rome", "wrong: the gold is B, the answer says B and beside it the text of A"),
            ("London", "wrong: the gold is B, the answer names no option"),
        ]:
            outcome = check_choice.explain(laid_out(answer), answer="B", options=CITIES)
            assert outcome.reason == reason


BOTH = [
    *("A, C", "C, A", "A and C", "A, and C", "A & C", "A; C", "A\nC", "both A and C"),
    *("AC", "A C", "(A)(C)", "A,C", r"\boxed{A, C}", "The answers are A and C", "Options A and C"),
    *("Rome and Oslo", "Oslo, Rome", "A. Rome, C. Oslo", "A. Rome\nC. Oslo", "A. Rome and C"),
]
NOT_BOTH = [
    *("A", "C", "B", "A or C", "A/C", "either A or C", "A, B", "A, B, C", "A, B, C, D", "ABCD"),
    *("not A, C", "A, not C", "A and maybe C", "all of the above", "A. Oslo, C. Rome", ""),
]


class TestSelectAll:
    """All of the golds, and nothing else."""

    @pytest.mark.parametrize("answer", BOTH)
    @pytest.mark.parametrize("gold", [["A", "C"], ["Oslo", "Rome"], "A, C", "AC"], ids=str)
    def test_exactly_the_right_ones(self, answer, gold):
        assert scored(answer, gold, reward=ALL) == 5.0

    @pytest.mark.parametrize("answer", NOT_BOTH)
    def test_no_other_ones(self, answer):
        assert scored(answer, ["A", "C"], reward=ALL) == (-4.5 if answer == "" else -2.5)

    def test_one_may_be_all(self):
        assert scored("B", ["B"], reward=ALL) == 5.0
        assert scored("A, B", ["B"], reward=ALL) == -2.5

    def test_positions(self):
        assert scored("A, C", [0, 2], reward=CheckChoice(select="all", index=0)) == 5.0

    def test_no_opinion_where_one_gold_is_no_option(self):
        assert scored("A", ["A", "London"], reward=ALL) is None

    @given(
        st.sets(st.sampled_from("ABCD"), min_size=1), st.sets(st.sampled_from("ABCD"), min_size=1)
    )
    def test_sets_are_compared_as_sets(self, gold, named):
        expected = 5.0 if gold == named else -2.5
        for between in (", ", " and ", "; ", "\n"):
            assert scored(between.join(sorted(named)), sorted(gold), reward=ALL) == expected


# The reward -------------------------------------------------------------------------------------


class TestCheckChoice:
    """Options, formats, and the contract."""

    def test_the_tiers(self):
        texts = [laid_out("B"), laid_out("A"), "B", laid_out(" ")]
        golds = {"answer": ["B"] * 4, "options": [CITIES] * 4}
        assert check_choice(texts, **golds) == [5.0, -2.5, -4.5, -4.5]

    def test_each_tier_is_an_option(self):
        reward = CheckChoice(correct=1.0, wrong=0.0, missing=-1.0)
        assert reward([laid_out("B"), laid_out("A"), "B"], answer=["B"] * 3) == [1.0, 0.0, -1.0]

    def test_another_format(self):
        reward = CheckChoice(format=FREEFORM)
        assert reward(["The answer is (B)."], answer=["B"], options=[CITIES]) == [5.0]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"options": ""}, "options=''"),
            ({"options": ["A"]}, "options=['A']"),
            ({"index": 2}, "index=2"),
            ({"index": True}, "index=True"),
            ({"select": "some"}, "select='some'"),
            ({"gold": ""}, "gold=''"),
            ({"correct": -3.0}, "wrong=-2.5"),
        ],
    )
    def test_options_that_cannot_be(self, options, message):
        with pytest.raises(OptionError, match=re.escape(message)):
            CheckChoice(**options)

    def test_it_is_a_value(self):
        reward = CheckChoice(options="endings", index=0, select="all", name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert eval(repr(reward), vars(grpo_rewards.rewards.choice)) == reward  # noqa: S307
        assert repr(check_choice) == "check_choice"

    def test_the_contract(self):
        assert_reward_contract(check_choice, answer=["B", "42"])
        assert_reward_contract(check_choice, answer=["B", "Paris"], options=[CITIES] * 2)

    @pytest.mark.parametrize(
        ("golds", "options"),
        [
            ("ABCDEFGHIJ", None),
            (["A", "D", "Rome", "Paris"], ["Rome", "Paris", "London", "elephant"]),
            (["1/2", "42"], ["1/2", "42", "43", "84"]),
            (["yes", "no"], ["yes", "no"]),
        ],
    )
    def test_the_audit_finds_nothing(self, golds, options):
        columns = {} if options is None else {"options": options}
        report = audit(check_choice, golds=list(golds), columns=columns)
        assert report.ok, report


PIECES = ["A", "B", "(B)", "b.", " ", ", ", " or ", " and ", "Paris", "Rome", "not", "is", "the"]
PIECES += ["answer", "option", "because", ":", "\n", r"\boxed{", "}", "**", "first", "1", "-", "("]


class TestHostileText:
    """No text of a model raises, or hangs."""

    @given(st.text(st.characters()))
    def test_every_text_has_a_score(self, text):
        for options in (CITIES, None):
            assert scored(text, "B", options) in (5.0, -2.5, -4.5)

    @given(st.lists(st.sampled_from(PIECES)))
    def test_every_heap_of_pieces_has_a_score(self, pieces):
        for text in ("".join(pieces), " ".join(pieces)):
            assert scored(text) in (5.0, -2.5, -4.5)

    @given(st.text(st.characters()), st.lists(st.text(st.characters()), max_size=5))
    def test_every_gold_and_option_is_read(self, gold, options):
        assume(gold.strip() == gold)
        assert scored("B", gold, options) in (5.0, -2.5, None)

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    @given(st.text(st.characters()))
    def test_every_format_reads_every_text(self, format, text):
        assert CheckChoice(format=format)([text], answer=["B"])[0] in (5.0, -2.5, -4.5)

    @pytest.mark.parametrize(
        "piece",
        [
            *(
                "B",
                "b ",
                "(B)",
                "(",
                "A, ",
                "A or ",
                "is ",
                "the answer is ",
                "a is b ",
                "*",
                "**a",
            ),
            *("`a", "the ", "not ", r"\text{", r"\text{a}", "\n", "; ", "  a", "Paris ", "1/2 "),
            *(
                "first ",
                "'",
                "not A, ",
                "A is wrong. ",
                "so the answer is B, ",
                "答案",
                "✅",
                "<b>",
            ),
        ],
    )
    @pytest.mark.parametrize("length", [3_990, 10**6])
    def test_a_long_text_of_one_piece_is_not_right(self, piece, length):
        for options in (CITIES, None):
            assert scored((piece * length)[:length], "D", options) in (-2.5, -4.5)

    @pytest.mark.parametrize("answer", ["İ", "ı", "(ı)", "ſ", "\u212a.", "\ud800", "B\ud800"])
    def test_letters_that_fold_in_odd_ways(self, answer):
        for options in (None, {"I": "x", "S": "y", "K": "z"}):
            assert scored(answer, "I", options) in (5.0, -2.5)

    def test_a_long_text_is_known_by_its_very_text(self):
        long = ["x" * 5_000, "y" * 5_000]
        assert scored(long[1], "B", long) == 5.0
        assert scored(long[0], "B", long) == -2.5
