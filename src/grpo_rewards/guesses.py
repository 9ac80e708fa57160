"""What people write in place of our names and options, and what they are told to write instead."""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from opcode import opmap
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec, TypeVar

from grpo_rewards.errors import OptionError, in_short

__all__ = [
    "NAMES",
    "OPTIONS",
    "STYLES",
    "Guided",
    "explained",
    "near",
    "near_name",
    "near_option",
    "no_such_name",
    "one_of",
]

SHORTEST_PART = 4
"""A guess of fewer letters is not looked for within names."""

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

# Options by the names that they have elsewhere: in TRL, open-r1, verl, math-verify, the notebooks.
# A guess is answered with the first of these that there is.
OPTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        "column gold_column answer_column solution_column target_column label_column answer_key "
        "answer solution target ground_truth reference label gold_key gold_field field".split(),
        ("gold", "column", "tests"),
    ),
    **dict.fromkeys(
        "tags fmt layout preset template response_format pattern regex answer_format".split(),
        ("format",),
    ),
    **dict.fromkeys(
        "max_completion_len max_completion_length max_len max_tokens max_new_tokens length "
        "target_length".split(),
        ("max_length", "target"),
    ),
    **dict.fromkeys("ngram_size ngrams n_gram gram".split(), ("n",)),
    # Of the methods of a reward.
    **dict.fromkeys("min a_min lower minimum floor".split(), ("low",)),
    **dict.fromkeys("max a_max upper maximum ceiling".split(), ("high",)),
    **dict.fromkeys("threshold min_score at_least greater_than".split(), ("above",)),
    **dict.fromkeys("default fallback else_ other".split(), ("otherwise",)),
    **dict.fromkeys("warmup_steps total_steps num_steps over".split(), ("steps",)),
    **dict.fromkeys("n interval frequency every_n every_n_steps steps".split(), ("every",)),
    **dict.fromkeys("soft_punish_cache overlong_buffer buffer".split(), ("cache",)),
    **dict.fromkeys("max_penalty penalty max_penality".split(), ("worst", "leaked")),
    **dict.fromkeys(
        "score reward correct_reward correct_score reward_correct right exact_score".split(),
        ("correct", "exact"),
    ),
    **dict.fromkeys("incorrect wrong_score incorrect_score reward_wrong".split(), ("wrong",)),
    **dict.fromkeys("no_answer none_score missing_score unanswered".split(), ("missing",)),
    "min_value_wrong": ("wrong_short",),
    "max_value_wrong": ("wrong_long",),
    "min_value_correct": ("correct_long",),
    "max_value_correct": ("correct_short",),
    **dict.fromkeys("accuracy correctness_reward accuracy_reward".split(), ("correctness",)),
    **dict.fromkeys("lang target_language".split(), ("language",)),
    **dict.fromkeys("logging log_metrics verbose".split(), ("log",)),
    **dict.fromkeys("label_name title __name__".split(), ("name",)),
    **dict.fromkeys("solution_format gold_layout gold_pattern".split(), ("gold_format",)),
    # Of a format.
    **dict.fromkeys(
        "think thinking reasoning_tags think_tags reasoning_start reasoning_end start_tag".split(),
        ("reasoning",),
    ),
    **dict.fromkeys("answer_tags solution_start solution_end solution_tags".split(), ("answer",)),
    **dict.fromkeys("prefill prefilled prefix add_opening".split(), ("opening",)),
    **dict.fromkeys("eos_token stop stop_tokens end_token".split(), ("eos",)),
    # Of a policy.
    **dict.fromkeys(
        "tolerance tol rtol rel_tol relative_error margin".split(), ("relative_tolerance",)
    ),
    **dict.fromkeys("atol abs_tol absolute_error epsilon".split(), ("absolute_tolerance",)),
    **dict.fromkeys(
        "precision decimals places float_rounding numeric_precision".split(), ("digits",)
    ),
    **dict.fromkeys("timeout timeout_seconds time_limit".split(), ("deadline",)),
    **dict.fromkeys("memory_limit max_memory mem".split(), ("memory",)),
    **dict.fromkeys("ordered order sort".split(), ("ordered_lists",)),
    **dict.fromkeys("units ignore_units unit_optional".split(), ("units_optional",)),
}
# Where what they mean is no option, but something else to write.
REMEDIES: Mapping[str, str] = {
    **dict.fromkeys(
        "tolerance tol rtol rel_tol margin".split(),
        "numbers are compared exactly, unless a policy allows more: write "
        "policy=Policy(relative_tolerance=0.01)",
    ),
    **dict.fromkeys("atol abs_tol epsilon".split(), "write policy=Policy(absolute_tolerance=0.5)"),
    **dict.fromkeys(
        "precision decimals places float_rounding numeric_precision".split(),
        "write policy=Policy(digits=4), by which a decimal may be rounded",
    ),
    **dict.fromkeys(("timeout", "timeout_seconds"), "write policy=Policy(deadline=1.0)"),
    **dict.fromkeys(
        "digits relative_tolerance absolute_tolerance units_optional percent_optional "
        "ordered_lists deadline memory max_length".split(),
        "it is an option of a policy: write policy=Policy({name}=...)",
    ),
    **dict.fromkeys(
        ("weight", "weights", "scale", "coef", "coefficient", "factor"),
        "multiply the reward, as in 0.5 * check_answer, or give the trainer reward_weights",
    ),
    **dict.fromkeys(
        ("gold", "gold_column"),
        "give it the reward that reads the gold: correctness=CheckAnswer(gold=...)",
    ),
    **dict.fromkeys(
        ("completions", "prompts", "completion_ids"),
        "a class was called like a reward: give reward_funcs an instance, as in {kind}(...)",
    ),
}
# Names of functions and classes elsewhere, and what does the same here.
NAMES: Mapping[str, str] = {
    **dict.fromkeys(
        "accuracy_reward reasoning_accuracy_reward correctness_reward correctness_reward_func "
        "answer_reward math_reward equation_reward_func".split(),
        "check_answer",
    ),
    **dict.fromkeys(
        "format_reward think_format_reward match_format_exactly strict_format_reward_func "
        "soft_format_reward_func format_reward_func".split(),
        "exact_format",
    ),
    "match_format_approximately": "approximate_format",
    "int_reward_func": "check_numbers",
    **dict.fromkeys("tag_count_reward xmlcount_reward_func count_xml".split(), "tag_count"),
    "reasoning_steps_reward": "step_count",
    **dict.fromkeys("len_reward length_reward".split(), "LengthTarget"),
    **dict.fromkeys("cosine_scaled_reward get_cosine_scaled_reward".split(), "CosineLength"),
    **dict.fromkeys(
        "get_soft_overlong_punishment soft_overlong_punishment".split(), "SoftOverlongPunishment"
    ),
    **dict.fromkeys("get_repetition_penalty_reward ngram_penalty".split(), "RepetitionPenalty"),
    **dict.fromkeys("code_reward ioi_code_reward get_code_format_reward".split(), "check_code"),
    **dict.fromkeys("function_works no_cheating speed_check".split(), "check_function"),
    **dict.fromkeys(
        "verify math_verify is_equiv is_equal math_equal grade_answer equal compute_score".split(),
        "compare",
    ),
    **dict.fromkeys(
        "parse extract_answer extract_boxed last_boxed_only_string extract_hash_answer".split(),
        "BOXED.parse(text).answer, with BOXED or another format",
    ),
    **dict.fromkeys(
        "combine combined weighted_sum Sum WeightedSum add".split(),
        "a sum of rewards, as in 0.2 * exact_format + check_answer",
    ),
    **dict.fromkeys("RewardFunction BaseReward RewardFunc Verifier".split(), "Reward"),
    **dict.fromkeys("reward_fn reward_function make_reward register".split(), "reward"),
    **dict.fromkeys("wrap wrap_reward from_function".split(), "as_reward"),
    **dict.fromkeys("Format Layout Template".split(), "ResponseFormat"),
    **dict.fromkeys(
        "audit assert_reward_contract exploits right_forms".split(),
        "it from grpo_rewards.testing",
    ),
    **dict.fromkeys(
        "MontySandbox JailSandbox RemoteSandbox".split(), "it from grpo_rewards.sandboxes"
    ),
}
# Presets by the names of models, datasets and styles.
STYLES: Mapping[str, str] = {
    **dict.fromkeys("think r1_zero deepseek_r1_zero xml tags think_format".split(), "THINK_ANSWER"),
    **dict.fromkeys(
        "qwen qwen3 deepseek deepseek_r1 r1 reasoning thinking open_r1".split(), "THINK_BOXED"
    ),
    **dict.fromkeys("box math latex qwen2_5 llama".split(), "BOXED"),
    **dict.fromkeys("gsm8k hash ####".split(), "HASHES"),
    **dict.fromkeys("none plain text auto any free".split(), "FREEFORM"),
    **dict.fromkeys("unsloth solution default".split(), "WORKING_OUT"),
}


def near(guess: str, names: Iterable[str]) -> list[str]:
    """The names that a guess may mean, the nearest first; case and separators do not count.

    Example:
        >>> near("Check-anwser", ["check_answer", "exact_format", "BOXED"])
        ['check_answer']
    """
    by_plain = {_plain(name): name for name in names}
    plain = _plain(guess)
    close = get_close_matches(plain, by_plain, cutoff=0.7)
    if not close and len(plain) >= SHORTEST_PART:
        close = [name for name in by_plain if plain in name][:3]
    return [by_plain[name] for name in close]


def near_name(guess: str, names: Sequence[str], elsewhere: Mapping[str, str] = NAMES) -> str:
    """What to write in place of a name, in a sentence's end; empty where nothing is near.

    Example:
        >>> (
        ...     near_name("accuracy_reward", ["check_answer"]),
        ...     near_name("chek_answer", ["check_answer"]),
        ... )
        ('write check_answer', 'did you mean check_answer?')
    """
    known = {_plain(name): meant for name, meant in elsewhere.items()}
    same = [name for name in names if _plain(name) == _plain(guess)]
    meant = same[0] if same else known.get(_plain(guess))
    if meant and guess not in names:
        return f"write {meant}"
    found = near(guess, names)
    return f"did you mean {one_of(found)}?" if found else ""


def no_such_name(module: str, name: str, names: Sequence[str]) -> Exception:
    """The error of a name that a module does not have, and what to write instead.

    ``from module import name`` shows no text of an `AttributeError`, and gets an `ImportError`;
    whoever asks for an attribute gets what `hasattr` and `getattr` expect.
    """
    meant = near_name(name, names)
    said = f"{module} has no {name!r}" + (f": {meant}" if meant else "")
    caller = sys._getframe(2)
    operation = caller.f_code.co_code[caller.f_lasti] if caller.f_lasti >= 0 else -1
    if operation == opmap["IMPORT_FROM"]:
        return ImportError(said, name=module)
    return AttributeError(said, name=name)


def near_option(guess: str, options: Sequence[str], kind: str = "it") -> str:
    """What to write in place of an option, as `near_name` says it."""
    meant = next((each for each in OPTIONS.get(guess, ()) if each in options), None)
    if meant:
        return f"write {meant}=..."
    if guess in REMEDIES:
        return REMEDIES[guess].format(kind=kind, name=guess)
    found = near(guess, options)
    return f"did you mean {one_of(f'{each}=...' for each in found)}?" if found else ""


def one_of(names: Iterable[str]) -> str:
    """Names as a sentence lists them.

    Example:
        >>> one_of(["a", "b", "c"])
        'a, b or c'
    """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_").replace(".", "_").replace(" ", "_").strip("_")


class Guided(type):
    """The type of classes that answer an option which they do not have with the one meant."""

    if not TYPE_CHECKING:  # which would hide the options of each class

        def __call__(cls, *values: Any, **options: Any) -> Any:
            """Make an instance."""
            try:
                return super().__call__(*values, **options)
            except TypeError as error:
                said = "" if isinstance(error, OptionError) else misuse(cls, values, options)
                if said:
                    raise OptionError(said) from None
                raise

        def _no_operand(cls, _: Any) -> NoReturn:
            raise OptionError(
                f"{cls.__name__} is a class and no reward: make one of it, as in "
                f"{cls.__name__}(...)"
            )

        __add__ = __radd__ = __sub__ = __rsub__ = _no_operand
        __mul__ = __rmul__ = __truediv__ = _no_operand

        @property
        def __signature__(cls) -> inspect.Signature:
            """The options, in place of what the call above takes."""
            signature = inspect.signature(cls.__init__)
            return signature.replace(parameters=list(signature.parameters.values())[1:])


def explained(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let a function of options answer one that it does not have as `Guided` classes do."""

    @functools.wraps(function)
    def called(*values: Parameters.args, **options: Parameters.kwargs) -> Result:
        try:
            return function(*values, **options)
        except TypeError as error:
            said = "" if isinstance(error, OptionError) else misuse(function, values, options)
            if said:
                raise OptionError(said) from None
            raise

    return called


def misuse(kind: Callable[..., Any], values: Sequence[Any], options: Mapping[str, Any]) -> str:
    """Why a class or a function cannot be called so, and how it can; empty if it can."""
    taken = list(inspect.signature(kind).parameters.values())
    if taken and taken[0].name == "self":  # of a method
        taken, values = taken[1:], values[1:]
    if any(each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD) for each in taken):
        return ""
    names = [each.name for each in taken]
    placed = [each.name for each in taken if each.kind is not each.KEYWORD_ONLY]
    stranger = next((name for name in options if name not in names), None)
    if stranger is not None:
        remedy = _called(kind, values, options) or near_option(stranger, names, kind.__name__)
        remedy = f"{remedy}; " if remedy else ""
        return (
            f"{kind.__name__} has no option {stranger!r}: {remedy}its options are "
            f"{', '.join(names)}"
        )
    if len(values) > len(placed):
        given = values[len(placed)]
        example = f"{_option_for(given, names)}={in_short(given, 60)}"
        return (
            f"{kind.__name__} takes its options by name, not {in_short(given, 60)} by its place: "
            f"write {kind.__name__}({example})"
        )
    missing = [
        each.name
        for each in taken[len(values) :]
        if each.default is each.empty and each.name not in options
    ]
    if missing:
        example = ", ".join(f"{name}=..." for name in missing)
        return f"{kind.__name__} needs {', '.join(missing)}: write {kind.__name__}({example})"
    return ""


def _called(kind: Callable[..., Any], values: Sequence[Any], options: Mapping[str, Any]) -> str:
    """What to write where a class of rewards, or a function that makes some, got a batch."""
    given = [*values[:1], *(options.get(name) for name in ("answer", "solution"))]
    if not any(isinstance(each, list) for each in given):
        return ""
    if hasattr(kind, "explain"):
        return REMEDIES["completions"].format(kind=kind.__name__)
    if not isinstance(kind, type) and kind.__name__.endswith("_rewards"):
        return f"it makes rewards and is none: write reward_funcs={kind.__name__}(...)"
    return ""


def _option_for(value: Any, names: Sequence[str]) -> str:
    """The option that a value without a name is likeliest meant for."""
    wanted: tuple[str, ...] = ()
    if type(value).__name__ in ("ResponseFormat", "Policy"):
        wanted = ("format",) if type(value).__name__ == "ResponseFormat" else ("policy",)
    elif isinstance(value, str):
        wanted = ("gold", "tests", "column", "language", "name")
    elif isinstance(value, tuple | list):
        wanted = ("reasoning", "among")
    elif isinstance(value, int | float):
        wanted = ("digits", "max_length", "target", "every", "correct", "exact")
    return next((name for name in (*wanted, *names) if name in names), "option")
