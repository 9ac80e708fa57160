"""A kit for testing reward functions: this package's and your own.

- `assert_reward_contract` checks what every trainer relies on.
- `audit` tries `exploits` and `right_forms` of many golds on a reward and reports what earns
  what it should not.
- `audit_task` tries the exploits of a task that has no gold answer (`task_exploits`): a document by
  a schema, calls of tools, instructions, quotations.
- `audit_group` and `audit_conversation` try exploits that one response alone does not show: copies
  in a group, calls of tools that are of no use.
- `grpo_rewards.testing.strategies` has strategies for hypothesis, which comes with
  ``pip install 'grpo-rewards[testing]'``; nothing else here needs it.

>>> from grpo_rewards import check_answer
>>> assert_reward_contract(check_answer, answer=["42"])
"""

from __future__ import annotations

from grpo_rewards.testing.auditing import audit
from grpo_rewards.testing.calls import TrainerState
from grpo_rewards.testing.company_auditing import audit_conversation, audit_group
from grpo_rewards.testing.company_exploits import conversation_exploits, group_exploits
from grpo_rewards.testing.contract import ContractError, assert_reward_contract
from grpo_rewards.testing.exploits import Exploit, exploits
from grpo_rewards.testing.forms import DEFAULT_GOLDS, Form, near_misses, right_forms, wrong_answer
from grpo_rewards.testing.report import Report, Row
from grpo_rewards.testing.task_auditing import audit_task
from grpo_rewards.testing.task_exploits import task_exploits

__all__ = [
    "DEFAULT_GOLDS",
    "ContractError",
    "Exploit",
    "Form",
    "Report",
    "Row",
    "TrainerState",
    "assert_reward_contract",
    "audit",
    "audit_conversation",
    "audit_group",
    "audit_task",
    "conversation_exploits",
    "exploits",
    "group_exploits",
    "near_misses",
    "right_forms",
    "task_exploits",
    "wrong_answer",
]
