"""``/archetype merge archetype into``: shown first, done by a button."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.inputs import ARCHETYPE
from scooty.core.requests import Refused
from scooty.core.text.previews import nothing_changed
from scooty.domain.ids import ArchetypeId
from scooty.features.archetypes.calls import (
    ArchetypeIsRetired,
    ArchetypesMerged,
    MergeArchetypes,
    MergePreview,
    MergeStale,
    NoSuchArchetype,
    PreviewArchetypeMerge,
    SameArchetype,
)
from scooty.features.archetypes.commands.archetype_change import unnamed
from scooty.features.archetypes.commands.archetype_options import INTO
from scooty.features.archetypes.replies import archetype_merges

if TYPE_CHECKING:
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome


async def preview(request: CommandRequest, ports: Ports) -> Outcome:
    """Show what a merge would change, and ask."""
    typed, into = ARCHETYPE.read(request), INTO.read(request)
    outcome = await ports.calls.read(
        request.guild_id, PreviewArchetypeMerge(archetype=typed, into=into)
    )
    match outcome:
        case MergePreview():
            return archetype_merges.merge_preview(outcome, request.t)
        case SameArchetype():
            return Refused(response=archetype_merges.same_archetype(outcome.name, request.t))
        case NoSuchArchetype():
            return unnamed(outcome, into if outcome.which == "kept" else typed, request)
        case ArchetypeIsRetired():
            return unnamed(outcome, typed, request)
        case _:
            assert_never(outcome)


async def confirm(request: ComponentRequest, ports: Ports) -> Outcome:
    """Merge as it was shown."""
    call = MergeArchetypes(
        archetype_id=ArchetypeId(request.argument(0)), into_id=ArchetypeId(request.argument(1))
    )
    outcome = await ports.calls.write(request.caller, call)
    match outcome:
        case ArchetypesMerged():
            return UpdateMessage(reply=archetype_merges.archetypes_merged(outcome, request.t))
        case MergeStale():
            return Refused(response=UpdateMessage(reply=archetype_merges.merge_stale(request.t)))
        case _:
            assert_never(outcome)


async def cancel(request: ComponentRequest, ports: Ports) -> Outcome:  # noqa: ARG001 - a handler's
    """Leave everything as it is."""
    return UpdateMessage(reply=nothing_changed(request.t))
