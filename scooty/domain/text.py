"""What people type, made fit to be stored and to be shown.

`clean` is for storing: it removes what cannot be seen. `escape` is for showing: it takes the
meaning out of Discord's markdown. Shorten first and escape last, so that no escape is cut in two.
"""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiners: emoji families and Persian names need them between letters."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by category that show nothing: a name made of them would be invisible."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control, format (bidi overrides among them), surrogate, private and unassigned characters."""

_MARKDOWN = re.compile(r"[\\*_~`|\[\]<]")
_LINE_START = re.compile(r"^(?:[-+#>]|\d+(?=\.\s))")
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)


def clean(text: str) -> str:
    """Trim, compose accents, and remove control characters, bidi overrides and invisible letters.

    Any run of white space, line breaks included, becomes one space.
    """
    spaced = " ".join(text.split())
    if spaced.isascii() and spaced.isprintable():
        return spaced  # 25 labels are cleaned for each pause in somebody's typing
    seen = "".join(character for character in spaced if _is_seen(character))
    composed = unicodedata.normalize("NFC", seen)
    return re.sub(r" +", " ", composed).strip(" " + _JOINERS)


def _is_seen(character: str) -> bool:
    if character in _JOINERS:
        return True
    return character not in _BLANK_LETTERS and unicodedata.category(character) not in _UNSEEN


def escape(text: str) -> str:
    """Make one line of user text show literally in Discord's markdown, and never as a mention.

    A backslash before punctuation is Discord's own escape; ``@everyone`` gets a zero-width space,
    because the backslash alone does not keep every client from highlighting it.

    Source: https://support.discord.com/hc/en-us/articles/210298617 (Markdown Text 101)
    """
    escaped = _MARKDOWN.sub(r"\\\g<0>", text)
    escaped = _LINE_START.sub(_escape_line_start, escaped)
    return _EVERYONE.sub("@\u200b", escaped)


def _escape_line_start(match: re.Match[str]) -> str:
    marker = match[0]
    return f"{marker}\\" if marker[0].isdigit() else f"\\{marker}"


def length(text: str) -> int:
    """Count UTF-16 units: the strictest of the ways in which Discord's parts count characters."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, limit: int) -> str:
    """Cut to at most ``limit`` UTF-16 units, with an ellipsis where something was cut."""
    if length(text) <= limit:
        return text
    kept = text[: limit - 1]
    while length(kept) > limit - 1:
        kept = kept[:-1]
    return kept.rstrip(" " + _JOINERS) + "…"
