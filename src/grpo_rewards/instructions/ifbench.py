"""The instructions of IFBench (arXiv 2507.02833) about words, sentences and layout."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import regex

from grpo_rewards.instructions.instruction_arguments import Arguments, Check
from grpo_rewards.instructions.measuring import (
    SIGNS,
    at_least,
    bare,
    lines,
    occurrences,
    sentences,
    words,
)

__all__ = ["IFBENCH"]

CONJUNCTIONS = frozenset("and but for nor or so yet".split())
NAMES = (
    "Emma Liam Sophia Jackson Olivia Noah Ava Lucas Isabella Mason Mia Ethan Charlotte "
    "Alexander Amelia Benjamin Harper Leo Zoe Daniel Chloe Samuel Lily Matthew Grace Owen "
    "Abigail Gabriel Ella Jacob Scarlett Nathan Victoria Elijah Layla Nicholas Audrey David "
    "Hannah Christopher Penelope Thomas Nora Andrew Aria Joseph Claire Ryan Stella Jonathan"
).split()
"""The names that the instruction itself lists."""
PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him "
    "his himself she her hers herself it its itself they them their theirs themselves this "
    "that these those who whom whose which what whoever whomever whatever whichever anybody "
    "anyone anything everybody everyone everything nobody nothing somebody someone something "
    "each either neither"
    "both all some any none".split()
)
STOP_WORDS = frozenset(
    "i me my myself we our ours ourselves you your yours yourself yourselves he him his "
    "himself she her hers herself it its itself they them their theirs themselves what which "
    "who whom this that these those am is are was were be been being have has had having do "
    "does did doing a an the and but if or because as until while of at by for with about "
    "against between into through during before after above below to from up down in out on "
    "off over under again further then once here there when where why how all any both each "
    "few more most other some such no nor not only own"
    "same so than too very s t can will just don should now".split()
)
PRIMES = frozenset((2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47))
_CLUSTER = regex.compile(r"[bcdfghjklmnpqrstvwxyz]{2}")
_EMOJI = regex.compile(r"\p{Emoji_Presentation}|\p{Extended_Pictographic}")
_JAPANESE = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Han}]")
_NUMBER = regex.compile(r"\d+(?:[.,]\d+)*")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


def _range(text: str, arguments: Arguments) -> str:
    low, high = arguments.number("min_words"), arguments.number("max_words")
    count = len(words(text))
    return "" if low <= count <= high else f"{count} words, not between {low} and {high}"


def _unique(text: str, arguments: Arguments) -> str:
    count = len({word.lower() for word in words(text)})
    return at_least(count, "different words", arguments.number("N"))


def _stop_words(text: str, arguments: Arguments) -> str:
    found = [word.lower() for word in words(text)]
    if not found:
        return "there is no word"
    share = 100 * sum(word in STOP_WORDS for word in found) / len(found)
    most = arguments.number("percentage")
    return "" if share <= most else f"{share:.0f} % are stop words, more than {most} %"


def _ends(text: str) -> Counter[str]:
    """How many sentences end with a full stop, a question mark, an exclamation mark."""
    return Counter(sentence.rstrip("\"'”’)]*_")[-1:] for sentence in sentences(text))


def _two_to_one(text: str, arguments: Arguments) -> str:
    del arguments
    ends = _ends(text)
    if ends["?"] and ends["."] == 2 * ends["?"]:
        return ""
    return f"{ends['.']} statements and {ends['?']} questions"


def _balance(text: str, arguments: Arguments) -> str:
    del arguments
    ends = _ends(text)
    if ends["."] and ends["."] == ends["?"] == ends["!"]:
        return ""
    return f"{ends['.']} statements, {ends['?']} questions, {ends['!']} exclamations"


def _conjunctions(text: str, arguments: Arguments) -> str:
    found = CONJUNCTIONS & {word.lower() for word in words(text)}
    return at_least(len(found), "different conjunctions", arguments.number("small_n"))


def _names(text: str, arguments: Arguments) -> str:
    said = {word.removesuffix("'s").removesuffix("’s") for word in words(text)}
    found = sum(name in said for name in NAMES)
    return at_least(found, "of the names", arguments.number("N"))


def _overlap(text: str, arguments: Arguments) -> str:
    own, other = (
        set(zip(*(tokens[place:] for place in range(3)), strict=False))
        for tokens in (_tokens(text), _tokens(arguments.text("reference_text")))
    )
    if not own:
        return "there are no three words"
    share, wanted = 100 * len(own & other) / len(own), arguments.number("percentage")
    missed = f"{share:.0f} % of its trigrams are of the reference, not {wanted} %"
    return "" if wanted - 2 <= share <= wanted + 2 else missed


def _tokens(text: str) -> list[str]:
    """Words and punctuation, as a tokenizer parts them."""
    return regex.findall(r"[\p{L}\p{M}\p{N}]++|[^\s\p{L}\p{M}\p{N}]", text)


def _numbers(text: str, arguments: Arguments) -> str:
    count, wanted = len(_NUMBER.findall(text)), arguments.number("N")
    return "" if count == wanted else f"{count} numbers, not {wanted}"


def _alphabet(text: str, arguments: Arguments) -> str:
    del arguments
    firsts = [word[0].lower() for word in words(text)]
    if not firsts or not all("a" <= letter <= "z" for letter in firsts):
        return "a word does not begin with a letter from a to z" if firsts else "there is no word"
    for place, (one, other) in enumerate(pairwise(firsts), 2):
        if (ord(other) - ord(one)) % 26 != 1:
            return f"word {place} begins with {other!r} after {one!r}"
    return ""


def _vowels(text: str, arguments: Arguments) -> str:
    del arguments
    if len(lines(text)) != 1:
        return "it is not one paragraph"
    if not words(text):
        return "there is no word"
    found = sorted(set(text.lower()) & set("aeiou"))
    return f"it has the vowels {', '.join(found)}" if len(found) > 3 else ""


def _every_word(text: str, holds: object, what: str) -> str:
    """The first word of which something does not hold."""
    found = words(text)
    if not found:
        return "there is no word"
    assert callable(holds)
    amiss = next((word for word in found if not holds(word)), "")
    return f"{_shown(amiss)} {what}" if amiss else ""


def _clusters(text: str, arguments: Arguments) -> str:
    del arguments
    return _every_word(
        text, lambda word: _CLUSTER.search(word.lower()), "has no two consonants side by side"
    )


def _alliteration(text: str, arguments: Arguments) -> str:
    del arguments
    before = -1
    for place, sentence in enumerate(sentences(text), 1):
        firsts = [word[0].lower() for word in words(sentence)]
        longest = run = 1 if firsts else 0
        for one, other in pairwise(firsts):
            run = run + 1 if one == other else 1
            longest = max(longest, run)
        # One word alone alliterates with nothing.
        length = longest if longest > 1 else 0
        if length <= before:
            return f"sentence {place} has no longer alliteration than the one before"
        before = length
    return "" if before > 0 else "nothing alliterates"


def _palindromes(text: str, arguments: Arguments) -> str:
    del arguments
    found = {word for word in map(str.lower, words(text)) if len(word) >= 5 and word == word[::-1]}
    return at_least(len(found), "different palindromes", 10)


def _punctuation(text: str, arguments: Arguments) -> str:
    del arguments
    if not any(mark in text for mark in ("?!", "!?", "‽")):
        return "there is no interrobang"
    rest = text.replace("?!", "", 1) if "?!" in text else text.replace("!?", "", 1)
    absent = [mark for mark in ".,!?;:" if mark not in rest]
    return f"there is no {absent[0]!r}" if absent else ""


_PAIRS = {")": "(", "]": "[", "}": "{"}


def _brackets(text: str, arguments: Arguments) -> str:
    del arguments
    opened: list[str] = []
    deepest = 0
    heights: list[int] = []
    for sign in text:
        if sign in "([{":
            opened.append(sign)
            heights.append(1)
        elif sign in _PAIRS:
            if not opened or opened[-1] != _PAIRS[sign]:
                opened, heights = [], []
                continue
            opened.pop()
            height = heights.pop()
            deepest = max(deepest, height)
            if heights:
                heights[-1] = max(heights[-1], height + 1)
    return at_least(deepest, "levels of brackets that close", 5)


def _quotes(text: str, arguments: Arguments) -> str:
    del arguments
    # An apostrophe within a word is no quotation mark.
    marks = regex.findall(
        r"(?<!\p{L})'|'(?!\p{L})|\"", text.translate({8220: 34, 8221: 34, 8216: 39, 8217: 39})
    )
    opened: list[str] = []
    deepest = 0
    for mark in marks:
        if opened and opened[-1] == mark:
            deepest = max(deepest, len(opened))
            opened.pop()
        else:
            opened.append(mark)
    return at_least(0 if opened else deepest, "levels of quotation that end", 3)


def _primes(text: str, arguments: Arguments) -> str:
    del arguments
    return _every_word(
        text, lambda word: len(_letters(word)) in PRIMES, "has a length that is no prime"
    )


def _letters(word: str) -> str:
    return "".join(sign for sign in word if sign not in SIGNS and sign not in "’‘")


def _options(text: str, arguments: Arguments) -> str:
    given = arguments.text("options")
    separator = "/" if "/" in given else " or " if " or " in given else ","
    options = {bare(option) for option in given.split(separator)} - {""}
    return "" if bare(text) in options else f"it is none of {given!r:.60}"


def _newline(text: str, arguments: Arguments) -> str:
    del arguments
    found = lines(text)
    several = next((line for line in found if len(line.split()) > 1), "")
    if several:
        return f"{_shown(several)} has several words"
    return "" if len(found) > 1 else "there is one word alone"


def _emoji(text: str, arguments: Arguments) -> str:
    del arguments
    # Where a sentence's emoji stands behind its mark, the splitter leaves it to the next one.
    marked = regex.sub(
        rf"(?<![.!?])([.!?]++)\s*+((?:{_EMOJI.pattern}|\ufe0f|\u200d)++)", r"\2\1 ", text
    )
    found = sentences(marked) if words(text) else []
    for place, sentence in enumerate(found, 1):
        end = sentence.rstrip(SIGNS + " ”’\ufe0f\u200d")
        if not _EMOJI.search(end[-1:]):
            return f"sentence {place} does not end with an emoji"
    return "" if found else "there is no sentence"


def _same_length(text: str, arguments: Arguments) -> str:
    del arguments
    found = sentences(text)
    if len(found) != 3:
        return f"{len(found)} sentences, not 3"
    if len({len(sentence) for sentence in found}) != 1:
        return f"they have {', '.join(str(len(sentence)) for sentence in found)} characters"
    return _repeats_more(text, 1)


def _repeats_more(text: str, most: int) -> str:
    counts = Counter(word.lower() for word in words(text))
    word, times = counts.most_common(1)[0] if counts else ("", 0)
    return f"{_shown(word)} occurs {times} times" if times > most else ""


def _japanese(text: str, arguments: Arguments) -> str:
    step = arguments.number("N")
    found = [word for word in text.split() if bare(word)]
    if step < 1 or len(found) < step:
        return f"there are {len(found)} words"
    amiss = next(
        (
            word
            for word in found[step - 1 :: step]
            if not _JAPANESE.search(word) and not bare(word).isdigit()
        ),
        "",
    )
    return f"{_shown(amiss)} is not in Japanese" if amiss else ""


def _repeats(text: str, arguments: Arguments) -> str:
    return _repeats_more(text, arguments.number("small_n"))


def _in_sentence(text: str, arguments: Arguments) -> str:
    found, place = sentences(text), arguments.number("N")
    if not 1 <= place <= len(found):
        return f"{len(found)} sentences, so that there is no sentence {place}"
    keyword = arguments.text("word")
    return "" if occurrences(keyword, found[place - 1]) else f"{keyword!r:.40} is not in it"


def _pronouns(text: str, arguments: Arguments) -> str:
    found = [word.split("'")[0] for word in words(text.lower().replace("/", " ").replace("’", "'"))]
    count = sum(word in PRONOUNS for word in found)
    return at_least(count, "pronouns", arguments.number("N"))


def _last_first(text: str, arguments: Arguments) -> str:
    del arguments
    found = [[word.lower() for word in words(sentence)] for sentence in sentences(text)]
    if len(found) < 2:
        return "there are no two sentences"
    for place, (one, other) in enumerate(pairwise(found), 2):
        if one[-1] != other[0]:
            return f"sentence {place} begins with {other[0]!r:.40}, not {one[-1]!r:.40}"
    return ""


def _paragraph_ends(text: str, arguments: Arguments) -> str:
    del arguments
    found = [[word.lower() for word in words(line)] for line in lines(text)]
    found = [each for each in found if each]
    amiss = next((each for each in found if each[0] != each[-1] or len(each) < 2), None)
    if amiss:
        return f"a paragraph begins with {amiss[0]!r:.40} and ends with {amiss[-1]!r:.40}"
    return "" if found else "there is no paragraph"


def _increment(text: str, arguments: Arguments) -> str:
    counts = [len(words(sentence)) for sentence in sentences(text)]
    more = arguments.number("small_n")
    if len(counts) < 2:
        return "there are no two sentences"
    for place, (one, other) in enumerate(pairwise(counts), 2):
        if other != one + more:
            return f"sentence {place} has {other} words after {one}"
    return ""


def _consecutive(text: str, arguments: Arguments) -> str:
    del arguments
    found = [word.lower() for word in words(text)]
    amiss = next((pair for pair in pairwise(found) if pair[0][0] == pair[1][0]), None)
    return f"{_shown(amiss[0])} and {_shown(amiss[1])} begin alike" if amiss else ""


def _stairs(text: str, arguments: Arguments) -> str:
    del arguments
    indents = [len(line) - len(line.lstrip(" \t")) for line in lines(text)]
    if len(indents) < 2:
        return "there are no two lines"
    rises = all(one < other for one, other in pairwise(indents))
    return "" if rises else "a line is not indented more than the one before"


def _explained(text: str, arguments: Arguments) -> str:
    del arguments
    parts = regex.split('["“”]', text)
    if len(parts) < 3 or len(parts) % 2 == 0:
        return "there is no quoted phrase" if len(parts) < 3 else "a quotation does not end"
    return "" if all(words(part) for part in parts[2::2]) else "a quoted phrase is not explained"


def _list(text: str, arguments: Arguments) -> str:
    marker = arguments.text("sep").strip()
    items = [
        line.strip().removeprefix(marker) for line in lines(text) if line.strip().startswith(marker)
    ]
    return at_least(sum(bool(words(item)) for item in items), f"items with {marker!r:.20}", 2)


def _thesis(text: str, arguments: Arguments) -> str:
    del arguments
    found = regex.search(r"<(i|em)>([^<>]*)</\1>", text)
    if found is None or not words(found[2]):
        return "there is no text between <i> and </i>"
    return "" if words(text[found.end() :]) else "nothing follows the thesis"


_ITEM = regex.compile(r"^(?P<indent>[ \t]*)(?P<mark>[*-])[ \t]+\S", regex.MULTILINE)


def _sub_bullets(text: str, arguments: Arguments) -> str:
    del arguments
    marks = [item["mark"] for item in _ITEM.finditer(text)]
    if "*" not in marks:
        return "there is no bullet with *"
    alone = any(one == "*" and other == "*" for one, other in pairwise([*marks, "*"]))
    return "a bullet has no sub-bullet with -" if alone else ""


def _then_bullets(text: str, arguments: Arguments) -> str:
    del arguments
    items = list(regex.finditer(r"^[ \t]*\*[ \t]+\S", text, regex.MULTILINE))
    if len(items) < 2:
        return f"{len(items)} bullets with *, not at least 2"
    before = [each for each in sentences(text[: items[0].start()]) if each.endswith(".")]
    return at_least(len(before), "sentences before the bullets that end in a full stop", 2)


def _title_case(text: str, arguments: Arguments) -> str:
    del arguments
    small = CONJUNCTIONS | frozenset(
        "a an the as at by in of off on per to up via with from into".split()
    )
    found = [word for word in words(text) if word[0].isalpha()]
    if not found:
        return "there is no word"
    for place, word in enumerate(found):
        if word[0].islower() and (place == 0 or word not in small):
            return f"{_shown(word)} is not capitalized"
        if len(word) > 4 and word.isupper():
            return f"{_shown(word)} is all in capitals"
    return ""


def _template(text: str, arguments: Arguments) -> str:
    del arguments
    labels = ("My Answer:", "My Conclusion:", "Future Outlook:")
    places = [text.find(label) for label in labels]
    if min(places) < 0 or places != sorted(places):
        return f"it has not {', '.join(labels)} in this order"
    ends = [*places[1:], len(text)]
    filled = all(
        words(text[place + len(label) : end])
        for label, place, end in zip(labels, places, ends, strict=True)
    )
    return "" if filled else "a part of the template is blank"


def _no_space(text: str, arguments: Arguments) -> str:
    del arguments
    return "there is white space" if regex.search(r"\s", text.strip()) else ""


def _keyword_counts(text: str, arguments: Arguments) -> str:
    for place, wanted in enumerate((1, 2, 3, 5, 7), 1):
        keyword = arguments.text(f"keyword{place}").strip()
        count = occurrences(keyword, text)
        if count != wanted:
            return f"{keyword!r:.40} occurs {count} times, not {wanted}"
    return ""


def _position(text: str, arguments: Arguments) -> str:
    found, n, m = sentences(text), arguments.number("n"), arguments.number("m")
    own = words(found[n - 1]) if 1 <= n <= len(found) else []
    if not 1 <= m <= len(own):
        return f"there is no word {m} in a sentence {n}"
    keyword = arguments.text("keyword").strip().lower()
    return "" if own[m - 1].lower() == keyword else f"it is {own[m - 1]!r:.40}"


def _second_words(text: str, arguments: Arguments) -> str:
    found, keyword = words(text), arguments.text("keyword").strip().lower()
    if len(found) < 3:
        return "there are too few words"
    amiss = next((word for word in (found[1], found[-2]) if word.lower() != keyword), "")
    return f"it is {amiss!r:.40}" if amiss else ""


IFBENCH: dict[str, Check] = {
    "count:word_count_range": _range,
    "count:unique_word_count": _unique,
    "count:conjunctions": _conjunctions,
    "count:person_names": _names,
    "count:numbers": _numbers,
    "count:punctuation": _punctuation,
    "count:pronouns": _pronouns,
    "count:words_japanese": _japanese,
    "count:keywords_multiple": _keyword_counts,
    "ratio:stop_words": _stop_words,
    "ratio:sentence_type": _two_to_one,
    "ratio:sentence_balance": _balance,
    "ratio:sentence_words": _same_length,
    "ratio:overlap": _overlap,
    "words:alphabet": _alphabet,
    "words:vowel": _vowels,
    "words:consonants": _clusters,
    "words:palindrome": _palindromes,
    "words:prime_lengths": _primes,
    "words:repeats": _repeats,
    "words:last_first": _last_first,
    "words:paragraph_last_first": _paragraph_ends,
    "words:no_consecutive": _consecutive,
    "words:keywords_specific_position": _position,
    "words:words_position": _second_words,
    "sentence:alliteration_increment": _alliteration,
    "sentence:keyword": _in_sentence,
    "sentence:increment": _increment,
    "format:parentheses": _brackets,
    "format:quotes": _quotes,
    "format:options": _options,
    "format:newline": _newline,
    "format:emoji": _emoji,
    "format:line_indent": _stairs,
    "format:quote_unquote": _explained,
    "format:list": _list,
    "format:thesis": _thesis,
    "format:sub-bullets": _sub_bullets,
    "format:no_bullets_bullets": _then_bullets,
    "format:title_case": _title_case,
    "format:output_template": _template,
    "format:no_whitespace": _no_space,
}
"""The instructions that hold of any text, each with its check."""
