"""What a sentence says of an option that it leaves out, or only speaks of."""

from __future__ import annotations

import regex

__all__ = [
    "dismisses",
    "only_mentions",
    "rejected",
    "rejects_all",
    "set_aside",
    "sets_a_trap",
    "somebody_says",
]

_DISMISSES = regex.compile(
    r"\b(?:fails?|failed|failing|lacks?|lacking|discard\w*|dismiss\w*|eliminate[sd]?|eliminating|exclud\w+|avoid\w*|reject\w*|refut\w+|contradict\w*|conflicts?|ignor\w+"
    r"|(?:rul(?:e|es|ed|ing)|cross(?:es|ed|ing)?|leaves?|left|leaving)\s+(?:(?:it|this|that|them)\s+)?out|taken?\s+out|remove[sd]?|skip(?:ped)?|distract\w+|decoys?|traps?|errors?|flaw\w*|mistak\w+|mislead\w*"
    r"|(?:is|are)\s+out(?=\W*$)|(?:a\s+(?:close|distant)|comes?|came|in)\s+second|runner-?\s?up|falsehoods?|lies?|irrelevan\w+|unrelated|unsupported|inconsistent|unlikely|least|worst|exceptions?|odd\s+one\s+out|outlier|confus\w+|wrong\w*|incorrect\w*|false|falsely|invalid|impossible|tempting"
    r"|(?:does|do|did|is|are|was|can|could)\s*n['’o]t)\b",
    regex.IGNORECASE,
)
_STAYS_OPEN = regex.compile(r"\bremains?\s+(?:un\w+|open|in\s+doubt|to\s+be)\b", regex.IGNORECASE)
_CALLED_RIGHT = regex.compile(r"\b(?:correct|right|answer)\b", regex.IGNORECASE)


def dismisses(said: str) -> bool:
    """Whether what is said of an option leaves it out: it "is the one to avoid".

    Example:
        >>> dismisses("is the only one to rule out"), dismisses("is the only one that fits")
        (True, False)
        >>> dismisses("best explains why the engine failed, so it is the right answer")
        False
    """
    if _STAYS_OPEN.search(said):
        return True
    return _DISMISSES.search(said) is not None and not _CALLED_RIGHT.search(said)


_MENTIONS = regex.compile(
    r"\b(?:pretend\w*|resembl\w+|reminds?|(?:only|merely|just|briefly)\s+(?:\w+\s+)?mention\w*|mentions?\s+only|used\s+to|once\s+(?:thought|believed)|no\s+longer|formerly|previously|originally"
    r"|(?:many|most|some|few|people|students|everyone|others|critics)\s+(?:\w+\s+)?(?:think|thinks|thought|believe|believes|believed|say|says|said|answer|answers|answered|write|wrote|pick|choose|confuse|assume|expect|claim)\w*"
    r"|too\s+(?!much\b|many\b)\w+|(?:smaller|larger|bigger|older|younger|faster|slower|less|more|better|worse|taller|shorter|weaker|stronger)\s+than"
    r"|(?:enem(?:y|ies)|opposite|predator|rival|contrary|reverse|converse|negation|absence|lack)\s+of|opposed\s+to|far\s+from|had\s+(?:it|he|she|they)|were\s+(?:it|he|she|they))\b",
    regex.IGNORECASE,
)
_SOMEBODY_SAYS = regex.compile(
    r"\b(?:critic|reviewer|student|pupil|teacher|friend|opponent|neighbou?r|somebody|someone|classmate|colleague)s?\s+(?:\w+\s+)?(?:says?|said|wrote|writes?|thinks?|thought|claims?|claimed|believes?|believed|argues?|argued|answers?|answered)\b"
    r"|(?-i:\b(?!The|This|That|It|He|She|They|We|I|There|Passage|Text|Author|Article)[A-Z][a-z]+)\s+(?:says?|said|thinks?|thought|claims?|claimed|believes?|believed|guesses|guessed|argues?|argued)\b"
)


def only_mentions(said: str) -> bool:
    """Whether a sentence sets something beside an option's text, or tells that others think of it.

    Example:
        >>> only_mentions("it resembles a"), only_mentions("it is a")
        (True, False)
    """
    return _MENTIONS.search(said) is not None


def somebody_says(text: str) -> bool:
    """Whether a sentence tells what somebody says, by name.

    Example:
        >>> somebody_says("Tom says it is"), somebody_says("The passage says it is")
        (True, False)
    """
    return _SOMEBODY_SAYS.search(text) is not None


_TRAP = regex.compile(
    r"(?:^|[\s,;])(?:(?:the|an?|one|another|some|this|my)\s+)?(?:\w+\s+){0,2}?(?:distractor|trap|decoy|lure|bait|red\s+herring)s?(?:\s+(?:answer|option|choice))?(?:\s+(?:here|in\s+\w+(?:\s+\w+)?))?\s*$"
    r"|(?<!\b(?:only|best|strongest|likeliest|sole)\s)\b(?:an(?!\s+answer)|one|another|some|a\s+(?:plausible|possible|likely|good|strong|reasonable))\s+(?:answer|candidate|option|choice|possibility|contender|alternative)(?:\s+here)?\s*$"
    r"|\b(?:the|my)\s+(?:(?:most\s+)?(?:popular|common|usual|frequent)\s+(?:wrong\s+)?(?:answer|option|choice|pick)|alternative(?:\s+(?:answer|option|choice))?)\s*$"
    r"|\bnumber\s+of\s+(?:\w+\s+){0,3}(?:options|answers|choices)(?:\s+\w+){0,2}\s*$"
    r"|^(?:left|ruled|crossed)\s+out\s*$"
    r"|\b(?:first|initial)\s+(?:option|choice|answer|one|thing)\s+(?:that\s+)?(?:i|we)\s+\w+\s*$",
    regex.IGNORECASE,
)
_SECOND = regex.compile(
    r"\b(?:runner-?\s?up|second[-\s](?:best|choice|place|pick|option\s+i\s+would\s+choose)|next\s+best(?:\s+\w+)?|fallback|backup)(?:\s+(?:answer|option|choice|one))?\s*$",
    regex.IGNORECASE,
)


def sets_a_trap(lead: str, *, of_label: bool = False) -> bool:
    """Whether the words before "is" make of what follows a trap, a candidate, or a second choice.

    Args:
        lead: What stands before "is".
        of_label: Whether a label follows: a text may be asked for as "the runner-up".

    Example:
        >>> (
        ...     sets_a_trap("The distractor here"),
        ...     sets_a_trap("One candidate"),
        ...     sets_a_trap("The capital"),
        ... )
        (True, True, False)
        >>> sets_a_trap("The runner-up"), sets_a_trap("The runner-up", of_label=True)
        (False, True)
    """
    return bool(_TRAP.search(lead) or (of_label and _SECOND.search(lead)))


_ANOTHER = r"(?<![A-Za-z])[A-J][)）]?(?:选项|項|项)?"
# A case, what somebody else says or how it seems, another option that is named or called right.
_SET_ASIDE = regex.compile(
    r"如果|假如|假设|假設|倘若|要是|(?<![^\s，。])若|除非|只有|要么|有人|人认为|许多|很多人|不少人|有的同学|误[认以]|以为|看似|似乎|乍看|表面|看上去|看起来|起初|一开始|[单仅只]看|最不"
    r"|(?:不能|不可|不应|并不|未必|不见得|难以|不会|不宜)[^，。]{0,6}$"
    rf"|(?<!(?:排除|不同于|相比)[^，。；]{{0,14}}){_ANOTHER}(?:[、，,；;\s和与及或比]|以及|还是)*$|{_ANOTHER}(?:是|为|為)?(?:最|正确)[^，,；;。]{{0,8}}[，,；;]"
)


def set_aside(before: str) -> bool:
    """Whether what stands before an option in Chinese leaves it open, or names another with it.

    Example:
        >>> set_aside("表面上，"), set_aside("B、"), set_aside("B项最合适，"), set_aside("因此，")
        (True, True, True, False)
    """
    return _SET_ASIDE.search(before) is not None


_LABEL = r"[(（*]{0,3}[A-J][)）*]{0,3}"
_LABELS = (
    rf"(?P<labels>{_LABEL}(?:(?:\s*+(?:[、，,/&]|and\b|or\b|nor\b|和|与|及|或)\s*+)*+{_LABEL})*+)"
)
_WRONG = r"(?:wrong|incorrect|false|not(?:\s+(?:the\s+)?(?:correct|right|true|best)(?:\s+(?:answers?|options?|choices?|ones?))?)?|incorrect\s+(?:answers?|options?|choices?)|ruled\s+out|eliminated)"
_WRONG_ZH = r"(?:不正确|错误|不对|有误|不符合?(?:题意|题干|要求|文意|材料)?|不合题意|不恰当|不合适|排除|不选)的?(?:[,，]?(?:故|应|均)?(?:排除|不选))?"
_REJECTS = regex.compile(
    rf"(?:(?:so|thus|hence|therefore|and|while|whereas|consequently|this\s+means(?:\s++that)?+)[,\s]\s*+)?"
    rf"(?:(?:the\s+)?(?:(?:other\s+)?(?:options?|choices?|answers?|statements?)\s+|others?\s+)?{_LABELS}|(?:all\s+)?(?:of\s+)?the\s+(?:other|remaining)s?(?:\s+(?:\w+\s+)?(?:options?|choices?|answers?|ones|statements?))?)"
    rf"\s+(?:is|are|must\s+be|can\s+be)\s+(?:all\s+|both\s+|therefore\s+|also\s+|clearly\s+){{0,8}}{_WRONG}(?:,?\s+(?:because|since|as|for|due\s+to)\s[^\n]*)?\W*"
    rf"|(?:(?:and|while|whereas)\s+)?(?:none|neither)\s+of\s+(?:the\s+(?:others?|other\s+(?:options?|choices?|answers?|ones))|(?:the\s+)?(?:options?\s+|choices?\s+|answers?\s+)?{_LABELS})\s+(?:is|are)\s+(?:correct|right|true)\W*"
    rf"|(?:而|但)?(?:选项)?{_LABELS}(?:选?项)?[^，,。；A-J\n是对正选确]{{1,12}}[,，](?:故|应)?(?:排除|不选)\W*"
    rf"|(?:(?:而|但|所以|因此|故|则|同时)[,，]?+)*+(?:(?:其他|其余|其它)?(?:选项|各?项)?{_LABELS}|(?:其他|其余|其它)(?:选项|各?项|[一二三两]项|三个选项)?)(?:选项|[两三]?项)?(?:说法|表述)?(?:则|也|都|均|是|就|皆|所述|内容|为)*{_WRONG_ZH}\W*"
    rf"|(?:而|但|所以|因此|故|则)*+排除(?:选项)?{_LABELS}(?:选项|[两三]?项)?\W*",
    regex.IGNORECASE,
)
_A_LABEL = regex.compile("(?-i:[A-J])")


def rejected(sentence: str) -> frozenset[str] | None:
    """The options that a sentence rejects, if it does nothing else; none of them are "the others".

    Example:
        >>> sorted(rejected("Therefore, B and C are incorrect.")), rejected("其他选项均错误。")
        (['B', 'C'], frozenset())
        >>> rejected("B is correct.")
    """
    match = _REJECTS.fullmatch(sentence)
    if match is None:
        return None
    return frozenset(_A_LABEL.findall(match["labels"] or ""))


_THE_OPTIONS = (
    r"(?:the|these|those|my|our|your)\s(?:(?:given|listed|provided|available|offered|possible)\s)?"
    r"(?:answer\s)?(?:options?|choices?|answers?|alternatives?)"
    r"(?:\s(?:above|below|given|here|listed|provided))?"
)
_BE = r"(?:is|are|was|were|seems?|appears?|looks?)(?:\sto\sbe)?"
_REJECTS_ALL = regex.compile(
    r"(?:(?:but|however|though|although|still|yet|actually|unfortunately|sadly)[\s,]\s?)?(?:"
    # none of them is right, all of them are wrong
    rf"(?:none|neither|not\sone)(?:\sof\s(?:{_THE_OPTIONS}|them|these|those))?\s(?:{_BE}\s(?:\w+\s)?(?:correct|right|true|valid|accurate)|matche?s?|fits?|works?|agrees?)"
    rf"|no\s(?:option|choice|answer|alternative)s?(?:\s(?:given|here|listed))?\s(?:{_BE}\s(?:\w+\s)?(?:correct|right|true|valid|accurate)|matche?s?|fits?|works?|agrees?)"
    rf"|(?:all(?:\sof)?\s(?:{_THE_OPTIONS}|them|these|options|choices|answers)|every\s(?:option|choice|answer)|{_THE_OPTIONS})\s{_BE}\s(?:all\s|\w+ly\s)?(?:wrong|incorrect|false|invalid)"
    # what is right is not there
    r"|there\sis\sno\s(?:correct|right|valid|true)\s(?:option|choice|answer|one|alternative)"
    rf"|(?:it|this|that|which|the\s(?:\w+\s)?(?:answer|value|result|number))\s(?:is\s|does\s)?(?:not|n['’]t)\s(?:\w+\s)?(?:listed|given|there|offered|(?:among|in|one\sof|match)\s(?:any\sof\s)?{_THE_OPTIONS})"
    r"|ninguna\s(?:de\slas\s(?:opciones|respuestas|alternativas)|opción)\s.{0,10}(?:correcta|válida)"
    r"|nenhuma\s(?:das\s(?:opções|respostas|alternativas)|opção)\s.{0,10}(?:corret[ao]|certa)"
    r"|aucune\s(?:des\s(?:options|réponses|propositions)|option)\sn['’]est\s(?:correcte|juste|exacte)"
    r"|nessuna\s(?:delle\s(?:opzioni|risposte|alternative)|opzione)\s.{0,10}(?:corretta|giusta)"
    r"|keine\s(?:der\s(?:optionen|antworten|möglichkeiten)|option|antwort)\s.{0,10}(?:richtig|korrekt)"
    r"|(?:没有一?个?(?:选项|答案)(?:是)?(?:正确|对|符合)|(?:所有|以上|四个)的?选项[都均全]?(?:不正确|不对|错误|错)).{0,6}"
    r")(?:\s(?:here|though|either|exactly|among\sthem))?\W*",
    regex.IGNORECASE,
)


def rejects_all(sentence: str) -> bool:
    """Whether a sentence says that no option is right, and leaves out none.

    Example:
        >>> (
        ...     rejects_all("None of the answer choices are correct"),
        ...     rejects_all("All options are wrong"),
        ... )
        (True, True)
        >>> rejects_all("None of the other options is correct")
        False
    """
    return _REJECTS_ALL.fullmatch(sentence.strip()) is not None
