"""docs/architecture.md names every module, and only files that exist."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "docs/architecture.md"


def test_the_tree_is_current() -> None:
    spec = importlib.util.spec_from_file_location("generate_map", ROOT / "docs/generate_map.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = MAP.read_text(encoding="utf-8")
    assert text == module.updated(text), "run: python docs/generate_map.py"


def test_every_module_says_what_it_is() -> None:
    bare = re.findall(r"^- `(evalkit/[\w/.]+\.py)`$", MAP.read_text(encoding="utf-8"), re.MULTILINE)
    assert bare == []


def test_every_file_on_the_map_exists() -> None:
    named = set(re.findall(r"`((?:evalkit|tests|docs)/[\w./-]+\.\w+)`", MAP.read_text(encoding="utf-8")))
    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
