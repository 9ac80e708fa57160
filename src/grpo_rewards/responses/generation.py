"""What a chat template writes before a response: found by rendering it, where Jinja is there."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from typing import Any, NoReturn

import regex

__all__ = ["generation_prompt", "opened_reasoning"]

MESSAGES = ({"role": "user", "content": "What is 6 * 7?"},)
# The tags that templates open reasoning with, and close it.
_REASONING = regex.compile(
    r"(?P<open><(?P<name>think|thinking|thought|reasoning|start_working_out)>"
    r"|\[THINK\]|<\|begin_of_thought\|>)"
    r"(?P<closed>\s*+(?:</?(?:think|thinking|thought|reasoning|end_working_out)>"
    r"|\[/THINK\]|<\|end_of_thought\|>))?\s*+\Z"
)


@lru_cache(maxsize=64)
def generation_prompt(template: str, **options: Any) -> str:
    """What a chat template adds for the model to go on from; empty where it cannot be rendered.

    Args:
        template: The template.
        **options: Variables that a trainer may give it, such as ``enable_thinking``.
    """
    if find_spec("jinja2") is None:
        return ""
    without = _rendered(template, add_generation_prompt=False, **options)
    with_it = _rendered(template, add_generation_prompt=True, **options)
    return with_it.removeprefix(without)


def opened_reasoning(ending: str) -> tuple[str, bool] | None:
    r"""The reasoning tag that a prompt ends with, and whether it is closed there, too.

    Example:
        >>> opened_reasoning("assistant\n<think>\n")
        ('<think>', False)
        >>> opened_reasoning("<think>\n\n</think>\n\n")
        ('<think>', True)
    """
    found = _REASONING.search(ending)
    return (found["open"], found["closed"] is not None) if found else None


def _rendered(template: str, **variables: Any) -> str:
    """A conversation of one turn as a template writes it, with what trainers' Jinja offers."""
    import jinja2  # noqa: PLC0415 (comes with transformers, and is needed for nothing else)
    from jinja2.ext import loopcontrols  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    def refuse(message: str) -> NoReturn:
        raise jinja2.TemplateError(message)

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols]
    )
    environment.globals |= {"raise_exception": refuse, "strftime_now": lambda _: "1 Jan 2026"}
    # Marks which tokens the assistant wrote, and writes nothing itself.
    plain = regex.sub(r"\{%-?\s*(?:end)?generation\s*-?%\}", "", template)
    try:
        return environment.from_string(plain).render(
            messages=[dict(message) for message in MESSAGES],
            bos_token="<s>",
            eos_token="</s>",
            **variables,
        )
    except (
        jinja2.TemplateError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ):  # a template that wants more than a conversation
        return ""
