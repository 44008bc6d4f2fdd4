"""Writes the tree in docs/architecture.md: each module with the first sentence of its docstring.."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "docs/architecture.md"
START, END = "<!-- tree -->", "<!-- end of tree -->"


def phrase(path: Path) -> str:
    """The first sentence of a module's docstring, without its closing dot."""
    text = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]
    return " ".join(text.split()).rstrip(".:")


def tree() -> str:
    """The modules, folder by folder."""
    lines: list[str] = []
    folders: dict[Path, list[Path]] = {}
    for path in sorted((ROOT / "evalkit").rglob("*.py")):
        folders.setdefault(path.parent, []).append(path)
    for folder, paths in sorted(folders.items()):
        lines += ["", f"### {folder.relative_to(ROOT).as_posix()}/", ""]
        for path in paths:
            said = phrase(path)
            if said:
                lines.append(f"- `{path.relative_to(ROOT).as_posix()}`: {said}")
            else:
                lines.append(f"- `{path.relative_to(ROOT).as_posix()}`")
    return "\n".join(lines[1:])


def updated(text: str) -> str:
    """The map with its tree as it is now."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{tree()}\n{END}{after}"


if __name__ == "__main__":
    MAP.write_text(updated(MAP.read_text(encoding="utf-8")), encoding="utf-8")
