"""English sentences that state an option by its label: "B must be the answer", "this leaves B".

Each form is read only where it is the whole sentence, so that what denies, doubts or adds another
option leaves none. Some questions ask for the statement that is false, so that what is called so may
be the answer; of an "option" or an "answer" that is called wrong only its text is spoken of.
"""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.patterns import end_of
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.vocabulary import any_of

__all__ = [
    "AS_WHAT",
    "CLAUSE",
    "GROUNDS",
    "OF_OPTIONS",
    "SINCE",
    "is_condition",
    "leaves_open",
    "stated_option",
]

LONGEST = 400
"""Longer sentences (characters) are not looked at."""

# What a sentence begins with ------------------------------------------------------------------

GROUNDS = (
    r"(?!According\s+to\s+(?-i:(?!The|This|These|Our)[A-Z][a-z]+)\b)(?:Based\s+on|Given|From|After|Considering|Seeing\s+(?:how|that)|Looking\s+at|With|In\s+(?:the\s+)?light\s+of|According\s+to)"
    r"\s(?!(?:my|a|an|only|just|some)\b|(?:the|these|those)\s+(?:wrong|false|mistaken|incorrect)\b|common\s+sense\s+rather)[^,.;:!?\n\d$\\]{3,80},\s++"
)
"""What a sentence begins with that says what it rests on: "Based on the analysis above, "."""
OF_OPTIONS = (
    r"(?:(?:out\s+)?of|among|from)\s+(?:all\s+(?:of\s+)?)?(?:the|these|those)\s+(?:\w+\s+){0,2}?"
    r"(?:options|choices|answers|alternatives)(?:\s+(?:given|above|listed|provided|available|here))?(?:,\s++|\s++(?=only\b))"
)
"""What a sentence begins with that says which of them it is: "Of the above choices, "."""

_OPEN_WORDS = r"(?:if|unless|suppos\w+|assum\w+|whether|might|may|could|would|perhaps|maybe|possibly|probably|some|people|seem\w*|appear\w*|at\s+first|initially|not\s+sure|guess\w*|question|who|what|how|doubt\w*|(?:not|\w{2,6}n['’]t)\s+(?:think|believe|agree)|not\s+(?:true|correct|clear|the\s+case)\s+that)"
CLAUSE = rf"(?:(?!\b{_OPEN_WORDS}\b)[^.;:!?\n]){{3,160}}?"
"""A clause that doubts nothing, supposes nothing and tells what nobody says."""
SINCE = rf"(?:since|because|as|given\s+that|now\s+that)\s(?!for\b|if\b|to\b){CLAUSE},\s++"
AS_WHAT = r"\s+(?:\w+\s+){1,2}?(?:answer|option|choice|one|candidate|pick|statement)\b"
"""What an option is left as, and no reason: "as the weakest option"."""
_SURELY = r"(?:yes|ok|okay|alright|all\s+right|clearly|obviously|indeed|definitely|certainly|undoubtedly|surely|without\s+(?:a|any)\s+doubt|no\s+doubt|of\s+course|by\s+(?:the\s+)?(?:process\s+of\s+)?elimination)(?:[,:]\s++|\s++)"

# Options --------------------------------------------------------------------------------------

_NOUN = r"(?:answer\s+(?:choice|option)|(?:the\s+)?choice\s+of|option|choice|answer|statement|letter|alternative)"
_MARKED = r"[(*\[\"“'‘]{0,4}(?P<label>(?-i:[A-J]))(?!\w)(?!['’]\w)[)*\]\"”'’]{0,4}"
_LABEL = rf"(?:{_NOUN}\s+)?{_MARKED}"
_TEXT = r"(?!(?:and|or|but|nor|if|then|is|not)\b)[^\n.;,?()\"“”]{2,160}?"
# With its text, before a verb and at the end.
_SUBJECT = rf"(?:{_LABEL}|(?:{_NOUN}\s+)?[\"“'‘]?(?P<label>(?-i:[A-J]))[\"”'’]?(?:\s\((?P<text>{_TEXT})\)|,\s(?P<text>{_TEXT}),|[):]\s[\"“]?(?P<text>{_TEXT})[\"”]?)|(?:{_NOUN}\s+)?[(*]{{1,3}}(?P<label>(?-i:[A-J]))[)*]{{1,3}}:?\s[\"“]?(?P<text>{_TEXT})[\"”]?)"
_OBJECT = rf"{_LABEL}(?:[.:)]{{0,2}}+\s*+[-–—]?\s*+\(?[\"“]?(?P<text>(?!(?:and|or|but|nor|if|then|is|not|as|in|for|to|at|over|rather|instead|randomly|by)\b)[^\n.;?\"“”]{{2,160}}?)[\"”]?\)?)?"
# With its text only behind a mark.
_NAMED = rf"{_LABEL}(?:(?:[.:)]{{1,2}}\s+|\s+[-–—]\s+|\s+(?=\())\(?[\"“]?(?P<text>[^\n.;?\"“”()]{{2,160}}?)[\"”]?\)?)?"

# What is said of them -------------------------------------------------------------------------

_KIND = r"(?:un)?true|false|(?:in)?correct|(?:in)?valid|(?:in)?accurate|not\s+(?:true|correct|valid|accurate)|wrong"
_CLAIM = r"(?:statement|claim|assertion|sentence|conclusion|inference|assumption|proposition)"
_THAT = (
    rf"(?:that|which)\s+(?:(?:is|must\s+be|has\s+to\s+be|cannot\s+be)\s+(?:(?:not|always|necessarily|logically|clearly|definitely|also)\s+){{0,8}}(?:{_KIND}|supported|implied|justified|warranted)"
    r"|(?:does\s+not|doesn['’]t|cannot|can['’]t)\s+(?:necessarily\s+|logically\s+)?(?:follow|hold|apply|be\s+(?:inferred|concluded|deduced|supported|true)))(?:\s+(?:by|from|in|of|for|about)\s+[^,.;:\n]{3,50}?)?"
)
_FITTING = r"(?:accurate|appropriate|likely|logical|plausible|reasonable|suitable|fitting|relevant|sensible|probable|consistent|precise|complete|comprehensive|natural|direct|obvious|supported|closely\s+(?:related|aligned|matched))"
_GOOD = rf"(?:correct|right|best|closest|likeliest|most\s+{_FITTING})"
_THING = r"(?:answer(?:\s+(?:choice|option))?|option|choice|one|response|fit|match|statement|description|explanation|conclusion|candidate|alternative|interpretation|reading|pick)"
_LEFT = r"only\s+(?:option|choice|answer|one|candidate|statement)\s+(?:left|remaining|standing|that\s+(?:remains|is\s+left))|(?:only|one)\s+(?:remaining|possible|plausible|valid|viable|reasonable|logical|acceptable|suitable|sensible|true)\s+(?:option|choice|answer|alternative|candidate)"
_NO_DENIAL = r"(?:(?!\b(?:not|cannot|never|no|false|wrong|incorrect|unlikely|least|fails?|may|might|could|can|some|many|most\s+(?:people|students))\b|n['’]t)[^,.;:\n]){2,60}?"
_DOES = rf"(?:that|which)\s+(?:(?:best\s+)?(?:fits|matches|works|answers|satisfies|describes|explains|captures|reflects|meets|applies|follows|completes|supports|represents)|makes\s+(?:the\s+)?most\s+sense|is\s+(?:most|best)\b|best\b|most\b(?!\s+(?:people|students|readers|of|would)\b)){_NO_DENIAL.replace('{2,60}', '{0,60}')}"
_OF_ITS_KIND = (
    rf"the\s+(?:{_LEFT}|(?:(?:only|one)\s+)?+(?:(?:{_KIND})\s+{_CLAIM}|{_CLAIM}\s+{_THAT}))"
)
_ADVERBS = r"(?:(?:clearly|definitely|indeed|certainly|obviously|therefore|thus|hence|simply|then|undoubtedly|surely)\s+)*+"
_BE = rf"(?:is|must\s+be|has\s+to\s+be|would\s+be|should\s+be|will\s+be)\s*+:?\s*+(?<=[\s:]){_ADVERBS}"
_TAIL = rf"(?:\s+(?:here|overall|to\s+the\s+question|for\s+this|for\s+the|to\s+(?:the|this)|of\s+the|in\s+this|among|given)\b{_NO_DENIAL.replace('{2,60}', '{0,60}')})?"
_IS_IT = (
    rf"(?:{_BE}(?:{_OF_ITS_KIND}|(?:the\s+|my\s+|our\s+)(?:(?:only|final)\s+){{0,8}}(?:{_GOOD}\s+)?{_THING}|(?:the\s+)?(?:only\s+)?{_GOOD}(?:\s+{_THING})?){_TAIL}"
    rf"|makes\s+(?:the\s+)?most\s+sense{_TAIL}|(?:best\s+)?(?:captures|describes|explains|fits|matches|reflects|summari[sz]es|expresses)\s(?:{_NO_DENIAL}\s)?(?:best|perfectly|exactly|most\s+(?:closely|accurately))"
    r"|it\s+is|(?:has\s+to|must)\s+be\s+it|is\s+what\s+(?:we|i|the\s+question)\s+(?:wants?|needs?|asks?(?:\s+for)?|(?:is\s+|are\s+|am\s+)?look(?:s|ing)?\s+for))"
)
_THE_ONE = (
    rf"(?:{_OF_ITS_KIND}|(?:the|my|our)\s+(?:(?:final|only|single)\s+){{0,8}}(?:(?:remaining|{_GOOD})\s+{_THING}|pick|choice|selection)(?:\s+{_DOES})?|the\s+(?:only\s+)?(?:one|option|choice|answer)\s+{_DOES}"
    r"|the\s+letter\s+of\s+the\s+(?:correct\s+|right\s+|best\s+)?(?:answer|option|choice))"
)
_MAKES = rf"(?:makes|making|leaves|leaving)\s+(?:us\s+with\s+)?{_SUBJECT}\s+(?:as\s+)?(?:(?:the|our|my)\s+)(?:(?:only|final)\s+){{0,8}}(?:(?:{_GOOD}|remaining|possible|valid)\s+)?{_THING}{_TAIL}"
_POINTS = rf"(?:(?:this|that|it|which)|the\s+\w+(?:\s+\w+){{0,3}}?)\s+(?:best\s+|most\s+closely\s+|directly\s+|exactly\s+|clearly\s+)?(?:aligns|agrees|fits|matches|corresponds|supports|points|is\s+consistent)\s+(?:best\s+|most\s+closely\s+|exactly\s+|well\s+)?(?:(?:with|to)\s+)?(?:answer\s+)?(?:option|choice|answer)\s+{_NAMED}"
_LEAVES = rf"(?:(?:this|that|which|it|(?:eliminat|rul|exclud|cross)ing\s{CLAUSE})\s+leaves(?:\s+(?:us\s+)?(?:only|with(?:\s+only)?))?|(?:we|you|i)(?:['’](?:re|m)|\s+(?:are|am))\s+left\s+with(?:\s+only)?|leaving(?:\s+us\s+with|\s+only)?)\s+{_LABEL}(?:\s+as\s+(?:the|our)\s+(?:only\s+)?(?:{_GOOD}\s+)?{_THING})?"
_TAKES = rf"(?:(?:we|i|you)(?:\s+(?:should|would|will|must)|['’](?:d|ll))\s+)?(?:choose|pick|select|answer(?=\s+(?-i:[(*]{{0,3}}[A-J]))|go\s+with)\s+{_OBJECT}"
_NAMES = rf"(?:(?:the|my|our)\s+)?(?:{_GOOD}(?:\s+{_THING})?|final(?:\s+(?:choice|option|selection|pick))?|choice|selection|pick)\s*(?::|[-–—=→]|->|=>)\s*{_OBJECT}"
_OTHERS = r"(?P<others>[(*]{0,3}(?-i:[A-HJ])[)*]{0,3}(?:(?:,\s*|\s+)(?:(?:and|or|nor)\s+)?[(*]{0,3}(?-i:[A-HJ])[)*]{0,3})*+)"
_NOT = r"(?:\s+is\s+not|\s+isn['’]t|['’]s\s+not)"
_IT_IS = r"(?:(?:it|the\s+(?:correct\s+|right\s+)?(?:answer|option|choice))(?:['’]s|\s+is|\s+must\s+be|\s+has\s+to\s+be))"
_WRONG = r"(?:(?:is|are)\s+(?:both\s+|all\s+)?(?:not(?:\s+(?:correct|right|true))?|wrong|incorrect|false)|(?:does|do)\s+not)"
_RIGHT = r"(?:is|must\s+be)\s+(?:correct|right|true|the\s+(?:correct\s+|right\s+)?(?:answer|option|choice))"
_AS_IT_IS = r"(?<=,\s)as\s(?!an?\b|always|usual|of\b|far\b|well\b|long\b|opposed|if\b|though|some\b|many\b|most\b|others?\b|people|everyone|i\b|he\b|she\b)(?=(?:[\w'’-]+\s){1,6}?(?:is|are|was|were|has|have|had|does|do)\b)(?:[\w'’-]+)"
"""A reason behind a comma: "B is the answer, as age is linked to it"."""
_WHY = rf"(?P<why>,?\s+(?:because|since|as\s+(?:it|this|that|these|they|the)\b(?!{AS_WHAT})|{_AS_IT_IS}|and\s+the\s+reason\s+is|for\s+the\s+reason)\s[^\n?]+?)?"


@cache
def _lead() -> regex.Pattern[str]:
    concludes = rf"(?:and\s+)?{any_of('concludes', language='en')}[\s,]++"
    shows = r"(?:this|that|which|it)\s+(?:clearly\s+|directly\s+)?(?:means|shows|implies|confirms|proves|tells\s+us)(?:\s+that)?,?\s++"
    without = rf"(?:after|by|having|with)\s+(?:eliminat|rul|exclud|discard|reject|cross)ing\s+(?:out\s+)?(?:options?\s+)?{_OTHERS.replace('?P<others>', '?:')}(?:\s+(?:out|eliminated))?,\s++"
    we_know = r"(?:we|i|one)\s+(?:(?:can|may|could|must|will)\s+)?+(?:(?:therefore|thus|safely|now|then)\s+)?+(?:conclude|infer|deduce|determine)\s+that\s++"
    return regex.compile(
        rf"(?:{without}|{GROUNDS}|{SINCE}|{_SURELY}|{OF_OPTIONS}|{concludes}|{shows}|{we_know}){{0,3}}+",
        regex.IGNORECASE,
    )


@cache
def _sentences() -> tuple[regex.Pattern[str], ...]:
    """What may follow a lead; the last one only where there is one."""
    takes = r"(?:(?:we|i)(?:\s+(?:should|would|will|must)|['’](?:d|ll))?\s+)?(?:choose|pick|select|prefer|take|go\s+with)\s+"
    behind = rf"(?:{CLAUSE},\s+(?:(?:and|so|thus|hence|therefore)\s+){{0,2}}(?:this\s+|that\s+|which\s+|it\s+)?(?=mak|leav|match|align|fit|correspond)|(?:this|that|which|it)\s+)?"
    forms = (
        rf"{_SUBJECT}[.:]?\s++{_IS_IT}",
        rf"{_THE_ONE}\s+{_BE}{_OBJECT}",
        rf"{behind}{_MAKES}",
        rf"(?:{CLAUSE},\s+)?(?:{_POINTS}|{_LEAVES})",
        rf"{_TAKES}|{_NAMES}|{_LABEL},\s+(?:clearly|obviously|definitely|certainly|of\s+course)",
        # What it is, and what it is not.
        rf"(?:it|the\s+(?:correct\s+|right\s+)?(?:answer|option|choice)){_NOT}\s+{_OTHERS}[,;]?\s+(?:but(?:\s+rather)?\s+|{_IT_IS}\s+|rather\s+){{1,2}}{_LABEL}",
        rf"not\s+{_OTHERS},?\s+but(?:\s+rather)?\s+{_LABEL}",
        rf"(?:instead\s+of|rather\s+than)\s+{_OTHERS},\s+{takes}{_LABEL}",
        rf"{takes}{_LABEL},?\s+(?:over|rather\s+than|instead\s+of|and\s+not)\s+{_OTHERS}",
        rf"{_LABEL}\s+{_RIGHT},?\s+(?:and|but|while|whereas)\s+{_OTHERS}\s+{_WRONG}",
        rf"{_OTHERS}\s+{_WRONG},\s+(?:and\s+|so\s+|but\s+|while\s+)?{_LABEL}\s+{_RIGHT}",
        rf"{_LABEL}\s+\({_OTHERS}\s+{_WRONG}\)",
        rf"{_LABEL},?\s+(?:and\s+)?not\s+{_OTHERS},?\s+{_IS_IT}",
        # What is left, wanted, or described.
        rf"only\s+{_LABEL}\s+(?:remains|is\s+left|survives|is\s+possible)",
        rf"{_SUBJECT}\s+best\s+(?:fits|matches|describes|captures|answers|explains|reflects|summari[sz]es|expresses|represents|completes)(?:\s{_NO_DENIAL})?",
        rf"what\s+(?:best\s+)?(?:fits|matches|answers|describes|explains|is\s+asked\s+for)(?:\s{_NO_DENIAL})?\s+{_BE}{_NAMED}",
        rf"(?:this|that|it|which)\s+is\s+(?:(?:best|exactly|precisely)\s+)?(?:described|captured|expressed|represented|summari[sz]ed|explained|covered|given)\s+by\s+(?:option|choice|answer)\s+{_NAMED}",
        rf"(?:this|that|it|all\s+of\s+this|everything|the\s+evidence)\s+(?:points|leads|corresponds)\s+to\s+{_NAMED}",
        rf"(?:the\s+)?(?:remaining|{_GOOD})\s+{_THING},\s{_LABEL},\s{_IS_IT}",
        rf"the\s+(?:{_GOOD}\s+|final\s+)?(?:answer|option|choice)\s+is\s+{_LABEL}(?=,?\s+and\s+the\s+reason)",
        rf"(?:it\s+(?:is|must\s+be)\s+)?{_LABEL}",
    )
    return tuple(
        regex.compile(rf"(?:{form}){_WHY}[.!*]{{0,3}}+", regex.IGNORECASE) for form in forms
    )


_LETTER = regex.compile(r"(?<![A-Za-z\d]|\w['’])[A-J](?![A-Za-z\d]|['’]\w)")


def stated_option(sentence: str) -> str | None:
    """The option that a sentence states, with its text if it has it.

    Example:
        >>> (
        ...     stated_option("Therefore, B must be the answer."),
        ...     stated_option("This leaves us with B."),
        ... )
        ('B', 'B')
        >>> stated_option("Hence option B (Paris) is correct.")
        'B. Paris'
        >>> stated_option("The only false statement is B."), stated_option("B is false.")
        ('B', None)
        >>> stated_option("B might be the answer."), stated_option("This leaves A and B.")
        (None, None)
    """
    sentence = sentence.strip(" _")
    if len(sentence) > LONGEST or (not sentence.isascii() and any(map(_is_wide, sentence))):
        return None
    if not _LETTER.search(sentence):
        return None
    start = end_of(_lead(), sentence)
    forms = _sentences()
    for pattern in forms if start else forms[:-1]:
        named = pattern.fullmatch(sentence, start)
        if named is None:
            continue
        if named["label"] in (named.groupdict().get("others") or ""):
            return None
        why = named["why"]
        if why and (leaves_open(why) or taken_back(why, value=named["label"])):
            return None
        text = named.groupdict().get("text")
        return f"{named['label']}. {text}" if text else str(named["label"])
    return None


_LEFT_OPEN = regex.compile(
    r",\s+(?:but|though|although|however|i\s+(?:guess|think|suppose))\b|\bor\s+[(]?(?-i:[A-J])\b|\bnot\s+sure\b|\bunsure\b|\bguess\w*",
    regex.IGNORECASE,
)


def leaves_open(why: str) -> bool:
    """Whether the reason behind an option ends in a doubt, a turn or another option.

    Example:
        >>> leaves_open("because it is old, I guess"), leaves_open("because it is old")
        (True, False)
    """
    return _LEFT_OPEN.search(why) is not None


def _is_wide(character: str) -> bool:
    """Whether a character is of a script that is written without spaces."""
    return "\u0e00" <= character <= "\u0eff" or "\u3040" <= character <= "\u9fff"


_CONDITION = regex.compile(
    r"\s+(?:must|should|has\s+to|needs\s+to|ought\s+to)\s+be\s+(?:(?:an?|the|one|some|any)\s+(?:\w+\s+){1,3}?|some(?:thing|one|where|body)\s+(?:\w+\s+)?)"
    r"(?:that|which|where|who|whom|whose|with|used|in\s+which|related\s+to)\b[^.!?\n]*+[.!](?=\s+\S)"
)


def is_condition(text: str, place: int = 0) -> bool:
    """Whether what follows a word for "answer" only says what it has to be, before more text.

    Example:
        >>> is_condition(" must be a place that sells books. Only the shop does.")
        True
        >>> (
        ...     is_condition(" must be a place that sells books."),
        ...     is_condition(" must be B. So be it."),
        ... )
        (False, False)
    """
    return _CONDITION.match(text, place) is not None
