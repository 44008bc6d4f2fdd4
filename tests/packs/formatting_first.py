"""The first fifty samples of the structured-formatting pack: one short sentence, one flat record.

They are short so that a tiny model on a slow machine answers all of them in a minute or two; the quickstart asks only
these.
"""

# ruff: noqa: E501
from __future__ import annotations

from random import Random
from typing import Any

PEOPLE = ["Anna", "Ben", "Clara", "David", "Emma", "Frank", "Grace", "Henry", "Iris", "Jack", "Kate", "Liam", "Maria", "Nick", "Olivia", "Paul"]  # fmt: skip
PLACES = ["Paris", "Oslo", "Rome", "Berlin", "Madrid", "Lisbon", "Vienna", "Dublin", "Prague", "Athens"]
COLOURS = ["red", "blue", "green", "black", "white", "yellow"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
PRODUCTS = ["shirts", "cups", "chairs", "pens", "bags", "lamps", "hats", "boxes"]
PETS = ["dog", "cat", "horse", "rabbit", "parrot", "goat"]
PET_NAMES = ["Rex", "Luna", "Bella", "Max", "Daisy", "Coco", "Rocky", "Nala"]
TITLES = ["Blue Water", "The Long Road", "Night Train", "Stone House", "A Quiet Year", "Paper Moon", "The Last Bell"]

# family: fields with their kinds, and sentences
FAMILIES: dict[str, tuple[dict[str, str], list[str]]] = {
    "person": (
        {"name": "string", "age": "integer", "city": "string"},
        ["{name} is {age} years old and lives in {city}.", "I met {name} ({age}) in {city}."],
    ),
    "order": (
        {"product": "string", "quantity": "integer", "color": "string"},
        ["Please send me {quantity} {color} {product}.", "I would like to order {quantity} {product} in {color}."],
    ),
    "trip": (
        {"origin": "string", "destination": "string", "day": "string"},
        ["On {day} I fly from {origin} to {destination}.", "The train to {destination} leaves {origin} on {day}."],
    ),
    "pet": (
        {"name": "string", "animal": "string", "age": "integer"},
        ["Our {animal} {name} is {age} years old.", "{name} is a {animal}, {age} years of age."],
    ),
    "book": (
        {"title": "string", "author": "string", "year": "integer"},
        ['{author} wrote "{title}" in {year}.', 'The book "{title}" by {author} came out in {year}.'],
    ),
}


def values(r: Random, family: str) -> dict[str, Any]:
    if family == "person":
        return {"name": r.choice(PEOPLE), "age": r.randint(18, 80), "city": r.choice(PLACES)}
    if family == "order":
        return {"product": r.choice(PRODUCTS), "quantity": r.randint(2, 12), "color": r.choice(COLOURS)}
    if family == "trip":
        origin, destination = r.sample(PLACES, 2)
        return {"origin": origin, "destination": destination, "day": r.choice(WEEKDAYS)}
    if family == "pet":
        return {"name": r.choice(PET_NAMES), "animal": r.choice(PETS), "age": r.randint(2, 15)}
    return {"title": r.choice(TITLES), "author": r.choice(PEOPLE), "year": r.randint(1950, 2024)}


def first() -> list[dict[str, Any]]:
    """Ten samples of each family, in turn, so that the first few already show all of them."""
    made: dict[str, list[dict[str, Any]]] = {}
    for family, (fields, sentences) in FAMILIES.items():
        random = Random(f"structured-formatting/{family}")
        listed = ", ".join(list(fields)[:-1]) + f" and {list(fields)[-1]}"
        schema = {
            "type": "object",
            "properties": {name: {"type": kind} for name, kind in fields.items()},
            "required": list(fields),
        }
        seen: set[str] = set()
        while len(seen) < 10:
            target = values(random, family)
            text = sentences[len(seen) % 2].format(**target)
            if text in seen:
                continue
            seen.add(text)
            sample = {"id": f"{family}-{len(seen)}", "input": f"{text}\n\nGive {listed} as JSON.", "target": target}
            tags = ["json", "extraction", "flat", "short"]
            made.setdefault(family, []).append(sample | {"schema": schema, "cluster": family, "tags": tags})
    return [sample for row in zip(*made.values(), strict=True) for sample in row]
