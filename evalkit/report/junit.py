"""JUnit XML: one test case a pack and guarded slice. Only parity and superior pass; what was not shown is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Mapping[str, Any]) -> str:
    """The report as JUnit XML (the form of Jenkins and Surefire)."""
    cases = []
    for pack in report["packs"]:
        cases.append(_case(report, pack["pack"], pack["verdict"], pack["sentence"]))
        for guard in pack["slices"]:
            word = guard["statistics"]["verdict"]
            if word == "inferior" and not guard["alarm"]:
                word = "inconclusive"  # not once the number of slices is taken into account
            cases.append(_case(report, f"{pack['pack']} {guard['name']}", word, guard["statistics"]["sentence"]))
    bodies = [body for body, _ in cases]
    kinds = [kind for _, kind in cases]
    name = _attribute(f"evalkit.{report['claim']['name']}")
    counts = f'tests="{len(cases)}" failures="{kinds.count("failure")}" errors="{kinds.count("error")}" skipped="0"'
    suite = f'<testsuite name={name} {counts} time="0" timestamp={_attribute(report["created"][:19])}>'
    inside = "\n".join(bodies)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{suite}\n{inside}\n</testsuite>\n</testsuites>\n'


def _case(report: Mapping[str, Any], name: str, word: str, sentence: str) -> tuple[str, str]:
    head = f'<testcase classname={_attribute("evalkit." + report["claim"]["name"])} name={_attribute(name)} time="0"'
    if word in ("parity", "superior"):
        return f"{head}/>", "pass"
    kind = "failure" if word == "inferior" else "error"
    message = f"<{kind} type={_attribute(word)} message={_attribute(sentence)}>{_text(sentence)}</{kind}>"
    return f"{head}>{message}</testcase>", kind


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", value))


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", value))
