"""How a response is laid out: reading a text by a layout, and writing prompts and examples in it.

What an answer is worth, and whether it is right, is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise
from typing import Literal, TypeAlias

import regex

from grpo_rewards.errors import OptionError
from grpo_rewards.extraction import Extracted, boxes, freeform_answer, hashes, rival_boxes

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

# Blocks that reasoning models write unasked; FREEFORM takes no answer from inside one.
_KNOWN_REASONING = regex.compile(
    r"<(/?)(?:think|thinking|thought|reasoning|reason)>"
    r"|<(end_working_out)>|<start_working_out>"
    r"|<\|(end)_of_thought\|>|<\|begin_of_thought\|>",
    regex.IGNORECASE,
)
_BOX_TAG = r"\boxed"
_HASHES_TAG = "####"


@dataclass(frozen=True, slots=True)
class TagUse:
    """How a response used one tag that the model itself has to write."""

    tag: str
    count: int
    in_order: bool
    """Whether it stands after every occurrence of the tags that precede it (false if absent)."""


@dataclass(frozen=True, slots=True)
class Response:
    """A completion's text as one `ResponseFormat` reads it."""

    text: str
    """What was parsed, without white space and end-of-sequence markers at its end."""
    reasoning: str | None
    """The reasoning, stripped; of a truncated response what there is of it."""
    answer: str | None
    """The final answer, stripped; ``None`` when there is none."""
    why_no_answer: str = ""
    """Why ``answer`` is ``None``, in a sentence; else empty."""
    why_not_exact: str = ""
    """The first departure from the layout, in a sentence; empty when the layout is exact."""
    tag_uses: tuple[TagUse, ...] = ()
    """The tags that the model has to write, in the order of the layout."""

    @property
    def is_exact(self) -> bool:
        """Whether the text is exactly the layout, only white space between its parts."""
        return not self.why_not_exact


@dataclass(frozen=True, kw_only=True, repr=False)
class ResponseFormat:
    r"""The layout of a response: an optional reasoning block, then the answer.

    Args:
        reasoning: The opening and the closing tag of the reasoning block; ``None`` for a layout
            whose reasoning is plain prose.
        answer: The tags around the answer, or how prose gives it: ``"boxed"`` (the last
            ``\boxed{...}``), ``"hashes"`` (the rest of the last line marked ``####``),
            ``"freeform"`` (no promise, see `grpo_rewards.extraction.freeform_answer`).
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

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag of the layout in order, whoever writes it."""
        return (*(self.reasoning or ()), *(self.answer if isinstance(self.answer, tuple) else ()))

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

    def parse(self, text: str) -> Response:
        r"""Read a response by this layout. Never raises, whatever the text; takes linear time.

        The answer is never taken from the reasoning, from a reasoning block that does not end,
        or from between answer tags that occur more than once.

        Example:
            >>> response = WORKING_OUT.parse("6 * 7<end_working_out><SOLUTION>42</SOLUTION>")
            >>> response.reasoning, response.answer, response.is_exact
            ('6 * 7', '42', True)
            >>> WORKING_OUT.parse("6 * 7 is 42").why_no_answer
            'the reasoning never ends: <end_working_out> is missing'
        """
        # The rewards of a trainer read the same completions one after the other.
        return _parsed(self, text) if len(text) <= CACHED_LENGTH else self._read(text)

    def _read(self, text: str) -> Response:
        text = self._without_eos(text)
        found = self._occurrences(text)
        reasoning, rest_start, why_cut = self._split_reasoning(text, found)
        tag = _BOX_TAG if self.answer == "boxed" else _HASHES_TAG
        if why_cut:
            extracted = Extracted(None, why_cut)
            if self.answer in ("boxed", "hashes"):
                found[tag] = []
        elif isinstance(self.answer, tuple):
            extracted = self._between_tags(text, found, rest_start)
            if self.reasoning is None:
                before = found[self.answer[0]]
                reasoning = text[: before[0] if before else None].strip() or None
        elif self.answer == "freeform":
            extracted = freeform_answer(text[rest_start:])
        else:
            prose = text[rest_start:]
            marks, extracted = _marked(self.answer, prose)
            found[tag] = [rest_start + mark for mark in marks]
            if self.reasoning is None:
                reasoning = (prose[: marks[-1]] if marks else prose).strip() or None
        answer = (extracted.answer or "").strip() or None
        why_no_answer = "" if answer else extracted.why_not or "the answer is blank"
        return Response(
            text=text.rstrip(),
            reasoning=reasoning,
            answer=answer,
            why_no_answer=why_no_answer,
            why_not_exact=self._departure(text, found, reasoning) or why_no_answer,
            tag_uses=self._tag_uses(found),
        )

    def _without_eos(self, text: str) -> str:
        end = len(text)
        while True:
            place = end
            while place and text[place - 1].isspace():
                place -= 1
            marker = next((eos for eos in self.eos if text.endswith(eos, 0, place)), None)
            if marker is None:
                return text[:end]  # with its white space, in which a tag may end
            end = place - len(marker)

    def _occurrences(self, text: str) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for tag in self.tags:
            places = found[tag] = []
            place = text.find(tag)
            while place >= 0:
                places.append(place)
                place = text.find(tag, place + len(tag))
        return found

    def _split_reasoning(
        self, text: str, found: dict[str, list[int]]
    ) -> tuple[str | None, int, str]:
        """The reasoning, where the text after it starts, and why there is no such text, if so."""
        if self.reasoning is None:
            return (None, 0, "") if self.answer != "freeform" else _split_known_reasoning(text)
        opening, closing = self.reasoning
        start = found[opening][0] + len(opening) if found[opening] else 0
        if found[closing]:
            first, last = found[closing][0], found[closing][-1]
            if found[opening] and found[opening][-1] > last:
                return (
                    text[start:first].strip() or None,
                    0,
                    f"{opening} has no end",
                )
            return text[start:first].strip() or None, last + len(closing), ""
        if self.opening == "required" and not found[opening]:
            return None, 0, ""
        return text[start:].strip() or None, 0, f"the reasoning never ends: {closing} is missing"

    def _between_tags(self, text: str, found: dict[str, list[int]], rest_start: int) -> Extracted:
        opening, closing = self.tags[-2:]
        for tag in (opening, closing):
            if len(found[tag]) != 1:
                return Extracted(None, _count_problem(tag, len(found[tag])))
        start, end = found[opening][0] + len(opening), found[closing][0]
        if found[opening][0] < rest_start:
            return Extracted(None, f"{opening} stands inside the reasoning")
        if end < start:
            return Extracted(None, f"{closing} comes before {opening}")
        return Extracted(text[start:end])

    def _departure(self, text: str, found: dict[str, list[int]], reasoning: str | None) -> str:
        """The first way in which the text is not exactly the layout; empty when it is."""
        if self.answer == "freeform" and self.reasoning is None:
            return ""
        for tag, places in found.items():
            if self.reasoning and tag == self.reasoning[0] and self.opening != "required":
                allowed = 1 if self.opening == "optional" else 0
                if len(places) > allowed:
                    return f"{tag} is prefilled and the response repeats it"
            elif len(places) != 1:
                return _count_problem(tag, len(places))
        placed = [(tag, places[0]) for tag, places in found.items() if places]
        for (tag, place), (next_tag, next_place) in pairwise(placed):
            if next_place < place:
                return f"{next_tag} comes before {tag}"
        if reasoning is None:
            return "there is no reasoning"
        return self._stray_text(text, found)

    def _stray_text(self, text: str, found: dict[str, list[int]]) -> str:
        gaps: list[tuple[str, int, int]] = []
        if self.reasoning and found[self.reasoning[0]]:
            gaps.append(("before the reasoning", 0, found[self.reasoning[0]][0]))
        if isinstance(self.answer, tuple):
            opening, closing = self.answer
            if self.reasoning:
                end = found[self.reasoning[1]][0] + len(self.reasoning[1])
                gaps.append(("between the reasoning and the answer", end, found[opening][0]))
            gaps.append(("after the answer", found[closing][0] + len(closing), len(text)))
        elif self.answer == "hashes":
            line_end = text.find("\n", found[_HASHES_TAG][0])
            gaps.append(("after the answer", line_end if line_end >= 0 else len(text), len(text)))
        for where, start, end in gaps:
            if text[start:end].strip():
                return f"there is text {where}"
        return ""

    def _tag_uses(self, found: dict[str, list[int]]) -> tuple[TagUse, ...]:
        uses = []
        last_before = -1
        for tag, places in found.items():
            if not (self.reasoning and tag == self.reasoning[0] and self.prefills):
                in_order = bool(places) and places[0] > last_before
                uses.append(TagUse(tag, len(places), in_order))
            last_before = max(last_before, *places) if places else last_before
        return tuple(uses)

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
            parts.append(f"{_HASHES_TAG} {answer}")
        else:
            parts.append(f"{_BOX_TAG}{{{answer}}}")
        for joint in ("\n", "", " "):  # a tag's end and a line break may make another tag
            text = joint.join(parts)
            back = self.parse(text)
            same = back.answer == answer and back.reasoning in (reasoning, None)
            if same and back.is_exact:
                return text
        raise ValueError(
            f"cannot write reasoning {reasoning!r:.60} and answer {answer!r:.60} as {self!r}: "
            f"{back.why_not_exact or 'they would be read back differently'}; "
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
                f"Then write the final answer on a last line that starts with {_HASHES_TAG}."
            )
        else:
            sentences.append(f"Then give the final answer in {_BOX_TAG}{{}}.")
        return " ".join(sentences)

    def chat_template(self, base: str | None = None) -> str:
        """A Jinja chat template whose generation prompt ends with the reasoning tag, if prefilled.

        Args:
            base: A tokenizer's own template (``tokenizer.chat_template``) to build on, for models
                that were tuned with one. Without it: a plain template for base models, which ends
                the system's and the assistant's turns with ``eos_token`` and puts `system_prompt`
                first where the messages have no system turn.

        Returns:
            A value for ``tokenizer.chat_template``.

        Not covered: a base that writes the reasoning tag itself; keep such a template as it is.

        Example:
            >>> WORKING_OUT.chat_template("{{ messages }}")
            "{{ messages }}{% if add_generation_prompt %}{{ '<start_working_out>' }}{% endif %}"
        """
        # Jinja drops a template's last newline; before an addition it would have to be kept.
        template = base.removesuffix("\n") if base is not None else self._plain_template()
        if not self.prefills:
            return template
        tag = _jinja_literal(self.tags[0])
        return f"{template}{{% if add_generation_prompt %}}{{{{ {tag} }}}}{{% endif %}}"

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


@lru_cache(maxsize=4_096)
def _parsed(format: ResponseFormat, text: str) -> Response:
    return format._read(text)


def _count_problem(tag: str, count: int) -> str:
    return f"{tag} occurs {count} times" if count else f"{tag} is missing"


def _marked(style: str, prose: str) -> tuple[list[int], Extracted]:
    """Where prose marks answers in a style, and the answer that the last mark gives."""
    if style == "hashes":
        lines = hashes(prose)
        if not lines:
            return [], Extracted(None, f"{_HASHES_TAG} is missing")
        return [line.start() for line in lines], Extracted(lines[-1]["value"])
    found = boxes(prose)
    if not found:
        return [], Extracted(None, f"{_BOX_TAG} is missing or never closes")
    places = [box.start for box in found]
    if rival_boxes(prose, found):
        return places, Extracted(None, "different boxes are offered side by side")
    return places, Extracted(found[-1].content)


def _split_known_reasoning(text: str) -> tuple[str | None, int, str]:
    last_opening = last_closing = None
    for match in _KNOWN_REASONING.finditer(text):
        if any(match.groups()):
            last_closing = match
        else:
            last_opening = match
    if last_opening and not (last_closing and last_closing.start() > last_opening.start()):
        reasoning = text[last_opening.end() :].strip()
        return reasoning or None, 0, f"the reasoning never ends after {last_opening[0]}"
    if last_closing is None:
        return None, 0, ""
    start = last_opening.end() if last_opening else 0
    return text[start : last_closing.start()].strip() or None, last_closing.end(), ""


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
"""No promise; `grpo_rewards.extraction.freeform_answer` says where the answer is looked for.

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
