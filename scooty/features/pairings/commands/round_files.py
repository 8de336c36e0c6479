"""What ``/pairings import`` and ``/standings import`` have in common: a file or pastes, a preview.

What was read is kept in the database until it is applied; the file itself is dropped at once.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.attachment_message import AttachmentFetched
from actors.discord_gateway.interactions import AttachmentOption
from actors.discord_gateway.replies import UpdateMessage
from scooty.core.command import Component
from scooty.core.desk.attachments import fetch
from scooty.core.requests import Refused, StaleComponentError
from scooty.core.storage.imports import DropImport, ImportGone
from scooty.core.storage.port import NoActiveEvent
from scooty.core.text.custom_ids import parse_id
from scooty.core.text.previews import nothing_changed
from scooty.core.text.problems import Effect
from scooty.domain.files import MAX_FILE_BYTES
from scooty.domain.ids import RequestId
from scooty.domain.observations import LAST_ROUND
from scooty.domain.roles import Role
from scooty.features.pairings.calls.round_files import (
    AddToRoundFile,
    ChooseInRoundFile,
    ImportChanged,
    KeepRoundFile,
    RoundFileKept,
    RoundFileNames,
)
from scooty.features.pairings.commands.round_file_reading import (
    MOST_PLAYERS,
    NothingTaken,
    OtherRound,
    ReadFile,
    TooMuch,
)
from scooty.features.pairings.replies import round_files as say

if TYPE_CHECKING:
    from collections.abc import Callable

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.ports import Ports
    from scooty.core.requests import CommandRequest, ComponentRequest, Outcome, Request
    from scooty.features.pairings.calls.round_files import NamesForRound, RoundFileKind
    from scooty.features.pairings.commands.round_file_reading import Taken
    from scooty.features.pairings.replies.round_files import RoundFileVerbs

_TRIES: Final = 3
"""Pastes that the same person may send at once without one having to be sent again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFileSort:
    """What makes a file one of pairings, or of standings."""

    kind: RoundFileKind
    verbs: RoundFileVerbs
    read: Callable[[ReadFile, NamesForRound], Taken]
    preview: Callable[[RoundFileKept, Translator], Reply]


async def import_file(
    sort: RoundFileSort, request: CommandRequest, ports: Ports, *, asked: int | None = None
) -> Outcome:
    """Read a file and show what it would do; without one, open a form.

    Args:
        sort: What the file is to be.
        request: With the file in the option ``file``.
        ports: The dependencies.
        asked: The round that was named.
    """
    file = next((each.value for each in request.options if each.name == "file"), None)
    if not isinstance(file, AttachmentOption):
        return say.paste_form(sort.verbs, sort.kind, request.t, round_number=asked)
    if file.size > MAX_FILE_BYTES:
        return Refused(response=say.file_too_large(MAX_FILE_BYTES, request.t))
    fetched = await fetch(ports.gateway, file.url, limit_bytes=MAX_FILE_BYTES)
    if isinstance(fetched, AttachmentFetched):
        read = ReadFile(content=fetched.content, request_id=request.id, asked=asked)
        return await _preview(sort, request, ports, read)
    if fetched.reason == "too_large":
        return Refused(response=say.file_too_large(MAX_FILE_BYTES, request.t))
    return Refused(response=say.file_not_fetched(request.t))


async def _preview(sort: RoundFileSort, request: Request, ports: Ports, file: ReadFile) -> Outcome:
    asked = RoundFileNames(member_id=request.member_id, kind=sort.kind)
    names = await ports.calls.read(request.guild_id, asked)
    if isinstance(names, NoActiveEvent):
        return Refused(response=say.no_event_to_import_to(sort.kind, request.t))
    if isinstance(names, ImportGone):
        return Refused(response=say.import_gone(request.t))
    # On a thread, so that others are served meanwhile.
    taken = await asyncio.to_thread(sort.read, file, names)
    if not isinstance(taken, dict):
        return Refused(response=_not_taken(sort, taken, request.t))
    keep = KeepRoundFile(kind=sort.kind, content=taken)
    kept = await ports.calls.write(request.caller, keep)
    return previewed(sort, kept, request.t)


def previewed(
    sort: RoundFileSort, kept: RoundFileKept | ImportGone, t: Translator, *, in_place: bool = False
) -> Outcome:
    """Show what an import would do, perhaps in the place of its preview; or that it is gone."""
    if isinstance(kept, ImportGone):
        gone = say.import_gone(t)
        return Refused(response=UpdateMessage(reply=gone) if in_place else gone)
    shown = sort.preview(kept, t)
    return UpdateMessage(reply=shown) if in_place else shown


def _not_taken(
    sort: RoundFileSort, taken: TooMuch | NothingTaken | OtherRound, t: Translator
) -> Reply:
    match taken:
        case TooMuch():
            return say.too_much(MOST_PLAYERS, t)
        case OtherRound(wanted=wanted, told=told):
            return say.other_round(wanted, told, t)
        case NothingTaken(skipped=skipped):
            return say.nothing_in_it(sort.kind, skipped, t)


async def _read_form(sort: RoundFileSort, request: ComponentRequest, ports: Ports) -> Outcome:
    asked = request.arguments[0] if request.arguments else None
    if asked is not None and not 1 <= asked <= LAST_ROUND:
        raise StaleComponentError
    file = ReadFile(content=_pasted(request), request_id=request.id, asked=asked)
    return await _preview(sort, request, ports, file)


def _pasted(request: ComponentRequest) -> str:
    return next((each.value for each in request.fields if each.custom_id == say.PASTED), "")


async def _open_form(sort: RoundFileSort, request: ComponentRequest, _ports: Ports) -> Outcome:
    import_id = RequestId(request.argument(0))
    return say.add_form(sort.verbs, sort.kind, request.t, import_id)


async def _add_paste(sort: RoundFileSort, request: ComponentRequest, ports: Ports) -> Outcome:
    """Add one more paste; it is matched anew when another one came in between."""
    import_id = RequestId(request.argument(0))
    file = ReadFile(content=_pasted(request), request_id=request.id)
    asked = RoundFileNames(member_id=request.member_id, kind=sort.kind, import_id=import_id)
    for _ in range(_TRIES):
        names = await ports.calls.read(request.guild_id, asked)
        if isinstance(names, NoActiveEvent | ImportGone):
            break
        taken = await asyncio.to_thread(sort.read, file, names)
        if not isinstance(taken, dict):
            return Refused(response=_not_taken(sort, taken, request.t))
        add = AddToRoundFile(kind=sort.kind, import_id=import_id, content=taken)
        kept = await ports.calls.write(request.caller, add)
        if not isinstance(kept, ImportChanged):
            return previewed(sort, kept, request.t, in_place=True)
    return previewed(sort, ImportGone(), request.t, in_place=True)


async def _choose(sort: RoundFileSort, request: ComponentRequest, ports: Ports) -> Outcome:
    """Note which names are the players whom they are like, and show the preview anew."""
    places = [parse_id(value) for value in request.values]
    if None in places:
        raise StaleComponentError
    choose = ChooseInRoundFile(
        kind=sort.kind,
        import_id=RequestId(request.argument(0)),
        chosen=tuple(place for place in places if place is not None),
    )
    kept = await ports.calls.write(request.caller, choose)
    return previewed(sort, kept, request.t, in_place=True)


async def _drop(request: ComponentRequest, ports: Ports) -> Outcome:
    """Forget what is not to be applied."""
    drop = DropImport(import_id=RequestId(request.argument(0)))
    await ports.calls.write(request.caller, drop)
    return UpdateMessage(reply=nothing_changed(request.t))


def components_of(sort: RoundFileSort) -> tuple[Component, ...]:
    """Return the form, buttons and select of a preview, but for those that apply it."""
    verbs = sort.verbs
    return (
        Component(
            verb=verbs.paste,
            handler=partial(_read_form, sort),
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
            deferral="reply",
        ),
        Component(
            verb=verbs.more,
            handler=partial(_open_form, sort),
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
            deferral="never",
        ),
        Component(
            verb=verbs.add,
            handler=partial(_add_paste, sort),
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
        ),
        Component(
            verb=verbs.same,
            handler=partial(_choose, sort),
            role=Role.CAPTAIN,
            effect=Effect.PREVIEW,
        ),
        Component(verb=verbs.drop, handler=_drop, role=Role.CAPTAIN, effect=Effect.PREVIEW),
    )
