"""Graph colouring: a colour for each vertex, and two for each edge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grpo_rewards.errors import ColumnError
from grpo_rewards.puzzles.reading import (
    Unreadable,
    field,
    names_field,
    optional_field,
    plain,
    sequence_field,
    shown,
    skipped,
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
    edges = tuple((str(first).strip(), str(second).strip()) for first, second in pairs)
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
    if isinstance(colors, int | float) or (isinstance(colors, str) and colors.strip().isdecimal()):
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

_BETWEEN = re.compile(r"[\s.,;:{}\[\]()\"'*`|#>=&/_-]*")
_PASSED_OVER = re.compile(
    r"(?:vertex|vertices|node|nodes|region|regions|color|colors|colour|colours|is|are|has|gets|the"
    r"|and|answer|to)(?!\w)",
    re.IGNORECASE,
)
_ANY_COLOR = re.compile(r"\w+(?:-\w+)?")


def _assignment(puzzle: Coloring, text: str) -> dict[str, str]:
    """The color of each vertex."""
    words = _words(puzzle, text)
    if not words:
        raise Unreadable("the answer names no vertex")
    if words[0][0] == "color":
        return _grouped(words)
    found: dict[str, str] = {}
    waiting: str | None = None
    for kind, word in words:
        if waiting is None:
            if kind != "vertex":
                raise Unreadable(f"the color {shown(word)} has no vertex in front of it")
            waiting = word
        elif kind != "color":
            raise Unreadable(f"vertex {waiting} has no color")
        else:
            _call(found, waiting, word)
            waiting = None
    if waiting is not None:
        raise Unreadable(f"vertex {waiting} has no color")
    return found


def _grouped(words: list[tuple[str, str]]) -> dict[str, str]:
    """As in ``red: A, C; blue: B``."""
    found: dict[str, str] = {}
    color = ""
    for kind, word in words:
        if kind == "color":
            color = word
        else:
            _call(found, word, color)
    return found


def _words(puzzle: Coloring, text: str) -> list[tuple[str, str]]:
    """The vertices and colors of an answer, in its order.

    Where a name may be either, as with numbers, a color follows a vertex and a vertex a color.
    """
    vertices = {vertex.casefold(): vertex for vertex in puzzle.vertices}
    spot_vertex = spotter(puzzle.vertices)
    listed = puzzle.colors if isinstance(puzzle.colors, tuple) else ()
    colors = {color.casefold(): color for color in listed}
    spot_color = spotter(listed) if listed else _ANY_COLOR
    found: list[tuple[str, str]] = []
    end = 0
    while True:
        end = skipped(_BETWEEN, text, end)
        if end == len(text):
            return found
        vertex, color = spot_vertex.match(text, end), spot_color.match(text, end)
        wants_color = bool(found) and found[0][0] == found[-1][0] == "vertex"
        passed = _PASSED_OVER.match(text, end)
        if color and (wants_color or not vertex) and not (passed and not listed):
            name = _joined(color[0])
            found.append(("color", colors.get(name.casefold(), name.casefold())))
            end = color.end()
        elif wants_color and not passed and (odd := _ANY_COLOR.match(text, end)):
            raise Unreadable(f"{shown(odd[0])} is none of the colors {', '.join(listed)}")
        elif vertex:
            name = _joined(vertex[0]).casefold()
            found.append(("vertex", vertices.get(name) or vertices[_spaced(name, vertices)]))
            end = vertex.end()
        elif passed:
            end = passed.end()
        else:
            raise Unreadable(f"{shown(text[end:])} is neither a vertex nor a color")


def _joined(text: str) -> str:
    return " ".join(text.split())


def _spaced(name: str, names: Mapping[str, str]) -> str:
    """The name that is the same but for white space and underscores."""
    loose = re.sub(r"[\s_]+", " ", name)
    return next(each for each in names if re.sub(r"[\s_]+", " ", each) == loose)


def _call(found: dict[str, str], vertex: str, color: str) -> None:
    if found.setdefault(vertex, color) != color:
        raise Unreadable(f"vertex {vertex} has two colors")
