"""Every command and every button, listed once, and the way to one from what a person did."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, assert_never

from actors.discord_gateway.declarations import CommandDeclaration
from actors.discord_gateway.interactions import (
    AttachmentOption,
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    ModalSubmitted,
    SelectChosen,
)
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.route import Route
from scooty.core.text.custom_ids import parse
from scooty.features.archetypes.commands import archetype
from scooty.features.audit import commands as audit
from scooty.features.boards import commands as live
from scooty.features.briefs.commands import brief, round_brief
from scooty.features.coverage.commands import assign, coverage
from scooty.features.decks.commands import deck
from scooty.features.events.calls import CreateEvent
from scooty.features.events.commands import admin_create_event, admin_events, event
from scooty.features.exports import commands as export
from scooty.features.health import commands as ping
from scooty.features.help import commands as help  # noqa: A004 - a module's name
from scooty.features.jobs import commands as jobs
from scooty.features.pairings.commands import pairings_import, standings_import
from scooty.features.players.commands import player
from scooty.features.predictions import commands as predict
from scooty.features.privacy.commands import privacy_erasure, privacy_held
from scooty.features.reports.calls.recording import RecordDraft, RecordReport, UndoReport
from scooty.features.reports.commands import check, conflicts, menus, report, report_import, scout
from scooty.features.results.commands import matchup, result, team_record
from scooty.features.settings.commands import setup, setup_options
from scooty.features.stats import commands as stats
from scooty.features.team.commands import opponent, team_link, team_notify

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.discord_gateway.interactions import InteractionAction
    from scooty.core.command import Command, Component
    from scooty.core.route import Kind
    from scooty.core.text.custom_ids import Verb
    from scooty.core.waiting import WaitingWrite

_ADMIN = CommandDeclaration(
    name="admin",
    description=ENGLISH("command.admin"),
    description_localizations=localizations("command.admin"),
    children=(
        admin_create_event.DECLARATION,
        *admin_events.DECLARATIONS,
        archetype.ADMIN_GROUP,
        report.ADMIN_DECLARATION,
    ),
)
_PRIVACY = CommandDeclaration(
    name="privacy",
    description=ENGLISH("command.privacy"),
    description_localizations=localizations("command.privacy"),
    children=(*privacy_held.DECLARATIONS, *privacy_erasure.DECLARATIONS),
)
_TEAM = CommandDeclaration(
    name="team",
    description=ENGLISH("command.team"),
    description_localizations=localizations("command.team"),
    children=(*team_link.DECLARATIONS, team_notify.GROUP, team_record.DECLARATION),
)
DECLARATIONS: Final[tuple[CommandDeclaration, ...]] = (
    ping.DECLARATION,
    scout.DECLARATION,
    check.DECLARATION,
    report.DECLARATION,
    stats.DECLARATION,
    matchup.DECLARATION,
    predict.DECLARATION,
    archetype.DECLARATION,
    event.DECLARATION,
    help.DECLARATION,
    _ADMIN,
    player.DECLARATION,
    jobs.DECLARATION,
    live.DECLARATION,
    *menus.DECLARATIONS,
    setup_options.DECLARATION,
    _PRIVACY,
    audit.DECLARATION,
    export.DECLARATION,
    report_import.DECLARATION,
    round_brief.DECLARATION,
    brief.DECLARATION,
    coverage.DECLARATION,
    assign.DECLARATION,
    pairings_import.DECLARATION,
    standings_import.DECLARATION,
    opponent.DECLARATION,
    result.DECLARATION,
    _TEAM,
    deck.DECLARATION,
)
"""What the gateway registers with Discord."""

_BESIDE_HELP: Final[Mapping[str, Command]] = {
    command.path: command
    for command in (
        ping.COMMAND,
        scout.COMMAND,
        check.COMMAND,
        *report.COMMANDS,
        stats.COMMAND,
        matchup.COMMAND,
        predict.COMMAND,
        *archetype.COMMANDS,
        *event.COMMANDS,
        admin_create_event.COMMAND,
        *admin_events.COMMANDS,
        *player.COMMANDS,
        *jobs.COMMANDS,
        *live.COMMANDS,
        *menus.COMMANDS,
        *setup.COMMANDS,
        *privacy_held.COMMANDS,
        *privacy_erasure.COMMANDS,
        audit.COMMAND,
        *export.COMMANDS,
        report_import.COMMAND,
        *round_brief.COMMANDS,
        brief.COMMAND,
        coverage.COMMAND,
        assign.COMMAND,
        pairings_import.COMMAND,
        standings_import.COMMAND,
        opponent.COMMAND,
        *team_link.COMMANDS,
        *team_notify.COMMANDS,
        *deck.COMMANDS,
        team_record.COMMAND,
        *result.COMMANDS,
    )
}
COMMANDS: Final[Mapping[str, Command]] = {
    **_BESIDE_HELP,
    "help": help.command_beside(_BESIDE_HELP.values(), DECLARATIONS),
}
COMPONENTS: Final[Mapping[Verb, Component]] = {
    component.verb: component
    for component in (
        *scout.COMPONENTS,
        *conflicts.COMPONENTS,
        *check.COMPONENTS,
        *coverage.COMPONENTS,
        *assign.COMPONENTS,
        *archetype.COMPONENTS,
        *event.COMPONENTS,
        *report.COMPONENTS,
        *player.COMPONENTS,
        *menus.COMPONENTS,
        *privacy_erasure.COMPONENTS,
        *audit.COMPONENTS,
        *report_import.COMPONENTS,
        *round_brief.COMPONENTS,
        *brief.COMPONENTS,
        *pairings_import.COMPONENTS,
        *standings_import.COMPONENTS,
        *opponent.COMPONENTS,
        *deck.COMPONENTS,
        *result.COMPONENTS,
        help.component_beside(_BESIDE_HELP.values(), DECLARATIONS),
    )
}


WAITING_CALLS: Final[Mapping[str, type[WaitingWrite[Any]]]] = {
    call.kind: call for call in (RecordReport, RecordDraft, UndoReport, CreateEvent)
}
"""The writes that wait for the database when it is away, by what the journal calls them."""


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
