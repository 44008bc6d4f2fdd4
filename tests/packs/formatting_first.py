"""The first fifty samples of the structured-formatting pack: one short sentence, one flat record, no two alike.

They are short so that a tiny model on a slow machine answers them in a minute or two, and each is about something else,
so that they are independent: the quickstart asks only these. They were picked, and the wording of the request tuned, so
that SmolLM2-135M is neither always right nor always wrong; its score on them says nothing about larger models.
"""

# ruff: noqa: E501
from __future__ import annotations

from typing import Any

ITEMS: list[tuple[str, str, dict[str, Any]]] = [
    ("traveller", "Laura goes to Brazil for 21 days.", {"name": "Laura", "country": "Brazil", "days": 21}),
    ("exam", "Emma got a score of 88 in History.", {"name": "Emma", "subject": "History", "score": 88}),
    ("sailor", "Erik is 36 and comes from Norway.", {"name": "Erik", "country": "Norway", "age": 36}),
    ("teacher", "Kevin is 39 and teaches Chemistry.", {"name": "Kevin", "subject": "Chemistry", "age": 39}),
    ("move", "Hannah travels from Berlin to Madrid.", {"name": "Hannah", "origin": "Berlin", "destination": "Madrid"}),
    ("salary", "The salary of James is 39000, he is 24 years old.", {"name": "James", "age": 24, "salary": 39000}),
    ("weather", "In London the temperature is 8 degrees.", {"city": "London", "temperature": 8}),
    ("guest", "Sandra has room 12 for 3 nights.", {"name": "Sandra", "room": 12, "nights": 3}),
    ("song", "Blue Ferry is a song by Nora Vale from 2016.", {"title": "Blue Ferry", "artist": "Nora Vale", "year": 2016}),
    ("table", "The table has a width of 80 and a height of 75.", {"width": 80, "height": 75}),
    ("pet", "Max is a dog who is 3 years old.", {"name": "Max", "animal": "dog", "age": 3}),
    ("child", "Nils is 8 years old and weighs 27 kilos.", {"name": "Nils", "age": 8, "kilos": 27}),
    ("writer", "Clara lives in Poland and has written 14 books.", {"name": "Clara", "country": "Poland", "books": 14}),
    ("actor", "Simon, aged 47, has played in 30 films.", {"name": "Simon", "age": 47, "films": 30}),
    ("swimmer", "Leila from Egypt won 5 medals.", {"name": "Leila", "country": "Egypt", "medals": 5}),
    ("cook", "Andre has cooked in Lyon for 11 years.", {"name": "Andre", "city": "Lyon", "years": 11}),
    ("uncle", "My uncle Martin is 58 and has 4 children.", {"name": "Martin", "age": 58, "children": 4}),
    ("farmer", "In Ireland, Sean keeps 90 sheep.", {"name": "Sean", "country": "Ireland", "sheep": 90}),
    ("student", "Amir, 20 years old, studies Physics.", {"name": "Amir", "age": 20, "subject": "Physics"}),
    ("driver", "Sofia drives to Milan in 4 hours.", {"name": "Sofia", "city": "Milan", "hours": 4}),
    ("singer", "Diego comes from Mexico and has 7 albums.", {"name": "Diego", "country": "Mexico", "albums": 7}),
    ("team", "The Lions from Denver have 45 points.", {"team": "Lions", "city": "Denver", "points": 45}),
    ("visitor", "Robert visits Rome in April.", {"name": "Robert", "city": "Rome", "month": "April"}),
    ("artist", "Helen moved to Paris in 1998.", {"name": "Helen", "city": "Paris", "year": 1998}),
    ("wedding", "Alice and George married in 2011.", {"wife": "Alice", "husband": "George", "year": 2011}),
    ("neighbour", "Our neighbour Karen is 66 and lives on floor 2.", {"name": "Karen", "age": 66, "floor": 2}),
    ("city", "The population of Osaka in Japan is 2750000.", {"city": "Osaka", "country": "Japan", "population": 2750000}),
    ("bridge", "The bridge in Sydney was built in 1932.", {"city": "Sydney", "built": 1932}),
    ("runner", "It took Olivia, who is 33, only 39 minutes.", {"name": "Olivia", "age": 33, "minutes": 39}),
    ("flight", "Grace flies from Boston to Chicago on Friday.", {"name": "Grace", "origin": "Boston", "destination": "Chicago", "day": "Friday"}),
    ("test", "David is 15 and his grade is 9.", {"name": "David", "age": 15, "grade": 9}),
    ("tenant", "Monica pays a rent of 850 in Lisbon.", {"name": "Monica", "rent": 850, "city": "Lisbon"}),
    ("distance", "The distance between Rome and Naples is 225 km.", {"origin": "Rome", "destination": "Naples", "distance": 225}),
    ("person", "Iris is 32 years old and lives in Lisbon.", {"name": "Iris", "age": 32, "city": "Lisbon"}),
    ("book", "Frank wrote Paper Moon in 1999.", {"title": "Paper Moon", "author": "Frank", "year": 1999}),
    ("film", "The film Silver Lake is 94 minutes long.", {"title": "Silver Lake", "minutes": 94}),
    ("language", "Yuki speaks Japanese and lives in Vienna.", {"name": "Yuki", "language": "Japanese", "city": "Vienna"}),
    ("birthday", "Ben was born in March 1987.", {"name": "Ben", "month": "March", "year": 1987}),
    ("game", "Lena won the game with 88 points.", {"winner": "Lena", "points": 88}),
    ("car", "Paul drives a green Volvo from 2015.", {"owner": "Paul", "color": "green", "year": 2015}),
    ("school", "Mia is in class 5 and likes music.", {"name": "Mia", "class": 5, "subject": "music"}),
    ("meeting", "We meet Carla on Monday at 14 o'clock.", {"person": "Carla", "day": "Monday", "hour": 14}),
    ("race", "Tom ran 10 kilometres in 52 minutes.", {"runner": "Tom", "kilometres": 10, "minutes": 52}),
    ("train", "Train 408 to Dublin leaves from platform 6.", {"train": 408, "destination": "Dublin", "platform": 6}),
    ("hotel", "We stay at hotel Aurora for 5 nights.", {"hotel": "Aurora", "nights": 5}),
    ("room", "Room 12 is on floor 3 and has 2 beds.", {"room": 12, "floor": 3, "beds": 2}),
    ("farm", "The farm has 40 cows and 12 goats.", {"cows": 40, "goats": 12}),
    ("planet", "Mars has 2 moons.", {"planet": "Mars", "moons": 2}),
    ("trip", "On Saturday I fly from Madrid to Rome.", {"origin": "Madrid", "destination": "Rome", "day": "Saturday"}),
    ("job", "Nadia works as a nurse in Oslo.", {"name": "Nadia", "job": "nurse", "city": "Oslo"}),
]  # fmt: skip


def first() -> list[dict[str, Any]]:
    """One sample an item; the schema says the kind of each field."""
    samples = []
    for name, text, target in ITEMS:
        kinds = {key: {"type": "integer" if isinstance(value, int) else "string"} for key, value in target.items()}
        asked = f"Reply with one JSON object with the keys {', '.join(target)}. No other text."
        schema = {"type": "object", "properties": kinds, "required": list(target), "additionalProperties": False}
        samples.append(
            {
                "id": f"short-{name}",
                "input": f"{asked}\n{text}",
                "target": target,
                "schema": schema,
                "tags": ["json", "extraction", "flat", "short"],
            }
        )
    return samples
