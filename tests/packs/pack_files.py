"""Where the shipped packs lie, and how a generator writes one: the head indented, then one sample a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TASKS = Path(__file__).resolve().parents[2] / "tasks"
HEAD = {"$schema": "../evalkit/schemas/pack.schema.json"}


def render(pack: dict[str, Any]) -> str:
    """The text of a pack file. One sample a line keeps a diff readable."""
    head = {key: value for key, value in (HEAD | pack).items() if key != "samples"}
    opening = json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    lines = ",\n".join("    " + json.dumps(sample, ensure_ascii=False) for sample in pack["samples"])
    return f'{opening},\n  "samples": [\n{lines}\n  ]\n}}\n'


def write(pack: dict[str, Any]) -> None:
    path = TASKS / f"{pack['name']}.json"
    path.write_text(render(pack), encoding="utf-8")
    print(f"{path.name}: {len(pack['samples'])} samples, {path.stat().st_size:,} bytes")


def load(name: str) -> dict[str, Any]:
    return json.loads((TASKS / f"{name}.json").read_text(encoding="utf-8"))
