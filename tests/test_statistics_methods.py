"""The methods one by one: exact test, restricted score test, plans, looks, many claims, outcomes, noise."""

from __future__ import annotations

from itertools import product
from math import factorial, log, sqrt

import numpy as np
import pytest

from evalkit.errors import UsageError
from evalkit.statistics import alternatives, decide, multiplicity, noise, outcomes, paired, planning, sequential
from evalkit.statistics.restricted import Differences, clustering, component_interval

# --- the exact test --------------------------------------------------------------------------------------------------


def brute_force_p(wins: int, losses: int, n: int, delta0: float) -> float:
    """Every table of n items, every discordance on a fine grid, no shortcut."""
    seen = float(paired.score_z(wins, losses, n, delta0))
    extreme = [
        (up, down)
        for up, down in product(range(n + 1), repeat=2)
        if up + down <= n and float(paired.score_z(up, down, n, delta0)) >= seen - 1e-9
    ]
    best = 0.0
    for rarer in np.linspace(0, (1 - abs(delta0)) / 2, 1500):
        p_win, p_loss = rarer + max(delta0, 0), rarer + max(-delta0, 0)
        total = 0.0
        for up, down in extreme:
            ways = factorial(n) / factorial(up) / factorial(down) / factorial(n - up - down)
            total += ways * p_win**up * p_loss**down * max(1 - p_win - p_loss, 0.0) ** (n - up - down)
        best = max(best, total)
    return best


@pytest.mark.parametrize(
    "wins,losses,n,delta0", [(0, 0, 9, -0.1), (1, 2, 8, -0.2), (3, 0, 7, 0.0), (2, 1, 8, 0.15), (0, 8, 8, -0.3)]
)
def test_the_exact_p_value_is_that_of_brute_force(wins: int, losses: int, n: int, delta0: float) -> None:
    assert paired.exact_p(wins, losses, n, delta0) == pytest.approx(brute_force_p(wins, losses, n, delta0), abs=1e-5)


def test_winning_every_item_by_hand() -> None:
    """H0: no gain; of n items all won, likeliest when half the items are won and half lost: (1/2)^n."""
    assert paired.exact_p(10, 0, 10, 0.0) == pytest.approx(0.5**10)
    assert paired.Counts(0, 10, 10).p_below(0.0) == pytest.approx(0.5**10)


def test_the_critical_value_is_where_the_exact_test_starts_to_reject() -> None:
    critical = paired.critical_z(100, -0.05, 0.05)
    assert 1.645 < critical < 1.72  # stats: 1.67-1.70 at 100 items
    for wins, losses in product(range(12), repeat=2):
        z = float(paired.score_z(wins, losses, 100, -0.05))
        assert (z >= critical) == (paired.exact_p(wins, losses, 100, -0.05) <= 0.05)


def test_beyond_the_limit_of_the_exact_test_the_normal_one_is_close() -> None:
    n = paired.EXACT_UP_TO
    exact, normal = paired.exact_p(500, 520, n, -0.007), paired.score_p(500, 520, n, -0.007)
    assert 0 < exact - normal < 1e-3
    assert paired.Counts(500, 520, n + 1).p_above(-0.007) == paired.score_p(500, 520, n + 1, -0.007)
    assert "exact" not in decide([1.0] * (n + 1), [1.0] * (n + 1), None, 0.05).method


# --- the restricted score test ---------------------------------------------------------------------------------------


def test_no_variance_is_not_certainty() -> None:
    """A constant gain of c: the multiplier is at its limit and the mass c / (1 + c) sits on -1."""
    for n, c in ((30, 0.05), (100, 0.01)):
        worst, weight = 1.0, 1 / (1 + c)
        variance = weight * c * c + (1 - weight) * worst**2
        assert Differences(np.full(n, c)).z(0.0) == pytest.approx(sqrt(n / variance) * c, rel=1e-6)


def test_equal_clusters_have_one_degree_of_freedom_less_than_clusters() -> None:
    rng = np.random.default_rng(1)
    seen = clustering(rng.normal(size=60) / 10, np.repeat(np.arange(12), 5))
    assert seen.df == pytest.approx(11) and seen.units == 12 and seen.mean_size == 5


def test_closed_form_of_bell_and_mccaffrey_agrees_with_matrices() -> None:
    rng = np.random.default_rng(2)
    codes = np.repeat(np.arange(7), [1, 2, 3, 4, 6, 9, 15])
    x = rng.uniform(-1, 1, codes.size)
    n = codes.size
    hat = np.full((n, n), 1 / n)
    adjusted, variance = [], 0.0
    for g in range(7):
        members = np.flatnonzero(codes == g)
        block = np.eye(members.size) - hat[np.ix_(members, members)]
        values, vectors = np.linalg.eigh(block)
        root = vectors @ np.diag(values**-0.5) @ vectors.T
        row = np.zeros(n)
        row[members] = root.sum(axis=0) / n
        variance += float(row @ (x - x.mean())) ** 2
        adjusted.append((np.eye(n) - hat) @ row)
    gram = np.array(adjusted) @ np.array(adjusted).T
    seen = clustering(x, codes)
    assert seen.standard_error == pytest.approx(sqrt(variance), rel=1e-10)
    assert seen.df == pytest.approx(np.trace(gram) ** 2 / (gram**2).sum(), rel=1e-10)


def test_an_interval_of_a_component_of_the_gap() -> None:
    nothing = component_interval(np.zeros(200), 2)
    assert nothing[0] == 0 and -0.05 < nothing[1] < 0 < nothing[2] < 0.05
    contributions = np.array([1.0] * 30 + [-1.0] * 4 + [0.0] * 166)
    mean, low, high = component_interval(contributions, 2)
    error = contributions.std() / sqrt(200)
    assert mean == pytest.approx(0.13)
    assert low == pytest.approx(0.13 - 1.65 * error, abs=0.012) and high == pytest.approx(0.13 + 1.65 * error, abs=0.02)


# --- plans -----------------------------------------------------------------------------------------------------------


def test_the_planning_table() -> None:
    assert [planning.n_needed(0.0, m) for m in (0.01, 0.02, 0.03, 0.05, 0.1)] == [299, 149, 99, 59, 29]
    assert planning.n_needed(0.10, 0.05) == 274 and planning.n_needed(0.10, 0.05, power=0.9) == 374
    assert planning.n_needed(0.20, 0.05, delta=-0.025) == 1993
    assert planning.n_needed(0.20, 0.05, delta=-0.05) is None
    assert planning.n_needed(0.10, 0.05, design_effect=2.0) == pytest.approx(548, abs=1)


def test_the_planned_number_has_the_planned_power() -> None:
    for discordance, margin in ((0.05, 0.03), (0.2, 0.1), (0.02, 0.05)):
        n = planning.n_needed(discordance, margin)
        assert n is not None
        assert 0.77 < planning.power_at(n, discordance, margin) < 0.88
    assert planning.power_at(500, 0.2, 0.05) == pytest.approx(0.80, abs=0.01)
    approximate = planning.power_at(500, 0.2, 0.05, design_effect=1.0001)
    assert approximate == pytest.approx(planning.power_at(500, 0.2, 0.05), abs=0.01)


def test_power_at_the_margin_is_below_alpha() -> None:
    for discordance in (0.05, 0.1, 0.4):
        assert planning.power_at(200, discordance, 0.05, delta=-0.05) <= 0.05
    with pytest.raises(UsageError, match="discordance"):
        planning.power_at(200, 0.01, 0.05, delta=-0.05)


def test_what_a_pack_can_show_at_all() -> None:
    assert planning.smallest_margin(100, 0.10) == pytest.approx(0.088, abs=5e-4)
    assert planning.smallest_margin(2000, 0.40) == pytest.approx(0.035, abs=5e-4)
    margin = planning.smallest_margin(200, 0.2)
    assert planning.n_needed(0.2, margin) == 200


def test_the_smallest_detectable_loss_has_the_power_it_says() -> None:
    n, discordance, margin = 300, 0.2, 0.05
    loss = planning.smallest_detectable_loss(n, discordance, margin)
    needed = planning.n_to_show_inferior(discordance, margin, -loss)
    assert needed == pytest.approx(n, abs=1)
    rng = np.random.default_rng(3)
    draws = rng.multinomial(n, [(discordance - loss) / 2, (discordance + loss) / 2, 1 - discordance], size=400)
    found = sum(paired.Counts(int(up), int(down), n).p_below(-margin) <= 0.05 for up, down, _ in draws)
    assert 0.72 < found / 400 < 0.88
    assert planning.smallest_detectable_loss(n, discordance) < loss


def test_a_judge_shrinks_the_margin() -> None:
    assert planning.judged_margin(0.05, 0.9, 0.9) == pytest.approx(0.04)
    with pytest.raises(UsageError, match="tells nothing"):
        planning.judged_margin(0.05, 0.5, 0.5)


# --- looks -----------------------------------------------------------------------------------------------------------


def test_published_bounds() -> None:
    """Lan and DeMets' O'Brien-Fleming bounds at one-sided .025, as in textbooks; Pocock's at five looks, 2.41."""
    assert sequential.efficacy_bounds(0.025, sequential.FIVE_LOOKS) == pytest.approx(
        [4.877, 3.357, 2.680, 2.290, 2.031], abs=1e-3
    )
    assert sequential.efficacy_bounds(0.025, (1.0,)) == pytest.approx([1.95996], abs=1e-5)
    assert sequential.efficacy_bounds(0.025, sequential.FIVE_LOOKS, sequential.pocock)[0] == pytest.approx(
        2.44, abs=0.01
    )


def test_what_a_design_does() -> None:
    plan = sequential.design()
    assert plan.efficacy == pytest.approx([4.2292, 2.8881, 2.2981, 1.9618, 1.7397], abs=1e-3)
    equal, at_margin = sequential.course(plan, 0), sequential.course(plan, -1)
    assert equal.claim == pytest.approx(0.8, abs=1e-4) and equal.claim + equal.futile == pytest.approx(1, abs=1e-6)
    assert at_margin.claim < 0.05 and at_margin.items < 0.65 < equal.items < 0.85
    assert plan.inflation == pytest.approx(1.116, abs=1e-3)


def test_ignoring_futility_costs_no_alpha() -> None:
    bounds = sequential.efficacy_bounds(0.05, (0.3, 0.7, 1.0))
    rng = np.random.default_rng(4)
    steps = rng.standard_normal((200_000, 3)) * np.sqrt([0.3, 0.4, 0.3])
    z = steps.cumsum(axis=1) / np.sqrt([0.3, 0.7, 1.0])
    assert (z >= bounds).any(axis=1).mean() == pytest.approx(0.05, abs=0.0015)


def test_looks_that_come_too_early_or_late_still_spend_all_alpha_and_no_more() -> None:
    bounds = sequential.efficacy_bounds(0.05, (0.37, 0.81, 0.93), last=True)
    rng = np.random.default_rng(5)
    steps = rng.standard_normal((200_000, 3)) * np.sqrt([0.37, 0.44, 0.12])
    z = steps.cumsum(axis=1) / np.sqrt([0.37, 0.81, 0.93])
    assert (z >= bounds).any(axis=1).mean() == pytest.approx(0.05, abs=0.0015)
    with pytest.raises(UsageError, match="rising"):
        sequential.efficacy_bounds(0.05, (0.5, 0.4))
    with pytest.raises(UsageError, match="end with 1"):
        sequential.design(looks=(0.2, 0.5))


def run_to_a_decision(rng: np.random.Generator, delta: float, plan: sequential.Design, largest: int) -> tuple[str, int]:
    draws = rng.choice([1.0, 0.0, -1.0], size=largest, p=[(0.1 + delta) / 2, 0.9, (0.1 - delta) / 2])
    baseline, candidate = (draws < 0).astype(float), (draws > 0).astype(float)
    earlier: list[float] = []
    for share in plan.looks:
        n = round(largest * share)
        verdict = decide(baseline[:n], candidate[:n], None, 0.06, plan.alpha)
        found = sequential.look(verdict, plan, largest, earlier)
        if found.decision != "continue":
            return found.decision, n
        earlier.append(found.information)
    raise AssertionError("the last look must decide")


@pytest.mark.parametrize("runs", [60, pytest.param(1500, marks=pytest.mark.slow)])
def test_looks_keep_the_error_and_save_calls(runs: int) -> None:
    plan = sequential.design()
    fixed = planning.n_needed(0.1, 0.06)
    assert fixed is not None
    largest = round(fixed * plan.inflation)
    rng = np.random.default_rng(6)
    equal = [run_to_a_decision(rng, 0.0, plan, largest) for _ in range(runs)]
    at_margin = [run_to_a_decision(rng, -0.06, plan, largest) for _ in range(runs)]

    def claims(courses: list[tuple[str, int]]) -> float:
        return sum(word in ("parity", "superior") for word, _ in courses) / runs

    assert abs(claims(equal) - 0.78) < 0.03 + 3 * sqrt(0.8 * 0.2 / runs)
    assert claims(at_margin) < 0.05 + 3 * sqrt(0.05 * 0.95 / runs)
    assert np.mean([n for _, n in equal]) < 0.95 * fixed and np.mean([n for _, n in at_margin]) < 0.8 * fixed


def test_a_look_calls_a_disaster_early_and_refuses_to_go_back() -> None:
    plan = sequential.design()
    disaster = decide([1.0] * 60, [1.0] * 30 + [0.0] * 30, None, 0.05)
    found = sequential.look(disaster, plan, 300)
    assert (found.decision, found.number, found.information) == ("inferior", 1, 0.2)
    with pytest.raises(UsageError, match="more information"):
        sequential.look(disaster, plan, 300, earlier=[0.4])
    same = decide([1.0] * 60, [1.0] * 60, None, 0.05)
    assert same.verdict == "parity"
    assert (
        sequential.look(same, plan, 300).decision == "continue"
    )  # one look at 60 would do, the first of five does not
    assert sequential.look(same, plan, 60).decision == "parity"


def test_clustered_items_bring_less_information() -> None:
    rng = np.random.default_rng(7)
    bad = np.repeat(rng.random(40) < 0.1, 5).astype(float)
    verdict = decide(np.ones(200), 1 - bad, np.repeat(np.arange(40), 5), 0.05)
    found = sequential.look(verdict, sequential.design(), 400)
    assert found.information == pytest.approx(200 / verdict.design_effect / 400) and found.information < 0.25


def test_an_anytime_bet_by_hand() -> None:
    assert sequential.log_e_value(2, 1, 10, 0.1, 0.5) == pytest.approx(2 * log(1.55) + 7 * log(1.05) + log(0.55))


# --- several claims --------------------------------------------------------------------------------------------------


def test_holm_by_hand() -> None:
    assert multiplicity.holm([0.01, 0.04, 0.03]) == pytest.approx((0.03, 0.06, 0.06))
    assert multiplicity.holm([]) == ()
    assert multiplicity.holm([0.9, 0.8]) == (1.0, 1.0)


def test_all_must_hold_and_best_of_many() -> None:
    assert multiplicity.intersection_union([0.01, 0.04]) == 0.04
    assert multiplicity.best_of([0.2, 0.02, 0.3]) == (1, pytest.approx(0.06))
    for function in (multiplicity.intersection_union, multiplicity.best_of):
        with pytest.raises(UsageError):
            function([])


def test_the_weighted_difference() -> None:
    even = [multiplicity.Part(1, 0.02, 0.00, 0.04), multiplicity.Part(1, -0.02, -0.04, 0.00)]
    difference, low, high = multiplicity.weighted_difference(even)
    assert (difference, low, high) == pytest.approx((0.0, -0.02 / sqrt(2), 0.02 / sqrt(2)))
    one = [multiplicity.Part(3, 0.01, -0.05, 0.03), multiplicity.Part(0, 0.5, 0.4, 0.6)]
    assert multiplicity.weighted_difference(one) == pytest.approx((0.01, -0.05, 0.03))
    with pytest.raises(UsageError, match="weights"):
        multiplicity.weighted_difference([multiplicity.Part(0, 0.0, -0.1, 0.1)])
    with pytest.raises(UsageError, match="weights"):
        multiplicity.weighted_difference([multiplicity.Part(-1, 0, 0, 0), multiplicity.Part(2, 0, 0, 0)])


def test_the_weighted_interval_covers() -> None:
    rng = np.random.default_rng(8)
    covered = 0
    for _ in range(300):
        parts = []
        for n, weight in ((80, 1), (150, 3)):
            wins, losses, _ = rng.multinomial(n, [0.06, 0.08, 0.86])
            low, high = paired.score_interval(int(wins), int(losses), n, 0.05)
            parts.append(multiplicity.Part(weight, (wins - losses) / n, low, high))
        _, low, high = multiplicity.weighted_difference(parts)
        covered += low <= -0.02 <= high
    assert 0.85 <= covered / 300 <= 0.95


# --- outcomes and noise ----------------------------------------------------------------------------------------------


def test_outcome_rates_are_compared_item_by_item() -> None:
    found = outcomes.outcome_test([1, 1] + [0] * 98, [1, 0] + [1] * 8 + [0] * 90)
    assert (found.baseline_rate, found.candidate_rate) == (0.02, 0.09)
    assert (found.more_in_baseline, found.more_in_candidate) == (1, 8)
    assert found.p_value == pytest.approx(2 * (1 + 9) / 2**9)  # P(at most 1 of 9), doubled
    assert found.difference == pytest.approx(0.07)


def test_equal_outcomes_are_no_evidence() -> None:
    assert outcomes.outcome_test([0] * 50, [0] * 50).p_value == 1.0
    assert outcomes.outcome_test([1, 0] * 25, [0, 1] * 25).p_value == 1.0
    assert outcomes.outcome_test([0.5, 0.0], [0.0, 1.0]).candidate_rate == 0.5
    with pytest.raises(UsageError, match="both need the same"):
        outcomes.outcome_test([0], [0, 1])


def test_a_steady_model_has_a_noise_floor_with_an_upper_limit() -> None:
    found = noise.noise([1.0, 0.0] * 30, [1.0, 0.0] * 30)
    assert (found.flips, found.flip_rate, found.flip_low, found.p_value, found.stable) == (0, 0.0, 0.0, 1.0, True)
    assert found.flip_high == pytest.approx(1 - 0.025 ** (1 / 60))  # Clopper and Pearson, by hand


def test_flips_without_a_shift_are_noise_and_a_shift_is_drift() -> None:
    first = [1.0] * 100
    flipping = [0.0] * 6 + [1.0] * 94
    noisy = noise.noise(flipping, flipping[::-1])
    assert noisy.flips == 12 and noisy.stable and noisy.run_variance == pytest.approx(0.06)
    drifted = noise.noise(first, [0.0] * 12 + [1.0] * 88)
    assert not drifted.stable and drifted.p_value < 0.01 and drifted.difference == pytest.approx(-0.12)


def test_clusters_widen_the_noise_interval() -> None:
    first = [1.0] * 100
    second = [0.0] * 5 + [1.0] * 90 + [0.0] * 5
    plain, clustered = noise.noise(first, second), noise.noise(first, second, [i // 5 for i in range(100)])
    assert clustered.flip_low < plain.flip_low and clustered.flip_high > plain.flip_high


def test_noise_needs_scores_in_both_runs() -> None:
    found = noise.noise([1.0, None, 0.0], [1.0, 1.0, None])
    assert (found.n, found.missing) == (1, 2)
    with pytest.raises(UsageError, match="both runs"):
        noise.noise([None, 1.0], [1.0, None])


# --- other published methods -----------------------------------------------------------------------------------------


def test_mcnemar_by_hand() -> None:
    assert alternatives.mcnemar_exact(1, 7) == pytest.approx(2 * 9 / 256)
    assert alternatives.mcnemar_mid_p(1, 7) == pytest.approx((2 * 9 - 8) / 256)
    assert alternatives.mcnemar_exact(4, 4) == 1.0
    assert alternatives.mcnemar_exact(0, 0) == 1.0


def test_the_t_interval_is_that_of_textbooks() -> None:
    found = alternatives.paired_t([0.1, -0.1, 0.2, 0.0], 0.05)
    error = np.std([0.1, -0.1, 0.2, 0.0], ddof=1) / 2
    assert found.interval == pytest.approx((0.05 - 2.353363 * error, 0.05 + 2.353363 * error), abs=1e-6)
    assert found.t == pytest.approx(0.10 / error)
