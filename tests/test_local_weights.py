"""The weights of the embedded model: fetched by the real pip from a folder of wheels, checked, kept."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from support.workspace import Workspace

from evalkit.cache import cache_directory
from evalkit.errors import InstrumentError, UsageError
from evalkit.local.weights import cached_path, ensure, find

CONTENT = b"GGUF" + bytes(range(256)) * 9000  # 2.3 MB: more than one chunk
PACKAGE = "evalkit_test_weights"
Spec = dict[str, Any]

ENSURE = """
import json, sys
from evalkit.local.weights import ensure
print(ensure(json.loads(sys.argv[1])).path)
"""


def build_wheel(folder: Path, content: bytes = CONTENT, name: str = "tiny.gguf") -> None:
    """A wheel whose code and dependencies must never be touched."""
    folder.mkdir(exist_ok=True)
    info = f"{PACKAGE}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{PACKAGE}-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f"{PACKAGE}/{name}", content)
        wheel.writestr(f"{PACKAGE}/__init__.py", "raise RuntimeError('imported')")
        wheel.writestr(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 1.0\nRequires-Dist: no-such-package\n",
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place pip may look at; empty at first. The cache is empty too."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_DISABLE_PIP_VERSION_CHECK", "1")
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def spec() -> Spec:
    return {
        "wheel": f"{PACKAGE}==1.0",
        "file": f"{PACKAGE}/tiny.gguf",
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "download_bytes": 100_000,
    }


def left_behind() -> list[str]:
    """What is in the cache beside the weights and the memory of checks."""
    names = {path.name for path in cache_directory().rglob("*") if path.is_file()}
    return sorted(names - {"tiny.gguf", "checked.json"})


def test_fetched_once_then_kept(index: Path, spec: Spec) -> None:
    assert find(spec) is None
    build_wheel(index)
    seen: list[tuple[str, int, int]] = []
    weights = ensure(spec, lambda what, done, total: seen.append((what, done, total)))
    assert weights.path == cached_path(spec) and weights.path.read_bytes() == CONTENT
    assert (weights.sha256, weights.size) == (spec["sha256"], len(CONTENT))
    assert left_behind() == []
    fetching = [done for what, done, _ in seen if what == f"fetching {PACKAGE}==1.0"]
    unpacking = [(done, total) for what, done, total in seen if what == "unpacking tiny.gguf"]
    assert fetching == sorted(fetching) and fetching[-1] == 100_000
    assert unpacking[-1] == (len(CONTENT), len(CONTENT)) and len(unpacking) > 1

    next(index.glob("*.whl")).unlink()
    assert ensure(spec) == weights == find(spec)


def test_a_check_is_remembered_until_the_file_changes(index: Path, spec: Spec) -> None:
    build_wheel(index)
    path = ensure(spec).path
    checks: list[str] = []
    assert find(spec, lambda what, done, total: checks.append(what)) is not None
    assert checks == []

    path.write_bytes(CONTENT[:-1] + b"?")
    assert find(spec, lambda what, done, total: checks.append(what)) is None
    assert set(checks) == {"checking tiny.gguf"}
    assert ensure(spec).path.read_bytes() == CONTENT


def test_another_content_is_never_kept(index: Path, spec: Spec) -> None:
    build_wheel(index, CONTENT + b"more")
    with pytest.raises(InstrumentError, match="served something else; nothing was kept"):
        ensure(spec)
    assert not cached_path(spec).exists() and left_behind() == []


def test_a_wheel_without_the_file(index: Path, spec: Spec) -> None:
    build_wheel(index, name="other.gguf")
    with pytest.raises(InstrumentError, match=r"holds no .*tiny\.gguf"):
        ensure(spec)
    assert left_behind() == []


def test_a_broken_wheel(index: Path, spec: Spec) -> None:
    (index / f"{PACKAGE}-1.0-py3-none-any.whl").write_bytes(b"PK not a zip file")
    with pytest.raises(InstrumentError, match=PACKAGE):
        ensure(spec)
    assert left_behind() == []


def test_no_network_and_no_cache_says_what_to_do(index: Path, spec: Spec) -> None:
    with pytest.raises(InstrumentError) as caught:
        ensure(spec)
    told = str(caught.value)
    assert "No matching distribution found" in told
    assert str(cached_path(spec)) in told and '{"path": "model.gguf"}' in told
    assert left_behind() == []


def test_weights_copied_by_hand_are_taken(index: Path, spec: Spec) -> None:
    path = cached_path(spec)
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    assert ensure(spec).path == path


def test_an_installed_package_serves_without_being_imported(
    index: Path, spec: Spec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    (site / PACKAGE).mkdir(parents=True)
    (site / PACKAGE / "__init__.py").write_text("raise RuntimeError('imported')")
    (site / PACKAGE / "tiny.gguf").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(site))
    assert ensure(spec).path == site / PACKAGE / "tiny.gguf"
    assert not cached_path(spec).exists()


def test_a_file_the_user_names(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(CONTENT)
    digest = hashlib.sha256(CONTENT).hexdigest()
    assert ensure({"path": str(path)}).sha256 == digest
    assert ensure({"path": str(path), "sha256": digest}).path == path
    with pytest.raises(UsageError, match=f"SHA-256 {digest}, not 0000"):
        ensure({"path": str(path), "sha256": "0" * 64})
    with pytest.raises(UsageError, match="no such file"):
        ensure({"path": str(tmp_path / "none.gguf")})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("wheel", "--index-url=http://127.0.0.1/"),
        ("wheel", f"{PACKAGE} @ http://127.0.0.1/x.whl"),
        ("wheel", PACKAGE),
        ("file", "../tiny.gguf"),
        ("file", f"{PACKAGE}/.."),
        ("file", "os.path/tiny.gguf"),
        ("sha256", "../../../../tmp/evil"),
        ("sha256", None),
        ("download_bytes", "many"),
        ("weels", "x"),
    ],
)
def test_a_card_cannot_smuggle_anything_in(index: Path, spec: Spec, key: str, value: Any) -> None:
    build_wheel(index)
    with pytest.raises(UsageError, match="launch: weights"):
        ensure(spec | {key: value})
    assert not cache_directory().exists()


def test_two_processes_at_once(index: Path, spec: Spec) -> None:
    build_wheel(index)
    command = [sys.executable, "-c", ENSURE, json.dumps(spec)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for process in both:
        out, told = process.communicate(timeout=60)
        assert (process.returncode, out.strip()) == (0, str(cached_path(spec))), told
    assert cached_path(spec).read_bytes() == CONTENT and left_behind() == []


def test_what_a_killed_fetch_left_goes_after_a_day(index: Path, spec: Spec) -> None:
    build_wheel(index)
    folder = cached_path(spec).parent
    for name in ("fetch-old", "fetch-new"):
        (folder / name).mkdir(parents=True)
        (folder / name / "half").write_text("")
    os.utime(folder / "fetch-old", (0, 0))
    ensure(spec)
    assert not (folder / "fetch-old").exists() and (folder / "fetch-new").exists()


def test_a_cache_that_cannot_be_written(index: Path, spec: Spec, tmp_path: Path) -> None:
    build_wheel(index)
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(InstrumentError, match="cannot keep the weights"):
        ensure(spec)


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment without pip, as uv makes them."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def ensure_with(python: Path, spec: Spec, path: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": path}
    command = [str(python), "-c", ENSURE, json.dumps(spec)]
    return subprocess.run(command, capture_output=True, text=True, env=environment)


def test_without_pip_and_uv_it_says_so(index: Path, spec: Spec, bare_python: Path) -> None:
    done = ensure_with(bare_python, spec, "")
    assert "has no pip and there is no uv" in done.stderr and "-m ensurepip" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for uv is a script")
def test_without_pip_uv_is_asked(index: Path, spec: Spec, bare_python: Path, tmp_path: Path) -> None:
    """A stand-in for uv that does what `uv pip install --target` does (uv itself was tried by hand)."""
    build_wheel(index)
    uv = tmp_path / "uv"
    uv.write_text(
        f"#!{sys.executable}\nimport glob, sys, zipfile\n"
        "assert sys.argv[1:4] == ['pip', 'install', '--no-deps'], sys.argv\n"
        f"assert sys.argv[-1] == '{PACKAGE}==1.0'\n"
        f"wheel, = glob.glob('{index}/*.whl')\n"
        "zipfile.ZipFile(wheel).extractall(sys.argv[sys.argv.index('--target') + 1])\n"
    )
    uv.chmod(0o755)
    done = ensure_with(bare_python, spec, str(tmp_path))
    assert done.stdout.strip() == str(cached_path(spec)), done.stderr
    assert left_behind() == []


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"EVALKIT_CACHE": "/a", "XDG_CACHE_HOME": "/b"}, "/a"),
        ({"XDG_CACHE_HOME": "/b"}, "/b/evalkit"),
        ({}, "/home/me/.cache/evalkit"),
    ],
)
def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str) -> None:
    for name in ("EVALKIT_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (variables | {"HOME": "/home/me"}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "linux")
    assert cache_directory() == Path(expected)


def test_the_command_fetches(index: Path, spec: Spec, workspace: Workspace) -> None:
    card = {"name": "mine", "wire": "openai_chat", "launch": {"weights": spec}, "models": {"m": {}}}
    workspace.write("providers/mine.json", card)
    status = workspace.evalkit_json("local", "status", "--model", "mine/m")
    assert status["weights"] == "not fetched: evalkit local fetch"
    code, _, told = workspace.evalkit("local", "fetch", "--model", "mine/m")
    assert code == 4 and "needs a package index once" in told
    build_wheel(index)
    assert workspace.evalkit_json("local", "fetch", "--model", "mine/m")["weights"] == str(cached_path(spec))
    code, out, _ = workspace.evalkit("local", "status", "--model", "mine/m")
    assert code == 0 and str(cached_path(spec)) in out


def test_the_shipped_card_names_the_weights() -> None:
    card = json.loads((Path(__file__).parents[1] / "providers" / "local.json").read_text())
    spec = card["launch"]["weights"]
    assert spec["wheel"].count("==") == 1 and len(spec["sha256"]) == 64
    stem = Path(spec["file"]).stem
    assert {model["served_as"] for model in card["models"].values()} == {stem}
