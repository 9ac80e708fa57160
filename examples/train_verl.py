"""GRPO with verl, an engine that spans machines: the problems and rewards of train_grpo.py.

    python examples/train_verl.py --check                  # on a CPU: everything but the training
    python examples/train_verl.py                          # one GPU
    python examples/train_verl.py --gpus-per-node 8        # the GPUs of a machine
    python examples/train_verl.py --nodes 2 --gpus-per-node 8   # on one machine of a Ray cluster
    python examples/train_verl.py trainer.save_freq=5      # any key of verl's own configuration

Read it from top to bottom: one function for each step.

1. ``open_reasoning``  a copy of the tokenizer, whose chat template opens the reasoning
2. ``write_data``      training and held-out problems as parquet files, in the columns verl reads
3. ``overrides``       the settings of train_grpo.py under the names that verl has for them
4. ``compose``         verl's configuration with those, checked by verl
5. ``train``           verl's trainer, on GPUs, with vLLM or SGLang

With ``--check`` the last step is ``verl_check.py`` instead: verl's own reward workers judge made
responses, on the CPU. The rewards stand in ``verl_rewards.py``, the settings and their defaults in
``settings.py``. There is no warm-up here, so the system prompt describes the format. Written for
verl 0.9.1.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from command_line import Parser, default_cache, guessed, resolve
from loading import model_arguments
from problems import Problems, first_line, messages
from settings import FORMAT, LORA_TARGETS, Row, Run, Settings, completion_length
from train_grpo import build_dataset
from validation import flag, one_of, validate
from verl_check import check

ENGINES = ("vllm", "sglang")
HOW_TO_INSTALL = (
    "On a machine with a GPU run `pip install 'verl[vllm,fsdp]==0.9.1'` (or sglang for vllm); for "
    "`--check` on any other, `python tools/compat.py verl` makes an environment in .compat/verl."
)
FLAGS = (
    "model", "max_seq_length", "lora_rank", "lora_alpha", "dataset", "dataset_config",
    "dataset_split", "question_column", "answer_column", "answer_format", "system_prompt",
    "train_problems", "held_out", "held_out_dataset", "max_steps", "prompts_per_step",
    "num_generations", "micro_batch", "max_completion_length", "learning_rate", "lr_warmup_steps",
    "weight_decay", "max_grad_norm", "temperature", "top_p", "beta", "save_steps", "seed",
)  # fmt: skip
"""The settings that mean the same to verl; the others belong to TRL or to the warm-up."""
PLAIN = re.compile(r"[\w./:+-]+")
"""A text that hydra reads as it is, without quotes."""

# ------------------------------------------------------------------------------------------------
# Step 1: the model's name, and a tokenizer that opens the reasoning
# ------------------------------------------------------------------------------------------------


def open_reasoning(run: Run) -> tuple[str, Any]:
    """The model's name or folder; its tokenizer, of which a copy with our template is saved.

    verl reads the copy wherever it renders a prompt, so that a prompt ends with the opened
    reasoning as in train_grpo.py; and it saves the copy with each checkpoint.
    """
    from transformers import AutoTokenizer

    model = model_arguments(run)["model_name"]
    try:
        tokenizer = AutoTokenizer.from_pretrained(model)
    except (OSError, ValueError) as error:
        raise SystemExit(
            f"The tokenizer of {model!r} cannot be loaded ({first_line(error)}). Give `--model` a "
            "Hub id that this machine can reach, or a local folder."
        ) from error
    tokenizer.chat_template = FORMAT.chat_template(tokenizer.chat_template)
    tokenizer.save_pretrained(run.output / "tokenizer")
    return model, tokenizer


# ------------------------------------------------------------------------------------------------
# Step 2: the data
# ------------------------------------------------------------------------------------------------


def write_data(problems: Problems, settings: Settings, folder: Path) -> dict[str, Path]:
    """Write ``train.parquet`` and ``held_out.parquet``, and say where they are."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{name}.parquet" for name in ("train", "held_out")}
    for (split, file), rows in zip(
        files.items(), (problems.training, problems.held_out), strict=True
    ):
        pq.write_table(pa.Table.from_pylist(verl_rows(rows, settings, split)), file)
    return files


def verl_rows(rows: list[Row], settings: Settings, split: str) -> list[Row]:
    """Problems in verl's columns: the adapter has the gold and ``extra_info``'s columns judged."""
    return [
        {
            "data_source": settings.dataset,
            "prompt": messages(settings, row),
            "ability": "math",
            "reward_model": {"style": "rule", "ground_truth": row["answer"]},
            "extra_info": {"index": index, "split": split, "question": row["question"]},
        }
        for index, row in enumerate(rows)
    ]


# ------------------------------------------------------------------------------------------------
# Step 3: the settings
# ------------------------------------------------------------------------------------------------


def overrides(
    arguments: argparse.Namespace,
    run: Run,
    model: str,
    problems: Problems,
    files: dict[str, Path],
) -> list[str]:
    """What differs from verl's defaults, as ``key=value``: what its command line takes."""
    settings, output = run.settings, run.output.resolve()
    completions = settings.prompts_per_step * settings.num_generations
    micro_batch = min(settings.micro_batch, completions // gpus(arguments))
    steps_an_epoch = max(1, len(problems.training) // settings.prompts_per_step)
    actor, rollout = "actor_rollout_ref.actor", "actor_rollout_ref.rollout"
    values = {
        # The problems
        "data.train_files": str(files["train"].resolve()),
        "data.val_files": str(files["held_out"].resolve()),
        "data.train_batch_size": settings.prompts_per_step,
        "data.max_prompt_length": problems.longest_prompt,
        "data.max_response_length": completion_length(settings, problems.longest_prompt),
        "data.seed": settings.seed,
        # The model
        "actor_rollout_ref.model.path": model,
        "actor_rollout_ref.model.tokenizer_path": str(output / "tokenizer"),
        "actor_rollout_ref.model.lora_rank": settings.lora_rank,
        "actor_rollout_ref.model.lora_alpha": settings.lora_alpha,
        "actor_rollout_ref.model.target_modules": LORA_TARGETS,
        # GRPO: what a group's scores become, and the loss
        "algorithm.adv_estimator": "grpo",
        "algorithm.norm_adv_by_std_in_grpo": settings.scale_rewards == "group",
        "algorithm.use_kl_in_reward": False,
        "critic.enable": False,
        f"{actor}.use_kl_loss": settings.beta > 0,
        f"{actor}.kl_loss_coef": settings.beta,
        f"{actor}.loss_agg_mode": "token-mean",  # what TRL calls dapo
        f"{actor}.ppo_mini_batch_size": settings.prompts_per_step,  # one update a step
        f"{actor}.ppo_micro_batch_size_per_gpu": micro_batch,
        f"{actor}.optim.lr": settings.learning_rate,
        f"{actor}.optim.lr_scheduler_type": "constant",
        f"{actor}.optim.lr_warmup_steps": settings.lr_warmup_steps,
        f"{actor}.optim.weight_decay": settings.weight_decay,
        f"{actor}.optim.clip_grad": settings.max_grad_norm,
        # What is sampled
        f"{rollout}.name": arguments.engine,
        f"{rollout}.n": settings.num_generations,
        f"{rollout}.temperature": settings.temperature,
        f"{rollout}.top_p": settings.top_p,
        f"{rollout}.seed": settings.seed,
        f"{rollout}.tensor_model_parallel_size": 1,
        f"{rollout}.load_format": "safetensors",  # the base's weights, which LoRA leaves alone
        f"{rollout}.log_prob_micro_batch_size_per_gpu": micro_batch,
        # The rewards
        "reward.num_workers": arguments.reward_workers,
        "reward.reward_manager.name": "naive",
        "reward.custom_reward_function.path": str(Path(__file__).with_name("verl_rewards.py")),
        "reward.custom_reward_function.name": "compute_score",
        # The run
        "trainer.nnodes": arguments.nodes,
        "trainer.n_gpus_per_node": arguments.gpus_per_node,
        "trainer.total_training_steps": settings.max_steps,
        "trainer.total_epochs": -(-settings.max_steps // steps_an_epoch),
        "trainer.val_before_train": True,  # the held-out problems, greedily, before and after
        "trainer.test_freq": settings.max_steps,
        "trainer.save_freq": min(settings.save_steps, max(1, settings.max_steps // 2)),
        "trainer.resume_mode": "auto" if arguments.resume else "disable",
        "trainer.logger": ["console"],
        "trainer.project_name": "grpo-rewards",
        "trainer.experiment_name": output.name,
        "trainer.default_local_dir": str(output / "checkpoints"),
        "trainer.rollout_data_dir": str(output / "completions"),
        "trainer.validation_data_dir": str(output / "held_out"),
    }
    return [f"{key}={written(value)}" for key, value in values.items()] + arguments.keys


def written(value: Any) -> str:
    """A value as hydra's command line reads it."""
    if isinstance(value, list):
        return f"[{','.join(map(written, value))}]"
    if isinstance(value, str):
        return value if PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
    return str(value)


def gpus(arguments: argparse.Namespace) -> int:
    """How many GPUs there are, on all machines."""
    return int(arguments.nodes * arguments.gpus_per_node)


# ------------------------------------------------------------------------------------------------
# Step 4: verl's configuration
# ------------------------------------------------------------------------------------------------


def compose(given: list[str]) -> Any:
    """The configuration as verl's trainer composes it, after the checks that it begins with."""
    import hydra
    from hydra.errors import HydraException
    from omegaconf.errors import OmegaConfBaseException

    try:
        with hydra.initialize_config_module("verl.trainer.config", version_base=None):
            config = hydra.compose("ppo_trainer", given)
        checked(config)
    except (HydraException, OmegaConfBaseException, AssertionError, ValueError) as error:
        reasons = [first_line(each) for each in (error, error.__cause__) if each is not None]
        said = " ".join([*filter(None, [getattr(error, "override", "")]), *reasons])
        raise SystemExit(f"verl takes no such configuration: {said}") from error
    return config


def checked(config: Any) -> None:
    """Have verl look at what belongs together, and at the sections that it makes objects of."""
    from verl.trainer.ppo.utils import need_critic, need_reference_policy
    from verl.utils.config import omega_conf_to_dataclass, validate_config

    asked = config.copy()
    if importlib.util.find_spec("vllm") is None:
        # All that verl asks vLLM is which ranks of LoRA it takes; `validate` has its table.
        asked.actor_rollout_ref.rollout.name = "sglang"
    validate_config(asked, need_reference_policy(config), need_critic(config))
    engine = config.actor_rollout_ref
    for section in (config.algorithm, engine.model, engine.rollout):
        omega_conf_to_dataclass(section)


# ------------------------------------------------------------------------------------------------
# Step 5: verl's trainer
# ------------------------------------------------------------------------------------------------


def train(given: list[str]) -> None:
    """Hand over to verl's trainer, in a process of its own; its end is ours."""
    raise SystemExit(subprocess.run(command(given), check=False).returncode)


def command(given: list[str]) -> list[str]:
    """The command that trains."""
    return [sys.executable, "-m", "verl.trainer.main_ppo", *given]


def require_gpu(engine: str) -> None:
    """Stop, in one sentence, where verl could not train."""
    import torch

    # From a machine without a GPU a cluster can be reached that has some.
    if not torch.cuda.is_available() and not os.environ.get("RAY_ADDRESS"):
        raise SystemExit(
            "verl trains on NVIDIA GPUs with vLLM or SGLang, and torch sees no GPU: add `--check` "
            "to try the configuration, the data and the rewards without one, or set RAY_ADDRESS to "
            "the address of a Ray cluster that has some."
        )
    if importlib.util.find_spec(engine) is None:
        raise SystemExit(f"verl generates with {engine}, which is missing. {HOW_TO_INSTALL}")


# ------------------------------------------------------------------------------------------------
# Putting it together
# ------------------------------------------------------------------------------------------------


def parse_arguments() -> argparse.Namespace:
    """The command line: the settings that verl has as well, and what only verl has."""
    summary, _, rest = (__doc__ or "").partition("\n")
    parser = Parser(
        description=summary,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("keys", nargs="*", metavar="key=value", help="keys of verl's configuration")
    parser.add_argument("--check", action="store_true", help="try everything but the training")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--nodes", type=int, default=1, help="machines (default: 1)")
    parser.add_argument("--gpus-per-node", type=int, default=1, help="GPUs of each (default: 1)")
    parser.add_argument("--engine", default="vllm", help="what generates: vllm (default) or sglang")
    parser.add_argument(
        "--reward-workers", type=int, default=2, help="processes that judge (default: 2)"
    )
    parser.add_argument("--output-dir", type=Path, default=Path("outputs/verl"))
    parser.add_argument("--cache-dir", type=Path, default=default_cache())
    for option in fields(Settings):
        if option.name not in FLAGS:
            parser.set_defaults(**{option.name: None})
            continue
        about = f"{option.metadata['help']} ({option.default!r})".replace("%", "%%")
        parser.add_argument(
            flag(option.name), type=type(option.default), metavar="VALUE", help=about
        )
    parser.set_defaults(preset="smollm2", system_prompt="")
    arguments, unknown = parser.parse_known_args()
    if unknown:
        flags = [name for action in parser._actions for name in action.option_strings]
        parser.error(guessed(unknown[0], flags))
    refuse(arguments, parser)
    return arguments


def refuse(arguments: argparse.Namespace, parser: Parser) -> None:
    """Stop, in a sentence, at what only verl's flags can get wrong."""
    for name in ("nodes", "gpus_per_node", "reward_workers"):
        if getattr(arguments, name) < 1:
            parser.error(f"{flag(name)} {getattr(arguments, name)}: it is at least 1.")
    if arguments.engine not in ENGINES:
        parser.error(f"--engine {arguments.engine}: {one_of(arguments.engine, ENGINES)}")
    for key in arguments.keys:
        if "=" not in key:
            parser.error(f"{key!r} belongs to no flag; a key of verl's is written key=value.")


def settings_of(arguments: argparse.Namespace) -> Settings:
    """The settings of train_grpo.py with the flags, as far as GPUs can divide the work."""
    settings = resolve(arguments)
    validate(replace(settings, gpu=True, vllm=arguments.engine == "vllm"), "none")
    completions = settings.prompts_per_step * settings.num_generations
    share, rest = divmod(completions, gpus(arguments))
    if rest or share % min(settings.micro_batch, share):
        raise SystemExit(
            f"{gpus(arguments)} GPUs have to divide the {completions} completions of a step "
            "(--prompts-per-step times --num-generations) evenly, and --micro-batch "
            f"{settings.micro_batch} what each of them has."
        )
    return settings


def main() -> None:
    """Take the steps; with ``--check`` all but the last."""
    arguments = parse_arguments()
    settings = settings_of(arguments)
    if importlib.util.find_spec("verl") is None:
        raise SystemExit(f"verl is not installed. {HOW_TO_INSTALL}")
    if not arguments.check:
        require_gpu(arguments.engine)
    run = Run(settings, arguments.output_dir, arguments.cache_dir)

    model, tokenizer = open_reasoning(run)
    problems = build_dataset(tokenizer, settings)
    files = write_data(problems, settings, run.output / "data")
    given = overrides(arguments, run, model, problems, files)
    config = compose(given)
    if arguments.check:
        check(config)
        print("\nWhat trains:\n\n" + " \\\n    ".join(map(shlex.quote, command(given))))
    else:
        train(given)


if __name__ == "__main__":
    main()
