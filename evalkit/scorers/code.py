"""Code: run the program in an answer against the sample's tests, in a sandbox that its code cannot deceive.

What a sample carries in `metadata`:

    entry_point   the function under test; not needed for programs that read stdin
    prompt        the code that the answer may continue (HumanEval); trusted, also gives the tests its helpers
    test          `def check(candidate): ...`, or assert statements as text or as a list (MBPP)
    setup         trusted code that is run before the tests
    cases         instead of `test`: [{"args": [...], "kwargs": {}, "expected": ...}] or [{"stdin": "", "stdout": ""}]
    returns       "args": what is compared is the first argument after the call; asserts see changed arguments
    needs         what the program may use beyond the standard library: "threads", or packages
    integrity     "in-process": the tests patch the code under test and must share its process; such a verdict could
                  be forged, and the result says so

Right is 1.0, wrong 0.0; a program that crashes, hangs or does not load is wrong. Data are compared as
`evalkit.sandbox.compare` says.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from evalkit.records import Outcome, Sample, Score
from evalkit.scorers import _code_extract

if TYPE_CHECKING:
    from evalkit.sandbox import Limits, Sandbox, Verdict

BLOCKING = True
FLOATS = 1e-6  # absolute tolerance of returned floats unless a pack says otherwise (EvalPlus's rule)


def score(
    sample: Sample,
    text: str,
    *,
    sandbox: Sandbox,
    cpu_seconds: float = 10.0,
    memory_mib: int = 512,
    tolerance: float | None = None,
) -> Score:
    """1.0 when every test passes. `tolerance` is that of floats: 1e-6 for values, 0 (as text) for printed output."""
    from evalkit.sandbox import Limits  # loads what a scorer that is only checked does not need

    fields = sample.metadata
    lacking = [need for need in fields.get("needs", ()) if not sandbox.offers(need)]
    if lacking:
        why = f"needs {', '.join(lacking)}, which the sandbox {sandbox.facts.backend} does not offer"
        return Score(None, explanation=why, outcome="sandbox_failed")
    entry = _entry_point(fields)
    plan = _tests(fields, entry) if "test" in fields and entry is not None else None
    found = _code_extract.extract(
        text, entry_point=entry, prompt=fields.get("prompt", ""), wanted=plan["names"] if plan else ()
    )
    limits = Limits(cpu_seconds=cpu_seconds, memory_mib=memory_mib)
    verdicts: dict[str, Verdict] = {}
    for code in (found.strict, found.lenient):
        if code is not None and code not in verdicts:
            verdicts[code] = _run(fields, code, plan, sandbox, limits, tolerance)
    return _score(found, verdicts, sandbox)


def check(sample: Sample, **options: Any) -> Iterator[tuple[str, str]]:
    """(pointer inside the sample, message) for each field that this scorer could not use. Starts nothing."""
    fields = sample.metadata
    if ("test" in fields) == ("cases" in fields):
        yield "/metadata", "scorer 'code' needs exactly one of 'test' and 'cases'"
    entry = fields.get("entry_point")
    if entry is not None and not (isinstance(entry, str) and all(map(str.isidentifier, entry.strip().split(".")))):
        yield "/metadata/entry_point", f"{entry!r} is not a name"
    for name in ("prompt", "setup"):
        if not isinstance(fields.get(name, ""), str):
            yield f"/metadata/{name}", "is not text"
    for name, allowed in (("returns", ("value", "args")), ("integrity", ("judge", "in-process"))):
        if fields.get(name, allowed[0]) not in allowed:
            yield f"/metadata/{name}", f"{fields[name]!r} is neither {allowed[0]!r} nor {allowed[1]!r}"
    needs = fields.get("needs", [])
    if not isinstance(needs, (list, tuple)) or not all(isinstance(need, str) for need in needs):
        yield "/metadata/needs", "is not a list of names"
    if "test" in fields:
        yield from _check_test(fields)
    if "cases" in fields:
        yield from _check_cases(fields["cases"], entry)


def _check_test(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    tests = [fields["test"]] if isinstance(fields["test"], str) else fields["test"]
    if not isinstance(tests, (list, tuple)) or not tests or not all(isinstance(test, str) for test in tests):
        yield "/metadata/test", "is neither text nor a list of texts"
        return
    if not fields.get("entry_point"):
        yield "/metadata/entry_point", "is missing: which function do the tests call?"
    for name, source in (("test", "\n".join(tests)), ("setup", fields.get("setup", ""))):
        try:
            ast.parse(source)
        except (SyntaxError, ValueError, TypeError) as error:
            yield f"/metadata/{name}", f"is not Python: {error}"


def _check_cases(cases: Any, entry: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(cases, (list, tuple)) or not cases:
        yield "/metadata/cases", "is not a list of cases"
        return
    kinds = set()
    for number, case in enumerate(cases):
        where = f"/metadata/cases/{number}"
        keys = set(case) if isinstance(case, Mapping) else set()
        if {"args", "expected"} <= keys <= {"args", "kwargs", "expected"} and isinstance(case["args"], (list, tuple)):
            kinds.add("args")
        elif keys == {"stdin", "stdout"} and all(isinstance(case[key], str) for key in keys):
            kinds.add("stdin")
        else:
            yield where, 'is neither {"args": [...], "expected": ...} nor {"stdin": "...", "stdout": "..."}'
    if len(kinds) > 1:
        yield "/metadata/cases", "mixes calls and programs that read stdin"
    if "args" in kinds and not entry:
        yield "/metadata/entry_point", "is missing: which function do the cases call?"


# --- running ------------------------------------------------------------------------------------------------------


def _entry_point(fields: Mapping[str, Any]) -> str | None:
    entry = fields.get("entry_point")
    return entry.strip() if entry else None


def _run(
    fields: Mapping[str, Any],
    code: str,
    plan: Mapping[str, Any] | None,
    sandbox: Sandbox,
    limits: Limits,
    tolerance: float | None,
) -> Verdict:
    changes = fields.get("returns") == "args"
    if plan is not None:
        integrity = fields.get("integrity", "judge")
        return sandbox.judge(code, **plan, arguments_back=changes, integrity=integrity, limits=limits)
    cases: Sequence[Mapping[str, Any]] = fields["cases"]
    if "stdin" in cases[0]:
        return sandbox.run(code, cases, tolerance=tolerance or 0.0, limits=limits)
    allowed = FLOATS if tolerance is None else tolerance
    entry = fields["entry_point"].strip()
    return sandbox.call(code, entry, cases, tolerance=allowed, compare_arguments=changes, limits=limits)


def _tests(fields: Mapping[str, Any], entry: str) -> dict[str, Any]:
    """What `Sandbox.judge` is given: the tests one by one, the names under test, and the trusted setup."""
    given = fields["test"]
    text = given if isinstance(given, str) else "\n".join(given)
    return dict(_plan(text, fields.get("prompt", ""), fields.get("setup", ""), entry))


@lru_cache(maxsize=64)  # a sample's answers, of all epochs and models, share one plan
def _plan(text: str, prompt: str, own_setup: str, entry: str) -> Mapping[str, Any]:
    setup = [part for part in (_as_code(prompt), own_setup) if part]
    tree = ast.parse(text)
    checker = _checker(tree)
    if checker is not None and not _uses(checker, checker.args.args[0].arg):
        tree.body = [part for part in tree.body if part is not checker] + checker.body
        checker = None
    tests = [text] if checker is not None else list(_one_by_one(tree)) or [text]
    names, modules = _free_names(tree, setup, entry)
    setup += [f"import {name}" for name in modules]
    return {"tests": tests, "names": names, "setup": "\n".join(setup), "check": entry if checker is not None else None}


def _checker(tree: ast.Module) -> ast.FunctionDef | None:
    """The `check(candidate)` of HumanEval-style tests."""
    found = [part for part in tree.body if isinstance(part, ast.FunctionDef) and part.name == "check"]
    return found[-1] if found and found[-1].args.args else None


def _uses(function: ast.FunctionDef, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(function))


def _one_by_one(tree: ast.Module) -> Iterator[str]:
    """Each top-level assert with the statements that stand before it, as a test of its own."""
    before: list[ast.stmt] = []
    for part in tree.body:
        before.append(part)
        if isinstance(part, ast.Assert):
            yield "\n".join(map(ast.unparse, before))
            before = []
    if before:
        yield "\n".join(map(ast.unparse, before))


def _as_code(prompt: str) -> str:
    """The prompt as code that loads, or "" when it is prose."""
    for code in (prompt.rstrip() + "\n    pass\n", prompt):
        try:
            ast.parse(code)
        except (SyntaxError, ValueError):
            continue
        return code
    return ""


def _free_names(tree: ast.Module, setup: Sequence[str], entry: str) -> tuple[list[str], list[str]]:
    """The names that the tests take from the model's code (the entry point first), and modules they do not import."""
    trees = [tree, *map(ast.parse, setup)]
    bound = {name for part in trees for name in _code_extract.bound_names(part)}
    used = {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)} - bound
    owners = {
        part.value.id for part in ast.walk(tree) if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name)
    }
    modules = sorted((used & owners & sys.stdlib_module_names) - {entry})
    others = used - set(modules) - set(dir(builtins)) - {entry}
    return [entry, *sorted(others)], modules


# --- the score ----------------------------------------------------------------------------------------------------


def _score(found: _code_extract.Extracted, verdicts: Mapping[str, Verdict], sandbox: Sandbox) -> Score:
    facts = sandbox.facts
    details: dict[str, Any] = {"backend": facts.backend, "python": facts.python}
    if facts.unsandboxed:
        details["unsandboxed"] = True
    verdict = verdicts[found.strict] if found.strict is not None else None
    forgiving = verdicts[found.lenient] if found.lenient is not None else None
    if verdict is not None:
        details |= _told(verdict)
    if forgiving is not None and forgiving is not verdict:
        details["lenient"] = _told(forgiving)
    outcome: Outcome = "ok"
    said = ""
    if verdict is None:
        outcome, said = "extraction_failed", "no code in the answer"
    elif not verdict.passed:
        outcome = "sandbox_failed" if verdict.outcome == "sandbox_failed" else "ok"
        said = ": ".join(part for part in (verdict.outcome, verdict.error, verdict.message) if part)
    return Score(_value(verdict), _value(forgiving), found.strict, said, outcome, details)


def _value(verdict: Verdict | None) -> float | None:
    if verdict is None or verdict.outcome == "sandbox_failed":
        return None
    return 1.0 if verdict.passed else 0.0


def _told(verdict: Verdict) -> dict[str, Any]:
    told: dict[str, Any] = {
        "result": verdict.outcome,
        "integrity": verdict.integrity,
        "tests": [test.outcome for test in verdict.tests],
        "cpu_seconds": verdict.cpu_seconds,
    }
    if verdict.error:
        told["error"] = verdict.error
    if verdict.limit:
        told["limit"] = verdict.limit
    if verdict.attempts > 1:
        told["attempts"] = verdict.attempts
    return told
