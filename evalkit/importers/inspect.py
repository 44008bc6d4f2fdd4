"""Inspect's logs: `.eval` archives and `.json`, with every sample's score, and why a sample has none.

A sample that a limit stopped or the token limit cut is `truncated`, an error is a `provider_error`, a NaN score is
`judge_failed`, a score of N (no answer) `extraction_failed`. Samples that the log announces and does not hold (it was
cancelled) are missing, never dropped.
"""

from __future__ import annotations

import json
import math
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from evalkit.calls import Call, Completion, Failure, StopReason, Timings, Usage, outcome_of
from evalkit.importers._runs import Answer, Logged, in_range, only, tokens, unscored
from evalkit.importers._source import Source, told
from evalkit.json_files import digest_of
from evalkit.records import Outcome, Score

ZSTANDARD = 93  # a compression method of ZIP archives that Python knows from 3.14 on
VALUES = {"C": 1.0, "I": 0.0, "P": 0.5, "yes": 1.0, "true": 1.0, "no": 0.0, "false": 0.0}
NO_ANSWER = "N"
STOPS: Mapping[str, StopReason] = {
    "stop": "stop", "max_tokens": "length", "model_length": "context", "tool_calls": "tool_calls",
    "content_filter": "content_filter",
}  # fmt: skip
REASONS: Mapping[str, Outcome] = {
    "refusal": "refused", "invalid_response_format": "extraction_failed", "no_response": "extraction_failed",
}  # fmt: skip
KEPT = ("id", "epoch", "messages", "output", "scores", "error", "limit", "working_time")
NOT_THE_MODEL = ("operator", "custom")  # limits that say nothing about the answer
#: settings of a generation, as Inspect calls them, in our words; headers and the like may hold secrets and are left out
SETTINGS = {
    "max_tokens": "max_tokens", "temperature": "temperature", "top_p": "top_p", "top_k": "top_k", "seed": "seed",
    "stop_seqs": "stop", "reasoning_effort": "reasoning_effort", "effort": "effort",
    "reasoning_tokens": "thinking_tokens", "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty", "num_choices": "num_choices", "best_of": "best_of",
    "system_message": "system_message", "verbosity": "verbosity",
}  # fmt: skip


def runs(source: Source, *, score: str | None = None) -> list[Logged]:
    """The log's run. `score` is the name of a scorer, or `scorer.key` where its value is an object.

    Raises InvalidFiles.
    """
    header, samples = _read(source)
    spec = header.get("eval") or {}
    items: dict[str, Mapping[str, Any] | None] = {}
    for id_ in (spec.get("dataset") or {}).get("sample_ids") or ():
        items[str(id_)] = None
    names: set[str] = set()
    held = []
    for sample in samples:  # a sample's events take a hundred times the room of what is kept
        held.append({key: sample[key] for key in KEPT if key in sample})
        items[str(sample["id"])] = _item(sample)
        names |= _score_names(sample)
    name = only(names, score, "score", source)
    answers = [answer for sample in held if (answer := _answer(sample, name, source)) is not None]
    epochs = max([(spec.get("config") or {}).get("epochs") or 1, *(answer.epoch + 1 for answer in answers)])
    status = header.get("status")
    lost = len(items) * epochs - len(answers)
    note = f"{source.shown}: {lost} of {len(items) * epochs} answers are missing (the log's status: {status})"
    return [
        Logged(
            source,
            harness="inspect",
            version=(spec.get("packages") or {}).get("inspect_ai"),
            task=str(spec.get("task", "")).rpartition("/")[2],
            model=str(spec.get("model", "unknown")),
            items=items,
            answers=answers,
            conditions=_conditions(header, spec, name),
            facts={"run_id": spec.get("run_id"), "created": spec.get("created"), "status": status, "score": name},
            epochs=epochs,
            notes=[note] if lost else [],
        )
    ]


# --- reading


def _read(source: Source) -> tuple[Mapping[str, Any], Iterator[dict[str, Any]]]:
    """The log without its samples, and its samples one by one. Raises InvalidFiles."""
    if not source.data.startswith(b"PK"):
        log = _json(source, source.text(), "the log")
        return log, iter(log.get("samples") or ())
    archive = _archive(source)
    members = set(archive.namelist())
    if "header.json" not in members:
        if "_journal/start.json" not in members:
            raise source.fail("not a log of Inspect: no header.json in the archive")
        start = _json(source, archive.read("_journal/start.json").decode(), "_journal/start.json")
        header: Mapping[str, Any] = {**start, "status": "started"}  # it crashed before its header was written
    else:
        header = _json(source, archive.read("header.json").decode(), "header.json")
    names = sorted(name for name in members if name.startswith("samples/"))
    return header, (_json(source, archive.read(name).decode(), name) for name in names)


def _archive(source: Source) -> Any:
    """The archive, read by a reader that knows its compression. Raises InvalidFiles."""
    try:
        archive = zipfile.ZipFile(BytesIO(source.data))
        methods = {member.compress_type for member in archive.infolist()}
        if ZSTANDARD in methods and not hasattr(zipfile, "ZIP_ZSTANDARD"):
            from backports.zstd import zipfile as with_zstandard

            return with_zstandard.ZipFile(BytesIO(source.data))
    except (zipfile.BadZipFile, ValueError) as error:
        raise source.fail(f"a damaged archive: {error}") from None
    except ImportError:
        advice = "install backports.zstd, or convert the log with `inspect log convert --to json`"
        raise source.fail(f"compressed with Zstandard, which this Python cannot read: {advice}") from None
    return archive


def _json(source: Source, text: str, what: str) -> dict[str, Any]:
    try:
        value = json.loads(text)  # NaN is how Inspect writes a score that could not be told
    except (ValueError, RecursionError) as error:
        raise source.fail(f"{what} is not JSON: {error}") from None
    if not isinstance(value, dict) or not ({"eval", "id"} & set(value)):
        raise source.fail(f"{what} is not of a log of Inspect")
    return value


# --- one sample


def _item(sample: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked: the data set's part of a sample, which both arms share."""
    attachments = sample.get("attachments") or {}

    def whole(text: str) -> str:
        return str(attachments.get(text.removeprefix("attachment://"), text))

    given = sample.get("input", "")
    if isinstance(given, list):
        given = "\n\n".join(_text(message.get("content"))[0] for message in given if isinstance(message, dict))
    item: dict[str, Any] = {"input": whole(given)} if given else {}
    if sample.get("target") not in (None, "", []):
        item["target"] = sample["target"]
    if len(sample.get("choices") or ()) > 1:
        item["choices"] = sample["choices"]
    return item


def _score_names(sample: Mapping[str, Any]) -> set[str]:
    found = set()
    for name, score in (sample.get("scores") or {}).items():
        value = score.get("value")
        found |= {f"{name}.{key}" for key in value} if isinstance(value, dict) else {name}
    return found


def _answer(sample: Mapping[str, Any], name: str, source: Source) -> Answer | None:
    """What a sample came to; None, and a problem reported, where its score is not a number from 0 to 1."""
    call = _call(sample)
    epoch = int(sample.get("epoch") or 1) - 1
    id_, latency = str(sample["id"]), float(sample.get("working_time") or 0.0)
    score, value = _recorded(sample, name)
    outcome, why = _before_scoring(sample, call)
    if outcome == "ok":
        try:
            outcome, number = _judged(score, value)
        except (ValueError, TypeError):
            source.report(None, f"sample {id_!r}: the score {name} is {told(value)}, not a number from 0 to 1")
            return None
        if outcome == "ok":
            made = Score(number, None, _short(score.get("answer")), str(score.get("explanation") or ""))
            return Answer(id_, epoch, "ok", made, call, latency)
        why = str(score.get("explanation") or score.get("reason") or "the log has no score")
    shown = None if isinstance(value, float) and math.isnan(value) else value
    return Answer(id_, epoch, outcome, unscored(outcome, shown, why), call, latency)


def _recorded(sample: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], Any]:
    """The score called `name`, and its value."""
    scores = sample.get("scores") or {}
    scorer, _, key = (name, "", "") if name in scores else name.rpartition(".")
    score = scores.get(scorer) or {}
    value = score.get("value")
    return score, value.get(key) if key and isinstance(value, dict) else value


def _before_scoring(sample: Mapping[str, Any], call: Call) -> tuple[Outcome, str]:
    """What became of the answer itself, and why."""
    if sample.get("error"):
        return "provider_error", str(sample["error"].get("message", ""))[:2000]
    limit = (sample.get("limit") or {}).get("type")
    if limit is not None:
        why = f"Inspect stopped the sample: {limit} limit"
        return ("provider_error", why) if limit in NOT_THE_MODEL else ("truncated", why)
    if call.completion is None:
        return "provider_error", "the log has no answer"
    return outcome_of(call.completion), ""


def _judged(score: Mapping[str, Any], value: Any) -> tuple[Outcome, float | None]:
    """The outcome and number of a recorded score. Raises ValueError, TypeError."""
    reason = str(score.get("reason") or (score.get("metadata") or {}).get("unscored_reason") or "")
    if reason in REASONS:
        return REASONS[reason], None
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "judge_failed", None
    if value == NO_ANSWER:
        return "extraction_failed", None
    if isinstance(value, str):
        value = VALUES.get(value, VALUES.get(value.lower(), value))
    return "ok", in_range(value)


def _call(sample: Mapping[str, Any]) -> Call:
    """What was said to the model, and its last answer."""
    output = sample.get("output") or {}
    messages = [
        {"role": message.get("role", ""), "content": _text(message.get("content"))[0]}
        for message in sample.get("messages") or ()
    ]
    if messages and messages[-1]["role"] == "assistant":
        messages.pop()
    body = {"model": output.get("model", ""), "messages": messages}
    choices = output.get("choices") or []
    if not choices:
        why = str((sample.get("error") or {}).get("message", "the log has no answer"))
        return Call("inspect", body, None, Failure("other", why[:2000]))
    answer = choices[0].get("message") or {}
    text, reasoning = _text(answer.get("content"))
    usage = output.get("usage") or {}
    completion = Completion(
        text=text,
        reasoning=reasoning,
        stop_reason=STOPS.get(choices[0].get("stop_reason", "stop"), "other"),
        usage=Usage(
            input=tokens(usage.get("input_tokens")),
            output=tokens(usage.get("output_tokens")),
            reasoning=tokens(usage.get("reasoning_tokens")),
            cached=tokens(usage.get("input_tokens_cache_read")),
        ),
        served_model=str(output["model"]) if output.get("model") else None,
        tool_calls=tuple(
            {"name": call.get("function", ""), "arguments": call.get("arguments", {})}
            for call in answer.get("tool_calls") or ()
        ),
    )
    return Call("inspect", body, completion, None, Timings(float(output.get("time") or 0.0)))


def _text(content: Any) -> tuple[str, str]:
    """(text, reasoning) of a message's content."""
    if isinstance(content, str):
        return content, ""
    parts: Sequence[Any] = content if isinstance(content, list) else ()
    texts = [part.get("text", "") for part in parts if part.get("type") == "text"]
    thoughts = [part.get("reasoning", "") for part in parts if part.get("type") == "reasoning"]
    return "\n".join(texts), "\n".join(thoughts)


def _short(answer: Any) -> str | None:
    return None if answer is None else str(answer)[:2000]


# --- how it was asked


def _conditions(header: Mapping[str, Any], spec: Mapping[str, Any], score: str) -> dict[str, Any]:
    """What a fair comparison holds equal: generation settings, the task's version and arguments, solver and score."""
    plan = header.get("plan") or {}
    config = {**(plan.get("config") or {}), **(spec.get("model_generate_config") or {})}
    found = {ours: config[theirs] for theirs, ours in SETTINGS.items() if config.get(theirs) is not None}
    steps = [{"solver": step.get("solver"), "params": step.get("params")} for step in plan.get("steps") or ()]
    solver = "+".join(str(step["solver"]) for step in steps)
    return {
        **found,
        "task_version": spec.get("task_version"),
        "task_args": digest_of(spec.get("task_args") or {})[:12],
        "solver": f"{solver} {digest_of(steps)[:12]}",
        "score": score,
    }
