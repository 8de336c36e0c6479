"""Every command and every button, listed once, and the way to one from what a person did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, assert_never

from actors.discord_gateway.interactions import (
    AttachmentOption,
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    ModalSubmitted,
    SelectChosen,
)
from scooty.core.command import declarations_of
from scooty.core.route import Route
from scooty.core.text.custom_ids import parse
from scooty.features.archetypes.commands import archetype
from scooty.features.audit import commands as audit
from scooty.features.boards import commands as live
from scooty.features.briefs.commands import brief, round_brief
from scooty.features.coverage.commands import assign, coverage
from scooty.features.decks.commands import deck_add, deck_show
from scooty.features.events.commands import (
    admin_create_event,
    admin_events,
    event_close,
    event_create,
    event_list,
    event_phase,
    event_show,
    event_switch,
)
from scooty.features.exports import commands as export
from scooty.features.health import commands as ping
from scooty.features.help import commands as help  # noqa: A004 - a module's name
from scooty.features.jobs import commands as jobs
from scooty.features.pairings.commands import pairings_import, standings_import
from scooty.features.players.commands import player_alias, player_import, player_list, player_merge
from scooty.features.predictions import commands as predict
from scooty.features.privacy.commands import privacy_erasure, privacy_held
from scooty.features.reports.commands import (
    check,
    conflicts,
    menus,
    report_delete,
    report_edit,
    report_import,
    report_lookup,
    scout,
)
from scooty.features.results.commands import matchup, result, team_record
from scooty.features.settings.commands import setup
from scooty.features.stats import commands as stats
from scooty.features.team.commands import opponent, team_link, team_notify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.interactions import InteractionAction
    from scooty.core.command import Command, Component
    from scooty.core.route import Kind
    from scooty.core.text.custom_ids import Verb
    from scooty.core.waiting import WaitingWrite

_FEATURES: Final = (
    ping.FEATURE,
    scout.FEATURE,
    check.FEATURE,
    report_edit.FEATURE,
    report_lookup.FEATURE,
    report_delete.FEATURE,
    conflicts.FEATURE,
    stats.FEATURE,
    matchup.FEATURE,
    predict.FEATURE,
    archetype.FEATURE,
    event_create.FEATURE,
    event_list.FEATURE,
    event_show.FEATURE,
    event_switch.FEATURE,
    event_close.FEATURE,
    event_phase.FEATURE,
    admin_create_event.FEATURE,
    admin_events.FEATURE,
    player_list.FEATURE,
    player_alias.FEATURE,
    player_merge.FEATURE,
    player_import.FEATURE,
    jobs.FEATURE,
    live.FEATURE,
    menus.FEATURE,
    setup.FEATURE,
    privacy_held.FEATURE,
    privacy_erasure.FEATURE,
    audit.FEATURE,
    export.FEATURE,
    report_import.FEATURE,
    round_brief.FEATURE,
    brief.FEATURE,
    coverage.FEATURE,
    assign.FEATURE,
    pairings_import.FEATURE,
    standings_import.FEATURE,
    opponent.FEATURE,
    team_link.FEATURE,
    team_notify.FEATURE,
    deck_add.FEATURE,
    deck_show.FEATURE,
    team_record.FEATURE,
    result.FEATURE,
)
FEATURES: Final = (*_FEATURES, help.feature_beside(_FEATURES))
COMMANDS: Final[Mapping[str, Command]] = {
    command.path: command for feature in FEATURES for command in feature.commands
}
COMPONENTS: Final[Mapping[Verb, Component]] = {
    component.verb: component for feature in FEATURES for component in feature.components
}
WAITING_CALLS: Final[Mapping[str, type[WaitingWrite[Any]]]] = {
    call.kind: call for feature in FEATURES for call in feature.waiting
}
"""The writes that wait for the database when it is away, by what the journal calls them."""
DECLARATIONS: Final = declarations_of(COMMANDS.values())
"""What the gateway registers with Discord."""


def route(action: InteractionAction) -> Route:
    """Find what ``action`` is meant for."""
    match action:
        case CommandInvoked(path=path, options=options):
            has_file = any(isinstance(each.value, AttachmentOption) for each in options)
            found = _to_command("command", path)
            return replace(found, is_bare=not options, has_file=has_file)
        case AutocompleteRequested(path=path):
            return _to_command("autocomplete", path)
        case ButtonPressed(custom_id=custom_id):
            return _to_component("button", custom_id)
        case SelectChosen(custom_id=custom_id):
            return _to_component("select", custom_id)
        case ModalSubmitted(custom_id=custom_id):
            return _to_component("modal", custom_id)
        case _:
            assert_never(action)


def _to_command(kind: Kind, path: str) -> Route:
    command = COMMANDS.get(path)
    return Route(kind=kind, log_name=path if command else "unknown", target=command)


def _to_component(kind: Kind, custom_id: str) -> Route:
    parsed = parse(custom_id)
    component = None if parsed is None else COMPONENTS.get(parsed[0])
    if parsed is None or component is None:
        return Route(kind=kind, log_name="unknown", target=None)
    return Route(kind=kind, log_name=component.verb.log_name, target=component, arguments=parsed[1])
