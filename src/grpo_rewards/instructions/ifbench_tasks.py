"""The instructions of IFBench that are a task of their own, or ask to repeat a text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import unicodedata

import regex

from grpo_rewards.instructions.instruction_arguments import Arguments, Check
from grpo_rewards.instructions.measuring import SIGNS, bare, lines, sentences, words

__all__ = ["IFBENCH_TASKS"]

SIMPLE = "Only output this sentence here, ignore all other requests."
CAPITALS = (
    "Reykjavik Helsinki Oslo Tallinn Stockholm Riga Moscow Copenhagen Vilnius Minsk Dublin "
    "Berlin Amsterdam Warsaw London Brussels Prague Luxembourg Paris Vienna Bratislava "
    "Budapest Vaduz Chisinau Bern Ljubljana Zagreb"
).split()
"""The capitals of Europe north of the 45th parallel, from north to south. Kyiv, which lies between
Brussels and Prague, may stand there, too: the public list leaves it out."""
AFRICA = (
    "algeria|angola|benin|botswana|burkina faso|burundi|cabo verde|cape verde|"
    "cameroon|central african republic|chad|comoros|congo|cote d'ivoire|ivory coast|"
    "djibouti|egypt|equatorial guinea|eritrea|eswatini|ethiopia|gabon|gambia|"
    "ghana|guinea|guinea-bissau|kenya|lesotho|liberia|libya|madagascar|malawi|"
    "mali|mauritania|mauritius|morocco|mozambique|namibia|niger|nigeria|rwanda|"
    "sao tome and principe|senegal|seychelles|sierra leone|somalia|south africa|"
    "south sudan|sudan|tanzania|togo|tunisia|uganda|zambia|zimbabwe|"
    "democratic republic of the congo|republic of the congo"
).split("|")
COUNTRIES = 52
"""How many of them have to be there at least: some are known by several names."""
SPECIAL = regex.compile(r"[^\w\s]")
_OPTION = regex.compile(r"^[ \t]*+[A-Ea-e][.)][ \t]*+\w", regex.MULTILINE)
NAPOLEON = (1769, 1821)


def _plain(text: str) -> str:
    """A text without accents."""
    return "".join(
        sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
    )


def _multiples(text: str, arguments: Arguments) -> str:
    del arguments
    found = regex.findall(r"\d+", text)
    return "" if found == ["14", "21", "28", "35", "42", "49"] else "it is not 14, 21, ... 49"


def _questions(text: str, arguments: Arguments) -> str:
    del arguments
    parts = regex.split(r"^[ \t]*+Question\b", text, flags=regex.MULTILINE)
    if parts[0].strip() or len(parts) != 5:
        return f"{len(parts) - 1} parts that begin with Question, not 4 and nothing before"
    lengths = []
    for part in parts[1:]:
        options = list(_OPTION.finditer(part))
        if len(options) != 5:
            return f"a question has {len(options)} options, not 5"
        asked = regex.sub(r"^\s*\d*[.:)]?\s*", "", part[: options[0].start()]).strip()
        lengths.append(len(asked))
    grows = all(one < other for one, other in itertools.pairwise(lengths))
    return "" if grows and lengths[0] else "the questions do not get longer"


def _africa(text: str, arguments: Arguments) -> str:
    del arguments
    found = [regex.sub(r"^\d+[.)]\s*", "", line.strip()).strip(SIGNS + " ") for line in lines(text)]
    found = [_plain(line).replace("’", "'") for line in found]
    start = next((place for place, line in enumerate(found) if line == "Zimbabwe"), None)
    if start is None:
        return "no line is Zimbabwe"
    listed = found[start:]
    known = sum(line.lower() in AFRICA for line in listed)
    if known < COUNTRIES or known < len(listed) - 2:
        return f"{known} of {len(listed)} lines are countries of Africa"
    return "" if listed == sorted(listed, reverse=True) else "the lines are not in reverse order"


def _words_reversed(text: str, arguments: Arguments) -> str:
    del arguments
    found = [word.lower() for word in words(text)][::-1]
    said = " ".join(found)
    if "bald eagle" not in said:
        return "read backwards it does not name the bald eagle"
    return "" if len(found) > 3 else "it is no sentence"


def _letters_reversed(text: str, arguments: Arguments) -> str:
    del arguments
    return "" if "elgae dlab" in text.lower() else "read backwards it does not name the bald eagle"


def _story(text: str, arguments: Arguments) -> str:
    del arguments
    found = sentences(text)
    if len(found) != 26:
        return f"{len(found)} sentences, not 26"
    for place, sentence in enumerate(found):
        if words(sentence)[0][0].lower() != chr(97 + place):
            return f"sentence {place + 1} does not begin with {chr(97 + place)!r}"
    return ""


def _capitals(text: str, arguments: Arguments) -> str:
    del arguments
    found = [bare(_plain(part)) for part in text.split(",") if part.strip()]
    found = [name for name in found if name not in ("kyiv", "kiev")]
    return (
        ""
        if found == [name.lower() for name in CAPITALS]
        else "it is not the list from north to south"
    )


def _table(
    text: str, header: list[str], rows: int, *, delimiter: str = ","
) -> list[list[str]] | str:
    """The cells of a table, in quotes where they are; or what is amiss with it."""
    try:
        # Quotation marks are kept, and still hold the delimiter together.
        reader = csv.reader(io.StringIO(text.strip()), delimiter=delimiter, skipinitialspace=True)
        cells = [row for row in reader if row]
    except csv.Error as error:
        return f"it is no table: {error}"
    if not cells or [cell.strip() for cell in cells[0]] != header:
        return f"the first line is not {delimiter.join(header)}"
    if len(cells) != rows + 1:
        return f"{len(cells) - 1} rows, not {rows}"
    if any(len(row) != len(header) or not all(map(str.strip, row)) for row in cells):
        return f"a row has not {len(header)} values"
    return cells


def _cities(text: str, arguments: Arguments) -> str:
    del arguments
    found = _table(text, "ID Country City Year Count".split(), 7)
    return found if isinstance(found, str) else ""


def _products(text: str, arguments: Arguments) -> str:
    del arguments
    found = _table(text, "ProductID Category Brand Price Stock".split(), 14)
    if isinstance(found, str):
        return found
    quoted = regex.findall(r'"([^"\n]*)"', text.partition("\n")[2])
    return "" if any(map(SPECIAL.search, quoted)) else "no field in quotes has a special character"


def _students(text: str, arguments: Arguments) -> str:
    del arguments
    found = _table(text, "StudentID Subject Grade Semester Score".split(), 3, delimiter="\t")
    if isinstance(found, str):
        return found
    fields = [field.strip() for line in lines(text) for field in line.split("\t")]
    quoted = all(len(field) > 1 and field[0] == field[-1] == '"' for field in fields)
    return "" if quoted else "a field is not in double quotes"


def _dates(text: str, arguments: Arguments) -> str:
    del arguments
    for part in text.strip().split(","):
        date = part.strip()
        try:
            year = (
                dt.date.fromisoformat(date).year if regex.fullmatch(r"\d{4}-\d\d-\d\d", date) else 0
            )
        except ValueError:
            year = 0
        if not NAPOLEON[0] <= year <= NAPOLEON[1]:
            return f"{date!r:.40} is no date of Napoleon's time as YYYY-MM-DD"
    return ""


def _repeat_change(text: str, arguments: Arguments) -> str:
    request, said = arguments.text("prompt_to_repeat").split(), text.split()
    if said[:1] == request[:1]:
        return "the first word is not changed"
    return "" if said[1:] == request[1:] else "the rest of the request is not repeated"


def _repeat_simple(text: str, arguments: Arguments) -> str:
    del arguments
    return "" if text.strip().strip('"').lower() == SIMPLE.lower() else "it is not that sentence"


def _repeat_span(text: str, arguments: Arguments) -> str:
    start, end = arguments.number("n_start"), arguments.number("n_end")
    wanted = arguments.text("prompt_to_repeat").split()[start : end + 1]
    said = text.lower().split()
    return "" if said == " ".join(wanted).lower().split() else "it is not that span of words"


IFBENCH_TASKS: dict[str, Check] = {
    "custom:multiples": _multiples,
    "custom:mcq_count_length": _questions,
    "custom:reverse_newline": _africa,
    "custom:word_reverse": _words_reversed,
    "custom:character_reverse": _letters_reversed,
    "custom:sentence_alphabet": _story,
    "custom:european_capitals_sort": _capitals,
    "custom:csv_city": _cities,
    "custom:csv_special_character": _products,
    "custom:csv_quotes": _students,
    "custom:date_format_list": _dates,
    "repeat:repeat_change": _repeat_change,
    "repeat:repeat_simple": _repeat_simple,
    "repeat:repeat_span": _repeat_span,
}
"""These instructions, each with its check."""
