"""Formulas of propositional logic: equivalent and different ones."""

from __future__ import annotations

import itertools
import re

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grpo_rewards.logic import compare_logic, is_logic
from grpo_rewards.logic.equivalence import MAX_TABLE
from grpo_rewards.logic.formulas import Formula, read_formula
from grpo_rewards.logic.symbols import CONNECTIVES, CONSTANTS
from grpo_rewards.rewards.logic import check_logic
from logic_cases import laid_out

# Formulas of our own: trees, what they are worth, and how each style writes them ----------------

VALUES = {
    "not": lambda one: not one,
    "and": lambda one, other: one and other,
    "or": lambda one, other: one or other,
    "xor": lambda one, other: one != other,
    "implies": lambda one, other: not one or other,
    "iff": lambda one, other: one == other,
    "nand": lambda one, other: not (one and other),
    "nor": lambda one, other: not (one or other),
}
BINARY = [name for name in VALUES if name != "not"]
STYLES = {
    "logic": dict(zip(VALUES, "¬ ∧ ∨ ⊕ → ↔ ↑ ↓".split(), strict=True)),
    "words": {name: name for name in VALUES},
    "LaTeX": dict(
        zip(
            VALUES,
            r"\neg \land \lor \oplus \to \leftrightarrow \uparrow \downarrow".split(),
            strict=True,
        )
    ),
    "LaTeX, other names": dict(
        zip(
            VALUES,
            r"\lnot \wedge \vee \veebar \Rightarrow \iff \barwedge nor".split(),
            strict=True,
        )
    ),
    "C": dict(zip(VALUES, "! && || != -> == nand nor".split(), strict=True)),
    "bits": dict(zip(VALUES, "~ & | xor => <-> nand nor".split(), strict=True)),
    "ASCII": dict(zip(VALUES, r"- /\ \/ xor --> <=> nand nor".split(), strict=True)),
}
LETTERS = "pqrs"


def variables(tree):
    if isinstance(tree, str):
        return {tree}
    return set().union(*map(variables, tree[1:]))


def value(tree, assignment):
    if isinstance(tree, str):
        return assignment[tree]
    return VALUES[tree[0]](*(value(part, assignment) for part in tree[1:]))


def cases(names):
    for values in itertools.product([True, False], repeat=len(names)):
        yield dict(zip(sorted(names), values, strict=True))


def agree(left, right):
    names = variables(left) | variables(right)
    return all(value(left, case) == value(right, case) for case in cases(names))


def written(tree, style):
    """A tree in a style, with brackets around every part."""
    if isinstance(tree, str):
        return tree
    symbol = STYLES[style][tree[0]]
    parts = [f"({written(part, style)})" for part in tree[1:]]
    return f" {symbol} ".join(parts) if len(parts) > 1 else f"{symbol} {parts[0]}"


def joined(parts):
    return st.one_of(
        st.tuples(st.just("not"), parts), st.tuples(st.sampled_from(BINARY), parts, parts)
    )


trees = st.recursive(st.sampled_from(LETTERS), joined, max_leaves=8)
styles = st.sampled_from(sorted(STYLES))


def rewritten(tree):
    """Trees that say the same by a law of logic, applied at the root."""
    yield ("not", ("not", tree))
    yield ("and", tree, ("or", tree, "p"))
    yield ("or", tree, ("and", tree, ("not", tree)))
    if isinstance(tree, str):
        return
    operator, *parts = tree
    if operator == "not":
        return
    left, right = parts
    others = {
        "and": [
            ("not", ("or", ("not", left), ("not", right))),
            ("and", right, left),
            ("nor", ("not", left), ("not", right)),
        ],
        "or": [
            ("not", ("and", ("not", left), ("not", right))),
            ("or", right, left),
            ("implies", ("not", left), right),
        ],
        "implies": [
            ("implies", ("not", right), ("not", left)),
            ("or", ("not", left), right),
            ("not", ("and", left, ("not", right))),
        ],
        "iff": [
            ("and", ("implies", left, right), ("implies", right, left)),
            ("or", ("and", left, right), ("and", ("not", left), ("not", right))),
            ("not", ("xor", left, right)),
        ],
        "xor": [("iff", left, ("not", right)), ("not", ("iff", left, right))],
        "nand": [("not", ("and", left, right))],
        "nor": [("not", ("or", left, right))],
    }
    yield from others[operator]
    if operator in ("and", "or"):
        inner = "or" if operator == "and" else "and"
        if isinstance(right, tuple) and right[0] == inner:
            yield (inner, (operator, left, right[1]), (operator, left, right[2]))


class TestGeneratedFormulas:
    """Against formulas whose truth is known by evaluating them."""

    @given(trees, styles, styles)
    def test_every_style_says_the_same(self, tree, ours, theirs):
        verdict = compare_logic(written(tree, ours), written(tree, theirs))
        assume(verdict.rule != "unread")  # a gold that is "t" alone and the like
        assert verdict

    @given(trees, trees, styles, styles)
    def test_equal_exactly_where_every_case_agrees(self, gold, answer, ours, theirs):
        verdict = compare_logic(written(gold, ours), written(answer, theirs))
        assert bool(verdict) == agree(gold, answer)

    @given(trees, styles, st.data())
    def test_a_law_of_logic_changes_nothing(self, tree, style, data):
        other = data.draw(st.sampled_from(list(rewritten(tree))))
        assert compare_logic(written(tree, style), written(other, style))

    @given(trees.filter(lambda tree: not isinstance(tree, str)), styles, st.data())
    def test_another_connective_is_another_formula(self, tree, style, data):
        assume(tree[0] != "not")
        other = (data.draw(st.sampled_from(BINARY)), *tree[1:])
        assume(not agree(tree, other))
        assert not compare_logic(written(tree, style), written(other, style))

    @given(trees, trees, styles)
    def test_the_counterexample_is_one(self, gold, answer, style):
        assume(not agree(gold, answer))
        reason = compare_logic(written(gold, style), written(answer, style)).reason
        found = re.fullmatch(
            r"not equivalent: at (.*) the gold is (True|False), the answer is (True|False)", reason
        )
        case = {each[0]: each.endswith("True") for each in found[1].split(", ")}
        assert value(gold, case) == (found[2] == "True")
        assert value(answer, case) == (found[3] == "True")
        assert found[2] != found[3]

    @settings(max_examples=30)
    @given(trees, trees)
    def test_sympy_agrees(self, gold, answer):
        def in_sympy(tree):
            if isinstance(tree, str):
                return sympy.Symbol(tree)
            names = {"iff": "Equivalent"}
            connective = getattr(sympy, names.get(tree[0], tree[0].capitalize()))
            return connective(*map(in_sympy, tree[1:]))

        differ = sympy.Xor(in_sympy(gold), in_sympy(answer))
        satisfiable = sympy.logic.inference.satisfiable(differ) is not False
        assert bool(compare_logic(written(gold, "logic"), written(answer, "words"))) != satisfiable

    @settings(max_examples=50)
    @given(trees, trees)
    def test_many_variables_are_decided_like_few(self, gold, answer):
        """Beyond the reach of truth tables decision diagrams take over; both agree."""
        many = " & ".join(f"(x{place} | ~x{place})" for place in range(MAX_TABLE))
        for one, other in ((gold, answer), (gold, ("not", ("not", gold)))):
            verdict = compare_logic(f"({written(one, 'bits')}) & {many}", written(other, "bits"))
            assert verdict.rule == "decision diagram"
            assert verdict.equal == agree(one, other)


# What is written how ----------------------------------------------------------------------------

EQUIVALENT = [
    pytest.param("p -> q", "¬p ∨ q", id="an implication as a disjunction"),
    pytest.param("p → q", "~q → ~p", id="the contrapositive"),
    pytest.param("p → q", "if p then q", id="if, then"),
    pytest.param("p → q", "If p, then q.", id="if, then, as a sentence"),
    pytest.param("p → q", "q if p", id="if behind"),
    pytest.param("p → q", "p only if q", id="only if"),
    pytest.param("p → q", "q <- p", id="an arrow to the left"),
    pytest.param("p ↔ q", "p if and only if q", id="if and only if"),
    pytest.param("p ↔ q", "p == q", id="two equality signs"),
    pytest.param("p ↔ q", "p xnor q", id="xnor"),
    pytest.param("p ⊕ q", "p != q", id="unequal"),
    pytest.param("p ⊕ q", "p ^ q", id="a caret, as in C"),
    pytest.param("(p ∧ q) ∨ r", "(p ^ q) v r", id="a caret beside v for or"),
    pytest.param("p -> q -> r", "p -> (q -> r)", id="implications chain to the right"),
    pytest.param("p | q & r", "p | (q & r)", id="and before or"),
    pytest.param("p | q ^ r", "p | (q ^ r)", id="xor before or"),
    pytest.param("p -> q | r", "p -> (q | r)", id="or before implies"),
    pytest.param("p <-> q -> r", "p <-> (q -> r)", id="implies before iff"),
    pytest.param("p == q && r", "(p == q) && r", id="equality signs before and"),
    pytest.param("not p and q", "(not p) and q", id="not before and"),
    pytest.param("p if q and r", "(q and r) implies p", id="and before if"),
    pytest.param("AB' + C", r"A\overline{B} + C", id="Boolean algebra"),
    pytest.param("AB' + C", "C + B'A", id="Boolean algebra in another order"),
    pytest.param("AB' + C", "(A && !B) || C", id="Boolean algebra in C"),
    pytest.param("AB' + C", "F = A·B' + C", id="Boolean algebra with a name"),
    pytest.param("(A+B)(A+C)", "A + BC", id="brackets side by side"),
    pytest.param("F(A,B) = A + B", "A or B", id="a gold with a name"),
    pytest.param("rain -> wet", "wet or not rain", id="variables that are words"),
    pytest.param(r"p_1 \to p_{2}", "¬p₁ ∨ p2", id="subscripts"),
    pytest.param(r"\phi \land \psi", "φ and ψ", id="Greek"),
    pytest.param("P ∧ Q", "p and q", id="another case"),
    pytest.param("p ∧ q", "p ∧ q ∧ (r ∨ ¬r)", id="a variable that does nothing"),
    pytest.param("p ∨ ¬p", "True", id="a tautology"),
    pytest.param("p ∨ ¬p", r"\top", id="a tautology in LaTeX"),
    pytest.param("p ∧ ¬p", "F", id="a contradiction"),
    pytest.param("p ∧ ¬p", "It is a contradiction.", id="a contradiction in words"),
    pytest.param("p ∧ ¬q", "¬(p → q) ≡ p ∧ ¬q", id="a chain of equivalences"),
    pytest.param("p ∧ ¬q", "¬(p → q) = p ∧ ¬q", id="a chain of equations"),
    pytest.param("t ∧ (t ∨ s)", "t", id="a variable named t"),
    pytest.param("p -> q", r"$\boxed{p \Rightarrow q}$", id="a box"),
    pytest.param("p -> q", r"\(\neg p \lor q\)", id="brackets of LaTeX"),
    pytest.param("p -> q", "**p → q**.", id="bold"),
    pytest.param("p -> q", "`!p || q`", id="code"),
    pytest.param("p -> q", "The simplified formula is: ¬p ∨ q", id="a statement"),
    pytest.param("¬(p ∧ q)", r"\text{not } p \text{ or not } q", id="words in LaTeX"),
    pytest.param("p & q", "ｐ ＆ ｑ", id="full width"),
    pytest.param("(p ∧ q) → r", "(p ^ q) -> r", id="a caret beside an arrow"),
    pytest.param("(p ^ q) → r", "p and q implies r", id="a caret beside an arrow, in the gold"),
    pytest.param("¬p ∧ ¬q", "~p ^ ~q", id="a caret between negated letters"),
    pytest.param("p ⊙ q", "~(p ^ q)", id="a caret in XNOR, as in C"),
    pytest.param("(p | q) ^ r", "(p or q) xor r", id="a caret beside a bar"),
    pytest.param("¬p ∧ ¬q", "neither p nor q", id="neither, nor"),
    pytest.param("¬p ∧ ¬q ∧ ¬r", "neither p nor q nor r", id="neither, nor, nor"),
    pytest.param("¬(p ∧ q)", "not both p and q", id="not both"),
    pytest.param("p ∨ (q ∧ r)", "p or both q and r", id="both"),
    pytest.param("(p ∧ q) → r", "if both p and q then r", id="both, within if"),
    pytest.param("p ∨ q", "p unless q", id="unless"),
    pytest.param("(p ∨ q) ∧ ¬r", "p or q, but not r", id="but binds less than or"),
    pytest.param("p → q", "q whenever p", id="whenever"),
    pytest.param("p → q", "p is sufficient for q", id="sufficient"),
    pytest.param("p → q", "q is necessary for p", id="necessary"),
    pytest.param("p ↔ q", "p is necessary and sufficient for q", id="necessary and sufficient"),
    pytest.param("p → q", "Implies(p, q)", id="a function"),
    pytest.param("p ∨ q ∨ ¬r", "Or(p, q, Not(r))", id="a function of three"),
    pytest.param("p ∨ (q ∧ r)", "Or[p, And[q, r]]", id="functions with other brackets"),
    pytest.param("p → q", "```python\nnot p or q\n```", id="a fenced block"),
    pytest.param("p → q", "**Answer:** $p \\to q$", id="a bold lead"),
    pytest.param("p → q", "Answer: **¬p ∨ q**", id="a bold formula behind a lead"),
    pytest.param("p → q", "Simplified: ¬p ∨ q", id="one word before a colon"),
    pytest.param("p → q", "The contrapositive of p → q is ¬q → ¬p.", id="a lead with a formula"),
    pytest.param("AB' + C", "The minimal SOP form is F = AB' + C", id="a lead and a name"),
    pytest.param("AB' + C", "F_min = A.B' + C", id="full stops for products"),
    pytest.param("A'B' + C", "A̅B̅ + C", id="bars that are characters"),
    pytest.param("(A+B)(C+D)", "(A ∨ B)(C ∨ D)", id="brackets side by side, in logic"),
    pytest.param("p → q", "¬p ∨ q (by material implication)", id="a remark in brackets"),
    pytest.param("p → q", "p → q, where p is rain and q is snow", id="what the letters stand for"),
    pytest.param("p → q", "p → q\n\nExplanation: by De Morgan's law", id="an explanation"),
    pytest.param("p → q", "p → q is equivalent to ¬p ∨ q", id="a chain in words"),
    pytest.param(
        "p → q", "¬p ∨ q, which is equivalent to p → q", id="the gold at the end of a chain"
    ),
    pytest.param("p → q", "p → q, i.e. ¬p ∨ q", id="i.e."),
    pytest.param("p → q", "Thus, ¬(p ∧ ¬q) is equivalent to ¬p ∨ q.", id="thus, a chain"),
    pytest.param("p → q", r"\therefore \neg p \lor q", id="therefore"),
    pytest.param("p → q", "It simplifies to ¬p ∨ q", id="it simplifies to"),
    pytest.param("p → q", "“p → q”", id="curly quotes"),
    pytest.param(
        "p → q",
        r"\begin{aligned} p \to q &\equiv \neg p \lor q \\ &\equiv \neg q \to \neg p \end{aligned}",
        id="an aligned chain",
    ),
    pytest.param("p → q", "True -> (p -> q)", id="a constant that goes on"),
]
DIFFERENT = [
    pytest.param("p -> q", "q -> p", id="the converse"),
    pytest.param("p -> q", "¬p → ¬q", id="the inverse"),
    pytest.param("p", "not p", id="the negation"),
    pytest.param("p ∧ q", "p ∨ q", id="another connective"),
    pytest.param("p ∧ q", "p", id="a part"),
    pytest.param("p ∧ q", "p ∧ q ∧ r", id="a variable more"),
    pytest.param("p ∧ q", "p, q", id="a list"),
    pytest.param("p -> q", "p -> q or q -> p", id="a hedge"),
    pytest.param("p ∧ q", r"\boxed{p ∧ q} or \boxed{p ∨ q}", id="two boxes"),
    pytest.param("p ∧ q", "p ∧ q ≡ p ∨ q", id="a chain whose sides differ"),
    pytest.param("p ∧ q", "p ∧ q is true", id="words behind"),
    pytest.param("p ∧ q", "not sure", id="no formula"),
    pytest.param("p ∧ q", "True", id="a truth value"),
    pytest.param("p ∧ q", "unknown", id="don't know"),
    pytest.param("p ∧ q", "yes", id="yes"),
    pytest.param("p ∨ ¬p", "true or false", id="constants that were not worked out"),
    pytest.param("p ∨ ¬p", "T ∨ F", id="constants in symbols"),
    pytest.param("p ↑ q", "p nand q nand q", id="nand does not chain"),
    pytest.param("p == q", "p == q == q", id="equality signs do not chain"),
    pytest.param("p", "p and if p then p", id="if behind a connective"),
    pytest.param("p", "(p", id="an open bracket"),
    pytest.param("p", "p)", id="a stray bracket"),
    pytest.param("p", "(p]", id="brackets that do not match"),
    pytest.param("p", "p p p", id="words in a row"),
    pytest.param("p", "∀x p", id="a quantifier"),
    pytest.param("p", "p + 17", id="a number"),
    pytest.param("p ∧ q", "p ^ q", id="a caret alone is exclusive or"),
    pytest.param("p ⊕ q", "(p ^ q) → True and q", id="a caret beside an arrow, no xor"),
    pytest.param("¬(p ∧ q)", "neither p nor q", id="neither is not not both"),
    pytest.param("¬(p ∧ q)", "not p and q", id="not both, without both"),
    pytest.param("p", "both p", id="both of one"),
    pytest.param("p", "both p or q", id="both with or"),
    pytest.param("p", "neither p nor q and r", id="nor and and, without brackets"),
    pytest.param("p ∨ q", "either p or q", id="either, which may be exclusive"),
    pytest.param("p → q", "Implies(p, q, r)", id="too many arguments"),
    pytest.param("p", "And(p)", id="too few arguments"),
    pytest.param("p", "And(p, q", id="a call that never closes"),
    pytest.param("p", "(p, q)", id="a comma in a bracket"),
    pytest.param("p", "p as well as q", id="as well as"),
    pytest.param("p → q", "p → q, which is q → p", id="another formula behind"),
    pytest.param("p → q", "p → q, i.e. q → p", id="a chain in words whose sides differ"),
    pytest.param("p → q", "p → q, since it may be q → p", id="a remark that hedges"),
    pytest.param("p → q", "The answer is not p → q", id="a denial"),
    pytest.param("p → q", "The wrong answer is p → q", id="a denial in the lead"),
    pytest.param("p → q", "q and the answer is p → q", id="a lead with a connective"),
]


class TestFormulas:
    """Every way to write a formula, and what is no formula."""

    @pytest.mark.parametrize(("gold", "answer"), EQUIVALENT)
    def test_equivalent(self, gold, answer):
        assert check_logic([laid_out(answer)], answer=[gold]) == [5.0]

    @pytest.mark.parametrize(("gold", "answer"), DIFFERENT)
    def test_not_equivalent(self, gold, answer):
        assert check_logic([laid_out(answer)], answer=[gold]) == [-2.5]

    @pytest.mark.parametrize(
        ("meaning", "spelling"),
        [(meaning, each) for meaning, spellings in CONNECTIVES.items() for each in spellings],
    )
    def test_every_spelling_in_the_table(self, meaning, spelling):
        if meaning == "not":
            assert read_formula(f"{spelling} p") == read_formula("not p")
        else:
            known = {"if": "<-"}.get(meaning, meaning)
            assert read_formula(f"p {spelling} q") == read_formula(f"p {known} q")

    @pytest.mark.parametrize(
        ("meaning", "spelling"),
        [(meaning, each) for meaning, spellings in CONSTANTS.items() for each in spellings],
    )
    def test_every_constant_in_the_table(self, meaning, spelling):
        assert read_formula(spelling) == Formula((), (meaning,))

    @pytest.mark.parametrize(
        "gold",
        ["42", "Paris", "the sum", "P(x) → Q(x)", "p nand q nand r", "T ∧ F", "p = ", "(1, 2)"],
    )
    def test_no_opinion_where_the_gold_is_none(self, gold):
        assert not is_logic(gold)
        assert check_logic([laid_out(gold), "none"], answer=[gold] * 2) == [None, None]

    def test_the_reason_shows_a_counterexample(self):
        reason = check_logic.explain(laid_out("q -> p"), answer="p -> q").reason
        assert reason == (
            "not equivalent: at p=True, q=False the gold is False, the answer is True"
        )

    def test_the_reason_says_why_a_text_is_no_formula(self):
        assert "'?'" in check_logic.explain(laid_out("p ? q"), answer="p").reason

    def test_thirty_variables(self):
        names = [f"x{place}" for place in range(30)]
        gold = " & ".join(names)
        right = f"~({' | '.join(f'~{name}' for name in names)})"
        wrong = " & ".join(names[:-1])
        texts = [laid_out(right), laid_out(wrong)]
        assert check_logic(texts, answer=[gold] * 2) == [5.0, -2.5]
        assert check_logic.explain(texts[1], answer=gold).details["verdict"] == "wrong"

    def test_what_is_too_large_is_undecided(self):
        """And then it earns what a wrong answer does."""
        names = [f"x{place}" for place in range(300)]
        outcome = check_logic.explain(laid_out(" | ".join(names)), answer="x0")
        assert outcome.score == -2.5
        assert outcome.details["verdict"] == "undecided"
