"""What the sandbox itself tells a person: why Discord's client refuses, and how a drill went."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

import orjson

WORDS: Final[dict[str, dict[str, str]]] = orjson.loads(
    files("sandbox").joinpath("words.json").read_bytes()
)


def say(locale: str, key: str, /, **values: str | int) -> str:
    """Say the sentence of ``key``: in French for ``fr``, else in English."""
    return WORDS["fr" if locale == "fr" else "en"][key].format_map(values)
