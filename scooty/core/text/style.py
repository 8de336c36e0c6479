"""One system of colours and icons for every reply."""

from __future__ import annotations

from enum import Enum
from math import ceil, floor
from typing import TYPE_CHECKING

from scooty.domain.colours import in_order

if TYPE_CHECKING:
    from datetime import datetime

    from scooty.core.i18n import Translator

NEXT = " ·\N{NO-BREAK SPACE}"
"""Between what stands in one line; where that is too long, the dot begins the next one."""
_MANA = {"W": "⚪", "U": "🔵", "B": "⚫", "R": "🔴", "G": "🟢"}
_COLOURLESS = "◇"


class Tone(Enum):
    """What a reply is about; gives it its edge's colour and its icon."""

    SAVED = (0x3BA55D, "✅")
    """Something was stored."""
    QUEUED = (0xFAA61A, "⏳")
    """Something is kept here until the database is back."""
    KNOWN = (0x5865F2, "🔎")
    """Something was looked up."""
    COUNTED = (0x5865F2, "📊")
    """An event in figures."""
    ATTENTION = (0xFAA61A, "⚠️")
    """Look twice: a conflict, a doubt, a choice to make."""
    UNDONE = (0x747F8D, "↩️")
    """Something was withdrawn."""
    REFUSED = (0x747F8D, "✋")
    """What was asked cannot be done, and nothing is broken."""
    FAILED = (0xED4245, "❌")
    """Something is broken."""

    @property
    def colour(self) -> int:
        """0xRRGGBB."""
        return self.value[0]

    @property
    def icon(self) -> str:
        """One emoji."""
        return self.value[1]


def mana(colours: str) -> str:
    """Show a subset of ``WUBRG`` as coloured circles, a colourless deck as a diamond."""
    return "".join(_MANA[colour] for colour in in_order(colours)) or _COLOURLESS


def relative_time(at: datetime) -> str:
    """Show a time as Discord's own "3 minutes ago" or "in 5 minutes", in the reader's language.

    Rounded down: what has just happened must not read "in 1 second", and a deadline is not told
    later than it is.

    Source: https://discord.com/developers/docs/reference#message-formatting
    """
    return f"<t:{floor(at.timestamp())}:R>"


def day(at: datetime) -> str:
    """Show on which day something was, as the reader writes days."""
    return f"<t:{floor(at.timestamp())}:D>"


def not_before(at: datetime) -> str:
    """Show when something may be tried again: rounded up, since a moment too early is refused."""
    return f"<t:{ceil(at.timestamp())}:R>"


def person(user_id: int, t: Translator) -> str:
    """Show a member by their present name, or that the member was erased (0).

    Replies never resolve mentions, so nobody is pinged.
    """
    return f"<@{user_id}>" if user_id else f"*{t('person.erased')}*"


def role_mention(role_id: int) -> str:
    """Show a role of the server by its present name; nobody is pinged."""
    return f"<@&{role_id}>"


def channel_mention(channel_id: int) -> str:
    """Show a channel by its present name, as a link."""
    return f"<#{channel_id}>"
