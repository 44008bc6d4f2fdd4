r"""Which part of a text is its mathematical answer.

The last balanced `\boxed{}` (boxes joined only by commas, "and" and "or" belong together), unless the text announces
a formula after it ("The final answer is $7$"); else the last announcement (see `_anchors`); else a text that is
nothing but a formula; else the last formula between math delimiters, or the last number, of the last sentence with one.
An unfinished box is no answer.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass

from evalkit.scorers._anchors import LONGEST_TEXT, Anchor, brace_end, find_anchors, json_fields
from evalkit.scorers._lazy import compiled

_FEW_WORDS = 3  # a reply of so many words without a number is an answer in words, not a refusal
LONGEST = 4_000  # characters of one answer
_BOX = compiled(r"\\(?:boxed|fbox|framebox)\s*(?=[{\d\\a-zA-Z-])")
# What may stand between boxes that belong together: \boxed{1} \text{ and } \boxed{2}, or y_1=\boxed{1}, y_2=\boxed{2}
_JOINT = compiled(
    r"(?:[\s$.]|\\[()\[\],;! ]|\\q?quad|[A-Za-z]_?\{?\d*\}?\s*="
    r"|(?P<joint>,|;|\band\b|\bor\b|\\(?:text|mbox|mathrm)\s*\{\s*,?\s*(?:and|or),?\s*\}))*"
)
_DELIMITED = compiled(
    r"\$\$(?P<a>(?:[^$\\]|\\.)+?)\$\$|(?<!\\)\$(?P<b>(?:[^$\\]|\\.)+?)\$|\\\[(?P<c>.{1,2000}?)\\\]|\\\((?P<d>.{1,2000}?)\\\)",
    re.DOTALL,
)
_IS = compiled(r"\b(?:is|are|equals|be)\b|[=:]")
_AND = compiled(r"\s*(?:,|,?\s*and|,?\s*or)\s*")
_ENDS_IN_IS = compiled(r"(?:\b(?:is|are|equals|be|was)|[=:])\s*(?:\w+ly\s+)?[$€£]?\s*\Z")
_DELIMITERS = compiled(r"(?<!\\)\$\$?|\\[()\[\]]")
_TEXT = compiled(r"\\(?:text|mbox|mathrm|textbf|textnormal|operatorname|begin|end)\s*\{[^{}]*\}")
_COMMAND = compiled(r"\\[A-Za-z]+")
_PROSE = compiled(r"(?<![A-Za-z\\{])(?!and\b|or\b|sin|cos|tan|log|sqrt|pi\b|frac)[A-Za-z]{3,}(?![A-Za-z])")
_NUMBER = compiled(r"(?<![\w.])-?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s*/\s*\d+)?\s*(?:\\?%)?")
_LAST_IS = compiled(r".*(?:\bis\b|\bare\b|\bequals\b|=|:)\s*(?P<rest>[^=:]*?)$", re.DOTALL)
_SENTENCES = compiled(r"(?<=[^\s.])[.!?](?=\s)|[。！？\n]")
_OTHER_TURN = compiled(r"<\|(?:im_start|user|start_header_id)\|>")


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text taken as the answer. `marked`: the model marked it (box, announcement) or wrote nothing else."""

    answer: str
    marked: bool


def extract(text: str) -> Extracted | None:
    """The answer of a text without thoughts; None when it has none. Linear in the text's length."""
    text = _OTHER_TURN.split(text[-LONGEST_TEXT:], maxsplit=1)[0] or text[-LONGEST_TEXT:]
    if fields := [text[field.start : field.stop].strip("\"', \n") for field in json_fields(text)[:1]]:
        return _checked(fields[0].replace("\\\\", "\\"), marked=True)
    boxes, unfinished = _boxes(text)
    announced = _announced(text, after=boxes[-1][1] if boxes else 0)
    if announced:
        return _checked(announced, marked=True)
    if boxes:
        return _checked(_joined(text, boxes), marked=True)
    if unfinished:
        return None
    bare = text.strip().strip("*").strip()
    if "\n" not in bare and len(bare) <= 400 and not _prose(bare):
        return _checked(_undelimited(bare) if bare[:2] in ("\\[", "\\(") else bare, marked=True)
    return _last_formula(bare)


def _checked(answer: str, *, marked: bool) -> Extracted | None:
    answer = answer.strip()
    return Extracted(answer, marked) if answer and len(answer) <= LONGEST else None


def _boxes(text: str) -> tuple[list[tuple[int, int, str]], bool]:
    """(start, end, content) of the outermost finished boxes, and whether the last box never ends."""
    boxes: list[tuple[int, int, str]] = []
    position, unfinished = 0, False
    for box in _BOX.finditer(text):
        if box.start() < position:
            continue
        if not text.startswith("{", box.end()):
            token = re.compile(r"\\?[A-Za-z]+|-?[\d.,/]*\d|.").match(text, box.end())
            boxes.append((box.start(), token.end() if token else box.end(), token[0] if token else ""))
            position, unfinished = boxes[-1][1], False
            continue
        end = brace_end(text, box.end())
        if end < len(text) or (text.endswith("}") and _balanced(text[box.end() :])):
            boxes.append((box.start(), end, text[box.end() + 1 : end - 1]))
            position, unfinished = end, False
        else:
            return boxes, True  # all that follows is inside the unfinished one
    return boxes, unfinished


def _balanced(text: str) -> bool:
    depth = 0
    for char in re.findall(r"\\[{}\\]|[{}]", text):
        depth += (char == "{") - (char == "}")
    return depth == 0


def _joined(text: str, boxes: list[tuple[int, int, str]]) -> str:
    """The content of the last box, and of those before it that are joined to it."""
    contents = [boxes[-1][2]]
    for before, after in zip(reversed(boxes[:-1]), reversed(boxes[1:]), strict=True):
        between = text[before[1] : after[0]]
        joint = _JOINT.fullmatch(between) if len(between) <= 80 else None
        if joint is None or (between and joint["joint"] is None):
            break
        contents.insert(0, before[2])
    return ", ".join(contents)


def _announced(text: str, after: int) -> str | None:
    """What the last announcement behind position `after` announces; formulas only, when there is a box before."""
    for anchor in find_anchors(text):
        if anchor.where < after:
            return None
        if anchor.kind == "boxed":
            continue
        region = _region(text, anchor)
        if region and (said := _formula(region, whole=after == 0 or anchor.kind != "noun")):
            return said
    return None


def _region(text: str, anchor: Anchor) -> str:
    """The rest of the announcing sentence; a formula that began in it is read to its end."""
    stop = anchor.stop
    for found in _DELIMITED.finditer(text, anchor.start, min(len(text), anchor.start + LONGEST)):
        if found.start() >= stop:
            break
        stop = max(stop, found.end())
    region = text[anchor.start : stop].strip().strip("*").strip()
    if anchor.direct and not re.match(r"[$\d\\(\[{+-]", region):
        return ""
    return region


def _formula(region: str, *, whole: bool) -> str | None:
    """The formula that a sentence announces."""
    bare = _undelimited(region)
    if not _prose(bare):
        return bare
    formulas = list(_DELIMITED.finditer(region))
    if formulas and (whole or formulas[0].start() <= 2):
        # Several formulas joined by and/or are one answer; otherwise what "is" the last one.
        leading = re.match(r"[^A-Za-z]*(?:and|or)?[^A-Za-z]*$", region[formulas[0].end() : formulas[-1].start()])
        if len(formulas) > 1 and leading and formulas[0].start() <= 2:
            return _undelimited(region[: formulas[-1].end()])
        last = formulas[0] if formulas[0].start() <= 2 else formulas[-1]
        tail = region[last.end() :]
        number_after = _LAST_IS.match(tail[-300:])
        if last is formulas[-1] and number_after and (number := _NUMBER.search(number_after["rest"])):
            return number[0]
        return _content(last) + _percent(tail)
    number = _NUMBER.match(region.lstrip("$ ")) or (_last_number(region) if whole else None)
    if number:
        return number[0]
    return bare if whole and len(bare) <= 120 else None


def _prose(text: str) -> bool:
    """Whether a text has words outside of LaTeX's own."""
    return _PROSE.search(_COMMAND.sub(" ", _TEXT.sub(" ", text))) is not None


def _content(formula: re.Match[str]) -> str:
    return next(group for group in formula.groups() if group)


def _percent(tail: str) -> str:
    return "\\%" if re.match(r"\s*(?:\\?%|percent|pct)", tail) else ""


def _undelimited(region: str) -> str:
    bare = _DELIMITERS.sub(" ", region.replace("**", "")).strip()
    return re.sub(r"(?<=[^\s.])[.。]+$", "", bare)


def _last_number(region: str) -> re.Match[str] | None:
    after_is = _LAST_IS.match(region[-300:])
    found = list(_NUMBER.finditer(after_is["rest"] if after_is else region))
    if not found and after_is:
        found = list(_NUMBER.finditer(region))
    return found[0 if after_is and len(found) == 1 else -1] if found else None


def _last_formula(text: str) -> Extracted | None:
    """What the last sentence that has a formula or a number says: marked if it is all there is, or what "is"."""
    tail = text[-8_000:]
    formulas = deque(_DELIMITED.finditer(tail), maxlen=8)
    formula = formulas[-1] if formulas else None
    number = next(iter(deque(_NUMBER.finditer(tail), maxlen=1)), None)
    if formula and number and number.start() >= formula.end():
        between = tail[formula.end() : number.start()]
        if _IS.search(between) or _SENTENCES.search(between) or re.match(r"\s*[A-Z]", between):
            formula = None
        else:
            number = None
    found = formula or number
    if found is None:
        return _checked(text, marked=True) if len(text.split()) <= _FEW_WORDS and len(text) <= 80 else None
    start, said = found.start(), found[0]
    if formula:
        said = _content(formula) + _percent(tail[formula.end() :])
        for before, after in zip(reversed(list(formulas)[:-1]), reversed(formulas), strict=False):
            if not _AND.fullmatch(tail, before.end(), after.start()):
                break
            start, said = before.start(), f"{_content(before)}, {said}"
    sentence = _SENTENCES.split(tail[:start])[-1]
    alone = not (_NUMBER.search(sentence) or _DELIMITED.search(sentence)) and not _NUMBER.search(tail, found.end())
    return _checked(said, marked=alone or bool(_ENDS_IN_IS.search(sentence)))
