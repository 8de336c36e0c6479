"""Direct messages: one conversation a person, seen by that person alone, open or closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp

from sandbox import demo

if TYPE_CHECKING:
    from sandbox.client import Person
    from tests.sandbox.conftest import House, Rest


async def opened(rest: Rest, person_id: str) -> str:
    status, channel, _ = await rest("POST", "/users/@me/channels", json={"recipient_id": person_id})
    assert status == 200
    return str(channel["id"])


async def written(rest: Rest, channel_id: str, text: str, **more: Any) -> tuple[int, Any]:
    body = {"content": text, **more}
    status, answer, _ = await rest("POST", f"/channels/{channel_id}/messages", json=body)
    return status, answer


def texts(person: Person) -> list[str]:
    return [str(each["content"]) for each in person.view.messages]


async def test_a_conversation_is_opened_once(house: House) -> None:
    rest = await house.rest()

    assert await opened(rest, demo.SAM) == await opened(rest, demo.SAM)
    assert await opened(rest, demo.SAM) != await opened(rest, demo.ROBIN)


async def test_a_person_reads_what_is_written_to_them_and_nobody_else_does(house: House) -> None:
    rest = await house.rest()
    sam, robin = await house.person(demo.SAM), await house.person(demo.ROBIN)
    channel_id = await opened(rest, demo.SAM)

    await written(rest, channel_id, "table 12")
    await sam.wait_until(lambda view: bool(view.direct))
    await sam.look_at(channel_id=channel_id)
    await written(rest, channel_id, "Rick Roe")
    await sam.wait_until(lambda view: len(view.messages) == 2)

    assert texts(sam) == ["table 12", "Rick Roe"]
    assert robin.view.direct == []
    assert texts(robin) == []


async def test_another_cannot_look_into_it(house: House) -> None:
    rest = await house.rest()
    channel_id = await opened(rest, demo.SAM)
    await written(rest, channel_id, "table 12")
    url = f"{house.sandbox.base_url}/page/ws"

    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        await socket.send_json({"t": "view", "as": demo.ROBIN, "channel_id": channel_id})
        frames = [await socket.receive_json()]
        while frames[-1]["t"] != "interaction_done":
            frames.append(await socket.receive_json())

    assert frames[-1]["error"]
    assert "table 12" not in str(frames)


async def test_a_conversation_without_a_message_is_not_shown(house: House) -> None:
    rest = await house.rest()
    await opened(rest, demo.SAM)

    sam = await house.person(demo.SAM)

    assert sam.view.direct == []


async def test_who_takes_no_direct_messages_is_refused_with_discords_own_code(
    house: House,
) -> None:
    rest = await house.rest()
    sam = await house.person(demo.SAM)
    await sam.take_direct(open_=False)
    channel_id = await opened(rest, demo.SAM)

    status, refused = await written(rest, channel_id, "table 12")
    await sam.take_direct(open_=True)
    again, _ = await written(rest, channel_id, "table 12")

    assert (status, refused) == (
        403,
        {"message": "Cannot send messages to this user", "code": 50007},
    )
    assert again == 200


async def test_the_same_nonce_is_one_message(house: House) -> None:
    rest = await house.rest()
    channel_id = await opened(rest, demo.SAM)

    sent = [
        await written(rest, channel_id, "table 12", nonce="7", enforce_nonce=True) for _ in "ab"
    ]

    assert sent[0][1]["id"] == sent[1][1]["id"]
