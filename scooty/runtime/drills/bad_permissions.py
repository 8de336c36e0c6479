"""The bot is let in without what it needs, its commands are removed, and its login is refused."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from sandbox import demo
from sandbox.permissions import SEND_MESSAGES, VIEW_CHANNEL
from sandbox.world import Overwrite
from scooty.runtime.drills.drill import Drill
from scooty.runtime.drills.stage import open_stage

if TYPE_CHECKING:
    from pathlib import Path

    from scooty.runtime.drills.account import Account
    from scooty.runtime.drills.stage import Stage

_INVITATION: Final = "https://discord.com/oauth2/authorize?"
_DISALLOWED_INTENTS: Final = 4014
_REFUSED_WITHIN_S: Final = 30.0
_RED: Final = 1


async def _play(account: Account, folder: Path) -> None:
    settings = {
        "DISCORD_GUILD_ID": demo.AZORIUS,
        "SCOOTY_ADMIN_CHANNEL_ID": demo.AZORIUS_ADMIN,
    }
    async with open_stage(account, folder, **settings) as stage:
        _open_admin_channel(stage)
        await _take_permission(stage)
        await _remove_commands(stage)
        await _take_scope(stage)
        await _refuse_intents(stage)


def _open_admin_channel(stage: Stage) -> None:
    """Let the bot write there by a permission of the channel's own, whatever its roles lack."""
    channel = stage.sandbox.state.world.guilds[demo.AZORIUS].channels[demo.AZORIUS_ADMIN]
    bot = demo.role_id(demo.AZORIUS, "bot")
    others = (each for each in channel.overwrites if each.role_id != bot)
    channel.overwrites = (*others, Overwrite(role_id=bot, allow=VIEW_CHANNEL | SEND_MESSAGES))


async def _take_permission(stage: Stage) -> None:
    stage.happens("Somebody takes the permission Send Messages from the bot's roles")
    roles = stage.sandbox.state.world.guilds[demo.AZORIUS].roles.values()
    before = {role.id: role.permissions for role in roles}
    for role in roles:
        role.permissions &= ~SEND_MESSAGES
    outcome = await stage.use("ping")
    red = await _verify(stage)
    stage.account.promise("commands are answered all the same", kept=outcome.ok)
    stage.account.promise(
        "scooty verify names the permission and the link that grants it",
        kept="lacks Send Messages" in red and _INVITATION in red,
    )
    await _let_it_look(stage)
    stage.account.promise(
        "the bot tells the admin channel which permission is missing, and the link that grants it",
        kept=await stage.expect_post(demo.AZORIUS_ADMIN, "Send Messages", _INVITATION),
    )
    stage.happens("Somebody follows the link")
    for role in roles:
        role.permissions = before[role.id]
    await _let_it_look(stage)
    stage.account.promise(
        "the bot tells that it is over",
        kept=await stage.expect_post(demo.AZORIUS_ADMIN, "Send Messages", "over after"),
    )


async def _let_it_look(stage: Stage) -> None:
    """Drop the connection: it looks every ten minutes, and whenever the connection comes back."""
    stage.happens("The connection to Discord drops and comes back, so the bot looks again")
    await stage.captain.fault("drop_gateway")
    await stage.expect_line("gateway.resumed")


async def _remove_commands(stage: Stage) -> None:
    stage.happens("Somebody removes the bot's slash commands")
    commands = stage.sandbox.state.commands.scope(demo.AZORIUS)
    commands.clear()
    await stage.use("ping")
    red = await _verify(stage)
    stage.account.promise("scooty verify says that they are missing", kept="not registered" in red)
    await _let_it_look(stage)
    restored = await stage.expect_line("gateway.commands_restored")
    told = await stage.expect_post(demo.AZORIUS_ADMIN, "slash commands", "`/admin`")
    outcome = await stage.use("ping")
    stage.account.promise(
        "the bot registers them again by itself, and says so",
        kept=restored is not None and told and outcome.ok,
    )
    stage.happens("Somebody removes them again, and an operator does not want to wait")
    commands.clear()
    code, lines = await stage.console("commands", "sync")
    stage.account.seen(f"$ scooty commands sync -> {' '.join(lines)}")
    outcome = await stage.use("ping")
    stage.account.promise(
        "scooty commands sync brings them back, without a restart",
        kept=code == os.EX_OK and outcome.ok,
    )


async def _take_scope(stage: Stage) -> None:
    stage.happens("Somebody lets the bot in anew, without the scope applications.commands")
    stage.sandbox.state.world.guilds[demo.AZORIUS].allows_commands = False
    await stage.bot.hurt("gateway", "crash")  # so that it logs in, and registers, anew
    refused = await stage.expect_line("gateway.registration_failed", within_s=_REFUSED_WITHIN_S)
    red = await _verify(stage)
    stage.account.promise(
        "the bot and scooty verify name the scope, and verify the link that grants it",
        kept=refused is not None and "scope applications.commands" in red and _INVITATION in red,
    )
    stage.account.promise(
        "the bot tells the admin channel too",
        kept=await stage.expect_post(
            demo.AZORIUS_ADMIN, "without applications.commands", _INVITATION
        ),
    )
    stage.happens("Somebody follows the link; nobody touches the bot")
    stage.sandbox.state.world.guilds[demo.AZORIUS].allows_commands = True
    registered = await stage.expect_line("gateway.commands_unchanged", within_s=_REFUSED_WITHIN_S)
    outcome = await stage.use("ping")
    stage.account.promise("the bot finds out by itself", kept=registered is not None and outcome.ok)


async def _refuse_intents(stage: Stage) -> None:
    stage.happens("Discord no longer allows the bot's intents (it closes with 4014)")
    for link in stage.sandbox.state.connections:
        link.close_soon(_DISALLOWED_INTENTS, "Disallowed intent(s).")
    code = await stage.bot.wait_for_end(_REFUSED_WITHIN_S)
    await stage.expect_line("system.fatal")
    stage.account.promise(
        f"the bot ends with {os.EX_CONFIG} and one sentence, since trying again cannot help",
        kept=code == os.EX_CONFIG,
    )


async def _verify(stage: Stage) -> str:
    """Run ``scooty verify`` as the operator would; show and return its red lines."""
    code, lines = await stage.console("verify")
    red = [
        line
        for number, line in enumerate(lines)
        if line.startswith("FAILED")
        or (line.strip().startswith("->") and lines[number - 1].startswith("FAILED"))
    ]
    stage.account.seen(f"$ scooty verify (exit code {code})")
    for line in red:
        stage.account.seen(f"  {line}")
    return "\n".join(red) if code == _RED else ""


DRILL: Final = Drill(
    name="bad-permissions",
    summary="permissions and commands are taken away, then Discord refuses the bot",
    play=_play,
)
