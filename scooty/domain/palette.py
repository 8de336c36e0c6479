"""The colour in which an archetype is drawn: always the same one for the same deck."""

from __future__ import annotations

from typing import Final

from scooty.domain.colours import in_order

MANA: Final = {"W": 0xF2E3B3, "U": 0x3F9BE0, "B": 0x8A6FA8, "R": 0xE5533D, "G": 0x3FA65C}
"""Magic's colours as they can be told apart on dark ground: black is drawn as violet."""
COLOURLESS: Final = 0xA9A39B


def colour_of(colours: str, display_colour: int | None = None) -> int:
    """Return 0xRRGGBB: what the team chose, else the mean of the deck's colours.

    Args:
        colours: A subset of ``WUBRG``; empty for colourless.
        display_colour: What the team chose for the archetype, if anything.
    """
    if display_colour is not None:
        return display_colour
    parts = [MANA[colour] for colour in in_order(colours)]
    if not parts:
        return COLOURLESS
    red, green, blue = (
        round(sum(part >> shift & 0xFF for part in parts) / len(parts)) for shift in (16, 8, 0)
    )
    return red << 16 | green << 8 | blue
