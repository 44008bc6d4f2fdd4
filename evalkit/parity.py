"""Pair two runs of the same pack, and judge: from the runs' files to a verdict with its evidence.

The order matters. First the conditions (were both arms asked alike?), then the instrument (were answers lost, more in
one arm than in the other?), then quality (the paired test), then what could have fooled it (the extraction, the
slices). A verdict on a pack is one word with everything that led to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from evalkit.arms import ArmResults, Floats, Measure
from evalkit.claims import Claim, Limits
from evalkit.errors import UsageError
from evalkit.manifests import fitting_pack
from evalkit.packs import Pack
from evalkit.records import OUTCOMES, Outcome
from evalkit.statistics import Verdict, decide
from evalkit.statistics.multiplicity import Part, holm, weighted_difference
from evalkit.statistics.noise import Noise, noise
from evalkit.statistics.outcomes import outcome_test
from evalkit.statistics.verdict import Word
from evalkit.waterfall import GapPart, waterfall

PASSES: frozenset[Word] = frozenset({"parity", "superior"})
EXIT_CODES: Mapping[Word, int] = {"parity": 0, "superior": 0, "inferior": 1, "inconclusive": 3, "invalid": 4}
SHOWN_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """One condition that was not the same for both arms."""

    condition: str
    baseline: Any
    candidate: Any
    waived: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason not to trust the instrument."""

    outcome: Outcome
    baseline_rate: float
    candidate_rate: float
    p: float | None  # of equal rates, where the difference is the reason
    samples: tuple[str, ...]  # the first of those concerned
    text: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What each extraction leads to, and the samples whose comparison depends on it."""

    strict: Word
    lenient: Word
    flipping: tuple[str, ...]
    flips: int


@dataclass(frozen=True, slots=True)
class SliceVerdict:
    """One guarded slice. `alarm`: inferior by more than its margin, after Holm over all guarded slices."""

    name: str
    statistics: Verdict
    alarm: bool


@dataclass(frozen=True, slots=True)
class PackVerdict:
    """The verdict on one pack, and all that led to it."""

    pack: str
    version: str
    verdict: Word
    reason: str
    sentence: str
    margin: float
    measure: Measure
    statistics: Verdict
    extraction: Extraction | None  # None where the pack says which extraction is the measure
    counted_wrong: tuple[str, ...]
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    outcomes: Mapping[str, Mapping[str, int]]  # arm -> outcome -> calls
    slices: tuple[SliceVerdict, ...]
    gap: tuple[GapPart, ...]  # where the difference comes from
    noise: Mapping[str, Noise]  # arm -> against itself, where each sample was asked more than once
    regressions: tuple[str, ...]  # samples the baseline had right and the candidate wrong, the first of them
    improvements: tuple[str, ...]
    runs: Mapping[str, str]  # arm -> folder

    def to_json(self) -> dict[str, Any]:
        """The fields as plain JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """The verdict on a claim: every pack must hold. `overall` is the weighted difference, which never overrules a pack.

    `exploratory` says why the claim was not fixed before its results existed; such a verdict is no pass.
    """

    verdict: Word
    reason: str
    packs: tuple[PackVerdict, ...]
    overall: tuple[float, float, float]  # difference, low, high
    exploratory: str | None = None
    exploratory_ok: bool = False

    @property
    def exit_code(self) -> int:
        """0 parity or superior, 1 inferior, 3 inconclusive (or a pass that is only exploratory), 4 invalid."""
        if self.exploratory and not self.exploratory_ok and self.verdict in PASSES:
            return EXIT_CODES["inconclusive"]
        return EXIT_CODES[self.verdict]


def judge_pack(
    pack: Pack,
    baseline: ArmResults,
    candidate: ArmResults,
    *,
    margin: float,
    alpha: float = 0.05,
    power: float = 0.8,
    waive: frozenset[str] = frozenset(),
    outcomes: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    slices: Mapping[str, float] | None = None,
) -> PackVerdict:
    """The verdict on two runs of `pack`. Raises UsageError where they are not runs of the same samples."""
    _require_same_samples(pack, baseline, candidate)
    wrong = _counted_wrong(pack, outcomes or {})
    arms = (baseline, candidate)
    clusters = _clusters(pack, len(baseline.outcomes))
    ids = _Ids(pack)

    def verdict(measure: Measure, rows: Sequence[int] | None = None, at: float = margin) -> Verdict:
        here, there = (_items(arm.values(measure, wrong), rows) for arm in arms)
        labels = clusters if clusters is None or rows is None else [clusters[row] for row in rows]
        return decide(here, there, labels, at, alpha, power=power, missing="both_ways")

    measure: Measure = pack.measure or "strict"
    statistics = verdict(measure)
    extraction = None
    if pack.measure is None:
        extraction = _extraction(statistics.verdict, verdict("lenient").verdict, arms, wrong, ids)
    differences = tuple(_differences(baseline.manifest, candidate.manifest, waive))
    findings = tuple(_findings(arms, wrong, limits or Limits(), ids))
    guarded = _slices(pack, len(baseline.outcomes), slices or {}, lambda rows, at: verdict(measure, rows, at), alpha)
    word, reason, sentence = _conclude(statistics, extraction, differences, findings, guarded, arms)
    values = [np.nan_to_num(arm.values(measure, wrong), nan=-1.0).mean(axis=1) for arm in arms]
    return PackVerdict(
        pack=pack.name,
        version=pack.version,
        verdict=word,
        reason=reason,
        sentence=sentence,
        margin=margin,
        measure=measure,
        statistics=statistics,
        extraction=extraction,
        counted_wrong=tuple(sorted(wrong)),
        differences=differences,
        findings=findings,
        outcomes={"baseline": baseline.rates(), "candidate": candidate.rates()},
        slices=guarded,
        gap=waterfall(baseline, candidate, clusters, alpha),
        noise=_noise(arms, measure, wrong, clusters),
        regressions=ids.shown(np.flatnonzero(values[1] < values[0])),
        improvements=ids.shown(np.flatnonzero(values[1] > values[0])),
        runs={"baseline": str(baseline.source), "candidate": str(candidate.source)},
    )


def judge_arms(claim: Claim, pack: Pack, baseline: ArmResults, candidate: ArmResults) -> PackVerdict:
    """`judge_pack` under the terms of a claim."""
    return judge_pack(
        pack,
        baseline,
        candidate,
        margin=claim.packs[pack.name].margin,
        alpha=claim.alpha,
        power=claim.power,
        waive=claim.waive,
        outcomes=claim.outcomes,
        limits=claim.limits,
        slices=claim.slices,
    )


def judge_claim(
    claim: Claim, verdicts: Sequence[PackVerdict], *, exploratory: str | None = None, exploratory_ok: bool = False
) -> ClaimVerdict:
    """All packs together: each must hold (intersection-union, so no correction for many packs); that any is inferior is
    claimed with Holm's correction."""
    word, reason = _all_hold(claim, verdicts)
    parts = [
        Part(claim.packs[v.pack].weight, v.statistics.difference, v.statistics.ci_low, v.statistics.ci_high)
        for v in verdicts
    ]
    return ClaimVerdict(word, reason, tuple(verdicts), weighted_difference(parts), exploratory, exploratory_ok)


def _all_hold(claim: Claim, verdicts: Sequence[PackVerdict]) -> tuple[Word, str]:
    inferior = holm([verdict.statistics.p_inferior for verdict in verdicts])
    by_word: dict[Word, list[str]] = {}
    for verdict, p in zip(verdicts, inferior, strict=True):
        word = verdict.verdict
        if word == "inferior" and verdict.reason == "worse_than_margin" and p > claim.alpha:
            word = "inconclusive"  # not inferior once the number of packs is taken into account
        by_word.setdefault(word, []).append(verdict.pack)
    failing: tuple[Word, ...] = ("inferior", "invalid", "inconclusive")
    for word in failing:
        if word in by_word:
            return word, f"every pack must hold; {word}: {', '.join(by_word[word])}"
    return "parity" if "parity" in by_word else "superior", "every pack holds"


# The parts of a judgement


def _require_same_samples(pack: Pack, baseline: ArmResults, candidate: ArmResults) -> None:
    if baseline.source == candidate.source:
        raise UsageError(f"{baseline.source}: both arms are the same run; nothing can be concluded from that")
    for arm in (baseline, candidate):
        asked = arm.manifest["identity"]["pack"]
        if fitting_pack(arm.manifest) != pack.digest:
            raise UsageError(
                f"{arm.source}: a run of {asked['name']} {asked['version']} ({asked['digest'][:12]}), "
                f"not of {pack.name} {pack.version} ({pack.digest[:12]}): the pack has changed since; run it again"
            )
    shapes = baseline.outcomes.shape, candidate.outcomes.shape
    if shapes[0] != shapes[1]:
        raise UsageError(
            f"the baseline ran {shapes[0][0]} samples, the candidate {shapes[1][0]}: compare like with like"
        )


def _counted_wrong(pack: Pack, claimed: Mapping[str, str]) -> frozenset[Outcome]:
    """The outcomes that are the model's own failure here: the pack says so, and the claim may say otherwise."""
    as_wrong = set(pack.wrong)
    for outcome, counts in claimed.items():
        (as_wrong.add if counts == "wrong" else as_wrong.discard)(outcome)  # type: ignore[arg-type]
    return frozenset(as_wrong)


def _items(values: Floats, rows: Sequence[int] | None) -> Any:
    """What `decide` takes: one score an item, or a list of them for repeats."""
    chosen = values if rows is None else values[list(rows)]
    return chosen[:, 0] if chosen.shape[1] == 1 else chosen.tolist()


def _clusters(pack: Pack, samples: int) -> list[str | None] | None:
    """The cluster of each sample; None where the pack has no clusters at all."""
    found = [pack.samples[index].cluster for index in range(samples)]
    return found if any(label is not None for label in found) else None


@dataclass(frozen=True, slots=True)
class _Ids:
    """Sample ids by position, looked up only for the few that are shown."""

    pack: Pack

    def shown(self, rows: npt.NDArray[np.intp]) -> tuple[str, ...]:
        return tuple(self.pack.samples[int(row)].id for row in rows[:SHOWN_ITEMS])


def _extraction(
    strict: Word, lenient: Word, arms: tuple[ArmResults, ArmResults], wrong: frozenset[Outcome], ids: _Ids
) -> Extraction:
    baseline, candidate = arms
    gaps = [
        np.nan_to_num(candidate.values(measure, wrong) - baseline.values(measure, wrong), nan=9.0)
        for measure in ("strict", "lenient")
    ]
    rows = np.flatnonzero((gaps[0] != gaps[1]).any(axis=1))
    return Extraction(strict, lenient, ids.shown(rows), len(rows))


def _noise(
    arms: tuple[ArmResults, ArmResults], measure: Measure, wrong: frozenset[Outcome], clusters: list[str | None] | None
) -> dict[str, Noise]:
    """Each arm's first epoch against its second."""
    if arms[0].outcomes.shape[1] < 2:
        return {}
    values = [arm.values(measure, wrong) for arm in arms]
    named = zip(("baseline", "candidate"), values, strict=True)
    return {name: noise(cells[:, 0], cells[:, 1], clusters) for name, cells in named if not np.isnan(cells).all()}


def _differences(
    baseline: Mapping[str, Any], candidate: Mapping[str, Any], waive: frozenset[str]
) -> Iterator[Difference]:
    """Conditions that differ between the arms. A card's parameter may be waived by name, or all with `params`."""
    here, there = baseline["conditions"], candidate["conditions"]
    for name in sorted({*here, *there}):
        if here.get(name) != there.get(name):
            yield Difference(name, here.get(name), there.get(name), name in waive)


def _findings(
    arms: tuple[ArmResults, ArmResults], wrong: frozenset[Outcome], limits: Limits, ids: _Ids
) -> Iterator[Finding]:
    """Outcomes of the instrument that are too frequent, or more frequent in one arm than chance explains."""
    for code, outcome in enumerate(OUTCOMES):
        if outcome == "ok" or outcome in wrong:
            continue
        lost = [(arm.outcomes == code).mean(axis=1) for arm in arms]
        test = outcome_test(*lost)
        shares = test.baseline_rate, test.candidate_rate
        concerned = ids.shown(np.flatnonzero(lost[0] + lost[1]))
        if max(shares) > limits.outcome_rate:
            text = f"{outcome}: {max(shares):.1%} of an arm, above the limit of {limits.outcome_rate:.1%}"
            yield Finding(outcome, *shares, None, concerned, text)
        elif abs(test.difference) > limits.outcome_difference and test.p_value < limits.outcome_p:
            told = f"{shares[0]:.1%} of the baseline, {shares[1]:.1%} of the candidate"
            text = f"{outcome}: {told}, which chance does not explain (p = {test.p_value:.2g})"
            yield Finding(outcome, *shares, test.p_value, concerned, text)


def _slices(
    pack: Pack, samples: int, guarded: Mapping[str, float], verdict: Any, alpha: float
) -> tuple[SliceVerdict, ...]:
    """The guarded slices that this pack has."""
    rows: dict[tuple[str, float], list[int]] = {}
    for index in range(samples):
        sample = pack.samples[index]
        if "language" in guarded and sample.language:
            rows.setdefault((f"language:{sample.language}", guarded["language"]), []).append(index)
        for tag in sample.tags:
            if f"tag:{tag}" in guarded:
                rows.setdefault((f"tag:{tag}", guarded[f"tag:{tag}"]), []).append(index)
    judged = [(name, verdict(chosen, margin)) for (name, margin), chosen in sorted(rows.items())]
    adjusted = holm([statistics.p_inferior for _, statistics in judged])
    return tuple(
        SliceVerdict(name, statistics, alarm=p <= alpha) for (name, statistics), p in zip(judged, adjusted, strict=True)
    )


def _conclude(
    statistics: Verdict,
    extraction: Extraction | None,
    differences: tuple[Difference, ...],
    findings: tuple[Finding, ...],
    slices: tuple[SliceVerdict, ...],
    arms: tuple[ArmResults, ArmResults],
) -> tuple[Word, str, str]:
    """The word, its reason and its sentence; the first thing that forbids a better word decides."""
    unwaived = [d for d in differences if not d.waived]
    if unwaived:
        told = "; ".join(f"{d.condition} {d.baseline!r} against {d.candidate!r}" for d in unwaived)
        names = ", ".join(d.condition for d in unwaived)
        return "invalid", "conditions", f"The arms were not asked alike: {told}. Align them, or waive: {names}."
    if findings:
        told = "; ".join(finding.text for finding in findings)
        return "invalid", "instrument", f"The instrument lost answers, so quality is not judged: {told}."
    if extraction and extraction.strict != extraction.lenient and {extraction.strict, extraction.lenient} != PASSES:
        return (
            "inconclusive",
            "extractor_sensitive",
            f"Strict reading of the answers says {extraction.strict}, lenient reading {extraction.lenient}; "
            f"{extraction.flips} samples flip. Look at them, or let the pack say which reading is the measure.",
        )
    word: Word = statistics.verdict
    if extraction and word == "superior" and extraction.lenient == "parity":
        word = "parity"
    alarms = [guard.name for guard in slices if guard.alarm]
    if alarms and word != "inferior":
        return "inferior", "slice", f"Worse than its margin on {', '.join(alarms)}. Overall: {statistics.sentence}"
    unsafe = any((arm.manifest.get("sandbox") or {}).get("unsandboxed") for arm in arms)
    if unsafe and word in PASSES:
        return "inconclusive", "unsandboxed", "The code ran without isolation, so its scores could have been forged."
    return word, statistics.reason, statistics.sentence
