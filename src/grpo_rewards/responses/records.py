"""Answers in JSON: the value of a key that names the answer, and what other keys say of it."""

from __future__ import annotations

import regex

from grpo_rewards.responses.commitments import DENIED, Extracted, commit
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.consequences import bare, same
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.vocabulary import spotted, words

__all__ = ["last_working", "value_of_key"]

_VALUE = regex.compile(r"[\"']\s*+:\s*+(?:\"(?P<text>(?:[^\"\\\n]|\\.)*+)\"|(?P<bare>[^,}\"\n]++))")
# "wrong_answer": the key of another answer than the one that is given.
_KEY_BEFORE = regex.compile(r"[\"']\s*+(?P<words>[A-Za-z][\w -]*+)$")
_KEYS_WORDS = frozenset(
    "the my our final correct right best model predicted numeric numerical exact short boxed student llm chosen selected extracted is".split()
)
_PAIR = regex.compile(
    r"[\"'](?P<key>[A-Za-z][\w -]{0,40}+)[\"']\s*+:\s*+(?:\"(?P<value>(?:[^\"\\\n]|\\.)*+)\"|'(?P<value>[^'\n]*+)'|\[(?P<value>[^\]\n]*+)\]|(?P<value>[^,}\]\n\"'{\[]++))"
)
_WORDS = regex.compile(r"[_\s-]+|(?<=[a-z])(?=[A-Z])")
_STRING_OR_BRACE = regex.compile(r"\"(?:[^\"\\\n]|\\.)*+\"|[{}]")
_INNER = regex.compile(
    r"\{(?:[^{}]{0,400}?,)?\s*+[\"'](?:value|answer|result|number|final|text|content)"
    + _VALUE.pattern
)
_ESCAPED = regex.compile(r"(?:[^\\]|\\\\)*+")
REACH = 2_000
"""How far (characters) from its key the object of an answer is looked at."""

# What other keys say, by the words they are made of, and the values that deny an answer.
_AFFIRM = frozenset(
    "correct valid verified true truth right final certain sure confident accepted confirmed reliable checked approved trusted answer".split()
)
_REFUTE = frozenset(
    "wrong incorrect guess guessed rejected retracted tentative invalid false mistaken error doubtful uncertain unsure withdrawn not unverified placeholder provisional hypothetical dummy unreliable".split()
)
_GRADES = frozenset(
    "status verdict judgement judgment evaluation assessment grade state check validation verification".split()
)
_SURENESS = frozenset("confidence certainty probability likelihood sureness".split())
_NOTES = frozenset(
    "note notes comment comments remark remarks caveat caveats warning disclaimer".split()
)
_RIVALS = frozenset(
    "alternative alternatives other others correction corrected revised updated second also backup fallback alternate".split()
)
_NO = frozenset("false no 0 wrong incorrect low none never".split())
_YES = frozenset("true yes 1".split())
_LOW = frozenset("low none zero little unsure uncertain".split())
_FRAME = frozenset("is was it the an a my this be answer".split())
_PLAIN = regex.compile(r"[-+−]?\d[\d.,/]*|[A-J]")
_TRUTH_VALUES = frozenset("true false yes no valid invalid correct incorrect".split())
_NUMBER = regex.compile(r"(?P<number>\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})\s?(?P<share>%)?")


def value_of_key(text: str, start: int, noun_end: int) -> Extracted | None:
    """What the key gives that ends in a noun for the answer; ``None`` where there is no such key.

    Args:
        text: The response.
        start: Where the noun begins.
        noun_end: Where it ends.

    Example:
        >>> text = '{"answer": 42, "is_correct": false}'
        >>> value_of_key('{"answer": 42}', 2, 8).answer, value_of_key(text, 2, 8).why_not
        ('42', 'the answer is denied')
    """
    found = _VALUE.match(text, noun_end) if text[noun_end : noun_end + 1] in ('"', "'") else None
    if found is None:
        return None
    key = _KEY_BEFORE.search(text[max(0, start - 40) : noun_end])
    if not set(_words(key["words"])[:-1] if key else ()) <= _KEYS_WORDS:
        return Extracted(None, DENIED)
    begin, end = _object_around(text, start)
    if (found["bare"] or "").strip().startswith("{"):
        begin = text.index("{", noun_end)
        begin, end = _object_around(text, begin + 1)
        found = _INNER.match(text, begin)
        if found is None:
            return Extracted(None, DENIED)
    value = str(found["text"] or found["bare"] or "").strip()
    why_not = _said_beside(text[begin:end], value)
    if why_not:
        return Extracted(None, why_not)
    after = text[end : end + REACH].lstrip(" \n}]`")
    value = value.replace("\\\\", "\\") if _ESCAPED.fullmatch(value) else value
    return commit(value, f" {after}" if after else "")


# A whole response that is one object of texts.
_TEXT_FIELD = (
    r"\s*+\"(?P<key>[A-Za-z][\w -]{0,40}+)\"\s*+:\s*+\"(?P<value>(?:[^\"\\\n]|\\.)*+)\"\s*+"
)
_TEXTS = regex.compile(
    rf"(?:```(?:json)?\s*+)?+\{{{_TEXT_FIELD}(?:,{_TEXT_FIELD}){{1,20}}+\}}\s*+(?:```\s*+)?+",
    regex.IGNORECASE,
)
# Keys of what is worked out; a number behind one counts it.
_WORKINGS = frozenset(
    "compute computation calculate calculation calculations work working workings solve step steps reasoning logic explanation conclusion math".split()
)
_SENTENCE = regex.compile(r"[^{}\[\]\d]*+\d[^{}\[\]]*+(?<=[.!])")


def last_working(text: str) -> str | None:
    """The last text of an object of texts only, if it works out an answer and no other key gives one.

    Example:
        >>> last_working('{"plan": "We multiply.", "work": "6 * 7 = 42."}')
        '6 * 7 = 42.'
        >>> last_working('{"work": "6 * 7 = 42.", "check": "41 + 1 = 42."}')
    """
    record = _TEXTS.fullmatch(text) if '":' in text else None
    if record is None:
        return None
    *others, last = record.captures("key")
    said = str(record.captures("value")[-1]).strip()
    of_last = {word.rstrip("0123456789") for word in _words(last)} - {""}
    if not (of_last and of_last <= _WORKINGS and _SENTENCE.fullmatch(said)):
        return None
    judging = (
        _AFFIRM | _REFUTE | _GRADES | _SURENESS | _NOTES | _RIVALS | words("announces", "names")
    )
    return None if any(judging.intersection(_words(key)) for key in others) else said


def _words(key: str) -> list[str]:
    """The words of a key: "finalAnswer", "final_answer"."""
    return [word.casefold() for word in _WORDS.split(key) if word]


def _object_around(text: str, place: int) -> tuple[int, int]:
    """Where the object begins and ends that a place of a text stands in, as far as it is looked for."""
    opened: list[int] = []
    first = max(0, place - REACH)
    for match in _STRING_OR_BRACE.finditer(text, first, place + REACH):
        if match.start() >= place and match[0] == "}":
            if not opened or opened[-1] < place:
                return (opened[-1] if opened else first), match.start()
            opened.pop()
        elif match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            opened.pop()
    inside = [start for start in opened if start < place]
    return (inside[-1] if inside else first), min(len(text), place + REACH)


def _said_beside(record: str, value: str) -> str:
    """Why the other keys of an object leave its answer no answer; empty where they do not."""
    for pair in _PAIR.finditer(record):
        words, said = _words(pair["key"]), pair["value"].strip()
        folded = said.casefold().rstrip(".! ")
        is_answer = words[-1:] == ["answer"] and set(words[:-1]) <= _KEYS_WORDS
        if is_answer:
            if not said.isalpha() and not same(bare(said), bare(value)):
                return "several answers are stated"
            continue
        judges_value = value.casefold() in _TRUTH_VALUES
        if _denies(set(words), folded) and not judges_value:
            return "the answer is denied"
        if _SURENESS.intersection(words) and _is_low(folded):
            return "the answer is doubted"
        if _NOTES.intersection(words) and _doubts(said, value):
            return "the answer is doubted"
        if _RIVALS.intersection(words) and _names_another(said, value):
            return "several answers are stated"
    return ""


def _denies(words: set[str], said: str) -> bool:
    if words & _GRADES and any(True for _ in spotted(said, "denies", "retracts")):
        return True
    if words & _REFUTE:
        return words <= _REFUTE | _FRAME and said in _YES
    return bool(words & _AFFIRM) and words <= _AFFIRM | _FRAME and said in _NO


def _is_low(said: str) -> bool:
    number = _NUMBER.fullmatch(said)
    if number is None:
        return said in _LOW or said.startswith("very low")
    share = float(number["number"])
    is_percent = number["share"] or share > 1
    return share <= 50 if is_percent else share <= 0.5


def _doubts(said: str, value: str) -> bool:
    if value in said and _CALLED_WRONG.search(said):
        return True
    return bool(taken_back(f". {said}", value=value)) or speaker_doubts(said)


# "I said 42, which is wrong", of a note that names the answer.
_CALLED_WRONG = regex.compile(
    r"\b(?:which|that|this|it)\s(?:is|was|(?:may|might|could)\sbe)\s(?:\w+ly\s)?(?:wrong|incorrect|false|mistaken)\b",
    regex.IGNORECASE,
)


def _names_another(said: str, value: str) -> bool:
    other = bare(said.partition(",")[0].strip(" \"'"))
    alike = other[-1:].isdigit() == bare(value)[-1:].isdigit()
    return bool(_PLAIN.fullmatch(other)) and alike and not same(other, bare(value))
