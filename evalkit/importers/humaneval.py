"""HumanEval and HumanEval+ as JSON lines: `task_id`, `prompt`, `entry_point`, `canonical_solution`, and `test`.

EvalPlus's own files have `base_input` and `plus_input` instead of `test`: there the canonical solution, run beside the
tests, says what is right, with EvalPlus's tolerance for floats.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from textwrap import dedent, indent
from typing import Any

from evalkit.importers._packs import Draft, prompt
from evalkit.importers._source import BadRow, Source, needed, text

ASKED = "{input}\n\nAnswer with one Python code block that holds the complete code."
FLOATS = 1e-6  # EvalPlus's absolute tolerance where a task has none of its own

_REFERENCE = """\
import copy, json
_space = {{}}
exec({solution!r}, _space)
_reference = _space[{entry!r}]


def _same(got, want):
    if isinstance(want, float) or (isinstance(want, (list, tuple)) and any(isinstance(w, float) for w in want)):
        if not isinstance(want, float):
            return len(got) == len(want) and all(_same(g, w) for g, w in zip(got, want))
        return got == want or abs(got - want) <= {tolerance!r}
    if isinstance(want, tuple) and isinstance(got, list):
        want = list(want)
    return got == want
"""
_CHECK = """\
def check(candidate):
    for given in json.loads({inputs!r}):
        got = candidate(*copy.deepcopy(given))
        assert _same(got, _reference(*copy.deepcopy(given)))
"""
_CHECK_ROOT = """\
def check(candidate):
    for given in json.loads({inputs!r}):
        root = candidate(*copy.deepcopy(given))
        assert abs(sum(c * root**i for i, c in enumerate(given[0]))) <= {tolerance!r}
"""


def pack(source: Source) -> Draft:
    """Python functions to complete, judged by their tests in the sandbox."""
    return Draft(
        about="HumanEval: Python functions to complete, judged by tests (Chen et al. 2021). Public for years: models "
        "have met them. Chance level: 0.",
        prompt=prompt(ASKED),
        scorer={"name": "code"},
        samples=source.taken(source.objects(), lambda row, _: sample(row)),
        licence="MIT",
        chance=0.0,
    )


def sample(row: Mapping[str, Any]) -> dict[str, Any]:
    """One task whose prompt is code that the answer continues. Raises BadRow."""
    code, entry = text(row, "prompt"), text(row, "entry_point").strip()
    solution = _joined(code, text(row, "canonical_solution")) if row.get("canonical_solution") else None
    metadata: dict[str, Any] = {"entry_point": entry, "prompt": code}
    if row.get("test"):
        metadata["test"] = text(row, "test")
    elif "base_input" in row:
        metadata |= _against_reference(row, entry, solution)
    else:
        raise BadRow("neither 'test' nor 'base_input' here")
    if solution is not None:
        metadata["solution"] = solution
    return {
        "id": text(row, "task_id"),
        "input": f"Complete this Python function.\n\n```python\n{code.rstrip()}\n```",
        "metadata": metadata,
    }


def _joined(code: str, body: str) -> str | None:
    """The prompt and the body that continues it, where they are Python; some copies of MBPP indent them differently."""
    for whole in (code + body, code + indent(dedent(body), "    ")):
        try:
            ast.parse(whole)
        except (SyntaxError, ValueError):
            continue
        return whole
    return None


def _against_reference(row: Mapping[str, Any], entry: str, solution: str | None) -> dict[str, Any]:
    """Tests that compare with the canonical solution on EvalPlus's inputs."""
    if solution is None:
        raise BadRow("'base_input' without 'canonical_solution': nothing says what is right")
    inputs = [*needed(row, "base_input"), *(row.get("plus_input") or [])]
    tolerance = float(row.get("atol") or FLOATS)
    fields = {"inputs": json.dumps(inputs), "tolerance": tolerance}
    return {
        "setup": _REFERENCE.format(solution=solution, entry=entry, tolerance=tolerance),
        # any root of the polynomial is right, not only the reference's
        "test": (_CHECK_ROOT if entry == "find_zero" else _CHECK).format(**fields),
    }
