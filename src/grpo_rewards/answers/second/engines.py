"""The engines that a reward for answers can judge by, and how they are asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from grpo_rewards.answers.policy import Policy
from grpo_rewards.answers.symbolic import pool
from grpo_rewards.answers.verdicts import BATCH_DEADLINES, Verdict, shown
from grpo_rewards.errors import OptionError, in_short
from grpo_rewards.guesses import near_name

__all__ = ["ENGINES", "OURS", "Engine", "Said", "require_engine", "verify_many"]

OURS = "grpo-rewards"
Said = Verdict | Literal["no gold", "no answer"]
"""A verdict, or that the engine read nothing in the gold, or in the text."""


@dataclass(frozen=True, slots=True)
class Engine:
    """How an engine is asked."""

    reads: Literal["answer", "response"]
    """Whether it gets the answer that the layout finds, or finds it in the response by itself."""
    meaning: str


ENGINES: Mapping[str, Engine] = {
    OURS: Engine("answer", "`grpo_rewards.compare`"),
    "math-verify": Engine("answer", "math-verify with its defaults; answer and gold in a box"),
    "math-verify-trl": Engine("response", "as TRL's accuracy_reward calls it"),
    "math-verify-lighteval": Engine("response", "by lighteval's configuration for mathematics"),
}
"""What ``engine=`` may be."""


def require_engine(engine: object, policy: Policy) -> None:
    """Raise unless an engine is known and installed, and the policy asks nothing else of it.

    Raises:
        OptionError: It is not; names the remedy.
    """
    if not isinstance(engine, str) or engine not in ENGINES:
        meant = near_name(str(engine), list(ENGINES), {})
        raise OptionError(
            f"engine={in_short(engine, 60)}: {f'{meant}; ' if meant else ''}write one of "
            f"{', '.join(map(repr, ENGINES))}"
        )
    if engine == OURS:
        return
    if find_spec("math_verify") is None:
        raise OptionError(
            f"engine={engine!r} needs another package: pip install 'grpo-rewards[math-verify]'"
        )
    if policy != Policy(deadline=policy.deadline, memory=policy.memory):
        raise OptionError(
            f"engine={engine!r} has its own notion of what is equal: of a policy it takes only "
            f"deadline and memory, and not {policy!r}"
        )


def verify_many(
    golds: Sequence[str], texts: Sequence[str], *, engine: str, policy: Policy
) -> list[Said]:
    """What math-verify says of each gold and text, in worker processes; a pair is asked once.

    What hangs costs its deadline, and what swells its memory cap; then it is undecided.

    Example:
        >>> said = verify_many(["1/2"], ["0.5"], engine="math-verify", policy=Policy())
        >>> bool(said[0])
        True
    """
    if engine == "math-verify":
        pairs = [(_boxed(gold), _boxed(text)) for gold, text in zip(golds, texts, strict=True)]
    else:
        pairs = list(zip(golds, texts, strict=True))
    asked = list(dict.fromkeys(pairs))
    found = pool.attempt_texts(
        [(*pair, engine) for pair in asked],
        deadline=policy.deadline,
        memory=policy.memory,
        budget=BATCH_DEADLINES * policy.deadline,
    )
    said = {pair: found.get(place) for place, pair in enumerate(asked)}
    return [
        _said(said[pair], gold, text) for pair, gold, text in zip(pairs, golds, texts, strict=True)
    ]


def _boxed(text: str) -> str:
    return text if "boxed" in text else rf"\boxed{{{text}}}"


def _said(result: pool.Found | None, gold: str, text: str) -> Said:
    if result == "no gold":
        return "no gold"
    if result == "no answer":
        return "no answer"
    values = f"the gold is {shown(gold)}, the answer is {shown(text)}"
    if not isinstance(result, bool):
        return Verdict(None, "math-verify", f"undecided: math-verify was stopped; {values}")
    return Verdict(result, "math-verify", f"{'equal' if result else 'not equal'}: {values}")
