"""Archetypes of a guild: added, changed, merged and retired by its captains.

An archetype of the starter set that a guild changes is copied for it; others go on seeing the
starter set's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.storage.book import Book
from scooty.core.storage.typed import stored_name
from scooty.domain.ids import ArchetypeId, GuildId
from scooty.domain.names import fold, word_key
from scooty.features.archetypes.calls.archetype_decoding import archetype_outcome, catalogue
from scooty.features.archetypes.calls.archetype_values import (
    AliasAdded,
    AliasRemoved,
    ArchetypeAdded,
    ArchetypeEdited,
    ArchetypeIsRetired,
    ArchetypeRestored,
    ArchetypeRetired,
    ArchetypesMerged,
    KnownArchetype,
    MergePreview,
    MergeStale,
    NameKept,
    NamesTaken,
    NoSuchAlias,
    NoSuchArchetype,
    NotRetired,
    SameArchetype,
)

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue
    from scooty.core.call import Caller
    from scooty.features.archetypes.calls.archetype_values import ArchetypeChanges, ArchetypeList


class Archetypes(Book):
    """What a guild may report."""

    async def add(
        self, caller: Caller, *, name: str, details: ArchetypeChanges, aliases: tuple[str, ...]
    ) -> ArchetypeAdded | NamesTaken:
        """Add an archetype of the guild's own."""
        keys = {fold(each): word_key(each) for each in (name, *aliases)}
        colour = details.display_colour
        value = await self._write(
            "add_archetype",
            caller,
            name=stored_name(name),
            names=[{"name_key": key, "word_key": words} for key, words in keys.items()],
            colours=details.colours or "",
            formats=list(details.formats or ()),
            emoji=details.emoji or None,
            display_colour=None if colour is None or colour < 0 else colour,
        )
        return archetype_outcome(value, ArchetypeAdded, NamesTaken)

    async def edit(
        self, caller: Caller, *, archetype: str, changes: ArchetypeChanges
    ) -> ArchetypeEdited | NoSuchArchetype | ArchetypeIsRetired | NamesTaken:
        """Change an archetype; what is None in ``changes`` stays."""
        value = await self._write(
            "edit_archetype", caller, changes=_as_json(changes), **_keys(archetype)
        )
        return archetype_outcome(
            value, ArchetypeEdited, NoSuchArchetype, ArchetypeIsRetired, NamesTaken
        )

    async def add_alias(
        self, caller: Caller, *, archetype: str, alias: str
    ) -> AliasAdded | NoSuchArchetype | ArchetypeIsRetired | NamesTaken:
        """Let one more name lead to an archetype."""
        value = await self._write(
            "add_archetype_alias",
            caller,
            alias_key=fold(alias),
            alias_word_key=word_key(alias),
            **_keys(archetype),
        )
        return archetype_outcome(value, AliasAdded, NoSuchArchetype, ArchetypeIsRetired, NamesTaken)

    async def remove_alias(
        self, caller: Caller, *, archetype: str, alias: str
    ) -> AliasRemoved | NoSuchArchetype | ArchetypeIsRetired | NoSuchAlias | NameKept:
        """Take a name from an archetype, but never its proper one."""
        named = await self._read(caller.guild_id, archetype)
        name = named.archetype.name if isinstance(named, KnownArchetype) else ""
        value = await self._write(
            "remove_archetype_alias",
            caller,
            alias_key=fold(alias),
            proper_name=name,
            proper_key=fold(name),
            **_keys(archetype),
        )
        return archetype_outcome(
            value, AliasRemoved, NoSuchArchetype, ArchetypeIsRetired, NoSuchAlias, NameKept
        )

    async def preview_merge(
        self, *, guild_id: GuildId, archetype: str, into: str
    ) -> MergePreview | NoSuchArchetype | ArchetypeIsRetired | SameArchetype:
        """Tell what a merge would change."""
        value = await self._calls.read(
            "preview_archetype_merge",
            guild_id=guild_id,
            into_key=fold(into),
            into_word_key=word_key(into),
            **_keys(archetype),
        )
        return archetype_outcome(
            value, MergePreview, NoSuchArchetype, ArchetypeIsRetired, SameArchetype
        )

    async def merge(
        self, caller: Caller, *, archetype_id: ArchetypeId, into_id: ArchetypeId
    ) -> ArchetypesMerged | MergeStale:
        """Give all names and reports of one archetype to another, and retire it."""
        value = await self._write(
            "merge_archetypes", caller, archetype_id=archetype_id, into_id=into_id
        )
        return archetype_outcome(value, ArchetypesMerged, MergeStale)

    async def retire(
        self, caller: Caller, *, archetype: str
    ) -> ArchetypeRetired | NoSuchArchetype | ArchetypeIsRetired:
        """Offer an archetype no more; its reports stay."""
        value = await self._write("retire_archetype", caller, **_keys(archetype))
        return archetype_outcome(value, ArchetypeRetired, NoSuchArchetype, ArchetypeIsRetired)

    async def restore(self, caller: Caller, *, archetype: str) -> ArchetypeRestored | NotRetired:
        """Offer a retired archetype again."""
        value = await self._write("restore_archetype", caller, name_key=fold(archetype))
        return archetype_outcome(value, ArchetypeRestored, NotRetired)

    async def list_all(self, *, guild_id: GuildId, played_in: str | None = None) -> ArchetypeList:
        """Return what may be reported, of one format or of all, and what is retired."""
        return catalogue(
            await self._calls.read("list_archetypes", guild_id=guild_id, format=played_in)
        )

    async def _read(
        self, guild_id: GuildId, archetype: str
    ) -> KnownArchetype | NoSuchArchetype | ArchetypeIsRetired:
        value = await self._calls.read("read_archetype", guild_id=guild_id, **_keys(archetype))
        return archetype_outcome(value, KnownArchetype, NoSuchArchetype, ArchetypeIsRetired)


def _keys(name: str) -> dict[str, JsonValue]:
    return {"name_key": fold(name), "word_key": word_key(name)}


def _as_json(changes: ArchetypeChanges) -> dict[str, JsonValue]:
    """Write what is to change; an empty emoji and a negative colour take away what was there."""
    wanted: dict[str, JsonValue] = {}
    if changes.name is not None:
        wanted |= {"name": stored_name(changes.name), **_keys(changes.name)}
    if changes.colours is not None:
        wanted["colours"] = changes.colours
    if changes.formats is not None:
        wanted["formats"] = list(changes.formats)
    if changes.emoji is not None:
        wanted["emoji"] = changes.emoji or None
    if changes.display_colour is not None:
        wanted["display_colour"] = None if changes.display_colour < 0 else changes.display_colour
    return wanted
