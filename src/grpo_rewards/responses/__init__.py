"""Completions to responses: their text, their layout, and the answer in it."""
