from __future__ import annotations

from typing import Any

from scooty.domain.ids import MemberId
from scooty.features.events.calls import CreateEvent, EventCreated


async def test_an_administrator_creates_an_event(
    ask: Any, gestures: Any, storage: Any, known: Any
) -> None:
    created = EventCreated(event=known.event, previous=None)
    action = gestures.command("admin create-event", name="  RC   Lyon ")

    conclusion = await ask(action, outcome=created, administrator=True)

    assert conclusion.verdict == "ok"
    assert storage.calls == [CreateEvent(name="RC Lyon", member_id=MemberId(500))]


async def test_anybody_else_is_refused_before_storage_is_asked(
    ask: Any, gestures: Any, storage: Any
) -> None:
    conclusion = await ask(gestures.command("admin create-event", name="RC Lyon"))

    assert conclusion.verdict == "refused"
    assert storage.calls == []


async def test_an_administrator_in_a_direct_message_is_refused_too(
    ask: Any, gestures: Any, storage: Any
) -> None:
    action = gestures.command("admin create-event", name="RC Lyon")

    conclusion = await ask(action, guild_id=None, administrator=True)

    assert conclusion.verdict == "refused"
    assert storage.calls == []
