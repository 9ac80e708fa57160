"""How a response is laid out: reading a text by a layout, and writing prompts and examples in it.

What an answer is worth, and whether it is right, is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Literal, TypeAlias

from grpo_rewards.caches import RESPONSES
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.guesses import Guided
from grpo_rewards.notices import say_once
from grpo_rewards.responses.completions import Completion, completion_text
from grpo_rewards.responses.generation import generation_prompt, opened_reasoning
from grpo_rewards.responses.parsing import (
    BOX_TAG,
    HASHES_TAG,
    Response,
    TagUse,
    exact_response,
    read_response,
)

__all__ = [
    "BOXED",
    "FREEFORM",
    "HASHES",
    "PRESETS",
    "THINK_ANSWER",
    "THINK_BOXED",
    "WORKING_OUT",
    "Response",
    "ResponseFormat",
    "TagUse",
]

Opening: TypeAlias = Literal["prefilled", "required", "optional"]
AnswerStyle: TypeAlias = Literal["boxed", "hashes", "freeform"]
Tags: TypeAlias = tuple[str, str]

CACHED_LENGTH = 8_192
"""Longer texts (characters) are parsed anew each time, so that the cache stays small."""
DEFAULT_EOS = ("<|im_end|>", "<|endoftext|>", "</s>")


@dataclass(frozen=True, kw_only=True, repr=False)
class ResponseFormat(metaclass=Guided):
    r"""The layout of a response: an optional reasoning block, then the answer.

    Args:
        reasoning: The opening and the closing tag of the reasoning block; ``None`` for a layout
            whose reasoning is plain prose.
        answer: The tags around the answer, or how prose gives it: ``"boxed"`` (the last
            ``\boxed{...}``), ``"hashes"`` (the rest of the last line marked ``####``),
            ``"freeform"`` (no promise, see `grpo_rewards.responses.extraction.freeform_answer`).
        opening: Who writes the opening reasoning tag. ``"prefilled"``: the chat template, and a
            response that writes it again repeats it. ``"required"``: the model. ``"optional"``:
            the chat template, and a response that carries it is read the same.
        eos: Markers tolerated at the end of a text.

    Raises:
        OptionError: A tag is empty, blank, equal to another, or contained in another tag or in an
            end-of-sequence marker; ``answer`` or ``opening`` is none of the values above.

    Not covered: tags that depend on the problem, and several reasoning blocks in one response.

    Example:
        >>> brackets = ResponseFormat(reasoning=("[work]", "[/work]"), answer=("[out]", "[/out]"))
        >>> brackets.parse("2 + 2 is 4[/work][out]4[/out]").answer
        '4'
    """

    reasoning: Tags | None = None
    answer: Tags | AnswerStyle = "freeform"
    opening: Opening = "optional"
    eos: tuple[str, ...] = DEFAULT_EOS

    def __post_init__(self) -> None:
        for option in ("reasoning", "answer", "eos"):
            value = getattr(self, option)
            if isinstance(value, list):  # as a configuration file gives a pair
                object.__setattr__(self, option, tuple(value))
        self._validate()

    def _validate(self) -> None:
        if self.opening not in ("prefilled", "required", "optional"):
            raise OptionError(
                f"opening={self.opening!r}: write 'prefilled', 'required' or 'optional'"
            )
        if isinstance(self.answer, str) and self.answer not in ("boxed", "hashes", "freeform"):
            raise OptionError(
                f"answer={self.answer!r}: write 'boxed', 'hashes', 'freeform', or the two tags "
                "around the answer, such as ('<answer>', '</answer>')"
            )
        if not isinstance(self.eos, tuple):
            raise OptionError(f"eos={self.eos!r}: write a tuple of markers, such as ('</s>',)")
        for option, alternative in (("reasoning", type(None)), ("answer", str)):
            pair = getattr(self, option)
            if isinstance(pair, alternative):
                continue
            if not isinstance(pair, tuple) or len(pair) != 2:
                raise OptionError(
                    f"{option}={pair!r}: write two tags, an opening and a closing one"
                )
        markers = (*self.tags, *self.eos)
        for tag in markers:
            if not isinstance(tag, str) or not tag.strip():
                raise OptionError(f"{tag!r} cannot be a tag: write a text that is not blank")
        for place, tag in enumerate(self.tags):
            for other_place, other in enumerate(markers):
                ends_as_eos = other in self.eos and tag.endswith(other)
                if place != other_place and (tag in other or ends_as_eos):
                    clash = "the same as" if tag == other else "contained in or ends with"
                    raise OptionError(
                        f"the tag {tag!r} is {clash} {other!r}: a response could not be read; "
                        "choose tags of which none contains another"
                    )

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Every tag of the layout in order, whoever writes it."""
        return (*(self.reasoning or ()), *(self.answer if isinstance(self.answer, tuple) else ()))

    @cached_property
    def mark(self) -> str:
        """The character that each of four tags begins with and has nowhere else; else empty."""
        is_so = len(self.tags) == 4 and _overlap_nowhere(self.tags)
        return self.tags[0][0] if is_so else ""

    @cached_property
    def placed(self) -> tuple[TagUse, ...]:
        """How an exact response uses the tags that the model has to write."""
        return tuple(TagUse(tag, count=1, in_order=True) for tag in self.tags[self.prefills :])

    @property
    def prefills(self) -> bool:
        """Whether the chat template writes the opening reasoning tag."""
        return self.reasoning is not None and self.opening != "required"

    def __repr__(self) -> str:
        for name, preset in PRESETS.items():
            if self == preset:
                return name
        options = [
            f"{option.name}={getattr(self, option.name)!r}"
            for option in fields(self)
            if getattr(self, option.name) != option.default
        ]
        return f"ResponseFormat({', '.join(options)})"

    # Reading ---------------------------------------------------------------------------------

    def parse(self, text: Completion) -> Response:
        r"""Read a response by this layout. Never raises, whatever the text; takes linear time.

        The text is a string, or a completion of chat messages, as trainers hand it over; anything
        else is a `CompletionError`.

        The answer is never taken from the reasoning, from a reasoning block that does not end,
        or from between answer tags that occur more than once.

        Example:
            >>> response = WORKING_OUT.parse("6 * 7<end_working_out><SOLUTION>42</SOLUTION>")
            >>> response.reasoning, response.answer, response.is_exact
            ('6 * 7', '42', True)
            >>> WORKING_OUT.parse("6 * 7 is 42").why_no_answer
            'the reasoning never ends: <end_working_out> is missing'
        """
        if not isinstance(text, str):
            text = completion_text(text)
        exact = exact_response(self, text)
        if exact is not None:
            return exact
        # The rewards of a trainer read the same completions one after the other.
        return _parsed(self, text) if len(text) <= CACHED_LENGTH else read_response(self, text)

    # Writing ---------------------------------------------------------------------------------

    def render(self, reasoning: str, answer: str, *, opening: bool | None = None) -> str:
        r"""A response in this layout, for supervised examples; `parse` gives both parts back.

        (Of a freeform one only the answer: prose promises no place for the reasoning.)

        Args:
            reasoning: Text without the layout's tags; white space around it is not kept.
            answer: The same.
            opening: Whether to write the opening reasoning tag. By default it is written unless
                the layout says that the chat template alone writes it (``"prefilled"``). Pass
                ``False`` for a completion that follows a generation prompt.

        Raises:
            ValueError: The parts cannot be read back: one is blank or contains a tag.

        Example:
            >>> THINK_ANSWER.render("6 * 7 is 42.", "42", opening=False)
            '6 * 7 is 42.\n</think>\n<answer>42</answer>'
        """
        reasoning, answer = reasoning.strip(), answer.strip()
        if opening is None:
            opening = self.opening != "prefilled"
        parts = [reasoning]
        if self.reasoning:
            parts = [self.reasoning[0]] * opening + [reasoning, self.reasoning[1]]
        if isinstance(self.answer, tuple):
            parts.append(f"{self.answer[0]}{answer}{self.answer[1]}")
        elif self.answer == "hashes":
            parts.append(f"{HASHES_TAG} {answer}")
        else:
            parts.append(f"{BOX_TAG}{{{answer}}}")
        for joint in ("\n", "", " ", "\n\n"):  # what ends the reasoning may run on into the answer
            text = joint.join(parts)
            back = self.parse(text)
            same = back.answer == answer and back.reasoning in (reasoning, None)
            if same and back.is_exact:
                return text
        raise ValueError(
            f"cannot write reasoning {in_short(reasoning, 60)} and answer {answer!r:.60} as "
            f"{self!r}: {back.why_not_exact or 'they would be read back differently'}; "
            "leave the layout's own tags out of both, and neither blank"
        )

    def system_prompt(self) -> str:
        r"""Instructions that describe the layout to a model, one short paragraph.

        Example:
            >>> print(BOXED.system_prompt())
            Solve the problem step by step. Then give the final answer in \boxed{}.
        """
        sentences = ["Solve the problem step by step."]
        if self.reasoning:
            sentences.append("Write your reasoning between {} and {}.".format(*self.reasoning))
        if isinstance(self.answer, tuple):
            sentences.append(
                "Then write only the final answer between {} and {}.".format(*self.answer)
            )
        elif self.answer == "hashes":
            sentences.append(
                f"Then write the final answer on a last line that starts with {HASHES_TAG}."
            )
        else:
            sentences.append(f"Then give the final answer in {BOX_TAG}{{}}.")
        return " ".join(sentences)

    def chat_template(self, base: str | None = None) -> str:
        """A Jinja chat template whose generation prompt ends with the reasoning tag, if prefilled.

        Args:
            base: A tokenizer's own template (``tokenizer.chat_template``) to build on, for models
                that were tuned with one. Where it is rendered (Jinja is there with every trainer)
                and writes the reasoning tag itself, it stays as it is. Without a base: a plain
                template for base models, which ends the system's and the assistant's turns with
                ``eos_token`` and puts `system_prompt` first where the messages have no system
                turn.

        Returns:
            A value for ``tokenizer.chat_template``.

        Warns:
            RewardWarning: The base closes the reasoning that it opens, as for a model that is not
                to think, or opens one with another tag.

        Example:
            >>> WORKING_OUT.chat_template("{{ messages }}")
            "{{ messages }}{% if add_generation_prompt %}{{ '<start_working_out>' }}{% endif %}"
        """
        # Jinja drops a template's last newline; before an addition it would have to be kept.
        template = base.removesuffix("\n") if base is not None else self._plain_template()
        if not self.prefills:
            return template
        condition = "add_generation_prompt"
        if base is not None:
            ending = generation_prompt(base)
            if self._is_written(ending):
                return base
            unthinking = opened_reasoning(generation_prompt(base, enable_thinking=False))
            if unthinking and unthinking[0] == self.tags[0]:
                # Without thinking the base closes the reasoning; a tag after it would open another.
                condition += " and not (enable_thinking is defined and enable_thinking is false)"
        tag = _jinja_literal(self.tags[0])
        return f"{template}{{% if {condition} %}}{{{{ {tag} }}}}{{% endif %}}"

    def _is_written(self, ending: str) -> bool:
        """Whether a generation prompt brings its own reasoning tag; what hinders it is said."""
        opened = opened_reasoning(ending)
        if opened is None:
            return False
        tag, is_closed = opened
        if is_closed and tag == self.tags[0]:
            plain = "another format" if self.answer != "boxed" else "format=BOXED"
            say_once(
                self,
                "closed reasoning",
                f"the chat template closes the reasoning for the model ({ending[-60:]!r}), so that "
                f"a response never has {self.tags[1]} and none in {self!r} has an answer: take "
                f"{plain}, whose reasoning is plain prose, or turn thinking on "
                "(enable_thinking=True)",
            )
        elif tag != self.tags[0] and not is_closed:
            say_once(
                self,
                "other reasoning",
                f"the chat template opens the reasoning with {tag} itself, and {self!r} with "
                f"{self.tags[0]}: take a format with {tag}, such as THINK_ANSWER or THINK_BOXED",
            )
        return tag == self.tags[0]

    def _plain_template(self) -> str:
        prompt = _jinja_literal(self.system_prompt())
        assistant = "message['content']"
        if self.opening == "prefilled" and self.reasoning:
            # Completions do not carry the tag, so a conversation has to get it from here.
            assistant = f"{_jinja_literal(self.reasoning[0])} + {assistant}"
        return (
            "{% if messages and messages[0]['role'] != 'system' %}"
            f"{{{{ {prompt} + eos_token }}}}{{% endif %}}"
            "{% for message in messages %}"
            "{% if message['role'] == 'user' %}{{ message['content'] }}"
            f"{{% elif message['role'] == 'assistant' %}}{{{{ {assistant} + eos_token }}}}"
            "{% else %}{{ message['content'] + eos_token }}{% endif %}"
            "{% endfor %}"
        )


def _overlap_nowhere(tags: tuple[str, ...]) -> bool:
    """Whether tags begin with one character that none of them has further on."""
    return all(tag.rfind(tags[0][0]) == 0 for tag in tags)


@RESPONSES.remember(entries=4_096)
def _parsed(format: ResponseFormat, text: str) -> Response:
    return read_response(format, text)


def _jinja_literal(text: str) -> str:
    escaped = text.encode("unicode_escape").decode("ascii").replace("'", "\\x27")
    return f"'{escaped}'"


WORKING_OUT = ResponseFormat(
    reasoning=("<start_working_out>", "<end_working_out>"), answer=("<SOLUTION>", "</SOLUTION>")
)
"""The recipe's layout, and the default; the chat template writes the first tag.

    6 times 7 is 42.<end_working_out><SOLUTION>42</SOLUTION>
"""

THINK_ANSWER = ResponseFormat(reasoning=("<think>", "</think>"), answer=("<answer>", "</answer>"))
"""The layout of DeepSeek-R1-Zero.

    <think>6 times 7 is 42.</think> <answer>42</answer>
"""

THINK_BOXED = ResponseFormat(reasoning=("<think>", "</think>"), answer="boxed")
r"""A reasoning block, then prose with the answer in its last box.

    <think>6 times 7 is 42.</think> They need \boxed{42} tiles.
"""

BOXED = ResponseFormat(answer="boxed")
r"""Prose, with the answer in its last box.

    Six rows of seven tiles are \boxed{42} tiles.
"""

HASHES = ResponseFormat(answer="hashes")
"""The layout of GSM8K's solutions.

    Six rows of seven tiles.
    #### 42
"""

FREEFORM = ResponseFormat(answer="freeform")
"""No promise; `grpo_rewards.responses.extraction.freeform_answer` says where an answer is found.

    Six rows of seven tiles, so the answer is 42.
"""

PRESETS = {
    "WORKING_OUT": WORKING_OUT,
    "THINK_ANSWER": THINK_ANSWER,
    "THINK_BOXED": THINK_BOXED,
    "BOXED": BOXED,
    "HASHES": HASHES,
    "FREEFORM": FREEFORM,
}
