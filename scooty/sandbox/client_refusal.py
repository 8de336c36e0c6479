"""Why Discord's own client would not send what a person did, in the person's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from scooty.core.i18n import ENGLISH

if TYPE_CHECKING:
    from scooty.core.i18n import Translator

__all__ = ["ClientRefusalError"]


class ClientRefusalError(Exception):
    """Discord's client would not send this.

    Args:
        key: The sentence in the catalogues.
        values: What its placeholders stand for.
    """

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self._key = key
        self._values = values

    def say(self, t: Translator) -> str:
        """Say why, in one language."""
        return t(self._key, **self._values)

    @override
    def __str__(self) -> str:
        return self.say(ENGLISH)
