"""Settings of every test."""

from __future__ import annotations

from hypothesis import settings

# A deadline is a timed assertion, and a busy machine would fail it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
