"""What look-ups show of queued reports over what the database, or a memory of it, knows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scooty.core.storage.player_card import Event, PlayerCard
from scooty.core.storage.port import NoActiveEvent
from scooty.core.suggestions import OpponentSuggestion, SuggestOpponents
from scooty.core.waiting import QueuedName, QueuedReport
from scooty.domain.ids import EventId, MemberId, PlayerId
from scooty.domain.names import name_key
from scooty.features.reports.calls.looking_up import (
    CheckPlayer,
    NobodyFound,
    OnlyQueued,
    PlayerFound,
    PlayerMatch,
    SeveralPlayers,
    find_queued,
)

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def queued(opponent: str, archetype: str = "Burn", *, minutes_ago: int = 1) -> QueuedName:
    report = QueuedReport(
        opponent=opponent,
        archetype=archetype,
        comment=None,
        reporter_id=MemberId(500),
        reporter_name="Sam",
        queued_at=AT - timedelta(minutes=minutes_ago),
    )
    return QueuedName(report=report, name_key=name_key(opponent))


def stored(name: str, number: int = 1) -> OpponentSuggestion:
    return OpponentSuggestion(
        player_id=PlayerId(number),
        name=name,
        archetype="Jund",
        reporter_id=MemberId(501),
        reporter_name="Robin",
        report_count=3,
    )


CARD = PlayerCard(
    player_id=PlayerId(7),
    name="Jane Doe",
    event=Event(id=EventId(1), name="RC Lyon", created_at=AT),
    archetype="Jund",
    colours="BRG",
    reports=(),
    report_count=1,
    as_of=AT,
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("jane doe", ["Jane Doe"]),
        ("doe jane", ["Jane Doe"]),
        ("jan", ["Jane Doe", "Janet Roe"]),
        ("roe", ["Janet Roe"]),
        ("ane", []),
    ],
)
def test_a_queued_report_is_found_by_the_name_by_its_words_and_by_its_beginning(
    typed: str, found: list[str]
) -> None:
    waiting = [queued("Jane Doe"), queued("Janet Roe")]

    assert [report.opponent for report in find_queued(waiting, typed)] == found


def test_a_card_also_shows_what_was_queued_under_the_name_by_which_it_was_found() -> None:
    waiting = [queued("J. D. the Third"), queued("Doe, Jane"), queued("Somebody")]

    found = CheckPlayer(name="J. D. the Third").with_queued(PlayerFound(card=CARD), waiting)

    assert isinstance(found, PlayerFound)
    card = found.card
    assert [report.opponent for report in card.queued] == ["J. D. the Third", "Doe, Jane"]
    assert card.as_of == AT


@pytest.mark.parametrize(
    ("found", "database_away"),
    [
        (NobodyFound(), False),
        (NobodyFound(as_of=AT), True),
        (
            SeveralPlayers(matches=(PlayerMatch(player_id=PlayerId(1), name="J", archetype="A"),)),
            False,
        ),
        (SeveralPlayers(matches=(), as_of=AT), True),
        (NoActiveEvent(), False),
    ],
)
def test_a_player_who_is_only_queued_is_shown_with_whether_there_may_be_more(
    found: NobodyFound | SeveralPlayers | NoActiveEvent, *, database_away: bool
) -> None:
    waiting = [queued("Jane Doe")]

    assert CheckPlayer(name="jane doe").with_queued(found, waiting) == OnlyQueued(
        reports=(waiting[0].report,), database_away=database_away
    )
    assert CheckPlayer(name="richard roe").with_queued(found, waiting) == found


def test_queued_players_are_offered_first_each_once_and_counted() -> None:
    waiting = [queued("Jane Doe", "Burn"), queued("DOE, Jane", "Jund"), queued("Zed")]
    known = [stored("Adam", 1), stored("Jane Doe", 2)]

    offered = SuggestOpponents(text="").with_queued(tuple(known), waiting)

    assert [(each.name, each.player_id, each.queued) for each in offered] == [
        ("Jane Doe", PlayerId(2), True),
        ("Zed", None, True),
        ("Adam", PlayerId(1), False),
    ]
    assert (offered[0].archetype, offered[0].report_count) == ("Burn", 5)


def test_no_more_are_offered_than_discord_shows() -> None:
    waiting = [queued(f"Player {number}") for number in range(20)]
    known = [stored(f"Opponent {number}", number) for number in range(20)]

    offered = SuggestOpponents(text="").with_queued(tuple(known), waiting)

    assert len(offered) == 25
    assert [each.queued for each in offered] == [True] * 20 + [False] * 5
