"""Magic's five colours, in the order in which players write them."""

from __future__ import annotations

__all__ = ["COLOURS", "in_order"]

COLOURS = "WUBRG"
"""White, blue, black, red, green.

Source: Magic: The Gathering Comprehensive Rules, 105.1
"""


def in_order(colours: str) -> str:
    """Put colours into ``WUBRG`` order, once each; other letters are dropped."""
    present = colours.upper()
    return "".join(colour for colour in COLOURS if colour in present)
