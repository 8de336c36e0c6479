from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actors.discord_gateway.limits import find_breach
from scooty.domain.ids import EventId, MemberId
from scooty.domain.metagame import PlayerCount
from scooty.i18n import ENGLISH, FRENCH, Translator
from scooty.rendering.stats import Grouping, stats
from scooty.storage.port import Event
from scooty.storage.stats import EventStats, ScoutCount

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def big() -> EventStats:
    """As much as there can be: names of the longest, each character of which is escaped."""
    return EventStats(
        event=Event(id=EventId(1), name="*" * 100, created_at=AT),
        seen=2_000,
        archetypes=tuple(
            PlayerCount(name="*" * 100, colours="WUBRG", players=20) for _ in range(60)
        ),
        scouts=tuple(
            ScoutCount(member_id=MemberId(2**62 + n), reports=1_000, players=100) for n in range(60)
        ),
        queued=10_000,
        as_of=AT,
    )


@pytest.mark.parametrize("t", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.parametrize("by", ["archetype", "colour", "scout"])
def test_figures_of_whatever_size_fit_in_a_message(by: Grouping, t: Translator) -> None:
    assert find_breach(stats(big(), by, t), attachment_size_limit=0) is None


def test_what_is_not_listed_is_added_up_so_that_nobody_is_left_out() -> None:
    text = stats(big(), "archetype", ENGLISH).embeds[0].description or ""

    listed = text.count("20)")
    assert 0 < listed < 60
    assert f"{60 - listed} others: " in text
    assert f"({(60 - listed) * 20})" in text
