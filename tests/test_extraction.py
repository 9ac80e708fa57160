"""Finding an answer in prose: boxes, ``####`` lines, statements, and what is no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grpo_rewards import compare
from grpo_rewards.responses.commitments import BARE_ANSWER_LENGTH
from grpo_rewards.responses.extraction import freeform_answer
from grpo_rewards.responses.places import hashes
from grpo_rewards.wording.markup import boxes, rival_boxes

MANY = 20_000
"""Repetitions that a quadratic reading would take minutes for, and a cubic one years."""


def contents(text):
    return [box.content for box in boxes(text)]


BOXES = [
    pytest.param("no box", [], id="none"),
    pytest.param(r"\boxed{42}", ["42"], id="one"),
    pytest.param(r"\boxed{ 42 }", ["42"], id="its white space is dropped"),
    pytest.param(r"\boxed{}", [""], id="an empty one is one"),
    pytest.param(r"\fbox{42}", ["42"], id="fbox"),
    pytest.param(r"\boxed {42}", ["42"], id="a space before the brace"),
    pytest.param(r"\boxed 42", ["42"], id="no braces"),
    pytest.param(r"so \boxed 42.", ["42"], id="no braces at a sentence's end"),
    pytest.param(r"\boxed{1} and \boxed{2}", ["1", "2"], id="two in order"),
    pytest.param(r"\boxed{\frac{1}{2}}", [r"\frac{1}{2}"], id="nested braces"),
    pytest.param(r"\boxed{{{{1}}}}", ["{{{1}}}"], id="deeply nested braces"),
    pytest.param(r"\boxed{\{1, 2\}}", [r"\{1, 2\}"], id="escaped braces are balanced"),
    pytest.param(r"\boxed{\}}", [r"\}"], id="an escaped closing brace closes nothing"),
    pytest.param(r"\boxed{\{}", [r"\{"], id="an escaped opening brace opens nothing"),
    pytest.param(r"\boxed{1 \\}", [r"1 \\"], id="a line break before the brace"),
    pytest.param(r"\boxed{a \boxed{1}}", [r"a \boxed{1}"], id="the outermost of nested boxes"),
    pytest.param("\\boxed{1\n+\n2}", ["1\n+\n2"], id="across lines"),
    pytest.param(r"\boxed{42", [], id="one that never closes"),
    pytest.param(r"\boxed{41 \boxed{42}", ["42"], id="one that closes inside one that does not"),
    pytest.param(r"} \boxed{42}", ["42"], id="a brace too many before"),
    pytest.param(r"\boxedmath{42}", [], id="another command"),
    pytest.param(r"\\boxed{42}", [], id="a line break and a word"),
]


class TestBoxes:
    r"""``\boxed{...}`` and ``\fbox{...}``."""

    @pytest.mark.parametrize(("text", "found"), BOXES)
    def test_the_outermost_boxes_are_found(self, text, found):
        assert contents(text) == found

    @given(
        st.recursive(
            st.text("12 +xé\n", max_size=4),
            lambda inner: st.lists(inner.map(lambda text: f"{{{text}}}") | inner, max_size=4).map(
                "".join
            ),
        )
    )
    def test_balanced_braces_come_back_whole(self, content):
        text = f"then \\boxed{{{content}}} is it"
        (box,) = boxes(text)
        assert box.content == content.strip()
        assert text[box.start : box.end] == f"\\boxed{{{content}}}"

    @given(st.lists(st.sampled_from(["\\boxed{", "\\fbox{", "{", "}", "\\", "\\}", "1"])))
    def test_any_braces_at_all_are_read(self, pieces):
        """Boxes are in order, do not overlap, and lie within the text."""
        text = "".join(pieces)
        end = 0
        for box in boxes(text):
            assert end <= box.start < box.end <= len(text)
            assert text[box.start] == "\\"
            end = box.end


RIVALS = [
    pytest.param(r"\boxed{41} or \boxed{42}", True, id="or"),
    pytest.param(r"\boxed{41}, \boxed{42}", True, id="a comma"),
    pytest.param(r"$\boxed{41}$ and $\boxed{42}$", True, id="and, in formulas"),
    pytest.param("\\boxed{41}\n\n\\boxed{42}", True, id="lines"),
    pytest.param(r"\boxed{41} / \boxed{42}", True, id="a slash"),
    pytest.param(r"\boxed{41}\quad\text{or}\quad\boxed{42}", True, id="a spaced or in LaTeX"),
    pytest.param(r"\boxed{41}, \boxed{42}, \boxed{42}", True, id="three, the last one twice"),
    pytest.param(r"\boxed{42} and \boxed{42}", False, id="the same twice"),
    pytest.param(r"\boxed{41}. No: it has to be \boxed{42}", False, id="prose between them"),
    pytest.param(r"\boxed{42}", False, id="one"),
    pytest.param("none", False, id="none"),
]


class TestRivalBoxes:
    """Boxes side by side are a hedge; a box with prose before it takes the earlier one back."""

    @pytest.mark.parametrize(("text", "rivals"), RIVALS)
    def test_different_contents_side_by_side_are_rivals(self, text, rivals):
        assert rival_boxes(text, boxes(text)) is rivals


HASH_LINES = [
    pytest.param("#### 42", ["42"], id="at the start"),
    pytest.param("prose\n#### 42", ["42"], id="on its own line"),
    pytest.param("prose #### 42", ["42"], id="at the end of a line"),
    pytest.param("####42", ["42"], id="no space"),
    pytest.param("#### 1\n#### 2", ["1", "2"], id="two"),
    pytest.param("####\n42", ["42"], id="on the next line, the last one"),
    pytest.param("####\n42\nso", [""], id="nothing on its line"),
    pytest.param("#### 42 apples\nprose", ["42 apples"], id="up to the end of its line"),
    pytest.param("#### <number> 42", ["42"], id="behind what the prompt wrote there"),
    pytest.param("#### [final value]\n42", ["42"], id="below what the prompt wrote there"),
    pytest.param("#### <number>", [""], id="nothing but what the prompt wrote there"),
    pytest.param("#### -<number> 42", ["-<number> 42"], id="a sign before it"),
    pytest.param("#### Final answer: #### 42", ["42"], id="behind a second mark"),
    pytest.param("#### 41 #### 42", ["41 #### 42"], id="a value before a second mark"),
    pytest.param("#### Wrong answer: #### 42", ["Wrong answer: #### 42"], id="another heading"),
    pytest.param("### 42", [], id="a heading of three"),
    pytest.param("##### 42", [], id="a heading of five"),
    pytest.param("###### 42", [], id="a heading of six"),
    pytest.param("none", [], id="none"),
]


class TestHashes:
    """``#### answer``, as GSM8K ends its solutions."""

    @pytest.mark.parametrize(("text", "values"), HASH_LINES)
    def test_the_rest_of_the_line_is_the_value(self, text, values):
        assert [match["value"].strip() for match in hashes(text)] == values


FREEFORM_ANSWERS = [
    # boxes
    pytest.param(r"It is \boxed{42}.", "42", id="a box"),
    pytest.param(r"\boxed{41}? No, it has to be \boxed{42}.", "42", id="the last box"),
    pytest.param(
        r"The answer is 41, I mean \boxed{42}.", "42", id="a box beats a statement before"
    ),
    pytest.param(r"\boxed{42} and again \boxed{42}", "42", id="the same box twice"),
    pytest.param(r"The answer is $\boxed{\frac{1}{2}}$.", r"\frac{1}{2}", id="a stated box"),
    pytest.param("\\boxed{41}\nAnswer: 42", "42", id="a labelled line after the last box"),
    # statements
    pytest.param("So the answer is 42.", "42", id="the answer is"),
    pytest.param("THE ANSWER IS 42", "42", id="in capitals"),
    pytest.param("Answer: 42", "42", id="Answer with a colon"),
    pytest.param("**Answer:** 42", "42", id="a bold label"),
    pytest.param("The answer is **42**.", "42", id="a bold value"),
    pytest.param("The final answer is: 42", "42", id="the final answer"),
    pytest.param("The answer is 3.5.", "3.5", id="a decimal point ends no sentence"),
    pytest.param("The answer is 1,234.", "1,234", id="a thousands separator"),
    pytest.param("The answer is 42. Hope it helps!", "42", id="a sentence after it"),
    pytest.param("The answer is 42 because 6 * 7 is.", "42", id="a reason after it"),
    pytest.param("Answer: 41\nOops.\nAnswer: 42", "42", id="the last statement"),
    pytest.param("6 * 7\n#### 42", "42", id="hashes"),
    pytest.param("#### 41\nWe missed one.\n#### 42", "42", id="the last hashes"),
    # answer tags
    pytest.param("<answer>42</answer>", "42", id="answer tags"),
    pytest.param("so <answer> 42 </answer> it is", "42", id="answer tags in prose"),
    pytest.param("<SOLUTION>42</SOLUTION>", "42", id="solution tags"),
    pytest.param("[ANSWER]42[/ANSWER]", "42", id="answer brackets"),
    pytest.param(r"<answer>it is \boxed{42}</answer>", "42", id="a box in answer tags"),
    pytest.param("The answer is 41. <answer>42</answer>", "42", id="tags beat a statement"),
    # fences
    pytest.param("Answer:\n```\n42\n```", "42", id="a fence below a label"),
    pytest.param('> FINAL ANSWER:\n"""\n42 m\n"""', "42 m", id="three quotes below a label"),
    pytest.param("Answer:\n'''\n42\n'''", "42", id="three apostrophes below a label"),
    # bare
    pytest.param("42", "42", id="a bare answer"),
    pytest.param("  42\n", "42", id="a bare answer in white space"),
    pytest.param("**42**", "42", id="a bare answer in bold"),
    pytest.param("x = 42", "x = 42", id="a bare equation"),
]

FREEFORM_NO_ANSWERS = [
    pytest.param("", "blank", id="empty"),
    pytest.param(" \n\t", "blank", id="blank"),
    pytest.param(r"\boxed{}", "blank", id="an empty box"),
    pytest.param(r"\boxed{ }", "blank", id="a blank box"),
    pytest.param("The answer is", "blank", id="a statement of nothing"),
    pytest.param("#### ", "blank", id="hashes and nothing"),
    pytest.param("<answer> </answer>", "blank", id="blank answer tags"),
    # several
    pytest.param("The answer is 41 or 42.", "several", id="a hedge of two"),
    pytest.param("The answer is 40, 41 or 42.", "several", id="a hedge of three"),
    pytest.param("The answer is 40, 41, or 42.", "several", id="a hedge with a comma before or"),
    pytest.param("40, 41 or 42", "several", id="a bare hedge"),
    pytest.param("Answer: either 41 or 42", "several", id="either"),
    pytest.param("Answer: A or B", "several", id="a hedge of letters"),
    pytest.param("<answer>41 or 42</answer>", "several", id="a hedge in tags"),
    pytest.param('Answer:\n"""\n41 or 42\n"""', "several", id="a hedge in three quotes"),
    # denied
    pytest.param("not 42", "not", id="a bare negation"),
    pytest.param("The answer is not 42.", "not", id="a stated negation"),
    pytest.param("The answer is never 42.", "not", id="never"),
    pytest.param("The answer is neither 41 nor 42.", "not", id="neither"),
    pytest.param("<answer>not 42</answer>", "not", id="a negation in tags"),
    pytest.param('Answer:\n"""\nnot 42\n"""', "not", id="a negation in three quotes"),
    pytest.param(r"The answer is not \boxed{42}.", "denied", id="a negated box"),
    # not one pair of tags
    pytest.param("<answer>41</answer><answer>42</answer>", "one pair", id="tags twice"),
    pytest.param("<answer>42", "one pair", id="tags that never close"),
    pytest.param("42</answer>", "one pair", id="tags that never open"),
    pytest.param("</answer>42<answer>", "one pair", id="tags the wrong way round"),
    # prose
    pytest.param("First\nsecond 42", "more text", id="lines without a statement"),
    pytest.param("42 " * BARE_ANSWER_LENGTH, "more text", id="more than a bare answer"),
]


class TestFreeformAnswer:
    """The answer of a text that promised no layout."""

    @pytest.mark.parametrize(("text", "answer"), FREEFORM_ANSWERS)
    def test_an_answer_is_found(self, text, answer):
        extracted = freeform_answer(text)
        assert (extracted.answer, extracted.why_not) == (answer, "")

    @pytest.mark.parametrize(("text", "why"), FREEFORM_NO_ANSWERS)
    def test_no_answer_is_taken(self, text, why):
        """And the sentence says which of the reasons it is."""
        extracted = freeform_answer(text)
        assert extracted.answer is None
        assert why in extracted.why_not

    @given(st.integers(), st.integers(), st.sampled_from([" or ", ", ", " and ", "\n", " ", " / "]))
    def test_two_boxes_side_by_side_are_a_list_unless_they_agree(self, one, other, between):
        text = f"\\boxed{{{one}}}{between}\\boxed{{{other}}}"
        assert freeform_answer(text).answer == (str(one) if one == other else text)
        assert not (one != other and compare(str(other), text))

    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            (r"<answer>\boxed{41} \boxed{42}</answer>", r"\boxed{41} \boxed{42}"),
            (r"so \boxed{41}, \boxed{42}, \boxed{42}.", r"\boxed{41}, \boxed{42}, \boxed{42}"),
            (r"$x = \boxed{-2}$ or $x = \boxed{1}$", r"x = \boxed{-2}$ or $x = \boxed{1}"),
            (r"\boxed{41}. No: it is \boxed{2} and \boxed{3}", r"\boxed{2} and \boxed{3}"),
        ],
    )
    def test_boxes_beside_each_other_are_one_list(self, text, answer):
        assert freeform_answer(text).answer == answer

    @given(st.lists(st.integers(0, 999), min_size=2, max_size=6, unique=True))
    def test_a_list_that_ends_in_or_is_no_answer(self, numbers):
        offered = f"{', '.join(map(str, numbers[:-1]))} or {numbers[-1]}"
        assert freeform_answer(f"The answer is {offered}.").answer is None
        assert freeform_answer(offered).answer is None

    @given(st.text())
    def test_it_is_total(self, text):
        """Every text has an answer that is not blank, or a reason why not, never both."""
        extracted = freeform_answer(text)
        assert bool((extracted.answer or "").strip()) != bool(extracted.why_not)

    @given(st.text(st.characters(exclude_characters="#"), max_size=80))
    def test_an_answer_is_a_part_of_the_text(self, text):
        answer = freeform_answer(text).answer
        assert answer is None or answer in text


class TestLongTexts:
    """Twenty thousand repetitions: a reading that looks back would not end."""

    @pytest.mark.parametrize(
        "piece",
        [
            "{",
            "}",
            "{}",
            "\\",
            "\\boxed{",
            "\\boxed ",
            "\\boxed{1}",
            "\\boxed{1} or ",
            "#",
            "####",
            "####\n",
            "<answer>",
            "</answer>",
            "the answer is ",
            "final answer ** ",
            "answer*",
            "Answer: ",
            "the final ",
            "1,",
            "1/",
            "1 or ",
            "not ",
            ". ",
            " ",
            "\n",
            "*",
            "\nConfidence: 0.9",
            " Confidence: 0.9.",
            '{"a":',
            "**No.** ",
            "Evet, ",
            "Cevap 42'dir. ",
            "The correct answer is number 2. ",
            "The capital is **Rome**. ",
            "[Answer]",
            "A afirmação é ",
            "La respuesta correcta es la ",
        ],
    )
    def test_repetitions_are_read(self, piece):
        text = piece * MANY
        for around in (
            text,
            f"The answer is {text}",
            f"{text} the answer is 42",
            f"42{text}",
            text + "}" * MANY,
        ):
            extracted = freeform_answer(around)
            assert bool((extracted.answer or "").strip()) != bool(extracted.why_not)
            assert len(boxes(around)) <= 2 * MANY
            assert len(hashes(around)) <= 2 * MANY


class TestBoxOfAnExpression:
    """A box is a part of what touches it, and not of the line or the tag before it."""

    @pytest.mark.parametrize(
        "before",
        [
            "x = 42\n",
            "6 * 7 = ",
            "<b>",
            "</b>\n",
            "<div class='final'>",
            "> ",
            "so\n> ",
            "- ",
            "x > 3\n\n",
            "=> ",
            "is -> ",
        ],
    )
    def test_what_ends_before_it(self, before):
        assert freeform_answer(before + r"\boxed{42}").answer == "42"

    @pytest.mark.parametrize(
        "before", ["x = 4", "-", "x > ", "x >\n", "x < ", "\\neq ", "a < b > "]
    )
    def test_what_goes_on_in_it(self, before):
        assert freeform_answer(before + r"\boxed{42}").answer is None


@pytest.mark.parametrize(
    "text",
    [
        '{\n    "reasoning": "so the total cost is $40 + $24 = $64.',
        '{"reasoning": "Therefore, the total cost is $64.',
        '```json\n{"reasoning": "Therefore, the total cost is $64.',
        '[{"step": 1, "text": "so the total is 64',
        '{"steps": [{"text": "a = 64"}, {"text": "so the sum is 64"}',
    ],
)
def test_an_object_that_is_cut_off_gives_no_answer(text):
    assert freeform_answer(text).answer is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('{"reasoning": "so the total is 64.", "answer": "64"', "64"),
        ('{"reasoning": "so the total is 64.", "answer": 64', "64"),
        ("{1, 2, 3}", "{1, 2, 3}"),
    ],
)
def test_an_object_that_gave_its_answer_is_read(text, answer):
    assert freeform_answer(text).answer == answer


WORKED = "So 6 * 7 = 42.\n\nAnswer:"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (f"{WORKED}\nKelly needs to buy 42 games so that she will have 140 left.", "42 games"),
        (f"{WORKED}\n\nFaye can make 42 rows with 2 pencils in each row.", "42 rows"),
        (f"{WORKED} 42 people can ride 20 wheels at the same time.", "42 people"),
        (f"{WORKED}\nMarisa puts $42 in her piggy bank if she saves for 5 days.", "$42"),
        (f"{WORKED}\nYou have to pay $42 to buy each pack.", "$42"),
        (f"{WORKED} She put in 42 cups of flour.", "42 cups"),
        (f"{WORKED} Tom had 42 books before he lost 7 books.", "42 books"),
        ("Bla.\n\n**Final Answer:**\n**0.9** is larger than 0.11.", "0.9"),
        ("**Final Answer:** It takes **5 minutes** for 100 machines.", "5 minutes"),
    ],
)
def test_the_value_of_an_announced_sentence_is_the_one_worked_out(text, answer):
    assert freeform_answer(text).answer == answer


@pytest.mark.parametrize(
    "said",
    [
        "Tom has 12 apples and Jerry has 42 apples.",
        "Tom does not have 42 apples but 12.",
        "Of the 42 apples 7 were left.",
        "After selling 42 apples Tom has 8 apples left.",
        "8 of the 42 apples were left.",
        "Tom bought 8 apples for 42 cents.",
        "Each of the 42 friends gets 12 apples.",
        "It takes 42 people 12 days.",
        "Tom is 42nd among 80 runners.",
        "Of **42 apples** Tom ate 3.",
        "Part **42** gives 12 apples.",
        "Tom has at least 42 apples in 3 bags.",
        "Tom has 42 million apples in 3 bags.",
        "Tom has 42 apples or 12 apples.",
        "Tom has 3 times 42 apples.",
        "Tom has 42 - 3 apples in the bag.",
        "Tom has 7 more than 42 books.",
        "Some people think there are 42 ways with 3 books.",
        "I guess there are 42 ways with 7 books.",
        "The ratio is 42 to 7 in the bag.",
        "Mark needs 42 pounds of stuffing to make 4 chihuah",
        "It takes at least **42 minutes** for 100 machines.",
        "It does not take **42 minutes** for 100 machines.",
        "It takes **42 minutes** for 100 machines and **6 minutes** for 200.",
        "Perhaps it takes **42 minutes** for 100 machines.",
    ],
)
def test_the_value_of_an_announced_sentence_is_not_taken_from_what_bounds_it(said):
    assert not str(freeform_answer(f"{WORKED} {said}").answer).startswith("42")
    assert not compare(f"{WORKED} {said}", "42")


@pytest.mark.parametrize(
    ("last", "answer"),
    [
        ("<result>3</result>", "3"),
        ("Conclusion: No, Gandhi did not watch the show.", "No"),
        ("Total hours = 1 + 3 + 0.5 = 4.5 hours", "4.5 hours"),
        ("r³ + s³ = 343/8 − 126/8 = 217/8", "217/8"),
        (r"$$r^3 + s^3 = \left(\frac{7}{2}\right)(4) = 14$$", "14"),
        ("Answer:\nNumber of boys on Friday = 49", "49"),
        ("Answer:\n\nTotal time = 3 hours + 3 hours = 6 hours", "6 hours"),
        ('The concatenated last letters are "yajo".', "yajo"),
        ("The concatenated last letters of each word are: ayre.", "ayre"),
        ('The letters can be joined to form the string "yyey".', "yyey"),
        ("Therefore, the total is:\n\n8 + 10 = 18\n\nI hope this helps!", "18"),
        ("So, the solution is to simply add 2 and 6 to get 8.", "8"),
        ("2167 MHz is the correct answer\n", "2167 MHz"),
        ("The answer is B. The question that it can best answer is whether it works?", "B"),
    ],
)
def test_a_last_line_that_works_it_out_is_read(last, answer):
    assert freeform_answer(f"Let us see.\n\n{last}").answer == answer


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("Let n be 9.\n\nTherefore, the 9th term of the progression 1, 3.5, 6, ... is 21.", "21"),
        ("There are 26 Fridays from January 1st until June 30th of 2023.", "26"),
        ("After losing 20% of her marbles, Baez ends up with a total of 60 marbles.", "60"),
        (r"Let x be the cost.\n\nx = $0.05 \n\nSo the ball costs 5 cents.", "5 cents"),
    ],
)
def test_a_last_sentence_with_what_was_given_is_read(text, gold):
    assert compare(gold, freeform_answer(text).answer or "")


@pytest.mark.parametrize(
    "last",
    [
        "<result>3 or 4</result>",
        "<result>3</result> <result>4</result>",
        "Conclusion: No, Gandhi probably did not watch the show.",
        "Conclusion: Yes, however it depends.",
        "Conclusion: No, I am not sure.",
        "Estimated total = 1 + 3 = 4 hours",
        "Total cost if he buys two = 2 * 3 = 6",
        "x + 2 = 3 + 4 = 7",
        "2x = 3 + 3 = 6",
        "Total = 3 + 4 = 7 or 8",
        "Total people = 3 + 4 = 7 - 1",
        "Number of boys on Friday = 49",
        'The concatenated last letters are not "yajo".',
        'The concatenated last letters might be "yajo".',
        'The concatenated letters are "yajo" or "yaja".',
        'The underlined word is "yajo".',
        "The possible strings are: tea, eat.",
        "Therefore, the total is not:\n\n8 + 10 = 18",
        "We first compute:\n\n8 + 10 = 18",
        "So one might be tempted to add 2 and 6 to get 8.",
    ],
)
def test_a_last_line_that_commits_to_nothing_is_not_read(last):
    assert freeform_answer(f"Let us see.\n\n{last}").answer is None


@pytest.mark.parametrize(
    "noun", ["correct answer is", "alternativa correta é a", "réponse finale:"]
)
def test_a_statement_is_found_however_far_from_the_end_it_stands(noun):
    below = "It is so old and grey here that nobody goes. " * 10
    texts = [f"So the {noun} B.\n\n{below[:length].rstrip()}." for length in range(200, 330)]
    assert [text for text in texts if freeform_answer(text).answer != "B"] == []
