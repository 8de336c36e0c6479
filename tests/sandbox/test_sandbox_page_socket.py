"""The page's socket, frame by frame, as a browser speaks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from sandbox import demo
from sandbox.config import SandboxConfig

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.sandbox.conftest import House

COMMANDS = "/applications/1000000000000000001/commands"
FIND = {
    "name": "find",
    "description": "finds",
    "options": [
        {"type": 3, "name": "name", "description": "n", "required": True, "max_length": 5},
        {"type": 4, "name": "round", "description": "r", "min_value": 1, "max_value": 15},
    ],
}


class Page:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def send(self, kind: str, /, **fields: Any) -> None:
        await self.socket.send_json({"t": kind, **fields})

    async def receive(self, kind: str) -> dict[str, Any]:
        while True:
            frame: dict[str, Any] = await self.socket.receive_json()
            if frame["t"] == kind:
                return frame


@pytest.fixture
async def page(house: House) -> AsyncIterator[Page]:
    url = f"{house.sandbox.base_url}/page/ws"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
        yield Page(socket)


async def test_hello_tells_the_whole_world(page: Page) -> None:
    hello = await page.receive("hello")

    azorius, rakdos = hello["guilds"]
    assert [(each["name"], each["kind"]) for each in azorius["channels"]] == [
        ("general", "general"),
        ("live-board", "live"),
        ("admin", "admin"),
    ]
    assert azorius["channels"][2]["visible_to"] == [demo.CAMILLE]
    assert rakdos["member_ids"] == [demo.SACHA]
    assert [(each["name"], each["role"]) for each in hello["people"]] == [
        ("Camille", "captain"),
        ("Sam", "scout"),
        ("Robin", "reader"),
        ("Sacha", "stranger"),
    ]
    assert hello["bot"] == {"id": "1000000000000000001", "name": "Scooty", "online": False}


async def test_a_channel_that_is_not_theirs_shows_nothing_and_takes_nothing(
    page: Page, house: House
) -> None:
    camille = await house.person(demo.CAMILLE, channel_id=demo.AZORIUS_ADMIN)
    await camille.say("captains only")
    await camille.wait_until(lambda view: bool(view.messages))

    await page.receive("history")
    view = {"as": demo.ROBIN, "guild_id": demo.AZORIUS, "channel_id": demo.AZORIUS_ADMIN}
    await page.send("view", **view)
    history = await page.receive("history")
    await page.send("say", content="let me in")
    refused = await page.receive("interaction_done")

    assert history["messages"] == []
    assert refused["error"] == "you cannot see this channel"


async def test_news_of_the_guilds_other_channels_arrive_too(page: Page, house: House) -> None:
    await page.receive("history")
    camille = await house.person(demo.CAMILLE, channel_id=demo.AZORIUS_LIVE)

    await camille.say("round 3")
    news = await page.receive("message")

    assert news["message"]["channel_id"] == demo.AZORIUS_LIVE


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ([], "the option “name” is required"),
        ([{"name": "name", "value": "too long"}], "the option “name” takes 1 to 5 characters"),
        (
            [{"name": "name", "value": "jo"}, {"name": "round", "value": 16}],
            "the option “round” is out of range",
        ),
        (
            [{"name": "name", "value": "jo"}, {"name": "round", "value": "x"}],
            "the option “round” cannot be “x”",
        ),
        ([{"name": "nome", "value": "jo"}], "there is no option “nome”"),
    ],
)
async def test_what_discords_own_client_would_not_send_is_refused(
    page: Page, house: House, options: list[Any], error: str
) -> None:
    rest = await house.rest()
    await rest("PUT", COMMANDS, json=[FIND])

    await page.send("command", nonce="n1", name_path=["find"], options=options)
    done = await page.receive("interaction_done")

    assert (done["nonce"], done["ok"], done["error"]) == ("n1", False, error)


@pytest.mark.parametrize(
    "frame", [{"t": "dance"}, {}, {"t": "press"}, {"t": "view", "as": "nobody"}, []]
)
async def test_a_frame_that_makes_no_sense_is_told_so_and_the_page_stays_open(
    page: Page, frame: Any
) -> None:
    await page.socket.send_json(frame)
    refused = await page.receive("interaction_done")
    await page.send("fault", kind="latency", value=1)
    changed = await page.receive("faults")

    assert refused["ok"] is False
    assert "not understood" in refused["error"]
    assert changed["active"] == {"latency": 1.0}


class TestSilence:
    @pytest.fixture
    def config(self) -> SandboxConfig:
        return SandboxConfig(answer_within_s=0.05)

    async def test_without_a_bot_the_application_did_not_respond(
        self, page: Page, house: House
    ) -> None:
        rest = await house.rest()
        await rest("PUT", COMMANDS, json=[FIND])
        name = [{"name": "name", "value": "jo"}]

        await page.send("command", nonce=1, name_path=["find"], options=name)
        done = await page.receive("interaction_done")
        await page.send("autocomplete", nonce=2, name_path=["find"], options=name, focused="name")
        choices = await page.receive("choices")
        trace = await page.receive("trace")

        assert done["error"] == "The application did not respond"
        assert choices["error"] == "Loading options failed"
        assert trace["summary"]["failed"] >= 1
