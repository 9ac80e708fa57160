"""``python -m grpo_rewards``: see `grpo_rewards.cli.commands`."""

from __future__ import annotations

import sys

from grpo_rewards.cli.commands import main

if __name__ == "__main__":
    sys.exit(main())
