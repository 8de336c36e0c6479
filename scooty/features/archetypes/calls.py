"""Archetypes of a guild: added, changed, merged and retired by its captains.

An archetype of the starter set that a guild changes is copied for it; others go on seeing the
starter set's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from typing_extensions import override

from scooty.core.call import Read, Write
from scooty.core.storage.typed import stored_name
from scooty.domain.ids import ArchetypeId
from scooty.domain.names import fold, word_key

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue

Which = Literal["merged", "kept"]
"""Of two archetypes, the one that goes or the one that stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archetype:
    """A deck family as its captains see it."""

    id: ArchetypeId
    name: str
    colours: str
    formats: tuple[str, ...]
    """Empty: of all formats."""
    emoji: str | None
    display_colour: int | None
    """0xRRGGBB."""
    name_keys: tuple[str, ...]
    """Its name and its aliases, folded."""
    report_count: int
    """In the active event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeChanges:
    """What to make of an archetype; None leaves something as it is."""

    name: str | None = None
    colours: str | None = None
    formats: tuple[str, ...] | None = None
    emoji: str | None = None
    """Empty: take it away."""
    display_colour: int | None = None
    """Negative: take it away."""

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is to change."""
        return self == ArchetypeChanges()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArchetype:
    """The name leads to this one."""

    outcome: Literal["known"] = "known"
    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeAdded:
    """The guild has one more."""

    outcome: Literal["added"] = "added"
    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeEdited:
    """It is as it is here now."""

    outcome: Literal["edited"] = "edited"
    archetype: Archetype
    former: str
    """Its name until now, which still leads to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasAdded:
    """One more name leads to it."""

    outcome: Literal["alias_added"] = "alias_added"
    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRemoved:
    """One name less leads to it."""

    outcome: Literal["alias_removed"] = "alias_removed"
    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchAlias:
    """The archetype has no such name."""

    outcome: Literal["no_such_alias"] = "no_such_alias"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKept:
    """That is the archetype's proper name, which cannot be taken away."""

    outcome: Literal["name_kept"] = "name_kept"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenName:
    """A name that is in use."""

    name_key: str
    owner: str
    """Of which archetype."""
    is_retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesTaken:
    """Some names are in use; nothing was changed."""

    outcome: Literal["names_taken"] = "names_taken"
    taken: tuple[TakenName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchArchetype:
    """No archetype has that name."""

    outcome: Literal["no_such_archetype"] = "no_such_archetype"
    nearest: tuple[str, ...]
    which: Which = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeIsRetired:
    """The guild retired the archetype of that name."""

    outcome: Literal["archetype_retired"] = "archetype_retired"
    name: str
    which: Which = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class SameArchetype:
    """Both names lead to one archetype."""

    outcome: Literal["same_archetype"] = "same_archetype"
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What a merge would move."""

    outcome: Literal["preview"] = "preview"
    merged: Archetype
    kept: Archetype
    reports: int
    players: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypesMerged:
    """One archetype's reports and names are the other's."""

    outcome: Literal["merged"] = "merged"
    merged: str
    kept: Archetype
    reports: int
    players: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeStale:
    """One of the two was merged or retired since; nothing was changed."""

    outcome: Literal["merge_stale"] = "merge_stale"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeRetired:
    """It is offered no more."""

    outcome: Literal["retired"] = "retired"
    name: str
    reports: int
    """That go on counting."""
    players: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeRestored:
    """It is offered again."""

    outcome: Literal["restored"] = "restored"
    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRetired:
    """The guild retired none of that name."""

    outcome: Literal["not_retired"] = "not_retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetiredName:
    """An archetype that is offered no more."""

    name: str
    merged_into: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeList:
    """What may be reported, the most reported first."""

    archetypes: tuple[Archetype, ...]
    retired: tuple[RetiredName, ...]


def _keys(name: str) -> dict[str, JsonValue]:
    return {"name_key": fold(name), "word_key": word_key(name)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddArchetype(Write[ArchetypeAdded | NamesTaken]):
    """Add an archetype of the guild's own."""

    name: str
    details: ArchetypeChanges
    aliases: tuple[str, ...] = ()

    @override
    def arguments(self) -> dict[str, JsonValue]:
        keys = {fold(each): word_key(each) for each in (self.name, *self.aliases)}
        colour = self.details.display_colour
        return {
            "name": stored_name(self.name),
            "names": [{"name_key": key, "word_key": words} for key, words in keys.items()],
            "colours": self.details.colours or "",
            "formats": list(self.details.formats or ()),
            "emoji": self.details.emoji or None,
            "display_colour": None if colour is None or colour < 0 else colour,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EditArchetype(Write[ArchetypeEdited | NoSuchArchetype | ArchetypeIsRetired | NamesTaken]):
    """Change an archetype; what is None in ``changes`` stays."""

    archetype: str
    changes: ArchetypeChanges

    @override
    def arguments(self) -> dict[str, JsonValue]:
        """An empty emoji and a negative colour take away what was there."""
        changes = self.changes
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
            colour = changes.display_colour
            wanted["display_colour"] = None if colour < 0 else colour
        return {"changes": wanted, **_keys(self.archetype)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddArchetypeAlias(Write[AliasAdded | NoSuchArchetype | ArchetypeIsRetired | NamesTaken]):
    """Let one more name lead to an archetype."""

    archetype: str
    alias: str

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "alias_key": fold(self.alias),
            "alias_word_key": word_key(self.alias),
            **_keys(self.archetype),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArchetype(Read[KnownArchetype | NoSuchArchetype | ArchetypeIsRetired]):
    """The archetype of a name."""

    archetype: str

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return _keys(self.archetype)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveArchetypeAlias(
    Write[AliasRemoved | NoSuchArchetype | ArchetypeIsRetired | NoSuchAlias | NameKept]
):
    """Take a name from an archetype, but never its proper one."""

    archetype: str
    alias: str
    proper_name: str
    """As `ReadArchetype` says; empty where the archetype is not known."""

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "alias_key": fold(self.alias),
            "proper_name": self.proper_name,
            "proper_key": fold(self.proper_name),
            **_keys(self.archetype),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewArchetypeMerge(
    Read[MergePreview | NoSuchArchetype | ArchetypeIsRetired | SameArchetype]
):
    """What a merge would change."""

    archetype: str
    into: str

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {
            "into_key": fold(self.into),
            "into_word_key": word_key(self.into),
            **_keys(self.archetype),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeArchetypes(Write[ArchetypesMerged | MergeStale]):
    """Give all names and reports of one archetype to another, and retire it."""

    archetype_id: ArchetypeId
    into_id: ArchetypeId


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireArchetype(Write[ArchetypeRetired | NoSuchArchetype | ArchetypeIsRetired]):
    """Offer an archetype no more; its reports stay."""

    archetype: str

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return _keys(self.archetype)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreArchetype(Write[ArchetypeRestored | NotRetired]):
    """Offer a retired archetype again."""

    archetype: str

    @override
    def arguments(self) -> dict[str, JsonValue]:
        return {"name_key": fold(self.archetype)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListArchetypes(Read[ArchetypeList]):
    """What may be reported, of one format or of all, and what is retired."""

    format: str | None = None
