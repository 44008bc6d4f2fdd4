r"""Option letters of many scripts: which option a letter names, and where letters stand in a text.

A letter names an option by its place in its own alphabet: Cyrillic В is the third option although it looks like B.
Several series may be in use in a language (Bengali ক খ গ ঘ, and অ ব ড ঢ after the English names); all are read, and
where two disagree the first one listed wins. Circled and full-width forms are read in every language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from evalkit.scorers._lazy import compiled

LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SERIES: dict[str, tuple[str, ...]] = {
    "ar": ("أ ب ج د ه و ز ح", "ا ب ج د هـ"),
    "fa": ("الف ب ج د ه و", "ا ب پ ت"),
    "ur": ("الف ب ج د ہ", "ا ب پ ت", "اے بی سی ڈی ای"),
    "he": ("א ב ג ד ה ו ז ח",),
    "ru": ("А Б В Г Д Е Ж З И К",),
    "uk": ("А Б В Г Д Е Ж З",),
    "bg": ("А Б В Г Д Е Ж З",),
    "sr": ("А Б В Г Д Ђ Е Ж",),
    "mk": ("А Б В Г Д Ѓ Е Ж",),
    "be": ("А Б В Г Д Е Ж З",),
    "kk": ("А Б В Г Д Е", "А Ә Б В Г"),
    "el": ("Α Β Γ Δ Ε Ζ Η Θ",),
    "bn": ("ক খ গ ঘ ঙ চ ছ জ", "অ ব ড ঢ", "এ বি সি ডি ই"),
    "hi": ("क ख ग घ ङ च", "अ ब स द", "ए बी सी डी ई एफ"),
    "mr": ("क ख ग घ ङ च", "अ ब क ड", "ए बी सी डी ई"),
    "ne": ("क ख ग घ ङ च", "ए बी सी डी ई"),
    "te": ("ఎ బి సి డి ఇ", "క ఖ గ ఘ", "అ ఆ ఇ ఈ", "ఏ బీ సీ డీ"),
    "ta": ("அ ஆ இ ஈ உ ஊ", "ஏ பி சி டி"),
    "kn": ("ಎ ಬಿ ಸಿ ಡಿ ಇ", "ಅ ಆ ಇ ಈ"),
    "ml": ("എ ബി സി ഡി ഇ", "അ ആ ഇ ഈ"),
    "gu": ("અ બ ક ડ", "એ બી સી ડી", "ક ખ ગ ઘ"),
    "pa": ("ੳ ਅ ੲ ਸ ਹ", "ਏ ਬੀ ਸੀ ਡੀ", "ਕ ਖ ਗ ਘ"),
    "th": ("ก ข ค ง จ ฉ ช ซ", "เอ บี ซี ดี"),
    "lo": ("ກ ຂ ຄ ງ ຈ",),
    "km": ("ក ខ គ ឃ ង",),
    "my": ("က ခ ဂ ဃ င",),
    "ko": ("가 나 다 라 마 바 사", "ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ", "에이 비 씨 디"),
    "ja": ("ア イ ウ エ オ カ", "あ い う え お"),
    "zh": ("甲 乙 丙 丁 戊 己",),
    "am": ("ሀ ለ ሐ መ ሠ",),
    "ka": ("ა ბ გ დ ე ვ",),
    "hy": ("Ա Բ Գ Դ Ե Զ",),
}
_LOOK_ALIKES = {"С": 2}  # Cyrillic, in no Cyrillic series: a Latin C typed on a Cyrillic keyboard
_CIRCLED = {
    **{code: LATIN[code - 0x2460] for code in range(0x2460, 0x246A)},  # ①
    **{code: LATIN[code - 0x2776] for code in range(0x2776, 0x2780)},  # ❶
    **{code: LATIN[code - 0x2780] for code in range(0x2780, 0x278A)},  # ➀
    **{code: LATIN[code - 0x1F150] for code in range(0x1F150, 0x1F16A)},  # 🅐
    **{code: LATIN[code - 0x1F170] for code in range(0x1F170, 0x1F18A)},  # 🅰
    **{code: LATIN[code - 0x1F1E6] for code in range(0x1F1E6, 0x1F200)},  # 🇦
}
_LATEX = compiled(
    r"\\(?:text|math)(?:bf|rm|it|sf|tt)?\s*\{([^{}]*)\}|\\(?:left|right|Large|large|,|;|:|!| )(?![A-Za-z])|\\[()\[\]]"
)


class _Folding(dict[int, str | None]):
    """A translation table that works out one character when it first meets it."""

    def __missing__(self, code: int) -> str | None:
        plain = _CIRCLED.get(code) or unicodedata.normalize("NFKC", chr(code))
        folded: str | None = plain if plain.isascii() else chr(code)
        if unicodedata.category(chr(code)) == "Cf" and chr(code) not in "\u200c\u200d":
            folded = None  # bidi marks, BOM, zero-width space; the joiners belong to words
        self[code] = folded
        return folded


_FOLDING = _Folding()


class Letter(NamedTuple):
    """One option letter in a text: which option it names, from 0, and where it stands."""

    option: int
    start: int
    end: int
    lower: bool  # a lower-case Latin letter: only an answer where one is expected


def fold(text: str) -> str:
    """Full-width, circled and styled letters as plain ones; LaTeX wrappers and emphasis removed."""
    if not text.isascii():
        text = text.translate(_FOLDING)
    while "\\" in text and (unwrapped := _LATEX.sub(lambda found: found[1] or "", text)) != text:
        text = unwrapped
    return text.replace("**", "").replace("__", "")


def letters(text: str, count: int, language: str | None, start: int, stop: int) -> list[Letter]:
    """The option letters, out of the first `count`, that stand alone in text[start:stop]."""
    pattern, indices = _pattern(language or "en", count)
    found = []
    for match in pattern.finditer(text, start, stop):
        token = match[0]
        lower = len(token) == 1 and "a" <= token <= "z"
        found.append(Letter(indices[token.upper() if lower else token], match.start(), match.end(), lower))
    return found


@lru_cache(maxsize=256)
def _pattern(language: str, count: int) -> tuple[re.Pattern[str], dict[str, int]]:
    indices: dict[str, int] = {}
    for series in _SERIES.get(language, ()):
        for index, letter in enumerate(series.split()[:count]):
            indices.setdefault(letter, index)
    if language in ("ru", "uk", "bg", "be"):
        indices.update({letter: index for letter, index in _LOOK_ALIKES.items() if index < count})
    native = "|".join(re.escape(token) for token in sorted(indices, key=len, reverse=True))
    indices.update((letter, index) for index, letter in enumerate(LATIN[:count]))
    last = LATIN[count - 1]
    latin = rf"(?<![A-Za-z0-9\\_À-ɏ])(?<![A-Za-z]['’])[A-{last}a-{last.lower()}]"
    latin += r"(?![A-Za-z0-9_^À-ɏ]|['’][A-Za-z]|\([0-9a-z]+[,)]| ?=)"  # nor a word, nor f(x), nor x = 1
    # A mark (vowel sign, tone) behind a letter makes it part of a word; \w does not cover marks.
    edge = r"\w\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0b80-\u0b83\u0bbe-\u0bcd"
    edge += r"\u0c00-\u0c04\u0c3e-\u0c4d\u0c82\u0c83\u0cbe-\u0ccd\u0d3e-\u0d4d\u0a3c-\u0a51\u0abc-\u0acd"
    edge += r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b6-\u17d3\u064b-\u065f"
    if not native:
        return re.compile(latin), indices
    before = rf"(?<![{edge}])"
    after = rf"(?![{edge}])"
    if language in ("ko", "ja", "zh"):
        after = r"(?=[^가-힣ぁ-ヿ一-鿿]|$|です|である|が正|だ|번|입니다|이다|가 |正确|是正)"
    elif language in ("th", "lo", "km", "my"):
        before = r"(?<![A-Za-z])"
    return re.compile(rf"{latin}|{before}(?:{native}){after}"), indices
