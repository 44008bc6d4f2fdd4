"""Writes tasks/code.json from the items beside it. Run: python tests/packs/make_code.py

The expected values are written by hand; where an item has an oracle, more cases come from it. The solutions and the
wrong programs stay here: test_code.py runs them against what the pack says.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

import code_easy
import code_fix
import code_hard
import code_medium
import code_refactor
from code_item import Item
from pack_files import write

ITEMS: list[Item] = [*code_easy.ITEMS, *code_medium.ITEMS, *code_hard.ITEMS, *code_fix.ITEMS, *code_refactor.ITEMS]


def cases(item: Item) -> list[dict[str, Any]]:
    out = [{"args": list(args), "expected": expected} for args, expected in item.cases]
    if item.oracle:
        space: dict[str, Any] = {}
        exec(item.oracle + "\n" + item.inputs, space)
        random = Random(f"code/{item.id}")
        for _ in range(item.extra):
            args = json.loads(json.dumps(space["inputs"](random)))
            out.append({"args": args, "expected": space[item.entry](*json.loads(json.dumps(args)))})
    return out


def build() -> dict[str, Any]:
    samples = []
    for item in ITEMS:
        shown = f"{item.task}\n\n```{item.given_language}\n{item.given.strip()}\n```" if item.given else item.task
        tags = item.tags.split() if item.given else ["write", *item.tags.split()]
        metadata = {"entry_point": item.entry, "cases": cases(item)}
        samples.append({"id": item.id, "input": shown, "tags": tags, "metadata": metadata})
    return {
        "name": "code",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "description": "Python functions to write, to fix and to rework, judged by hidden cases run in a sandbox. "
        "Standard library only; measures behaviour, not style. Chance level: 0.",
        "prompt": [
            {
                "role": "user",
                "content": "{input}\n\nUse only the Python 3 standard library. "
                "Answer with one Python code block that holds the complete code, without examples or tests.",
            }
        ],
        "scorer": {"name": "code"},
        "generation": {"max_tokens": 2048, "temperature": 0},
        "outcomes": {"extraction_failed": "wrong", "refused": "wrong"},
        "chance": 0.0,
        "samples": samples,
    }


if __name__ == "__main__":
    write(build())
