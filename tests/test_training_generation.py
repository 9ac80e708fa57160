"""The example's completions, which read a prompt once, and what a run shows while it goes."""

from __future__ import annotations

import copy
import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
needs_torch = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("torch", "transformers")),
    reason="needs torch and transformers: pip install 'grpo-rewards[train]'",
)


@pytest.fixture
def rollouts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import rollouts

    return rollouts


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import learning

    return learning


@pytest.fixture
def products(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import products

    return products


@pytest.fixture
def showing(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(EXAMPLES))
    import showing

    return showing


@pytest.fixture(scope="module")
def model() -> Any:
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=40,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=0.6,
    )
    return LlamaForCausalLM(config).eval()


def fused(model: Any) -> Any:
    """The model with TRL's question for the logarithm of each next token's probability.

    TRL's own (`add_fused_lm_head`) needs triton, or Unsloth.
    """
    plain = model.forward

    def forward(*given: Any, fused_lm_head: bool = False, labels: Any = None, **named: Any) -> Any:
        if not fused_lm_head:
            return plain(*given, **named)
        hidden = model.model(*given, **named, use_cache=False).last_hidden_state[:, :-1]
        chances = model.lm_head(hidden).log_softmax(dim=-1)
        wanted = labels[:, 1:]
        found = chances.gather(2, wanted.clamp(min=0)[..., None])[..., 0]
        return SimpleNamespace(log_probs=found.where(wanted != -100, 0.0), entropy=None)

    model.forward = forward
    return model


def batch_of(*prompts: list[int]) -> dict[str, Any]:
    """Prompts padded at the left with 0."""
    import torch

    longest = max(map(len, prompts))
    tokens = torch.tensor([[0] * (longest - len(prompt)) + prompt for prompt in prompts])
    return {"input_ids": tokens, "attention_mask": (tokens != 0).long()}


PROMPTS = ([5, 6, 7], [5, 6, 7], [9, 8, 7, 6, 5], [11], [5, 6, 7], [11], [30, 3, 22, 14])


@pytest.mark.train
@needs_torch
class TestCompletions:
    @pytest.mark.parametrize("length", [1, 11, 12, 13, 30])
    def test_greedy_tokens_are_those_of_generate(
        self, rollouts: ModuleType, model: Any, length: int
    ) -> None:
        """Whatever ends when: each token is taken for the end in turn."""
        from transformers import GenerationConfig

        batch = batch_of(*PROMPTS)
        ended = set()
        for end in range(1, 40, 3):
            config = GenerationConfig(
                max_new_tokens=length, do_sample=False, eos_token_id=end, pad_token_id=0
            )
            plain = model.generate(**batch, generation_config=config)
            staged = rollouts.complete(model, batch, config)
            assert staged.shape == (len(PROMPTS), 5 + length)
            assert (staged[:, : plain.shape[1]] == plain).all()
            assert not staged[:, plain.shape[1] :].any()
            ended |= {int((row[5:] != 0).sum()) for row in plain}
        assert length == 1 or len(ended) > 1

    def test_some_rows_take_the_likeliest_and_others_sample(
        self, rollouts: ModuleType, model: Any
    ) -> None:
        import torch
        from transformers import GenerationConfig

        batch = batch_of(*PROMPTS, *PROMPTS)
        greedy = torch.arange(2 * len(PROMPTS)) < len(PROMPTS)
        how = {"max_new_tokens": 20, "eos_token_id": 39, "pad_token_id": 0}
        likeliest = model.generate(
            **batch, generation_config=GenerationConfig(do_sample=False, **how)
        )
        torch.manual_seed(2)
        mixed = rollouts.complete(
            model,
            batch,
            GenerationConfig(do_sample=True, top_k=0, temperature=2.0, **how),
            greedy,
        )
        same = (mixed[:, : likeliest.shape[1]] == likeliest).all(dim=1)
        assert same[greedy].all()
        assert not same[~greedy].any()

    def test_an_adapter_takes_part_and_weights_stay_as_they_are(
        self, rollouts: ModuleType, model: Any
    ) -> None:
        import torch
        from transformers import GenerationConfig

        peft = pytest.importorskip("peft")
        torch.manual_seed(4)
        lora = peft.LoraConfig(r=2, target_modules="all-linear", init_lora_weights=False)
        adapted = peft.get_peft_model(copy.deepcopy(model), lora).eval()
        adapted.products = "float32"
        weights = {name: weight.clone() for name, weight in adapted.named_parameters()}
        batch = batch_of(*PROMPTS)
        config = GenerationConfig(
            max_new_tokens=20, do_sample=False, eos_token_id=39, pad_token_id=0
        )
        plain = adapted.generate(**batch, generation_config=config)
        tokens = rollouts.complete(adapted, batch, config)
        assert (tokens[:, : plain.shape[1]] == plain).all()
        unadapted = rollouts.complete(model, batch, config)
        assert not (tokens == unadapted).all()
        for name, weight in adapted.named_parameters():
            torch.testing.assert_close(weight, weights[name])
        assert adapted.config._attn_implementation == "sdpa"

    def test_samples_follow_the_model(self, rollouts: ModuleType, model: Any) -> None:
        """The first sampled token is distributed as its probabilities say."""
        import torch
        from transformers import GenerationConfig

        torch.manual_seed(3)
        batch = batch_of(*[[9, 8, 7]] * 4000)
        config = GenerationConfig(
            max_new_tokens=1, do_sample=True, top_k=0, eos_token_id=39, pad_token_id=0
        )
        tokens = rollouts.complete(model, batch, config)
        shares = torch.bincount(tokens[:, 3], minlength=40) / len(tokens)
        with torch.no_grad():
            logits = model(batch["input_ids"][:1]).logits[0, -1]
        assert (shares - logits.softmax(dim=0)).abs().max() < 0.04

    @pytest.mark.parametrize("how", [{"top_p": 0.6}, {"min_p": 0.3}, {"temperature": 0.5}])
    def test_unlikely_tokens_are_dropped_as_asked(
        self, rollouts: ModuleType, model: Any, how: dict[str, float]
    ) -> None:
        import torch
        from transformers import GenerationConfig

        torch.manual_seed(5)
        config = GenerationConfig(
            max_new_tokens=1, do_sample=True, top_k=0, eos_token_id=39, pad_token_id=0, **how
        )
        tokens = rollouts.complete(model, batch_of(*[[9, 8, 7]] * 4000), config)
        shares = torch.bincount(tokens[:, 3], minlength=40) / len(tokens)
        with torch.no_grad():
            logits = model(torch.tensor([[9, 8, 7]])).logits[0, -1]
        chances = (logits / how.get("temperature", 1.0)).softmax(dim=0)
        if "top_p" in how:
            falling, which = chances.sort(descending=True)
            chances[which[falling.cumsum(dim=0) - falling >= how["top_p"]]] = 0
        if "min_p" in how:
            chances[chances < how["min_p"] * chances.max()] = 0
        assert (chances == 0).any() == ("temperature" not in how)
        assert not shares[chances == 0].any()
        assert (shares - chances / chances.sum()).abs().max() < 0.04


@pytest.mark.train
@needs_torch
class TestProducts:
    """How frozen layers multiply: those of `model`, and what is learned of none of them."""

    @pytest.fixture
    def frozen(self, model: Any) -> Any:
        return copy.deepcopy(model).requires_grad_(False)

    def test_packed_weights_say_the_same(self, products: ModuleType, frozen: Any) -> None:
        import torch

        tokens = torch.tensor([[5, 6, 7], [9, 8, 7]])
        plain = frozen(tokens).logits
        frozen.products = "float32"
        with torch.no_grad(), products.weights_packed(frozen):
            torch.testing.assert_close(frozen(tokens).logits, plain)

    @pytest.mark.parametrize("way", ["weights_packed", "weights_rounded"])
    def test_in_bfloat16_they_say_about_the_same(
        self, products: ModuleType, frozen: Any, way: str
    ) -> None:
        import torch

        tokens = torch.tensor([[5, 6, 7], [9, 8, 7]])
        plain = frozen(tokens).logits
        frozen.products = "bfloat16"
        with torch.no_grad(), getattr(products, way)(frozen):
            rounded = frozen(tokens).logits
        assert rounded.dtype == torch.float32
        assert not torch.equal(rounded, plain)
        assert torch.cosine_similarity(plain.flatten(), rounded.flatten(), dim=0) > 0.999

    def test_gradients_pass(self, products: ModuleType, frozen: Any) -> None:
        import torch

        embedded = frozen.get_input_embeddings()(torch.tensor([[5, 6, 7]])).requires_grad_()

        def gradient() -> Any:
            return torch.autograd.grad(frozen(inputs_embeds=embedded).logits.sum(), embedded)[0]

        plain = gradient()
        frozen.products = "bfloat16"
        with products.weights_rounded(frozen):
            rounded = gradient()
        assert torch.cosine_similarity(plain.flatten(), rounded.flatten(), dim=0) > 0.99

    def test_layers_are_put_back_and_what_is_learned_is_let_alone(
        self, products: ModuleType, frozen: Any
    ) -> None:
        frozen.products = "bfloat16"
        frozen.lm_head.weight.requires_grad_()
        layer = frozen.model.layers[0].mlp.up_proj
        for way in (products.weights_packed, products.weights_rounded):
            with way(frozen):
                assert "forward" in vars(layer)
                assert "forward" not in vars(frozen.lm_head)
            assert "forward" not in vars(layer)

    def test_a_model_says_which_precision(self, products: ModuleType, frozen: Any) -> None:
        """And where it does not, the processor is tried."""
        assert products.in_bfloat16(frozen) == products.bfloat16_is_faster()
        for chosen in ("float32", "bfloat16"):
            frozen.products = chosen
            assert products.in_bfloat16(frozen) == (chosen == "bfloat16")


class TestLearning:
    def test_a_trainer_s_generation_is_put_back(self, learning: ModuleType, model: Any) -> None:
        from transformers import GenerationConfig

        config = GenerationConfig(
            max_new_tokens=8, do_sample=False, eos_token_id=39, pad_token_id=0
        )
        plain = model.generate(**batch_of(*PROMPTS), generation_config=config)
        with learning.prompts_read_once(model):
            inside = model.generate(
                **batch_of(*PROMPTS), generation_config=config, disable_compile=True
            )
        assert (inside[:, : plain.shape[1]] == plain).all()
        assert "generate" not in vars(model)

    def test_a_trainer_learns_the_same(self, learning: ModuleType, model: Any) -> None:
        """Probabilities and gradients, of prompts and completions of any length."""
        import torch

        learner = fused(copy.deepcopy(model).double())
        prompts, completions = batch_of(*PROMPTS), batch_of(*(p[::-1] for p in PROMPTS))
        # Completions are padded at the right.
        answers = completions["input_ids"].flip(1)
        tokens = torch.cat([prompts["input_ids"], answers], dim=1)
        mask = (tokens != 0).long()
        labels = tokens.masked_fill(mask == 0, -100)
        labels[:, :5] = -100
        given = {"input_ids": tokens, "attention_mask": mask, "labels": labels}

        def learn() -> tuple[Any, ...]:
            learner.zero_grad()
            found = learner(**given, fused_lm_head=True).log_probs[:, -5:]
            found.square().sum().backward()
            return found, *(weight.grad.clone() for weight in learner.parameters())

        plain = learn()
        with learning.prompts_read_once(learner):
            shared = learn()
        for one, other in zip(plain, shared, strict=True):
            # Rotary positions are single precision, and count the padding or not.
            torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-3)

    @pytest.mark.parametrize("taught", [(0, 2, 4), (6,), ()])
    def test_what_teaches_nothing_changes_nothing(
        self, learning: ModuleType, model: Any, taught: tuple[int, ...]
    ) -> None:
        """Loss, probabilities and gradients, where all scores of a group are the same."""
        import torch

        learner = fused(copy.deepcopy(model).double())
        prompts, completions = batch_of(*PROMPTS), batch_of(*(p[::-1] for p in PROMPTS))
        tokens = torch.cat([prompts["input_ids"], completions["input_ids"].flip(1)], dim=1)
        mask = (tokens != 0).long()
        labels = tokens.masked_fill(mask == 0, -100)
        labels[:, :5] = -100
        given = {"input_ids": tokens, "attention_mask": mask, "labels": labels}
        worth = torch.zeros(len(tokens), 1, dtype=torch.float64)
        worth[list(taught)] = torch.tensor([[2.0]], dtype=torch.float64) - len(taught)
        read = []

        def compute_loss(model: Any, _: Any) -> Any:
            read.append(model(**given, fused_lm_head=True).log_probs)
            return -(worth * read[-1][:, -5:]).sum()

        def gradients() -> list[Any]:
            learner.zero_grad()
            trainer.compute_loss(learner, {"advantages": worth[:, 0]}).backward()
            return [weight.grad.clone() for weight in learner.parameters()]

        trainer = SimpleNamespace(beta=0.0, compute_loss=compute_loss)
        with learning.prompts_read_once(learner):
            whole = gradients()
        with learning.prompts_read_once(learner, trainer):
            some = gradients()
        torch.testing.assert_close(read[0], read[1])
        torch.testing.assert_close(whole, some)
        assert trainer.compute_loss is compute_loss

    def test_a_batch_with_nothing_to_learn_is_read_as_it_is(
        self, learning: ModuleType, model: Any
    ) -> None:
        """Where a trainer masks every completion, or a prompt is of one token."""
        batch = batch_of(*PROMPTS)
        for first in (5, 1):
            labels = batch["input_ids"].clone()
            labels[:, :first] = -100
            given = {**batch, "labels": labels}
            assert learning.read_completions(dict, model, **given) == given


class TestDisplay:
    def test_without_a_terminal_it_prints_lines(
        self, showing: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: Any
    ) -> None:
        """A line a phase, and one now and then, with the time that is left."""
        now = iter([0.0, 0.0, 5.0, 30.0, 60.0])
        monkeypatch.setattr(showing.time, "monotonic", lambda: next(now))
        display = showing.Display(100)
        display.now("GRPO")
        display.add(10, "step 1 of 10")
        display.add(20, "step 3 of 10")
        display.now("comparing")
        display.close()
        assert capsys.readouterr().out.splitlines() == [
            "[0:00] GRPO",
            "[0:30, 1:10 left] GRPO, step 3 of 10",
            "[1:00, 2:20 left] comparing",
        ]

    def test_what_is_done_adds_up_to_the_work(self, showing: ModuleType) -> None:
        settings = sys.modules["settings"].PRESETS["smollm2"]
        rows = settings.prompts_per_step * settings.num_generations
        done = settings.warmup_steps * settings.warmup_batch * showing.WARM_UP_ROW
        done += 2 * settings.held_out * showing.HELD_OUT_ROW
        done += settings.max_steps * rows * showing.GRPO_ROW
        assert showing.work(settings) == done
        assert 0 < showing.work(settings, settings.max_steps - 1) < done

    def test_it_says_what_will_happen_and_how_long_that_takes(self, showing: ModuleType) -> None:
        presets = sys.modules["settings"].PRESETS
        told = showing.announcement(presets["smollm2"])
        assert "200 held-out problems before and after" in told
        assert "minutes" in told
        assert "Going on after step 8" in showing.announcement(presets["smollm2"], 8)
        assert "minutes" not in showing.announcement(presets["qwen3-4b"])

    def test_what_libraries_print_shows_where_something_fails(
        self, showing: ModuleType, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with showing.hushed():
            print("a banner")
            print("a bar", file=sys.stderr)

        def fail() -> None:
            with showing.hushed():
                print("a hint")
                raise OSError("gone")

        with pytest.raises(OSError, match="gone"):
            fail()
        assert capsys.readouterr().err == "a hint\n"
