"""Markup around an answer: boxes, tags, reasoning blocks, end markers, emphasis, fences, headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex

__all__ = [
    "EMPHASIS",
    "PLACEHOLDER",
    "Box",
    "answer_tags",
    "boxes",
    "boxes_in_a_row",
    "in_one_script",
    "last_box_is_open",
    "reasoning_marks",
    "rival_boxes",
    "unbulleted",
    "unescaped",
    "without_closing_hashes",
    "without_comments",
    "without_end_markers",
]

EMPHASIS = "*_`$ \t"
"""Characters that may stand around an answer and say nothing."""


PLACEHOLDER = (
    r"[<\[{(]?+(?:(?:your|the|final|numeric(?:al)?)\s)*+"
    r"(?:answer|number|value|result|X|N)[>\]})]?+"
)
"""A pattern of what a prompt writes where the answer is to be."""

# Headings -------------------------------------------------------------------------------------

_CLOSED_HEADING = regex.compile(
    r"^([ \t]*+#{1,6}+[ \t]++\S[^\n]*?)(?<=\S)[ \t]++#++[ \t]*+$", regex.MULTILINE
)


def without_closing_hashes(text: str) -> str:
    """A text whose headings have no hashes behind them, which are decoration.

    Example:
        >>> without_closing_hashes("## 60 ##"), without_closing_hashes("It is 60 ##")
        ('## 60', 'It is 60 ##')
    """
    # One character is found sooner than two, and most texts have none.
    return _CLOSED_HEADING.sub(r"\1", text) if "#" in text and " #" in text else text


# Letters --------------------------------------------------------------------------------------


_LETTERS = regex.compile(r"[^\W\d_]++")
_LATIN_LETTER = regex.compile(r"[A-Za-z]")
_LOOKALIKE = regex.compile(r"[\u0430-\u0458\u0410-\u0429\u03bf\u039f]")
_LATIN = str.maketrans("аеорсухіјѕкмнтвАЕОРСХІЈЅКМНТВοΟ", "aeopcyxijskmhtbAEOPCXIJSKMHTBoO")


def in_one_script(text: str) -> str:
    """A text whose words of Latin letters have no Cyrillic or Greek ones that only look like them.

    Example:
        >>> in_one_script("n\u043et 42"), in_one_script("ответ B")
        ('not 42', 'ответ B')
    """
    if text.isascii() or not _LOOKALIKE.search(text) or not _LATIN_LETTER.search(text):
        return text
    return _LETTERS.sub(lambda match: _in_latin(match[0]), text)


def _in_latin(word: str) -> str:
    return word.translate(_LATIN) if _LATIN_LETTER.search(word) else word


# Boxes ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    r"""One ``\boxed{...}`` or ``\fbox{...}`` that is not inside another: its place and content."""

    start: int
    end: int
    content: str


_BOX_TOKEN = regex.compile(
    r"(?P<box>\\[fd]?box(?:ed)?\s*\{)|(?P<bare>\\boxed[ \t]+(?P<value>[^\s{}$\\]*[^\s{}$\\.,;:]))"
    r"|\\.|(?P<open>\{)|(?P<close>\})",
    regex.DOTALL,
)
_OPENING = regex.compile(r"(?<!\\)(?:\\\\)*+\\[fd]?box(?:ed)?\s*+(?:\{|$)")


def boxes(text: str) -> list[Box]:
    r"""The outermost boxes of a text, in order; braces may nest, a box that never closes is none.

    Example:
        >>> [box.content for box in boxes(r"\boxed{1} so \boxed{\frac{1}{2}} and \fbox{3}")]
        ['1', '\\frac{1}{2}', '3']
    """
    # Of each box its start, its content's start and end, its end.
    found: list[tuple[int, int, int, int]] = []
    open_braces: list[tuple[int, int] | None] = []
    first = text.find("box")
    if first < 0:
        return []
    while first and text[first - 1] not in " \n$":  # to a place where no command has begun
        first -= 1
    for token in _BOX_TOKEN.finditer(text, first):
        kind = token.lastgroup
        if kind == "box":
            open_braces.append((token.start(), token.end()))
        elif kind == "open":
            open_braces.append(None)
        elif kind == "bare":
            found.append((token.start(), *token.span("value"), token.end()))
        elif kind == "close" and open_braces:
            box = open_braces.pop()
            if box is not None:
                while found and found[-1][0] > box[0]:
                    found.pop()
                found.append((*box, token.start(), token.end()))
    return [Box(start, end, text[first:last].strip()) for start, first, last, end in found]


def last_box_is_open(text: str, found: list[Box]) -> bool:
    r"""Whether a box begins after the last one that closes, which it takes back.

    Example:
        >>> text = r"So \boxed{5}. Or rather \boxed{\frac{1"
        >>> last_box_is_open(text, boxes(text))
        True
    """
    end = found[-1].end if found else 0
    return text.find("box", end) >= 0 and _OPENING.search(text, end) is not None


# What numbers the items of a list: "Case 2:", "(b)", "second answer".
_NUMBERED = (
    r"\b(?:option|case|answer|solution|possibility|candidate|part)\s+(?:\d{1,2}|[A-Z])\b"
    r"|\b(?:first|second|third|other|another)\s+(?:option|case|answer|solution|possibility|part)\b"
    r"|\([a-e]\)|\(i{1,3}\)|\n[ \t]*+(?:\d{1,2}|[a-e])[.)](?=\s)"
)
_BETWEEN = regex.compile(
    rf"(?:{_NUMBERED}"
    r"|[\s$,;:/|&()\[\]*=、，]|\.(?!\.)|\\[,;:!()\[\]\\ ]|\\q?quad|\\(?:text|mathrm)\s*\{|\}"
    r"|(?:\b|(?<=_))(?:[A-Za-z]|[A-Za-z]_\{?\d\}?)(?=\s*=)"
    r"|\b(?:and|or|vs|versus|perhaps|maybe|possibly|alternatively|else|either|also|then)\b|[和或与])*+",
    regex.IGNORECASE,
)


def boxes_in_a_row(text: str, found: list[Box]) -> list[Box]:
    r"""The last box and those beside it, joined by commas, "and", "or" or white space: one list.

    Boxes that say the same are one.

    Example:
        >>> text = r"\boxed{1} is wrong, so \boxed{2}, \boxed{3}"
        >>> [box.content for box in boxes_in_a_row(text, boxes(text))]
        ['2', '3']
    """
    first = len(found) - 1
    while first > 0 and _BETWEEN.fullmatch(text, found[first - 1].end, found[first].start):
        first -= 1
    row = found[first:]
    same = all(box.content == row[-1].content for box in row)
    return row[-1:] if same else row


def rival_boxes(text: str, found: list[Box]) -> bool:
    r"""Whether beside the last box stand others of another content, as a hedge has them.

    Example:
        >>> text = r"\boxed{41} or \boxed{42}"
        >>> rival_boxes(text, boxes(text))
        True
    """
    return len(boxes_in_a_row(text, found)) > 1


# Tags -----------------------------------------------------------------------------------------

_ANSWER = regex.compile(
    r"<(?P<close>/?)(?:(?:final[_ -]?)?(?:solution|answer))>|\[(?P<shut>/?)(?:final[_ ]?)?answer\]"
    r"|<\|(?:begin|(?P<end>end))_of_box\|>|<\|(?P<off>/?)answer\|>",
    regex.IGNORECASE,
)
# Reasoning blocks that models write unasked: how they open, how they close.
_REASONING = regex.compile(
    r"<(?P<close>/?)(?:seed:)?(?:think|thinking|thoughts?|reasoning|reason|scratchpad|reflection|"
    r"analysis|inner_monologue|working|internal)>"
    r"|\[(?P<shut>/?)(?:think|thinking|thought|reasoning|scratchpad)\]"
    r"|◁(?P<off>/?)think▷"
    r"|<(?P<worked>end_working_out)>|<start_working_out>"
    r"|<\|(?:begin|start|(?P<end>end))_?(?:of_)?(?:thought|thinking|think|reasoning)\|>"
    r"|<｜(?:begin|(?P<ended>end))▁of▁think(?:ing)?｜>"
    r"|<\|channel\|>(?:analysis|commentary|(?P<final>final))[^<>\n]{0,40}<\|message\|>"
    r"|<\|inner_(?:prefix|(?P<suffix>suffix))\|>"
    r"|<unused94>thought|(?P<gemma><unused95>)",
    regex.IGNORECASE,
)


def reasoning_marks(text: str) -> list[tuple[int, int, bool]]:
    """The marks of reasoning blocks in a text: start, end, and whether it is a closing one.

    Example:
        >>> reasoning_marks("[THINK]6 * 7[/THINK]42")
        [(0, 7, False), (12, 20, True)]
    """
    return [
        (match.start(), match.end(), any(match.groups()))
        for match in _tags(_REASONING, text, "<[◁")
    ]


def answer_tags(text: str) -> list[tuple[int, int, bool]]:
    """The tags that models put around an answer unasked: start, end, and whether it is a closing one.

    Example:
        >>> answer_tags("so <answer>42</answer>")
        [(3, 11, False), (13, 22, True)]
    """
    return [
        (match.start(), match.end(), any(match.groups())) for match in _tags(_ANSWER, text, "<[")
    ]


def _tags(pattern: regex.Pattern[str], text: str, opening: str) -> list[regex.Match[str]]:
    """Where a pattern matches, of which each match begins with one of these characters."""
    found = []
    for character in opening:
        place = text.find(character)
        if place >= 0 and _CLOSES[character] not in text:
            continue
        while place >= 0:
            match = pattern.match(text, place)
            if match:
                found.append(match)
            place = text.find(character, place + 1)
    return sorted(found, key=lambda match: match.start()) if len(found) > 1 else found


_CLOSES = {"<": ">", "[": "]", "◁": "▷"}


# Ends -----------------------------------------------------------------------------------------

_END_MARKER = re.compile(
    r"<\|(?!(?:begin|end)_of_box)[^|<>\s]{1,40}\|>|<｜[^｜<>\s]{1,40}｜>|</?s>|<(?:eos|bos|pad|EOS|PAD)>"
    r"|<(?:end|start)_of_[a-z]{1,12}>|<(?:EOS|PAD|BOS)_TOKEN>|<\|?(?:eos|EOS)\|?>|\[(?:EOS|EOT|SEP|PAD)\]|<unk>"
    r"|<eo[a-z]>|<im_end>|<end>|<END>"
)
_ROLE = re.compile(r"(?:user|assistant|system|human|model|tool)", re.IGNORECASE)
_HEADER = ("<|im_start|>", "<|start_header_id|>", "<start_of_turn>", "<|start|>", "<|role|>")
LONGEST_MARKER = 48
"""Characters."""


def without_end_markers(
    text: str, *, also: tuple[str, ...] = (), tags: tuple[str, ...] = ()
) -> str:
    """A text without the markers that end a turn, and without the bare header of a next one.

    Args:
        text: What a model wrote.
        also: Other markers to take off.
        tags: Tags of the layout, which are no end markers even where they look so.

    Example:
        >>> without_end_markers("It is 42.<|eot_id|><|start_header_id|>assistant<|end_header_id|>")
        'It is 42.'
    """
    if tags and text.rstrip().endswith(tags):
        return text  # as most responses of a training run end
    end = len(text)
    while True:
        place = end
        while place and text[place - 1].isspace():
            place -= 1
        start = _marker_start(text, place, also, tags)
        if start == place:
            return text[:end]  # with its white space, in which a tag may end
        end = start


def _marker_start(text: str, place: int, also: tuple[str, ...], tags: tuple[str, ...]) -> int:
    """Where the marker begins that ends at a place; the place itself if none does."""
    if any(text.endswith(tag.rstrip(), 0, place) for tag in tags):
        return place
    for marker in also:
        if text.endswith(marker, 0, place):
            return place - len(marker)
    last = text[place - 1 : place]
    if last in (">", "]"):
        start = text.rfind("<" if last == ">" else "[", max(0, place - LONGEST_MARKER), place)
        return start if start >= 0 and _END_MARKER.fullmatch(text, start, place) else place
    if last.isalpha():  # a role after the marker that begins a turn
        for header in _HEADER:
            start = text.rfind(header, max(0, place - LONGEST_MARKER), place)
            if start >= 0 and _ROLE.fullmatch(text, start + len(header), place):
                return start + len(header)
    return place


# Escapes --------------------------------------------------------------------------------------

_COMMAND = regex.compile(r"(?<!\\)\\(?=[A-Za-z(\[])")
_TWICE = regex.compile(r"\\\\(?=[A-Za-z()\[\]{}\\,;:!%$&#_])")


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def without_comments(text: str) -> str:
    r"""A text with spaces in the place of HTML comments, which no reader sees.

    Example:
        >>> without_comments(r"It is <!--\boxed{42}--> open."), without_comments("5 <!-- 6")
        ('It is                   open.', '5       ')
    """
    return _COMMENT.sub(lambda comment: " " * len(comment[0]), text) if "<!--" in text else text


def unescaped(text: str) -> str:
    r"""A text whose LaTeX was escaped twice, as it was before; every other text as it is.

    Example:
        >>> unescaped(r"\\boxed{\\frac{1}{2}}"), unescaped(r"\boxed{1 \\ 2}")
        ('\\boxed{\\frac{1}{2}}', '\\boxed{1 \\\\ 2}')
    """
    if "\\\\" not in text or ("\\\\begin" not in text and not _LETTERED.search(text)):
        return text
    return text if _COMMAND.search(text) else _TWICE.sub(r"\\", text)


_LETTERED = regex.compile(
    r"\\\\(?:boxed|begin|[dt]?frac|sqrt|text|\(|\[|left|pi|cdot|times|mathrm)"
)


# Bullets --------------------------------------------------------------------------------------

# A minus sign stands before a name of mathematics, too, and a hyphen before a suffix or a group.
_BULLET = regex.compile(
    r"[-–—•·▪●‣◦]\s*+(?=[*_]{0,3}+(?!(?i:pi|infinity|inf|undefined|half|alpha|beta|gamma|delta|epsilon|theta|lambda|mu|sigma|phi|psi|omega|a?(?:rc)?(?:sin|cos|tan|cot|sec|csc)h?|log|ln|exp|sqrt)\b)"
    r"(?:(?i:yes|no)|[A-Z][a-z]{2,})(?![\w(^_{=+/-]|\*(?!\*)))"
    r"|[-–—•·▪●‣◦]\s++(?=[*_]{0,3}+(?i:true|false|valid|invalid|unknown|uncertain)(?!\w))"
)


def unbulleted(text: str) -> str:
    """A text without the bullet or dash that it begins with, where a word stands behind it.

    Example:
        >>> unbulleted("-Yes"), unbulleted("• Paris"), unbulleted("-x"), unbulleted("-Pi/2")
        ('Yes', 'Paris', '-x', '-Pi/2')
    """
    bullet = _BULLET.match(text) if text[:1] in "-–—•·▪●‣◦" else None
    return text[bullet.end() :] if bullet else text
