"""Forwards drills (crash or hang an actor) to the bot's own port."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import aiohttp
import orjson

from sandbox.words import say

_TIMEOUT: Final = aiohttp.ClientTimeout(total=3.0)


async def ask_drill(bot_url: str | None, actor: str, what: str, locale: str) -> tuple[bool, str]:
    """Ask the bot to hurt one of its actors.

    Returns:
        Whether it did, and how it went, for the person who asked.
    """
    if bot_url is None:
        return False, say(locale, "drill.closed")
    if what not in {"crash", "hang"}:
        return False, say(locale, "drill.unknown", what=what)
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.post(f"{bot_url}/drills/{what}/{actor}") as response,
        ):
            return response.ok, _outcome(
                response.status, await response.text(), actor, what, locale
            )
    except (aiohttp.ClientError, TimeoutError) as error:
        return False, say(locale, "drill.no_answer", kind=type(error).__name__)


def _outcome(status: int, body: str, actor: str, what: str, locale: str) -> str:
    match status:
        case HTTPStatus.OK:
            return say(locale, "drill.crashed" if what == "crash" else "drill.hung", actor=actor)
        case HTTPStatus.NOT_FOUND:
            return say(locale, "drill.no_actor", actor=actor)
        case _:
            return say(locale, "drill.refused", told=_sentence_of(body))


def _sentence_of(body: str) -> str:
    """Return what the bot said: the ``text`` of its JSON, or the body as it is."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        told = None
    sentence = told.get("text") if isinstance(told, dict) else None
    return str(sentence or body)[:500]


async def list_actors(bot_url: str | None) -> list[str]:
    """Return the names of the bot's actors; none when it takes no drills."""
    if bot_url is None:
        return []
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.get(f"{bot_url}/drills") as response,
        ):
            told = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return []
    names = told.get("actors", []) if isinstance(told, dict) else told
    return [str(name) for name in names] if isinstance(names, list) else []
