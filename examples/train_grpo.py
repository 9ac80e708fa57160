"""Train a language model with GRPO on verifiable rewards, and measure what it gained.

    python examples/train_grpo.py                        # a small pretrained model, on the CPU
    python examples/train_grpo.py --preset tiny          # a toy model: the whole path, quickly
    python examples/train_grpo.py --preset qwen3-4b      # the full recipe, on one GPU
    python examples/train_grpo.py --dataset gsm8k        # a dataset whose columns are known
    python examples/train_grpo.py --task countdown       # other problems, and their rewards
    python examples/train_grpo.py --task mixed           # three kinds at once, each judged its way
    python examples/train_grpo.py --dry-run              # what would run, and how rewards score
    accelerate launch ... examples/train_grpo.py         # in several processes

Read it from top to bottom: one function for each step.

1. ``load_model``     a model and its tokenizer, through Unsloth
2. ``attach_lora``    a small trainable adapter; the model itself stays frozen
3. ``build_dataset``  prompts with gold answers (and ``warm_up``: show the format a few times)
4. ``build_rewards``  the rewards of this package that fit the task
5. ``train``          GRPO: sample groups of completions, score them, make the better ones likelier
6. ``compare``        the same held-out problems before and after, counted

Beside it, to be copied with it: ``settings.py`` has every setting, the presets and the known
datasets, ``problems.py`` rows and prompts, ``report.py`` figures and curves, ``showing.py`` what
stands on the screen, ``offline.py`` what needs no hub; ``command_line.py``, ``validation.py``,
``loading.py``, ``generation.py`` and ``dry_run.py`` are what they are called; ``rollouts.py``,
``decoding.py``, ``learning.py`` and ``products.py`` are how the model of this process writes and
learns, and ``processes.py`` is for several of them.

The output folder then holds ``adapter/``, ``metrics.jsonl``, ``completions/`` (what was sampled at
each step, and its scores), ``comparison.md``, ``comparison.json``, ``curves.png``, and
``report.html``, a page with all of it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from command_line import parse_arguments, require_packages, resolve, start_run, step_of
from dry_run import dry_run
from generation import answer_held_out
from learning import prompts_read_once
from loading import model_arguments, prepare_environment
from problems import (
    Problems,
    first_line,
    load_problems,
    messages,
    prompt_text,
    reward_columns,
    supervised_examples,
)
from processes import first_alone, how_many, is_first, meet, part, say, start, to_start, wait
from products import weights_rounded
from report import Answers, comparison, draw_curves
from settings import FORMAT, HOW_TO_INSTALL, LORA_TARGETS, Row, Run, Settings, completion_length
from showing import (
    GRPO_ROW,
    WARM_UP_ROW,
    Display,
    announcement,
    hush_libraries,
    hushed,
    show_steps,
    work,
)
from validation import validate

from grpo_rewards import (
    CheckPuzzle,
    CheckSchema,
    approximate_format,
    by_column,
    check_answer,
    check_choice,
    check_numbers,
    exact_format,
)
from grpo_rewards.report import write_report

RewardFunction = Callable[..., list[float | None]]

# ------------------------------------------------------------------------------------------------
# Step 1: the model and its tokenizer
# ------------------------------------------------------------------------------------------------


def load_model(run: Run) -> tuple[Any, Any]:
    """Load model and tokenizer through Unsloth, with a chat template that opens the reasoning."""
    settings = run.settings
    prepare_environment(run)
    try:
        # Before trl, transformers and peft: Unsloth patches them as it is imported.
        with hushed():
            from unsloth import FastLanguageModel
    except (ImportError, NotImplementedError) as error:
        raise SystemExit(
            f"Unsloth cannot be imported ({first_line(error)}). {HOW_TO_INSTALL}"
        ) from error
    import torch
    from transformers import set_seed

    if settings.gpu and not torch.cuda.is_available():
        raise SystemExit(
            "This preset needs an NVIDIA GPU and torch sees none. On a CPU, run "
            "`--preset smollm2` or `--preset tiny`; to look at the settings, add `--dry-run`."
        )
    hush_libraries()
    meet(gpu=settings.gpu)
    set_seed(settings.seed)
    with first_alone():
        given = model_arguments(run)
    try:
        with hushed():
            model, tokenizer = FastLanguageModel.from_pretrained(**given)
    except OSError as error:
        raise SystemExit(
            f"The model {settings.model!r} cannot be loaded ({first_line(error)}). "
            "Give `--model` a Hub id that this machine can reach, or a local folder."
        ) from error
    base = tokenizer.chat_template if settings.own_template else None
    tokenizer.chat_template = FORMAT.chat_template(base)
    model.products = settings.products
    return model, tokenizer


# ------------------------------------------------------------------------------------------------
# Step 2: LoRA
# ------------------------------------------------------------------------------------------------


def attach_lora(model: Any, settings: Settings) -> Any:
    """Add the trainable adapter to every linear projection of the layers that are to learn."""
    from unsloth import FastLanguageModel

    # Gradients stop below the first adapter: with the last third of the layers, a step is shorter.
    layers = list(range(model.config.num_hidden_layers))[-settings.lora_layers :]
    return FastLanguageModel.get_peft_model(
        model,
        layers_to_transform=layers if settings.lora_layers else None,
        **lora_arguments(settings),
    )


def lora_arguments(settings: Settings) -> dict[str, Any]:
    """The arguments for ``FastLanguageModel.get_peft_model``."""
    return {
        "r": settings.lora_rank,
        "lora_alpha": settings.lora_alpha,
        "target_modules": LORA_TARGETS,
        # Recomputing activations saves memory that only a GPU is short of.
        "use_gradient_checkpointing": "unsloth" if settings.gpu else False,
        "random_state": settings.seed,
    }


# ------------------------------------------------------------------------------------------------
# Step 3: the problems, and the format shown a few times
# ------------------------------------------------------------------------------------------------


def build_dataset(tokenizer: Any, settings: Settings) -> Problems:
    """Training and held-out problems, without the longest tenth of the prompts.

    A few long prompts would set the cost of every batch.
    """
    training, held_out = load_problems(settings)

    def length(row: Row) -> int:
        text = prompt_text(tokenizer, settings, row)
        return len(tokenizer(text, add_special_tokens=False)["input_ids"])

    lengths = [length(row) for row in training]
    longest = sorted(lengths)[int(0.9 * (len(lengths) - 1))]
    kept = [row for row, tokens in zip(training, lengths, strict=True) if tokens <= longest]
    held_out = [row for row in held_out if length(row) <= longest][: settings.held_out]
    say(
        f"{len(kept)} training problems of at most {longest} prompt tokens "
        f"({len(training) - len(kept)} longer ones dropped), {len(held_out)} held-out problems"
    )
    return Problems(kept, held_out, longest)


def warm_up(model: Any, tokenizer: Any, run: Run, display: Display) -> None:
    """Show the model a few worked examples, so that GRPO has successes to reinforce.

    A reward that is never earned teaches nothing: all completions of a group score the same.
    """
    from datasets import Dataset
    from trl import SFTConfig, SFTTrainer

    settings = run.settings
    arguments = SFTConfig(
        output_dir=str(run.output / "warmup"),
        max_steps=settings.warmup_steps,
        per_device_train_batch_size=max(1, settings.warmup_batch // how_many()),
        gradient_accumulation_steps=1,
        learning_rate=settings.warmup_learning_rate,
        lr_scheduler_type="linear",
        warmup_steps=min(2, settings.warmup_steps),
        weight_decay=0.0,
        optim=settings.optimizer,
        max_length=settings.max_seq_length,
        packing=False,
        bf16=settings.gpu,
        use_cpu=not settings.gpu,
        log_level_replica="error",  # else other processes show what the first one hides
        gradient_checkpointing=settings.gpu,
        ddp_find_unused_parameters=False,
        save_strategy="no",
        logging_steps=1,
        report_to="none",
        seed=settings.seed,
    )
    trainer = SFTTrainer(
        model=model,
        processing_class=tokenizer,
        args=arguments,
        train_dataset=Dataset.from_list(supervised_examples(tokenizer, settings)),
    )
    show_steps(trainer, display, WARM_UP_ROW)
    with weights_rounded(model):
        trainer.train()


# ------------------------------------------------------------------------------------------------
# Step 4: the rewards
# ------------------------------------------------------------------------------------------------


def build_rewards(settings: Settings) -> list[RewardFunction]:
    """The rewards whose sum GRPO raises; each becomes a curve of its own in the log.

    They read the completion and, those that check it, columns of the dataset: ``answer``, or those
    of the task. Put your own here: any function of ``(completions, **columns)`` that returns one
    number a completion.
    """
    if settings.task == "countdown":
        # The kind holds for every row; its fields are columns of their own.
        return [exact_format, CheckPuzzle(kind="countdown", name="check_countdown")]
    if settings.task == "choices":
        return [exact_format, check_choice]
    if settings.task == "mixed":
        # Each row is judged by the reward of its kind, and each of these becomes a curve as well.
        kinds = {"sum": check_answer, "choice": check_choice, "record": CheckSchema(format=FORMAT)}
        return [exact_format, by_column("kind", kinds).named("check_by_kind")]
    return [exact_format, approximate_format, check_answer, check_numbers]


# ------------------------------------------------------------------------------------------------
# Step 5: GRPO
# ------------------------------------------------------------------------------------------------


def train(model: Any, tokenizer: Any, problems: Problems, run: Run, display: Display) -> None:
    """Run GRPO, and leave the adapter, the metrics and the sampled completions in the output."""
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    trainer = GRPOTrainer(
        model=model,
        processing_class=tokenizer,
        reward_funcs=build_rewards(run.settings),
        args=GRPOConfig(**grpo_arguments(run, problems.longest_prompt)),
        train_dataset=Dataset.from_dict(
            {
                "prompt": [messages(run.settings, row) for row in problems.training],
                **reward_columns(problems.training, run.settings),
            }
        ),
    )
    show_steps(trainer, display, GRPO_ROW, run.output / "metrics.jsonl")
    with nullcontext() if run.settings.gpu else prompts_read_once(model, trainer):
        trainer.train(resume_from_checkpoint=run.resume or None)
    if is_first():
        model.save_pretrained(str(run.output / "adapter"))
        tokenizer.save_pretrained(str(run.output / "adapter"))


def grpo_arguments(run: Run, longest_prompt: int) -> dict[str, Any]:
    """The arguments for ``GRPOConfig``: every one that matters, as Unsloth changes the defaults."""
    settings = run.settings
    completions = settings.prompts_per_step * settings.num_generations // how_many()
    micro_batch = min(settings.micro_batch, completions)
    return {
        "output_dir": str(run.output),
        "max_steps": settings.max_steps,
        "num_generations": settings.num_generations,
        "per_device_train_batch_size": micro_batch,
        "gradient_accumulation_steps": completions // micro_batch,
        "max_completion_length": completion_length(settings, longest_prompt),
        "temperature": settings.temperature,
        "top_p": settings.top_p,
        "top_k": 0,
        "min_p": settings.min_p or None,
        "repetition_penalty": 1.0,
        "use_vllm": settings.vllm,
        "learning_rate": settings.learning_rate,
        "lr_scheduler_type": settings.lr_scheduler,
        "warmup_steps": settings.lr_warmup_steps,
        "weight_decay": settings.weight_decay,
        "max_grad_norm": settings.max_grad_norm,
        "optim": settings.optimizer,
        "beta": settings.beta,
        "loss_type": settings.loss_type,
        "scale_rewards": settings.scale_rewards,
        "num_iterations": 1,
        "bf16": settings.gpu,
        "use_cpu": not settings.gpu,
        "log_level_replica": "error",
        "gradient_checkpointing": settings.gpu,
        "ddp_find_unused_parameters": False,  # the adapter is used as a whole
        "remove_unused_columns": False,  # the rewards read them
        "log_completions": True,
        "num_completions_to_print": 0,  # they go to the folder `completions`, not to the screen
        "logging_steps": 1,
        # A short run, too, has something that --resume can start from.
        "save_steps": min(settings.save_steps, max(1, settings.max_steps // 2)),
        "save_total_limit": 1,
        "report_to": run.report_to,
        "seed": settings.seed,
    }


# ------------------------------------------------------------------------------------------------
# Step 6: before and after
# ------------------------------------------------------------------------------------------------


def compare(before: Answers, after: Answers, problems: Problems, run: Run) -> None:
    """Count what is right and what has the exact format; write the reports and the curves."""
    figures, table, transcripts = comparison(before, after, problems.held_out, run.settings)
    (run.output / "comparison.json").write_text(json.dumps(figures, indent=2) + "\n")
    report = f"# Before and after GRPO\n\n{table}\n\n{transcripts}"
    (run.output / "comparison.md").write_text(report, encoding="utf-8")
    draw_curves(run.output / "metrics.jsonl", run.output / "curves.png")
    page = write_report(run.output, run.output / "report.html", format=FORMAT)
    print(
        f"\n{table}\n\n"
        f"Transcripts:   {run.output / 'comparison.md'}\n"
        f"Curves:        {run.output / 'curves.png'}\n"
        f"All of it:     {page}, to be opened in a browser\n"
        f"What to try:   --task choices; another --dataset; rewards of your own, in step 4"
    )


# ------------------------------------------------------------------------------------------------
# Putting it together
# ------------------------------------------------------------------------------------------------


def main() -> None:
    """Resolve the settings, take the six steps, and say how long they took."""
    arguments = parse_arguments(__doc__)
    settings = resolve(arguments)
    validate(settings, arguments.report_to)
    if arguments.dry_run:
        run = Run(settings, arguments.output_dir, arguments.cache_dir, arguments.report_to)
        longest = settings.max_seq_length // 2  # unknown until the tokenizer is there
        lora, grpo = lora_arguments(settings), grpo_arguments(run, longest)
        dry_run(run, build_rewards(settings), lora=lora, grpo=grpo)
        return
    require_packages()
    started = time.monotonic()
    run = start_run(arguments, settings)
    count = settings.processes or to_start(settings.prompts_per_step)
    if count > 1 and how_many() == 1 and not settings.gpu:
        sys.exit(start(count))  # this command again, in each of them

    done = step_of(run.resume)
    say(announcement(settings, done))
    model, tokenizer = load_model(run)
    model = attach_lora(model, settings)
    problems = build_dataset(tokenizer, settings)
    display = Display(work(settings, done))
    answers_before = run.output / "before.json"
    if run.resume:
        before: Answers = json.loads(answers_before.read_text(encoding="utf-8"))
    else:
        if settings.warmup_steps:
            display.now("warming up on worked examples")
            warm_up(model, tokenizer, run, display)
        display.now("answering held-out problems before GRPO")
        before = answer_held_out(model, tokenizer, problems, run, display)
        if is_first():
            answers_before.write_text(json.dumps(before), encoding="utf-8")
    display.now("GRPO")
    train(model, tokenizer, problems, run, display)
    display.now("answering held-out problems after GRPO")
    after = answer_held_out(model, tokenizer, problems, run, display)
    display.close()
    if is_first():
        compare(before, after, problems, run)
    wait()
    part()
    say(f"The run took {(time.monotonic() - started) / 60:.1f} minutes.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        say("Stopped. Go on from the last checkpoint with --resume.")
        sys.exit(1)
    except SystemExit as stopped:
        if not is_first() and stopped.code:
            sys.exit(1)  # the first one says why
        raise
