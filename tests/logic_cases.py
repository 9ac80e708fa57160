"""Responses that the tests of logic share."""

from __future__ import annotations


def laid_out(answer):
    """A response that is exactly the default format."""
    return f"By the laws of logic.<end_working_out><SOLUTION>{answer}</SOLUTION>"
