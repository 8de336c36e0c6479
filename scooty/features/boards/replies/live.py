"""What ``/live`` answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.core.text.notices import notice
from scooty.core.text.permissions import permission_name
from scooty.core.text.style import Tone

if TYPE_CHECKING:
    from actors.discord_gateway.channel_message import NotPosted
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.ids import GuildId


def board_started(  # noqa: PLR0913 - what there is to say of a board
    t: Translator,
    *,
    guild_id: GuildId,
    channel_id: int,
    message_id: int,
    is_pinned: bool,
    is_open: bool,
    stays_in: int | None,
) -> Reply:
    """Say where the board is, and what is not as it could be.

    Args:
        t: The person's language.
        guild_id: The server, for the link.
        channel_id: Where it is.
        message_id: The message that it is.
        is_pinned: Whether that is pinned.
        is_open: Whether everybody can read it there.
        stays_in: The channel in which its earlier message could not be deleted.
    """
    link = f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"
    lines = [t("live.started.text", channel=_channel(channel_id), link=link)]
    if not is_pinned:
        lines.append(f"{Tone.ATTENTION.icon} {t('live.started.not_pinned')}")
    if is_open:
        lines.append(f"{Tone.ATTENTION.icon} {t('live.started.open')}")
    if stays_in is not None:
        stays = t("live.started.left_stays", channel=_channel(stays_in))
        lines.append(f"{Tone.ATTENTION.icon} {stays}")
    return notice(Tone.SAVED, t("live.started.title"), "\n".join(lines))


def board_not_shown_yet(why: NotPosted, t: Translator, *, channel_id: int) -> Reply:
    """Say that the board is saved, and what keeps it from being seen."""
    channel = _channel(channel_id)
    if why.lacking:
        names = ", ".join(f"`{permission_name(each, t)}`" for each in why.lacking)
        text = t("live.not_shown.forbidden", channel=channel, permissions=names)
    else:
        text = t("live.not_shown.later", channel=channel)
    return notice(Tone.ATTENTION, t("live.not_shown.title"), text)


def channel_is_open(t: Translator, *, channel_id: int) -> Reply:
    """Say that everybody would read the board, and how to insist."""
    text = t("live.open.text", channel=_channel(channel_id))
    return notice(Tone.REFUSED, t("live.open.title"), text)


def channel_takes_no_board(t: Translator, *, channel_id: int) -> Reply:
    """Say that a board needs a text channel of this server."""
    text = t("live.unsuitable.text", channel=_channel(channel_id))
    return notice(Tone.REFUSED, t("live.unsuitable.title"), text)


def channel_not_seen(why: NotPosted, t: Translator, *, channel_id: int) -> Reply:
    """Say that nobody could look at the channel, and that nothing changed."""
    if why.reason == "not_connected":
        return notice(Tone.FAILED, t("live.not_seen.title"), t("live.not_seen.later"))
    text = t("live.not_seen.hidden", channel=_channel(channel_id))
    return notice(Tone.REFUSED, t("live.not_seen.title"), text)


def board_stopped(t: Translator, *, channel_id: int, is_gone: bool) -> Reply:
    """Say that there is no board any more, and whether its message is still there."""
    channel = _channel(channel_id)
    if is_gone:
        return notice(Tone.UNDONE, t("live.stopped.title"), t("live.stopped.text", channel=channel))
    text = t("live.stopped.message_stays", channel=channel)
    return notice(Tone.ATTENTION, t("live.stopped.title"), text)


def no_board_to_stop(t: Translator) -> Reply:
    """Say that there was none."""
    return notice(Tone.REFUSED, t("live.none.title"), t("live.none.text"))


def _channel(channel_id: int) -> str:
    return f"<#{channel_id}>"
