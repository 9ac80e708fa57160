"""A reward for reasoning in one language; which language words are in, lingua says.

Lingua comes with the ``language`` extra; each process loads it when the first text needs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, ClassVar

import regex

from grpo_rewards.cells import is_missing
from grpo_rewards.core.base import Batch, Outcome, Reward, require_format
from grpo_rewards.errors import ColumnError, OptionError, in_short
from grpo_rewards.instructions.languages import detector_of, known_languages
from grpo_rewards.requirements import require_whole
from grpo_rewards.responses.layouts import WORKING_OUT, ResponseFormat
from grpo_rewards.wording.patterns import compiled

__all__ = ["LanguageConsistency"]

COMMON = tuple("ar de en es fa fr hi id it ja ko nl pl pt ru sv th tr uk vi zh".split())
"""The languages that words are taken for, besides the target, when no others are named."""

# What no language has words for. Each alternative ends at the next delimiter of its kind, so that
# those without an end cost no second look at the text behind them.
_NO_PROSE = (
    r"```(?:(?!```).)*+```|`[^`\n]*+`"  # code
    r"|\$\$[^$]*+\$\$|\$(?!\s)[^$\n]*+(?<!\s)\$(?!\d)"  # mathematics; "$5 and $6" is none
    r"|\\\((?:(?!\\[()]).)*+\\\)|\\\[(?:(?!\\[\[\]]).)*+\\\]"
    r"|\\(?:begin|end)\{[^{}]*+\}|\\[A-Za-z]++"  # commands; what \text{} holds is prose
    r"|<[^<>\n]{1,80}+>|https?://\S++"  # tags and addresses
)

# The scripts that words are told apart by: their letters, and the languages written in them, where
# that is not the rest. Han and kana are one, because Japanese mixes them and Chinese has Han alone.
_SCRIPTS = {
    "latin": (r"\p{Latin}", ""),
    "han_kana": (r"\p{Han}\p{Hiragana}\p{Katakana}\u30fc\u3005", "ja zh"),
    "cyrillic": (r"\p{Cyrillic}", "be bg kk mk mn ru sr uk"),
    "arabic": (r"\p{Arabic}", "ar fa ur"),
    "devanagari": (r"\p{Devanagari}", "hi mr"),
    "hangul": (r"\p{Hangul}", "ko"),
    "thai": (r"\p{Thai}", "th"),
    "greek": (r"\p{Greek}", "el"),
    "hebrew": (r"\p{Hebrew}", "he"),
    "armenian": (r"\p{Armenian}", "hy"),
    "georgian": (r"\p{Georgian}", "ka"),
    "bengali": (r"\p{Bengali}", "bn"),
    "gujarati": (r"\p{Gujarati}", "gu"),
    "gurmukhi": (r"\p{Gurmukhi}", "pa"),
    "tamil": (r"\p{Tamil}", "ta"),
    "telugu": (r"\p{Telugu}", "te"),
    "another_script": (r"\p{L}", ""),
}
_SCRIPT_OF = {code: script for script, (_, codes) in _SCRIPTS.items() for code in codes.split()}
_TOKEN = (
    r"(?P<end>[.!?:;\n。！？；：।؟]++)|[\p{L}\p{M}]*+[\p{N}_^=][\p{L}\p{M}\p{N}_^=]*+|"
    + "|".join(
        rf"(?P<{script}>[{letters}][{letters}\p{{M}}]*+(?:['’-][{letters}][{letters}\p{{M}}]*+)*+)"
        for script, (letters, _) in _SCRIPTS.items()
    )
)

# Letters and names of functions that mathematics has in every language.
_SYMBOLS = frozenset(
    "sin cos tan cot sec csc log ln exp lim max min mod gcd lcm det dx dy cm mm km kg mg ml".split()
)
SPACED_WORD = (2, 64)
"""Letters of a word in scripts with spaces. Single ones are variables ("x"); what is longer is no
word, and the detector takes long over it."""
DOUBT = 0.5
"""Words are taken for the target's where it is at least this share as likely as the likeliest."""
LONGEST_LABEL = 4
"""Letters of a word in capitals that may be a label."""
MOST_DETECTED = 400
"""Segments of one text that are shown to the detector; each takes it about a third of a ms."""
SEGMENT = (5, 12)
"""Words that the detector is shown at once, within a sentence if that is long enough: at least,
where there are as many, and about at most."""


@dataclass(frozen=True, kw_only=True, repr=False)
class LanguageConsistency(Reward):
    """Pays the share of the reasoning's words that are in the target language.

    The language consistency reward of DeepSeek-R1 (arXiv 2501.12948, section 2.3.2), which keeps
    models from mixing languages: words of the target language / words. R1 adds it to the score
    for the answer.

    Words are told apart by their script first, so Chinese in English reasoning needs no guess;
    then, five to twelve words of one script at a time, by the lingua detector, the target having
    the benefit of a doubt. Mathematics, code, tags, addresses, numbers, single letters, labels
    ("ABC") and names of functions are words of no language. In Chinese and Japanese each
    character counts as one word.

    Args:
        language: The target, an ISO 639-1 code such as ``"en"``.
        column: A column with each row's target, in place of ``language``.
        among: The other languages that words may be in, as codes. Name those that your model
            mixes: fewer are told apart more surely, and take less memory.
        least_words: With fewer words than this the reward has no opinion.
        format: The layout that the reasoning is read by; where a layout without reasoning tags
            gives no reasoning, the whole text counts.
        name: The reward's ``__name__``.

    Returns:
        For a completion a score from 0.0 to 1.0; ``None`` where it has too few words, or the row
        has no target.

    Raises:
        OptionError: Lingua is not installed (``pip install 'grpo-rewards[language]'``), a
            language is unknown, or an option is of the wrong kind.
        ColumnError: On a call: the column is missing, or holds an unknown language.

    Deterministic, and safe in threads. The first text with two languages to tell apart loads
    their models: about 15 MB of memory a language.
    Not covered: a language switched for fewer than five words between others of the same script
    ("so wir need the sum"), names, and languages that lingua does not know.

    Example:
        >>> reward = LanguageConsistency(language="en", least_words=5)
        >>> reward(["First we compute the total cost of all the apples.", "首先我们计算苹果的总价"])
        [1.0, 0.0]
    """

    language: str = "en"
    column: str | None = None
    among: tuple[str, ...] = COMMON
    least_words: int = 10
    format: ResponseFormat = WORKING_OUT
    name: str = "language_consistency"

    is_guard: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        require_format(self.format)
        require_whole("least_words", self.least_words)
        if self.column is not None and (not isinstance(self.column, str) or not self.column):
            raise OptionError(
                f"column={in_short(self.column)}: write the name of a column with languages"
            )
        if find_spec("lingua") is None:
            raise OptionError(
                "LanguageConsistency needs lingua, which is not installed: "
                "pip install 'grpo-rewards[language]'"
            )
        if isinstance(self.among, list):  # as a configuration file gives them
            object.__setattr__(self, "among", tuple(self.among))
        if not isinstance(self.among, tuple):
            raise OptionError(
                f"among={in_short(self.among)}: write a tuple of codes, such as ('en', 'zh')"
            )
        for option, code in (
            ("language", self.language),
            *(("among", code) for code in self.among),
        ):
            if code not in known_languages():
                raise OptionError(
                    f"{option}={code!r}: write ISO 639-1 codes that lingua knows: "
                    f"{' '.join(sorted(known_languages()))}"
                )

    def judge(self, batch: Batch) -> list[Outcome]:
        """The outcomes of a batch, each by its own row's target."""
        return [
            self._judge_row(target, self._reasoning(batch, row))
            for row, target in enumerate(self._targets(batch))
        ]

    def _targets(self, batch: Batch) -> list[str | None]:
        if self.column is None:
            return [self.language] * len(batch)
        return [_target(value, self.column) for value in batch.column(self.column, option="column")]

    def _reasoning(self, batch: Batch, row: int) -> str:
        response = batch.responses(self.format)[row]
        if response.reasoning is None and self.format.reasoning is None:
            return response.text
        return response.reasoning or ""

    def _judge_row(self, target: str | None, reasoning: str) -> Outcome:
        if target is None:
            return Outcome(None, "the row has no language")
        counts: dict[str, int] = {}
        own_script: list[tuple[int, list[str]]] = []
        for script, size, shown in _segments(reasoning):
            if script == _script_of(target):
                own_script.append((size, shown))
            else:
                counts[script] = counts.get(script, 0) + size
        # Of very long texts a part, evenly spread, speaks for what follows it.
        step = -(-len(own_script) // MOST_DETECTED) or 1
        language = None
        for place, (size, shown) in enumerate(own_script):
            if place % step == 0:
                language = self._language_of(shown, target)
            if language:
                counts[language] = counts.get(language, 0) + size
        total = sum(counts.values())
        details = {"target": target, "words": counts}
        if total < self.least_words:
            reason = f"{total} words are too few to tell a language from"
            return Outcome(None, reason, details)
        own = counts.get(target, 0)
        return Outcome(own / total, f"of {total} words, {own} are in {target!r}", details)

    def _language_of(self, words: list[str], target: str) -> str | None:
        """The language of some words in the target's script; ``None`` where it cannot be told."""
        script = _script_of(target)
        rivals = {target, *(code for code in self.among if _script_of(code) == script)}
        if len(rivals) == 1:
            return target
        joint = "" if script == "han_kana" else " "
        return _detected(tuple(sorted(rivals)), joint.join(_telling(words)), target)


def _segments(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """The words of a text, some at a time: their script, how many, and what to tell them by."""
    least, most = SEGMENT
    shortest, longest = SPACED_WORD
    started: dict[str, list[str]] = {}
    last: dict[str, list[str]] = {}
    cut: set[str] = set()
    for token in compiled(_TOKEN).finditer(compiled(_NO_PROSE, regex.DOTALL).sub(" ", text)):
        script = token.lastgroup
        if script is None:
            continue
        if script == "end":
            full = [name for name, words in started.items() if len(words) >= least or name in cut]
            cut.clear()
        else:
            words = started.get(script, [])
            if script == "han_kana":
                words.extend(token[0])
            elif shortest <= len(token[0]) <= longest and not _is_symbol(token[0]):
                words.append(token[0])
            if words:
                started[script] = words
            full = [script] if len(words) >= most else []
            cut.update(full)
        for name in full:
            yield _segment(name, started.pop(name), last)
    for name, words in started.items():
        yield _segment(name, words, last)


def _segment(
    script: str, words: list[str], last: dict[str, list[str]]
) -> tuple[str, int, list[str]]:
    if len(words) >= SEGMENT[0]:
        last[script] = words
        return script, len(words), words
    # Too few to tell a language by, so those before them help.
    return script, len(words), last.get(script, []) + words


def _is_symbol(word: str) -> bool:
    # Short words in capitals are labels: the side AB, the angle ABC.
    return word in _SYMBOLS or (len(word) <= LONGEST_LABEL and word.isupper())


def _telling(words: list[str]) -> list[str]:
    """The words that tell a language: names, which do not, left out if enough others are left."""
    others = [word for word in words[1:] if not word[0].isupper()]
    return others if len(others) >= SEGMENT[0] else words


def _script_of(code: str) -> str:
    return _SCRIPT_OF.get(code, "latin")


def _detected(codes: tuple[str, ...], text: str, target: str) -> str | None:
    detector = detector_of(codes)
    likeliest = detector.detect_language_of(text)
    if likeliest is None:
        return None
    own = known_languages()[target]
    if likeliest == own:
        return target
    # Only for those, because it takes longer.
    shares = {
        entry.language: entry.value for entry in detector.compute_language_confidence_values(text)
    }
    doubted = shares[own] >= DOUBT * shares[likeliest]
    return target if doubted else likeliest.iso_code_639_1.name.lower()


def _target(value: Any, column: str) -> str | None:
    if is_missing(value):
        return None
    code = regex.split(r"[-_]", value.strip().lower())[0] if isinstance(value, str) else value
    if code == "":
        return None
    if not isinstance(code, str) or code not in known_languages():
        raise ColumnError(
            f"the column {column!r} has {in_short(value)} as a language: write ISO 639-1 codes "
            "that "
            f"lingua knows: {' '.join(sorted(known_languages()))}"
        )
    return code
