"""What is no part of an answer at the end of a text: courtesies, and adverbs such as "altogether"."""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.announcements import remark_words

__all__ = ["greets", "without_adverb", "without_hope"]


def without_adverb(text: str) -> str:
    """A text without the adverb at its end.

    Example:
        >>> without_adverb("20 clips, altogether")
        '20 clips'
    """
    return _trailing_remark().sub("", text)


@cache
def _trailing_remark() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<!\b(?:is|are|was|were)),? {remark_words('after')}$", regex.IGNORECASE
    )


# "Yes, I understand the question", which is said to whoever asked.
_GREETS = regex.compile(
    r"[\s,.!:;—–-]*+(?:of\s+course[,!.]?\s+|sure[,!.]?\s+|certainly[,!.]?\s+)?"
    r"(?:i\s+(?:can|could|will|['’]?d\s+be|would\s+be|am|understand|see|get|know|agree\s+to|remember|have\s+read|read)\s*(?:(?:gladly|certainly|definitely|happily)\s+)?"
    r"(?:help|assist|answer(?!\s+(?:yes|no)\b)|explain|try|happy|glad|here\s+to|what\s+you|your|the\s+(?:question|task|problem|instructions?|prompt)|that\s+you)\b"
    r"|i(?:['’]ll|['’]m|['’]d\s+be)\s+(?:help|answer|try|explain|happy|glad|here\s+to)\b|i\s+(?:will|can)\s*+(?:[.!]|$)"
    r"|(?:i\s+(?:understand|see)|understood|got\s+it)\s*+[.!,]?+\s*+$|(?:let['’]?s|let\s+(?:us|me))\s+\w+"
    r"|(?:this|that|it)(?:['’]s|\s+is)\s+an?\s+(?:(?:very|really|rather|quite)\s+)?(?:good|great|tricky|trick|interesting|hard|difficult|fair|common|classic|nice|tough|valid|simple|easy)\s+(?:question|problem|puzzle|one)\b"
    r"|(?:the|this|your)\s+(?:question|task|problem|puzzle)\s+(?:is|asks|wants|concerns|deals))",
    regex.IGNORECASE,
)


def greets(why: str) -> bool:
    """Whether what follows a "yes" only speaks to whoever asked, or of the question.

    Example:
        >>> greets(", I can help you with that!"), greets(", this is a tricky question.")
        (True, True)
        >>> greets(", I can see that Tom is a cat."), greets(", it follows.")
        (False, False)
    """
    return _GREETS.match(why) is not None


_HOPE = regex.compile(
    r"\s*+(?:---+\s*+)?(?:I\s+(?:hope|believe)\s+(?:it|this|that)(?:'s|\s+is)?(?:\s+(?:correct|right|helps?|clear|useful))++[.!]*+"
    r"|(?:I\s+)?hope\s+(?:this|it|that|the)(?:\s+(?:explanation|solution|answer|breakdown|step-by-step|\w+\s+explanation))?\s+(?:helps?(?:\s+(?:you|clarify))?|is\s+(?:helpful|clear)|clarifies|makes\s+sense)[^\n.!?]{0,60}[.!]*+"
    r"|(?:Please\s+)?(?:Let\s+me\s+know|Feel\s+free\s+to)\b[^\n.!?]*+[.!?]*+|If\s+you\s+(?:have|need|want|would)\b[^\n.!?]*+[.!?]*+"
    r"|(?:Is\s+there\s+anything\s+else|Do\s+you\s+(?:have\s+any|need|want)|Would\s+you\s+like|Does\s+(?:this|that)\s+(?:help|make\s+sense))\b[^\n.!?]*+\?|(?:Happy|Good)\s+(?:learning|studying|luck)!|Great\s+job!"
    r"|(?:Espero\s+que|J['’]espère\s+que|Ich\s+hoffe|Spero\s+che|Надеюсь|Hy\s+vọng|آمل)\b[^\n.!?]*+[.!?]*+|希望[^\n。！!]*+[。！!]?|如果你?(?:还|有)[^\n。！!]*+[。！!]?|도움이\s[^\n.!]*+[.!]?"
    # What is wished at a parting, and where more is to be asked.
    r"|Have\sa\s(?:great|nice|good|wonderful|lovely)\s(?:day|evening|weekend|time)!|¡?Que\s(?:tengas?|tengan|pases?)\s[^\n.!?\d]{3,40}!|Bonne\s(?:journée|soirée|continuation|chance)\s?!"
    r"|Viel\s(?:Erfolg|Spaß|Glück)!|(?:Einen\s)?schönen\sTag(?:\snoch)?!|Buona\s(?:giornata|serata|fortuna)!|Tenha\sum\s[^\n.!?\d]{3,40}!|Bo(?:m|a)\s(?:dia|sorte|estudo)!"
    r"|Prettige\s(?:dag|avond)(?:\snog)?!|Хорошего\sдня!|Удачи!|Miłego\sdnia!|Powodzenia!|İyi\sgünler!|Kolay\sgelsin!|Chúc\s(?:bạn|anh|chị|em)\s[^\n.!?\d]{3,40}[.!]"
    r"|良い一日を[^\n。！!\d]{0,8}[。！!]|좋은\s하루\s[^\n.!\d]{2,8}[.!]|祝[您你大][^\n。！!，,\d]{2,16}[。！!～~]?"
    r"|(?:具体|最终|实际)[^\n。！!，,\d]{0,8}以[^\n。！!，,\d]{2,20}为准[哦呢喔]?[。！!～~]?|(?:请问)?您?(?:还)?有(?:什么|其他)[^\n。！!？?，,\d]{0,20}(?:帮|吗|问题)[^\n。！!？?，,\d]{0,8}[？?]"
    r"|如有[^\n。！!\d]{2,40}[。！!]?|欢迎[^\n。！!，,\d]{2,20}[。！!])\s*+$",
    regex.IGNORECASE,
)
_HINTS = ("hope", "elp", "now if", "eel free", "f you ", "nything else", "o you ", "ould you", "es this", "es that", "ood luck", "appy l", "reat job", "希望", "如果", "spero", "espère", "hoffe", "адеюсь", "Hy vọng", "آمل", "도움")  # fmt: skip
_HINTS_ELSEWHERE = ("祝", "为准", "什么", "其他", "如有", "欢迎", "Chúc", "一日", "하루")
_WISHED = ("!", "！", "～", "~")
"""What a wish ends with that has none of those words."""
LONGEST_HOPE = 240
MAX_HOPES = 3


def without_hope(text: str) -> str:
    """A text without the courtesy at its end, which is no part of an answer.

    Example:
        >>> without_hope("Final Answer: 3. I hope it is correct.")
        'Final Answer: 3.'
    """
    for _ in range(MAX_HOPES):
        tail = text[-LONGEST_HOPE:]
        if not (any(map(tail.__contains__, _HINTS)) or _may_wish(tail)):
            break
        match = _HOPE.search(tail)
        if match is None or not text[: len(text) - len(tail) + match.start()].strip():
            break
        text = text[: len(text) - len(tail) + match.start()]
    return text


def _may_wish(tail: str) -> bool:
    if tail.rstrip()[-1:] in _WISHED:
        return True
    return not tail.isascii() and any(hint in tail for hint in _HINTS_ELSEWHERE)
