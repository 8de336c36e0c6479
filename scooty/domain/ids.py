"""Ids as types of their own, so that a player's id cannot be passed where a guild's belongs."""

from __future__ import annotations

from typing import NewType

GuildId = NewType("GuildId", int)
"""Discord's snowflake of a server; every query is isolated by it."""
MemberId = NewType("MemberId", int)
"""Discord's snowflake of a user, who is a member of the guild in question."""
RequestId = NewType("RequestId", int)
"""The interaction's snowflake: a write with a known request id returns the first one's result."""
EventId = NewType("EventId", int)
PlayerId = NewType("PlayerId", int)
ArchetypeId = NewType("ArchetypeId", int)
ReportId = NewType("ReportId", int)
