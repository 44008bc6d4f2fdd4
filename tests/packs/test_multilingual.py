"""The multilingual pack: every version of an item holds the same numbers, targets are computed from the text."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import make_multilingual
import pack_files
import pytest
from multilingual_items import REPLIES

from evalkit import packs, scorers

SAMPLES = pack_files.load("multilingual")["samples"]
OWN_LANGUAGE = [sample for sample in SAMPLES if "asked-in-english" not in sample["tags"]]
NUMBERS = [sample for sample in SAMPLES if "number" in sample["tags"]]
CHOICES = [sample for sample in SAMPLES if "choice" in sample["tags"]]
COMMA = {"de", "fr", "es", "pt", "it", "ru"}
SCRIPTS = {"ru": "CYRILLIC", "zh": "CJK", "ko": "HANGUL", "ar": "ARABIC", "hi": "DEVANAGARI", "bn": "BENGALI"}


def question(sample: dict[str, Any]) -> str:
    """What is asked, without the line that says how to answer."""
    return str(sample["input"]).rpartition("\n\n")[0]


def numbers(text: str, language: str) -> list[Decimal]:
    """The numbers of a text by the conventions of its language, in order."""
    plain = "".join(str(unicodedata.decimal(ch, ch)) for ch in text)
    plain = re.sub(r"(?<=\d)[٬\u00a0\u202f](?=\d)", "", plain).replace("٫", ".")
    tokens = re.findall(r"(?<!\d)-?\d+(?:[.,]\d+)*", plain)
    if language in COMMA:
        return [Decimal(token.replace(".", "").replace(",", ".")) for token in tokens]
    return [Decimal(token.replace(",", "")) for token in tokens]


def groups(text: str) -> list[int]:
    """Every run of digits, for dates and times."""
    return [int(run) for run in re.findall(r"\d+", text)]  # int() reads the digits of every script


def days(text: str) -> int:
    found = groups(text)
    (year_first,) = {found[0] > 31}
    first, last = found[:3], found[3:6]
    dates = [datetime.date(*d) if year_first else datetime.date(d[2], d[1], d[0]) for d in (first, last)]
    return (dates[1] - dates[0]).days + 1


def minutes(text: str) -> int:
    hour, minute, length = groups(text)
    return 24 * 60 - (hour * 60 + minute + length)


# from the numbers of the English version, in their order
SOLUTIONS: dict[str, Callable[..., Any]] = {
    "market": lambda a, p, b, q, c: c - sum([p] * int(a)) - sum([q] * int(b)),
    "bus": lambda a, b, c: (a - b + c) - (a - b + c) // 2,
    "mother-daughter": lambda a, b: next(d for d in range(100) if d + a + b == 3 * (d + b)),
    "water-tank": lambda a, b, c: a - sum([b] * int(c)),
    "city": lambda a, b, c: a + b - c,
    "discount": lambda a, b: Fraction(a) * (100 - int(b)) / 100,
    "workers": lambda a, b, c: next(d for d in range(100) if d * c == a * b),
    "recipe": lambda a, b, c: Fraction(b) / int(a) * int(c),
    "largest-number": lambda *values: max(values),
    "temperatures": lambda *values: sum(values) / len(values),
    "pool-notice": lambda a, b, c: 2 * a + 2 * b - c,
}
FROM_TEXT = {"rental-days": days, "film": minutes}

# the right options, written down apart from the pack's source
KEY = {
    "nearest-planet": "Mercury",
    "leaf-gas": "Carbon dioxide",
    "not-a-mammal": "Frog",
    "moonlight": "It reflects the light of the Sun",
    "blood-pump": "The heart",
    "south-america": "Peru",
    "heights": sorted({"Omar": 4, "Kim": 3, "Max": 2, "Lena": 1}.items(), key=lambda pair: -pair[1])[1][0],
    "syllogism": "No book on the table is blue",
    "library-notice": "At nine",
    "moved-meeting": "The place",
    "lost-umbrella": "Nina",
    "train-warning": "In one of the front three carriages",
    "not-yet": "She has not arrived yet",
    "no-longer": "He no longer lives here",
    "weekday": (datetime.date(2024, 8, 1) - datetime.timedelta(days=3)).strftime("%A"),  # the 1st was a Thursday
}


def english(sample: dict[str, Any]) -> dict[str, Any]:
    return next(other for other in SAMPLES if other["id"] == f"{sample['cluster']}-en")


@pytest.mark.parametrize("sample", NUMBERS, ids=lambda sample: sample["id"])
def test_number_is_what_the_text_gives(sample: dict[str, Any]) -> None:
    if sample["cluster"] in FROM_TEXT:
        found = FROM_TEXT[sample["cluster"]](question(sample))
    else:
        here, there = numbers(question(sample), sample["language"]), numbers(question(english(sample)), "en")
        assert Counter(here) == Counter(there), "this version does not hold the numbers of the English one"
        found = SOLUTIONS[sample["cluster"]](*there)
    assert Fraction(found) == Fraction(str(sample["target"]))


@pytest.mark.parametrize("sample", CHOICES, ids=lambda sample: sample["id"])
def test_choice_is_the_right_one(sample: dict[str, Any]) -> None:
    index = "ABCD".index(sample["target"])
    assert english(sample)["choices"][index] == KEY[sample["cluster"]]
    source = {name: texts for name, _, texts in make_multilingual.CHOICES}[sample["cluster"]][sample["language"]]
    assert sample["choices"][index] == source[1][0], "the right option is written first in the source"
    assert len(set(sample["choices"])) == 4
    for letter, choice in zip("ABCD", sample["choices"], strict=True):
        assert f"\n{letter}. {choice}\n" in sample["input"]


def test_items_are_parallel() -> None:
    clusters = Counter(sample["cluster"] for sample in SAMPLES)
    assert set(clusters.values()) == {len(make_multilingual.LANGUAGES)}
    assert set(clusters) == set(SOLUTIONS) | set(FROM_TEXT) | set(KEY) | set(REPLIES)
    per_letter = Counter(sample["target"] for sample in CHOICES if sample["language"] == "en")
    assert max(per_letter.values()) - min(per_letter.values()) <= 1


ANSWER = {
    "en": "Answer: {}", "de": "Antwort: {}", "fr": "Réponse : {}", "es": "Respuesta: {}", "pt": "Resposta: {}",
    "it": "Risposta: {}", "ru": "Ответ: {}", "zh": "答案：{}", "ja": "答え：{}", "ko": "답: {}", "ar": "الإجابة: {}",
    "hi": "उत्तर: {}", "bn": "উত্তর: {}", "sw": "Jibu: {}",
}  # fmt: skip


def test_answers_as_the_language_writes_them_are_right() -> None:
    """After the words that the prompt asks for, with native digits, decimal comma, lakhs and the like."""
    for sample in packs.load(pack_files.TASKS / "multilingual.json").samples:
        if sample.cluster in REPLIES:
            continue
        language = sample.language
        said = str(sample.target) if sample.choices else make_multilingual.number(str(sample.target), language)
        scorer = scorers.load("choice" if sample.choices else "numeric")
        for text in (ANSWER[language].format(said), f"**{ANSWER[language].format(said)}**"):
            assert scorer.score(sample, text).value == 1.0, (sample.id, text)


def test_free_answers_are_scored_by_their_language_and_subject() -> None:
    """Each reply is right for its own sample, and for no other language's; the reply to the other question is wrong."""
    combine = scorers.load("combine")
    for sample in packs.load(pack_files.TASKS / "multilingual.json").samples:
        if sample.cluster not in REPLIES:
            continue
        language = sample.language
        other = make_multilingual.LANGUAGES[make_multilingual.LANGUAGES.index(language) - 1]
        (subject,) = set(REPLIES) - {sample.cluster}
        for reply, value in (
            (REPLIES[sample.cluster][language], 1.0),
            (REPLIES[sample.cluster][other], 0.0),
            (REPLIES[subject][language], 0.0),
        ):
            assert combine.score(sample, reply, **sample.scorer.options).value == value, (sample.id, reply)


def test_texts_are_in_their_script() -> None:
    for sample in OWN_LANGUAGE:
        text = re.sub(r'["“「«][A-Za-z ]+["”」»]|\b[A-D]\.', "", sample["input"])
        letters = Counter(unicodedata.name(ch, "?").split()[0] for ch in text if ch.isalpha())
        if sample["language"] == "ja":
            assert letters["HIRAGANA"] and letters["LATIN"] + letters["HANGUL"] == 0, sample["id"]
        else:
            assert letters.most_common(1)[0][0] == SCRIPTS.get(sample["language"], "LATIN"), sample["id"]
            assert sum(letters.values()) - letters.most_common(1)[0][1] <= 4, sample["id"]  # kg, g


@pytest.mark.slow
def test_text_is_in_its_language() -> None:
    import py3langid

    py3langid.set_languages(make_multilingual.LANGUAGES)
    try:
        for sample in OWN_LANGUAGE:
            text = re.sub(r'["“「«][A-Za-z ]+["”」»]', "", sample["input"])
            assert py3langid.classify(text)[0] == sample["language"], sample["id"]
    finally:
        py3langid.set_languages(None)
