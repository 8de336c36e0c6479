"""The archetypes that every guild sees from the start; the file ``archetypes.json`` lists them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from scooty.domain.names import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterArchetype:
    """A deck family of the starter set."""

    name: str
    colours: str
    formats: tuple[str, ...]
    aliases: tuple[str, ...]
    """Synonyms, nicknames and French names."""

    def name_keys(self) -> tuple[str, ...]:
        """Return the folded name and aliases, once each, the name's own first."""
        return tuple(dict.fromkeys(map(fold, (self.name, *self.aliases))))


def _read() -> tuple[StarterArchetype, ...]:
    text = (files("scooty.core.storage") / "archetypes.json").read_text("utf-8")
    return tuple(
        StarterArchetype(
            name=entry["name"],
            colours=entry["colours"],
            formats=tuple(entry["formats"]),
            aliases=tuple(entry["aliases"]),
        )
        for entry in json.loads(text)
    )


def sql_entries(archetypes: tuple[StarterArchetype, ...]) -> list[dict[str, object]]:
    """Return the set as the SQL function ``load_starter_archetypes`` takes it."""
    return [
        {
            "name": archetype.name,
            "colours": archetype.colours,
            "formats": archetype.formats,
            "keys": archetype.name_keys(),
            "word_keys": [" ".join(sorted(key.split())) for key in archetype.name_keys()],
        }
        for archetype in archetypes
    ]


STARTER_ARCHETYPES: Final = _read()
