"""Text to a syntax tree: spellings folded, tokens, one grammar."""
