"""Layouts as they are written: options, examples, system prompts, chat templates."""

from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.sandbox import ImmutableSandboxedEnvironment

import grpo_rewards
from format_cases import ANSWER, CLEAN, ODD_TAGS, THINK, custom_options, parsed
from grpo_rewards import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    OptionError,
    ResponseFormat,
)
from grpo_rewards.responses.layouts import PRESETS

PUBLIC = {name: getattr(grpo_rewards, name) for name in grpo_rewards.__all__}
CLEAN_LINE = CLEAN.filter(lambda text: "\n" not in text.strip())
CONTENT = st.text(digits + "XYZ=,;:é答\t", min_size=1).map(str.strip).filter(bool)


def rebuilt(value):
    return eval(repr(value), PUBLIC)  # noqa: S307 (a repr of ours, not a model's text)


# Options --------------------------------------------------------------------------------------

WRONG_OPTIONS = [
    pytest.param({"reasoning": ("<a>", "")}, ["''", "not blank"], id="an empty tag"),
    pytest.param({"reasoning": (" \n", "<a>")}, ["not blank"], id="a blank tag"),
    pytest.param({"reasoning": ("<a>", "<a>")}, ["<a>", "the same"], id="equal tags"),
    pytest.param(
        {"reasoning": THINK, "answer": ("</think>", "</x>")},
        ["</think>", "the same"],
        id="equal tags of two pairs",
    ),
    pytest.param(
        {"reasoning": ("<a>", "<<a>>")}, ["<a>", "<<a>>", "contained"], id="a tag inside another"
    ),
    pytest.param(
        {"reasoning": ("<<a>>", "<a>")}, ["<a>", "<<a>>", "contained"], id="and the other way round"
    ),
    pytest.param(
        {"answer": ("</s>", "<x>")}, ["</s>", "the same"], id="a tag that is an end marker"
    ),
    pytest.param(
        {"answer": ("<x>", "im_end")}, ["im_end", "<|im_end|>"], id="a tag inside an end marker"
    ),
    pytest.param(
        {"answer": ("<x>", "<y></s>")}, ["<y></s>", "</s>"], id="a tag that ends with an end marker"
    ),
    pytest.param({"reasoning": ("<a>",)}, ["('<a>',)", "two tags"], id="one tag"),
    pytest.param({"reasoning": ("a", "b", "c")}, ["two tags"], id="three tags"),
    pytest.param({"reasoning": "<a>"}, ["'<a>'", "two tags"], id="a string for two tags"),
    pytest.param({"reasoning": "ab"}, ["'ab'", "two tags"], id="a string of two letters"),
    pytest.param({"reasoning": (1, 2)}, ["1", "text"], id="tags that are numbers"),
    pytest.param({"reasoning": 3}, ["3", "two tags"], id="reasoning that is a number"),
    pytest.param({"answer": "box"}, ["'box'", "'boxed'", "'hashes'"], id="an unknown style"),
    pytest.param({"answer": None}, ["answer=None"], id="no answer"),
    pytest.param({"answer": 3}, ["3"], id="an answer that is a number"),
    pytest.param(
        {"opening": "never"},
        ["'never'", "'prefilled'", "'required'", "'optional'"],
        id="an unknown opening",
    ),
    pytest.param({"opening": None}, ["None", "'optional'"], id="no opening"),
    pytest.param({"opening": True}, ["True", "'prefilled'"], id="an opening that is a truth value"),
    pytest.param({"eos": ("",)}, ["''"], id="an empty end marker"),
    pytest.param({"eos": "</s>"}, ["eos='</s>'"], id="a string for end markers"),
    pytest.param({"eos": None}, ["eos=None"], id="end markers None"),
    pytest.param({"eos": 3}, ["eos=3"], id="end markers that are a number"),
]


class TestOptions:
    """A layout that could not be read raises when it is made, and says what to write."""

    @pytest.mark.parametrize(("options", "said"), WRONG_OPTIONS)
    def test_a_wrong_one_raises(self, options, said):
        with pytest.raises(OptionError) as error:
            ResponseFormat(**options)
        for words in said:
            assert words in str(error.value)

    def test_they_are_keywords_only(self):
        with pytest.raises(TypeError):
            ResponseFormat(THINK, ANSWER)

    def test_a_layout_cannot_be_changed(self):
        with pytest.raises(AttributeError):
            WORKING_OUT.opening = "required"

    def test_lists_are_read_as_pairs(self):
        """A configuration file has no tuples."""
        listed = ResponseFormat(reasoning=list(THINK), answer=list(ANSWER), eos=["</s>"])
        assert listed == ResponseFormat(reasoning=THINK, answer=ANSWER, eos=("</s>",))
        assert hash(listed)

    @pytest.mark.parametrize("tags", ODD_TAGS)
    def test_any_text_can_be_a_tag(self, tags):
        format = ResponseFormat(reasoning=tags[:2], answer=tags[2:])
        assert format.parse(f"{tags[0]}1{tags[1]}{tags[2]}2{tags[3]}").is_exact
        assert parsed(format, f"1{tags[1]}{tags[2]}2{tags[3]}") == ("1", "2")


FORMATS = {
    **PRESETS,
    "custom": ResponseFormat(reasoning=("[it's]", "[\n]"), answer=('["]', "[🤔]")),
    "required": ResponseFormat(reasoning=THINK, answer="hashes", opening="required"),
    "other end": ResponseFormat(answer="boxed", eos=("<eos>",)),
}


class TestIdentity:
    """Layouts are values: equal, hashable, picklable, and shown as what makes them."""

    @pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
    def test_its_repr_rebuilds_it(self, format):
        assert rebuilt(format) == format

    @given(custom_options())
    def test_any_repr_rebuilds_its_layout(self, options):
        format = ResponseFormat(**options)
        assert rebuilt(format) == format
        assert hash(rebuilt(format)) == hash(format)

    def test_a_preset_spelled_out_is_the_preset(self):
        spelled = ResponseFormat(reasoning=THINK, answer=ANSWER)
        assert spelled == THINK_ANSWER
        assert hash(spelled) == hash(THINK_ANSWER)
        assert repr(spelled) == "THINK_ANSWER"

    def test_different_layouts_are_different(self):
        assert len(set(FORMATS.values())) == len(FORMATS)

    @pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
    def test_it_pickles(self, format):
        copy = pickle.loads(pickle.dumps(format))
        assert (copy, hash(copy)) == (format, hash(format))
        text = format.render("r", "42")
        assert copy.parse(text) == format.parse(text)

    def test_it_works_in_a_spawned_process(self):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            for format in FORMATS.values():
                text = format.render("r", "42")
                assert pool.submit(format.parse, text).result() == format.parse(text)


# Writing --------------------------------------------------------------------------------------

UNWRITABLE = [
    pytest.param(WORKING_OUT, "", "42", id="no reasoning"),
    pytest.param(WORKING_OUT, " ", "42", id="blank reasoning"),
    pytest.param(WORKING_OUT, "r", "", id="no answer"),
    pytest.param(WORKING_OUT, "r", "\n", id="a blank answer"),
    pytest.param(WORKING_OUT, "r<SOLUTION>", "42", id="a tag in the reasoning"),
    pytest.param(WORKING_OUT, "r", "42</SOLUTION>", id="a tag in the answer"),
    pytest.param(THINK_BOXED, "r", "4}2", id="a closing brace in a box"),
    pytest.param(THINK_BOXED, "r", "4{2", id="an opening brace in a box"),
    pytest.param(HASHES, "r", "4\n2", id="a line break after the hashes"),
    pytest.param(HASHES, "r\n#### 41", "42", id="hashes in the reasoning"),
]


class TestRender:
    """Supervised examples: what is written is exactly the layout, and reads back the same."""

    @pytest.mark.parametrize("format", [WORKING_OUT, THINK_ANSWER, THINK_BOXED, BOXED, HASHES])
    @given(st.data())
    def test_what_a_preset_writes_reads_back(self, format, data):
        reasoning = data.draw(CLEAN)
        answer = data.draw(CLEAN_LINE if format is HASHES else CLEAN)
        response = format.parse(format.render(reasoning, answer))
        assert (response.reasoning, response.answer) == (reasoning.strip(), answer.strip())
        assert response.is_exact

    @given(CLEAN, CLEAN)
    def test_what_freeform_writes_has_its_answer(self, reasoning, answer):
        assert FREEFORM.parse(FREEFORM.render(reasoning, answer)).answer == answer.strip()

    @given(custom_options(), CONTENT, CONTENT)
    def test_what_custom_tags_write_reads_back(self, options, reasoning, answer):
        format = ResponseFormat(**options)
        response = format.parse(format.render(reasoning, answer))
        assert (response.reasoning, response.answer) == (reasoning, answer)
        assert response.is_exact

    @pytest.mark.parametrize("tags", ODD_TAGS)
    @pytest.mark.parametrize("opening", ["prefilled", "required", "optional"])
    def test_what_odd_tags_write_reads_back(self, tags, opening):
        format = ResponseFormat(reasoning=tags[:2], answer=tags[2:], opening=opening)
        assert parsed(format, format.render("6 × 7", "42")) == ("6 × 7", "42")

    @pytest.mark.parametrize("answer", [r"\frac{1}{2}", r"\{1, 2\}", "{{1}}", r"\text{a b}", r"\\"])
    @pytest.mark.parametrize("format", [THINK_BOXED, BOXED, FREEFORM], ids=repr)
    def test_a_box_may_hold_latex(self, format, answer):
        assert format.parse(format.render("r", answer)).answer == answer

    @pytest.mark.parametrize(
        ("opening", "written"), [("prefilled", False), ("required", True), ("optional", True)]
    )
    def test_whether_the_opening_tag_is_written(self, opening, written):
        format = ResponseFormat(reasoning=THINK, answer=ANSWER, opening=opening)
        assert format.render("r", "42").startswith("<think>") is written

    @pytest.mark.parametrize("format", [WORKING_OUT, THINK_ANSWER, THINK_BOXED], ids=repr)
    def test_the_opening_tag_can_be_left_to_the_template(self, format):
        completion = format.render("r", "42", opening=False)
        assert completion.startswith("r")
        assert format.parse(completion).is_exact

    @pytest.mark.parametrize(("format", "reasoning", "answer"), UNWRITABLE)
    def test_what_could_not_be_read_back_raises(self, format, reasoning, answer):
        """The message shows both parts."""
        with pytest.raises(ValueError, match="cannot write reasoning") as error:
            format.render(reasoning, answer)
        assert repr(answer.strip()) in str(error.value)


class TestSystemPrompt:
    """Instructions that name what the model has to write."""

    @pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
    def test_it_names_every_tag(self, format):
        for tag in format.tags:
            assert tag in format.system_prompt()

    @pytest.mark.parametrize(
        ("format", "mark"),
        [(THINK_BOXED, r"\boxed{}"), (BOXED, r"\boxed{}"), (HASHES, "####"), (FREEFORM, r"\boxed")],
    )
    def test_it_names_the_mark_of_the_answer(self, format, mark):
        assert mark in format.system_prompt()

    @given(custom_options())
    def test_braces_in_tags_are_written_as_they_are(self, options):
        format = ResponseFormat(**options)
        for tag in format.tags:
            assert tag in format.system_prompt()


CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
QUESTION = [{"role": "user", "content": "6 * 7?"}]


def rendered(template, messages=QUESTION, *, generation=True):
    """What a tokenizer makes of messages, with the settings that transformers gives Jinja."""
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(
        messages=messages, add_generation_prompt=generation, eos_token="<eos>", bos_token="<bos>"
    )


class TestChatTemplate:
    """A Jinja template whose generation prompt ends with the reasoning tag when it is prefilled."""

    @pytest.mark.parametrize("opening", ["prefilled", "optional"])
    def test_the_generation_prompt_ends_with_the_prefilled_tag(self, opening):
        format = ResponseFormat(reasoning=THINK, answer=ANSWER, opening=opening)
        assert rendered(format.chat_template()).endswith("6 * 7?<think>")

    def test_it_does_not_when_the_model_writes_the_tag(self):
        format = ResponseFormat(reasoning=THINK, answer=ANSWER, opening="required")
        assert rendered(format.chat_template()).endswith("6 * 7?")

    @pytest.mark.parametrize("format", [BOXED, HASHES, FREEFORM], ids=repr)
    def test_it_does_not_when_there_is_no_tag(self, format):
        assert rendered(format.chat_template()).endswith("6 * 7?")

    @pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
    def test_without_a_generation_prompt_nothing_is_prefilled(self, format):
        assert rendered(format.chat_template(), generation=False).endswith("6 * 7?")

    @pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
    def test_the_system_prompt_comes_first_once(self, format):
        text = rendered(format.chat_template())
        assert text.startswith(f"{format.system_prompt()}<eos>")
        assert text.count(format.system_prompt()) == 1

    def test_a_system_turn_takes_its_place(self):
        messages = [{"role": "system", "content": "Be brief."}, *QUESTION]
        text = rendered(WORKING_OUT.chat_template(), messages)
        assert text == "Be brief.<eos>6 * 7?<start_working_out>"

    def test_no_messages_are_no_error(self):
        assert rendered(WORKING_OUT.chat_template(), []) == "<start_working_out>"

    @pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
    def test_a_conversation_continues_its_generation_prompt(self, format):
        """So that supervised examples teach just what the model is asked to continue."""
        completion = format.render("r", "42", opening=False if format.prefills else None)
        turn = format.render("r", "42")
        prompt = rendered(format.chat_template())
        messages = [*QUESTION, {"role": "assistant", "content": turn}]
        whole = rendered(format.chat_template(), messages, generation=False)
        assert whole.startswith(prompt)
        assert whole[len(prompt) :].strip() == f"{completion}<eos>"

    def test_a_tokenizers_own_template_is_extended(self):
        text = rendered(THINK_ANSWER.chat_template(CHATML))
        assert text == rendered(CHATML) + "<think>"
        assert rendered(THINK_ANSWER.chat_template(CHATML), generation=False) == rendered(
            CHATML, generation=False
        )

    def test_a_template_with_a_last_line_break_is_extended_too(self):
        """Jinja drops a template's last line break, so the extension must not bring it back."""
        base = "{{ messages[0]['content'] }}\n"
        assert rendered(THINK_ANSWER.chat_template(base)) == rendered(base) + "<think>"

    def test_a_template_is_kept_when_nothing_is_prefilled(self):
        assert BOXED.chat_template(CHATML) == CHATML

    @pytest.mark.parametrize("tags", ODD_TAGS)
    def test_odd_tags_are_prefilled_as_they_are(self, tags):
        format = ResponseFormat(reasoning=tags[:2], answer=tags[2:])
        assert rendered(format.chat_template()).endswith(f"6 * 7?{tags[0]}")
        assert rendered(format.chat_template(CHATML)).endswith(f"assistant\n{tags[0]}")

    @given(custom_options(), st.text(ascii_letters + "{}%#'\"\\🤔 "))
    def test_any_tag_and_question_are_kept_as_they_are(self, options, question):
        format = ResponseFormat(**options)
        text = rendered(format.chat_template(), [{"role": "user", "content": question}])
        tag = format.tags[0] if format.prefills else ""
        assert text == f"{format.system_prompt()}<eos>{question}{tag}"
