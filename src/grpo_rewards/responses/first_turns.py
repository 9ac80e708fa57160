"""The first turn of a text: behind it stand another question, a prompt, half a fence."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

import regex

from grpo_rewards.responses.commitments import SHORT
from grpo_rewards.wording.announcements import announced

__all__ = ["first_turn"]

MAX_TURNS = 3
"""How many headers of a next question are looked at."""
_NEXT_TURN = regex.compile(
    r"\n[ \t]*+(?:(?:#{1,4}\s*+)?(?:Q|Question|Problem|Exercise|(?P<speaker>Human|User)|Instruction|Input|Context|Passage"
    r"|问题|题目|Frage|Aufgabe|Pregunta|Problema|Pergunta|Domanda|Вопрос|Задача|質問|問題|문제|질문|Câu\shỏi|Bài\stoán|سؤال|السؤال)\s*+\d*\s*+[:：]|(?:Problem|Question|Exercise)\s\d++\s*+[.)]\s"
    r"|(?:(?:Now|And\s+now),?\s+)?(?:(?:[Oo]n(?:to)?|[Mm]oving\s+on|[Gg]oing\s+on)\s+(?:to\s+)?)?(?:[Tt]he\s+|[Mm]y\s+)?[Nn]ext\s+(?:question|problem)\b\s*+[.:!]"
    # A system's prompt, which no answer contains.
    r"|(?:System:\s*+)?(?:You\s+are\s+(?:now\s+)?(?:an?|the)\s+(?:[\w-]+\s+){0,4}?(?:AI|assistant|chatbot|language\s+model|LLM|agent|expert|tutor|teacher|mathematician)\b"
    r"|(?:The\s+)?[Uu]ser\s+will\s|Below\s+is\s+an\s+instruction\b|A\s+chat\s+between\s|A\s+conversation\s+between\s)"
    r"|(?:Vous\s+êtes|Tu\s+es|Eres|Você\s+é|Sei|Du\s+bist|Sie\s+sind|Ты|Вы|Jesteś|Je\s+bent|あなたは|你是|您是|당신은)[^\n.。!?]{0,40}?(?:assistant|asistente|assistente|[Aa]ssistent|ассистент|asystent|アシスタント|助手|助理|어시스턴트|도우미))"
)
_HEADER = re.compile(
    r"\n[ \t#]*(?:Q|Prob|Frage|Aufg|Pre|Per|Dom|Hum|User|In|Cont|Pass|Sys|You are|The [Uu]ser|Below|A c|Now|And now|On|Moving|Going|The n|My n|Next|Exer"
    r"|Tu es|Eres|Sei|Du b|Sie s|Je b)"
)
# A turn that asks about the answer above is no question of its own; its last word counts.
_ASKS_BACK = regex.compile(
    r"\b(?:(?:are|were)\s+you\s+(?:really\s+|quite\s+|absolutely\s+)?(?:sure|certain|serious)"
    r"|(?:is|was|isn['’]t)\s+(?:that|this|it)\s+(?:really\s+|actually\s+)?(?:right|correct|true|so|wrong|the\s+answer|your\s+(?:final\s+)?answer)\s*\?"
    r"|(?:is|was)\s+(?:that|this|it)\s*\?|is\s+(?:option\s+)?(?-i:[A-J])\s+(?:really\s+)?(?:right|correct)|(?:will|would)\s+(?:object|say|disagree)\b)",
    regex.IGNORECASE,
)
_OF_THE_ANSWER = regex.compile(
    r"\b(?:answers?|options?|choices?|right|wrong|(?:in)?correct|sure|certain|you|your|that|it|this|so|why|(?-i:[A-J]))\b|\d",
    regex.IGNORECASE,
)
"""What somebody who asks back speaks of; what has none of it asks something else."""
# One that takes it back leaves nothing of it.
_TAKES_BACK = regex.compile(
    r"\b(?:(?:that|this|it|you|i|we|(?:(?:the|my|your|our)\s+)?(?:above|answer|solution)(?:\s+above)?)(?:['’](?:s|re|m)|\s+(?:is|was|are|were|am))\s+(?:not\s+(?:right|correct)|wrong|incorrect|mistaken|in\s+error)"
    r"|(?:i|we)\s+(?:withdraw|retract|take\s+(?:that|it|this)\s+back|forgot|overlooked|misread|made\s+an?\s+(?:mistake|error))|this\s+(?:ignores|forgets|overlooks|misses)|sorry[,.;:!]|my\s+(?:mistake|bad)"
    r"|(?:mistakes?|errors?|wrong)\s+(?:in|with)\s+(?:the|my|your|this|that)\s+(?:solution|answer|reasoning|working)|check\s+fails|wrong\s+(?:answer|sign|unit)s?)(?!\w)",
    regex.IGNORECASE,
)
_BEGINS_WITH_NO = regex.compile(
    r"\s*+(?:no|nope|wrong|incorrect|wait|hmm)\s*+(?:[,.!:;\n]|$)", regex.IGNORECASE
)
# A question with figures of its own: "What is 6*7?".
_ASKS_ANEW = regex.compile(
    r"\s*+(?:(?:okay|ok|great|thank\s+you|thanks?|now|next|and|please)\b[,.!]?\s*+)*+(?:what|how\s+(?:many|much|long|far|old)|which|find|calculate|compute|solve|evaluate|simplify|determine)\b[^\n]{0,200}\d",
    regex.IGNORECASE,
)
LOOKED_AT = 300
"""How many characters of a next turn may speak of the answer above."""
# A value, an option, or its label and text.
_BARE = regex.compile(
    r"\s*+[(*]*+(?:[A-J]|[-−]?\$?\d[\d,.]*+)[)*.]*+\s*+"
    r"|\s*+[(*]*+(?:[A-J][).:]|[a-j]\))[)*.:]*+[ \t]++[^\s?][^\n?]{0,80}+\s*+"
)
_LETTER = regex.compile(r"[(*]*+[A-J][)*.]*+")


def first_turn(text: str, gives_answer: Callable[[str], bool]) -> str:
    r"""A text up to where a model, once it has answered, goes on with a question of its own.

    Args:
        text: What a model wrote.
        gives_answer: Whether a text before such a question gives an answer.

    Example:
        >>> first_turn("It is 42.\n\nQ:", lambda text: False)
        'It is 42.'
        >>> first_turn("So it is 42.\n```\n", lambda text: True)
        'So it is 42.'
    """
    text = _without_half_fence(text)
    if text.isascii() and not _HEADER.search(text):
        return text
    for turn in islice(_NEXT_TURN.finditer(text), MAX_TURNS):
        before = text[: turn.start()].rstrip(" \n-=_*")
        if not text[turn.end() :].strip(" \n*_") and before.strip():
            return _without_half_fence(before)
        if turn["speaker"] and "Assistant" in text[turn.end() :]:
            asked = text[turn.end() : text.find("Assistant", turn.end())]
            if _ASKS_ANEW.match(asked):
                return asked  # which the last answer is to, and none to what was asked before
            if _OF_THE_ANSWER.search(asked) or not asked.rstrip(" \n#*").endswith("?"):
                return text  # a conversation about the answer, of which the last word counts
        end = turn.end() + LOOKED_AT
        if _TAKES_BACK.search(text, turn.start(), end) or _BEGINS_WITH_NO.match(text, turn.end()):
            return text[turn.start() :]
        if _ASKS_BACK.search(text, turn.start(), end):
            return text
        last = before[before.rfind("\n") + 1 :]
        if _BARE.fullmatch(before) or (
            len(last) <= SHORT and _LETTER.fullmatch(announced(last) or "")
        ):
            return before
        before = _without_half_fence(before)
        if before.strip() and gives_answer(before):
            return before
    return text


def _without_half_fence(text: str) -> str:
    """A text without the fence at its end that closes nothing."""
    stripped = text.rstrip()
    if not stripped.endswith("```") or stripped.count("```") % 2 == 0:
        return text
    return stripped.rstrip("`").rstrip() or text
