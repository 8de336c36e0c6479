"""The words of a PDF of ours, with where they stand: enough of the format to read what we write."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass

__all__ = ["Words", "pages_of"]

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_STEP = re.compile(
    rb"(?P<x>[\d.-]+) (?P<y>[\d.-]+) Tm|/(?P<font>[\w+]+) (?P<size>[\d.]+) Tf"
    rb"|\((?P<text>(?:\\.|[^\\()])*)\) Tj",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_LETTER = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,8})>")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is written at one place of a page."""

    x: float
    y: float
    size: float
    text: str


def pages_of(pdf: bytes) -> list[list[Words]]:
    """Return what is written on each page, in the order in which it was written."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    fonts = {
        name.decode(): _letters(objects, int(reference))
        for body in objects.values()
        for name, reference in re.findall(rb"/(F\d+\+\d+) (\d+) 0 R", body)
    }
    pages = [body for body in objects.values() if re.search(rb"/Type /Page\b", body)]
    contents = [_reference(body, rb"Contents") for body in pages]
    return [_words(_stream(objects[number]), fonts) for number in contents]


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb" (\d+) 0 R", body)
    assert found is not None
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found is not None
    content = found[1]
    if b"/ASCII85Decode" in body:
        content = base64.a85decode(content.strip().removesuffix(b"~>"))
    return zlib.decompress(content) if b"/FlateDecode" in body else content


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    """Return the font's own table of what its codes mean: what a reader copies."""
    table = _stream(objects[_reference(objects[font], rb"ToUnicode")])
    return {
        int(code, 16): bytes.fromhex(letter.decode()).decode("utf-16-be")
        for code, letter in _LETTER.findall(table)
    }


def _words(content: bytes, fonts: dict[str, dict[int, str]]) -> list[Words]:
    words: list[Words] = []
    x = y = size = 0.0
    letters: dict[int, str] = {}
    for step in _STEP.finditer(content):
        if step["x"] is not None:
            x, y = float(step["x"]), float(step["y"])
        elif step["font"] is not None:
            letters, size = fonts[step["font"].decode()], float(step["size"])
        else:
            codes = _ESCAPE.sub(_unescaped, step["text"])
            text = "".join(letters[code] for code in codes)
            words.append(Words(x=x, y=y, size=size, text=text))
    return words


def _unescaped(escape: re.Match[bytes]) -> bytes:
    code = escape[1]
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    return bytes((int(code, 8),)) if code.isdigit() else named.get(code, code)
