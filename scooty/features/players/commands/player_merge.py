"""``/player merge player into``: two spellings that became two players are one again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.requests import Refused
from scooty.core.text.previews import nothing_changed
from scooty.core.text.problems import Effect
from scooty.domain.ids import PlayerId
from scooty.domain.roles import Role
from scooty.features.players.calls.player_merges import (
    BothLinked,
    BothSeated,
    LaterMerge,
    ListMerges,
    Merged,
    MergeGone,
    MergePlayers,
    MergePreview,
    MergeUndone,
    PreviewMerge,
    SamePlayer,
    UndoMerge,
)
from scooty.features.players.calls.players import PlayerGone, PlayerMerged
from scooty.features.players.commands.player_options import (
    INTO_PLAYER,
    KNOWN_PLAYER,
    find_player,
    suggest_players,
)
from scooty.features.players.replies.player_merges import (
    CANCEL,
    CHOOSE_MERGE,
    LIST_MERGES,
    MERGE_PLAYERS,
    UNDO_MERGE,
    both_linked,
    both_seated,
    later_merge,
    merge_gone,
    merge_preview,
    merge_undone,
    merges_listed,
    players_merged,
    same_player,
)
from scooty.features.players.replies.player_names import merged_already, player_is_gone

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome
    from scooty.features.players.calls.player_merges import MergeRefusal


async def preview_merge(request: CommandRequest, ports: Ports) -> Outcome:
    """Show what would become of both, with a button that does it."""
    merged = await find_player(request, ports, KNOWN_PLAYER)
    if isinstance(merged, Refused):
        return merged
    kept = await find_player(request, ports, INTO_PLAYER)
    if isinstance(kept, Refused):
        return kept
    outcome = await ports.calls.read(
        request.guild_id,
        PreviewMerge(kept_player_id=kept.player_id, merged_player_id=merged.player_id),
    )
    if isinstance(outcome, MergePreview):
        return merge_preview(outcome, request.t)
    return Refused(response=_refusal(outcome, request.t))


async def merge(request: ComponentRequest, ports: Ports) -> Outcome:
    """Merge the two whose preview was confirmed."""
    outcome = await ports.calls.write(
        request.caller,
        MergePlayers(
            kept_player_id=PlayerId(request.argument(0)),
            merged_player_id=PlayerId(request.argument(1)),
        ),
    )
    if isinstance(outcome, Merged):
        return UpdateMessage(reply=players_merged(outcome, request.t))
    return Refused(response=UpdateMessage(reply=_refusal(outcome, request.t)))


def _refusal(outcome: MergeRefusal, t: Translator) -> Reply:
    match outcome:
        case SamePlayer():
            return same_player(t)
        case PlayerMerged():
            return merged_already(outcome, t)
        case PlayerGone():
            return player_is_gone(t)
        case BothSeated():
            return both_seated(outcome, t)
        case BothLinked():
            return both_linked(outcome, t)
        case _:
            assert_never(outcome)


async def cancel(request: ComponentRequest, _ports: Ports) -> Outcome:
    """Leave a preview at that."""
    return UpdateMessage(reply=nothing_changed(request.t))


async def undo(request: ComponentRequest, ports: Ports) -> Outcome:
    """Undo the merge of the button."""
    return await _undo(request, ports, request.argument(0))


async def undo_chosen(request: ComponentRequest, ports: Ports) -> Outcome:
    """Undo the merge that was chosen in the list."""
    return await _undo(request, ports, request.chosen_id())


async def _undo(request: ComponentRequest, ports: Ports, merge_id: int) -> Outcome:
    outcome = await ports.calls.write(request.caller, UndoMerge(merge_id=merge_id))
    match outcome:
        case MergeUndone():
            return UpdateMessage(reply=merge_undone(outcome, request.t))
        case LaterMerge():
            return Refused(response=later_merge(outcome, request.t))
        case MergeGone():
            return Refused(response=UpdateMessage(reply=merge_gone(request.t)))
        case _:
            assert_never(outcome)


async def list_merges(request: ComponentRequest, ports: Ports) -> Outcome:
    """List the merges that stand, to undo one."""
    standing = await ports.calls.read(request.guild_id, ListMerges())
    return merges_listed(standing, request.t)


FEATURE: Final = Feature(
    commands=(
        Command(
            path="player merge",
            handler=preview_merge,
            options=(KNOWN_PLAYER, INTO_PLAYER),
            role=Role.CAPTAIN,
            autocompleters={KNOWN_PLAYER.name: suggest_players, INTO_PLAYER.name: suggest_players},
        ),
    ),
    components=(
        Component(verb=MERGE_PLAYERS, handler=merge, role=Role.CAPTAIN, effect=Effect.PLAYERS),
        Component(verb=UNDO_MERGE, handler=undo, role=Role.CAPTAIN, effect=Effect.PLAYERS),
        Component(verb=CHOOSE_MERGE, handler=undo_chosen, role=Role.CAPTAIN, effect=Effect.PLAYERS),
        Component(verb=LIST_MERGES, handler=list_merges, role=Role.CAPTAIN, deferral="reply"),
        Component(verb=CANCEL, handler=cancel, role=Role.READER),
    ),
)
