"""The jobs of what is shown without being asked for: the live boards' check, the daily digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.channel_asking import ask_gateway, nonce_of
from actors.discord_gateway.channel_message import NotPosted, PostToChannel
from actors.discord_gateway.kept_message import LookAtChannel
from scooty.core.i18n import translator_for
from scooty.core.storage.function_call import call_function
from scooty.domain.ids import GuildId
from scooty.errors import StorageError, StorageUnavailable
from scooty.features.announcements.messages import CheckRounds
from scooty.features.boards.calls import Digest, ReadDigest
from scooty.features.boards.messages import CheckBoards
from scooty.features.boards.replies.board import digest

if TYPE_CHECKING:
    from actors.discord_gateway.channel_message import Posted
    from actors.discord_gateway.protocol import GatewayMessage
    from actors.kernel import Address
    from actors.repository.messages import RepositoryMessage
    from actors.scheduler.messages import RunJob
    from scooty.core.calls import Calls
    from scooty.features.announcements.messages import AnnouncerMessage
    from scooty.features.boards.messages import LiveBoardMessage
    from scooty.features.jobs.work import JobLog

_ASK_S: Final = 5.0
_POST_S: Final = 7.5
_MOST_GUILDS: Final = 500


class DigestNotPosted(Exception):  # noqa: N818 - reads as what the log shows of the run
    """Discord cannot be reached: the run has failed, and the next one tells of its time as well."""


async def live_board_check(
    _run: RunJob, *, live_board: Address[LiveBoardMessage], announcer: Address[AnnouncerMessage]
) -> str:
    """Have it seen that every live board is there, right, and seen by those who may.

    And that a round that was applied within the hour is announced.
    """
    boards = await live_board.ask(CheckBoards(), timeout_s=_ASK_S)
    rounds = await announcer.ask(CheckRounds(), timeout_s=_ASK_S)
    return f"boards: {boards}, rounds announced late: {rounds}"


async def daily_digest(
    run: RunJob,
    *,
    calls: Calls,
    repository: Address[RepositoryMessage],
    gateway: Address[GatewayMessage],
    log: JobLog,
) -> str:
    """Tell each team, in the channel it chose, what is new in its event since the last digest.

    A run that is repeated tells the same, by the same nonces, so that Discord shows it once. What
    one team's channel does not take, or cannot be read, is logged, and the others' go out.

    Raises:
        DigestNotPosted: Discord was away before anything was told; tomorrow's tells of today.
        StorageUnavailable: The database was.
    """
    guild_ids = await call_function(
        repository, "list_digests", timeout_s=_ASK_S, at_most=_MOST_GUILDS
    )
    told = 0
    for guild_id in map(GuildId, guild_ids):
        try:
            found = await calls.read(guild_id, ReadDigest(until=run.due_at))
        except StorageError as error:
            if isinstance(error, StorageUnavailable) and not told:
                raise
            log.warning("digest.not_read", guild=guild_id, reason=str(error))
            continue
        if not isinstance(found, Digest):
            continue
        outcome = await _post(gateway, guild_id, found, run.key)
        if not isinstance(outcome, NotPosted):
            told += 1
            continue
        if outcome.reason == "not_connected" and not told:
            raise DigestNotPosted
        log.warning(
            "digest.not_posted", guild=guild_id, reason=outcome.reason, lacking=outcome.lacking
        )
    return f"told: {told}"


async def _post(
    gateway: Address[GatewayMessage], guild_id: GuildId, found: Digest, key: str
) -> Posted | NotPosted:
    locale = found.language or await _locale_of(gateway, found.channel_id)
    if isinstance(locale, NotPosted):
        return locale
    reply = digest(found, translator_for(locale))
    nonce = nonce_of(f"{guild_id} {key}")
    post = PostToChannel(channel_id=found.channel_id, reply=reply, nonce=nonce)
    return await ask_gateway(gateway, post, timeout_s=_POST_S)


async def _locale_of(gateway: Address[GatewayMessage], channel_id: int) -> str | NotPosted | None:
    seen = await ask_gateway(gateway, LookAtChannel(channel_id=channel_id), timeout_s=_POST_S)
    return seen if isinstance(seen, NotPosted) else seen.locale
