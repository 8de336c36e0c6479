"""What the desk asks the limiter, and what people get when it says no."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from actors.discord_gateway.messages import Answer
from actors.discord_gateway.replies import OfferChoices, Reply
from actors.rate_limiter.messages import AcquirePermit, Bucket, PermitDenied
from scooty.core.suggestions import OpponentSuggestion, SuggestOpponents
from scooty.domain.ids import GuildId, MemberId, PlayerId

if TYPE_CHECKING:
    from actors.testing import Probe

UNDO = "scout:undo@1:98"


@dataclass
class HeldSuggestions:
    """Suggests one player, asking nobody."""

    asked: list[tuple[GuildId, str]] = field(default_factory=list)

    def __call__(self, guild_id: GuildId, call: SuggestOpponents, /) -> Any:
        self.asked.append((guild_id, call.text))
        return (
            OpponentSuggestion(
                player_id=PlayerId(7),
                name="Jane Doe",
                archetype="Burn",
                reporter_id=MemberId(500),
                reporter_name="Sam",
                report_count=1,
            ),
        )


def _refuse(limiter: Probe, people: Any, *, limit: str) -> None:
    retry_at = people.now() + timedelta(seconds=5)
    limiter.answer(AcquirePermit, PermitDenied(retry_at=retry_at, limit=limit))


def _text(answer: Answer) -> str:
    assert isinstance(answer.response, Reply)
    (embed,) = answer.response.embeds
    return embed.description or ""


async def _permit_asked_for(run_desk: Any, limiter: Probe, gateway: Probe, gesture: Any) -> Any:
    async with run_desk() as desk:
        desk.tell(gesture)
        permit = await limiter.expect(AcquirePermit)
        await gateway.expect(Answer)
    return permit.buckets


async def test_a_command_spends_from_the_persons_bucket_for_it_and_from_the_servers(
    run_desk: Any, limiter: Probe, gateway: Probe, people: Any
) -> None:
    buckets = await _permit_asked_for(run_desk, limiter, gateway, people.checks())

    assert buckets == (Bucket(limit="command", key="500:check"), Bucket(limit="guild", key="1"))


async def test_a_button_spends_from_a_bucket_of_its_own_kind(
    run_desk: Any, limiter: Probe, gateway: Probe, people: Any
) -> None:
    buckets = await _permit_asked_for(run_desk, limiter, gateway, people.presses(UNDO))

    assert buckets == (
        Bucket(limit="command", key="500:scout:undo"),
        Bucket(limit="guild", key="1"),
    )


async def test_typing_spends_nothing_of_the_servers(
    run_desk: Any, limiter: Probe, gateway: Probe, people: Any, storage: Any
) -> None:
    storage.outcome = ()

    buckets = await _permit_asked_for(run_desk, limiter, gateway, people.types())

    assert buckets == (Bucket(limit="autocomplete", key="500"),)


async def test_a_command_outside_a_server_spends_from_the_persons_bucket_alone(
    run_desk: Any, limiter: Probe, gateway: Probe, people: Any
) -> None:
    gesture = people.checks(guild_id=None)

    buckets = await _permit_asked_for(run_desk, limiter, gateway, gesture)

    assert buckets == (Bucket(limit="command", key="500:check"),)


async def test_too_many_commands_of_one_person_are_refused_with_the_time_to_go_on(
    run_desk: Any, gateway: Probe, limiter: Probe, people: Any, storage: Any
) -> None:
    _refuse(limiter, people, limit="command")
    async with run_desk() as desk:
        desk.tell(people.checks())

        text = _text(await gateway.expect(Answer))

    assert text.startswith("Too many commands at once.")
    assert f"<t:{int(people.now().timestamp()) + 5}:R>" in text
    assert not storage.asked.is_set()


async def test_a_person_is_told_when_it_was_all_of_their_server_together(
    run_desk: Any, gateway: Probe, limiter: Probe, people: Any, storage: Any
) -> None:
    _refuse(limiter, people, limit="guild")
    async with run_desk() as desk:
        desk.tell(people.checks())

        text = _text(await gateway.expect(Answer))

    assert text.startswith(
        "This server\N{RIGHT SINGLE QUOTATION MARK}s members sent too many commands at once."
    )
    assert not storage.asked.is_set()


async def test_typing_too_fast_gets_what_is_at_hand_and_asks_nobody(
    run_desk: Any, gateway: Probe, limiter: Probe, people: Any, storage: Any
) -> None:
    at_hand = HeldSuggestions()
    _refuse(limiter, people, limit="autocomplete")
    async with run_desk(at_hand=at_hand) as desk:
        desk.tell(people.types("ja"))

        answer = await gateway.expect(Answer)

    assert isinstance(answer.response, OfferChoices)
    assert [choice.value for choice in answer.response.choices] == ["Jane Doe"]
    assert at_hand.asked == [(1, "ja")]
    assert not storage.asked.is_set()


async def test_typing_too_fast_gets_no_choices_when_nothing_is_at_hand(
    run_desk: Any, gateway: Probe, limiter: Probe, people: Any, storage: Any
) -> None:
    _refuse(limiter, people, limit="autocomplete")
    async with run_desk() as desk:
        desk.tell(people.types())

        answer = await gateway.expect(Answer)

    assert answer.response == OfferChoices(choices=())
    assert not storage.asked.is_set()
