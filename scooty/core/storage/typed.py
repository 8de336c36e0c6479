"""What people typed, as storage takes it: cleaned names, or a refusal before anything is sent."""

from __future__ import annotations

from scooty.domain.colours import COLOURS, in_order
from scooty.domain.names import is_name
from scooty.domain.text import clean
from scooty.errors import StorageError


def stored_name(text: str) -> str:
    """Return a name as it is stored.

    Raises:
        StorageError: When nothing storable is left of it, or too much.
    """
    if not is_name(text):
        raise StorageError("a name has 1 to 100 visible characters")
    return clean(text)


def comment_or_none(text: str | None) -> str | None:
    """Return a comment as it is stored; nothing visible is no comment."""
    return clean(text or "") or None


def typed_colours(text: str) -> str | None:
    """Return the colours that somebody may have typed instead of a name: ``ur`` is blue and red."""
    letters = text.strip().upper()
    return in_order(letters) if letters and set(letters) <= set(COLOURS) else None
