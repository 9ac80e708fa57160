"""Which option an answer names: by its label, by its text, by its place, or by several of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import regex

from grpo_rewards.choices.mentions import named_by_sentence
from grpo_rewards.choices.options import Option
from grpo_rewards.choices.phrasing import (
    AFTER,
    AMBIGUOUS,
    CIRCLES,
    COPULA,
    CROSSES,
    JOINT,
    NUMBERS,
    NUMERALS,
    OR,
    PLACE,
    concluded,
    holds,
    in_latin,
    label_patterns,
    normal,
    numbered,
    plain,
    stated,
    without_greek_labels,
    without_noun_behind,
)
from grpo_rewards.choices.remarks import REASON, Remarks, is_prose, likeness
from grpo_rewards.wording.asides import speaker_doubts
from grpo_rewards.wording.attributions import attributed, somebodys
from grpo_rewards.wording.certainty import is_certain
from grpo_rewards.wording.dismissals import dismisses, set_aside, sets_a_trap, somebody_says
from grpo_rewards.wording.doubts import denied_before, denied_lead
from grpo_rewards.wording.option_names import is_left_out, option_named
from grpo_rewards.wording.rivals import is_said_twice
from grpo_rewards.wording.spoken_of import about_answer, heads_answer
from grpo_rewards.wording.vocabulary import KANA, OPTION_LETTERS, spotted

__all__ = ["Chosen", "Equal", "read_choice"]

_WHY = regex.compile(
    r"(?:,|(?<=[^\s,]))\s++(?:because|since|as\s+(?:it|they|this|these|the)|which|who)\b"
)
"""Where a sentence goes on with its reason."""

_QUOTED_LABEL = re.compile(r"""^["'“”‘«](?P<label>\w{1,2})["'”’»](?=\s*[-–—:.)])""")
_QUOTED = re.compile(r"""["“”«][^"“”«»]{3,}["”»]""")
_WORDS = re.compile(
    r"(?!(?i:no|neither|maybe|perhaps|if|only)\b)(?!.*\b(?i:not|never|hardly|no\s+longer|or|but|nor|except)\b)"
    r"[^\W\d_]{2}[\w'’ -]{1,80}"
)
_PLACED = re.compile(
    r"\(?(?:(?P<place>\d{1,2})(?:(?P<number>번|番)\s?(?:の|[.):、]+)?|[.):、]+)(?!\d)|(?P<roman>[ivx]{1,4}|[IVX]{1,4})[.):]+)\s*(?P<text>\S.*)",
    re.DOTALL,
)
_PLACE_BEHIND = re.compile(
    r"(?P<text>.*[^\s(])\s?\(\s?(?P<place>\d{1,2})(?:\s?(?P<number>번|番))?\s?\)", re.DOTALL
)
_ROMAN = "i ii iii iv v vi vii viii ix x".split()
_CLAUSE = re.compile(r"[,.;:!?]")
_SIGNED = re.compile(r"^\W*-|(?<!\w)[A-Z](?!\w)")
"""A text before which a minus sign may stand: it has one, or letters that may be variables."""
_OWN_LETTERS = frozenset(letter for letters in OPTION_LETTERS for letter in letters)
"""What names an option by its place, unless it is the text of one."""
_NOUNS = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’-](?=[^\W\d_]))+")
_MOST_WORDS = 5
"""How many words a label has that names what was asked for."""
_HAS_FIGURE = re.compile(r"[\d%]")
"""What a text has beside which a share may be a value, and not how sure an answer is."""
_LETTER_INSIDE = re.compile(rf"(?<!\w)[БГДΒΓΔΕ](?!\w)|{KANA}")
"""A letter by which a text may name a statement: an option of ア and ウ is none of them."""
_EITHER = re.compile(
    rf"[(\[]?(?P<letter>[{''.join(AMBIGUOUS)}])[)\].:]+\s*(?P<text>\S.*)", re.DOTALL
)
_ANSWER_NOUN = re.compile(r"\b(?:answer|choice|option|pick|guess|response|selection)$")
_MODAL = re.compile(r"\s(?:would|will|must|should)(?:\s+be)?$")
MAX_LENGTH = 4_000
"""Longer answers (characters) name an option only by its exact text."""

ALIKE = 0.6
"""How like (`likeness`) an option's text words beside its label have to be to stand for it."""

SUMMARY = re.compile(r"(?:all|none|any|both|either|neither|some|one)\s+of\b")
"""What speaks of several options."""

OFFERED = re.compile(r"\bor\b|\|", re.IGNORECASE)
"""What joins values of which one is right, not all."""

Equal: TypeAlias = Callable[[str, str], bool]
"""Whether the text of an option and a text equal each other, as `grpo_rewards.compare` has it."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options that an answer names, by label, and how; or why it names none."""

    labels: frozenset[str] = frozenset()
    rule: str = "choice"
    why_not: str = ""


def read_choice(
    answer: str, options: Sequence[Option], *, equal: Equal, several: bool = False
) -> Chosen:
    """The options that an answer names.

    Args:
        answer: What the response gives as its answer.
        options: The options of the row. Where no text is known, their labels have to be named.
        equal: Decides whether two texts are equal that are not the same.
        several: Whether an answer may name more than one.

    Example:
        >>> options = [Option("A", "Rome"), Option("B", "Paris")]
        >>> for answer in ("(b)", "The answer is Paris.", "B: Rome", "A or B"):
        ...     chosen = read_choice(answer, options, equal=str.__eq__)
        ...     print(sorted(chosen.labels), chosen.why_not)
        ['B']
        ['B']
        [] the answer says B and beside it the text of A
        [] the answer offers several options
    """
    if len(answer) > MAX_LENGTH:
        exact = frozenset(option.label for option in options if option.text == answer)
        if len(exact) == 1:
            return Chosen(exact, "text")
        return Chosen(why_not=f"the answer is longer than {MAX_LENGTH} characters")
    verbatim = _verbatim(answer, options)
    if verbatim is not None:
        return verbatim
    if is_said_twice(answer):
        return Chosen(why_not="the answer is stated twice, with two values")
    reader = _Reader(tuple(options), equal)
    said = option_named(answer) or reader.unbulleted(answer.lstrip())
    if options and options[0].label == "α":
        said = in_latin(said)
    if reader.patterns.translated:
        said = without_greek_labels(said)
    chosen = reader.read(plain(said))
    if not several and len(chosen.labels) > 1:
        return Chosen(why_not=f"the answer names several options: {_listed(chosen.labels)}")
    return chosen


_LABELLED = re.compile(r"[\s*(\[]*(?P<label>\w+)[*)\].:]*\s+(?P<text>\S.*)", re.DOTALL)


def _verbatim(answer: str, options: Sequence[Option]) -> Chosen | None:
    """The one option whose text is the answer, as the row has it, with its label or without."""
    said = " ".join(answer.split())
    labels = {option.label.casefold() for option in options}
    labelled = _LABELLED.fullmatch(said)
    found = [
        option.label
        for option in options
        if (text := " ".join(option.text.split()))
        and (
            (text == said and said.casefold() not in labels)
            or (
                labelled is not None
                and labelled["label"].casefold() == option.label.casefold()
                and labelled["text"] == text
            )
        )
    ]
    return Chosen(frozenset(found), "text") if len(found) == 1 else None


def _has_own_letter(text: str) -> bool:
    """Whether an option's text is, or holds, a letter of another script that may be a label."""
    if text.isascii():
        return False
    return text.strip(" ().") in _OWN_LETTERS or _LETTER_INSIDE.search(text) is not None


def _listed(labels: frozenset[str]) -> str:
    return ", ".join(sorted(labels))


class _Reader:
    """Tries the ways to name an option, the plainest first."""

    def __init__(self, options: tuple[Option, ...], equal: Equal) -> None:
        self.options = options
        self.texts = {option.label: option.text for option in options if option.text.strip()}
        self.patterns = label_patterns(
            tuple(option.label for option in options),
            translated=not any(map(_has_own_letter, self.texts.values())),
        )
        self.remarks = Remarks(self.patterns, self.texts)
        self.compared = equal

    def equal(self, option: str, text: str) -> bool:
        """Whether values are equal; of several ones, "or" says another thing than "and"."""
        return bool(OFFERED.search(option)) == bool(OFFERED.search(text)) and self.compared(
            option, text
        )

    def read(self, text: str) -> Chosen:
        said = COPULA.fullmatch(text.rstrip(".! "))
        if said and self.is_trap(said["lead"], said["rest"]):
            return Chosen(why_not="the answer speaks of another choice than its own")
        if text.strip()[-1:] in CROSSES and "\n" not in text.strip():
            return Chosen(why_not="the answer crosses out what it names")
        found = self.reading(text)
        if found.labels:
            return found
        kept, dismissed = self.remarks.without_dismissals(text)
        if not dismissed and kept == text:
            return found
        rest = self.reading(kept)
        if rest.labels & dismissed:
            return Chosen(why_not=f"the answer denies {_listed(rest.labels & dismissed)}")
        return rest if rest.labels else found

    def is_trap(self, lead: str, rest: str) -> bool:
        """Whether a sentence speaks of a trap, a candidate, or another's answer."""
        if somebody_says(lead) or about_answer(f"{lead} is "):
            return True
        noun = _ANSWER_NOUN.search(lead)
        if noun and somebodys(lead[: noun.start()]):
            return True
        names_label = self.bare(rest) or self.patterns.at_end.fullmatch(rest)
        return sets_a_trap(lead, of_label=names_label is not None)

    def unbulleted(self, text: str) -> str:
        """A text without the bullet before its label: ``-B``; a minus sign where one may stand."""
        bullet = self.patterns.bullet.match(text)
        signed = bullet and any(_SIGNED.search(own) for own in self.texts.values())
        return text if bullet is None or signed else text[bullet.end() :]

    def reading(self, text: str) -> Chosen:
        """What a text names, whatever it dismisses."""
        found = self.first_way(text)
        last = concluded(text)
        if found or last is None:
            return found or Chosen(why_not="the answer names no option")
        reason, rest = last
        found = self.first_way(rest) or Chosen(why_not="the answer names no option")
        for label in found.labels:
            why_not = self.remarks.against(label, f"since: {reason}")
            if why_not:
                return Chosen(why_not=why_not)
        return found

    def first_way(self, text: str) -> Chosen | None:
        wordings = list(dict.fromkeys(self.unnumbered(each) for each in stated(text)))
        for way in (
            self.place,
            self.whole,
            self.joined,
            self.label_and_text,
            self.place_and_text,
            self.letter_of_two,
            self.text_and_place,
            self.text_and_label,
            self.sentence,
            self.text_first,
            self.labelled_text,
            self.value,
            self.sentence_of_text,
        ):
            for each in wordings:
                found = way(each)
                if found is not None:
                    return found
        return None

    def unnumbered(self, text: str) -> str:
        """A text that names an option by its number, with the label or the place that it means."""
        match = numbered().match(text) if self.texts else None
        if match is None:
            return text
        said, rest = match["number"].casefold(), text[match.end() :]
        number = str(NUMERALS.index(said) + 1) if said in NUMERALS else said
        if any(number == normal(own) for label, own in self.texts.items() if label != number):
            return text  # "answer 2" may give a value
        if number in self.patterns.labels:
            return f"{number}{rest}"
        if not match["noun"]:
            return text
        return f"{number}{rest}" if rest.strip(" .!") else f"option {number}"

    # Ways, each of them of a stated text; None where the text is not written in that way ---------

    def place(self, text: str) -> Chosen | None:
        """``the second option``, ``option 2``."""
        match = PLACE.fullmatch(text)
        if match is None or not self.texts:
            return None
        if text[-1] in "번番" and any(map(CIRCLES.fullmatch, self.texts.values())):
            return None  # ② is a statement, where the options are ①② and ③④
        if match["word"]:
            last = match["word"].lower() == "last"
            place = len(self.options) if last else NUMBERS.index(match["word"].lower()) + 1
        else:
            place = int(match["digits"] or match["number"])
            if match["number"] and match["number"] in self.patterns.labels:
                return Chosen(frozenset([self.patterns.labels[match["number"]]]), "label")
        if not 1 <= place <= len(self.options):
            return Chosen(why_not=f"there is no option {place}")
        return Chosen(frozenset([self.options[place - 1].label]), "position")

    def whole(self, text: str) -> Chosen | None:
        """``B``, ``(b)``, ``Paris``."""
        return self.bare(text) or self.same_text(text)

    def bare(self, text: str) -> Chosen | None:
        match = self.patterns.bare.fullmatch(text)
        return Chosen(frozenset([self.label(match)]), "label") if match else None

    def same_text(self, text: str) -> Chosen | None:
        words = normal(text)
        found = [label for label, own in self.texts.items() if normal(own) == words]
        if not found:  # "It increases" is "increases"
            words = words.removeprefix("that ").removeprefix("it ")
            found = [
                label
                for label, own in self.texts.items()
                if normal(own).removeprefix("it ") == words
            ]
        if len(found) > 1:  # they differ only by case or the like
            found = [label for label in found if self.texts[label].strip() == text] or found
        if len(found) > 1:
            return Chosen(why_not=f"the answer is the text of {_listed(frozenset(found))}")
        return Chosen(frozenset(found), "text") if found else None

    def joined(self, text: str) -> Chosen | None:
        """``A and C``, ``A. Rome, C. Oslo``: each piece names an option."""
        pieces = [re.sub(r"(?i)^(?:both|either)\s+", "", piece) for piece in JOINT.split(text)]
        if len(pieces) == 1:
            pieces = self.in_a_row(text)
        if len(pieces) < 2:
            return None
        found: set[str] = set()
        for piece in pieces:
            named = self.whole(piece) or self.same_label_and_text(piece)
            if named is None or not named.labels:
                return None
            found |= named.labels
        if len(found) > 1 and OR.search(text):
            return Chosen(why_not="the answer offers several options")
        return Chosen(frozenset(found), "label")

    def in_a_row(self, text: str) -> list[str]:
        """``ACD``, ``A C D``, ``(A)(C)``."""
        letters = re.sub(r"[\s()\[\]]+", "", text)
        in_order = len(letters) > 1 and list(letters) == sorted(set(letters))
        known = all(letter.casefold() in self.patterns.labels for letter in letters)
        return list(letters) if in_order and known and letters.isupper() else []

    def same_label_and_text(self, text: str) -> Chosen | None:
        match = self.patterns.with_text.fullmatch(text)
        if match and normal(self.texts.get(self.label(match), "")) == normal(match["rest"]):
            return Chosen(frozenset([self.label(match)]), "label")
        return None

    def label_and_text(self, text: str) -> Chosen | None:
        """``B. Paris``, ``(B) Paris``, ``B Paris``, ``B, because ...``, ``"B" - Paris``."""
        text = _QUOTED_LABEL.sub(r"\g<label>", text)
        match = self.patterns.spaced.fullmatch(text)
        if match and normal(self.texts.get(self.label(match), "")) == normal(match["rest"]):
            return Chosen(frozenset([self.label(match)]), "label")
        match = self.patterns.with_text.fullmatch(text)
        if match is None:
            return None
        label = self.label(match)
        # A line break ends the answer, a full stop may; after a bracket or colon comes its text.
        pause = ";" if ";" in match["mark"] else "," if set(match["mark"]) & set(".!") else ""
        why_not = self.why_apart(label, match["rest"], pause=pause)
        return Chosen(why_not=why_not) if why_not else Chosen(frozenset([label]), "label")

    def place_and_text(self, text: str) -> Chosen | None:
        """``2. Paris``, ``ii. Paris``, ``2번 Paris``, where Paris is the second of A, B, C."""
        match = _PLACED.fullmatch(text)
        if match is None or (match["place"] or match["roman"].casefold()) in self.patterns.labels:
            return None
        numeral = (match["roman"] or "").casefold()
        place = int(match["place"] or (_ROMAN.index(numeral) + 1 if numeral in _ROMAN else 0))
        if self.is_text_of(place, match["text"], in_part=match["number"] is not None):
            return Chosen(frozenset([self.options[place - 1].label]), "position")
        if numeral and normal(match["text"]) in map(normal, self.texts.values()):
            return Chosen(why_not=f"the answer says {match['roman']} and beside it another text")
        return None

    def text_and_place(self, text: str) -> Chosen | None:
        """``Paris (2)``, ``Paris (2번)``, where Paris is the second option."""
        match = _PLACE_BEHIND.fullmatch(text)
        if match is None or match["place"] in self.patterns.labels:
            return None
        place = int(match["place"])
        if not self.is_text_of(place, match["text"], in_part=match["number"] is not None):
            return None
        return Chosen(frozenset([self.options[place - 1].label]), "position")

    def is_text_of(self, place: int, said: str, *, in_part: bool) -> bool:
        """Whether a text is that of the option at a place, or stands in it and in no other one."""
        if not 1 <= place <= len(self.options):
            return False
        text, own = normal(said), normal(self.options[place - 1].text)
        if text == own:
            return True
        held = [label for label, each in self.texts.items() if holds(normal(each), text)]
        return in_part and len(text) > 1 and held == [self.options[place - 1].label]

    def letter_of_two(self, text: str) -> Chosen | None:
        """``В) Paris``: the text says which of two letters it is that look alike."""
        match = _EITHER.fullmatch(text) if self.patterns.translated else None
        named = self.same_text(match["text"]) if match else None
        if match is None or named is None or not named.labels:
            return None
        return named if named.labels <= set(AMBIGUOUS[match["letter"]]) else None

    def text_and_label(self, text: str) -> Chosen | None:
        """``Paris (B)``, ``Paris, option B``."""
        match = self.patterns.at_end.fullmatch(without_noun_behind(text))
        if match is None:
            return None
        label = self.patterns.named(match["label"] or match["other"] or match["last"])
        if not self.texts:
            rest = match["rest"].strip()
            is_text = _QUOTED.fullmatch(rest) or (
                _WORDS.fullmatch(rest) and not self.remarks.against(label, f"since: {rest}")
            )
            return Chosen(frozenset([label]), "label") if is_text and not match["last"] else None
        if somebody_says(match["rest"]):
            return Chosen(why_not=f"the answer says who names {label}")
        named = self.same_text(match["rest"]) or self.sentence(match["rest"])
        named = named or self.sentence_of_text(match["rest"])
        if named is None and self.denies_text(label, match["rest"]):
            return Chosen(why_not=f"the answer denies the text of {label}, and names it")
        if named is None and self.why_apart(label, match["rest"]):
            return None
        if named is None and self.leaves_out(label, match["rest"]):
            return Chosen(why_not=f"the answer speaks of {label}, and does not name it")
        if named and named.labels != {label}:
            return Chosen(why_not=f"the answer says {label} and beside it another option's text")
        return Chosen(frozenset([label]), "label")

    def leaves_out(self, label: str, said: str) -> bool:
        """Whether a sentence leaves an option's text out, doubts it, or sets it aside."""
        words, own = plain(said).casefold(), normal(self.texts.get(label, ""))
        before, _, behind = words.rpartition(own) if own in words else (words, "", "")
        if is_left_out(before) or set_aside(before) or dismisses(before) or attributed(said):
            return True
        spots = spotted(f"{before} \n {behind}", "hedges", "supposes", "retracts", "changes")
        return any(True for _ in spots)

    def denies_text(self, label: str, said: str) -> bool:
        """Whether a sentence denies the text of an option: "So it is not Paris"."""
        words, own = (
            plain(said).casefold(),
            normal(self.texts[label]) if label in self.texts else "",
        )
        place = words.rfind(own) if own else -1
        return place > 0 and denied_before(words[:place])

    def sentence(self, text: str) -> Chosen | None:
        """``The capital is Paris``, ``The capital is (B) Paris``."""
        match = COPULA.fullmatch(text)
        if match is None:
            return None
        if denied_lead(_MODAL.sub("", text[: match.start("rest")].rstrip())):
            return None
        before = text[: match.start("rest")]
        if somebody_says(before) or attributed(before):
            return None
        lead, rest = normal(match["lead"]), match["rest"]
        if any(lead == normal(own) for own in self.texts.values()):
            return None
        found = (self.whole(rest) if self.texts else self.bare(rest)) or self.label_and_text(rest)
        why = _WHY.search(rest) if self.texts and found is None else None
        if why:
            found = self.same_text(rest[: why.start()])
        if found is None or not found.labels:
            return None
        reason = f"since: {match['lead']}"
        return None if any(self.remarks.against(each, reason) for each in found.labels) else found

    def text_first(self, text: str) -> Chosen | None:
        """``Paris is the capital``, ``Paris, because ...``, ``Paris. It is on the Seine``."""
        words = normal(text)
        for label, own in sorted(self.texts.items(), key=lambda item: -len(item[1])):
            rest = AFTER.fullmatch(words, len(normal(own)))
            if rest is None or not words.startswith(normal(own)):
                continue
            # "1. We add them" is no answer of 1, but the first step of a list.
            goes_on = rest["verb"] or rest["which"] or REASON.match(rest["rest"])
            new = rest["stop"] and is_prose(rest["rest"]) and not own.isdecimal()
            if speaker_doubts(words[len(normal(own)) :]):
                return None
            if rest["verb"] and dismisses(_CLAUSE.split(words[len(normal(own)) :], maxsplit=1)[0]):
                return None
            if (goes_on or new) and not self.remarks.against(label, text):
                return Chosen(frozenset([label]), "text")
            return None
        return None

    def labelled_text(self, text: str) -> Chosen | None:
        """``Diagnosis: Anaemia``: the text of an option behind a word for what was asked for."""
        label, colon, said = text.partition(":")
        if not colon or not said.strip() or len(label.split()) > _MOST_WORDS:
            return None
        found = self.same_text(said.strip(" *")) if _NOUNS.fullmatch(label) else None
        return found if found and found.labels and heads_answer(label) else None

    def value(self, text: str) -> Chosen | None:
        """``1/2`` where an option is 0.5."""
        found = [label for label, own in self.texts.items() if self.equal(own, text)]
        if len(found) > 1:
            return Chosen(why_not=f"the answer equals {_listed(frozenset(found))}")
        return Chosen(frozenset(found), "value") if found else None

    def sentence_of_text(self, text: str) -> Chosen | None:
        """A sentence that names an option by its text alone."""
        label = named_by_sentence(text, self.texts, self.remarks) if self.texts else None
        return Chosen(frozenset([label]), "text") if label is not None else None

    # What stands beside a label -----------------------------------------------------------------

    def label(self, match: re.Match[str]) -> str:
        return self.patterns.named(match["label"])

    def why_apart(self, label: str, beside: str, *, pause: str = "") -> str:
        """Why a label and what stands beside it do not name one option; empty where they do."""
        if REASON.match(beside) or label not in self.texts:
            return self.remarks.against(label, f"; {beside}" if pause == ";" else beside)
        own, text = normal(self.texts[label]), normal(beside)
        if text == own:
            return ""
        if is_certain(beside) and not any(map(_HAS_FIGURE.search, self.texts.values())):
            return ""
        for other, other_text in self.texts.items():
            if other != label and normal(other_text) == text:
                return f"the answer says {label} and beside it the text of {other}"
        if holds(text, own):
            return self.remarks.against(label, beside)
        inside = [other for other, each in self.texts.items() if holds(normal(each), text)]
        if inside == [label] and (len(text) > 2 or text.isdecimal()):
            return ""
        for other, other_text in self.texts.items():
            if self.equal(other_text, beside):
                same = other == label or self.equal(self.texts[label], beside)
                return "" if same else f"the answer says {label} and beside it the text of {other}"
        alike = {other: likeness(normal(each), text) for other, each in self.texts.items()}
        closest = max(alike, key=alike.__getitem__)
        if alike[closest] >= ALIKE and list(alike.values()).count(alike[closest]) == 1:
            if closest == label:
                return ""
            return f"the answer says {label} and beside it the text of {closest}"
        if pause and not inside and is_prose(beside) and not SUMMARY.match(text):
            return self.remarks.against(label, f"{pause} {beside}")
        return f"the answer says {label}, and beside it what is not its text"
