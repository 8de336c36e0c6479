from __future__ import annotations

from typing import Any

import pytest

from actors.discord_gateway.replies import OfferChoices, Reply, UpdateMessage
from scooty.core.call import Caller
from scooty.core.suggestions import OpponentSuggestion, SuggestOpponents
from scooty.domain.ids import ArchetypeId, GuildId, MemberId, PlayerId, ReportId, RequestId
from scooty.domain.observations import Sighting
from scooty.errors import StorageUnavailable
from scooty.features.reports.calls.recording import (
    DraftGone,
    RecordDraft,
    RecordReport,
    ReportGone,
    ReportRecorded,
    UndoReport,
)


async def test_a_report_is_stored_cleaned_and_keyed_by_the_interaction(
    ask: Any, gestures: Any, storage: Any, known: Any
) -> None:
    action = gestures.command(
        "scout", opponent="  Jane\u202e  Doe ", archetype=" jeskai ", comment="a\nb\u0007"
    )
    recorded = ReportRecorded(report_id=ReportId(1), card=known.card())

    conclusion = await ask(action, outcome=recorded)

    assert conclusion.verdict == "ok"
    assert storage.callers == [
        Caller(guild_id=GuildId(1), request_id=RequestId(77), member_id=MemberId(500))
    ]
    assert storage.calls == [
        RecordReport(
            reporter_id=MemberId(500),
            reporter_name="Sam",
            opponent="Jane Doe",
            archetype="jeskai",
            comment="a b",
            sighting=Sighting(),
        )
    ]


async def test_a_comment_of_nothing_visible_is_no_comment(
    ask: Any, gestures: Any, storage: Any, known: Any
) -> None:
    action = gestures.command("scout", opponent="Jane", archetype="Burn", comment=" \u200b ")
    recorded = ReportRecorded(report_id=ReportId(1), card=known.card())

    await ask(action, outcome=recorded)

    assert storage.calls[0].comment is None


@pytest.mark.parametrize("opponent", ["", "   ", "\u3164", "?!", "x" * 101])
async def test_an_unusable_name_never_reaches_storage(
    opponent: str, ask: Any, gestures: Any, storage: Any
) -> None:
    conclusion = await ask(gestures.command("scout", opponent=opponent, archetype="Burn"))

    assert conclusion.verdict == "refused"
    assert storage.calls == []


async def test_an_unknown_archetype_offers_the_nearest_as_buttons_that_store_the_draft(
    ask: Any, gestures: Any, storage: Any, known: Any
) -> None:
    action = gestures.command("scout", opponent="Jane", archetype="Jeskia")

    conclusion = await ask(action, outcome=known.unknown("Jeskai Control", "Jund"))

    assert isinstance(conclusion.response, Reply)
    (row,) = conclusion.response.rows
    assert [button.custom_id for button in row.components] == [
        "scout:pick@1:77:1",
        "scout:pick@1:77:2",
    ]
    assert conclusion.verdict == "refused"

    await ask(gestures.press("scout:pick@1:77:2"), outcome=DraftGone())

    assert storage.calls[-1] == RecordDraft(
        draft_id=RequestId(77), archetype_id=ArchetypeId(2), reporter_id=MemberId(500)
    )


async def test_undo_withdraws_the_report_of_the_button_and_takes_the_button_away(
    ask: Any, gestures: Any, storage: Any
) -> None:
    conclusion = await ask(gestures.press("scout:undo@1:98"), outcome=ReportGone())

    assert storage.calls == [UndoReport(report_id=ReportId(98), member_id=MemberId(500))]
    assert isinstance(conclusion.response, UpdateMessage)
    assert conclusion.response.reply.rows == ()


async def test_typing_an_opponent_warns_of_who_has_been_seen(
    ask: Any, gestures: Any, storage: Any
) -> None:
    jane = OpponentSuggestion(
        player_id=PlayerId(7),
        name="Jane Doe",
        archetype="Jeskai Control",
        reporter_id=MemberId(500),
        reporter_name="Sam",
        report_count=2,
    )

    conclusion = await ask(gestures.typing("scout", "opponent", opponent=" ja "), outcome=(jane,))

    assert storage.calls == [SuggestOpponents(text="ja")]
    assert isinstance(conclusion.response, OfferChoices)
    (choice,) = conclusion.response.choices
    assert "already seen: Jeskai Control by Sam" in choice.name


@pytest.mark.parametrize(
    ("focused", "call"), [("opponent", "suggest_opponents"), ("archetype", "suggest_archetypes")]
)
async def test_typing_costs_one_call(
    focused: str, call: str, ask: Any, gestures: Any, storage: Any
) -> None:
    await ask(gestures.typing("scout", focused, opponent="ja", archetype="je"))

    assert [each.function for each in storage.calls] == [call]


@pytest.mark.parametrize(
    ("path", "focused", "guild_id"),
    [("scout", "comment", 1), ("scout", "opponent", None), ("nonsense", "x", 1)],
)
async def test_typing_where_nothing_can_be_offered_gets_no_choices(
    path: str, focused: str, guild_id: int | None, ask: Any, gestures: Any
) -> None:
    conclusion = await ask(gestures.typing(path, focused, opponent="x"), guild_id=guild_id)

    assert conclusion.response == OfferChoices(choices=())
    assert conclusion.verdict == "refused"


async def test_typing_while_the_database_is_away_gets_no_choices(ask: Any, gestures: Any) -> None:
    away = StorageUnavailable("refused", may_have_been_saved=False)

    conclusion = await ask(gestures.typing("scout", "opponent", opponent="x"), outcome=away)

    assert conclusion.response == OfferChoices(choices=())
    assert conclusion.verdict == "unavailable"
