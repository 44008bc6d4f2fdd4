"""The wheel: what it carries, what it must not carry, and that it works away from the checkout."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with wheel and sdist, built while a private run lies in reports/."""
    planted = ROOT / "reports/runs/planted-by-a-test/run.json"
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text("private")
    out = tmp_path_factory.mktemp("dist")
    try:
        command = [
            sys.executable,
            "-m",
            "build",
            "--no-isolation",
            "--wheel",
            "--sdist",
            "--outdir",
            str(out),
            str(ROOT),
        ]
        subprocess.run(command, check=True, capture_output=True)
        yield out
    finally:
        planted.unlink()
        planted.parent.rmdir()


def tracked(folder: str) -> set[str]:
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.split())


def test_the_wheel_carries_what_is_shipped_and_nothing_private(built: Path) -> None:
    names = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    shipped = {name.removeprefix("evalkit/_shipped/") for name in names if name.startswith("evalkit/_shipped/")}
    assert shipped == tracked("tasks") | tracked("providers")
    assert not [name for name in names if "reports" in name.split("/")[0] or "planted" in name]
    for kind in ("schemas/pack.schema.json", "schemas/card.schema.json", "schemas/claim.schema.json", "py.typed"):
        assert f"evalkit/{kind}" in names
    assert {name for name in names if name.startswith("evalkit/starter/")}


def test_the_sdist_carries_no_runs(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = archive.getnames()
    assert not [name for name in names if "reports/runs" in name or "planted" in name]


def test_the_wheel_works_from_another_folder(built: Path, tmp_path: Path) -> None:
    """Unpacked beside this environment's dependencies, away from the checkout."""
    site = tmp_path / "site"
    zipfile.ZipFile(next(built.glob("*.whl"))).extractall(site)
    work = tmp_path / "work"
    work.mkdir()

    def evalkit(*arguments: str) -> str:
        code = (
            f"import sys; sys.path.insert(0, {str(site)!r}); from evalkit.cli import main; sys.exit(main(sys.argv[1:]))"
        )
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.run(command, cwd=work, check=True, capture_output=True, text=True).stdout

    assert "math-reasoning" in evalkit("list", "packs")
    assert "site/evalkit/_shipped/tasks" in evalkit("list", "packs", "--json")
    evalkit("init", ".")
    assert "ok  tasks/support-triage.json" in evalkit("check")
