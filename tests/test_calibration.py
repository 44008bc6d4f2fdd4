"""The published calibration table: made by the code it speaks of, and within what it promises."""

from __future__ import annotations

import importlib.util
import sys
from itertools import product
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from evalkit.statistics import decide

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def calibration() -> ModuleType:
    spec = importlib.util.spec_from_file_location("calibration", ROOT / "benchmarks/calibration.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["calibration"] = module
    spec.loader.exec_module(module)
    return module


def test_the_enumerated_gate_is_the_verdict_itself(calibration: ModuleType) -> None:
    n, margin = 60, 0.1
    passes = calibration.evalkit_passes(np.arange(8.0)[None, :], np.arange(8.0)[:, None], n, margin)
    for losses, wins in product(range(8), repeat=2):
        ties = n - wins - losses
        verdict = decide([0] * wins + [1] * (losses + ties), [1] * wins + [0] * losses + [1] * ties, None, margin)
        assert (verdict.exit_code == 0) == passes[losses, wins], (wins, losses)


def test_enumeration_adds_up(calibration: ModuleType) -> None:
    everything = calibration.Gate("any", lambda wins, losses, n, margin: wins + losses >= 0)
    for missing in (0.0, 0.02):
        assert calibration.pass_rate(everything, 200, 0.05, 0.15, -0.05, missing) == pytest.approx(1, abs=1e-6)


def test_a_rate_by_hand(calibration: ModuleType) -> None:
    """59 items, only losses at rate .05: the exact test passes no loss at all, and nothing else."""
    assert calibration.pass_rate(calibration.EVALKIT, 59, 0.05, 0.05, -0.05) == pytest.approx(0.95**59)


def test_dropping_what_is_missing_is_what_breaks_the_other_gates(calibration: ModuleType) -> None:
    for share in (0.0, 0.02, 0.05):
        assert calibration.pass_rate(calibration.EVALKIT, 200, 0.05, 0.15, -0.05, share) <= 0.05
    assert calibration.pass_rate(calibration.T_TEST, 200, 0.05, 0.15, -0.05, 0.05) > 0.5
    assert calibration.pass_rate(calibration.SIGNIFICANCE, 200, 0.05, 0.15, -0.05, 0.0) > 0.4


def test_the_published_figures_are_those_of_the_code_and_within_alpha(calibration: ModuleType) -> None:
    published = calibration.REPORT.read_text(encoding="utf-8")
    assert calibration.markdown(calibration.power(0.05)) in published
    tables = published.split("## The price")[0]
    rows = [line.split("|")[1:-1] for line in tables.splitlines() if line.startswith("| ") and "---" not in line]
    figures = [float(cell) for row in rows if row[0].strip() != "n" for cell in row[2:5] if cell.strip()]
    assert len(figures) == 3 * 5 * (3 * 3 + 1)
    assert max(figures) <= 0.05
    n, discordance = 200, 0.15
    line = next(line for line in tables.splitlines() if line.startswith(f"| {n} | {discordance:.0%} |"))
    again = [
        calibration.rate(calibration.pass_rate(gate, n, 0.05, discordance, -0.05, share))
        for gate in calibration.GATES
        for share in (0.0, 0.02, 0.05)
    ]
    assert line == f"| {n} | {discordance:.0%} | " + " | ".join(again) + " |"
