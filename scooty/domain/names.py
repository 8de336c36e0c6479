"""When two spellings are one name: the keys by which players, archetypes and events are matched.

Kept here and not in SQL, because what a database folds depends on its version and locale, and
because the in-memory twin must agree with it. The database stores the keys and keeps them unique.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from scooty.domain.text import clean

MAX_NAME_LENGTH: Final = 100
"""Characters, after cleaning."""

_VANISHING = re.compile("['\u2018\u2019\u201b\u02bc\u02b9\u2032`\u00b4\u200c\u200d]")
"""Apostrophes and zero-width joiners: they vanish, so that ``O'Brien`` is ``OBrien``.

Other punctuation separates words.
"""
_LITERAL: Final = frozenset("%_*\\")
"""Wildcards elsewhere, characters like any other here, as handles are full of them."""
_LETTERS: Final = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "\u0131": "i",
    }
)
"""Letters that Unicode does not decompose and that keyboards lack."""
_ASCII: Final = str.maketrans(
    {
        **dict.fromkeys('!"#&(),-./:;?@[]{}', " "),
        **dict.fromkeys("'`"),
    }
)
"""What the rules below do to printable ASCII, at a fifth of their price: most names are ASCII."""


def is_name(text: str) -> bool:
    """Tell whether there is a storable name in ``text``: 1 to 100 characters once cleaned."""
    return 0 < len(clean(text)) <= MAX_NAME_LENGTH


def fold(text: str) -> str:
    """Fold case, accents and punctuation, and leave single spaces between words.

    Only Latin, Greek and Cyrillic accents are folded: elsewhere a mark makes another letter.
    A text of nothing but punctuation is kept as it is, so that ``???`` can be found again.
    """
    cleaned = clean(text)
    if cleaned.isascii():
        return " ".join(cleaned.lower().translate(_ASCII).split()) or cleaned.lower()
    base = _without_accents(_VANISHING.sub("", cleaned)).translate(_LETTERS)
    words = "".join(" " if _separates(character) else character for character in base).split()
    return " ".join(words) or " ".join(cleaned.casefold().split())


def name_key(name: str) -> str:
    """Return what makes a person's name the same name: folded, and ``Last, First`` turned round."""
    last, comma, first = clean(name).partition(",")
    if comma and "," not in first and fold(last) and fold(first):
        return fold(f"{first} {last}")
    return fold(name)


def word_key(name: str) -> str:
    """Return the words of a name in a fixed order: a likeness, not proof of being the same.

    *Thomas Martin* and *Martin Thomas* are two people who share this key.
    """
    return " ".join(sorted(name_key(name).split()))


def begins_words(typed_key: str, key: str) -> bool:
    """Tell whether every typed word begins a word of a name; no word fits every name.

    Args:
        typed_key: What was typed, folded.
        key: The name, folded.
    """
    words = key.split()
    return all(any(word.startswith(typed) for word in words) for typed in typed_key.split())


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not "\u0300" <= character <= "\u036f")
    return unicodedata.normalize("NFC", bare.casefold())


def _separates(character: str) -> bool:
    if character in _LITERAL:
        return False
    return character.isspace() or unicodedata.category(character).startswith("P")
