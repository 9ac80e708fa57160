"""Reading a response by a layout: where its reasoning ends, what its answer is, how exact it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from grpo_rewards.responses.commitments import Extracted
from grpo_rewards.responses.extraction import freeform_answer
from grpo_rewards.responses.places import beside, boxed_answer, hashes
from grpo_rewards.wording.markup import (
    boxes,
    reasoning_marks,
    unescaped,
    without_comments,
    without_end_markers,
)

if TYPE_CHECKING:
    from grpo_rewards.responses.layouts import ResponseFormat

__all__ = [
    "BOX_TAG",
    "HASHES_TAG",
    "Response",
    "TagUse",
    "exact_response",
    "read_response",
    "split_reasoning",
    "tag_places",
]

BOX_TAG = r"\boxed"
HASHES_TAG = "####"


@dataclass(frozen=True, slots=True)
class TagUse:
    """How a response used one tag that the model itself has to write."""

    tag: str
    count: int
    in_order: bool
    """Whether it stands after every occurrence of the tags that precede it (false if absent)."""


class Response(NamedTuple):
    """A completion's text as one `ResponseFormat` reads it."""

    text: str
    """What was parsed, without white space and end-of-sequence markers at its end."""
    reasoning: str | None
    """The reasoning, stripped; of a truncated response what there is of it."""
    answer: str | None
    """The final answer, stripped; ``None`` when there is none."""
    why_no_answer: str = ""
    """Why ``answer`` is ``None``, in a sentence; else empty."""
    why_not_exact: str = ""
    """The first departure from the layout, in a sentence; empty when the layout is exact."""
    tag_uses: tuple[TagUse, ...] = ()
    """The tags that the model has to write, in the order of the layout."""

    @property
    def is_exact(self) -> bool:
        """Whether the text is exactly the layout, only white space between its parts."""
        return not self.why_not_exact


def exact_response(layout: ResponseFormat, text: str) -> Response | None:
    """A response that is exactly a layout of tags, read from its end; ``None`` for any other.

    Most responses of a training run are, and nothing else has to be looked for in them.
    """
    mark = layout.mark
    if not mark:
        return None
    opening, closing, before, after = layout.tags
    text = text.rstrip()
    if not text.endswith(after):
        return None
    end = len(text) - len(after)
    place = text.rfind(before, 0, end)
    close = text.rfind(closing, 0, max(place, 0))
    start = place + len(before)
    if close < 0 or text.find(mark, start, end) >= 0:
        return None
    if text[close + len(closing) : place].strip():
        return None
    begin, first = 0, text.find(mark, 0, close)
    if first >= 0:
        if any(text.find(tag, first, close) >= 0 for tag in (closing, before, after)):
            return None
        opened = text.find(opening, first, close)
        if opened >= 0:
            begin = opened + len(opening)
            twice = text.find(opening, begin, close) >= 0
            if layout.opening == "prefilled" or twice or text[:opened].strip():
                return None
    if layout.opening == "required" and not begin:
        return None
    reasoning, answer = text[begin:close].strip(), text[start:end].strip()
    if not reasoning or not answer:
        return None
    return Response(text, reasoning, answer, "", "", layout.placed)


def read_response(layout: ResponseFormat, text: str) -> Response:
    """A response as the layout reads it; what `ResponseFormat.parse` does, without its cache."""
    text = without_end_markers(text, also=layout.eos, tags=layout.tags)
    found = tag_places(layout, text)
    reasoning, rest_start, why_cut = split_reasoning(layout, text, found)
    tag = BOX_TAG if layout.answer == "boxed" else HASHES_TAG
    if why_cut:
        extracted = Extracted(None, why_cut)
        if layout.answer in ("boxed", "hashes"):
            found[tag] = []
    elif isinstance(layout.answer, tuple):
        extracted = _between_tags(layout, text, found, rest_start)
        if layout.reasoning is None:
            before = found[layout.answer[0]]
            reasoning = text[: before[0] if before else None].strip() or None
    elif layout.answer == "freeform":
        extracted = freeform_answer(text[rest_start:])
    else:
        prose = text[rest_start:]
        marks, extracted = _marked(layout.answer, prose)
        found[tag] = [rest_start + mark for mark in marks]
        if layout.reasoning is None:
            reasoning = (prose[: marks[-1]] if marks else prose).strip() or None
    answer = (extracted.answer or "").strip() or None
    why_no_answer = "" if answer else extracted.why_not or "the answer is blank"
    return Response(
        text=text.rstrip(),
        reasoning=reasoning,
        answer=answer,
        why_no_answer=why_no_answer,
        why_not_exact=_departure(layout, text, found, reasoning) or why_no_answer,
        tag_uses=_tag_uses(layout, found),
    )


def tag_places(layout: ResponseFormat, text: str) -> dict[str, list[int]]:
    """Where each tag of a layout occurs in a text."""
    found: dict[str, list[int]] = {}
    tags = layout.tags
    # Most characters of a response are reasoning: it is passed over once, not once for each tag.
    first = text.find(tags[0][0]) if all(tag[0] == tags[0][0] for tag in tags[1:]) and tags else 0
    for tag in tags:
        places = found[tag] = []
        place = text.find(tag, first) if first >= 0 else -1
        while place >= 0:
            places.append(place)
            place = text.find(tag, place + len(tag))
    return found


def split_reasoning(
    layout: ResponseFormat, text: str, found: dict[str, list[int]]
) -> tuple[str | None, int, str]:
    """The reasoning, where the text after it starts, and why there is no such text, if so."""
    if layout.reasoning is None:
        if isinstance(layout.answer, tuple):
            return None, 0, ""
        reasoning, start, why_cut = _split_known_reasoning(text)
        return (
            (reasoning, start, why_cut) if layout.answer == "freeform" else (None, start, why_cut)
        )
    opening, closing = layout.reasoning
    start = found[opening][0] + len(opening) if found[opening] else 0
    if found[closing]:
        first, last = found[closing][0], found[closing][-1]
        if found[opening] and found[opening][-1] > last:
            return (
                text[start:first].strip() or None,
                0,
                f"{opening} has no end",
            )
        return text[start:first].strip() or None, last + len(closing), ""
    if layout.opening == "required" and not found[opening]:
        return None, 0, ""
    return text[start:].strip() or None, 0, f"the reasoning never ends: {closing} is missing"


def _between_tags(
    layout: ResponseFormat, text: str, found: dict[str, list[int]], rest_start: int
) -> Extracted:
    opening, closing = layout.tags[-2:]
    for tag in (opening, closing):
        if len(found[tag]) != 1:
            return Extracted(None, _count_problem(tag, len(found[tag])))
    start, end = found[opening][0] + len(opening), found[closing][0]
    if found[opening][0] < rest_start:
        return Extracted(None, f"{opening} stands inside the reasoning")
    if end < start:
        return Extracted(None, f"{closing} comes before {opening}")
    why_not = beside(
        text[rest_start:],
        found[opening][0] - rest_start,
        end + len(closing) - rest_start,
        text[start:end],
    )
    return Extracted(None, why_not) if why_not else Extracted(text[start:end])


def _departure(
    layout: ResponseFormat, text: str, found: dict[str, list[int]], reasoning: str | None
) -> str:
    """The first way in which the text is not exactly the layout; empty when it is."""
    if layout.answer == "freeform" and layout.reasoning is None:
        return ""
    opening = layout.reasoning[0] if layout.reasoning and layout.prefills else None
    for tag, places in found.items():
        if len(places) == 1 and not (tag == opening and layout.opening == "prefilled"):
            continue
        if tag != opening:
            return _count_problem(tag, len(places))
        if places:
            return f"{tag} is prefilled and the response repeats it"
    before, last = "", -1
    for tag, places in found.items():
        if places:
            if places[0] < last:
                return f"{tag} comes before {before}"
            before, last = tag, places[0]
    if reasoning is None:
        return "there is no reasoning"
    return _stray_text(layout, text, found)


def _stray_text(layout: ResponseFormat, text: str, found: dict[str, list[int]]) -> str:
    if layout.reasoning:
        opening, closing = layout.reasoning
        if found[opening] and text[: found[opening][0]].strip():
            return "there is text before the reasoning"
        end = found[closing][0] + len(closing)
        if isinstance(layout.answer, tuple) and text[end : found[layout.answer[0]][0]].strip():
            return "there is text between the reasoning and the answer"
    if isinstance(layout.answer, tuple):
        closing = layout.answer[1]
        end = found[closing][0] + len(closing)
    elif layout.answer == "hashes":
        end = text.find("\n", found[HASHES_TAG][0])
    else:
        return ""
    return "there is text after the answer" if end >= 0 and text[end:].strip() else ""


def _tag_uses(layout: ResponseFormat, found: dict[str, list[int]]) -> tuple[TagUse, ...]:
    uses = []
    last_before = -1
    for tag, places in found.items():
        uses.append((tag, len(places), bool(places) and places[0] > last_before))
        if places and places[-1] > last_before:
            last_before = places[-1]
    return _as_tag_uses(tuple(uses[1:] if layout.prefills else uses))


# Nearly all responses of a training run use the tags in a few ways.
@lru_cache(maxsize=1_024)
def _as_tag_uses(uses: tuple[tuple[str, int, bool], ...]) -> tuple[TagUse, ...]:
    return tuple(TagUse(*use) for use in uses)


def _count_problem(tag: str, count: int) -> str:
    return f"{tag} occurs {count} times" if count else f"{tag} is missing"


def _marked(style: str, prose: str) -> tuple[list[int], Extracted]:
    """Where prose marks answers in a style, and the answer that the last mark gives."""
    if style == "hashes":
        lines = hashes(prose)
        if not lines:
            return [], Extracted(None, f"{HASHES_TAG} is missing")
        last = lines[-1]
        why_not = beside(prose, last.start("value"), last.end(), last["value"])
        stated = Extracted(None, why_not) if why_not else Extracted(last["value"])
        return [line.start() for line in lines], stated
    prose = unescaped(prose)
    if "<!--" in prose and not boxes(without_comments(prose)):
        prose = without_comments(prose)
    found = boxes(prose)
    extracted = boxed_answer(prose)
    if extracted is None or not found:
        return [], Extracted(None, f"{BOX_TAG} is missing or never closes")
    return [box.start for box in found], extracted


def _split_known_reasoning(text: str) -> tuple[str | None, int, str]:
    """The reasoning of a block that models write unasked, in which nothing is an answer."""
    opening = closing = None
    for start, end, closes in reasoning_marks(text):
        if closes:
            closing = start, end
        else:
            opening = start, end
    if opening and not (closing and closing[0] > opening[0]):
        reasoning = text[opening[1] :].strip()
        return reasoning or None, 0, f"the reasoning never ends after {text[slice(*opening)]}"
    if closing is None:
        return None, 0, ""
    start = opening[1] if opening else 0
    return text[start : closing[0]].strip() or None, closing[1], ""
