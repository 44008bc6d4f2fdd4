"""markdown_table: GitHub's tables, one in an answer, equal to the one expected."""

import json
import time
from pathlib import Path

import pytest

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import markdown_table

CASES = Path(__file__).resolve().parents[1] / "../shared/cases/format.jsonl"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"


def cases(kind):
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]
    return [row for row in rows if row["kind"] == kind]


def test_cases():
    wrong = []
    for row in cases("md-table"):
        got = markdown_table.score(Sample("s", target=row["expected"]["rows"]), row["text"])
        if (got.details["valid"], got.value == 1.0) != (row["expected"]["valid"],) * 2:
            wrong.append(row["id"])
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "strict", "lenient"),
    [
        (TABLE, True, True),
        (f"Here is the table:\n\n{TABLE}\n\nAnything else?", True, True),
        (f"```markdown\n{TABLE}\n```", True, True),
        (f"Here:\n```\n{TABLE}\n```", False, True),
        (f"| a | b |\n|---|---|\n| 9 | 9 |\n\nno, rather\n\n{TABLE}", False, True),
        (f"<think>{TABLE}</think>", False, False),
        (f"<think>\n{TABLE}\n\n</think>\n\n{TABLE}", True, True),  # HTML to a renderer
        ("| a | b |\n| 1 | 2 |", False, False),
        ("| a | b |\n|---|\n| 1 | 2 |", False, False),
        ("a, b\n1, 2", False, False),
        ("", False, False),
    ],
)
def test_which_table(text, strict, lenient):
    got = markdown_table.score(Sample("s", target=[{"a": 1, "b": 2}]), text)
    assert (got.value == 1.0, got.lenient_value == 1.0) == (strict, lenient)


def test_correct_and_header():
    for target, right in (
        (TABLE, True),
        ([["a", "b"], ["1", "2"]], True),
        ([{"b": 2, "a": 1}], True),
        ([["a", "b"]], False),
    ):
        got = markdown_table.score(Sample("s", target=target), "a|b\n-|-\n1|2")
        assert (got.value, got.details["correct"]) == (float(right), right)
    assert markdown_table.score(Sample("s"), TABLE, header=["a", "b"]).value == 1.0
    assert markdown_table.score(Sample("s"), TABLE, header=["b", "a"]).value == 0.0
    assert markdown_table.score(Sample("s"), TABLE).details["correct"] is None


def test_targets_are_checked():
    assert list(markdown_table.check(Sample("s", target=TABLE))) == []
    assert [pointer for pointer, _ in markdown_table.check(Sample("s", target="no table"))] == ["/target"]
    assert [pointer for pointer, _ in markdown_table.check(Sample("s", target={"a": 1}))] == ["/target"]
    with pytest.raises(UsageError):
        markdown_table.score(Sample("s", target="no table"), TABLE)


@pytest.mark.parametrize(
    "piece", ["|", "| a |\n|-|\n", "[", "> ", "- ", "`", "a|b\n", "|-|-|\n", "*", "<", "\n", "    "]
)
def test_hostile_text_is_bounded(piece):
    for size in (40_000, 400_000):
        start = time.process_time()
        markdown_table.score(Sample("s"), piece * (size // len(piece)))
        assert time.process_time() - start < 5
