"""Whether a reward pays for exploits within a group, or within a conversation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from grpo_rewards.core.base import require_format
from grpo_rewards.errors import OptionError
from grpo_rewards.responses.layouts import FREEFORM
from grpo_rewards.testing.auditing import TOLERANCE
from grpo_rewards.testing.calls import (
    CALLS,
    Raised,
    RewardFunction,
    Rows,
    Score,
    Unusable,
    call,
    call_keywords,
    read_scores,
    reward_name,
)
from grpo_rewards.testing.company_exploits import (
    conversation_exploits,
    group_exploits,
    honest_conversation,
)
from grpo_rewards.testing.report import Report, Row, worth
from grpo_rewards.testing.trial import NEWEST

__all__ = ["audit_conversation", "audit_group"]


def audit_group(
    reward: RewardFunction, *, right: str, other_right: str, wrong: str, **columns: Any
) -> Report:
    """Try exploits within a group on a reward that compares the completions of a prompt.

    An exploit is a finding when it earns more than the honest response beside it: a disguised copy
    than a plain one, a wrong response than the best right one of its group.

    Args:
        reward: The reward, or a sum that it is a part of.
        right: A right response.
        other_right: A right response in other words.
        wrong: An honest wrong response.
        **columns: The columns of the row, one value each.

    Raises:
        OptionError: The reward cannot be called with these.

    Example:
        >>> from grpo_rewards import GroupDiversity
        >>> end = "<end_working_out><SOLUTION>42</SOLUTION>"
        >>> audit_group(
        ...     GroupDiversity(),
        ...     right=f"six times seven is it{end}",
        ...     other_right=f"I add up twenty and twenty-two{end}",
        ...     wrong=f"six and seven are it{end.replace('42', '13')}",
        ...     answer="42",
        ... ).ok
        True
    """
    rows = []
    for exploit in group_exploits(right, other_right, wrong):
        honest = _scores(reward, _keywords(exploit.honest_texts, columns))
        earned = _scores(reward, _keywords(exploit.texts, columns))
        text = exploit.texts[exploit.place]
        limit = max((honest[place] for place in exploit.honest_places), key=worth)
        score = earned[exploit.place]
        problem = _problem(score, limit, exploit.why)
        rows.append(Row(right, exploit.kind, exploit.name, text, score, limit, problem))
    return _report(reward, right, rows)


def audit_conversation(reward: RewardFunction, *, right: str, wrong: str, **columns: Any) -> Report:
    """Try exploits within a conversation on a reward that reads the turns and calls of one.

    An exploit is a finding when it earns more than a useful call and a right answer.

    Args:
        reward: The reward, or a sum that it is a part of.
        right: A right response.
        wrong: An honest wrong response.
        **columns: The columns of the row, one value each.

    Raises:
        OptionError: The reward cannot be called with these.

    Example:
        >>> from grpo_rewards import tool_errors
        >>> audit_conversation(tool_errors, right="It is 42.", wrong="It is 41.").ok
        True
    """
    tried = conversation_exploits(right, wrong)
    completions = [list(honest_conversation(right)), *(list(each.messages) for each in tried)]
    keywords = _keywords([""] * len(completions), columns)
    scores = _scores(reward, {**keywords, "completions": completions})
    rows = [
        Row(
            right,
            each.kind,
            each.name,
            json.dumps(each.messages),
            score,
            scores[0],
            _problem(score, scores[0], each.why),
        )
        for each, score in zip(tried, scores[1:], strict=True)
    ]
    return _report(reward, right, rows)


def _keywords(texts: Sequence[str], columns: dict[str, Any]) -> dict[str, Any]:
    """The keywords of a call with one group; equal prompts are one."""
    rows = Rows(tuple(texts), {name: (value,) * len(texts) for name, value in columns.items()})
    return call_keywords(rows, "messages", CALLS[NEWEST])


def _scores(reward: RewardFunction, keywords: dict[str, Any]) -> list[Score]:
    returned = call(reward, keywords)
    scores = returned
    if not isinstance(returned, Raised):
        scores = read_scores(returned, len(keywords["completions"]))
    if isinstance(scores, Raised | Unusable):
        found = scores.found if isinstance(scores, Unusable) else str(scores)
        raise OptionError(
            f"{reward_name(reward)} came back with {found} for responses in messages: give the "
            "columns that it needs; assert_reward_contract says more"
        )
    return list(scores)


def _problem(score: Score, limit: Score, why: str) -> str:
    if worth(score) - worth(limit) <= TOLERANCE:
        return ""
    return f"it earns {score}, an honest one {limit}; {why}"


def _report(reward: RewardFunction, right: str, rows: list[Row]) -> Report:
    layout = getattr(reward, "format", FREEFORM)
    require_format(layout)
    return Report(reward_name(reward), layout, (right,), tuple(rows), ())
