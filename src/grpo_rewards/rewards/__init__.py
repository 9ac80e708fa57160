"""The public rewards and nothing else, one file a family; their names can be had from here, too."""

from __future__ import annotations

import lazy_loader

# The names are listed in __init__.pyi.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
