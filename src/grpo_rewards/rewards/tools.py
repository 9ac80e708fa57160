"""The reward for tool use: a completion's calls, by expected ones or by the tools' schemas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from grpo_rewards.core.base import Batch, Outcome
from grpo_rewards.documents.reading import canonical
from grpo_rewards.documents.schemas import require_jsonschema
from grpo_rewards.errors import ColumnError, OptionError
from grpo_rewards.requirements import require_column, require_truth
from grpo_rewards.rewards.tiers import Answer
from grpo_rewards.rewards.whole import SharingReward
from grpo_rewards.toolcalls import (
    Call,
    CallError,
    Calls,
    Tools,
    match_calls,
    native_calls,
    read_expected,
    read_tools,
    written_calls,
)

__all__ = ["CheckToolCalls", "check_tool_calls"]


@dataclass(frozen=True, kw_only=True, repr=False)
class CheckToolCalls(SharingReward):
    """Pays calls of tools that are the expected ones; without those, calls that are valid.

    Calls are read from the messages' own ``tool_calls``; where there are none, from the text, in
    the notations of Hermes and Qwen, Llama, Mistral, DeepSeek, and Python.

    Args:
        format: The layout of the text, in which calls are looked for after the reasoning.
        expected: The column of expected calls: a list of ``{"name": ..., "arguments": {...}}``, or
            JSON of it; an empty list where nothing is to be called. As in BFCL, a call may be
            ``{"name": {"argument": [values]}}``.
        tools: The column of tools, as TRL and OpenAI have them; it need not be there. Defaults of
            their arguments count as if they were written, and where a row expects no particular
            calls, its calls have to be valid by it.
        ordered: Whether calls have to stand in the expected order.
        partial: Whether calls that are not all right earn a share of ``correct``: by the best
            matching, for each the name and the arguments that are right, of all that are there or
            are expected.
        correct: The score of the right calls, no less and no more.
        wrong: The score of any others.
        missing: The score of a completion without a call, where one is expected; where none is,
            of a blank one.
        strict: As in `grpo_rewards.CheckAnswer`.
        name: The reward's ``__name__``.

    Returns:
        For a completion one of the tiers, with ``partial`` also a share of ``correct``; ``None``
        where the row has neither expected calls nor tools.

    Raises:
        OptionError: An option is of the wrong kind; on a call: jsonschema is missing, which
            ``tools`` need (``pip install 'grpo-rewards[schema]'``).
        ColumnError: On a call: a column holds what are no calls, or no tools.

    Not covered: whether calls do what was asked where nothing is expected; results of tools;
    positional arguments; texts that mean the same in other words.

    Example:
        >>> wanted = [{"name": "weather", "arguments": {"city": "Paris", "days": 3}}]
        >>> text = '<tool_call>{"name": "weather", "arguments": {"days": %s, "city": "Paris"}}'
        >>> texts = [text % 3 + "</tool_call>", text % 4 + "</tool_call>", "It rains."]
        >>> check_tool_calls(texts, expected_calls=[wanted] * 3)
        [5.0, -2.5, -4.5]
        >>> check_tool_calls.explain(texts[1], expected_calls=wanted).reason
        'weather: days=4, expected 3'
    """

    expected: str = "expected_calls"
    tools: str = "tools"
    ordered: bool = False
    partial: bool = False
    name: str = "check_tool_calls"

    _source_option: ClassVar[str] = "expected"

    def __post_init__(self) -> None:
        super().__post_init__()
        for option in ("expected", "tools"):
            require_column(option, getattr(self, option))
        for option in ("ordered", "partial"):
            require_truth(option, getattr(self, option))
        self._require_shares("partial=True", are_paid=self.partial)

    def _judge_answers(self, batch: Batch, answers: Sequence[Answer]) -> list[Outcome]:
        has_tools = self.tools in batch.columns
        nothing: list[Any] = [None] * len(batch)
        expected = nothing
        if self.expected in batch.columns or not has_tools:
            expected = list(batch.column(self.expected, option="expected"))
        tools = list(batch.column(self.tools, option="tools")) if has_tools else nothing
        return [
            self._judge_row(
                self._read(read_expected, wanted, self.expected),
                self._read(read_tools, offered, self.tools),
                completion,
                answer,
            )
            for wanted, offered, completion, answer in zip(
                expected, tools, batch.completions, answers, strict=True
            )
        ]

    def _read(self, read: Any, value: Any, column: str) -> Any:
        try:
            return read(value)
        except ValueError as error:
            raise ColumnError(f"the column {column!r}: {error}") from None

    def _judge_row(
        self, expected: list[Call] | None, tools: Tools | None, completion: Any, answer: Answer
    ) -> Outcome:
        text, why_not = answer
        if expected is None and tools is None:
            return self._outcome("no opinion", "the row has neither calls nor tools", answer=text)
        calls = native_calls(completion)
        rule = "messages" if calls else "text"
        if calls is None:
            calls = Calls() if text is None else written_calls(text)
        shown = "; ".join(map(str, calls.made[:4])) or None
        if calls.why_not:
            return self._outcome("wrong", calls.why_not, answer=shown or text, rule=rule)
        if not calls.made:
            if expected != []:
                reason = f"no answer: {why_not or 'nothing is called'}"
                return self._outcome("no answer", reason, rule=rule)
            if text is None:
                return self._outcome("no answer", f"no answer: {why_not}", rule=rule)
            return self._outcome(
                "correct", "nothing is called, as expected", answer=text, rule=rule
            )
        if expected is None:
            assert tools is not None
            return self._judge_validity(tools, calls.made, shown, rule)
        match = match_calls(expected, calls.made, tools=tools, ordered=self.ordered)
        if match.share == 1:
            return self._outcome("correct", match.reason, answer=shown, rule=rule)
        score = self._share(match.share) if self.partial else None
        return self._outcome("wrong", match.reason, answer=shown, rule=rule, score=score)

    def _judge_validity(
        self, tools: Tools, made: Sequence[Call], shown: str | None, rule: str
    ) -> Outcome:
        if lacking := require_jsonschema("a column of tools"):
            raise OptionError(lacking)
        seen: set[str] = set()
        for call in made:
            try:
                violation = tools.violation(call)
            except CallError as error:
                raise ColumnError(f"the column {self.tools!r}: {error}") from None
            written = canonical([call.name, dict(call.arguments)])
            if not violation and written in seen:
                violation = f"{call} is called twice"
            seen.add(written)
            if violation:
                return self._outcome("wrong", violation, answer=shown, rule=rule)
        return self._outcome("correct", "every call is valid", answer=shown, rule=rule)


check_tool_calls = CheckToolCalls()
