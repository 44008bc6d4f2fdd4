"""pass@k is exact, refuses what it cannot know, and majority votes are plain."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.errors import UsageError
from evalkit.scorers._passk import majority, mean_pass_at_k, pass_at_k

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "passk.jsonl"


@given(st.integers(1, 9).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(1, n))))
@settings(derandomize=True, max_examples=60)
def test_it_is_the_share_of_draws_with_a_right_answer(numbers: tuple[int, int, int]) -> None:
    n, c, k = numbers
    draws = list(combinations([True] * c + [False] * (n - c), k))
    assert pass_at_k(n, c, k) == Fraction(sum(any(draw) for draw in draws), len(draws))


@pytest.mark.parametrize(("n", "c", "k"), [(5, 0, 10), (5, 5, 6), (3, 4, 1), (3, -1, 1), (3, 1, 0), (0, 0, 1)])
def test_what_cannot_be_known_is_an_error(n: int, c: int, k: int) -> None:
    with pytest.raises(UsageError, match="pass@"):
        pass_at_k(n, c, k)


def test_samples_weigh_the_same() -> None:
    assert mean_pass_at_k([(2, 1), (100, 100)], 1) == Fraction(3, 4)
    with pytest.raises(UsageError, match="no samples"):
        mean_pass_at_k([], 1)


def test_majority() -> None:
    assert majority(["4", "5", None, "5"]) == "5"
    assert majority(["4", "5"]) == "4"  # a tie: the one that came first
    assert majority([None, None]) is None


def test_shared_cases() -> None:
    if not CASES.is_file():
        pytest.skip(f"{CASES} is not here")
    for row in map(json.loads, CASES.read_text(encoding="utf-8").splitlines()):
        if row["expected"] is None:
            with pytest.raises(UsageError):
                pass_at_k(row["n"], row["c"], row["k"])
            continue
        found = pass_at_k(row["n"], row["c"], row["k"])
        if row["expected_exact"] is not None:  # too long for some
            assert found == Fraction(row["expected_exact"]), row["id"]
        assert float(found) == pytest.approx(row["expected"], abs=1e-15), row["id"]
