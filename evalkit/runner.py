"""Ask and score: the plan's open calls, concurrently, each journalled before it is scored."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field

from evalkit.calls import Call, Result, call_from_json, to_json
from evalkit.errors import CallFailed
from evalkit.journal import Journal, dumps
from evalkit.plans import Plan
from evalkit.scoring import Scoring
from evalkit.transport import Transport


@dataclass(slots=True)
class Progress:
    """Counters that a display may read at any time; the runner only adds to them."""

    total: int
    done: int = 0  # with a result, those of earlier sessions included
    new: int = 0  # with a result of this session
    in_flight: int = 0
    output_tokens: int = 0
    retries: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)  # model and fingerprint, as the server tells

    def add(self, result: Result, call: Call) -> None:
        """Count one new result."""
        self.done += 1
        self.new += 1
        self.output_tokens += result.usage.output or 0
        self.retries += len(call.retries)
        self.outcomes[result.outcome] += 1
        if call.completion is not None:
            told = (call.completion.served_model, call.completion.fingerprint)
            self.served[" ".join(part for part in told if part)] += 1


class Run:
    """One session of a run: from what the journal already holds to the end, or until `stop`."""

    def __init__(
        self,
        plan: Plan,
        journal: Journal,
        transport: Transport,
        scoring: Scoring,
        progress: Progress,
        *,
        blocking: Executor | None = None,
    ) -> None:
        self._plan = plan
        self._journal = journal
        self._transport = transport
        self._scoring = scoring
        self._executor = blocking
        self._stopping = False
        self._fatal: CallFailed | None = None
        self.progress = progress

    @property
    def stopping(self) -> bool:
        """Whether no more calls are started."""
        return self._stopping

    def stop(self) -> None:
        """Start no more calls; those in flight are paid for, so they are finished and journalled."""
        self._stopping = True

    async def __call__(self) -> None:
        """Ask and score what is open. Raises CallFailed where the provider can answer no call at all."""
        await self._score_journalled()
        pending = self._pending()
        workers = min(self._plan.model.concurrency, self._plan.calls)
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self._work(pending))
        if self._fatal is not None:
            raise self._fatal

    def _pending(self) -> Iterator[tuple[int, int]]:
        asked = self._journal.asked
        return (entry for entry in self._plan.entries() if not asked(*entry))

    async def _work(self, pending: Iterator[tuple[int, int]]) -> None:
        """Take calls from the plan until none is left."""
        progress = self.progress
        for index, epoch in pending:
            if self._stopping:
                return
            sample = self._plan.pack.samples[index]
            progress.in_flight += 1
            try:
                call = await self._transport.ask(self._plan.model, self._plan.request(sample, epoch))
            except CallFailed as error:
                self._fatal = self._fatal or error
                self._stopping = True
                return
            finally:
                progress.in_flight -= 1
            line = {"sample": sample.id, "index": index, "epoch": epoch, "outcome": call.outcome, **to_json(call)}
            self._journal.append_call(index, epoch, dumps(line))
            await self._score(index, epoch, call)

    async def _score(self, index: int, epoch: int, call: Call) -> None:
        sample = self._plan.pack.samples[index]
        if self._executor is None:
            result = self._scoring.result(sample, index, epoch, call)
        else:
            loop = asyncio.get_running_loop()
            result = await loop.run_in_executor(self._executor, self._scoring.result, sample, index, epoch, call)
        self._journal.append_result(index, epoch, dumps(to_json(result)))
        self.progress.add(result, call)

    async def _score_journalled(self) -> None:
        """Results for calls that an interrupted session paid for but did not score."""
        for line in self._journal.unscored_calls():
            await self._score(line["index"], line["epoch"], call_from_json(line))
