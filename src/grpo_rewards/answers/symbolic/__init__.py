"""The symbolic rule, and the pool of worker processes that it runs in."""
