"""What counts of a judge model's reply: what each style allows, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge_server import QUICK, SAME, ask, laid_out

from grpo_rewards import ModelJudge
from grpo_rewards.rewards.judge_doors import plainly
from grpo_rewards.rewards.judge_styles import STYLES


class TestReplies:
    """A closed answer counts, anything else is no opinion."""

    @pytest.mark.parametrize(
        ("style", "reply", "said"),
        [
            ("PLAIN", "yes", True),
            ("PLAIN", " **No.**\n", False),
            ("PLAIN", "Yes, it is", None),
            ("PLAIN", "yes\nno", None),
            ("PLAIN", "", None),
            ("PLAIN", "<think>no, no</think>\nyes", True),
            ("PLAIN", "<think>yes", None),
            ("TINY_V", "True", True),
            ("TINY_V", '"False"', False),
            ("TINY_V", "True or False", None),
            ("TINY_V", "1", None),
            ("GENERAL_VERIFIER", "They agree.\n\nFinal Decision: Yes", True),
            ("GENERAL_VERIFIER", "They do not.\nFinal Decision: No.", False),
            ("GENERAL_VERIFIER", "Final Decision: Yes\nFinal Decision: No", None),
            ("GENERAL_VERIFIER", "Final Decision: Yes, surely", None),
            ("GENERAL_VERIFIER", "Final Decision: Yes\nOr not.", None),
            ("COMPASS_VERIFIER", "A", True),
            ("COMPASS_VERIFIER", "B", False),
            ("COMPASS_VERIFIER", "C", False),
            ("COMPASS_VERIFIER", "AB", None),
            ("X_VERIFY", "[Correct]", True),
            ("X_VERIFY", "Incorrect", False),
            ("X_VERIFY", "[Correct] [Incorrect]", None),
            # In letters that read the same.
            ("PLAIN", "ｙｅｓ", True),
            ("PLAIN", "\ufeffyes", True),
            ("PLAIN", "n\u200bo", False),
            ("PLAIN", "𝗻𝗼．", False),
            ("PLAIN", "“No”。", False),
            ("PLAIN", "yes\u200bno", None),
            ("PLAIN", "yes\u2028no", None),
            ("PLAIN", "ｙｅｓ ｎｏ", None),
            ("PLAIN", "\u3164", None),
            ("PLAIN", "уes", None),  # a Cyrillic letter: no model says that
            ("TINY_V", "Ｔｒｕｅ\u200b", True),
            ("TINY_V", "Fal\u00adse", False),
            ("COMPASS_VERIFIER", "Ａ", True),
            ("COMPASS_VERIFIER", "Ｃ：ＩＮＶＡＬＩＤ", None),
            ("COMPASS_VERIFIER", "Ｃ： ＩＮＶＡＬＩＤ", False),
            ("X_VERIFY", "［Incorrect］", False),
            ("GENERAL_VERIFIER", "Ｆｉｎａｌ　Ｄｅｃｉｓｉｏｎ： Ｙｅｓ", True),
            ("GENERAL_VERIFIER", "Final Decision： No\nFinal Decision: Yes", None),
            ("GENERAL_VERIFIER", "Final Deci\u200bsion: No\nFinal Decision: Yes", None),
            ("GENERAL_VERIFIER", "「Final Decision: No」\nFinal Decision: Yes", None),
        ],
    )
    def test_of_each_style(self, server, style, reply, said):
        server.behave = lambda prompt, number: reply
        judge = ModelJudge(endpoint=server.endpoint, model="m", style=STYLES[style], calls=QUICK)
        assert ask(judge, ["41"]) == [{True: 5.0, False: -2.5, None: None}[said]]

    @given(st.text())
    def test_whatever_a_model_writes(self, text):
        for style in STYLES.values():
            said = style.read(text)
            assert said is None or any(
                word.casefold() in plainly(text).casefold() for word in (*style.right, *style.wrong)
            )

    def test_a_reply_that_was_cut_off_counts_for_nothing(self, server, judge):
        server.behave = lambda prompt, number: lambda handler: handler.reply("yes", ended="length")
        assert ask(judge, ["41"]) == [None]

    def test_samples_have_to_agree(self, server):
        judge = ModelJudge(
            endpoint=server.endpoint, model="m", samples=3, temperature=0.7, calls=QUICK
        )
        server.behave = lambda prompt, number: "yes"
        assert ask(judge, ["41"]) == [5.0]
        assert sorted(body["seed"] for body in server.bodies) == [0, 1, 2]
        server.behave = lambda prompt, number: "no" if number % 3 == 0 else "yes"
        outcome = judge.explain(laid_out("40"), answer="42", prompts=SAME)
        assert outcome.score is None
        assert "disagrees with itself: 2 of 3" in outcome.reason
