"""Breaking texts into lines of a width, for drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_ELLIPSIS: Final = "…"


def wrapped(
    text: str, width: float, most_lines: int, measure: Callable[[str], float]
) -> tuple[str, ...]:
    """Break a text between words, and words that are too long anywhere.

    Args:
        text: One paragraph; any white space counts as one space.
        width: Of a line, in what ``measure`` returns.
        most_lines: At least 1; what does not fit into them is cut, with an ellipsis.
        measure: Tells how wide a text is.
    """
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most_lines:
        if len(lines) == most_lines - 1:
            lines.append(cut_to(" ".join(words), width, measure))
            break
        lines.append(_take_line(words, width, measure))
    return tuple(lines)


def cut_to(text: str, width: float, measure: Callable[[str], float]) -> str:
    """Return the text, or as much of its beginning as fits before an ellipsis."""
    if measure(text) <= width:
        return text
    kept = _fitting(text, lambda part: measure(part.rstrip() + _ELLIPSIS) <= width)
    return text[:kept].rstrip() + _ELLIPSIS


def _take_line(words: list[str], width: float, measure: Callable[[str], float]) -> str:
    """Take from the words as many as fit into a line, at least a part of the first."""
    line = words.pop(0)
    if measure(line) > width:
        kept = max(1, _fitting(line, lambda part: measure(part) <= width))
        words.insert(0, line[kept:])
        return line[:kept]
    while words and measure(f"{line} {words[0]}") <= width:
        line = f"{line} {words.pop(0)}"
    return line


def _fitting(text: str, fits: Callable[[str], bool]) -> int:
    """Return how many letters fit: a wider text never fits where a shorter one does not."""
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if fits(text[:middle]):
            least = middle
        else:
            most = middle - 1
    return least
