"""A team's own words beside "before you sit down only", wherever that is said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Embed, Reply, UpdateMessage

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Response
    from scooty.core.i18n import Translator


def with_ethics_line(response: Response, line: str | None, t: Translator) -> Response:
    """Put a team's line after ours, in each footer that begins with ours."""
    if line is None:
        return response
    match response:
        case Reply():
            return _reply(response, line, t)
        case UpdateMessage(reply=reply):
            return UpdateMessage(reply=_reply(reply, line, t))
        case _:
            return response


def _reply(reply: Reply, line: str, t: Translator) -> Reply:
    return replace(reply, embeds=tuple(_embed(embed, line, t) for embed in reply.embeds))


def _embed(embed: Embed, line: str, t: Translator) -> Embed:
    if embed.footer is None:
        return embed
    return replace(embed, footer=footer_with_ethics_line(embed.footer, line, t))


def footer_with_ethics_line(footer: str, line: str | None, t: Translator) -> str:
    """Put a team's line after ours, if the footer begins with ours.

    A footer shows no markdown, so there is nothing to escape.
    """
    ours = t("setup.ethics_line.ours")
    if line is None or not footer.startswith(ours):
        return footer
    return f"{ours} · {line}{footer.removeprefix(ours)}"
