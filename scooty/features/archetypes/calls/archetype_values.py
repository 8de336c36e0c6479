"""What the book of archetypes is told and answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scooty.domain.ids import ArchetypeId

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

    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeAdded:
    """The guild has one more."""

    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeEdited:
    """It is as it is here now."""

    archetype: Archetype
    former: str
    """Its name until now, which still leads to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasAdded:
    """One more name leads to it."""

    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasRemoved:
    """One name less leads to it."""

    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchAlias:
    """The archetype has no such name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKept:
    """That is the archetype's proper name, which cannot be taken away."""

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

    taken: tuple[TakenName, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSuchArchetype:
    """No archetype has that name."""

    nearest: tuple[str, ...]
    which: Which = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeIsRetired:
    """The guild retired the archetype of that name."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameArchetype:
    """Both names lead to one archetype."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What a merge would move."""

    merged: Archetype
    kept: Archetype
    reports: int
    players: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypesMerged:
    """One archetype's reports and names are the other's."""

    merged: str
    kept: Archetype
    reports: int
    players: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeStale:
    """One of the two was merged or retired since; nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeRetired:
    """It is offered no more."""

    name: str
    reports: int
    """That go on counting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchetypeRestored:
    """It is offered again."""

    archetype: Archetype


@dataclass(frozen=True, slots=True, kw_only=True)
class NotRetired:
    """The guild retired none of that name."""


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
