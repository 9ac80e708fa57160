"""Reading Python's syntax, in any thread; nothing is run."""

from __future__ import annotations

import ast
import threading
import warnings

__all__ = ["parsed", "why_not_python"]

_parsing = threading.Lock()
_ATTEMPTS = 100


def parsed(text: str) -> ast.Module:
    """The syntax tree of a text, in any thread.

    Raises:
        SyntaxError: The text is no Python, or nested deeper than Python's parser goes.
        ValueError: The same.
    """
    for _ in range(_ATTEMPTS):
        # Before 3.12 two threads that parse at once disturb each other (CPython's issue 106905);
        # the lock keeps ours apart, and where the other one is a stranger, it is tried again.
        try:
            with _parsing:
                return _quietly(text)
        except (MemoryError, RecursionError) as error:  # noqa: PERF203 (rare, and the point of the loop)
            raise SyntaxError("it is nested too deep") from error
        except SystemError:
            continue
    return _quietly(text)


def _quietly(text: str) -> ast.Module:
    """Parse a text without a word on its doubtful spots, such as ``1 is 1``: it is a model's."""
    with warnings.catch_warnings():
        # Where warnings are errors, they would be errors of syntax, and change a verdict.
        warnings.simplefilter("ignore")
        return ast.parse(text)


def why_not_python(text: str) -> str:
    """Why a text that parses is no program nevertheless, such as a ``return`` outside a function.

    What does not parse is left to the Python that is to run it, which may know a newer syntax.

    Example:
        >>> why_not_python("return 1"), why_not_python("print(1)"), why_not_python("print(")
        ("SyntaxError: 'return' outside function", '', '')
    """
    try:
        tree = parsed(text)
    except (SyntaxError, ValueError):
        return ""
    try:
        with _parsing, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(tree, "<program>", "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"SyntaxError: {error.msg}"
    except (ValueError, RecursionError, MemoryError, SystemError, OverflowError):
        return ""  # of its size, of which it is not for this process to say what another makes
    return ""
