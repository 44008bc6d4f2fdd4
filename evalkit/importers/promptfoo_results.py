"""promptfoo's results (`promptfoo eval -o results.json`): each provider and prompt becomes a run.

A test is an item, known by its variables and assertions. Errors are `provider_error`; answers that stopped at the
length limit are `truncated`, those of a content filter `filtered`, refusals `refused`, whatever the assertions say.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evalkit.calls import Call, Completion, Failure, StopReason, Timings, Usage
from evalkit.importers._runs import Answer, Items, Logged, in_range, tokens, unscored
from evalkit.importers._source import Source, slug, told
from evalkit.json_files import canonical, digest_of
from evalkit.names import did_you_mean
from evalkit.records import Outcome, Score

ERROR = 2  # promptfoo's failureReason of a call that failed
STOPS: Mapping[str, StopReason] = {
    "stop": "stop", "end_turn": "stop", "stop_sequence": "stop", "length": "length", "max_tokens": "length",
    "MAX_TOKENS": "length", "content_filter": "content_filter", "SAFETY": "content_filter", "refusal": "refusal",
    "tool_calls": "tool_calls", "tool_use": "tool_calls",
}  # fmt: skip
SETTINGS = (
    "temperature", "max_tokens", "max_completion_tokens", "top_p", "top_k", "seed", "stop", "reasoning_effort",
    "frequency_penalty", "presence_penalty",
)  # fmt: skip
Row = Mapping[str, Any]


def runs(source: Source, *, score: str | None = None) -> list[Logged]:
    """A run for each provider and prompt. `score` is `pass` for 1 or 0, or a named metric, instead of the score.

    Raises InvalidFiles.
    """
    try:
        document = json.loads(source.text())
        table = document["results"]
        rows = table["results"]
        prompts = table.get("prompts") or (table.get("table") or {}).get("head", {}).get("prompts") or []
    except (ValueError, RecursionError) as error:
        raise source.fail(f"not JSON: {error}") from None
    except (KeyError, TypeError, AttributeError):
        raise source.fail(
            "not promptfoo's results: expected results.results, as `promptfoo eval -o FILE` writes"
        ) from None
    config = document.get("config") or {}
    columns: dict[tuple[int, str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.get("promptIdx", 0), row.get("testIdx", 0))):
        columns[row.get("promptIdx", 0), _provider(row), _prompt_id(row)].append(row)
    repeats = _repeats(columns.values())
    return [
        Logged(
            source,
            harness="promptfoo",
            version=(document.get("metadata") or {}).get("promptfooVersion"),
            task=slug(str(config.get("description") or source.stem)),
            model=provider,
            items=_items(found, repeats),
            answers=_answers(found, repeats, score, source),
            conditions={**_settings(config, provider), "prompt": prompt[:12], "score": score or "score"},
            facts={
                "eval_id": document.get("evalId"),
                "created": table.get("timestamp"),
                "column": column,
                "prompt": _raw_prompt(prompts, prompt),
            },
            epochs=repeats,
        )
        for (column, provider, prompt), found in columns.items()
    ]


# --- items


def _key(row: Row) -> str:
    """What makes a test the same test."""
    test = row.get("testCase") or {}
    return digest_of([row.get("vars", test.get("vars")), test.get("assert")])


def _repeats(columns: Iterable[Sequence[Row]]) -> int:
    """How often `--repeat` asked each test: promptfoo writes the repeats as tests of their own."""
    counts = {count for rows in columns for count in Counter(_key(row) for row in rows).values()}
    return counts.pop() if len(counts) == 1 else 1


def _places(rows: Sequence[Row], repeats: int) -> list[tuple[str, int]]:
    """(id, epoch) of each row. The id is made of the test's content, for a filter or another order changes its number;
    a test that stands there twice without `--repeat` is two items."""
    seen: Counter[str] = Counter()
    places = []
    for row in rows:
        key = f"test-{_key(row)[:10]}"
        again = seen[key]
        seen[key] += 1
        places.append((key, again) if repeats > 1 or not again else (f"{key}-{again + 1}", 0))
    return places


def _items(rows: Sequence[Row], repeats: int) -> Items:
    items: dict[str, Mapping[str, Any]] = {}
    for (id_, _), row in zip(_places(rows, repeats), rows, strict=True):
        variables = row.get("vars", {})
        only = next(iter(variables.values())) if len(variables) == 1 else None
        test = row.get("testCase") or {}
        metadata = {"vars": variables, "assert": test.get("assert"), "description": test.get("description")}
        items[id_] = {
            "input": only
            if isinstance(only, str) and only.strip()
            else canonical(variables).decode("utf-8", "replace"),
            "metadata": {name: value for name, value in metadata.items() if value},
        }
    return items


# --- answers


def _answers(rows: Sequence[Row], repeats: int, score: str | None, source: Source) -> list[Answer]:
    found = []
    for (id_, epoch), row in zip(_places(rows, repeats), rows, strict=True):
        call = _call(row)
        latency = float(row.get("latencyMs") or 0) / 1000
        outcome, why = _outcome(row, call)
        recorded = _recorded(row, score)
        if outcome != "ok":
            found.append(Answer(id_, epoch, outcome, unscored(outcome, recorded, why), call, latency))
            continue
        try:
            made = Score(in_range(recorded), explanation=str((row.get("gradingResult") or {}).get("reason") or ""))
        except (ValueError, TypeError):
            hint = did_you_mean(score, row.get("namedScores") or {}) if score and recorded is None else ""
            source.report(None, f"{id_}: the score is {told(recorded)}, not a number from 0 to 1{hint}")
            continue
        found.append(Answer(id_, epoch, "ok", made, call, latency))
    return found


def _recorded(row: Row, score: str | None) -> Any:
    if score is None:
        return row.get("score")
    return row.get("success") if score == "pass" else (row.get("namedScores") or {}).get(score)


def _outcome(row: Row, call: Call) -> tuple[Outcome, str]:
    """What became of the answer before its assertions, and why."""
    response = row.get("response") or {}
    if call.completion is None:
        return "provider_error", str(response.get("error") or row.get("error") or "")[:2000]
    if call.completion.stop_reason in ("length", "context"):
        return "truncated", "stopped at the length limit"
    if call.completion.stop_reason == "content_filter" or (response.get("guardrails") or {}).get("flagged"):
        return "filtered", "a content filter took it"
    if response.get("isRefusal") or call.completion.stop_reason == "refusal":
        return "refused", "the provider reports a refusal"
    return "ok", ""


def _call(row: Row) -> Call:
    response = row.get("response") or {}
    raw = (row.get("prompt") or {}).get("raw", "")
    body = {"model": _provider(row), "messages": [{"role": "user", "content": str(raw)}]}
    failed = response.get("error") or row.get("failureReason") == ERROR or "output" not in response
    if failed:
        message = str(response.get("error") or row.get("error") or "no output")
        return Call("promptfoo", body, None, Failure("other", message[:2000]))
    output = response["output"]
    usage = response.get("tokenUsage") or {}
    completion = Completion(
        text=output if isinstance(output, str) else json.dumps(output, ensure_ascii=False),
        stop_reason=STOPS.get(str(response.get("finishReason", "stop")), "other"),
        usage=Usage(
            input=tokens(usage.get("prompt")),
            output=tokens(usage.get("completion")),
            reasoning=tokens((usage.get("completionDetails") or {}).get("reasoning")),
        ),
    )
    return Call("promptfoo", body, completion, None, Timings(float(row.get("latencyMs") or 0) / 1000))


# --- who was asked, and how


def _provider(row: Row) -> str:
    provider = row.get("provider") or {}
    return (
        str(provider.get("label") or provider.get("id") or "unknown") if isinstance(provider, dict) else str(provider)
    )


def _prompt_id(row: Row) -> str:
    return str(row.get("promptId") or digest_of((row.get("prompt") or {}).get("label")))


def _raw_prompt(prompts: Sequence[Any], id_: str) -> str | None:
    return next((prompt.get("raw") for prompt in prompts if isinstance(prompt, dict) and prompt.get("id") == id_), None)


def _settings(config: Mapping[str, Any], provider: str) -> dict[str, Any]:
    """The generation settings that the config gives a provider; nothing else of it, for it may hold keys."""
    for entry in config.get("providers") or () if isinstance(config.get("providers"), list) else ():
        if isinstance(entry, dict) and provider in (entry.get("label"), entry.get("id")):
            given = entry.get("config") or {}
            return {name: given[name] for name in SETTINGS if given.get(name) is not None}
    return {}
