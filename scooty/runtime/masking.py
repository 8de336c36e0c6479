"""What must never be readable, and how a text is rid of it.

The first net are the redacted types; this is the second one, under all that is written for people:
log lines and what the console commands print.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic import SecretStr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scooty.runtime.config import Settings

MASK: Final = "[secret]"
_SHORTEST: Final = 8
"""Shorter values would mask ordinary words; real tokens and keys are far longer."""
_SECRET_PARAMETERS: Final = frozenset({"password", "sslpassword"})
"""Source: PostgreSQL, libpq's parameter key words; redis-py takes ``password`` too."""


def secret_values(settings: Settings) -> tuple[str, ...]:
    """List every secret setting, and the passwords inside of addresses, which may show alone."""
    found: dict[str, None] = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            plain = value.get_secret_value()
            found |= dict.fromkeys([plain, *_passwords_in(plain)])
    return tuple(found)


def masking(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return a function that puts ``[secret]`` in the place of each of ``secrets``."""
    spellings = {
        spelling
        for secret in secrets
        if len(secret) >= _SHORTEST
        for spelling in _spellings(secret)
    }
    # The longest first: a whole address before the password in it.
    known = sorted(spellings, key=len, reverse=True)

    def mask(text: str) -> str:
        for spelling in known:
            text = text.replace(spelling, MASK)
        return text

    return mask


def _passwords_in(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
        password = parts.password
    except ValueError:  # such as an address with half a bracket
        return
    if password:
        yield password
        yield unquote(password)
    for name, value in parse_qsl(parts.query):
        if name in _SECRET_PARAMETERS:
            yield value


def _spellings(secret: str) -> set[str]:
    """Return how JSON and Python's ``repr`` write it, besides itself."""
    return {secret, json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]}
