"""Tests of functions in other languages than Python: code that is put behind the program.

As MBXP and HumanEval-X have them, such tests are a program of their own, which ends with exit code
0 where the function is right. They run in the program's own process: what they end by saying tells
a program that passed them from one that left before they were through.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence

import regex

from grpo_rewards.errors import ColumnError

__all__ = ["DONE", "TESTED", "lacking_for", "require_tests", "with_tests"]

DONE = f"tests done {secrets.token_hex(8)}"
"""What tests say at their end: a word that no program knows, drawn once in a process."""
_MAIN = regex.compile(r"\bmain\s*\([^()]*\)\s*(?:->\s*\w+\s*)?\{")
_PYTHON = regex.compile(r"^\s*+assert\s++[^(\s]", regex.MULTILINE)
_REQUIRED = regex.compile(
    r"\brequire\(\s*+['\"`](?:node:)?(?P<name>[^'\"`/]++)[^'\"`]*+['\"`]\s*+\)"
)
_BUILT_IN = frozenset(
    "assert async_hooks buffer child_process console constants crypto events fs http https module "
    "os path perf_hooks process punycode querystring readline stream string_decoder timers tty url "
    "util v8 vm worker_threads zlib".split()
)
"""The modules that Node.js has by itself."""
_NO_HEADER = regex.compile(r"fatal error: (?P<name>[^:\n]++): No such file")


def with_tests(language: str, program: str, tests: str, prelude: str = "") -> str:
    """A program with its tests behind it, and what goes before it, as one source.

    Example:
        >>> source = with_tests("javascript", "const f = x => x;", "console.assert(f(1) === 1)")
        >>> source.count(DONE)
        1
    """
    return TESTED[language](_behind(prelude, program), tests)


def require_tests(language: str, tests: str) -> None:
    """Raise unless a text can be tests in a language.

    Raises:
        ColumnError: There is none; it has no ``main``, where one is needed; or it is Python; or
            tests in this language are not run at all.
    """
    if language not in TESTED or not tests.strip():
        raise ColumnError(
            f"the tests are about a function, and programs in {language} are judged by what they "
            "print: give pairs of input and output, and no function"
        )
    required = [found["name"] for found in _REQUIRED.finditer(tests)]
    strangers = [name for name in required if name not in _BUILT_IN]
    if language == "javascript" and strangers:
        raise ColumnError(
            f"the tests {tests.strip()!r:.80} require {strangers[0]!r}, which Node.js has not by "
            "itself: write such as do without, or leave these rows out"
        )
    needs_main = language != "javascript" and not (language == "rust" and "#[test]" in tests)
    if _PYTHON.search(tests) or (needs_main and not _MAIN.search(tests)):
        raise ColumnError(
            f"the tests {tests.strip()!r:.80} are about a function, and none in {language}: write "
            "code that is run behind the program, with a main, as MBXP and HumanEval-X have it; "
            "or pairs of input and output, and no function"
        )


def lacking_for(tests: str, said: str) -> str:
    """The header that tests include, and a compiler said it has not; empty for none.

    Example:
        >>> lacking_for("#include <boost/any.hpp>", "fatal error: boost/any.hpp: No such file or")
        'boost/any.hpp'
    """
    found = _NO_HEADER.search(said)
    return found["name"] if found and found["name"] in tests else ""


# Languages -----------------------------------------------------------------------------------


def _in_c(program: str, tests: str, *, prints: str) -> str:
    """Of two programs in C: the first one's ``main`` under another name, the second's guarded."""
    guard = " __attribute__((cleanup(grpo_done))) int grpo_guard = 0; (void)grpo_guard;"
    guarded = _MAIN.sub(lambda found: found[0] + guard, tests, count=1)
    return "\n".join(
        (
            "#define main grpo_own_main",
            program,
            "#undef main",
            prints,
            "#undef NDEBUG",
            "#undef assert",
            "#include <assert.h>",
            guarded,
        )
    )


def _c(program: str, tests: str) -> str:
    return _in_c(program, tests, prints=_PRINTS.replace("EXTERN", ""))


def _cpp(program: str, tests: str) -> str:
    return _in_c(program, tests, prints=_PRINTS.replace("EXTERN", 'extern "C"'))


# Nothing here but what every system has: a program may have defined any name of the library.
_PRINTS = f"""
EXTERN long write(int, const void *, unsigned long);
static void grpo_done(int *unused) {{ (void)unused; write(1, "\\n{DONE}\\n", {len(DONE) + 2}); }}
"""


def _javascript(program: str, tests: str) -> str:
    return "\n".join(
        (
            _ASSERTING,
            program,
            "Object.defineProperty(console, 'assert', { value: grpo_assert });",
            "{",  # where names of the tests' own hide the program's
            tests,
            "}",
            f'grpo_write(1, "\\n{DONE}\\n");',
        )
    )


# As it is, console.assert prints, and goes on; and a program could have another one put there.
_ASSERTING = """
const grpo_write = require('fs').writeSync;
const grpo_assert = (holds, ...said) => { if (!holds) { throw new Error(said.join(' ')); } };
Object.freeze(require('assert'));
Object.freeze(require('assert').strict);
"""
_IMPORT = regex.compile(r"^[ \t]*+import\s[^;\n]++;[ \t]*+\n?", regex.MULTILINE)
_PUBLIC = regex.compile(
    r"\bpublic\s++(?=(?:final\s++|abstract\s++)?(?:class|interface|enum|record)\b)"
)


def _java(program: str, tests: str) -> str:
    imports = dict.fromkeys(
        found.strip() for text in (program, tests) for found in _IMPORT.findall(text)
    )
    parts = [
        _PUBLIC.sub("", regex.sub(r"\bMain\b", name, _IMPORT.sub("", text)))
        for name, text in (("GrpoOwn", program), ("GrpoTested", tests))
    ]
    return "\n".join((*imports, *parts, _JAVA_MAIN))


_JAVA_MAIN = f"""
public class Main {{
    public static void main(String[] given) throws Throwable {{
        ClassLoader.getSystemClassLoader().setDefaultAssertionStatus(true);
        GrpoTested.main(given);
        System.out.println("\\n{DONE}");
    }}
}}
"""
_RUST_MAIN = regex.compile(r"\bfn\s++main\s*+\(")
_RUST_TEST = regex.compile(r"#\[test\]\s*+(?:#\[[^\]]*+\]\s*+)*+(?:pub\s++)?fn\s++(?P<name>\w++)")
_RUST_MODULE = regex.compile(r"#\[cfg\(test\)\]\s*+(?:pub\s++)?mod\s++(?P<name>\w++)")


def _rust(program: str, tests: str) -> str:
    module = _RUST_MODULE.search(tests)
    path = f"{module['name']}::" if module else ""
    names = [found["name"] for found in _RUST_TEST.finditer(tests)]
    calls = " ".join(f"{path}{name}();" for name in names) or "grpo_tests();"
    tests = _RUST_TEST.sub(r"pub fn \g<name>", tests)
    tests = _RUST_MODULE.sub(r"mod \g<name>", tests)
    main = f'fn main() {{ {calls} println!("\\n{DONE}"); }}'
    return "\n".join(
        (
            _RUST_MAIN.sub("fn grpo_own_main(", program),
            _RUST_MAIN.sub("fn grpo_tests(", tests),
            main,
        )
    )


TESTED: dict[str, Callable[[str, str], str]] = {
    "c": _c,
    "cpp": _cpp,
    "javascript": _javascript,
    "java": _java,
    "rust": _rust,
}
"""How a program and its tests become one, by language."""


# What goes before ----------------------------------------------------------------------------

_NO_CODE = regex.compile(
    r"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)'"
)
_UNIT_END = regex.compile(r"^[ \t]*+#[^\n]*+\n|;|\}", regex.MULTILINE)
_DEFINED = regex.compile(r"(?P<name>\w++)\s*+(?:=\s*+)?\(")


def _blank(text: str) -> str:
    """A text of the same length with spaces for its comments and strings."""
    return _NO_CODE.sub(lambda found: regex.sub(r"[^\n]", " ", found[0]), text)


def _behind(prelude: str, program: str) -> str:
    r"""A program behind what goes before it, which may end within the function asked for.

    Where the program is the rest of that function, it goes on there; where it has the function
    itself, what the prelude has begun is left out, and so are functions that both of them have.

    Example:
        >>> _behind("#include <math.h>\nint f(int x) {\n", "return x; }")
        '#include <math.h>\nint f(int x) {\n\nreturn x; }'
        >>> _behind("#include <math.h>\nint f(int x) {\n", "int f(int y) { return y; }")
        '#include <math.h>\nint f(int y) { return y; }'
    """
    if not prelude.strip():
        return program
    opened = _opened(prelude)
    if opened and _opened(program) == -opened:
        return f"{prelude}\n{program}"
    kept = [unit for unit in _units(prelude) if not _has(program, unit)]
    return "\n".join((*(unit.strip("\n") for unit in kept if unit.strip()), program))


def _opened(text: str) -> int:
    code = _blank(text)
    return code.count("{") - code.count("}")


def _units(text: str) -> Sequence[str]:
    """What stands at the top of a text, as far as it is whole."""
    code = _blank(text)
    found, start, depth, place = [], 0, 0, 0
    while end := _UNIT_END.search(code, place):
        depth += code.count("{", place, end.end()) - (end[0] == "}")
        place = end.end()
        if depth == 0:
            found.append(text[start:place])
            start = place
    return found


def _has(program: str, unit: str) -> bool:
    """Whether a program defines what a unit does."""
    head, brace, _ = _blank(unit).partition("{")
    name = _DEFINED.search(head)
    if not brace or name is None:
        return False
    return bool(regex.search(rf"\b{name['name']}\s*+(?:=\s*+)?\([^;{{}}]*+\{{", _blank(program)))
