"""The Markdown report: for pull requests, step summaries and people who read files. Worst pack first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evalkit.report.words import MEANING, arm_name, headline, interval, points

GITHUB_LIMIT = 65_536
_ORDER = ("inferior", "invalid", "inconclusive", "parity", "superior")


def markdown(report: Mapping[str, Any], limit: int = GITHUB_LIMIT) -> str:
    """The report as Markdown, cut at `limit` characters."""
    text = "\n".join(_lines(report)) + "\n"
    if len(text) <= limit:
        return text
    note = "\n\n*Cut here; the whole report is in verdict.json.*\n"
    return text[: limit - len(note)].rsplit("\n", 1)[0] + note


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    claim = report["claim"]
    yield f"# {headline(report)}"
    yield ""
    yield f"> {_inline(claim['question'])}"
    yield ""
    yield f"- baseline: **{_inline(arm_name(claim['baseline']))}** (`{claim['baseline']['model']}`)"
    yield f"- candidate: **{_inline(arm_name(claim['candidate']))}** (`{claim['candidate']['model']}`)"
    yield f"- {report['reason']}"
    if report["exploratory"]:
        yield f"- **exploratory**: {report['exploratory']}. Such a verdict is no pass."
    if len(report["packs"]) > 1:
        yield f"- all packs, weighted by workload: {interval(report['overall'])} points; it never overrules a pack"
    yield ""
    packs = sorted(report["packs"], key=lambda pack: _ORDER.index(pack["verdict"]))
    yield "| pack | verdict | baseline | candidate | difference, points | margin | items | better / worse / same |"
    yield "|---|---|---|---|---|---|---|---|"
    for pack in packs:
        s = pack["statistics"]
        means = f"{points(s['baseline_mean'])} % | {points(s['candidate_mean'])} %"
        difference = f"{interval(s)} | {points(pack['margin'])}"
        counts = f"{s['n']} | {s['wins']} / {s['losses']} / {s['ties']}"
        yield f"| {pack['pack']} | **{pack['verdict']}** | {means} | {difference} | {counts} |"
    yield ""
    level = packs[0]["statistics"]["level"]
    yield (
        f"The interval holds the true difference (candidate minus baseline) with {level:.0%} confidence; parity needs "
        "its low end above minus the margin. Missing answers count against the candidate here."
    )
    for pack in packs:
        yield ""
        yield from _pack(pack)
    for name, parts in report["splits"].items():
        yield ""
        yield f"## {name}: model gap and deployment gap"
        yield ""
        for part, found in parts.items():
            yield f"- {part}: {found['verdict']}, {interval(found['statistics'])} points. {found['sentence']}"
    yield ""
    yield from _provenance(report)


def _pack(pack: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {pack['pack']} {pack['version']}: {pack['verdict']}"
    yield ""
    yield pack["sentence"]
    yield ""
    yield f"*{pack['verdict']}*: {MEANING[pack['verdict']]}. Method: {pack['statistics']['method']}."
    yield ""
    yield from _outcomes(pack)
    yield from _conditions(pack)
    if pack["extraction"]:
        found = pack["extraction"]
        yield (
            f"- extraction: strict reading says {found['strict']}, lenient reading {found['lenient']}; "
            f"{found['flips']} samples depend on it{_ids(found['flipping'])}"
        )
    else:
        yield f"- extraction: the pack measures the {pack['measure']} reading"
    for guard in pack["slices"]:
        alarm = " **alarm: worse than its margin**" if guard["alarm"] else ""
        s = guard["statistics"]
        yield f"- slice {guard['name']}: {s['verdict']}, {interval(s)} points, {s['n']} items{alarm}"
    yield f"- baseline right, candidate not: {pack['statistics']['losses']}{_ids(pack['regressions'])}"
    yield f"- candidate right, baseline not: {pack['statistics']['wins']}{_ids(pack['improvements'])}"
    for arm, noise in pack["noise"].items():
        yield (
            f"- {arm} against itself: {noise['flips']} of {noise['n']} items changed from one epoch to the next "
            f"({points(noise['flip_rate'])} %)"
        )
    for arm, folder in pack["runs"].items():
        yield f"- {arm}: `{folder}`"
    yield ""
    yield from _gap(pack)


def _gap(pack: Mapping[str, Any]) -> Iterator[str]:
    """Where the observed gap comes from; parts that are nothing are left out."""
    yield "| where the gap comes from | points |"
    yield "|---|---|"
    for part in pack["gap"]:
        if part["share"] or part["cause"] in ("gap", "capability"):
            shown = {"difference": part["share"], "ci_low": part["low"], "ci_high": part["high"]}
            name = "observed gap, lost answers as 0" if part["cause"] == "gap" else part["cause"]
            yield f"| {name} | {interval(shown)} |"
    named = ", ".join(f"`{d['condition']}`" for d in pack["differences"])
    if named:
        yield f"| parameters | not told apart from the rest: {named} differ; ask both arms alike to measure them |"


def _outcomes(pack: Mapping[str, Any]) -> Iterator[str]:
    arms = pack["outcomes"]
    names = sorted({*arms["baseline"], *arms["candidate"]}, key=lambda name: (name != "ok", name))
    yield "| outcome | baseline | candidate | counts as |"
    yield "|---|---|---|---|"
    for name in names:
        if name == "ok":
            counts = "scored"
        else:
            counts = "wrong (declared by the pack or claim)" if name in pack["counted_wrong"] else "missing, worst case"
        yield f"| {name} | {arms['baseline'].get(name, 0)} | {arms['candidate'].get(name, 0)} | {counts} |"
    yield ""


def _conditions(pack: Mapping[str, Any]) -> Iterator[str]:
    if not pack["differences"]:
        yield "- conditions: the same for both arms"
    for d in pack["differences"]:
        waived = "waived by the claim" if d["waived"] else "**not waived**"
        both = f"{_shown(d['baseline'])} against {_shown(d['candidate'])}"
        yield f"- condition `{d['condition']}` differs: {both} ({waived})"


def _provenance(report: Mapping[str, Any]) -> Iterator[str]:
    claim = report["claim"]
    yield "## Where this comes from"
    yield ""
    locked = "not locked" if claim["lock"] is None else f"locked {claim['lock']['date'][:10]}"
    yield f"- claim `{claim['file']}`, digest `{claim['digest'][:12]}`, {locked}; alpha {claim['alpha']} one-sided"
    limits = claim["limits"]
    yield (
        f"- invalid when an outcome exceeds {limits['outcome_rate']:.0%} of an arm, or differs by more than "
        f"{points(limits['outcome_difference'])} points between the arms with p < {limits['outcome_p']}"
    )
    for pack, arms in report["runs"].items():
        for arm, run in arms.items():
            served = ", ".join(f"{name or 'not told'} ({count})" for name, count in run["served"].items()) or "not told"
            yield (
                f"- {pack}, {arm}: run `{run['digest'][:12]}`, finished {run['finished']}, "
                f"model as served: {_inline(served)}"
            )
    yield f"- evalkit {report['evalkit']}, written {report['created']}"


def _ids(ids: list[str]) -> str:
    return f" ({', '.join(f'`{_inline(name)}`' for name in ids)})" if ids else ""


def _shown(value: Any) -> str:
    return "not set" if value is None else f"`{_inline(str(value))}`"


def _inline(text: str) -> str:
    """A text that cannot break out of its line or start markup."""
    clean = " ".join(str(text).split())
    for mark in "\\`*_<>|[]":
        clean = clean.replace(mark, f"\\{mark}" if mark != "`" else "'")
    return clean
