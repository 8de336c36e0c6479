"""A small discord.py bot with one command for each thing that the page must show.

Run as ``python tests/acceptance/rehearsal_bot.py http://127.0.0.1:PORT`` against a sandbox.
"""

from __future__ import annotations

import asyncio
import struct
import sys
import zlib
from io import BytesIO
from typing import Any, Final

import discord
import yarl
from discord import app_commands
from typing_extensions import override

_FRENCH: Final = {
    "The player across the table": "Le joueur en face",
    "Note what an opponent plays": "Noter ce que joue un adversaire",
    "player": "joueur",
}
_PLAYERS: Final = ("Doe, Jane", "Roe, Rick", "Émile Durand")


class _Translator(app_commands.Translator):
    @override
    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        return _FRENCH.get(string.message) if locale is discord.Locale.french else None


class _Form(discord.ui.Modal, title="Correct the note"):
    deck: discord.ui.TextInput[_Form] = discord.ui.TextInput(
        label="Deck", min_length=3, max_length=20
    )
    more: discord.ui.TextInput[_Form] = discord.ui.TextInput(
        label="More", style=discord.TextStyle.paragraph, required=False, max_length=200
    )

    @override
    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Corrected: {self.deck.value}", ephemeral=True)


class _Buttons(discord.ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Undo", style=discord.ButtonStyle.danger, custom_id="undo")
    async def undo(
        self, interaction: discord.Interaction, _button: discord.ui.Button[_Buttons]
    ) -> None:
        await interaction.response.edit_message(content="Undone", embed=None, view=None)

    @discord.ui.button(label="Never answers", custom_id="never")
    async def never(
        self, _interaction: discord.Interaction, _button: discord.ui.Button[_Buttons]
    ) -> None:
        """Leave the person waiting."""

    @discord.ui.button(label="Form", style=discord.ButtonStyle.primary, custom_id="form")
    async def form(
        self, interaction: discord.Interaction, _button: discord.ui.Button[_Buttons]
    ) -> None:
        await interaction.response.send_modal(_Form())

    @discord.ui.select(
        custom_id="which",
        placeholder="Which one?",
        options=[discord.SelectOption(label=name) for name in _PLAYERS],
    )
    async def which(
        self, interaction: discord.Interaction, select: discord.ui.Select[_Buttons]
    ) -> None:
        await interaction.response.send_message(f"Chosen: {select.values[0]}", ephemeral=True)


class _Bot(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self.tree = app_commands.CommandTree(self)

    @override
    async def setup_hook(self) -> None:
        await self.tree.set_translator(_Translator())
        self.add_view(_Buttons())
        await self.tree.sync()


def _picture() -> bytes:
    """A 4 by 2 PNG in one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 4, 2, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes((232, 163, 61)) * 4) * 2
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


bot = _Bot()


@bot.tree.command(description="Answer after a moment")
async def slow(interaction: discord.Interaction) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    # Long enough for a page to draw "thinking"; the test waits for the states, not for the time.
    await asyncio.sleep(0.6)
    await interaction.edit_original_response(content="At last")


@bot.tree.command(description="Never answer")
async def silent(_interaction: discord.Interaction) -> None:
    """Leave the person waiting."""


@bot.tree.command(description="Note what an opponent plays")
@app_commands.describe(player="The player across the table", deck="What they play")
@app_commands.choices(
    source=[app_commands.Choice(name=name, value=name) for name in ("seen", "played", "told")]
)
async def note(  # noqa: PLR0913, PLR0917 - one of every kind of option
    interaction: discord.Interaction,
    player: str,
    deck: str,
    round_number: app_commands.Range[int, 1, 18] | None = None,
    sure: bool | None = None,  # noqa: FBT001 - an option of a command
    source: str | None = None,
    member: discord.Member | None = None,
    comment: app_commands.Range[str, 1, 20] | None = None,
) -> None:
    embed = discord.Embed(title=player, description=f"**{deck}**", colour=0x5B8DEF)
    given = {"round": round_number, "sure": sure, "source": source, "comment": comment}
    for name, value in given.items():
        if value is not None:
            embed.add_field(name=name, value=str(value))
    if member is not None:
        embed.add_field(name="member", value=member.mention, inline=False)
    embed.set_footer(text="Before you sit down only")
    await interaction.response.send_message(embed=embed, view=_Buttons(), ephemeral=True)


@note.autocomplete("player")
async def suggest_players(
    _interaction: discord.Interaction, current: str
) -> list[app_commands.Choice[str]]:
    found = [name for name in _PLAYERS if current.casefold() in name.casefold()]
    return [app_commands.Choice(name=f"{name} (seen)", value=name) for name in found]


@note.autocomplete("deck")
async def suggest_decks(
    _interaction: discord.Interaction, _current: str
) -> list[app_commands.Choice[str]]:
    raise LookupError("no suggestions today")


@bot.tree.command(description="Post a picture and a file for all")
async def post(interaction: discord.Interaction) -> None:
    embed = discord.Embed(title="Board").set_image(url="attachment://board.png")
    embed.set_thumbnail(url="https://pictures.example/outside.png")
    files = [
        discord.File(BytesIO(_picture()), filename="board.png"),
        discord.File(BytesIO(b"player,deck\n"), filename="board.csv"),
    ]
    await interaction.response.send_message(
        "@everyone sees this",
        embed=embed,
        files=files,
        allowed_mentions=discord.AllowedMentions.none(),
    )


@bot.tree.command(description="Take a file")
async def upload(interaction: discord.Interaction, file: discord.Attachment) -> None:
    text = (await file.read()).decode()
    await interaction.response.send_message(f"{file.filename}: {text}", ephemeral=True)


@bot.tree.command(description="Break a rule of Discord's")
async def breach(interaction: discord.Interaction) -> None:
    try:
        await interaction.response.send_message("x" * 2001, ephemeral=True)
    except discord.HTTPException:
        await interaction.response.send_message("Shorter", ephemeral=True)


@bot.tree.error
async def on_error(_interaction: discord.Interaction, _error: Exception) -> None:
    """Stay quiet: some of these commands fail on purpose."""


def _point_at(base: str) -> None:
    library: Any = discord
    library.http.Route.BASE = f"{base}/api/v10"
    library.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(base.replace("http", "ws") + "/gw")
    library.asset.Asset.BASE = f"{base}/cdn"


if __name__ == "__main__":
    _point_at(sys.argv[1])
    bot.run("sandbox-token", log_handler=None)
