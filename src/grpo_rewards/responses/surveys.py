"""What a batch of responses without answers holds instead, and which layout would read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from grpo_rewards.responses.layouts import (
    BOXED,
    FREEFORM,
    HASHES,
    THINK_ANSWER,
    THINK_BOXED,
    WORKING_OUT,
    ResponseFormat,
)
from grpo_rewards.responses.parsing import BOX_TAG, HASHES_TAG, Response

__all__ = ["likeliest_format", "what_was_seen"]

SURVEYED = 64
"""How many responses are looked at."""
SURVEYED_END = 20_000
"""How many characters of each, from its end."""
CANDIDATES = (THINK_ANSWER, THINK_BOXED, WORKING_OUT, HASHES, BOXED, FREEFORM)
"""What a response may be laid out by, the stricter before what would read it, too."""
STRICTER = 0.9
"""How much of what `FREEFORM` reads a stricter layout has to read to be taken before it."""
TAGS = (
    "<think>",
    "</think>",
    "<answer>",
    "</answer>",
    "<reasoning>",
    "</reasoning>",
    "<end_working_out>",
    "<SOLUTION>",
    BOX_TAG,
    HASHES_TAG,
)
"""Tags that models write, whoever asked for them."""


def what_was_seen(
    responses: Sequence[Response], format: ResponseFormat, *, strict: bool = False
) -> str:
    r"""What responses lack of a layout and have of others, and which layout would read them.

    Example:
        >>> responses = [WORKING_OUT.parse(r"<think>6 * 7</think> \boxed{42}")] * 4
        >>> print(what_was_seen(responses, WORKING_OUT))
        4 lack <end_working_out>, 4 lack <SOLUTION>, 4 lack </SOLUTION>; 4 contain <think>,
        4 contain </think>, 4 contain \boxed: is it format=THINK_BOXED, which finds an answer in 4?
    """
    responses = responses[:SURVEYED]
    texts = [response.text for response in responses]
    own = [*format.tags[format.prefills :], *_marks(format)]
    lacking = [_count("lack", texts, tag, has=False) for tag in own]
    having = [_count("contain", texts, tag, has=True) for tag in TAGS if tag not in own]
    said = "; ".join(", ".join(filter(None, counts)) for counts in (lacking, having) if any(counts))
    if not said:
        said = _commonest(responses)
    answered = sum(response.answer is not None for response in responses)
    if strict and 2 * answered >= len(responses):
        return (
            f"{answered} have an answer and are not exactly the format ({_commonest(responses)}): "
            "strict=False counts those, too"
        )
    likely, read = likeliest_format(texts)
    if likely is not None and likely != format and 2 * read >= len(texts):
        why = ""
        if format.reasoning and not likely.reasoning:
            why = (
                f" (a model that does not think, or whose chat template closes the reasoning for "
                f"it, never writes {format.reasoning[1]})"
            )
        return f"{said}: is it format={likely!r}, which finds an answer in {read}?{why}"
    return (
        f"{said}: did the prompt ask for the format (format.system_prompt()), and are completions "
        f"long enough (max_completion_length)? The commonest reason: {_commonest(responses)}"
    )


def likeliest_format(texts: Sequence[str]) -> tuple[ResponseFormat | None, int]:
    """The preset that finds most answers in some texts, and in how many.

    A stricter one is taken before ``FREEFORM`` where it finds nearly as many.
    """
    texts = [text[-SURVEYED_END:] for text in texts[:SURVEYED]]
    read = [(sum(_is_read(layout, text) for text in texts), layout) for layout in CANDIDATES]
    most = max(count for count, _ in read)
    if not most:
        return None, 0
    stricter = max(read[:-1], key=lambda each: each[0])
    if stricter[0] >= STRICTER * most:
        most = stricter[0]
    return next(layout for count, layout in read if count == most), most


def _is_read(layout: ResponseFormat, text: str) -> bool:
    if layout is FREEFORM and "answer" not in text.lower():
        return False  # it takes any short line for an answer
    return layout.parse(text).answer is not None


def _marks(format: ResponseFormat) -> list[str]:
    return {"boxed": [BOX_TAG], "hashes": [HASHES_TAG]}.get(str(format.answer), [])


def _count(verb: str, texts: Sequence[str], tag: str, *, has: bool) -> str:
    found = sum((tag in text) == has for text in texts)
    return f"{found} {verb} {tag}" if found else ""


def _commonest(responses: Sequence[Response]) -> str:
    reasons = Counter(each.why_no_answer or each.why_not_exact for each in responses)
    (reason, times), *_ = reasons.most_common(1)
    return f"{reason!r}, {times} times"
