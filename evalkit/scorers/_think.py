"""What a chat template should have removed from an answer: thinking, channels and end-of-sequence tokens.

- `<think>...</think>` (also thinking, thought, reasoning, `[THINK]`, `◁think▷`) goes, wherever it stands.
- A closing tag alone: the template swallowed the opening one, so everything before it was thinking.
- An opening tag that is never closed: the model never got to an answer; the rest goes.
- Tags right after a quote mark (`` ` ``, `"` or `'`) are text about tags, and stay.
- Harmony channels (`<|channel|>final<|message|>`): only the last final channel is the answer.
"""

from __future__ import annotations

import re

from evalkit.scorers._lazy import compiled

_NAME = r"(?:think|thinking|thoughts?|reasoning|seed:think|antthinking)"
_TAG = compiled(rf"(?<![`\"'])(?:(?P<open><{_NAME}>|\[THINK\]|◁think▷)|</{_NAME}>|\[/THINK\]|◁/think▷)", re.IGNORECASE)
_FINAL = compiled(r"<\|channel\|>final\s*(?:<\|constrain\|>\s*\w*\s*)?<\|message\|>")
_CHANNEL_END = compiled(r"<\|(?:end|return|start|channel|call)\|>")
_END_TOKENS = (
    "</s>", "<eos>", "<end_of_turn>", "<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|endoftext|>", "<|end_of_text|>",
    "<|end|>", "<|return|>", "<|END_OF_TURN_TOKEN|>", "<｜end▁of▁sentence｜>",
)  # fmt: skip


def strip_thoughts(text: str) -> str:
    """The answer without thinking and end tokens; "" when the thinking never ended. Linear in the text's length.

    Text that has none of these comes back as it is, spaces included.
    """
    if "<" not in text and "◁" not in text and "THINK]" not in text:
        return text
    text = _without_end_tokens(text)
    if "<|channel|>" in text:
        finals = _FINAL.split(text)
        return _CHANNEL_END.split(finals[-1], maxsplit=1)[0] if len(finals) > 1 else ""
    kept: list[str] = []
    position, thinking = 0, False
    for tag in _TAG.finditer(text):
        if tag["open"]:
            if not thinking:
                kept.append(text[position : tag.start()])
            thinking = True
        else:
            if not thinking:
                kept.clear()
            position, thinking = tag.end(), False
    if not thinking:
        kept.append(text[position:])
    return "".join(kept)


def _without_end_tokens(text: str) -> str:
    """Some servers leave the end token in, some models repeat it a hundred times."""
    cut = end = len(text)
    while True:
        while end and text[end - 1].isspace():
            end -= 1
        token = next((token for token in _END_TOKENS if text.endswith(token, 0, end)), None)
        if token is None:
            return text[:cut] if cut == len(text) else text[:end]
        cut = end = end - len(token)
