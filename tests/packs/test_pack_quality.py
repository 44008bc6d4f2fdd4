"""What every shipped pack must fulfil, whatever it holds."""

from __future__ import annotations

import csv
import importlib
import io
import itertools
import json
import random
import re
import unicodedata
from pathlib import Path

import pack_files
import pytest

from evalkit import packs, scorers
from evalkit.packs import Pack
from evalkit.records import Sample

NAMES = sorted(path.stem for path in pack_files.TASKS.glob("*.json"))
GENERATED = sorted(path.stem.removeprefix("make_") for path in Path(__file__).parent.glob("make_*.py"))
NEAR = 0.8  # share of common word triples above which two prompts count as the same


@pytest.fixture(scope="module", params=NAMES)
def pack(request: pytest.FixtureRequest) -> Pack:
    return packs.load(pack_files.TASKS / f"{request.param}.json")


@pytest.mark.parametrize("stem", GENERATED)
def test_pack_file_is_what_its_generator_writes(stem: str) -> None:
    made = importlib.import_module(f"make_{stem}").build()
    written = (pack_files.TASKS / f"{made['name']}.json").read_text(encoding="utf-8")
    assert written == pack_files.render(made), f"run: python tests/packs/make_{stem}.py"


def test_ids_are_unique_and_plain(pack: Pack) -> None:
    ids = [sample.id for sample in pack.samples]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", name) for name in ids)


def test_pack_says_what_it_is(pack: Pack) -> None:
    assert pack.licence == "CC0-1.0"
    assert pack.chance is not None and "hance level" in pack.description
    readme = (pack_files.TASKS / "README.md").read_text(encoding="utf-8")
    assert f"`{pack.name}`" in readme


def tokens(text: str) -> float:
    """An upper estimate: three characters of Latin text a token, one character a token elsewhere."""
    latin = sum(ord(ch) < 0x250 for ch in text)
    return latin / 3 + (len(text) - latin)


def test_prompts_fit_2048_tokens(pack: Pack) -> None:
    for sample in pack.samples:
        assert sum(tokens(message.content) + 8 for message in packs.render(pack, sample)) < 2048, sample.id


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())
    if len(words) < 6:  # scripts without spaces, very short questions
        words = list("".join(words))
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)} or {tuple(words)}


def test_no_two_prompts_are_nearly_the_same_outside_a_cluster(pack: Pack) -> None:
    """Jaccard over word triples; what more than a twentieth of the prompts share is boilerplate and does not count."""
    sets = [shingles(sample.input) for sample in pack.samples]
    places: dict[tuple[str, ...], list[int]] = {}
    for index, found in enumerate(sets):
        for shingle in found:
            places.setdefault(shingle, []).append(index)
    telling = {shingle for shingle, where in places.items() if len(where) <= max(5, len(sets) // 20)}
    assert all(found & telling for found in sets), "a prompt of boilerplate only"
    sets = [found & telling for found in sets]
    pairs = {pair for shingle in telling for pair in itertools.combinations(places[shingle], 2)}
    for a, b in pairs:
        one, two = pack.samples[a], pack.samples[b]
        if one.cluster is not None and one.cluster == two.cluster:
            continue
        common = len(sets[a] & sets[b]) / len(sets[a] | sets[b])
        assert common < NEAR, f"{one.id} and {two.id} are nearly the same ({common:.0%})"


# --- an oracle and a scrambled oracle through the real scorers


def spoken(sample: Sample, scorer: str) -> str:
    """What a model that knows the target says."""
    target = sample.target
    if scorer in ("json_schema", "json_value", "function_call"):
        return json.dumps(target, ensure_ascii=False)
    if scorer == "csv":
        out = io.StringIO()
        csv.writer(out).writerows(target)
        return out.getvalue()
    if scorer == "markdown_table":
        header, *rows = ("| " + " | ".join(row) + " |" for row in target)
        return "\n".join([header, "|---" * len(target[0]) + "|", *rows])
    if scorer == "yaml":
        return json.dumps(target)  # JSON is YAML
    if scorer == "math":
        return f"Therefore the result is found.\n\nAnswer: ${target}$"
    if scorer == "numeric":
        return f"Answer: {target}" if isinstance(target, str) else f"Answer: {target!r}"
    return f"Answer: {target}" if scorer == "choice" else str(target)


def scored(pack: Pack, said: dict[str, str]) -> dict[str, float]:
    values = {}
    for sample in pack.samples:
        if sample.id not in said:
            continue
        spec = sample.scorer or pack.scorer
        score = scorers.load(spec.name).score(sample, said[sample.id], **spec.options)
        value = score.lenient_value if pack.measure == "lenient" else score.value
        values[sample.id] = 0.0 if value is None else value
    return values


def answerable(pack: Pack) -> list[tuple[Sample, str]]:
    """Samples whose target can be said aloud, with the name of their scorer."""
    names = [(sample, (sample.scorer or pack.scorer).name) for sample in pack.samples]
    return [(sample, name) for sample, name in names if name != "code" and sample.target is not None]


def test_oracle_scores_one(pack: Pack) -> None:
    said = {sample.id: spoken(sample, name) for sample, name in answerable(pack)}
    values = scored(pack, said)
    assert [name for name, value in values.items() if value != 1.0] == []


def test_scrambled_oracle_scores_at_chance(pack: Pack) -> None:
    """A random letter is right as often as chance has it; the answer of another sample is never right."""
    rng = random.Random(20)
    said: dict[str, str] = {}
    chances = []
    kinds: dict[str, list[Sample]] = {}
    for sample, name in answerable(pack):
        if sample.choices:
            said[sample.id] = f"Answer: {rng.choice('ABCDEFGH'[: len(sample.choices)])}"
            chances.append(1 / len(sample.choices))
        else:
            kinds.setdefault(name, []).append(sample)
    guesses = list(scored(pack, said).values())
    chance = sum(chances)
    assert abs(sum(guesses) - chance) <= 4 * chance**0.5
    said = {}
    for name, members in kinds.items():
        for sample in members:
            others = [other for other in members if other.target != sample.target]
            if others:
                said[sample.id] = spoken(rng.choice(others), name)
    assert [name for name, value in scored(pack, said).items() if value == 1.0] == []
