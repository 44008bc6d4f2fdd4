"""A workspace in a temporary folder, and the command line run inside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evalkit.cli import main


def sums(count: int) -> list[dict[str, Any]]:
    """Samples s0, s1, ...: what is i + 1?"""
    return [{"id": f"s{i}", "input": f"What is {i} + 1?", "target": i + 1} for i in range(count)]


class Workspace:
    """A workspace on disk, and the command line run inside it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys
        for kind in ("tasks", "providers", "reports"):
            (root / kind).mkdir()

    def write(self, name: str, content: Any) -> Path:
        """A JSON file (or, from a str or bytes, that text) in the workspace."""
        path = self.root / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
        return path

    def pack(self, name: str = "sums", samples: int | list[Any] = 5, **changes: Any) -> dict[str, Any]:
        """A pack of sums whose answers are easy to compute."""
        pack = {
            "name": name,
            "version": "1.0.0",
            "licence": "CC0-1.0",
            "description": "sums",
            "prompt": [{"role": "user", "content": "{input}"}],
            "scorer": {"name": "numeric"},
            "generation": {"max_tokens": 32, "temperature": 0},
            "samples": samples if isinstance(samples, list) else sums(samples),
            **changes,
        }
        self.write(f"tasks/{name}.json", pack)
        return pack

    def card(self, url: str, name: str = "fake", **changes: Any) -> dict[str, Any]:
        """A card for a server that speaks chat completions."""
        card = {
            "name": name,
            "wire": "openai_chat",
            "base_url": url,
            "weights": "open",
            "models": {"m": {}, "other": {}},
            **changes,
        }
        self.write(f"providers/{name}.json", card)
        return card

    def claim(self, name: str = "swap", **changes: Any) -> dict[str, Any]:
        """A claim between two models of the card `fake`."""
        claim = {
            "question": "May other replace m?",
            "baseline": "fake/m",
            "candidate": "fake/other",
            "packs": {"sums": {"margin": 0.05}},
            **changes,
        }
        self.write(f"reports/{name}.json", claim)
        return claim

    def evalkit(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of one command."""
        self._capsys.readouterr()
        code = main([*arguments, *self._workspace(arguments)])
        out, err = self._capsys.readouterr()
        return code, out, err

    def evalkit_json(self, *arguments: str) -> Any:
        """What a command prints with --json."""
        return json.loads(self.evalkit(*arguments, "--json")[1])

    def runs(self) -> list[Path]:
        """The folders of the runs, oldest first."""
        found = self.root.glob("reports/runs/*/*/*/run.json")
        return [path.parent for path in sorted(found, key=lambda path: path.stat().st_mtime_ns)]

    def lines(self, name: str, run: Path | None = None) -> list[dict[str, Any]]:
        """The JSON lines of a file of a run (the newest)."""
        return [json.loads(line) for line in ((run or self.runs()[-1]) / name).read_text().splitlines()]

    def _workspace(self, arguments: tuple[str, ...]) -> list[str]:
        takes = arguments[:1] not in (("show",), ("init",), ("decide",), ("score",))
        return ["--workspace", str(self.root)] if takes and not arguments[0].startswith("-") else []
