"""The rewards, one module a family."""
