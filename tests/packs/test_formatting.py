"""The structured-formatting pack: every target is read back out of the words of its prompt, by other code."""

# ruff: noqa: E501
from __future__ import annotations

import ast
import csv
import datetime
import io
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import formatting_items
import jsonschema
import pack_files
import pytest

from evalkit import scorers
from evalkit.records import Sample

SAMPLES = pack_files.load("structured-formatting")["samples"]
FIRST = 50  # what the quickstart asks


def body(sample: dict[str, Any]) -> str:
    """The text to work on, without what is asked for."""
    return str(sample["input"]).rpartition("\n\n")[0]


def number(text: str) -> int | float:
    return json.loads(text.replace(",", ""))


def iso(text: str) -> str:
    return datetime.datetime.strptime(text, "%d %B %Y").date().isoformat()


def fields(pattern: str, text: str) -> dict[str, Any]:
    """The named groups of the first match, whole numbers as such."""
    found = re.search(pattern, text)
    assert found, text
    return {name: int(value) if value.isdigit() else value for name, value in found.groupdict().items()}


def one_of(*patterns: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        return fields(next(pattern for pattern in patterns if re.search(pattern, text)), text)

    return read


def invoice(text: str) -> Any:
    head = re.search(r"Invoice (\d+) for (.*?), dated (.*?): (.*)\.$", text)
    items = []
    for count, name, price in re.findall(r"(\d+) ([a-z ]+) at ([\d.]+) euros each", head[4]):
        one = name.replace("shelves", "shelf") if int(count) > 1 else name
        one = one.removesuffix("s") if int(count) > 1 else one
        items.append({"name": one, "quantity": int(count), "unit_price": float(price)})
    assert len(items) == head[4].count(";") + 1
    return {"number": int(head[1]), "customer": head[2], "date": iso(head[3]), "items": items}


def event(text: str) -> Any:
    head = re.search(r"^(.*?)! On (.*?) at (\d+):(\d+) we meet in the (.*?) in (\w+)\. With (.*?)\. (.*)$", text)
    start = datetime.datetime.fromisoformat(iso(head[2])).replace(hour=int(head[3]), minute=int(head[4]))
    return {
        "title": head[1],
        "start": start.isoformat(timespec="minutes"),
        "place": {"venue": head[5], "city": head[6]},
        "people": re.split(", | and ", head[7]),
        "free": "free" in head[8],
    }


def address(text: str) -> Any:
    name, house, street, code, city = re.search(r"to (.*?), (\w+) (.*?), (\d+) (\w+)\.", text).groups()
    phone = re.search(r"\+[\d ]+\d", text)
    place = {"street": street, "house": house, "postcode": code, "city": city}
    return {"name": name, "address": place, "phone": phone[0] if phone else None}


def forecast(text: str) -> Any:
    found = re.findall(r"(Mon|Tue|Wed|Thu|Fri)\w+ (\w+), (-?\d+) to (-?\d+) degrees", text)
    return {"days": [{"day": d.lower(), "low": int(a), "high": int(b), "sky": sky} for d, sky, a, b in found]}


def vacancy(text: str) -> Any:
    head = re.search(
        r"^(\w+) wanted in (\w+)\. We pay between ([\d,]+) and ([\d,]+) (\w+) a year\. (.*?)\. You bring: (.*)\.$", text
    )
    currency = {"euros": "EUR", "dollars": "USD", "pounds": "GBP"}[head[5]]
    salary = {"min": number(head[3]), "max": number(head[4]), "currency": currency}
    return {
        "title": head[1],
        "city": head[2],
        "salary": salary,
        "remote": "Remote" in head[6],
        "skills": head[7].split(", "),
    }


def tally(text: str) -> Any:
    out: dict[str, list[int]] = {"praise": [], "complaint": [], "question": []}
    for place, note in re.findall(r"^(\d+)\. (.*)$", text, re.MULTILINE):
        bad = re.search("cold|hour|sticky", note)
        out["question" if note.endswith("?") else "complaint" if bad else "praise"].append(int(place))
    return out


def payment(text: str) -> Any:
    payer, amount, how = re.search(r"^(.*?) paid ([\d.]+) euros (.*)\.$", text).groups()
    if "card" in how:
        method = {"type": "card", "last4": re.search(r"in (\d{4})", how)[1], "expiry": re.search(r"\d\d/\d\d", how)[0]}
    elif "account" in how:
        method = {"type": "transfer", "account": how.split()[-1]}
    else:
        method = {"type": "cash", "given": float(re.search(r"[\d.]+", how)[0])}
    return {"payer": payer, "amount": float(amount), "method": method}


def contacts(text: str) -> Any:
    customer, listed = re.search(r"with (.*?), oldest first: (.*)\.$", text).groups()
    out: list[Any] = []
    for part in listed.split(", then "):
        if "call" in part:
            out.append({"kind": "call", "minutes": int(re.search(r"\d+", part)[0])})
        elif "mail" in part:
            out.append({"kind": "email", "subject": part.split('"')[1]})
        else:
            out.append({"kind": "visit", "city": part.split()[-1]})
    return {"customer": customer, "contacts": out}


def formula(text: str) -> Any:
    def tree(node: ast.expr) -> Any:
        if isinstance(node, ast.BinOp):
            op = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul"}[type(node.op)]
            return {"op": op, "args": [tree(node.left), tree(node.right)]}
        return node.id if isinstance(node, ast.Name) else node.value

    return {"formula": tree(ast.parse(text.removeprefix("Formula: "), mode="eval").body)}


def reading(text: str) -> Any:
    out: dict[str, Any] = {}
    for part in text.removeprefix("Readings: ").rstrip(".").split("; "):
        name, found = part.split()[1], [float(n) for n in re.findall(r"-?\d+\.\d", part)]
        out[name] = None if not found else found[0] if len(found) == 1 else {"min": found[0], "max": found[1]}
    return out


def org_chart(text: str) -> Any:
    leader = text.split()[0]
    above: dict[str, str] = {}
    for names, boss in re.findall(r"([\w ]+?) reports? to (\w+)", text):
        above |= dict.fromkeys(names.strip().split(" and "), boss)

    def node(name: str) -> Any:
        return {"name": name, "reports": [node(below) for below, boss in above.items() if boss == name]}

    return {"leader": node(leader)}


def guests(text: str) -> Any:
    return [["name", "age", "city"], *map(list, re.findall(r"([A-Z]\w+ \w+) is (\d+) and lives in (\w+)", text))]


def quotes(text: str) -> Any:
    return [["title", "year"], *map(list, re.findall(r"^- (.*) \((\d+)\)$", text, re.MULTILINE))]


def filter_sort(text: str, ask: str) -> Any:
    limit = int(re.search(r"fewer than (\d+)", ask)[1])
    stock = [(thing, int(count)) for thing, count in re.findall(r"^(.+): (\d+)$", text, re.MULTILINE)]
    assert len({count for _, count in stock}) == len(stock)
    return [["thing", "count"], *([t, str(c)] for t, c in sorted(stock, key=lambda pair: pair[1]) if c < limit)]


def table(text: str) -> Any:
    found = re.findall(r"(\w+) is (\d+ km) away and best reached by (\w+)", text)
    return [["City", "Distance", "Way"], *map(list, found)]


def total_row(text: str) -> Any:
    rows = list(csv.reader(io.StringIO(text)))
    return [*rows, ["Total", *(str(sum(int(row[i]) for row in rows[1:])) for i in (1, 2))]]


def turned_table(text: str) -> Any:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    turned = [list(column) for column in zip(*(rows[:1] + rows[2:]), strict=True)]
    turned[0][0] = "name"
    return turned


def canonical(xml: str) -> str:
    return ElementTree.canonicalize(xml)


def books_xml(text: str) -> str:
    root = ElementTree.Element("books")
    for title, author, year in re.findall(r'"(.*?)" by (.*?) appeared in (\d+)', text):
        book = ElementTree.SubElement(root, "book", year=year)
        ElementTree.SubElement(book, "title").text = title
        ElementTree.SubElement(book, "author").text = author
    return ElementTree.tostring(root, encoding="unicode")


def route_xml(text: str) -> str:
    root = ElementTree.Element("line", number=re.search(r"Line (\d+)", text)[1])
    for a, b, minutes in re.findall(r"from (\w+) to (\w+) it takes (\d+)", text):
        ElementTree.SubElement(root, "leg", {"from": a, "to": b, "minutes": minutes})
    return ElementTree.tostring(root, encoding="unicode")


def json_to_xml(text: str) -> str:
    root = ElementTree.Element("record")
    for key, value in json.loads(text).items():
        child = ElementTree.SubElement(root, key)
        if isinstance(value, list):
            for entry in value:
                ElementTree.SubElement(child, "bridge").text = entry
        else:
            child.text = str(value)
    return ElementTree.tostring(root, encoding="unicode")


def server_yaml(text: str) -> Any:
    head = re.search(r"service (\w+) listens on port (\d+)\. Debugging is (\w+)\. It runs on (.*)\.$", text)
    return {
        "service": {"name": head[1], "port": int(head[2]), "debug": head[3] == "on", "hosts": head[4].split(" and on ")}
    }


def tricky_yaml(text: str) -> Any:
    found = re.search(
        r"code is (\d+)\. .* the word (\w+)\. The note on the door says: (.*)\. The version is called (.*)\.$", text
    )
    return dict(zip(("code", "answer", "note", "version"), found.groups(), strict=True))


def steps_yaml(text: str) -> Any:
    return [{"step": what, "minutes": int(m)} for what, m in re.findall(r"(\w+) for (\d+) minutes", text)]


def calls(sample: dict[str, Any]) -> Any:
    text = re.search(r"Request: (.*)", sample["input"])[1]
    out: list[Any] = []
    if "Wake me" in text:
        hour, minute = re.search(r"(\d+):(\d+)", text).groups()
        days = [day[:3].lower() for day in re.findall(r"\w+day", text)]
        out.append({"name": "set_alarm", "arguments": {"time": f"{int(hour):02d}:{minute}", "days": days}})
    if "weather" in text:
        city, said = re.search(r"(?:like in|weather in) (\w+) (?:on|for) (\d+ \w+ \d+)", text).groups()
        arguments = {"city": city, "date": iso(said)}
        if unit := re.search(r"degrees (\w+)", text):
            arguments["unit"] = unit[1].lower()
        out.append({"name": "get_weather", "arguments": arguments})
    if table := re.search(r"table for (\d) at ([\w ]+?) at (half past )?(\d)", text):
        time = datetime.time(int(table[4]) + 12, 30 if table[3] else 0)
        arguments = {"restaurant": table[2], "people": int(table[1]), "time": time.isoformat("minutes")}
        out.append({"name": "book_table", "arguments": arguments | ({"outside": True} if "outside" in text else {})})
    for amount, currency, who in re.findall(r"([\d.]+) (euros|dollars|pounds) to (\w+)", text):
        code = {"euros": "EUR", "dollars": "USD", "pounds": "GBP"}[currency]
        out.append({"name": "send_money", "arguments": {"to": who, "amount": number(amount), "currency": code}})
    return out


READERS: dict[str, Callable[..., Any]] = {
    "invoice": invoice, "event": event, "address": address, "forecast": forecast, "vacancy": vacancy, "tally": tally,
    "payment": payment, "contacts": contacts, "formula": formula, "reading": reading, "org-chart": org_chart,
    "guests": guests, "quotes": quotes, "table": table, "total-row": total_row, "turned-table": turned_table,
    "books-xml": books_xml, "route-xml": route_xml, "json-to-xml": json_to_xml,
    "server-yaml": server_yaml, "tricky-yaml": tricky_yaml, "steps-yaml": steps_yaml,
}  # fmt: skip


@pytest.mark.parametrize("sample", [s for s in SAMPLES if "cluster" in s], ids=lambda sample: sample["id"])
def test_target_is_what_the_text_says(sample: dict[str, Any]) -> None:
    target, family = sample["target"], sample["cluster"]
    if family.startswith("call-"):
        assert calls(sample) == target
    elif family == "filter-sort":
        assert filter_sort(body(sample), sample["input"]) == target
    elif family.endswith("-xml"):
        assert canonical(READERS[family](body(sample))) == canonical(target)
    else:
        found = READERS[family](body(sample))
        assert found == target
        assert json.dumps(found, sort_keys=True) == json.dumps(target, sort_keys=True), "a number of another type"


def test_every_target_keeps_its_schema_and_schemas_are_portable() -> None:
    """The subset that hosted services enforce: an object at the root, closed objects, anyOf, every property required."""
    for sample in SAMPLES:
        schema = sample.get("schema")
        if schema is None:
            continue
        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(sample["target"], schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({}, schema)
        assert schema["type"] == "object"
        for part in parts(schema):
            assert "oneOf" not in part
            if part.get("type") == "object":
                assert sorted(part["required"]) == sorted(part["properties"])
                assert part.get("additionalProperties", sample["id"]) is False


def parts(schema: Any) -> Any:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


@pytest.mark.parametrize("item", formatting_items.INSTRUCTIONS, ids=lambda item: item[0])
def test_instructions_can_be_followed_together(item: Any) -> None:
    name, _, ids, kwargs, reply = item
    sample = Sample(id=name, metadata={"instruction_id_list": ids, "kwargs": kwargs})
    ifeval = scorers.load("ifeval")
    assert list(ifeval.check(sample, reading="intended")) == []
    assert ifeval.score(sample, reply, reading="intended").value == 1.0
    assert ifeval.score(sample, reply, reading="official").value == 1.0
    assert ifeval.score(sample, "I am sorry, but I cannot help with that.", reading="intended").value == 0.0


def test_instructions_name_all_types_of_ifeval() -> None:
    from evalkit.scorers._ifeval_checks import INSTRUCTIONS

    assert {name for _, _, ids, _, _ in formatting_items.INSTRUCTIONS for name in ids} == set(INSTRUCTIONS)


ANSWERS: dict[str, Any] = {
    "iso-date": datetime.date(2031, 3, 7).isoformat(),
    "iso-datetime": datetime.datetime(2025, 12, 9, 12 + 4, 30).isoformat(timespec="minutes"),
    "slug": "-".join(re.findall(r"[a-z]+", "Ten Ways to Cook Rice & Beans".lower())),
    "hex-color": "#" + bytes([255, 0, 128]).hex().upper(),
    "thousands": f"{45020789:,}",
    "phone": f"+{47} {22} {334455}",
    "binary": f"{37:08b}",
    "roman": "M" + "CM" + "LXXX" + "VI",
    "initials": "Berg, " + "".join(part[0] + "." for part in ["Anna", "Maria", "Berg"][:2]),
    "semver": ".".join(["2", str(9 + 1), "0"]),
    "sorted-list": ";".join(sorted(["pear", "fig", "plum", "apple", "date"])),
    "fixed-width": "cat" + "7".rjust(7, "."),
    "percent": f"{3 / 8:.1%}",
    "duration": str(datetime.timedelta(hours=2, minutes=5, seconds=9)).zfill(8),
}


def test_patterns() -> None:
    for name, _, answer, pattern in formatting_items.PATTERNS:
        if pattern is None:
            assert ANSWERS[name] == answer
        else:
            assert re.fullmatch(pattern, answer)
            assert not re.fullmatch(pattern, answer + " ")
            assert not re.fullmatch(pattern, f"Sure: {answer}")


def test_the_first_samples_are_short_and_flat_and_about_different_things() -> None:
    """Every value stands in the sentence once, as asked for, so the sentence alone gives the record."""
    for sample in SAMPLES[:FIRST]:
        assert "short" in sample["tags"]
        assert "cluster" not in sample
        assert len(sample["input"]) < 170
        asked, _, sentence = sample["input"].partition("\n")
        words = re.findall(r"\w+", sentence)
        for name, value in sample["target"].items():
            sought = str(value).split()
            assert [words[i : i + len(sought)] for i in range(len(words))].count(sought) == 1, (sample["id"], name)
            assert sample["schema"]["properties"][name]["type"] == ("integer" if isinstance(value, int) else "string")
            assert re.search(rf"\b{name}\b", asked)
    assert len({tuple(sample["target"]) for sample in SAMPLES[:FIRST]}) > 40
    assert not any("short" in sample["tags"] for sample in SAMPLES[FIRST:])
