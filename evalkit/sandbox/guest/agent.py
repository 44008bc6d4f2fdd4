"""Inside the sandbox: answers one request at a time, as a candidate or as a judge.

A *candidate* holds a model's code: `load` it, then `call` its functions with plain data, or run it once as a `script`
with text on stdin. A *judge* holds a data set's tests and no model's code: every name under test is a proxy that asks
the host, which asks the candidate. Requests and answers are JSON (see `plain`); the candidate's answers are one of

    {"r": tree}                          what the function returned
    {"e": [builtin, name, message]}      what it raised: the nearest builtin class, its own name, its text
    {"x": reason}                        an answer that has no plain form
"""

from __future__ import annotations

import builtins
import contextlib
import io
import random
import sys
import traceback
import types
from collections.abc import Callable, Iterator
from typing import Any

from . import allclose, files, plain

Ask = Callable[[str], str]  # one request to the candidate, by way of the host

MAX_TEXT = 2000  # characters of an exception's message
_NO_CLASS = "CandidateError"
_RAISABLE: dict[str, type[Exception]] = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type)
    and issubclass(kind, Exception)
    and not issubclass(kind, StopIteration | StopAsyncIteration | BaseExceptionGroup)
}


class CandidateError(Exception):
    """An exception of the candidate's that is no ordinary builtin one (SystemExit, StopIteration, its own classes)."""


class CandidateLost(BaseException):
    """The candidate died or broke the protocol. Not an Exception, so that a test's `except Exception` lets it by."""


def handle(request: str, ask: Ask) -> str:
    """Answer one request. `ask` reaches the candidate and is used by a judge only."""
    message = plain.loads(request)
    answer = _OPERATIONS[message["op"]](message, ask)
    limit = plain.MAX_LOAD_FRAME if message["op"] == "load" else plain.MAX_FRAME
    try:
        return plain.dumps(answer, limit)
    except (plain.Unsendable, MemoryError, RecursionError) as error:
        return plain.dumps({"x": _text(error)})


# --- the candidate ------------------------------------------------------------------------------------------------

_solution = types.ModuleType("solution")
_kept: list[Any] = []
_numbers: dict[int, int] = {}  # id of a kept object -> its handle number


def _keep(value: Any) -> int:
    if id(value) not in _numbers:
        _numbers[id(value)] = len(_kept)
        _kept.append(value)
    return _numbers[id(value)]


def _load(message: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """{"code", "names"}: run the code; every one of `names` must be defined afterwards."""
    _prepare()
    sys.modules["solution"] = _solution
    try:
        exec(compile(message["code"], "<solution>", "exec"), _solution.__dict__)  # noqa: S102 - our purpose
        for name in message["names"]:
            _resolve(name)
    except BaseException as error:  # noqa: BLE001 - becomes the record of how loading ended
        return {"e": _raised(error)}
    return {"r": None}


def _resolve(name: str) -> Any:
    """`f`, or `Class().method` written as `Class.method`."""
    first, _, rest = name.partition(".")
    try:
        found = vars(_solution)[first]
    except KeyError:
        raise NameError(f"name {first!r} is not defined") from None
    if rest:
        return getattr(found() if isinstance(found, type) else found, rest)
    return found


def _call(message: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """{"fn": name or handle number, "a": tree, "k": tree, "back": bool}; "back" also returns the arguments."""
    try:
        args, kwargs = plain.decode(message["a"], _kept.__getitem__), plain.decode(message["k"], _kept.__getitem__)
        name = message["fn"]
        found = _kept[name] if isinstance(name, int) else _resolve(name)
        answer = {"r": plain.encode(found(*args, **kwargs), _keep)}
        if message.get("back"):
            answer["back"] = plain.encode(args, _keep)
    except plain.Unsendable as error:
        return {"x": _text(error)}
    except BaseException as error:  # noqa: BLE001 - the model's exception is the answer
        return {"e": _raised(error)}
    return answer


def _script(message: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """{"code", "stdin", "limit"}: run a whole program. The answer is {"r": [stdout, truncated]} or an "e"."""
    _prepare()
    printed, typed = files.Printed(message["limit"]), io.BytesIO(message["stdin"].encode("utf-8", "surrogatepass"))
    sys.stdin = io.TextIOWrapper(typed, encoding="utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(printed), encoding="utf-8", errors="surrogateescape", newline="")
    stdout = sys.stdout
    files.install(sys.stdin, stdout, printed)
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    sys.argv = ["solution.py"]
    try:
        exec(compile(message["code"], "solution.py", "exec"), main.__dict__)  # noqa: S102 - our purpose
    except SystemExit as error:
        if error.code not in (None, 0, False):
            return {"e": _raised(error)}
    except BaseException as error:  # noqa: BLE001 - the model's exception is the answer
        return {"e": _raised(error)}
    with contextlib.suppress(ValueError, OSError):
        stdout.flush()
    return {"r": [bytes(printed.kept).decode("utf-8", "replace"), printed.lost]}


def _prepare() -> None:
    """The same start for every program: seeded chance, `exit()`, and nothing on stdin."""
    random.seed(0)
    import _sitebuiltins

    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D"))
    sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    files.install()


def _raised(error: BaseException) -> list[str]:
    kind = type(error)
    nearest = next((k.__name__ for k in kind.__mro__ if k.__module__ == "builtins"), _NO_CLASS)
    return [nearest if nearest in _RAISABLE else _NO_CLASS, kind.__name__[:100], _text(error)]


def _text(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except BaseException:  # noqa: BLE001 - a model's __str__ may do anything; an empty text says so
        return ""


# --- the judge ----------------------------------------------------------------------------------------------------


def _judge(message: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """Run tests against proxies of the names under test.

    {"setup": code that is run first (trusted helpers), "names": names that become proxies, "tests": [code, ...],
     "check": name that the tests' `check(candidate)` is called with, or null, "back": bool}
    The answer is {"tests": [{"outcome": "pass" | "fail" | "error", "error", "message", "calls"}, ...], "lost": why}
    where "lost" is null unless the candidate died or broke the protocol, whatever a test made of that.
    """
    _prepare()
    allclose.install()
    candidate = _Candidate(ask, back=bool(message.get("back")))
    module = types.ModuleType("tests")
    sys.modules["tests"] = module
    space: dict[str, Any] = module.__dict__
    results: list[dict[str, Any]] = []
    try:
        exec(compile(message["setup"], "<setup>", "exec"), space)  # noqa: S102 - the data set's own code
        for name in message["names"]:
            space[name] = candidate.proxy(name)
        for number, test in enumerate(message["tests"]):
            check = message["check"] if number == len(message["tests"]) - 1 else None
            results.append(_one_test(test, check, space, candidate))
    except CandidateLost:
        pass  # candidate.lost says why
    except BaseException as error:  # noqa: BLE001 - the setup's failure is the answer
        results.append(_failed(error, candidate))
    return {"tests": results, "lost": candidate.lost}


def _one_test(test: str, check: str | None, space: dict[str, Any], candidate: _Candidate) -> dict[str, Any]:
    """One test's record. The text of an assertion is left out: it may hold the data set's expected values."""
    try:
        exec(compile(test, "<test>", "exec"), space)  # noqa: S102 - the data set's own code
        if check is not None:
            space["check"](space[check])
    except CandidateLost:
        raise
    except BaseException as error:  # noqa: BLE001 - the test's failure is the answer
        return _failed(error, candidate)
    return {"outcome": "pass", "calls": candidate.calls}


def _failed(error: BaseException, candidate: _Candidate) -> dict[str, Any]:
    line = next((f.lineno for f in reversed(traceback.extract_tb(error.__traceback__)) if f.filename == "<test>"), None)
    where = "" if line is None else f"line {line} of the test"
    raised = candidate.raised.get(id(error))
    if raised is not None:
        return {"outcome": "error", "error": raised[1], "message": f"{raised[2]} ({where})", "calls": candidate.calls}
    outcome = "fail" if isinstance(error, AssertionError) else "error"
    return {"outcome": outcome, "error": type(error).__name__, "message": where, "calls": candidate.calls}


class _Candidate:
    """The candidate as a judge sees it: proxies that send plain data and get plain data."""

    def __init__(self, ask: Ask, *, back: bool) -> None:
        self.ask, self.back, self.calls = ask, back, 0
        self.lost: str | None = None
        self.raised: dict[int, list[str]] = {}  # id of an exception raised for the candidate -> how it was sent
        self._alive: list[Exception] = []  # keeps those ids unique
        self._handles: dict[int, plain.Handle] = {}

    def proxy(self, name: str | int) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            return self._call(name, args, kwargs)

        if isinstance(name, str):
            call.__name__ = call.__qualname__ = name.rpartition(".")[2]
        return call

    def _open(self, number: int) -> plain.Handle:
        return self._handles.setdefault(number, plain.Handle(number, self.proxy(number)))

    def _call(self, name: str | int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        request: dict[str, Any] = {"op": "call", "fn": name, "a": plain.encode(list(args)), "k": plain.encode(kwargs)}
        if self.back:
            request["back"] = True
        text = plain.dumps(request)
        self.calls += 1
        try:
            answer = plain.loads(self.ask(text))
            if type(answer) is not dict:
                raise plain.BadFrame("not an object")
            if "r" in answer:
                result = plain.decode(answer["r"], self._open)
                if self.back:
                    _write_back(args, plain.decode(answer.get("back"), self._open))
                return result
            if "x" in answer:
                raise plain.BadFrame(str(answer["x"])[:MAX_TEXT])
            raised = answer.get("e")
            if type(raised) is not list or [type(part) for part in raised] != [str, str, str]:
                raise plain.BadFrame("neither a result nor an exception")
        except plain.BadFrame as broken:
            self.lost = str(broken)
            raise CandidateLost(self.lost) from None
        error = _RAISABLE.get(raised[0], CandidateError)
        raise self._note(_make(error, raised[2]), raised)

    def _note(self, error: Exception, raised: list[str]) -> Exception:
        self._alive.append(error)
        self.raised[id(error)] = raised
        return error


def _make(kind: type[Exception], text: str) -> Exception:
    try:
        return kind(text)
    except TypeError:  # UnicodeDecodeError and its like want more arguments
        return CandidateError(text)


def _write_back(args: tuple[Any, ...], after: Any) -> None:
    """Give lists and dicts the contents they have after the call, for tests of in-place changes."""
    for before, now in zip(args, after if type(after) is list else [], strict=False):
        if type(before) is list and type(now) is list:
            before[:] = now
        elif type(before) is dict and type(now) is dict:
            before.clear()
            before.update(now)


# --- tests that need the model's code in their own process --------------------------------------------------------


def _in_process(message: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """{"code", "tests": [code, ...], "check"}: code and tests share a process, so the verdict could be forged.

    unittest test cases that the tests define are run. The answer has the form of a judge's.
    """
    _prepare()
    sys.modules["solution"] = _solution
    space = _solution.__dict__
    try:
        exec(compile(message["code"], "<solution>", "exec"), space)  # noqa: S102 - our purpose
    except BaseException as error:  # noqa: BLE001 - becomes the record of how loading ended
        return {"e": _raised(error)}
    try:
        for test in message["tests"]:
            exec(compile(test, "<test>", "exec"), space)  # noqa: S102 - the data set's own code
        if message["check"] is not None:
            space["check"](space[message["check"]])
        return {"tests": list(_unittest_results(space)) or [{"outcome": "pass", "calls": 0}]}
    except BaseException as error:  # noqa: BLE001 - the test's failure is the answer
        outcome = "fail" if isinstance(error, AssertionError) else "error"
        return {"tests": [{"outcome": outcome, "error": type(error).__name__, "message": "", "calls": 1}]}


def _unittest_results(space: dict[str, Any]) -> Iterator[dict[str, Any]]:
    unittest = sys.modules.get("unittest")
    if unittest is None:
        return
    for kind in [v for v in space.values() if isinstance(v, type) and issubclass(v, unittest.TestCase)]:
        for case in unittest.defaultTestLoader.loadTestsFromTestCase(kind):
            outcome = unittest.TestResult()
            case.run(outcome)
            if outcome.wasSuccessful():
                yield {"outcome": "pass", "calls": 1}
            else:
                yield {"outcome": "fail" if outcome.failures else "error", "error": None, "message": "", "calls": 1}


_OPERATIONS: dict[str, Callable[[dict[str, Any], Ask], dict[str, Any]]] = {
    "load": _load,
    "call": _call,
    "script": _script,
    "judge": _judge,
    "in_process": _in_process,
}
