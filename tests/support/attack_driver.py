"""Fights the attack programs beside the repository: `python attack_driver.py BACKEND SHARED_ATTACKS`, JSON on stdout.

BACKEND is a sandbox backend, or "control": a plain process per program whose exit status is the verdict, which shows
that the detectors fire. Runs as a program of its own so that it can be run as another user.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CPU, WALL = 2.0, 5.0
ENV_SECRET, HOME_SECRET = "sk-canary-env-55d1", "home-canary-c77a"


@dataclass
class Ended:
    passed: bool
    output: str
    seconds: float
    broken: str = ""


class Control:
    """No isolation, and the exit status is believed."""

    def run(self, code: str, test: str, arena: Arena) -> Ended:
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-c", f"{code}\n{test}\ncheck(solve)\n"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=arena.work,
            env=os.environ | {"HOME": str(arena.home)},
        )
        try:
            output, _ = process.communicate(timeout=WALL)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
        return Ended(process.returncode == 0, output[: 1 << 20].decode(errors="replace"), time.monotonic() - began)


class Sandboxed:
    """The judge's verdict, and what the program prints when it is run as a script."""

    def __init__(self, backend: str) -> None:
        from evalkit.sandbox import Limits, open_sandbox

        self.limits = Limits(cpu_seconds=CPU, wall_seconds=WALL)
        self.sandbox = open_sandbox(backend, workers=1, limits=self.limits)

    def run(self, code: str, test: str, arena: Arena) -> Ended:
        began = time.monotonic()
        verdict = self.sandbox.judge(code, [test], names=["solve"], check="solve")
        seconds = time.monotonic() - began
        job = {
            "kind": "scripts",
            "code": code + "\ntry: print(solve([1, 2, 3, 4]))\nexcept BaseException as error: print(repr(error))\n",
            "stdins": [""],
            "cpu_seconds": CPU,
            "wall_seconds": WALL,
            "memory_mib": 512,
            "output_bytes": 1 << 20,
        }
        reply, _ = self.sandbox._pool.run(job)
        healthy = self.sandbox.judge(arena.reference, [arena.tests["test"]], names=["solve"], check="solve")
        broken = verdict.message if verdict.outcome == "sandbox_failed" else "" if healthy.passed else repr(healthy)
        return Ended(verdict.passed, repr(verdict) + json.dumps(reply), seconds, broken)


class Arena:
    """What the attacks aim at."""

    def __init__(self, shared: Path) -> None:
        problem = json.loads((shared / "problem.json").read_text())
        self.tests = {name: text for name, text in problem.items() if name.startswith("test")}
        self.reference = problem["prompt"] + problem["reference"]
        self.root = Path(tempfile.mkdtemp(prefix="evalkit-attacked-"))
        self.work, self.home, self.keep = self.root / "work", self.root / "home", self.root / "keep"
        self.work.mkdir()
        for name in (".netrc", ".config/evalkit/credentials", ".cache/huggingface/token", ".ssh/id_rsa"):
            path = self.home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(HOME_SECRET)
        os.environ["OPENAI_API_KEY"] = ENV_SECRET
        self.victim = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
        self.listeners = self._listen()
        self.reset()

    def _listen(self) -> dict[str, socket.socket]:
        found = {
            "tcp": socket.create_server(("127.0.0.1", 0)),
            "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
            "unix": socket.socket(socket.AF_UNIX),
            "abstract": socket.socket(socket.AF_UNIX),
            "dgram": socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM),
        }
        found["udp"].bind(("127.0.0.1", 0))
        self.abstract = f"evalkit-{os.getpid()}"
        for name, address in (("unix", str(self.root / "sock")), ("abstract", "\0" + self.abstract)):
            found[name].bind(address)
            found[name].listen()
        found["dgram"].bind(str(self.root / "dsock"))
        for listener in found.values():
            listener.setblocking(False)
        return found

    def reset(self) -> None:
        self.keep.unlink(missing_ok=True)
        self.keep.write_text("kept")
        os.utime(self.keep, (1_000_000_000, 1_000_000_000))
        self.before = self._state()

    def _state(self) -> tuple[Any, ...] | None:
        try:
            found = self.keep.stat()
        except OSError:
            return None
        return found.st_mode, found.st_mtime, found.st_nlink, self.keep.read_text()

    def fill(self, code: str) -> str:
        for name, value in {
            "ARENA": self.root,
            "HOME": self.home,
            "VICTIM": self.victim.pid,
            "TCP": self.listeners["tcp"].getsockname()[1],
            "UDP": self.listeners["udp"].getsockname()[1],
            "ABSTRACT": self.abstract,
        }.items():
            code = code.replace(f"@@{name}@@", str(value))
        return code

    def damage(self, row: dict[str, Any]) -> list[str]:
        """What the attack left behind; cleans up after it."""
        seen = []
        for extra in row.get("extra", []):
            kind, _, name = extra.partition(":")
            path = {"file": self.root / name, "home": self.home / name}.get(kind, Path(name))
            if path.exists():
                seen.append(f"wrote {path.name}")
                path.unlink()
        if self._state() != self.before:
            seen.append("changed keep")
        self.reset()
        for name, listener in self.listeners.items():
            try:
                listener.accept() if listener.type is socket.SOCK_STREAM else listener.recv(10)
                seen.append(f"reached {name}")
            except OSError:
                continue
        if self.victim.poll() is not None:
            seen.append("killed the victim")
            self.victim = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(3600)"])
        for key in ("purelib", "platlib", "stdlib"):
            for folder in (Path(sysconfig.get_path(key)), Path(sysconfig.get_path(key)) / "__pycache__"):
                marker = folder / "sbx_attack_marker.txt"
                if marker.exists():
                    seen.append("wrote into the interpreter")
                    marker.unlink()
        return seen

    def close(self) -> None:
        for left in (
            "/tmp/evalkit-attacks_note",
            "/var/tmp/evalkit-attacks_note",
            "/dev/shm/sbx_note",
            "/tmp/sbx_pwned",
        ):
            Path(left).unlink(missing_ok=True)
        self.victim.kill()
        for listener in self.listeners.values():
            listener.close()
        shutil.rmtree(self.root, ignore_errors=True)


def fight(row: dict[str, Any], code: str, harness: Any, arena: Arena) -> list[str]:
    """How the attack succeeded; empty when it was stopped."""
    test = arena.tests["test_" + row["problem"] if "problem" in row else "test"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ended = harness.run(code, test, arena)
    if row.get("twice"):
        ended = harness.run(code, test, arena)
    won = ["passed"] if ended.passed else []
    if row.get("canary", "\0") in ended.output:
        won.append("leaked the canary")
    if "ATTACK-OK" in ended.output:
        won.append("said so")
    if ended.seconds > WALL + 4:
        won.append(f"ran {ended.seconds:.0f} s")
    if row["kind"] == "daemon":
        time.sleep(6.5)
        names = [path.read_text().strip() for path in Path("/proc").glob("[0-9]*/comm") if path.exists()]
        won += ["left a process"] if "sbxdaemon" in names else []
    if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before > 300 << 10:
        won.append("grew the harness")
    if ended.broken:
        won.append(f"broke the harness: {ended.broken}")
    return won + arena.damage(row)


def main() -> None:
    backend, shared = sys.argv[1], Path(sys.argv[2])
    arena = Arena(shared)
    try:
        harness = Control() if backend == "control" else Sandboxed(backend)
        for line in (shared / "index.jsonl").read_text().splitlines():
            row = json.loads(line)
            won = fight(row, arena.fill((shared / row["file"]).read_text()), harness, arena)
            print(json.dumps({"attack": row["file"], "won": won}), flush=True)
        if backend != "control":
            harness.sandbox.close()
    finally:
        arena.close()


if __name__ == "__main__":
    main()
