"""The options that say when and how something became known, and how sure its reporter is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from scooty.commands.choice_option import ChoiceOption
from scooty.domain.observations import PLAIN, Sighting
from scooty.errors import UserError
from scooty.i18n import ENGLISH, localizations
from scooty.rendering.sightings import CONFIDENCE_WORDS, SOURCE_WORDS

if TYPE_CHECKING:
    from scooty.commands.requests import CommandRequest

__all__ = ["OPTIONS", "read_sighting"]

Value = TypeVar("Value", bound=str)

_LAST_ROUND: Final = 30
"""Twice what the largest events have.

Source: DOMAIN, "Sizes to plan for".
"""
_ROUND: Final = DeclaredOption(
    name="round",
    description=ENGLISH("option.round"),
    kind=OptionKind.INTEGER,
    min_value=1,
    max_value=_LAST_ROUND,
    name_localizations=localizations("option.round.name"),
    description_localizations=localizations("option.round"),
)
_SOURCE: Final = ChoiceOption(
    name="source",
    name_key="option.source.name",
    description_key="option.source",
    labels=SOURCE_WORDS,
)
_CONFIDENCE: Final = ChoiceOption(
    name="confidence",
    name_key="option.confidence.name",
    description_key="option.confidence",
    labels=CONFIDENCE_WORDS,
)
OPTIONS: Final = (_ROUND, _SOURCE.declared(), _CONFIDENCE.declared())
"""All of them optional."""


def read_sighting(request: CommandRequest) -> Sighting:
    """Return what the three options say; what was left out is what a plain report means.

    Raises:
        UserError: The round is none, or a choice is not one of those offered.
    """
    round_number = request.number(_ROUND.name)
    if round_number is not None and not 1 <= round_number <= _LAST_ROUND:
        raise UserError("problem.round", option=request.t("option.round.name"), last=_LAST_ROUND)
    return Sighting(
        round_number=round_number,
        source=_read(_SOURCE, request) or PLAIN.source,
        confidence=_read(_CONFIDENCE, request) or PLAIN.confidence,
    )


def _read(option: ChoiceOption[Value], request: CommandRequest) -> Value | None:
    chosen = option.read(request)
    if chosen is None and request.text(option.name):
        raise UserError("problem.no_such_choice", option=request.t(option.name_key))
    return chosen
