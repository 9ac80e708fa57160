"""What ``train_verl.py --check`` does: made responses, judged by verl's own reward workers here.

They are laid out as a rollout leaves them, and what GRPO makes of their scores is worked out by
verl as well; only a model and GPUs are missing.
"""

from __future__ import annotations

from typing import Any

from dry_run import sample_responses
from settings import FORMAT

JUDGED = 8
"""How many held-out problems responses are made to."""
TEXTS = ("verdict", "answer", "reason")
"""What the adapter gives beside numbers."""
MUST = {"right, in the format": 1.0, "wrong, in the format": 0.0, "nothing": 0.0}
"""Which kinds of responses have to be called right, and which may not be."""


def check(config: Any) -> None:
    """Print a prompt, and what verl's reward workers pay for responses to held-out problems."""
    import ray
    from verl.experimental.reward_loop import RewardLoopManager

    batch, kinds = made_batch(config)
    ray.init(address="local", include_dashboard=False, log_to_driver=False)
    try:
        scored = RewardLoopManager(config).compute_rm_score(batch)
    finally:
        ray.shutdown()
    workers, manager = config.reward.num_workers, config.reward.reward_manager.name
    print(
        f"\n{len(kinds)} made responses to held-out problems, judged by {workers} workers of verl "
        f"({manager}); the means of each kind:\n"
    )
    print_table(scored.non_tensor_batch, advantages(config, batch, scored), kinds)


def made_batch(config: Any) -> tuple[Any, list[str]]:
    """Responses to held-out problems in verl's tensors and columns, and which kind each is."""
    import numpy as np
    import torch
    from verl import DataProto
    from verl.trainer.ppo.utils import create_rl_dataset
    from verl.utils.config import omega_conf_to_dataclass
    from verl.utils.tokenizer.continuous_token_wiring import create_continuous_token_builder

    model = omega_conf_to_dataclass(config.actor_rollout_ref.model)
    tokenizer = model.tokenizer
    dataset = create_rl_dataset(
        config.data.val_files, config.data, tokenizer, model.processor, is_train=False
    )
    builder = create_continuous_token_builder(
        tokenizer,
        hf_model_type=model.hf_config.model_type,
        chat_template_kwargs=config.data.apply_chat_template_kwargs,
    )
    prompts, responses, rows, kinds = [], [], [], []
    for place in range(min(JUDGED, len(dataset))):
        row = dataset[place] | {"uid": str(place)}
        prompt = builder.build_initial_tokens(row["raw_prompt"])
        for kind, text in sample_responses(row["reward_model"]["ground_truth"]).items():
            response = tokenizer(text, add_special_tokens=False)["input_ids"]
            prompts.append(torch.tensor(prompt))
            responses.append(torch.tensor([*response, tokenizer.eos_token_id]))
            rows.append(row)
            kinds.append(kind)
    show_prompt(tokenizer.decode(prompts[0]))

    def padded(tensors: list[Any], side: str) -> Any:
        return torch.nn.utils.rnn.pad_sequence(tensors, batch_first=True, padding_side=side)

    def present(tensors: list[Any], side: str) -> Any:
        return padded([torch.ones_like(each) for each in tensors], side)

    tensors = {
        "prompts": padded(prompts, "left"),  # (responses, longest prompt)
        "responses": padded(responses, "right"),  # (responses, longest response)
        "attention_mask": torch.cat([present(prompts, "left"), present(responses, "right")], dim=1),
    }
    columns = ("data_source", "reward_model", "extra_info", "uid")
    beside = {name: np.array([row[name] for row in rows], dtype=object) for name in columns}
    return DataProto.from_dict(tensors=tensors, non_tensors=beside), kinds


def show_prompt(prompt: str) -> None:
    """Print a prompt; stop where it does not open the reasoning."""
    print(f"\nA prompt as verl renders it:\n\n{prompt}")
    if not prompt.endswith(FORMAT.tags[0]):
        raise SystemExit(
            f"The prompt does not end with {FORMAT.tags[0]}, which the rewards take for written: "
            "have actor_rollout_ref.model.tokenizer_path name the copy that open_reasoning saves."
        )


def advantages(config: Any, batch: Any, scored: Any) -> list[float]:
    """What verl makes of the scores, the responses to a problem being a group."""
    from verl.trainer.ppo.core_algos import get_adv_estimator_fn

    length = batch.batch["responses"].size(1)
    found, _ = get_adv_estimator_fn(config.algorithm.adv_estimator)(
        token_level_rewards=scored.batch["rm_scores"],
        response_mask=batch.batch["attention_mask"][:, -length:],
        index=batch.non_tensor_batch["uid"],
        norm_adv_by_std_in_grpo=config.algorithm.norm_adv_by_std_in_grpo,
    )
    return [float(value) for value in found[:, 0]]


def print_table(told: dict[str, Any], advantage: list[float], kinds: list[str]) -> None:
    """The means of each kind of response; stop where one is called what it is not."""
    columns = {name: values for name, values in told.items() if name not in TEXTS}
    columns = {"score": columns.pop("score"), **columns, "advantage": advantage}
    widths = {name: max(len(name), len("-10.00")) for name in columns}
    print("  ".join(name.rjust(widths[name]) for name in columns), "  response", sep="")
    wrong = []
    for kind in dict.fromkeys(kinds):
        places = [place for place, each in enumerate(kinds) if each == kind]
        means = {
            name: sum(float(values[place]) for place in places) / len(places)
            for name, values in columns.items()
        }
        cells = [f"{mean:>{widths[name]}.2f}" for name, mean in means.items()]
        print("  ".join(cells), "  ", kind, sep="")
        wrong += [
            kind for place in places if MUST.get(kind, told["acc"][place]) != told["acc"][place]
        ]
    if wrong:
        raise SystemExit(f"{len(wrong)} responses were not called what they are: {wrong[0]}.")
