"""What README shows is what the commands print."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from evalkit import cli

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\n(.*?)```", README, re.DOTALL)
    assert found, name
    return found.group(1)


def test_the_help_is_the_help() -> None:
    assert block("help") == cli.overview()


def test_every_linked_file_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not link.startswith("http") and not (ROOT / link).exists()] == []


def test_every_command_in_the_readme_exists() -> None:
    assert set(re.findall(r"^    evalkit (\w+)", README, re.MULTILINE)) <= set(cli.names())


def test_the_exit_codes_are_those_of_the_code() -> None:
    from evalkit.parity import EXIT_CODES

    shown = dict(re.findall(r"^\| `(\w+)` \| .* \| (\d) \|$", README, re.MULTILINE))
    assert {word: int(code) for word, code in shown.items()} == EXIT_CODES


def test_the_calibration_table_is_that_of_the_benchmark() -> None:
    """Every row of README stands in docs/calibration.md, first table."""
    published = (ROOT / "docs/calibration.md").read_text(encoding="utf-8").split("## ")[1]
    lines = [line for line in published.splitlines() if re.match(r"\| \d+ \|", line)]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    known = {(row[0], row[1].replace("worst", "worst case").replace("%", " %")): row[2:] for row in rows}
    shown = re.findall(r"^\| (\d+) \| (15 %|worst case) \| (.*) \|$", README, re.MULTILINE)
    assert len(shown) == 5
    for items, differ, cells in shown:
        wanted = known[items, differ]
        pick = [wanted[i] for i in (0, 2, 3, 5, 6, 8)]
        assert [cell.strip() for cell in cells.split("|")] == [cell.removeprefix("0") for cell in pick]


@pytest.mark.slow
def test_the_demo_is_what_the_readme_shows(tmp_path: Path) -> None:
    """The real model, asked for real: the same story, whatever the exact figures."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "tasks").mkdir()
    (tmp_path / "reports/quickstart.json").write_bytes((ROOT / "reports/quickstart.json").read_bytes())
    command = [sys.executable, "-m", "evalkit", "gate", "quickstart"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 3, done.stderr

    def story(text: str) -> list[str]:
        return [re.sub(r"[-+]?[\d.,]*\d", "N", line) for line in text.strip().splitlines()]

    shown, real = story(block("demo")), story(done.stdout)
    keep = (
        "structured-formatting:",
        "smoke:",
        "  baseline",
        "  candidate",
        "NOT SHOWN",
        "  every pack",
        "  right:",
        "report:",
    )
    assert [line for line in real if line.startswith(keep)] == [line for line in shown if line.startswith(keep)]
    report = json.loads((tmp_path / "reports/runs/gates/quickstart/verdict.json").read_text())
    assert {pack["pack"]: pack["verdict"] for pack in report["packs"]} == {
        "structured-formatting": "superior",
        "smoke": "inconclusive",
    }
