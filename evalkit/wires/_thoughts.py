"""Thoughts that a server left inside the answer text.

Reasoning models wrap their thoughts in tags, and a server without a reasoning parser hands the tags on. Chat templates
that end in the opening tag make a reply that has only the closing one; a reply cut by its token limit has only the
opening one. What is thought is never an answer, so each of the three shapes is taken apart here.

Not covered: a thought that opens in the middle of a line is left alone, since an answer may well talk about the tag.
"""

from __future__ import annotations

import re

TAGS = (("<think>", "</think>"), ("[THINK]", "[/THINK]"))

_OPEN = re.compile(r"^[ \t]*(?:" + "|".join(re.escape(tag) for tag, _ in TAGS) + ")", re.MULTILINE)
_CLOSE = re.compile("|".join(re.escape(tag) for _, tag in TAGS))


def split(text: str, *, unopened: bool = True) -> tuple[str, str]:
    """(answer, thoughts) of a text; the text as it was and "" where there are no thoughts.

    With `unopened`, text before a closing tag that nothing opened is a thought. Pass False where the server has
    already delivered the thoughts apart: then such a tag can only be part of the answer.
    """
    answer: list[str] = []
    thoughts: list[str] = []
    first_close = _CLOSE.search(text)
    if first_close is None and _OPEN.search(text) is None:
        return text, ""
    first_open = _OPEN.search(text)
    if unopened and first_close and (first_open is None or first_close.start() < first_open.start()):
        thoughts.append(text[: first_close.start()])
        text = text[first_close.end() :]
    while opened := _OPEN.search(text):
        answer.append(text[: opened.start()])
        rest = text[opened.end() :]
        closed = _CLOSE.search(rest)
        thoughts.append(rest[: closed.start()] if closed else rest)
        text = rest[closed.end() :] if closed else ""
    answer.append(text)
    if not thoughts:
        return text, ""
    return "".join(answer).strip(), "\n\n".join(thought.strip() for thought in thoughts if thought.strip())
