r"""Multiple choice: which option does the answer name, in any script?

Strict, in this order: the answer field of a JSON reply; the last announcement that names an option ("The answer is",
`\boxed{}`, "Antwort:", "故选", "정답은", ...; see `_anchors`), by letter or by the option's text; "B is correct"; an
answer that is or begins with a letter ("C", "C) Paris"), or whose last line is one; an answer that is an option's text.
Negated letters ("not A, but B") are passed over. Two letters ("A or B") are no answer. A lower-case letter counts only
where a letter is expected; letters are read by their place in the alphabet of the language (see `_letters`).
Lenient: the strict option, else the last capital letter that is not negated, else the one option whose text appears.

Target: the letter ("B"), the index (0 is A) or the text of the right option. Without `choices`, as many letters are
options as `metadata["letters"]` has ("ABCD"), else four, or as many as the target needs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from evalkit.records import Sample, Score
from evalkit.scorers._anchors import LONGEST_TEXT, Anchor, find_anchors, is_json_reply, json_fields
from evalkit.scorers._lazy import compiled
from evalkit.scorers._letters import LATIN, Letter, fold, letters
from evalkit.scorers._think import strip_thoughts


def _any(spaced: str) -> str:
    """Alternatives for a pattern, from phrases that stand apart by two spaces."""
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in spaced.split("  "))


_NOT = (
    "not  isn't  isnt  never  nor  neither  except  than  nicht  kein  non  pas  no  não  ne  не  нет  bukan  tidak"
    "  sio  si  değil  niet  nie  không phải  ليس  ليست  لا  לא"
)
_NEGATION_BEFORE = compiled(
    lambda: (
        rf"(?:(?<![^\W\d_])(?:{_any(_NOT)})(?: (?:be|es|è|é))?"
        r"(?: (?:la|le|the|a|option|choice|opción|die|der|das|hii))?"
        r"|不是|不选|不選|并非|非|ไม่ใช่|नहीं)[\s\"'(“]{0,3}\Z"
    ),
    re.IGNORECASE,
)
_IS_NOT = (
    "is wrong  is incorrect  is false  are wrong  ist nicht  ist falsch  n'est pas  est fausse  no es  não é  non è  не"
    "  неверн  不对  错  錯  不正  ではな  ではあり  じゃな  は誤  는 아  가 아  이 아  은 아"
    "  नहीं  নয়  కాదు  ไม่ใช่  ผิด  ليس  bukan  salah  si sahihi"
)
_NEGATION_AFTER = compiled(
    lambda: rf"[)\s\"”]{{0,3}}(?:(?:is not|isn't)(?! [(]?[A-Z]\b)|不是(?![\s(]*[A-Za-z])|{_any(_IS_NOT)})",
    re.IGNORECASE,
)
_AND_OR = (
    "or  and  oder  und  ou  et  y  o  e  или  и  أو  au  na  atau  dan  veya  ve  hoặc  và  या  और  বা  এবং  หรือ  และ"
)
_JOINED = compiled(
    lambda: (
        rf"[)\s.\"”]{{0,3}}(?:[,;/&+、，]|(?<![^\W\d_])(?:{_any(_AND_OR)})(?![^\W\d_])|أو|و|或者|或|和|및|또는|와|과|と|または)+"
        r"[\s(\"“]*(?:option |choice )?\Z"
    ),
    re.IGNORECASE,
)
# "A" and "I" are also words: before a lower-case word they are letters only if it is one of these.
_AFTER_LETTER = compiled(
    r"[ \t]+(?!(?:is|are|was|because|since|as|and|or|but|not|would|which|que|no|não|non|sino|mais|mas|ma|ist|est|es"
    r"|ni|weil|car|porque|perché|oder|und|ou|et|y|o|e|u|atau|dan|au|na|veya|bukan|nicht|sondern|pas|lub|of|en|och|eller"
    r"|hoặc|và)\b|[èé] )[a-zß-ÿ]"
)
_DIGIT = compiled(r"([1-9])(?![\d.,]\d|\d)(?=[)\]\s.,。）]|번|番|号|$)")
_IS = "is  would be  seems  must be  ist  est  es  é  è  ni  är  jest  adalah"
_RIGHT = (
    "correct  right  best  true  accurate  appropriate  richtig  bonne  correcta  correcto  correta  exacte  corretta"
    "  sahihi  benar  rätt  poprawna"
)
_REVERSE = compiled(
    lambda: (
        rf"[)\]\"”*]{{0,3}}\s*(?:(?:{_any(_IS)})\s+(?:(?:the|la|die|le|den)\s+)?(?:(?:most|only|best|réponse)\s+)?(?:{_any(_RIGHT)})"
        r"|верн|правильн|सही|সঠিক|సరైన|సరి|ถูก|صحيح|הנכונ|(?:是|为)?(?:正确|正確|对的)|(?:が|は)正(?:しい|解)"
        r"|(?:가|이|번이?) (?:정답|맞|옳))"
    ),
    re.IGNORECASE,
)
_BARE = compiled(r"[\s*_`\"'“”«»()（）\[\]{}<>$#.:。、,!-]*")
_OPENERS = " \t*_`\"'“«([{<$#"
_OPTION = (
    "option  choice  letter  buchstabe  opción  opcion  alternativa  letra  lettre  lettera  opzione  opção  вариант"
    "  буква  选项  選項  選択肢  विकल्प  বিকল্প  ఎంపిక  ข้อ  ตัวเลือก  보기  chaguo  herufi  pilihan  opsi  seçenek  şık"
    "  الخيار  الحرف  number  №"
)
_ARTICLE = "the|la|le|die|der|das|den|el|il|lo|a|o"
_QUOTES = r"[\s*_`\"'“«(\[{<$#]*"
_PREFIX = compiled(
    lambda: rf"{_QUOTES}(?:(?:(?:{_ARTICLE})\s)?(?:{_any(_OPTION)})[\s:]*|(?:la|le|die|el|il|the)\s+)?{_QUOTES}",
    re.IGNORECASE,
)


def score(sample: Sample, text: str, *, language: str | None = None) -> Score:
    """1.0 when the option that the answer names is the target, else 0.0. `language` overrides the sample's."""
    options = _Options(sample, language or sample.language)
    target = options.target
    folded = fold(strip_thoughts(text)[-LONGEST_TEXT:])
    strict = options.strict(folded)
    lenient = strict if strict is not None else options.lenient(folded)
    answer = None if strict is None else LATIN[strict]
    lenient_value = None if lenient is None or target is None else float(lenient == target)
    if strict is None:
        return Score(None, lenient_value, None, "the answer names no single option", "extraction_failed")
    if target is None:
        return Score(None, answer=answer, explanation="the target is not one of the options")
    value = float(strict == target)
    said = f"{answer} is right" if value else f"{answer}, but {LATIN[target]} is right"
    return Score(value, lenient_value, answer, said)


def check(sample: Sample, *, language: str | None = None) -> Iterator[tuple[str, str]]:
    """Samples whose target names no option, and more options than there are letters."""
    if len(sample.choices) > len(LATIN):
        yield "/choices", f"at most {len(LATIN)} choices can be lettered"
    elif len(sample.choices) == 1:
        yield "/choices", "one choice is no choice"
    elif len(set(sample.choices)) < len(sample.choices):
        yield "/choices", "two choices are the same"
    elif _Options(sample, language or sample.language).target is None:
        yield "/target", f"{sample.target!r} is not a letter, index or text of a choice"


class _Options:
    """The options of one sample, and the rules that find one of them in a text."""

    def __init__(self, sample: Sample, language: str | None) -> None:
        self.language = language
        self.texts = [_plain(choice) for choice in sample.choices]
        self.count = min(len(sample.choices) or _letter_count(sample), len(LATIN))
        # Options are called by number where that is the custom, or where no option's text could be meant.
        self.numbered = not any(text[:1].isdigit() for text in self.texts) and (
            bool(self.texts) or language in ("ko", "ja", "zh")
        )
        self.target = self._index(sample.target)

    def _index(self, target: Any) -> int | None:
        if isinstance(target, int) and not isinstance(target, bool):
            return target if 0 <= target < self.count else None
        if not isinstance(target, str):
            return None
        if _plain(target) in self.texts:
            return self.texts.index(_plain(target))
        bare = fold(target).strip(" ().")
        found = letters(bare, self.count, self.language, 0, len(bare))
        return found[0].option if len(found) == 1 and found[0].end - found[0].start == len(bare) else None

    def strict(self, text: str) -> int | None:
        fields = json_fields(text)
        for field in fields:
            if text[field.start : field.stop].strip("\"' \t\n,_"):
                return self._in_value(text, field.start, field.stop)
        for anchor in find_anchors(text, options=True):
            said = self._announced(text, anchor)
            if said != _NOTHING:
                return said if said >= 0 else None
        if not is_json_reply(text):
            return self._unannounced(text)
        return None

    def lenient(self, text: str) -> int | None:
        named = [letter for letter in self._letters(text, 0, len(text)) if not letter.lower]
        if named:
            return named[-1].option
        plain = _plain(text)
        mentioned = [index for index, choice in enumerate(self.texts) if choice and _contains(plain, choice)]
        return mentioned[0] if len(mentioned) == 1 else None

    def _letters(self, text: str, start: int, stop: int) -> list[Letter]:
        """The letters of a region that are neither negated nor the words A and I."""
        return [
            letter
            for letter in letters(text, self.count, self.language, start, stop)
            if not _NEGATION_BEFORE.search(text, max(0, letter.start - 24), letter.start)
            and not _NEGATION_AFTER.match(text, letter.end)
            and not (text[letter.start] in "AI" and _AFTER_LETTER.match(text, letter.end, stop))
        ]

    def _in_value(self, text: str, start: int, stop: int) -> int | None:
        """The option that a boxed or quoted value is: a letter, a letter and more, or the option's text."""
        value = text[start:stop].strip("{}\"' \t\n,$.")
        if (by_text := self._by_text(value)) is not None:
            return by_text
        prefix = _PREFIX.match(value)
        begin = prefix.end() if prefix else 0
        found = letters(value, self.count, self.language, begin, len(value))
        if not found or found[0].start != begin or _joined(value, found):
            return None
        rest = value[found[0].end :]
        return found[0].option if not rest or rest[0] in ').:,;]}。、 \n"' else None

    def _announced(self, text: str, anchor: Anchor) -> int:
        """The option that an anchor names, _AMBIGUOUS, or _NOTHING."""
        if anchor.kind in ("hash", "boxed", "json"):
            value = self._in_value(text, anchor.start, anchor.stop)
            return _NOTHING if value is None else value
        if anchor.kind == "short":
            return _NOTHING  # "A: ..." is how an option is written down
        if anchor.kind == "option" and (
            self._letters(text, anchor.where, anchor.start) or "\n" in text[anchor.where : anchor.start]
        ):
            return _NOTHING  # "option A is better", "each option:\nA. ..."
        prefix = _PREFIX.match(text, anchor.start, anchor.stop)
        begin = prefix.end() if prefix else anchor.start
        if not anchor.direct and (by_text := self._starts_with(text[begin : anchor.stop])) is not None:
            return by_text
        found = [
            letter
            for letter in self._letters(text, anchor.start, min(anchor.stop, begin + _NEAR))
            if not letter.lower or (letter.start == begin and _ENDS.match(text, letter.end))
        ]
        if anchor.direct and not self._begins(text, begin, anchor.stop):
            return _NOTHING
        if not found:
            digit = _DIGIT.match(text, begin, anchor.stop) if self.numbered else None
            return int(digit[1]) - 1 if digit and int(digit[1]) <= self.count else _NOTHING
        return _AMBIGUOUS if _joined(text, found) else found[0].option

    def _begins(self, text: str, begin: int, stop: int) -> bool:
        """Whether a letter stands at `begin`, or the negation of one."""
        first = next(iter(letters(text, self.count, self.language, begin, stop)), None)
        if first is None or first.start == begin:
            return True
        return bool(_NEGATION_BEFORE.fullmatch(text, begin, first.start))

    def _unannounced(self, text: str) -> int | None:
        """An answer without an announcement: "B is correct", a bare letter, a leading letter, an option's text."""
        found = self._letters(text, 0, len(text))
        right = {letter.option for letter in found if not letter.lower and _REVERSE.match(text, letter.end)}
        if right:
            return right.pop() if len(right) == 1 else None
        stripped = text.strip()
        for line in (stripped, stripped.rpartition("\n")[2]):
            bare = _BARE.sub("", line)
            alone = letters(bare, self.count, self.language, 0, len(bare))
            if len(alone) == 1 and alone[0].end - alone[0].start == len(bare):
                return alone[0].option
        start = len(text) - len(text.lstrip(_OPENERS + "\n"))
        if found and found[0].start == start and not found[0].lower and _LEADS.match(text, found[0].end):
            return None if _joined(text, found) else found[0].option
        return self._by_text(stripped)

    def _by_text(self, value: str) -> int | None:
        plain = _plain(value)
        return self.texts.index(plain) if plain and plain in self.texts else None

    def _starts_with(self, region: str) -> int | None:
        """The option whose text begins a region (the longest: "New York City"), or _AMBIGUOUS when two are joined."""
        plain = _plain(region)
        fitting = [
            (len(choice), index)
            for index, choice in enumerate(self.texts)
            if len(choice) > 1 and plain.startswith(choice) and not plain[len(choice) : len(choice) + 1].isalnum()
        ]
        if not fitting:
            return None
        length, index = max(fitting)
        rest = re.sub(
            r"\A[\s,/]*(?:(?:or|and|oder|und|ou|et|y|o|e|или|и|或|和|又は|または|또는)\s+)?", "", plain[length:]
        )
        joined = any(rest.startswith(choice) for choice in self.texts if choice and choice != self.texts[index])
        return _AMBIGUOUS if joined and plain[length:] else index


_NEAR = 60  # characters between an announcement and the letter it announces
_NOTHING, _AMBIGUOUS = -2, -1
_ENDS = compiled(r"[\s*_`\"'”»)\]}>$.,;:。]*(?:\n|$|[.,;)])")
_LEADS = compiled(r"[)\].:：。、,]|\s*\n|[*_]|(?=[ᄀ-ᇿ぀-ヿ一-鿿가-힣฀-๿])|\s+[-–—]")


def _joined(text: str, found: list[Letter]) -> bool:
    """Whether a second, different letter is joined to the first: "A or B"."""
    return (
        len(found) > 1
        and found[1].option != found[0].option
        and bool(_JOINED.match(text[found[0].end : found[1].start]))
    )


def _letter_count(sample: Sample) -> int:
    listed = sample.metadata.get("letters")
    if isinstance(listed, (str, list, tuple)) and len(listed) > 1:
        return len(listed)
    place = (
        LATIN.find(sample.target.strip()) if isinstance(sample.target, str) and len(sample.target.strip()) == 1 else -1
    )
    return max(4, place + 1)


def _plain(text: str) -> str:
    """A choice's text as compared: NFKC, case and outer punctuation aside."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split()).strip(" .。,;:!?\"'`*_()[]{}«»“”$")


def _contains(text: str, choice: str) -> bool:
    place = text.find(choice)
    return place >= 0 and not text[place + len(choice) : place + len(choice) + 1].isalnum()
