"""Rows in, rows out: what the command line, Ray and the adapters of frameworks share.

`score_one` judges one completion and gives a flat dict, `score_rows` a table of any kind,
`pass_rates` says how often problems are solved. What a scored row holds is written down at
`grpo_rewards.scoring.judging`.

>>> from grpo_rewards import check_answer
>>> text = "6 * 7<end_working_out><SOLUTION>42</SOLUTION>"
>>> score_one(check_answer, text, answer="42")["verdict"]
'correct'
"""

from __future__ import annotations

import lazy_loader

# The names are listed in __init__.pyi.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
