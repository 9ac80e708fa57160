"""Deterministic, explainable reward functions for training reasoning models with GRPO.

>>> from grpo_rewards import check_answer, exact_format
>>> completion = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
>>> exact_format([completion]), check_answer([completion], answer=["42"])
([3.0], [5.0])
"""

from __future__ import annotations

from typing import Any

import lazy_loader

__version__ = "0.1.0"

# The names are listed in __init__.pyi, where type checkers and editors look for them, too.
_load, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)


def __getattr__(name: str) -> Any:
    try:
        return _load(name)
    except AttributeError:
        if name.startswith("_"):
            raise
        from grpo_rewards.guesses import no_such_name  # noqa: PLC0415 (on the failing path only)

        raise no_such_name(__name__, name, __all__) from None
