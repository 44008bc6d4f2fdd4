"""MGSM as tab-separated lines, one file a language (`mgsm_de.tsv`): question, number."""

from __future__ import annotations

import re
from typing import Any

from evalkit.importers._packs import Draft, prompt
from evalkit.importers._source import BadRow, Source
from evalkit.names import did_you_mean

#: how to answer, in the language of the problem
ASKED = {
    "bn": "ধাপে ধাপে ভাবুন এবং শেষে “উত্তর: <সংখ্যা>” আকারে একটি লাইন লিখুন।",
    "de": "Denke Schritt für Schritt und schließe mit einer Zeile der Form „Antwort: <Zahl>“.",
    "en": 'Think step by step and end with a line of the form "Answer: <number>".',
    "es": "Piensa paso a paso y termina con una línea de la forma «Respuesta: <número>».",
    "fr": "Réfléchis étape par étape et termine par une ligne de la forme « Réponse : <nombre> ».",
    "ja": "順を追って考え、最後の行に「答え：<数>」の形で答えてください。",
    "ru": "Рассуждай по шагам и закончи строкой вида «Ответ: <число>».",
    "sw": 'Fikiri hatua kwa hatua na umalizie kwa mstari wa namna hii: "Jibu: <nambari>".',
    "te": "దశలవారీగా ఆలోచించి, చివరి పంక్తిని “సమాధానం: <సంఖ్య>” రూపంలో రాయండి.",
    "th": "คิดทีละขั้นตอน แล้วจบด้วยบรรทัดในรูปแบบ “คำตอบ: <จำนวน>”",
    "zh": "请一步一步思考，最后一行写成“答案：<数字>”。",
}
_LANGUAGE = re.compile(r"(?:.*[._-])?([a-z]{2})", re.IGNORECASE)


def pack(source: Source) -> Draft:
    """The problems of one language, asked in it; the same problem in several languages is one cluster."""
    named = _LANGUAGE.fullmatch(source.stem)
    language = named.group(1).lower() if named else ""
    if language not in ASKED:
        raise source.fail(
            f"the file's name must end with its language, as in mgsm_de.tsv{did_you_mean(language, ASKED)}"
        )
    return Draft(
        about="MGSM: 250 problems of GSM8K, translated by people (Shi et al. 2022); asked in each language, parallel "
        "items share a cluster. Chance level: near 0.",
        prompt=prompt("{input}\n\n{asked}"),
        scorer={"name": "numeric"},
        samples=source.taken(source.lines(), lambda line, number: _sample(line, number, language)),
        licence="CC-BY-SA-4.0",
        chance=0.0,
    )


def _sample(line: str, number: int, language: str) -> dict[str, Any]:
    cells = line.split("\t")  # the format knows no quotes
    if len(cells) != 2 or not all(cell.strip() for cell in cells):
        raise BadRow(f"expected a question, a tab and a number; found {len(cells)} columns")
    return {
        "id": f"{language}-{number}",
        "input": cells[0].strip(),
        "target": cells[1].strip().replace(",", ""),
        "cluster": f"mgsm-{number}",
        "language": language,
        "metadata": {"asked": ASKED[language]},
    }
