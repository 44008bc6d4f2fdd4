"""One page for each provider card, and the index. `python docs/providers/generate.py` writes them anew.

A test fails while a page differs from what its card says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CARDS = HERE.parents[1] / "providers"
INTRODUCTION = """\
# Providers

One page a provider, written from its card in `providers/` by `docs/providers/generate.py`: change the card, not the
page.
What the keys of a card mean stands in [providers/README.md](../../providers/README.md).

| provider | wire | weights | structured output | models listed |
|---|---|---|---|---|
"""
OWN = """
## Add your own endpoint in five minutes

1. `evalkit init` in your repository, unless you have a `providers/` folder already.
2. Copy the card that comes nearest (`openai-compatible.json` for most servers) to `providers/NAME.json`. Set `name`,
   `base_url` and, where the server wants a key, `api_key_env` to the *name* of the variable that holds it.
3. `evalkit check` reads the card and says what is wrong with it, with file, place and the nearest valid name.
4. `evalkit doctor NAME/MODEL` asks a dozen questions and tells what the server really honours. Put what it does not
   take into `fields` (`null` drops), so that the ledger of every run says so.

## Add a wire in one file

A wire is a protocol, not a vendor: a module in `evalkit/wires/` whose file name is its name, with four pure functions
`auth(key)`, `encode(model, request)`, `decode(body)` and `merge(events)`; see `evalkit/wires/__init__.py`, and
`ollama_chat.py` for a short one. It does no I/O. Put replies of the documented shapes into `tests/fixtures/wires/NAME/`
and what it sends into `requests.json` there; the tests find them by themselves. Another package registers its wire
under the entry point group `evalkit.wires`.
"""


def cards() -> dict[str, dict[str, Any]]:
    """Every shipped card by its name, in order."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(CARDS.glob("*.json"))}


def page(card: Mapping[str, Any]) -> str:
    """The page of one card, in Markdown."""
    name = card["name"]
    first = next(iter(card["models"]), "MODEL")
    lines = [f"# {name}", "", f"`evalkit doctor {name}/{first}` before the first run; then", ""]
    lines += [f"    evalkit run PACK --model {name}/{first}", "", *_facts(card), "", "## Models", ""]
    lines += _models(card) if card["models"] else ["None is listed; any name passes through as it is."]
    lines += ["", "## What is changed on the way", ""]
    lines += [f"- {line}" for line in _changes(card)] or ["Nothing: every field goes out as the wire names it."]
    for title, profile in card.get("profiles", {}).items():
        source = f" ([source]({profile['source']}))" if "source" in profile else ""
        lines += ["", f"## Profile `{title}`", "", f"{profile.get('description', '')}{source}".strip()]
        lines += ["", f"    {json.dumps({k: v for k, v in profile.items() if k not in ('description', 'source')})}"]
    notes = card.get("notes", [])
    lines += ["", "## Before you believe a number", ""]
    lines += [f"- {note}" for note in ([notes] if isinstance(notes, str) else notes)]
    return "\n".join([*lines, ""])


def index(all_cards: Mapping[str, Mapping[str, Any]]) -> str:
    """The index of all pages, in Markdown."""
    rows = [
        f"| [{name}]({name}.md) | `{card['wire']}` | {card.get('weights', 'closed')} "
        f"| {', '.join(card.get('structured', []))} | {len(card['models'])} |"
        for name, card in all_cards.items()
    ]
    return INTRODUCTION + "\n".join(rows) + "\n" + OWN


def _facts(card: Mapping[str, Any]) -> Iterator[str]:
    yield "| | |"
    yield "|---|---|"
    yield f"| wire | `{card['wire']}` |"
    yield f"| address | {'`' + card['base_url'] + '`' if 'base_url' in card else 'a server that evalkit starts'} |"
    key = card.get("api_key_env")
    yield f"| key | {f'in the environment variable `{key}`' if key else 'none'} |"
    yield f"| weights | {card.get('weights', 'closed')} |"
    yield f"| structured output | {', '.join(card.get('structured', []))} |"
    if "docs" in card:
        yield f"| documentation | <{card['docs']}> |"


def _models(card: Mapping[str, Any]) -> Iterator[str]:
    yield "| model | served as | context | longest answer | USD per 1M tokens in / out | as of | |"
    yield "|---|---|---|---|---|---|---|"
    for name, model in card["models"].items():
        price = model.get("price") or card.get("price")
        cost = f"{price['input']:g} / {price['output']:g}" if price else "unknown"
        cells = [
            f"`{name}`",
            f"`{model.get('served_as', name)}`",
            f"{model['context']:,}" if "context" in model else "",
            f"{model['max_output']:,}" if "max_output" in model else "",
            cost,
            f"[{price['date']}]({price['source'].partition(' ')[0]})" if price else "",
            "; ".join(_changes(model)),
        ]
        yield f"| {' | '.join(cells)} |"


def _changes(place: Mapping[str, Any]) -> Iterator[str]:
    """What a card or a model of it does to a request, in words."""
    if "wire" in place and "models" not in place:
        yield f"speaks `{place['wire']}`"
    for field, target in place.get("fields", {}).items():
        if target is None:
            yield f"`{field}` is dropped"
        elif target != field:
            yield f"`{field}` becomes `{target}`"
        else:
            yield f"`{field}` is sent"
    for field, value in place.get("params", {}).items():
        yield f"`{field}` {json.dumps(value)} is added"
    for field, value in place.get("headers", {}).items():
        yield f"header `{field}: {value}`"
    if isinstance(place.get("notes"), str):
        yield place["notes"]


def main() -> None:
    """Write the index and every page."""
    all_cards = cards()
    (HERE / "README.md").write_text(index(all_cards), encoding="utf-8")
    for name, card in all_cards.items():
        (HERE / f"{name}.md").write_text(page(card), encoding="utf-8")


if __name__ == "__main__":
    main()
