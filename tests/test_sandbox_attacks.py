"""Attack programs, ours and those beside the repository, on every backend that is here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evalkit.errors import SandboxUnavailable
from evalkit.sandbox import Limits, attacks, open_sandbox

DRIVER = Path(__file__).parent / "support" / "attack_driver.py"
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / "../shared/attacks"
BACKENDS = ["wasm", "bwrap", "docker", "podman"]


def test_programs_are_complete() -> None:
    found = attacks.attacks()
    assert len(found) >= 40
    assert len({attack.name for attack in found}) == len(found)
    for attack in found:
        compile(attack.code, attack.name, "exec")
        assert attack.tries
        if attack.name != "exit_while_loading":
            assert ("def solve(" if attack.kind == "verdict" else "def attack(") in attack.code
    assert {attack.kind for attack in found if attack.quick} == {"verdict", "host", "resource"}


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
def test_our_attacks_are_stopped(backend: str) -> None:
    try:
        sandbox = open_sandbox(backend, workers=1)
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    with sandbox, attacks.Arena() as arena:
        limits = Limits(cpu_seconds=1, wall_seconds=3)
        fights = list(attacks.fight(sandbox, attacks.attacks(), arena, limits))
    assert [(fought.attack.name, fought.how) for fought in fights if fought.how] == []


def fought(backend: str, *, user: int | None = None) -> dict[str, list[str]]:
    """Attack file -> how it succeeded, from the driver run as a program of its own."""
    if not SHARED.is_dir():
        pytest.skip("the attack programs are not beside this repository")
    command, environment, given = [sys.executable], dict(os.environ), {}
    if user is not None:
        command = [_interpreter_for(user)]
        environment |= {
            "PYTHONPATH": os.pathsep.join([str(ROOT), *(path for path in sys.path if path.endswith("-packages"))]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": f"/tmp/evalkit-home-{user}",
            "EVALKIT_CACHE": f"/tmp/evalkit-cache-{user}",
        }
        given = {"user": user, "group": user, "extra_groups": []}
    done = subprocess.run(
        [*command, str(DRIVER), backend, str(SHARED)],
        capture_output=True,
        text=True,
        env=environment,
        cwd="/tmp",
        check=False,
        **given,
    )
    if "SandboxUnavailable" in done.stderr:
        pytest.skip(done.stderr.split("Tried:")[-1].strip().splitlines()[0])
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == len((SHARED / "index.jsonl").read_text().splitlines())
    return {row["attack"]: row["won"] for row in rows}


def _interpreter_for(user: int) -> str:
    """A Python of this version or later that another user may run."""
    wanted = f"import sys; assert sys.version_info[:2] == {sys.version_info[:2]}"
    for path in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            subprocess.run(
                [path, "-c", wanted], user=user, group=user, extra_groups=[], check=True, capture_output=True
            )
        except (OSError, subprocess.CalledProcessError):
            continue
        return path
    pytest.skip("no Python here that an ordinary user may run")


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
def test_every_known_attack_is_stopped(backend: str) -> None:
    assert {name: won for name, won in fought(backend).items() if won} == {}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("backend", ["wasm", "bwrap"])
def test_every_known_attack_is_stopped_for_an_ordinary_user(backend: str) -> None:
    assert {name: won for name, won in fought(backend, user=65534).items() if won} == {}


@pytest.mark.slow
def test_the_detectors_fire_without_a_sandbox() -> None:
    assert sum(bool(won) for won in fought("control").values()) > 40
