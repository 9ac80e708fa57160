"""Whether a text says that its writer does not know the answer, and nothing else."""

from __future__ import annotations

import regex

__all__ = ["abstains", "abstains_beside"]

LONGEST = 400
"""Characters of a text that only says so."""

_LEADS = r"(?:(?:sorry|i(?:'m| am) sorry|i apologi[sz]e|unfortunately|honestly|to be honest|regrettably|hmm+|well|so|therefore|thus|answer|final answer|the answer is|the answer)[,:;]?\s+(?:but\s+)?){0,8}"
_ADVERB = r"(?:\s+(?:really|honestly|truly|simply|just|currently))?"
_OF = r"(?:\s+(?:the|an|this|what the)\s+(?:correct\s+|right\s+)?(?:answer|question|solution)(?:\s+is)?|\s+it|\s+this|\s+for (?:sure|certain)|\s+how to (?:answer|solve) (?:it|this)(?: question| problem)?)?(?:\s+to (?:this|that|the|your) (?:question|problem))?"

# A sentence each: language, pattern, example.
SENTENCES = (
    (
        "en",
        rf"{_LEADS}(?:i|we){_ADVERB}\s+(?:don't|do not){_ADVERB}\s+know{_OF}",
        "Sorry, I don't know the answer to this question",
    ),
    (
        "en",
        rf"{_LEADS}(?:i|we)(?:'m| am|'re| are){_ADVERB}\s+(?:not sure|unsure|not certain|uncertain){_OF}",
        "I am not sure",
    ),
    (
        "en",
        rf"{_LEADS}(?:i|we)\s+(?:can't|cannot|can not|could not|couldn't|am unable to|am not able to){_ADVERB}\s+(?:answer|determine|say|tell|find|solve|know){_OF}",
        "I cannot determine the answer",
    ),
    (
        "en",
        rf"{_LEADS}(?:i|we)\s+(?:have no idea|give up|lack (?:the|enough) information|do(?:n't| not) have (?:enough|the|sufficient) (?:information|knowledge))(?:\s+to (?:answer|say|tell|know|determine){_OF})?",
        "I do not have enough information to answer this question",
    ),
    (
        "en",
        rf"{_LEADS}(?:there(?: is|'s)\s+)?(?:not enough|insufficient|too little) (?:information|context|data)(?:\s+(?:is\s+)?(?:given|provided|available))?(?:\s+to (?:answer|say|tell|know|determine){_OF})?",
        "There is not enough information to answer",
    ),
    (
        "en",
        rf"{_LEADS}(?:it|this|the answer)\s+(?:can't|cannot|can not)\s+be\s+(?:determined|answered|known|said)(?:\s+from (?:the|this) (?:(?:given|provided|available)\s+)?(?:information|context|text|passage)(?:\s+(?:given|provided))?)?",
        "It cannot be determined from the given information",
    ),
    (
        "en",
        rf"{_LEADS}(?:unknown|don't know|do not know|not sure|no idea|idk|no answer|unanswerable|i abstain|(?:the )?question (?:is unanswerable|cannot be answered)|(?:this|it) is unanswerable)(?:\s+to me)?",
        "unanswerable",
    ),
    (
        "zh",
        r"(?:抱歉|对不起|很遗憾)?[，,]?\s*(?:我)?(?:不知道|不清楚|不确定|无法(?:回答|确定|得知))(?:答案|这个问题)?",
        "我不知道",
    ),
    (
        "es",
        r"(?:lo siento,\s+)?(?:no (?:lo )?s[eé]|no conozco la respuesta|no estoy segur[oa]|no se puede determinar)(?:\s+la respuesta)?",
        "No sé la respuesta",
    ),
    (
        "fr",
        r"(?:désolée?,\s+)?(?:je ne sais pas|je l'ignore|je ne connais pas la réponse|impossible à déterminer)",
        "Je ne sais pas",
    ),
    (
        "de",
        r"(?:(?:leider|tut mir leid),?\s+)?(?:(?:das )?weiß ich nicht|ich weiß (?:es|die antwort)?\s?nicht|keine ahnung|ich bin (?:mir )?nicht sicher)",
        "Ich weiß es nicht",
    ),
    ("pt", r"(?:desculpe,\s+)?(?:eu\s+)?não (?:o\s+)?sei(?:\s+a resposta)?", "Não sei"),
    ("it", r"(?:mi dispiace,\s+)?(?:non (?:lo )?so|non conosco la risposta)", "Non lo so"),
    (
        "ru",
        r"(?:к сожалению,\s+|извините,\s+)?я?\s*не (?:знаю|уверена?)(?:\s+(?:ответа|ответ))?",
        "Я не знаю ответа",
    ),
    (
        "ja",
        r"(?:すみません|申し訳ありません)?[、，]?\s*(?:答えは|私には)?(?:わかりません|分かりません|わからない|分からない|知りません)",
        "わかりません",
    ),
    (
        "ko",
        r"(?:죄송합니다[,.]?\s*)?(?:잘\s+)?모르겠(?:습니다|어요|다)|답을 모릅니다",
        "모르겠습니다",
    ),
    ("vi", r"(?:xin lỗi,\s+)?tôi không biết(?:\s+câu trả lời)?", "Tôi không biết"),
    ("ar", r"(?:عذرا،?\s+)?(?:لا أعرف|لا أعلم)(?:\s+الإجابة)?", "لا أعرف"),
    (
        "nl",
        r"(?:(?:sorry|helaas),?\s+)?ik weet (?:het|het antwoord)?\s?niet|ik ben (?:er )?niet zeker|geen idee",
        "Ik weet het niet",
    ),
    (
        "pl",
        r"(?:(?:niestety|przepraszam),?\s+)?nie (?:wiem|znam odpowiedzi|jestem pewien|jestem pewna)",
        "Nie wiem",
    ),
    (
        "cs",
        r"(?:(?:bohužel|omlouvám se),?\s+)?(?:nevím|neznám odpověď|nejsem si jist[ýá])",
        "Nevím",
    ),
    (
        "sv",
        r"(?:tyvärr\s+)?(?:vet jag inte|jag vet inte|jag är (?:inte säker|osäker))",
        "Jag vet inte",
    ),
    ("hu", r"(?:sajnos\s+)?(?:nem tudom(?: a választ)?|nem vagyok biztos(?: benne)?)", "Nem tudom"),
    (
        "ro",
        r"(?:îmi pare rău,\s+)?nu (?:știu|cunosc)(?:\s+răspunsul)?|nu sunt sigur[ă]?",
        "Nu știu",
    ),
    (
        "uk",
        r"(?:на жаль,\s+|вибачте,\s+)?я?\s*не (?:знаю|впевнен(?:ий|а))(?:\s+відповіді)?",
        "Я не знаю відповіді",
    ),
    (
        "el",
        r"(?:δυστυχώς\s+)?δεν (?:ξέρω|γνωρίζω|είμαι σίγουρ(?:ος|η))(?:\s+την απάντηση)?",
        "Δεν ξέρω",
    ),
    (
        "he",
        r"(?:מצטער(?:ת)?,\s+)?(?:אני )?לא (?:יודע(?:ת)?|בטוח(?:ה)?)(?:\s+(?:את )?התשובה)?",
        "אני לא יודע",
    ),
    (
        "tr",
        r"(?:(?:üzgünüm|maalesef),?\s+)?(?:(?:cevabı\s+)?bilmiyorum|emin değilim)",
        "Bilmiyorum",
    ),
    ("id", r"(?:maaf,\s+)?(?:saya )?tidak (?:tahu|yakin)(?:\s+jawabannya)?", "Saya tidak tahu"),
    ("fa", r"(?:متاسفانه،?\s+)?(?:نمی[\s\u200c]?دانم|مطمئن نیستم)", "نمی دانم"),
    (
        "hi",
        r"(?:क्षमा करें,\s+)?(?:मुझे )?(?:(?:उत्तर )?नहीं पता|पता नहीं)(?:\s+है)?|मैं नहीं जानता",
        "मुझे नहीं पता",
    ),
    ("th", r"(?:ขออภัย\s*)?(?:ผม|ฉัน|ดิฉัน)?ไม่(?:รู้|ทราบ|แน่ใจ)(?:คำตอบ)?", "ฉันไม่รู้"),
)
_COURTESIES = (
    r"(?:sorry|i'm sorry|i am sorry|i apologi[sz]e(?: for (?:that|this|the inconvenience))?)"
)
_SENTENCE = regex.compile(
    "|".join(f"(?:{pattern})" for _, pattern, _ in SENTENCES) + f"|{_COURTESIES}", regex.IGNORECASE
)
LONGEST_SENTENCE = 400
"""Characters; a longer one says more than that something is not known."""
_COURTESY = regex.compile(_COURTESIES, regex.IGNORECASE)
_BESIDE = regex.compile(
    r"\b(?:i|we)(?:\s+(?:really|honestly|truly|simply|just))?\s+(?:don't|do not|can't|cannot|can not)\s+"
    r"(?:know|tell|say|determine|answer)\b|\b(?:i|we)(?:'m| am|'re| are)\s+(?:not|un)\s?(?:sure|certain)\b"
    r"|\b(?:no idea|idk)\b|不知道|不确定|無法|无法|je ne sais pas|weiß (?:ich |es )?nicht|no lo sé|não sei"
    r"|не знаю|わかりません|分かりません|모르겠",
    regex.IGNORECASE,
)
_MARKS = str.maketrans({"’": "'", "*": None, "_": None, "`": None, "$": None})
_WRAPPED = regex.compile(r"\\(?:boxed|text|mathrm|textbf)\{([^{}]*)\}")
_ENDS = regex.compile(r"[.!。！;\n]+")


def abstains_beside(text: str) -> bool:
    """Whether a text says somewhere that its writer does not know, whatever else it says.

    Example:
        >>> abstains_beside("I do not know, but 42"), abstains_beside("Nobody knew. It is 42.")
        (True, False)
    """
    return _BESIDE.search(text[-20 * LONGEST :].translate(_MARKS)) is not None


def abstains(text: str) -> bool:
    r"""Whether a text says that its writer does not know, and gives no answer beside it.

    Example:
        >>> [abstains(text) for text in ("I do not know.", r"\boxed{\text{I don't know}}", "idk")]
        [True, True, True]
        >>> [abstains(text) for text in ("I do not know, but 42.", "I don't know. 42", "not 42")]
        [False, False, False]
    """
    if len(text) > LONGEST:
        return False
    for _ in range(2):
        text = _WRAPPED.sub(r"\1", text)
    said = [" ".join(part.split()) for part in _ENDS.split(text.translate(_MARKS))]
    said = [part.strip("\"'“”() ,") for part in said]
    said = [part for part in said if part]
    if not said or not all(
        len(part) <= LONGEST_SENTENCE and _SENTENCE.fullmatch(part) for part in said
    ):
        return False
    return not all(_COURTESY.fullmatch(part) for part in said)
