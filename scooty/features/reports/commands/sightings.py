"""The options that say when and how something became known, and how sure its reporter is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from scooty.core.choice_option import ChoiceOption
from scooty.core.inputs import RoundOption
from scooty.core.text.sightings import CONFIDENCE_WORDS, SOURCE_WORDS
from scooty.domain.observations import PLAIN, Sighting
from scooty.errors import UserError

if TYPE_CHECKING:
    from scooty.core.requests import CommandRequest

Value = TypeVar("Value", bound=str)

_ROUND: Final = RoundOption(description_key="option.round")
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
OPTIONS: Final = (_ROUND.declared(), _SOURCE.declared(), _CONFIDENCE.declared())
"""All of them optional."""


def read_sighting(request: CommandRequest) -> Sighting:
    """Return what the three options say; what was left out is what a plain report means.

    Raises:
        UserError: The round is none, or a choice is not one of those offered.
    """
    return Sighting(
        round_number=_ROUND.read(request),
        source=_read(_SOURCE, request) or PLAIN.source,
        confidence=_read(_CONFIDENCE, request) or PLAIN.confidence,
    )


def _read(option: ChoiceOption[Value], request: CommandRequest) -> Value | None:
    chosen = option.read(request)
    if chosen is None and request.text(option.name):
        raise UserError("problem.no_such_choice", option=request.t(option.name_key))
    return chosen
