"""The first fifty samples of the structured-formatting pack: one short sentence, one flat record, no two alike.

They are short so that a tiny model on a slow machine answers them in a minute or two, and each is about something else,
so that they are independent: the quickstart asks only these.
"""

# ruff: noqa: E501
from __future__ import annotations

from typing import Any

ITEMS: list[tuple[str, str, dict[str, Any]]] = [
    ("person", "Iris is 32 years old and lives in Lisbon.", {"name": "Iris", "age": 32, "city": "Lisbon"}),
    ("order", "Please send me 4 yellow bags.", {"product": "bags", "quantity": 4, "color": "yellow"}),
    ("trip", "On Saturday I fly from Madrid to Rome.", {"origin": "Madrid", "destination": "Rome", "day": "Saturday"}),
    ("pet", "Our dog Daisy is 10 years old.", {"name": "Daisy", "animal": "dog", "age": 10}),
    ("book", "Frank wrote Paper Moon in 1999.", {"title": "Paper Moon", "author": "Frank", "year": 1999}),
    ("weather", "It is 21 degrees and sunny in Athens.", {"city": "Athens", "degrees": 21, "sky": "sunny"}),
    ("match", "Leeds beat Hull 3 to 1.", {"winner": "Leeds", "loser": "Hull", "goals": 3}),
    ("recipe", "Bake the bread for 45 minutes at 220 degrees.", {"food": "bread", "minutes": 45, "degrees": 220}),
    ("room", "Room 12 is on floor 3 and has 2 beds.", {"room": 12, "floor": 3, "beds": 2}),
    ("job", "Nadia works as a nurse in Oslo.", {"name": "Nadia", "job": "nurse", "city": "Oslo"}),
    ("car", "Paul drives a green Volvo from 2015.", {"owner": "Paul", "color": "green", "year": 2015}),
    ("film", "The film Silver Lake is 94 minutes long.", {"title": "Silver Lake", "minutes": 94}),
    ("river", "The Elbe is 1094 kilometres long.", {"river": "Elbe", "kilometres": 1094}),
    ("school", "Mia is in class 5 and likes music.", {"name": "Mia", "class": 5, "subject": "music"}),
    ("flat", "The flat has 3 rooms and costs 900 euros.", {"rooms": 3, "price": 900, "currency": "euros"}),
    ("meeting", "We meet Carla on Monday at 14 o'clock.", {"person": "Carla", "day": "Monday", "hour": 14}),
    ("parcel", "The parcel from Prague weighs 7 kilos.", {"origin": "Prague", "kilos": 7}),
    ("race", "Tom ran 10 kilometres in 52 minutes.", {"runner": "Tom", "kilometres": 10, "minutes": 52}),
    ("garden", "Three years ago we planted 6 apple trees.", {"kind": "apple", "trees": 6}),
    ("shop", "The bakery opens at 7 and closes at 18.", {"shop": "bakery", "opens": 7, "closes": 18}),
    ("band", "Jack plays the drums in a band called Owls.", {"player": "Jack", "instrument": "drums", "band": "Owls"}),
    ("ticket", "A ticket for the museum costs 12 dollars.", {"place": "museum", "price": 12, "currency": "dollars"}),
    ("phone", "Emma bought a black phone for 300 pounds.", {"buyer": "Emma", "color": "black", "price": 300}),
    ("bus", "Bus 61 goes to the station every 15 minutes.", {"bus": 61, "stop": "station", "minutes": 15}),
    ("tower", "The tower was built in 1889 and is 330 metres high.", {"built": 1889, "metres": 330}),
    ("doctor", "Doctor Klein has time on Friday at 9.", {"doctor": "Klein", "day": "Friday", "hour": 9}),
    ("farm", "The farm has 40 cows and 12 goats.", {"cows": 40, "goats": 12}),
    ("language", "Yuki speaks Japanese and lives in Vienna.", {"name": "Yuki", "language": "Japanese", "city": "Vienna"}),
    ("boat", "The boat Luna carries 80 people.", {"boat": "Luna", "people": 80}),
    ("coffee", "Two coffees and one cake cost 9 euros.", {"price": 9, "currency": "euros"}),
    ("hotel", "We stay at hotel Aurora for 5 nights.", {"hotel": "Aurora", "nights": 5}),
    ("painting", "Ida painted Red Hills in 1932.", {"painter": "Ida", "title": "Red Hills", "year": 1932}),
    ("jacket", "The blue jacket in size 40 is sold out.", {"item": "jacket", "color": "blue", "size": 40}),
    ("lake", "The lake is 25 metres deep and very cold.", {"metres": 25, "water": "cold"}),
    ("course", "The course in Spanish starts in May with Rosa.", {"language": "Spanish", "month": "May", "teacher": "Rosa"}),
    ("train", "Train 408 to Dublin leaves from platform 6.", {"train": 408, "destination": "Dublin", "platform": 6}),
    ("birthday", "Ben was born in March 1987.", {"name": "Ben", "month": "March", "year": 1987}),
    ("game", "Lena won the game with 88 points.", {"winner": "Lena", "points": 88}),
    ("planet", "Mars has 2 moons.", {"planet": "Mars", "moons": 2}),
    ("letter", "Send the letter to Omar in Cairo.", {"name": "Omar", "city": "Cairo"}),
    ("milk", "Buy 2 bottles of milk and 6 eggs.", {"bottles": 2, "eggs": 6}),
    ("teacher", "Mr Stone teaches history in room 21.", {"teacher": "Stone", "subject": "history", "room": 21}),
    ("bike", "My red bike has 7 gears.", {"color": "red", "gears": 7}),
    ("election", "Anna got 512 votes and Peter got 498.", {"winner": "Anna", "votes": 512}),
    ("medicine", "Take 2 tablets every 8 hours.", {"tablets": 2, "hours": 8}),
    ("library", "The library lends 5 books for 30 days.", {"books": 5, "days": 30}),
    ("storm", "The storm on Tuesday broke 9 trees in Bern.", {"day": "Tuesday", "trees": 9, "city": "Bern"}),
    ("chess", "Viktor beat Sara in 31 moves.", {"winner": "Viktor", "loser": "Sara", "moves": 31}),
    ("wall", "The wall is 4 metres high and 60 metres long.", {"height": 4, "length": 60}),
    ("cinema", "The cinema shows Night Train at 20 o'clock.", {"film": "Night Train", "hour": 20}),
]  # fmt: skip


def first() -> list[dict[str, Any]]:
    """One sample an item; the schema says the kind of each field."""
    samples = []
    for name, text, target in ITEMS:
        *some, last = target
        listed = f"{', '.join(some)} and {last}"
        kinds = {key: {"type": "integer" if isinstance(value, int) else "string"} for key, value in target.items()}
        samples.append(
            {
                "id": f"short-{name}",
                "input": f"{text}\n\nGive {listed} as JSON.",
                "target": target,
                "schema": {"type": "object", "properties": kinds, "required": list(target)},
                "tags": ["json", "extraction", "flat", "short"],
            }
        )
    return samples
