"""LeetCode's linked lists and trees, as a dataset's tests build them: `list_node` and `tree_node`.

They are made in the sandbox, by a few lines before the program, and what comes back is a list.
"""

from __future__ import annotations

import ast

__all__ = ["NODES", "NODE_NAMES", "as_nodes"]

NODE_NAMES = {
    "list_node": "_grpo_list_node",
    "tree_node": "_grpo_tree_node",
    "_grpo_list_of": "_grpo_list_of",
    "_grpo_tree_of": "_grpo_tree_of",
}
"""What tests call the helpers, and what they are called before the program."""
_SAME = {"is_same_list": "_grpo_list_of", "is_same_tree": "_grpo_tree_of"}
_MADE = ("list_node", "tree_node")

NODES = """
class ListNode:
    def __init__(self, val=0, next=None):
        self.val, self.next = val, next
class TreeNode:
    def __init__(self, val=0, left=None, right=None):
        self.val, self.left, self.right = val, left, right
_grpo_ListNode, _grpo_TreeNode = ListNode, TreeNode
def _grpo_list_node(values):
    node = None
    for value in values[::-1]:
        node = _grpo_ListNode(value, node)
    return node
def _grpo_tree_node(values):
    if not values or values[0] is None:
        return None
    root = _grpo_TreeNode(values[0])
    level, place = [root], 1
    while level and place < len(values):
        below = []
        for node in level:
            for side in (0, 1):
                if place < len(values) and values[place] is not None:
                    child = _grpo_TreeNode(values[place])
                    if side:
                        node.right = child
                    else:
                        node.left = child
                    below.append(child)
                place += 1
        level = below
    return root
def _grpo_list_of(node):
    values = []
    while node is not None:
        values.append(node.val)
        node = node.next
        if len(values) > 100000:
            raise ValueError('a list without end')
    return values
def _grpo_tree_of(node):
    values, level = [], [node]
    while level:
        below = []
        for node in level:
            if node is None:
                values.append(None)
            else:
                values.append(node.val)
                below += [node.left, node.right]
        level = below
        if len(values) > 100000:
            raise ValueError('a tree without end')
    while values and values[-1] is None:
        values.pop()
    return values
"""
"""What goes before a program whose tests use them."""


def as_nodes(expression: ast.expr) -> ast.expr:
    """An expression of a test with the helpers under the names that they have in `NODES`."""
    made: ast.expr = _Nodes().visit(expression)
    return made


class _Nodes(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        match node:
            case ast.Call(func=ast.Name(id=name), args=[left, right]) if name in _SAME:
                sides = [self._flat(each, _SAME[name]) for each in (left, right)]
                return ast.Compare(sides[0], [ast.Eq()], [sides[1]])
            case ast.Call(func=ast.Name(id=name), args=[value]) if name in _MADE:
                self.generic_visit(value)
                return ast.Call(ast.Name(NODE_NAMES[name], ast.Load()), [value], [])
        self.generic_visit(node)
        return node

    def _flat(self, node: ast.expr, flat: str) -> ast.expr:
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.List(elts=parts)]) if name in _MADE:
                while parts and isinstance(parts[-1], ast.Constant) and parts[-1].value is None:
                    parts.pop()
                return ast.List(parts, ast.Load())
            case ast.Constant(value=None):
                return ast.List([], ast.Load())
        return ast.Call(ast.Name(flat, ast.Load()), [self.visit(node)], [])
