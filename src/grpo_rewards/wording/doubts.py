"""What governs an answer from beside it: denials, doubts and rivals on either side, and remarks.

A denial somewhere else in the text says nothing of the answer: "Since x cannot be negative, it is
5". So each function here looks at the clause that touches the answer, and no further.
"""

from __future__ import annotations

import re

import regex

from grpo_rewards.caches import ANSWERS
from grpo_rewards.wording.vocabulary import any_of, spotted, words

__all__ = [
    "about_answer",
    "changed_before",
    "counts",
    "denied_before",
    "denied_lead",
    "denied_option",
    "doubted",
    "speaker_doubts",
    "taken_back",
    "taken_back_before",
]

LONGEST_CLAUSE = 120
"""How far (characters) from an answer a clause is read."""

# Where a clause begins: behind a mark, or behind a word that begins a new one.
_MARKS = tuple(",;:.!?\n") + tuple("。，；：！？、،")
_ENDS = tuple(".!?。！？")
_BEGINS = regex.compile(
    r"\b(?:so(?!\s+far\b)|thus|hence|therefore|then|but|because|donc|also|daher|portanto|quindi|entonces)\b",
    regex.IGNORECASE,
)
_THAT = regex.compile(r",\s+(?:dass|daß|что|hogy|że|že|at|dat)\b")
"""A comma before "that", which parts no clause in these languages: "Ich glaube nicht, dass"."""
_SENTENCE = regex.compile(r"[.!?。！？\n](?!\d)")
_CLAIMED_ELSEWHERE = (
    "most likely",
    "no wonder",
    "no doubt",
    "without a doubt",
    "without doubt",
    "not only",
)
# "the number of students who do not play": the denial describes what is counted.
_NOUN_FIRST = regex.compile(
    r"\s*(?:(?:so|thus|hence|therefore|then|finally)\b[,\s]*)?"
    r"(?:the|an?|these|those|this|its|their|his|her|our|number|total|probability)\b",
    regex.IGNORECASE,
)
_RELATIVE = regex.compile(
    r"\b(?:who|whom|whose|that|which|where|with|of|for|when|if|in|such|without|whether)\b|\$|\\\(",
    regex.IGNORECASE,
)
_CHANGED = regex.compile(
    r"\s*+(?:(?:so|thus|hence|therefore|then|and|but)\b[,\s]*+)?(?:the\s++|an?\s++)?"
    r"(?:twice|thrice|half|double|triple|(?:one|two|three)?[\s-]*(?:thirds?|quarters?|fourths?|fifths?)\s+of|"
    r"squares?\s+(?:root\s+)?of|cubes?\s+(?:root\s+)?of|(?:square|cube)\s+root\s+of|negative\s+of|minus|"
    r"reciprocal|inverse|opposite|logarithm\s+of|more|less|fewer|at\s+least|at\s+most|up\s+to|almost|"
    r"nearly|about|around|roughly|approximately|over|under|above|below|between|upper\s+bound|lower\s+bound|one\s+of|multiples?\s+of|"
    r"factors?\s+of|divisors?\s+of|next\s+to|close\s+to|\w+\s+times)\b",
    regex.IGNORECASE,
)


def _clause_before(text: str) -> str:
    """The clause that ends a text."""
    near = text[-LONGEST_CLAUSE:]
    end = len(near.rstrip(" \t:$*(_[\\>#-"))
    if near[end - 1 : end] == "\n":
        end = len(near.rstrip(" \t\n$*(_[\\>#-"))
        if near[end - 1 : end] not in (":", ","):
            return ""  # another paragraph
        end -= 1
    if near[end - 1 : end] in _ENDS:
        return ""
    start = 0
    for mark in _MARKS[:7] if near.isascii() else _MARKS:
        place = near.rfind(mark, start, end - 1)
        while place >= start and (
            near[place + 1 : place + 2].isdigit()  # 1,000 and 3.5
            or (mark == "," and _THAT.match(near, place))
        ):
            place = near.rfind(mark, start, place)
        if place >= start:
            start = place + 1
    for match in _BEGINS.finditer(near, start, end):
        if match.end() < end:  # "anything but" is no new clause
            start = match.end()
    return near[start:]


def _sentence_before(text: str) -> str:
    near = text[-LONGEST_CLAUSE:].rstrip(" \t:$*(_[\\")
    start = 0
    for match in _SENTENCE.finditer(near):
        start = match.end()
    return near[start:]


# "not 41 but", "no solution other than": what follows is the answer.
_ONLY_THIS = regex.compile(
    r"\s*(?:(?:so|thus|hence|there\s+(?:is|are)|it\s+is|it's|we\s+have|and)\s+)*(?:not|no|nothing|none|never|nobody)\b"
    r"(?!\s+anything)[^,;]*\b(?:but(?:\s+rather)?|other\s+than|except(?:\s+for)?|besides)[\s$*(\\_[:]*$",
    regex.IGNORECASE,
)
_INTERJECTIONS = frozenset(
    "no nope nah non nein não нет ні いいえ 아니 아니요 không لا 不 不对".split()
)
# What stands before most answers, and denies nothing.
_USUAL = frozenset(
    ("", "the", "final", "the final", "so the", "therefore", "the correct", "the answer is")
)
_USUAL |= frozenset(("the final answer is", "answer", "final answer", "so the answer is"))
_SPEAKER = frozenset(
    (
        "not sure", "unsure", "not certain", "uncertain", "no idea", "guess", "guessing", "who knows",
        "don't know", "hunch", "doubt", "我猜", "不确定", "不確定", "不知道",
    )
)  # fmt: skip


_SPEAKER_HINTS = (
    "sure",
    "certain",
    "idea",
    "uess",
    "know",
    "hunch",
    "oubt",
    "猜",
    "确定",
    "確定",
    "知道",
)


_NOUN = r"(?:answer|choice|option|response|guess|solution|result|réponse|Antwort|Lösung|ответ|respuesta|resposta|risposta|答案|选项|答え|정답|답)"
_OTHERS_SAY = regex.compile(
    # What would be the answer if something were that is not.
    r"\bif\b[^.]*\b(?:were|had)\b[^.]*(?:['’]d|\bwould)\b(?:\s+\w+){0,3}\W*$"
    # What somebody else answers.
    r"|\b(?:student|textbook|friend|opponent)s?['’]s?\s*+(?:\w+\s+)?$"
    r"|\b(?:people|students|others|everyone|someone|somebody)\s+(?:\w+\s+)?(?:get|gets|got|say|says|said|claim|claims|answer|answers|think|thinks)\W*$"
    # What answer is named as a bad one.
    r"|(?<!\w)(?:candidates?|possibilit(?:y|ies)|attempts?)\s*+[:：]?\s*+$|\b(?:anti|non)-$"
    r"|(?<!\w)(?:naive|naïve|tempting|worst|bad|poor|decoy|distractor|mauvaise|mala|falsche|falschen|неправильный|неверный|ошибочный|неправильная|неверная|ошибочная"
    rf"|错误的?|错的|誤った|間違った|틀린|잘못된)\s*(?:(?:first|common|possible)\s+)?(?:to\s+)?(?:{_NOUN}\s*(?:is|est|ist|es|would\s+be|[:：是为は])?)?\W*$",
    regex.IGNORECASE,
)


def denied_before(text: str) -> bool:
    """Whether the clause before an answer denies it, doubts it, or only supposes it.

    Example:
        >>> denied_before("It is not true that the answer is "), denied_before("I'm not sure, but ")
        (True, True)
        >>> denied_before("Since x cannot be negative, the answer is ")
        False
    """
    return _denied(text, _clause_before(text))


def _denied(text: str, clause: str) -> bool:
    said = clause.strip(" \t\n:$*(_[\\,.!").casefold()
    if said in _INTERJECTIONS and text.rstrip(" \n$*(_[\\")[-1:] in tuple(",:;.!。，：！—–-"):
        return False  # which speaks of what was said before
    if said not in _USUAL and any(
        True for _ in spotted(clause, "denies", "hedges", "supposes", after=False)
    ):
        if _ONLY_THIS.match(clause) or any(known in said for known in _CLAIMED_ELSEWHERE):
            return False
        return not _NOUN_FIRST.match(clause) or denied_lead(clause)
    sentence = _sentence_before(text)
    if _OTHERS_SAY.search(sentence) or _ABOUT_ANSWER.search(sentence):
        return True
    if not any(hint in sentence for hint in _SPEAKER_HINTS):
        return False
    return any(spot.word in _SPEAKER for spot in spotted(sentence, "denies", "hedges"))


_ABOUT_ANSWER = regex.compile(
    r"\b(?<!value )(?<!form )(?:of|than|twice|half|thrice|from)\s+(?:the|my|our|this)\s+(?:final\s+|correct\s+)?answer\b"
    r"|\banswer\s+(?:plus|minus|times|squared|cubed|modulo|mod|divided|multiplied)\b|\banswer['’]s\s|\banswer\s+to\s+(?:a\s+different|another|the\s+other)\b"
    r"|\b(?:answer|solution|result)\s+(?:has(?!\s+to\b)|contains?|ends?|starts?|begins?|consists?|includes?|involves?)\b",
    regex.IGNORECASE,
)
"""What speaks of a property of the answer: "the last digit of the answer is 5"."""


def about_answer(text: str) -> bool:
    """Whether a text speaks of a property of the answer, and not of the answer.

    Example:
        >>> about_answer("The last digit of the answer is "), about_answer("The answer is ")
        (True, False)
    """
    return _ABOUT_ANSWER.search(text) is not None


def denied_lead(lead: str) -> bool:
    """Whether the words before "is" keep what follows from being the answer.

    Example:
        >>> denied_lead("twice the number"), denied_lead("there is no way that it")
        (True, True)
        >>> denied_lead("the number of students who do not play"), denied_lead("the remainder")
        (False, False)
    """
    if _CHANGED.match(lead) or _ABOUT_ANSWER.search(lead):
        return True
    spots = list(spotted(lead, "denies", "hedges", "supposes", after=False))
    if not spots:
        return False
    if not _NOUN_FIRST.match(lead):
        return True
    first = spots[0]
    if first.word in ("possible", "estimated", "plausible", "impossible", "unknown", "likely"):
        return not lead[first.end :].strip()  # possible outcomes are counted
    relative = _RELATIVE.search(lead)
    return relative is None or relative.start() >= first.start


# After ----------------------------------------------------------------------------------------

_OPENING = regex.compile(r"[\s$*_)}\]`\"'”»】」\\]*+")
_STOP = regex.compile(r"[.!。！\n]++\s*+")
_JOIN = regex.compile(r"[\s,;:(\[\-–—，；：（、،…]*+")
# Words between an answer and what is said of it: "42, which is clearly", "42 (though I am".
_FILLER = frozenset(
    (
        "is", "are", "was", "were", "seems", "looks", "be", "which", "that", "that's", "this", "it",
        "it's", "i", "i'm", "am", "we", "my", "the", "a", "an", "but", "and", "though", "although",
        "however", "clearly", "definitely", "obviously", "certainly", "surely", "probably", "simply",
        "answer", "value", "also", "very", "quite", "completely", "totally", "just", "still", "think",
        "believe", "must", "can", "will", "does", "do", "has", "have", "to", "yes", "hmm", "well",
        "oh", "really", "actually", "got", "get", "found", "had", "wrote", "first", "es", "est", "ist", "é", "è", "eso", "c'est", "das", "isso", "это",
    )
)  # fmt: skip
_NEXT = regex.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
_CONTRAST = regex.compile(
    r"(?:not|rather\s+than|instead\s+of|and\s+not|y\s+no|pas|nicht|não|non|а?\s*не|而不是|而非|不是)(?![A-Za-z])\s*+"
    r"(?:the\s++)?[\s$*(\\]*+(?:option\s+|choice\s+)?(?:[-+−]?\d|boxed|f?box|frac|sqrt|[A-Z]\b)",
    regex.IGNORECASE,
)
_NO_SPACE = regex.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_RIVAL = regex.compile(
    r"(?P<join>or(?:\s+(?:maybe|perhaps|possibly|rather))?|also|and(?:\s+also)?|then|versus|vs\.?|plus|nor|/|\||&|"
    r"alternatively|else|o|u|y|ou|et|oder|und|e|oppure|или|либо|и|hoặc|hay|và|أو|或者?|还是|和|与|または|あるいは|또는|혹은)"
    r"(?=[\s$\\\d*,])[\s$*,(]*+(?:\\[a-z]+\s*\{)?\s*+(?:[A-Za-z]\s*+=\s*+)?(?P<other>[-+−]?\.?\d[\d.,/]*|\\[A-Za-z]+|\(?[A-J]\)?(?!\w))",
)
_CHANGED_AFTER = regex.compile(
    r"\s*+(?:(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)s?|doubled|tripled|halved|squared|cubed|something"
    r"|(?:plus|minus|times|over|less\s+than|more\s+than|fewer\s+than|(?:divided|multiplied)\s+by)\s+(?:an?|one|two|three|half|some|\S*\d\S*)"
    r"|and\s+(?:a\s+half|change)|万|亿|千|百)(?!\w)|\s*+(?:[+×*·÷^]|\\?(?:times|cdot|div)(?![A-Za-z]))\s*+[\d({\\]",
    regex.IGNORECASE,
)


_PRODUCT = regex.compile(r"\s++\*(?!\*)\s*+\d")  # whose sign is emphasis elsewhere


def taken_back(text: str, *, value: str = "") -> str:
    """How the text directly after an answer takes it back; empty where it leaves it standing.

    Args:
        text: What follows the answer.
        value: The answer, which may be said again.

    Example:
        >>> taken_back(" is wrong; it is 41."), taken_back(" or 43"), taken_back(". Wait, no.")
        ('denied', 'a rival', 'retracted')
        >>> taken_back(", since x cannot be negative."), taken_back(", not 41."), taken_back("")
        ('', '', '')
    """
    near = text[: 2 * LONGEST_CLAUSE]
    if _PRODUCT.match(near):
        return "changed"
    start = _OPENING.match(near).end()  # type: ignore[union-attr]  # it always matches
    if near[start : start + 1] in ("?", "？"):
        return "doubted"
    stop = _STOP.match(near, start)
    if stop:
        return _retracted(near[stop.end() :], value) or _replaced(near[start:], value)
    start = _JOIN.match(near, start).end()  # type: ignore[union-attr]
    if _CONTRAST.match(near, start):
        return ""
    if _CHANGED_AFTER.match(near, start):
        return "changed"
    rival = _RIVAL.match(near, start)
    if rival and rival["other"].strip("().,") != value.strip("() "):
        return "a rival"
    if "\n" in near[:start] and near[start : start + 1].isupper():  # a sentence of its own
        return _retracted(near[start:], value) or _replaced(near[start:], value)
    return _said_of(near[start:]) or _replaced(near[start:], value)


# What takes back an answer from further behind it, in a sentence of its own.
_DISOWNED = regex.compile(
    r"\b(?:may|might|could)\s+(?:well\s+|also\s+)?(?:be|have\s+been)\s+(?:wrong|mistaken|incorrect|off)\b|\b(?:may|might|could)\s+have\s+(?:made|missed|miscounted)\b"
    r"|\bi(?:['’]m|\s+am)\s+(?:lying|joking|kidding|(?:only|just)\s+\d+\s*%)|\bplease\s+(?:verify|check|confirm)\s*+(?:it|this|that)?+[.!]*+\s*+$|(?<!\w)then\s+again\b"
    r"|\b(?:reasoning|argument|calculation|work)\s+(?:is|may\s+be|might\s+be)\s+(?:\w+ly\s+)?(?:flawed|wrong|incorrect|unreliable)\b"
    r"|\d\s+(?:also\s+works|is\s+also\s+(?:an?\s+)?(?:valid|possible|acceptable|correct)\b)"
    r"|\bconfidence(?:\s+level)?(?:\s+is|\s*[:=])?\s*+(?:is\s+)?(?:very\s+|quite\s+|rather\s+)?(?:low|none|zero|0)\b"
    r"|\b(?:a|just|only|merely|as)\s+(?:a\s+)?placeholder\b|\bmade\s+(?:that|this|it|them)\s+(?:number\s+|value\s+)?up\b|\bmade[-\s]up\b"
    r"|\bneeds?\s+(?:checking|verification|verifying|confirmation|to\s+be\s+(?:checked|verified|confirmed))\b"
    r"|(?<![^\s(;:.,—–-])(?:please\s+)?(?:disregard|ignore|forget)(?:\s+(?:that|this|it|the\s+(?:above|previous)|what\s+i|my)\b|[.!]|$)"
    r"|\b(?:is|was)\s+(?:only\s+)?(?:my|a|the)\s+(?:first|initial|wild|random|rough)\s+(?:attempt|guess|thought|try|idea)\b"
    r"|\b(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+(?:only\s+|just\s+)?an?\s+(?:trap|trick|mistake|lie|joke|bluff|guess|typo|error)\b"
    r"|\b(?:that|this|my|the)\s+(?:answer|result|value|number|choice|option|solution|calculation|one)\s+(?:can(?:no|['’])t|can\s*not|could(?:n['’]t|\s+not)|is(?:n['’]t|\s+not)"
    r"|must\s+not|does(?:n['’]t|\s+not)\s+(?:seem|look)|seems|looks|is|was|must\s+be)(?:\s+(?:be|too|completely|clearly|obviously))*\s+(?:right|correct|wrong|incorrect|true|false|off|mistaken|impossible|too\s+\w+)\b(?<!is\s(?:right|correct|true))"
    r"|(?<!\w)no,?\s+(?:it|that|this)\s*(?:isn['’]t|is\s+not|can['’]t|cannot|['’]s\s+not|was\s+not|wasn['’]t|doesn['’]t)"
    r"|\b(?:i|we)\s+(?:made|see|found|spot|notice|forgot)\b[^.!?\n]{0,30}?\b(?:error|mistake|slip|miscalculat\w+)\b"
    r"|\bdon['’]t\s+(?:trust|take|quote|rely\s+on)\s+(?:it|this|that|me)\b",
    regex.IGNORECASE,
)
_OTHER = r"[\s*$(\\]{0,8}+(?:boxed\{)?(?P<other>[-+−]?\.?\d(?:[\d.,/]*+(?<=\d))?+(?!\s*[\^*+=×]|\s+(?:more|less|times|fewer)\b)|(?-i:[A-J])(?![\w'’]))"
_REPLACED = regex.compile(
    r"(?:(?:wait|no|oops|hmm|sorry|error|mistake|actually|edit|update|correct(?:ion|ed|ing)|re-?check\w*|double[-\s]check\w*|re-?comput\w+|re-?calculat\w+|however|but)\b[^\n]{0,100}?"
    r"\b(?:it|that|this|so|answer|result|value|one)(?:['’]s|\s+is|\s+(?:should|must|has\s+to|ought\s+to|would)\s+be)(?:\s+(?:actually|really|instead|rather))*"
    r"|(?<![^\s(;:.,—–-])(?:or|alternatively|instead|edit|update|correction|actually)[,:]*+(?:\s+(?:it|that|the\s+answer)(?:['’]s|\s+is|\s+(?:might|may|could)\s+be))?(?:\s+(?:maybe|perhaps|possibly|even))*"
    r"|(?<![^\s(;:.,—–-])(?:but\s+)?(?:i|we)\s+(?:would\s+rather\s+|['’]d\s+rather\s+|now\s+)?(?:get|got|say|think|mean|meant)"
    r"|(?<![^\s(;:.,—–-])(?:final(?:\s+answer)?\s*:|so\s+(?:it|that)(?:['’]s|\s+is|\s+must\s+be))"
    r"|\bthe\s+(?:correct|right|true|real|actual)\s+(?:one|answer|value|result|option|choice|number)\s+(?:is|was|(?:should|must|would)\s+be))"
    + _OTHER,
    regex.IGNORECASE,
)
_ALSO = regex.compile(
    r"(?<![(*])[(*]*+(?-i:[A-J])[)*]*+\s++(?:is|are|would\s+be|could\s+be|seems|works)\s+(?:also|equally|just\s+as)\s+(?:correct|right|possible|acceptable|valid|plausible|fine|good)\b"
    r"|\bboth\s+[(*]*(?-i:[A-J])[)*]*\s+and\s+[(*]*(?-i:[A-J])[)*]*\s+(?:are|could\s+be|may\s+be|might\s+be|seem)\s+(?:also\s+|equally\s+)?(?:correct|right|possible|acceptable|valid|plausible|fine|good)\b",
    regex.IGNORECASE,
)


def _replaced(text: str, value: str) -> str:
    """Whether a sentence further behind an answer disowns it, or sets another in its place."""
    if _DISOWNED.search(text):
        return "retracted"
    if _ALSO.search(text):
        return "a rival"
    said = _bare(value)
    for match in _REPLACED.finditer(text):
        if _bare(match["other"]) != said:
            return "a rival"
    return ""


_EDGES = " $*().,:;\\"


def _bare(value: str) -> str:
    """The first number or letter that an answer is written with."""
    first = value.strip(_EDGES).split()[:1]
    return first[0].strip(_EDGES).replace(",", "") if first else ""


def _said_of(text: str) -> str:
    """What the beginning of a clause says of the answer before it."""
    end = _SENTENCE.search(text)
    clause = text[: end.start()] if end else text
    clause = clause[:LONGEST_CLAUSE]
    if _REASON.match(clause):
        return ""
    spot = next(
        spotted(clause, "retracts", "disowns", "denies", "hedges", "opines", after=True), None
    )
    if spot is None:
        asks = end is not None and end[0] in "?？" and len(clause.split()) <= 3
        return "doubted" if asks else ""
    between = [word.casefold() for word in _NEXT.findall(clause[: spot.start])]
    if spot.sense == "disowns" and not _COPULAS.intersection((*between, spot.word.split()[-1])):
        return ""
    if _BEST_REACHED.match(clause, spot.start):
        return ""
    is_last = not clause[spot.end :].strip(" )]\"'*_$") and len(between) <= 4
    if is_last and spot.word in _BARE_DENIALS:
        return "denied"
    touches = all(word.replace("’", "'") in _FILLER or not word[0].isalnum() for word in between)
    unspaced = spot.start <= 2 and _NO_SPACE.search(clause[: spot.end])
    if not touches and not unspaced:
        return ""
    return _HOW.get(spot.sense, "doubted")


_HOW = {"retracts": "retracted", "disowns": "retracted", "denies": "denied"}
_COPULAS = frozenset(("is", "was", "are", "were", "be", "that's", "it's"))
# "and it cannot be larger": a bound that is reached.
_BEST_REACHED = regex.compile(
    r"(?:cannot|can\s+not|can['’]t|could\s*n['’o]t)\s+(?:be\s+)?(?:any\s+|further\s+)*"
    r"(?:\w+er|more|less|improved|reduced|simplified|exceeded|avoided)\b",
    regex.IGNORECASE,
)
_REASON = regex.compile(
    rf"(?:{any_of('reasons')})(?<!\bby(?=\s+no\s+means))(?!\s+(?:well|far|if|now)\b)",
    regex.IGNORECASE,
)
_BARE_DENIALS = frozenset(
    "not no never nope nah wrong false incorrect hardly unlikely maybe perhaps none non nein não нет".split()
)
_BACK = frozenset(
    (
        "that", "this", "it", "but", "hmm", "oh", "no", "well", "i", "i'm", "am", "is", "which", "the",
        "answer", "however", "though", "or", "maybe", "perhaps", "that's", "it's", "let", "me",
        "although", "just", "a", "we", "are", "seems", "looks",
    )
)  # fmt: skip


_ANOTHER = regex.compile(
    r"\s+(?:be\s+|equal\s+to\s+|option\s+)?\(?\$?(?P<other>[-−]?\d[\d.,]*|[A-J](?!\w))"
)


def _retracted(text: str, value: str) -> str:
    """Whether a new sentence takes back what was said before."""
    end = _SENTENCE.search(text)
    sentence = text[: end.start() if end else None][:LONGEST_CLAUSE]
    for spot in spotted(sentence, "retracts", "denies", "hedges", after=True):
        if spot.word in ("if", "unless", "could", "would", "might", "may"):
            return ""
        between = [word.casefold() for word in _NEXT.findall(sentence[: spot.start])]
        if not all(word.replace("’", "'") in _BACK or not word[0].isalnum() for word in between):
            return ""
        other = _ANOTHER.match(sentence, spot.end)
        if spot.sense == "denies" and other and _bare(other["other"]) != _bare(value):
            return ""  # "It is not 4" speaks of 4
        if sentence[spot.end :].startswith(" that ") and between == ["it", "is"]:
            return ""
        says = _HOW.get(spot.sense, "doubted")
        rest = sentence[spot.end :].strip(" ,.;:")
        if not between and spot.word in _INTERJECTIONS and sentence[spot.end : spot.end + 1] == ",":
            return "retracted"
        if says == "retracted" or spot.word in words("hedges"):
            return says
        # "No other value works" speaks of others; "That is not right" and "No." of the answer.
        is_pronoun = bool(between) and between[0] not in ("the", "a", "no")
        of_answer = spot.word not in _NOT or _RIGHT.match(rest)  # "That is not prime"
        return says if (is_pronoun and of_answer) or not rest else ""
    return ""


_NOT = frozenset("not isn't wasn't cannot can't never doesn't don't".split())
_RIGHT = regex.compile(
    r"(?:be\s+)?(?:quite\s+|really\s+|actually\s+|entirely\s+|at\s+all\s+)*(?:right|correct|true|valid|accurate|possible|good|it|work"
    r"|what|the|our|my|an?\s+(?:answer|solution|option)|match|fit|make\s+sense|satisfy|so)\b",
    regex.IGNORECASE,
)
_SPEAKS_OF_IT = regex.compile(
    r"\s*+(?:(?:is|was|are)\s+(?:wrong|incorrect|false|not|eliminated|right)\b|i\s+(?:guess|think|doubt)\b"
    r"|not\s+(?:sure|certain)\b|(?:maybe|perhaps|possibly|probably)\s*+$|(?:no|wait|oops|hmm)[,.!\s]++(?:[A-J]\b|wait)|(?:wait|oops|hmm)\W*$"
    r"|(?:actually|wait|scratch|correction|sorry|instead|rather)\b|(?:or|and|also|then|nor|but|not)\s+(?:maybe\s+)?\(?[A-J]\b"
    r"|who\s+knows\b|just\s+a\s+guess|unsure\b|[^.]*\?\s*+$)",
    regex.IGNORECASE,
)


# What options say that deny something: no speaker says it of the label before it.
_OPTION_TEXT = regex.compile(
    r"(?:(?:it|this|they)\s+)?(?:can\s?not|can['’]t)\s+be\s+(?:determined|known|found|calculated|computed|answered|inferred|concluded|said|told|proven)\b"
    r"|(?:there\s+is\s+)?not\s+(?:enough|sufficient|given|applicable|mentioned|stated|determined|listed)\b|none\s+of\b|neither\s+(?:of|\w+\s+nor)\b"
    r"|(?:there\s+(?:is|are)\s+)?no\s+(?:solutions?|change|effect|such|information|one|answer|difference|real|relation\w*|conclusion|correct)\b",
    regex.IGNORECASE,
)


def denied_option(mark: str, text: str) -> bool:
    """Whether what stands behind an option's label takes it back, and is not the option's text.

    Args:
        mark: What sets it off from the label: a bracket, a full stop, a comma; blank for none.
        text: What follows the mark.

    Example:
        >>> denied_option(")", "no"), denied_option(".", "Cannot be determined")
        (False, False)
        >>> denied_option(",", "I guess"), denied_option("", "also A"), denied_option(",", "not A")
        (True, True, False)
    """
    if not text.strip() or _CONTRAST.match(text) or _OPTION_TEXT.match(text):
        return False
    if mark.strip() in (")", ".", ":") and text.strip() in (
        "Maybe",
        "Perhaps",
        "Possibly",
        "Probably",
    ):
        return False
    if _SPEAKS_OF_IT.match(text) or (text[:1].islower() and speaker_doubts(text)):
        return True
    if mark.strip() in ("", ","):
        first = next(
            spotted(text, "denies", "hedges", "retracts", "rivals", "speaks", after=True), None
        )
        return first is not None and not text[: first.start].strip(" (")
    return False


_SPEAKER_SAYS = regex.compile(
    r"[\s,;:(\[–—-]*+(?:(?:but|though|and)\s+)?(?:(?:very|most|highly|quite|just|only|it\s+is|it's|that's|i'm|i\s+am)\s+)*+"
    r"(?:unlikely|probably|maybe|perhaps|possibly|likely|(?:i|my|a|best|wild)\s+guess|guess|guessing|not\s+(?:sure|certain|really)"
    r"|unsure|uncertain\s+about|who\s+knows|who\s+can\s+(?:say|tell)|i\s+(?:think|doubt|suppose|believe)\s*(?:so|it)?"
    r"|(?:definitely|certainly|clearly|surely|absolutely|obviously)\s+(?:not|wrong|false|incorrect)|no\s+idea|don't\s+know"
    r"|i\s+don't\s+(?:know|think)|by\s+no\s+means|not\s+at\s+all|hard\s+to\s+say|可能|也许|大概|不确定|quizás|tal\s+vez|peut-être|vielleicht|talvez|forse"
    r"|возможно|наверное|かもしれ|たぶん|おそらく|아마|có\s+lẽ|ربما)(?!\w)",
    regex.IGNORECASE,
)


def speaker_doubts(remark: str) -> bool:
    """Whether a remark says that the speaker doubts it, as no option's text would.

    Example:
        >>> speaker_doubts(" (unlikely)"), speaker_doubts(", definitely not"), speaker_doubts("no")
        (True, True, False)
    """
    return _SPEAKER_SAYS.match(remark) is not None


# Things counted -------------------------------------------------------------------------------

MAX_WORDS = 5
"""More words after a number are a statement, not a unit."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CONTRACTION = re.compile(r"\w['’](?:t|s|re|ve|ll|m|d)$")
_NOUNS_IN_LY = frozenset(
    "family fly supply reply jelly belly bully lily ally butterfly dragonfly firefly housefly anomaly "
    "monopoly assembly poly ply rally tally gully dolly trolley folly doily hourly daily weekly monthly "
    "yearly quarterly elderly early only exactly lovely friendly respectively".split()
)
_DOUBTFUL = re.compile(
    r"(?:un|in|im|ir|dis|mis)\w+(?:able|ible|ect|alid|true|ain|ure|act|rect|roved|carded)"
)
# "42 thousandths" is not 42.
_PART = re.compile(
    r"hal(?:f|ves)|thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten|eleven|twelf|\w+teen|\w+tie|hundred|"
    r"thousand|million|billion|trillion)ths?|fourths?"
)
_NUMBER = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_UNASKED = frozenset("in s a".split())
"""Words that are units as well: inches, seconds, years."""


@ANSWERS.remember(entries=4_096)
def counts(phrase: str) -> bool:
    """Whether words after a number only say what is counted, by their shape and by the table.

    Example:
        >>> [counts(phrase) for phrase in ("apples", "students per class", "cm squared")]
        [True, True, True]
        >>> [counts(phrase) for phrase in ("hardly", "I doubt it", "squared", "nobody knows")]
        [False, False, False, False]
    """
    found = _WORD.findall(phrase.casefold())
    if len(found) > 1 and found[-1] in ("squared", "cubed"):
        found.pop()  # cm squared; but 42 squared is not 42
        phrase = phrase[: phrase.casefold().rfind("d") - len("square")]
    if len(found) > MAX_WORDS:
        return False
    for word in found:
        if word in _NUMBER or _PART.fullmatch(word) or _CONTRACTION.search(word):
            return False
        if word.endswith("ly") and len(word) > 2 and word not in _NOUNS_IN_LY:
            return False
        if _DOUBTFUL.fullmatch(word):
            return False
    return not any(
        spot.word not in _UNASKED
        for spot in spotted(
            phrase, "denies", "hedges", "retracts", "rivals", "changes", "supposes", "speaks",
            after=True,
        )
    )  # fmt: skip


NEAR_WORDS = 2
"""How many words may stand between a number and what changes it: "at least a whole 5"."""


def doubted(before: str, after: str) -> bool:
    """Whether the words on either side of one value keep it from being what the text states.

    Example:
        >>> (
        ...     doubted("She paid ", " in total"),
        ...     doubted("She paid at least ", ""),
        ...     doubted("", " hardly"),
        ... )
        (False, True, True)
    """
    clause = _clause_before(before)
    if denied_before(before) or _CHANGED.match(clause):
        return True
    return changed_before(clause, NEAR_WORDS) or bool(taken_back(after))


_TWO_VALUES = regex.compile(
    r"\d[\s$)]*+(?:and|or|to|y|o|ou|et|oder|und|e|или|и|或|和|/)[\s$(]*+$", regex.IGNORECASE
)


def changed_before(text: str, words_between: int = 0) -> bool:
    """Whether what stands directly before an answer makes another value of it.

    Example:
        >>> [changed_before(text) for text in ("It is at least ", "half of that is ", "41 or ")]
        [True, False, True]
    """
    return _changed(_clause_before(text), words_between)


def taken_back_before(text: str) -> str:
    """How the clause before an answer takes it back: "denied", "changed", or not at all.

    Example:
        >>> [taken_back_before(text) for text in ("It is not ", "It is at least ", "It is ")]
        ['denied', 'changed', '']
    """
    clause = _clause_before(text)
    if _denied(text, clause):
        return "denied"
    return "changed" if _changed(clause, 0) else ""


def _changed(clause: str, words_between: int) -> bool:
    if clause.strip(" \t\n:$*(_[\\,.!").casefold() in _USUAL:
        return False
    if _TWO_VALUES.search(clause[-12:]) or clause.rstrip(" $(\\*").endswith(
        ("~", "≈", "\\approx", "\\sim")
    ):
        return True
    changing = any(
        len(_NEXT.findall(clause[spot.end :].strip(" $*(\\:_[")))
        <= words_between * (spot.word != "to")
        for spot in spotted(clause, "changes", "rivals", "approximates", after=False)
        if len(spot.word) > 1 and spot.word not in ("et", "und")
    )
    return changing and not _ONLY_THIS.match(clause)
