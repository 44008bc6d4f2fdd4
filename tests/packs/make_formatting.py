"""Writes tasks/structured-formatting.json: families of seeded texts, and hand-written instructions.

A family makes a record first and words it afterwards; test_formatting.py reads the record back out of the words.
Run: python tests/packs/make_formatting.py
"""

# ruff: noqa: E501  (a text reads better on one line)
from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from formatting_first import first
from formatting_items import INSTRUCTIONS, PATTERNS
from pack_files import write

Made = dict[str, Any]
FAMILIES: list[tuple[str, str, str, int, Callable[[Random], Made]]] = []

NAMES = ["Ada Brook", "Ben Castle", "Carla Diaz", "Dina Evers", "Emil Frost", "Fatima Gold", "Goran Hill", "Hilde Iversen", "Ines Jung", "Jamal King", "Karin Lund", "Leo Marsh", "Mira North", "Noel Orton", "Olga Price", "Pavel Quist"]  # fmt: skip
CITIES = ["Oslo", "Lyon", "Porto", "Graz", "Turin", "Ghent", "Bergen", "Malmo", "Seville", "Zadar"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip
THINGS = [("desk lamp", "desk lamps"), ("chair", "chairs"), ("notebook", "notebooks"), ("rug", "rugs"), ("kettle", "kettles"), ("mug", "mugs"), ("shelf", "shelves"), ("clock", "clocks")]  # fmt: skip


def family(name: str, scorer: str, *tags: str, count: int = 5) -> Callable[..., Any]:
    """Registers a family; it makes `input` and `target`, and where they are needed `schema`, `metadata`, `options`."""

    def register(make: Callable[[Random], Made]) -> Callable[[Random], Made]:
        FAMILIES.append((name, scorer, " ".join(tags), count, make))
        return make

    return register


def an_object(**properties: Any) -> dict[str, Any]:
    """A closed object schema; every property is required."""
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def an_array(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def one_of(*values: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(values)}


TEXT, INTEGER, NUMBER, BOOLEAN = ({"type": kind} for kind in ("string", "integer", "number", "boolean"))
DATE = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def day(r: Random) -> tuple[str, str]:
    """A date as 3 May 2024 and as 2024-05-03."""
    year, month, number = r.randint(2021, 2027), r.randint(1, 12), r.randint(1, 28)
    return f"{number} {MONTHS[month - 1]} {year}", f"{year}-{month:02d}-{number:02d}"


def euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


# --- JSON: nested records -------------------------------------------------------------------------------------------


@family("invoice", "json_schema", "json", "extraction", "nested")
def invoice(r: Random) -> Made:
    said, iso = day(r)
    number, customer = r.randint(1000, 9999), r.choice(NAMES)
    items, words = [], []
    for one, many in r.sample(THINGS, r.randint(2, 3)):
        count, price = r.randint(1, 6), r.randrange(350, 9900, 25)
        items.append({"name": one, "quantity": count, "unit_price": price / 100})
        words.append(f"{count} {one if count == 1 else many} at {euros(price)} euros each")
    text = (
        f"Invoice {number} for {customer}, dated {said}: " + "; ".join(words) + ".\n\n"
        "Give the invoice as JSON with number, customer, date (YYYY-MM-DD) and items; each item has name (in the singular), quantity and unit_price."
    )
    schema = an_object(
        number=INTEGER,
        customer=TEXT,
        date=DATE,
        items=an_array(an_object(name=TEXT, quantity=INTEGER, unit_price=NUMBER)),
    )
    return {
        "input": text,
        "target": {"number": number, "customer": customer, "date": iso, "items": items},
        "schema": schema,
    }


@family("event", "json_schema", "json", "extraction", "nested")
def event(r: Random) -> Made:
    said, iso = day(r)
    hour, minute = r.randint(8, 20), r.choice(["00", "15", "30", "45"])
    title = r.choice(["Spring concert", "Chess evening", "Repair workshop", "Poetry reading", "Plant swap"])
    venue, city = r.choice(["town hall", "old mill", "public library", "north gym"]), r.choice(CITIES)
    people = r.sample(NAMES, r.randint(2, 4))
    free = r.random() < 0.5
    text = (
        f"{title}! On {said} at {hour}:{minute} we meet in the {venue} in {city}. "
        f"With {', '.join(people[:-1])} and {people[-1]}. {'Admission is free.' if free else 'Tickets at the door.'}\n\n"
        "Give the event as JSON with title, start (YYYY-MM-DDTHH:MM), place (with venue and city), people (a list of names, in order) and free (true or false)."
    )
    schema = an_object(
        title=TEXT,
        start={"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"},
        place=an_object(venue=TEXT, city=TEXT),
        people=an_array(TEXT),
        free=BOOLEAN,
    )
    target = {
        "title": title,
        "start": f"{iso}T{hour:02d}:{minute}",
        "place": {"venue": venue, "city": city},
        "people": people,
        "free": free,
    }
    return {"input": text, "target": target, "schema": schema}


@family("address", "json_schema", "json", "extraction", "nullable")
def address(r: Random) -> Made:
    name, city = r.choice(NAMES), r.choice(CITIES)
    street, house, code = (
        r.choice(["Mill Lane", "Station Road", "Birch Way", "Harbour Street"]),
        f"{r.randint(1, 120)}{r.choice(['', '', 'a', 'b'])}",
        f"{r.randint(0, 99999):05d}",
    )
    phone = f"+{r.randint(30, 49)} {r.randint(100, 999)} {r.randint(1000, 9999)}" if r.random() < 0.6 else None
    text = (
        f"Please send it to {name}, {house} {street}, {code} {city}. "
        f"{'You can reach me at ' + phone + '.' if phone else 'I have no phone at the moment.'}\n\n"
        "Give the contact as JSON with name, address (street, house, postcode and city, all as text) and phone (text, or null if there is none)."
    )
    schema = an_object(
        name=TEXT,
        address=an_object(street=TEXT, house=TEXT, postcode=TEXT, city=TEXT),
        phone={"type": ["string", "null"]},
    )
    target = {
        "name": name,
        "address": {"street": street, "house": house, "postcode": code, "city": city},
        "phone": phone,
    }
    return {"input": text, "target": target, "schema": schema}


@family("forecast", "json_schema", "json", "extraction", "array")
def forecast(r: Random) -> Made:
    days = r.sample(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], 3)
    rows, words = [], []
    for name in days:
        low = r.randint(-8, 15)
        high = low + r.randint(3, 12)
        sky = r.choice(["sunny", "cloudy", "rain", "snow" if low < 0 else "fog"])
        rows.append({"day": name.lower()[:3], "low": low, "high": high, "sky": sky})
        words.append(f"{name} {sky}, {low} to {high} degrees")
    text = (
        f"Forecast: {'; '.join(words)}.\n\n"
        "Give the forecast as JSON with days, a list in the order of the text, one object a day, with day (mon, tue, wed, thu or fri), low, high and sky (sunny, cloudy, rain, snow or fog)."
    )
    one = an_object(
        day=one_of("mon", "tue", "wed", "thu", "fri"),
        low=INTEGER,
        high=INTEGER,
        sky=one_of("sunny", "cloudy", "rain", "snow", "fog"),
    )
    return {"input": text, "target": {"days": rows}, "schema": an_object(days=an_array(one))}


@family("vacancy", "json_schema", "json", "extraction", "nested")
def vacancy(r: Random) -> Made:
    title, city = r.choice(["Gardener", "Bookkeeper", "Welder", "Nurse", "Translator"]), r.choice(CITIES)
    low = r.randrange(28000, 60000, 500)
    high = low + r.randrange(2000, 12000, 500)
    currency, sign = r.choice([("EUR", "euros"), ("USD", "dollars"), ("GBP", "pounds")])
    remote = r.choice([("Remote work is possible.", True), ("The work is on site only.", False)])
    skills = r.sample(
        ["patience", "English", "first aid", "a driving licence", "spreadsheets", "night shifts"], r.randint(2, 3)
    )
    text = (
        f"{title} wanted in {city}. We pay between {low:,} and {high:,} {sign} a year. {remote[0]} You bring: {', '.join(skills)}.\n\n"
        "Give the advertisement as JSON with title, city, salary (min and max as integers, currency EUR, USD or GBP), remote (true or false) and skills (a list, as worded in the text)."
    )
    schema = an_object(
        title=TEXT,
        city=TEXT,
        salary=an_object(min=INTEGER, max=INTEGER, currency=one_of("EUR", "USD", "GBP")),
        remote=BOOLEAN,
        skills=an_array(TEXT),
    )
    target = {
        "title": title,
        "city": city,
        "salary": {"min": low, "max": high, "currency": currency},
        "remote": remote[1],
        "skills": skills,
    }
    return {"input": text, "target": target, "schema": schema}


@family("tally", "json_schema", "json", "classification")
def tally(r: Random) -> Made:
    kinds = {
        "praise": ["The soup was wonderful.", "Best bread in town!", "The staff were so kind."],
        "complaint": ["My coffee was cold.", "We waited an hour.", "The table was sticky."],
        "question": ["Are dogs allowed?", "Do you open on Sundays?", "Is there a vegan menu?"],
    }
    notes = [(kind, text) for kind, texts in kinds.items() for text in r.sample(texts, r.randint(1, 3))]
    r.shuffle(notes)
    lines = "\n".join(f"{number}. {text}" for number, (_, text) in enumerate(notes, 1))
    text = (
        f"Guests left these notes:\n{lines}\n\n"
        "Sort them. Answer with a JSON object with the keys praise, complaint and question; each holds the numbers of its notes in ascending order."
    )
    target = {kind: [n for n, (found, _) in enumerate(notes, 1) if found == kind] for kind in kinds}
    schema = an_object(**{kind: an_array(INTEGER) for kind in kinds})
    return {"input": text, "target": target, "schema": schema}


# --- JSON: unions and recursion -------------------------------------------------------------------------------------


@family("payment", "json_schema", "json", "extraction", "union")
def payment(r: Random) -> Made:
    payer, cents = r.choice(NAMES), r.randrange(500, 90000, 5)
    kind = r.choice(["card", "transfer", "cash"])
    if kind == "card":
        last, month, year = f"{r.randint(0, 9999):04d}", r.randint(1, 12), r.randint(27, 33)
        words, how = (
            f"by card, number ending in {last}, valid until {month:02d}/{year}",
            {"type": "card", "last4": last, "expiry": f"{month:02d}/{year}"},
        )
    elif kind == "transfer":
        bank = f"{r.choice(['DE', 'FR', 'NL'])}{r.randint(10**9, 10**10 - 1)}"
        words, how = f"by bank transfer from account {bank}", {"type": "transfer", "account": bank}
    else:
        given = cents + r.randrange(0, 2000, 5)
        words, how = f"in cash and handed over {euros(given)} euros", {"type": "cash", "given": given / 100}
    text = (
        f"{payer} paid {euros(cents)} euros {words}.\n\n"
        'Give the payment as JSON with payer, amount and method. method is {"type": "card", "last4", "expiry"} or {"type": "transfer", "account"} or {"type": "cash", "given"}; last4, expiry and account are text.'
    )
    method = {
        "anyOf": [
            an_object(
                type=one_of("card"),
                last4={"type": "string", "pattern": "^[0-9]{4}$"},
                expiry={"type": "string", "pattern": "^[0-9]{2}/[0-9]{2}$"},
            ),
            an_object(type=one_of("transfer"), account=TEXT),
            an_object(type=one_of("cash"), given=NUMBER),
        ]
    }
    return {
        "input": text,
        "target": {"payer": payer, "amount": cents / 100, "method": how},
        "schema": an_object(payer=TEXT, amount=NUMBER, method=method),
    }


@family("contacts", "json_schema", "json", "extraction", "union", "array")
def contacts(r: Random) -> Made:
    entries, words = [], []
    for _ in range(r.randint(2, 4)):
        kind = r.choice(["call", "email", "visit"])
        if kind == "call":
            minutes = r.randint(2, 55)
            entries.append({"kind": "call", "minutes": minutes})
            words.append(f"a phone call of {minutes} minutes")
        elif kind == "email":
            subject = r.choice(["Late delivery", "New prices", "Thank you", "Missing part"])
            entries.append({"kind": "email", "subject": subject})
            words.append(f'an e-mail with the subject "{subject}"')
        else:
            place = r.choice(CITIES)
            entries.append({"kind": "visit", "city": place})
            words.append(f"a visit in {place}")
    customer = r.choice(NAMES)
    text = (
        f"Contacts with {customer}, oldest first: {', then '.join(words)}.\n\n"
        'Give them as JSON with customer and contacts, a list in the same order. A contact is {"kind": "call", "minutes"}, {"kind": "email", "subject"} or {"kind": "visit", "city"}.'
    )
    one = {
        "anyOf": [
            an_object(kind=one_of("call"), minutes=INTEGER),
            an_object(kind=one_of("email"), subject=TEXT),
            an_object(kind=one_of("visit"), city=TEXT),
        ]
    }
    return {
        "input": text,
        "target": {"customer": customer, "contacts": entries},
        "schema": an_object(customer=TEXT, contacts=an_array(one)),
    }


def formula(r: Random, depth: int) -> tuple[str, Any]:
    """A formula in words with brackets, and its tree."""
    if depth == 0 or r.random() < 0.25:
        leaf: Any = r.choice([r.randint(2, 30), r.choice(["x", "y", "z"])])
        return str(leaf), leaf
    sign, name = r.choice([("+", "add"), ("-", "sub"), ("*", "mul")])
    (a, left), (b, right) = formula(r, depth - 1), formula(r, depth - 1)
    return f"({a} {sign} {b})", {"op": name, "args": [left, right]}


@family("formula", "json_schema", "json", "parsing", "recursive")
def formula_tree(r: Random) -> Made:
    while True:
        words, tree = formula(r, 3)
        if 3 <= sum(words.count(sign) for sign in "+*-") <= 6 and isinstance(tree, dict):
            break
    text = (
        f"Formula: {words[1:-1]}\n\n"
        'Give the formula as JSON with formula, its tree. A node is an integer, a variable name as text, or {"op": "add", "sub" or "mul", "args": [left, right]}.'
    )
    node = {"anyOf": [INTEGER, {"type": "string"}, {"$ref": "#/$defs/operation"}]}
    operation = an_object(
        op=one_of("add", "sub", "mul"), args={"type": "array", "items": node, "minItems": 2, "maxItems": 2}
    )
    schema = {**an_object(formula=node), "$defs": {"operation": operation}}
    return {"input": text, "target": {"formula": tree}, "schema": schema}


@family("reading", "json_schema", "json", "extraction", "union", "nullable")
def reading(r: Random) -> Made:
    sensors = r.sample(["boiler", "cellar", "roof", "garage", "attic"], 3)
    values, words = {}, []
    for kind, name in zip(r.sample(["number", "range", "none"], 3), sensors, strict=True):
        a = r.randint(-50, 600) / 10
        if kind == "number":
            values[name] = a
            words.append(f"the {name} stands at {a} degrees")
        elif kind == "range":
            b = round(a + r.randint(5, 60) / 10, 1)
            values[name] = {"min": a, "max": b}
            words.append(f"the {name} varies from {a} to {b} degrees")
        else:
            values[name] = None
            words.append(f"the {name} sensor is broken")
    text = (
        f"Readings: {'; '.join(words)}.\n\n"
        f'Give them as a JSON object with the keys {", ".join(sorted(values))}. A value is a number, {{"min", "max"}} for a range, or null if there is no reading.'
    )
    value = {"anyOf": [NUMBER, an_object(min=NUMBER, max=NUMBER), {"type": "null"}]}
    return {"input": text, "target": values, "schema": an_object(**dict.fromkeys(sorted(values), value))}


@family("org-chart", "json_schema", "json", "extraction", "recursive")
def org_chart(r: Random) -> Made:
    people = [name.split()[0] for name in r.sample(NAMES, 6)]
    boss, a, b, *rest = people
    under_a, under_b = (rest[:1], rest[1:]) if r.random() < 0.5 else (rest[:2], rest[2:])
    words = [f"{boss} leads the team", f"{a} and {b} report to {boss}"]
    words += [f"{name} reports to {a}" for name in under_a] + [f"{name} reports to {b}" for name in under_b]

    def node(name: str, below: list[Any]) -> Any:
        return {"name": name, "reports": below}

    target = node(boss, [node(a, [node(n, []) for n in under_a]), node(b, [node(n, []) for n in under_b])])
    text = (
        f"{'. '.join(words)}.\n\n"
        "Give the team as JSON with leader. Each person, the leader too, has name and reports, the list of those who report to that person directly, in the order of the text (empty if there are none)."
    )
    person = an_object(name=TEXT, reports=an_array({"$ref": "#/$defs/person"}))
    schema = {**an_object(leader={"$ref": "#/$defs/person"}), "$defs": {"person": person}}
    return {"input": text, "target": {"leader": target}, "schema": schema}


# --- CSV, Markdown, XML, YAML -----------------------------------------------------------------------------------------


@family("guests", "csv", "csv", "extraction")
def guests(r: Random) -> Made:
    rows = [[name, str(r.randint(18, 90)), r.choice(CITIES)] for name in r.sample(NAMES, r.randint(3, 4))]
    words = [f"{name} is {age} and lives in {city}" for name, age, city in rows]
    text = f"{'. '.join(words)}.\n\nGive this as CSV with the header name,age,city, in the order of the text. Answer with the CSV only."
    return {"input": text, "target": [["name", "age", "city"], *rows], "options": {"header": ["name", "age", "city"]}}


@family("quotes", "csv", "csv", "quoting")
def quotes(r: Random) -> Made:
    titles = r.sample(
        [
            "Bread, Butter and Salt",
            'The "Quiet" Hour',
            "Rain, or Snow",
            'A Word: "Home"',
            "Up, Down, Across",
            "Plain Tales",
        ],
        3,
    )
    rows = [[title, str(r.randint(1950, 2024))] for title in titles]
    lines = "\n".join(f"- {title} ({year})" for title, year in rows)
    text = f"Books:\n{lines}\n\nGive them as CSV with the header title,year, in the same order. Put titles with a comma or a double quote in double quotes and double the quotes inside. Answer with the CSV only."
    return {"input": text, "target": [["title", "year"], *rows], "options": {"header": ["title", "year"]}}


@family("filter-sort", "csv", "csv", "transformation")
def filter_sort(r: Random) -> Made:
    stock = [(one, r.randint(0, 60)) for one, _ in r.sample(THINGS, 5)]
    limit = sorted(count for _, count in stock)[2]
    kept = sorted(((thing, count) for thing, count in stock if count < limit), key=lambda pair: (pair[1], pair[0]))
    while not kept or len({count for _, count in stock}) < 5:
        stock = [(thing, r.randint(0, 60)) for thing, _ in stock]
        limit = sorted(count for _, count in stock)[2]
        kept = sorted(((thing, count) for thing, count in stock if count < limit), key=lambda pair: pair[1])
    lines = "\n".join(f"{thing}: {count}" for thing, count in stock)
    text = f"Stock:\n{lines}\n\nGive the things of which there are fewer than {limit}, fewest first, as CSV with the header thing,count. Answer with the CSV only."
    return {
        "input": text,
        "target": [["thing", "count"], *([thing, str(count)] for thing, count in kept)],
        "options": {"header": ["thing", "count"]},
    }


@family("table", "markdown_table", "markdown", "extraction")
def table(r: Random) -> Made:
    rows = [
        [city, f"{r.randint(50, 900)} km", r.choice(["train", "bus", "ferry"])]
        for city in r.sample(CITIES, r.randint(3, 4))
    ]
    words = [f"{city} is {far} away and best reached by {way}" for city, far, way in rows]
    text = f"{'. '.join(words)}.\n\nGive this as one Markdown table with the columns City, Distance and Way, in the order of the text. Answer with the table only."
    return {
        "input": text,
        "target": [["City", "Distance", "Way"], *rows],
        "options": {"header": ["City", "Distance", "Way"]},
    }


@family("total-row", "markdown_table", "markdown", "transformation")
def total_row(r: Random) -> Made:
    rows = [[name.split()[0], r.randint(1, 40), r.randint(1, 40)] for name in r.sample(NAMES, 3)]
    lines = "\n".join(f"{name},{a},{b}" for name, a, b in rows)
    sums = ["Total", sum(row[1] for row in rows), sum(row[2] for row in rows)]
    text = f"name,may,june\n{lines}\n\nTurn this CSV into a Markdown table with the same header and rows, and add a last row Total with the sums of may and june. Answer with the table only."
    target = [["name", "may", "june"], *([str(cell) for cell in row] for row in [*rows, sums])]
    return {"input": text, "target": target, "options": {"header": ["name", "may", "june"]}}


@family("turned-table", "markdown_table", "markdown", "transformation")
def turned_table(r: Random) -> Made:
    names = [name.split()[0] for name in r.sample(NAMES, 3)]
    rows = [["height", *(str(r.randint(150, 199)) for _ in names)], ["age", *(str(r.randint(20, 80)) for _ in names)]]
    lines = "\n".join("| " + " | ".join(row) + " |" for row in [["", *names], ["---"] * 4, *rows])
    text = f"{lines}\n\nTurn this table on its side: one row for each person, with the columns name, height and age. Answer with the Markdown table only."
    target = [["name", "height", "age"], *([name, rows[0][i], rows[1][i]] for i, name in enumerate(names, 1))]
    return {"input": text, "target": target, "options": {"header": ["name", "height", "age"]}}


@family("books-xml", "xml", "xml", "extraction")
def books_xml(r: Random) -> Made:
    titles = r.sample(
        ["Salt & Stone", "The Ninth Bridge", "Cats < Dogs", "Low Water", "Ink & Iron", "Under Glass"], r.randint(2, 3)
    )
    books = [(title, r.choice(NAMES), r.randint(1960, 2024)) for title in titles]
    words = [f'"{title}" by {author} appeared in {year}' for title, author, year in books]
    text = (
        f"{'; '.join(words)}.\n\n"
        "Give this as XML: a root element books, and in it, in the order of the text, one element book for each with the attribute year and the child elements title and author. Escape special characters. Answer with the XML only."
    )
    inner = "".join(
        f'<book year="{year}"><title>{title.replace("&", "&amp;").replace("<", "&lt;")}</title><author>{author}</author></book>'
        for title, author, year in books
    )
    return {"input": text, "target": f"<books>{inner}</books>"}


@family("route-xml", "xml", "xml", "nested")
def route_xml(r: Random) -> Made:
    stops = r.sample(CITIES, r.randint(3, 4))
    minutes = [r.randint(15, 120) for _ in stops[1:]]
    number = r.randint(10, 99)
    words = [f"from {a} to {b} it takes {m} minutes" for a, b, m in zip(stops, stops[1:], minutes, strict=False)]
    text = (
        f"Line {number}: {', '.join(words)}.\n\n"
        "Give this as XML: a root element line with the attribute number, and in it one empty element leg for each part, in order, with the attributes from, to and minutes. Answer with the XML only."
    )
    legs = "".join(
        f'<leg from="{a}" to="{b}" minutes="{m}"/>' for a, b, m in zip(stops, stops[1:], minutes, strict=False)
    )
    return {"input": text, "target": f'<line number="{number}">{legs}</line>'}


@family("json-to-xml", "xml", "xml", "transformation")
def json_to_xml(r: Random) -> Made:
    city, people, bridges = (
        r.choice(CITIES),
        r.randint(20, 900) * 1000,
        r.sample(["Old Bridge", "Iron Bridge", "Mill Bridge", "East Bridge"], 2),
    )
    text = (
        f'{{"city": "{city}", "people": {people}, "bridges": ["{bridges[0]}", "{bridges[1]}"]}}\n\n'
        "Turn this JSON into XML: a root element record, one child element for each key, and inside bridges one element bridge for each entry. Answer with the XML only."
    )
    inner = "".join(f"<bridge>{name}</bridge>" for name in bridges)
    return {
        "input": text,
        "target": f"<record><city>{city}</city><people>{people}</people><bridges>{inner}</bridges></record>",
    }


@family("server-yaml", "yaml", "yaml", "extraction")
def server_yaml(r: Random) -> Made:
    name, port, debug = r.choice(["mail", "files", "search", "maps"]), r.randint(1025, 9999), r.choice([True, False])
    hosts = [f"{r.choice('abcdef')}{r.randint(1, 9)}.example.org" for _ in range(r.randint(2, 3))]
    text = (
        f"The service {name} listens on port {port}. Debugging is {'on' if debug else 'off'}. It runs on {' and on '.join(hosts)}.\n\n"
        "Give this as YAML: a mapping service with the keys name, port (number), debug (true or false) and hosts (a list, in order). Answer with the YAML only."
    )
    return {"input": text, "target": {"service": {"name": name, "port": port, "debug": debug, "hosts": hosts}}}


@family("tricky-yaml", "yaml", "yaml", "quoting")
def tricky_yaml(r: Random) -> Made:
    code, answer = f"{r.randint(0, 999):04d}", r.choice(["no", "yes", "on", "off"])
    note, version = (
        r.choice(["ready: set: go", "# not a comment", "- not a list", "{not a map}"]),
        f"1.{r.randint(1, 9)}0",
    )
    text = (
        f"The door code is {code}. The answer to the survey was the word {answer}. The note on the door says: {note}. The version is called {version}.\n\n"
        "Give this as YAML with the keys code, answer, note and version. All four values are text, so quote them where YAML would read something else. Answer with the YAML only."
    )
    return {"input": text, "target": {"code": code, "answer": answer, "note": note, "version": version}}


@family("steps-yaml", "yaml", "yaml", "transformation")
def steps_yaml(r: Random) -> Made:
    order = ["wash", "peel", "chop", "fry", "boil", "cool"]
    steps = [(what, r.randint(1, 40)) for what in sorted(r.sample(order, r.randint(3, 4)), key=order.index)]
    words = [f"{what} for {m} minutes" for what, m in steps]
    text = f"First {', then '.join(words)}.\n\nGive the steps as a YAML list in order; each entry is a mapping with step and minutes (number). Answer with the YAML only."
    return {"input": text, "target": [{"step": what, "minutes": m} for what, m in steps]}


# --- function calls ---------------------------------------------------------------------------------------------------

TOOLS = [
    {
        "name": "get_weather",
        "description": "Weather of a city on a day.",
        "parameters": {"type": "object", "properties": {"city": TEXT, "date": {"type": "string", "description": "YYYY-MM-DD"}, "unit": one_of("celsius", "fahrenheit")}, "required": ["city", "date"]},
    },
    {
        "name": "book_table",
        "description": "Books a table in a restaurant.",
        "parameters": {"type": "object", "properties": {"restaurant": TEXT, "people": INTEGER, "time": {"type": "string", "description": "HH:MM, 24 hours"}, "outside": BOOLEAN}, "required": ["restaurant", "people", "time"]},
    },
    {
        "name": "send_money",
        "description": "Sends money to a person.",
        "parameters": {"type": "object", "properties": {"to": TEXT, "amount": NUMBER, "currency": one_of("EUR", "USD", "GBP"), "note": TEXT}, "required": ["to", "amount", "currency"]},
    },
    {
        "name": "set_alarm",
        "description": "Sets an alarm clock.",
        "parameters": {"type": "object", "properties": {"time": {"type": "string", "description": "HH:MM, 24 hours"}, "days": {"type": "array", "items": one_of("mon", "tue", "wed", "thu", "fri", "sat", "sun")}}, "required": ["time"]},
    },
]  # fmt: skip


def tool_task(r: Random, request: str, calls: list[dict[str, Any]], *, also: int = 2) -> Made:
    """A request with the tools it needs and `also` others, described in the prompt and handed over as `tools`."""
    import json

    used = {call["name"] for call in calls}
    others = r.sample([tool for tool in TOOLS if tool["name"] not in used], min(also, len(TOOLS) - len(used)))
    tools = [tool for tool in TOOLS if tool["name"] in used or tool in others]
    listed = "\n".join(json.dumps(tool) for tool in tools)
    text = (
        f"You can call these functions:\n{listed}\n\nRequest: {request}\n\n"
        'Answer only with the calls that the request needs, as a JSON list of {"name": ..., "arguments": {...}}; give no argument that the request does not mention. If no function fits, answer with an empty list.'
    )
    return {
        "input": text,
        "target": calls,
        "metadata": {"tools": tools},
        "options": {"strings": "exact", "fenced": True},
    }


@family("call-weather", "function_call", "function-call")
def call_weather(r: Random) -> Made:
    said, iso = day(r)
    city, unit = r.choice(CITIES), r.choice([None, "celsius", "fahrenheit"])
    request = f"What will the weather be like in {city} on {said}?" + (
        f" In degrees {unit.title()}, please." if unit else ""
    )
    return tool_task(
        r,
        request,
        [{"name": "get_weather", "arguments": {"city": city, "date": iso} | ({"unit": unit} if unit else {})}],
    )


@family("call-table", "function_call", "function-call")
def call_table(r: Random) -> Made:
    place, people, hour = (
        r.choice(["Blue Door", "Casa Nora", "The Ladle", "Green Oven"]),
        r.randint(2, 9),
        r.randint(5, 9),
    )
    half, outside = r.choice([("half past", 30), ("", 0)]), r.choice([None, True])
    time = f"half past {hour}" if half[1] else f"{hour} o'clock"
    request = f"Get us a table for {people} at {place} at {time} in the evening" + (
        ", outside if you please." if outside else "."
    )
    arguments: dict[str, Any] = {"restaurant": place, "people": people, "time": f"{hour + 12}:{half[1]:02d}"}
    return tool_task(
        r, request, [{"name": "book_table", "arguments": arguments | ({"outside": True} if outside else {})}]
    )


@family("call-money", "function_call", "function-call", "parallel")
def call_money(r: Random) -> Made:
    people = [name.split()[0] for name in r.sample(NAMES, 2)]
    sums = [r.randint(5, 90), r.randint(100, 9900) / 100]
    currency = r.choice([("EUR", "euros"), ("USD", "dollars"), ("GBP", "pounds")])
    request = f"Send {sums[0]} {currency[1]} to {people[0]} and {sums[1]} {currency[1]} to {people[1]}."
    calls = [
        {"name": "send_money", "arguments": {"to": who, "amount": amount, "currency": currency[0]}}
        for who, amount in zip(people, sums, strict=True)
    ]
    return tool_task(r, request, calls)


@family("call-two-kinds", "function_call", "function-call", "parallel")
def call_two_kinds(r: Random) -> Made:
    said, iso = day(r)
    city, hour, minute = r.choice(CITIES), r.randint(5, 8), r.choice([10, 20, 45])
    days = r.choice(
        [
            ("on Monday and Friday", ["mon", "fri"]),
            ("on Saturday", ["sat"]),
            ("on Tuesday and Thursday", ["tue", "thu"]),
        ]
    )
    request = f"Wake me at {hour}:{minute} in the morning {days[0]}, and tell me the weather in {city} for {said}."
    calls = [
        {"name": "set_alarm", "arguments": {"time": f"{hour:02d}:{minute}", "days": days[1]}},
        {"name": "get_weather", "arguments": {"city": city, "date": iso}},
    ]
    return tool_task(r, request, calls, also=1)


@family("call-none", "function_call", "function-call", "irrelevant")
def call_none(r: Random) -> Made:
    request = r.choice(
        [
            "Translate 'good morning' into Danish.",
            "Who painted this picture?",
            "Write a short poem about soap.",
            "How do I get a wine stain out of a shirt?",
            "Recommend a book about bees.",
            "What is the plural of ox?",
        ]
    )
    return tool_task(r, request, [], also=3)


# --- the pack -----------------------------------------------------------------------------------------------------------


def from_families() -> list[dict[str, Any]]:
    samples = []
    for name, scorer, tags, count, make in FAMILIES:
        random = Random(f"structured-formatting/{name}")
        seen: set[str] = set()
        while len(seen) < count:
            made = make(random)
            if made["input"] in seen:
                continue
            seen.add(made["input"])
            options = made.pop("options", None)
            sample = {"id": f"{name}-{len(seen)}", **made, "cluster": name, "tags": tags.split()}
            if scorer != "json_schema":
                sample["scorer"] = {"name": scorer} | ({"options": options} if options else {})
            samples.append(sample)
    return samples


def build() -> dict[str, Any]:
    samples = [*first(), *from_families()]
    for name, text, ids, kwargs, _ in INSTRUCTIONS:
        metadata = {"instruction_id_list": ids, "kwargs": kwargs}
        samples.append(
            {
                "id": name,
                "input": text,
                "tags": ["instructions"],
                "metadata": metadata,
                "scorer": {"name": "ifeval", "options": {"reading": "intended"}},
            }
        )
    for name, text, target, pattern in PATTERNS:
        sample = {"id": name, "input": f"{text} Answer with that only.", "target": target, "tags": ["pattern"]}
        scorer = {"name": "exact"} if pattern is None else {"name": "regex"}
        samples.append(sample | {"scorer": scorer} | ({} if pattern is None else {"metadata": {"pattern": pattern}}))
    return {
        "name": "structured-formatting",
        "version": "1.0.0",
        "licence": "CC0-1.0",
        "description": "Answers in a form that a program can read: JSON under schemas from flat to recursive unions, CSV, Markdown "
        "tables, XML, YAML, function calls, instructions that can be checked. Valid and correct are scored apart. "
        "English, short texts. Chance level: 0.",
        "prompt": [{"role": "user", "content": "{input}"}],
        "scorer": {"name": "json_schema"},
        "measure": "strict",
        "generation": {"max_tokens": 768, "temperature": 0, "structured": "prompted"},
        "outcomes": {"truncated": "wrong", "extraction_failed": "wrong", "refused": "wrong"},
        "chance": 0.0,
        "samples": samples,
    }


if __name__ == "__main__":
    write(build())
