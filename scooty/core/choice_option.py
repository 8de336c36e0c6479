"""An option with a few fixed choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from actors.discord_gateway.declarations import DeclaredChoice, DeclaredOption
from scooty.core.i18n import ENGLISH, localizations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.requests import CommandRequest

Value = TypeVar("Value", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceOption(Generic[Value]):
    """An option of a command that takes one of a few values."""

    name: str
    """What the program calls it."""
    name_key: str
    """What people call it: a key of the catalogues."""
    description_key: str
    labels: Mapping[Value, str]
    """What the values are called: keys of the catalogues."""
    required: bool = False

    def declared(self) -> DeclaredOption:
        """Return how Discord is told about it."""
        return DeclaredOption(
            name=self.name,
            description=ENGLISH(self.description_key),
            required=self.required,
            name_localizations=localizations(self.name_key),
            description_localizations=localizations(self.description_key),
            choices=tuple(
                DeclaredChoice(
                    name=ENGLISH(label), value=value, name_localizations=localizations(label)
                )
                for value, label in self.labels.items()
            ),
        )

    def read(self, request: CommandRequest) -> Value | None:
        """Return what was chosen; None when nothing was, or what is not offered."""
        text = request.text(self.name)
        return next((value for value in self.labels if value == text), None)
