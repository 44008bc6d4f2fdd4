"""Code fences in an answer, as CommonMark reads them line by line.

A fence opens with three or more backticks or tildes (any indentation, also inside quotes and lists) and an info
string, and closes with at least as many of the same mark alone on a line. One that never closes runs to the end.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from evalkit.scorers._lazy import compiled

_OPEN = compiled(r"(?P<lead>[ \t>]*+)(?:(?P<ticks>`{3,}+)(?P<info>[^`]*)|(?P<tildes>~{3,}+)(?P<rest>.*))")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block. `label` is the lower-cased first word of the info string, "" if there is none."""

    label: str
    body: str
    closed: bool
    alone: bool  # nothing but white space stands outside this block


def blocks(text: str) -> list[Block]:
    """All fenced blocks, in order. Linear in the length of the text."""
    lines = text.splitlines(keepends=True)
    found: list[Block] = []
    outside: list[str] = []
    index = 0
    while index < len(lines):
        opening = _OPEN.fullmatch(lines[index].rstrip("\r\n"))
        if opening is None:
            outside.append(lines[index])
            index += 1
            continue
        mark = opening["ticks"] or opening["tildes"]
        close = re.compile(rf"[ \t>]*+{re.escape(mark[0])}{{{len(mark)},}}[ \t]*")
        end = index + 1
        while end < len(lines) and not close.fullmatch(lines[end].rstrip("\r\n")):
            end += 1
        body = "".join(_without_lead(line, opening["lead"]) for line in lines[index + 1 : end])
        info = (opening["info"] or opening["rest"] or "").split()
        found.append(Block(info[0].lower().strip("{}.") if info else "", body, end < len(lines), alone=True))
        index = end + 1
    if len(found) == 1 and not "".join(outside).strip():
        return found
    return [replace(block, alone=False) for block in found]


def only(text: str) -> Block | None:
    """The closed block that is the whole answer, or None."""
    found = blocks(text) if text.lstrip()[:3] in ("```", "~~~") else []
    return found[0] if found and found[0].alone and found[0].closed else None


def last(text: str, labels: Collection[str]) -> Block | None:
    """The last block whose label is one of `labels` or that has no label, or None."""
    fitting = [block for block in blocks(text) if block.label in labels or not block.label]
    return fitting[-1] if fitting else None


def _without_lead(line: str, lead: str) -> str:
    """A line of a block without what stood before its fence: indentation or quote marks."""
    kept = 0
    while kept < min(len(lead), len(line)) and line[kept] in " \t>":
        kept += 1
    return line[kept:]
