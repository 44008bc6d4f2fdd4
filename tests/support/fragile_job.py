"""A scoring job that ends its process on one line, for tests of `evalkit score`."""

from __future__ import annotations

import json
import os


class FragileJob:
    """Answers each line with itself; the line `{"id": ..., "die": true}` ends the process."""

    def __call__(self, line: bytes) -> tuple[str, bool]:
        raw = json.loads(line)
        if raw.get("die"):
            os._exit(7)
        return json.dumps({"id": raw["id"]}) + "\n", True
