"""The bot that runs on this machine, if one does: it says itself whether it is ready."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import aiohttp

from scooty.runtime.verify.findings import failed, ok, skipped

if TYPE_CHECKING:
    from scooty.runtime.verify.findings import Finding

_CHECK: Final = "bot"
_TAKEN: Final = "see what else listens there, and choose another PORT"
_TIMEOUT: Final = aiohttp.ClientTimeout(total=5.0)


async def check_running_bot(port: int) -> Finding:
    """Ask ``/readyz``: is there a session with Discord, a database, and every actor at work?"""
    if port == 0:
        return skipped(_CHECK, "PORT is 0, so nobody knows where it listens")
    url = f"http://127.0.0.1:{port}/readyz"
    try:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, session.get(url) as response:
            status, told = response.status, await response.json(content_type=None)
    except aiohttp.ClientConnectorError:
        return skipped(_CHECK, f"none runs here: nobody listens on PORT {port}")
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        kind = type(error).__name__
        return failed(_CHECK, f"PORT {port} does not answer as the bot does ({kind})", _TAKEN)
    return _judge(port, status, told)


def _judge(port: int, status: int, told: Any) -> Finding:
    reasons = told.get("reasons") if isinstance(told, dict) else None
    if not isinstance(reasons, list):
        return failed(_CHECK, f"PORT {port} does not answer as the bot does", _TAKEN)
    if status != HTTPStatus.OK:
        named = "; ".join(map(str, reasons))
        return failed(_CHECK, f"not ready: {named}", "read its logs; /ping shows more")
    return ok(_CHECK, f"ready on PORT {port}: connected to Discord, every actor at work")
