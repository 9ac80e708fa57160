"""What mkdocstrings has to be told about this package's docstrings (see mkdocs.yml)."""

from __future__ import annotations

import re
from typing import Any

import griffe

EXAMPLE = re.compile(r"^( *)Example:$", re.MULTILINE)
LITERAL = re.compile(r"::$", re.MULTILINE)
RETURNS = re.compile(r"^Returns:\n((?: {4}.*\n|\n(?= {4}))*)", re.MULTILINE)
NOT_COVERED = re.compile(r"^( *)Not covered: ", re.MULTILINE)


class Docstrings(griffe.Extension):
    """Lets docstrings say what they mean in the words that griffe and Markdown know."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite one docstring, as it is loaded."""
        if obj.docstring:
            obj.docstring.value = rewritten(obj.docstring.value)
            if obj.is_attribute:
                obj.docstring.value = with_example(obj.docstring.value)
            if obj.is_class:  # a call returns it: the class has no type that could stand beside it
                obj.docstring.value = RETURNS.sub(as_paragraph, obj.docstring.value)


def as_paragraph(section: re.Match[str]) -> str:
    """A section as a paragraph."""
    return f"**Returns:** {' '.join(section[1].split())}\n"


def with_example(docstring: str) -> str:
    """An attribute's docstring; what follows its sentence is an example, not Markdown."""
    sentence, blank, example = docstring.partition("\n\n")
    return f"{sentence}\n\n```text\n{example}\n```" if blank else sentence


def rewritten(docstring: str) -> str:
    """A docstring in the words that griffe knows."""
    docstring = EXAMPLE.sub(r"\1Examples:", docstring)
    docstring = LITERAL.sub(":", docstring)  # reStructuredText's mark of a literal block
    return NOT_COVERED.sub(r"\1**Not covered:** ", docstring)
