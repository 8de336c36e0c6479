"""Commands are registered with a real client in the sandbox: once, and in one scope."""

from __future__ import annotations

GLOBAL = "/applications/{application_id}/commands"
GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"
