"""Graph colouring: a colour for each vertex, and two for each edge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError
from grpo_rewards.puzzles.leads import without_list_numbers, without_table_head
from grpo_rewards.puzzles.solutions import (
    Unreadable,
    field,
    named,
    names_field,
    optional_field,
    plain,
    sequence_field,
    shown,
    skipped,
    spelled,
    spotter,
    whole_number,
)

__all__ = ["Coloring", "check", "read"]

KIND = "graph_coloring"
FIELDS = ("edges", "vertices", "colors")


@dataclass(frozen=True, slots=True)
class Coloring:
    """The graph, and either the colours' names or how many there may be."""

    vertices: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]
    colors: tuple[str, ...] | int


def read(puzzle: Mapping[str, Any]) -> Coloring:
    """The puzzle of a row."""
    pairs = [
        sequence_field(KIND, "edges", pair)
        for pair in sequence_field(KIND, "edges", field(KIND, puzzle, "edges"))
    ]
    if not all(len(pair) == 2 for pair in pairs):
        raise ColumnError(f"edges of a {KIND} puzzle: write pairs of vertices, as in [[1, 2]]")
    edges = tuple((spelled(first), spelled(second)) for first, second in pairs)
    ends = dict.fromkeys(end for edge in edges for end in edge)
    given = optional_field(puzzle, "vertices")
    vertices = names_field(
        KIND, "vertices", list(ends) if given is None else sequence_field(KIND, "vertices", given)
    )
    strangers = [end for end in ends if end not in vertices]
    if strangers:
        raise ColumnError(
            f"an edge of a {KIND} puzzle ends in {strangers[0]!r}, which is none of its vertices"
        )
    loops = [first for first, second in edges if first == second]
    if loops:
        raise ColumnError(f"an edge of a {KIND} puzzle joins {loops[0]!r} to itself: leave it out")
    colors = field(KIND, puzzle, "colors")
    if isinstance(getattr(colors, "tolist", lambda: colors)(), int | float) or (
        isinstance(colors, str) and colors.strip().isdecimal()
    ):
        return Coloring(vertices, edges, whole_number(KIND, "colors", colors, least=1))
    names = names_field(KIND, "colors", sequence_field(KIND, "colors", colors))
    return Coloring(vertices, edges, names)


def check(puzzle: Coloring, answer: str) -> str | None:
    """The first rule that an answer breaks.

    Example:
        >>> puzzle = read({"edges": [["A", "B"], ["B", "C"]], "colors": ["red", "blue"]})
        >>> check(puzzle, "A: red, B: blue, C: red"), check(puzzle, "red: A, C; blue: B")
        (None, None)
        >>> check(puzzle, '{"A": "red", "B": "blue", "C": "blue"}')
        'the edge B-C joins two vertices that are blue'
    """
    try:
        colored = _assignment(puzzle, plain(answer))
    except Unreadable as why:
        return str(why)
    for vertex in puzzle.vertices:
        if vertex not in colored:
            return f"vertex {vertex} has no color"
    used = dict.fromkeys(colored.values())
    if isinstance(puzzle.colors, int) and len(used) > puzzle.colors:
        return f"there are {len(used)} colors ({', '.join(used)}), not {puzzle.colors} at most"
    for first, second in puzzle.edges:
        if colored[first] == colored[second]:
            return f"the edge {first}-{second} joins two vertices that are {colored[first]}"
    return None


# Reading --------------------------------------------------------------------------------------

_BETWEEN = re.compile(r"(?:[\s.,;:{}\[\]()\"'*`|#>=&/_-]|(?<=\w)!(?=[\s*]|$)|\\\\)*")
_PASSED_OVER = re.compile(
    r"(?:vertex|vertices|node|nodes|region|regions|color|colors|colour|colours|colored|coloured|is"
    r"|are|has|have|gets|get|the|and|answer|to|assigned|painted)(?!\w)",
    re.IGNORECASE,
)
_ANY_COLOR = re.compile(r"\w+(?:-\w+)?")
_NO_COLOR = frozenset(
    "none null nil nan unknown undefined not no never nor neither any either or maybe perhaps "
    "possibly but except unless if false wrong incorrect wait".split()
)
_COLOR_LABEL = re.compile(r"colou?r[\s_#]*(?!_)(\w+)(?=[\"'*]*\s*[:=])", re.IGNORECASE)


def _assignment(puzzle: Coloring, text: str) -> dict[str, str]:
    """The color of each vertex."""
    spot = spotter(puzzle.vertices)
    text = without_table_head(text)
    if not _any_number(puzzle.vertices):
        text = without_list_numbers(text)
    words = _words(puzzle, text, spot)
    if not words:
        raise Unreadable("the answer names no vertex")
    if words[0][0] == "color":
        return _grouped(words)
    found: dict[str, str] = {}
    waiting: list[str] = []
    for kind, word in words:
        if kind == "vertex":
            waiting.append(word)
        elif not waiting:
            raise Unreadable(f"the color {shown(word)} has no vertex in front of it")
        else:  # "A and C are red" colors both
            for vertex in waiting:
                _call(found, vertex, word)
            waiting = []
    if waiting:
        raise Unreadable(f"vertex {waiting[0]} has no color")
    return found


def _grouped(words: list[tuple[str, str]]) -> dict[str, str]:
    """As in ``red: A, C; blue: B``."""
    found: dict[str, str] = {}
    color = ""
    for (kind, word), (after, _) in zip(words, [*words[1:], ("color", "")], strict=True):
        if kind == "vertex":
            _call(found, word, color)
        elif after == "color":
            raise Unreadable(f"the color {shown(word)} has no vertex behind it")
        else:
            color = word
    return found


def _any_number(names: tuple[str, ...]) -> bool:
    return any(name.isdecimal() for name in names)


def _words(puzzle: Coloring, text: str, spot: re.Pattern[str]) -> list[tuple[str, str]]:
    """The vertices and colors of an answer, in its order.

    Where a name may be either, as with numbers, a color follows a vertex and a vertex a color.
    """
    listed = puzzle.colors if isinstance(puzzle.colors, tuple) else ()
    alike = _any_number(puzzle.vertices)
    if listed:
        alike = not {each.casefold() for each in listed}.isdisjoint(
            each.casefold() for each in puzzle.vertices
        )
    spot_color = spotter(listed) if listed else _ANY_COLOR
    found: list[tuple[str, str]] = []
    end = 0
    while True:
        end = skipped(_BETWEEN, text, end)
        if end == len(text):
            return found
        vertex, color = spot.match(text, end), spot_color.match(text, end)
        behind_vertex = bool(found) and found[0][0] == found[-1][0] == "vertex"
        label = _COLOR_LABEL.match(text, end)
        if label and not (found and found[0][0] == "vertex"):
            found.append(("color", _color(label[1], listed)))
            end = label.end()
        elif vertex and not (alike and behind_vertex):
            found.append(("vertex", named(vertex[0], puzzle.vertices)))
            end = vertex.end()
        elif passed := _PASSED_OVER.match(text, end):
            end = passed.end()
        elif color:
            found.append(("color", _color(color[0], listed)))
            end = color.end()
        elif behind_vertex and (odd := _ANY_COLOR.match(text, end)):
            raise Unreadable(f"{shown(odd[0])} is none of the colors {', '.join(listed)}")
        else:
            raise Unreadable(f"{shown(text[end:])} is neither a vertex nor a color")


def _color(word: str, listed: tuple[str, ...]) -> str:
    if listed and spotter(listed).fullmatch(word):
        return named(word, listed)
    if listed:
        raise Unreadable(f"{shown(word)} is none of the colors {', '.join(listed)}")
    if word.casefold() in _NO_COLOR:
        raise Unreadable(f"{shown(word)} is no color")
    return word.casefold()


def _call(found: dict[str, str], vertex: str, color: str) -> None:
    if found.setdefault(vertex, color) != color:
        raise Unreadable(f"vertex {vertex} has two colors")
