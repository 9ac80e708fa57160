"""The example for verl: its data and keys, what it refuses, and ``--check`` with verl's workers."""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grpo_rewards import WORKING_OUT

EXAMPLES = Path(__file__).parents[2] / "examples"
SCRIPT = EXAMPLES / "train_verl.py"

needs_verl = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("verl", "ray", "PIL")),
    reason="verl is not installed: python tools/compat.py verl",
)


load = importlib.import_module


@pytest.fixture(scope="module", autouse=True)
def _examples_can_be_imported():
    """For as long as they are used; afterwards their modules are forgotten."""
    before = set(sys.modules)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(EXAMPLES)
        yield
    for module in {path.stem for path in EXAMPLES.glob("*.py")} - before:
        sys.modules.pop(module, None)


@pytest.fixture(scope="module")
def script():
    return load("train_verl")


@pytest.fixture
def parsed(script, monkeypatch):
    def parse(*flags):
        monkeypatch.setattr(sys, "argv", ["train_verl.py", *flags])
        return script.parse_arguments()

    return parse


def problems_of(script, settings):
    load_problems = load("problems").load_problems
    return script.Problems(*load_problems(settings), longest_prompt=90)


class TestData:
    """The parquet files; needs nothing of verl."""

    @pytest.fixture
    def read(self, script, parsed, tmp_path):
        parquet = pytest.importorskip("pyarrow.parquet")
        settings = script.settings_of(parsed("--train-problems", "60", "--held-out", "20"))
        files = script.write_data(problems_of(script, settings), settings, tmp_path)
        return settings, {
            name: parquet.read_table(file).to_pylist() for name, file in files.items()
        }

    def test_the_columns_are_those_that_verl_reads(self, read):
        _, rows = read
        assert [len(rows[name]) for name in ("train", "held_out")] == [60, 25]
        for row in (*rows["train"], *rows["held_out"]):
            assert row["data_source"] == "arithmetic"
            assert row["reward_model"]["ground_truth"].isdigit()
            assert [turn["role"] for turn in row["prompt"]] == ["system", "user"]
            assert row["prompt"][1]["content"] == row["extra_info"]["question"]
        assert [row["extra_info"]["index"] for row in rows["train"]] == list(range(60))

    def test_the_problems_are_those_of_the_other_example(self, read, script):
        """Of the same seed, the held-out ones kept apart."""
        settings, rows = read
        asked = {name: [row["extra_info"]["question"] for row in rows[name]] for name in rows}
        other = load("settings").PRESETS["smollm2"]
        assert (settings.dataset, settings.seed) == (other.dataset, other.seed)
        training = load("problems").made_problems("arithmetic", 60, other.seed)
        assert asked["train"] == [row["question"] for row in training]
        assert not set(asked["train"]) & set(asked["held_out"])

    def test_the_prompt_says_what_the_format_is(self, read):
        _, rows = read
        assert rows["train"][0]["prompt"][0]["content"] == WORKING_OUT.system_prompt()

    def test_a_row_is_judged_by_its_gold(self, read):
        compute_score = load("verl_rewards").compute_score
        _, rows = read
        for row in rows["held_out"]:
            gold = row["reward_model"]["ground_truth"]
            for answer, accuracy in ((gold, 1.0), (f"{gold}1", 0.0)):
                text = WORKING_OUT.render("so", answer, opening=False)
                said = compute_score(row["data_source"], text, gold, row["extra_info"])
                assert said["acc"] == accuracy

    def test_the_datasets_library_reads_them(self, script, parsed, tmp_path):
        datasets = pytest.importorskip("datasets")
        settings = script.settings_of(parsed("--train-problems", "5", "--held-out", "4"))
        files = script.write_data(problems_of(script, settings), settings, tmp_path / "data")
        table = datasets.Dataset.from_parquet(str(files["train"]), cache_dir=str(tmp_path / "c"))
        assert table[0]["prompt"][1]["content"] == table[0]["extra_info"]["question"]


class TestRewards:
    """What the reward workers load is what the other example trains with."""

    def test_the_parts_are_the_same(self):
        built = load("train_grpo").build_rewards(load("settings").PRESETS["smollm2"])
        (reward,) = load("verl_rewards").compute_score.by_source.values()
        assert list(reward.parts) == built

    def test_the_score_is_their_sum(self):
        samples = load("dry_run").sample_responses("42")
        built = load("train_grpo").build_rewards(load("settings").PRESETS["smollm2"])
        for text in samples.values():
            said = load("verl_rewards").compute_score("arithmetic", text, "42", {})
            assert said["score"] == sum(reward([text], answer=["42"])[0] for reward in built)

    def test_the_documentation_has_what_they_pay(self):
        page = (EXAMPLES.parent / "docs" / "several-processes.md").read_text(encoding="utf-8")
        heads = re.search(r"^ *score +acc .* response$", page, re.MULTILINE)[0].split()[:-2]
        for kind, text in load("dry_run").sample_responses("42").items():
            said = load("verl_rewards").compute_score("arithmetic", text, "42", {})
            numbers = re.search(rf"^([-\d. ]+)  {kind}$", page, re.MULTILINE)[1].split()[:-1]
            assert dict(zip(heads, map(float, numbers), strict=True)) == {
                name: said[name] for name in heads
            }


class TestKeys:
    """The settings under verl's names."""

    @pytest.fixture
    def keys(self, script, parsed, tmp_path):
        def made(*flags):
            arguments = parsed("--output-dir", str(tmp_path), "--train-problems", "60", *flags)
            settings = script.settings_of(arguments)
            run = script.Run(settings, tmp_path, tmp_path)
            files = {name: tmp_path / f"{name}.parquet" for name in ("train", "held_out")}
            problems = problems_of(script, settings)
            given = script.overrides(arguments, run, "./a model", problems, files)
            return dict(each.split("=", 1) for each in given), given

        return made

    def test_they_are_the_settings_of_the_preset(self, keys):
        found, _ = keys()
        preset = load("settings").PRESETS["smollm2"]
        actor, rollout = "actor_rollout_ref.actor", "actor_rollout_ref.rollout"
        same = {
            "data.train_batch_size": preset.prompts_per_step,
            "data.max_response_length": preset.max_completion_length,
            "data.max_prompt_length": 90,
            "actor_rollout_ref.model.lora_rank": preset.lora_rank,
            "actor_rollout_ref.model.lora_alpha": preset.lora_alpha,
            "algorithm.adv_estimator": "grpo",
            f"{actor}.use_kl_loss": False,
            f"{actor}.ppo_mini_batch_size": preset.prompts_per_step,
            f"{actor}.ppo_micro_batch_size_per_gpu": preset.micro_batch,
            f"{actor}.optim.lr": preset.learning_rate,
            f"{actor}.optim.weight_decay": preset.weight_decay,
            f"{rollout}.n": preset.num_generations,
            f"{rollout}.temperature": preset.temperature,
            "trainer.total_training_steps": preset.max_steps,
        }
        assert {key: found[key] for key in same} == {key: str(value) for key, value in same.items()}

    def test_an_epoch_is_repeated_until_the_steps_are_done(self, keys):
        assert keys()[0]["trainer.total_epochs"] == "1"  # 12 steps of 4 of 60 problems
        assert keys("--max-steps", "24")[0]["trainer.total_epochs"] == "2"

    def test_gpus_divide_what_a_backward_pass_has(self, keys):
        found, _ = keys("--nodes", "2", "--gpus-per-node", "4")
        assert found["trainer.nnodes"] == "2"
        assert found["trainer.n_gpus_per_node"] == "4"
        assert found["actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu"] == "4"

    def test_what_hydra_would_not_read_is_quoted(self, keys):
        found, _ = keys()
        assert found["actor_rollout_ref.model.path"] == '"./a model"'
        assert found["trainer.logger"] == "[console]"

    def test_a_run_goes_on_only_when_asked_to(self, keys):
        assert keys()[0]["trainer.resume_mode"] == "disable"
        assert keys("--resume")[0]["trainer.resume_mode"] == "auto"

    def test_keys_of_ones_own_come_last(self, keys):
        _, given = keys("trainer.save_freq=5", "+trainer.note=x")
        assert given[-2:] == ["trainer.save_freq=5", "+trainer.note=x"]

    def test_the_rewards_are_a_file_that_is_there(self, keys):
        found, _ = keys()
        path = Path(json.loads(quoted(found["reward.custom_reward_function.path"])))
        assert path.is_file()
        assert hasattr(load(path.stem), found["reward.custom_reward_function.name"])


def quoted(text):
    return text if text.startswith('"') else json.dumps(text)


class TestRefused:
    """What a run could not take is said in a sentence, before anything is loaded."""

    @pytest.mark.parametrize(
        ("flags", "said"),
        [
            (("--nodes", "0"), "--nodes 0: it is at least 1."),
            (("--gpus-per-node", "0"), "--gpus-per-node 0: it is at least 1."),
            (("--reward-workers", "-1"), "--reward-workers -1: it is at least 1."),
            (("--engine", "vlm"), "--engine vlm: did you mean vllm?"),
            (("--gpus-per-node", "3"), "3 GPUs have to divide the 32 completions"),
            (("--nodes", "2", "--micro-batch", "12"), "--micro-batch 12"),
            (("--lora-rank", "12"), "vLLM takes 8, 16, 32"),
            (("--num-generations", "1"), "--num-generations 1: it is at least 2."),
            (("--max-completion-length", "512"), "leaves no room for a prompt"),
            (("--dataset", "arithmetik"), "did you mean arithmetic?"),
            (("--model", "./nowhere"), "there is no such folder"),
            (("--learning-rat", "1"), "did you mean --learning-rate?"),
            (("--num-gpus", "2"), "there is no flag --num-gpus"),
            (("nonsense",), "is written key=value"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_it_is_said(self, flags, said, script, parsed, capsys):
        with pytest.raises(SystemExit) as end:
            script.settings_of(parsed("--check", *flags))
        code = end.value.code
        assert code not in (0, None)
        assert said in (code if isinstance(code, str) else capsys.readouterr().err)

    def test_sglang_takes_any_rank(self, script, parsed):
        flags = ("--engine", "sglang", "--lora-rank", "12")
        assert script.settings_of(parsed(*flags)).lora_rank == 12

    @pytest.mark.skipif(
        importlib.util.find_spec("verl") is not None, reason="where verl is not installed"
    )
    def test_without_verl_it_says_how_to_install_it(self, script, monkeypatch, tmp_path):
        monkeypatch.setattr(sys, "argv", ["x", "--check", "--output-dir", str(tmp_path / "out")])
        with pytest.raises(SystemExit, match=r"verl is not installed\. .*pip install"):
            script.main()
        assert not (tmp_path / "out").exists()


def model_folder(folder):
    """A model without weights: a configuration, and a tokenizer of bytes with a chat template."""
    tokenizers = pytest.importorskip("tokenizers")
    transformers = pytest.importorskip("transformers")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    special = {"pad_token": "<|pad|>", "eos_token": "<|end|>"}
    trainer = tokenizers.trainers.BpeTrainer(
        special_tokens=list(special.values()), initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator([], trainer)
    fast = transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special)
    fast.chat_template = (
        "{% for turn in messages %}{{ turn['role'] }}: {{ turn['content'] }}\n{% endfor %}"
        "{% if add_generation_prompt %}assistant: {% endif %}"
    )
    fast.save_pretrained(folder)
    small = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1}
    heads = {"num_attention_heads": 2, "num_key_value_heads": 2, "vocab_size": len(fast)}
    config = transformers.LlamaConfig(**small, **heads, architectures=["LlamaForCausalLM"])
    config.save_pretrained(folder)
    return folder


@needs_verl
@pytest.mark.filterwarnings("ignore")
@pytest.mark.timeout(1200)  # importing verl and starting Ray, in each worker, on a busy machine
class TestCheck:
    """With verl itself, on the CPU."""

    def test_its_reward_workers_pay_what_the_rewards_pay(self, tmp_path):
        parquet = pytest.importorskip("pyarrow.parquet")
        model = model_folder(tmp_path / "model")
        command = [sys.executable, str(SCRIPT), "--check", "--model", str(model)]
        size = ["--train-problems", "40", "--held-out", "10", "trainer.save_freq=5"]
        for _ in range(3):
            result = subprocess.run(
                [*command, *size, "--output-dir", str(tmp_path / "out")],
                env=os.environ | {"HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"},
                capture_output=True,
                text=True,
                check=False,
            )
            # Ray gives its agents fifteen seconds to start, which a busy machine may need longer.
            if "timed out during startup" not in result.stderr:
                break
        assert result.returncode == 0, result.stderr[-4000:]
        said = result.stdout
        assert "All configuration checks passed" in said
        assert f"assistant: {WORKING_OUT.tags[0]}\n" in said
        assert "48 made responses to held-out problems, judged by 2 workers of verl (naive)" in said
        assert re.search(r"-m \\\n +verl\.trainer\.main_ppo", said)
        assert re.search(r"trainer\.save_freq=5\n*$", said)
        lines = said.splitlines()
        (heads,) = [line.split()[:-1] for line in lines if line.split()[:2] == ["score", "acc"]]
        assert heads[2] == "no_opinion"
        assert heads[-1] == "advantage"
        paid = {}
        for kind in load("dry_run").sample_responses("42"):
            (line,) = [line for line in lines if line.endswith(f"  {kind}")]
            numbers = map(float, line.removesuffix(kind).split())
            paid[kind] = dict(zip(heads, numbers, strict=True))
        score = load("verl_rewards").compute_score
        table = parquet.read_table(tmp_path / "out" / "data" / "held_out.parquet")
        golds = [row["reward_model"]["ground_truth"] for row in table.to_pylist()[:8]]
        for kind, found in paid.items():
            texts = [load("dry_run").sample_responses(gold)[kind] for gold in golds]
            expected = [score("x", text, gold, {}) for text, gold in zip(texts, golds, strict=True)]
            for name in heads[:-1]:
                mean = sum(each[name] for each in expected) / len(golds)
                assert found[name] == pytest.approx(mean, abs=0.006), (kind, name)
        best = max(paid, key=lambda kind: paid[kind]["advantage"])
        assert best == "right, in the format"
        assert sum(each["advantage"] for each in paid.values()) == pytest.approx(0, abs=0.05)

    def test_without_a_gpu_it_says_what_can_be_done(self, script, monkeypatch, tmp_path):
        torch = pytest.importorskip("torch")
        if torch.cuda.is_available():
            pytest.skip("there is a GPU")
        monkeypatch.delenv("RAY_ADDRESS", raising=False)
        monkeypatch.setattr(sys, "argv", ["x", "--output-dir", str(tmp_path / "out")])
        with pytest.raises(SystemExit, match=r"torch sees no GPU: add `--check`"):
            script.main()
        assert not (tmp_path / "out").exists()

    @pytest.mark.parametrize(
        ("key", "said"),
        [
            ("trainer.nnode=2", "nnode"),
            ("actor_rollout_ref.rollout.n=[", "rollout.n=["),
            ("actor_rollout_ref.actor.ppo_mini_batch_size=8", "train_batch_size"),
            ("actor_rollout_ref.actor.loss_agg_mode=mean", "loss_agg_mode"),
        ],
    )
    def test_what_verl_does_not_take_is_said(self, key, said, script, parsed, tmp_path):
        arguments = parsed("--output-dir", str(tmp_path), "--train-problems", "60", key)
        settings = script.settings_of(arguments)
        run = script.Run(settings, tmp_path, tmp_path)
        files = {name: tmp_path / f"{name}.parquet" for name in ("train", "held_out")}
        model = model_folder(tmp_path / "model")
        model_folder(tmp_path / "tokenizer")
        problems = problems_of(script, settings)
        given = script.overrides(arguments, run, str(model), problems, files)
        with pytest.raises(SystemExit) as end:
            script.compose(given)
        assert str(end.value).startswith("verl takes no such configuration: ")
        assert said in str(end.value)
        assert script.compose([each for each in given if each != key]).trainer.nnodes == 1
