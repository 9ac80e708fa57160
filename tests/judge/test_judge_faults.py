"""What the faults of a judge model's server come to: no opinion, in time, and said once."""

from __future__ import annotations

import socket
import threading
import time
import warnings

import pytest
from judge_server import QUICK, ask, write

from grpo_rewards import CallLimits, ModelJudge, RewardWarning

GARBAGE = {
    "no JSON": b"<html>Bad gateway</html>",
    "nothing": b"",
    "another object": b'{"error": "no such thing"}',
    "no choices": b'{"choices": []}',
    "a list": b"[1, 2]",
    "a number": b"7",
    "no message": b'{"choices": [{"text": "yes"}]}',
    "a number for a text": b'{"choices": [{"message": {"content": 1}}]}',
    "no unicode": b'\xff\xfe{"choices"',
    "very deep": b"[" * 100_000,
    "a choice that is none": b'{"choices": ["yes"]}',
    "an endless reply": b'{"choices": "' + b"y" * 2_100_000,
}


class TestFaults:
    """What a server does wrong is said, is no opinion, and pays nothing."""

    @pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
    def test_garbage(self, server, judge, content):
        server.behave = lambda prompt, number: write(content)
        with pytest.warns(RewardWarning, match="got no answer to 1 of 1"):
            assert ask(judge, ["41"]) == [None]

    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_what_passes_is_tried_again(self, server, judge, status):
        server.behave = lambda prompt, number: write(b"busy", status) if number < 3 else "yes"
        assert ask(judge, ["41"]) == [5.0]
        assert len(server.prompts) == 3

    def test_what_does_not_pass_is_given_up(self, server, judge):
        server.behave = lambda prompt, number: write(b"broken", 500)
        with pytest.warns(RewardWarning, match="status 500: broken"):
            assert ask(judge, ["41"]) == [None]
        assert len(server.prompts) == QUICK.retries + 1

    @pytest.mark.parametrize("status", [400, 401, 404, 301])
    def test_what_will_not_change_is_not_tried_again(self, server, judge, status):
        server.behave = lambda prompt, number: write(b"no such model", status)
        with pytest.warns(RewardWarning, match=f"status {status}: no such model"):
            assert ask(judge, ["41"]) == [None]
        assert len(server.prompts) == 1

    def test_a_server_that_hangs_costs_a_deadline(self, server):
        stopped = threading.Event()
        server.behave = lambda prompt, number: (
            (lambda handler: stopped.wait(60)) if "41" in prompt else "yes"
        )
        limits = CallLimits(seconds=0.5, retries=0)
        judge = ModelJudge(endpoint=server.endpoint, model="m", calls=limits)
        with pytest.warns(RewardWarning, match=r"no answer within 0\.5 s"):
            assert ask(judge, ["41", "six times seven", "41"]) == [None, 5.0, None]
        stopped.set()

    def test_a_server_that_drips_costs_a_deadline_too(self, server):
        stopped = threading.Event()

        def drip(handler):
            handler.send_response(200)
            handler.send_header("Content-Length", "1000000")
            handler.end_headers()
            while not stopped.wait(0.05):
                try:
                    handler.wfile.write(b" ")
                    handler.wfile.flush()
                except OSError:  # noqa: PERF203 (the client has had enough)
                    return

        server.behave = lambda prompt, number: drip
        limits = CallLimits(seconds=0.5, retries=0)
        judge = ModelJudge(endpoint=server.endpoint, model="m", calls=limits)
        with pytest.warns(RewardWarning, match=r"no answer within 0\.5 s"):
            assert ask(judge, ["41"]) == [None]
        stopped.set()

    def test_a_batch_has_a_deadline(self, server):
        stopped = threading.Event()
        server.behave = lambda prompt, number: (
            (lambda handler: stopped.wait(60)) if "41" in prompt else "yes"
        )
        limits = CallLimits(seconds=None, batch_seconds=0.5)
        judge = ModelJudge(endpoint=server.endpoint, model="m", calls=limits)
        with pytest.warns(RewardWarning, match=r"the batch's 0\.5 s were over"):
            assert ask(judge, ["41", "six times seven"]) == [None, 5.0]
        stopped.set()

    def test_a_slow_server_is_waited_for_by_a_few_at_a_time(self, server):
        server.behave = lambda prompt, number: time.sleep(0.02) or "no"
        judge = ModelJudge(endpoint=server.endpoint, model="m", calls=CallLimits(at_once=3))
        assert ask(judge, [str(number) for number in range(12)]) == [-2.5] * 12
        assert 1 < server.most <= 3

    def test_a_connection_that_breaks(self, server, judge):
        def hang_up(handler):
            handler.connection.shutdown(socket.SHUT_RDWR)

        server.behave = lambda prompt, number: hang_up if number == 1 else "yes"
        assert ask(judge, ["41"]) == [5.0]

    def test_nobody_there_is_said_anew_for_each_outage(self, server, judge):
        server.behave = lambda prompt, number: write(b"down", 500)
        with pytest.warns(RewardWarning, match="see that the server runs"):
            assert ask(judge, ["41"]) == [None]
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert ask(judge, ["41"]) == [None]
        server.behave = lambda prompt, number: "yes"
        assert ask(judge, ["41"]) == [5.0]
        server.behave = lambda prompt, number: write(b"down", 500)
        with pytest.warns(RewardWarning, match="see that the server runs"):
            assert ask(judge, ["40"]) == [None]

    def test_no_server_at_all(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        judge = ModelJudge(endpoint=f"http://127.0.0.1:{port}/v1", model="m", calls=QUICK)
        with pytest.warns(RewardWarning, match="got no answer to 1 of 1"):
            assert ask(judge, ["41"]) == [None]
        unknown = ModelJudge(endpoint="http://no-such-host.invalid/v1", model="m", calls=QUICK)
        with pytest.warns(RewardWarning, match="got no answer"):
            assert ask(unknown, ["41"]) == [None]

    def test_what_is_not_answered_is_logged(self, server, judge):
        metrics = {}
        server.behave = lambda prompt, number: "maybe" if "41" in prompt else "yes"
        with pytest.warns(RewardWarning, match="no closed answer: 'maybe'"):
            ask(
                judge,
                ["41", "six times seven"],
                log_metric=lambda name, value: metrics.update({name: value}),
            )
        assert metrics["model_judge/unanswered"] == 0.5
        assert metrics["model_judge/correct"] == 0.5
