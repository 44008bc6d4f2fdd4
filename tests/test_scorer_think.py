"""Thinking, channels and end tokens are not part of an answer."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.scorers._think import strip_thoughts


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<think>so 41</think>42", "42"),
        ("<THINK>so 41</THINK>\n42", "\n42"),
        ("so 41</think>42", "42"),  # the template swallowed the opening tag
        ("<think>so 41", ""),  # it never got to an answer
        ("<think>a<think>b</think>c</think>d", "d"),
        ("before <thinking>x</thinking> after", "before  after"),
        ("[THINK]x[/THINK]4", "4"),
        ("◁think▷x◁/think▷4", "4"),
        ("Use the `<think>` tag, or '</think>'.", "Use the `<think>` tag, or '</think>'."),
        ("18</s></s> </s>", "18"),
        ("18\n<|im_end|>\n", "18"),
        ("a </s> b", "a </s> b"),
        ("<|channel|>analysis<|message|>3<|end|><|start|>assistant<|channel|>final<|message|>4<|return|>", "4"),
        ("<|channel|>analysis<|message|>only thinking", ""),
        (" 1 < 2 \n", " 1 < 2 \n"),
    ],
)
def test_only_the_answer_is_left(text: str, left: str) -> None:
    assert strip_thoughts(text) == left


@given(st.text(alphabet=st.characters(exclude_characters="<◁[")))
@settings(derandomize=True)
def test_text_without_tags_is_not_touched(text: str) -> None:
    assert strip_thoughts(text) == text


def test_time_is_linear() -> None:
    started = time.perf_counter()
    strip_thoughts("<think>" * 50_000 + "</think>" * 50_000 + "</s>" * 50_000)
    assert time.perf_counter() - started < 2
