"""Forwards drills (crash or hang an actor) to the bot's own port."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import aiohttp
import orjson

if TYPE_CHECKING:
    from scooty.core.i18n import Translator

__all__ = ["ask_drill", "list_actors"]

_TIMEOUT: Final = aiohttp.ClientTimeout(total=3.0)


async def ask_drill(bot_url: str | None, actor: str, what: str, t: Translator) -> tuple[bool, str]:
    """Ask the bot to hurt one of its actors.

    Returns:
        Whether it did, and how it went, for the person who asked.
    """
    if bot_url is None:
        return False, t("drill.closed")
    if what not in {"crash", "hang"}:
        return False, t("drill.unknown", what=what)
    try:
        async with (
            aiohttp.ClientSession(timeout=_TIMEOUT) as session,
            session.post(f"{bot_url}/drills/{what}/{actor}") as response,
        ):
            return response.ok, _outcome(response.status, await response.text(), actor, what, t)
    except (aiohttp.ClientError, TimeoutError) as error:
        return False, t("drill.no_answer", kind=type(error).__name__)


def _outcome(status: int, body: str, actor: str, what: str, t: Translator) -> str:
    match status:
        case HTTPStatus.OK:
            return (
                t("drill.crashed", actor=actor) if what == "crash" else t("drill.hung", actor=actor)
            )
        case HTTPStatus.NOT_FOUND:
            return t("drill.no_actor", actor=actor)
        case _:
            return t("drill.refused", told=_sentence_of(body))


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
