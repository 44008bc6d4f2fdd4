"""The command line itself: help, groups, start-up, what each command loads."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.workspace import Workspace

import evalkit
from evalkit import cli

ROOT = Path(__file__).resolve().parents[1]
HEAVY = {
    "numpy", "pandas", "scipy", "openai", "anthropic", "aiohttp", "httpx", "asyncio", "rich", "jinja2", "jsonschema",
    "jsonschema_rs", "sympy", "math_verify", "wasmtime", "sacrebleu", "py3langid", "langdetect", "yaml", "orjson",
    "importlib.metadata", "xllamacpp",
}  # fmt: skip


def test_the_overview_names_every_command_under_its_group(workspace: Workspace) -> None:
    code, out, _ = workspace.evalkit("--help")
    assert code == 0
    for group, commands in cli.COMMANDS.items():
        assert f"\n{group}\n" in out
        for name, summary in commands.items():
            assert f"  {name:<10} {summary}" in out


def test_every_command_file_is_listed_and_every_summary_is_its_docstring() -> None:
    files = {path.stem for path in (ROOT / "evalkit/commands").glob("[a-z]*.py")}
    assert files == set(cli.names())
    for commands in cli.COMMANDS.values():
        for name, summary in commands.items():
            module = importlib.import_module(f"evalkit.commands.{name}")
            assert (module.__doc__ or "").splitlines()[0] == summary


@pytest.mark.parametrize("name", cli.names())
def test_help_of_a_command_shows_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([name, "--help"])
    assert caught.value.code == 0
    out = capsys.readouterr().out
    assert "examples:" in out
    assert f"evalkit {name}" in out.split("examples:")[1]


@pytest.mark.parametrize("name", cli.names())
def test_a_command_that_prints_results_prints_them_as_json_too(name: str) -> None:
    parser = cli.command_parser(name, importlib.import_module(f"evalkit.commands.{name}"))
    assert "--json" in parser.format_help()


def loaded(*arguments: str) -> set[str]:
    """The modules that one command loads."""
    code = (
        "import sys; from evalkit.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("check", "evalkit/starter/tasks/support-triage.json"),
        ("list", "packs"),
        ("run", "--help"),
    ],
)
def test_start_up_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) & HEAVY == set()


def test_checking_a_pack_loads_next_to_nothing() -> None:
    """What keeps `evalkit check` within three times the CPU of an empty Python (benchmarks/start_up.py measures it)."""
    loads = loaded("check", "evalkit/starter/tasks/support-triage.json")
    assert loads & {"dataclasses", "inspect", "hashlib", "difflib", "shutil", "evalkit.calls", "evalkit.cards"} == set()


def test_importing_evalkit_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, evalkit; print(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) & HEAVY == set()


def test_a_bug_never_reads_as_inferior(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_: object) -> int:
        raise RuntimeError("boom")

    monkeypatch.setattr(importlib.import_module("evalkit.commands.list"), "main", broken)
    assert cli.main(["list"]) == 4
    assert "this is a bug in evalkit" in capsys.readouterr().err


def test_the_public_names() -> None:
    assert sorted(evalkit.__all__) == ["__version__", "decide"]
    assert all(hasattr(evalkit, name) for name in evalkit.__all__)


def test_init_makes_a_workspace_that_checks(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace.root / "new").mkdir()
    (workspace.root / "new/.gitignore").write_text("mine")
    assert cli.main(["init", "new"]) == 0
    root = workspace.root / "new"
    assert (root / ".gitignore").read_text() == "mine\n/reports/runs/\n"
    assert (root / ".github/workflows/evalkit.yml").is_file()
    capsys.readouterr()
    assert cli.main(["check", "--json", "--workspace", str(root)]) == 0
    assert json.loads(capsys.readouterr().out) == {"checked": 3, "problems": []}
    (root / "tasks/support-triage.json").write_text("{}")
    assert cli.main(["init", "new"]) == 0
    assert (root / "tasks/support-triage.json").read_text() == "{}"


def test_list_shows_the_workspace_over_what_is_shipped(workspace: Workspace) -> None:
    workspace.pack("math-reasoning")
    packs = {row["name"]: row for row in json.loads(workspace.evalkit("list", "packs", "--json")[1])}
    assert packs["math-reasoning"]["samples"] == 5
    assert "code" in packs


def test_what_is_shipped_checks() -> None:
    assert cli.main(["check", "--workspace", str(ROOT)]) == 0


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("evalkit ga", "gate"),
        ("evalkit run smo", "smoke"),
        ("evalkit run smoke --model local/smol", "local/smollm2-135m"),
        ("evalkit gate quick", "quickstart"),
        ("evalkit run smoke --ret", "--retry-errors"),
    ],
)
def test_tab_completes_commands_packs_models_and_claims(line: str, wanted: str, tmp_path: Path) -> None:
    """As bash does it: the words go in by environment, the offers come back on descriptor 8."""
    out = tmp_path / "offers"
    environment = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_IFS": "\n"}
    command = f"exec 8>{out}; exec {sys.executable} -m evalkit"
    subprocess.run(["bash", "-c", command], cwd=ROOT, env=os.environ | environment, check=False, timeout=60)
    assert wanted in [offer.strip() for offer in out.read_text().splitlines()]
