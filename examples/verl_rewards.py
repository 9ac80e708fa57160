"""The rewards of train_grpo.py as verl calls them: its reward workers load this file.

``reward.custom_reward_function.path`` names it, and ``name`` is ``compute_score``. Put your own
here; a dict gives each ``data_source`` its reward.
"""

from grpo_rewards import approximate_format, check_answer, check_numbers, exact_format
from grpo_rewards.integrations.verl import VerlReward

compute_score = VerlReward(exact_format + approximate_format + check_answer + check_numbers)
