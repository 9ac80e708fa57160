"""Sentences that name the option that is wrong, where one was asked for: "The incorrect option is D".

They answer it in its own words, and only where nothing else is announced: beside another answer such
a sentence says which option that is not.
"""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.vocabulary import UNSPACED, any_of

__all__ = ["EXAMPLES", "WRONG", "calls_right", "false_claim", "wrong_option"]

LONGEST = 240
"""Longer sentences (characters) are not looked at."""

_TEXT = r"(?:[)\].．:*]{1,4}\s*+(?<=[\s．])[\"“«「]?(?P<text>[^\n.?]{1,120}?))?"


@cache
def _label() -> str:
    noun = rf"(?:(?:{any_of('options')}|option|statement|choice)\s*+)?+"
    number = rf"(?:(?:{any_of('numbers')}|\#)\s*+)?+"
    return (
        rf"\s*+:?\s*+{noun}{number}[(\[\"“«*]{{0,5}}+"
        r"(?P<label>(?-i:[A-J])|(?-i:[a-j])(?=[)\]*])|[1-9１-９](?!\d|[.,]\d))(?![^\W_](?<![번番项項でのだ입]))"
        rf"{_TEXT}[)\]\"”»」*.!]{{0,6}}+"
    )


#  Language, what stands before the label, whether it speaks of claims, what may end it, examples.
_LEADS = (
    (
        "en",
        r"the\s(?:incorrect|false|wrong)\s(?:option|choice|alternative)\sis",
        False,
        (
            "The incorrect option is D.",
            "Therefore, the wrong choice is option D.",
            "The false alternative is D.",
        ),
    ),
    (
        "en",
        r"the\s(?:(?:only|one)\s)?(?:incorrect|false|wrong|untrue)\s(?:statement|claim|assertion)(?:\shere)?\sis",
        True,
        ("The incorrect statement is (d).", "The only false claim is statement D."),
    ),
    (
        "pt",
        r"a\s(?:alternativa|opção)\s(?:incorreta|errada|falsa)\sé(?:\sa)?",
        False,
        (
            "A alternativa incorreta é a D.",
            "Portanto, a opção errada é a letra D.",
        ),
    ),
    (
        "pt",
        r"a\s(?:única\s)?(?:afirmativa|afirmação|assertiva|declaração)\s(?:incorreta|errada|falsa)(?:\saqui)?\sé(?:\sa)?",
        True,
        ("A afirmativa falsa é D.", "A única afirmação incorreta é a D."),
    ),
    (
        "es",
        r"la\s(?:opción|alternativa)\s(?:incorrecta|falsa)\ses(?:\sla)?",
        False,
        (
            "La opción incorrecta es la D.",
            "Por lo tanto, la alternativa incorrecta es la letra D.",
        ),
    ),
    (
        "es",
        r"la\s(?:única\s)?(?:afirmación|declaración|proposición)\s(?:incorrecta|falsa|errónea)(?:\saquí)?\ses(?:\sla)?",
        True,
        ("La afirmación falsa es D.", "La única afirmación errónea es la D."),
    ),
    (
        "fr",
        r"l['’]option\s(?:incorrecte|fausse)\sest(?:\sla)?",
        False,
        ("L'option incorrecte est la D.",),
    ),
    (
        "fr",
        r"(?:l['’]affirmation|(?:la\s(?:seule\s)?)(?:affirmation|proposition|déclaration))\s(?:incorrecte|fausse|erronée)(?:\sici)?\sest(?:\sla)?",
        True,
        (
            "Donc l'affirmation fausse est D.",
            "La proposition fausse est la D.",
            "La seule affirmation erronée est la D.",
        ),
    ),
    (
        "it",
        r"l['’]opzione\s(?:errata|falsa|sbagliata)\sè(?:\sla)?",
        False,
        ("L'opzione errata è la D.", "L'opzione sbagliata è la D."),
    ),
    (
        "it",
        r"l['’](?:unica\s)?(?:affermazione)\s(?:errata|falsa|sbagliata)(?:\squi)?\sè(?:\sla)?",
        True,
        ("Quindi l'affermazione falsa è D.", "L'unica affermazione errata è la D."),
    ),
    (
        "de",
        r"die\s(?:falsche|inkorrekte)\soption\s(?:ist|lautet)",
        False,
        ("Die inkorrekte Option lautet D.",),
    ),
    (
        "de",
        r"die\s(?:einzige\s)?(?:falsche|inkorrekte)\s(?:aussage|behauptung)\s(?:ist|lautet)",
        True,
        ("Die falsche Aussage ist D.", "Die einzige falsche Behauptung ist D."),
    ),
    (
        "ru",
        r"(?:неверн|ложн|неправильн)(?:ое\sутверждение\s*(?:[-–—:]|это|[-–—]\s?это)|ым\sявляется\sутверждение)",
        True,
        ("Неверное утверждение — D.", "Следовательно, ложным является утверждение D."),
    ),
    (
        "nl",
        r"de\s(?:enige\s)?(?:onjuiste|foute)\s(?:bewering|stelling|uitspraak)\sis",
        True,
        ("De onjuiste bewering is D.", "Dus de foute stelling is D."),
    ),
    (
        "pl",
        r"(?:fałszywe|nieprawdziwe|błędne)\sstwierdzenie\sto",
        True,
        ("Fałszywe stwierdzenie to D.",),
    ),
    (
        "id",
        r"pernyataan\syang\s(?:salah|tidak\sbenar)\sadalah",
        True,
        ("Pernyataan yang salah adalah D.", "Jadi, pernyataan yang tidak benar adalah D."),
    ),
    (
        "vi",
        r"(?:phát\sbiểu|khẳng\sđịnh|mệnh\sđề)\s(?:sai|không\sđúng)\slà",
        True,
        ("Phát biểu sai là D.", "Vậy khẳng định không đúng là D."),
    ),
    (
        "zh",
        r"(?:(?:说法|描述|表述|叙述|陈述)中?(?:错误|不正确|有误)的|(?:错误|不正确|有误)的(?:说法|描述|表述|叙述|陈述))(?:应该|应)?是",
        True,
        ("错误的说法是D。", "因此，说法错误的是D项。"),
    ),
    (
        "ja",
        r"(?:誤っている|誤った|間違っている|正しくない|適切でない)(?:記述|説明|文)は、?",
        True,
        ("誤っている記述はDです。", "したがって、正しくない説明はDである。"),
    ),
    (
        "ko",
        r"(?:틀린|옳지\s?않은|잘못된|적절하지\s?않은)\s(?:설명|진술|문장)은",
        True,
        ("틀린 설명은 D입니다.", "따라서 옳지 않은 진술은 D입니다."),
    ),
)
_END = r"(?:项|項|选项|番?(?:です|である|だ|となります|となる)?|번?(?:입니다|이다)?)"
"""What ends it where the verb comes last."""
WRONG = tuple(
    "incorre/inkorre/wrong/fals/fauss/errat/errad/sbagliat/untrue/erróne/erroné/неверн/ложн/неправильн"
    "/onjuist/foute/fałsz/nieprawdziw/błędn/yang salah/tidak benar/ sai là/không đúng/错误/不正确/有误"
    "/誤/間違/正しくない/適切でない/틀린/않은/잘못".split("/")
)
"""Of which one stands in each such sentence, in small letters: most texts have none."""
EXAMPLES = tuple((language, examples) for language, *_, examples in _LEADS)
"""Sentences that name the option D as the wrong one, by language."""


@cache
def _sentences(*, of_claims: bool) -> regex.Pattern[str]:
    leads = "|".join(
        rf"(?:{any_of('concludes', language=language)}[\s,，、:]*+)?+{lead}"
        + ("" if language in UNSPACED else r"(?=[\s:])")
        for language, lead, is_claim, _ in _LEADS
        if is_claim or not of_claims
    )
    return regex.compile(rf"(?:{leads}){_label()}{_END}[.。]?", regex.IGNORECASE)


def wrong_option(sentence: str) -> str | None:
    """The option that a sentence names as the wrong one, with its text if it says that.

    Example:
        >>> (
        ...     wrong_option("The incorrect option is D."),
        ...     wrong_option("The false statement is not D."),
        ... )
        ('D', None)
        >>> wrong_option("A alternativa incorreta é a **D)**."), wrong_option("D is incorrect.")
        ('D', None)
    """
    return _named(sentence, of_claims=False)


def false_claim(sentence: str) -> str | None:
    """The option that a sentence names as the false one of several claims, which is what was asked.

    Of an option or an answer that is called wrong it may only say which one that is not.

    Example:
        >>> false_claim("La afirmación falsa es la D."), false_claim("La opción falsa es la D.")
        ('D', None)
    """
    return _named(sentence, of_claims=True)


def _named(sentence: str, *, of_claims: bool) -> str | None:
    sentence = sentence.strip(" *_")
    small = sentence.lower() if len(sentence) <= LONGEST else ""
    if not any(stem in small for stem in WRONG):
        return None
    named = _sentences(of_claims=of_claims).fullmatch(sentence)
    if named is None:
        return None
    label, text = str(named["label"]), named["text"]
    if label.isdecimal():
        label = str(int(label))
        return f"{label}. {text}" if text else f"option {label}"
    return f"{label}. {text}" if text else label


_CALLED_RIGHT = regex.compile(
    r"(?<!\bin)corr?e[ct]t|\b(?:true|right|vera|wahr)\b|verdad|vraie|richtig|giust|(?<!не)верн|(?<!不)正确|正しい|옳은|benar|đúng",
    regex.IGNORECASE,
)
_ANY_LABEL = regex.compile(r"(?<![A-Za-z\d'’])[A-J](?![A-Za-z\d'’])|(?<![\d.,])\d(?![\d%]|[.,]\d)")
_LAST_SENTENCE = regex.compile(
    r"(?:.*(?:[.!?]\s|[。！？\n]))?(?P<last>[^\n。！？]+)$", regex.DOTALL
)


def calls_right(before: str, *, beside: tuple[str, str]) -> bool:
    """Whether the sentence before one that names a false claim calls another single one right.

    Args:
        before: What stands before that sentence.
        beside: The sentence, and the option that it names.

    Example:
        >>> beside = ("The false statement is D.", "D")
        >>> calls_right("The true statement is A. ", beside=beside)
        True
        >>> calls_right("A, B and C are true. ", beside=beside)
        False
    """
    sentence, option = beside
    small = sentence.lower()
    if not before.strip() or not any(stem in small for stem in WRONG):
        return False
    found = _LAST_SENTENCE.match(before.rstrip()[-LONGEST:].rstrip("。！？"))
    last = found["last"] if found else ""
    labels = set(_ANY_LABEL.findall(last)) - {option.removeprefix("option ")[:1].upper()}
    return len(labels) == 1 and _CALLED_RIGHT.search(last) is not None
