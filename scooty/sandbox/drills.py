"""Forwards drills (crash or hang an actor) to the bot's own port."""

from __future__ import annotations

from typing import Final

import aiohttp
import orjson

__all__ = ["ask_drill", "list_actors"]

_TIMEOUT: Final = aiohttp.ClientTimeout(total=3.0)


async def ask_drill(bot_url: str | None, actor: str, what: str) -> tuple[bool, str]:
    """Ask the bot to hurt one of its actors; return whether it did, and what it said."""
    if bot_url is None:
        return False, "The sandbox was started without --bot-drills-url."
    if what not in {"crash", "hang"}:
        return False, f"There is no drill {what!r}."
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.post(f"{bot_url}/drills/{what}/{actor}") as response,
        ):
            return response.ok, _sentence_of(await response.text())
    except (aiohttp.ClientError, TimeoutError) as error:
        return False, f"The bot did not answer: {type(error).__name__}."


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
