"""From a call to a result: the outcome, and the score where there is an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import ModuleType
from typing import Any

from evalkit import scorers
from evalkit.calls import Call, Completion, Result
from evalkit.errors import InstrumentError
from evalkit.packs import Pack
from evalkit.records import Sample, Score, ScorerSpec


class Scoring:
    """Scores the calls of one pack. `resources` are what scorers may ask for by name (see evalkit.scorers)."""

    def __init__(self, pack: Pack, resources: Mapping[str, Any] | None = None) -> None:
        self._pack = pack
        self._resources = resources or {}
        self._modules: dict[str, ModuleType] = {}

    @property
    def blocking(self) -> bool:
        """Whether the pack's scorer may take long, so that it must not run on the event loop."""
        return bool(getattr(self._module(self._pack.scorer.name), "BLOCKING", False))

    def result(self, sample: Sample, index: int, epoch: int, call: Call) -> Result:
        """What `sample` came to in this call."""
        outcome, score = call.outcome, None
        if outcome == "ok":
            assert call.completion is not None
            score = self.score(sample, answer_text(call.completion))
            outcome = score.outcome
        usage = {} if call.completion is None else {"usage": call.completion.usage}
        return Result(sample.id, index, epoch, outcome, score, latency=call.timings.latency, **usage)

    def score(self, sample: Sample, text: str) -> Score:
        """The score of an answer; a scorer that breaks is a `judge_failed`, never a wrong answer."""
        spec = sample.scorer or self._pack.scorer
        try:
            score: Score = self._call(spec, sample, text)
        except InstrumentError:
            raise  # nothing can be scored here: a wrong version of math-verify, a sandbox that went away
        except Exception as error:  # noqa: BLE001 - kept as a record: one odd answer must not end a paid run
            return Score(None, explanation=f"scorer {spec.name!r} broke: {error!r}", outcome="judge_failed")
        return score

    def _call(self, spec: ScorerSpec, sample: Sample, text: str) -> Score:
        module = self._module(spec.name)
        handed = {name: self._resources[name] for name in scorers.needs(module, spec.options)}
        score: Score = module.score(sample, text, **handed, **spec.options)
        return score

    def _module(self, name: str) -> ModuleType:
        if name not in self._modules:
            self._modules[name] = scorers.load(name)
        return self._modules[name]


def answer_text(completion: Completion) -> str:
    """The text that is scored: never the reasoning; tool calls as JSON where the model called tools."""
    if completion.tool_calls and not completion.text.strip():
        return json.dumps([dict(call) for call in completion.tool_calls], ensure_ascii=False)
    return completion.text


def needs(pack: Pack) -> frozenset[str]:
    """Which resources the pack's scorers ask for: `sandbox`, `ask`."""
    specs = [pack.scorer, *(sample.scorer for sample in pack.samples if sample.scorer)]
    return frozenset(name for spec in specs for name in scorers.needs(scorers.load(spec.name), spec.options))
