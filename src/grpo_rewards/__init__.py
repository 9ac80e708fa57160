"""Deterministic, explainable reward functions for training reasoning models with GRPO.

>>> from grpo_rewards import check_answer, exact_format
>>> completion = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
>>> exact_format([completion]), check_answer([completion], answer=["42"])
([3.0], [5.0])
"""

from __future__ import annotations

import lazy_loader

# The names are listed in __init__.pyi, where type checkers and editors look for them, too.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
