"""Laws that every verdict obeys, searched for counterexamples."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evalkit.statistics import Verdict, decide
from evalkit.statistics.paired import Counts, fewest_wins, probability, score_z
from evalkit.statistics.restricted import Differences

RANK = {"inferior": 0, "inconclusive": 1, "parity": 2, "superior": 3}
MARGINS = st.sampled_from([0.02, 0.03, 0.05, 0.1, 0.2])
laws = settings(derandomize=True, deadline=None, max_examples=60)


@st.composite
def pairs(draw: st.DrawFn, grid: int | None = None) -> tuple[list[float], list[float]]:
    """Two models that agree on most items; scores on a grid of 1/grid (1 = right or wrong)."""
    grid = grid or draw(st.sampled_from([1, 1, 4, 10]))
    n = draw(st.integers(10, 120))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    baseline = rng.integers(0, grid + 1, n)
    if grid == 1:
        baseline = (rng.random(n) < draw(st.sampled_from([0.5, 0.8, 0.97]))).astype(int)
    other = rng.integers(0, grid + 1, n)
    candidate = np.where(rng.random(n) < draw(st.sampled_from([0.6, 0.9, 0.97, 1.0])), baseline, other)
    return (baseline / grid).tolist(), (candidate / grid).tolist()


@st.composite
def clustered(draw: st.DrawFn) -> tuple[list[float], list[float], list[Any] | None]:
    baseline, candidate = draw(pairs())
    size = draw(st.sampled_from([None, 1, 2, 3, 7]))
    return baseline, candidate, None if size is None else [f"c{i // size}" for i in range(len(baseline))]


def same(a: Verdict, b: Verdict, tolerance: float = 1e-9) -> None:
    assert a.verdict == b.verdict
    for name in ("ci_low", "ci_high", "p_noninferior", "p_superior", "p_inferior", "difference"):
        assert getattr(a, name) == pytest.approx(getattr(b, name), abs=tolerance), name


@laws
@given(clustered(), MARGINS, st.randoms(use_true_random=False))
def test_the_order_of_items_does_not_matter(given_: Any, margin: float, random: Any) -> None:
    baseline, candidate, clusters = given_
    order = list(range(len(baseline)))
    random.shuffle(order)
    shuffled = [[x[i] for i in order] if x else None for x in (baseline, candidate, clusters)]
    same(decide(*given_, margin), decide(*shuffled, margin))  # type: ignore[arg-type]


@laws
@given(clustered(), MARGINS)
def test_swapping_the_arms_mirrors_the_interval(given_: Any, margin: float) -> None:
    baseline, candidate, clusters = given_
    one, two = decide(baseline, candidate, clusters, margin), decide(candidate, baseline, clusters, margin)
    assert one.difference == pytest.approx(-two.difference)
    snapped = {0.0, margin, -margin}
    for low, high in ((one.ci_low, two.ci_high), (two.ci_low, one.ci_high)):
        if not any(abs(bound - at) < 1e-9 for bound in (low, high) for at in snapped):
            assert low == pytest.approx(-high, abs=1e-7)
    assert not (one.verdict == "inferior" and two.verdict == "inferior")


@laws
@given(clustered(), MARGINS)
def test_counting_errors_instead_of_successes_changes_nothing(given_: Any, margin: float) -> None:
    baseline, candidate, clusters = given_
    errors = decide([1 - x for x in candidate], [1 - x for x in baseline], clusters, margin)
    same(decide(baseline, candidate, clusters, margin), errors, 1e-7)


@laws
@given(clustered(), MARGINS)
def test_the_names_of_clusters_do_not_matter(given_: Any, margin: float) -> None:
    baseline, candidate, clusters = given_
    assume(clusters is not None)
    renamed = [-int(name[1:]) * 7 + 1000 for name in clusters]
    same(decide(baseline, candidate, clusters, margin), decide(baseline, candidate, renamed, margin), 0)


@laws
@given(pairs(), MARGINS)
def test_clusters_of_one_are_no_clusters(pair: Any, margin: float) -> None:
    n = len(pair[0])
    assert decide(*pair, list(range(n)), margin) == decide(*pair, None, margin) == decide(*pair, [None] * n, margin)


@laws
@given(pairs(), MARGINS, st.integers(0, 10**6))
def test_a_better_answer_never_worsens_the_verdict(pair: Any, margin: float, which: int) -> None:
    baseline, candidate = pair
    wrong = [i for i, score in enumerate(candidate) if score < 1]
    assume(wrong)
    better = list(candidate)
    better[wrong[which % len(wrong)]] = 1.0
    before, after = decide(baseline, candidate, None, margin), decide(baseline, better, None, margin)
    assert RANK[after.verdict] >= RANK[before.verdict]
    assert after.p_noninferior <= before.p_noninferior + 1e-9
    assert after.p_inferior >= before.p_inferior - 1e-9


@laws
@given(clustered(), st.lists(MARGINS, min_size=2, max_size=2, unique=True))
def test_a_wider_margin_never_loses_parity(given_: Any, margins: list[float]) -> None:
    narrow, wide = (decide(*given_, margin) for margin in sorted(margins))
    if narrow.exit_code == 0:
        assert wide.verdict == narrow.verdict
    if wide.verdict == "inferior":
        assert narrow.verdict == "inferior"


@laws
@given(clustered(), MARGINS)
def test_a_larger_alpha_never_takes_a_claim_back(given_: Any, margin: float) -> None:
    verdicts = [decide(*given_, margin, alpha) for alpha in (0.01, 0.05, 0.1)]
    for strict, loose in pairwise(verdicts):
        if strict.exit_code == 0:
            assert RANK[loose.verdict] >= RANK[strict.verdict]
        if strict.verdict == "inferior":
            assert loose.verdict == "inferior"
        assert loose.ci_low >= strict.ci_low - 1e-9 and loose.ci_high <= strict.ci_high + 1e-9


@laws
@given(clustered(), MARGINS, st.sampled_from([0.01, 0.05, 0.2]))
def test_verdict_interval_and_p_values_say_the_same(given_: Any, margin: float, alpha: float) -> None:
    verdict = decide(*given_, margin, alpha)
    assert (verdict.verdict in ("parity", "superior")) == (verdict.ci_low > -margin)
    assert (verdict.verdict == "superior") == (verdict.ci_low > 0)
    assert (verdict.verdict == "inferior") == (verdict.ci_high < -margin)
    assert (verdict.p_noninferior <= alpha) == (verdict.ci_low > -margin)
    assert (verdict.p_inferior <= alpha) == (verdict.ci_high < -margin)
    assert verdict.ci_low <= verdict.difference <= verdict.ci_high
    assert (verdict.n_needed is None) or verdict.n_needed > verdict.n


@laws
@given(pairs(), MARGINS, st.sets(st.integers(0, 8), min_size=1), st.sampled_from(["baseline", "candidate"]))
def test_losing_scores_never_helps_and_both_fills_enclose_the_truth(
    pair: Any, margin: float, lost: set[int], arm: str
) -> None:
    full = decide(*pair, None, margin)
    holes = {"baseline": list(pair[0]), "candidate": list(pair[1])}
    for index in lost:
        holes[arm][index] = None
    verdict = decide(holes["baseline"], holes["candidate"], None, margin)
    assert RANK[verdict.verdict] <= RANK[full.verdict]
    assert verdict.best_case is not None
    assert verdict.difference <= full.difference + 1e-12 <= verdict.best_case.difference + 2e-12
    strict = decide(holes["baseline"], holes["candidate"], None, margin, missing="both_ways")
    assert (strict.verdict == "inferior") <= (full.verdict == "inferior")
    assert strict.exit_code != 0 or strict.verdict == verdict.verdict
    if verdict.tipping_point is not None:
        assert (verdict.tipping_point == verdict.lost) == (verdict.exit_code == 0)


@laws
@given(pairs(grid=1), st.sampled_from([-0.1, -0.05, -0.02, 0.0, 0.03]))
def test_on_single_answers_the_general_statistic_is_tangos(pair: Any, delta0: float) -> None:
    differences = np.array(pair[1]) - np.array(pair[0])
    wins, losses = int((differences > 0).sum()), int((differences < 0).sum())
    tango = float(score_z(wins, losses, len(differences), delta0))
    assume(abs(tango) < 1e6)
    assert Differences(differences).z(delta0) == pytest.approx(tango, abs=2e-5)


@laws
@given(
    st.integers(10, 150),
    st.sampled_from([0.02, 0.05, 0.1, 0.25]),
    st.floats(0, 1),
    st.sampled_from([0.01, 0.05, 0.1]),
    st.data(),
)
def test_the_exact_test_is_exact(n: int, margin: float, share: float, alpha: float, data: st.DataObject) -> None:
    """At the margin, whatever the discordance, tables as extreme as an observed one are no likelier than its p."""
    wins = data.draw(st.integers(0, n // 4))
    losses = data.draw(st.integers(0, n // 4))
    p_value = Counts(wins, losses, n).p_above(-margin)
    fewest = fewest_wins(n, -margin, float(score_z(wins, losses, n, -margin)) - 1e-9)
    p_win = share * (1 - margin) / 2
    assert probability(fewest, n, p_win, p_win + margin)[0] <= p_value + 1e-6
