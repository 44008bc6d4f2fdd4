"""Writes tasks/multilingual.json: each item of multilingual_items.py in fourteen languages, one cluster an item.

Run: python tests/packs/make_multilingual.py
"""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from multilingual_items import ASK_LETTER, ASK_NUMBER, CHOICES, FREE, LANGUAGES, NUMBERS
from pack_files import write

# language: decimal mark, group mark, and the digits
NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
MARKS = {
    "en": (".", ","), "de": (",", "."), "fr": (",", NARROW), "es": (",", "."), "pt": (",", "."), "it": (",", "."),
    "ru": (",", WIDE), "zh": (".", ","), "ja": (".", ","), "ko": (".", ","), "ar": ("٫", "٬"), "hi": (".", ","),
    "bn": (".", ","), "sw": (".", ","),
}  # fmt: skip
DIGITS = {"ar": "٠١٢٣٤٥٦٧٨٩", "hi": "०१२३४५६७८९", "bn": "০১২৩৪৫৬৭৮৯"}


def number(value: str, language: str) -> str:
    """A number such as 1234.50 as the language writes it; Hindi and Bengali group by lakh."""
    decimal, group = MARKS[language]
    whole, _, rest = value.removeprefix("-").partition(".")
    step = 2 if language in ("hi", "bn") else 3
    head, groups = whole[:-3], [whole[-3:]]
    while head:
        head, part = head[:-step], head[-step:]
        groups.insert(0, part)
    text = ("-" if value.startswith("-") else "") + group.join(groups) + (decimal + rest if rest else "")
    return native(text, language)


def native(text: str, language: str) -> str:
    return text.translate(str.maketrans("0123456789", DIGITS.get(language, "0123456789")))


def date(value: str, language: str) -> str:
    year, month, day = value.split("-")
    if language in ("zh", "ja"):
        return f"{year}年{int(month)}月{int(day)}日"
    if language == "ko":
        return f"{year}년 {int(month)}월 {int(day)}일"
    return native(("." if language in ("de", "ru") else "/").join((day, month, year)), language)


def time(value: str, language: str) -> str:
    hour, minute = value.split(":")
    forms = {
        "fr": f"{hour} h {minute}",
        "pt": f"{hour}h{minute}",
        "ja": f"{hour}時{minute}分",
        "ko": f"{hour}시 {minute}분",
    }
    return native(forms.get(language, value), language)


def shown(value: str, language: str) -> str:
    if ":" in value:
        return time(value, language)
    return date(value, language) if value.count("-") == 2 else number(value, language)


def build() -> dict[str, Any]:
    samples: list[dict[str, Any]] = []
    for name, tags, values, target, texts in NUMBERS:
        for language in LANGUAGES:
            text = texts[language].format(**{key: shown(value, language) for key, value in values.items()})
            samples.append(
                {
                    "id": f"{name}-{language}",
                    "input": f"{text}\n\n{ASK_NUMBER[language]}",
                    "target": int(target) if Decimal(str(target)) % 1 == 0 else target,
                    "cluster": name,
                    "language": language,
                    "tags": ["number", *tags.split()],
                }
            )
    random = Random("multilingual")
    letters: list[str] = []
    for name, tags, options in CHOICES:
        letters = letters or random.sample("ABCD", 4)
        place = "ABCD".index(letters.pop())  # the same in all languages, so that letters cannot explain a gap
        rest = random.sample(range(1, 4), 3)
        order = [*rest[:place], 0, *rest[place:]]
        for language in LANGUAGES:
            question, given = options[language]
            choices = [given[index] for index in order]
            lines = "\n".join(f"{letter}. {choice}" for letter, choice in zip("ABCD", choices, strict=True))
            samples.append(
                {
                    "id": f"{name}-{language}",
                    "input": f"{question}\n{lines}\n\n{ASK_LETTER[language]}",
                    "target": "ABCD"[place],
                    "choices": choices,
                    "cluster": name,
                    "language": language,
                    "tags": ["choice", *tags.split()],
                    "scorer": {"name": "choice"},
                }
            )
    for name, tags, texts, keys in FREE:
        for language in LANGUAGES:
            about = {"scorer": "regex", "options": {"pattern": f"(?i){keys[language]}", "full": False}}
            parts = [{"scorer": "language", "undetermined": "wrong"}, about]
            samples.append(
                {
                    "id": f"{name}-{language}",
                    "input": texts[language],
                    "cluster": name,
                    "language": language,
                    "tags": ["free-answer", *tags.split()],
                    "scorer": {"name": "combine", "options": {"parts": parts, "rule": "all"}},
                }
            )
    return {
        "name": "multilingual",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "description": "The same questions in fourteen languages: reasoning with numbers in local digits and marks, "
        "reading, facts, logic, small translations, and whether free answers come in the language asked for. "
        "Parallel items share a cluster; compare languages by slice. "
        "Not reviewed by native speakers of every language. Chance level: 0.25 for choices, near 0 otherwise.",
        "prompt": [{"role": "user", "content": "{input}"}],
        "scorer": {"name": "numeric"},
        "generation": {"max_tokens": 1024, "temperature": 0},
        "outcomes": {"extraction_failed": "wrong", "refused": "wrong"},
        "chance": 0.13,
        "samples": samples,
    }


if __name__ == "__main__":
    write(build())
