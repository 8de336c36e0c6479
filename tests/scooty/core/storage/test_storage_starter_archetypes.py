"""The starter set: what its file must keep to, so that each name leads to one archetype."""

from __future__ import annotations

from collections import Counter

import pytest

from scooty.core.storage.starter_archetypes import STARTER_ARCHETYPES
from scooty.domain.colours import in_order
from scooty.domain.names import is_name
from scooty.features.archetypes.rules import FORMATS


def test_a_starter_is_storable() -> None:
    for each in STARTER_ARCHETYPES:
        assert all(is_name(name) for name in (each.name, *each.aliases)), each.name
        assert each.colours == in_order(each.colours), each.name
        assert each.formats == tuple(known for known in FORMATS if known in each.formats), each.name
        assert len(each.name_keys()) == len(each.aliases) + 1, f"two spellings: {each.name}"


def test_every_name_belongs_to_one_starter() -> None:
    counts = Counter(key for each in STARTER_ARCHETYPES for key in each.name_keys())

    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("played_in", ["standard", "pioneer", "modern", "legacy", "pauper"])
def test_each_current_format_has_decks_to_choose_from(played_in: str) -> None:
    assert sum(played_in in each.formats for each in STARTER_ARCHETYPES) >= 15
