"""A second look behind an answer: whether it finds a fault, and what the text ends in then."""

from __future__ import annotations

import regex

from grpo_rewards.wording.consequences import bare, same
from grpo_rewards.wording.patterns import SENTENCE

NEAR = 300
"""How far (characters) from a second look its sentence is read."""

# "I realize that I overlooked a case", "Let me recalculate": a second look that finds a fault.
_FAULTS = r"(?:errors?|mistakes?|slips?|oversights?|discrepanc(?:y|ies)|inconsistenc(?:y|ies)|inaccurac(?:y|ies)|flaws?)"
_FAULT = (
    rf"(?:{_FAULTS}|incorrect(?:ly)?|wrong(?:ly)?|inaccurate|simplistic"
    r"|mis(?:calculat|interpret|read|understood|understand|count|appl|took|stat)\w*|overlooked|missed|forgot(?:ten)?|not\s+(?:quite\s+|entirely\s+|fully\s+)?(?:right|correct|accurate)"
    r"|needs?\s+(?:for|to)\s+(?:a\s+|be\s+|an\s+|further\s+){0,8}(?:clarif|correct|revis|recalculat|recomput|reconsider|re-?evaluat|adjust)\w*)"
)
_REDO = (
    r"(?:correct|re-?calculate|re-?compute|re-?evaluate|re-?examine|re-?consider|re-?assess|re-?analy[sz]e|re-?solve|re-?count|redo|re-do|rework|rethink|revise|revisit|fix"
    r"|(?:try|do|start|calculate|compute|solve|work)(?:\s+(?:it|this|that))?\s+(?:again|over|anew)|address)"
)
_SECOND_LOOK = regex.compile(
    rf"\b(?:i|we)(?:['’]ve|\s+have)?(?:\s+(?:just|now|also|do|actually|should|must)){{0,8}}\s+(?:made|see|saw|seen|found|find|spot(?:ted)?|notic(?:e|ed)|forgot|recogni[sz]ed?|reali[sz]ed?|acknowledged?|identified|discovered)\b[^.!?\n]{{0,60}}?\b{_FAULT}\b"
    r"|\b(?:i|we)(?:['’]ve|\s+have)?(?:\s+(?:also|had|may\s+have|might\s+have|seem\s+to\s+have))?\s+(?:overlooked|missed|mis(?:calculated|interpreted|read|understood|counted|applied|took|stated))\b"
    rf"|\b(?:there|it)\s+(?:is|are|was|were|has\s+been|seems?|appears?|seemed|appeared|looks)\b(?:\s+(?:like|that|there|to|be|have|been|is|was|i|an?|some|small|slight|made|has|had)){{0,8}}\s+{_FAULTS}(?:\s+in\s+(?:my|our|this|that|the\s+(?:above|previous|calculation|computation|reasoning|solution|steps?|logic|approach|work))\b|\s+(?:here|above|somewhere)\b|\s*(?:[,.;:!]|$))"
    rf"|\b(?:let['’]?s|let\s+(?:me|us)|(?:i|we)(?:['’]ll|\s+(?:will|need\s+to|must|should|have\s+to)))(?:\s+(?:now|first|please|then|carefully|therefore|quickly)){{0,8}}\s+{_REDO}(?=\s+(?:this|that|it|my|our|by|with|from|the\s+(?:answer|calculations?|solution|approach|reasoning|work|result|steps?|problem|question|above|previous|total|value|errors?|mistakes?|issue|sum))\b|\s*(?:[.,:;!…]|$))"
    rf"|\bneeds?\s+(?:\w+\s+)?(?:correction|revision|recalculation|re-?evaluation|to\s+be\s+(?:corrected|revised|recalculated|recomputed|re-?evaluated|reconsidered))\b|\brequires?\s+(?:\w+\s+)?(?:correction|revision|recalculation|re-?evaluation)\b"
    r"|\b(?:however|but),?\s+(?:this|that|it|(?:this|that|my|the)\s+(?:answer|result|value|number))\s+(?:does(?:n['’]t|\s+not)|fails\s+to)\s+(?:match|satisfy|agree|make\s+sense|work|add\s+up|fit)\b",
    regex.IGNORECASE,
)
_NO_FAULT = regex.compile(
    r"\b(?:no|not\s+(?:any|see|find|notice)|if|whether|without|zero|never|should\s+you)\b|n['’]t\s+(?:any|see|find|notice)\b",
    regex.IGNORECASE,
)
# A check, and a mistake of others.
_NOT_A_FAULT = regex.compile(
    r"\b(?:to\s+(?:be\s+(?:sure|safe|certain)|confirm|verify|check|make\s+sure)|common|usual|typical|easy|students?|(?<!\bbe\s)(?:corrected|fixed))\b",
    regex.IGNORECASE,
)

_NUMBERS = regex.compile(r"(?<![\w.])[-−]?\d[\d,]*+(?:\.\d++)?+")


def finds_a_fault(text: str, value: str) -> bool:
    """Whether a second look behind an answer finds a fault in it, and does not end in it again."""
    for match in _SECOND_LOOK.finditer(text):
        nearest = max(0, match.start() - NEAR)
        start = max(nearest, *(text.rfind(mark, nearest, match.start()) + 1 for mark in ".!?\n"))
        end = SENTENCE.search(text, match.end(), match.end() + NEAR)
        sentence = text[start : end.start() if end else match.end() + NEAR]
        if _NO_FAULT.search(text, start, match.end()) or _NOT_A_FAULT.search(sentence):
            continue
        numbers = _NUMBERS.findall(text, match.end())
        return not numbers or not same(numbers[-1].replace(",", ""), bare(value))
    return False
