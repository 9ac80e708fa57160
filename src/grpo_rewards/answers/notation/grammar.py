r"""Canonical text to syntax tree: the small grammar of final answers, LaTeX and plain spellings.

Recursive descent, one method a rule, loosest binding first. What a tree means as an answer is
decided in `meaning`; how two are compared, in `equality` and `identity`. Nothing here evaluates
model text.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

import regex

from grpo_rewards.answers.notation.binding import bound
from grpo_rewards.answers.notation.names import ALIASES, FUNCTIONS, GREEK, MAP_NAMES, UNEVALUATED
from grpo_rewards.answers.notation.tokens import END, ENGLISH, NotMath, Token, tokenize
from grpo_rewards.answers.notation.trees import (
    ZERO,
    Application,
    BasedLiteral,
    Call,
    Chain,
    Constant,
    D,
    Degrees,
    Factorial,
    Group,
    Listing,
    Measured,
    Num,
    Omission,
    Percent,
    Power,
    Product,
    Proportion,
    Quotient,
    Row,
    Rows,
    SetOperation,
    Signed,
    Sum,
    Symbol,
    Tree,
    factors,
    fraction,
    is_higher,
    label,
    mixed,
    named,
    negated,
    number,
    product,
    quotient,
    root,
)
from grpo_rewards.answers.values.measures import reads_as_unit, scale_words, share_words

__all__ = ["parse"]

MAX_DEPTH = 60
"""How deep brackets, fractions and scripts may nest."""
MAX_HEIGHT = 100
"""Nodes from the root of a tree to its farthest leaf, whatever they are: what walks it recurses."""
MAX_ACCENTED = 200
"""Characters of what an accent makes a name of; an accent in an accent multiplies them."""

_SIGNS = frozenset(["+", "-", "pm", "mp"])
_PRIME = Symbol("'")
_MINUS_ONE = number("-1")


RELATIONS = {
    "=": "=", "==": "=", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "!=": "!=", "<>": "!=",
    "le": "<=", "ge": ">=", "lt": "<", "gt": ">", "ne": "!=", "in": "in", "notin": "notin",
    "approx": "~", "equiv": "equiv", "sim": "~", "cong": "~", "simeq": "~", "subset": "subset",
    "subseteq": "subseteq", "to": "to", "rightarrow": "to", "->": "to", "perp": "perp",
    "parallel": "parallel", "mid": "mid",
}  # fmt: skip
SET_OPERATIONS = {"cup": "cup", "cap": "cap", "setminus": "setminus", "backslash": "setminus"}
_ACCENTS = frozenset(
    "vec overrightarrow overline bar hat widehat tilde widetilde dot ddot underline mathbf "
    "overleftrightarrow overarc wideparen overset underset".split()
)
_SAME_ACCENTS = {
    "overrightarrow": "vec", "mathbf": "vec", "widehat": "hat", "overline": "bar", "widetilde": "tilde",
}  # fmt: skip


_SIDE_ENDS = frozenset(["", ",", ";", ")", "]", "}", "\\}", "=", "<", ">", "<=", ">=", "&", "\\\\"])
"""What ends a side of a relation; empty for the end of the text."""
_TERM_ENDS = _SIDE_ENDS | {"+", "-"}
_CLOSING = {"(": ")", "[": "]", "\\{": "\\}", "{": "}", "\\langle": "\\rangle"}


def parse(text: str) -> Tree:
    r"""The tree of a canonical text.

    Raises:
        NotMath: The text is not of this grammar: it is words, or broken, or too deep or too long.

    Example:
        >>> parse("x+1").terms
        (Symbol('x'), Num(Fraction(1, 1), 0))
    """
    tree = _Grammar(tokenize(text)).answer()
    # Brackets are not all that nests: 42!!! and x/y/y/y do, and were read in a loop.
    if is_higher(tree, MAX_HEIGHT):
        raise NotMath("it is nested too deep")
    return tree


def _places(tokens: list[Token], text: str) -> list[int]:
    return [place for place, token in enumerate(tokens) if token.text == text]


def _maps(tokens: list[Token]) -> frozenset[str]:
    """The letters that are applied where something is said of them: the A of ``A(x) = 2x``."""
    if not any(token.text == "=" for token in tokens):
        return frozenset()
    found: set[str] = set()
    ends = {closing: _places(tokens, closing) for closing in _CLOSING.values()}
    for place, token in enumerate(tokens[:-3]):
        is_letter = token.kind == "word" or (token.kind == "cmd" and token.text in GREEK)
        opening = tokens[place + 1].text
        starts = not place or tokens[place - 1].kind == "joint" or tokens[place - 1].text in ",;="
        if not (is_letter and starts and opening in _CLOSING and token.text not in ("e", "i")):
            continue
        later = ends[_CLOSING[opening]]
        after = bisect_left(later, place + 2)
        closing = later[after] if after < len(later) else 0
        inner = _applied_inside(tokens, place + 2) if opening == "(" else None
        if inner is not None and inner != token.text:  # p(q(2)) = -7
            found |= {token.text, inner}
            continue
        if not closing or [each.text for each in tokens[closing + 1 : closing + 2]] != ["="]:
            continue
        inside = tokens[place + 2 : closing]
        plain = all(each.kind in ("word", "num") or each.text in (",", *GREEK) for each in inside)
        itself = any(each.text == token.text for each in inside)
        if (opening == "(" and not itself and (plain or token.text[0].isupper())) or (
            opening == "[" and token.text in _OF_CHANCE
        ):
            found.add(token.text)
    return frozenset(found)


def _applied_inside(tokens: list[Token], place: int) -> str | None:
    """The letter that is applied to a number or a letter in brackets that end before "=": q(2))=."""
    near = tokens[place : place + 6]
    if [each.text for each in near[1:2] + near[3:]] != ["(", ")", ")", "="]:
        return None
    letter, argument = near[0], near[2]
    if letter.kind != "word" or letter.text in ("e", "i") or argument.kind not in ("word", "num"):
        return None
    return letter.text


_OF_CHANCE = frozenset(["E", "P", "V", "Var", "Cov", "Pr"])


class _Grammar:
    """The tokens of an answer, the place where reading has come to, and the rules."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = [*tokens, END]
        self.maps = _maps(tokens)
        self.place = 0
        self.depth = 0
        self.in_bars = False

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def ahead(self, distance: int) -> Token:
        place = self.place + distance
        return self.tokens[place] if place < len(self.tokens) else END

    def take(self) -> Token:
        token = self.tokens[self.place]
        self.place += token is not END
        return token

    def at(self, *texts: str) -> bool:
        token = self.tokens[self.place]
        return token.kind == "op" and token.text in texts

    def at_command(self, *names: str) -> bool:
        token = self.tokens[self.place]
        return token.kind == "cmd" and token.text in names

    def at_sign(self) -> bool:
        token = self.tokens[self.place]
        return token.text in _SIGNS and token.kind in ("op", "cmd")

    def accept(self, *texts: str) -> bool:
        if self.at(*texts):
            self.place += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise NotMath(f"expected {text!r}, found {self.next.text!r}")

    def deeper(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotMath("it is nested too deep")

    def script_text(self) -> str:
        if self.accept("{"):
            text = ""
            while not self.at("}"):
                if self.next.kind == "end":
                    raise NotMath("a script never closes")
                text += self.take().text
            self.take()
            return text
        sign = self.take().text if self.at("-") else ""
        return sign + self.take().text

    # Lists and relations ----------------------------------------------------------------------

    def answer(self) -> Tree:
        tree = self.items(closing=None)
        if self.next.kind != "end":
            raise NotMath(f"{self.next.text!r} is out of place")
        return tree

    def items(self, closing: str | None) -> Tree:
        """Items joined by commas, semicolons, "and", "or"; one item is itself."""
        found = [self.chain()]
        joints: set[str] = set()
        while True:
            token = self.next
            if token.kind == "joint" or self.at(",", ";", "&", "\\\\"):
                self.take()
                joints.add(token.text)
                while self.next.kind == "joint" or self.at(",", ";", "&", "\\\\"):
                    joints.add(self.take().text)
                if self.next.kind == "end" or (closing and self.at(closing)):
                    break
                found.append(self.chain())
            else:
                break
        if len(found) == 1:
            return found[0]
        joint = "or" if "or" in joints else "and" if "and" in joints else ","
        return Listing(joint, tuple(found))

    def relation(self) -> str | None:
        token = self.next
        if token.kind in ("op", "cmd"):
            return RELATIONS.get(token.text)
        return None

    def leaf(self, ends: frozenset[str]) -> Tree | None:
        """A number or a letter, where what follows ends all that it could begin; else ``None``.

        Most sides and terms are one, and no other rule need be asked what it finds there.
        """
        token = self.tokens[self.place]
        if token.kind not in ("num", "word"):
            return None
        follows = self.tokens[self.place + 1]
        if follows.kind not in ("op", "end") or follows.text not in ends:
            return None
        self.place += 1
        if token.kind == "num":
            return number(token.text)
        return Constant(token.text) if token.text in ("e", "i") else Symbol(token.text)

    def chain(self) -> Tree:
        sides = [self.set_expression()]
        relations: list[str] = []
        while (relation := self.relation()) is not None:
            self.take()
            relations.append(relation)
            sides.append(self.set_expression())
        return Chain(tuple(sides), tuple(relations)) if relations else sides[0]

    def set_expression(self) -> Tree:
        leaf = self.leaf(_SIDE_ENDS)
        if leaf is not None:
            return leaf
        tree = self.ratio()
        while True:
            token = self.next
            if token.kind == "cmd" and token.text in SET_OPERATIONS:
                name = SET_OPERATIONS[token.text]
            elif token.kind == "word" and token.text == "U" and isinstance(tree, Group):
                name = "cup"
            else:
                return tree
            self.take()
            tree = SetOperation(name, tree, self.ratio())

    def ratio(self) -> Tree:
        terms = [self.quantity()]
        while self.at(":"):
            self.take()
            terms.append(self.quantity())
        return Proportion(tuple(terms)) if len(terms) > 1 else terms[0]

    def quantity(self) -> Tree:
        tree = self.sum()
        phrase = self.unit_phrase()
        if phrase and not reads_as_unit(share_words(scale_words(phrase)[0])[0]):
            raise NotMath(f"{phrase!r} is not a unit")
        return Measured(tree, phrase) if phrase else tree

    def unit_phrase(self) -> str:
        """The words of a unit after a value, such as ``square meters`` or ``ft/s^2``; or empty."""
        words: list[str] = []
        while True:
            token = self.next
            if token.kind in ("text", "unitword", "upright"):
                self.take()
                words.append(token.text)
            elif words and self.at("^"):
                self.take()
                words.append("^" + self.script_text())
            elif (
                words
                and self.at("/", "*")
                and self.ahead(1).kind in ("text", "unitword", "word", "upright")
            ):
                words.append(self.take().text)
                words.append(self.take().text)
            elif words and token.kind == "word":
                words.append(self.take().text)
            else:
                return " ".join(words)

    # Arithmetic -------------------------------------------------------------------------------

    def sum(self) -> Tree:
        self.deeper()
        terms = [self.signed_term()]
        while self.at_sign():
            terms.append(self.signed_term())
        self.depth -= 1
        return Sum(tuple(terms)) if len(terms) > 1 else terms[0]

    def signed_term(self) -> Tree:
        signs: list[str] = []
        while self.at_sign():
            sign = self.take().text
            if sign != "+":
                signs.append(sign)
        tree = self.term()
        for sign in reversed(signs):
            tree = negated(tree) if sign == "-" else Signed(tree, sign)
        return tree

    def term(self) -> Tree:
        leaf = self.leaf(_TERM_ENDS)
        if leaf is not None:
            return leaf
        tree = self.power()
        while True:
            if self.at("*"):
                self.take()
                tree = product(tree, self.signed_factor())
            elif self.at("/"):
                self.take()
                if tree == D and self.next.text == "d" and not self.ahead(1).spaced:
                    raise NotMath("a derivative is not worked out")  # d/dx
                tree = quotient(tree, self.signed_factor())
            elif self.at_command("bmod", "mod", "pmod", "over", "choose", "circ", "land", "lor"):
                raise NotMath(f"{self.next.text!r} is not covered")
            elif self.starts_factor():
                tree = self.juxtaposed(tree)
            else:
                return tree

    def juxtaposed(self, tree: Tree) -> Tree:
        r"""``2 x``, and mixed numbers: ``1 1/2`` and ``1\frac{1}{2}`` are one number."""
        if isinstance(tree, Num) and self.next.kind == "num":
            above, slash, below = self.next, self.ahead(1), self.ahead(2)
            plain = tree.places == 0 and "." not in above.text and "," not in above.text
            if plain and slash.text == "/" and below.kind == "num" and below.text.isdigit():
                self.place += 3
                return self.postfixed(mixed(tree.value, int(above.text), int(below.text)))
            raise NotMath("two numbers stand side by side")
        if isinstance(tree, Num) and tree.places == 0 and self.at_command("frac"):
            follows = self.atom()
            raised = self.at("^", "**") and self.ahead(1).text != "circ"
            match follows:
                case Quotient(Num(top, 0), Num(bottom, 0)) if not raised:
                    return self.postfixed(mixed(tree.value, top, bottom))
            return product(tree, self.raised(self.postfixed(follows)))
        if self.next.kind in ("num", "sci"):
            if isinstance(tree, Num | Quotient):
                raise NotMath("two numbers stand side by side")
            if self.next.spaced and all(isinstance(part, Symbol) for part in factors(tree)):
                raise NotMath("letters stand before a number")
        return product(tree, self.power())

    def starts_factor(self) -> bool:
        token = self.next
        if token.kind in ("num", "sci", "word", "name"):
            return not (token.text == "U" and self.ahead(1).text in ("(", "["))
        if token.kind == "env":
            return token.text.startswith("\\begin")
        if token.kind == "op":
            if token.text == "|":
                return not self.in_bars
            return token.text in ("(", "[", "{", "\\{", "\\langle", "\\lfloor", "\\lceil")
        if token.kind == "cmd":
            return not (
                token.text in RELATIONS
                or token.text in SET_OPERATIONS
                or token.text in ("pm", "mp", "circ", "bmod", "mod", "pmod")
            )
        return False

    def signed_factor(self) -> Tree:
        negative = False
        while self.at("-", "+"):
            negative ^= self.take().text == "-"
        tree = self.power()
        return negated(tree) if negative else tree

    def power(self) -> Tree:
        return self.raised(self.postfixed(self.atom()))

    def raised(self, base: Tree) -> Tree:
        """A base with the exponent that follows it, if one does."""
        if self.at("^", "**"):
            self.take()
            if self.at_command("circ"):
                self.take()
                return self.postfixed(Degrees(base))
            self.deeper()
            exponent = self.exponent()
            self.depth -= 1
            if isinstance(base, Symbol) and self.at("_"):  # v^2_0
                self.take()
                base = self.subscripted(base)
            if exponent == _PRIME:
                return self.postfixed(named(base, "'"))
            if (
                isinstance(base, Symbol)
                and base.name in MAP_NAMES
                and exponent == _MINUS_ONE
                and self.at("(")
            ):
                return self.application(f"{base.name}^-1")
            return self.postfixed(Power(base, exponent))
        return base

    def exponent(self) -> Tree:
        if self.at("{"):
            return self.braced()
        if self.at("-", "+"):
            sign = self.take().text
            tree = self.power()
            return negated(tree) if sign == "-" else tree
        if self.next.kind == "num" and self.ahead(1).text == "_":
            return number(self.take().text)  # of v^2_0 the script is the letter's
        return self.power()

    def postfixed(self, tree: Tree) -> Tree:
        while self.next.kind == "op":
            if self.at("!"):
                self.take()
                tree = Factorial(tree)
            elif self.at("%"):
                self.take()
                tree = Percent(tree)
            elif self.at("'"):
                self.take()
                tree = named(tree, "'")
            elif (
                self.at("^")
                and self.ahead(1).kind == "cmd"
                and self.ahead(1).text in ("circ", "prime")
            ):
                self.take()
                tree = Degrees(tree) if self.take().text == "circ" else named(tree, "'")
            elif self.at("_"):
                self.take()
                tree = self.subscripted(tree)
            else:
                break
        return tree

    def subscripted(self, tree: Tree) -> Tree:
        if isinstance(tree, Group) and len(tree.items) == 1 and isinstance(tree.items[0], Num):
            tree = tree.items[0]
        if isinstance(tree, Num):
            base = self.script_text()
            if base.isdigit() and tree.places == 0:
                return BasedLiteral(tree.value, int(base))
            raise NotMath("a number has a subscript that is no base")
        return named(tree, "_" + self.script_text().replace(" ", ""))

    # Atoms ------------------------------------------------------------------------------------

    def atom(self) -> Tree:
        token = self.take()
        if token.kind in ("num", "sci"):
            return number(token.text)
        if token.kind in ("word", "upright"):
            return self.letter(token)
        if token.kind == "name":
            return self.named_operator(token.text)
        if token.kind == "text" and token.text.isalpha() and self.at("(") and not self.next.spaced:
            return self.application(token.text)
        is_word = token.text.lower() in ENGLISH
        if token.kind == "text" and token.text.isalpha() and len(token.text) <= 3 and not is_word:
            # \mathrm{PQ}: upright letters where a value is expected.
            return Product(tuple(map(Symbol, token.text)))
        if token.kind == "cmd":
            return self.command(token.text)
        if token.kind == "env":
            return self.environment(token.text)
        if token.kind == "op":
            return self.bracketed(token.text)
        raise NotMath(f"{token.text!r} is not part of an expression")

    def letter(self, token: Token) -> Tree:
        name = token.text
        if name in ("e", "i") and not self.at("_"):
            return Constant(name)
        if name in MAP_NAMES and self.at("(") and not self.next.spaced:
            return self.application(name)
        if name in self.maps and self.at("(", "["):
            return self.application(name)
        if name in MAP_NAMES and self.at("'"):
            primes = ""
            while self.accept("'"):
                primes += "'"
            return self.application(name + primes) if self.at("(") else Symbol(name + primes)
        return Symbol(name)

    def application(self, name: str) -> Tree:
        closing = _CLOSING[self.take().text]
        items = self.bracket_items(closing, given=name in _OF_CHANCE)
        return Application(name, items)

    def named_operator(self, name: str) -> Tree:
        if self.at("(", "["):
            return self.application(name)
        return Symbol(name)

    def command(self, name: str) -> Tree:
        if name == "frac":
            top = self.argument(single_digit=True)
            bottom = self.argument(single_digit=True)
            return fraction(top, bottom)
        if name in ("sqrt", "cbrt"):
            return self.radical(name)
        if name in ("binom", "dbinom", "tbinom"):
            upper = self.argument(single_digit=True)
            return Call("binom", (upper, self.argument(single_digit=True)))
        if name in FUNCTIONS or name in ALIASES:
            return self.function(ALIASES.get(name, name))
        if name in UNEVALUATED:
            return self.unevaluated(name)
        if name == "pi":
            return Constant("pi")
        if name == "infty":
            return Constant("inf")
        if name in GREEK:
            return self.greek(name)
        if name in _ACCENTS:
            return self.accented(name)
        if name == "emptyset":
            return Group("\\{", "\\}", ())
        if name == "ldots":
            return Omission()
        if name.startswith("mathbb"):
            return self.blackboard(name[6:])
        if name == "prime":
            return _PRIME
        if name in ("angle", "triangle", "odot", "mathcal"):
            points = ""
            while self.next.kind == "word" and self.next.text.isupper():
                points += self.take().text
            return Symbol(f"{name} {min(points, points[::-1])}")
        raise NotMath(f"\\{name} is not covered")

    def accented(self, name: str) -> Tree:
        content = self.argument()
        if isinstance(content, Symbol) or content in (Constant("i"), Constant("e")):
            base = content.name
        else:
            base = label(content) if not is_higher(content, MAX_DEPTH) else ""
        if not 0 < len(base) <= MAX_ACCENTED:
            raise NotMath("an accent stands over too much")
        return Symbol(f"{base}@{_SAME_ACCENTS.get(name, name)}")

    def greek(self, name: str) -> Tree:
        return self.application(name) if name in self.maps and self.at("(") else Symbol(name)

    def blackboard(self, letter: str) -> Tree:
        r"""``\mathbb{R}`` is a set, ``\mathbb{E}[X]`` an expected value."""
        if letter in _OF_CHANCE and self.at("(", "["):
            return self.application(letter)
        return Symbol(f"mathbb {letter}")

    def argument(self, *, single_digit: bool = False) -> Tree:
        """What a command takes: a braced group, or the one token that follows."""
        self.deeper()
        if self.at("{"):
            tree = self.braced()
        elif single_digit and self.next.kind == "num" and len(self.next.text) > 1:
            token = self.next
            if not token.text.isdigit():
                raise NotMath("an argument is cut in the middle of a number")
            # \frac12 takes one digit; the token keeps the rest.
            self.tokens[self.place] = Token("num", token.text[1:], spaced=False)
            tree = number(token.text[0])
        elif self.at("-"):
            raise NotMath("a sign cannot be an argument")
        else:
            tree = self.atom()
        self.depth -= 1
        return tree

    def braced(self) -> Tree:
        self.expect("{")
        self.deeper()
        tree = self.chain()
        self.depth -= 1
        self.expect("}")
        return tree

    def radical(self, name: str) -> Tree:
        index: Tree = Num(Fraction(3 if name == "cbrt" else 2))
        if self.accept("["):
            index = self.sum()
            self.expect("]")
        if self.at("("):
            self.take()
            content = self.one_of_brackets(")")
        else:
            content = self.argument()
        return Call("root", (content, index))

    def function(self, name: str) -> Tree:
        exponent: Tree | None = None
        base: Tree | None = None
        while self.at("^", "_"):
            if self.take().text == "^":
                exponent = self.exponent()
            else:
                base = self.argument()
        argument = self.function_argument()
        if name == "lg" or (name == "log" and base is not None):
            base = base or Num(Fraction(10))
            tree: Tree = Quotient(Call("ln", (argument,)), Call("ln", (base,)))
        elif name == "sqrt":
            tree = root(argument)
        else:
            tree = Call(name, (argument,))
        if exponent is None:
            return tree
        if exponent == _MINUS_ONE:
            return Call(f"arc{name}", (argument,))
        return Power(tree, exponent)

    def function_argument(self) -> Tree:
        r"""``\sin(x)`` takes the bracket; ``\sin 2x`` the product up to the next function or sign."""
        self.deeper()
        if self.at("("):
            self.take()
            tree = self.in_degrees(self.one_of_brackets(")"))
        elif self.at("{"):
            tree = self.in_degrees(self.braced())
        else:
            negative = self.accept("-")
            tree = self.power()
            while self.starts_factor() and not self.starts_function():
                tree = self.juxtaposed(tree)
            close = not (self.next.spaced or self.ahead(1).spaced)
            if self.at("/") and close and self.ahead(1).kind in ("num", "word"):
                self.take()  # \sin x/2 halves x, \sin x / 2 the sine
                tree = Quotient(tree, self.power())
            tree = negated(tree) if negative else tree
        self.depth -= 1
        return tree

    def in_degrees(self, tree: Tree) -> Tree:
        r"""The degree sign of ``\sin(30)^\circ``; another power there is the function's."""
        if self.at("^") and self.ahead(1).kind == "cmd" and self.ahead(1).text == "circ":
            self.place += 2
            return Degrees(tree)
        return tree

    def starts_function(self) -> bool:
        token = self.next
        return (token.kind == "cmd" and (token.text in FUNCTIONS or token.text in ALIASES)) or (
            token.kind == "op" and token.text in ("(", "[", "\\{")
        )

    def unevaluated(self, name: str) -> Tree:
        """A sum, product, integral, limit...: kept whole, with its bounds and what it ranges over."""
        self.deeper()
        bounds: list[Tree] = []
        while self.at("_", "^"):
            mark = self.take().text
            if self.accept("{"):
                bounds.append(Application(mark, (self.items("}"),)))
                self.expect("}")
            else:
                bounds.append(Application(mark, (self.atom(),)))
        body = self.term() if self.starts_factor() or self.at("(") else ZERO
        self.depth -= 1
        return bound(name, bounds, body)

    # Brackets ---------------------------------------------------------------------------------

    def bracketed(self, opening: str) -> Tree:
        if opening == "|":
            outer, self.in_bars = self.in_bars, True
            content = self.sum()
            self.expect("|")
            self.in_bars = outer
            return Call("abs", (content,))
        if opening == "\\|":
            content = self.sum()
            self.expect("\\|")
            return Application("norm", (content,))
        if opening in ("\\lfloor", "\\lceil"):
            content = self.sum()
            self.expect("\\rfloor" if opening == "\\lfloor" else "\\rceil")
            return Call("floor" if opening == "\\lfloor" else "ceil", (content,))
        if opening not in _CLOSING:
            raise NotMath(f"{opening!r} is out of place")
        items = self.bracket_items()
        closing = self.tokens[self.place - 1].text
        if opening == "(" and closing == ")" and len(items) == 1:
            return items[0] if not isinstance(items[0], Num) else Group("(", ")", items)
        if opening == "{" and len(items) == 1:
            return items[0]
        if opening == "{":
            opening, closing = "\\{", "\\}"
        if opening == "\\{" and closing == "}":
            closing = "\\}"
        return Group(opening, closing, items)

    def bracket_items(self, closing: str | None = None, *, given: bool = False) -> tuple[Tree, ...]:
        """The items up to the closing bracket, which is taken; any bracket closes if none is named.

        With ``given`` a bar parts an event from its condition.
        """
        closers = (closing,) if closing else (")", "]", "\\}", "}", "\\rangle")
        self.deeper()
        outer, self.in_bars = self.in_bars, given
        items: list[Tree] = []
        while not self.at(*closers):
            items.append(self.chain())
            if given and self.accept("|"):
                items[-1] = Application("given", (items[-1], self.chain()))
            if self.at("|") or self.at_command("mid") or (self.at(":") and items):
                raise NotMath("set-builder notation is read elsewhere")
            if not (self.at(",", ";") or self.next.kind == "joint"):
                break
            self.take()
        if not self.accept(*closers):
            raise NotMath("a bracket never closes")
        self.in_bars = outer
        self.depth -= 1
        return tuple(items)

    def environment(self, text: str) -> Tree:
        if not text.startswith("\\begin") or not regex.search(
            r"\{[bpvVB]?matrix\*?\}|\{array\}|\{smallmatrix\}", text
        ):
            raise NotMath(f"{text} is not covered")
        if "vmatrix" in text:
            raise NotMath("a determinant is not evaluated")
        rows: list[Row] = []
        row: list[Tree] = []
        self.deeper()
        while True:
            if self.next.kind == "env" and self.next.text.startswith("\\end"):
                self.take()
                break
            if self.accept("\\\\"):
                rows.append(Row(tuple(row)))
                row = []
            elif self.accept("&"):
                continue
            elif self.next.kind == "end":
                raise NotMath("a matrix never ends")
            else:
                row.append(self.chain())
        self.depth -= 1
        if row:
            rows.append(Row(tuple(row)))
        return Rows(tuple(rows))

    def one_of_brackets(self, closing: str) -> Tree:
        items = self.bracket_items(closing)
        if len(items) != 1:
            raise NotMath("a function has several arguments")
        return items[0]
