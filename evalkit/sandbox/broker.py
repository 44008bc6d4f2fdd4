"""The trusted middle: hands requests to a candidate and a judge, which never meet.

The same code serves every backend. A `Guest` is one isolated interpreter running `guest.agent`; on `wasm` it is an
instance inside the worker, elsewhere a process of a sandbox. All that is decided here rests on who said it: the
verdict of a test comes from the judge's own answer, and counts only while the candidate was alive.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, Protocol

from evalkit.sandbox.guest import plain

IDLE = 0.05  # a guest that used less than this share of a processor during its wall time was not computing
MAX_ANSWERS = 32 << 20  # bytes of all answers of one program together


class Lost(Exception):
    """A guest ended before it answered. `outcome` and `limit` are those of a Verdict."""

    def __init__(self, outcome: str, message: str, limit: str | None = None) -> None:
        super().__init__(message)
        self.outcome, self.message, self.limit = outcome, message, limit


class Guest(Protocol):
    """One fresh, isolated interpreter."""

    def ask(self, request: str, serve: Callable[[str], str] | None = None) -> str:
        """The answer to one request, of at most plain.MAX_FRAME bytes; `serve` answers what a judge asks meanwhile.

        Raises Lost.
        """

    def close(self) -> None:
        """End it, with everything it started. May be called twice."""

    @property
    def cpu_seconds(self) -> float:
        """What it has used so far."""


Role = Literal["candidate", "judge"]  # only a judge can ask anything of the host
Start = Callable[[Role], Guest]
Reply = dict[str, Any]  # see `run`


def run(job: Mapping[str, Any], start: Start) -> Reply:
    """Do one job and say how it went, as plain JSON.

    A job has "kind": "judge", "calls", "scripts" or "in_process", and what that kind needs. The reply has
    "answers" (text of each answer, in order), "lost" ({"outcome", "message", "limit", "judge"} or None) and "cpu",
    the seconds that the candidates used.
    """
    candidates: list[Guest] = []

    def start_one(role: Role) -> Guest:
        guest = start(role)
        if role == "candidate":
            candidates.append(guest)
        return guest

    try:
        reply = _KINDS[job["kind"]](job, start_one)
    finally:
        for candidate in candidates:
            candidate.close()
    return {**reply, "cpu": sum(candidate.cpu_seconds for candidate in candidates)}


def _reply(answers: list[str], lost: Lost | None = None, *, judge: bool = False) -> Reply:
    if lost is None:
        return {"answers": answers, "lost": None}
    told = {"outcome": lost.outcome, "message": lost.message, "limit": lost.limit, "judge": judge}
    return {"answers": answers, "lost": told}


def _load(job: Mapping[str, Any], candidate: Guest) -> str | None:
    """The candidate's answer if the code did not load, else None. Raises Lost."""
    answer = candidate.ask(json.dumps({"op": "load", "code": job["code"], "names": job["load_names"]}))
    try:
        loaded = plain.loads(answer, plain.MAX_LOAD_FRAME)
    except plain.BadFrame as error:
        raise Lost("protocol_error", str(error)) from None
    return None if loaded == {"r": None} else answer


def _judge(job: Mapping[str, Any], start: Start) -> Reply:
    """The last answer is the judge's; a single answer is that of a candidate that did not load."""
    candidate = start("candidate")
    gone: Lost | None = None

    def serve(request: str) -> str:
        nonlocal gone
        if gone is None:
            try:
                return candidate.ask(request)
            except Lost as lost:
                gone = lost
        return ""

    try:
        if (refused := _load(job, candidate)) is not None:
            return _reply([refused])
    except Lost as lost:
        return _reply([], lost)
    judge = start("judge")
    try:
        fields = {key: job[key] for key in ("setup", "names", "tests", "check", "back")}
        told = judge.ask(json.dumps({"op": "judge", **fields}), serve)
    except Lost as lost:
        return _reply([], gone or lost, judge=gone is None)
    finally:
        judge.close()
    return _reply(["", told], gone)


def _calls(job: Mapping[str, Any], start: Start) -> Reply:
    """One answer for each call that was reached; before them "" for the load, or only the load's refusal."""
    candidate = start("candidate")
    answers: list[str] = [""]
    try:
        if (refused := _load(job, candidate)) is not None:
            return _reply([refused])
        for call in job["calls"]:
            _add(answers, candidate.ask(call))
    except Lost as lost:
        return _reply(answers, lost)
    return _reply(answers)


def _scripts(job: Mapping[str, Any], start: Start) -> Reply:
    """One answer for each text on stdin, each from a fresh guest; stops when one is lost."""
    answers: list[str] = []
    for stdin in job["stdins"]:
        candidate = start("candidate")
        request = {"op": "script", "code": job["code"], "stdin": stdin, "limit": job["output_bytes"]}
        try:
            _add(answers, candidate.ask(json.dumps(request)))
        except Lost as lost:
            return _reply(answers, lost)
        finally:
            candidate.close()
    return _reply(answers)


def _in_process(job: Mapping[str, Any], start: Start) -> Reply:
    request = {"op": "in_process", **{key: job[key] for key in ("code", "tests", "check")}}
    try:
        return _reply(["", start("candidate").ask(json.dumps(request))])
    except Lost as lost:
        return _reply([], lost)


def _add(answers: list[str], answer: str) -> None:
    answers.append(answer)
    if sum(map(len, answers)) > MAX_ANSWERS:
        answers.pop()
        raise Lost("protocol_error", f"answers of more than {MAX_ANSWERS} bytes together")


_KINDS: dict[str, Callable[[Mapping[str, Any], Start], Reply]] = {
    "judge": _judge,
    "calls": _calls,
    "scripts": _scripts,
    "in_process": _in_process,
}
