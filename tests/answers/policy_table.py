r"""The rows of the policy's tables, as `docs/equality.md` gives them: a class for each row.

A row is a gold, the predictions that equal it, and the predictions that do not.
"""

from __future__ import annotations

Rows = list[tuple[str, list[str], list[str]]]

EQUAL: Rows = [
    ("42", ["42.0", "042", "+42", "42.", " 42 ", "$42$", r"\(42\)", r"\boxed{42}", r"\text{42}", "(42)", "**42**", "x = 42", "42 apples", r"\$42", r"42^\circ"], []),
    ("-5", ["−5", "- 5", "–5"], []),
    ("1000", ["1,000", "1{,}000", r"1\,000", "1 000", "1e3", "1E3", "10^3", "10^{3}", r"1 \times 10^3", "1,000.00"], []),
    ("1,234,567", ["1234567"], []),
    ("1/2", ["0.5", ".5", "2/4", r"\frac12", r"\dfrac{1}{2}", r"\tfrac{2}{4}", "50%", r"50\%"], []),
    ("3/2", ["1 1/2", r"1\frac{1}{2}", "1.5"], []),
    (r"50\%", ["50%", "50 percent", "0.5", "1/2", "50"], []),
    ("1/3", ["0.3333333333"], []),
    (r"2\sqrt{3}", ["2*sqrt(3)", r"\sqrt{12}", "2√3"], []),
    (r"\pi", ["π", "pi"], []),
    ("33.3", [r"\frac{100}{3}"], []),
    ("1.0986", ["1.098612", r"\ln 3"], []),
    ("2/3", ["0.6666666666666666"], []),
    (r"\sqrt{2}", ["1.4142135623730951"], []),
    ("1/432", [r"2.314814814815 \times 10^{-3}", "2.314814814815e-3"], []),
    ("0.3", ["0.30000000000000004"], []),
    ("(x+1)^2", ["x^2+2x+1", "x**2 + 2*x + 1"], []),
    (r"\frac{x+2}{7}", [r"\frac{x}{7}+\frac{2}{7}"], []),
    ("5", ["x=5", "x = 5", "n=5."], []),
    ("2x+4y-3=0", [r"y = -\frac12 x + \frac34"], []),
    (r"\{1,2,3\}", ["{3,2,1}", "1, 2, 3", "1, 2 and 3"], []),
    ("1, 2", ["2, 1", "x=1 or x=2", "1 and 2"], []),
    (r"\pm 2", ["2, -2", r"\{-2, 2\}"], []),
    ("(1,2)", ["(1, 2)", r"\left(1,2\right)", "(1.0, 4/2)"], []),
    (r"(-\infty, 3)", ["x<3", r"x \in (-\infty,3)"], []),
    (r"\begin{pmatrix}1\\2\end{pmatrix}", [r"\begin{bmatrix}1\\2\end{bmatrix}", "[[1],[2]]"], []),
    ("B", ["b", "(B)", "B.", r"\text{B}", r"\textbf{(B)}", "B) 17", "B (Fish)", "B, outdoors", "(B) no", "B. Cannot be determined"], []),
    ("Monday", ["(B) Monday"], []),
    ("ACD", ["DCA", "A, C and D"], []),
    ("yes", ["Yes", "Yes.", r"\text{yes}"], []),
    ("the derivative", ["derivative", "The derivative."], []),
    ("5 meters", ["5", "5 m", "5 metres", "500 cm", "0.005 km"], []),
    ("150 m", ["150"], []),
    ("4 s", ["4"], []),
    ("10^{-16} J", ["10^{-16}"], []),
    ("2000", ["CHF 2,000", "USD 2,000", "Rs. 2000"], []),
    ("500", ["500 kbps"], []),
    ("f(x)=2x", ["f(t)=2t", "2x", "y=2x"], []),
    ("A(x)=2x", ["A(t)=2t", "2x", "y=2x"], []),
    ("p(t)=2t", ["p(x)=2x", "2t"], []),
    (r"\Phi(x,y)=x-y", [r"\Phi(s,t)=s-t", "x-y"], [r"\Phi(s,t)=t-s"]),
    ("W(x)=1 or W(x)=-1", [r"W(n) = 1 \text{ and } W(n) = -1", "W(n)=-1 or W(n)=1"], []),
    ("|AB|=1", ["1"], []),
    (r"\tan A=2", ["2"], []),
    (r"P(A\cap B)=1/3", ["1/3"], []),
    (r"m\angle A=30", ["30"], []),
    (r"\frac{NO}{BO}=\frac{1}{\sqrt6}", [r"\frac{1}{\sqrt6}"], []),
    ("293", ["m+n = 293", "m+n = 256+37 = 293"], []),
    ("25", ["5 x 5 = 25"], []),
    ("x=y=z=2", ["2"], []),
    ("F=ma", ["ma", r"m \cdot a"], []),
    ("f(x)=1", [r"f(x)=1 \text{ for all } x \in \mathbb{Q}"], []),
    (r"2x^3+c \text{ for any constant } c", ["2x^3+c"], []),
    (r"1 \le |z| \le \frac32", [r"1 \le |z| \le 1.5"], []),
    (r"\{1\pm\sqrt5,-2\}", [r"\{-2, 1+\sqrt5, 1-\sqrt5\}"], []),
    (r"(\pm 1, 0)", ["(1,0), (-1,0)"], []),
    (r"a \le -2 \text{ or } a=1", [r"(-\infty,-2]\cup\{1\}"], []),
    (r"\{x|x<3/2\}-\{-6\}", [r"(-\infty,-6)\cup(-6,3/2)"], []),
    ("36,36,108", ["36, 108, 36"], []),
    ("red, blue", ["blue and red"], []),
    (r"120^\circ", [r"\frac{2\pi}{3}", "120"], []),
    ("w=16, d=3", ["d=3, w=16"], []),
    ("3:4", ["6:8", "3/4", "0.75"], []),
    (r"\sqrt{1/n}", [r"\frac{1}{\sqrt{n}}"], []),
]  # fmt: skip

NOT_EQUAL: Rows = [
    ("42", [], ["142", "4", "-42", "43", "420", "0.42"]),
    ("42", [], ["41, 42, 43", "41 or 42", "A or B", "42 or something"]),
    ("42", [], ["not 42", "", " ", r"\boxed{}"]),
    ("0", [], [""]),
    ("0.5", [], ["50", "0.05"]),
    ("50", [], ["50%"]),
    ("1/3", [], ["0.33", "0.333"]),
    (r"\pi", [], ["3.14", "22/7"]),
    ("3.14159", [], ["3.14"]),
    (r"\frac{1}{2004!}", [], [r"\frac{1}{2006!}"]),
    (r"\frac{1}{2^{99}}", [], [r"\frac{1}{2^{98}}"]),
    ("1-1/e", [], ["1+1/e"]),
    ("4", [], [r"4\sqrt{2}", r"4\sqrt(2)"]),
    ("2", [], ["2 2/3"]),
    ("1331 and 1728", [], ["1728"]),
    ("(1,2)", [], ["(2,1)", "[1,2]", r"\{1,2\}"]),
    ("[0,9)", [], ["(0,9)"]),
    ("x<3", [], [r"x \le 3", "x>3"]),
    ("5 meters", [], ["5 feet", "5 km"]),
    (r"\pm 2021", [], ["2021"]),
    ("12:00", [], ["1:00", "12"]),
    ("3", [], ["n=3k", "4=3"]),
    ("2, 2", [], ["2"]),
    ("5050", [], [r"\sum_{k=1}^{100} k"]),
    (r"1, 2, \ldots, n", [], [r"1, 3, \ldots, n"]),
    ("52_8", [], ["528", "52"]),
    ("x^2-2x+10=0", [], ["x^2-2x+11=0"]),
    (r"\emptyset", [], ["0"]),
    ("0", [], ["none"]),
    ("|x|+|y|=1", [], ["x+y=1"]),
    ("|x+5|", [], ["x+5"]),
    (r"\sqrt{x^2}", [], ["x"]),
    (r"5\cdot 2^{1/2^{1000}}", [], ["5"]),
    (r"10^{500}+\sqrt2", [], [r"10^{500}+\sqrt3"]),
    (r"\frac{(2+\sqrt3)^{200}+(2-\sqrt3)^{200}}{2}", [], [r"\frac{(2+\sqrt3)^{200}}{2}"]),
    ("3:4", [], ["0:0", r"\infty:\infty"]),
    (r"50\%", [], ["50 per mille", "50 basis points", "50 km"]),
    ("42", [], ["42 thousands", "42 hundreds", "$42 trillion", "42 bn"]),
    ("42", [], ["42 hardly", "42 unlikely", "42 invalid", "42 nope", "42 guess", "42 depends", r"\boxed{42} or 43", r"\boxed{42} is wrong; it is 41."]),
    ("B", [], ["B also A", "B then A", "B wait C", "A=B", "B eliminated"]),
    ("yes", [], ["yes (unlikely)", "Yes, definitely not"]),
    ("2x = 6", [], ["6"]),
]  # fmt: skip


PENDING = {
    ("|x|+|y|=1", "x+y=1"), ("|x+5|", "x+5"), (r"5\cdot 2^{1/2^{1000}}", "5"),
    (r"10^{500}+\sqrt2", r"10^{500}+\sqrt3"),
    (r"\frac{(2+\sqrt3)^{200}+(2-\sqrt3)^{200}}{2}", r"\frac{(2+\sqrt3)^{200}}{2}"),
    ("3:4", "0:0"), ("3:4", r"\infty:\infty"), ("42", "42 hardly"), ("42", "42 unlikely"),
    ("42", "42 invalid"), ("42", "42 nope"), ("42", "42 guess"), ("42", "42 depends"),
    ("yes", "Yes, definitely not"),
}  # fmt: skip
"""Pairs that certified evaluation and the vocabulary of denials are to decide."""


def table_pairs() -> list[tuple[str, str, bool]]:
    """Every pair of the tables as (gold, prediction, equal)."""
    return [
        (gold, prediction, equal)
        for gold, same, different in (*EQUAL, *NOT_EQUAL)
        for equal, predictions in ((True, same), (False, different))
        for prediction in predictions
    ]
