"""``/archetype add | edit | alias | retire``: what a guild's captains change."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from scooty.core.inputs import ARCHETYPE
from scooty.core.requests import Refused
from scooty.errors import UserError
from scooty.features.archetypes.calls import (
    AddArchetype,
    AddArchetypeAlias,
    AliasAdded,
    AliasRemoved,
    ArchetypeAdded,
    ArchetypeEdited,
    ArchetypeIsRetired,
    ArchetypeRestored,
    ArchetypeRetired,
    EditArchetype,
    KnownArchetype,
    NameKept,
    NamesTaken,
    NoSuchAlias,
    NoSuchArchetype,
    NotRetired,
    ReadArchetype,
    RemoveArchetypeAlias,
    RestoreArchetype,
    RetireArchetype,
)
from scooty.features.archetypes.commands.archetype_options import (
    ALIAS,
    NAME,
    read_aliases,
    read_details,
)
from scooty.features.archetypes.replies import archetypes

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, Outcome


async def add(request: CommandRequest, ports: Ports) -> Outcome:
    """Add an archetype of the guild's own."""
    call = AddArchetype(
        name=NAME.read(request), details=read_details(request), aliases=read_aliases(request)
    )
    outcome = await ports.calls.write(request.caller, call)
    match outcome:
        case ArchetypeAdded():
            return archetypes.archetype_added(outcome.archetype, request.t)
        case NamesTaken():
            return Refused(response=archetypes.names_taken(outcome, request.t))
        case _:
            assert_never(outcome)


async def edit(request: CommandRequest, ports: Ports) -> Outcome:
    """Change what an archetype is like."""
    typed, changes = ARCHETYPE.read(request), read_details(request)
    if changes.is_empty:
        raise UserError("archetype.nothing_to_change")
    call = EditArchetype(archetype=typed, changes=changes)
    outcome = await ports.calls.write(request.caller, call)
    match outcome:
        case ArchetypeEdited():
            return archetypes.archetype_edited(outcome, request.t)
        case NamesTaken():
            return Refused(response=archetypes.names_taken(outcome, request.t))
        case NoSuchArchetype() | ArchetypeIsRetired():
            return unnamed(outcome, typed, request)
        case _:
            assert_never(outcome)


async def alias(request: CommandRequest, ports: Ports) -> Outcome:
    """Let one more name lead to an archetype, or one less."""
    if request.is_set("remove"):
        return await _remove_alias(request, ports)
    typed, name = ARCHETYPE.read(request), ALIAS.read(request)
    call = AddArchetypeAlias(archetype=typed, alias=name)
    outcome = await ports.calls.write(request.caller, call)
    match outcome:
        case AliasAdded():
            return archetypes.alias_added(outcome.archetype, name, request.t)
        case NamesTaken():
            return Refused(response=archetypes.names_taken(outcome, request.t))
        case NoSuchArchetype() | ArchetypeIsRetired():
            return unnamed(outcome, typed, request)
        case _:
            assert_never(outcome)


async def _remove_alias(request: CommandRequest, ports: Ports) -> Outcome:
    typed, name = ARCHETYPE.read(request), ALIAS.read(request)
    named = await ports.calls.read(request.guild_id, ReadArchetype(archetype=typed))
    proper_name = named.archetype.name if isinstance(named, KnownArchetype) else ""
    call = RemoveArchetypeAlias(archetype=typed, alias=name, proper_name=proper_name)
    outcome = await ports.calls.write(request.caller, call)
    match outcome:
        case AliasRemoved():
            return archetypes.alias_removed(outcome.archetype, name, request.t)
        case NoSuchAlias():
            return Refused(response=archetypes.no_such_alias(outcome.name, name, request.t))
        case NameKept():
            return Refused(response=archetypes.name_kept(outcome.name, request.t))
        case NoSuchArchetype() | ArchetypeIsRetired():
            return unnamed(outcome, typed, request)
        case _:
            assert_never(outcome)


async def retire(request: CommandRequest, ports: Ports) -> Outcome:
    """Offer an archetype no more, or offer a retired one again."""
    if request.is_set("restore"):
        return await _restore(request, ports)
    typed = ARCHETYPE.read(request)
    outcome = await ports.calls.write(request.caller, RetireArchetype(archetype=typed))
    match outcome:
        case ArchetypeRetired():
            return archetypes.archetype_retired(outcome, request.t)
        case NoSuchArchetype() | ArchetypeIsRetired():
            return unnamed(outcome, typed, request)
        case _:
            assert_never(outcome)


async def _restore(request: CommandRequest, ports: Ports) -> Outcome:
    typed = ARCHETYPE.read(request)
    outcome = await ports.calls.write(request.caller, RestoreArchetype(archetype=typed))
    match outcome:
        case ArchetypeRestored():
            return archetypes.archetype_restored(outcome.archetype, request.t)
        case NotRetired():
            return Refused(response=archetypes.not_retired(typed, request.t))
        case _:
            assert_never(outcome)


def unnamed(
    outcome: NoSuchArchetype | ArchetypeIsRetired, typed: str, request: CommandRequest
) -> Refused:
    """Refuse a name that leads to nothing that may be reported."""
    if isinstance(outcome, ArchetypeIsRetired):
        return Refused(response=archetypes.archetype_is_retired(outcome, request.t))
    return Refused(response=archetypes.no_such_archetype(outcome, typed, request.t))
