"""language: the language asked for, by share of sentences, never forced on short text."""

import json
import time
from pathlib import Path

import pytest

from evalkit.errors import UsageError
from evalkit.records import Sample
from evalkit.scorers import _langid, language

CASES = Path(__file__).resolve().parents[1] / "../shared/cases/langid.jsonl"

SENTENCES = {
    "en": "We walked along the river until it was dark.",
    "de": "Am Abend haben wir zusammen gekocht und gelacht.",
    "fr": "Nous avons marché le long de la rivière jusqu'au soir.",
    "sw": "Tulitembea kando ya mto mpaka usiku ulipoingia.",
    "vi": "Chúng tôi đi dọc bờ sông cho đến khi trời tối.",
    "ru": "Мы гуляли вдоль реки до самой темноты.",
    "uk": "Ми гуляли вздовж річки, доки не стемніло зовсім.",
    "el": "Περπατήσαμε δίπλα στο ποτάμι μέχρι να νυχτώσει.",
    "ar": "مشينا على طول النهر حتى حل الظلام.",
    "fa": "ما تا تاریکی هوا در کنار رودخانه قدم زدیم.",
    "hi": "हम अंधेरा होने तक नदी के किनारे चलते रहे।",
    "bn": "অন্ধকার হওয়া পর্যন্ত আমরা নদীর ধারে হাঁটলাম।",
    "ta": "இருட்டும் வரை நாங்கள் ஆற்றின் ஓரமாக நடந்தோம்.",
    "th": "พวกเราเดินเลียบแม่น้ำจนกระทั่งมืดค่ำ",
    "ko": "우리는 어두워질 때까지 강을 따라 걸었다.",
    "ja": "私たちは暗くなるまで川沿いを歩いた。",
    "zh": "我们沿着河一直走到天黑。",
    "he": "הלכנו לאורך הנהר עד שהחשיך.",
}


def asked(code, text, **options):
    return language.score(Sample("s", language=code), text, **options)


def test_cases():
    if not CASES.is_file():
        pytest.skip("../shared/cases is not here")
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").split("\n") if line]
    right = [asked(row["expected"], row["text"]).value == 1.0 for row in rows]
    assert sum(right) / len(right) >= 0.98
    others = sorted({row["expected"] for row in rows})
    taken = [
        (row["id"], other)
        for row in rows
        for other in others
        if other != row["expected"] and asked(other, row["text"]).value == 1.0
    ]
    assert taken == []


@pytest.mark.parametrize("code", SENTENCES)
def test_each_language_is_itself_and_no_other(code):
    text = SENTENCES[code]
    assert asked(code, text).value == 1.0
    assert asked(code, text).answer == code
    assert [other for other in SENTENCES if other != code and asked(other, text).value == 1.0] == []


def test_share_of_sentences():
    mixed = " ".join([SENTENCES["de"]] * 3 + [SENTENCES["en"]])
    got = asked("de", mixed)
    assert (got.value, got.lenient_value) == (0.0, 1.0)
    assert got.details["share"] == 0.75
    assert got.details["languages"] == {"de": 3, "en": 1}
    assert got.explanation == "3 of 4 sentences in de"
    assert asked("de", mixed, share=0.7).value == 1.0
    assert asked("en", mixed).explanation == "1 of 4 sentences in en, most in de"


@pytest.mark.parametrize(
    "text", ["42", "OK!", "", "🙂 🙂", "$x^2$", "```python\nprint('hello world, friends')\n```", "...", "Hola"]
)
def test_short_text_is_undetermined(text):
    got = asked("es", text)
    assert (got.value, got.lenient_value, got.outcome) == (None, None, "extraction_failed")


@pytest.mark.parametrize(
    "text",
    [
        "<think>Let me think about this in English first.</think>" + SENTENCES["fr"],
        SENTENCES["fr"] + "\n```\nfor every_item in the_list: print(every_item)\n```",
        SENTENCES["fr"] + " Voir https://example.org/this/is/an/english/path/to/it",
        "Le mot anglais « the quick brown fox jumps » se traduit facilement dans notre langue.",
        SENTENCES["fr"] + r" La solution est \(\text{the value of } x\) et $\mathrm{speed} = 3$.",
    ],
)
def test_what_is_not_prose_does_not_count(text):
    assert asked("fr", text).value == 1.0


def test_names_of_things_do_not_change_the_language():
    assert asked("zh", "我使用 Python 和 JavaScript 编写程序。").value == 1.0
    assert asked("ja", "東京都庁").value is None
    assert asked("hi", "मैं हर दिन Python में प्रोग्राम लिखता हूँ।").value == 1.0


def test_which_language_is_asked_for():
    assert language.score(Sample("s", language="de"), SENTENCES["en"], language="en-GB").value == 1.0
    assert language.score(Sample("s", target="pt-BR"), "Quantos livros você leu durante este ano?").value == 1.0
    assert asked("zh_Hant", SENTENCES["zh"]).value == 1.0
    with pytest.raises(UsageError, match="needs a language"):
        language.score(Sample("s"), "text")


def test_close_relatives_are_told_only_where_asked():
    indonesian = "Kami berjalan menyusuri sungai sampai hari menjadi gelap gulita."
    assert asked("id", indonesian).value == 1.0
    assert asked("de", SENTENCES["fr"], among=["de", "en"]).value == 0.0


def test_check():
    assert list(language.check(Sample("s", language="en"))) == []
    assert [pointer for pointer, _ in language.check(Sample("s"))] == ["/language"]
    [(pointer, message)] = language.check(Sample("s", language="xx"))
    assert pointer == "/language"
    assert "cannot be told" in message
    found = [pointer for pointer, _ in language.check(Sample("s", language="en"), among=["qq"], share=0)]
    assert found == ["/scorer/options/among", "/scorer/options/share"]


def test_every_language_is_one_the_model_knows():
    assert set(_langid._identifier().labels) >= _langid.KNOWN


@pytest.mark.parametrize("piece", ["`", "$", "a", "“", '"', "<", "\\(", "a@", "。", "I am. ", "```", "\\["])
def test_hostile_text_is_bounded(piece):
    start = time.process_time()
    asked("en", piece * (400_000 // len(piece)))
    assert time.process_time() - start < 3
