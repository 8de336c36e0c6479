"""Each error of the library, and what it means: nothing of the library leaves the actor."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from actors.discord_gateway.errors import (
    EX_CONFIG,
    LIBRARY_ERRORS,
    ConfigurationRefusedError,
    GatewayEndedError,
    GatewayUnreachableError,
    name_connection_error,
    name_login_error,
)
from actors.kernel import ActorKitError

BASE = "http://127.0.0.1:8123"


def http_error(status: int, kind: type[discord.HTTPException] = discord.HTTPException) -> Exception:
    response: Any = SimpleNamespace(status=status, reason="reason")
    return kind(response, {"code": 0, "message": "secret words"})


def closed(code: int) -> discord.ConnectionClosed:
    socket: Any = SimpleNamespace(close_code=code)
    return discord.ConnectionClosed(socket, shard_id=None, code=code)


@pytest.mark.parametrize("error", [discord.LoginFailure("Improper token"), http_error(401)])
def test_a_refused_login_is_fatal_and_names_the_token(error: Exception) -> None:
    named = name_login_error(error, base_url=None)

    assert isinstance(named, ConfigurationRefusedError)
    assert named.exit_code == EX_CONFIG
    assert "DISCORD_TOKEN" in str(named)


@pytest.mark.parametrize(
    "error",
    [
        OSError("unreachable"),
        TimeoutError(),
        aiohttp.ClientConnectionError("gone"),
        aiohttp.ServerDisconnectedError(),
        http_error(429),
        http_error(500, discord.DiscordServerError),
        http_error(503, discord.DiscordServerError),
        discord.GatewayNotFound(),  # type: ignore[no-untyped-call]
        discord.RateLimited(60.0),
        discord.InvalidData("x"),
    ],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("base_url", [None, BASE])
def test_an_absent_discord_is_no_fault_of_the_settings(
    error: Exception, base_url: str | None
) -> None:
    named = name_login_error(error, base_url=base_url)

    assert isinstance(named, GatewayUnreachableError)
    assert "secret" not in str(named)


@pytest.mark.parametrize(
    "error", [http_error(404, discord.NotFound), http_error(403, discord.Forbidden), KeyError("id")]
)
def test_a_server_that_is_no_discord_is_fatal_when_it_was_chosen(error: Exception) -> None:
    chosen = name_login_error(error, base_url=BASE)
    between = name_login_error(error, base_url=None)

    assert isinstance(chosen, ConfigurationRefusedError)
    assert "SCOOTY_DISCORD_BASE" in str(chosen)
    assert isinstance(between, GatewayUnreachableError)


@pytest.mark.parametrize("code", [4004, 4010, 4011, 4012, 4013, 4014])
def test_a_close_code_that_will_come_again_is_fatal(code: int) -> None:
    named = name_connection_error(closed(code))

    assert isinstance(named, ConfigurationRefusedError)
    assert named.exit_code == EX_CONFIG


def test_intents_that_are_not_allowed_are_fatal_and_say_where_to_allow_them() -> None:
    named = name_connection_error(discord.PrivilegedIntentsRequired(None))

    assert isinstance(named, ConfigurationRefusedError)
    assert "https://discord.com/developers/applications" in str(named)


@pytest.mark.parametrize(
    "error", [closed(1000), closed(4999), http_error(500), OSError(), discord.ClientException()]
)
def test_any_other_end_of_the_connection_ends_the_incarnation(error: Exception) -> None:
    assert isinstance(name_connection_error(error), GatewayEndedError)


def test_every_error_of_the_library_is_named() -> None:
    pending = [discord.DiscordException]
    kinds = []
    while pending:
        kinds.append(kind := pending.pop())
        pending += kind.__subclasses__()

    assert len(kinds) > 20
    for kind in kinds:
        error = kind.__new__(kind)
        if isinstance(error, discord.HTTPException):
            error.status = 418
        if isinstance(error, discord.ConnectionClosed):
            error.code = 4999
        assert isinstance(error, LIBRARY_ERRORS)
        assert isinstance(name_login_error(error, base_url=None), ActorKitError)
        assert isinstance(name_connection_error(error), ActorKitError)
