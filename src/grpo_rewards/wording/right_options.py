"""What a sentence calls the right option in many languages, before it says which: "La mejor opción es".

The label behind it, and what else a sentence may say, `grpo_rewards.wording.option_names` reads.
English sentences are those of `grpo_rewards.wording.stated_options`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from grpo_rewards.wording.vocabulary import any_of, rows

__all__ = ["EXAMPLES", "lead"]


class _Naming(NamedTuple):
    """How a language says "the right option is": lists of words, `/` between them."""

    language: str
    article: str
    right: str
    option: str
    verb: str
    """What stands before the label; where it may be nothing, the list begins with `/`."""
    right_first: bool = True
    alone: bool = False
    """Whether the article and the word for "right" are enough: "la correcta es"."""


_NAMINGS = (
    _Naming("de", "die/der/das", "richtige/korrekte/zutreffende/passende/beste/einzig richtige", "Antwort/Option/Aussage/Lösung/Möglichkeit/Variante/Wahl/Auswahl/Alternative/Antwortmöglichkeit/Antwortoption/Buchstabe", "ist/lautet"),
    _Naming("es", "la", "correcta/adecuada/acertada", "respuesta/opción/alternativa/letra/solución/afirmación/elección", "es/es la", right_first=False, alone=True),
    _Naming("es", "la", "mejor", "respuesta/opción/alternativa", "es/es la"),
    _Naming("es", "el", "correcto", "inciso/literal/enunciado", "es/es el", right_first=False, alone=True),
    _Naming("pt", "a", "correta/certa/adequada", "resposta/opção/alternativa/letra/solução/afirmação/afirmativa/escolha", "é/é a", right_first=False, alone=True),
    _Naming("pt", "a", "melhor", "resposta/opção/alternativa", "é/é a"),
    _Naming("pt", "o", "correto/certo", "item", "é/é o", right_first=False),
    _Naming("it", "la/l'", "corretta/giusta/esatta", "risposta/opzione/alternativa/lettera/soluzione/affermazione/scelta", "è/è la", right_first=False, alone=True),
    _Naming("it", "la", "migliore", "risposta/opzione/alternativa", "è/è la"),
    _Naming("fr", "la/l'", "correcte/exacte/juste", "réponse/option/proposition/lettre/alternative/solution/affirmation", "est/est la", right_first=False),
    _Naming("fr", "la", "bonne/meilleure", "réponse/option/proposition/lettre/alternative/solution", "est/est la", alone=True),
    _Naming("fr", "le", "bon/meilleur", "choix", "est/est le"),
    _Naming("ru", "", "правильный/верный/лучший/наилучший/наиболее подходящий/наиболее точный", "ответ/вариант/вариант ответа/пункт", "это/под буквой"),
    _Naming("ru", "", "правильная/верная", "буква/опция", "это"),
    _Naming("ru", "", "правильным/верным/лучшим", "ответом/вариантом/вариантом ответа", "является/будет"),
    _Naming("uk", "", "правильна/вірна/найкраща", "відповідь/літера/опція", "це/є"),
    _Naming("uk", "", "правильний/вірний/найкращий", "варіант/варіант відповіді", "це/є"),
    _Naming("uk", "", "правильною/вірною", "відповіддю", "є"),
    _Naming("pl", "", "prawidłowa/poprawna/właściwa/najlepsza/ostateczna", "odpowiedź/opcja/litera", "to/jest/brzmi"),
    _Naming("pl", "", "prawidłowy/poprawny/właściwy", "wariant", "to/jest"),
    _Naming("cs", "", "správná/nejlepší", "odpověď/možnost/varianta/volba", "je/zní"),
    _Naming("sv", "det", "rätt/rätta/korrekt/korrekta/bästa", "svar/svaret/alternativ/alternativet", "är"),
    _Naming("da", "det/den", "rigtige/korrekte/rigtigt/korrekt/bedste", "svar/mulighed/svarmulighed", "er"),
    _Naming("no", "det", "riktige/riktig/beste", "svaret/svar/alternativet/alternativ", "er"),
    _Naming("fi", "", "oikea/paras", "vastaus/vaihtoehto", "on"),
    _Naming("hu", "a", "helyes/legjobb", "válasz/opció/lehetőség/megoldás", "a/az"),
    _Naming("ro", "", "corect/corectă/potrivit/potrivită", "răspunsul/varianta/opțiunea/litera/alegerea", "este/e", right_first=False),
    _Naming("ro", "", "cel mai bun/cea mai bună", "răspuns/variantă/opțiune", "este/e"),
    _Naming("tr", "", "doğru/en doğru/en iyi/en uygun", "cevap/yanıt/seçenek/şık", "/şudur"),
    _Naming("nl", "het/de", "juiste/correcte/goede/beste", "antwoord/optie/keuze/letter", "is/luidt"),
    _Naming("id", "", "benar/tepat/yang benar/yang tepat/yang paling tepat/yang paling sesuai", "jawaban/pilihan/opsi", "adalah/ialah/yaitu", right_first=False),
    _Naming("vi", "", "đúng/đúng nhất/chính xác/chính xác nhất", "đáp án/phương án/lựa chọn/câu trả lời", "là", right_first=False),
    _Naming("sw", "", "sahihi", "jibu/chaguo", "ni", right_first=False),
    _Naming("ar", "", "الصحيحة/الصحيح/الأصح/الأنسب", "الإجابة/الاجابة/الجواب/الاختيار/الخيار", "هي/هو", right_first=False),
    _Naming("he", "", "הנכונה/הטובה ביותר", "התשובה/האפשרות/הבחירה", "היא/הינה", right_first=False),
    _Naming("fa", "", "صحیح/درست", "گزینه/پاسخ/جواب", "", right_first=False),
    _Naming("el", "η", "σωστή/ορθή/καλύτερη", "απάντηση/επιλογή", "είναι/είναι η/είναι το"),
    _Naming("hi", "", "सही/सर्वोत्तम", "उत्तर/विकल्प/जवाब", "है"),
    _Naming("bn", "", "সঠিক", "উত্তর/বিকল্প", "/হলো/হল/হচ্ছে"),
    _Naming("te", "", "సరైన", "సమాధానం/జవాబు", "/ఏమిటంటే"),
    _Naming("ta", "", "சரியான", "பதில்/விடை", ""),
    _Naming("ur", "", "صحیح/درست", "جواب", ""),
)  # fmt: skip
"""In every language that says so with a word for "right" beside one for "option"."""

# What names the right one without a word for "option", or the answer without one for "right".
_OTHERS = (
    ("de", r"richtig\s*+:\s", "Richtig: {x}"),
    ("ru", r"(?:верно|правильно)\s*+:\s", "Верно: {x}/Правильно: {x}"),
    ("ru", r"ответ\s+под\s+буквой\s", "Ответ под буквой {x}."),
    ("pl", r"(?:prawidłowa|poprawna)\s+jest\s", "Prawidłowa jest {x}./Poprawna jest odpowiedź {x}."),
    ("cs", r"správně\s+je\s", "Správně je {x}."),
    ("sv", r"rätt\s+är\s", "Rätt är {x}."),
    ("da", r"svaret\s+er\s", "Svaret er {x}."),
    ("fi", r"vastaus\s+on\s", "Vastaus on {x}."),
    ("el", r"η\s+απάντηση\s+είναι\s(?:η\s|το\s)?", "Η απάντηση είναι η {x}./Η απάντηση είναι το {x}."),
    ("fr", r"c['’]est\s+donc\s", "C'est donc {x}."),
    ("th", r"(?:ตัวเลือก|คำตอบ|ข้อ)\s?ที่ถูก(?:ต้อง)?\s?คือ\s?", "ตัวเลือกที่ถูกต้องคือ {x}/คำตอบที่ถูกคือ {x}/ข้อที่ถูกต้องคือ {x}"),
    ("th", r"ตอบ\s?", "ตอบ {x}/ตอบข้อ {x}"),
)  # fmt: skip


def _any(words: str) -> str:
    parts = sorted(filter(None, words.split("/")), key=lambda word: (-len(word), word))
    return "|".join(re.escape(part).replace(r"\ ", r"\s+").replace("'", "['’]") for part in parts)


def _said(naming: _Naming) -> str:
    """A pattern of what stands before the label."""
    right, option = rf"(?:{_any(naming.right)})", rf"(?:{_any(naming.option)})"
    named = rf"{right}\s+{option}" if naming.right_first else rf"{option}\s+{right}"
    # An apostrophe joins the article to its noun.
    article = rf"(?:(?:{_any(naming.article)})(?:\s+|(?<=['’])))" if naming.article else ""
    the = rf"{article}?+{named}" if article else named
    if naming.alone:
        the = rf"(?:{the}|{article}{right})"
    verb = rf"(?:{_any(naming.verb)})" if _any(naming.verb) else ""
    if not verb:
        return rf"{the}\s*+(?:[:：–—-]\s*+)?(?<=[\s:：])"
    joins = rf"\s++{verb}\s*+:?" if naming.verb[0] != "/" else rf"(?:\s++{verb})?+\s*+:?"
    return rf"{the}(?:{joins}|\s*+[:：–—-])\s*+(?<=[\s:：])"


_LANGUAGES = sorted({row.language for row in rows("labels")} - {"en"})
_LABELS = "|".join(any_of("labels", language=language) for language in _LANGUAGES)
lead = "|".join(
    (
        *map(_said, _NAMINGS),
        *(pattern for _, pattern, _ in _OTHERS),
        rf"(?:{_LABELS})[*_]*+\s*+[:：]\s*+",
    )
)
"""A pattern of what names the right option before its label, in any of the languages."""


def _examples(naming: _Naming) -> Iterator[str]:
    """A sentence with each word of a row."""
    rights, options = naming.right.split("/"), naming.option.split("/")
    verbs = naming.verb.split("/")
    article = naming.article.split("/")[0]

    def sentence(right: str, option: str, verb: str, article: str = article) -> str:
        pair = (right, option) if naming.right_first else (option, right)
        said = " ".join(filter(None, (article, *pair, verb)))
        return f"{said[:1].upper()}{said[1:]} B.".replace("' ", "'")

    for right in rights:
        yield sentence(right, options[0], verbs[0])
    for option in options[1:]:
        yield sentence(rights[0], option, verbs[0])
    for verb in verbs[1:]:
        yield sentence(rights[0], options[0], verb)
    for each in naming.article.split("/")[1:]:
        yield sentence(rights[0], options[0], verbs[0], each)
    if naming.alone:
        yield sentence(rights[0], "", verbs[0])


EXAMPLES = tuple(
    (language, tuple(texts))
    for language, texts in (
        *((naming.language, _examples(naming)) for naming in _NAMINGS),
        *((language, text.replace("{x}", "B").split("/")) for language, _, text in _OTHERS),
    )
)
"""Sentences that name the option B, by language."""
