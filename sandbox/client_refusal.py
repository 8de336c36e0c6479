"""Why Discord's own client would not send what a person did, in the person's language."""

from __future__ import annotations

from typing_extensions import override

from sandbox.words import say


class ClientRefusalError(Exception):
    """Discord's client would not send this.

    Args:
        key: The sentence in `sandbox.words`.
        values: What its placeholders stand for.
    """

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self._key = key
        self._values = values

    def say(self, locale: str) -> str:
        """Say why, in one language."""
        return say(locale, self._key, **self._values)

    @override
    def __str__(self) -> str:
        return self.say("en-US")
