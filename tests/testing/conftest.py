"""Makes the rewards in `broken.py` importable by the tests beside it, and by pickle."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
