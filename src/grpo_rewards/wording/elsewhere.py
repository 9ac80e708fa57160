"""Answers that are another's, another question's, or only a part: what languages but English say so.

What English says is in `grpo_rewards.wording.doubts` and `grpo_rewards.wording.qualified`.
"""

from __future__ import annotations

import regex

from grpo_rewards.wording.patterns import compiled

__all__ = ["is_elsewhere"]

# From there to the value the sentence turns to nothing else: "Il professore dice 41, ma è".
# What is worked out from the answer, or read off it: "das Doppelte der Antwort".
_PROPERTIES = (
    r"\b(?:Ableitung|Doppelte|Dreifache|Vierfache|Hälfte|Drittel|Viertel|Quadrat|Wurzel|Ziffern?|Quersumme|Einerstelle|Kehrwert|Betrag|Rest|Zähler|Nenner|Gegenteil)\s(?:\w++\s){0,2}(?:der|von\sder|unserer|meiner)\s(?:\w++\s)?Antwort\b",
    r"\b(?:dérivée|double|triple|moitié|tiers|quart|carré|cube|racine|chiffres?|inverse|opposé|reste|numérateur|dénominateur)\s(?:\w++\s){0,2}de\s(?:la|ma|notre)\s(?:\w++\s)?réponse\b",
    r"\b(?:derivada|doble|triple|mitad|tercio|cuarto|cuadrado|cubo|raíz|cifras?|dígitos?|inverso|opuesto|resto|numerador|denominador)\s(?:\w++\s){0,2}de\s(?:la|mi|nuestra)\srespuesta\b",
    r"\b(?:derivada|dobro|triplo|metade|terço|quarto|quadrado|cubo|raiz|algarismos?|dígitos?|inverso|oposto|resto|numerador|denominador)\s(?:\w++\s){0,2}d(?:a|e|e\sminha|a\sminha|a\snossa)\sresposta\b",
    r"\b(?:derivata|doppio|triplo|metà|terzo|quarto|quadrato|cubo|radice|cifr[ae]|inverso|opposto|resto|numeratore|denominatore)\s(?:\w++\s){0,2}della\s(?:\w++\s)?risposta\b",
    r"(?<!\w)(?:(?:удвоенн|утроенн|обратн|противоположн)\w++\sответ|(?:половин\w++|треть|четверть|производная|квадрат|куб|корень|цифр\w*+|остаток|числитель|знаменатель|модуль)\s(?:\w++\s){0,2}ответа)(?!\w)",
    r"答案的(?:[两二三四几\d]倍|[一]?半|[三四五]分之|平方|立方|倒数|相反数|绝对值|个位|十位|末位|末尾|最后|首位|第一位|各位|数字|数位|分子|分母|余数|算术)",
    r"答え(?:を|の)(?:\d|[二三四])?(?:倍|乗|半分|半数|平方|二乗|逆数|一の位|末尾|下|最後|各位|桁|絶対値|分子|分母|余り)",
    r"(?<!\w)(?:정)?답[의을를]\s?(?:두|세|네|\d)?\s?(?:배|절반|반|제곱|역수|일의\s?자리|마지막|끝자리|자릿수|절댓값|분자|분모|나머지|나누|나눈)",
    r"(?<!\w)(?:gấp\s(?:đôi|ba)|hai\slần|ba\slần|một\snửa|nửa|bình\sphương|căn\sbậc\shai|chữ\ssố|nghịch\sđảo|số\sđối|số\sdư)\s(?:\w++\s){0,4}(?:đáp\sán|câu\strả\slời)(?!\w)",
    r"(?<!\w)(?:ضعف|نصف|ثلث|ربع|مربع|مكعب|جذر|مقلوب|معكوس|آحاد|أرقام|رقم)\s(?:\w++\s){0,2}(?:الإجابة|الجواب)(?!\w)",
)
# Somebody else's answer, by who has it and what they do: "laut dem Lehrer", "mon ami dit que".
_SOURCES = (
    r"\b(?:laut|gemäß|nach\s(?:Meinung|Ansicht|Angabe)|zufolge)\s(?:\w++\s){0,2}(?:Lehrer\w*+|Lehrbuch\w*+|Buch\w*+|Freund\w*+|Schüler\w*+|Student\w*+|Professor\w*+|Kolleg\w*+|Internet\w*+|Wikipedia|Taschenrechner\w*+|Bruder\w*+|Schwester|Musterlösung)\b",
    r"\b(?:Lehrer(?:in)?|Buch|Lehrbuch|Freund(?:in)?e?|Schüler(?:in)?|Student(?:en|in)?|Professor(?:in)?|Kolleg(?:e|in)|Bruder|Schwester|jemand|viele|manche|einige)\s(?:sag|mein|behaupte|glaub|denk)\w*+,?+",
    r"\b(?:selon|d['’]après)\s(?:\w++\s){0,2}(?:professeur|prof|maître|ami|amie|livre|manuel|élèves?|étudiant\w*+|camarade|collègue|frère|sœur|internet|Wikipédia|calculatrice|corrigé)\b",
    r"\b(?:professeur|prof|maître|ami|amie|livre|manuel|élève|étudiant|camarade|collègue|frère|sœur|on|certains|beaucoup)\s(?:m['’]a\s)?(?:di(?:t|sent|sait)|pens\w++|croi\w++|affirm\w++|prétend\w*+|répon\w++|écri\w++)\s(?:que|qu['’])",
    r"\bsegún\s(?:\w++\s){0,2}(?:profesor\w*+|maestr\w++|amig\w++|libro|alumn\w++|estudiantes?|compañer\w++|herman\w++|internet|Wikipedia|calculadora|solucionario)\b",
    r"\b(?:profesora?|maestr[oa]|amig[oa]s?|libro|alumn[oa]s?|estudiantes?|compañer[oa]s?|herman[oa]|alguien|algunos|muchos)\s(?:me\s)?(?:dic\w++|dij\w++|cre\w++|piens\w++|afirm\w++|sostien\w++|respond\w++|escrib\w++)\s(?:que|:)",
    r"\b(?:segundo|de\sacordo\scom|conforme)\s(?:\w++\s){0,2}(?:professora?|amig[oa]s?|livro|alun[oa]s?|estudantes?|coleg\w++|irm[ãa]o?|internet|Wikipédia|calculadora)\b",
    r"\b(?:professora?|amig[oa]s?|livro|alun[oa]s?|estudantes?|colegas?|irmão|irmã|alguém|alguns|muitos)\s(?:me\s)?(?:di[zs]\w*+|ach\w++|pens\w++|acredit\w++|afirm\w++|respond\w++|escrev\w++)\s(?:que|:)",
    r"\bsecondo\s(?:\w++\s|l['’]){0,2}(?:professor\w*+|prof|maestr\w++|amic\w++|libro|studente\w*+|alunn\w++|compagn\w++|fratello|sorella|internet|Wikipedia|calcolatrice)\b",
    r"\b(?:professor(?:e|essa)|maestr[oa]|amic[oahi]+|libro|student[ei]|alunn[oi]|compagn[oi]|fratello|sorella|qualcuno|alcuni|molti)\s(?:mi\s)?(?:dic\w++|ha\sdetto|pens\w++|cred\w++|afferm\w++|sostien\w++|rispond\w++|scriv\w++)\s(?:che|:)",
    r"(?<!\w)(?:по\sсловам|по\sмнению|согласно)\s(?:\w++\s){0,2}(?:учител\w++|преподавател\w++|друг\w*+|подруг\w++|книг\w++|учебник\w*+|ученик\w*+|студент\w*+|товарищ\w*+|брат\w*+|сестр\w++|калькулятор\w*+|интернет\w*+|Википедии)(?!\w)",
    r"(?<!\w)(?:учитель\w*+|преподаватель|друг|подруга|книга|учебник|ученик|студент|товарищ|брат|сестра|кто-то|некоторые|многие)\s(?:\w++\s)?(?:говор\w++|сказа\w++|счита\w++|дума\w++|утвержда\w++)",
    r"(?:老师|同学|朋友|小[明红华刚丽李王张]|有人|课本|书上|网上|哥哥|姐姐|弟弟|妹妹|学生|他们?|她们?)[^，。；\d]{0,4}(?:说|认为|觉得|以为|告诉我|声称|回答[说道是：])",
    r"(?:先生|友達|友人|生徒|学生|教科書|兄|姉|弟|妹|ネット)(?:の話)?(?:によると|によれば)",
    r"(?<!\w)(?:선생님|친구|학생|교과서|책|형|누나|동생|인터넷)(?:의\s?말)?에\s?따르면",
    r"(?<!\w)(?:theo\s(?:lời\s)?)?(?:thầy(?:\sgiáo)?|cô(?:\sgiáo)?|giáo\sviên|bạn(?:\stôi|\sem)?|sách|học\ssinh|ai\sđó|anh\strai|chị\sgái)\s(?:\w++\s)?(?:nói|bảo|cho\srằng|nghĩ)(?!\w)",
    r"(?<!\w)(?:يقول|تقول|قال|قالت|يعتقد|تعتقد|يظن|زعم|يزعم|وفقا?ً?\sل|حسب)\s?(?:المعلم|المدرس|الأستاذ|صديق|الكتاب|الطالب|زميل|أخي|أختي|البعض|أحد|معلم|أستاذ)\w*+",
)
_WE_SET = r"(?:\$?[A-Za-z]\s?=\s?[-−]?\d+\$?)"
# What holds for some values only: "für n = 3", "n が偶数のとき".
_CASES = (
    rf"\b(?:für|pour|para|per|при|для|mit|avec|con|com)\s{_WE_SET}[,\s]\s*+(?:(?:ist|lautet|beträgt|wäre)\s)?(?:die|la|a|el|)\s?(?:\w++\s)?(?:Antwort|réponse|respuesta|resposta|risposta|ответ)\b",
    r"(?:^|[.!?]\s)(?:angenommen|nehmen\swir\san|gesetzt\sden\sFall|stellen\swir\suns\svor|sollten?\s(?!die\sAntwort|man|wir|das|es\ssein)[^,.!?]{1,60}),(?:\s[A-Za-z]\s?=\s?\d+,)?[^,.!?]{0,60}$",
    r"(?<!\w)при\s(?:не)?ч[её]тн\w++\s\w[,\s]\s*+(?:\w++\s)?ответ",
    r"(?:当|當|若|如果)[^，,。；]{1,20}(?:偶数|奇数|质数|素数|正数|负数|偶數|奇數)[^，,。；]{0,6}[，,]\s*+(?:则|那么)?(?:正确|最终)?答案",
    r"(?:偶数|奇数|素数|正|負)(?:の|である)?(?:とき|時|場合|なら)(?:に)?(?:は)?[、,]?\s*+(?:最終的な)?(?:答え|解)[はが]",
    r"(?:짝수|홀수|소수|양수|음수)(?:일\s?때|인\s?경우|이?라?면)(?:에?는)?,?\s*+(?:정)?답[은는이]",
    r"(?<!\w)(?:إذا|عندما|لو)\s(?:كانت?\s)?\$?[A-Za-z]\$?\s(?:عددا\s)?(?:زوج|فرد|أولي|موجب|سالب)\w*+\s?،?\s?(?:فإن\s)?ف?(?:الإجابة|الجواب)",
)
# The answer to the first of several questions.
_PARTS = (
    r"\bAntwort\s(?:auf|zu|für|von)\s(?:die\s|den\s)?(?:(?:Teil\w*+|Aufgabenteil)\s\(?[a1i]\b|(?:Frage|Aufgabe)\s\(?a\b|erste[nr]?\s(?:Frage|Teil|Aufgabe))",
    r"\bréponse\s(?:à|de|pour)\s(?:la\s)?(?:(?:question|partie)\s\(?a\b|première\s(?:question|partie))",
    r"\brespuesta\s(?:al?|del?|para)\s(?:el\s|la\s)?(?:(?:apartado|inciso|parte|pregunta)\s\(?a\b|primer[ao]?\s(?:apartado|parte|pregunta|inciso))",
    r"\bresposta\s(?:d[ao]|à|ao|para\s[ao])\s(?:(?:item|parte|alínea|questão|pergunta)\s\(?a\b|primeir[ao]\s(?:item|parte|pergunta|questão))",
    r"\brisposta\s(?:all?a?|dell?a?|per\sla)\s(?:(?:parte|domanda|punto|quesito)\s\(?a\b|prima\s(?:parte|domanda))",
    r"(?<!\w)ответ\s(?:на|к|для)\s(?:(?:под)?(?:пункт\w*+|част\w++|вопрос\w*+)\s\(?[аa]\b|перв\w++\s(?:вопрос|част|пункт)\w*+)",
    r"(?:第[一1]个?(?:小?问题?|小题|部分|空)|[(（][1一aA][)）]\s?(?:小?[问题])?)的?答案",
    r"(?:小?問[1一]|[(（][1１a][)）]|第[1一]問|最初の問[いに]?)の?答え",
    r"(?:\((?:1|a|가)\)의?\s?(?:번의?)?|첫\s?번째\s?(?:문제|질문|물음)의?)\s?(?:정)?답",
    r"(?<!\w)(?:đáp\sán|câu\strả\slời)\s(?:cho\s|của\s)?(?:câu\shỏi\s|câu\s|phần\s|ý\s)(?:\(?a\b|đầu\stiên)",
    r"(?<!\w)(?:إجابة|جواب)\s(?:الجزء|الفرع|السؤال|الفقرة)\s(?:الأولى?|\(?أ\b)",
)
# One of several answers: "eine mögliche Antwort", "одно из решений".
_ONE_OF = (
    r"\beine\s(?:mögliche\s)?(?:Lösung|Antwort|Möglichkeit)\s(?:ist|lautet|wäre)|\b(?:ist|lautet|wäre)\seine\s(?:mögliche\s)?(?:Lösung|Antwort)\s|\beine\smögliche\s(?:Lösung|Antwort)\b",
    r"\bune\s(?:des\s)?(?:solutions?|réponses?|racines?)(?:\spossibles?)?\s(?:est|serait|vaut)\b|\bréponse\spossible\b",
    r"\buna\s(?:de\slas\s)?(?:soluci(?:ón|ones)|respuestas?|raíz|raíces)(?:\sposibles?)?\s(?:es|sería)\b|\brespuesta\sposible\b",
    r"\buma\s(?:das\s)?(?:soluç(?:ão|ões)|respostas?|raiz|raízes)(?:\spossíve(?:l|is))?\s(?:é|seria)\b|\bresposta\spossível\b",
    r"\buna\s(?:delle\s)?(?:soluzion[ei]|rispost[ae]|radic[ei])(?:\spossibil[ei])?\s(?:è|sarebbe)(?!\w)|\brisposta\spossibile\b",
    r"(?<!\w)(?:одно|один|одна)\sиз\s(?:решений|корней|ответов|возможных\s\w++)|(?<!единственн\w{2}\s)возможн(?:ый|ое)\s(?:ответ|решение)(?!\w)",
    r"(?:其中)?(?:的?一个|某个|(?<!唯一)可能的)(?:解|根|答案|值)(?:是|为|：)|(?:解|根|答案)之一(?:是|为)",
    r"(?:答え|解|値)の(?:一つ|1つ|ひとつ)は|考えられる(?:答え|解)",
    r"(?:답|해|근|값)\s?(?:중|가운데)(?:의|에서)?\s?(?:하나|한\s?가지)",
    r"(?<!\w)một\s(?:trong\s(?:các|những|số)\s)?(?:đáp\sán|nghiệm|câu\strả\slời)(?:\s(?:có\sthể|khả\sdĩ))?\slà",
    r"(?<!\w)(?:إحدى\s(?:الإجابات|الحلول)|أحد\s(?:الحلول|الأجوبة))",
)
# How it seems at first, or is so far; an example, a guess, a step on the way.
_SO_FAR = (
    r"\b(?:auf\sden\sersten\sBlick|zunächst\seinmal|à\spremière\svue|au\spremier\sabord|a\sprimera\svista|à\sprimeira\svista|a\sprima\svista)\b",
    r"на\sпервый\sвзгляд|乍一?看|粗看|粗略(?:地|来)?看|一見(?:すると|して)?|ぱっと見|언뜻|얼핏|(?<!\w)thoạt\snhìn(?!\w)|للوهلة\sالأولى",
    r"\b(?:bisher|bislang|vorerst|bis\sjetzt|jusqu['’](?:à\sprésent|ici)|pour\s(?:l['’]instant|le\smoment)|hasta\s(?:ahora|aquí)|por\sahora|de\smomento|até\s(?:agora|aqui)|por\senquanto|finora|per\s(?:ora|adesso))\b",
    r"(?<!\w)(?:пока\sчто|до\sсих\sпор|пока\s(?:получается|выходит))(?!\w)|(?:到)?目前为止|暂时|ここまで(?:で|に)|これまでに|今のところ|(?:지금|현재|여기)까지|(?<!\w)(?:cho\sđến\s(?:nay|giờ)|đến\sgiờ|tạm\sthời)(?!\w)|حتى\sالآن",
    r"(?:^|[.!?。\n]\s?)\W{0,6}(?:Beispiel|zum\sBeispiel|z\.\s?B\.|exemple|par\sexemple|ejemplo|por\sejemplo|exemplo|por\sexemplo|esempio|per\sesempio|пример|например|例如|例えば|例|예를\s들어|예시?|ví\sdụ|مثال)\s?(?:[:：,，、]|$)",
    r"\b(?:schreib\w*+|écri(?:s|vez|re)|escrib[ea]|escreva|escreve|scrivi|scrivete)\s[^.!?\n]{0,40}\b(?:so|folgendermaßen|ainsi|comme\s(?:ceci|suit|cela)|así|assim|così)\s?(?:[:：]|$)|напиши\w*+\s[^.!?\n]{0,30}\sтак\s?(?:[:：]|$)|写成|このように書",
    r"\b(?:Zwischen(?:summe|ergebnis|stand)|Teilergebnis|(?:résultat|total)\s(?:intermédiaire|partiel|provisoire)|resultado\s(?:intermedio|parcial|provisional|intermediário|provisório)|risultato\s(?:intermedio|parziale|provvisorio))\b",
    r"промежуточн\w++\s(?:результат|итог|ответ)|中间(?:结果|值|答案)|(?:途中|中間)の?(?:結果|計算|答え)|小計|중간\s?(?:결과|값|답)|소계|kết\squả\s(?:trung\sgian|tạm\sthời)|النتيجة\s(?:المؤقتة|الجزئية|الوسيطة)",
    r"\b(?:(?:erste|première|primera|prima|primeira)\s(?:Vermutung|Idee|idée|idea|ideia|intuition|intuición|intuizione)|(?:meine|eine)\sVermutung|conjecture|suposición|supposizione|Musterlösung)\b|(?:первая\sмысль|догадка)|(?:我的)?(?:猜测|推测)|추측|phỏng\sđoán|تخمين",
    r"(?:^|[.!?\n]\s?)(?:die\sFrage\sist|la\squestion\sest|la\spregunta\ses|a\spergunta\sé|la\sdomanda\sè)(?!\w)|вопрос\sв\sтом|问题是",
)
# What it was before a step: "vor dem Rabatt", "打折前".
_STEPS = (
    r"\b(?:vor|ohne|abzüglich)\s(?:de[mnr]\s|die\s|das\s)?(?:\w++\s)?(?:Rabatt\w*+|Steuern?|Mehrwertsteuer|Trinkgeld\w*+|Abzug|Abzüge\w*+|Versand\w*+|Ermäßigung|Preisnachlass)\b",
    r"\b(?:avant|sans|hors)\s(?:la\s|le\s|les\s|l['’])?(?:remise|réduction|rabais|taxes?|impôts?|TVA|pourboire|frais|livraison)\b",
    r"\b(?:antes\sdel?|sin(?:\scontar)?)\s(?:el\s|la\s|los\s)?(?:descuento|impuestos?|IVA|propina|envío|rebaja)\b",
    r"\b(?:antes\sd[oae]s?|sem(?:\scontar)?(?:\s[oa]s?)?)\s(?:desconto|impostos?|gorjeta|frete|taxas?)\b",
    r"\b(?:prima\sdell?[oae]?(?:\s|['’])|senza\s(?:lo\s|la\s|il\s|le\s|l['’])?)(?:sconto|tass[ae]|IVA|mancia|spedizione|imposte)\b",
    r"(?<!\w)(?:до|без(?:\sуч[её]та)?)\s(?:\w++\s)?(?:скид(?:ки|ок)|налог(?:а|ов)|чаевых|доставки|комиссии|вычетов|вычета)(?!\w)",
    r"(?:打折|折扣|征税|加税|扣税|降价|涨价|优惠|交税)(?:之)?前|(?:不含|未含)(?:税|运费|小费)",
    r"(?:割引|値引き?|課税|値下げ|値上げ)(?:の|される)?前|税抜|税別|送料別",
    r"(?:할인|세금|배송비|인상|인하)\s?(?:적용\s?)?(?:전|제외)",
    r"(?<!\w)(?:trước\skhi\s(?:được\s)?(?:giảm|tính\sthuế|chiết\skhấu|trừ|cộng)|chưa\s(?:tính|kể|gồm|bao\sgồm)\sthuế)",
    r"(?<!\w)(?:قبل|بدون)\s(?:الخصم|خصم|الضريبة|ضريبة|الضرائب|التخفيض|الإكرامية)(?!\w)",
)


def _governing(words: tuple[str, ...]) -> str:
    """Words, up to the answer, if no clause of its own begins between."""
    between = (
        r"(?:(?!\b(?:aber|doch|sondern|also|daher|mais|donc|pero|así|mas|porém|portanto|logo|ma|però|quindi|dunque|но|однако|значит|nhưng|vậy|nên)\b"
        r"|但|所以|因此|而|しかし|ですが|だから|よって|したがって|하지만|그러나|따라서|لكن|لذلك|إذن)[^.!?;。！？\n]){0,200}+$"
    )
    return f"(?:{'|'.join(words)}){between}"


_ALL = (
    "|".join((*_PROPERTIES, *_ONE_OF))
    + rf"|{_governing((*_SOURCES, *_PARTS, *_SO_FAR))}|(?:{'|'.join(_STEPS)})[^.!?;。\n\d]{{0,60}}$"
    + rf"|(?:{'|'.join(_CASES)})[^.!?;,，、،。\n]{{0,30}}$"
)
# A letter of each of them: most texts have none of its words.
_WORDS = regex.compile(
    r"[^\x00-\x7f]|antwort|\b(?:eine|une|una|uma)\s|lehrer|freund|rabatt|steuer|versand|trinkgeld|resp|ris(?:p)ost|sollte|angenommen|nehmen wir|gesetzt|stellen wir|"
    r"beispiel|exempl|ejemplo|esempio|schreib|escri|scriv|zwischen|teilergebnis|musterl|intermedi|parcial|parzial|provis|bisher|bislang|vorerst|jusqu|hasta|agora|enquanto|finora|ersten|\b(?:prim|frage|question|pregunta|pergunta|domanda|vermutung|conjecture|bis jetzt|de momento|pour l|per ora|per adesso|laut|avant|sans|hors|selon|antes|sin|sem|prima|senza|segundo|secondo|professeur|ami|amie|livre|amig|libro|profesor|profesora|maestr|alunn|amic|student|professore|vor|ohne)",
    regex.IGNORECASE,
)


def is_elsewhere(text: str) -> bool:
    """Whether what stands before a value, in another language than English, makes it another answer.

    Example:
        >>> (
        ...     is_elsewhere("Das Doppelte der Antwort ist "),
        ...     is_elsewhere("Mon ami dit que la réponse est "),
        ... )
        (True, True)
        >>> (
        ...     is_elsewhere("Die Antwort ist "),
        ...     is_elsewhere("Mi amigo dice que son 41, pero la respuesta es "),
        ... )
        (False, False)
    """
    near = text[-LONGEST:]
    return _WORDS.search(near) is not None and (
        compiled(_ALL, regex.IGNORECASE).search(near) is not None
    )


LONGEST = 200
"""How far (characters) before a value it is looked for."""
