"""The score of a row is the row's own: alone, in any batch, in any order, whatever came before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grpo_rewards import (
    CheckAnswer,
    CheckChoice,
    CheckNumbers,
    Policy,
    check_logic,
    check_puzzle,
)

PATIENT = Policy(deadline=30)  # so that a busy machine decides what an idle one does

ANSWERS = [
    *("2/4", "0.5", "50%", "x+1", "1+x", "2^{2^{10^9}+1}", "2*2^{2^{10^9}}", "4*2^{2^{10^9}}"),
    *("(2^{2^{10^9}+1},2^{2^{10^8}+1})", "(2*2^{2^{10^9}},2*2^{2^{10^8}})"),
    *("She paid $20.", "20", "20 or 7", "not 20"),
    *("A", "(b)", "B, not A", "1/2", "C. 3", "option 2", "0.25 because 1/4", "A and C"),
    *("42", "", "?"),
]  # fmt: skip
OPTIONS = [
    ["1/2", "0.25", "3"],
    ["1/2", "0.5"],
    ["2^{2^{10^9}+1}", "2^{2^{10^8}}", "20"],
    {"B": "2/4", "A": "x+1"},
    [],
]
FORMULAS = ["p and q", "q & p", "p -> q", "not p or q", "True", "no", "p and", "all x P(x)", ""]


def completion(answer: str) -> str:
    return f"I think.<end_working_out><SOLUTION>{answer}</SOLUTION>"


answers = st.sampled_from(ANSWERS)
ROWS = {
    "check_answer": (CheckAnswer(policy=PATIENT), answers, {"answer": answers}),
    "check_numbers": (CheckNumbers(policy=PATIENT), answers, {"answer": answers}),
    "check_choice": (
        CheckChoice(policy=PATIENT),
        answers,
        {"answer": answers, "options": st.sampled_from(OPTIONS)},
    ),
    "check_choice, all of several": (
        CheckChoice(policy=PATIENT, select="all"),
        answers,
        {
            "answer": st.lists(answers, min_size=1, max_size=2),
            "options": st.sampled_from(OPTIONS),
        },
    ),
    "check_logic": (
        check_logic,
        st.sampled_from(FORMULAS),
        {"answer": st.sampled_from(FORMULAS)},
    ),
    "check_puzzle": (
        check_puzzle,
        st.sampled_from(["3*8", "(3+5)*3", "3+8", "8*3 = 24", "", "24", "3/8", "3*8*1"]),
        {
            "puzzle": st.sampled_from(
                [
                    {"kind": "countdown", "numbers": [3, 8], "target": 24},
                    {"kind": "countdown", "numbers": [3, 5, 3], "target": 24},
                    {"kind": "countdown", "numbers": [3, 8, 1], "target": 11, "use_all": False},
                ]
            )
        },
    ),
}


def scores(reward, rows):
    """The scores of some rows, together in one call."""
    columns = {name: [row[1][name] for row in rows] for name in rows[0][1]}
    return reward([completion(row[0]) for row in rows], **columns)


@pytest.mark.parametrize("name", ROWS)
@settings(max_examples=60)
@given(data=st.data())
def test_a_row_scores_what_it_scores_alone(name, data):
    """In any company and in any order; nothing that is remembered changes it."""
    reward, given_answers, columns = ROWS[name]
    rows = data.draw(
        st.lists(st.tuples(given_answers, st.fixed_dictionaries(columns)), min_size=1, max_size=6)
    )
    alone = [scores(reward, [row])[0] for row in rows]
    assert scores(reward, rows) == alone
    order = data.draw(st.permutations(range(len(rows))))
    some = order[: data.draw(st.integers(1, len(rows)))]
    for places in (order, some):
        assert scores(reward, [rows[place] for place in places]) == [
            alone[place] for place in places
        ]


def test_a_gold_that_is_a_letter_does_not_pay_for_its_neighbour():
    """What one row had compared is no news to another that did not ask."""
    options = ["1/2", "0.25", "3"]
    row, beside = (
        ("2/4", {"answer": "0.5", "options": options}),
        ("2/4", {"answer": "A", "options": options}),
    )
    assert scores(CheckChoice(), [row]) == [5.0]
    assert scores(CheckChoice(), [row, beside]) == [5.0, 5.0]
    assert scores(CheckChoice(), [beside, row]) == [5.0, 5.0]
