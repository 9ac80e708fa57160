"""The instructions of IFEval (arXiv 2311.07911), under its own names and arguments."""

from __future__ import annotations

from collections.abc import Callable

import regex

from grpo_rewards.documents import find_document
from grpo_rewards.instructions.instruction_arguments import Arguments, Check, compare_count
from grpo_rewards.instructions.languages import not_in_language
from grpo_rewards.instructions.measuring import (
    at_least,
    bare,
    exactly,
    occurrences,
    paragraphs,
    sentences,
    words,
)

__all__ = ["IFEVAL"]

_BULLET = regex.compile(r"^[ \t]*+[*+-][ \t]++\S", regex.MULTILINE)
# As in Markdown, no white space stands beside the asterisks within.
_HIGHLIGHT = regex.compile(r"\*{1,3}(?=[^\s*])[^*\n]++(?<=[^\s*])\*{1,3}")
_PLACEHOLDER = regex.compile(r"\[([^\[\]\n]++)\]")
_DIVIDER = regex.compile(r"(?<!\*)\*{3}(?!\*)")
_SIX = regex.compile(r"(?<!\*)\*{6}(?!\*)")
OPTIONS = ("My answer is yes.", "My answer is no.", "My answer is maybe.")
QUOTES = (('"', '"'), ("“", "”"), ("„", "“"), ("«", "»"))


def _keywords(text: str, arguments: Arguments) -> str:
    absent = [each for each in arguments.texts("keywords") if not occurrences(each, text)]
    return f"the keyword {absent[0]!r:.60} does not occur" if absent else ""


def _frequency(text: str, arguments: Arguments) -> str:
    keyword = arguments.text("keyword")
    count = occurrences(keyword, text)
    return compare_count(count, f"times {keyword!r:.60}", arguments, "frequency", "relation")


def _forbidden(text: str, arguments: Arguments) -> str:
    found = [each for each in arguments.texts("forbidden_words") if occurrences(each, text)]
    return f"the forbidden word {found[0]!r:.60} occurs" if found else ""


def _letters(text: str, arguments: Arguments) -> str:
    letter = arguments.text("letter").strip().lower()
    count = text.lower().count(letter)
    return compare_count(count, f"times {letter!r:.20}", arguments, "let_frequency", "let_relation")


def _language(text: str, arguments: Arguments) -> str:
    return not_in_language(text, arguments.text("language"))


def _sentences(text: str, arguments: Arguments) -> str:
    count = len(sentences(text))
    return compare_count(count, "sentences", arguments, "num_sentences", "relation")


def _words(text: str, arguments: Arguments) -> str:
    return compare_count(len(words(text)), "words", arguments, "num_words", "relation")


def _paragraphs(text: str, arguments: Arguments) -> str:
    parts = _DIVIDER.split(text)
    while parts and not parts[0].strip():
        parts.pop(0)
    while parts and not parts[-1].strip():
        parts.pop()
    if not all(part.strip() for part in parts):
        return "a paragraph between two *** is blank"
    return exactly(len(parts), "paragraphs", arguments.number("num_paragraphs"))


def _first_word(text: str, arguments: Arguments) -> str:
    parts, place = paragraphs(text), arguments.number("nth_paragraph")
    wanted = arguments.text("first_word").lower()
    missed = exactly(len(parts), "paragraphs", arguments.number("num_paragraphs"))
    if missed or not 1 <= place <= len(parts):
        return missed or f"there is no paragraph {place}"
    first = parts[place - 1].split()[0]
    # "Jack's" begins with Jack.
    found = regex.split(r"['’.,?!\"]", bare(first), maxsplit=1)[0]
    return "" if wanted in (found, bare(first)) else f"paragraph {place} begins with {first!r:.40}"


def _placeholders(text: str, arguments: Arguments) -> str:
    found = sum(bool(content.strip()) for content in _PLACEHOLDER.findall(text))
    return at_least(found, "placeholders in brackets", arguments.number("num_placeholders"))


def _postscript(text: str, arguments: Arguments) -> str:
    marker = regex.sub(r"\s", "", arguments.text("postscript_marker")).rstrip(".")
    # With or without its last full stop, and with spaces between its letters.
    pattern = r"\s?".join(map(regex.escape, marker))
    found = regex.search(rf"(?<!\S)[*_#>]*+{pattern}\b\.?", text, regex.IGNORECASE)
    if found is None:
        return f"nothing begins with {arguments.text('postscript_marker')!r:.20}"
    if not words(text[: found.start()]):
        return "there is nothing before the postscript"
    return "" if words(text[found.end() :]) else "the postscript says nothing"


def _bullets(text: str, arguments: Arguments) -> str:
    return exactly(len(_BULLET.findall(text)), "bullets", arguments.number("num_bullets"))


def _constrained(text: str, arguments: Arguments) -> str:
    del arguments
    named = [option for option in OPTIONS if option.lower() in text.lower()]
    if len(named) == 1:
        return ""
    return "it gives several of the options" if named else "it gives none of the options"


def _highlights(text: str, arguments: Arguments) -> str:
    found = len(_HIGHLIGHT.findall(text))
    return at_least(found, "highlighted parts", arguments.number("num_highlights"))


def _sections(text: str, arguments: Arguments) -> str:
    splitter = regex.escape(arguments.text("section_spliter").strip())
    heads = list(
        regex.finditer(rf"^[ \t#*_>]*+{splitter}\s{{0,3}}(\d+)", text, regex.MULTILINE | regex.I)
    )
    filled = set()
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(text)
        if words(text[head.end() : end]):
            filled.add(head[1])
    return at_least(len(filled), "sections with a text", arguments.number("num_sections"))


def _json(text: str, arguments: Arguments) -> str:
    del arguments
    found = find_document(text)
    if found.why_not or not found.is_whole:
        return found.why_not or "the JSON does not stand alone"
    if not isinstance(found.value, dict | list) or not found.value:
        return "it is no object or array with something in it"
    return ""


def _title(text: str, arguments: Arguments) -> str:
    del arguments
    for line in text.split("\n"):
        start, end = line.find("<<"), line.rfind(">>")
        if 0 <= start < end and line[start:end].strip("<> \t"):
            return ""
    return "there is no title between << and >>"


def _two(text: str, arguments: Arguments) -> str:
    del arguments
    parts = [part.strip() for part in _SIX.split(text)]
    parts = parts[not parts[0] : len(parts) - (not parts[-1])]
    if len(parts) != 2:
        return f"{len(parts)} responses with ****** between them, not 2"
    if not all(words(part) for part in parts):
        return "one of the two responses is blank"
    return "the two responses are the same" if parts[0] == parts[1] else ""


def _repeat_prompt(text: str, arguments: Arguments) -> str:
    prompt = " ".join(arguments.text("prompt_to_repeat").split()).lower()
    said = " ".join(text.split()).lower().lstrip("\"“'*>` ")
    if not said.startswith(prompt):
        return "it does not begin with the request, word for word"
    return "" if words(said[len(prompt) :]) else "nothing follows the request"


def _end(text: str, arguments: Arguments) -> str:
    phrase = arguments.text("end_phrase").strip().strip("\"“”'").lower()
    said = text.strip().rstrip("\"“”'*_").lower()
    return "" if said.endswith(phrase) else f"it does not end with {phrase!r:.60}"


def _capital_words(text: str, arguments: Arguments) -> str:
    count = sum(word.isupper() for word in words(text))
    return compare_count(
        count, "words in capitals", arguments, "capital_frequency", "capital_relation"
    )


def _in_case(is_one: Callable[[str], bool], case: str) -> Check:
    def check(text: str, arguments: Arguments) -> str:
        del arguments
        return not_in_language(text, "en") if is_one(text) else f"not all letters are {case}"

    return check


def _no_comma(text: str, arguments: Arguments) -> str:
    del arguments
    return "there is a comma" if regex.search("[,，、،]", text) else ""


def _quotation(text: str, arguments: Arguments) -> str:
    del arguments
    text = text.strip()
    wrapped = any(text.startswith(first) and text.endswith(last) for first, last in QUOTES)
    if not wrapped or len(text) < 2:
        return "it is not between double quotation marks"
    return "" if words(text) else "there is nothing between the quotation marks"


IFEVAL: dict[str, Check] = {
    "keywords:existence": _keywords,
    "keywords:frequency": _frequency,
    "keywords:forbidden_words": _forbidden,
    "keywords:letter_frequency": _letters,
    "language:response_language": _language,
    "length_constraints:number_sentences": _sentences,
    "length_constraints:number_paragraphs": _paragraphs,
    "length_constraints:number_words": _words,
    "length_constraints:nth_paragraph_first_word": _first_word,
    "detectable_content:number_placeholders": _placeholders,
    "detectable_content:postscript": _postscript,
    "detectable_format:number_bullet_lists": _bullets,
    "detectable_format:constrained_response": _constrained,
    "detectable_format:number_highlighted_sections": _highlights,
    "detectable_format:multiple_sections": _sections,
    "detectable_format:json_format": _json,
    "detectable_format:title": _title,
    "combination:two_responses": _two,
    "combination:repeat_prompt": _repeat_prompt,
    "startend:end_checker": _end,
    "startend:quotation": _quotation,
    "change_case:capital_word_frequency": _capital_words,
    "change_case:english_capital": _in_case(str.isupper, "capitals"),
    "change_case:english_lowercase": _in_case(str.islower, "lower case"),
    "punctuation:no_comma": _no_comma,
}
"""The 25 instructions, each with its check."""
