"""One HTML page about scored completions or a training: rates, curves, and every completion.

>>> from grpo_rewards.report import write_report
>>> write_report("scored.jsonl", "report.html")  # doctest: +SKIP
"""

from __future__ import annotations

import lazy_loader

# The names are listed in __init__.pyi.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
