r"""Cases of what is equal and what is not, by class.

A row is a gold, the predictions that equal it, and the predictions that do not. The classes are
those of the policy (``docs/equality.md``); a bug report becomes a row of its class, not a class.
"""

from __future__ import annotations

Rows = list[tuple[str, list[str], list[str]]]

CASES: dict[str, Rows] = {
    "integers": [
        (
            "42",
            ["42.0", "042", "+42", "42.", " 42 ", "$42$", r"\(42\)", r"\[42\]", "$$42$$",
             r"\boxed{42}", r"\text{42}", "(42)", "**42**", "x = 42", "42 apples", r"\$42",
             r"42^\circ", "`42`", "４２", r"\mathbf{42}", r"\fbox{42}", r"\displaystyle 42", "[42]"],
            ["142", "4", "-42", "43", "420", "0.42", "", " ", r"\boxed{}", "not 42", "forty", "42!",
             "42x", "42_8", "42%", "42 or something", "more than 42", "about 42", "42 times 2"],
        ),
        ("-5", ["−5", "- 5", "–5", "-5.0", "(-5)", r"\frac{-10}{2}"], ["5", "--5", "-(-5)", "-50"]),
        ("0", ["0.0", "-0", "0/7", "0 apples"], ["", "none", r"\emptyset", "nothing", "o"]),
        ("33", ["033", "33.0"], ["3", "33.5", "3 3"]),
        ("12", ["12th", r"$12^{\mathrm{th}}$", r"12^{th}", "0012"], ["12^2", "21"]),
    ],
    "thousands": [
        (
            "1000",
            ["1,000", "1{,}000", r"1\,000", "1 000", "1e3", "1E3", "10^3", "10^{3}", "1,000.00",
             r"1 \times 10^3", r"1 \cdot 10^{3}", "10**3", "1 thousand", r"1,\!000", "$1,000$"],
            ["1,00", "100", "10,000", "1.000", "1,000,0", "10^4", "1,0,0,0"],
        ),
        ("1,234,567", ["1234567", "1 234 567", r"1\,234\,567", "$1,234,567"], ["1234", "1,234"]),
        ("1430", [r"1\,430", "1,430"], ["14,30", "1.430"]),
        ("350,000 pages", ["350000", "350,000", r"350{,}000 \text{ pages}"], ["350", "35,000"]),
        ("3000000", ["3 million", "3,000,000", r"3 \times 10^6"], ["3 billion", "3 thousand", "3"]),
    ],
    "fractions and decimals": [
        (
            "1/2",
            ["0.5", ".5", "2/4", r"\frac12", r"\dfrac{1}{2}", r"\tfrac{2}{4}", "50%", r"50\%", "½",
             r"\frac{1}{2}", "1/2.", "(1/2)", "0.50", r"\frac1{2}", "2^{-1}"],
            ["2", "1/3", "0.05", "1,2", "12", "50", "1.2"],
        ),
        ("3/2", ["1 1/2", r"1\frac{1}{2}", "1.5", "1½", "150%"], ["1/2", "1 1/3", "11/2", "3 1/2"]),
        ("-3/2", ["-1 1/2", r"-1\frac12", "-1.5", r"-\frac{3}{2}", r"\frac{3}{-2}"], ["-1/2", "3/2"]),
        ("2", ["4/2", "2.000"], ["2 2/3", "2/2", "2.0001"]),
        ("12", ["11 + 1"], ["11 6/6", "11 1"]),
        ("4", ["4 0/9"], ["4 4/0", "4 4/9", "4,4"]),
        ("1/3", ["0.3333333333", "0.333333", r"\frac{1}{3} \text{ cup}"], ["0.33", "0.333", "0.333334", "3"]),
        ("0.4", [".4", "2/5", "40%"], ["4", "0.04", "0.44"]),
        ("3.14159", ["3.141590"], ["3.14", "3.1416", "3.14158"]),
        ("0,111", ["0.111"], ["111", "0.11"]),
        ("1,22", ["1.22", "22, 1"], ["122", "12.2"]),
    ],
    "percentages": [
        ("50\\%", ["50%", "50 percent", "0.5", "1/2", "50", "50 pct", r"50\text{ percent}"], ["5%", "0.05", "500"]),
        ("0.5", ["50%"], ["50", "0.05", "0.5%"]),
        ("50", ["50.0"], ["50%", "0.5"]),
        ("40/900", ["4 4/9%", "4 4/9 percent"], ["4 4/9"]),
    ],
    "scientific notation": [
        ("6.02 \\times 10^{23}", ["6.02e23", "6.02E+23", r"6.02 \cdot 10^{23}", "602 * 10^21"], ["6.02e22", "6.02"]),
        ("0.00012", ["1.2e-4", r"1.2 \times 10^{-4}", "1.2*10**-4"], ["1.2e-5", "1.2e4"]),
    ],
    "tiny and huge": [
        (r"\frac{1}{2004!}", ["1/2004!"], [r"\frac{1}{2006!}", "0"]),
        (r"\frac{1}{2^{99}}", ["2^{-99}"], [r"\frac{1}{2^{98}}", "0"]),
        ("1/20!", [r"\frac{1}{20!}"], ["1/21!", "0"]),
        ("2^{1000}", ["4^{500}", "2 * 2^{999}"], ["2^{1001}", "2^{1000}+1"]),
        (r"\frac{2^{2005}+1}{3 \cdot 2^{2006}}", [], [r"\frac{1}{3 \cdot 2^{2006}}"]),
    ],
    "surds and constants": [
        (r"2\sqrt{3}", ["2*sqrt(3)", r"\sqrt{12}", "2√3", "2 √ 3", r"\sqrt{3} \cdot 2", r"\frac{6}{\sqrt3}"], [r"3\sqrt{2}", r"2\sqrt{2}", "2*3", "12", "3.46"]),
        ("4", [r"\sqrt{16}", "2^2"], [r"4\sqrt{2}", r"4\sqrt(2)", r"\sqrt{4}"]),
        ("16", ["4^2"], [r"\sqrt{16}", "4"]),
        (r"\pi", ["π", "pi", r"1\pi", "3.141593", "3.14159265"], ["3.14", "22/7", r"2\pi", "p"]),
        (r"1-\frac1{\mathrm e}", ["1-1/e", "(e-1)/e"], ["1+1/e", "1-1/2", "1"]),
        (r"\sqrt[3]{8}", ["2", "8^{1/3}"], ["8", r"\sqrt{8}"]),
        (r"0.5 + \frac{\pi}{8}", [r"\pi \div 8 + 1 \div 2", "(4+π)/8"], [r"0.5 - \frac{\pi}{8}"]),
        (r"\log_2 8", ["3", r"\frac{\ln 8}{\ln 2}"], ["8", "2"]),
        (r"\frac{3+\sqrt5}{2}", [r"1.5+\frac{\sqrt{5}}{2}", r"(3+√5)/2"], [r"\frac{3-\sqrt5}{2}"]),
    ],
    "expressions": [
        ("(x+1)^2", ["x^2+2x+1", "x**2 + 2*x + 1", "(1+x)^2", "x² + 2x + 1", "(x+1)(x+1)"], ["x^2+1", "x^2+2x", "x^2-2x+1", "(x+1)^3", "(y+1)^2"]),
        (r"\frac{x+2}{7}", [r"\frac{x}{7}+\frac{2}{7}", "(x+2)/7", "(2+x)/7"], ["x+2/7", r"\frac{x+2}{8}"]),
        (r"\sqrt{1/n}", [r"\frac{1}{\sqrt{n}}", "n^{-1/2}"], [r"\sqrt{n}", r"\frac{1}{n}"]),
        ("9a + 11", ["11 + 9a", "11+9*a"], ["9a - 11", "9b + 11", "20a"]),
        (r"\sin 2x", [r"2\sin x\cos x", r"2\sin(x)\cos(x)", "sin(2x)"], [r"\sin x", r"\cos 2x", r"2 \sin x"]),
        ("3*cos(sqrt(980/7)*t)", [r"3\cos(2\sqrt{35}t)"], [r"3\cos(\sqrt{35}t)"]),
        (r"e^{x+1}", [r"e \cdot e^x", r"\exp(x+1)"], ["e^x+1", "e^{x-1}"]),
        (r"\ln|x| + C", [r"\ln |x| + C", r"C + \ln(|x|)", r"\ln|x| + c"], [r"\ln|x|", r"2\ln|x| + C"]),
        (r"\frac32 n + \frac12 m", [r"\frac{3n+m}{2}"], [r"\frac32 n", r"\frac32 n + \frac12"]),
        ("12m", ["m*12"], ["12", "12n"]),
        (r"\binom{n}{2}", [r"\frac{n(n-1)}{2}"], [r"\frac{n(n+1)}{2}"]),
        ("1", [r"\sin^2 x + \cos^2 x"], [r"\sin^2 x - \cos^2 x"]),
        ("2+3i", ["3i + 2"], ["2-3i", "3+2i", "2+3"]),
        (r"x_1 + x_2", ["x_{2} + x_{1}"], ["x_1 - x_2", "2x_1"]),
    ],
    "units": [
        ("5 meters", ["5", "5 m", "5 metres", r"5 \text{ m}", r"5\,\mathrm{m}"], ["5 feet", "5 km", "6 meters", "5 square meters"]),
        ("5 m^2", [r"5 \text{ square meters}", "5 m²"], ["5 m^3"]),
        ("5 meters", ["500 cm", "0.005 km", "5000 mm"], ["50 cm", "5 hours"]),
        ("36 km/h", ["10 m/s", r"36 \text{ kilometers per hour}"], ["36 m/s", "10 km/h"]),
        ("2 hours", ["120 minutes", "7200 s"], ["2 minutes"]),
        (r"1 \text{ m}^2", ["10000 cm^2", r"10000 \text{ square centimeters}"], ["100 cm^2"]),
        ("10", ["10 cm", "10 dollars", "$10", r"10 \text{ students}"], ["10 thousand", "10 dozen", "11 cm"]),
        ("495 cookies", ["495", "495 cookie"], ["495 cakes"]),
        (r"5.13 \mathrm{ft} / \mathrm{sec}", ["5.13", "5.13 feet per second"], ["5.13 m/s"]),
        ("120^\\circ", [r"\frac{2\pi}{3}", "120", "120 degrees", "120°"], [r"\frac{\pi}{3}", "60"]),
        (r"\frac{2\pi}{3}", ["120°"], ["120"]),
        ("0.06 \\text{ yuan}", ["0.06"], ["0.6 yuan"]),
    ],
    "sets and lists": [
        (r"\{1,2,3\}", ["{3,2,1}", "1, 2, 3", "1, 2 and 3", r"\left\{1, 2, 3\right\}", "{1,1,2,3}"], ["(1,2,3)", "[1,2,3]", "1, 2", "1, 2, 3, 4", "123"]),
        ("1, 2", ["2, 1", "x=1 or x=2", "1 and 2", "x = 1, x = 2", r"\{1, 2\}"], ["1", "2", "12", "1, 3", "(1, 2)", "1.2"]),
        ("2, 2", ["2 and 2"], ["2", "2, 2, 2"]),
        ("3", [r"\{3\}"], ["3, 3", "3, 4"]),
        ("1331 and 1728", ["1728, 1331"], ["1728", "1331"]),
        ("1, 2, \\ldots, n", ["1,2,...,n", "1, 2, …, n"], [r"1, 3, \ldots, n", r"1, 2, \ldots, 2n", "1, 2, n"]),
        (r"\{1,3\} \cup \{2,4\}", [r"\{1,2,3,4\}"], [r"\{1,2,3\}"]),
        (r"\emptyset", [r"\{\}", r"\varnothing", "∅"], ["0", r"\{0\}"]),
        ("$8$,$4$", ["4, 8"], ["8", "84"]),
        ("apples, pears", ["Apples, pears"], ["apples"]),
    ],
    "plus or minus": [
        (r"\pm 2", ["2, -2", r"\{-2, 2\}", "±2", r"x = \pm 2", "2 or -2"], ["2", "-2", r"\pm 3"]),
        (r"1 \pm \sqrt{2}", [r"1+\sqrt2, 1-\sqrt2"], [r"1+\sqrt2", r"1 \pm \sqrt{3}"]),
        (r"\pm 2021", ["-2021, 2021"], ["2021"]),
    ],
    "tuples": [
        ("(1,2)", ["(1, 2)", r"\left(1,2\right)", "(1.0, 4/2)", r"\langle 1, 2 \rangle"], ["(2,1)", "[1,2]", r"\{1,2\}", "(1,2,3)", "12"]),
        (r"\left(3, \frac{\pi}{2}\right)", ["(3, pi/2)", "(3, π/2)"], [r"(3, \frac{\pi}{3})"]),
        ("$(p,q)=(3,2)$", ["(3,2)"], ["(2,3)"]),
        ("(5, 8), (8, 5)", [r"(x, y) = (5, 8) \quad \text{and} \quad (8, 5)", "(8,5),(5,8)"], ["(5, 8)", "(5, 8), (5, 8)"]),
        ("(1,234)", ["(1, 234)"], ["1234", "1,234"]),
    ],
    "intervals and inequalities": [
        (r"(-\infty, 3)", ["x<3", r"x \in (-\infty,3)", "3 > x", "(-∞, 3)"], [r"(-\infty, 3]", "x>3", r"x \le 3", "3"]),
        ("[0,9)", ["0 ≤ x < 9", r"0 \leq x < 9"], ["(0,9)", "[0,9]", "[0,1)"]),
        ("x<3", [r"(-\infty,3)", "3>x", r"\{x \mid x < 3\}"], [r"x \le 3", "x>3", "y<3", "3"]),
        (r"-2 \le x \le 7", [r"x \in [-2,7]", "[-2, 7]"], ["(-2,7)", r"-2 \le x < 7"]),
        (r"-793 < a < 10", ["(-793, 10)"], ["[-793, 10]"]),
        (r"x<-1 \text{ or } x>1", [r"(-\infty,-1) \cup (1,\infty)", r"(1,\infty) \cup (-\infty,-1)"], [r"(-1,1)", r"(-\infty,-1)"]),
        (r"x \neq 5", [r"5 \ne x"], ["x = 5", r"x \ne 4"]),
        ("y < 2x + 1", ["y - 2x < 1", "2y < 4x + 2"], ["y > 2x + 1", r"y \le 2x + 1"]),
    ],
    "matrices": [
        (r"\begin{pmatrix}1\\2\end{pmatrix}", [r"\begin{bmatrix}1\\2\end{bmatrix}", "[[1],[2]]", r"\left(\begin{array}{c}1 \\ 2\end{array}\right)"], [r"\begin{pmatrix}2\\1\end{pmatrix}", "[[1],[3]]"]),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", ["[[1,2],[3,4]]", r"\begin{bmatrix}1.0&2\\3&4\end{bmatrix}"], [r"\begin{pmatrix}1&3\\2&4\end{pmatrix}", "[[1,2]]"]),
        (r"A^{-1} = \begin{pmatrix}1&0\\0&1\end{pmatrix}", [r"\begin{bmatrix}1&0\\0&1\end{bmatrix}"], [r"\begin{bmatrix}0&1\\1&0\end{bmatrix}"]),
    ],
    "equations": [
        ("2x+4y-3=0", [r"y = -\frac12 x + \frac34", "y = -1/2*x + 3/4", "4x+8y=6"], ["2x+4y+3=0", "y = 2x", "0"]),
        ("x^2-2x+10=0", ["2x^2-4x+20=0"], ["x^2-2x+11=0", "x^2+2x+10=0"]),
        ("3*x-1*y+13=0", ["y = 3x+13"], ["3x + 4y + 14=0"]),
        ("y=2x+1", ["2x+1", "y - 2x = 1", "y = 1 + 2x"], ["y=2x-1", "2x"]),
        ("x^2+y^2=4", ["y^2 + x^2 = 4"], ["x^2+y^2=2", "x^2-y^2=4"]),
    ],
    "assignments": [
        ("5", ["x=5", "x = 5", "n=5.", r"\boxed{x = 5}", "x = 2 + 3 = 5", "2+3 = 5"], ["x=6", "4=5", "n=5k", "5=x+1", "x = 5 = 6"]),
        ("3", ["k = 3"], ["n=3k", "4=3", "3=4"]),
        ("w=16, d=3", ["d=3, w=16"], ["w=3, d=16", "w=16"]),
        ("n=2, 3, 4", ["2, 3, 4", "n = 4, 3, 2"], ["n=1, 2, 3"]),
        ("x = 1", ["1"], ["y = 1", "x = 2"]),
        ("f(x)=2x", ["f(t)=2t", "2x", "f(x) = x + x"], ["f(x)=3x", "f(t)=2x", "2"]),
        ("f(x) = 0", ["f(t) = 0"], [r"\forall x>0, f(x) = 0"]),
        (r"S_{MBCN}:S=7:32", ["7:32"], ["7:33"]),
        (r"a+2z = 2z + a = 101", [], ["101"]),
    ],
    "ratios, times and bases": [
        ("3:4", ["6:8", "3 : 4"], ["4:3", "3:5", "34"]),
        ("1:2:3", ["2:4:6"], ["1:2", "1:2:4", "1:4:9"]),
        ("12:00", ["12:00"], ["1:00", "12", "0:00"]),
        ("52_8", ["52_{8}"], ["528", "52", "52_9"]),
        ("$1:2:3:\\ldots$", [], [r"$1:4:9:\ldots$"]),
    ],
    "restating the problem": [
        ("5050", ["100*101/2"], [r"\sum_{k=1}^{100} k"]),
        ("6", [], [r"\gcd(12, 18)", r"\int_0^6 1 dx", r"\lim_{x \to 6} x", r"\prod_{k=1}^{3} k"]),
        (r"F_n = \sum_{k=0}^{n-1} F_k F_{n-k-1}", [r"F_n = \sum_{k=0}^{n-1} F_{n-k-1} F_k"], [r"F_n = \sum_{k=0}^{n} F_k F_{n-k-1}"]),
    ],
    "choices": [
        ("B", ["b", "(B)", "B.", r"\text{B}", r"\textbf{(B)}", "B) 17", "B: seventeen", "Option B", r"\boxed{B}", "**B**", "The answer is B", "B, not A"], ["A", "A or B", "A, B", "AB", "not B", "8", "neither"]),
        ("(C) 12", ["C", "(C)", "C. 12"], ["B", "D) 12", "C) 13"]),
    ],
    "words": [
        ("yes", ["Yes", "Yes.", r"\text{yes}", "YES", "Yes, because it converges."], ["no", "yes and no", "not yes", ""]),
        ("the derivative", ["derivative", "The derivative."], ["the integral"]),
        ("no solution", ["No solution.", r"\text{no solution}"], ["one solution", "0"]),
        ("Paris", ["paris", "Paris."], ["London", "Par is"]),
        ("no", ["No."], ["on", "yes"]),
    ],
    "sentences": [
        ("20", ["The cost is $20.", "The answer is 20", "Answer: 20", "The total is 20 clips, altogether."], ["The cost is at least 20", "The cost is not 20", "The cost is 20 or 21", "20 is wrong, it is 21"]),
        ("k=4", ["Solution is: $k=4$."], ["Solution is: $k=5$."]),
    ],
    "hedges": [
        ("42", [], ["41, 42, 43", "41 or 42", "42 or 43", "A or 42", "42, 42", "either 42 or 7", "42; 43", "between 41 and 43", "42 (or 43)", "42/43", r"42 \text{ or } 43"]),
    ],
}  # fmt: skip


def pairs() -> list[tuple[str, str, str, bool]]:
    """Every case as (class, gold, prediction, equal)."""
    return [
        (name, gold, prediction, equal)
        for name, rows in CASES.items()
        for gold, same, different in rows
        for equal, predictions in ((True, same), (False, different))
        for prediction in predictions
    ]
