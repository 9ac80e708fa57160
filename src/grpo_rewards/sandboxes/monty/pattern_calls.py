"""Calls of `re`: their patterns and templates in the dialect of Monty, substitutions by ours.

What a pattern is in that dialect, `pattern_dialect` says.
"""

from __future__ import annotations

import ast

from grpo_rewards.sandboxes.monty.divergences import Nodes
from grpo_rewards.sandboxes.monty.pattern_dialect import (
    PATTERN_FUNCTIONS,
    TEMPLATE_METHODS,
    is_wrong,
    pattern_doubt,
    translated,
    written,
)
from grpo_rewards.sandboxes.monty.prelude import PREFIX

__all__ = ["PatternCalls"]


class PatternCalls:
    """Rewrites the calls of a program that are about patterns."""

    def __init__(self, nodes: Nodes) -> None:
        self.names = _names_of_functions(nodes)
        self.texts = _constants(nodes)
        self.used: set[str] = set()
        self.doubt = ""

    def rewrite(self, node: ast.Call) -> None:
        """Change a call, if it is one of a function or a method of `re`."""
        if self.names:
            self._translate(node)
        self._substitute(node)

    def _translate(self, node: ast.Call) -> None:
        """Write a pattern or a template that stands in a call in the dialect that Monty has."""
        named = {keyword.arg: keyword for keyword in node.keywords}
        function = self._function(node.func)
        if function:
            pattern = node.args[0] if node.args else getattr(named.get("pattern"), "value", None)
            text = self._text(pattern)
            self.doubt = self.doubt or pattern_doubt(function, text)
            place = 1 if function in TEMPLATE_METHODS else len(node.args)
            names = self._text(node.args[place]) if place < len(node.args) else None
            if text is not None and node.args and is_wrong(text, names):
                self.used.add("base")
                node.args[0] = ast.Constant("(")  # which Monty has no more than Python
                return
            flags = [
                *node.args[{"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(function, 2) :],
                *(keyword.value for keyword in node.keywords if keyword.arg == "flags"),
            ]
            if node.args and isinstance(pattern, ast.Constant) and isinstance(pattern.value, str):
                made = written(pattern.value, flags)
                if made != pattern.value:
                    self.used.add("base")
                    node.args[0] = ast.Constant(made)
        is_method = isinstance(node.func, ast.Attribute) and node.func.attr in TEMPLATE_METHODS
        if function not in TEMPLATE_METHODS and not (is_method and not function):
            return
        place = 1 if function else 0
        template = node.args[place] if len(node.args) > place else None
        if template is None and "repl" in named:
            template = named["repl"].value
        match node.func:
            case ast.Attribute(value=value) if not function:
                read = self._text(value)
                if read is not None and is_wrong(read, self._text(template)):
                    self.used.add("helpers")
                    node.args[:1] = [ast.Call(ast.Name(f"{PREFIX}no_group"), [], [])]
        match template:
            case ast.Constant(value=str(text)) if "\\" in text:
                self.used.add("base")
                template.value = translated(text)
            case ast.Constant() | ast.Lambda() | None:
                pass
            case _ if "\\" in (self._text(template) or "\\"):
                self.doubt = self.doubt or "Monty may read this template otherwise"

    def _substitute(self, node: ast.Call) -> None:
        """Have a substitution by what a function says done by us: Monty knows none."""
        function = self._function(node.func)
        is_method = isinstance(node.func, ast.Attribute) and node.func.attr == "sub"
        if function == "subn":
            node.func = ast.Name(f"{PREFIX}subn")
        elif function == "sub" and len(node.args) > 1 and not _is_text(node.args[1]):
            node.func = ast.Name(f"{PREFIX}substituted")
        elif is_method and not function and node.args and not _is_text(node.args[0]):
            assert isinstance(node.func, ast.Attribute)
            node.args.insert(0, node.func.value)
            node.func = ast.Name(f"{PREFIX}sub_of")
        else:
            return
        self.used.add("substituted")

    def _function(self, function: ast.expr) -> str:
        match function:
            case ast.Attribute(value=ast.Name(id=module), attr=name) if (
                self.names.get(module) == "re"
            ):
                return name if name in PATTERN_FUNCTIONS else ""
            case ast.Name(id=name):
                found = self.names.get(name, "")
                return found if found in PATTERN_FUNCTIONS else ""
        return ""

    def _text(self, node: ast.expr | None) -> str | None:
        """The string, or the pattern of it, that an expression is, or is a name for."""
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                return self._text(self.texts.get(name))
            case ast.Call(func=function, args=[ast.Constant(value=str(text)), *_]):
                return text if self._function(function) == "compile" else None
        return None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr | ast.Constant)


def _names_of_functions(nodes: Nodes) -> dict[str, str]:
    """What a program calls `re`, or a function of it, and which of them that is."""
    found: dict[str, str] = {}
    for node in nodes:
        match node:
            case ast.Import(names=names):
                found |= {alias.asname or "re": "re" for alias in names if alias.name == "re"}
            case ast.ImportFrom(module="re", names=names):
                found |= {alias.asname or alias.name: alias.name for alias in names}
                if names[0].name == "*":
                    found |= {name: name for name in PATTERN_FUNCTIONS}
    return found


def _constants(nodes: Nodes) -> dict[str, ast.expr]:
    """The expressions of the names that are assigned once in a program, and not of names."""
    found: dict[str, list[ast.expr | None]] = {}
    for node in nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.setdefault(name, []).append(value)
            case ast.arg(arg=name):
                found.setdefault(name, []).append(None)
            case ast.For(target=target) | ast.comprehension(target=target):
                for each in ast.walk(target):
                    if isinstance(each, ast.Name):
                        found.setdefault(each.id, []).append(None)
    return {
        name: value
        for name, (value, *others) in found.items()
        if not others and value is not None and not isinstance(value, ast.Name)
    }
