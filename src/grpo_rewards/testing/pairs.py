"""Pairs of answers whose verdict is known by how they are made, as strategies for hypothesis.

Made from one value a pair is equal, made from two it is not; `compare` is never asked. Import them
from `grpo_rewards.testing.strategies`, which says what to install where hypothesis is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hypothesis import strategies as st

from grpo_rewards.errors import OptionError
from grpo_rewards.testing.number_pairs import NUMBER_PAIRS, Pair, Pairs

__all__ = ["PAIR_KINDS", "equal_pairs", "unequal_pairs"]


_DISTINCT = st.lists(st.integers(-99, 99), min_size=2, max_size=6, unique=True)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _equal_sets() -> Pairs:
    styles = [r"\{{{}\}}", r"\left\{{{}\right\}}", "{{{}}}", "{}"]
    return st.builds(
        lambda numbers, chance, style: Pair(
            rf"\{{{_listed(numbers)}\}}",
            style.format(_listed(chance.sample(numbers, len(numbers)))),
        ),
        _DISTINCT,
        st.randoms(use_true_random=False),
        st.sampled_from(styles),
    )


def _unequal_sets() -> Pairs:
    return st.builds(
        lambda numbers, step: Pair(
            rf"\{{{_listed(numbers)}\}}", rf"\{{{_listed([*numbers[1:], 99 + step])}\}}"
        ),
        _DISTINCT,
        st.integers(1, 99),
    )


def _equal_lists() -> Pairs:
    return st.builds(
        lambda numbers, chance, joint: Pair(
            _listed(numbers), joint.join(map(str, chance.sample(numbers, len(numbers))))
        ),
        _DISTINCT,
        st.randoms(use_true_random=False),
        st.sampled_from([", ", " and "]),
    )


def _unequal_lists() -> Pairs:
    shorter = _DISTINCT.map(lambda numbers: Pair(_listed(numbers), _listed(numbers[:-1])))
    longer = _DISTINCT.map(lambda numbers: Pair(_listed(numbers), _listed([*numbers, numbers[0]])))
    return shorter | longer


def _equal_tuples() -> Pairs:
    styles = [r"\left({}\right)", "({})", r"$({})$", r"\boxed{{({})}}"]
    return st.builds(
        lambda numbers, style: Pair(f"({_listed(numbers)})", style.format(_listed(numbers))),
        _DISTINCT,
        st.sampled_from(styles),
    )


def _unequal_tuples() -> Pairs:
    backwards = _DISTINCT.map(
        lambda numbers: Pair(f"({_listed(numbers)})", f"({_listed(numbers[::-1])})")
    )
    as_sets = _DISTINCT.map(
        lambda numbers: Pair(f"({_listed(numbers)})", rf"\{{{_listed(numbers)}\}}")
    )
    return backwards | as_sets


_RELATIONS = {"(": "<", "[": r"\le", ")": "<", "]": r"\le"}


def _equal_intervals() -> Pairs:
    def pair(low: int, width: int, opening: str, closing: str, style: int) -> Pair:
        high = low + width
        gold = f"{opening}{low}, {high}{closing}"
        relation = rf"{low} {_RELATIONS[opening]} x {_RELATIONS[closing]} {high}"
        forms = (
            rf"\left{opening}{low},{high}\right{closing}",
            f"${gold}$",
            rf"x \in {gold}",
            relation,
        )
        return Pair(gold, forms[style])

    return st.builds(
        pair,
        st.integers(-99, 99),
        st.integers(1, 99),
        st.sampled_from("(["),
        st.sampled_from(")]"),
        st.integers(0, 3),
    )


def _unequal_intervals() -> Pairs:
    def pair(low: int, width: int, opening: str, closing: str, other: bool) -> Pair:  # noqa: FBT001 (drawn)
        gold = f"{opening}{low}, {low + width}{closing}"
        if other:
            return Pair(gold, f"{'[' if opening == '(' else '('}{low}, {low + width}{closing}")
        return Pair(gold, f"{opening}{low}, {low + width + 1}{closing}")

    return st.builds(
        pair,
        st.integers(-99, 99),
        st.integers(1, 99),
        st.sampled_from("(["),
        st.sampled_from(")]"),
        st.booleans(),
    )


_OPTIONS = "ABCDE"


def _equal_choices() -> Pairs:
    styles = ["{}", "({})", "{}.", r"\text{{{}}}", r"\textbf{{({})}}", "**{}**", r"\boxed{{{}}}"]
    return st.builds(
        lambda letter, style, low: Pair(letter, style.format(letter.lower() if low else letter)),
        st.sampled_from(_OPTIONS),
        st.sampled_from(styles),
        st.booleans(),
    )


def _unequal_choices() -> Pairs:
    return st.builds(
        lambda place, step, style: Pair(
            _OPTIONS[place], style.format(_OPTIONS[(place + step) % 5], _OPTIONS[place])
        ),
        st.integers(0, 4),
        st.integers(1, 4),
        st.sampled_from(["{}", "({})", "{} or {}", "{}, {}"]),
    )


_WORDS = ("Paris", "no solution", "triangle", "even", "Tuesday", "the derivative", "yes", "red")


def _equal_words() -> Pairs:
    styles = ["{}", "{}.", r"\text{{{}}}", "**{}**", " {} ", r"\boxed{{{}}}", "The answer is {}."]
    changes = [str.upper, str.lower, str]
    return st.builds(
        lambda word, change, style: Pair(word, style.format(change(word))),
        st.sampled_from(_WORDS),
        st.sampled_from(changes),
        st.sampled_from(styles),
    )


def _unequal_words() -> Pairs:
    others = [(one, other) for one in _WORDS for other in _WORDS if one != other]
    return st.builds(
        lambda words, style: Pair(words[0], style.format(other=words[1], word=words[0])),
        st.sampled_from(others),
        st.sampled_from(["{other}", "not {word}", "{other} or {word}", "{word} or {other}"]),
    )


PAIR_KINDS: Mapping[str, tuple[Callable[[], Pairs], Callable[[], Pairs]]] = {
    **NUMBER_PAIRS,
    "sets": (_equal_sets, _unequal_sets),
    "lists": (_equal_lists, _unequal_lists),
    "tuples": (_equal_tuples, _unequal_tuples),
    "intervals": (_equal_intervals, _unequal_intervals),
    "choices": (_equal_choices, _unequal_choices),
    "words": (_equal_words, _unequal_words),
}
"""For each kind of answer the strategies of equal and of unequal pairs."""


def equal_pairs(*kinds: str) -> Pairs:
    r"""Pairs of a gold and a prediction that ``docs/equality.md`` calls equal, made from one value.

    Args:
        *kinds: Some of `PAIR_KINDS`; by default all of them.

    Raises:
        OptionError: There is no such kind.

    Example:
        >>> from hypothesis import given
        >>> from grpo_rewards import compare
        >>> @given(equal_pairs("integers", "sets"))
        ... def they_are_equal(pair):
        ...     assert compare(pair.gold, pair.prediction)
        >>> they_are_equal()
    """
    return st.one_of([PAIR_KINDS[kind][0]() for kind in _kinds(kinds)])


def unequal_pairs(*kinds: str) -> Pairs:
    r"""Pairs of a gold and a prediction that ``docs/equality.md`` calls unequal, from two values.

    Args:
        *kinds: Some of `PAIR_KINDS`; by default all of them.

    Raises:
        OptionError: There is no such kind.

    Example:
        >>> from hypothesis import given
        >>> from grpo_rewards import compare
        >>> @given(unequal_pairs("integers", "intervals"))
        ... def they_differ(pair):
        ...     assert not compare(pair.gold, pair.prediction)
        >>> they_differ()
    """
    return st.one_of([PAIR_KINDS[kind][1]() for kind in _kinds(kinds)])


def _kinds(kinds: tuple[str, ...]) -> tuple[str, ...]:
    unknown = [kind for kind in kinds if kind not in PAIR_KINDS]
    if unknown:
        raise OptionError(
            f"there is no kind {unknown[0]!r} of answers: write {', '.join(PAIR_KINDS)}"
        )
    return kinds or tuple(PAIR_KINDS)
