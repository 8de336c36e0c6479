"""Boards, digests and turns keep Discord's limits and hide what they must."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from actors.discord_gateway.limits import find_breach
from scooty.core.i18n import ENGLISH, FRENCH
from scooty.core.storage.player_card import Event
from scooty.core.storage.stats import ScoutCount
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.domain.metagame import PlayerCount
from scooty.domain.observations import Confidence
from scooty.features.alerts.replies.turns import turns_told
from scooty.features.boards.calls import (
    Board,
    Digest,
    FieldInBrief,
    NewestReport,
    Turn,
)
from scooty.features.boards.replies.board import board, digest
from tests.desk_fixture.reading import as_text

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NAMES = st.text(min_size=1, max_size=100)


def brief(name: str, *players: int, conflicts: int = 0) -> FieldInBrief:
    return FieldInBrief(
        event=Event(id=EventId(1), name=name, created_at=AT),
        players=sum(players) + 3,
        reports=sum(players),
        conflicts=conflicts,
        archetypes=tuple(
            PlayerCount(name=f"{name}{index}"[-100:], colours="WU", players=each)
            for index, each in enumerate(players)
        ),
    )


def shown(name: str, *players: int, newest: int = 5) -> Board:
    report = NewestReport(player=name, archetype=name, colours="R", reported_at=AT)
    return Board(
        channel_id=1,
        message_id=2,
        started_at=AT,
        language=None,
        ethics_line="x" * 200,
        field=brief(name, *players),
        newest=(report,) * newest,
    )


def turned(name: str) -> Turn:
    return Turn(
        player_id=PlayerId(7),
        player=name,
        confidence=Confidence.LIKELY,
        was=name,
        was_colours="R",
        now=name,
        now_colours="U",
    )


@given(name=NAMES, players=st.lists(st.integers(1, 400), max_size=60), with_names=st.booleans())
def test_a_board_and_a_digest_of_any_size_are_taken_by_discord(
    name: str, players: list[int], *, with_names: bool
) -> None:
    scouts = tuple(
        ScoutCount(member_id=MemberId(2**63 - 1 - number), reports=9, players=9)
        for number in range(20)
    )
    told = Digest(
        channel_id=1,
        language=None,
        ethics_line="x" * 200,
        since=AT,
        reports=1,
        contributors=scouts,
        field=brief(name, *players, conflicts=3),
    )

    for t in (ENGLISH, FRENCH):
        for reply in (board(shown(name, *players), t, with_names=with_names), digest(told, t)):
            assert find_breach(reply, attachment_size_limit=0) is None
            assert not reply.ephemeral


@given(name=NAMES, count=st.integers(1, 200), with_names=st.booleans())
def test_turns_of_any_number_are_one_message(name: str, count: int, *, with_names: bool) -> None:
    for t in (ENGLISH, FRENCH):
        reply = turns_told([turned(name)] * count, t, with_names=with_names)
        assert find_breach(reply, attachment_size_limit=0) is None
        assert not reply.ephemeral


def test_turns_that_find_no_room_are_counted() -> None:
    text = as_text(turns_told([turned("x" * 90)] * 40, ENGLISH, with_names=True))

    listed = text.count("• **")
    assert f"and {40 - listed} more" in text


def test_without_names_nobody_is_named() -> None:
    report = NewestReport(player="Jane", archetype="Burn", colours="R", reported_at=AT)
    found = replace(shown("Open", 3), newest=(report,))
    turn = replace(turned("Burn"), player="Jane")

    for with_names in (True, False):
        for reply in (
            board(found, ENGLISH, with_names=with_names),
            turns_told([turn], ENGLISH, with_names=with_names),
        ):
            assert ("Jane" in as_text(reply)) == with_names


def test_percentages_are_withheld_of_a_small_field_and_the_rest_is_added_up() -> None:
    small = as_text(board(shown("Deck", 5, 4), ENGLISH, with_names=True))
    large = as_text(board(shown("Deck", *range(12, 0, -1)), ENGLISH, with_names=True))

    assert "%" not in small
    assert "Fewer than 10 are known" in small
    assert "`15.4%` (12) · **Deck0**" in large
    assert "and 4 more archetypes (10)" in large


def test_without_an_event_the_board_says_so() -> None:
    idle = replace(shown("x", newest=0), field=None)

    assert "No event now" in as_text(board(idle, ENGLISH, with_names=True))
