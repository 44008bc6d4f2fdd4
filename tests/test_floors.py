"""The house has floors: a module imports lower floors only, and only the rim does I/O."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "evalkit"

#: from the ground up; a folder is one entry, and its modules may import each other
FLOORS: list[tuple[str, ...]] = [
    ("errors", "records", "cache"),
    ("calls",),
    ("names", "statistics", "sandbox"),
    ("json_files",),
    ("wires", "scorers"),
    ("packs", "cards", "claims"),
    ("plans", "scoring", "journal", "local", "transport"),
    ("workspace", "runner", "arms", "economics", "gates"),
    ("waterfall", "manifests"),
    ("parity",),
    ("runs", "display", "report", "importers", "rescoring"),
    ("commands", "cli", "__main__"),
]
FLOOR = {name: floor for floor, names in enumerate(FLOORS) for name in names}


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "guest" not in path.parts]


def part(path: Path) -> str:
    """The module or folder of evalkit that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(imported part of evalkit, line), those inside functions included, those for type checkers not."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "evalkit":
            inside = node.module.split(".")[1:]
            for name in inside[:1] or [alias.name for alias in node.names]:
                yield name, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("evalkit."):
                    yield alias.name.split(".")[1], node.lineno


def test_every_module_has_a_floor() -> None:
    assert {part(path) for path in modules()} - {"__init__"} <= set(FLOOR)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_lower_floors_only(path: Path) -> None:
    own = part(path)
    for imported, line in imports(path):
        if imported in ("__version__", own):
            continue
        if own == "__init__" or (own == "cli" and imported == "commands") or (own == "__main__"):
            continue
        assert FLOOR[imported] < FLOOR[own], f"{path.name}:{line}: {own} imports {imported}"


def uses(names: set[str]) -> dict[str, set[str]]:
    """Which parts import which of the given top-level packages."""
    found: dict[str, set[str]] = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            imported = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            imported += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in {name.split(".")[0] for name in imported} & names:
                found.setdefault(name, set()).add(part(path))
    return found


def test_only_the_rim_opens_sockets() -> None:
    network = uses({"aiohttp", "httpx", "openai", "anthropic", "socket", "urllib3", "requests"})
    assert set().union(*network.values()) <= {"transport", "local", "sandbox"}


def test_only_commands_print() -> None:
    for path in modules():
        if part(path) in ("commands", "cli", "display", "sandbox", "local", "__main__") or "worker" in path.stem:
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ("print", "exit", "input")], path
