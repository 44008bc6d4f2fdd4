"""Score answers that you already have: JSON lines in, JSON lines out.

Reads one sample a line from standard input: `id`, `text` (the model's answer), `target`, and any other field of a
sample (`language`, `choices`, `schema`, ...) or of its metadata (`prompt`, `entry_point`, `test`,
`instruction_id_list`, `kwargs`, ...). Writes one result a line in the same order: `id`, `value`, `lenient_value`,
`answer`, `explanation`, `outcome`, and the scorer's details. A line that cannot be scored gives `id` and `error`, and
the exit code is 2 at the end. Nothing is contacted; memory does not grow with the input.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context
from types import ModuleType
from typing import Any

from evalkit import scorers
from evalkit.errors import EvalkitError, InstrumentError, UsageError
from evalkit.records import Sample, Score

EXAMPLES = """\
  evalkit score numeric --jsonl < answers.jsonl > scores.jsonl
  evalkit score ifeval --option level=instruction --jsonl < answers.jsonl
  evalkit score json_schema --option formats=true --option draft=7 --jsonl < answers.jsonl
  evalkit list scorers                   which scorers there are, and their options
"""
SMALL = 200  # lines; so few are scored at once in this process
CHUNK = 50  # lines that a process is handed at a time
FIELDS = ("input", "target", "choices", "cluster", "language", "tags", "schema")
REPORT_SECONDS = 0.5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add this command's arguments."""
    parser.add_argument("scorer", metavar="SCORER", help="the scorer, for example numeric, choice, ifeval, json_schema")
    parser.add_argument("--option", action="append", default=[], metavar="KEY=VALUE", help="an option of the scorer")
    parser.add_argument("--jsonl", action="store_true", help="read and write JSON lines (the only form there is)")


def main(args: argparse.Namespace) -> int:
    """Score standard input. Returns 0, or 2 where lines could not be scored."""
    if not args.jsonl:
        raise UsageError("score reads JSON lines from standard input: add --jsonl")
    options = dict(scorers.parse_option(args.scorer, text) for text in args.option)
    module = scorers.load(args.scorer)
    if mistakes := [message for _, message in scorers.check_options(args.scorer, options)]:
        raise UsageError("; ".join(mistakes))
    wanted = _wanted(module, options)
    if "ask" in wanted:
        raise UsageError(f"scorer {args.scorer!r} asks a model; it works in a pack (evalkit run), not here")
    lines = (line for line in sys.stdin.buffer if line.strip())
    job = _Job(args.scorer, options)
    if "sandbox" not in wanted:
        return _write(_spread(job, lines))
    from evalkit.sandbox import open_sandbox

    with open_sandbox("auto", progress=_say) as sandbox:
        return _write(_threaded(_Job(args.scorer, options, {"sandbox": sandbox}), lines))


def _wanted(module: ModuleType, options: Mapping[str, Any]) -> tuple[str, ...]:
    """The resources that a scorer wants with these options; `combine` wants what its parts want."""
    if hasattr(module, "needs"):
        wanted: tuple[str, ...] = module.needs(**options)
        return wanted
    return scorers.resources(module)


@dataclass(frozen=True, slots=True)
class _Job:
    """Scores one line."""

    scorer: str
    options: Mapping[str, Any]
    resources: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, line: bytes) -> tuple[str, bool]:
        """The result as a JSON line, and whether the line could be scored. Raises InstrumentError."""
        shown: Any = None
        try:
            raw = _read(line)
            shown = raw.get("id")
            sample, text = _sample(raw)
            module = scorers.load(self.scorer)
            handed = {name: self.resources[name] for name in _wanted(module, self.options)}
            score: Score = module.score(sample, text, **handed, **self.options)
        except InstrumentError:
            raise
        except EvalkitError as error:
            return _line({"id": shown, "error": str(error)}), False
        except Exception as error:  # noqa: BLE001 - kept as a record: one odd line must not end the others
            return _line({"id": shown, "error": f"scorer {self.scorer!r} broke: {error!r}"}), False
        return _line(_result(shown, score)), True


def _read(line: bytes) -> dict[str, Any]:
    try:
        raw = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"not a JSON line: {error}") from None
    if not isinstance(raw, dict):
        raise UsageError("not a JSON object")
    return raw


def _sample(raw: Mapping[str, Any]) -> tuple[Sample, str]:
    """The sample and the answer of one line: fields of a sample by name, all others as its metadata."""
    text = raw.get("text", 0)
    if text is None:
        text = ""  # the model gave nothing
    if not isinstance(text, str):
        raise UsageError("a line needs the field 'text', the model's answer")
    known = {name: raw[name] for name in FIELDS if raw.get(name) is not None}
    for name in ("choices", "tags"):
        if name in known:
            if not isinstance(known[name], list):
                raise UsageError(f"the field {name!r} must be a list")
            known[name] = tuple(known[name])
    for name in ("cluster", "language"):
        if not isinstance(known.get(name, ""), str):
            raise UsageError(f"the field {name!r} must be text")
    given = raw.get("metadata")
    metadata = dict(given) if isinstance(given, dict) else {}
    metadata |= {name: value for name, value in raw.items() if name not in (*FIELDS, "id", "text", "metadata")}
    return Sample(id=str(raw.get("id")), metadata=metadata, **known), text


def _result(shown: Any, score: Score) -> dict[str, Any]:
    """One result; details stand beside the fields, and all together once more under `details`.

    An `error` among the details stays there: beside the fields it says that the line could not be scored.
    """
    result = {
        "id": shown,
        "value": score.value,
        "lenient_value": score.lenient_value,
        "answer": score.answer,
        "explanation": score.explanation,
        "outcome": score.outcome,
    }
    beside = {name: value for name, value in score.details.items() if name != "error"}
    return {**beside, **result, "details": dict(score.details)}


def _line(result: Mapping[str, Any]) -> str:
    first = ("id", "value", "lenient_value", "answer", "explanation", "outcome")
    ordered = {name: result[name] for name in first if name in result} | dict(result)
    text = json.dumps(ordered, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        text = json.dumps(ordered)
    return text + "\n"


def _spread(job: _Job, lines: Iterator[bytes]) -> Iterator[tuple[str, bool]]:
    """Results in order; a few lines here, more on all cores."""
    first = list(islice(lines, SMALL))
    if len(first) < SMALL or _cores() == 1:
        yield from map(job, chain(first, lines))
        return
    rest = chain(first, lines)
    processes = _Processes(job)
    waiting: deque[tuple[list[bytes], Future[list[tuple[str, bool]]]]] = deque()
    try:
        while chunk := list(islice(rest, CHUNK)):
            waiting.append((chunk, processes.submit(chunk)))
            if len(waiting) > 3 * _cores():
                yield from processes.collect(*waiting.popleft())
        while waiting:
            yield from processes.collect(*waiting.popleft())
    finally:
        processes.close()


class _Processes:
    """A process for each core, replaced when one dies."""

    def __init__(self, job: _Job) -> None:
        self._job = job
        self._pool = self._started()

    def submit(self, chunk: list[bytes]) -> Future[list[tuple[str, bool]]]:
        try:
            return self._pool.submit(_score_all, self._job, chunk)
        except BrokenProcessPool:
            self._restart()
            return self._pool.submit(_score_all, self._job, chunk)

    def collect(self, chunk: list[bytes], future: Future[list[tuple[str, bool]]]) -> list[tuple[str, bool]]:
        """The results of a chunk; if its process died, of each line on its own, so that one line takes the blame."""
        try:
            return future.result()
        except BrokenProcessPool:
            return [self._alone(line) for line in chunk]

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _alone(self, line: bytes) -> tuple[str, bool]:
        try:
            return self.submit([line]).result()[0]
        except BrokenProcessPool:
            self._restart()
            try:
                shown = _read(line).get("id")
            except UsageError:
                shown = None
            return _line({"id": shown, "error": "scoring this line ended its process"}), False

    def _restart(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(_cores(), mp_context=get_context("spawn"))


def _score_all(job: _Job, chunk: list[bytes]) -> list[tuple[str, bool]]:
    return [job(line) for line in chunk]


def _threaded(job: _Job, lines: Iterable[bytes]) -> Iterator[tuple[str, bool]]:
    """Results in order, for a scorer whose work is done by a sandbox's own processes."""
    waiting: deque[Future[tuple[str, bool]]] = deque()
    pool = ThreadPoolExecutor(2 * _cores())
    try:
        for line in lines:
            waiting.append(pool.submit(job, line))
            if len(waiting) > 8 * _cores():
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _write(results: Iterator[tuple[str, bool]]) -> int:
    """Write the results as they come. Returns the exit code."""
    show = sys.stderr.isatty()
    done = failed = 0
    told = time.monotonic()
    for text, scored in results:
        sys.stdout.write(text)
        done += 1
        failed += not scored
        if show and time.monotonic() - told > REPORT_SECONDS:
            told = time.monotonic()
            print(f"\r{done:,} scored", end="", file=sys.stderr, flush=True)
    if show and done:
        print(f"\r{done:,} scored", file=sys.stderr)
    if failed:
        print(f"evalkit: {failed:,} of {done:,} lines could not be scored; see their error", file=sys.stderr)
    return 2 if failed else 0


def _say(message: str, share: float) -> None:
    """Progress of making the sandbox ready."""
    if sys.stderr.isatty():
        print(f"\r{message} {share:.0%} ", end="" if share < 1 else "\n", file=sys.stderr, flush=True)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
