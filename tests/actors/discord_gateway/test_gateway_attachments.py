"""Files that people upload are fetched from where Discord keeps them, and from nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import web

from actors.discord_gateway.attachment_message import (
    AttachmentFetched,
    AttachmentNotFetched,
    FetchAttachment,
)
from actors.discord_gateway.attachments import AttachmentStore
from actors.discord_gateway.in_memory import InMemoryGateway, Stage
from actors.testing import run_actor
from sandbox.rest.router import Upload

if TYPE_CHECKING:
    from sandbox.server import Sandbox
    from tests.actors.discord_gateway.conftest import House

ROSTER = b"Jane Doe\nRick Roe\n"


def uploaded(sandbox: Sandbox, content: bytes = ROSTER) -> str:
    attachment = sandbox.state.files.add(
        Upload(field_name="", filename="roster.csv", content_type="text/csv", content=content),
        attachment_id="77",
        channel_id="0",
        base_url=sandbox.base_url,
        ephemeral=True,
    )
    return str(attachment["url"])


async def test_a_file_comes_through_the_gateway(house: House) -> None:
    query = FetchAttachment(url=uploaded(house.sandbox), limit_bytes=len(ROSTER))

    fetched = await house.gateway.ask(query, timeout_s=3.0)

    assert fetched == AttachmentFetched(content=ROSTER)


async def test_a_file_that_is_longer_is_given_up_while_it_is_read(house: House) -> None:
    query = FetchAttachment(url=uploaded(house.sandbox), limit_bytes=len(ROSTER) - 1)

    fetched = await house.gateway.ask(query, timeout_s=3.0)

    assert isinstance(fetched, AttachmentNotFetched)
    assert fetched.reason == "too_large"


async def test_the_gateway_in_memory_answers_alike() -> None:
    stage = Stage()
    stage.attachments["https://cdn.discordapp.com/a"] = ROSTER

    async with run_actor(InMemoryGateway(stage)) as gateway:
        answers = [
            await gateway.ask(FetchAttachment(url=url, limit_bytes=limit), timeout_s=1.0)
            for url, limit in (
                ("https://cdn.discordapp.com/a", len(ROSTER)),
                ("https://cdn.discordapp.com/a", 3),
                ("https://cdn.discordapp.com/b", 3),
            )
        ]

    assert answers[0] == AttachmentFetched(content=ROSTER)
    reasons = [each.reason for each in answers[1:] if isinstance(each, AttachmentNotFetched)]
    assert reasons == ["too_large", "refused"]


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/attachments/1/2/roster.csv",
        "https://cdn.discordapp.com:8443/attachments/1/2/roster.csv",
        "https://cdn.discordapp.com@127.0.0.1/attachments/1/2/roster.csv",
        "https://cdn.discordapp.com.example/attachments/1/2/roster.csv",
        "https://169.254.169.254/latest",
        "http://127.0.0.1:1/cdn/attachments/1/2/roster.csv",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
async def test_no_other_address_is_asked(url: str) -> None:
    store = AttachmentStore(None, user_agent="test")

    fetched = await store.fetch(FetchAttachment(url=url, limit_bytes=10))

    await store.close()
    assert isinstance(fetched, AttachmentNotFetched)
    assert fetched.reason == "refused"
    assert "roster" not in fetched.detail


@pytest.mark.parametrize("path", ["/page/app.js", "/api/v10/gateway", "/cdn/../page/app.js"])
async def test_of_another_discord_nothing_but_its_files_is_asked(
    sandbox: Sandbox, path: str
) -> None:
    store = AttachmentStore(sandbox.base_url, user_agent="test")

    fetched = await store.fetch(FetchAttachment(url=sandbox.base_url + path, limit_bytes=10**6))

    await store.close()
    assert isinstance(fetched, AttachmentNotFetched)


async def test_a_redirect_is_not_followed() -> None:
    asked = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(status=302, headers={"Location": "/elsewhere"})

    server = web.ServerRunner(web.Server(answer))  # type: ignore[arg-type]  # any handler will do
    await server.setup()
    site = web.TCPSite(server, "127.0.0.1", 0)
    await site.start()
    base_url = f"http://127.0.0.1:{server.addresses[0][1]}"
    store = AttachmentStore(base_url, user_agent="test")

    fetched = await store.fetch(FetchAttachment(url=f"{base_url}/cdn/a", limit_bytes=10))

    await store.close()
    await server.cleanup()
    assert fetched == AttachmentNotFetched(reason="refused", detail="HTTP 302")
    assert asked == ["/cdn/a"]


async def test_a_discord_that_is_away_is_said_to_be() -> None:
    store = AttachmentStore("http://127.0.0.1:1", user_agent="test")

    fetched = await store.fetch(FetchAttachment(url="http://127.0.0.1:1/cdn/a", limit_bytes=10))

    await store.close()
    assert isinstance(fetched, AttachmentNotFetched)
    assert fetched.reason == "unreachable"
