"""Suggestions while typing: labels are unique and short, values are what would be typed in full.

Source: https://discord.com/developers/docs/interactions/application-commands#autocomplete
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Choice, OfferChoices
from scooty.core.text.limits import CHOICE_LABEL, CHOICES
from scooty.core.text.style import mana
from scooty.domain.text import clean, length, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.core.i18n import Translator
    from scooty.core.suggestions import ArchetypeSuggestion, OpponentSuggestion

_NAME_AT_LEAST = 50
"""Of 100 characters, what a long name keeps before its warning is cut."""
_SEPARATOR = " · "
_TIMES = "\N{MULTIPLICATION SIGN}"


def opponent_choices(suggestions: Iterable[OpponentSuggestion], t: Translator) -> OfferChoices:
    """Offer players: reported ones with the warning that they were, then those on the roster."""
    remarks: dict[tuple[str, str, bool], str] = {}
    return _offer((_opponent_label(s, t, remarks), s.name) for s in suggestions)


def archetype_choices(suggestions: Iterable[ArchetypeSuggestion], t: Translator) -> OfferChoices:
    """Offer archetypes with their colours and how often they were reported."""
    return _offer((_archetype_label(s, t), s.name) for s in suggestions)


def name_choices(names: Iterable[str]) -> OfferChoices:
    """Offer names as they are."""
    return _offer((clean(name), name) for name in names)


def _opponent_label(
    suggestion: OpponentSuggestion, t: Translator, remarks: dict[tuple[str, str, bool], str]
) -> str:
    # The same few archetypes and reporters come again and again in a list of 25.
    key = suggestion.archetype, suggestion.reporter_name, suggestion.queued
    remark = remarks.get(key)
    if remark is None:
        remark = remarks[key] = _remark(suggestion, t)
    times = f" {_TIMES}{suggestion.report_count}" if suggestion.report_count > 1 else ""
    return _label(clean(suggestion.name), remark, times)


def _remark(suggestion: OpponentSuggestion, t: Translator) -> str:
    if suggestion.is_only_listed:
        return t("choice.listed")
    archetype, reporter = clean(suggestion.archetype), clean(suggestion.reporter_name)
    if not suggestion.reporter_id:
        reporter = t("person.erased")
    if suggestion.queued:
        return t("choice.queued", archetype=archetype, reporter=reporter)
    return t("choice.already_seen", archetype=archetype, reporter=reporter)


def _archetype_label(suggestion: ArchetypeSuggestion, t: Translator) -> str:
    name = f"{clean(suggestion.name)} {mana(suggestion.colours)}"
    if not suggestion.report_count:
        return shorten(name, CHOICE_LABEL)
    return _label(name, t.plural("choice.reports", suggestion.report_count), "")


def _label(name: str, remark: str, times: str) -> str:
    """Join name and remark, cutting the name only as far as the remark needs."""
    whole = f"{name}{_SEPARATOR}{remark}{times}"
    if length(whole) <= CHOICE_LABEL:
        return whole
    room = CHOICE_LABEL - length(_SEPARATOR) - length(times)
    name = shorten(name, max(_NAME_AT_LEAST, room - length(remark)))
    return f"{name}{_SEPARATOR}{shorten(remark, room - length(name))}{times}"


def _offer(pairs: Iterable[tuple[str, str]]) -> OfferChoices:
    choices: dict[str, Choice] = {}
    for label, value in pairs:
        if 0 < length(value) <= CHOICE_LABEL and len(choices) < CHOICES:
            unique = _unlike(choices, label)
            choices[unique] = Choice(name=unique, value=value)
    return OfferChoices(choices=tuple(choices.values()))


def _unlike(taken: dict[str, Choice], label: str) -> str:
    """Number a label that is taken: of equal labels Discord would always send the first."""
    candidate, number = label, 1
    while candidate in taken:
        number += 1
        suffix = f" ({number})"
        candidate = shorten(label, CHOICE_LABEL - len(suffix)) + suffix
    return candidate
