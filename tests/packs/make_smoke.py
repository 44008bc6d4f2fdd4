"""Writes tasks/smoke.json: twenty tiny questions of four kinds. Run: python tests/packs/make_smoke.py"""

from __future__ import annotations

from typing import Any

from pack_files import write

SUMS = [("2 + 3", 5), ("7 - 4", 3), ("6 + 6", 12), ("10 - 1", 9), ("3 x 3", 9), ("20 + 5", 25)]
WORDS = [
    ("capital", "What is the capital of France? Answer with one word.", "Paris"),
    ("opposite", "What is the opposite of hot? Answer with one word.", "cold"),
    ("copy", "Repeat this word: lamp", "lamp"),
    ("grass", "What color is fresh grass? Answer with one word.", "green"),
    ("after-monday", "Which day comes after Monday? Answer with one word.", "Tuesday"),
    ("cat-sound", 'Which animal says "meow"? Answer with one word.', "cat"),
]
CHOICES = [
    ("fruit", "Which of these is a fruit?", ["Hammer", "Apple", "Chair"], "B"),
    ("fly", "Which of these can fly?", ["Bird", "Stone", "Table"], "A"),
    ("number", "Which of these is a number?", ["Blue", "Dog", "Seven"], "C"),
    ("drink", "Which of these can you drink?", ["Water", "Iron", "Wood"], "A"),
]
RECORDS = [
    ("cat", "Tom is a cat.", {"name": "Tom", "animal": "cat"}),
    ("dog", "Rex is a dog.", {"name": "Rex", "animal": "dog"}),
    ("horse", "Bella is a horse.", {"name": "Bella", "animal": "horse"}),
    ("cow", "Daisy is a cow.", {"name": "Daisy", "animal": "cow"}),
]
SCHEMA = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "animal": {"type": "string"}},
    "required": ["name", "animal"],
    "additionalProperties": False,
}


def build() -> dict[str, Any]:
    samples: list[dict[str, Any]] = [
        {"id": f"sum-{n}", "input": f"What is {sum_}? Answer with the number.", "target": target, "tags": ["number"]}
        for n, (sum_, target) in enumerate(SUMS, 1)
    ]
    for name, text, word in WORDS:
        scorer = {"name": "regex", "options": {"full": False}}
        metadata = {"pattern": rf"(?i)\b{word}\b"}
        samples.append(
            {"id": name, "input": text, "target": word, "tags": ["word"], "scorer": scorer, "metadata": metadata}
        )
    for name, text, choices, letter in CHOICES:
        lines = "\n".join(f"{mark}. {choice}" for mark, choice in zip("ABC", choices, strict=True))
        question = f"{text}\n{lines}\nAnswer with the letter."
        sample = {"id": name, "input": question, "target": letter, "choices": choices, "tags": ["choice"]}
        samples.append(sample | {"scorer": {"name": "choice"}})
    for name, text, record in RECORDS:
        question = f'Answer with JSON: {{"name": ..., "animal": ...}}\n{text}'
        sample = {"id": f"json-{name}", "input": question, "target": record, "tags": ["json"], "schema": SCHEMA}
        samples.append(sample | {"scorer": {"name": "json_schema"}})
    return {
        "name": "smoke",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "description": "Twenty tiny questions that show whether a model, its server and the scorers work together. "
        "Says nothing about quality. Chance level: about 0.07 (one in three for the four choices).",
        "prompt": [{"role": "user", "content": "{input}"}],
        "scorer": {"name": "numeric"},
        "measure": "lenient",
        "generation": {"max_tokens": 32, "temperature": 0},
        "outcomes": {"truncated": "wrong", "extraction_failed": "wrong", "refused": "wrong"},
        "chance": 0.07,
        "samples": samples,
    }


if __name__ == "__main__":
    write(build())
