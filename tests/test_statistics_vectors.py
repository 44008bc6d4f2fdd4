"""Every reference value of ../shared/stats/vectors.jsonl, through the public functions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import stdtr, stdtrit

from evalkit.statistics import alternatives, decide, multiplicity, paired, planning, sequential
from evalkit.statistics.restricted import Differences

VECTORS = Path(__file__).resolve().parents[1] / "../shared/stats/vectors.jsonl"
WORDS = {"PASS": "parity", "SUPERIOR": "superior", "INFERIOR": "inferior", "INCONCLUSIVE": "inconclusive"}
Case = dict[str, Any]


def table(given: Case) -> tuple[int, int, int, int]:
    return given["both_right"], given["wins"], given["losses"], given["both_wrong"]


def differences(given: Case) -> np.ndarray:
    return np.array(given["candidate"], float) - np.array(given["baseline"], float)


def tango_ci(given: Case) -> Case:
    wins, losses, n = given["wins"], given["losses"], sum(table(given))
    return {
        "ci95_two_sided": paired.score_interval(wins, losses, n, 0.025),
        "ci90_two_sided": paired.score_interval(wins, losses, n, 0.05),
    }


def other_ci90(given: Case) -> Case:
    cells = table(given)
    wins, losses, n = given["wins"], given["losses"], sum(cells)
    return {
        "newcombe10": alternatives.newcombe_interval(*cells, 0.05),
        "bonett_price": alternatives.bonett_price_interval(wins, losses, n, 0.05),
        "agresti_min": alternatives.agresti_min_interval(wins, losses, n, 0.05),
        "scas": alternatives.skewness_corrected_interval(*cells, 0.05),
        "mcnemar_midp_two_sided": alternatives.mcnemar_mid_p(wins, losses),
        "mcnemar_exact_two_sided": alternatives.mcnemar_exact(wins, losses),
    }


def noninf_score_test(given: Case) -> Case:
    wins, losses, n, margin = given["wins"], given["losses"], sum(table(given)), given["margin"]
    return {
        "z": float(paired.score_z(wins, losses, n, -margin)),
        "p_one_sided": paired.score_p(wins, losses, n, -margin),
        "z_skew_corrected": alternatives.skewness_corrected_z(*table(given), -margin),
    }


def exact_unconditional_p(given: Case) -> Case:
    counts = paired.Counts(given["wins"], given["losses"], given["n"])
    return {"p_noninf": counts.p_above(-given["margin"]), "p_inferior": counts.p_below(-given["margin"])}


def paired_t(given: Case) -> Case:
    found = alternatives.paired_t(differences(given), given["margin"])
    return {
        "diff": found.difference,
        "t": found.t,
        "p_one_sided": found.p_noninferior,
        "ci90_two_sided": found.interval,
        "tost_p": found.p_equivalent,
    }


def restricted_score(given: Case) -> Case:
    found = Differences(differences(given))
    z = found.z(-given["margin"])
    return {"z": z, "p_t": float(stdtr(found.n - 1, -z))}


def cluster_mean(given: Case) -> Case:
    found = Differences(differences(given), np.unique(given["clusters"], return_inverse=True)[1])
    seen = found.clustering
    cr1, cr3 = alternatives.cluster_standard_errors(differences(given), given["clusters"])
    reach = float(stdtrit(seen.df, 0.95)) * seen.standard_error
    return {
        "diff": found.mean,
        "se_cr1": cr1,
        "se_cr2": seen.standard_error,
        "se_cr3": cr3,
        "df_bell_mccaffrey": seen.df,
        "design_effect": seen.effect,
        "ci90_cr2": (found.mean - reach, found.mean + reach),
    }


def gsd_bounds(given: Case) -> Case:
    looks = tuple(given["looks"])
    spending = sequential.obrien_fleming if "OBF" in given["spending"] else sequential.hwang_shih_decani(-4)
    if given["futility"] is None:
        return {"upper_z": sequential.efficacy_bounds(given["alpha"], looks, spending)}
    plan = sequential.design(given["alpha"], 1 - given["beta"], looks, spending)
    truths = {"0": 0, "-m": -1, "-2m": -2, "-3m": -3}
    return {
        "upper_z": plan.efficacy,
        "lower_z": plan.futility,
        "n_inflation": plan.inflation,
        "expected_n_ratio": {name: sequential.course(plan, truth).items for name, truth in truths.items()},
    }


def e_process_fixed_bet(given: Case) -> Case:
    wins, losses, n = given["wins"], given["losses"], given["n"]
    return {"log_e": sequential.log_e_value(wins, losses, n, given["margin"], given["lam"])}


def n_needed(given: Case) -> Case:
    margin, alpha, power, discordance = given["margin"], given["alpha"], given["power"], given["p_disc"]
    n = planning.n_needed(discordance, margin, alpha, power)
    assert n is not None
    fewest = paired.fewest_wins(n, -margin, 1.6448536269514722)
    half = discordance / 2
    return {
        "n_min_zero_discordance": planning.n_needed(0.0, margin, alpha, power),
        "n_score": n,
        "n_wald": planning.n_by_wald(discordance, margin, alpha, power),
        "exact_power_of_score_test_at_n": float(paired.probability(fewest, n, half, half)[0]),
    }


def holm(given: Case) -> Case:
    adjusted = multiplicity.holm(given["p"])
    return {
        "adjusted": adjusted,
        "reject": [p <= given["alpha"] for p in adjusted],
        "iut_p": multiplicity.intersection_union(given["p"]),
    }


def judge_margin(given: Case) -> Case:
    return {"observed_margin": planning.judged_margin(given["true_margin"], given["sensitivity"], given["specificity"])}


def verdict(given: Case) -> Case:
    right, wins, losses, wrong = table(given)
    baseline = [0] * wins + [1] * losses + [1] * right + [0] * wrong
    candidate = [1] * wins + [0] * losses + [1] * right + [0] * wrong
    return verdict_general({"baseline": baseline, "candidate": candidate, "clusters": None, **given})


def verdict_general(given: Case) -> Case:
    found = decide(given["baseline"], given["candidate"], given["clusters"], given["margin"], given["alpha"])
    return {**found.to_json(), "p_noninf": found.p_noninferior, "n_needed_is_none": found.n_needed is None}


RUN: dict[str, Callable[[Case], Case]] = {
    f.__name__: f
    for f in (
        tango_ci, other_ci90, noninf_score_test, exact_unconditional_p, paired_t, restricted_score, cluster_mean,
        gsd_bounds, e_process_fixed_bet, n_needed, holm, judge_margin, verdict, verdict_general,
    )
}  # fmt: skip


def vectors() -> list[Case]:
    if not VECTORS.is_file():
        return []
    return [json.loads(line) for line in VECTORS.read_text().splitlines()]


def close(expected: Any, found: Any, tolerance: float) -> bool:
    if isinstance(expected, dict):
        return all(close(value, found[key], tolerance) for key, value in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(found) and all(map(lambda e, f: close(e, f, tolerance), expected, found))
    if isinstance(expected, str):
        return WORDS[expected] == found
    if isinstance(expected, bool) or expected is None:
        return expected is found
    return abs(expected - found) <= tolerance + 1e-12


@pytest.mark.skipif(not VECTORS.is_file(), reason="../shared/stats/vectors.jsonl is not here")
def test_every_vector_is_run() -> None:
    kinds = {vector["kind"] for vector in vectors()}
    assert len(vectors()) == 119
    assert kinds == set(RUN)


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
def test_vector(vector: Case) -> None:
    found = RUN[vector["kind"]](vector["input"])
    for key, expected in vector["expect"].items():
        tolerance = vector["tol"].get(key, 0) if isinstance(vector["tol"], dict) else vector["tol"]
        assert close(expected, found[key], tolerance), f"{key}: expected {expected}, found {found[key]}"
