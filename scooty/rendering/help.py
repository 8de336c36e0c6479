"""What ``/help`` answers: the commands that a person may use, in the order of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import EmbedField
from scooty.domain.roles import Role
from scooty.rendering.notices import notice
from scooty.rendering.style import Tone

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.i18n import Translator

__all__ = ["guide"]

_TOPICS: Final[tuple[tuple[Role, str, str], ...]] = (
    (Role.READER, "help.check.usage", "help.check.text"),
    (Role.READER, "help.stats.usage", "help.stats.text"),
    (Role.SCOUT, "help.scout.usage", "help.scout.text"),
    (Role.READER, "help.archetype_list.usage", "help.archetype_list.text"),
    (Role.CAPTAIN, "help.create_event.usage", "help.create_event.text"),
    (Role.CAPTAIN, "help.archetype.usage", "help.archetype.text"),
    (Role.READER, "help.ping.usage", "help.ping.text"),
)


def guide(role: Role, t: Translator) -> Reply:
    """Explain the commands that ``role`` may use."""
    fields = tuple(
        EmbedField(name=f"`{t(usage)}`", value=t(text))
        for least, usage, text in _TOPICS
        if role >= least
    )
    return notice(Tone.KNOWN, t("help.title"), t("help.text"), fields=fields)
