"""A person of the sandbox, for tests and load: everything the page does, without a browser.

Many actions may be outstanding at once on one `Person`; each is matched to its answer by a nonce.
"""

from __future__ import annotations

import asyncio
import contextlib
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Self, TypeAlias

import aiohttp
import orjson

from sandbox import demo
from sandbox.client_outcomes import Choices, Outcome
from sandbox.client_view import PersonView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from sandbox.faults import FaultKind
    from sandbox.wire import JsonObject, Snowflake

_PATIENCE_S: Final = 10.0
"""Longer than Discord's 3 s, so that the sandbox's own verdict comes first."""

OptionValue: TypeAlias = "str | int | float | bool | dict[str, str]"


class Person:
    """Somebody in front of the page.

    Args:
        base_url: The sandbox's address.
        person_id: Who to be, see `sandbox.demo`.
        guild_id: Where.
        channel_id: Where exactly.
        locale: The person's language.
        watches_trace: Whether the panel's figures are received too.
    """

    def __init__(  # noqa: PLR0913 - who and where
        self,
        base_url: str,
        person_id: Snowflake = demo.SAM,
        *,
        guild_id: Snowflake = demo.AZORIUS,
        channel_id: Snowflake = demo.AZORIUS_GENERAL,
        locale: str = "en-US",
        watches_trace: bool = False,
    ) -> None:
        self._url = base_url.rstrip("/") + "/page/ws"
        self._place: JsonObject = {
            "as": person_id,
            "guild_id": guild_id,
            "channel_id": channel_id,
            "locale": locale,
            "trace": watches_trace,
        }
        self._nonces = count(1)
        self._pending: dict[int, asyncio.Future[JsonObject]] = {}
        self._modals: dict[int, JsonObject] = {}
        self._waiters: list[tuple[Callable[[PersonView], bool], asyncio.Future[None]]] = []
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self.view = PersonView()
        """What this person sees."""

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        try:
            self._socket = await self._session.ws_connect(self._url, max_msg_size=0)
            self._reader = asyncio.create_task(self._read_forever(self._socket))
            await self.look_at(**self._place)
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Leave the page."""
        if self._reader is not None:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
        if self._socket is not None:
            await self._socket.close()
        if self._session is not None:
            await self._session.close()

    async def look_at(self, **place: str | bool) -> None:
        """Change person (``as``), ``guild_id``, ``channel_id`` or ``locale``, and wait for it."""
        self._place.update(place)
        views = self.view.histories
        await self._send({"t": "view", **self._place})
        await self.wait_until(lambda view: view.histories > views)
        channel_id = str(self._place["channel_id"])
        await self.wait_until(lambda view: view.channel_id == channel_id)

    async def command(self, path: str, /, **options: OptionValue) -> Outcome:
        """Send a slash command, such as ``command("admin create-event", name="Pro Tour")``.

        Use `invoke` for option names that Python cannot spell.
        """
        return await self.invoke(path.split(), options)

    async def invoke(self, name_path: Sequence[str], options: dict[str, OptionValue]) -> Outcome:
        """Send a slash command, options by name."""
        return await self._act(
            {"t": "command", "name_path": list(name_path), "options": _pairs(options)}
        )

    async def autocomplete(self, path: str, /, focused: str, **options: OptionValue) -> Choices:
        """Type into the option ``focused``, whose text so far is among ``options``."""
        done = await self._ask(
            {
                "t": "autocomplete",
                "name_path": path.split(),
                "options": _pairs(options),
                "focused": focused,
            }
        )
        return Choices(
            choices=tuple(done.get("choices", ())),
            acknowledged_ms=done.get("acknowledged_ms"),
            error=done.get("error"),
        )

    async def press(self, message_id: Snowflake, custom_id: str) -> Outcome:
        """Press a button."""
        return await self._act({"t": "press", "message_id": message_id, "custom_id": custom_id})

    async def choose(self, message_id: Snowflake, custom_id: str, *values: str) -> Outcome:
        """Choose in a select."""
        return await self._act(
            {
                "t": "choose",
                "message_id": message_id,
                "custom_id": custom_id,
                "values": list(values),
            }
        )

    async def submit(self, opened: Outcome, **fields: str) -> Outcome:
        """Submit the form that an earlier action has opened; fields by their custom id."""
        if opened.modal is None:
            raise ValueError("no form was opened")
        return await self._act(
            {
                "t": "submit",
                "interaction_id": opened.interaction_id,
                "custom_id": opened.modal["custom_id"],
                "fields": [{"custom_id": key, "value": value} for key, value in fields.items()],
            }
        )

    async def use_menu(self, name: str, **target: str) -> Outcome:
        """Choose in the menu of a message (``message_id``) or of a person (``user_id``)."""
        return await self._act({"t": "menu", "name": name, **target})

    async def say(self, content: str) -> None:
        """Post an ordinary message."""
        await self._send({"t": "say", "content": content})

    async def take_direct(self, *, open_: bool) -> None:
        """Let those of a common server write to this person, or not, and wait until it is so."""
        await self._send({"t": "take_direct", "open": open_})
        await self.wait_until(lambda view: view.takes_direct is open_)

    async def fault(self, kind: FaultKind, value: float | bool = 0) -> None:  # noqa: FBT001 - JSON
        """Inject a fault and wait until it is in force."""
        seen = self.view.fault_changes
        await self._send({"t": "fault", "kind": kind, "value": value})
        await self.wait_until(lambda view: view.fault_changes > seen)

    async def drill(self, actor: str, what: str) -> JsonObject:
        """Crash or hang one of the bot's actors; return ``{ok, text}``."""
        told = len(self.view.drills_done)
        await self._send({"t": "drill", "actor": actor, "what": what})
        await self.wait_until(lambda view: len(view.drills_done) > told)
        return self.view.drills_done[-1]

    async def wait_until(
        self, condition: Callable[[PersonView], bool], *, timeout_s: float = _PATIENCE_S
    ) -> PersonView:
        """Wait until what this person sees satisfies ``condition``, and return it.

        Raises:
            TimeoutError: When it does not within ``timeout_s``.
            ConnectionError: When the sandbox goes away meanwhile.
        """
        if not condition(self.view):
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            waiter = (condition, future)
            self._waiters.append(waiter)
            try:
                async with asyncio.timeout(timeout_s):
                    await future
            finally:
                self._waiters.remove(waiter)
        return self.view

    async def wait_until_closed(self) -> None:
        """Wait until the sandbox goes away."""
        if self._reader is not None:
            await asyncio.wait((self._reader,))

    async def wait_until_online(self, *, timeout_s: float = _PATIENCE_S) -> None:
        """Wait until a bot is connected and has registered commands for this person."""
        await self.wait_until(
            lambda view: view.bot_online and bool(view.commands), timeout_s=timeout_s
        )

    async def _act(self, frame: JsonObject) -> Outcome:
        done = await self._ask(frame)
        message_id = done.get("message_id")
        deferred = bool(done.get("deferred"))
        if deferred and message_id is not None:
            await self.wait_until(lambda view: not view.is_loading(message_id), timeout_s=900)
        return Outcome(
            ok=done["ok"],
            acknowledged_ms=done["acknowledged_ms"],
            message=None if message_id is None else self.view.find(message_id),
            modal=done.get("modal"),
            interaction_id=done.get("interaction_id"),
            error=done["error"],
            was_deferred=deferred,
        )

    async def _ask(self, frame: JsonObject) -> JsonObject:
        nonce = next(self._nonces)
        future: asyncio.Future[JsonObject] = asyncio.get_running_loop().create_future()
        self._pending[nonce] = future
        try:
            await self._send({**frame, "nonce": nonce})
            return await future
        finally:
            self._pending.pop(nonce, None)

    async def _send(self, frame: JsonObject) -> None:
        if self._socket is None:
            raise RuntimeError("a Person is used as `async with Person(...) as person`")
        await self._socket.send_frame(orjson.dumps(frame), aiohttp.WSMsgType.TEXT)

    async def _read_forever(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            frame: JsonObject = orjson.loads(message.data)
            match frame["t"]:
                case "interaction_done" | "choices":
                    self._finish(frame)
                case "modal":
                    self._modals[frame["nonce"]] = frame["modal"]
                case _:
                    self.view.apply(frame)
            if self._waiters:
                self._wake_waiters()
        self._give_up()

    def _give_up(self) -> None:
        waiting: list[asyncio.Future[Any]] = [*self._pending.values()]
        waiting.extend(future for _, future in self._waiters)
        for future in waiting:
            if not future.done():
                future.set_exception(ConnectionError("the sandbox has closed the page"))

    def _finish(self, frame: JsonObject) -> None:
        future = self._pending.get(frame["nonce"])
        modal = self._modals.pop(frame["nonce"], None)
        if future is not None and not future.done():
            future.set_result(frame if modal is None else {**frame, "modal": modal})

    def _wake_waiters(self) -> None:
        for condition, future in self._waiters:
            if not future.done() and condition(self.view):
                future.set_result(None)


def _pairs(options: dict[str, OptionValue]) -> list[JsonObject]:
    return [{"name": name, "value": value} for name, value in options.items()]
