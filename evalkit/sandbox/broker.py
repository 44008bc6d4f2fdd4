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
        """End it, with everything it started."""

    @property
    def cpu_seconds(self) -> float:
        """What it has used so far."""


Role = Literal["candidate", "judge"]  # only a judge can ask anything of the host
Start = Callable[[Role], Guest]
Reply = dict[str, Any]  # see `run`


def run(job: Mapping[str, Any], start: Start) -> Reply:
    """Do one job and say how it went, as plain JSON.

    A job has "kind": "judge", "calls", "scripts" or "in_process", and what that kind needs. The reply has
    "answers" (text of each answer, in order), "lost" ({"outcome", "message", "limit", "judge"} or None) and "cpu".
    """
    candidate = start("candidate")
    try:
        return _KINDS[job["kind"]](job, candidate, start)
    finally:
        candidate.close()


def _reply(candidate: Guest, answers: list[str], lost: Lost | None = None, *, judge: bool = False) -> Reply:
    told = None
    if lost is not None:
        told = {"outcome": lost.outcome, "message": lost.message, "limit": lost.limit, "judge": judge}
    return {"answers": answers, "lost": told, "cpu": candidate.cpu_seconds}


def _load(job: Mapping[str, Any], candidate: Guest) -> str | None:
    """The candidate's answer if the code did not load, else None. Raises Lost."""
    answer = candidate.ask(json.dumps({"op": "load", "code": job["code"], "names": job["load_names"]}))
    try:
        loaded = plain.loads(answer, plain.MAX_LOAD_FRAME)
    except plain.BadFrame as error:
        raise Lost("protocol_error", str(error)) from None
    return None if loaded == {"r": None} else answer


def _judge(job: Mapping[str, Any], candidate: Guest, start: Start) -> Reply:
    """The last answer is the judge's; a single answer is that of a candidate that did not load."""
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
            return _reply(candidate, [refused])
    except Lost as lost:
        return _reply(candidate, [], lost)
    judge = start("judge")
    try:
        told = judge.ask(
            json.dumps({"op": "judge", **{key: job[key] for key in ("setup", "names", "tests", "check", "back")}}),
            serve,
        )
    except Lost as lost:
        return _reply(candidate, [], gone or lost, judge=gone is None)
    finally:
        judge.close()
    return _reply(candidate, ["", told], gone)


def _calls(job: Mapping[str, Any], candidate: Guest, start: Start) -> Reply:
    """One answer for each call that was reached; before them "" for the load, or only the load's refusal."""
    answers: list[str] = [""]
    size = 0
    try:
        if (refused := _load(job, candidate)) is not None:
            return _reply(candidate, [refused])
        for call in job["calls"]:
            answer = candidate.ask(call)
            size += len(answer)
            if size > MAX_ANSWERS:
                raise Lost("protocol_error", f"answers of more than {MAX_ANSWERS} bytes together")
            answers.append(answer)
    except Lost as lost:
        return _reply(candidate, answers, lost)
    return _reply(candidate, answers)


def _scripts(job: Mapping[str, Any], candidate: Guest, start: Start) -> Reply:
    """One answer for each text on stdin, each from a fresh guest; stops when one is lost."""
    answers: list[str] = []
    cpu, size, gone = 0.0, 0, None
    for number, stdin in enumerate(job["stdins"]):
        guest = candidate if number == 0 else start("candidate")
        try:
            answers.append(
                guest.ask(
                    json.dumps({"op": "script", "code": job["code"], "stdin": stdin, "limit": job["output_bytes"]})
                )
            )
            size += len(answers[-1])
            if size > MAX_ANSWERS:
                raise Lost("protocol_error", f"output of more than {MAX_ANSWERS} bytes together")
        except Lost as lost:
            gone = lost
            break
        finally:
            cpu += guest.cpu_seconds
            guest.close()
    return {**_reply(candidate, answers, gone), "cpu": cpu}


def _in_process(job: Mapping[str, Any], candidate: Guest, start: Start) -> Reply:
    try:
        request = {"op": "in_process", **{key: job[key] for key in ("code", "tests", "check")}}
        return _reply(candidate, ["", candidate.ask(json.dumps(request))])
    except Lost as lost:
        return _reply(candidate, [], lost)


_KINDS: dict[str, Callable[[Mapping[str, Any], Guest, Start], Reply]] = {
    "judge": _judge,
    "calls": _calls,
    "scripts": _scripts,
    "in_process": _in_process,
}
