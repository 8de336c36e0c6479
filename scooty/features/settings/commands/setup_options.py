"""The options of ``/setup``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.declarations import DeclaredChoice, DeclaredOption, OptionKind
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.inputs import ETHICS_LINE

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_DAYS: Final = 3650
"""Of a retention period, which the table checks too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """What an option or a choice is called; keys of the catalogues."""

    name: str
    name_key: str
    key: str = ""
    """Of an option: its description."""

    def option(
        self,
        kind: OptionKind,
        *choices: _Named,
        required: bool = False,
        value_range: tuple[int, int] | tuple[None, None] = (None, None),
    ) -> DeclaredOption:
        """Declare it as an option."""
        least, most = value_range
        return DeclaredOption(
            name=self.name,
            description=ENGLISH(self.key),
            kind=kind,
            required=required,
            choices=tuple(choice.choice() for choice in choices),
            min_value=least,
            max_value=most,
            name_localizations=localizations(self.name_key),
            description_localizations=localizations(self.key),
        )

    def choice(self) -> DeclaredChoice:
        """Declare it as a choice."""
        return DeclaredChoice(
            name=ENGLISH(self.name_key),
            value=self.name,
            name_localizations=localizations(self.name_key),
        )


_STRING, _CHANNEL, _ROLE = OptionKind.STRING, OptionKind.CHANNEL, OptionKind.ROLE
_ALL = _Named(name="all", name_key="choice.setup.all")
_RANKS = (
    _Named(name="captain", name_key="choice.setup.captain"),
    _Named(name="scout", name_key="choice.setup.scout"),
    _Named(name="reader", name_key="choice.setup.reader"),
    _ALL,
)
_PLACES = (
    _Named(name="admin", name_key="choice.setup.admin"),
    _Named(name="digest", name_key="choice.setup.digest"),
    _ALL,
)
_LANGUAGES = (
    _Named(name="auto", name_key="choice.setup.auto"),
    _Named(name="en", name_key="choice.setup.en"),
    _Named(name="fr", name_key="choice.setup.fr"),
)
_ROLE_OPTIONS = (
    _Named(name="captain", name_key="option.setup.captain.name", key="option.setup.captain"),
    _Named(name="scout", name_key="option.setup.scout.name", key="option.setup.scout"),
    _Named(name="reader", name_key="option.setup.reader.name", key="option.setup.reader"),
)
_CLEAR = _Named(name="clear", name_key="option.setup.clear.name", key="option.setup.clear")
_UNSET = _Named(name="clear", name_key="option.setup.unset.name", key="option.setup.unset")
_ADMIN = _Named(name="admin", name_key="option.setup.admin.name", key="option.setup.admin")
_DIGEST = _Named(name="digest", name_key="option.setup.digest.name", key="option.setup.digest")
_LANGUAGE = _Named(
    name="language", name_key="option.setup.language.name", key="option.setup.language"
)
_DAYS = _Named(name="days", name_key="option.setup.days.name", key="option.setup.days")
_ON = _Named(name="on", name_key="option.setup.on.name", key="option.setup.on")
_WHERE = _Named(name="channel", name_key="option.setup.channel.name", key="option.setup.channel")
OPTIONS: Final[Mapping[str, tuple[DeclaredOption, ...]]] = {
    "show": (),
    "roles": (
        *(each.option(_ROLE) for each in _ROLE_OPTIONS),
        _CLEAR.option(_STRING, *_RANKS),
    ),
    "channels": (
        _ADMIN.option(_CHANNEL),
        _DIGEST.option(_CHANNEL),
        _UNSET.option(_STRING, *_PLACES),
    ),
    "language": (_LANGUAGE.option(_STRING, *_LANGUAGES, required=True),),
    "retention": (_DAYS.option(OptionKind.INTEGER, value_range=(1, LONGEST_DAYS)),),
    "ethics": (ETHICS_LINE.declared(),),
    "digest": (_ON.option(OptionKind.BOOLEAN, required=True), _WHERE.option(_CHANNEL)),
}
"""By subcommand."""
