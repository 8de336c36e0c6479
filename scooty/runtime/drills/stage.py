"""Where a drill is played: a Discord on this machine, a bot in it, and somebody who uses it."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sandbox import demo
from sandbox.client import Person
from sandbox.config import SandboxConfig
from sandbox.server import Sandbox
from scooty.runtime.drills.bot import BotEndedError, running_bot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sandbox.client import OptionValue
    from sandbox.client_outcomes import Outcome
    from sandbox.wire import Snowflake
    from scooty.runtime.drills.account import Account
    from scooty.runtime.drills.bot import Bot

_ONLINE_S: Final = 40.0
_LINE_S: Final = 15.0
_POLL_S: Final = 0.05
_SHOWN: Final = 300
_DISCORD: Final = SandboxConfig(
    injected_scope="user",  # so that a drill's 429s count, as those of a bot that asks too much
    request_log=None,  # that of whoever runs this is not for what drills break
)


@dataclass(slots=True, kw_only=True)
class Stage:
    """All that a drill has in hand."""

    account: Account
    sandbox: Sandbox
    captain: Person
    """Camille, who may do everything."""
    bot: Bot
    since: int = 0
    """Where the log ended when the last thing was done to the bot."""

    def happens(self, text: str) -> None:
        """Tell what is done next; log lines are looked for from here on."""
        self.since = self.bot.position()
        self.account.happens(text)

    async def use(self, path: str, *, by: Person | None = None, **options: OptionValue) -> Outcome:
        """Type a command, and tell what the person sees.

        Args:
            path: Such as ``admin create-event``.
            by: Who types; the captain unless given.
            **options: The command's.
        """
        outcome = await (by or self.captain).command(path, **options)
        typed = " ".join((f"/{path}", *(f"{name}:{value}" for name, value in options.items())))
        self.account.seen(f"{typed} -> {words_of(outcome)}")
        return outcome

    async def expect_line(
        self, event: str, *, nth: int = 1, within_s: float = _LINE_S, **fields: object
    ) -> dict[str, Any] | None:
        """Show a log line that comes after the last deed; without one a promise is broken.

        Args:
            event: What the line tells.
            nth: Which of them, from 1.
            within_s: How long to wait for it.
            **fields: What else is in the line.
        """
        line = await self.bot.find_line(
            event, since=self.since, nth=nth, within_s=within_s, **fields
        )
        if line is None:
            named = ", ".join((event, *(f"{name}={value}" for name, value in fields.items())))
            self.account.promise(f"the log says {named}", kept=False)
        else:
            self.account.logged(line)
        return line

    async def expect_post(self, channel_id: Snowflake, *words: str) -> bool:
        """Show the newest message of the bot's own in a channel that has all those words.

        Args:
            channel_id: Which of the captain's server.
            *words: What it has to say.

        Returns:
            Whether there was one in time.
        """
        channel = self.sandbox.state.world.find_channel(channel_id)
        assert channel is not None  # noqa: S101 - the demo world has it
        try:
            async with asyncio.timeout(_LINE_S):
                while True:
                    for message in reversed(channel.messages.values()):
                        text = str(message.body["content"])
                        if all(word in text for word in words):
                            self.account.seen(f"#{channel.name}: {text}")
                            return True
                    await asyncio.sleep(_POLL_S)
        except TimeoutError:
            return False

    async def console(self, *arguments: str) -> tuple[int | None, list[str]]:
        """Run the console command with the bot's settings; return exit code and output."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "scooty", *arguments),
            env=dict(self.bot.environment),
            cwd=self.bot.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return process.returncode, output.decode().splitlines()


@asynccontextmanager
async def open_stage(account: Account, folder: Path, **settings: str) -> AsyncIterator[Stage]:
    """Start everything and wait until the bot is online.

    Args:
        account: Told what happens.
        folder: An empty one.
        **settings: What the bot is given besides Discord.

    Raises:
        BotEndedError: The bot ended instead.
    """
    async with (
        Sandbox(_DISCORD) as sandbox,
        Person(sandbox.base_url, demo.CAMILLE) as captain,
        running_bot(folder, sandbox.base_url, **settings) as bot,
    ):
        await _until_online(captain, bot)
        stage = Stage(account=account, sandbox=sandbox, captain=captain, bot=bot)
        stage.happens("A bot runs in a Discord on this machine, and Camille uses it")
        await stage.use("admin create-event", name="Drill Open")
        await stage.use("scout", opponent="Ada Before", archetype="Boros Energy")
        yield stage


async def _until_online(captain: Person, bot: Bot) -> None:
    online = asyncio.create_task(captain.wait_until_online(timeout_s=_ONLINE_S))
    ended = asyncio.create_task(bot.fail_when_it_ends())
    try:
        done, _ = await asyncio.wait((online, ended), return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            await task
    except TimeoutError:
        raise BotEndedError(f"the bot is not online after {_ONLINE_S:.0f} s") from None
    finally:
        online.cancel()
        ended.cancel()


def is_saved(outcome: Outcome) -> bool:
    """Tell whether a report was acknowledged as saved: only then does it have a button."""
    return bool(outcome.ok and outcome.message and outcome.message["components"])


def within(outcome: Outcome, limit_ms: float) -> bool:
    """Tell whether a command was answered, and in time."""
    waited_ms = outcome.acknowledged_ms
    return outcome.ok and waited_ms is not None and waited_ms <= limit_ms


def words_of(outcome: Outcome) -> str:
    """Return what a person reads of an answer, on one line, with how long they waited for it."""
    waited = "" if outcome.acknowledged_ms is None else f"after {outcome.acknowledged_ms:.0f} ms: "
    if outcome.message is None:
        return f"{waited}{outcome.error or 'nothing'}"
    parts = [str(outcome.message["content"])]
    for embed in outcome.message["embeds"]:
        parts += [str(embed.get("title") or ""), str(embed.get("description") or "")]
    words = " ".join(" ".join(parts).split())
    return waited + (words if len(words) <= _SHOWN else f"{words[:_SHOWN]}...")
