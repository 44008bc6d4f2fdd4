"""The backend "none": a plain process of the user's. It isolates nothing; the verdict still comes from a judge."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from evalkit.errors import SandboxUnavailable
from evalkit.sandbox import bwrap, native
from evalkit.sandbox.ready import Ready


def ready(needs: Sequence[str]) -> Ready:
    """Raises SandboxUnavailable where processes cannot fork."""
    if sys.platform == "win32":
        raise SandboxUnavailable("needs a system that can fork")
    launch = native.Launch(
        command=[sys.executable],
        environment=native.environment(""),
        packages=[path for path in sys.path if path.endswith("-packages")],
        modules=[need for need in needs if need not in ("stdlib", "threads")],
        isolated=False,
    )
    python = native.python_of(launch)
    return Ready(lambda: native.Worker(launch), "no isolation at all", python, lambda need: bwrap.offers(need, needs))
