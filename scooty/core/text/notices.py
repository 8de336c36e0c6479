"""The common shape of replies: one embed with an icon in its title, buttons below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import ActionRow, Embed, EmbedField, Reply
from scooty.core.text.limits import EMBED_DESCRIPTION, EMBED_TITLE
from scooty.core.text.style import Tone, relative_time
from scooty.domain.text import escape, length, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from actors.discord_gateway.replies import Button, Select
    from scooty.core.i18n import Translator

NAME_SHOWN = 100
"""UTF-16 units of a name that are shown; escaping may double them."""


def notice(  # noqa: PLR0913 - the parts of a reply, all but three optional
    tone: Tone,
    title: str,
    text: str | None = None,
    *,
    fields: tuple[EmbedField, ...] = (),
    footer: str | None = None,
    components: tuple[Button | Select, ...] = (),
) -> Reply:
    """Build a reply of one embed, seen by the person alone."""
    embed = Embed(
        title=shorten(f"{tone.icon} {title}", EMBED_TITLE),
        description=None if text is None else shorten(text, EMBED_DESCRIPTION),
        colour=tone.colour,
        fields=fields,
        footer=footer,
    )
    rows = (ActionRow(components=components),) if components else ()
    return Reply(embeds=(embed,), rows=rows)


def shown(text: str, limit: int = NAME_SHOWN) -> str:
    """Make user text fit to stand in an embed: shortened, then escaped."""
    return escape(shorten(text, limit))


def dated(text: str, as_of: datetime | None, t: Translator) -> str:
    """Put before a text that it is of earlier, if it is: the database is away."""
    if as_of is None:
        return text
    return f"{Tone.ATTENTION.icon} {t('notice.as_of', when=relative_time(as_of))}\n{text}"


def fit_lines(lines: Iterable[str], limit: int) -> tuple[str, int]:
    """Join as many whole lines, from the first, as ``limit`` holds.

    Returns:
        The text, and how many lines are in it.
    """
    kept: list[str] = []
    room = limit
    for line in lines:
        room -= length(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept), len(kept)
