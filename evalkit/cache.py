"""Where what is built or written once per user is kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_directory() -> Path:
    """EVALKIT_CACHE, else the platform's cache directory (XDG_CACHE_HOME is honoured) with `evalkit` below it."""
    if chosen := os.environ.get("EVALKIT_CACHE"):
        return Path(chosen)
    if xdg := os.environ.get("XDG_CACHE_HOME"):
        return Path(xdg) / "evalkit"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "evalkit"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "evalkit"
    return Path.home() / ".cache" / "evalkit"
