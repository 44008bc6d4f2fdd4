"""MBPP as JSON lines or one JSON array: the published form (`text`, `code`, `test_list`), its sanitized form (`prompt`,
`code`, `test_imports`, `test_list`), or the form of HumanEval (`prompt`, `entry_point`, `test`)."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from typing import Any

from evalkit.importers import humaneval
from evalkit.importers._packs import Draft, prompt
from evalkit.importers._source import BadRow, Source, needed, text


def pack(source: Source) -> Draft:
    """Python functions to write, judged by asserts in the sandbox; the asserts are shown, for they tell the name."""
    return Draft(
        about="MBPP: Python functions to write, judged by asserts (Austin et al. 2021). Public for years: models have "
        "met them. Chance level: 0.",
        prompt=prompt(humaneval.ASKED),
        scorer={"name": "code"},
        samples=source.taken(source.objects(), lambda row, _: _sample(row)),
        licence="CC-BY-4.0",
        chance=0.0,
    )


def _sample(row: Mapping[str, Any]) -> dict[str, Any]:
    if "test_list" not in row:
        return humaneval.sample(row)
    tests = needed(row, "test_list")
    if not isinstance(tests, list) or not tests or not all(isinstance(test, str) for test in tests):
        raise BadRow("'test_list' must be a list of asserts")
    code = text(row, "code").replace("\r\n", "\n")
    imports = row.get("test_imports") or []
    setup = "\n".join([*imports, row.get("test_setup_code") or ""]).strip()
    metadata: dict[str, Any] = {"entry_point": _entry_point(code, tests), "test": tests, "solution": code}
    if setup:
        metadata["setup"] = setup
    asked = text(row, "text" if "text" in row else "prompt").strip()
    shown = "\n".join(tests)
    return {
        "id": f"mbpp-{needed(row, 'task_id')}",
        "input": f"{asked}\nThe code must pass these tests:\n\n```python\n{shown}\n```",
        "metadata": metadata,
    }


def _entry_point(code: str, tests: Iterable[str]) -> str:
    """The function of `code` that the tests call. Raises BadRow."""
    try:
        defined = [node.name for node in ast.parse(code).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        used = {node.id for node in ast.walk(ast.parse("\n".join(tests))) if isinstance(node, ast.Name)}
    except (SyntaxError, ValueError) as error:
        raise BadRow(f"'code' or 'test_list' is not Python: {error}") from None
    called = [name for name in defined if name in used]
    if not called:
        raise BadRow("the tests call no function of 'code'")
    return called[-1]
