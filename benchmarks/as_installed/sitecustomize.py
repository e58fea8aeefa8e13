"""Hides what only benchmarks and browsers need: sqlite-utils loads pandas and numpy wherever it finds them.

With this folder in ``PYTHONPATH`` a process starts as one does where only ``requirements.txt`` is installed.
"""

import sys

for name in ("numpy", "pandas", "playwright"):
    sys.modules[name] = None  # type: ignore[assignment]  # a module that is None cannot be imported
