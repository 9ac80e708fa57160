"""Whether a sentence states the one number that it has: it may name something by it, or only use it.

The words on either side are asked here; denials, doubts and comparisons are
`grpo_rewards.wording.doubts`' to find.
"""

from __future__ import annotations

from functools import cache

import regex

from grpo_rewards.wording.spelled import in_digits
from grpo_rewards.wording.vocabulary import UNSPACED, rows, spotted

__all__ = ["is_needed", "spelled_out", "states", "unit_behind", "uses", "without_relative_denial"]

_SPELLED = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozens?(?!,?\s(?:i\.e|that\s+is|or|=)))"
# A second number, in words; not what is known beforehand: "the two boys", "in three days".
_ANOTHER = regex.compile(
    rf"(?<!\b(?:the|these|those|all|both|his|her|their|its|our|my|your|of|in|for|after|within|over|during|per|every|with|between|among|other|first|last|next)\s)\b(?<!\w-){_SPELLED}\b(?!-|['’])"
    r"|(?<!(?<!\w)(?:an|in|für|nach|pro|die|den|der|diesen|pour|en|après|les|des|ces|por|para|tras|los|las|estos|per|dopo|i|le|em|os|as|за|через|на|из|эти|все)\s)(?<![^\W\d_])(?:dos|tres|cuatro|cinco|siete|ocho|nueve|diez|deux|trois|quatre|cinq|sept|huit|neuf|dix|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|due|quattro|cinque|sette|otto|nove|dieci|dois|duas|três|quatro|sete|oito|dez|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять)(?![^\W\d_])",
    regex.IGNORECASE,
)
# Negations that stand before the number, and have many forms: of Thai, and of Swahili verbs.
_NEGATES = (
    r"(?<!ที่)ไม่(?!น้อย)[^。.]{0,40}$|(?<!\w)(?-i:ha(?:na|wana|tuna|kuna|pana|zina|ina)|Hakuna)\s[^.,;]{0,40}$"
    r"|(?<!\w)(?-i:ha)(?!(?:di|li|ki|bari|tari|rusi|lisi|msini|si|kiki)\s)\w{2,12}i\s[^.,;]{0,40}$"
)
# What is done with it next, in languages that have a word for "we do" or "to do" of their own.
_WE_RECKON = (
    r"(?:dividi|multiplica|suma|resta|soma)(?:mos|r|remos)|subtra(?:ímos|ir)|(?:divis|multipli|additionn|soustray|ajout)(?:ons|er)|on\s(?:divise|multiplie|additionne|soustrait|ajoute)"
    r"|(?:teilen|dividieren|multiplizieren|addieren|subtrahieren)\swir|wir\s(?:teilen|dividieren|multiplizieren|addieren|subtrahieren)|(?:divid|somm|aggiung|sottra)iamo|moltiplichiamo|dividere|moltiplicare|sommare|sottrarre|aggiungere"
    r"|(?:раздел|умнож|слож|прибав)(?:им|ить)|вычтем|вычтём|вычесть|отнимем|отнять|ta\s(?:chia|nhân|cộng|trừ)(?:\s[^,;.\d]{1,30}\s(?:cho|với|đi))?|(?:bội|ước)\s(?:số\s)?của"
)
_USED = regex.compile(
    # What a number only names, or counts off: "took Route 66", "a Boeing 747", "case 42".
    r"(?-i:\b(?:an?|the|via|aboard|is|was|of)\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Rs|Rp|Fr|Ft)\s)[A-Z][a-z]+\s)$"
    r"|\b(?-i:Route|Highway|Interstate|Bus|Line|Flight|Exit|Train|Gate|Room|Platform|Track|Section|Figure|Table)\s$|(?-i:\b(?!USD|EUR|GBP|CHF|CAD|AUD|JPY|INR|CNY|RMB|BRL|MXN|HKD|SGD|NZD|PLN|SEK|NOK|DKK|IDR|VND|RM)[A-Z]{1,4}\s)$"
    r"|\b(?:cases?|steps?|questions?|options?|figures?|equations?|theorems?|formulas?|lemmas?|exercises?|problems?|examples?|chapters?|sections?|parts?|methods?|versions?)\s$"
    r"|\b(?:eqs?|figs?|secs?|pp?|chs?|ex|thm|lem|ref|tab)\.\s$"
    # What somebody wants, and has not got: "he tries to get 42".
    r"|\b(?:wants?|wanted|wishe[sd]|tries|tried|trying|hopes?|hoped|aims?|aimed|supposed|expected|knows?\s+how|unable|failed|fails|hard|harder|difficult|order|way)\s+to\s+(?:get|obtain|find|reach|have|make|earn|collect|save|be)\s$"
    r"|^\W*so\s+far\b.*$|\bquestions?\s(?:that\s|which\s)?(?:[a-z]+\s){0,4}answer(?:s|ed)?\s(?:is|was)\s$|我[们們][^，。\d]{0,6}(?:加上?|[减減]去?|乘以?|除以|求出?|[计計]算)\s?$"
    # What was known before it: "the 42 apples are shared".
    r"|\b(?:the|these|those|all|his|(?<!\b(?:tak|took|cost|giv|gav|pay|paid|leav|left|earn|sav|mak|bring)\w{0,3}\s)her|their|its|our|my|your|other|remaining|first|(?<!\b(?:will|would|can|must)\s)last|next)\s$"
    # What is still reckoned with it: "we add", "we multiply it by".
    r"|\b(?:we|i|you|one|let['’]?s|let\s+us)\s+(?:(?:then|now|also|next|first|still|just|simply|only|can|must|should|have\s+to|need\s+to|will)\s+){0,8}"
    r"(?:add|subtract|multiply|divide|substitute|plug|start|begin|square|double|compare|continue|replace|guess|try|drop|discard|throw\s+away|cross(?:es)?\s+(?:out|off)|strike)(?:e?s)?\b[^,;]*$"
    r"|\b(?:multiplied|divided)\s+by\s$|\b(?:is|are|was|equals)\s+(?:the|an?|its|his|her|this|that)\s[^,;]*\b(?:increased|decreased|reduced|raised|diminished|lowered)\s+by\s$"
    rf"|{_NEGATES}|(?:หาร|คูณ|บวก|ลบ)(?:ด้วย|กับ)?\s?$"
    rf"|(?<!\w)(?:{_WE_RECKON})\s(?:(?:los|las|el|la|les|le|die|den|das|os|as|i|il|lo)\s)?$"
    r"|^\W*(?:add|subtract|multiply|divide|substitute|plug|square|compare|replace|try|find|use)\b[^,;]*$|\b(?:goal|aim|task|plan|target|objective|next\s+step)s?\b[^,;]*$"
    r"|\bit\s+(?:is|was)\s+(?:rumou?red|alleged|reported|supposed|thought|believed|estimated|expected|said|claimed)\b[^,;]*$|(?:不|没|沒|未)(?:需要|会|會|能|可能|用|是|必|应|該|该|够|有|再)[^的，。]{0,3}$"
    # What is said of it, or of a part: "it ends in 42", "the first part is 42".
    r"|\b(?:divides?|divided|avoid(?:s|ed)?|lack(?:s|ed)?|(?:ends?|starts?|begins?|ended|started|began)\s+(?:in|with|by)|as\s+(?:few|many|much|little)\s+as|den(?:y|ies|ied)(?:\s+(?:having|that|seeing))?)\s$"
    r"|\b(?:by\s+(?:mistake|error|accident)|mistakenly|wrongly|incorrectly|erroneously|falsely|whenever)\b.*$|\b(?:meant\s+to\s+be|(?:was|were|am|been)\s+told|remember(?:s|ed)?|recall(?:s|ed)?)\b[^,;]*$"
    r"|\b(?:first|second|third|other|one)\s+(?:part|case|step)\b[^,;]*$|\b(?:step|case|part)\s+(?:one|two|three|four|[a-d])\b[^,;]*$"
    # What is left out, or not reached.
    r"|\b(?:all|everything|everyone|everybody|nothing|any|every\w*)\s+(?:of\s+)?(?:(?:the|his|her|their)\s+)?(?:[a-z]+\s+)?but\s$|\bshort\s+(?:of|by)\s$|\b(?:compared|relative|prime|parallel|perpendicular|similar|next|close|near|proportional|prior|due)\s+(?:to|with)\s$"
    r"|\b(?:mistakes?|errors?|traps?|misconceptions?|distractors?|pitfalls?)\s+(?:is|are|was|(?:would|will)\s+be|leads?\s+to|gives?|yields?|produces?|results?\s+in)\s(?:(?:to\s|that\s)?(?:[a-z]+\s){1,3}+)?$"
    r"|^\W*+(?:[a-z'’]+\s){0,3}(?:wrong|incorrect|mistaken|false|tempting|naive|no|mistakes?|errors?|traps?|misconceptions?)(?:\s[a-z]+){0,3}:[^:;]*$"
    # What is worked out from it, or stands beside it.
    r"|\b(?:successor|predecessor|digit\s+sum|sum\s+of\s+(?:the\s+)?digits|reverse|reversal|complement|conjugate|mirror\s+image|double|triple|floor|ceiling)\s+of\s$"
    r"|\b(?:adding|subtracting|doubling|tripling|halving|squaring|cubing|dividing|multiplying|sharing|splitting|substituting|reversing)\s+(?:(?:it|this|that|them)\s+)?(?:by\s+|from\s+|with\s+|to\s+)?$"
    r"|\b(?:right|just|immediately|directly)\s+(?:before|after)\s$|\b(?:precedes|follows|succeeds|approaches|upwards\s+of|close\s+on|one\s+(?:in|out\s+of))\s$"
    r"|\b(?:absurd|contradiction|contradictory|nonsens\w+|ridiculous|unthinkable|untenable)\b[^,;]*$|\b(?:careless|naive|naïve|sloppy|hasty|confused)\b[^,;]*$"
    # What is only near it, or holds at times; what no last step has been taken of.
    r"|\b(?:in\s+excess\s+of|on\s+the\s+order\s+of|in\s+the\s+(?:region|neighbou?rhood|vicinity)\s+of|shy\s+of|few\s+of|(?:capped|tops\s+out|maxes\s+out)\s+at|overshoots?(?:\s+it)?\s+by)\s$"
    r"|\b(?:sometimes|usually|often|rarely|seldom|in\s+(?:some|many|most|certain)\s+cases|in\s+theory|on\s+some\s+\w+|myth)\b[^,;]*$"
    r"|\b(?:intermediate|running|preliminary|provisional|interim)\s+(?:total|count|sum|result|value|number)\b[^,;]*$|\b(?:except\s+for|apart\s+from|ignoring|disregarding)\s+(?:the\s+|an?\s+)?(?:sign|factor|constant)\b[^;]*$"
    r"|\b(?:told|tells)\s(?:me|us|him|her|them|you)\b[^,;]*$|\bshould\shave\s[a-z]+(?:ed|en|id|ght|nt)\s$|\b(?:needs?|has|have|had|wants?)\sto\s(?:reach|score|hit|beat)\s$|\b(?:user|grader|question|puzzle|prompt|task|exercise)\s(?:already\s)?(?:wants|expects|asks\sfor|gives|states|says|tells|mentions|requires)\s(?:us\s|that\s)?[^,;]*$"
    r"|\bwithin\s$|\bcan\s+be\s+as\s+\w+\s+as\s$|\b(?:the|an?)\s+(?:upper\s+|lower\s+)?bound\s(?:is|equals)\s$|(?-i:\bI)\s(?:solved|tried|checked|attempted|guessed)\b[^,;]*$|\btook\s+me\s$"
    r"|\b(?:book|textbook|answer\skey|hint|calculator|internet|website|manual|software|forum)\s(?:gives?|says?|shows?|states?|claims?|lists?|suggests?)(?:\sthat)?\s$|\b(?:how|ways?|easier|tougher|harder)\sto\s(?:get|reach|make|obtain)\s$"
    # What somebody else says.
    r"|(?<!\b(?:we|i)\s)(?<!\bwe\scan\s)\b(?:thinks?|thought|believes?|believed|claims?|claimed|says?|said|guesses|guessed|pretends?|assumes?|assumed|imagines?|hopes?|hoped|wishes|wished|expects?|expected|suspects?|feared?)\s+(?!so\b)(?:that\s)?[^,;]*$",
    regex.IGNORECASE,
)
_BUT = "aber|doch|jedoch|mais|cependant|pourtant|pero|mas|porém|ma|però|maar|echter|ale|jednak|но|однако|ama|fakat|ancak|nhưng"
# What leaves it standing for a while only, or for another thing.
_A_NAME = regex.compile(r"(?!Only|Exactly|Just|Altogether|Overall|Another)[A-Z][a-z]+\s")
_AFTER = regex.compile(
    r"\s(?:possible\s|correct\s|different\s|valid\s)?answers\b|[^.;\d]{0,60},?\sand\s(?:then\s)?we\s(?:still\s|also\s)?(?:need|want|have\sto|must)\b|\sis\s(?:only\s|just\s)?one\s(?:of|solution|root|possib\w+|such|option|example)\b|\sways\sto\s(?:answer|read|interpret|look\sat)\b|"
    r"[^.;]{0,200}\s(?:at\s+(?:most|least)|(?:by|an?)\s+(?:mistake|error|accident)|as\s+an?\s+(?:factor|divisor|multiple|root|bound)|(?:first|second|third|other)\s+(?:part|case|step))\b|"
    r"\s(?:divides|exceeds|precedes|follows|fails|contains|differs|resembles|misses)\b|[^.;]{0,200}\s(?!y\b)[b-df-hj-np-tv-z](?=[\s.,!]|$)|"
    r"[^.;]{0,200},?\s(?:but|though|although|however|yet|unless|except|instead|if|only\s+if|(?:before|until)\s+(?:he|she|it|they|we|i|you|any|the|[A-Z]\w+)|at\s+first|initially|originally|to\s+begin\s+with|to\s+start\s+with|at\s+the\s+(?:start|beginning))\b"
    rf"|[^.;]{{0,200}},\s(?:{_BUT})(?!\w)"
    # What is one part of it, or is more than it by another, and what is said to be wrong with it.
    r"|[^.;,]{0,40},?\s(?:as\s+well\s+as|in\s+addition\s+to|on\s+top\s+of|besides|apart\s+from|aside\s+from|and\s+(?:the|some)\s(?:\w+\s)?(?:ones|rest|others)\W*$)"
    r"|\sto\sone\b|\sin\s(?:every|each|a)\s(?:hundred|thousand|million|one)\b|(?:st|nd|rd|th)\sof\s"
    r"|[^.;,]{0,40}\s(?:is|are|was|were)\s(?:just\s|only\s|simply\s)?(?:too\s(?:many|few|much|little|big|small|large|high|low)|insufficient|an?\s(?:\w+\s)?(?:mistake|error|guess|trap|distractor|decoy))\b"
    # What is still done with it, or said of it: "42 is then halved", "42 is a candidate".
    r"|\s(?:drops\sout|leads\snowhere|goes\sinto|(?:gets?|is|are|needs?\sto\sbe|ha(?:s|ve)\sto\sbe|must\sbe|should\sbe|remains?\sto\sbe)\s(?:then\s|still\s|now\s)?(?:added|subtracted|deducted|halved|doubled|tripled|rounded|divided|multiplied|squared|contradicted))\b"
    r"|\sis\s(?:only\s|just\s)?(?:an?\sred\sherring|(?:a\s)?part\sof|one\sof|an?\scandidate|short\sof|close\b(?!\sto\sthe\s)|in\scents|the\s(?:square|cube|half|root|double|negative|reciprocal|old|previous)\b|what\s\w+\shad\b)"
    r"|-plus\b|[^.;]{0,40}\b(?:at\sthe\svery\sleast|tops|max)\b"
    r"|[^.;]{0,60}\sremains?\sto\sbe\s"
    # A limit, a scale, or what is many times it.
    r"|\s?(?:тысяч[аиу]?|тыс|миллион\w*|миллиард\w*|triệu|nghìn|milhões|bin|tusen|tusind|ezer|mie|mii|tuhat|tuhatta|milyon|milion|miliony|miljon|miljoner|milioane|miljoona|miljoonaa|milyar|miliard|miliardy|miliarda|miljard|miljarder|miliarde|miljardi|miljardia|trilyon|tysiąc|tisíc|tisíce|тисяч|тисячі|тисяча|тис|χιλιάδες|ألف|آلاف|ألفا|هزار|हज़ार|हजार|ہزار|พัน|אלף|אלפים|হাজার|miliónů|milionů|milióny|milió|millió|мільйон|мільйони|мільйонів|εκατομμύρια|مليون|ملايين|میلیون|ล้าน|מיליון|miliardów|miliardů|milliárd|мільярд|мільярди|мільярдів|δισεκατομμύρια|مليار|مليارات|میلیارد|מיליארד|लाख|লাখ|লক্ষ|لاکھ|แสน|करोड़|কোটি|کروڑ|หมื่น|tysiące|tysięcy|milionów|millón)(?!\w)|\s?(?:万|萬|亿|億|[만천]\s?[명개원권마대년살])"
    r"|\s?(?:的倍数|的倍數|の倍|未満|以下|以上|以内|超え|미만|이하|이상|초과|[가-힣]{1,2}\s?(?:미만|이하|이상|초과)|의\s(?:두|세|네|몇|절반|반|배))"
    # What is reckoned with it, or denied of it, at the end of a sentence.
    r"|[^\d。，、]{0,3}(?:除以|乘以|加上|减去|減去|代入|带入|分成|平均分|相乘|相加)|[^。、]{0,12}(?:で割|を掛け|をかけ|に足|から引|を足[しす]|を引[きく])|[를을]\s[^.]{0,12}(?:나누|나눕|곱하|곱합|더하|더합|뺍|빼)"
    r"|[^。.]*\s(?:না|নেই|নি|నేదు|లేవు|లేదు|లేరు|కాదు|కావు)(?=[\s。.,]|$)|(?:টি|টা|জন)?\s?কে\s[^。]{0,30}(?:ভাগ|গুণ|যোগ|বিয়োগ)|(?:টি)?\s(?:যোগ|বিয়োগ)\s|\sको\s[^。]{0,30}(?:जोड़|घटा|भाग|गुणा)"
    r"|(?![^。]*しか)[^。、]{0,16}(?:(?<!なり|いけ|なら|たり|しれ)ません|(?<!なら|いけ|しれ|少|なけれ|違い)ない(?:です)?(?=[。\s]|$|こと|わけ|ため|ので)|(?:こと|わけ)に?は(?:なりま|ありま)せん)"
    # "42個あれば", where it is only supposed.
    r"|[^\d。、,]{0,6}(?:[れけせてめべえげね]ば|なら|[ただ]ら)(?=[、,\s])"
    r"|[^.,]{0,16}지\s?(?:않|못)|\s?[A-Za-z]{1,3}\s?(?:미만|이하|이상|초과)"
    r"|\s(?:other|more|fewer|less)\s+(?:\w+\s)?(?:than\s+(?!(?:[A-Z][a-z]+|he|she|it|they|him|her|them|his|hers|last|before|on|in|the|those|these|there|what|when|usual|expected|needed|planned|yesterday|[a-z]{2,}(?<!dozen)s)\b))"
)
_NEGATED = regex.compile(
    r"(?<!,)\s(?:who|that)\s(?:do|did|does|are|were|have|had|can|could|is|was|will)(?:\snot|n['’]t)\s(?!right|correct|true|the\b|an?\b)|\s(?:who|that)\s(?:have|had|has|got|like|play|take|own|eat|need|want)\s(?:no|neither|none)\s"
)


def states(before: str, after: str) -> bool:
    """Whether a sentence that has one number states it, by the words on either side of it.

    Example:
        >>> states("she takes ", " hours to walk home."), states("she took Route ", " home.")
        (True, False)
        >>> states("we add ", " to it."), states("he has five apples and ", " pears.")
        (False, False)
    """
    if _A_NAME.fullmatch(before) and not any(True for _ in spotted(before, "exists")):
        return False
    if _LASTS.search(before):
        after = _UNTIL.sub("", after)
    if uses(before) or _AFTER.match(after) or _ANOTHER.search(f"{before}#{after}"):
        return False
    if not after.isascii() and any(
        spot.start <= 1 for spot in spotted(after, "changes", after=True)
    ):
        return False
    return _changed_behind().search(after) is None


# "It takes 42 years before he earns", "wait 42 minutes until": how long it is.
_LASTS = regex.compile(r"\b(?:wait|takes?|took|taking|needs?|lasts?|lasted)\s(?:[\w']+\s){0,3}$")
_UNTIL = regex.compile(
    r"(?<=^\s(?:more\s)?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?))\s(?:before|until)\s[^,;]*$"
)


@cache
def _changed_behind() -> regex.Pattern[str]:
    """What makes another number of one from behind, in languages with spaces: "al menos"."""
    found = [row for row in rows("changes") if row.side == "after" and row.language not in UNSPACED]
    words = sorted({word for row in found if row.language != "en" for word in row.words})
    return regex.compile(
        rf"(?<!\w)(?:{'|'.join(map(regex.escape, words))})(?!\w)", regex.IGNORECASE
    )


def uses(before: str) -> bool:
    """Whether what stands before a number only uses it: names something by it, reckons with it.

    Example:
        >>> uses("we subtract "), uses("she took Route "), uses("she took ")
        (True, True, False)
    """
    return _USED.search(before) is not None


def without_relative_denial(after: str) -> str:
    """What follows a number, without the "not" of a clause that says what is counted.

    Example:
        >>> without_relative_denial(" students who do not play"), without_relative_denial(" not")
        (' students who play', ' not')
    """
    return _NEGATED.sub(" who ", after)


_NEEDS = regex.compile(
    r"(?:we|you|i|one)\s+(?:(?:would|will|still|only|also|now|then|therefore|thus|all)\s+){0,8}(?:need|want|have|require|must\s+have|can\s+have|should\s+have)\s+"
    r"(?:(?:exactly|only|just|a\s+total\s+of|at\s+total\s+of)\s+)?[$€£]?\d[\d,.]*+%?\s+(?!to\b|more\s+(?:to|steps?|equations?|conditions?|facts?)\b|(?:equations?|steps?|cases?|conditions?|variables?|facts?|things?|unknowns?)\b)[a-z]",
    regex.IGNORECASE,
)


def is_needed(text: str) -> bool:
    """Whether a sentence that seems to plan says how many of something are needed.

    Example:
        >>> is_needed("we need 42 tiles in total"), is_needed("we need 42 to divide n")
        (True, False)
    """
    return _NEEDS.match(text) is not None


_UNIT = regex.compile(
    r"\s?(?:(?:square|cubic|sq|cu)\.?\s)?[^\W\d_]++(?:['’-][^\W\d_]++)*+(?:\s(?:per|/)\s[^\W\d_]++|/[^\W\d_]++)?"
)


def unit_behind(after: str) -> str:
    """The unit that what follows a number begins with: a noun, perhaps "per hour".

    Example:
        >>> unit_behind(" people came to the party"), unit_behind(" miles per hour is its speed")
        (' people', ' miles per hour')
    """
    found = _UNIT.match(after)
    return found[0] if found else ""


_ONLY_SPELLED = regex.compile(
    rf"(?<!\w-)(?<!\b(?:the|these|those|both|his|her|their|its|our|my|your|all|each|every|of|first|last|next|no|any)\s)\b{_SPELLED}\b(?:[\s-]{_SPELLED}\b)*+(?!-|['’])",
    regex.IGNORECASE,
)
_A_DIGIT = regex.compile(r"\d")


# "quarter past eight", which is not eight.
_OF_CLOCK = regex.compile(r"\bquarter\s(?:past|before|after)\s$", regex.IGNORECASE)


def spelled_out(text: str) -> str | None:
    """A sentence without digits whose one number is in words, with that number in digits.

    Example:
        >>> spelled_out("We have two eyes."), spelled_out("The two boys have three apples.")
        ('We have 2 eyes.', 'The two boys have 3 apples.')
        >>> spelled_out("Two boys have three apples."), spelled_out("No one came.")
        (None, None)
    """
    if _A_DIGIT.search(text):
        return None
    found = list(_ONLY_SPELLED.finditer(text))
    if len(found) != 1 or _OF_CLOCK.search(text, 0, found[0].start()):
        return None
    digits = in_digits(found[0][0])
    if digits is None or not digits.isdigit():
        return None
    return f"{text[: found[0].start()]}{digits}{text[found[0].end() :]}"
