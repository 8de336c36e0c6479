"""``/player import [file] [text]``: put an event's roster on its list, after a look at it.

What was read is kept in the database until it is applied; the file itself is dropped at once.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.attachment_message import AttachmentFetched
from actors.discord_gateway.declarations import DeclaredOption, OptionKind
from actors.discord_gateway.interactions import AttachmentOption
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Command, Component, Feature
from scooty.core.desk.attachments import fetch
from scooty.core.i18n import ENGLISH, localizations
from scooty.core.requests import Refused, StaleComponentError
from scooty.core.storage.imports import DropImport, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.custom_ids import parse_id
from scooty.core.text.previews import nothing_changed
from scooty.core.text.problems import Effect
from scooty.domain.files import FileTooLarge, Reason, parse_roster
from scooty.domain.ids import RequestId
from scooty.domain.roles import Role
from scooty.domain.roster_plan import plan_roster
from scooty.features.players.calls.rosters import (
    ApplyRoster,
    ChooseRosterPlayers,
    KeepRoster,
    RosterApplied,
    RosterKept,
    RosterNames,
    roster_content,
)
from scooty.features.players.replies.player_import import (
    APPLY_ROSTER,
    CANCEL_ROSTER,
    CHOOSE_PLAYERS,
    PASTE_ROSTER,
    ROSTER_FIELD,
    file_not_fetched,
    file_too_large,
    import_gone,
    no_event_to_import_to,
    nobody_in_it,
    roster_applied,
    roster_form,
    roster_preview,
    too_many_players,
)

if TYPE_CHECKING:
    from actors.repository.messages import JsonValue
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request
    from scooty.domain.files import Skipped
    from scooty.features.players.calls.rosters import KnownNames

LARGEST_FILE: Final = 1024 * 1024
"""Bytes: 2,000 players as JSON, at half a kB a player."""
MOST_PLAYERS: Final = 5_000
_MOST_LINES: Final = 20_000
"""More is no roster, and would keep the processor for seconds."""
_BREATH_S: Final = 0.0005
_TEXT_LIMIT: Final = 6_000


async def import_roster(request: CommandRequest, ports: Ports) -> Outcome:
    """Read a file or a text and show what it would do; without either, open a form."""
    given = {option.name: option.value for option in request.options}
    file, text = given.get(FILE.name), given.get(TEXT.name)
    if isinstance(file, AttachmentOption):
        if file.size > LARGEST_FILE:
            return Refused(response=file_too_large(LARGEST_FILE, request.t))
        fetched = await fetch(ports.gateway, file.url, limit_bytes=LARGEST_FILE)
        if isinstance(fetched, AttachmentFetched):
            return await _preview(request, ports, fetched.content)
        if fetched.reason == "too_large":
            return Refused(response=file_too_large(LARGEST_FILE, request.t))
        return Refused(response=file_not_fetched(request.t))
    if isinstance(text, str):
        # An option is one line, so people write semicolons where a file has lines.
        return await _preview(request, ports, text if "\n" in text else text.replace(";", "\n"))
    return roster_form(request.t)


async def read_form(request: ComponentRequest, ports: Ports) -> Outcome:
    """Show what a pasted roster would do."""
    pasted = next((each.value for each in request.fields if each.custom_id == ROSTER_FIELD), "")
    return await _preview(request, ports, pasted)


async def _preview(request: Request, ports: Ports, content: bytes | str) -> Outcome:
    known = await ports.calls.read(request.guild_id, RosterNames())
    if isinstance(known, NoActiveEvent):
        return Refused(response=no_event_to_import_to(request.t))
    # On a thread, so that others are served meanwhile.
    found = await asyncio.to_thread(_read, content, known)
    if found is None:
        return Refused(response=too_many_players(MOST_PLAYERS, request.t))
    if isinstance(found, tuple):
        return Refused(response=nobody_in_it(found, request.t))
    kept = await ports.calls.write(request.caller, KeepRoster(content=found))
    if isinstance(kept, RosterKept):
        return roster_preview(kept, request.t)
    return Refused(response=import_gone(request.t))


def _read(content: bytes | str, known: KnownNames) -> JsonValue | tuple[Skipped, ...]:
    """Parse, match, and write down what is kept.

    Returns:
        The latter; what was skipped when there is nobody in it; None when it is no roster's size.
    """
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    if raw.count(b"\n") + raw.count(b"\r") > _MOST_LINES:
        return None
    parsed = parse_roster(content)
    if isinstance(parsed, FileTooLarge) or len(parsed.entries) > MOST_PLAYERS:
        return None
    # A thread keeps the interpreter for 5 ms at a time while it computes; in a pause of its own it
    # leaves it to whoever waits.
    planned = plan_roster(parsed.entries, known.spellings, breathe=lambda: time.sleep(_BREATH_S))
    skipped = tuple(each for each in parsed.skipped if each.reason is not Reason.HEADING)
    return roster_content(known, planned, skipped) if planned else skipped


async def choose_players(request: ComponentRequest, ports: Ports) -> Outcome:
    """Note which names are the players whom they are like, and show the preview anew."""
    places = [parse_id(value) for value in request.values]
    if None in places:
        raise StaleComponentError
    outcome = await ports.calls.write(
        request.caller,
        ChooseRosterPlayers(
            import_id=RequestId(request.argument(0)),
            chosen=tuple(place for place in places if place is not None),
        ),
    )
    if isinstance(outcome, ImportGone):
        return Refused(response=UpdateMessage(reply=import_gone(request.t)))
    return UpdateMessage(reply=roster_preview(outcome, request.t))


async def apply(request: ComponentRequest, ports: Ports) -> Outcome:
    """Put everybody of the preview on the roster."""
    outcome = await ports.calls.write(
        request.caller, ApplyRoster(import_id=RequestId(request.argument(0)))
    )
    if isinstance(outcome, RosterApplied):
        return UpdateMessage(reply=roster_applied(outcome, request.t))
    return Refused(response=UpdateMessage(reply=import_gone(request.t)))


async def cancel(request: ComponentRequest, ports: Ports) -> Outcome:
    """Forget the preview's roster."""
    drop = DropImport(import_id=RequestId(request.argument(0)))
    await ports.calls.write(request.caller, drop)
    return UpdateMessage(reply=nothing_changed(request.t))


FILE: Final = DeclaredOption(
    name="file",
    description=ENGLISH("option.roster_file"),
    kind=OptionKind.ATTACHMENT,
    name_localizations=localizations("option.file.name"),
    description_localizations=localizations("option.roster_file"),
)
TEXT: Final = DeclaredOption(
    name="text",
    description=ENGLISH("option.roster_text"),
    max_length=_TEXT_LIMIT,
    name_localizations=localizations("option.text.name"),
    description_localizations=localizations("option.roster_text"),
)
FEATURE: Final = Feature(
    commands=(
        Command(
            path="player import",
            handler=import_roster,
            options=(FILE, TEXT),
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
            deferral="reply_unless_bare",
        ),
    ),
    components=(
        Component(
            verb=PASTE_ROSTER,
            handler=read_form,
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
            deferral="reply",
        ),
        Component(
            verb=CHOOSE_PLAYERS, handler=choose_players, role=Role.CAPTAIN, effect=Effect.PREVIEW
        ),
        Component(verb=APPLY_ROSTER, handler=apply, role=Role.CAPTAIN, effect=Effect.PLAYERS),
        Component(verb=CANCEL_ROSTER, handler=cancel, role=Role.CAPTAIN, effect=Effect.PREVIEW),
    ),
)
