r"""The answer is the target, character by character.

Strict, by `extract`: `whole`, the reply without surrounding white space; `last_line`; or `answer`, what the last
announcement ("The answer is", "答案：", ...) says up to the end of its sentence. A reply that marks its answer is read
as what it marks: a JSON answer field, as it stands there, or else a word or number in `\boxed{}` (anything more in a
box is LaTeX, not verbatim text). Compared after NFC, quotes around the whole aside.
Lenient: the whole, its last line, or what is announced; case, outer punctuation, emphasis and white space do not
matter, nor how a Python or JSON literal is spelt (`[1,2]` is `[1, 2]`).

Target: text or a number, or a list of those that are all right.
"""

from __future__ import annotations

import ast
import json
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Literal

from evalkit.records import Sample, Score
from evalkit.scorers._anchors import Anchor, find_anchors, json_fields
from evalkit.scorers._lazy import compiled
from evalkit.scorers._think import strip_thoughts

_INVISIBLE = dict.fromkeys([0x200B, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), 0x00AD])
_SAME = str.maketrans("“”„«»‘’‚−–—‐‑", '"""""\'\'\'-----')
_OUTER = " \t\n.,;:!?\"'`*_()[]{}<>$。、，．！？।॥؟"
_DECODER = json.JSONDecoder(strict=False)
_WORD = compiled(r"[\w.+-]+")
_LONGEST_LITERAL = 10_000
_LITERAL = compiled(r"[\[({'\"0-9.+-]|(?:[bBrRuU]['\"])|(?:None|True|False|null|true|false)\Z")


def score(
    sample: Sample,
    text: str,
    *,
    extract: Literal["whole", "last_line", "answer"] = "whole",
    ignore_case: bool = False,
    language: str | None = None,
) -> Score:
    """1.0 when the extracted text equals a target, else 0.0.

    `ignore_case` folds case, with the dotted and dotless i of Turkish where the language (`language`, else the
    sample's) is tr or az.
    """
    reply = strip_thoughts(text)
    language = language or sample.language
    targets = _targets(sample.target)
    said = extracted(reply, extract)
    if not targets:
        return Score(None, answer=said, explanation="the sample has no target")
    right = said is not None and any(_same(said, target, ignore_case, language) for target in targets)
    found = right or any(
        _same_loosely(candidate, target, language) for candidate in _candidates(reply, said) for target in targets
    )
    if said is None:
        return Score(None, float(found), None, f"nothing to read as the {extract} answer", "extraction_failed")
    return Score(float(right), float(found), said, "as expected" if right else f"not {targets[0]!r}")


def check(
    sample: Sample,
    *,
    extract: Literal["whole", "last_line", "answer"] = "whole",
    ignore_case: bool = False,
    language: str | None = None,
) -> Iterator[tuple[str, str]]:
    """Samples without a target of text or numbers."""
    listed = sample.target if isinstance(sample.target, (list, tuple)) else [sample.target]
    if not listed:
        yield "/target", "an empty list of targets"
    for index, target in enumerate(listed):
        if isinstance(target, bool) or not isinstance(target, (str, int, float)):
            pointer = f"/target/{index}" if isinstance(sample.target, (list, tuple)) else "/target"
            yield pointer, f"text or a number is needed as the target, not {json.dumps(target, default=repr)}"


def extracted(reply: str, extract: str) -> str | None:
    """What the strict rule reads as the answer; None when there is nothing."""
    if fields := json_fields(reply):
        return _field_value(reply, fields[0])
    if extract == "whole" and "boxed" in reply:
        boxed = _announced(reply, kinds=("boxed",))
        return boxed if boxed and _WORD.fullmatch(boxed) else reply.strip()
    if extract == "last_line":
        return reply.strip().rpartition("\n")[2].strip() or None
    if extract == "answer":
        return _announced(reply)
    return reply.strip() or None


def _announced(reply: str, kinds: tuple[str, ...] = ("boxed", "hash", "json", "short", "noun")) -> str | None:
    for anchor in find_anchors(reply):
        if anchor.kind not in kinds:
            continue
        said = reply[anchor.start : anchor.stop].strip()
        if anchor.kind == "boxed":
            said = said.removeprefix("{").removesuffix("}")
        if not anchor.direct and (said := said.strip(" \t\n*`").removesuffix(".")):
            return said
    return None


def _field_value(reply: str, field: Anchor) -> str | None:
    """The value of a JSON field: text as it stands, other values as Python shows them.

    The object need not be valid JSON, but then lists, and text with escapes, cannot be trusted to mean what they say.
    """
    try:
        value, _ = _DECODER.raw_decode(reply, field.start)
    except (ValueError, RecursionError):
        value = reply[field.start : field.stop].strip().rstrip(",").strip("\"'")
    doubtful = isinstance(value, (list, dict)) or "\\" in reply[field.start : field.stop]
    if doubtful and not _in_valid_json(reply, field):
        return None
    return None if value is None else str(value)


def _in_valid_json(reply: str, field: Anchor) -> bool:
    start = reply.find("{")
    try:
        _, end = _DECODER.raw_decode(reply, start)
    except (ValueError, RecursionError):
        return False
    return 0 <= start < field.start < end


def _candidates(reply: str, said: str | None) -> list[str]:
    whole = reply.strip()
    found = [said, whole, whole.rpartition("\n")[2], _announced(reply)]
    if whole.startswith("```") and whole.endswith("```"):
        found.append(whole.partition("\n")[2].removesuffix("```"))
    return [candidate for candidate in found if candidate]


def _targets(target: Any) -> list[str]:
    listed = target if isinstance(target, (list, tuple)) else [] if target is None else [target]
    return [item if isinstance(item, str) else json.dumps(item) for item in listed]


def _same(said: str, target: str, ignore_case: bool, language: str | None) -> bool:
    said, target = _plain(said), _plain(target)
    if ignore_case:
        said, target = _folded(said, language), _folded(target, language)
    if said == target or said.strip("'\"") == target.strip("'\""):
        return True
    # A target written as a string literal means the string: 'a\nb' has a line break.
    return "\\" in target and target[:1] in ("'", '"') and said.strip("'\"") == _literal(target)


def _same_loosely(said: str, target: str, language: str | None) -> bool:
    loose = _loose(target, language)
    if (loose and loose == _loose(said, language)) or _same(said.strip(), target.strip(), True, language):
        return True
    if not _LITERAL.match(target) or len(said) > _LONGEST_LITERAL:
        return False
    wanted, given = _literal(target), _literal(said)
    if wanted is _NO_LITERAL:
        return False
    return repr(given) == repr(wanted) or (isinstance(wanted, str) and said.strip("'\"") == wanted)


def _plain(text: str) -> str:
    """NFC, without characters that nobody sees."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def _folded(text: str, language: str | None) -> str:
    if language in ("tr", "az"):
        text = text.replace("İ", "i").replace("I", "ı")
    return text.casefold()


def _loose(text: str, language: str | None) -> str:
    folded = _folded(unicodedata.normalize("NFKC", _plain(text)).translate(_SAME), language)
    return " ".join(folded.split()).strip(_OUTER)


_NO_LITERAL = object()


def _literal(text: str) -> Any:
    """The value of a Python or JSON literal; _NO_LITERAL when the text is none."""
    with warnings.catch_warnings(), suppress(ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        warnings.simplefilter("ignore")  # "invalid escape sequence": the answer's business, not ours
        return ast.literal_eval(text)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return _NO_LITERAL
