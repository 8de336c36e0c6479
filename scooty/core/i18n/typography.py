"""The spaces that French puts before and inside its punctuation."""

from __future__ import annotations

import re

NARROW_SPACE = "\u202f"
"""A narrow no-break space, so that no line begins with a lone "!"."""

_BEFORE = re.compile(r"[ \u00a0](?=[!?:;»])")
_AFTER = re.compile(r"(?<=«)[ \u00a0]")


def french_spaces(text: str) -> str:
    """Make the ordinary spaces before ``! ? : ; »`` and after ``«`` narrow and non-breaking.

    Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Ponctuation"
    (which gives ":" and the guillemets a wider no-break space; one width reads better on a phone).
    """
    return _AFTER.sub(NARROW_SPACE, _BEFORE.sub(NARROW_SPACE, text))
