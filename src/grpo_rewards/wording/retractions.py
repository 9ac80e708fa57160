"""What follows an answer and takes it back: a denial, a doubt, a rival, a word that changes it.

A denial somewhere else in the text says nothing of the answer: so what touches the answer is read,
and the sentences after it that speak of it.
"""

from __future__ import annotations

import regex

from grpo_rewards.wording.consequences import bare, concluded_anew, same, shown_anew
from grpo_rewards.wording.patterns import SENTENCE, end_of
from grpo_rewards.wording.second_looks import finds_a_fault
from grpo_rewards.wording.suppositions import gives_another_case, is_restricted
from grpo_rewards.wording.vocabulary import any_of, spotted, words

__all__ = [
    "CONTRAST",
    "INTERJECTIONS",
    "LONGEST_CLAUSE",
    "WORD_OR_SIGN",
    "renounced",
    "taken_back",
]

LONGEST_CLAUSE = 120
"""How far (characters) from an answer a clause is read."""

INTERJECTIONS = frozenset(
    "no nope nah non nein não нет ні いいえ 아니 아니요 không لا 不 不对".split()
)
"""Denials that are a sentence by themselves, and speak of what was said before."""

_OPENING = regex.compile(
    r"(?:\\(?:text\w*|mathrm|quad|qquad)(?![A-Za-z])\s*\{?|[\s$*_)}\]`\"'”»】」\\])*+"
)
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
        "oh", "really", "actually", "got", "get", "found", "had", "wrote", "first", "mais", "je", "ne", "suis", "pero", "aber", "ich", "bin", "mir", "ma", "mas", "eu", "io", "но", "я", "es", "est", "ist", "é", "è", "eso", "c'est", "das", "isso", "это",
    )
)  # fmt: skip
WORD_OR_SIGN = regex.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
CONTRAST = regex.compile(
    r"(?:not|rather\s+than|instead\s+of|and\s+not|y\s+no|pas|nicht|não|non|а?\s*не|而不是|而非|不是)(?![A-Za-z])\s*+"
    r"(?:the\s++)?[\s$*(\\]*+(?:option\s+|choice\s+)?(?:[-+−]?\d|boxed|f?box|[dt]?frac|sqrt|[A-Z]\b)",
    regex.IGNORECASE,
)
_NO_SPACE = regex.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_RIVAL = regex.compile(
    r"(?P<join>or(?:\s+(?:maybe|perhaps|possibly|rather))?|also|and(?:\s+also)?|then|versus|vs\.?|plus|nor|/|\||&|"
    r"alternatively|else|o|u|y|ou|et|oder|und|e|oppure|или|либо|и|hoặc|hay|và|أو|或者?|还是|和|与|または|あるいは|또는|혹은)"
    r"(?=[\s$\\\d*,])[\s$*,(}]*+(?:\\[a-z]+\s*\{)?\s*+(?:[A-Za-z]\s*+=\s*+)?(?P<other>[-+−]?\.?\d[\d.,/]*|\\[A-Za-z]+|\(?[A-J]\)?(?!\w))",
)
_CHANGED_AFTER = regex.compile(
    r"\s*+(?:(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore)s?|doubled|tripled|halved|squared|cubed|something"
    r"|(?:plus|minus|times|over|less\s+than|more\s+than|fewer\s+than|(?:divided|multiplied)\s+by)\s+(?:an?|one|two|three|half|some|\S*\d\S*)"
    r"|(?:should\s+(?:be|read|say|have\s+been)|(?:becomes?|turns?\s+into|changes?\s+(?:in)?to|rounds?\s+(?:up\s+|down\s+|off\s+)?to|is\s+(?:then\s+)?(?:replaced|changed|corrected|rounded|reduced)\s+(?:by|to|with)))\s+[-−$\\(]*\d[\d.,]*"
    r"|as\s+an?\s+(?:upper|lower)\s+bound|and\s+(?:a\s+half|change)|(?:hours?|hrs?|minutes?|mins?|days?|weeks?|months?|years?|feet|foot|ft|yards?|pounds?|lbs?|dollars?|euros?|degrees?|km|m|kg)\s+(?:and\s+)?\d+\s+(?:hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|months?|inch(?:es)?|in|feet|ft|ounces?|oz|cents?|cm|g|grams?|metres?|meters?)|万|亿|千|百)(?!\w)|\s*+(?:[+×*·÷^]|\\?(?:times|cdot|div)(?![A-Za-z]))\s*+[\d({\\]",
    regex.IGNORECASE,
)


_ROUNDED = regex.compile(r"(?:\\?approx(?![A-Za-z.])|≈|\\?simeq(?![A-Za-z]))\s*+[-−$\\]*\d")
_CROSSES = tuple("✗✘✖❌❎🚫⛔👎")
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
    if value and shown_anew(near, value):
        return "a rival"
    start = end_of(_OPENING, near)
    if near[start : start + 1] in ("?", "？"):
        return "doubted"
    if near[start : start + 1] in _CROSSES:
        return "denied"
    stop = _STOP.match(near, start)
    if stop:
        return _retracted(near[stop.end() :], value) or _replaced(near[start:], value)
    start = end_of(_JOIN, near, start)
    if CONTRAST.match(near, start) or _ROUNDED.match(near, start):
        return ""
    if "\n\n" not in near[:start] and _CHANGED_AFTER.match(near, start):
        return "changed"
    rival = _RIVAL.match(near, start)
    if rival and rival["other"].strip("().,") != value.strip("() "):
        return "a rival"
    if _LEFT_OPEN.match(near, start) or is_restricted(near[start:], value):
        return "doubted"
    rest = near[near.rindex("\n", 0, start) :] if "\n" in near[:start] else near[start:]
    if rest[:1] == "\n" and near[start : start + 1].isupper():  # a sentence of its own
        return _retracted(near[start:], value) or _replaced(rest, value)
    return _said_of(near[start:]) or _replaced(rest, value)


_LEFT_OPEN = regex.compile(
    r"(?:or|and|but)\s+(?:maybe|perhaps|possibly|probably)\b"
    r"|or\s+(?:whatever|(?:less|fewer|more)(?!\s+(?:precisely|exactly|specifically|simply|compactly|formally|generally|briefly)))\b",
    regex.IGNORECASE,
)
# What takes back an answer from further behind it, in a sentence of its own.
_DISOWNED = regex.compile(
    r"\b(?:may|might|could)\s+(?:well\s+|also\s+)?(?:be|have\s+been)\s+(?:wrong|mistaken|incorrect|off)\b|\b(?:may|might|could)\s+have\s+(?:made|missed|miscounted)\b"
    r"|\bi(?:['’]m|\s+am)\s+(?:lying|joking|kidding|(?:only|just)\s+\d+\s*%)|\bplease\s+(?:verify|check|confirm)\s*+(?:it|this|that)?+[.!]*+\s*+$|(?<!\w)then\s+again\b|\bi\s+should\s*(?:have|['’]ve)\b"
    r"|\b(?:reasoning|argument|calculation|work)\s+(?:is|may\s+be|might\s+be)\s+(?:\w+ly\s+)?(?:flawed|wrong|incorrect|unreliable)\b"
    r"|\d\s+(?:also\s+works|is\s+also\s+(?:an?\s+)?(?:valid|possible|acceptable|correct)\b)"
    r"|\bconfidence(?:\s+level)?(?:\s+is|\s*[:=])?\s*+(?:is\s+)?(?:very\s+|quite\s+|rather\s+|only\s+)?(?:low|none|zero|(?:[0-4]?\d(?:\.\d+)?|50)\s?\\?%|0?\.[0-4]\d*|0?\.50?(?!\d)|[0-5]\s?/\s?10(?!\d)|0)(?!\w|\.\d|\s?/)"
    r"|(?<![\d.])(?:[0-4]?\d|50)\s?\\?%\s+(?:sure|certain|confident|confidence)\b"
    r"|\b(?:a|just|only|merely|as)\s+(?:a\s+)?placeholder\b|\bmade\s+(?:that|this|it|them)\s+(?:number\s+|value\s+)?up\b|\bmade[-\s]up\b"
    r"|\b(?:could|might|may)\s+(?:also|equally|just\s+as\s+well)\s+be\s+(?:[-$(]*\d|[A-J]\b|correct|valid|right|the\s+answer)|\banother\s+(?:possible|valid|acceptable)\s+(?:answer|solution|value)\b"
    r"|\b(?:so|thus|therefore),?\s+(?:it|this|that)(?:['’]s|\s+is)\s+(?:wrong|incorrect|not\s+(?:right|correct))\b"
    r"|\bneeds?\s+(?:checking|verification|verifying|confirmation|to\s+be\s+(?:checked|verified|confirmed))\b"
    r"|(?<![^\s(;:.,—–-])(?:please\s+)?(?:disregard|ignore|forget)(?:\s+(?:that|this|it|all|everything|the\s+(?:above|previous)|what\s+i|my)\b|[.!]|$)"
    r"|\b(?:is|was)\s+(?:only\s+)?(?:my|a|the)\s+(?:first|initial|wild|random|rough)\s+(?:attempt|guess|thought|try|idea)\b"
    r"|\b(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+(?:only\s+|just\s+)?an?\s+(?:trap|trick|mistake|lie|joke|bluff|guess|typo|error)\b"
    r"|\b(?:that|this|my|the)\s+(?:answer|result|value|number|choice|option|solution|calculation|one)\s+(?:can(?:no|['’])t|can\s*not|could(?:n['’]t|\s+not)|is(?:n['’]t|\s+not)"
    r"|must\s+not|does(?:n['’]t|\s+not)\s+(?:seem|look)|seems|looks|is|was|must\s+be)(?:\s+(?:be|too|completely|clearly|obviously))*\s+(?:right|correct|wrong|incorrect|true|false|off|mistaken|impossible|too\s+\w+)\b(?<!is\s(?:right|correct|true))"
    r"|\b(?:that|this|it)(?:['’]s|\s+is)\s+(?:only\s+|just\s+)?my\s+(?:best\s+|first\s+)?guess\b"
    r"|(?<!\w)no,?\s+(?:it|that|this)\s*(?:isn['’]t|is\s+not|can['’]t|cannot|['’]s\s+not|was\s+not|wasn['’]t|doesn['’]t)"
    r"|\bis\s+(?:only\s+|just\s+)?what\s+(?:an?|some|most|many|the|other)\s+(?:\w+\s+){0,2}(?:would|might|could)\s+(?:say|answer|get|think|write|guess|claim)\b"
    r"|\bdo(?:n['’]t|\s+not)\s+(?:trust|take|quote|rely\s+on)\s+(?:it|this|that|me)\b",
    regex.IGNORECASE,
)
_OTHER = r"[\s*$(\\]{0,8}+(?:boxed\{)?(?P<other>[-+−]?\.?\d(?:[\d.,/]*\d)?+(?!\s*[\^*+=×]|\s+(?:more|less|times|fewer)\b)|(?-i:[A-J])(?![\w'’]))"
_REPLACED = regex.compile(
    r"(?:(?:wait|no|oops|hmm|sorry|error|mistake|actually|edit|update|correct(?:ion|ed|ing)|re-?check\w*|double[-\s]check\w*|re-?comput\w+|re-?calculat\w+|however|but)\b[^\n]{0,100}?"
    r"\b(?:it|that|this|so|answer|result|value|one)(?:['’]s|\s+is|\s+(?:should|must|has\s+to|ought\s+to|would)\s+be)(?:\s+(?:actually|really|instead|rather))*+"
    r"|(?<=^|[(;:.,!?—–)\n-]\s?)(?P<beside>or|alternatively|instead|edit|update|correction|actually)[,:]*+(?:\s+(?:it|that|the\s+answer)(?:['’]s|\s+is|\s+(?:might|may|could)\s+be))?(?:\s+(?:maybe|perhaps|possibly|even))*+"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:(?:but|so|now)\s+)?(?:on\s+reflection,?\s+|looking\s+again,?\s+)?(?:i|we)\s+(?:would\s+rather\s+|['’]d\s+rather\s+|now\s+)?(?:get|got|say|think|mean|meant)(?:\s+(?:that\s+)?(?:it|the\s+answer)\s+(?:is|(?:should|must|might)\s+be))?"
    r"|(?<![^\s(;:.,—–-])(?:final(?:\s+answer)?\s*:|so\s+(?:it|that)(?:['’]s|\s+is|\s+must\s+be))"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:(?:let['’]?s|please|or|so)\s+)?(?:make|call)\s+(?:that|it)(?:\s+(?:an?|the))?"
    r"|(?<=^|[;:.!?—–\n-]\s?)or\s+(?:is|was|should|could|would)\s+(?:it|that)(?:\s+be)?"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:i\s+)?(?:stand\s+corrected[:,.;]?|meant\s+(?:to\s+(?:say|write)|it\s+as)|(?:should|must)\s+(?:read|say))"
    r"|\b(?:change|switch|revise|amend|correct|update)\s+(?:that|it|this|(?:my|the)\s+(?:final\s+)?answer)\s+to"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:i(?:['’]ll|['’]m|\s+will)|let['’]?s|let\s+me)\s+(?:rather\s+|instead\s+)?(?:go|going|settle|stick|say|answer|pick|choose)(?:\s+(?:with|on|for))?"
    r"|\b(?:another|other|different|second|alternative|alternate)\s+(?:possib(?:ility|ilities|le\s+\w+)|options?|alternatives?|readings?|interpretations?|opinions?|answers?|candidates?|solutions?)\b(?:\s*:|,?\s+(?:(?:it|that)\s+)?(?:is|are|gives?|yields?|includes?|would\s+be|might\s+be|could\s+be))"
    r"|(?<=^|[.!?\n]\s?)alternatives?\s*:"
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
    if _DISOWNED.search(text) or _DISOWNS_ALONE.search(text) or finds_a_fault(text, value):
        return "retracted"
    if any(map(str.isdigit, value)) and _SAYS_FALSE.search(text):
        return "denied"
    own = _NOT_IT.search(text)
    if own and same(bare(own["own"]), bare(value)):
        return "denied"
    if given_anew(text, value) or concluded_anew(text, value) or gives_another_case(text, value):
        return "a rival"
    if _ALSO.search(text):
        return "a rival"
    said = bare(value)
    for match in _REPLACED.finditer(text):
        if "would be" in match[0] and _IF.search(text, 0, match.end()):
            continue  # of another case
        if match["beside"] and _names_a_value(text[: match.start()]):
            continue  # "The ratio is 3:4, or 0.75" speaks of that ratio
        if not same(bare(match["other"]), said):
            return "a rival"
    return ""


_SAYS_FALSE = regex.compile(
    r"(?:^|[.!?\n(]\s?)[\s(*_]{0,6}+(?:this|that|the\s+(?:above|previous|last|preceding))\s+(?:statement|sentence|claim|answer|line|result)\s+is\s+(?:false|untrue|wrong|incorrect|a\s+lie)\b",
    regex.IGNORECASE,
)
# "The answer is 42. Not 42, 43."
_NOT_IT = regex.compile(
    r"(?:^|[.!?\n]\s?)\s{0,3}+(?:it\s+is\s+|but\s+)?not\s+[$*(]{0,3}(?P<own>[-−]?\d[\d,]*+(?:\.\d++)?+|(?-i:[A-J])(?![\w'’]))",
    regex.IGNORECASE,
)
# What disowns an answer as a sentence of its own, and says nothing as a part of another.
_DISOWNS_ALONE = regex.compile(
    r"(?<=^|[.!?\n]\s?)[*_(\s]{0,6}+(?:(?:but|and|however|no|oh|hmm|ah),?\s+)?+"
    r"(?:error|void|just\s+(?:joking|kidding)|the\s+opposite\s+is\s+(?:true|the\s+case)|(?:please\s+)?double[-\s]check(?:\s+(?:it|this|that|me))?|(?:please\s+)?take\s+(?:it|this|that)\s+with\s+a\s+(?:grain|pinch)\s+of\s+salt|do(?:n['’]t|\s+not)\s+use\s+(?:it|this|that)"
    r"|i\s+(?:really\s+)?(?:do\s+not|don['’]t)\s+(?:really\s+)?know|i\s+(?:can(?:not|['’]t)|could(?:\s+not|n['’]t)|am\s+not\s+able\s+to)\s+(?:verify|confirm|check|guarantee|vouch\s+for)\s+(?:it|this|that|my\s+answer)|i\s+have\s+(?:no|little|not\s+much)\s+confidence\s+in\s+(?:it|this|that|my\s+answer)|withdrawn|retracted|revoked|undo|not\s+so\s+fast|(?:cancel|delete|undo|strike|scrap|revoke)\s+(?:that|it|this)|it\s+can(?:['’]t|not|\s+not)\s+be"
    r"|(?:please\s+)?(?:ignore|disregard|forget)\s+(?:everything|all|that|this|it)\b[^.!?\n]{0,30}|do(?:n['’]t|\s+not)\s+trust\s+(?:it|this|that|me)"
    r"|(?:one|two|1|2)\s+(?:too\s+(?:few|many|little|much)|short|off)"
    r"|(?:that|this|it|they|he|she|everyone|everybody|everything(?:\s+(?:above|so\s+far))?|all\s+(?:of\s+)?(?:that|this|the\s+above)|the\s+(?:above|(?:previous|last)\s+(?:line|sentence|statement|answer|result|step)))"
    r"\s+(?:is|was|are|were|would\s+be|must\s+be|has\s+to\s+be)\s+(?:all\s+|quite\s+|completely\s+|clearly\s+|obviously\s+|just\s+)*(?:wrong|incorrect|false|mistaken|untrue|invalid|nonsense)(?:\s+about\s+(?:that|it|this))?"
    r"|(?:except\s+(?:that\s+)?)?(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+)?(?:changed\s+(?:my|our)\s+mind|miscounted|misread\s[^.!?\n]{0,30}|misunderstood\s[^.!?\n]{0,30}|miscalculated|lied|(?:withdraw|retract|revoke)\s[^.!?\n]{0,30}"
    r"|forgot\s+(?:one|two|to\s+(?:add|subtract|multiply|divide|count|include|carry|halve|double)\b[^.!?\n]{0,30}))"
    r")[*_)\s]{0,6}+(?:[.!]|$)",
    regex.IGNORECASE,
)
# A sentence that gives a value and says nothing of what it would be the value of: "Make that 43."
_GIVEN_ANEW = regex.compile(
    r"(?![-*•–]\s)[\s*_=→⇒>!(-]*+(?P<words>(?:[^\W\d_]++(?:['’][^\W\d_]++)*+[\s,:;…—–.*_(-]*+){0,8}?)"
    r"[$*(\\\[\s]*+(?P<other>[-+−]?\d[\d,]*+(?:\.\d++)?+|(?-i:[A-HJ])(?!\w))[)\]$*\s]*+"
    r"(?P<more>(?:[,\s]*+[^\W\d_]++(?:['’][^\W\d_]++)*+){0,5}+)[\s.!?*_)]*+",
    regex.IGNORECASE,
)
_GIVING = frozenset(
    (
        "so", "thus", "hence", "then", "therefore", "equally", "likewise", "same", "ps", "nb", "note", "but", "and", "or", "well", "actually", "really", "rather", "instead",
        "no", "nope", "nah", "wait", "oh", "ah", "er", "uh", "um", "eh", "hmm", "ugh", "oops", "whoops", "darn", "sorry", "hold",
        "up", "on", "hang", "maybe", "perhaps", "possibly", "otherwise", "else", "alternatively", "strictly", "better", "truth", "fact",
        "reality", "in", "the", "a", "it", "it's", "its", "this", "that", "that's", "which", "is", "was", "be", "should", "must", "could",
        "might", "may", "would", "has", "to", "makes", "gives", "becomes", "equals", "i", "i'll", "i'd", "i'm", "we", "let", "let's", "me",
        "choose", "chose", "pick", "go", "going", "with", "settle", "settling", "mean", "meant", "say", "get", "got", "make",
        "use", "take", "put", "write", "read", "replace", "by", "change", "please", "typo", "erratum", "fix", "fixed", "correction", "corrected", "rectification", "update", "updated",
        "revised", "revision", "edit", "new", "final", "answer", "real", "right", "true", "verified", "verification", "recount", "recounting", "recheck", "rechecking", "checking", "checked",
        "again", "after", "my", "mind", "changed", "misread", "forgot", "one", "lied", "lies", "kidding", "joking", "just", "gotcha", "psych", "off", "plus", "add", "now",
    )
)  # fmt: skip
_GIVEN_MORE = frozenset(
    (
        "is", "it", "the", "a", "right", "correct", "better", "one", "answer", "my", "our", "final", "actual", "actually", "really",
        "instead", "rather", "sorry", "i", "mean", "meant", "then", "though", "now", "think", "be", "should", "must", "of", "course",
    )
)  # fmt: skip
# Not behind the "1." or "- A." of a list.
_SENTENCES = regex.compile(r"(?<=[.!?])(?<!(?:^|\n)[-*•>(\s]{0,6}(?:\d{1,2}|[A-J])\.)\s++|\n\s*+")


def given_anew(text: str, value: str) -> bool:
    """Whether a sentence behind an answer gives another one, and none of something else.

    Example:
        >>> given_anew(". Make that 41.", "42"), given_anew(". It is 6 times 7.", "42")
        (True, False)
    """
    said = bare(value)
    if not _NUMBER_OR_LETTER.fullmatch(said):
        return False
    for sentence in _SENTENCES.split(text)[1:]:
        match = _GIVEN_ANEW.fullmatch(sentence)
        if match is None:
            continue
        words = {word.replace("’", "'") for word in _LETTERS.findall(match["words"].casefold())}
        more = {word.replace("’", "'") for word in _LETTERS.findall(match["more"].casefold())}
        other = bare(match["other"])
        gives = words <= _GIVING and more <= _GIVEN_MORE and not _GIVES_ELSE.search(match["words"])
        is_alike = other[-1:].isdigit() == said[-1:].isdigit()
        if gives and is_alike and (words or sentence[:1] not in "([") and not same(other, said):
            return True
    return False


# "We add 2", "By (3)", "In 2024", "One might say 43".
_GIVES_ELSE = regex.compile(
    r"\b(?:add|plus|after|in|(?<!\breplace (?:it|that|this) )by)\W*$|\bone\s+(?:might|could|may|would)\b",
    regex.IGNORECASE,
)


def renounced(text: str) -> bool:
    """Whether a sentence behind the first one of a text takes back all of it.

    Example:
        >>> renounced("Paris. I changed my mind."), renounced("I changed my mind.")
        (True, False)
    """
    stop = _FIRST_STOP.search(text[: 2 * LONGEST_CLAUSE])
    return stop is not None and _DISOWNS_ALONE.search(text[stop.end() :]) is not None


_FIRST_STOP = regex.compile(r"(?<=\w\w)[.!]\s++(?=\S)")


_NUMBER_OR_LETTER = regex.compile(r"[-+−]?\d{1,18}(?:\.\d{1,18})?|[A-J]")
_LETTERS = regex.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)*+")


_IF = regex.compile(r"\b(?:if|had)\s[^.!?\n]*$", regex.IGNORECASE)


def _names_a_value(text: str) -> bool:
    """Whether the sentence that a text ends in names a number of its own, outside brackets."""
    start = max(text.rfind(mark) for mark in (". ", "! ", "? ", "\n"))
    if start < 0 and text[:1] not in ".!?\n":
        return False  # what goes on from the answer
    return any(map(str.isdigit, _BRACKETED.sub("", text[start + 1 :])))


_BRACKETED = regex.compile(r"\([^()]*+\)")


def _said_of(text: str) -> str:
    """What the beginning of a clause says of the answer before it."""
    end = SENTENCE.search(text)
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
    between = [word.casefold() for word in WORD_OR_SIGN.findall(clause[: spot.start])]
    if spot.sense == "disowns" and not _COPULAS.intersection((*between, spot.word.split()[-1])):
        only = "just" in between or "only" in between or "merely" in between
        return "doubted" if only and len(between) == 1 else ""
    if _BEST_REACHED.match(clause, spot.start):
        return ""
    if spot.word == "possible" and not between and _COUNTED.match(clause, spot.end):
        return ""  # "42 possible codes"
    is_last = not clause[spot.end :].strip(" )]\"'*_$") and len(between) <= 4
    if is_last and spot.word in _BARE_DENIALS:
        return "denied"
    touches = all(word.replace("’", "'") in _FILLER or not word[0].isalnum() for word in between)
    unspaced = spot.start <= 2 and _NO_SPACE.search(clause[: spot.end])
    if not touches and not unspaced:
        return ""
    return _HOW.get(spot.sense, "doubted")


_COUNTED = regex.compile(r"\s+(?!answer|solution|value|result|but|and|or|though|if)[a-z]{2,}s\b")
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
        "answer", "however", "though", "or", "maybe", "perhaps", "that's", "it's", "let", "me", "above", "previous", "result", "value", "final",
        "although", "just", "a", "we", "are", "seems", "looks", "しかし", "でも", "ただし", "但", "但是", "不过", "然而", "하지만", "그런데", "pero", "mais", "aber", "mas", "ma", "но", "однако", "nhưng", "لكن",
    )
)  # fmt: skip


_ANOTHER = regex.compile(
    r"\s+(?:be\s+|equal\s+to\s+|option\s+)?\(?\$?(?P<other>[-−]?\d[\d.,]*|[A-J](?!\w))"
)


def _retracted(text: str, value: str) -> str:
    """Whether a new sentence takes back what was said before."""
    end = SENTENCE.search(text)
    sentence = text[: end.start() if end else None][:LONGEST_CLAUSE]
    for spot in spotted(sentence, "retracts", "denies", "hedges", after=True):
        if spot.word in ("if", "unless", "could", "would", "might", "may"):
            return ""
        if spot.word in ("suppose", "assume", "assuming") and not _SO.match(sentence, spot.end):
            return ""
        if (
            spot.sense == "hedges"
            and spot.word not in _WAVERING
            and not _OF_ANSWER.match(sentence, spot.end)
        ):
            return ""  # "Perhaps surprisingly, the two are equal"
        between = [word.casefold() for word in WORD_OR_SIGN.findall(sentence[: spot.start])]
        if not all(word.replace("’", "'") in _BACK or not word[0].isalnum() for word in between):
            return ""
        other = _ANOTHER.match(sentence, spot.end)
        if spot.sense == "denies" and other and bare(other["other"]) != bare(value):
            return ""  # "It is not 4" speaks of 4
        if between[-2:] == ["it", "is"] and sentence[spot.end :].startswith(
            (" that ", " to ", " for ")
        ):
            return ""  # "It is impossible to get an odd sum"
        says = _HOW.get(spot.sense, "doubted")
        rest = sentence[spot.end :].strip(" ,.;:")
        if not between and spot.word in INTERJECTIONS and sentence[spot.end : spot.end + 1] == ",":
            return "retracted"
        if says == "retracted" or spot.word in words("hedges"):
            return says
        # "No other value works" speaks of others; "That is not right" and "No." of the answer.
        is_pronoun = bool(between) and between[0] not in ("the", "a", "no")
        of_answer = spot.word not in _NOT or _RIGHT.match(rest)  # "That is not prime"
        return says if (is_pronoun and of_answer) or not rest else ""
    return ""


# What a sentence doubts that begins with "maybe" or "I assume": the answer, and not a step.
_OF_ANSWER = regex.compile(
    r"[\s,.:;!…?-]*+(?:$|(?:it|this|that|not|so|i|we|he|they|you|if|wrong|right|another|a\s+different|some\s+other|there|should\s+be|[-−+$]*\d|\(?(?-i:[A-J])(?![\w'’])"
    r"|the\s+(?:final\s+|correct\s+|real\s+|right\s+|actual\s+|true\s+|above\s+)*(?:answer|result|value|number|option|choice|solution|one|other)|answer|my|our|off)\b(?!\s+(?:ball|coin|dice|die)\b))",
    regex.IGNORECASE,
)
_SO = regex.compile(r"(?:\s+(?:so|it|not))?\W*$", regex.IGNORECASE)
_WAVERING = words("wavers") - {"don't know"} | {"hmm"}  # "I don't know the formula, but"
_NOT = frozenset("not isn't wasn't cannot can't never doesn't don't".split())
_RIGHT = regex.compile(
    r"(?:be\s+)?(?:quite\s+|really\s+|actually\s+|entirely\s+|at\s+all\s+)*(?:right|correct|true|valid|accurate|possible|good|it|work"
    r"|what|the|our|my|an?\s+(?:answer|solution|option)|match|fit|make\s+sense|satisfy|so)\b",
    regex.IGNORECASE,
)
