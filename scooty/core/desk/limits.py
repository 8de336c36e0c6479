"""Which buckets a gesture spends from: the person's own, and their server's.

One person's bucket is one for each command, so that looking up does not use up reporting. The
server's is one for all commands of all its people: one server's rush must not be the others'
waiting. Typing has a bucket of its own and spends nothing of the server's: nobody's report may be
refused because others are typing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.rate_limiter.messages import AcquirePermit, Bucket

if TYPE_CHECKING:
    from actors.discord_gateway.interactions import InteractionReceived
    from scooty.core.route import Route

COMMAND_LIMIT: Final = "command"
"""One person's use of one command or button."""
AUTOCOMPLETE_LIMIT: Final = "autocomplete"
"""One person's typing."""
GUILD_LIMIT: Final = "guild"
"""The commands and buttons of everybody in one server."""


def permit_for(route: Route, message: InteractionReceived) -> AcquirePermit:
    """Return what to ask the limiter before a gesture is served."""
    user_id = message.person.user_id
    if route.kind == "autocomplete":
        return AcquirePermit(buckets=(Bucket(limit=AUTOCOMPLETE_LIMIT, key=str(user_id)),))
    own = Bucket(limit=COMMAND_LIMIT, key=f"{user_id}:{route.log_name}")
    if message.guild_id is None:
        return AcquirePermit(buckets=(own,))
    return AcquirePermit(buckets=(own, Bucket(limit=GUILD_LIMIT, key=str(message.guild_id))))
