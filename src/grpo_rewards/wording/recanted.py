"""Sentences behind an answer that take it back in any language: "C'est faux.", "Now subtract 5."."""

from __future__ import annotations

import regex

from grpo_rewards.wording.consequences import bare, same
from grpo_rewards.wording.patterns import compiled

__all__ = ["is_recanted"]

_STOP = r"(?:\s*(?:[.!,;:。！，、…]|$))"
# What a sentence says of what stands before it: that it is false, or that its writer erred.
_FALSE = (
    (
        r"(?:das|dies|es|(?:die|diese)\santwort)\s(?:ist|war)\s(?:\w+\s)?(?:falsch|unmöglich|nicht\s(?:richtig|korrekt|möglich)|ein\s(?:fehler|irrtum|widerspruch))|das\sstimmt\snicht"
        r"|(?:ich\shabe|da\shabe\sich)\s(?:mich\s(?:\w+\s)?(?:verrechnet|geirrt|vertan|verzählt)|(?:\w+\s){0,2}(?:fehler|rechenfehler)\sgemacht)"
    ),
    (
        r"c['’](?:est|était)\s(?:\w+\s)?(?:faux|incorrect|erroné|impossible|une\serreur)|ce\sn['’]est\spas\s(?:correct|juste|vrai|possible|bon|la\s(?:bonne\s)?réponse)"
        r"|je\sme\ssuis\strompée?|j['’]ai\s(?:fait\sune\serreur|mal\s(?:calculé|compté|lu)|commis\sune\serreur)"
    ),
    (
        r"(?:eso|esto|(?:la|esta)\srespuesta|lo\santerior)\s(?:es|era|está)\s(?:\w+\s)?(?:fals[oa]|incorrect[oa]|imposible|mal|erróne[oa]|un\serror|equivocad[oa])|(?:eso|esto)\sno\ses\s(?:correcto|cierto|posible|verdad)"
        r"|me\s(?:equivoqué|he\sequivocado)|cometí\sun\serror|he\scometido\sun\serror|calculé\smal"
    ),
    (
        r"(?:isso|isto|(?:a|essa|esta)\sresposta)\s(?:é|está|era)\s(?:\w+\s)?(?:fals[oa]|incorret[oa]|errad[oa]|impossível|um\serro)|isso\snão\s(?:é|está)\s(?:correto|certo|verdade|possível)"
        r"|(?:eu\s)?errei|cometi\sum\serro|(?:eu\s)?me\senganei|enganei-me|calculei\smal"
    ),
    (
        r"(?:questo|ciò|(?:la|questa)\srisposta)\s(?:è|era)\s(?:\w+\s)?(?:fals[oa]|sbagliat[oa]|errat[oa]|impossibile|un\serrore)|(?:questo|ciò)\snon\sè\s(?:corretto|giusto|vero|possibile)|è\s(?:falso|sbagliato|errato)"
        r"|ho\s(?:sbagliato|commesso\sun\serrore|fatto\sun\serrore|calcolato\smale)|mi\ssono\ssbagliat[oa]"
    ),
    (
        r"(?:это|(?:этот\s)?ответ|этот\sрезультат)\s(?:\w+\s)?(?:неверно|неверен|неправильно|неправильный|ошибка|ошибочно|ложь|невозможно|не\sтак|не\sверно|не\sправильно)"
        r"|(?:я\s)(?:\w+\s)?(?:ошибся|ошиблась|просчитался|просчиталась|допустила?\sошибку)"
    ),
    r"(?:điều\snày|(?:đáp\sán|kết\squả)\snày|cái\snày|như\svậy)\s(?:là\s)?(?:sai|không\sđúng|không\sthể|vô\slý|nhầm)|tôi\s(?:đã\s)?(?:nhầm|tính\ssai|sai|mắc\slỗi)",
    r"(?:هذا|هذه|ذلك)\s(?:الإجابة\s|الجواب\s)?(?:خطأ|خاطئ|خاطئة|غير\sصحيح|غير\sصحيحة|مستحيل)|(?:لقد\s)?(?:أخطأت|حسبت\sخطأ)",
)
_FALSE_UNSPACED = (
    r"(?:这|那|此|该|以上|上述|上面)(?:个)?(?:答案|结果)?(?:是|显然是?|明显是?)?(?:错|错误|不对|不正确|有误|不可能|矛盾)|(?:我|刚才|上面|前面)[^。，]{0,4}(?:算错|错了|弄错|搞错|看错|数错|计算错误|有误)",
    r"(?:これ|それ|この答え|この結果|上記)は(?:明らかに)?(?:間違|誤り|違い|違う|正しく(?:ない|あり)|不正解|矛盾|あり得|ありえ|不可能)|(?:計算|数え|読み|答え)を?間違え|計算ミス|計算間違い",
    r"(?:이것|이|그것|이\s?답|위\s?답)[은는이가]\s?(?:틀|잘못|오답|불가능|모순)|(?:계산|답)을?\s?(?:잘못|틀렸|실수)",
)
_RECANTED = (
    rf"(?:^|[.!?…\n]\s?)[\s(*_]{{0,6}}+(?:(?:aber|doch|mais|pero|mas|ma|no|nein|non|não|но|нет|nhưng|لكن)[,.!،]?\s)?(?:{'|'.join(_FALSE)}){_STOP}"
    rf"|(?:^|[.!?。！？…\n]\s?)[\s(（]{{0,6}}+(?:(?:但是?|不|不过|しかし|いや|いいえ|하지만|아니)[,，、.。]?\s?)?(?:{'|'.join(_FALSE_UNSPACED)})"
)
# The reckoning goes on, so that what stands before it was a step: "Now we subtract 5".
_NEXT = (
    (
        r"(?:now|next|then|after\s(?:that|this)|from\s(?:this|that|it|here)|finally|lastly|it\s(?:only\s|still\s)?remains\sto|(?:we|you|i)\s(?:still|now|then)\s(?:have|need)\sto|all\sthat(?:['’]s|\sis)\sleft\sis\sto),?\s(?:(?:we|you|i|let['’]?s|let\sus|just|must|have\sto|need\sto|still|also|only)\s){0,4}"
        r"(?:add|subtract|multiply|divide|deduct|take\saway|remove)\b(?![^.!?\n]*\b(?:check|verify|confirm|back|proof)\b)"
    ),
    r"(?:jetzt|nun|davon|danach|dann|anschließend|als\snächstes)\s(?:\w+\s){0,2}(?:ziehen|addieren|subtrahieren|multiplizieren|teilen|dividieren)\b|(?:jetzt|nun|davon|danach|dann|es)\s(?:müssen|muss|sind|ist)\s[^.!?\n]{0,40}(?:abziehen|abzuziehen|abgezogen|addieren|addiert|teilen|multiplizieren|subtrahieren)\b",
    r"(?:maintenant|ensuite|puis|il\s(?:faut|reste)(?:\s(?:encore|à))?)[,\s][^.!?\n\d]{0,30}(?:soustra|enlev|retir|ajout|additionn|multipli|divis|retranch)\w+",
    r"(?:ahora|luego|después|falta|queda|todavía|aún)\s[^.!?\n\d]{0,30}(?:rest(?:amos|ar|emos)|sum(?:amos|ar|emos)|multiplic\w+|divid\w+|añad\w+|quit\w+)",
    r"(?:agora|depois|em\sseguida|falta|resta)[,\s][^.!?\n\d]{0,30}(?:subtra\w+|som(?:amos|ar)|multiplic\w+|divid\w+|adicion\w+)",
    r"(?:ora|adesso|poi|resta\sda|bisogna)\s[^.!?\n\d]{0,30}(?:sottra\w+|somm(?:iamo|are)|aggiung\w+|moltiplic\w+|divid\w+)",
    r"(?:теперь|затем|далее|потом|осталось|нужно\sещ[её])\s[^.!?\n\d]{0,30}(?:вычт\w+|вычес\w+|отнимем|отнять|прибав\w+|слож\w+|умнож\w+|раздел\w+)",
    r"(?:bây\sgiờ|tiếp\stheo|sau\sđó|còn\sphải)[,\s][^.!?\n\d]{0,25}(?:trừ|cộng|nhân|chia)(?!\w)",
    r"(?:الآن|ثم|بعد\sذلك)\s[^.!?\n\d]{0,15}(?:نطرح|نجمع|نضرب|نقسم)",
)
_NEXT_UNSPACED = (
    r"(?:接下来|然后|再|下一步)[^。，\d]{0,8}(?:减|加上|乘|除以|扣除)",
    r"(?:次に|ここから|さらに|あとは|これから)[^。]{0,12}(?:引[きく]|足[しす]|掛け|かけ|割[りる])",
    r"(?:이제|다음으로|여기서|그\s?다음)\s?[^.]{0,15}(?:빼|더하|더합|곱하|곱합|나누|나눕|뺍)",
)
_GOES_ON = (
    rf"(?:^|[.!?\n]\s?)[\s(*_]{{0,6}}+(?=[^.!?\n]*\d)(?:{'|'.join(_NEXT)})"
    rf"|(?:^|[.!?。！？\n]\s?)\s{{0,6}}+(?=[^.!?。\n]*\d)(?:{'|'.join(_NEXT_UNSPACED)})"
)
# "Oder 41.", "或者41。": another answer, in a sentence of its own.
_OR = regex.compile(
    r"(?:^|[.!?。！？\n]\s?)[\s(（]{0,6}+(?:oder|ou(?:\sbien)?|o(?:\sbien)?|oppure|или|либо|或者?|还是|または|あるいは|もしくは|또는|혹은|hoặc|أو)\s?"
    r"(?:(?:vielleicht|auch|doch|peut-être|encore|también|talvez|forse|anche|quizás?|может\sбыть|возможно)\s)?[$(]*(?P<other>[-−]?\d[\d,]*+(?:\.\d++)?+)[$)]*(?:です|である|입니다|이다)?\s*(?:[.!?。)）]|$)",
    regex.IGNORECASE,
)


def is_recanted(text: str, value: str) -> str:
    """How a sentence behind an answer takes it back: "denied", "retracted", "a rival", or not at all.

    Example:
        >>> is_recanted(". C'est faux.", "42"), is_recanted("。或者41。", "42")
        ('denied', 'a rival')
        >>> is_recanted(". C'est facile.", "42"), is_recanted(". Das ist nicht schwer.", "42")
        ('', '')
    """
    other = _OR.search(text)
    if other and not same(bare(other["other"]), bare(value)):
        return "a rival"
    if compiled(_GOES_ON, regex.IGNORECASE).search(text):
        return "retracted"
    return "denied" if compiled(_RECANTED, regex.IGNORECASE).search(text) else ""
