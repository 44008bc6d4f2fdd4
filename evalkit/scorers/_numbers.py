r"""Reading numbers in text as exact fractions, by the conventions of a language.

A dot or a comma alone is read by the language: decimal comma in COMMA_DECIMAL, and in DOT_GROUP a dot before exactly
three digits groups thousands. Elsewhere a comma always groups, even an ill-placed one ("12,5" in English is 125, as
lm-eval and simple-evals read it). With both, the last one is the decimal mark. Spaces and apostrophes group three
digits. Native digits, full-width forms, U+2212, vulgar fractions, LaTeX spellings, exponents, magnitude words
(million, 万, लाख, หมื่น, ...) and Chinese numerals are understood; number words of other languages are not.
Times, dates, ranges and version numbers are not numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from evalkit.scorers._lazy import compiled

COMMA_DECIMAL = frozenset(
    [
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "ru",
        "uk",
        "be",
        "bg",
        "nl",
        "pl",
        "cs",
        "sk",
        "sl",
        "hr",
        "sr",
        "bs",
        "mk",
        "ro",
        "hu",
        "tr",
        "az",
        "id",
        "vi",
        "sv",
        "da",
        "nb",
        "no",
        "fi",
        "is",
        "et",
        "lv",
        "lt",
        "el",
        "ca",
        "gl",
        "eu",
        "ka",
        "hy",
        "kk",
        "uz",
    ]
)
DOT_GROUP = frozenset(
    [
        "de",
        "es",
        "pt",
        "it",
        "nl",
        "id",
        "tr",
        "da",
        "vi",
        "el",
        "hr",
        "sr",
        "bs",
        "sl",
        "mk",
        "ro",
        "ca",
        "gl",
        "is",
        "nb",
        "no",
    ]
)
LONGEST = 400  # digits; longer runs are not answers, and would cost quadratic time

_SPACES = "\u00a0\u2007\u2009\u202f\u2002\u2003\u2005\u3000"
_DROPPED = "\u200b\u200c\u200d\u200e\u200f\u061c\u2060\ufeff\u00ad" + "".join(map(chr, range(0x202A, 0x202F)))
_DROPPED += "".join(map(chr, range(0x2066, 0x206A)))
_FOLDS = {
    **dict.fromkeys("−﹣－‐‑⁻", "-"), "٫": "\ue000", "٬": "\ue001", "⁄": "/", "’": "'", "٪": "%",
}  # fmt: skip


class _Folding(dict[int, str | None]):
    """A translation table that works out one character when it first meets it."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        digit = unicodedata.decimal(char, None)
        folded: str | None = char
        if digit is not None:
            folded = str(digit)
        elif char in _DROPPED:
            folded = None
        elif char in _SPACES:
            folded = " "
        elif char in _FOLDS:
            folded = _FOLDS[char]
        elif 0xFF01 <= code <= 0xFF5E:
            folded = chr(code - 0xFEE0)
        self[code] = folded
        return folded


_FOLDING = _Folding()
_LATEX = compiled(
    r"\{,\}|\\[,;:! ](?=\d)|\\(?:left|right|displaystyle|quad|qquad)(?![a-zA-Z])|\\[$%#]|\*\*|__|\\times|\\cdot"
    r"|\\[dt]?frac\s*(?:\{\s*(-?\d+)\s*\}\s*\{\s*(\d+)\s*\}|(\d)\s*(\d))|\\text(?:bf|rm|it)?\s*\{([^{}]*)\}"
    r"|\\math(?:bf|rm)\s*\{([^{}]*)\}|<<[^<>\n]{0,80}>>|\\\(|\\\)|\\\[|\\\]"
)
_PLAIN = {"{,}": ",", "\\$": "$", "\\%": "%", "\\#": "#", "\\times": "×", "\\cdot": "×"}


def fold(text: str) -> str:
    """Native digits, signs, spaces, LaTeX number spellings and calculator notes reduced to one plain form."""
    if not text.isascii():
        text = text.translate(_FOLDING)
    if "\\" in text or "**" in text or "{,}" in text or "<<" in text or "__" in text:
        text = _LATEX.sub(_plain, text)
    return text


def _plain(match: re.Match[str]) -> str:
    above, below = match[1] or match[3], match[2] or match[4]
    if above:
        return f" {above}/{below} "
    inner = match[5] if match[5] is not None else match[6]
    return inner if inner is not None else _PLAIN.get(match[0], "")


# Magnitude words by power of ten. Latin words count in the languages named; all others name themselves by script.
_MAGNITUDE_WORDS: dict[str, dict[int, str]] = {
    "": {
        2: "百 백 सौ শত ร้อย వంద", 3: "千 천 हज़ार हजार হাজার వేలు వెయ్యి พัน ألف آلاف الف هزار", 4: "万 萬 만 หมื่น",
        5: "लाख লাখ লক্ষ లక్షలు లక్ష แสน 십만 十万", 6: "ล้าน مليون ملايين 백만 百万 मिलियन মিলিয়ন",
        7: "करोड़ करोड़ কোটি కోటి కోట్లు 千万 천만", 8: "亿 億 억", 9: "مليار مليارات अरब 십억 十亿", 10: "백억 百亿",
        11: "천억 千亿", 12: "兆 조 تريليون",
    },
    "en": {2: "hundred", 3: "thousand", 5: "lakh lakhs lac", 6: "million millions", 7: "crore crores",
           9: "billion billions bn", 12: "trillion trillions"},
    "de": {3: "tausend", 6: "mio million millionen", 9: "mrd milliarde milliarden", 12: "billion billionen"},
    "fr": {3: "mille", 6: "million millions", 9: "milliard milliards"},
    "es": {3: "mil", 6: "millón millon millones"},
    "pt": {3: "mil", 6: "milhão milhões", 9: "bilhão bilhões", 12: "trilhão trilhões"},
    "it": {3: "mila", 6: "milione milioni", 9: "miliardo miliardi"},
    "ru": {3: "тыс тысяча тысячи тысяч", 6: "млн миллион миллиона миллионов", 9: "млрд миллиард миллиарда миллиардов"},
    "sw": {3: "elfu", 6: "milioni", 9: "bilioni"},
    "id": {3: "ribu", 6: "juta", 9: "miliar", 12: "triliun"},
    "tr": {3: "bin", 6: "milyon", 9: "milyar"},
    "vi": {3: "nghìn ngàn", 6: "triệu", 9: "tỷ"},
    "nl": {3: "duizend", 6: "miljoen", 9: "miljard"},
}  # fmt: skip


@lru_cache(maxsize=64)
def _magnitudes(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """The pattern of magnitude words that count in `language`, and the factor of each."""
    own = _MAGNITUDE_WORDS.get(language, {})
    powers: dict[str, int] = {}
    for words in (_MAGNITUDE_WORDS[""], _MAGNITUDE_WORDS["en"], own):
        powers.update((word, 10**power) for power, listed in words.items() for word in listed.split())
    longest_first = "|".join(re.escape(word) for word in sorted(powers, key=len, reverse=True))
    pattern = rf" ?(?P<word>{longest_first})(?![A-Za-zÀ-ÿЀ-ӿ])|(?P<k>[kK])(?![^\W\d_])"
    return re.compile(pattern, re.IGNORECASE), powers


_CURRENCY = (
    r"(?:[A-Za-z]{0,3}[$€£¥₩₹৳฿₽₺₫₦₱￥]|(?<![A-Za-z])(?:Rs|Ksh|KSh|TSh|Tsh|USh|Rp|kr)\.?|(?<![A-Z])[A-Z]{3}(?= ?\d))"
)
_VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒"
_BODY = compiled(
    rf"[0-9{_VULGAR}](?:(?<=[0-9])[0-9]*"
    r"(?:(?:(?<![0-9]{4})[ '][0-9]{3}(?![0-9]))+(?:[.,][0-9]+)?|(?:[.,\ue000\ue001][0-9]+)+)?)?"
)
_BEFORE = compiled(
    rf"(?:(?P<sign>(?<![\w)\]}}%] )(?<![\w)\]}}%])[-+]|[负負]|マイナス|마이너스|(?<![^\W\d_])(?:minus|negative)) ?)?"
    rf"(?:{_CURRENCY} ?(?P<inner>-)?)?(?P<point>(?<![0-9])\.)?\Z",
    re.IGNORECASE,
)
_AFTER = compiled(
    rf"(?P<exp>[eE][+-]?[0-9]{{1,4}}(?![\w]))"
    rf"|\ ?[x×*]\ ?10(?:\^\{{?(?P<up>-?[0-9]{{1,4}})\}}?|(?P<super>-?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
    rf"|(?:\ (?P<mixed>[0-9]{{1,4}}))?\ ?/\ ?(?P<below>[0-9]{{1,12}})(?![0-9/.,]*[0-9])"
    rf"|\ ?(?P<vulgar>[{_VULGAR}])"
)
_ORDINAL = compiled(r"(?:st|nd|rd|th)(?![A-Za-z])")
_FULL_HOUR = compiled(r"[0-9]{1,2}:00(?![0-9:])(?: ?[ap]\.?m\b)?", re.IGNORECASE)
# Ranges, times, dates, ratios, version numbers: 3-5, 10:30, 1/2/2024, 1.2.3
_JOINED_BEFORE = compiled(r"[0-9](?:[:/.,-]| ?[~〜–—] ?)\Z")
_JOINED_AFTER = compiled(rf"(?:[:/.,-]| ?[~〜–—] ?){_CURRENCY}?[0-9]")

_MACHINE = compiled(r"-?[0-9]{1,400}(?:\.[0-9]{1,400})?")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_STACKED = frozenset("万萬亿億兆千百만억조천백")
_SWAHILI_POWERS = {"elfu": 3, "laki": 5, "milioni": 6, "bilioni": 9}  # "elfu 5" is 5,000
_SWAHILI_BEFORE = compiled(r"\b(elfu|laki|milioni|bilioni) \Z", re.IGNORECASE)
_CJK_DIGITS = dict(zip("零〇一二三四五六七八九两兩", [0, 0, *range(1, 10), 2, 2], strict=True))
_CJK_UNITS = {"十": 10, "百": 100, "千": 1000}
_CJK_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_CJK = "".join([*_CJK_DIGITS, *_CJK_UNITS, *_CJK_BIG])
_CJK_NUMBER = compiled(rf"(?P<sign>[负負])?(?:百分之)?(?P<body>[{_CJK}]+)(?![共些样樣起般定直旦边邊])")


class Number(NamedTuple):
    """A number in a folded text; `value` None: it looks like one, but is a time, a range, a date, ..."""

    value: Fraction | None
    start: int
    end: int


def numbers(
    text: str, language: str | None = None, start: int = 0, stop: int | None = None, *, ordinals: bool = False
) -> Iterator[Number]:
    """The numbers of text[start:stop], which has been through `fold`, first one first; "3rd" counts if asked."""
    limit = len(text) if stop is None else stop
    position = start
    while body := _BODY.search(text, position, limit):
        number = _read(text, body, language or "en", start, limit, ordinals)
        position = body.end()
        if number:
            yield number
            position = max(position, number.end)


def last_number(text: str, language: str | None = None) -> Number | None:
    """The last number of a folded text that is one."""
    stop = len(text)
    while stop > 0:
        start = text.rfind("\n", 0, stop) + 1
        found = [number for number in numbers(text, language, start, stop) if number.value is not None]
        if found:
            return found[-1]
        stop = start - 1
    return None


def chinese_number(text: str, start: int, stop: int) -> Number | None:
    """The first number of text[start:stop] that is written in Chinese numerals."""
    for found in _CJK_NUMBER.finditer(text, start, stop):
        value = _of_chinese(found["body"])
        if value is not None:
            return Number(Fraction(-value if found["sign"] else value), found.start(), found.end())
    return None


@lru_cache(maxsize=4096)
def parse(text: str, language: str | None = None) -> Fraction | None:
    """The one number that this text is, sign, currency and unit aside; None when there is none or more than one.

    Machine notation ("1234.5") is read as such in every language, because that is how targets are written.
    """
    text = text.strip()
    if _MACHINE.fullmatch(text):
        return Fraction(text)
    folded = fold(text)
    found = list(numbers(folded, language))
    return found[0].value if len(found) == 1 else None


def _read(text: str, body: re.Match[str], language: str, start: int, limit: int, ordinals: bool) -> Number | None:
    """The number around one run of digits; None when the digits belong to a name ("H2O") or an ordinal ("3rd")."""
    before = _BEFORE.search(text, max(start, body.start() - 16), body.start())
    assert before is not None  # it matches the empty string
    first, end = before.start(), body.end()
    if text[first - 1 : first].isascii() and (text[first - 1 : first].isalpha() or text[first - 1 : first] == "_"):
        return None
    if not ordinals and _ORDINAL.match(text, end):
        return None
    if o_clock := _FULL_HOUR.match(text, body.start(), limit):
        return Number(Fraction(int(body[0])), first, o_clock.end())
    if _JOINED_BEFORE.search(text, max(start, first - 3), first):
        return Number(None, first, end)
    value = _of_body(f"{'.' if before['point'] else ''}{body[0]}", language)
    suffix = _AFTER.match(text, end, limit)
    if suffix and value is not None:
        value, end = _with_suffix(value, suffix), suffix.end()
    if _JOINED_AFTER.match(text, end):
        return Number(None, first, end)
    value, end = _with_magnitude(value, text, end, language, limit)
    if language == "sw" and value is not None and (word := _SWAHILI_BEFORE.search(text, max(start, first - 9), first)):
        value, first = value * 10 ** _SWAHILI_POWERS[word[1].lower()], word.start()
    negative = before["sign"] not in (None, "", "+") or bool(before["inner"])
    return Number(-value if value is not None and negative else value, first, end)


def _of_body(body: str, language: str) -> Fraction | None:
    """One run of digits with its separators, by the language's convention."""
    body = body.replace(" ", "").replace("'", "").replace("\ue001", "")
    if len(body) > LONGEST:
        return None
    if body.isdecimal():
        return Fraction(int(body))
    if not body.isascii() and body in _VULGAR:
        return _vulgar(body)
    if "\ue000" in body:
        whole, _, part = body.rpartition("\ue000")
        return _decimal(whole.replace(",", ""), part)
    mark = "," if body.rfind(",") > body.rfind(".") else "."
    other = "." if mark == "," else ","
    groups = body.split(mark)
    if other in body:
        whole_groups = groups[0].split(other)
        fits = len(groups) == 2 and all(len(group) in (2, 3) for group in whole_groups[1:])
        return _decimal("".join(whole_groups), groups[1]) if fits else None
    if len(groups) > 2:
        grouped = len(groups[-1]) == 3 and all(len(group) in (2, 3) for group in groups[1:])
        return Fraction(int("".join(groups))) if grouped and len(groups[0]) <= 3 else None
    return _one_mark(groups[0], mark, groups[1], language)


def _one_mark(whole: str, mark: str, part: str, language: str) -> Fraction | None:
    """`whole` and `part` around the only mark: does it group thousands, or begin decimals?"""
    could_group = whole.lstrip("0") != ""
    if mark == ",":
        groups = language not in COMMA_DECIMAL and could_group
    else:
        groups = language in DOT_GROUP and could_group and len(part) == 3 and len(whole) <= 3
    return Fraction(int(whole + part)) if groups else _decimal(whole, part)


def _decimal(whole: str, part: str) -> Fraction | None:
    digits = whole + part
    return Fraction(int(digits), 10 ** len(part)) if digits.isdecimal() else None


def _vulgar(char: str) -> Fraction:
    return Fraction(unicodedata.numeric(char)).limit_denominator(10)


def _with_suffix(value: Fraction, suffix: re.Match[str]) -> Fraction | None:
    """`value` with what follows it: an exponent, a denominator, a fraction of one."""
    if suffix["vulgar"]:
        return value + _vulgar(suffix["vulgar"])
    if suffix["below"]:
        below = int(suffix["below"])
        if below == 0:
            return None
        if suffix["mixed"]:
            return value + Fraction(int(suffix["mixed"]), below)
        return value / below
    power = suffix["up"] or (suffix["super"] or "").translate(_SUPERSCRIPTS) or (suffix["exp"] or "")[1:]
    try:
        exponent = int(power)
    except ValueError:
        return None
    return value * Fraction(10) ** exponent if abs(exponent) <= LONGEST else None


def _with_magnitude(
    value: Fraction | None, text: str, end: int, language: str, limit: int
) -> tuple[Fraction | None, int]:
    """`value` times the magnitude word behind it, and further parts as in 3万5千."""
    words, factors = _magnitudes(language)
    total, unit = Fraction(0), None
    while value is not None:
        word = words.match(text, end, limit)
        if not word:
            return total + value, end
        factor = 1000 if word["k"] else factors[word["word"].lower()]
        if unit is not None and factor >= unit:
            return None, end
        total, unit, end = total + value * factor, factor, word.end()
        more = (
            _BODY.match(text, end + (text[end : end + 1] == " ")) if word["word"] and word["word"] in _STACKED else None
        )
        if not more:
            return total, end
        value, end = _of_body(more[0], language), more.end()
    return None, end


def _of_chinese(body: str) -> int | None:
    """Chinese numerals: 十八, 三万五千, 二〇二四."""
    if all(char in _CJK_DIGITS for char in body):
        return int("".join(str(_CJK_DIGITS[char]) for char in body)) if len(body) <= LONGEST else None
    total = section = digit = 0
    seen_digit = False
    for char in body:
        if char in _CJK_DIGITS:
            digit, seen_digit = _CJK_DIGITS[char], True
        elif char in _CJK_UNITS:
            section += (digit if seen_digit else 1) * _CJK_UNITS[char]
            digit, seen_digit = 0, False
        else:
            total = (
                (total + section + digit or 1) * _CJK_BIG[char]
                if total < _CJK_BIG[char]
                else (total + (section + digit) * _CJK_BIG[char])
            )
            section, digit, seen_digit = 0, 0, False
    return total + section + digit
