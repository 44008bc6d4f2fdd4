"""The verdict on scores: hand-computed cases, the traps other gates fell into, missing data, bad input."""

from __future__ import annotations

import json
import time
from dataclasses import FrozenInstanceError
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from evalkit.errors import UsageError
from evalkit.statistics import Verdict, decide


def answers(ties: int, wins: int = 0, losses: int = 0) -> tuple[list[float], list[float]]:
    """(baseline, candidate): ties are right in both."""
    return [1.0] * ties + [0.0] * wins + [1.0] * losses, [1.0] * ties + [1.0] * wins + [0.0] * losses


# --- hand-computed ---------------------------------------------------------------------------------------------------


def test_without_a_difference_the_p_value_is_the_chance_of_seeing_no_loss() -> None:
    """All n items tie: the most likely way to that under the null is losses with probability m: (1 - m)^n."""
    for n, margin in ((59, 0.05), (58, 0.05), (20, 0.05), (12, 0.03)):
        verdict = decide(*answers(n), None, margin)
        assert verdict.p_noninferior == pytest.approx((1 - margin) ** n, rel=1e-9)
        assert verdict.verdict == ("parity" if (1 - margin) ** n <= 0.05 else "inconclusive")


def test_without_a_difference_the_interval_is_wilsons() -> None:
    """Tango's bound solves z^2 (1 - x) = n x, so x = z^2 / (n + z^2), with z = 1.6449."""
    verdict = decide(*answers(100), None, 0.05)
    assert verdict.ci_high == pytest.approx(1.6448536**2 / (100 + 1.6448536**2), abs=1e-7)
    assert verdict.ci_low == -verdict.ci_high
    assert verdict.level == 0.9


def test_the_numbers_of_a_plain_case() -> None:
    verdict = decide(*answers(138, wins=6, losses=6), None, 0.05)
    assert (verdict.verdict, verdict.reason) == ("parity", "within_margin")
    assert (verdict.n, verdict.wins, verdict.losses, verdict.ties) == (150, 6, 6, 138)
    assert verdict.baseline_mean == verdict.candidate_mean == pytest.approx(144 / 150)
    assert verdict.p_noninferior == pytest.approx(0.0272, abs=2e-4)
    assert verdict.n_needed is None and verdict.best_case is None and verdict.tipping_point is None
    assert verdict.blind_spot == pytest.approx(1 - 0.05 ** (1 / 150))


def test_one_loss_in_44_passes_the_usual_score_test_but_not_the_exact_one() -> None:
    verdict = decide(*answers(43, losses=1), None, 0.10)
    assert verdict.p_noninferior == pytest.approx(0.0571, abs=1e-4)
    assert verdict.verdict == "inconclusive"
    assert verdict.ci_low == -0.10  # Tango's bound, -0.0957, would claim more than the test found


def test_superior_and_inferior() -> None:
    better = decide(*answers(248, wins=40, losses=12), None, 0.05)
    assert better.verdict == "superior" and better.ci_low > 0 and better.exit_code == 0
    worse = decide(*answers(156, wins=2, losses=42), None, 0.05)
    assert worse.verdict == "inferior" and worse.ci_high < -0.05 and worse.exit_code == 1
    assert worse.worse_than_baseline


def test_worse_but_by_less_than_the_margin_is_parity_and_says_so() -> None:
    verdict = decide(*answers(940, wins=20, losses=40), None, 0.05)
    assert verdict.verdict == "parity" and verdict.worse_than_baseline
    assert "worse, but by less than the margin" in verdict.sentence


def test_one_cluster_or_one_item_is_nothing() -> None:
    one_cluster = decide(*answers(100), ["a"] * 100, 0.05)
    assert (one_cluster.verdict, one_cluster.reason, one_cluster.clusters) == ("inconclusive", "too_few_clusters", 1)
    assert (one_cluster.ci_low, one_cluster.ci_high) == (-1.0, 1.0)
    assert decide([1.0], [1.0], None, 0.5).verdict == "inconclusive"


def test_nine_clusters_say_nothing_whatever_their_size() -> None:
    for candidate in ([1.0] * 450, [0.0] * 450):
        verdict = decide([1.0] * 450, candidate, np.repeat(np.arange(9), 50), 0.3)
        assert (verdict.verdict, verdict.reason) == ("inconclusive", "too_few_clusters")
        assert verdict.n_needed is not None and verdict.n_needed >= 500  # ten clusters of this size


def test_clusters_without_a_loss_count_as_single_items() -> None:
    assert decide(*answers(200), None, 0.05).verdict == "parity"
    clustered = decide(*answers(200), np.repeat(np.arange(40), 5), 0.05)
    assert clustered.verdict == "inconclusive" and clustered.design_effect == pytest.approx(5)


def test_repeats_of_one_are_single_answers() -> None:
    baseline, candidate = answers(130, wins=5, losses=8)
    plain = decide(baseline, candidate, None, 0.05)
    wrapped = decide([[x] for x in baseline], [[x] for x in candidate], None, 0.05)
    assert wrapped == plain


def test_arrays_and_frames_columns_are_taken() -> None:
    baseline, candidate = answers(130, wins=5, losses=8)
    plain = decide(baseline, candidate, None, 0.05)
    assert decide(np.array(baseline), np.array(candidate, bool), None, 0.05) == plain
    assert decide(tuple(baseline), np.array(candidate, np.int8), None, 0.05) == plain
    both = np.column_stack([baseline, baseline])
    assert decide(both, np.column_stack([candidate, candidate]), None, 0.05) == decide(
        both.tolist(), [[x, x] for x in candidate], None, 0.05
    )


def test_a_verdict_is_plain_json_and_frozen() -> None:
    verdict = decide([1.0] * 40, [1.0] * 35 + [None] * 5, None, 0.05)
    assert set(json.loads(json.dumps(verdict.to_json(), allow_nan=False))) == set(vars(verdict))
    for value in vars(verdict).values():
        assert type(value) in (str, int, float, bool, type(None)) or value is verdict.best_case
    with pytest.raises(FrozenInstanceError):
        verdict.verdict = "parity"  # type: ignore[misc]


# --- the four traps --------------------------------------------------------------------------------------------------


def test_trap_a_quarter_of_the_answers_missing_is_never_parity() -> None:
    for missing in ("against", "both_ways"):
        verdict = decide([1.0] * 40, [1.0] * 30 + [None] * 10, None, 0.05, missing=missing)
        assert verdict.verdict not in ("parity", "superior") and verdict.exit_code != 0
        assert verdict.tipping_point is None


def test_trap_eight_of_eight_is_not_certainty() -> None:
    verdict = decide([1.0] * 8, [1.0] * 8, None, 0.02)
    assert verdict.verdict == "inconclusive"
    assert verdict.ci_low < -0.2 and verdict.blind_spot == pytest.approx(0.312, abs=1e-3)
    assert "31.2 points" in verdict.sentence


def test_trap_ten_of_ten_is_not_certainty() -> None:
    verdict = decide([1.0] * 10, [1.0] * 10, None, 0.03)
    assert verdict.verdict == "inconclusive"
    assert verdict.p_noninferior == pytest.approx(0.97**10)
    assert verdict.n_needed is not None and verdict.n_needed >= 99  # the rule of three at three points


def test_trap_identical_long_runs_are_a_result() -> None:
    right = [float(i % 3 > 0) for i in range(500)]
    same = decide(right, right, None, 0.02)
    assert same.verdict == "parity" and same.wins == same.losses == 0
    fractions = [0.1 * (i % 11) for i in range(500)]
    same = decide(fractions, fractions, [i // 2 for i in range(500)], 0.05)
    assert same.verdict == "parity" and same.difference == 0


# --- missing scores --------------------------------------------------------------------------------------------------


def test_a_missing_score_counts_against_the_candidate_on_either_side() -> None:
    zero = decide([1.0] * 132, [1.0] * 120 + [0.0] * 12, None, 0.05)
    for baseline, candidate in (
        ([1.0] * 132, [1.0] * 120 + [None] * 12),
        ([1.0] * 120 + [None] * 12, [1.0] * 120 + [0.0] * 12),
        ([1.0] * 120 + [None] * 12, [1.0] * 120 + [None] * 12),
    ):
        verdict = decide(baseline, candidate, None, 0.05)
        assert (verdict.verdict, verdict.ci_low) == (zero.verdict, zero.ci_low) == ("inferior", zero.ci_low)
        assert verdict.missing_decides and verdict.lost == 12
        assert "12 lost items" in verdict.sentence


def test_both_ways_inferior_must_hold_in_the_best_case_too() -> None:
    only_lost = decide([1.0] * 132, [1.0] * 120 + [None] * 12, None, 0.05, missing="both_ways")
    assert (only_lost.verdict, only_lost.reason) == ("inconclusive", "missing_scores")
    assert only_lost.best_case is not None and only_lost.best_case.verdict == "parity"
    assert only_lost.p_inferior == only_lost.best_case.p_inferior > 0.05
    really = decide([1.0] * 132, [1.0] * 80 + [0.0] * 50 + [None] * 2, None, 0.05, missing="both_ways")
    assert really.verdict == "inferior"


def test_parity_with_lost_items_bears_all_of_them() -> None:
    verdict = decide([1.0] * 300, [1.0] * 298 + [None] * 2, None, 0.05)
    assert verdict.verdict == "parity" and not verdict.missing_decides
    assert (verdict.tipping_point, verdict.lost, verdict.missing_candidate) == (2, 2, 2)


@pytest.mark.parametrize("ties,lost_on", [(118, [1, 1, 1, 1, 0, 0, None]), (60, [0, 0, 0, 1, 1]), (110, [None, 1, 1])])
def test_the_tipping_point_holds_whichever_items_were_lost_to_the_candidate(ties: int, lost_on: list[Any]) -> None:
    """Brute force over every choice of the lost items that go against the candidate."""
    count = len(lost_on)
    verdict = decide([1.0] * ties + lost_on, [1.0] * ties + [None] * count, None, 0.05)
    assert verdict.lost == count

    def worst_p(against: int) -> float:
        p_values = []
        for chosen in combinations(range(count), against):
            baseline = [
                (1.0 if i in chosen else 0.0) if known is None else float(known) for i, known in enumerate(lost_on)
            ]
            candidate = [0.0 if i in chosen else 1.0 for i in range(count)]
            p_values.append(decide([1.0] * ties + baseline, [1.0] * ties + candidate, None, 0.05).p_noninferior)
        return max(p_values)

    borne = max((k for k in range(count + 1) if worst_p(k) <= 0.05), default=None)
    assert verdict.tipping_point == borne
    assert borne not in (None, count)  # the cases are chosen so that the answer is in between


def test_a_missing_repeat_is_filled_inside_its_item() -> None:
    full = [[1.0, 1.0]] * 99
    verdict = decide([*full, [1.0, None]], [*full, [None, 1.0]], None, 0.05)
    assert verdict.difference == pytest.approx(-0.5 / 100)
    assert (verdict.missing_baseline, verdict.missing_candidate, verdict.lost) == (1, 1, 1)
    assert verdict.best_case is not None and verdict.best_case.difference == pytest.approx(0.5 / 100)


def test_an_arm_without_any_score_is_invalid() -> None:
    verdict = decide([1.0] * 50, [None] * 50, None, 0.05)
    assert (verdict.verdict, verdict.reason, verdict.exit_code) == ("invalid", "no_scores", 4)
    assert "the candidate has not a single score" in verdict.sentence


def test_not_a_number_in_an_array_is_missing() -> None:
    holes = np.array([1.0] * 118 + [np.nan] * 2)
    assert decide(np.ones(120), holes, None, 0.1) == decide([1.0] * 120, [1.0] * 118 + [None] * 2, None, 0.1)


# --- what it says ----------------------------------------------------------------------------------------------------


def test_an_open_verdict_says_how_many_items_would_settle_it() -> None:
    verdict = decide(*answers(93, wins=3, losses=4), None, 0.05)
    assert verdict.n_needed is not None and verdict.n_needed > 100
    assert f"{verdict.n_needed:,} items in all would settle it if the models are truly equal" in verdict.sentence


def test_a_loss_beyond_the_margin_says_how_many_items_would_show_it() -> None:
    verdict = decide(*answers(1243, wins=20, losses=56), None, 0.025)
    assert verdict.difference < -0.025 and verdict.verdict == "inconclusive"
    assert verdict.n_needed is not None and verdict.n_needed > 10_000 and verdict.n_needed_if == "as_seen"
    assert "if the difference seen so far is the true one" in verdict.sentence


def test_no_number_of_items_settles_a_loss_as_large_as_the_margin() -> None:
    verdict = decide(*answers(900, wins=25, losses=75), None, 0.05)
    assert verdict.verdict == "inconclusive" and verdict.unresolvable
    assert verdict.n_needed is None and "no number of items will settle it" in verdict.sentence


def test_a_pack_that_tells_nothing_is_flagged() -> None:
    assert decide([0.0] * 200, [0.0] * 200, None, 0.05).useless_pack
    assert decide([1.0] * 200, [1.0] * 200, None, 0.05).useless_pack
    assert not decide([1.0, 0.0] * 100, [1.0, 0.0] * 100, None, 0.05).useless_pack


def test_names_of_the_models_are_used() -> None:
    verdict = decide(*answers(300), None, 0.05, names=("openai/gpt-5.4", "vllm/llama"))
    assert "vllm/llama" in verdict.sentence and "openai/gpt-5.4" in verdict.sentence


# --- bad input -------------------------------------------------------------------------------------------------------

BAD: list[tuple[dict[str, Any], str]] = [
    ({"candidate": [1.0]}, "candidate has 1"),
    ({"baseline": [], "candidate": []}, "no items"),
    ({"candidate": [1.0, 1.2]}, "candidate item 'second': score 1.2 is outside"),
    ({"candidate": [1.0, -0.1]}, "candidate item 'second': score -0.1"),
    ({"candidate": [1.0, float("inf")]}, "candidate item 'second'"),
    ({"candidate": [[1.0, 0.5], [0.5, 7]]}, "candidate item 'second': score 7"),
    ({"baseline": [1.0, "0.5"]}, "baseline item 'second': expected a score"),
    ({"baseline": [1.0, []]}, "baseline item 'second': an empty list"),
    ({"baseline": [1.0, [[1.0]]]}, "baseline item 'second': expected a score"),
    ({"baseline": "10"}, "baseline: expected a list"),
    ({"baseline": 3}, "baseline: expected a list"),
    ({"candidate": [1.0, 10**400]}, "far outside"),
    ({"clusters": [1]}, "clusters has 1"),
    ({"clusters": ["a", ["b"]]}, "clusters item 'second'"),
    ({"margin": 0.0}, "margin"),
    ({"margin": 1.0}, "margin"),
    ({"margin": None}, "margin"),
    ({"margin": "0.05"}, "margin"),
    ({"margin": float("nan")}, "margin"),
    ({"alpha": 0.5}, "alpha"),
    ({"alpha": True}, "alpha"),
    ({"power": 1.0}, "power"),
    ({"missing": "drop"}, "missing"),
]


@pytest.mark.parametrize("change,message", BAD, ids=[message for _, message in BAD])
def test_bad_input_is_named(change: dict[str, Any], message: str) -> None:
    given = {"baseline": [1.0, 0.0], "candidate": [1.0, 1.0], "margin": 0.05, "ids": ["first", "second"], **change}
    if len(given["candidate"]) != 2 or given["baseline"] in ([], 3, "10"):
        given["ids"] = None
    with pytest.raises(UsageError, match=message):
        decide(given.pop("baseline"), given.pop("candidate"), **given)


def test_without_ids_an_item_is_named_by_its_position() -> None:
    with pytest.raises(UsageError, match="candidate item 1: score 2"):
        decide([1, 1], [1, 2], None, 0.05)


# --- speed -----------------------------------------------------------------------------------------------------------


def spent(n: int, fractional: bool) -> tuple[float, Verdict]:
    rng = np.random.default_rng(0)
    baseline = rng.random(n).round(3) if fractional else (rng.random(n) < 0.8).astype(float)
    candidate = np.where(rng.random(n) < 0.9, baseline, 1 - baseline)
    start = time.process_time()
    verdict = decide(baseline.tolist(), candidate.tolist(), None, 0.02)
    return time.process_time() - start, verdict


def test_a_thousand_pairs_take_less_than_half_a_second() -> None:
    assert spent(1000, fractional=False)[0] < 0.5
    assert spent(1000, fractional=True)[0] < 0.5


def test_a_million_pairs_take_less_than_twenty_seconds() -> None:
    assert spent(1_000_000, fractional=False)[0] < 20
    assert spent(1_000_000, fractional=True)[0] < 20
