"""What stands further behind an answer, in a sentence of its own, and disowns or replaces it."""

from __future__ import annotations

import regex

from grpo_rewards.wording.consequences import bare, concluded_anew, same
from grpo_rewards.wording.recanted import is_recanted
from grpo_rewards.wording.second_looks import finds_a_fault
from grpo_rewards.wording.suppositions import gives_another_case

__all__ = ["DISOWNS_ALONE", "given_anew", "replaced"]

_NUMBER_OR_LETTER = regex.compile(r"[-+−]?\d{1,18}(?:\.\d{1,18})?|[A-J]")
_LETTERS = regex.compile(r"[^\W\d_]++(?:['’][^\W\d_]++)*+")
# "mais c'est trop grand": too much to be the answer, in any language.
_TOO_MUCH = (
    r"\b(?:but|aber|doch|mais|pero|mas|porém|ma|però|но|однако|nhưng)\b(?:(?!\b(?:not?|nicht|pas|non|не|não|không)\b)[^.!?\n\d]){0,25}?"
    r"\b(?:too\s(?:big|large|small|much|many|few|little|high|low)|zu\s(?:groß|viele?|klein|wenige?|hoch|niedrig)|trop|demasiad[oa]s?|demais|muito\s(?:grande|pequen[oa])|tropp[oia]|слишком|quá\s(?:lớn|nhỏ|nhiều|ít))(?!\w)"
    r"|(?:但是?|不过|然而|可是)[^。，\d不]{0,6}太[大小多少高低]|(?:しかし|だが|でも|ですが)[、,]?[^。\d]{0,8}すぎ|(?:하지만|그러나|그런데)[^.\d]{0,12}너무|لكن[^.\d]{0,15}(?:كبير|صغير)\w*\sجدا"
)
# What takes back an answer from further behind it, in a sentence of its own.
_DISOWNED = regex.compile(
    r"\b(?:may|might|could)\s+(?:well\s+|also\s+)?(?:be|have\s+been)\s+(?:wrong|mistaken|incorrect|off)\b|\b(?:may|might|could)\s+have\s+(?:made|missed|miscounted)\b"
    r"|\bi(?:['’]m|\s+am)\s+(?:(?:only\s+|just\s+)?+(?:lying|joking|kidding)|(?:only|just)\s+\d+\s*%)|\bplease\s+(?:verify|check|confirm)\s*+(?:it|this|that)?+[.!]*+\s*+$|(?<!\w)then\s+again\b|\bi\s+should\s*(?:have|['’]ve)\b"
    r"|\b(?:reasoning|argument|calculation|work)\s+(?:is|may\s+be|might\s+be)\s+(?:\w+ly\s+)?(?:flawed|wrong|incorrect|unreliable)\b"
    rf"|{_TOO_MUCH}"
    r"|(?:^|[.!?\n]\s?)(?:but|however|except\s+that)[,\s]\s*(?:this|that|it)\s+(?:also\s+|still\s+|only\s+)?(?:(?:double|over|under|mis)-?count\w*|counts|includes|ignores|forgets|neglects|overlooks|misses|omits|leaves\s+out|excludes)\b"
    r"|(?:^|[,;.]\s)(?:so|and\s+so|hence|thus)\s(?:there\s+(?:is|are)\s)?no\s(?:real\s|valid\s|such\s)?(?:solutions?|answers?)\b"
    r"|(?:^|[.!?\n]\s?)on\s+(?:further\s+|closer\s+)?(?:reflection|inspection|second\s+thoughts?)\s+[-$]?\d"
    r"|(?:^|[.!?\n]\s?)(?:Moment|Halt|Stopp|Augenblick|Un\s+momento?|Um\s+momento|Минутку|Минуточку)[,!.…]"
    r"|\b(?:which|this|that)\s+is\s+(?:an?\s+(?:clear\s+|obvious\s+)?(?:contradiction|absurdity)|impossible|absurd)\b|\b(?:verification|(?<!\bno\s)check|test|proof)\s+fails?\b|(?:^|[.!?\n]\s?)(?:so|thus|hence|therefore),?\s+(?:it|this|that)\s+(?:fails|does\s+not\s+work|doesn['’]t\s+work)\b"
    r"|(?:so|thus|hence|therefore|,),?\s+there\s+(?:is|are)\s+no\s+(?:such\s+\w+|solutions?|answers?)\W*$|[✗✘❌]\s*$|\b(?:it['’]?s|to\s+be)\s+continued\b"
    r"|\d\s+is\s+also\s+(?:fine|ok(?:ay)?|accepted|good|right)\b|\bboth\s+\d[\d,.]*\s+and\s+\d[\d,.]*\s+(?:are|would\s+be|could\s+be|seem)\s+(?:accept\w*|correct|right|valid|possible|fine)\b"
    r"|\bif\s+i\s+(?:had|have)\s+to\s+(?:guess|bet|choose|pick|say)\b|\b(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+what\s+(?:my\s+(?:gut|instincts?|intuition|memory|feeling)\b|(?-i:[A-Z][a-z]+|he|she|they|somebody|someone)\s(?:wrote|said|says|answered|claimed|claims|thought|thinks|got)\b)"
    r"|\d\s+(?:also\s+works|is\s+also\s+(?:an?\s+)?(?:valid|possible|acceptable|correct)\b)"
    r"|\bconfidence(?:\s+level)?(?:\s+is|\s*[:=])?\s*+(?:is\s+)?(?:very\s+|quite\s+|rather\s+|only\s+)?(?:low|none|zero|(?:[0-4]?\d(?:\.\d+)?|50)\s?\\?%|0?\.[0-4]\d*|0?\.50?(?!\d)|[0-5]\s?/\s?10(?!\d)|0)(?!\w|\.\d|\s?/)"
    r"|(?<![\d.])(?:[0-4]?\d|50)\s?\\?%\s+(?:sure|certain|confident|confidence)\b"
    r"|\b(?:a|just|only|merely|as)\s+(?:a\s+)?placeholder\b|\bmade\s+(?:that|this|it|them)\s+(?:number\s+|value\s+)?up\b|\bmade[-\s]up\b"
    r"|\b(?:could|might|may)\s+(?:also|equally|just\s+as\s+well)\s+be\s+(?:[-$(]*\d|[A-J]\b|correct|valid|right|the\s+answer)|\banother\s+(?:possible|valid|acceptable)\s+(?:answer|solution|value)\b"
    r"|\b(?:so|thus|therefore),?\s+(?:it|this|that)(?:['’]s|\s+is)\s+(?:wrong|incorrect|not\s+(?:right|correct))\b"
    r"|\bneeds?\s+(?:checking|verification|verifying|confirmation|to\s+be\s+(?:checked|verified|confirmed))\b"
    r"|(?<![^\s(;:.,—–-])(?:please\s+)?(?:disregard|ignore|forget)(?:\s+(?:that|this|it|all|everything|the\s+(?:above|previous)|what\s+i|my)\b|[.!]|$)"
    r"|\b(?:is|was)\s+(?:only\s+)?(?:my|a|the)\s+(?:first|initial|wild|random|rough)\s+(?:attempt|guess|thought|try|idea)\b"
    r"|\b(?:that|this|it)(?:['’]s|\s+is|\s+was)\s+(?:only\s+|just\s+)?an?\s+(?:trap|trick|mistake|lie|joke|bluff|guess|typo|error)\b"
    r"|\b(?:that|this|my|the)\s+(?:answer|result|value|number|choice|option|solution|calculation|one)\s+(?:can(?:no|['’])t|can\s*not|could(?:n['’]t|\s+not)|is(?:n['’]t|\s+not)"
    r"|must\s+not|does(?:n['’]t|\s+not)\s+(?:seem|look)|seems|looks|is|was|must\s+be)(?:\s+(?:be|too|completely|clearly|obviously|therefore|thus|hence)){0,8}\s+(?:right|correct|wrong|incorrect|true|false|off|mistaken|impossible|too\s+\w+)\b(?<!is\s(?:(?:completely|clearly|obviously|therefore|thus|hence)\s)?(?:right|correct|true))"
    r"|\b(?:that|this|it)(?:['’]s|\s+is)\s+(?:only\s+|just\s+)?my\s+(?:best\s+|first\s+)?guess\b"
    r"|(?<!\w)no,?\s+(?:it|that|this)\s*(?:isn['’]t|is\s+not|can['’]t|cannot|['’]s\s+not|was\s+not|wasn['’]t|doesn['’]t)"
    r"|\bis\s+(?:only\s+|just\s+)?what\s+(?:an?|some|most|many|the|other)\s+(?:\w+\s+){0,2}(?:would|might|could)\s+(?:say|answer|get|think|write|guess|claim)\b"
    r"|\bdo(?:n['’]t|\s+not)\s+(?:trust|take|quote|rely\s+on)\s+(?:it|this|that|me)\b",
    regex.IGNORECASE,
)
_OTHER = r"[\s*$(\\]{0,8}+(?:boxed\{)?(?P<other>[-+−]?\.?\d(?:[\d.,/]*\d)?+(?!\s*[\^*+=×]|\s+(?:more|less|times|fewer)\b)|(?-i:[A-J])(?![\w'’]))"
_REPLACED = regex.compile(
    r"(?:(?:wait|no|oops|hmm|sorry|error|mistake|actually|edit|update|correct(?:ion|ed|ing)|re-?check\w*|double[-\s]check\w*|re-?comput\w+|re-?calculat\w+|however|but)\b[^\n]{0,100}?"
    r"\b(?:it|that|this|so|answer|result|value|one)(?:['’]s|\s+is|\s+(?:should|must|has\s+to|ought\s+to|would)\s+be)(?:\s+(?:actually|really|instead|rather))*+"
    r"|(?<=^|[(;:.,!?—–)\n-]\s?)(?P<beside>or|alternatively|instead|edit|update|correction|actually)[,:]*+(?:\s+(?:it|that|the\s+answer)(?:['’]s|\s+is|\s+(?:might|may|could)\s+be))?(?:\s+(?:maybe|perhaps|possibly|even))*+"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:(?:but|so|now)\s+)?(?:on\s+reflection,?\s+|looking\s+again,?\s+)?(?:i|we)(?:\s+would\s+rather|['’]d\s+rather|\s+now)?\s+(?:get|got|say|think|mean|meant)(?:\s+(?:that\s+)?(?:it|the\s+answer)\s+(?:is|(?:should|must|might)\s+be))?"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:(?:but|so|and)\s+)?(?:on\s+(?:further\s+|closer\s+)?(?:reflection|inspection)|on\s+second\s+thoughts?|thinking\s+again|looking\s+(?:again|closer))[,:…-]*"
    r"|(?<=^|[;:.!?—–\n。-]\s?)(?:no|nein|halt|moment|non|não|нет|стоп|pardon|perdón|scusa|espera|attends|aspetta)[,.!…]*(?:\s+(?:es|ist|c['’]est|é|è|это|doch|eher|eigentlich|sino|plutôt|mejor|sondern|скорее|la|le|el|a|o|die|der|das)(?![^\W_])){0,8}"
    r"|(?<![^\s(;:.,—–-])(?:final(?:\s+answer)?\s*:|so\s+(?:it|that)(?:['’]s|\s+is|\s+must\s+be))"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:(?:let['’]?s|please|or|so)\s+)?(?:make|call)\s+(?:that|it)(?:\s+(?:an?|the))?"
    r"|(?<=^|[;:.!?—–\n-]\s?)or\s+(?:is|was|should|could|would)\s+(?:it|that)(?:\s+be)?"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:i\s+)?(?:stand\s+corrected[:,.;]?|meant\s+(?:to\s+(?:say|write)|it\s+as)|(?:should|must)\s+(?:read|say))"
    r"|\b(?:change|switch|revise|amend|correct|update)\s+(?:that|it|this|(?:my|the)\s+(?:final\s+)?answer)\s+to"
    r"|(?<=^|[;:.!?—–\n-]\s?)(?:i(?:['’]ll|['’]m|\s+will)|let['’]?s|let\s+me)\s+(?:rather\s+|instead\s+)?(?:go|going|settl(?:e|ing)|stick(?:ing)?|say|answer|pick|choose)(?:\s+(?:with|on|for))?"
    r"|\b(?:another|other|different|second|alternative|alternate)\s+(?:possib(?:ility|ilities|le\s+\w+)|options?|alternatives?|readings?|interpretations?|opinions?|answers?|candidates?|solutions?)\b(?:\s*:|,?\s+(?:(?:it|that)\s+)?(?:is|are|gives?|yields?|includes?|would\s+be|might\s+be|could\s+be))"
    r"|(?<=^|[.!?\n]\s?)alternatives?\s*:"
    r"|(?<=^|[.!?\n]\s?)(?:now\s+|then\s+|finally,?\s+)?(?:(?:adding|subtracting|including|removing|deducting)\s+the\s+(?:remaining|other|rest|missing|extra|last|tax|tip|discount|fee)\b|plus\s+\d|minus\s+\d)[^.!?\n]{0,40}?\b(?:gives|yields|makes|leaves|is|we\s+(?:get|have)|there\s+are)"
    r"|(?<=^|[.!?\n]\s?)(?:however|but),?\s(?:(?!\b(?:if|had|with|without|for|in)\b)[^.!?\n\d]){0,50}?\b(?:we|i|you|one)\s(?:actually\s|really\s|now\s|then\s)?(?:gets?|obtains?|finds?|arrives?\s+at)"
    r"|\bthe\s+(?:correct|right|true|real|actual)\s+(?:one|answer|value|result|option|choice|number)\s+(?:is|was|(?:should|must|would)\s+be))"
    + _OTHER,
    regex.IGNORECASE,
)
_AS_GOOD = r"(?:correct|right|possible|acceptable|valid|plausible|fine|good|defensible)"
_ALSO = regex.compile(
    rf"(?<![(*])[(*]*+(?-i:[A-J])[)*]*+\s++(?:(?:is|are|would\s+be|could\s+be|seems|works)\s+(?:also|equally|just\s+as)|(?:would|could|might|may|can)\s+(?:also|equally|just\s+as\s+well)\s+be)\s+{_AS_GOOD}\b"
    rf"|(?<![(*])[(*]*+(?-i:[A-J])[)*]*+\s++(?:(?:is|seems|would\s+be)\s+{_AS_GOOD}|works|fits|would\s+do)(?:\s*+,)?+\s++(?:too|as\s+well)\b"
    r"|\bboth\s+[(*]*(?-i:[A-J])[)*]*\s+and\s+[(*]*(?-i:[A-J])[)*]*\s+(?:are|could\s+be|may\s+be|might\s+be|seem)\s+(?:also\s+|equally\s+)?(?:correct|right|possible|acceptable|valid|plausible|fine|good)\b",
    regex.IGNORECASE,
)


def replaced(text: str, value: str) -> str:
    """Whether a sentence further behind an answer disowns it, or sets another in its place."""
    if _DISOWNED.search(text) or DISOWNS_ALONE.search(text) or finds_a_fault(text, value):
        return "retracted"
    if any(map(str.isdigit, value)) and _SAYS_FALSE.search(text):
        return "denied"
    recanted = is_recanted(text, value)
    if recanted:
        return recanted
    own = _NOT_IT.search(text)
    if own and same(bare(own["own"]), bare(value)):
        return "denied"
    if given_anew(text, value) or concluded_anew(text, value) or gives_another_case(text, value):
        return "a rival"
    if _ALSO.search(text) or _comes_to_another(text, value):
        return "a rival"
    said = bare(value)
    for match in _REPLACED.finditer(text):
        if "would be" in match[0] and _IF.search(text, 0, match.end()):
            continue  # of another case
        if match["beside"] and _names_a_value(text[: match.start()]):
            continue  # "The ratio is 3:4, or 0.75" speaks of that ratio
        if not same(bare(match["other"]), said):
            return "a rival"
    return ""


# A later sentence that comes to another option: "The passage says outdoors, so C."
_COMES_TO = regex.compile(
    r"(?:(?:^|[.!?:\n]\s?)(?:more\s+precisely|to\s+be\s+precise|or\s+rather|rather|better|actually\s+yes|all\s+in\s+all|in\s+the\s+end)|[,;:]\s+(?:and\s+)?(?:so|thus|hence|therefore|though)|\bso),?\s+(?:(?:it\s+is|it['’]s|option|choice)\s+)?[(*]{0,3}(?P<other>(?-i:[A-J]))[)*]{0,3}\s*(?:[.!\n]|$)"
    r"|(?:^|[.!?\n,;:]\s?)\s?[(*]{0,3}(?P<other>(?-i:[A-J]))[)*]{0,3}\s+(?:(?:is|was)\s+(?:really\s+|actually\s+)?the\s+(?:right\s+|correct\s+|better\s+)?(?:one|answer)\b|(?:(?:fits|works)\s+better|is\s+a\s+better\s+(?:fit|match|answer|choice|option))\b(?!\s+than\b))",
    regex.IGNORECASE,
)
# And one that comes to the other truth value: "However, premise 2 contradicts this, so no."
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}
_TRUTH_AFTER = regex.compile(
    r"(?:^|[.!?\n]\s?)\s?(?:so|but|however|actually|wait|correction|hence|thus|therefore|then)\b[^.!?\n]{0,80}?(?:[,:]\s+(?:so|thus|hence|therefore)?,?\s*|\b(?:the\s+answer|it)\s+(?:is|could\s+be|might\s+be|may\s+be|must\s+be|should\s+be)\s+)(?P<said>yes|no|true|false)\s*(?:[.!\n]|$)",
    regex.IGNORECASE,
)


def _comes_to_another(text: str, value: str) -> bool:
    """Whether a later sentence comes to another option, or to the other truth value."""
    said = bare(value).strip(".")
    if len(said) == 1 and said.isalpha():
        return any(match["other"] != said.upper() for match in _COMES_TO.finditer(text))
    truth = _TRUTHS.get(said.casefold())
    return truth is not None and any(
        _TRUTHS[match["said"].casefold()] != truth for match in _TRUTH_AFTER.finditer(text)
    )


_SAYS_FALSE = regex.compile(
    r"(?:^|[.!?\n(]\s?)[\s(*_]{0,6}+(?:this|that|the\s+(?:above|previous|last|preceding))\s+(?:statement|sentence|claim|answer|line|result)\s+is\s+(?:false|untrue|wrong|incorrect|a\s+lie)\b",
    regex.IGNORECASE,
)
# "The answer is 42. Not 42, 43."
_NOT_IT = regex.compile(
    r"(?:^|[.!?\n]\s?)\s{0,3}+(?:it\s+is\s+|but\s+)?not\s+[$*(]{0,3}(?P<own>[-−]?\d[\d,]*+(?:\.\d++)?+|(?-i:[A-J])(?![\w'’]))",
    regex.IGNORECASE,
)
# What disowns an answer as a sentence of its own, and says nothing as a part of another.
DISOWNS_ALONE = regex.compile(
    r"(?<=^|[.!?\n]\s?)[*_(\s]{0,6}+(?:(?:but|and|however|no|oh|hmm|ah),?\s+)?+"
    r"(?:error|void|just\s+(?:joking|kidding)|the\s+opposite\s+is\s+(?:true|the\s+case)|(?:please\s+)?double[-\s]check(?:\s+(?:it|this|that|me))?|(?:please\s+)?take\s+(?:it|this|that)\s+with\s+a\s+(?:grain|pinch)\s+of\s+salt|do(?:n['’]t|\s+not)\s+use\s+(?:it|this|that)"
    r"|(?:maybe|perhaps|possibly)\s+(?:i(?:['’]m|\s+am)|we(?:['’]re|\s+are))\s+(?:off|wrong|mistaken)|i\s+(?:strongly\s+|rather\s+)?disagree(?:\s+with\s+(?:it|this|that))?|i\s+(?:really\s+)?(?:do\s+not|don['’]t)\s+(?:really\s+)?know|i\s+(?:really\s+|honestly\s+)?have\s+no\s+(?:idea|clue)(?:,?\s+(?:honestly|really|sorry|at\s+all))?|i\s+(?:can(?:not|['’]t)|could(?:\s+not|n['’]t)|am\s+not\s+able\s+to)\s+(?:verify|confirm|check|guarantee|vouch\s+for)\s+(?:it|this|that|my\s+answer)|i\s+have\s+(?:no|little|not\s+much)\s+confidence\s+in\s+(?:it|this|that|my\s+answer)|withdrawn|retracted|revoked|undo|not\s+so\s+fast|(?:cancel|delete|undo|strike|scrap|revoke)\s+(?:that|it|this)|it\s+can(?:['’]t|not|\s+not)\s+be"
    r"|(?:please\s+)?(?:ignore|disregard|forget)\s+(?:everything|all|that|this|it)\b[^.!?\n]{0,30}|do(?:n['’]t|\s+not)\s+trust\s+(?:it|this|that|me)"
    r"|(?:one|two|1|2)\s+(?:too\s+(?:few|many|little|much)|short|off)"
    r"|(?:that|this|it|they|he|she|everyone|everybody|everything(?:\s+(?:above|so\s+far))?|all\s+(?:of\s+)?(?:that|this|the\s+above)|the\s+(?:above|(?:previous|last)\s+(?:line|sentence|statement|answer|result|step)))"
    r"\s+(?:is|was|are|were|would\s+be|must\s+be|has\s+to\s+be)\s+(?:(?:all\s+|quite\s+|completely\s+|clearly\s+|obviously\s+|just\s+){0,8}(?:wrong|incorrect|false|mistaken|untrue|invalid|nonsense)|not\s+(?:at\s+all\s+|quite\s+|really\s+|entirely\s+)?+(?:right|correct|true|valid|accurate))(?:\s+about\s+(?:that|it|this))?"
    r"|(?:except\s+(?:that\s+)?)?(?:i|we)(?:['’]ve|\s+have)?\s+(?:just\s+)?(?:changed\s+(?:my|our)\s+mind|miscounted|misread\s[^.!?\n]{0,30}|misunderstood\s[^.!?\n]{0,30}|miscalculated|lied|(?:withdraw|retract|revoke)\s[^.!?\n]{0,30}"
    r"|forgot\s+(?:one|two|to\s+(?:add|subtract|multiply|divide|count|include|carry|halve|double)\b[^.!?\n]{0,30}))"
    r")[*_)\s]{0,6}+(?:[.!]|$)",
    regex.IGNORECASE,
)
# A sentence that gives a value and says nothing of what it would be the value of: "Make that 43."
_GIVEN_ANEW = regex.compile(
    r"(?![-*•–]\s)[\s*_=→⇒>!(-]*+(?P<words>(?:[^\W\d_]++(?:['’][^\W\d_]++)*+[\s,:;…—–.*_(-]*+){0,8}?)"
    r"[$*(\\\[\s]*+(?P<other>[-+−]?\d[\d,]*+(?:\.\d++)?+|(?-i:[A-HJ])(?!\w))[)\]$*\s]*+"
    r"(?P<more>(?:[,\s]*+[^\W\d_]++(?:['’][^\W\d_]++)*+){0,5}+)[\s.!?*_)]*+",
    regex.IGNORECASE,
)
_GIVING = frozenset(
    (
        "so", "thus", "hence", "then", "therefore", "equally", "likewise", "same", "ps", "nb", "note", "but", "and", "or", "well", "actually", "really", "rather", "instead",
        "no", "nope", "nah", "wait", "oh", "ah", "er", "uh", "um", "eh", "hmm", "ugh", "oops", "whoops", "darn", "sorry", "hold",
        "up", "on", "hang", "maybe", "perhaps", "possibly", "otherwise", "else", "alternatively", "strictly", "better", "truth", "fact",
        "reality", "in", "the", "a", "it", "it's", "its", "this", "that", "that's", "which", "is", "was", "be", "should", "must", "could",
        "might", "may", "would", "has", "to", "makes", "gives", "becomes", "equals", "i", "i'll", "i'd", "i'm", "we", "let", "let's", "me",
        "choose", "chose", "pick", "go", "going", "with", "settle", "settling", "mean", "meant", "say", "get", "got", "make",
        "use", "take", "put", "write", "read", "replace", "by", "change", "please", "typo", "erratum", "fix", "fixed", "correction", "corrected", "rectification", "update", "updated",
        "revised", "revision", "edit", "new", "final", "answer", "real", "right", "true", "verified", "verification", "recount", "recounting", "recheck", "rechecking", "checking", "checked",
        "again", "after", "my", "mind", "changed", "misread", "forgot", "one", "lied", "lies", "kidding", "joking", "just", "gotcha", "psych", "off", "plus", "add", "now",
    )
)  # fmt: skip
_GIVEN_MORE = frozenset(
    (
        "is", "it", "the", "a", "right", "correct", "better", "one", "answer", "my", "our", "final", "actual", "actually", "really",
        "instead", "rather", "sorry", "i", "mean", "meant", "then", "though", "now", "think", "be", "should", "must", "of", "course",
    )
)  # fmt: skip
# Not behind the "1." or "- A." of a list.
_SENTENCES = regex.compile(r"(?<=[.!?])(?<!(?:^|\n)[-*•>(\s]{0,6}(?:\d{1,2}|[A-J])\.)\s++|\n\s*+")


def given_anew(text: str, value: str) -> bool:
    """Whether a sentence behind an answer gives another one, and none of something else.

    Example:
        >>> given_anew(". Make that 41.", "42"), given_anew(". It is 6 times 7.", "42")
        (True, False)
    """
    said = bare(value)
    if not _NUMBER_OR_LETTER.fullmatch(said):
        return False
    for sentence in _SENTENCES.split(text)[1:]:
        match = _GIVEN_ANEW.fullmatch(sentence)
        if match is None:
            continue
        words = {word.replace("’", "'") for word in _LETTERS.findall(match["words"].casefold())}
        more = {word.replace("’", "'") for word in _LETTERS.findall(match["more"].casefold())}
        other = bare(match["other"])
        gives = words <= _GIVING and more <= _GIVEN_MORE and not _GIVES_ELSE.search(match["words"])
        is_alike = other[-1:].isdigit() == said[-1:].isdigit()
        if gives and is_alike and (words or sentence[:1] not in "([") and not same(other, said):
            return True
    return False


# "We add 2", "By (3)", "In 2024", "One might say 43".
_GIVES_ELSE = regex.compile(
    r"\b(?:add|plus|after|in|(?<!\breplace (?:it|that|this) )by)\W*$|\bone\s+(?:might|could|may|would)\b",
    regex.IGNORECASE,
)


_IF = regex.compile(r"\b(?:if|had)\s[^.!?\n]*$", regex.IGNORECASE)


def _names_a_value(text: str) -> bool:
    """Whether the sentence that a text ends in names a number of its own, outside brackets."""
    start = max(text.rfind(mark) for mark in (". ", "! ", "? ", "\n"))
    if start < 0 and text[:1] not in ".!?\n":
        return False  # what goes on from the answer
    return any(map(str.isdigit, _BRACKETED.sub("", text[start + 1 :])))


_BRACKETED = regex.compile(r"\([^()]*+\)")
