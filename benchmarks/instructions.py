"""Verdicts of `check_instructions` beside IFEval's public checker, over constructed answers.

    pip install --no-deps lm_eval nltk langdetect immutabledict
    python benchmarks/instructions.py                      # or --lm-eval FOLDER, with lm_eval in it
    python benchmarks/instructions.py --count 400 --examples

The checker is the one in lm-evaluation-harness (`lm_eval/tasks/ifeval`). Nothing is downloaded:
where NLTK's trained splitter of sentences is not there, its untrained one stands in, and words are
parted without splitting sentences first. For each instruction answers are made by chance, near its
bounds and in the forms that models write; each difference is put down to a reason of the table
below, or counted as unexplained, and then the exit status is 1.
"""

from __future__ import annotations

import argparse
import importlib
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import regex

from grpo_rewards.instructions import InstructionError, read_instructions
from grpo_rewards.instructions.languages import LanguageMissingError
from grpo_rewards.instructions.measuring import sentences, words
from grpo_rewards.tables import plain_table

WORDS = (
    "river town bridge market garden winter morning teacher letter window answer number story "
    "music coffee mountain holiday friend kitchen journey paper question simple careful quiet "
    "bright early small large open walks finds writes keeps brings shows under over between after"
).split()
ODD = ["don't", "3.5", "well-known", "U.S.", "e.g.", "I", "NASA", "2,000", "it's", "Mr.", "A", "x"]
RELATIONS = ("less than", "at least")


@dataclass(frozen=True)
class Case:
    """An instruction's arguments, and an answer."""

    arguments: dict[str, Any]
    text: str


def sentence(chance: random.Random, *, odd: bool = True) -> str:
    said = chance.choices(WORDS, k=chance.randrange(3, 12))
    if odd and chance.random() < 0.3:
        said.insert(chance.randrange(1, len(said)), chance.choice(ODD))
    if chance.random() < 0.2:
        said[chance.randrange(len(said))] += ","
    said[0] = said[0].capitalize()
    return " ".join(said) + chance.choice(["."] * 6 + ["?", "!", "...", '."', ".)"])


def prose(chance: random.Random, count: int | None = None) -> str:
    return " ".join(sentence(chance) for _ in range(count or chance.randrange(1, 7)))


def relation(chance: random.Random, near: int) -> tuple[str, int]:
    return chance.choice(RELATIONS), max(1, near + chance.randrange(-2, 3))


def keyword_text(chance: random.Random, keyword: str) -> str:
    parts = prose(chance).split()
    for form in chance.choices(
        (keyword, keyword.upper(), f"{keyword}s", f"un{keyword}", f"{keyword}.", f"*{keyword}*"),
        k=chance.randrange(4),
    ):
        parts.insert(chance.randrange(len(parts)), form)
    return " ".join(parts)


def keywords(chance: random.Random) -> Case:
    chosen = chance.sample(["art", "plan", "sea", "cost", "C++", "a.b"], k=chance.randrange(1, 3))
    return Case({"keywords": chosen}, " ".join(keyword_text(chance, word) for word in chosen))


def frequency(chance: random.Random) -> Case:
    keyword = chance.choice(["art", "plan", "sea"])
    said, bound = relation(chance, 2)
    return Case(
        {"keyword": keyword, "relation": said, "frequency": bound}, keyword_text(chance, keyword)
    )


def forbidden(chance: random.Random) -> Case:
    chosen = chance.sample(["art", "plan", "sea"], k=2)
    return Case({"forbidden_words": chosen}, keyword_text(chance, chance.choice(chosen)))


def letters(chance: random.Random) -> Case:
    letter = chance.choice("etaqz#")
    text = prose(chance)
    said, bound = relation(chance, text.lower().count(letter))
    return Case({"letter": letter, "let_relation": said, "let_frequency": bound}, text)


LANGUAGES = {
    "en": "The train leaves the station early in the morning and arrives late at night.",
    "de": "Der Zug verlässt den Bahnhof früh am Morgen und kommt spät in der Nacht an.",
    "fr": "Le train quitte la gare tôt le matin et arrive tard dans la nuit.",
    "es": "El tren sale de la estación temprano por la mañana y llega tarde por la noche.",
    "ru": "Поезд уходит со станции рано утром и приходит поздно ночью.",
    "hi": "रेलगाड़ी सुबह जल्दी स्टेशन से निकलती है और देर रात पहुँचती है।",
    "ko": "기차는 아침 일찍 역을 떠나 밤늦게 도착합니다.",
    "it": "Il treno lascia la stazione la mattina presto e arriva a tarda notte.",
    "pt": "O trem sai da estação de manhã cedo e chega tarde da noite.",
    "ar": "يغادر القطار المحطة في الصباح الباكر ويصل في وقت متأخر من الليل.",
    "th": "รถไฟออกจากสถานีแต่เช้าตรู่และมาถึงดึก",
    "vi": "Tàu rời ga vào sáng sớm và đến nơi vào đêm khuya.",
    "pl": "Pociąg odjeżdża ze stacji wcześnie rano i przyjeżdża późno w nocy.",
    "fa": "قطار صبح زود ایستگاه را ترک می‌کند و دیر وقت شب می‌رسد.",
}


def language(chance: random.Random) -> Case:
    asked, written = chance.choice([*LANGUAGES]), chance.choice([*LANGUAGES])
    asked = written if chance.random() < 0.5 else asked
    return Case({"language": asked}, " ".join([LANGUAGES[written]] * chance.randrange(1, 3)))


def number_sentences(chance: random.Random) -> Case:
    text = chance.choice(["\n\n", " "]).join(prose(chance) for _ in range(chance.randrange(1, 4)))
    said, bound = relation(chance, len(sentences(text)))
    return Case({"relation": said, "num_sentences": bound}, text)


def number_words(chance: random.Random) -> Case:
    text = prose(chance)
    said, bound = relation(chance, len(words(text)))
    return Case({"relation": said, "num_words": bound}, text)


def number_paragraphs(chance: random.Random) -> Case:
    parts = [prose(chance, 1) for _ in range(chance.randrange(1, 4))]
    joint = chance.choice(["\n\n***\n\n", "***", "\n\n", "\n***\n", "\n\n******\n\n", "\n* * *\n"])
    text = joint.join(parts) + chance.choice(["", joint, "\n***\n***\n"])
    return Case({"num_paragraphs": len(parts) + chance.randrange(-1, 2) or 1}, text)


def first_word(chance: random.Random) -> Case:
    parts = [prose(chance, 1) for _ in range(chance.randrange(1, 4))]
    text = chance.choice(["\n\n", "\n\n\n", "\n \n", "\n"]).join(parts)
    place = chance.randrange(1, len(parts) + 1)
    first = parts[place - 1].split()[0].lower()
    text = chance.choice([text, f"\n\n{text}", text.replace(parts[0], f"**{parts[0]}**", 1)])
    arguments = {"num_paragraphs": len(parts), "nth_paragraph": place, "first_word": first}
    return Case(arguments, text)


def mixed(chance: random.Random, pieces: list[str], *, joint: str = "\n") -> str:
    return joint.join(
        chance.choice(pieces) if chance.random() < 0.7 else sentence(chance)
        for _ in range(chance.randrange(1, 8))
    )


def placeholders(chance: random.Random) -> Case:
    text = mixed(chance, ["[name]", "[]", "[ ]", "[a [b]]", "[x](y)", "Dear [name] of [town],"])
    return Case({"num_placeholders": chance.randrange(1, 5)}, text)


def postscript(chance: random.Random) -> Case:
    marker = chance.choice(["P.S.", "P.P.S"])
    form = chance.choice(
        [marker, marker.lower(), "PS", "P. S.", "P.P.S.", "PPS:", "P. P. S.", f"**{marker}**", ""]
    )
    end = chance.choice([" Bring coffee.", " Bring coffee.", ""])
    start = chance.choice([prose(chance) + "\n\n", prose(chance) + " ", ""])
    return Case({"postscript_marker": marker}, f"{start}{form}{end}")


def bullets(chance: random.Random) -> Case:
    text = mixed(
        chance,
        [
            "* river",
            "- town",
            "*bridge",
            "-5 degrees",
            "---",
            "**bold** text",
            "  * a",
            "+ plus",
            "*",
            "• dot",
        ],
    )
    count = len(regex.findall(r"^\s*[*-]", text, regex.MULTILINE))
    return Case({"num_bullets": max(1, count + chance.randrange(-1, 2))}, text)


def constrained(chance: random.Random) -> Case:
    options = ["My answer is yes.", "My answer is no.", "My answer is maybe."]
    said = chance.sample(options, k=chance.randrange(0, 4))
    text = " ".join([*said, *([sentence(chance)] if chance.random() < 0.4 else [])])
    return Case({}, chance.choice([text, text.lower(), f"**{text}**"]) or sentence(chance))


def highlights(chance: random.Random) -> Case:
    text = mixed(
        chance,
        ["*river*", "**town**", "**", "* *", "***both***", "2 * 3 * 4", "* item", "*a b*"],
        joint=chance.choice(["\n", " "]),
    )
    return Case({"num_highlights": chance.randrange(1, 5)}, text)


def sections(chance: random.Random) -> Case:
    splitter = chance.choice(["Section", "SECTION", "Day"])
    parts = []
    for number in range(chance.randrange(1, 5)):
        head = chance.choice(
            [
                f"{splitter} {number + 1}",
                f"**{splitter} {number + 1}**",
                f"{splitter.lower()} {number + 1}",
                f"{splitter} X",
                f"## {splitter} {number + 1}:",
            ]
        )
        parts.append(head + chance.choice(["\n", " "]) + chance.choice([sentence(chance), ""]))
    text = chance.choice(["\n", " "]).join(parts)
    return Case({"section_spliter": splitter, "num_sections": chance.randrange(1, 4)}, text)


def json_format(chance: random.Random) -> Case:
    value = chance.choice(
        [
            '{"a": 1}',
            "[1, 2]",
            "3",
            '"text"',
            "{}",
            "{a: 1}",
            '{"a": 1, "a": 2}',
            "NaN",
            '{"a": NaN}',
            "null",
        ]
    )
    form = chance.choice(
        ["{}", "```json\n{}\n```", "```\n{}\n```", "```JSON\n{}\n```", "Here: {}", "{}\nDone."]
    )
    return Case({}, form.replace("{}", value, 1))


def title(chance: random.Random) -> Case:
    return Case(
        {},
        mixed(
            chance, ["<<A title>>", "<<>>", "<< >>", "<<a> b>>", "<A title>", "<<open", "<<<A>>>"]
        ),
    )


def two_responses(chance: random.Random) -> Case:
    parts = [prose(chance, 1) for _ in range(chance.randrange(1, 4))]
    parts += parts[:1] if chance.random() < 0.2 else []
    joint = chance.choice(["\n******\n", "******", "\n***\n", "\n*******\n"])
    return Case({}, joint.join(parts) + chance.choice(["", "", joint]))


def repeat_prompt(chance: random.Random) -> Case:
    prompt = "Write a short story about a river. Keep it simple."
    said = chance.choice(
        [
            prompt,
            prompt.upper(),
            f'"{prompt}"',
            prompt.replace(" a ", " one "),
            prompt.replace(" ", "  ", 1),
            f"**{prompt}**",
        ]
    )
    return Case(
        {"prompt_to_repeat": prompt}, said + chance.choice(["\n\n" + prose(chance), "", "."])
    )


def end(chance: random.Random) -> Case:
    phrase = chance.choice(["Any other questions?", "That is all.", "Is there more I can do"])
    said = chance.choice(
        [
            phrase,
            phrase.upper(),
            f'"{phrase}"',
            f"**{phrase}**",
            phrase.rstrip(".?"),
            f"{phrase} Bye.",
            f"{phrase}\n",
        ]
    )
    return Case({"end_phrase": phrase}, f"{prose(chance)} {said}")


def quotation(chance: random.Random) -> Case:
    text = prose(chance)
    return Case(
        {},
        chance.choice(
            [f'"{text}"', f"“{text}”", text, f'"{text}', '""', '"', f"'{text}'", f'  "{text}"\n']
        ),
    )


def capital_words(chance: random.Random) -> Case:
    parts = prose(chance).split()
    for word in chance.choices(
        ("NASA", "RIVER", "I", "A", "U.S.", "GPT-4", "O'NEIL", "B2B"), k=chance.randrange(5)
    ):
        parts.insert(chance.randrange(len(parts)), word)
    said, bound = relation(chance, 3)
    return Case({"capital_relation": said, "capital_frequency": bound}, " ".join(parts))


def in_capitals(chance: random.Random) -> Case:
    text = LANGUAGES[chance.choice(["en", "en", "en", "de", "fr"])]
    return Case({}, chance.choice([text.upper(), text.upper(), text, text.upper() + " a"]))


def in_lower_case(chance: random.Random) -> Case:
    text = LANGUAGES[chance.choice(["en", "en", "en", "de", "fr"])]
    return Case({}, chance.choice([text.lower(), text.lower(), text, text.lower() + " A"]))


def no_comma(chance: random.Random) -> Case:
    return Case({}, chance.choice([prose(chance), "河，城", "a、b", "one; two", "2,000"]))


MADE: dict[str, Callable[[random.Random], Case]] = {
    "keywords:existence": keywords,
    "keywords:frequency": frequency,
    "keywords:forbidden_words": forbidden,
    "keywords:letter_frequency": letters,
    "language:response_language": language,
    "length_constraints:number_sentences": number_sentences,
    "length_constraints:number_words": number_words,
    "length_constraints:number_paragraphs": number_paragraphs,
    "length_constraints:nth_paragraph_first_word": first_word,
    "detectable_content:number_placeholders": placeholders,
    "detectable_content:postscript": postscript,
    "detectable_format:number_bullet_lists": bullets,
    "detectable_format:constrained_response": constrained,
    "detectable_format:number_highlighted_sections": highlights,
    "detectable_format:multiple_sections": sections,
    "detectable_format:json_format": json_format,
    "detectable_format:title": title,
    "combination:two_responses": two_responses,
    "combination:repeat_prompt": repeat_prompt,
    "startend:end_checker": end,
    "startend:quotation": quotation,
    "change_case:capital_word_frequency": capital_words,
    "change_case:english_capital": in_capitals,
    "change_case:english_lowercase": in_lower_case,
    "punctuation:no_comma": no_comma,
}


def checker(folder: str | None) -> tuple[dict[str, Any], bool]:
    """The public checker, by instruction, and whether its splitter of sentences was trained."""
    if folder:
        sys.path.insert(0, folder)
    nltk = importlib.import_module("nltk")
    langdetect = importlib.import_module("langdetect")
    langdetect.DetectorFactory.seed = 0  # it draws by chance otherwise
    nltk.download = lambda *_, **__: False
    registry = importlib.import_module("lm_eval.tasks.ifeval.instructions_registry")
    tools = importlib.import_module("lm_eval.tasks.ifeval.instructions_util")
    try:
        tools.count_sentences("One. Two.")
        trained = True
    except LookupError:
        trained = False
        punkt = nltk.tokenize.punkt.PunktSentenceTokenizer()
        tools._get_sentence_tokenizer = lambda: punkt
        nltk.word_tokenize = nltk.tokenize.NLTKWordTokenizer().tokenize
    return registry.INSTRUCTION_DICT, trained


def theirs(kind: Any, name: str, case: Case) -> bool:
    instruction = kind(name)
    instruction.build_description(**case.arguments)
    return bool(case.text.strip()) and bool(instruction.check_following(case.text))


def ours(name: str, case: Case) -> str:
    read = read_instructions([name], [case.arguments])
    assert read is not None
    return read[0].missed(case.text) if case.text.strip() else "blank"


@dataclass(frozen=True)
class Reason:
    """Why verdicts differ on an instruction: who pays, and where that is so."""

    name: str
    pays: str
    why: str
    holds: Callable[[Case], object]


def of_text(pattern: str) -> Callable[[Case], object]:
    return lambda case: regex.search(pattern, case.text)


def both(name: str, why: str, holds: Callable[[Case], object]) -> list[Reason]:
    return [Reason(name, pays, why, holds) for pays in ("we", "it")]


def contains_keyword_part(case: Case) -> object:
    wanted = case.arguments.get("keywords") or [case.arguments["keyword"]]
    return any(
        regex.search(rf"\w{regex.escape(word)}|{regex.escape(word)}\w", case.text, regex.I)
        or not word.isalpha()
        for word in wanted
    )


NO_BULLET = r"(?m)^\s*(-\S|\*\S|[*-]\s*$)|\+ "
REASONS: tuple[Reason, ...] = (
    Reason(
        "keywords:existence",
        "it",
        "a keyword within another word (plan in plans), or one that is a pattern (C++)",
        contains_keyword_part,
    ),
    *both(
        "keywords:frequency", "it counts the keyword within other words, too", contains_keyword_part
    ),
    *both(
        "keywords:letter_frequency",
        "a sign that is no letter (#): it draws a letter by chance",
        lambda case: case.arguments["letter"] == "#",
    ),
    *both(
        "length_constraints:number_sentences",
        "abbreviations (Mr., U.S.), several marks, a blank line that ends a sentence",
        of_text(r"Mr\.|e\.g\.|U\.S\.|\bx|\n\n|[.!?]{2,}|[.!?][\"')]"),
    ),
    *both(
        "length_constraints:number_words",
        "don't, 3.5, U.S. and well-known are one word each, not two",
        of_text(r"\w['.,-]\w"),
    ),
    Reason(
        "length_constraints:number_paragraphs",
        "we",
        "dividers at the end, of which it forgives one",
        of_text(r"\*{6}|\*\*\*\s*\*\*\*\s*$"),
    ),
    Reason(
        "length_constraints:nth_paragraph_first_word",
        "we",
        "markup before the word; blank lines with spaces in them, or several at once",
        of_text(r"\*\*|^\s|\n\s*\n\s*\n|\n +\n"),
    ),
    Reason(
        "detectable_content:number_placeholders",
        "it",
        "brackets with nothing in them",
        of_text(r"\[\s*\]"),
    ),
    Reason(
        "detectable_content:postscript",
        "it",
        "a postscript that says nothing, or has nothing before it; P.S. within P.P.S.",
        of_text(r"(?i)^\W*p|[ps.:*]$|p\. ?p\. ?s"),
    ),
    *both(
        "detectable_format:number_bullet_lists",
        "what Markdown takes for no bullet (-5, ---, *word), and + that is one",
        of_text(NO_BULLET),
    ),
    Reason(
        "detectable_format:constrained_response",
        "it",
        "several of the options in one answer",
        lambda case: len(set(regex.findall("answer is (yes|no|maybe)", case.text))) > 1,
    ),
    Reason(
        "detectable_format:constrained_response",
        "we",
        "an option in lower case",
        lambda case: "My" not in case.text,
    ),
    *both(
        "detectable_format:number_highlighted_sections",
        "asterisks that highlight nothing (2 * 3 * 4); ***both*** is one",
        of_text(r"\* | \*|\*\*\*"),
    ),
    Reason(
        "detectable_format:multiple_sections",
        "it",
        "sections with nothing in them, or that begin within a line",
        of_text(
            r"\d\W*$|\d\W*(\n|Section|SECTION|Day|section|day)|\S[ ]\W*(Section|SECTION|Day) \d"
        ),
    ),
    Reason(
        "detectable_format:multiple_sections",
        "we",
        "the section's name in another case",
        of_text(r"section|day"),
    ),
    Reason(
        "detectable_format:json_format",
        "it",
        "no object or array, nothing in it, a key twice, or NaN",
        of_text(r"3|text|\{\}|NaN|null|\"a\".*\"a\""),
    ),
    Reason("combination:two_responses", "it", "another number of asterisks", of_text(r"\*{7}")),
    Reason(
        "combination:repeat_prompt",
        "it",
        "the request alone, which is not answered",
        lambda case: len(case.text) < len(case.arguments["prompt_to_repeat"]) + 6,
    ),
    Reason(
        "combination:repeat_prompt",
        "we",
        "markup around the request, or more white space in it",
        of_text(r"^[\"*]|  "),
    ),
    Reason("startend:end_checker", "we", "markup behind the phrase", of_text(r"\*\*$")),
    Reason("startend:quotation", "we", "curly quotation marks", of_text("^“")),
    Reason("startend:quotation", "it", "quotation marks with nothing in them", of_text('^""$')),
    Reason("punctuation:no_comma", "it", "commas of Chinese and Japanese", of_text("[，、]")),
)
"""Each is told by the answer itself, so that a difference of another kind shows."""


def explained(name: str, case: Case, pays: str) -> str:
    """The reason of the table for a difference; empty where there is none."""
    return next(
        (
            reason.why
            for reason in REASONS
            if reason.name == name and reason.pays == pays and reason.holds(case)
        ),
        "",
    )


def compared(
    registry: dict[str, Any], count: int, seed: int
) -> Iterator[tuple[str, Case, bool, str]]:
    for name, make in MADE.items():
        chance = random.Random(f"{seed} {name}")
        for _ in range(count):
            case = make(chance)
            yield name, case, theirs(registry[name], name, case), ours(name, case)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lm-eval", metavar="FOLDER", help="where lm_eval is, if not installed")
    parser.add_argument("--count", type=int, default=200, help="answers for each instruction")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--examples", action="store_true", help="an answer for each difference")
    arguments = parser.parse_args()
    registry, trained = checker(arguments.lm_eval)
    made: Counter[str] = Counter()
    same: Counter[str] = Counter()
    paid: Counter[str] = Counter()
    differing: dict[tuple[str, str, str], list[Case]] = defaultdict(list)
    try:
        for name, case, they_pay, missed in compared(registry, arguments.count, arguments.seed):
            made[name] += 1
            paid[name] += they_pay
            if they_pay == (not missed):
                same[name] += 1
            else:
                pays = "it" if missed else "we"
                differing[name, pays, explained(name, case, pays)].append(case)
    except (InstructionError, LanguageMissingError) as error:
        sys.exit(str(error))
    print(f"sentences are split by NLTK's {'trained' if trained else 'untrained'} splitter\n")
    rows = [(name, made[name], paid[name], made[name] - same[name]) for name in MADE]
    rows.append(("all", made.total(), paid.total(), made.total() - same.total()))
    print(plain_table(("instruction", "answers", "the checker pays", "verdicts differ"), rows))
    print()
    table = [
        (name, pays, len(cases), why or "UNEXPLAINED")
        for (name, pays, why), cases in differing.items()
    ]
    print(plain_table(("instruction", "who pays", "answers", "why"), table))
    unexplained = [(key, cases) for key, cases in differing.items() if not key[2]]
    for (name, pays, _), cases in [*differing.items()] if arguments.examples else unexplained:
        for case in cases[:3]:
            print(f"\n{name}, {pays} pays: {case.arguments}\n{case.text!r}")
    return int(bool(unexplained))


if __name__ == "__main__":
    sys.exit(main())
