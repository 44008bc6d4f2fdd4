"""How often does a gate say "parity" of a candidate that is worse by exactly the margin?

    python benchmarks/calibration.py            # about 2 minutes; writes docs/calibration.md

Single 0/1 answers: every possible table of wins and losses is enumerated, nothing is simulated. Repeats, fractional
scores and clusters: simulated with fixed seeds. Compared are evalkit, a paired t-test gate (parity if the lower 95 %
bound of the mean difference is above minus the margin) and a gate that fails only a significantly worse candidate
(t-test against zero). Missing answers are not missing at random: they are all ones that the candidate got wrong and
the baseline right. The other gates drop such items, as gates do; evalkit counts them against the candidate.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, ndtr, ndtri, stdtrit, xlogy

from evalkit.statistics import alternatives, decide
from evalkit.statistics.paired import critical_z, score_z

ALPHA = 0.05
SIZES = (50, 100, 200, 500, 1000)
REPORT = Path(__file__).resolve().parents[1] / "docs/calibration.md"

Floats = npt.NDArray[np.float64]
Table = list[list[str]]


# --- gates on tables of wins, losses and items -----------------------------------------------------------------------


@dataclass(frozen=True)
class Gate:
    """`passes(wins, losses, n, margin)`, elementwise; `drops`: items with a missing answer are left out."""

    name: str
    passes: Callable[[Floats, Floats, int, float], npt.NDArray[np.bool_]]
    drops: bool = True


def evalkit_passes(wins: Floats, losses: Floats, n: int, margin: float) -> npt.NDArray[np.bool_]:
    """The exact test's rejection region; a test holds it equal to `decide` table by table."""
    return score_z(wins, losses, n, -margin) >= critical_z(n, -margin, ALPHA)


def t_bounds(wins: Floats, losses: Floats, n: int) -> tuple[Floats, Floats]:
    mean = (wins - losses) / n
    error = np.sqrt(np.maximum((wins + losses) / n - mean * mean, 0) / (n - 1))
    reach = stdtrit(n - 1, 1 - ALPHA) * error
    return mean - reach, mean + reach


def t_passes(wins: Floats, losses: Floats, n: int, margin: float) -> npt.NDArray[np.bool_]:
    return t_bounds(wins, losses, n)[0] > -margin


def significance_passes(wins: Floats, losses: Floats, n: int, margin: float) -> npt.NDArray[np.bool_]:
    return t_bounds(wins, losses, n)[1] >= 0


EVALKIT = Gate("evalkit", evalkit_passes, drops=False)
T_TEST = Gate("paired t", t_passes)
SIGNIFICANCE = Gate("fail if significantly worse", significance_passes)
GATES = (EVALKIT, T_TEST, SIGNIFICANCE)


def likely(n: int, p: float) -> npt.NDArray[np.int64]:
    """The counts of n trials that are not absurdly unlikely (5.5 standard deviations and 12 to each side)."""
    reach = 5.5 * sqrt(n * p * (1 - p)) + 12
    return np.arange(max(0, int(n * p - reach)), min(n, int(n * p + reach)) + 1)


def log_binomial(k: Floats, n: npt.ArrayLike, p: float) -> Floats:
    n = np.asarray(n, float)
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(ways + xlogy(k, p) + xlogy(n - k, 1 - p))


def pass_rate(gate: Gate, n: int, margin: float, discordance: float, delta: float, missing: float = 0.0) -> float:
    """P(pass), by enumeration. `missing`: the share of all items that are lost; all are ones only the baseline got."""
    p_win, p_loss = (discordance + delta) / 2, (discordance - delta) / 2
    total = 0.0
    for lost in likely(n, missing) if missing else [0]:
        weight = float(np.exp(log_binomial(np.float64(lost), n, missing))) if missing else 1.0
        seen = n - int(lost)
        loss, win = max(p_loss - missing, 0.0) / (1 - missing), p_win / (1 - missing)
        losses = likely(seen, loss).astype(float)[:, None]
        wins = likely(seen, win).astype(float)[None, :]
        fits = wins + losses <= seen
        mass = log_binomial(losses, seen, loss) + log_binomial(
            np.minimum(wins, seen - losses), seen - losses, min(1.0, win / (1 - loss))
        )
        counted = (wins, losses, seen) if gate.drops else (wins, losses + lost, n)
        total += weight * float(np.exp(mass)[fits & gate.passes(*counted, margin)].sum())
    return total


# --- tables ----------------------------------------------------------------------------------------------------------


def false_parity(margin: float) -> Table:
    """Rates at a true loss of exactly the margin."""
    shares = (0.0, 0.4 * margin, margin)
    rows = [["n", "discordance", *(f"{gate.name}, {share:.1%} missing" for gate in GATES for share in shares)]]
    for n in SIZES:
        for discordance in (margin, 0.15, 0.30):
            rates = [pass_rate(gate, n, margin, discordance, -margin, share) for gate in GATES for share in shares]
            rows.append([str(n), f"{discordance:.0%}", *map(rate, rates)])
        worst = [max(pass_rate(gate, n, margin, d, -margin) for d in discordances(margin)) for gate in GATES]
        cells = [cell for value in worst for cell in (rate(value), "", "")]
        rows.append([str(n), "worst", *cells])
    return rows


def discordances(margin: float) -> Iterator[float]:
    """From the lowest possible, where the candidate only loses, to all items."""
    yield from margin + (1 - margin) * np.sin(np.linspace(0, np.pi / 2, 200)) ** 2


def power(margin: float) -> Table:
    """Rates of truly equal models: what exactness costs."""
    rows = [["n", *(f"{d:.0%} discordance: {gate.name}" for d in (0.05, 0.10, 0.20) for gate in (EVALKIT, T_TEST))]]
    for n in SIZES:
        rates = [pass_rate(gate, n, margin, d, 0.0) for d in (0.05, 0.10, 0.20) for gate in (EVALKIT, T_TEST)]
        rows.append([str(n), *map(rate, rates)])
    return rows


def other_intervals(margin: float) -> Table:
    """The largest false-parity rate of published intervals over all discordances, nothing missing."""
    z = -float(ndtri(ALPHA))

    def right(n: int, wins: float, losses: float) -> tuple[int, int, int, int]:
        """A table in which 80 % of the ties are right."""
        ties = n - int(wins) - int(losses)
        return round(0.8 * ties), int(wins), int(losses), ties - round(0.8 * ties)

    def cellwise(passes: Callable[[int, int, int, float], bool]) -> Gate:
        def each(wins: Floats, losses: Floats, n: int, margin: float) -> npt.NDArray[np.bool_]:
            shape = np.broadcast_shapes(wins.shape, losses.shape)
            found = np.zeros(shape, bool)
            for place in np.ndindex(shape):
                w, lost = int(wins[0, place[1]]), int(losses[place[0], 0])
                if w + lost <= n:
                    key = (passes.__name__, w, lost, n)
                    if key not in seen:
                        seen[key] = passes(w, lost, n, margin)
                    found[place] = seen[key]
            return found

        return Gate(passes.__name__, each)

    seen: dict[tuple[str, int, int, int], bool] = {}

    def agresti_min(w: int, lost: int, n: int, margin: float) -> bool:
        return alternatives.agresti_min_interval(w, lost, n, ALPHA)[0] > -margin

    def bonett_price(w: int, lost: int, n: int, margin: float) -> bool:
        return alternatives.bonett_price_interval(w, lost, n, ALPHA)[0] > -margin

    def newcombe(w: int, lost: int, n: int, margin: float) -> bool:
        return alternatives.newcombe_interval(*right(n, w, lost), ALPHA)[0] > -margin

    def skewness_corrected(w: int, lost: int, n: int, margin: float) -> bool:
        return alternatives.skewness_corrected_z(*right(n, w, lost), -margin) > z

    tango = Gate("Tango score", lambda w, lost, n, m: score_z(w, lost, n, -m) > z)
    methods = {
        "Wald / paired t": T_TEST,
        "Agresti-Min": cellwise(agresti_min),
        "Bonett-Price": cellwise(bonett_price),
        "Newcombe 10": cellwise(newcombe),
        "SCAS": cellwise(skewness_corrected),
        "Tango score": tango,
        "**evalkit (exact)**": EVALKIT,
    }
    sizes = (50, 100, 200, 500)
    rows = [["method", *(f"n = {n}" for n in sizes)]]
    for name, gate in methods.items():
        rows.append(
            [name, *(rate(max(pass_rate(gate, n, margin, d, -margin) for d in discordances(margin))) for n in sizes)]
        )
    return rows


# --- simulated: repeats, fractions, clusters -------------------------------------------------------------------------

Draw = Callable[[np.random.Generator, float], tuple[Floats, Floats, npt.NDArray[np.int64] | None]]


def answers(sizes: list[int], repeats: int, accuracy: float, spread: float, alike: float, within: float) -> Draw:
    """Right and wrong answers of two models of correlated ability on items of varying difficulty.

    `alike`: correlation of the two models over items; `within`: correlation of items of one cluster.
    """
    codes = np.repeat(np.arange(len(sizes)), sizes)

    def draw(rng: np.random.Generator, delta: float) -> tuple[Floats, Floats, npt.NDArray[np.int64] | None]:
        def field() -> Floats:
            shared = rng.standard_normal(len(sizes))[codes]
            return sqrt(within) * shared + sqrt(1 - within) * rng.standard_normal(codes.size)

        first = field()
        second = alike * first + sqrt(1 - alike**2) * field()
        scale = sqrt(1 + spread**2)
        scores = [
            rng.binomial(1, ndtr(ndtri(level) * scale + spread * ability)[:, None], (codes.size, repeats)).astype(float)
            for level, ability in ((accuracy, first), (accuracy + delta, second))
        ]
        return scores[0], scores[1], codes if max(sizes) > 1 else None

    return draw


def rubric(n: int) -> Draw:
    """Judge scores near 0.8; the candidate differs on 15 % of the items."""

    def draw(rng: np.random.Generator, delta: float) -> tuple[Floats, Floats, None]:
        baseline = rng.beta(8, 2, n)
        hit = rng.random(n) < 0.15
        candidate = np.where(hit, baseline * max(0.0, 1 + delta / 0.15 / 0.8), baseline)
        return baseline[:, None], candidate[:, None], None

    return draw


def whole_clusters(count: int, size: int) -> Draw:
    """Both models are perfect, except that the candidate fails whole clusters."""
    codes = np.repeat(np.arange(count), size)

    def draw(rng: np.random.Generator, delta: float) -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
        failed = (rng.random(count) < -delta)[codes].astype(float)
        return np.ones((codes.size, 1)), (1 - failed)[:, None], codes

    return draw


SCENES: dict[str, tuple[Draw, float]] = {
    "4 repeats, 100 items, models alike": (answers([1] * 100, 4, 0.95, 8.0, 0.995, 0.0), 0.05),
    "4 repeats, 100 items, models unlike": (answers([1] * 100, 4, 0.8, 1.5, 0.5, 0.0), 0.10),
    "rubric scores, 100 items": (rubric(100), 0.05),
    "40 clusters of 5, models alike": (answers([5] * 40, 1, 0.95, 8.0, 0.995, 0.5), 0.05),
    "40 clusters of 5, models unlike": (answers([5] * 40, 1, 0.8, 1.5, 0.5, 0.5), 0.10),
    "25 clusters of 20, models unlike": (answers([20] * 25, 1, 0.8, 1.5, 0.5, 0.5), 0.10),
    "46 uneven clusters, 200 items": (
        answers([1] * 20 + [2] * 8 + [4] * 8 + [10] * 6 + [18] * 4, 1, 0.8, 1.5, 0.5, 0.5),
        0.10,
    ),
    "40 clusters of 5, whole clusters fail": (whole_clusters(40, 5), 0.05),
    "20 clusters of 5, whole clusters fail": (whole_clusters(20, 5), 0.05),
}


def simulated(runs: int) -> Table:
    rows = [["scores", "margin", "evalkit", "paired t", "fail if significantly worse", "evalkit, equal models"]]
    for name, (draw, margin) in SCENES.items():
        passed = np.zeros(4)
        for run in range(runs):
            baseline, candidate, clusters = draw(np.random.default_rng(run), -margin)
            d = candidate.mean(axis=1) - baseline.mean(axis=1)
            mean, reach = d.mean(), stdtrit(d.size - 1, 1 - ALPHA) * d.std(ddof=1) / sqrt(d.size)
            verdict = decide(baseline, candidate, clusters, margin, ALPHA)
            equal = decide(*draw(np.random.default_rng(10**6 + run), 0.0), margin, ALPHA)
            passed += [verdict.exit_code == 0, mean - reach > -margin, mean + reach >= 0, equal.exit_code == 0]
        rows.append([name, f"{margin:.0%}", *map(rate, passed / runs)])
    return rows


# --- report ----------------------------------------------------------------------------------------------------------


def rate(value: float) -> str:
    return f"{value:.3f}"


def markdown(table: Table) -> str:
    head, *rows = table
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def report(runs: int) -> str:
    sections = [
        "# Calibration: how often is a worse candidate called equal?",
        "Written by `python benchmarks/calibration.py`; do not edit. alpha is .05: no enumerated entry of evalkit may "
        "exceed it.",
        "The candidate's true loss is **exactly the margin**, so every pass is false. *Discordance* is the share of "
        "items on which the two models differ; the lowest possible equals the margin (the candidate only loses). "
        "*Missing* items are ones that the candidate got wrong and the baseline right: time-outs on hard items, say. "
        "Gates that drop them see a better candidate than there is; evalkit counts them against the candidate. "
        "Enumerated exactly, not simulated; *worst* is the largest rate over 200 discordances, from the lowest "
        "possible to 100 %.",
    ]
    for margin in (0.05, 0.02, 0.10):
        sections += [f"## False parity at a margin of {margin:.0%}", markdown(false_parity(margin))]
    sections += [
        "## The price: power for truly equal models at a margin of 5 %",
        "How often equal models are called equal. Where the t-test gate has more, it pays with the false passes above.",
        markdown(power(0.05)),
        "## Other published intervals, margin 5 %",
        "The largest false-parity rate over all discordances when parity is claimed from the lower bound of each "
        "interval. Nothing is missing. 80 % of the ties are right (this matters to Newcombe and SCAS only).",
        markdown(other_intervals(0.05)),
        "## Repeats, fractional scores and clusters",
        f"Simulated, {runs:,} runs each: the standard error of a rate of .05 is {sqrt(0.05 * 0.95 / runs):.3f}. Here "
        "evalkit's test is approximate. The other gates do not know of clusters. The last column is power.",
        markdown(simulated(runs)),
    ]
    return "\n\n".join(sections) + "\n"


if __name__ == "__main__":
    started = time.perf_counter()
    REPORT.write_text(report(runs=3000), encoding="utf-8")
    print(f"{REPORT}: {time.perf_counter() - started:.0f} s")
