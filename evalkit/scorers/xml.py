"""The answer is one well-formed XML document; and equal to the one expected, if there is one.

`sample.target` is XML text. Strict reads the whole answer, with `fenced` out of one code fence around it; lenient drops
thinking and takes the last fenced block. Documents with a DOCTYPE are refused unread (they can grow without bound or
reach for files). Elements, attributes, order and text are compared; comments, and space around text, are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from evalkit.errors import UsageError
from evalkit.records import Sample, Score
from evalkit.scorers import _json_text
from evalkit.scorers._formats import INVISIBLE, Judged, NotInFormat, judged_twice, scored

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LABELS = frozenset({"xml", "html", "svg", "text", "txt", "plaintext"})


def score(sample: Sample, text: str, *, fenced: bool = True) -> Score:
    """1.0 if the answer is XML and equals the target (where there is one)."""
    target = None if sample.target is None else _expected(sample.target)

    def judge(body: str) -> Judged:
        answer = _canonical(_read(body))
        if target is None:
            return Judged(True, None, answer)
        return Judged(True, answer == target, answer, "" if answer == target else _difference(target, answer))

    return scored(*judged_twice(text, judge, LABELS, fenced=fenced))


def check(sample: Sample, *, fenced: bool = True) -> Iterator[tuple[str, str]]:
    """A target that is not XML."""
    del fenced
    try:
        if sample.target is not None:
            _expected(sample.target)
    except UsageError as error:
        yield "/target", str(error)


def _expected(target: Any) -> str:
    """The canonical form of the target. Raises UsageError."""
    if not isinstance(target, str):
        raise UsageError("xml takes XML text as its target")
    try:
        return _canonical(_read(target))
    except NotInFormat as error:
        raise UsageError(f"the target: {error}") from None


def _read(text: str) -> Element:
    """The root of a document. Raises NotInFormat."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(text.strip(INVISIBLE + " \t\r\n"), forbid_dtd=True)
    except ParseError as error:
        raise NotInFormat(f"not XML: {error}") from None
    except DefusedXmlException:
        raise NotInFormat("a DOCTYPE is refused") from None
    except UnicodeEncodeError:
        raise NotInFormat("not XML: half of a surrogate pair") from None
    return root


def _canonical(root: Element) -> str:
    """One text for equal documents: a line for each start, text and end; attributes by name."""
    lines: list[str] = []
    todo: list[Any] = [root]
    while todo:
        element = todo.pop()
        if isinstance(element, str):
            lines.append(element)
            continue
        attributes = "".join(f" {name}={_json_text.dump(value)}" for name, value in sorted(element.attrib.items()))
        lines.append(f"<{element.tag}{attributes}>")
        parts: list[Any] = [_text(element.text)]
        for child in element:
            parts += [child, _text(child.tail)]
        parts.append(f"</{element.tag}>")
        todo.extend(part for part in reversed(parts) if part != "")
    return "\n".join(lines)


def _text(text: str | None) -> str:
    return _json_text.dump(text.strip()) if text and not text.isspace() else ""


def _difference(target: str, answer: str) -> str:
    """The first line in which two canonical documents differ, in words."""
    wanted, got = target.split("\n"), answer.split("\n")
    for expected, found in zip(wanted, got, strict=False):
        if expected != found:
            return f"{found[:80]} stands where {expected[:80]} was expected"
    return "the document ends too early" if len(got) < len(wanted) else "the document goes on too long"
