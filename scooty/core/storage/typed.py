"""What people typed, as storage takes it."""

from __future__ import annotations

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
