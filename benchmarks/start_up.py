"""CPU of starting evalkit, as a multiple of `python -c "import argparse, json"`; the least of many runs.

python benchmarks/start_up.py
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

RUNS = 25


def cpu(command: list[str], folder: Path) -> float:
    """CPU seconds of a command, the least of RUNS."""
    least = float("inf")
    for _ in range(RUNS):
        before = getrusage(RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        after = getrusage(RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        least = min(least, used)
    return least


def main() -> None:
    evalkit = [str(Path(sys.executable).parent / "evalkit")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([*evalkit, "init", "."], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for scorer, target in (("numeric", 2), ("exact", "2")):
            pack = json.loads((folder / "tasks/support-triage.json").read_text())
            samples = [{"id": f"s{i}", "input": "1+1?", "target": target} for i in range(5)]
            prompt = [{"role": "user", "content": "{input}"}]
            pack |= {"name": scorer, "scorer": {"name": scorer}, "samples": samples, "prompt": prompt}
            (folder / f"tasks/{scorer}.json").write_text(json.dumps(pack))
        base = cpu([sys.executable, "-c", "import argparse, json"], folder)
        print(f"python -c 'import argparse, json': {1000 * base:.1f} ms")
        packs = [f"check tasks/{name}.json" for name in ("support-triage", "numeric", "exact")]
        for arguments in ("--version", "--help", "list packs", *packs):
            used = cpu([*evalkit, *arguments.split()], folder)
            print(f"evalkit {arguments:<34} {1000 * used:6.1f} ms  {used / base:4.2f}x")


if __name__ == "__main__":
    main()
