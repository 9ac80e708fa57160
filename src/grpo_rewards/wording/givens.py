"""What a sentence names with a number that was known before it: "in 3 days", "each of the 5 friends".

Where a sentence has several numbers, the one that is left without these is the one it states.
"""

from __future__ import annotations

import regex

__all__ = ["is_rate_in_time", "tells_what_was", "without_givens"]

_DATE = r"(?<!\w)(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?:of\s+)?[12]\d{3})?"
_ENGLISH = (
    r"(?:after|(?:in|within|during)(?:\s+the)?|for\s+the|for\s+all|of\s+(?:the|his|her|their|these|those)|on|from\s+the|over\s+the|between\s+the|among\s+the|with\s+the|by\s+the|to\s+the|the(?=\s\d+\s\w+\s(?:(?:together|all|each|both|combined|then|now|will|must|can)\s){0,8}(?:get|have|are|need|pay|take|make|cost)))"
    r"\s+(?:(?:next|first|last|all|other|remaining)\s+)?\d[\d,]*+(?!\.\d)(?:\s+(?!more\b|less\b|or\b|and\b)[a-z]+)"
)
_HOURS = r"h|horas?|heures?|Uhr|ore|ora|часов|часа"
# "los 16 vasos", "pour les 16 verres", "der 4 Freunde": of which it was said how many there are.
_DEFINITE = (
    r"(?:los|las|sus|estos|estas|esos|esas|les|des|aux|ces|ses|leurs|die|der|den|diese[nr]?|seine[nr]?|ihre[nr]?|alle[nr]?|os|dos|das|nos|nas|aos|pelos|pelas|seus|suas|esses|essas|estes"
    r"|(?:para|com|entre|de|por)\s+as|gli|le|dei|degli|delle|ai|agli|nei|nelle|sui|sulle|questi|queste|(?:per|con|tra|fra|di|da)\s+i|(?:(?:для|из|от|у|между|на|за)\s+)?(?:эти[хм]|все[хм]|его|её|их))"
    rf"\s+\d++(?![.,]\d)\s+(?!(?:{_HOURS}|de|por|y|o|u|e|ou|et|oder|und|и|или)(?!\w))[^\W\d_]{{2,}}+"
)
# "en 3 días", "nach 3 Tagen", "за 3 дня": a time that was asked about.
_TIMES = r"d[ií]as?|horas?|minutos?|segundos?|semanas?|mes(?:es)?|mês|años?|anos?|jours?|heures?|minutes?|secondes?|semaines?|mois|ans?|années?|tage?n?|stunden?|minuten?|sekunden?|wochen?|monate?n?|jahre?n?|giorn[oi]|or[ae]|minut[oi]|second[oi]|settiman[ae]|mes[ei]|ann[oi]|uur|dagen|weken|maanden|giờ|ngày|tuần|tháng|năm|phút|giây|дн(?:я|ей|ю)|день|час(?:а|ов)?|минут[уы]?|секунд[уы]?|недел[юиь]|месяц(?:а|ев)?|год(?:а|у)?|лет"
_IN_TIME = (
    r"(?:en|durante|tras|después\s+de|dentro\s+de|al\s+cabo\s+de|em|após|depois\s+de|dopo|in|entro|pendant|après|durant|dans|au\s+bout\s+de|nach|innerhalb\s+von|binnen|während|trong|sau|suốt|за|через|после|спустя|в\s+течение)"
    rf"\s+(?:(?:los|las|les|den|die|i|gli|le|os)\s+)?\d++(?![.,]\d)\s+(?:{_TIMES})(?!\w)"
)
# "за 16 стаканов": for so many of them; for so many roubles is a price.
_FOR_SO_MANY = r"за\s+\d++(?![.,]\d)\s+(?!рубл|долл|евро|цент|коп|тенге|грив|юан|фунт|песо|рупи)(?-i:[а-яё]{3,}+)"
# "$42 for 16 glasses": what so many cost.
_PRICED = r"(?<=(?:[$€£]\s?\d[\d,.]{0,12}|dollars|euros|pounds|cents|rupees)\s)for\s+\d[\d,]*+(?!\.\d)\s+(?!(?:dollars|euros|pounds|cents|rupees|more|less)\b)[a-z]{3,}+"
_SPACED = regex.compile(
    rf"{_DATE}|{_PRICED}|(?:^|(?<=[\s,]))(?:{_ENGLISH}|{_DEFINITE}|{_IN_TIME}|{_FOR_SO_MANY})",
    regex.IGNORECASE,
)
_NUMERAL = r"(?<![\d.])\d++(?:\.\d++)?+\s?"
_UNSPACED = regex.compile(
    # 在3天内, 5天后; 这份200GB的文件, 这4个朋友; 第3天
    rf"在?{_NUMERAL}(?:个?(?:小时|月|星期)|分钟|秒钟?|[天周年])(?:之?[内后]|以[内后]|的时间[内里]?|期间)"
    rf"|[这那该此][^\d\s，。是有]?{_NUMERAL}(?:[A-Za-z]{{1,4}}|[^\d\s，。的]{{1,2}})的"
    rf"|[这那该此]{_NUMERAL}[个位名只本支条张辆件台盒袋箱瓶杯]"
    rf"|第{_NUMERAL}[天次个章页步周年月轮]"
    # 1週間で, 5日後には, 1日あたり; 3回目の
    rf"|{_NUMERAL}(?:週間|日間?|時間|分間?|秒間?|年間?|[かヶヵカ]月間?)(?:以内に|の間に|で(?![すあはし])|後(?:には|に|は)?|経つと)"
    r"|(?<!\d)1(?:週間|日|時間|分|秒|年|[かヶヵカ]月|個|人|杯|本|枚|箱)(?:あたり|につき|に(?=\d))"
    rf"|{_NUMERAL}[回日番人週度年つ個本杯](?:間)?目"
    rf"|(?:その|この|これらの|それらの){_NUMERAL}[個人本枚匹台冊杯]の"
    # 3일 동안, 5일 후에는; 3번째
    rf"|{_NUMERAL}(?:일|주일?|시간|분|초|년|개월|달)\s?(?:동안에?|만에|이내에|간(?=\s)|후(?:에는|에|는)?)"
    rf"|{_NUMERAL}(?:번째|회차|일째)|(?<!\d)1(?:시간|일|개|인|분|주|명)(?:당|에\s(?=\d))"
    # 16টি কাঁচের জন্য, 3 দিনে; ใน 3 วัน
    rf"|{_NUMERAL}(?:টি|জন|টা)?\s?[\u0980-\u09ff]+\s(?:জন্য|পরে|পর|মধ্যে)(?!\w)"
    rf"|(?:ใน|หลังจาก|ภายใน|ผ่านไป)\s?{_NUMERAL}(?:วัน|ชั่วโมง|นาที|สัปดาห์|เดือน|ปี)"
)


_UNITS_OF_TIME = r"day|hour|week|month|year|minute|second|d[ií]a|hora|semana|mes|mês|año|ano|jour|heure|semaine|mois|an|minuto|dag|uur|maand|jaar|Tag|Stunde|Woche|Monat|Jahr|giorno|ora|settimana|mese|anno|день|час|неделю|месяц|год"
_RATE = regex.compile(
    rf"(?:per|each|every|an?|por|cada|al|à\s+la|par|chaque|pro|jede[nrs]?|im|am|ogni|в|кажды[йе]|каждую)\s+(?:{_UNITS_OF_TIME})(?!\w)"
    r"|daily|(?<!\w)по\s+\d|mỗi\s(?:giờ|ngày|tuần|tháng|năm|phút)|[每毎](?:天|日|小时|時間|周|週|个?月|年|分钟?)|1日\d|하루|매일|매주|\d[^\s\d]{1,3}씩",
    regex.IGNORECASE,
)
# How many do it, which may be known beforehand: "finished by 5 workers in 3 days".
_DONE_BY = regex.compile(
    r"\b(?:done|finished|completed|built|painted|dug|repaired|made|emptied|filled)\sby\s\d|\b\d+\s(?:workers|men|women|people|machines|pumps|pipes|painters|builders)\s(?:(?:will|can|would|could)\s)?(?:finish|complete|do|build|paint|dig|repair)",
    regex.IGNORECASE,
)
_TIME_TAKEN = regex.compile(
    rf"(?<!\w)(?:(?:after|in|within)\s+\d++\s+(?:days?|hours?|weeks?|months?|years?|minutes?|seconds?)(?!\w)|{_IN_TIME})"
    rf"|{_NUMERAL}(?:天|小时|分钟|周|个月|年|日|時間|週間|日間|分|일|시간|주|분|개월|년)\s?(?:之?[内后]|以[内后]|で|後|만에|후|동안)",
    regex.IGNORECASE,
)


def is_rate_in_time(text: str) -> bool:
    """Whether a sentence says both how long something takes, and how much of it falls to each day.

    Either may have been asked for, so that none of them is the one that is known.

    Example:
        >>> (
        ...     is_rate_in_time("He reads it in 5 days at 20 pages a day."),
        ...     is_rate_in_time("In 5 days"),
        ... )
        (True, False)
    """
    return (_RATE.search(text) or _DONE_BY.search(text)) is not None and (
        _TIME_TAKEN.search(text) is not None
    )


# How it was at first: "Originally, he had 42".
_FIRST = (
    r"\b(?:originally|initially|at\s(?:first|the\s(?:start|beginning|outset))|in\sthe\sbeginning|to\s(?:begin|start)\swith|zunächst|zuerst|anfangs|ursprünglich|am\sAnfang"
    r"|au\sd(?:épart|ébut)|initialement|[àa]\sl['’]origine|al\s(?:principio|inicio|comienzo)|inicialmente|originalmente|no\s(?:início|começo)|all['’]inizio|inizialmente|in\sorigine|originariamente"
    r"|сначала|вначале|изначально|первоначально|в\sначале|ban\sđầu|lúc\sđầu|thoạt\sđầu|في\sالبداية|في\sالأصل)(?!\w),?"
    r"|(?:原来|原本|起初|最初|一开始|刚开始|开始时)(?!的)[，,]?|(?:最初|はじめ|初め|元々|もともと|当初)(?:に)?は|まず(?:は)?[、]?|(?:처음|원래|애초)(?:에는|에|엔)?(?=\s)"
)
_WHAT_WAS = regex.compile(
    rf"(?:^|[.!?:：。]\s?|(?<=[.!?:：。]\s)|(?<=^\w{{1,12}}\s))\W{{0,6}}+(?:{_FIRST})"
    r"|^\W*+(?:before|until)\s(?:he|she|they|it|that|this|the|we|you|anyone|anybody|any)\s[^,]{1,60},"
    r"|^\W*+(?:we|i|you|they)\s(?:already\s)?(?:know|(?:are|were|have\sbeen)\s(?:told|given|informed))\b"
    r"|^\W*+(?:as\s(?:given|stated|said|noted|mentioned)|by\s(?:assumption|hypothesis|construction))\b"
    r"|^\W*+(?:wir\swissen|es\sist\s(?:bekannt|gegeben)|gegeben\s(?:ist|sind)|(?:on\ssait|nous\ssavons)|(?:ya\s)?sabemos|se\ssabe|si\ssa|sappiamo|(?:мы\s)?знаем|известно|已知|题目说|ta\s(?:đã\s)?biết|نعلم)(?!\w)",
    regex.IGNORECASE,
)


def tells_what_was(before: str) -> bool:
    """Whether a sentence that concludes nothing tells how it was at first, or what is known.

    Example:
        >>> tells_what_was("Originally, he had "), tells_what_was("We are told that he has ")
        (True, True)
        >>> tells_what_was("He has "), tells_what_was("The original price was ")
        (False, False)
    """
    return _WHAT_WAS.search(before) is not None


def without_givens(text: str) -> str:
    """A sentence without what it names by a number that was known beforehand.

    Example:
        >>> without_givens("each of the 5 friends gets 42 sweets"), without_givens("3日で42個")
        ('each that gets 42 sweets', '42個')
    """
    if not text.isascii():
        text = _UNSPACED.sub("", text)
    return _SPACED.sub("that", text)
