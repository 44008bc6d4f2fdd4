"""The smoke pack: twenty samples, short enough for a tiny model on a slow machine, with targets that hold."""

from __future__ import annotations

import json
import re

import pack_files

PACK = pack_files.load("smoke")
SAMPLES = PACK["samples"]


def test_twenty_samples_take_less_than_a_minute() -> None:
    """At 80 prompt and 50 answer tokens a second, and a token for two characters at the worst."""
    assert len(SAMPLES) == 20
    prompt = sum(len(sample["input"]) / 2 + 20 for sample in SAMPLES) / 80
    answer = len(SAMPLES) * PACK["generation"]["max_tokens"] / 50
    assert prompt + answer < 60


def test_targets() -> None:
    for sample in SAMPLES:
        text, target = sample["input"], sample["target"]
        if "number" in sample["tags"]:
            assert eval(re.search(r"What is (.*)\? Answer", text)[1].replace("x", "*")) == target
        elif "word" in sample["tags"]:
            assert re.search(sample["metadata"]["pattern"], f"It is {target.upper()}.")
            assert not re.search(sample["metadata"]["pattern"], "It is something else")
        elif "json" in sample["tags"]:
            name, animal = re.search(r"\n(\w+) is a (\w+)\.", text).groups()
            assert target == json.loads(json.dumps({"name": name, "animal": animal}))
        else:
            key = {"fruit": "Apple", "fly": "Bird", "number": "Seven", "drink": "Water"}
            assert sample["choices"]["ABC".index(target)] == key[sample["id"]]
