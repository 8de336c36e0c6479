"""A bare discord.py bot that answers everything at once without any work: the ceiling.

python -m bench.bare_bot http://127.0.0.1:PORT
"""

from __future__ import annotations

import sys

import discord
import yarl
from discord import app_commands
from typing_extensions import override

from scooty.runtime.config import SANDBOX_TOKEN

Choice = app_commands.Choice[str]


class BareBot(discord.Client):
    """Registers the load's commands and answers them from nothing."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(scout)
        self.tree.add_command(check)
        self.tree.add_command(ping)
        self.tree.add_command(stats)

    @override
    async def setup_hook(self) -> None:
        """Register the commands once."""
        await self.tree.sync()


@app_commands.command(description="nothing")
async def scout(interaction: discord.Interaction[BareBot], opponent: str, archetype: str) -> None:
    """Answer with two words."""
    del opponent, archetype
    await interaction.response.send_message("at once", ephemeral=True)


@scout.autocomplete("opponent")
async def suggest(_interaction: discord.Interaction[BareBot], text: str) -> list[Choice]:
    """Offer what was typed."""
    return [Choice(name=text or "nobody", value=text or "nobody")]


@app_commands.command(description="nothing")
async def check(interaction: discord.Interaction[BareBot], name: str) -> None:
    """Answer with two words."""
    del name
    await interaction.response.send_message("at once", ephemeral=True)


@app_commands.command(description="nothing")
async def ping(interaction: discord.Interaction[BareBot]) -> None:
    """Answer with two words."""
    await interaction.response.send_message("at once", ephemeral=True)


@app_commands.command(description="nothing")
async def stats(interaction: discord.Interaction[BareBot]) -> None:
    """Answer with two words."""
    await interaction.response.send_message("at once", ephemeral=True)


def main() -> None:
    """Run against the sandbox at the address of the first argument."""
    base = sys.argv[1]
    discord.http.Route.BASE = f"{base}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{base}/gw".replace("http", "ws"))
    BareBot().run(SANDBOX_TOKEN, log_handler=None)


if __name__ == "__main__":
    main()
