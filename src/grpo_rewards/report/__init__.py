"""One HTML page about scored completions or a training: rates, curves, and every completion.

`write_report` writes it, and needs the extra ``report``.
"""

from __future__ import annotations

import lazy_loader

# The names are listed in __init__.pyi.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
