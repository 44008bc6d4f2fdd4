"""lm-eval's `samples_TASK_TIME.jsonl` (`--log_samples`), with the `results_TIME.json` beside it where there is one.

Where a task has the filters strict-match and flexible-extract, they become the strict and the lenient reading. An
answer that the strict filter could not find (`[invalid]`) is `extraction_failed`. lm-eval does not record why an answer
ended: truncated answers cannot be told from wrong ones, which every import says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from evalkit import json_files
from evalkit.calls import Call, Completion
from evalkit.errors import InvalidFiles
from evalkit.importers._runs import Answer, Logged, in_range, unscored
from evalkit.importers._source import Source, told
from evalkit.names import did_you_mean
from evalkit.records import Score

INVALID = "[invalid]"
READINGS = ("strict-match", "flexible-extract")
QUESTIONS = ("question", "problem", "prompt", "query", "input", "text")
SETTINGS = {"max_gen_toks": "max_tokens", "until": "stop"}
_FILE = re.compile(r"samples_(?P<task>.+)_(?P<time>\d{4}-\d\d-\d\dT.+)")
Rows = Mapping[str, Mapping[str, Mapping[str, Any]]]  # id -> filter -> row


def runs(
    source: Source, *, model: str | None = None, score: str | None = None, lenient: str | None = None
) -> list[Logged]:
    """One run a file of samples; none for a file of results, which is read with the samples beside it.

    `score` and `lenient` are `metric` or `metric,filter`, as lm-eval prints them. Raises InvalidFiles.
    """
    if source.path.suffix == ".json" and b'"results"' in source.data[:65536]:
        return []
    named = _FILE.fullmatch(source.stem)
    summary = _summary(source, named.group("time") if named else None)
    rows = _rows(source)
    first = next((row for by_filter in rows.values() for row in by_filter.values()), None)
    if first is None:
        raise source.fail("no samples here")
    strict, loose = _readings(source, rows, score, lenient)
    task = named.group("task") if named else next(iter(summary.get("configs") or {}), source.stem)
    answers = [answer for id_, found in rows.items() if (answer := _answer(id_, found, strict, loose, source))]
    expected = ((summary.get("n-samples") or {}).get(task) or {}).get("effective")
    if isinstance(expected, int) and expected != len(rows):
        source.report(None, f"{len(rows)} samples here, but the results file says {expected}: the log is not whole")
    return [
        Logged(
            source,
            harness="lm-eval",
            version=summary.get("lm_eval_version"),
            task=task,
            model=model or _model(summary) or _no_model(source),
            items={id_: _item(found) for id_, found in rows.items()},
            answers=answers,
            conditions=_conditions(summary, task, first, ",".join(strict)),
            facts={"score": ",".join(strict), "lenient": ",".join(loose) if loose else None},
            notes=["lm-eval does not record why an answer ended: truncated answers cannot be told from wrong ones"],
        )
    ]


# --- reading


def _rows(source: Source) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Id -> filter -> row. Reports rows that are none of lm-eval's, and those that stand here twice."""
    found: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for line, given in source.objects():
        if "doc_id" not in given:
            source.report(line, "no 'doc_id' here: not a sample of lm-eval")
            continue
        row = given if "metrics" in given else {**given, "metrics": _metrics(given)}
        id_, filter_ = str(row["doc_id"]), str(row.get("filter", "none"))
        if filter_ in found[id_]:
            source.report(line, f"doc_id {id_} is here twice for the filter {filter_!r}")
        found[id_][filter_] = row
    return dict(found)


def _metrics(row: Mapping[str, Any]) -> list[str]:
    """The metrics of a row of an older version, which does not list them."""
    return [name for name, value in row.items() if name != "doc_id" and isinstance(value, int | float)]


def _summary(source: Source, time: str | None) -> Mapping[str, Any]:
    """The results file of the same moment, beside the samples; empty where there is none."""
    beside = source.path.with_name(f"results_{time}.json")
    if time is None or not beside.is_file():
        return {}
    try:
        value = json_files.read(beside).value
    except InvalidFiles as error:
        raise source.fail(f"{beside.name} beside it cannot be read: {error}") from None
    return value if isinstance(value, dict) else {}


def _readings(
    source: Source, rows: Rows, score: str | None, lenient: str | None
) -> tuple[tuple[str, str], tuple[str, str] | None]:
    """(metric, filter) of the strict and of the lenient reading. Raises InvalidFiles where it is not clear which."""
    offered = sorted(
        {(metric, filter_) for found in rows.values() for filter_, row in found.items() for metric in row["metrics"]}
    )
    filters = {filter_ for _, filter_ in offered}
    if score is None and len({metric for metric, _ in offered}) == 1 and set(READINGS) <= filters:
        metric = offered[0][0]
        return (metric, READINGS[0]), (metric, READINGS[1]) if lenient is None else _one(source, offered, lenient)
    strict = _one(source, offered, score)
    return strict, None if lenient is None else _one(source, offered, lenient)


def _one(source: Source, offered: Sequence[tuple[str, str]], wanted: str | None) -> tuple[str, str]:
    told_names = [f"{metric},{filter_}" for metric, filter_ in offered]
    fitting = [pair for pair in offered if wanted in (None, pair[0], ",".join(pair))]
    if len(fitting) != 1:
        problem = f"no score {wanted!r}{did_you_mean(wanted or '', told_names)}" if not fitting else "several scores"
        raise source.fail(f"{problem}; choose with --score: {', '.join(told_names)}")
    return fitting[0]


# --- one sample


def _item(found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What was asked: the document, not the prompt, which differs with a model's chat template."""
    row = next(iter(found.values()))
    doc = row.get("doc")
    question = (
        next((doc[key] for key in QUESTIONS if isinstance(doc.get(key), str)), "") if isinstance(doc, dict) else ""
    )
    item: dict[str, Any] = {"input": question or json_files.canonical(doc).decode("utf-8", "replace")}
    if row.get("target") not in (None, ""):
        item["target"] = row["target"]
    item["metadata"] = {"doc_hash": row.get("doc_hash") or json_files.digest_of(doc)}
    return item


def _answer(
    id_: str,
    found: Mapping[str, Mapping[str, Any]],
    strict: tuple[str, str],
    loose: tuple[str, str] | None,
    source: Source,
) -> Answer | None:
    """What a document came to; None, and a problem reported, where its score is not a number from 0 to 1."""
    values: list[float | None] = []
    for reading in (strict, loose):
        row = found.get(reading[1], {}) if reading else {}
        recorded = row.get(reading[0]) if reading else None
        try:
            values.append(None if recorded is None else in_range(recorded))
        except (ValueError, TypeError):
            assert reading is not None
            source.report(None, f"doc_id {id_}: {reading[0]} is {told(recorded)}, not a number from 0 to 1")
            return None
    value, lenient = values
    row = found.get(strict[1], {})
    answer = _filtered(row)
    call = _call(row)
    if value is None:
        return Answer(id_, 0, "judge_failed", unscored("judge_failed", explanation="the log has no such score"), call)
    if answer == INVALID:
        if loose and _filtered(found.get(loose[1], {})) == INVALID:
            lenient = None
        failed = unscored("extraction_failed", value, f"the filter {strict[1]} found no answer", lenient=lenient)
        return Answer(id_, 0, "extraction_failed", failed, call)
    return Answer(id_, 0, "ok", Score(value, lenient, answer), call)


def _filtered(row: Mapping[str, Any]) -> str | None:
    """The answer that the filter took out of the text, where it is a text."""
    answer = row.get("filtered_resps")
    while isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    return answer if isinstance(answer, str) else None


def _call(row: Mapping[str, Any]) -> Call | None:
    """What was sent and answered; None where the answers were only weighed (multiple choice by likelihood)."""
    answer, asked = row.get("resps"), row.get("arguments")
    while isinstance(answer, list) and answer:
        answer = answer[0]
    if isinstance(asked, dict):  # {"gen_args_0": {"arg_0": prompt, "arg_1": settings}}
        asked = list((asked.get("gen_args_0") or {}).values())
    elif isinstance(asked, list) and asked and isinstance(asked[0], list):
        asked = asked[0]
    if not isinstance(answer, str) or not isinstance(asked, list) or len(asked) < 2 or not isinstance(asked[1], dict):
        return None
    body = {"messages": [{"role": "user", "content": str(asked[0])}], **asked[1]}
    return Call("lm-eval", body, Completion(answer, stop_reason="other"), None)


# --- who was asked, and how


def _model(summary: Mapping[str, Any]) -> str | None:
    config = summary.get("config") or {}
    kind, given = config.get("model"), config.get("model_args") or {}
    if isinstance(given, str):
        given = dict(part.partition("=")[::2] for part in given.split(","))
    name = given.get("pretrained") or given.get("model") if isinstance(given, dict) else None
    name = name or summary.get("model_name")
    return None if not name else f"{kind}/{name}" if kind else str(name)


def _no_model(source: Source) -> str:
    raise source.fail("no results file beside it says whose samples these are: name the model with --model")


def _conditions(summary: Mapping[str, Any], task: str, row: Mapping[str, Any], score: str) -> dict[str, Any]:
    """What a fair comparison holds equal: generation settings, shots, the task's version, how it was templated."""
    config = (summary.get("configs") or {}).get(task) or {}
    call = _call(row)
    sent = {} if call is None else {name: value for name, value in call.body.items() if name != "messages"}
    settings = {**(config.get("generation_kwargs") or {}), **sent}
    found = {SETTINGS.get(name, name): value for name, value in settings.items() if value is not None}
    if summary:
        found |= {
            "num_fewshot": (summary.get("n-shot") or {}).get(task, config.get("num_fewshot")),
            "task_version": (summary.get("versions") or {}).get(task),
            "chat_template": bool(summary.get("chat_template")),
            "system_instruction": summary.get("system_instruction_sha"),
        }
    return {**found, "score": score}
