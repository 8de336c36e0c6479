"""Which entries a person is in, and what is left of them without that person: pure rules."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scooty.domain.names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scooty.core.outbox.entries import Entry, Key
    from scooty.core.waiting import WaitingWrite
    from scooty.domain.ids import MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What has to be done to entries."""

    removed: tuple[Key, ...]
    changed: tuple[Entry, ...]
    """In their new form."""


def without_member(entries: Iterable[Entry], member_id: MemberId) -> Erasure:
    """Take a member out of entries: of refused ones, too, of which nobody is told then."""
    removed, changed = [], []
    for entry in entries:
        if entry.call.author_id != member_id:
            continue
        anonymous = entry.call.anonymous() if entry.refused is None else None
        if anonymous is None:
            removed.append(entry.key)
        else:
            changed.append(replace(entry, call=anonymous, contact=None))
    return Erasure(removed=tuple(removed), changed=tuple(changed))


def without_player(entries: Iterable[Entry], name: str) -> Erasure:
    """Remove all reports of a player, whatever the spelling."""
    removed = [entry.key for entry in entries if is_of_player(entry.call, name)]
    return Erasure(removed=tuple(removed), changed=())


def is_of_player(call: WaitingWrite[Any], name: str) -> bool:
    """Tell whether a write is a report of a player of that name."""
    player = call.player_name
    return player is not None and name_key(player) == name_key(name)
