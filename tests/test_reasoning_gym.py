"""reasoning-gym's tasks: rows, our verdicts beside its scorers', and what no answer may do."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards.integrations import gym_judges
from grpo_rewards.integrations.gym_judges import OURS, THEIRS, Task, judge_task
from grpo_rewards.integrations.reasoning_gym import (
    check_reasoning_gym,
    dataset_rows,
    families,
)
from reasoning_gym_cases import SEED, columns_of, laid_out, one_row

# What reasoning-gym's own code does, which is not ours to mend.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:loadtxt:UserWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::SyntaxWarning"),
]

reasoning_gym = pytest.importorskip("reasoning_gym")
SLOW = {"sokoban": 1, "knight_swap": 1, "futoshiki": 3, "intermediate_integration": 8}


def task_of(row):
    return Task(row["family"], row["answer"], json.loads(row["metadata"]), row["config"])


# Beside its scorers ---------------------------------------------------------------------------


def notations(row):
    """The row's answer to a puzzle in a notation that its scorer does not know."""
    family, answer = row["family"], row["answer"]
    if family in ("sudoku", "mini_sudoku"):
        yield json.dumps([[int(cell) for cell in line.split()] for line in answer.splitlines()])
    if family == "n_queens":
        yield ", ".join(str(line.split().index("Q") + 1) for line in answer.splitlines())
        yield str([line.split() for line in answer.splitlines()])
    if family == "knights_knaves":
        said = re.findall(r"(\w+) is an? (\w+)", answer)
        yield json.dumps(dict(reversed(said)))
        yield "\n".join(f"{name}: {role}" for name, role in said)
    if family == "graph_color":
        yield "\n".join(f"{name} = {color}" for name, color in json.loads(answer).items())
    if family in ("countdown", "puzzle24"):
        yield (
            re.sub(r"\*", "×", answer) + " = " + str(json.loads(row["metadata"]).get("target", 24))
        )


def variants(row, answer, random):
    """Texts near a right answer, each with what was done to it."""
    yield "as it is", answer
    yield "wrapped", f"\\boxed{{{answer}}}"
    yield "wrapped", f"{answer}."
    yield "wrapped", f" {answer}\n"
    yield "wrapped", f"```\n{answer}\n```"
    yield "introduced", f"The answer is {answer}"
    yield "said twice", f"{answer} or {answer}"
    yield "more behind it", f"{answer}, seven"
    for text in notations(row):
        yield "another notation", text
    for kind, change in (("a digit", "123456789"), ("a letter", "ab")):
        places = [
            place
            for place, character in enumerate(answer)
            if (character.isdigit() if kind == "a digit" else character.isalpha())
        ]
        if places:
            place = random.choice(places)
            other = random.choice([each for each in change if each != answer[place]])
            yield f"{kind} changed", f"{answer[:place]}{other}{answer[place + 1 :]}"
    yield "cut off", answer[:-1] or "0"
    if row["family"] == "propositional_logic":
        yield "a premise", json.loads(row["metadata"])["premises"][0]
    yield "another answer", "7"
    yield "another answer", "nan"
    yield "another answer", "6 * 4 * 1 * 1"
    yield "another answer", "I do not know"


# Every class of differences: (whose verdict is "correct", what the text is, which families).
EXPLAINED = {
    "a wrapped answer": "boxes, full stops, code fences and white space say nothing; its scorers"
    " compare texts, or read them by float() and json.loads()",
    "an introduced answer": "'The answer is 3' says 3, and no more; its default scorer pays the"
    " share of the text that the gold is",
    "another notation": "a grid as lists, a board as columns, an assignment in lines",
    "a bracket cut off": "the content is whole; its scorers read JSON",
    "a disjunction": "'A or A' is a formula, as 'A ∨ A' is",
    "any answer": "game_of_life_halting compares bool(answer), which is True of every text",
    "not a number": "complex_arithmetic takes min(1.0, nan), which is 1.0",
    "off by little": "coin_flip, number_format and number_sorting take numbers that are off by"
    " 0.0001, 0.01 and 1, whatever the size of the gold; decimal_arithmetic by a place of the task",
    "a premise": "propositional_logic pays a premise that is copied as the conclusion",
    "run as Python": "polynomial_multiplication and the integrations run the answer; 'A or A' is A",
    "an integral left as it stands": "intermediate_integration takes Integral(...) for its own"
    " antiderivative; some of its golds are that",
    "the first of several": "gsm_symbolic and fraction_simplification overlook the others",
    "odd words": "knights_knaves, letter_jumble and polynomial_equations pass over what they cannot"
    " read",
    "other numbers": "puzzle24 takes any four numbers in range",
    "a reason": "after yes, no, true or false there may be a reason",
    "too much": "survo, time_intervals and word_sorting pass over what is too much",
    "an unknown name": "propositional_logic takes names that the task has not, and open brackets",
}


def class_of(family, done, answer, text, ours):
    """The class of a difference; ``None`` if it has none."""
    if ours:
        if done == "said twice":
            return "a disjunction" if family == "propositional_logic" else None
        if done == "more behind it":
            return "a reason" if answer in ("Yes", "No", "True", "False") else None
        if done == "introduced":
            return "an introduced answer"
        if done == "cut off":
            return "a bracket cut off" if answer[-1] in "]})" else None
        return {"wrapped": "a wrapped answer", "another notation": "another notation"}.get(done)
    if family == "game_of_life_halting":
        return "any answer"
    if family == "complex_arithmetic" and text == "nan":
        return "not a number"
    if family in ("coin_flip", "decimal_arithmetic", "number_format", "number_sorting"):
        return "off by little" if done in ("a digit changed", "cut off") else None
    if "Integral(" in text:
        return "an integral left as it stands"
    if done == "said twice" and "parse_expr" in OURS[family].why:
        return "run as Python"
    if family in ("gsm_symbolic", "fraction_simplification"):
        return "the first of several" if done in ("said twice", "more behind it") else None
    if family in ("knights_knaves", "letter_jumble", "polynomial_equations"):
        return "odd words" if done in ("said twice", "more behind it", "a letter changed") else None
    if family in ("survo", "time_intervals", "word_sorting"):
        return "too much" if done != "another answer" else None
    if family == "puzzle24" and text == "6 * 4 * 1 * 1":
        return "other numbers"
    if family == "propositional_logic":
        known = {"a premise": "a premise"}
        return known.get(
            done, "an unknown name" if done in ("a letter changed", "cut off") else None
        )
    return None


def scored_in_full(scorer, text, entry):
    try:
        return scorer.score_answer(text, entry) == 1.0
    except ValueError:  # as prime_factorization does of words
        return False


def right_answer(row):
    """A right answer to a row; some families state theirs in the metadata only."""
    return row["answer"] or json.loads(row["metadata"]).get("example_answer", "")


class TestBesideItsScorers:
    """Our verdict is what its scorer pays in full, but for differences that are explained."""

    def test_every_difference_is_explained(self):
        seen, compared = defaultdict(set), 0
        for family in sorted(OURS):
            rows = dataset_rows(family, size=SLOW.get(family, 10), seed=SEED)
            scorer = reasoning_gym.create_dataset(family, size=1, seed=SEED)
            random = Random(family)
            for row in rows:
                answer = right_answer(row)
                for done, text in variants(row, answer, random):
                    ours = judge_task(task_of(row), text).found == "correct"
                    entry = {"answer": row["answer"], "metadata": json.loads(row["metadata"])}
                    theirs = scored_in_full(scorer, text, entry)
                    compared += 1
                    if ours != theirs:
                        seen[class_of(family, done, answer, text, ours)].add((family, done, text))
        assert compared > 8_000
        assert sorted(seen.pop(None, [])) == []
        assert set(seen) == set(EXPLAINED)

    @pytest.mark.parametrize("family", sorted(OURS))
    def test_the_row_s_own_answer_is_right(self, family):
        for row in dataset_rows(family, size=SLOW.get(family, 12), seed=3):
            answer = right_answer(row)
            if "Integral(" in answer:  # it says that there is one, and not what it is
                continue
            if (
                family == "propositional_logic"
                and judge_task(task_of(row), answer).found == "wrong"
            ):
                # Where it finds no conclusion, it names a variable.
                assert re.fullmatch(r"[A-Z]", answer)
                continue
            assert check_reasoning_gym([laid_out(answer)], **columns_of([row])) == [5.0]

    @pytest.mark.parametrize("family", sorted(THEIRS))
    def test_their_scorers_get_what_they_need_from_a_row(self, family):
        """JSON keeps of the metadata what a scorer reads."""
        rows = dataset_rows(family, size=SLOW.get(family, 3), seed=SEED)
        rows = [row for row in rows if row["answer"]]
        for row in rows:
            assert check_reasoning_gym([laid_out(row["answer"])], **columns_of([row])) == [5.0]

    @pytest.mark.parametrize("answer", ['""', "none", "No real solutions."])
    def test_an_equation_may_have_no_solution(self, answer):
        assert judge_task(Task("polynomial_equations", "", {}), answer).found == "correct"
        assert judge_task(Task("polynomial_equations", "1.0", {}), answer).found == "wrong"
        assert judge_task(Task("polynomial_equations", "", {}), f"{answer} 1").found == "wrong"

    def test_a_score_above_1_is_no_full_score(self, monkeypatch):
        monkeypatch.setattr(gym_judges, "_score", lambda *_: 3.5)
        wrong = judge_task(task_of(one_row("jugs")), "[]")
        assert (wrong.found, wrong.score) == ("wrong", 3.5)

    def test_every_family_is_covered(self):
        gym = set(reasoning_gym.factory.DATASETS) - {"composite"}
        assert set(OURS) | THEIRS == gym
        assert not set(OURS) & THEIRS
        assert set(families()) == gym


# As models write ------------------------------------------------------------------------------

DAYS, TIME, LONG = "67 days", "01:04:00", "67 days, 01:04:00"
OCTAL = {"target_base": 8}
TICKS = "❌✅\n✅❌"
WRITTEN = [
    # family, gold, metadata, right answers, wrong answers
    (
        "prime_factorization",
        "3 × 3 × 71",
        {"number": 639},
        [
            r"\boxed{3 \times 3 \times 71}",
            "**3 × 3 × 71**",
            "3^2 * 71",
            "3² × 71",
            "71 x 3 x 3",
            "639 = 3 × 3 × 71",
            r"$3^{2} \cdot 71$",
            "3**2 * 71",
        ],
        ["9 × 71", "3 × 71", "3 × 3 × 71 or 639", "3^3 × 71", "640 = 3 × 3 × 71", "none", ""],
    ),
    (
        "word_sorting",
        "EXCEPT, Let, callers",
        {},
        [
            "EXCEPT,Let,callers",
            "EXCEPT\nLet\ncallers",
            "['EXCEPT', 'Let', 'callers']",
            "1. EXCEPT\n2. Let\n3. callers",
            "**EXCEPT, Let, callers**",
            "Answer: EXCEPT, Let, callers.",
        ],
        [
            "EXCEPT, Let, callers, due",
            "except, let, callers",
            "Let, EXCEPT, callers",
            "EXCEPT, Let",
        ],
    ),
    (
        "time_intervals",
        LONG,
        {},
        [
            "67 days, 1 hour, 4 minutes",
            "67 days and 01:04",
            "**67 days, 01:04:00**",
            "67 days, 1 hour and 4 minutes.",
            "67 days 1h 4m 0s",
        ],
        ["67 days", "67 days, 01:05:00", f"{LONG}, 18 days", "67 days, 01:04:00 or so", ""],
    ),
    ("time_intervals", TIME, {}, ["1:04", "1 hour 4 minutes", "01:04:00.000"], ["4 minutes", "1"]),
    ("time_intervals", DAYS, {}, ["67", "67 days."], ["67 or 68 days", "68", "67 hours"]),
    (
        "base_conversion",
        "350",
        OCTAL,
        ["350_8", "$350_{8}$", "350 (base 8)", "0o350", r"\boxed{350}", "The answer is **350**."],
        ["350_7", "3508", "350 base 10", "0x350", "350 or 351"],
    ),
    (
        "power_function",
        "897303639322.6414",
        {},
        ["8.97e+11", r"8.97 \times 10^{11}", "897,303,639,322.6", "**8.97e11**"],
        ["8.98e+11", "8.97e+10", "897", "nan", "1e999999999"],
    ),
    ("dice", "1/60", {}, [r"\frac{1}{60}", "**1/60**", "$1/60$"], ["2/120", "1/6", "1/60 or 1/6"]),
    (
        "syllogism",
        "Yes",
        {},
        ["yes", "**Yes**", "Yes.", "Yes, it follows.", r"\boxed{\text{Yes}}"],
        ["No", "Yes or No", "Yes and no", "Not yes"],
    ),
    (
        "zebra_puzzles",
        "carol",
        {},
        ["Carol", "**Carol**", "Carol.", "The answer is Carol.", r"\boxed{\text{carol}}"],
        ["Bob", "Carol or Bob", "not Carol", "Carol, Bob"],
    ),
    ("family_relationships", "grandmother", {}, ["Grandmother.", "`grandmother`"], ["mother"]),
    (
        "calendar_arithmetic",
        "14",
        {"task": "count_days"},
        ["14 days", "**14**"],
        ["15", "14 or 15"],
    ),
    ("leg_counting", "42", {}, ["42 legs", "The answer is:\n\n42", "**42**"], ["43", "42 or 43"]),
    ("spell_backward", "gnisucxe", {}, ["**gnisucxe**", "Gnisucxe."], ["gnisucx", "gnisucxee"]),
    (
        "number_sorting",
        "['-9', '1', '7.5']",
        {},
        ["[-9, 1, 7.5]", "-9, 1, 7.5.", "['-9.0', '1', '7.50']", '```\n["-9", "1", "7.5"]\n```'],
        ["[-9, 7.5, 1]", "[-9, 1, 7.4]", "[-9, 1]", "[-9, 1, 7.5, 8]"],
    ),
    ("number_filtering", "[]", {}, ["[]", "**[]**", "empty list"], ["", "0", "---", "1 " * 4_900]),
    ("modulo_grid", TICKS, {}, [f"```\n{TICKS}\n```"], ["❌❌\n✅❌", "❌\n✅❌", "❌✅\n✅"]),
    (
        "simple_integration",
        "X**3/3 + C",
        {"integrand": "X**2", "variable": "X"},
        [r"\int X^2 dX = \frac{X^3}{3} + C", "F(X) = X**3/3 + C", "**X**3/3 + C**"],
        ["X**3 + C", r"\int X^2 dX", "X**3/3 = X**2"],
    ),
    ("polynomial_multiplication", "2*z**2", {}, ["**2*z**2**", "2z^2"], ["2*z**3", "2*z*2"]),
    ("survo", "1 2\n3 4", {}, ["[[1, 2], [3, 4]]", "1 2\n3 4."], ["maybe 1 2\n3 4", "1 2\n3 4 5"]),
]


class TestAsModelsWrite:
    """Marks and words around an answer say nothing; a hedge and a second answer do."""

    @pytest.mark.parametrize(("family", "gold", "metadata", "right", "wrong"), WRITTEN)
    def test_answers(self, family, gold, metadata, right, wrong):
        task = Task(family, gold, metadata)
        found = {text: judge_task(task, text).found for text in (gold, *right, *wrong)}
        assert [text for text in (gold, *right) if found[text] != "correct"] == []
        assert [text for text in wrong if found[text] == "correct"] == []

    @pytest.mark.parametrize("family", ["kakurasu", "quantum_lock", "sokoban", "advanced_geometry"])
    @pytest.mark.parametrize("text", ["not {}", "{}\nWait, that is wrong.", "{} x y z", "{}?"])
    def test_words_that_a_scorer_passes_over_are_no_answer(self, family, text):
        row = one_row(family)
        assert judge_task(task_of(row), row["answer"]).found == "correct"
        assert judge_task(task_of(row), text.format(row["answer"])).found == "wrong"

    @pytest.mark.parametrize("family", sorted(THEIRS - {"boxnet", "rubiks_cube", "rush_hour"}))
    @pytest.mark.parametrize("text", ["**{}**", "```\n{}\n```", "Answer: {}", "$\\boxed{{{}}}$"])
    def test_their_scorers_see_what_is_inside(self, family, text):
        row = one_row(family)
        assert judge_task(task_of(row), text.format(row["answer"])).found == "correct"

    def test_their_scorers_see_lists_in_python_s_quotes(self):
        row = one_row("group_anagrams")
        text = str(json.loads(row["answer"]))
        assert "'" in text
        assert judge_task(task_of(row), text).found == "correct"


# What no answer may do ------------------------------------------------------------------------

HOSTILE = [
    "1e999999999",
    "1e-999999999/1e999999999",
    "9" * 9_000,
    "R999999999",
    "R99 " * 2_000,
    "9**9**9**9",
    "[" * 9_000,
    "(" * 9_000,
    '{"a":' * 1_500,
    "¬" * 9_000,
    " ∨ ".join(f"a{number}" for number in range(64)),
    "×".join("9" * 100 for _ in range(80)),
    "nan",
    "inf",
    "-",
    "\\frac{1}{0}",
    "None",
    "\x00",
    "Move disk 99999999999 from Peg 9 to Peg 8",
]


FAMILIES = sorted({*OURS, *THEIRS})
every_family = pytest.mark.parametrize("family", FAMILIES)


class TestWhatNoAnswerMayDo:
    """Run, hang, raise, or get away with what a scorer cannot read."""

    @every_family
    def test_it_is_not_run(self, family, tmp_path):
        row = one_row(family)
        target = tmp_path / "run"
        open_it = f"open({str(target)!r}, 'w')"
        for text in (
            open_it,
            f"[{open_it}]",
            f"__import__('pathlib').Path({str(target)!r}).touch()",
        ):
            assert check_reasoning_gym([laid_out(text)], **columns_of([row]))[0] < 0
        assert not target.exists()

    @every_family
    def test_it_neither_hangs_nor_raises(self, family):
        row = one_row(family)
        scores = check_reasoning_gym(
            [laid_out(text) for text in HOSTILE], **columns_of([row] * len(HOSTILE))
        )
        assert max(scores) < 0

    @given(text=st.text(st.characters()), family=st.sampled_from(FAMILIES))
    @settings(max_examples=200)
    def test_arbitrary_text_has_a_score(self, text, family):
        (score,) = check_reasoning_gym([laid_out(text)], **columns_of([one_row(family)]))
        assert score in (-2.5, -4.5, 5.0)

    def test_what_breaks_a_scorer_is_not_spared(self):
        """Else a model would write a number, for which boxnet raises."""
        outcome = check_reasoning_gym.explain(laid_out("1"), **one_row("boxnet"))
        assert outcome.score == -2.5
        assert outcome.details["verdict"] == "undecided"
        assert outcome.reason == "the scorer of boxnet raises TypeError"

    def test_a_row_that_breaks_its_scorer_has_no_score(self):
        row = {"family": "palindrome_generation", "answer": "aba", "metadata": "{}", "config": "{}"}
        with pytest.warns(
            RuntimeWarning, match="scorer of palindrome_generation raises KeyError on the row's"
        ):
            assert check_reasoning_gym([laid_out("aab")], **columns_of([row])) == [None]
