"""What is said of an answer, or by others, and states none: "the last digit of the answer is"."""

from __future__ import annotations

import regex

from grpo_rewards.wording.dismissals import dismisses, sets_a_trap
from grpo_rewards.wording.elsewhere import is_elsewhere
from grpo_rewards.wording.qualified import is_qualified
from grpo_rewards.wording.vocabulary import spotted

__all__ = ["USUAL", "about_answer", "heads_answer", "is_usual", "told_by_others"]

USUAL = frozenset(
    ("", "the", "final", "the final", "so the", "therefore", "the correct", "the answer is")
)
USUAL |= frozenset(("the final answer is", "answer", "final answer", "so the answer is"))
USUAL |= frozenset(("so", "thus", "hence", "therefore, the answer is", "thus, the answer is"))
USUAL |= frozenset(("so the final answer is", "therefore, the final answer is", "we get"))
"""What stands before most answers, and denies nothing."""


def is_usual(text: str) -> bool:
    """Whether a text before an answer is one of the most common, of which nothing has to be asked.

    Example:
        >>> is_usual("So the answer is $"), is_usual("Half of the answer is ")
        (True, False)
    """
    return len(text) < 40 and text.strip(" \t\n:$*(_[\\,.!").casefold() in USUAL


_NOUN = r"(?:answer|choice|option|response|guess|solution|result|réponse|Antwort|Lösung|ответ|respuesta|resposta|risposta|答案|选项|答え|정답|답)"
_OTHERS_SAY = regex.compile(
    # What would be the answer if something were that is not.
    r"\bif\b[^.]*\b(?:were|had)\b[^.]*(?:['’]d|\bwould)\b(?:\s+\w+){0,3}\W*$"
    # What it can be is not what it is, nor is what it should have been.
    r"|\b(?:could|can|might|may)\s+(?:also\s+|then\s+|well\s+|possibly\s+)?(?:be|equal)\W*$"
    r"|\b(?:it|that|this|(?:the|my|our)\s+(?:final\s+|correct\s+)?(?:answer|result))\s+(?:should|ought\s+to|could|might|would)(?:\s+have|['’]ve)\s+been\W*$"
    r"|\b(?:they|he|she)\s+(?:claims?|says?|insists?|asserts?)(?:\s+that)?\W*$|\b(?:they|everyone|everybody|people|he|she|we|i|you)\s+(?:expected|wanted|claimed|guessed|hoped|predicted)(?:\s+(?:for|it\s+to\s+be))?\W*$|(?-i:\bI)\s+had\W*$"
    # What somebody else answers.
    r"|\b(?:student|textbook|friend|opponent)s?['’]s?\s*+(?:\w+\s+)?$"
    r"|(?-i:\b[Aa]ccording\s+to\s+[A-Z][a-z]+),?\s*+(?:[^,.;\n]{0,40}\b(?:is|be)\W*|(?:the|his|her)\s*+)?$"
    r"|\baccording\s+to\s+(?:my|his|her|their|our|an?|one|some|most|other|the\s+other)\s+(?:\w+\s+)?(?:friend|student|teacher|classmate|book|calculator|people|person|website|solver|colleague)s?\b[^.;\n]{0,40}$"
    r"|\b(?:my|his|her|their|our|an?|the|some|another)\s+(?:\w+\s+)?(?:friend|student|teacher|classmate|brother|sister|colleague|professor|tutor|neighbou?r)s?\s+(?:told|tells)\s+(?:me|us|him|her|them)\b[^,;.\n]{0,40}$"
    # What is asked of who grades it.
    r"|(?:^|[.!?\n]\s)\W{0,6}+(?:please\s+)?(?:mark|grade|accept|reward)(?!\w)\s*+(?:(?:this|it|me|my\s+\w+)\s+)?(?:as\s+(?:correct|right|true|full)\W*)?$"
    r"|(?:^|[.!?\n]\s)\W{0,6}+(?:i\s+(?:keep\s+going|go|am\s+going)\s+back\s+and\s+forth|if\s+i\s+had\s+to\s+(?:bet|guess|choose|pick))\b[^.!?\n]*$|\bmy\s+best\s+(?:shot|try|effort|bet|attempt)\b[^.!?,;\n]*$"
    # What somebody wants, or asked for.
    r"|\b(?:i|we|you)\s+(?:(?:want|hope|wish|expect|aim|ask)(?:ed)?|were\s+(?:hoping|aiming|asking))(?:\s+(?:for|to\s+(?:get|reach|see|have)))?\W*$"
    # What is to be left out, what is an example, a number of another thing.
    r"|(?<!\w)(?:ignore|disregard|forget|skip|delete)(?:\s+(?:the|this|that|what|follow\w*|box\w*|answer|number|value)){0,4}\W*+$"
    r"|(?<!\w)(?:for\s+(?:example|instance)|e\.g\.)[,:]?(?:\s+the)?\s*$"
    r"|(?<!\w)(?:equation|eq\.|figure|fig\.|table|section|theorem|lemma|footnote|exercise|problem|question|page|line|step|chapter|example)\s*+[$(\\]*+$"
    r"|\b(?:people|students|others|everyone|someone|somebody)\s+(?:\w+\s+)?(?:get|gets|got|say|says|said|claim|claims|answer|answers|think|thinks)\W*$"
    r"|(?<!\b(?:i|we|one))\s(?:says?|said|thinks?|believes?|argue[sd]?)(?:\s+that)?(?:\s+the)?\W*$"
    r"|(?<!\b10)(?<!\b9)\d\s?%\s+(?:sure|certain|confident)\b[^.]*$"
    # What was only heard, and what shows how answers are written.
    r"|\b(?:i|we)(?:\s+(?:was|were|have\s+been)|['’]ve\s+been)\s+told\b[^.;\n]{0,40}$|\b(?:i|we)\s+(?:heard|read)\s[^.;\n]{0,40}$"
    r"|\bformat\s+(?:is|(?:should|must|would|will)\s+be|looks\s+like|of\s+answers\s+is)\W*$"
    r"|\b(?:sample|example|dummy|placeholder)\s+(?:of\s+(?:the\s+|a\s+)?(?:\w+\s+)?format|answer|output|response)(?:\s+(?:is|(?:would|will)\s+be))?\W*$"
    # What answer is named as a bad one.
    r"|(?<!\w)(?:naive|naïve|careless|flawed|incorrect|mistaken|wrong|faulty|sloppy)\s+(?:approach|solution|method|count|calculation|computation|reading|argument|attempt)\s+(?:gives|yields|produces|suggests|leads\s+to|(?:would|will)\s+(?:give|yield|be))\W*$"
    r"|(?<!\w)(?:candidates?|possibilit(?:y|ies)|attempts?)\s*+[:：]?\s*+$|\b(?:anti|non)-$"
    r"|(?<!\w)(?:naive|naïve|trap|tempting|worst|bad|poor|decoy|distractor|mauvaise|mala|falsche|falschen|неправильный|неверный|ошибочный|неправильная|неверная|ошибочная"
    rf"|错误的?|错的|誤った|間違った|틀린|잘못된)\s*(?:(?:first|common|possible)\s+)?(?:to\s+)?(?:{_NOUN}\s*(?:is|est|ist|es|(?:would|will)\s+be|[:：是为は은는이])?)?\W*$",
    regex.IGNORECASE,
)


def told_by_others(text: str) -> bool:
    """Whether a text before an answer tells what somebody else says, wants or would find.

    Example:
        >>> told_by_others("According to Tom, it must be "), told_by_others("The sum must be ")
        (True, False)
    """
    return _OTHERS_SAY.search(text) is not None


_ABOUT_ANSWER = regex.compile(
    r"\bwhose\s+\w+(?:\s+\w+)?\s+(?:is|are|equals?)\s*$|\b(?<!value )(?<!form )(?:of|than|twice|half|thrice|from)\s+(?:the|my|our|this)\s+(?:final\s+|correct\s+)?answer\b"
    r"|\b(?:double|triple|quadruple|a\s+(?:third|quarter)\s+of)\s+the\s+(?:final\s+|correct\s+)?answer\b|\banswer\s+(?:plus|minus|times|squared|cubed|modulo|mod|divided|multiplied)\b|\banswer['’]s\s(?!$)|\banswer\s+to\s+(?:a\s+different|another|the\s+other)\b"
    r"|\b(?:answer|solution|result)\s+(?:has(?!\s+to\b)|rhymes|resembles?|divides?|beats?|precedes?|follows?|differs?|contains?|ends?|starts?|begins?|consists?|includes?|involves?|takes|was\s+given\s+by|is\s+hidden)\b"
    r"|\b(?:answer|option|choice)\s+(?:that\s+(?:is|was|we|i)\s+(?:\w+\s+)?)?(?:left\s+out|ruled\s+out|excluded|eliminated|discarded|rejected|to\s+(?:avoid|exclude|eliminate|discard|reject|rule\s+out))\b"
    r"|\b(?:answer|option|choice|one|what)\s+(?:that\s+)?(?:(?:most|many|some|other|few|they|people|students|everyone|everybody|others)\s+(?:\w+\s+){0,3}?(?:give|pick|choose|say|want|expect|think|believe|guess|prefer|select|match)(?:e?s)?|you\s+(?:\w+\s+)?(?:expect|think|believe|want\s+to\s+hear))\b"
    r"|\b(?:another|(?<!no\s)other|second|old|earlier|previous|initial|original|my\s+first|naive|naïve|usual|(?:most\s+)?(?:popular|common)|alternative|(?<!\b(?:only|the|this|that|no)\s)one|textbook|partial|intermediate"
    r"|temporary|rough|draft|trial|interim|fallback|back-?up|second-best|next-best|runner-up|placeholder|sample|default|hypothetical|alleged|so-called(?:\s+(?:correct|right|best))?|supposed|candidate|some|(?:one|some|any|many|most|several)\s+of\s+the(?:\s+possible)?|(?<!\b(?:only|best|sole|single|unique|largest|smallest|greatest|least|highest|lowest|longest|shortest|minimum|maximum|minimal|maximal|(?:the|this)\s+one)\s)possible)"
    r"\s+answers?(?:\s+(?:that\s+)?(?:i|we)\s+(?:gave|had|got|wrote|chose|picked|found))?(?:\s+(?:is|was|are|were|(?:would|will|might|could|may)\s+be))?\W{0,9}$|\bfirst\s+answer\s+(?:that\s+)?(?:i|we)\s+(?:gave|had|got|wrote|chose|picked|found)\b|\bformat\s+of\s+(?:the\s+)?answers?\b|\bintermediate\s+(?:result|value)(?:\s+(?:is|was))?\W{0,9}$"
    r"|(?-i:\b(?!Today|Let|That|It|Here|What|There|Who|He|She|Problem|Question)[A-Z][a-z]+['’]s)\s(?:final\s|first\s|own\s)?(?:answer|guess)\s(?:is|was)\W*$"
    r"|\banswers?\s+(?:that\s+)?(?:you|they|he|she|everyone|people|somebody)\s+(?:wants?|expects?|gave|gives?|wrote|said|hopes?)\b|\basked\s+for\s+the\s+answer\b"
    r"|,\s(?:if|presumably|probably|perhaps|maybe|possibly|apparently|supposedly|hopefully)\b[^,.;\d]{0,40},\s(?:is|are|was|equals|would\s+be|must\s+be)\W*$"
    r"|(?<!\b(?:the|only|exactly|just|than)\s)\bone\s(?:such\s)?(?:solution|root|zero|answer|candidate|possibility|example)\s(?:is|would\s+be|could\s+be)\b[^.,;:\d]{0,10}$|\ban?\s(?:\w+\s)?(?:option|candidate|alternative|possibility)\s(?:is|(?:would|will|could)\s+be)\W*$|\b(?:an?|another)\sexample\b[^.,;:]{0,40}\s(?:is|(?:would|will)\s+be)\W*$"
    r"|(?<!\b(?:for|of)\s)\b(?:an?|(?<!\b(?:only|the|this)\s)one|some|another)\s+possible\s+(?:value|solution|result|choice|number|option|integer|total)\b[^.,;:\n]{0,60}$",
    regex.IGNORECASE,
)
"""What speaks of a property of the answer: "the last digit of the answer is 5"."""


def about_answer(text: str) -> bool:
    """Whether a text speaks of a property of the answer, and not of the answer.

    Example:
        >>> about_answer("The last digit of the answer is "), about_answer("The answer is ")
        (True, False)
    """
    return not is_usual(text) and (
        _ABOUT_ANSWER.search(text) is not None or is_qualified(text) or is_elsewhere(text)
    )


# What is told before an answer, tried, or set beside it.
_HEADS_ANOTHER = regex.compile(
    r"\b(?:questions?|problem|task|topic|subject|title|scenario|case|context|passage|text|input|given|facts?|data|(?<!\b(?:next|best)\s)step|part|note|hint|example|plan|goal|aim|approach|method|strategy|background|symptoms?"
    r"|findings?|history|complaint|first|initial|second\w*|alternat\w+|differentials?|others?|options?|choices?|candidates?|possib\w+|distract\w+|mistakes?|error|myth|guess|hypothes\w+|claim|quote|says?|said|compare\w*"
    r"|contrast|rule\w*|against|before|previous\w*|old|former\w*|complications?|risks?|causes?|contraindicat\w+|avoid\w*)\b|['’]s\b",
    regex.IGNORECASE,
)


def heads_answer(label: str) -> bool:
    """Whether what a label names may be what was asked for: "Immediate treatment", "Diagnosis".

    Example:
        >>> heads_answer("Immediate treatment"), heads_answer("Least likely diagnosis")
        (True, False)
        >>> heads_answer("Question"), heads_answer("Tom's diagnosis")
        (False, False)
    """
    if _HEADS_ANOTHER.search(label) or dismisses(label) or sets_a_trap(label, of_label=True):
        return False
    spots = spotted(label, "denies", "hedges", "supposes", "speaks", "plans", "rivals")
    return all(spot.word == "next" for spot in spots)  # the next step may be asked for
