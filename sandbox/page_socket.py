"""The page's websocket: frames ``{"t": type, ...}`` both ways, one person at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

import orjson
from aiohttp import WSMsgType, web

from sandbox import person_actions
from sandbox.client_refusal import ClientRefusalError
from sandbox.drills import ask_drill, list_actors
from sandbox.fault_actions import inject
from sandbox.page_frames import (
    direct_frame,
    done_frame,
    hello_frame,
    history_frame,
    localise_choices,
    visible_channels,
)
from sandbox.permissions import effective

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from sandbox.interactions import Interaction
    from sandbox.state import State
    from sandbox.wire import JsonObject, Snowflake
    from sandbox.world import Channel, Guild

_QUEUE_LIMIT: Final = 20_000
"""Frames a page may be behind before it is let go."""
_MAX_FRAME_BYTES: Final = 16 * 1024 * 1024
_ACTIONS: Final = {
    "command": person_actions.invoke,
    "press": person_actions.press,
    "choose": person_actions.choose,
    "submit": person_actions.submit,
    "autocomplete": person_actions.autocomplete,
    "menu": person_actions.use_menu,
}


async def serve_page_socket(state: State, request: web.BaseRequest) -> web.StreamResponse:
    """Serve one page until it is closed."""
    socket = web.WebSocketResponse(compress=False, max_msg_size=_MAX_FRAME_BYTES)
    await socket.prepare(request)
    page = PageSocket(state, socket)
    state.page_sockets.add(socket)
    try:
        await page.serve()
    finally:
        state.page_sockets.discard(socket)
    return socket


class PageSocket:
    """A page: who is looking, and at which channel."""

    def __init__(self, state: State, socket: web.WebSocketResponse) -> None:
        self._state = state
        self._socket = socket
        guild = next(iter(state.world.guilds.values()))
        self.person_id = next(iter(guild.members))
        self.guild_id = guild.id
        self.channel_id = next(iter(guild.channels))
        self.wants_trace = True
        self._outgoing: deque[bytes] = deque()
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def send(self, frame: bytes) -> None:
        """Queue an encoded frame."""
        self._outgoing.append(frame)
        self._wake.set()

    async def serve(self) -> None:
        """Greet the page and do what it asks until it is closed."""
        self._spawn(self._write_forever())
        self._state.pages.viewers.add(self)
        self._watch_visible_channels()
        self._send(hello_frame(self._state, self.person_id, self.guild_id, self.channel_id))
        self._send({"t": "faults", "active": self._state.faults.list_active()})
        trace = self._state.trace
        self._send({"t": "trace", "entries": trace.list_recent(), "summary": trace.summarise()})
        self.commands_changed()
        self._send_history()
        self._spawn(self._send_drills())
        try:
            async for message in self._socket:
                if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                    break
                self._handle(message.data)
        finally:
            await self._leave()

    async def _leave(self) -> None:
        self._state.pages.viewers.discard(self)
        self._state.pages.unwatch(self)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _handle(self, raw: str | bytes) -> None:
        frame: JsonObject = {}
        try:
            parsed = orjson.loads(raw)
            frame = parsed if isinstance(parsed, dict) else {}
            self._act(frame["t"], frame)
        except ClientRefusalError as error:
            self._refuse(frame, error)
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, LookupError) as error:
            # A page that sends nonsense is told so; it must not take the sandbox with it.
            detail = f"{type(error).__name__} {error}"
            self._refuse(frame, ClientRefusalError("client.nonsense", detail=detail))

    def _act(self, kind: str, frame: JsonObject) -> None:
        action = _ACTIONS.get(kind)
        if action is not None:
            action(self._state, self._actor(), frame)
            return
        match kind:
            case "view":
                self._view(frame)
            case "say":
                person_actions.say(self._state, self._actor(), str(frame["content"]))
            case "take_direct":
                self._state.world.users[self.person_id].takes_direct_messages = bool(frame["open"])
                self.direct_changed()
            case "fault":
                inject(self._state, frame["kind"], frame.get("value", 0))
            case "drill":
                self._spawn(self._drill(str(frame["actor"]), str(frame["what"])))
            case _:
                raise ValueError(f"there is no frame {kind!r}")

    def _actor(self) -> person_actions.Actor:
        return person_actions.Actor.find(
            self._state, self, user_id=self.person_id, channel_id=self.channel_id
        )

    def _refuse(self, frame: JsonObject, refusal: ClientRefusalError) -> None:
        nonce = frame.get("nonce")
        sentence = refusal.say(self._locale)
        if frame.get("t") == "autocomplete":
            self._send({"t": "choices", "nonce": nonce, "error": sentence})
        else:
            self._send(done_frame(nonce, None, sentence))

    @property
    def _locale(self) -> str:
        return self._state.world.users[self.person_id].locale

    def _view(self, frame: JsonObject) -> None:
        person = self._state.world.users[frame.get("as", self.person_id)]
        guild = self._state.world.guilds[frame.get("guild_id", self.guild_id)]
        channel = self._channel(guild, person.id, frame.get("channel_id", self.channel_id))
        if person.id not in guild.members:
            raise ClientRefusalError("client.not_in_guild", person=person.name, guild=guild.name)
        person.locale = frame.get("locale") or person.locale
        self.wants_trace = bool(frame.get("trace", self.wants_trace))
        self.person_id, self.guild_id, self.channel_id = person.id, guild.id, channel.id
        self._watch_visible_channels()
        self._send_history()
        self.direct_changed()
        self.commands_changed()

    def _channel(self, guild: Guild, person_id: Snowflake, channel_id: Snowflake) -> Channel:
        """Return a channel of the guild, or the person's own conversation with the app."""
        direct = self._state.world.find_direct(person_id)
        is_direct = direct is not None and direct.id == channel_id
        return direct if direct is not None and is_direct else guild.channels[channel_id]

    def _watch_visible_channels(self) -> None:
        # all of the guild's, not only the one in view: the page marks channels as unread
        self._state.pages.unwatch(self)
        guild = self._state.world.guilds[self.guild_id]
        self._state.pages.watch(self, visible_channels(guild, self.person_id))

    def _send_history(self) -> None:
        guild = self._state.world.guilds[self.guild_id]
        shown = self.channel_id in visible_channels(guild, self.person_id)
        shown = shown or self.channel_id in self._state.world.direct  # nobody looks at another's
        self._send(history_frame(self._state, self.person_id, self.channel_id, shown=shown))

    def commands_changed(self) -> None:
        """Send the commands that this person is offered in this guild."""
        guild = self._state.world.guilds[self.guild_id]
        permissions = effective(guild, guild.members[self.person_id], None)
        commands = self._state.commands.list_usable(guild.id, permissions)
        self._send({"t": "commands", "guild_id": guild.id, "commands": commands})

    def direct_changed(self) -> None:
        """Send this person's direct conversations."""
        self._send(direct_frame(self._state, self.person_id))

    def interaction_done(self, interaction: Interaction, error: str | None) -> None:
        """Tell that the first answer came, or that it did not."""
        self._send(done_frame(interaction.nonce, interaction, error))

    def choices_offered(
        self, interaction: Interaction, choices: list[JsonObject], error: str | None
    ) -> None:
        """Tell the suggestions in the person's language."""
        frame: JsonObject = {"t": "choices", "nonce": interaction.nonce}
        if error is not None:
            self._send({**frame, "error": error})
            return
        locale = self._state.world.users[interaction.user_id].locale
        frame["choices"] = localise_choices(choices, locale)
        frame["acknowledged_ms"] = interaction.acknowledged_ms
        self._send(frame)

    def modal_opened(self, interaction: Interaction, modal: JsonObject) -> None:
        """Show a form."""
        self._send(
            {
                "t": "modal",
                "nonce": interaction.nonce,
                "interaction_id": interaction.id,
                "modal": modal,
            }
        )

    async def _drill(self, actor: str, what: str) -> None:
        url = self._state.config.bot_drills_url
        ok, text = await ask_drill(url, actor, what, self._locale)
        self._send({"t": "drill_done", "ok": ok, "text": text})

    async def _send_drills(self) -> None:
        actors = await list_actors(self._state.config.bot_drills_url)
        self._send({"t": "drills", "actors": actors})

    def bot_came_online(self) -> None:
        """Ask the bot's actors anew; a new bot may have others."""
        self._spawn(self._send_drills())

    def _send(self, frame: JsonObject) -> None:
        self.send(orjson.dumps(frame))

    def _spawn(self, coroutine: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _write_forever(self) -> None:
        while True:
            while self._outgoing:
                if len(self._outgoing) > _QUEUE_LIMIT:
                    await self._socket.close(code=1008, message=b"too slow")
                    return
                try:
                    await self._socket.send_frame(self._outgoing.popleft(), WSMsgType.TEXT)
                except ConnectionError:
                    return
            self._wake.clear()
            await self._wake.wait()
