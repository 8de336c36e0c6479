"""From the JSON of the archetypes' functions to values; any other shape is a `StorageError`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.storage.json_fields import (
    each,
    field,
    number_or_none,
    object_of,
    text_or_none,
    texts,
)
from scooty.core.storage.outcomes import Outcomes
from scooty.domain.ids import ArchetypeId
from scooty.features.archetypes.calls.archetype_values import (
    AliasAdded,
    AliasRemoved,
    Archetype,
    ArchetypeAdded,
    ArchetypeEdited,
    ArchetypeIsRetired,
    ArchetypeList,
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
    RetiredName,
    SameArchetype,
    TakenName,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.repository.messages import JsonValue
    from scooty.features.archetypes.calls.archetype_values import Which


def catalogue(value: JsonValue) -> ArchetypeList:
    """Decode what ``list_archetypes`` returns."""
    fields = object_of(value, "the answer")
    return ArchetypeList(
        archetypes=each(fields.get("archetypes"), "archetypes", _archetype),
        retired=each(fields.get("retired"), "retired", _retired_name),
    )


def _archetype(fields: Mapping[str, JsonValue]) -> Archetype:
    return Archetype(
        id=ArchetypeId(field(fields, "id", int)),
        name=field(fields, "name", str),
        colours=field(fields, "colours", str),
        formats=texts(fields, "formats"),
        emoji=text_or_none(fields, "emoji"),
        display_colour=number_or_none(fields, "display_colour"),
        name_keys=texts(fields, "name_keys"),
        report_count=field(fields, "report_count", int),
    )


def _in(fields: Mapping[str, JsonValue], name: str = "archetype") -> Archetype:
    return _archetype(object_of(fields.get(name), name))


def _retired_name(fields: Mapping[str, JsonValue]) -> RetiredName:
    return RetiredName(
        name=field(fields, "name", str), merged_into=text_or_none(fields, "merged_into")
    )


def _taken(fields: Mapping[str, JsonValue]) -> TakenName:
    return TakenName(
        name_key=field(fields, "name_key", str),
        owner=field(fields, "owner", str),
        is_retired=field(fields, "is_retired", bool),
    )


def _unknown(fields: Mapping[str, JsonValue]) -> NoSuchArchetype:
    which: Which = "kept" if fields.get("which") == "kept" else "merged"
    return NoSuchArchetype(nearest=texts(fields, "nearest"), which=which)


def _preview(fields: Mapping[str, JsonValue]) -> MergePreview:
    return MergePreview(
        merged=_in(fields, "merged"),
        kept=_in(fields, "kept"),
        reports=field(fields, "reports", int),
        players=field(fields, "players", int),
        events=field(fields, "events", int),
    )


def _merged(fields: Mapping[str, JsonValue]) -> ArchetypesMerged:
    return ArchetypesMerged(
        merged=field(fields, "merged", str),
        kept=_in(fields, "kept"),
        reports=field(fields, "reports", int),
        players=field(fields, "players", int),
        events=field(fields, "events", int),
    )


archetype_outcome: Final = Outcomes(
    {
        "known": lambda fields: KnownArchetype(archetype=_in(fields)),
        "added": lambda fields: ArchetypeAdded(archetype=_in(fields)),
        "edited": lambda fields: ArchetypeEdited(
            archetype=_in(fields), former=field(fields, "former", str)
        ),
        "alias_added": lambda fields: AliasAdded(archetype=_in(fields)),
        "alias_removed": lambda fields: AliasRemoved(archetype=_in(fields)),
        "no_such_alias": lambda fields: NoSuchAlias(name=field(fields, "name", str)),
        "name_kept": lambda fields: NameKept(name=field(fields, "name", str)),
        "names_taken": lambda fields: NamesTaken(taken=each(fields.get("taken"), "taken", _taken)),
        "no_such_archetype": _unknown,
        "archetype_retired": lambda fields: ArchetypeIsRetired(name=field(fields, "name", str)),
        "same_archetype": lambda fields: SameArchetype(name=field(fields, "name", str)),
        "preview": _preview,
        "merged": _merged,
        "merge_stale": lambda _: MergeStale(),
        "retired": lambda fields: ArchetypeRetired(
            name=field(fields, "name", str), reports=field(fields, "reports", int)
        ),
        "restored": lambda fields: ArchetypeRestored(archetype=_in(fields)),
        "not_retired": lambda _: NotRetired(),
    }
).decode
