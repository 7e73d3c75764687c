#!/usr/bin/env python
"""Django's own entry; `lumbung` does the same and more."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from config.command import main  # noqa: E402

main()
