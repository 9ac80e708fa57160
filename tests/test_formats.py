"""Layouts: reading responses by them, and writing prompts, templates and examples in them."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import grpo_rewards
from format_cases import ANSWER, CLEAN, FRAGMENTS, ODD_TAGS, SOUP, THINK, parsed
from grpo_rewards import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    ResponseFormat,
)
from grpo_rewards.errors import CompletionError
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.responses.parsing import exact_response, read_response

# Reading --------------------------------------------------------------------------------------

PRESET_EXAMPLES = [
    pytest.param(
        WORKING_OUT,
        "6 * 7 is 42.<end_working_out><SOLUTION>42</SOLUTION>",
        ("6 * 7 is 42.", "42"),
        id="WORKING_OUT, its first tag prefilled",
    ),
    pytest.param(
        WORKING_OUT,
        "<start_working_out>6 * 7\n<end_working_out>\n\n<SOLUTION>\n42\n</SOLUTION>\n",
        ("6 * 7", "42"),
        id="WORKING_OUT, its first tag written",
    ),
    pytest.param(
        THINK_ANSWER,
        "<think>6 * 7</think> <answer>42</answer>",
        ("6 * 7", "42"),
        id="THINK_ANSWER, its first tag written",
    ),
    pytest.param(
        THINK_ANSWER,
        "6 * 7</think><answer>42</answer>",
        ("6 * 7", "42"),
        id="THINK_ANSWER, its first tag prefilled",
    ),
    pytest.param(
        THINK_BOXED,
        r"<think>6 * 7</think>They need \boxed{42} tiles.",
        ("6 * 7", "42"),
        id="THINK_BOXED, its first tag written",
    ),
    pytest.param(
        THINK_BOXED, r"6 * 7</think>\boxed{42}", ("6 * 7", "42"), id="THINK_BOXED, prefilled"
    ),
    pytest.param(
        THINK_BOXED,
        r"It may be \boxed{41}.</think>No: \boxed{42}",
        (r"It may be \boxed{41}.", "42"),
        id="THINK_BOXED, a box in the reasoning",
    ),
    pytest.param(BOXED, r"6 * 7 is \boxed{42}.", ("6 * 7 is", "42"), id="BOXED"),
    pytest.param(
        BOXED,
        r"Half is \fbox{\frac{1}{2}}",
        ("Half is", r"\frac{1}{2}"),
        id="BOXED, an fbox with nested braces",
    ),
    pytest.param(HASHES, "6 * 7 = 42\n#### 42", ("6 * 7 = 42", "42"), id="HASHES"),
    pytest.param(HASHES, "6 * 7 #### 1,234 \n", ("6 * 7", "1,234"), id="HASHES in a line"),
]

NOT_EXACT = [
    # WORKING_OUT
    pytest.param(WORKING_OUT, "", "missing", None, id="empty"),
    pytest.param(WORKING_OUT, "42", "missing", None, id="no tags"),
    pytest.param(
        WORKING_OUT, "r<SOLUTION>42</SOLUTION>", "<end_working_out>", None, id="reasoning not ended"
    ),
    pytest.param(
        WORKING_OUT, "r<end_working_out>42</SOLUTION>", "<SOLUTION>", None, id="answer not opened"
    ),
    pytest.param(
        WORKING_OUT, "r<end_working_out><SOLUTION>42", "</SOLUTION>", None, id="answer not closed"
    ),
    pytest.param(
        WORKING_OUT,
        "r<end_working_out><SOLUTION>42</SOLUTION><SOLUTION>42</SOLUTION>",
        "2 times",
        None,
        id="the answer twice",
    ),
    pytest.param(
        WORKING_OUT,
        "r<end_working_out></SOLUTION>42<SOLUTION>",
        "before",
        None,
        id="the answer's tags the wrong way round",
    ),
    pytest.param(
        WORKING_OUT,
        "<SOLUTION>42</SOLUTION>r<end_working_out>",
        "before",
        None,
        id="the answer before the reasoning's end",
    ),
    pytest.param(
        WORKING_OUT,
        "r<end_working_out>so <SOLUTION>42</SOLUTION>",
        "text between",
        "42",
        id="text between",
    ),
    pytest.param(
        WORKING_OUT,
        "r<end_working_out><SOLUTION>42</SOLUTION> done",
        "text after",
        "42",
        id="text after",
    ),
    pytest.param(
        WORKING_OUT,
        "well<start_working_out>r<end_working_out><SOLUTION>42</SOLUTION>",
        "text before",
        "42",
        id="text before a written first tag",
    ),
    pytest.param(
        WORKING_OUT,
        "<start_working_out><start_working_out>r<end_working_out><SOLUTION>42</SOLUTION>",
        "repeats",
        "42",
        id="the first tag twice",
    ),
    pytest.param(
        WORKING_OUT,
        " \n<end_working_out><SOLUTION>42</SOLUTION>",
        "no reasoning",
        "42",
        id="blank reasoning",
    ),
    pytest.param(
        WORKING_OUT,
        "r<end_working_out><SOLUTION> \n</SOLUTION>",
        "blank",
        None,
        id="a blank answer",
    ),
    pytest.param(
        WORKING_OUT,
        "r<END_WORKING_OUT><solution>42</solution>",
        "missing",
        None,
        id="tags of another case",
    ),
    # The other presets
    pytest.param(
        THINK_BOXED, r"r</think>\boxed{41}, no, \boxed{42}", "2 times", "42", id="two boxes"
    ),
    pytest.param(THINK_BOXED, "r</think>42", "missing", None, id="no box"),
    pytest.param(THINK_BOXED, r"r</think>\boxed{42", "missing", None, id="a box that never closes"),
    pytest.param(
        THINK_BOXED,
        r"r</think>\boxed{41} or \boxed{42}",
        "2 times",
        r"\boxed{41} or \boxed{42}",
        id="boxes side by side",
    ),
    pytest.param(BOXED, r"\boxed{42}", "no reasoning", "42", id="a box and no prose"),
    pytest.param(BOXED, r"r \boxed{}", "blank", None, id="a blank box"),
    pytest.param(HASHES, "r\n42", "missing", None, id="no hashes"),
    pytest.param(HASHES, "r\n####", "blank", None, id="blank hashes"),
    pytest.param(HASHES, "r\n#### 41\n#### 42", "2 times", "42", id="hashes twice"),
    pytest.param(HASHES, "r\n#### 42\nDone", "text after", "42", id="text after the hashes"),
    pytest.param(HASHES, "r\n##### 42", "missing", None, id="a heading of five"),
    pytest.param(HASHES, "#### 42", "no reasoning", "42", id="hashes and no prose"),
]

IN_REASONING = [
    pytest.param(WORKING_OUT, "r<SOLUTION>42</SOLUTION><end_working_out>", id="the answer's tags"),
    pytest.param(
        WORKING_OUT, "r<SOLUTION>42<end_working_out></SOLUTION>", id="an answer across the end"
    ),
    pytest.param(WORKING_OUT, "r<SOLUTION>42</SOLUTION>", id="a reasoning that never ends"),
    pytest.param(
        WORKING_OUT,
        "<start_working_out>r<SOLUTION>42</SOLUTION>",
        id="a written reasoning that never ends",
    ),
    pytest.param(
        WORKING_OUT,
        "r<end_working_out>s<SOLUTION>42</SOLUTION><end_working_out>",
        id="before a second end",
    ),
    pytest.param(
        WORKING_OUT,
        "r<end_working_out><start_working_out>s<SOLUTION>42</SOLUTION>",
        id="a second reasoning that never ends",
    ),
    pytest.param(THINK_BOXED, r"r \boxed{42}</think>", id="a box"),
    pytest.param(THINK_BOXED, r"<think>r \boxed{42}", id="a box in a truncated reasoning"),
    pytest.param(THINK_BOXED, r"r \boxed{4</think>2}", id="a box across the end"),
    pytest.param(
        THINK_BOXED, r"<think>r</think>s<think>\boxed{42}", id="a box in a second, truncated one"
    ),
    pytest.param(FREEFORM, r"<think>\boxed{42}</think>", id="FREEFORM, a box"),
    pytest.param(FREEFORM, r"<think>\boxed{42}", id="FREEFORM, a box in a truncated reasoning"),
    pytest.param(FREEFORM, "<think>the answer is 42", id="FREEFORM, a truncated statement"),
    pytest.param(FREEFORM, "<thinking>42", id="FREEFORM, a truncated bare answer"),
    pytest.param(FREEFORM, "<reasoning>42</reasoning>", id="FREEFORM, a bare answer"),
    pytest.param(FREEFORM, "<think><answer>42</answer></think>", id="FREEFORM, answer tags"),
    pytest.param(FREEFORM, "the answer is 42</think>", id="FREEFORM, a prefilled reasoning"),
    pytest.param(FREEFORM, r"<think>a</think>b<think>\boxed{42}", id="FREEFORM, a second one"),
    pytest.param(FREEFORM, "<start_working_out>the answer is 42", id="FREEFORM, the recipe's tag"),
    pytest.param(
        FREEFORM, "<|begin_of_thought|>the answer is 42", id="FREEFORM, OpenThinker's tag"
    ),
]

FREEFORM_TEXTS = [
    pytest.param("42", None, "42", id="a bare answer"),
    pytest.param(r"<think>\boxed{41}</think>\boxed{42}", r"\boxed{41}", "42", id="a box"),
    pytest.param("<think>41</think>The answer is 42.", "41", "42", id="a statement"),
    pytest.param("41</think>42", "41", "42", id="a prefilled reasoning"),
    pytest.param("<think>41</think>\n\n42", "41", "42", id="a bare answer after reasoning"),
    pytest.param("<THINK>41</THINK>42", "41", "42", id="tags in capitals"),
    pytest.param("<think>1</think>2<think>3</think>42", None, "42", id="two reasonings"),
]


class TestPresets:
    """Each row of the table of presets, and its documented example."""

    @pytest.mark.parametrize(("format", "text", "parts"), PRESET_EXAMPLES)
    def test_its_layout_is_exact_and_read(self, format, text, parts):
        response = format.parse(text)
        assert (response.reasoning, response.answer) == parts
        assert response.is_exact, response.why_not_exact
        assert response.why_no_answer == ""

    @pytest.mark.parametrize("name", PRESETS)
    def test_it_is_exported_under_its_name(self, name):
        assert getattr(grpo_rewards, name) is PRESETS[name]
        assert repr(PRESETS[name]) == name

    def test_the_default_first_tag_is_accepted_written_and_prefilled(self):
        presets = [format for format in PRESETS.values() if format.reasoning]
        assert {format.opening for format in presets} == {"optional"}


class TestDepartures:
    """What is not exactly the layout, why, and whether it still has an answer."""

    @pytest.mark.parametrize(("format", "text", "why", "answer"), NOT_EXACT)
    def test_it_is_not_exact(self, format, text, why, answer):
        response = format.parse(text)
        assert not response.is_exact
        assert why in response.why_not_exact
        assert response.answer == answer

    @given(SOUP)
    def test_exact_is_what_the_specification_says(self, text):
        """Each tag once, in order, reasoning and answer not blank, white space alone around."""
        text = WORKING_OUT.parse(text).text
        pattern = "|".join(map(re.escape, WORKING_OUT.tags))
        tags, gaps = re.findall(pattern, text), re.split(pattern, text)
        if tags[:1] == ["<start_working_out>"] and not gaps[0].strip():
            tags, gaps = tags[1:], gaps[1:]
        in_order = tags == list(WORKING_OUT.tags[1:])
        blank = [not gap.strip() for gap in gaps]
        assert WORKING_OUT.parse(text).is_exact == (
            in_order and blank == [False, True, False, True]
        )

    @given(CLEAN, CLEAN, st.sampled_from(["", " ", "\n", "\r\n\t "]))
    def test_white_space_between_the_parts_is_free(self, reasoning, answer, gap):
        reasoning, answer = reasoning.strip(), answer.strip()
        parts = [reasoning, "<end_working_out>", "<SOLUTION>", answer, "</SOLUTION>"]
        response = WORKING_OUT.parse(gap + gap.join(parts) + gap)
        assert response.is_exact
        assert (response.reasoning, response.answer) == (reasoning, answer)


class TestReasoning:
    """The answer is never taken from the reasoning, nor from a reasoning that does not end."""

    @pytest.mark.parametrize(("format", "text"), IN_REASONING)
    def test_no_answer_is_found_there(self, format, text):
        response = format.parse(text)
        assert response.answer is None
        assert response.why_no_answer

    @pytest.mark.parametrize(("text", "reasoning", "answer"), FREEFORM_TEXTS)
    def test_freeform_looks_after_any_reasoning(self, text, reasoning, answer):
        response = FREEFORM.parse(text)
        assert response.answer == answer
        if reasoning is not None:
            assert response.reasoning == reasoning

    def test_a_truncated_reasoning_is_read_as_far_as_it_goes(self):
        assert parsed(WORKING_OUT, "6 * 7 is") == ("6 * 7 is", None)

    @pytest.mark.parametrize("format", [WORKING_OUT, THINK_ANSWER, THINK_BOXED])
    @given(st.data())
    def test_an_answer_stands_after_every_end_of_reasoning(self, format, data):
        """Numbers are all different, so where the answer's number stands is where it was read."""
        pieces = data.draw(st.lists(st.sampled_from([*FRAGMENTS, "NUMBER"]), max_size=20))
        text = "".join(
            str(1000 + place) if piece == "NUMBER" else piece for place, piece in enumerate(pieces)
        )
        answer = format.parse(text).answer
        number = re.search(r"1\d\d\d", answer or "")
        if number:
            opening, closing = format.reasoning
            before, after = text.split(number[0])
            assert closing in before
            assert closing not in after
            # Nor inside a second block that was opened and does not end.
            assert before.rfind(opening) < before.rfind(closing) or opening in answer

    @given(SOUP.filter(lambda text: "think" not in text))
    def test_freeform_finds_nothing_in_an_open_block(self, text):
        assume("working_out" not in text)
        assert FREEFORM.parse(f"\\boxed{{1}} <think>{text}").answer is None


class TestOpening:
    """Who writes the opening reasoning tag: the template, the model, or either."""

    WITH = "<think>r</think><answer>42</answer>"
    WITHOUT = "r</think><answer>42</answer>"

    @pytest.mark.parametrize(
        ("opening", "with_tag", "without_tag"),
        [
            pytest.param("prefilled", False, True, id="prefilled: the model must not repeat it"),
            pytest.param("required", True, False, id="required: the model must write it"),
            pytest.param("optional", True, True, id="optional: both"),
        ],
    )
    def test_which_responses_are_exact(self, opening, with_tag, without_tag):
        format = ResponseFormat(reasoning=THINK, answer=ANSWER, opening=opening)
        assert format.parse(self.WITH).is_exact is with_tag
        assert format.parse(self.WITHOUT).is_exact is without_tag

    @pytest.mark.parametrize("opening", ["prefilled", "required", "optional"])
    def test_the_parts_are_read_either_way(self, opening):
        format = ResponseFormat(reasoning=THINK, answer=ANSWER, opening=opening)
        assert parsed(format, self.WITH) == ("r", "42")
        assert parsed(format, self.WITHOUT) == ("r", "42")

    @pytest.mark.parametrize(
        ("opening", "tags"),
        [
            ("prefilled", ["</think>", "<answer>", "</answer>"]),
            ("required", ["<think>", "</think>", "<answer>", "</answer>"]),
            ("optional", ["</think>", "<answer>", "</answer>"]),
        ],
    )
    def test_which_tags_the_model_has_to_write(self, opening, tags):
        format = ResponseFormat(reasoning=THINK, answer=ANSWER, opening=opening)
        assert [use.tag for use in format.parse(self.WITH).tag_uses] == tags

    @pytest.mark.parametrize(
        ("opening", "prefills"), [("prefilled", True), ("required", False), ("optional", True)]
    )
    def test_whether_the_template_prefills(self, opening, prefills):
        format = ResponseFormat(reasoning=THINK, answer=ANSWER, opening=opening)
        assert format.prefills is prefills


class TestAnswerTagsAlone:
    """A layout with answer tags and no reasoning tags: prose, then the answer."""

    FORMAT = ResponseFormat(answer=ANSWER)

    def test_prose_and_an_answer_are_exact(self):
        response = self.FORMAT.parse("6 * 7<answer>42</answer>")
        assert (response.reasoning, response.answer, response.is_exact) == ("6 * 7", "42", True)

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("6 * 7<answer>42</answer> done", id="text after"),
            pytest.param("<answer>42</answer>", id="no prose"),
            pytest.param("6 * 7<answer>42", id="not closed"),
            pytest.param("6 * 7", id="no tags"),
        ],
    )
    def test_the_rest_is_not(self, text):
        assert not self.FORMAT.parse(text).is_exact

    def test_examples_can_be_written_in_it(self):
        assert parsed(self.FORMAT, self.FORMAT.render("6 * 7", "42")) == ("6 * 7", "42")


class TestEndOfSequence:
    """Markers that end a text are tolerated there, and nowhere else."""

    EXACT = "r<end_working_out><SOLUTION>42</SOLUTION>"

    @pytest.mark.parametrize("marker", ["<|im_end|>", "<|endoftext|>", "</s>"])
    def test_the_usual_ones_are_dropped(self, marker):
        response = WORKING_OUT.parse(f"{self.EXACT}{marker}\n")
        assert (response.text, response.is_exact) == (self.EXACT, True)

    @given(st.lists(st.sampled_from(["<|im_end|>", "<|endoftext|>", "</s>", " ", "\n"])))
    def test_any_number_of_them_is_dropped(self, markers):
        assert WORKING_OUT.parse(self.EXACT + "".join(markers)) == WORKING_OUT.parse(self.EXACT)

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    def test_an_answer_at_the_end_does_not_hold_it(self, format):
        assert format.parse(format.render("r", "42") + "<|im_end|>").answer == "42"

    def test_they_can_be_others(self):
        format = ResponseFormat(reasoning=THINK, answer=ANSWER, eos=("[END]",))
        exact = "r</think><answer>42</answer>"
        assert format.parse(f"{exact}[END]").is_exact
        assert not WORKING_OUT.parse(f"{self.EXACT}[END]").is_exact

    @pytest.mark.parametrize(
        "marker",
        [
            *("<|eot_id|>", "<|endoftext|>", "<｜end▁of▁sentence｜>", "<eos>", "<end_of_turn>"),
            "</s>",
            *("<EOS_TOKEN>", "<|return|>", "<|im_end|>\n<|im_start|>assistant", "<pad><pad>"),
            "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\n",
        ],
    )
    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    def test_those_of_every_family_are_dropped(self, format, marker):
        """A right response is read the same, and as exactly, with them."""
        text = format.render("It is so.", "42")
        with_marker, without = format.parse(f"{text}{marker}"), format.parse(text)
        assert with_marker.answer == "42"
        assert with_marker.is_exact == without.is_exact

    @pytest.mark.parametrize(
        "text", ["r<|im_end|>42", "r <|x y|>", "r <|>", "r <b>", "r [x]", "r <||>"]
    )
    def test_what_only_looks_like_one_is_text(self, text):
        assert FREEFORM.parse(text).text == text

    @pytest.mark.parametrize(
        "text",
        [
            "r<|im_end|><end_working_out><SOLUTION>42</SOLUTION>x",
            "r<end_working_out><|im_end|><SOLUTION>42</SOLUTION>",
            "r<end_working_out><SOLUTION>42</SOLUTION><|im_end|>x",
        ],
    )
    def test_one_in_the_middle_is_text(self, text):
        assert not WORKING_OUT.parse(text).is_exact


class TestTagUses:
    """How often each tag of the model occurs, and whether it follows those that precede it."""

    @given(SOUP)
    def test_they_are_what_the_specification_says(self, text):
        text = WORKING_OUT.parse(text).text
        preceding = -1 if WORKING_OUT.tags[0] not in text else text.rfind(WORKING_OUT.tags[0])
        for use, tag in zip(WORKING_OUT.parse(text).tag_uses, WORKING_OUT.tags[1:], strict=True):
            assert (use.tag, use.count) == (tag, text.count(tag))
            assert use.in_order == (tag in text and text.find(tag) > preceding)
            preceding = max(preceding, text.rfind(tag))

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    @given(SOUP)
    def test_every_tag_is_reported_whatever_the_text(self, format, text):
        """A tag that is missing is reported as missing, a box after truncated reasoning too."""
        expected = [use.tag for use in format.parse(format.render("r", "42")).tag_uses]
        assert [use.tag for use in format.parse(text).tag_uses] == expected

    def test_a_box_and_hashes_count_as_tags(self):
        uses = [
            [use.tag for use in format.parse("r").tag_uses]
            for format in (THINK_BOXED, BOXED, HASHES, FREEFORM)
        ]
        assert uses == [["</think>", r"\boxed"], [r"\boxed"], ["####"], []]


class TestShapes:
    """A layout reads what a reward reads: a string, or a completion of chat messages."""

    RESPONSE = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"

    @pytest.mark.parametrize(
        "completion",
        [
            [{"role": "assistant", "content": RESPONSE}],
            [{"from": "gpt", "value": RESPONSE}],
            [{"role": "assistant", "content": [{"type": "text", "text": RESPONSE}]}],
        ],
    )
    def test_messages_are_read_as_their_text(self, completion):
        assert WORKING_OUT.parse(completion) == WORKING_OUT.parse(self.RESPONSE)

    @pytest.mark.parametrize("value", [42, ["text"], b"text"])
    def test_anything_else_is_named(self, value):
        with pytest.raises(CompletionError, match="chat message"):
            WORKING_OUT.parse(value)


TAGGED = [
    ResponseFormat(reasoning=THINK, answer=ANSWER, opening=opening)
    for opening in ("prefilled", "required", "optional")
]


class TestExactResponses:
    """A response that is exactly its layout is read from its end, and read the same."""

    @given(
        st.sampled_from(TAGGED),
        st.lists(
            st.sampled_from([*THINK, *ANSWER, "why", "42", " ", "\n", "a < b", "<", "</s>"]),
            max_size=10,
        ).map("".join),
    )
    def test_as_every_other_one(self, layout, text):
        found = exact_response(layout, text)
        assert found is None or found == read_response(layout, text)

    @given(st.sampled_from(TAGGED), st.booleans(), st.sampled_from(["", "\n", " \n"]))
    def test_it_is_found(self, layout, opens, gap):
        text = f"{THINK[0] * opens}why, as 1 < 2{THINK[1]}{gap}<answer> 42 </answer>{gap}"
        is_exact = read_response(layout, text).is_exact
        assert (exact_response(layout, text) is not None) == is_exact
        assert is_exact == (opens if layout.opening == "required" else True) * (
            not opens or layout.opening != "prefilled"
        )

    @pytest.mark.parametrize("tags", ODD_TAGS)
    def test_tags_that_overlap_are_left_to_the_other(self, tags):
        layout = ResponseFormat(reasoning=tags[:2], answer=tags[2:])
        text = f"why{tags[1]}{tags[2]}42{tags[3]}"
        found = exact_response(layout, text)
        assert found is None or found == read_response(layout, text)
