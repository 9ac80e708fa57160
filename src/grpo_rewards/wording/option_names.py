"""Sentences of many languages that name an option by its label: "A letra B está correta".

English ones are read where sentences are; the words here are those of
`grpo_rewards.wording.vocabulary`, but for the grammar around a label.
"""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording import right_options
from grpo_rewards.wording.announcements import closed
from grpo_rewards.wording.dismissals import set_aside
from grpo_rewards.wording.doubts import denied_before
from grpo_rewards.wording.retractions import taken_back
from grpo_rewards.wording.statements import BECAUSE
from grpo_rewards.wording.vocabulary import KANA, OTHER_LETTERS, Sense, any_of, rows, spotted

__all__ = ["EXAMPLES", "is_left_out", "option_named"]

LONGEST = 400
"""Characters; a longer text is no sentence that names an option."""

_LABEL = rf"(?P<label>(?-i:[A-J])|[①-⑩]|{OTHER_LETTERS})"
_MARK = rf"(?P<label>(?-i:[A-Ja-j])|[①-⑩]|{KANA}|[1-9１-９](?=番))"
_MARK_OR_NUMBER = rf"(?P<label>(?-i:[A-Ja-j])|[①-⑩]|{KANA}|[1-9１-９])"
_OPENS, _SHUTS = r"[(（「『\[\"“«*]{0,6}+", r"[)）」』\]\"”»*]{0,6}+"
_MARKED = rf"{_OPENS}{_LABEL}(?![^\W_])(?:[)\].:]\s*+(?P<text>[^\n.]{{1,120}}?))?{_SHUTS}"
STOPS = ".。।۔!"
"""What ends a sentence."""
_ENDS = rf"\s*+[{STOPS}]?\s*+"

_OTHER = r"[(*]{0,3}(?-i:[A-J])[)*]{0,3}"
"""An option that a sentence says is not the one."""

_WHY = r"\s(?P<why>[^.,،;؟?!\n]{3,120}?)"
"""What an option is said to do that no other one does."""

_JA_DONE = r"(?:です|である|だ|となります|となる|になります|になる|と(?:考えられる|考えられます|言える|いえる|言えます|判断できる|判断される))?"
_JA_TEXT = (
    r"(?:の?「(?P<text>[^「」\n]{1,120})」|(?<=[)）．.])\s?(?P<text>[^「」\n。]{1,80}?))?\*{0,2}+"
)
_KO_DONE = r"(?:입니다|이다|이에요|예요|임)?"

_KO_SO = rf"(?:{any_of('concludes', language='ko')}[\s,]*+)"
_JA_SO = rf"(?:{any_of('concludes', language='ja')}[\s、,]*+)"
_ZH_SO = rf"(?:{any_of('concludes', language='zh')}[,，:：\s]*+){{0,8}}"
_ZH_FIT = r"最(?:为|為)?(?:合适|恰当|合理|准确|贴切|适合|适当|正确|符合(?:题意|题干|要求|描述)?[^，。,\n不反非]{0,10}|佳|好|优|可能|妥当)的?"
_ZH_NOUN = r"答案|选项|選項|选择|描述|表述|说法|推断|结论|解释|理解"

#  Language, pattern, examples of a sentence that names B.
_SENTENCES = (
    (
        "de",
        (
            rf"(?:{any_of('concludes', language='de')}[\s,:]*+)?(?:ist|lautet)\s+(?:die\s+|der\s+)?(?:(?:Antwort|Option|Aussage|Möglichkeit|Variante)\s+)?{_MARKED}\s+(?:richtig|korrekt|zutreffend|die\s+(?:richtige|korrekte)(?:\s+(?:Antwort|Option|Aussage|Lösung|Wahl))?)"
            rf"|(?:{any_of('concludes', language='de')}[\s,:]*+)?(?:richtig|korrekt|zutreffend)\s+ist\s+(?:(?:nur|also|somit|daher)\s+)?(?:(?:Antwort|Option|Aussage|Möglichkeit|Variante)\s+)?{_MARKED}"
            rf"|(?:{any_of('concludes', language='de')}[\s,:]*+)?(?:es\s+)?bleibt\s+(?:(?:also|somit|daher|damit|nur|noch)\s+){{0,8}}(?:(?:Antwort|Option)\s+)?{_MARKED}(?:\s+übrig)?"
            rf"|(?:{any_of('concludes', language='de')}[\s,:]*+)?nicht\s+{_OTHER},?\s+sondern\s+{_MARKED}"
        ),
        (
            "Also ist Antwort B richtig.",
            "Daher ist Option B die richtige Antwort.",
            "Richtig ist B.",
            "Somit bleibt nur B.",
            "Nicht C, sondern B.",
        ),
    ),
    (
        "nl",
        rf"(?:{any_of('concludes', language='nl')}[\s,:]*+)?is\s+(?:het|de)\s+(?:juiste|correcte|goede)\s+(?:antwoord|optie|keuze)(?:\s+(?:optie|letter|antwoord))?\s+{_MARKED}",
        ("Daarom is het juiste antwoord B.", "Dus is het correcte antwoord optie B."),
    ),
    (
        "pl",
        (
            rf"(?:{any_of('concludes', language='pl')}[\s,:]*+)?(?:(?:prawidłowa|poprawna|właściwa|ostateczna)\s+)?(?:odpowiedź|odpowiedzią|opcja)(?:\s+(?:prawidłowa|poprawna))?\s+to\s*:?\s*(?:(?:litera|opcja|odpowiedź|wariant)\s+)?{_MARKED}"
            rf"|(?:{any_of('concludes', language='pl')}[\s,:]*+)?(?:prawidłową|poprawną|właściwą)\s+odpowiedzią\s+jest\s+(?:(?:litera|opcja|odpowiedź|wariant)\s+)?{_MARKED}"
        ),
        ("Poprawna odpowiedź to litera B.", "Dlatego poprawną odpowiedzią jest B."),
    ),
    (
        "cs",
        (
            rf"(?:{any_of('concludes', language='cs')}[\s,:]*+)?(?:je\s+)?(?:správná\s+)?(?:odpověď|možnost|varianta)\s+je\s+(?:(?:možnost|varianta|písmeno|odpověď)\s+)?{_MARKED}"
            rf"|(?:{any_of('concludes', language='cs')}[\s,:]*+)?(?:správnou\s+odpovědí)\s+je\s+(?:(?:možnost|varianta|písmeno)\s+)?{_MARKED}"
        ),
        ("Správná odpověď je B.", "Správnou odpovědí je možnost B."),
    ),
    (
        "sv",
        (
            rf"(?:{any_of('concludes', language='sv')}[\s,:]*+)?(?:är\s+)?(?:det\s+)?(?:rätt[ae]?|korrekta?)\s+(?:svaret|svar|alternativet|alternativ)\s+(?:är\s+)?(?:(?:alternativ|bokstav|svar)\s+)?{_MARKED}"
            rf"|(?:{any_of('concludes', language='sv')}[\s,:]*+)?(?:är\s+)?svaret\s+(?:är\s+)?(?:(?:alternativ|bokstav|svar)\s+)?{_MARKED}"
        ),
        ("Rätt svar är B.", "Det korrekta svaret är alternativ B."),
    ),
    (
        "ro",
        rf"(?:{any_of('concludes', language='ro')}[\s,:]*+)?(?:răspunsul|varianta|opțiunea)(?:\s+(?:corect|corectă|final))?\s+(?:este|e)\s+(?:(?:varianta|litera|opțiunea|răspunsul)\s+)?{_MARKED}",
        ("Răspunsul corect este varianta B.", "Deci răspunsul corect este B."),
    ),
    (
        "hu",
        rf"(?:{any_of('concludes', language='hu')}[\s,:]*+)?(?:a\s+)?(?:helyes\s+)?(?:válasz|megoldás)\s*:?\s*(?:az?\s+)?{_MARKED}(?:\s+(?:betű|válasz|opció|lehetőség))?",
        ("A helyes válasz a B.", "Tehát a helyes válasz: B"),
    ),
    (
        "ru",
        rf"(?:{any_of('concludes', language='ru')}[\s,:]*+)?(?:(?:правильный|верный)\s+(?:ответ|вариант)\s*(?:[-–—:]|это|[-–—]\s*это|под\s+буквой)?\s*(?:(?:вариант|буква|пункт|ответ)\s+)?|(?:верен|правилен|подходит)\s+(?:только\s+)?(?:вариант|ответ)\s+|остается\s+(?:только\s+|лишь\s+)?(?:вариант\s+)?|остаётся\s+(?:только\s+|лишь\s+)?(?:вариант\s+)?){_MARKED}",
        (
            "Правильный ответ — B.",
            "Следовательно, правильный ответ вариант B.",
            "Верен вариант B.",
            "Остаётся только B.",
        ),
    ),
    (
        "uk",
        rf"(?:{any_of('concludes', language='uk')}[\s,:]*+)?(?:правильна\s+відповідь|правильний\s+варіант|відповідь)\s*(?:[-–—:]|це|[-–—]\s*це)?\s*(?:(?:варіант|літера)\s+)?{_MARKED}",
        ("Правильна відповідь — B.", "Отже, правильна відповідь: варіант B."),
    ),
    (
        "el",
        rf"(?:(?:άρα|επομένως|συνεπώς)[\s,:]*+)?η\s+(?:σωστή|ορθή)\s+(?:απάντηση|επιλογή)\s+είναι\s+(?:(?:η|το)\s+)?(?:(?:επιλογή|γράμμα|απάντηση)\s+)?{_MARKED}",
        ("Η σωστή απάντηση είναι η B.", "Άρα η σωστή απάντηση είναι η επιλογή B."),
    ),
    (
        "he",
        rf"(?:{any_of('concludes', language='he')}[\s,:]*+)?התשובה\s+(?:הנכונה|הסופית)\s+(?:היא|הינה)\s+(?:(?:אפשרות|תשובה|אות)\s+)?{_MARKED}",
        ("התשובה הנכונה היא אפשרות B.", "לכן, התשובה הנכונה היא B."),
    ),
    (
        "tr",
        (
            rf"(?:{any_of('concludes', language='tr')}[\s,:]*+)?(?:(?:en\s+)?(?:doğru|iyi|uygun)\s+)?(?:cevap|yanıt|seçenek|şık)\s*:?\s*{_MARKED}(?:\s*(?:şıkkı|seçeneği|harfi)(?:d[ıi]r)?|['’][dt][ıiuü]r)?"
            rf"|(?:{any_of('concludes', language='tr')}[\s,:]*+)?{_MARKED}\s*(?:şıkkı|seçeneği)\s+doğru(?:dur)?"
        ),
        (
            "Doğru cevap B şıkkıdır.",
            "Bu nedenle doğru cevap B'dir.",
            "B seçeneği doğrudur.",
            "B şıkkı doğru.",
        ),
    ),
    (
        "vi",
        rf"(?:{any_of('concludes', language='vi')}[\s,:]*+)?(?:ta\s+)?chọn\s+(?:(?:đáp\s+án|phương\s+án|câu|ý)\s+)?{_MARKED}",
        ("Chọn B.", "Vậy ta chọn đáp án B."),
    ),
    (
        "fa",
        (
            rf"(?:{any_of('concludes', language='fa')}[\s,،:]*+)?(?:پاسخ|جواب)(?:\s+(?:صحیح|درست|نهایی))?\s*(?:[:：]|برابر|،)?\s*(?:گزینه(?:\s?ی)?\s+)?{_MARKED}(?:\s+(?:است|می\s?باشد|میباشد))?"
            rf"|(?:{any_of('concludes', language='fa')}[\s,،:]*+)?گزینه(?:\s?ی)?(?:\s+(?:صحیح|درست)[\s:،]*+)?\s*{_MARKED}(?:\s+(?:صحیح|درست))?(?:\s+(?:است|می\s?باشد|میباشد))?"
        ),
        ("گزینه ب صحیح است.", "بنابراین، پاسخ صحیح گزینه ب است."),
    ),
    (
        "ar",
        (
            rf"(?:{any_of('concludes', language='ar')}[\s,،:]*+)?(?:الإجابة|الجواب|الاختيار|الخيار)\s+(?:الصحيحة|الصحيح)\s*(?:[:：]|هي|هو)?\s*(?:(?:الخيار|الحرف|الاختيار)\s+)?{_MARKED}"
            rf"|(?:الخيار|الاختيار)\s+{_MARKED}\s+(?:هو\s+)?(?:صحيح|الصحيح)"
            rf"|(?:(?:{any_of('concludes', language='ar')}[\s,،:]*+)|بناءً?\s+على\s[^،,\n]{{3,60}}[،,]\s*+)?(?:الخيار|الاختيار)\s+{_MARKED}\s+(?:هو|هي)\s+(?:الخيار\s+)?(?:الذي|الأكثر|الأفضل|الأنسب|الأصح|الأدق){_WHY}(?:[،,]?\s+لأن[^\n]*+)?"
        ),
        (
            "الإجابة الصحيحة هي الخيار ب.",
            "الخيار ب هو الصحيح.",
            "لذلك، الخيار ب هو الذي يضعف الحجة.",
        ),
    ),
    *(
        (
            language,
            rf"(?:{any_of('concludes', language=language)}[\s,:]*+)?(?:{pointed})\s+{_MARKED}",
            examples,
        )
        for language, pointed, examples in (
            (
                "es",
                rf"es\s+la(?:\s+(?:opción|respuesta|letra))?|s[oó]lo\s+queda(?:\s+la)?(?:\s+opción)?|no\s+es\s+(?:la\s+)?{_OTHER},?\s+sino(?:\s+la)?",
                ("Por lo tanto, es la B.", "Solo queda B.", "No es C, sino B."),
            ),
            (
                "pt",
                rf"é\s+a(?:\s+(?:opção|alternativa|resposta|letra))?|s[oó]\s+(?:resta|sobra|fica)(?:\s+a)?(?:\s+(?:opção|alternativa|letra))?|não\s+é\s+(?:a\s+)?{_OTHER},?\s+(?:e\s+)?(?:sim|mas\s+sim)(?:\s+a)?",
                ("Portanto, é a letra B.", "Só resta a B.", "Não é C, mas sim B."),
            ),
            (
                "fr",
                rf"c['’]est\s+(?:donc\s+)?(?:la\s+(?:réponse|proposition)?|l['’]option|la\s+lettre)|il\s+ne\s+reste\s+(?:donc\s+)?que(?:\s+la(?:\s+réponse)?|\s+l['’]option)?|(?:ce|la\s+(?:bonne\s+)?réponse)\s+n['’]est\s+pas\s+(?:la\s+)?{_OTHER},?\s+mais(?:\s+la)?",
                (
                    "C'est donc la réponse B.",
                    "Il ne reste que B.",
                    "La réponse n'est pas C mais B.",
                ),
            ),
            (
                "it",
                rf"è\s+la(?:\s+(?:risposta|lettera))?|(?:rimane|resta)\s+(?:solo|soltanto)(?:\s+la)?|non\s+è\s+(?:la\s+)?{_OTHER},?\s+(?:ma|bensì)(?:\s+la)?",
                ("Quindi è la B.", "Resta solo B.", "Non è C, ma B."),
            ),
        )
    ),
    *(
        (
            language,
            rf"(?:{any_of('concludes', language=language)}[\s,:]*+)?{noun}\s+{_MARKED}\s+{the_one}{_WHY}",
            (example,),
        )
        for language, noun, the_one, example in (
            (
                "es",
                r"la\s+(?:opción|alternativa|respuesta|letra)",
                r"es\s+la\s+(?:única\s+)?(?:opción\s+)?que",
                "Por lo tanto, la opción B es la que mejor explica el texto.",
            ),
            (
                "pt",
                r"a\s+(?:opção|alternativa|resposta|letra)",
                r"é\s+a\s+(?:única\s+)?(?:opção\s+|alternativa\s+)?que",
                "Portanto, a alternativa B é a que melhor descreve a cidade.",
            ),
            (
                "fr",
                r"l['’](?:option|alternative)",
                r"est\s+(?:celle|la\s+seule|l['’]option)\s+qui",
                "Donc l'option B est celle qui explique le mieux le texte.",
            ),
            (
                "it",
                r"l['’](?:opzione|alternativa)",
                r"è\s+(?:quella|l['’]unica|l['’]opzione)\s+che",
                "Quindi l'opzione B è quella che descrive meglio la città.",
            ),
        )
    ),
    *(
        (language, rf"(?:{any_of('concludes', language=language)}[\s,:]*+)?(?:{pattern})", examples)
        for language, pattern, examples in (
            (
                "es",
                rf"la\s+letra\s+correcta\s+es\s+(?:la\s+)?{_MARKED}|la\s+{_MARKED}\s+es\s+la\s+(?:respuesta\s+|opción\s+)?correcta|(?:elijo|escojo|selecciono)\s+(?:la\s+)?(?:opción|respuesta|alternativa|letra)\s+{_MARKED}",
                ("La letra correcta es B.", "La B es la correcta.", "Elijo la opción B."),
            ),
            (
                "pt",
                rf"a\s+letra\s+correta\s+é\s+(?:a\s+)?{_MARKED}|(?:escolho|seleciono)\s+(?:a\s+)?(?:opção|alternativa|letra|resposta)\s+{_MARKED}",
                ("A letra correta é B.", "Escolho a alternativa B."),
            ),
            (
                "fr",
                rf"je\s+choisis\s+(?:la\s+(?:réponse|lettre|proposition)\s+|l['’]option\s+)?{_MARKED}|(?:c['’]est|il\s+s['’]agit\s+de)\s+(?:la\s+(?:réponse|lettre|proposition)|l['’]option)\s+{_MARKED}",
                ("Je choisis la réponse B.", "C'est la réponse B."),
            ),
            (
                "de",
                rf"ich\s+wähle\s+(?:(?:Antwort|Option|Möglichkeit)\s+)?{_MARKED}|es\s+ist\s+(?:Antwort|Option)\s+{_MARKED}|ist\s+{_MARKED}\s+(?:richtig|korrekt|zutreffend|die\s+(?:richtige|korrekte)(?:\s+(?:Antwort|Option|Lösung))?)",
                (
                    "Folglich ist B korrekt.",
                    "Die richtige Antwort ist daher B.",
                    "Es ist Antwort B.",
                ),
            ),
            (
                "it",
                rf"la\s+lettera\s+corretta\s+è\s+(?:la\s+)?{_MARKED}|scelgo\s+(?:l['’](?:opzione|alternativa)|la\s+(?:risposta|lettera))\s+{_MARKED}",
                ("La lettera corretta è B.",),
            ),
            (
                "ru",
                rf"(?:верным|правильным)(?:\s+ответом)?\s+является\s+(?:(?:вариант|ответ|пункт)\s+)?{_MARKED}|я\s+выбираю\s+(?:(?:вариант|ответ|пункт)\s+)?{_MARKED}",
                ("Верным является вариант B.", "Я выбираю вариант B."),
            ),
            (
                "vi",
                rf"(?:đáp\s+án|phương\s+án|câu|lựa\s+chọn)\s+{_MARKED}\s+là\s+(?:đáp\s+án\s+|phương\s+án\s+)?(?:đúng|chính\s+xác)",
                ("Đáp án B là đúng.",),
            ),
            (
                "id",
                rf"(?:pilihan|opsi|huruf)\s+yang\s+(?:paling\s+)?(?:benar|tepat)\s+adalah\s+{_MARKED}",
                ("Pilihan yang benar adalah B.",),
            ),
            (
                "nl",
                rf"is\s+{_MARKED}\s+(?:het\s+(?:juiste|correcte|goede)\s+antwoord|de\s+(?:juiste|correcte|goede)\s+(?:optie|keuze)|juist|correct)",
                ("Daarom is B het juiste antwoord.",),
            ),
        )
    ),
    (
        "ko",
        rf"(?<![와과나및,]\s)(?<!(?:또는|혹은)\s){_OPENS}(?P<label>(?-i:[A-J])|[①-⑩]|[1-9](?=번)){_SHUTS}(?:번|항)?(?:이|가)\s(?:정답|답|옳은\s답|맞는\s답|올바른\s답|정답이\s?){_KO_DONE}",
        ("따라서 B가 정답입니다.",),
    ),
    (
        "hi",
        rf"(?:{any_of('concludes', language='hi')}[\s,:]*+)?(?:सही\s+)?(?:उत्तर|जवाब|विकल्प)\s*:?\s*(?:विकल्प\s+)?{_MARKED}\s+(?:सही\s+)?(?:है|होगा)",
        ("सही उत्तर विकल्प B है।", "विकल्प B सही है।"),
    ),
    (
        "zh",
        (
            rf"{_ZH_SO}(?:选项|選項|答案)?{_OPENS}{_LABEL}(?![A-Za-z\d、,，和与及]){_SHUTS}[.．]?\s?(?:选项|選項|项|項)?(?:才|就)?(?:是|为|為)?(?:本题的?|此题的?|题目的?|唯一的?|最终的?)?"
            rf"(?:{_ZH_FIT}|正确的?)(?:{_ZH_NOUN})?(?:[,，](?:应当?|故)?当选)?"
            rf"|{_ZH_SO}(?:选项|選項|答案)?{_OPENS}{_LABEL}(?![A-Za-z\d、,，和与及]){_SHUTS}\s?(?:选项|選項|项|項)?(?:当选|符合(?:题意|题干|要求)[,，]?(?:故|应)?当选)"
            rf"|{_ZH_SO}只有(?:选项|選項)?{_OPENS}{_LABEL}(?![A-Za-z\d、,，和与及]){_SHUTS}\s?(?:选项|選項|项|項)?(?:是|才|最)?(?:符合(?:题意|题干|要求|条件)|正确的?|对的?|合适的?|成立)"
            rf"|{_ZH_SO}(?:本题|此题)?(?:{_ZH_FIT}|正确的?|本题的?)(?:{_ZH_NOUN})(?:应该|应当|应)?(?:是|为|為|选)(?:选项|選項)?{_OPENS}{_LABEL}(?![A-Za-z\d、,，和与及]){_SHUTS}(?:选项|選項|项|項)?"
        ),
        ("因此，B项是最合适的答案。", "所以正确的选项应该是B。"),
    ),
    (
        "ja",
        (
            rf"(?:選択肢|肢)?{_OPENS}{_MARK_OR_NUMBER}番?[)）」』．.]*{_JA_TEXT}が(?:最も)?(?:正しい|正解|正答|適切|適当|答え|妥当)(?:選択肢|もの|答え|解答)?{_JA_DONE}"
            rf"|(?:(?:正しい|最も適切な|適切な|正解の)(?:もの|選択肢|答え|解答|記述|組み合わせ)?|正解|正答|答え|(?:正しい|適切な|最も適切な|該当する)の)は[、\s]*(?:選択肢)?{_OPENS}{_MARK}番?[)）」』．.]*{_JA_TEXT}{_JA_DONE}"
        ),
        ("塔はパリにあるため、b)が正しい。", "正解はBの「Paris」です。"),
    ),
    (
        "ko",
        (
            rf"(?<![와과나및,]\s)(?<!(?:또는|혹은)\s){_OPENS}(?P<label>(?-i:[A-Ja-j])|[①-⑩]){_SHUTS}(?:번)?(?:이|가)\s?(?:정답|답|맞는\s답|옳은\s답){_KO_DONE}"
            rf"|(?:(?:정답|답|(?:옳은|맞는|올바른|알맞은|적절한)\s(?:것|답))은|(?:옳은|맞는|올바른|알맞은|적절한)\s(?:보기|선택지)는|정답:)\s*{_OPENS}(?:(?P<label>(?-i:[A-Ja-j])|[①-⑩])(?:\s?번)?(?:(?:[.)]\s?|\s)(?P<text>[^\n.]{{1,80}}?))?|(?P<label>[1-9]\s?번)(?:[.)]?\s(?P<text>[^\n.]{{1,80}}?))?){_SHUTS}{_KO_DONE}"
        ),
        (
            "정답은 ②번입니다.",
            "따라서 옳은 것은 B입니다.",
            "B가 정답입니다.",
            "가장 적절한 것은 B이다.",
            "알맞은 답은 B입니다.",
            "올바른 보기는 B입니다.",
            "맞는 선택지는 B입니다.",
        ),
    ),
    (
        "ko",
        (
            # The number of an option, then its text, or that with its number behind it in brackets.
            rf"(?<![가-힣])(?:정답|답)\s*{_OPENS}(?P<label>[①-⑩]|[1-9]\s?번){_SHUTS}(?:[.)]?\s?(?P<text>[^\n.]{{1,80}}?))?{_KO_DONE}"
            rf"|{_OPENS}(?P<label>[①-⑩]|(?:(?-i:[A-J])|[1-9])(?:\s?번|[.)])){_SHUTS}\s?(?![와과및나,·]|또는|혹은)(?P<text>[^\n.,]{{1,80}}?)(?:이|가)\s(?:정답|답){_KO_DONE}"
            rf"|{_KO_SO}?+(?P<text>[^\n.,]{{1,80}}?)\s?[(（](?P<label>[1-9]\s?번|[①-⑩])[)）](?:이|가)\s(?:정답|답){_KO_DONE}"
            rf"|{_KO_SO}(?:(?P<of>[^\n.,]{{1,60}}?)[은는]\s)?+(?P<text>[^\n.,]{{1,80}}?)\s?[(（](?P<label>[1-9]\s?번|[①-⑩])[)）]{_KO_DONE}"
            rf"|{_KO_SO}(?P<text>[^\s.,()]{{2,20}})[(（](?P<label>[1-9])[)）]{_KO_DONE}"
        ),
        (
            "따라서 정답 2번 Paris.",
            "② Paris가 정답입니다.",
            "Paris(2번)가 정답입니다.",
            "따라서 수도는 Paris(2번).",
            "따라서 Paris(2).",
        ),
    ),
    (
        "ja",
        (
            rf"{_JA_SO}(?:(?P<of>[^\n。、]{{1,60}}?)は、?)?+「?(?P<text>[^\n。、「」]{{1,80}}?)」?[(（](?P<label>[1-9]\s?番|[①-⑩])[)）]{_JA_DONE}"
            rf"|{_JA_SO}(?P<text>[^\s。、()（）]{{2,20}})[(（](?P<label>[1-9])[)）]{_JA_DONE}"
        ),
        ("したがって、首都はParis（2番）です。", "よってParis（2）。"),
    ),
)
EXAMPLES = tuple((language, examples) for language, _, examples in _SENTENCES)
"""Sentences that name the option B, by language."""


_CLAUSE = r"(?:^|(?<=[、，,\s])|(?<=ため|ので|から|より))"
"""Where what names an option begins in languages whose verb comes last, behind its reasons."""
_STARTS = {"ja": _CLAUSE, "ko": _CLAUSE, "zh": r"(?:^|(?<=[，,；;\s]))"}


@cache
def _patterns() -> tuple[regex.Pattern[str], ...]:
    articles = r"(?:la|le|el|die|der|das|il|lo|a|o|de|het|η|το|az?)"
    right_ones = (
        rf"^(?:{any_of('concludes')}[\s,،:]*+)?+(?:{right_options.lead})"
        rf"(?:(?:{articles}\s+)?{any_of('options')}\s*+(?<=[\s\u0e00-\u0e7f]))?{_MARKED}(?:\s+(?:है|ہے|است))?+{_ENDS}$"
    )
    return (
        regex.compile(right_ones, regex.IGNORECASE),
        *(
            regex.compile(
                rf"{_STARTS.get(language, '^')}(?:{pattern}){_ENDS}$",
                regex.IGNORECASE,
            )
            for language, pattern, _ in _SENTENCES
        ),
    )


# What stands before the label in "A letra B está correta", once its end is read.
@cache
def _named() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?:{any_of('concludes')}[\s,，、:]*+)?(?:(?:(?:la|le|el|die|der|das|il|lo|a|o|de|het|the)\s|l['’])?\s*"
        rf"(?P<noun>{any_of('options', 'names', 'announces')})\s*)?{_MARKED}",
        regex.IGNORECASE,
    )


@cache
def _reason() -> regex.Pattern[str]:
    return regex.compile(rf"[,，、،]\s*+(?:{BECAUSE})(?!\w)[^\n]*+$", regex.IGNORECASE)


_ANSWER_BEHIND = regex.compile(r"(?:이|가)\s(?:정답|답)$")
"""What stands behind the text of an option in Korean, once "is" is taken off."""
_GRAMMAR = frozenset("sondern bleibt queda resta rimane reste sobra sino".split())
"""Words of ASCII that the sentences here have besides those of the table."""


@cache
def _telling() -> frozenset[str]:
    """The words of ASCII that a sentence of another language than English has that names an option."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for row in rows("options", "announces", "names", "labels", "closes", "qualifies", "states"):
        for word in row.words:
            found[row.language == "en"].update(_ASCII_WORD.findall(word.casefold()))
    return frozenset(found[False] - found[True]) | _GRAMMAR


_NEW_SENTENCE = regex.compile(r"[。.!?？\n]")
_OPEN: tuple[Sense, ...] = ("denies", "hedges", "retracts")
# What leaves an option out, or only says how it looks.
_LEFT_OUT = regex.compile(
    r"(?<!\w)(?:des(?:cart|cons)|elimin|élimin|exclu|esclu|rechaz|rejei|rejet|scart|écart|menos\b|moins\b|meno\b|peor|pior|pire\b|err[oaóe]|equivoc|incorre|fals|faux\b|inv[aáà]lid|parec|sembl|sembr|contradi|tromp|confund|engañ|engan|distra|schlecht|slechtst|peggior|худш|najgorsz)|استبعاد|تستبعد|الأقل|خطأ|خاطئ",
    regex.IGNORECASE,
)
_LISTED = regex.compile(rf"(?:[A-J]|{OTHER_LETTERS})[)\]]?\s*+[:：]")
_ASCII_WORD = regex.compile(r"[a-z]{2,}+")
_ANY_LABEL = regex.compile(
    rf"(?:(?<![^\W\d_])|(?<=[\u3400-\u9fff]))(?:[A-J](?![A-Za-z\d])|{OTHER_LETTERS})|[\u3040-\u30ff\uac00-\ud7af]"
)


def is_left_out(said: str) -> bool:
    """Whether what is said of an option leaves it out, or only says how it looks.

    Example:
        >>> is_left_out("descartamos"), is_left_out("la capital es")
        (True, False)
    """
    return _LEFT_OUT.search(said) is not None


def option_named(text: str) -> str | None:
    """The option that a sentence names as the right one, by its label; with its text, if it says that.

    Example:
        >>> (
        ...     option_named("A letra B está correta, pois x = 2."),
        ...     option_named("正解はBの「Paris」です。"),
        ... )
        ('B', 'B. Paris')
        >>> option_named("A letra B não está correta."), option_named("A letra B é azul.")
        (None, None)
    """
    text = text.strip(" *_\n")
    if len(text) > LONGEST or not _ANY_LABEL.search(text):
        return None
    if text.isascii() and _telling().isdisjoint(_ASCII_WORD.findall(text.casefold())):
        return None
    reason = _reason().search(text)
    if reason and not taken_back(reason[0]):
        text = text[: reason.start()]
    shut = closed(text.rstrip(STOPS))
    named = _named().fullmatch(shut or text.rstrip(STOPS))
    if named and not shut and (not named["noun"] or _LISTED.search(named[0])):
        return None  # a label and no more, or one answer of a list
    if named is None:
        for pattern in _patterns():
            named = pattern.search(text)
            if named:
                break
    if named is None or _NEW_SENTENCE.search(text, 0, named.start()):
        return None
    before = text[: named.start()]
    if denied_before(before) or set_aside(before):
        return None
    for group in ("why", "of"):
        said = named.groupdict().get(group)
        if said and (_LEFT_OUT.search(said) or any(True for _ in spotted(said, *_OPEN))):
            return None
    label, said = str(named["label"]), named.groupdict().get("text")
    said = _ANSWER_BEHIND.sub("", said) if said else ""
    if not said:
        return label
    if not said.isascii() and any(
        spot.start == 0 or spot.end == len(said) for spot in spotted(said, *_OPEN)
    ):
        return None
    return f"{label}번 {said}" if label.isdecimal() else f"{label}. {said}"
