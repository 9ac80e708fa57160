"""The reward for logic: what formulas and truth values it takes for the gold, and what not."""

from __future__ import annotations

import pickle
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import grpo_rewards.rewards.logic
from grpo_rewards import FREEFORM, ColumnError, OptionError
from grpo_rewards.logic import compare_logic
from grpo_rewards.logic.symbols import CONNECTIVES
from grpo_rewards.logic.truth import TRUTH_WORDS
from grpo_rewards.responses.layouts import PRESETS
from grpo_rewards.rewards.logic import CheckLogic, check_logic
from grpo_rewards.testing import assert_reward_contract, audit
from logic_cases import laid_out

# Truth values -----------------------------------------------------------------------------------

SAID = [
    pytest.param("True", "true", True, id="a truth value"),
    pytest.param("True", "T", True, id="its letter"),
    pytest.param("True", "1", True, id="one"),
    pytest.param("yes", "True", True, id="true for yes"),
    pytest.param("True", "yes", True, id="yes for true"),
    pytest.param("yes", "Yes.", True, id="a full stop"),
    pytest.param("valid", "The argument is valid.", True, id="a sentence"),
    pytest.param("valid", "tautology", True, id="a tautology is valid"),
    pytest.param("no", "It does not hold.", True, id="does not hold"),
    pytest.param("False", "The statement is not true", True, id="not true"),
    pytest.param("invalid", "The argument is not valid.", True, id="not valid"),
    pytest.param("False", "incorrect", True, id="incorrect"),
    pytest.param("False", r"\boxed{\text{False}}", True, id="a box"),
    pytest.param("True", "**True**", True, id="bold"),
    pytest.param("yes", "Yes, because p is true and q is false.", True, id="a reason"),
    pytest.param("yes", "Yes: it follows from the premises", True, id="a reason after a colon"),
    pytest.param("True", "The answer is: true", True, id="a statement"),
    pytest.param("True", "It's true", True, id="it's"),
    pytest.param("unknown", "It cannot be determined.", True, id="a sentence that leaves it open"),
    pytest.param("unknown", "cannot be determined", True, id="unknown in words"),
    pytest.param("Uncertain", "Unknown", True, id="uncertain"),
    pytest.param("contingent", "a contingency", True, id="contingent"),
    pytest.param(True, "yes", True, id="a gold of Python"),
    pytest.param(False, "no", True, id="a false gold of Python"),
    pytest.param(0, "False", True, id="a label that is 0"),
    pytest.param(np.bool_(True), "yes", True, id="a gold of numpy"),
    pytest.param(np.array(["no"]), "no", True, id="golds in an array"),
    pytest.param("1", "1.0", True, id="a label as a decimal"),
    pytest.param("0", "x = 0", True, id="a label with a name"),
    pytest.param("0", "1.0", False, id="the other label as a decimal"),
    pytest.param("1", "2", False, id="a number that is no label"),
    pytest.param(1.0, "yes", True, id="a label that pandas made a float"),
    pytest.param("neutral", "It cannot be inferred", True, id="a label of entailment"),
    pytest.param("False", 'The statement "Al is not blue" would be false.', True, id="would be"),
    pytest.param("True", 'The statement "Al is not blue" would be true.', True, id="would be true"),
    pytest.param("False", 'The claim that "Al is not blue" is false', True, id="what is claimed"),
    pytest.param("True", 'The statement "p" would not be true', False, id="would not be"),
    pytest.param("True", 'The statement "Al is true" would be false.', False, id="a quoted true"),
    pytest.param("True", "The claim would be true if Al were red.", False, id="would be, if"),
    pytest.param("True", "The claim would be true or false.", False, id="would be either"),
    pytest.param("True", "(True)", True, id="brackets"),
    pytest.param("True", "yes!", True, id="an exclamation mark"),
    pytest.param("True", "✅ True", True, id="a picture"),
    pytest.param("True", "```\nTrue\n```", True, id="a fenced block"),
    pytest.param("True", "**Answer:** True", True, id="a bold lead"),
    pytest.param("True", "True\n\nExplanation: Rex is a dog.", True, id="an explanation"),
    pytest.param("True", "True (since Rex is a dog)", True, id="a reason in brackets"),
    pytest.param(
        "valid", "The argument is valid (modus ponens).", True, id="two words in brackets"
    ),
    pytest.param("True", "Yes, it is.", True, id="an echo"),
    pytest.param("True", "Yes, because if p then q or r", True, id="a reason with connectives"),
    pytest.param("True", "Yes, that is correct.", True, id="the same twice"),
    pytest.param(
        "True", "The statement follows from the premises.", True, id="from what it follows"
    ),
    pytest.param("True", "It is true that Rex is a dog.", True, id="what is true"),
    pytest.param("True", 'The statement "Rex barks" is true.', True, id="a quoted statement"),
    pytest.param("False", "No, it does not follow.", True, id="an echo with not"),
    pytest.param("False", "No, they cannot.", True, id="an echo of a modal verb"),
    pytest.param("False", "No, Rex is not a dog.", True, id="a reason that denies"),
    pytest.param("False", "No. There is no rule for it.", True, id="a reason with no in it"),
    pytest.param("False", "It is not true that Rex barks", True, id="what is not true"),
    pytest.param("False", "The statement cannot be true.", True, id="cannot be true"),
    pytest.param("False", "False, since no dog is a cat", True, id="no, as a word of the reason"),
    pytest.param("unknown", "We cannot determine whether it is true.", True, id="whether"),
    pytest.param(
        "unknown", "Uncertain. The premises do not say.", True, id="unknown, with a reason"
    ),
    pytest.param("unknown", "There is not enough information to tell", True, id="not enough"),
    pytest.param("unknown", "unknown, purple", False, id="unknown and something else"),
    pytest.param("unknown", "unknown if p, else true", False, id="unknown under a condition"),
    pytest.param("unknown", "Unknown. So it is false.", False, id="unknown, then a value"),
    pytest.param("True", "Yes, it isn't", False, id="an echo that denies"),
    pytest.param("False", "No, it does", False, id="an echo that affirms"),
    pytest.param("True", "Yes, which is false", False, id="a clause that denies"),
    pytest.param("True", "Yes. The answer is no.", False, id="two answers"),
    pytest.param("True", "True. Therefore, the statement is false.", False, id="two conclusions"),
    pytest.param("False", "False. It is true.", False, id="false, then true"),
    pytest.param("True", "Yes, in some cases", False, id="in some cases"),
    pytest.param("True", "Yes for n=1, no for n=2", False, id="yes for one, no for another"),
    pytest.param("True", "Yes, for some; no, for others", False, id="yes and no, apart"),
    pytest.param("True", "It is true that Rex is not a dog", False, id="true of a denial"),
    pytest.param("True", "Yes, probably", False, id="probably"),
    pytest.param("True", "True (False)", False, id="another value in brackets"),
    pytest.param("True", "False", False, id="the other value"),
    pytest.param("yes", "no", False, id="no for yes"),
    pytest.param("yes", "not yes", False, id="not yes"),
    pytest.param("no", "not no", False, id="not no"),
    pytest.param("True", "not true", False, id="a denial"),
    pytest.param("True", "unknown", False, id="unknown is not true"),
    pytest.param("unknown", "True", False, id="true is not unknown"),
    pytest.param("contradiction", "invalid", False, id="invalid is less than a contradiction"),
    pytest.param("tautology", "contingent", False, id="contingent is no tautology"),
    pytest.param("True", "true or false", False, id="true or false"),
    pytest.param("True", "yes and no", False, id="yes and no"),
    pytest.param("True", "yes/no", False, id="yes, a slash, no"),
    pytest.param("True", "Yes, no", False, id="yes, no"),
    pytest.param("True", "Yes. Wait, no.", False, id="retracted"),
    pytest.param("True", "Yes, but only if p", False, id="hedged"),
    pytest.param("True", "Yes, the argument is not valid", False, id="a reason that denies it"),
    pytest.param("yes", "maybe yes", False, id="maybe"),
    pytest.param("yes", "yes, purple", False, id="something else beside"),
    pytest.param("True", "p ∨ ¬p", False, id="a formula for a truth value"),
    pytest.param("yes", "I am right that this answer is correct", False, id="words to the grader"),
]


class TestTruthValues:
    """Yes and no in every word for them; never both."""

    @pytest.mark.parametrize(("gold", "answer", "equal"), SAID)
    def test_the_tiers(self, gold, answer, equal):
        assert check_logic([laid_out(answer)], answer=[gold]) == [5.0 if equal else -2.5]

    @pytest.mark.parametrize(
        ("meaning", "phrase"),
        [(meaning, phrase) for meaning, _, phrases in TRUTH_WORDS for phrase in phrases],
    )
    def test_every_word_in_the_table(self, meaning, phrase):
        assert compare_logic(phrase, phrase.upper())
        opposite = "false" if meaning == "true" else "true"
        assert not compare_logic(opposite, phrase) or meaning in ("tautology", "contradiction")

    @given(st.sampled_from([True, False]), st.data())
    def test_saying_both_never_pays(self, gold, data):
        words = {True: ["yes", "true", "valid"], False: ["no", "false", "invalid"]}
        one, other = (data.draw(st.sampled_from(words[each])) for each in (gold, not gold))
        between = data.draw(st.sampled_from([" or ", " and ", ", ", "/", "; ", ". ", "\n", " "]))
        for text in (f"{one}{between}{other}", f"{other}{between}{one}"):
            assert check_logic([laid_out(text)], answer=[str(gold)]) == [-2.5]


# The reward -------------------------------------------------------------------------------------


class TestLabels:
    """The labels of datasets for inference and for facts, as they are written there."""

    @pytest.mark.parametrize(
        ("gold", "right", "wrong"),
        [
            ("not-entailment", ["not_entailment", "not entailment", "non-entailment", "no"],
             ["entailment", "yes", "entailed", "unknown", "not not-entailment"]),
            ("not_entailment", ["not-entailment", "Not entailment."], ["entailment", "neutral"]),
            ("entailment", ["entailment", "Yes"], ["not-entailment", "non_entailment"]),
            ("not-valid", ["invalid", "not valid", "non-valid"], ["valid", "a tautology"]),
            ("non-tautology", ["not a tautology", "not-tautology"], ["a tautology"]),
            ("un-satisfiable", ["unsatisfiable", "UNSAT"], ["satisfiable", "SAT"]),
            ("UNSAT", ["unsat", "not satisfiable", "The formula is unsatisfiable."],
             ["SAT", "satisfiable", "sat or unsat", "unknown", "valid"]),
            ("SAT", ["sat", "Satisfiable", "It is satisfiable"],
             ["UNSAT", "not satisfiable", "non-satisfiable", "unknown", "SAT? No, UNSAT"]),
            ("SUPPORTED", ["supported", "The claim is supported."],
             ["refuted", "REFUTES", "not supported", "NEI", "not-supported"]),
            ("SUPPORTS", ["Supports", "supported"], ["REFUTES", "NOT ENOUGH INFO"]),
            ("REFUTES", ["refuted", "Refutes"], ["SUPPORTS", "NEI"]),
            ("NEI", ["NEI", "not enough info", "Not enough information."],
             ["supported", "refuted", "not NEI", "enough info"]),
            ("Y", ["y", "Yes", "Y."], ["n", "No", "Y or N"]),
            ("n", ["N", "no"], ["y", "yes", "not n"]),
            ("A) True", ["True", "A) True", "(A) True", "a. true"],
             ["False", "B) False", "A) False", "B"]),
            ("B) False", ["False", "B) False"], ["A) True", "True"]),
        ],
    )  # fmt: skip
    def test_a_label(self, gold, right, wrong):
        assert [text for text in right if compare_logic(gold, text).equal is not True] == []
        assert [text for text in wrong if compare_logic(gold, text).equal is not False] == []

    def test_letters_may_be_variables(self):
        assert compare_logic("y and n", "n and y").equal
        assert not compare_logic("y and n", "y").equal
        assert compare_logic("not n or y", "n -> y").equal


class TestCheckLogic:
    """Options, columns, formats, and the contract."""

    def test_the_tiers(self):
        texts = [laid_out("q ∧ p"), laid_out("p ∨ q"), "p ∧ q", laid_out(" ")]
        assert check_logic(texts, answer=["p ∧ q"] * 4) == [5.0, -2.5, -4.5, -4.5]

    def test_each_tier_is_an_option(self):
        reward = CheckLogic(correct=1.0, wrong=0.0, missing=-1.0)
        assert reward([laid_out("p"), laid_out("q"), "p"], answer=["p"] * 3) == [1.0, 0.0, -1.0]

    def test_any_of_several_golds(self):
        texts = [laid_out("p"), laid_out("q"), laid_out("r")]
        assert check_logic(texts, answer=[["p", "42", "q"]] * 3) == [5.0, 5.0, -2.5]

    def test_a_missing_gold_is_no_opinion(self):
        assert check_logic([laid_out("p")] * 3, answer=[None, "", []]) == [None] * 3

    def test_another_column_and_format(self):
        reward = CheckLogic(gold="formula", format=FREEFORM)
        assert reward(["The answer is ¬p → q."], formula=["p or q"]) == [5.0]

    def test_the_column_has_to_be_there(self):
        with pytest.raises(ColumnError, match="'answer'"):
            check_logic([laid_out("p")], formula=["p"])

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"gold": ""}, "gold=''"),
            ({"correct": -3.0}, "wrong=-2.5"),
            ({"strict": 1}, "strict=1"),
            ({"format": "boxed"}, "format='boxed'"),
        ],
    )
    def test_options_that_cannot_be(self, options, message):
        with pytest.raises(OptionError, match=re.escape(message)):
            CheckLogic(**options)

    def test_it_is_a_value(self):
        reward = CheckLogic(gold="formula", correct=1.0, name="mine")
        assert pickle.loads(pickle.dumps(reward)) == reward
        assert eval(repr(reward), vars(grpo_rewards.rewards.logic)) == reward  # noqa: S307
        assert repr(check_logic) == "check_logic"

    def test_the_contract(self):
        assert_reward_contract(check_logic, answer=["p -> q", "yes", "42"])

    def test_the_audit_finds_nothing_in_formulas(self):
        golds = [r"p \land q", "p -> q", "not p or q", "A + B", "AB' + C", "unknown", "0", "no"]
        assert audit(check_logic, golds=golds).ok

    def test_the_audit_finds_nothing_in_truth_values(self):
        """CORRECT is a synonym of yes there, no order to the grader."""
        report = audit(check_logic, golds=["yes", "no", "True", "false", "valid"])
        assert report.ok, report


class TestHostileText:
    """No text of a model raises, or hangs."""

    @given(st.text(st.characters()), st.sampled_from(["p -> q", "yes", "AB' + C"]))
    def test_every_text_has_a_score(self, text, gold):
        assert check_logic([laid_out(text)], answer=[gold])[0] in (5.0, -2.5, -4.5)

    @given(
        st.lists(
            st.sampled_from(
                [*"pqAB()[]{}'^|&~!-=<>+*01\\_, ", *sum(CONNECTIVES.values(), ()), "if", "then"]
            )
        )
    )
    def test_every_heap_of_tokens_has_a_score(self, pieces):
        for text in ("".join(pieces), " ".join(pieces)):
            for gold in ("p -> q", "AB' + C"):
                assert check_logic([laid_out(text)], answer=[gold])[0] in (5.0, -2.5, -4.5)

    @given(st.text(st.characters()))
    def test_every_gold_is_read(self, gold):
        assert check_logic([laid_out("p")], answer=[gold])[0] in (5.0, -2.5, None)

    @pytest.mark.parametrize("format", PRESETS.values(), ids=PRESETS)
    @given(st.text(st.characters()))
    def test_every_format_reads_every_text(self, format, text):
        assert CheckLogic(format=format)([text], answer=["p"])[0] in (5.0, -2.5, -4.5)

    @pytest.mark.parametrize(
        "answer",
        [
            pytest.param("p" * 10**6, id="a long name"),
            pytest.param("(" * 10**6, id="a million brackets"),
            pytest.param("(" * 1_900 + "p" + ")" * 1_900, id="deep nesting"),
            pytest.param("~" * 3_900 + "p", id="many negations"),
            pytest.param(" & ".join(["p"] * 10**5), id="100,000 connectives"),
            pytest.param(" -> ".join(["p"] * 700), id="a long chain"),
            pytest.param("if p then " * 390 + "q", id="a long sentence"),
            pytest.param(
                "|".join(f"(a{n} & a{n * 7 % 97} & a{n * 13 % 97})" for n in range(97)),
                id="many variables",
            ),
            pytest.param("= p " * 1_000, id="many equality signs"),
            pytest.param(r"\text{" * 660, id="open commands"),
            pytest.param("yes, because " + "a " * 1_900, id="a long reason"),
            pytest.param("yes, no way, " * 300, id="many clauses"),
            pytest.param('the statement "' * 260, id="open quotes"),
            pytest.param("And(" * 990, id="open calls"),
            pytest.param("neither p nor " * 280 + "q", id="neither, nested"),
            pytest.param("both " * 700 + "p" + " and p" * 30, id="both, nested"),
        ],
    )
    def test_a_long_text_has_a_score(self, answer):
        for gold in ("p -> q", "yes"):
            assert check_logic([laid_out(answer)], answer=[gold])[0] in (5.0, -2.5)
