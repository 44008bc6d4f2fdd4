"""The report for a terminal: the same story in a few lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalkit.report.words import arm_name, headline, interval, points


def text(report: Mapping[str, Any]) -> str:
    """The verdict, each pack in three lines."""
    return "\n".join(_lines(report))


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    claim = report["claim"]
    yield claim["question"]
    yield f"  baseline   {arm_name(claim['baseline'])}"
    yield f"  candidate  {arm_name(claim['candidate'])}"
    for pack in report["packs"]:
        s = pack["statistics"]
        yield ""
        yield f"{pack['pack']}: {pack['verdict'].upper()}"
        yield (
            f"  right: {points(s['baseline_mean'])} % against {points(s['candidate_mean'])} %, difference "
            f"{interval(s)} points, margin {points(pack['margin'])}, {s['n']} items"
        )
        yield f"  {pack['sentence']}"
        for d in pack["differences"]:
            yield f"  condition {d['condition']}: {d['baseline']} against {d['candidate']}" + (
                " (waived)" if d["waived"] else ""
            )
        for name in sorted({*pack["outcomes"]["baseline"], *pack["outcomes"]["candidate"]} - {"ok"}):
            counted = "counts as wrong" if name in pack["counted_wrong"] else "missing"
            both = [pack["outcomes"][arm].get(name, 0) for arm in ("baseline", "candidate")]
            yield f"  {name}: {both[0]} against {both[1]} ({counted})"
    yield ""
    yield headline(report)
    if report["exploratory"]:
        yield f"  EXPLORATORY, so no pass: {report['exploratory']}"
    yield f"  {report['reason']} (exit code {report['exit_code']})"
