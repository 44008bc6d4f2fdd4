"""The pages under docs/providers are what the cards say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs" / "providers"


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_provider_pages", DOCS / "generate.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = generator()
AGAIN = "run `python docs/providers/generate.py`"


@pytest.mark.parametrize("name", GENERATE.cards())
def test_a_page_is_what_its_card_says(name: str) -> None:
    assert (DOCS / f"{name}.md").read_text(encoding="utf-8") == GENERATE.page(GENERATE.cards()[name]), AGAIN


def test_the_index_names_every_page() -> None:
    assert (DOCS / "README.md").read_text(encoding="utf-8") == GENERATE.index(GENERATE.cards()), AGAIN
    assert {path.stem for path in DOCS.glob("*.md")} == {*GENERATE.cards(), "README"}
