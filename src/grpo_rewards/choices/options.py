"""The options of a multiple-choice row, in whatever shape a dataset holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from numbers import Real
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from grpo_rewards.errors import ColumnError, in_full, in_short

__all__ = ["LETTERS_ONLY", "OTHER_SERIES", "Option", "plain_value", "read_options"]


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its label, and what it says, if that is known."""

    label: str
    text: str = ""


LETTERS_ONLY = tuple(Option(letter) for letter in ascii_uppercase)
"""The options of a row that has none: any letter may be one."""

OTHER_SERIES = tuple(map(tuple, ("αβγδεζηθικ", "アイウエオカキクケコ", "甲乙丙丁戊己庚辛壬癸")))
"""Letters of other scripts that no Latin letter looks like, in order."""
_OTHERS = "".join(letter for letters in OTHER_SERIES for letter in letters)
_OWN_LABEL = re.compile(
    rf"\s*(?:[(\[（]\s*)?(?:([A-Za-z]+|[{_OTHERS}])\s*[)\].:）．、：]\s*|(\d+)\s*[)\].:]\s+)(.*)",
    re.DOTALL,
)
_SERIES = (
    tuple(ascii_uppercase),
    tuple(ascii_lowercase),
    tuple(str(number) for number in range(1, 27)),
    tuple("i ii iii iv v vi vii viii ix x".split()),
    tuple("I II III IV V VI VII VIII IX X".split()),
    *OTHER_SERIES,
)
"""The labels that texts may bring."""

_SHAPES = (
    "a list of texts, a dict of texts by label, a dict of two lists as in "
    "{'label': ['A', 'B'], 'text': ['Rome', 'Paris']}, or a list of dicts with a label and a text"
)


def read_options(value: Any) -> tuple[Option, ...]:
    """The options of one row; none where the value is missing or empty.

    Raises:
        ColumnError: The value has none of the shapes, or two options have one label.

    Example:
        >>> [option.label for option in read_options(["Rome", "Paris"])]
        ['A', 'B']
        >>> read_options(["A) 21", "B) 22"]) == read_options({"A": "21", "B": "22", "C": None})
        True
        >>> read_options('["Rome", "Paris"]') == read_options(["Rome", "Paris"])
        True
        >>> read_options({"label": ["1", "2"], "text": ["Rome", "Paris"]})[1]
        Option(label='2', text='Paris')
    """
    value = plain_value(value)
    if isinstance(value, str):
        value = _from_json(value)
    if value is None or (isinstance(value, float) and isnan(value)):  # as pandas writes it
        return ()
    options = [
        Option(_label(label), text)
        for label, text in _labelled(value)
        if text is not None  # as Arrow fills up a row with fewer options
    ]
    if len({option.label.casefold() for option in options}) < len(options):
        raise ColumnError(f"two options have the same label: {in_short(value, 200)}")
    return tuple(options)


def plain_value(value: Any) -> Any:
    """A value as Python has it, of an array or a scalar of another library."""
    tolist = getattr(value, "tolist", None)
    return tolist() if callable(tolist) else value


def _from_json(text: str) -> Any:
    try:
        return json.loads(text) if text.strip() else None
    except (ValueError, RecursionError):
        return text


def _labelled(value: Any) -> list[tuple[Any, str | None]]:
    if isinstance(value, Mapping):
        lists = [plain_value(value.get(name, value.get(f"{name}s"))) for name in ("label", "text")]
        if all(_is_list(each) for each in lists):
            labels, texts = lists
            if len(labels) != len(texts):
                raise ColumnError(f"the options have not one label a text: {in_short(value, 200)}")
            return [(label, _text(text)) for label, text in zip(labels, texts, strict=True)]
        return [(label, _text(text)) for label, text in value.items()]
    if not _is_list(value):
        raise ColumnError(f"options are {_SHAPES}, not {in_short(value)}")
    if value and all(isinstance(item, Mapping) for item in value):
        if not all("label" in item and "text" in item for item in value):
            raise ColumnError(f"options are {_SHAPES}, not {in_short(value)}")
        return [(item["label"], _text(item["text"])) for item in value]
    if len(value) > len(ascii_uppercase):
        raise ColumnError(
            f"there are {len(value)} options and {len(ascii_uppercase)} letters; write a dict of "
            "texts by label"
        )
    return _with_labels([_text(item) for item in value])


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _label(value: Any) -> str:
    label = in_full(value).strip().strip("()[].:").strip()
    if not label:
        raise ColumnError(f"{value!r} cannot be the label of an option: write a letter or a number")
    return label


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Real):
        return in_full(value)
    raise ColumnError(f"the text of an option is a string or a number, not {in_short(value)}")


def _with_labels(texts: list[str | None]) -> list[tuple[Any, str | None]]:
    """The texts with the labels that they bring, in order; else with A, B and so on."""
    found = [_OWN_LABEL.fullmatch(text or "") for text in texts]
    labels = tuple(match[1] or match[2] for match in found if match)
    if len(texts) > 1 and any(labels == series[: len(texts)] for series in _SERIES):
        return [(label, match[3]) for label, match in zip(labels, found, strict=True) if match]
    return list(zip(ascii_uppercase, texts))  # noqa: B905 (as many letters as there are texts)
