"""A running sandbox: what callers hold while they score. Many threads may use one at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Any, Literal

from evalkit.sandbox import compare
from evalkit.sandbox.broker import Reply
from evalkit.sandbox.guest import plain
from evalkit.sandbox.pool import Pool, WorkerFailed
from evalkit.sandbox.results import Facts, Integrity, Limits, Outcome, TestResult, Verdict


class Sandbox:
    """Runs model-written programs and says how they ended. A context manager; `open_sandbox` makes one."""

    def __init__(self, pool: Pool, facts: Facts, offers: Callable[[str], bool]) -> None:
        self._pool, self.facts, self._offers = pool, facts, offers

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End every process. A program that is under way in another thread becomes `sandbox_failed`."""
        self._pool.close()

    def offers(self, need: str) -> bool:
        """Whether programs may use `need`: "stdlib", "threads", or the name of a package."""
        return self._offers(need)

    def judge(
        self,
        code: str,
        tests: Sequence[str],
        *,
        names: Sequence[str],
        setup: str = "",
        check: str | None = None,
        arguments_back: bool = False,
        integrity: Literal["judge", "in-process"] = "judge",
        limits: Limits | None = None,
    ) -> Verdict:
        """Run assert-style tests against `code`.

        `names` are what the tests may use of the model's code (`f`, or `Class.method` for a method of a fresh
        `Class()`); `check` names the one that the last test's `check(candidate)` is called with. `setup` is trusted
        code that is run before the tests. With `arguments_back`, lists and dicts that the model's code changed in
        place are changed in the tests too. `integrity="in-process"` puts tests and code into one process, for tests
        that patch the code under test: such a verdict could be forged, and says so.
        """
        job = {
            "kind": "judge" if integrity == "judge" else "in_process",
            "code": code,
            "load_names": [check] if check is not None else [],
            "setup": setup,
            "names": list(names),
            "tests": [setup, *tests] if integrity == "in-process" and setup else list(tests),
            "check": check,
            "back": arguments_back,
        }
        read = _read_judgement if integrity == "judge" else _read_in_process
        return self._run(job, integrity, limits, read)

    def call(
        self,
        code: str,
        entry_point: str,
        cases: Sequence[Mapping[str, Any]],
        *,
        tolerance: float = 0.0,
        compare_arguments: bool = False,
        limits: Limits | None = None,
    ) -> Verdict:
        """Call `entry_point` once for each case, in one process, and compare what it returns.

        A case has "args" (list), optionally "kwargs", and "expected"; with `compare_arguments`, "expected" is what
        the first argument is after the call. `tolerance` as in `compare.matches`.
        """
        calls = []
        for case in cases:
            call = {"op": "call", "fn": entry_point, "a": plain.encode(list(case["args"]))}
            call["k"] = plain.encode(dict(case.get("kwargs", {})))
            if compare_arguments:
                call["back"] = True
            calls.append(plain.dumps(call))
        job = {"kind": "calls", "code": code, "load_names": [entry_point], "calls": calls}

        def read(reply: Reply) -> Verdict:
            return _read_calls(reply, cases, tolerance, compare_arguments)

        return self._run(job, "data", limits, read)

    def run(
        self,
        code: str,
        cases: Sequence[Mapping[str, str]],
        *,
        tolerance: float = 0.0,
        limits: Limits | None = None,
    ) -> Verdict:
        """Run a whole program once for each case, with "stdin" typed in, and compare what it prints with "stdout".

        `tolerance` as in `compare.same_output`. Stops at the first case that the program does not survive.
        """
        job = {"kind": "scripts", "code": code, "stdins": [case["stdin"] for case in cases]}
        return self._run(job, "data", limits, lambda reply: _read_scripts(reply, cases, tolerance))

    def _run(
        self, job: dict[str, Any], integrity: Integrity, limits: Limits | None, read: Callable[[Reply], Verdict]
    ) -> Verdict:
        bounds = limits or self.facts.limits
        job |= {
            "cpu_seconds": bounds.cpu_seconds,
            "wall_seconds": bounds.wall,
            "memory_mib": bounds.memory_mib,
            "output_bytes": bounds.output_kib << 10,
        }
        try:
            reply, attempts = self._pool.run(job)
        except WorkerFailed as error:
            return Verdict("sandbox_failed", message=str(error), integrity=integrity, attempts=2)
        verdict = read(reply)
        return replace(verdict, integrity=integrity, cpu_seconds=round(reply["cpu"], 6), attempts=attempts)


def _ended(results: Sequence[TestResult], lost: Mapping[str, Any] | None) -> Verdict:
    """The verdict of the tests that were reached and of what ended them, if something did."""
    if lost is not None:
        outcome: Outcome = lost["outcome"]
        if lost["judge"] and outcome == "crash":
            return Verdict("sandbox_failed", tuple(results), message=f"the tests' process: {lost['message']}")
        where = "in the tests: " if lost["judge"] else ""
        results = [*results, TestResult(outcome, message=where + lost["message"])]
        return Verdict(outcome, tuple(results), message=where + lost["message"], limit=lost["limit"])
    worst = next((result for result in results if result.outcome != "pass"), None)
    if worst is None:
        return Verdict("pass", tuple(results)) if results else Verdict("sandbox_failed", message="no test was run")
    return Verdict(worst.outcome, tuple(results), worst.error, worst.message)


def _not_loaded(answer: str) -> Verdict:
    """The verdict for code whose "load" was answered with something else than success."""
    result = _raised(answer)
    outcome: Outcome = "load_error" if result.outcome == "error" else result.outcome
    return Verdict(outcome, (), result.error, result.message)


def _raised(answer: str) -> TestResult:
    """What an answer without a result says: an exception, a value that could not be sent, or nothing sensible."""
    try:
        told = plain.loads(answer)
    except plain.BadFrame as error:
        return TestResult("protocol_error", message=str(error))
    match told:
        case {"e": [str(), str(name), str(text)]}:
            return TestResult("memory" if name == "MemoryError" else "error", name[:100], text[: 2 * 1000])
        case {"x": str(reason)}:
            return TestResult("protocol_error", message=reason[:200])
    return TestResult("protocol_error", message="neither a result nor an exception")


def _read_judgement(reply: Reply) -> Verdict:
    answers = reply["answers"]
    if len(answers) == 1:
        return _not_loaded(answers[0])
    if not answers:
        return _ended((), reply["lost"])
    told = plain.loads(answers[-1])  # from the judge, which holds no model-written code
    results = [_judged(test) for test in told["tests"]]
    if reply["lost"] is None and told.get("lost") is not None:
        return _ended(results, {"outcome": "protocol_error", "message": told["lost"], "limit": None, "judge": False})
    if reply["lost"] is None and results and results[0].outcome == "error" and told["tests"][0]["calls"] == 0:
        first = results[0]
        return Verdict(
            "sandbox_failed", message=f"the tests themselves do not run: {first.error} {first.message}".strip()
        )
    return _ended(results, reply["lost"])


def _read_in_process(reply: Reply) -> Verdict:
    """As `_read_judgement`, for an answer that a program may have made itself."""
    if not reply["answers"]:
        return _ended((), reply["lost"])
    answer = reply["answers"][-1]
    try:
        told = plain.loads(answer)
    except plain.BadFrame as error:
        return Verdict("protocol_error", message=str(error))
    match told:
        case {"tests": [_, *_] as tests}:
            results = []
            for test in tests:
                match test:
                    case {"outcome": "pass" | "fail" | "error"}:
                        results.append(_judged({key: str(value)[:200] for key, value in test.items()}))
                    case _:
                        return Verdict("protocol_error", message="not the record of a test")
            return _ended(results, None)
    return _not_loaded(answer)


def _judged(test: Mapping[str, Any]) -> TestResult:
    outcome: Outcome = test["outcome"]
    if outcome == "error" and test.get("error") == "MemoryError":
        outcome = "memory"
    return TestResult(outcome, test.get("error"), test.get("message") or "")


def _read_calls(reply: Reply, cases: Sequence[Mapping[str, Any]], tolerance: float, arguments: bool) -> Verdict:
    loading, *answers = reply["answers"] or [""]
    if loading:
        return _not_loaded(loading)
    results = [_compared(a, case["expected"], tolerance, arguments) for a, case in zip(answers, cases, strict=False)]
    return _ended(results, reply["lost"])


def _compared(answer: str, expected: Any, tolerance: float, arguments: bool) -> TestResult:
    try:
        told = plain.loads(answer)
        if type(told) is not dict or "r" not in told:
            return _raised(answer)
        tree = told["r"]
        if arguments:
            back = told.get("back")
            if type(back) is not list or not back:
                raise plain.BadFrame("no arguments came back")
            tree = back[0]
        same = compare.matches(expected, tree, tolerance)
    except plain.BadFrame as error:
        return TestResult("protocol_error", message=str(error))
    except RecursionError:
        return TestResult("protocol_error", message="nested too deep")
    return TestResult("pass" if same else "fail", message="" if same else "another value than expected")


def _read_scripts(reply: Reply, cases: Sequence[Mapping[str, str]], tolerance: float) -> Verdict:
    answers = zip(reply["answers"], cases, strict=False)
    return _ended([_printed(answer, case["stdout"], tolerance) for answer, case in answers], reply["lost"])


def _printed(answer: str, expected: str, tolerance: float) -> TestResult:
    try:
        told = plain.loads(answer)
    except plain.BadFrame as error:
        return TestResult("protocol_error", message=str(error))
    match told:
        case {"r": [str(text), bool(cut)]}:
            if cut:
                return TestResult("fail", message="more output than is kept")
            same = compare.same_output(expected, text, tolerance)
            return TestResult("pass" if same else "fail", message="" if same else "other output than expected")
    return _raised(answer)
