"""What ``/coverage`` answers keeps Discord's limits, whatever there is to show."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from actors.discord_gateway.limits import find_breach
from actors.discord_gateway.replies import Select
from scooty.core.i18n import ENGLISH, FRENCH
from scooty.core.storage.player_card import Event
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.features.coverage.calls.assignments import Coverage, WatchedPlayer
from scooty.features.coverage.replies.coverage import (
    PAGE,
    CoveragePage,
    coverage_page,
    place_on_page,
    read_place,
)
from scooty.features.coverage.rules import FieldPlayer

READER = MemberId(2**62)


def page_of(
    players: tuple[FieldPlayer, ...], watches: tuple[WatchedPlayer, ...] = (), number: int = 0
) -> CoveragePage:
    event = Event(id=EventId(2**62), name="*" * 100, created_at=datetime(2026, 11, 24, tzinfo=UTC))
    found = Coverage(
        event=event,
        is_active=True,
        round_number=30,
        players=players,
        team=(),
        watches=watches,
    )
    return CoveragePage(
        found=found,
        in_order=players,
        number=number,
        reader_id=READER,
        may_claim=True,
        picture=b"png",
        happened="x" * 300,
    )


@given(round_number=st.none() | st.integers(1, 30), page=st.integers(0, 9_999))
def test_a_round_and_a_page_come_back_from_one_number(round_number: int | None, page: int) -> None:
    assert read_place(place_on_page(round_number, page)) == (round_number, page)


@settings(max_examples=30, deadline=None)
@given(
    name=st.text(st.sampled_from("*_|🔥éA"), min_size=1, max_size=100),
    unknown=st.integers(0, 40),
    own=st.integers(0, 40),
    number=st.integers(0, 9_999),
)
def test_a_page_keeps_all_limits(name: str, unknown: int, own: int, number: int) -> None:
    players = tuple(
        FieldPlayer(player_id=PlayerId(2**62 + n), name=name, table=9999, points=999, rank=99_999)
        for n in range(unknown)
    )
    watches = tuple(
        WatchedPlayer(player_id=PlayerId(2**61 + n), name=name, member_id=READER, table=9999)
        for n in range(own)
    )

    for t in (ENGLISH, FRENCH):
        reply = coverage_page(page_of(players, watches, number), t)

        assert find_breach(reply, attachment_size_limit=1_000) is None


def test_of_many_claims_of_ones_own_ten_are_shown_and_the_others_counted() -> None:
    watches = tuple(
        WatchedPlayer(player_id=PlayerId(n), name=f"Player {n}", member_id=READER, table=n)
        for n in range(1, 31)
    )

    reply = coverage_page(page_of((), watches), ENGLISH)

    text = reply.embeds[0].description or ""
    assert "Player 10" in text
    assert "Player 11" not in text
    assert "and 20 more" in text
    [release] = [part for row in reply.rows for part in row.components if isinstance(part, Select)]
    assert len(release.options) == 25


def test_a_page_beyond_the_last_is_the_last() -> None:
    players = tuple(FieldPlayer(player_id=PlayerId(n), name=f"Player {n}") for n in range(PAGE + 1))

    reply = coverage_page(page_of(players, number=7), ENGLISH)

    assert f"Player {PAGE}" in (reply.embeds[0].description or "")
    assert (reply.embeds[0].footer or "").startswith("Page 2 of 2")
