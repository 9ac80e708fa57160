"""Strategies for hypothesis: responses in a format and mangled ones, completions in every shape.

With them come the pairs of answers with a known verdict, from `grpo_rewards.testing.pairs`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from grpo_rewards.core.base import require_format
from grpo_rewards.responses.layouts import WORKING_OUT, ResponseFormat
from grpo_rewards.testing.calls import SHAPES, write, write_answer

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise ImportError(
        "grpo_rewards.testing.strategies needs hypothesis: pip install 'grpo-rewards[testing]'"
    ) from error

from grpo_rewards.testing.number_pairs import WRITINGS_OF_INTEGERS, Pair
from grpo_rewards.testing.pairs import PAIR_KINDS, equal_pairs, unequal_pairs

__all__ = [
    "MANGLINGS",
    "PAIR_KINDS",
    "WRITINGS_OF_INTEGERS",
    "Mangled",
    "Pair",
    "completions",
    "equal_pairs",
    "mangled_responses",
    "responses",
    "unequal_pairs",
]

Texts: TypeAlias = "st.SearchStrategy[str]"


# Responses -------------------------------------------------------------------------------------

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,;:+=()\n"
"""What drawn reasoning is made of: nothing that a tag or a mark is made of."""


def _reasonings(format: ResponseFormat) -> Texts:
    """Reasoning that is not blank and holds no tag of the format, whatever its tags are made of."""
    texts = st.text(LETTERS, min_size=1, max_size=200).map(str.strip).filter(bool)
    return texts.filter(lambda text: not any(tag.strip() in text for tag in format.tags))


def responses(
    format: ResponseFormat = WORKING_OUT,
    *,
    answer: str | Texts | None = None,
    reasoning: str | Texts | None = None,
) -> Texts:
    r"""Well-formed responses: `ResponseFormat.parse` finds the answer and calls them exact.

    Args:
        format: The layout. Where the opening tag is optional, some have it and some do not.
        answer: The answer, or a strategy of answers; by default integers.
        reasoning: The same for the reasoning; by default some words.

    Raises:
        OptionError: ``format`` is no format.
        ValueError: While drawing: a given part is blank, or holds a tag of the format.

    Example:
        >>> from hypothesis import given
        >>> @given(responses(answer="42"))
        ... def right_answers_are_read(response):
        ...     assert WORKING_OUT.parse(response).answer == "42"
        >>> right_answers_are_read()
    """
    require_format(format)
    # A completion holds the opening tag where the model writes it, or may write it.
    openings = {"optional": [False, True], "prefilled": [False], "required": [True]}
    return st.builds(
        _surrounded,
        st.builds(
            lambda thought, given, opening: format.render(thought, given, opening=opening),
            _strategy(reasoning, _reasonings(format)),
            _strategy(answer, st.integers(-(10**6), 10**6).map(str)),
            st.sampled_from(openings[format.opening]),
        ),
        st.sampled_from(["", "\n", "  ", *format.eos, *(f"\n{marker}\n" for marker in format.eos)]),
    )


def _surrounded(response: str, end: str) -> str:
    return f"{response}{end}"


def _strategy(given: str | Texts | None, default: Texts) -> Texts:
    if given is None:
        return default
    return st.just(given) if isinstance(given, str) else given


class Mangled(NamedTuple):
    """A response that is not exactly its format."""

    mangling: str
    """What was done to it: a name of `MANGLINGS`."""
    text: str


class Draft(NamedTuple):
    """What a response is mangled from."""

    format: ResponseFormat
    reasoning: str
    answer: str

    @property
    def text(self) -> str:
        return write(self.format, self.reasoning, self.answer)

    @property
    def tags(self) -> tuple[str, str] | None:
        return self.format.answer if isinstance(self.format.answer, tuple) else None


Mangling: TypeAlias = Callable[[Draft], str | None]
"""The mangled response, or ``None`` where the format has nothing to mangle in this way."""


def _without(place: int) -> Mangling:
    """Drop the n-th tag that the model has to write."""

    def mangle(draft: Draft) -> str | None:
        tags = draft.format.tags[draft.format.prefills :]
        return draft.text.replace(tags[place], "") if place < len(tags) else None

    return mangle


def _twice(place: int) -> Mangling:
    """Write the n-th tag that the model has to write twice."""

    def mangle(draft: Draft) -> str | None:
        tags = draft.format.tags[draft.format.prefills :]
        return draft.text.replace(tags[place], tags[place] * 2) if place < len(tags) else None

    return mangle


def _between_tags(put: Callable[[Draft, str, str], str]) -> Mangling:
    """A mangling of a format that has tags around the answer."""

    def mangle(draft: Draft) -> str | None:
        return put(draft, *draft.tags) if draft.tags else None

    return mangle


def _swapped_case(draft: Draft) -> str | None:
    text = draft.text
    for tag in draft.format.tags:
        text = text.replace(tag, tag.swapcase())
    return text if text != draft.text and not _has_tag(draft, text) else None


def _has_tag(draft: Draft, text: str) -> bool:
    return any(tag in text for tag in draft.format.tags)


def _unmarked(draft: Draft) -> str | None:
    """Without the mark (a box, hashes) that gives the answer."""
    if draft.tags:
        return None
    marked = write_answer(draft.format, draft.answer)
    return f"{draft.text.removesuffix(marked)}\nso {draft.answer} it has to be\nas we saw"


def _in_hashes(draft: Draft) -> bool:
    return draft.format.answer == "hashes"


MANGLINGS: Mapping[str, Mangling] = {
    "the first tag left out": _without(0),
    "the second tag left out": _without(1),
    "the third tag left out": _without(2),
    "the first tag twice": _twice(0),
    "the second tag twice": _twice(1),
    "the third tag twice": _twice(2),
    "the tags in another case": _swapped_case,
    "the answer's tags swapped": _between_tags(
        lambda draft, opening, closing: (
            draft.text.replace(opening, "\0").replace(closing, opening).replace("\0", closing)
        )
    ),
    "the answer first": _between_tags(
        lambda draft, opening, closing: (
            (
                f"{opening}{draft.answer}{closing}"
                f"{draft.text.removesuffix(f'{opening}{draft.answer}{closing}')}"
            )
            if draft.format.reasoning
            else f"{opening}{draft.answer}{closing}{draft.reasoning}"
        )
    ),
    "text after the answer": lambda draft: (
        f"{draft.text}\nI hope this helps!" if draft.tags or _in_hashes(draft) else None
    ),
    "text before the answer": lambda draft: (
        draft.text.replace(draft.tags[0], f"Here it is: {draft.tags[0]}")
        if draft.tags and draft.format.reasoning
        else None
    ),
    "the answer twice": lambda draft: (
        f"{draft.text}\n{write_answer(draft.format, draft.answer)}"
        if draft.format.answer != "freeform"
        else None
    ),
    "nested answers": _between_tags(
        lambda draft, opening, closing: write(
            draft.format, draft.reasoning, f"{opening}{draft.answer}{closing}"
        )
    ),
    "a blank answer": lambda draft: write(draft.format, draft.reasoning, "  "),
    "no reasoning": lambda draft: (
        write(draft.format, " ", draft.answer) if draft.format.reasoning else None
    ),
    "the answer in the reasoning": lambda draft: (
        draft.text.removesuffix(
            draft.format.reasoning[1] + write_answer(draft.format, draft.answer)
        )
        + write_answer(draft.format, draft.answer)
        + draft.format.reasoning[1]
        if draft.format.reasoning
        else None
    ),
    "no mark": _unmarked,
    "cut off in the reasoning": lambda draft: (
        draft.text[: draft.text.index(draft.format.reasoning[1])]
        if draft.format.reasoning
        else None
    ),
    "cut off before the end": lambda draft: None if _in_hashes(draft) else draft.text[:-1],
    "empty": lambda _: "",
}
"""The ways to mangle a response by their names, each a function of a draft."""


def mangled_responses(
    format: ResponseFormat = WORKING_OUT, *, answer: str | Texts | None = None
) -> st.SearchStrategy[Mangled]:
    """Responses mangled in one named way: `ResponseFormat.parse` calls none of them exact.

    Args:
        format: The layout that they miss.
        answer: The answer, or a strategy of answers, from before the mangling.

    Raises:
        OptionError: ``format`` is no format.

    Example:
        >>> from hypothesis import given
        >>> @given(mangled_responses())
        ... def none_is_exact(mangled):
        ...     assert not WORKING_OUT.parse(mangled.text).is_exact
        >>> none_is_exact()
    """
    require_format(format)
    example = Draft(format, "six times seven", "42")
    names = [name for name, mangle in MANGLINGS.items() if mangle(example) is not None]
    return st.builds(
        lambda name, thought, given: Mangled(
            name, MANGLINGS[name](Draft(format, thought, given)) or ""
        ),
        st.sampled_from(names),
        _reasonings(format),
        _strategy(answer, st.integers(-(10**6), 10**6).map(str)),
    )


def completions(text: str | Texts) -> st.SearchStrategy[Any]:
    """A response in every shape that a trainer hands over.

    Args:
        text: The response, or a strategy of responses.

    Returns:
        Strings, chat messages, messages whose content is in parts, messages before which tools
        were called, and messages without a role.

    Example:
        >>> from hypothesis import given
        >>> from grpo_rewards import completion_text
        >>> @given(completions("42"))
        ... def the_text_is_read(completion):
        ...     assert completion_text(completion) == "42"
        >>> the_text_is_read()
    """
    texts = st.just(text) if isinstance(text, str) else text
    wraps = [*(shape.wrap for shape in SHAPES.values()), _without_role, _after_silence]
    return st.one_of(
        st.builds(lambda wrap, given: wrap(given), st.sampled_from(wraps), texts),
        texts.flatmap(_in_parts),
    )


def _without_role(text: str) -> Any:
    return [{"content": text}]


def _after_silence(text: str) -> Any:
    return [{"role": "assistant", "content": None}, {"role": "assistant", "content": text}]


def _in_parts(text: str) -> st.SearchStrategy[Any]:
    def cut(place: int) -> Any:
        parts = [{"type": "text", "text": part} for part in (text[:place], text[place:])]
        return [{"role": "assistant", "content": parts}]

    return st.integers(0, len(text)).map(cut)
